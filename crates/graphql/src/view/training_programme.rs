//! Training programmes.

use async_graphql::{Context, ID, Object, Result};
use entity::ConceptKind;

use super::{Organisation, Source, Territory, one};
use crate::{
    figure::{self, Figure},
    node,
    vocabulary::TrainingMeasure,
};

/// What an organisation teaches, and how many it reaches.
#[derive(Clone, Debug)]
pub struct TrainingProgramme(pub entity::training_programme::Model);

/// What an organisation teaches, and how many it reaches.
#[Object]
impl TrainingProgramme {
    /// Global id.
    pub async fn id(&self) -> ID {
        node::id(ConceptKind::TrainingProgramme, &self.0.key)
    }

    /// Stable key, the same in files, filters and other answers.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// Who trains.
    async fn organisation(&self, ctx: &Context<'_>) -> Result<Organisation> {
        one(ctx, self.0.organisation_id).await
    }

    /// Where.
    async fn territory(&self, ctx: &Context<'_>) -> Result<Territory> {
        one(ctx, self.0.territory_id).await
    }

    /// Name of the programme; null for the whole organisation.
    async fn programme(&self) -> Option<&str> {
        self.0.programme.as_deref()
    }

    /// What its figure counts.
    async fn measure(&self) -> TrainingMeasure {
        self.0.measure.into()
    }

    /// Students, graduates or places.
    async fn figure(&self, ctx: &Context<'_>) -> Result<Option<Figure>> {
        figure::stated(ctx, self.0.observation.as_deref()).await
    }

    /// Where this is stated.
    async fn source(&self, ctx: &Context<'_>) -> Result<Source> {
        one(ctx, self.0.source_id).await
    }
}
