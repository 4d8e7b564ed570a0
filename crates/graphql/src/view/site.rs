//! Sites.

use async_graphql::{Context, ID, Object, Result};
use entity::ConceptKind;

use super::{
    Activity, Coordinates, Organisation, Park, Source, Territory, coordinates, maybe, one,
};
use crate::{
    figure::{self, Figure},
    node,
    scalar::PartialDate,
};

/// A place where an organisation works. A call centre is a site with an activity.
#[derive(Clone, Debug)]
pub struct Site(pub entity::site::Model);

/// A place where an organisation works. A call centre is a site with an activity.
#[Object]
impl Site {
    /// Global id.
    pub async fn id(&self) -> ID {
        node::id(ConceptKind::Site, &self.0.key)
    }

    /// Stable key, the same in files, filters and other answers.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// Who works there.
    async fn organisation(&self, ctx: &Context<'_>) -> Result<Organisation> {
        one(ctx, self.0.organisation_id).await
    }

    /// The territory it is in.
    async fn territory(&self, ctx: &Context<'_>) -> Result<Territory> {
        one(ctx, self.0.territory_id).await
    }

    /// Where the town of its territory lies; its own position is not known. Null when not even that is known.
    async fn coordinates(&self, ctx: &Context<'_>) -> Result<Option<Coordinates>> {
        coordinates::of_whatever_is_in(ctx, self.0.territory_id).await
    }

    /// The park it is in.
    async fn park(&self, ctx: &Context<'_>) -> Result<Option<Park>> {
        maybe(ctx, self.0.park_id).await
    }

    /// What is done there; null when not known.
    async fn activity(&self, ctx: &Context<'_>) -> Result<Option<Activity>> {
        maybe(ctx, self.0.activity_id).await
    }

    /// Address, where a source gives one.
    async fn address(&self) -> Option<&str> {
        self.0.address.as_deref()
    }

    /// When it opened.
    async fn opened_on(&self) -> Option<PartialDate> {
        self.0.opened_on.clone().map(PartialDate)
    }

    /// How many people work there; null when no source says. Never a target. Other claims are among the observations about the
    /// organisation.
    async fn headcount(&self, ctx: &Context<'_>) -> Result<Option<Figure>> {
        figure::achieved(ctx, self.0.headcount_observation.as_deref()).await
    }

    /// Where this is stated.
    async fn source(&self, ctx: &Context<'_>) -> Result<Source> {
        one(ctx, self.0.source_id).await
    }
}
