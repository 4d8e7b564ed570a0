//! Parks.

use async_graphql::{Context, ID, Object, Result};
use entity::ConceptKind;
use store::page::Parent;

use super::{
    Coordinates, Observation, Organisation, Site, Source, Territory, coordinates, maybe, one,
};
use crate::{
    connection::{self, Arguments, Connection},
    figure::{self, Figure},
    filter::{ObservationFilter, ObservationOrder, SiteFilter, SiteOrder},
    loader, node,
    recorded::Recorded,
    scalar::{DateTime, PartialDate},
};

/// A business park or zone.
#[derive(Clone, Debug)]
pub struct Park(pub entity::park::Model);

/// A business park or zone.
#[Object]
impl Park {
    /// Global id.
    pub async fn id(&self) -> ID {
        node::id(ConceptKind::Park, &self.0.key)
    }

    /// Stable key, the same in files, filters and other answers.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// Name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Other names in use, former ones included, in any script.
    async fn aliases(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        loader::aliases(ctx, ConceptKind::Park, self.0.id).await
    }

    /// The territory it is in.
    async fn territory(&self, ctx: &Context<'_>) -> Result<Territory> {
        one(ctx, self.0.territory_id).await
    }

    /// Where the town of its territory lies; its own position is not known. Null when not even that is known.
    async fn coordinates(&self, ctx: &Context<'_>) -> Result<Option<Coordinates>> {
        coordinates::of_whatever_is_in(ctx, self.0.territory_id).await
    }

    /// Who runs it.
    async fn operator(&self, ctx: &Context<'_>) -> Result<Option<Organisation>> {
        maybe(ctx, self.0.operator_id).await
    }

    /// Area, in hectares.
    async fn area_ha(&self, ctx: &Context<'_>) -> Result<Option<Figure>> {
        figure::of_park(ctx, &self.0.key, "park_area_ha").await
    }

    /// Office area, in square metres.
    async fn offices_m2(&self, ctx: &Context<'_>) -> Result<Option<Figure>> {
        figure::of_park(ctx, &self.0.key, "park_office_area_m2").await
    }

    /// When it opened.
    async fn opened_on(&self) -> Option<PartialDate> {
        self.0.opened_on.clone().map(PartialDate)
    }

    /// What to know about its figures.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// Sites in it.
    async fn sites(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<SiteFilter>,
        order_by: Option<Vec<SiteOrder>>,
    ) -> Result<Connection<Site>> {
        let arguments = Arguments {
            first,
            after,
            last,
            before,
        };
        connection::of(
            ctx,
            Parent::Column(entity::site::Column::ParkId),
            self.0.id,
            arguments,
            filter,
            order_by,
        )
    }

    /// Every figure about it. `recordedAt` is that of `Query.observations`.
    async fn observations(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<ObservationFilter>,
        order_by: Option<Vec<ObservationOrder>>,
        recorded_at: Option<DateTime>,
    ) -> Result<Connection<Observation>> {
        let arguments = Arguments {
            first,
            after,
            last,
            before,
        };
        connection::about(
            ctx,
            entity::SubjectKind::Park,
            self.0.id,
            arguments,
            Some(Recorded::new(ctx, filter, recorded_at)?),
            order_by,
        )
    }

    /// Where this is stated.
    async fn source(&self, ctx: &Context<'_>) -> Result<Source> {
        one(ctx, self.0.source_id).await
    }
}
