//! Events.

use async_graphql::{Context, ID, Object, Result};
use entity::ConceptKind;

use super::{Organisation, Source, Territory, hanging, one};
use crate::{
    loader::Hanging,
    locale::{Locale, Texts},
    node,
    scalar::PartialDate,
};

/// Something that took place: a signing, an opening, a seminar.
#[derive(Clone, Debug)]
pub struct Event(pub entity::event::Model);

/// Something that took place: a signing, an opening, a seminar.
#[Object]
impl Event {
    /// Global id.
    pub async fn id(&self) -> ID {
        node::id(ConceptKind::Event, &self.0.key)
    }

    /// Stable key, the same in files, filters and other answers.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// Name. Stored in French, and given in French whatever language is asked.
    async fn name(&self, locale: Option<Locale>) -> String {
        Texts {
            fr: Some(&self.0.name_fr),
            ..Texts::default()
        }
        .name(locale)
    }

    /// When it was held.
    async fn date(&self) -> Option<PartialDate> {
        self.0.held_on.clone().map(PartialDate)
    }

    /// Where it was held.
    async fn territory(&self, ctx: &Context<'_>) -> Result<Territory> {
        one(ctx, self.0.territory_id).await
    }

    /// Who held it.
    async fn organisers(&self, ctx: &Context<'_>) -> Result<Vec<Organisation>> {
        hanging(ctx, Hanging::EventOrganisers, self.0.id).await
    }

    /// Where this is stated.
    async fn source(&self, ctx: &Context<'_>) -> Result<Source> {
        one(ctx, self.0.source_id).await
    }
}
