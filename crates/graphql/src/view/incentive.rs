//! Incentives.

use async_graphql::{Context, ID, Object, Result};
use entity::ConceptKind;

use super::{Source, Territory, Unit, maybe, one};
use crate::{
    locale::{Locale, LocalisedText, Texts},
    node,
    scalar::PartialDate,
    vocabulary::IncentiveKind,
};

/// A tax rule, bonus or grant, with its conditions and validity.
#[derive(Clone, Debug)]
pub struct Incentive(pub entity::incentive::Model);

/// A tax rule, bonus or grant, with its conditions and validity.
#[Object]
impl Incentive {
    /// Global id.
    pub async fn id(&self) -> ID {
        node::id(ConceptKind::Incentive, &self.0.key)
    }

    /// Stable key, the same in files, filters and other answers.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// The territory it holds in.
    async fn territory(&self, ctx: &Context<'_>) -> Result<Territory> {
        one(ctx, self.0.territory_id).await
    }

    /// What kind of incentive it is.
    async fn kind(&self) -> IncentiveKind {
        self.0.kind.into()
    }

    /// Title, in French when no language is asked. Stored in French and English; AR and ARY give the French one.
    async fn title(&self, locale: Option<Locale>) -> String {
        Texts {
            fr: Some(&self.0.title_fr),
            en: Some(&self.0.title_en),
            ..Texts::default()
        }
        .name(locale)
    }

    /// The rate, ceiling or sum the rule states, in `unit`.
    async fn amount(&self) -> Option<f64> {
        self.0.amount
    }

    /// Unit of the amount.
    async fn unit(&self, ctx: &Context<'_>) -> Result<Option<Unit>> {
        maybe(ctx, self.0.unit_id).await
    }

    /// Who gets it, and for what. Stored in French, and given in French whatever language is asked; null when the source does not say.
    async fn conditions(&self, locale: Option<Locale>) -> Option<LocalisedText> {
        Texts {
            fr: self.0.conditions_fr.as_deref(),
            ..Texts::default()
        }
        .pick(locale)
    }

    /// Since when.
    async fn valid_from(&self) -> Option<PartialDate> {
        self.0.valid_from.clone().map(PartialDate)
    }

    /// Until when; null when the source does not say.
    async fn valid_to(&self) -> Option<PartialDate> {
        self.0.valid_to.clone().map(PartialDate)
    }

    /// Where this is stated.
    async fn source(&self, ctx: &Context<'_>) -> Result<Source> {
        one(ctx, self.0.source_id).await
    }
}
