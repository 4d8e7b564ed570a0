//! Territories.

use async_graphql::{Context, ID, Object, Result};
use entity::ConceptKind;
use store::page::Parent;

use super::{
    Coordinates, Event, Incentive, Observation, Park, Plan, Project, Site, Source,
    TrainingProgramme, coordinates, hanging, maybe, one,
};
use crate::{
    connection::{self, Arguments, Connection},
    figure::{self, Figure},
    filter::{
        EventFilter, EventOrder, IncentiveFilter, IncentiveOrder, ObservationFilter,
        ObservationOrder, ParkFilter, ParkOrder, PlanFilter, PlanOrder, ProjectFilter,
        ProjectOrder, SiteFilter, SiteOrder, TerritoryFilter, TerritoryOrder,
        TrainingProgrammeFilter, TrainingProgrammeOrder,
    },
    investor_sheet::{self, InvestorSheet},
    loader::{self, Hanging},
    locale::{Locale, Texts},
    node,
    recorded::Recorded,
    scalar::{DateTime, ReferencePeriod},
    vocabulary::TerritoryLevel,
};

/// A place in the territorial tree of Morocco.
#[derive(Clone, Debug)]
pub struct Territory(pub entity::territory::Model);

/// A place in the territorial tree of Morocco.
#[Object]
impl Territory {
    /// Global id.
    pub async fn id(&self) -> ID {
        node::id(ConceptKind::Territory, &self.0.key)
    }

    /// Stable key, the same in files, filters and other answers.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// HCP code, such as `03` for Fès-Meknès and `03.231` for the prefecture of Fès; the same as `key`.
    async fn code(&self) -> &str {
        &self.0.key
    }

    /// Its level in the tree.
    async fn level(&self) -> TerritoryLevel {
        self.0.level.into()
    }

    /// Name, in French when no language is asked. Stored in French, English and Arabic; ARY gives the Arabic one.
    async fn name(&self, locale: Option<Locale>) -> String {
        Texts {
            fr: Some(&self.0.name_fr),
            en: Some(&self.0.name_en),
            ar: Some(&self.0.name_ar),
        }
        .name(locale)
    }

    /// Other names in use, former ones included, in any script.
    async fn aliases(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        loader::aliases(ctx, ConceptKind::Territory, self.0.id).await
    }

    /// What it is called officially: region, prefecture, province, urban or rural commune, arrondissement.
    #[graphql(name = "type")]
    async fn kind(&self) -> &str {
        &self.0.kind
    }

    /// ISO 3166-2 code, where one exists.
    async fn iso_3166(&self) -> Option<&str> {
        self.0.iso_3166_2.as_deref()
    }

    /// The territory right above it.
    async fn parent(&self, ctx: &Context<'_>) -> Result<Option<Territory>> {
        maybe(ctx, self.0.parent_id).await
    }

    /// Where the town lies that it is known by; null when that is not known.
    async fn coordinates(&self, ctx: &Context<'_>) -> Result<Option<Coordinates>> {
        coordinates::of(ctx, &self.0.key).await
    }

    /// Every territory above it, the nearest first.
    async fn ancestors(&self, ctx: &Context<'_>) -> Result<Vec<Territory>> {
        hanging(ctx, Hanging::TerritoryAncestors, self.0.id).await
    }

    /// Legal population: the latest census, or that of a year.
    async fn population(
        &self,
        ctx: &Context<'_>,
        period: Option<ReferencePeriod>,
    ) -> Result<Option<Figure>> {
        figure::population(ctx, &self.0.key, period).await
    }

    /// What investors ask first of a place, and what of it is published.
    async fn sheet(&self, ctx: &Context<'_>) -> Result<InvestorSheet> {
        investor_sheet::of(ctx, self.0.clone()).await
    }

    /// The territories right below it.
    async fn children(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<TerritoryFilter>,
        order_by: Option<Vec<TerritoryOrder>>,
    ) -> Result<Connection<Territory>> {
        let arguments = Arguments {
            first,
            after,
            last,
            before,
        };
        connection::of(
            ctx,
            Parent::Column(entity::territory::Column::ParentId),
            self.0.id,
            arguments,
            filter,
            order_by,
        )
    }

    /// Figures that refer to exactly this territory; those about a company, a park or a plan there are told apart by `subject`. `recordedAt` is that of `Query.observations`.
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
        connection::of(
            ctx,
            Parent::Column(entity::observation::Column::TerritoryId),
            self.0.id,
            arguments,
            Some(Recorded::new(ctx, filter, recorded_at)?),
            order_by,
        )
    }

    /// Sites in it or anything below it.
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
            Parent::Link {
                table: "territory_ancestors",
                parent: "ancestor_id",
                child: "territory_id",
                own: entity::site::Column::TerritoryId,
            },
            self.0.id,
            arguments,
            filter,
            order_by,
        )
    }

    /// Parks in it or anything below it.
    async fn parks(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<ParkFilter>,
        order_by: Option<Vec<ParkOrder>>,
    ) -> Result<Connection<Park>> {
        let arguments = Arguments {
            first,
            after,
            last,
            before,
        };
        connection::of(
            ctx,
            Parent::Link {
                table: "territory_ancestors",
                parent: "ancestor_id",
                child: "territory_id",
                own: entity::park::Column::TerritoryId,
            },
            self.0.id,
            arguments,
            filter,
            order_by,
        )
    }

    /// Projects in it or anything below it.
    async fn projects(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<ProjectFilter>,
        order_by: Option<Vec<ProjectOrder>>,
    ) -> Result<Connection<Project>> {
        let arguments = Arguments {
            first,
            after,
            last,
            before,
        };
        connection::of(
            ctx,
            Parent::Link {
                table: "territory_ancestors",
                parent: "ancestor_id",
                child: "territory_id",
                own: entity::project::Column::TerritoryId,
            },
            self.0.id,
            arguments,
            filter,
            order_by,
        )
    }

    /// Plans made for exactly this territory.
    async fn plans(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<PlanFilter>,
        order_by: Option<Vec<PlanOrder>>,
    ) -> Result<Connection<Plan>> {
        let arguments = Arguments {
            first,
            after,
            last,
            before,
        };
        connection::of(
            ctx,
            Parent::Column(entity::plan::Column::TerritoryId),
            self.0.id,
            arguments,
            filter,
            order_by,
        )
    }

    /// Incentives stated for exactly this territory; those of the territories above hold as well.
    async fn incentives(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<IncentiveFilter>,
        order_by: Option<Vec<IncentiveOrder>>,
    ) -> Result<Connection<Incentive>> {
        let arguments = Arguments {
            first,
            after,
            last,
            before,
        };
        connection::of(
            ctx,
            Parent::Column(entity::incentive::Column::TerritoryId),
            self.0.id,
            arguments,
            filter,
            order_by,
        )
    }

    /// Training programmes in it or anything below it.
    async fn training_programmes(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<TrainingProgrammeFilter>,
        order_by: Option<Vec<TrainingProgrammeOrder>>,
    ) -> Result<Connection<TrainingProgramme>> {
        let arguments = Arguments {
            first,
            after,
            last,
            before,
        };
        connection::of(
            ctx,
            Parent::Link {
                table: "territory_ancestors",
                parent: "ancestor_id",
                child: "territory_id",
                own: entity::training_programme::Column::TerritoryId,
            },
            self.0.id,
            arguments,
            filter,
            order_by,
        )
    }

    /// Events held in it or anything below it.
    async fn events(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<EventFilter>,
        order_by: Option<Vec<EventOrder>>,
    ) -> Result<Connection<Event>> {
        let arguments = Arguments {
            first,
            after,
            last,
            before,
        };
        connection::of(
            ctx,
            Parent::Link {
                table: "territory_ancestors",
                parent: "ancestor_id",
                child: "territory_id",
                own: entity::event::Column::TerritoryId,
            },
            self.0.id,
            arguments,
            filter,
            order_by,
        )
    }

    /// Where this is stated.
    async fn source(&self, ctx: &Context<'_>) -> Result<Source> {
        one(ctx, self.0.source_id).await
    }
}
