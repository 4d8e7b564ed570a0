//! Memberships.

use async_graphql::{Context, ID, Object, Result};
use entity::ConceptKind;

use super::{Organisation, Source, one};
use crate::{node, scalar::PartialDate};

/// That an organisation belongs to a federation.
#[derive(Clone, Debug)]
pub struct Membership(pub entity::membership::Model);

/// That an organisation belongs to a federation.
#[Object]
impl Membership {
    /// Global id.
    pub async fn id(&self) -> ID {
        node::id(ConceptKind::Membership, &self.0.key)
    }

    /// Stable key, the same in files, filters and other answers.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// Who belongs to it.
    async fn organisation(&self, ctx: &Context<'_>) -> Result<Organisation> {
        one(ctx, self.0.organisation_id).await
    }

    /// The federation: an organisation of the kind `FEDERATION`.
    async fn federation(&self, ctx: &Context<'_>) -> Result<Organisation> {
        one(ctx, self.0.federation_id).await
    }

    /// Since when; null when no source says.
    async fn since(&self) -> Option<PartialDate> {
        self.0.since.clone().map(PartialDate)
    }

    /// Until when; null while no source says that it ended.
    async fn until(&self) -> Option<PartialDate> {
        self.0.until.clone().map(PartialDate)
    }

    /// Where this is stated.
    async fn source(&self, ctx: &Context<'_>) -> Result<Source> {
        one(ctx, self.0.source_id).await
    }
}
