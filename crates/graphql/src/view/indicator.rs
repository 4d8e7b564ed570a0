//! Indicators.

use async_graphql::{Context, ID, Object, Result};
use entity::ConceptKind;
use store::page::Parent;

use super::{Observation, Unit, one};
use crate::{
    connection::{self, Arguments, Connection},
    filter::{ObservationFilter, ObservationOrder},
    locale::{Locale, LocalisedText, Texts},
    node,
    recorded::Recorded,
    scalar::DateTime,
    vocabulary::Measure,
};

/// What is measured, in which unit, and what kind of quantity it is.
#[derive(Clone, Debug)]
pub struct Indicator(pub entity::indicator::Model);

/// What is measured, in which unit, and what kind of quantity it is.
#[Object]
impl Indicator {
    /// Global id.
    pub async fn id(&self) -> ID {
        node::id(ConceptKind::Indicator, &self.0.key)
    }

    /// Stable key, the same in files, filters and other answers.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// Name, in French when no language is asked. Stored in French and English, and in Arabic for some: AR and ARY give the Arabic one, else
    /// the French one.
    async fn name(&self, locale: Option<Locale>) -> String {
        Texts {
            fr: Some(&self.0.name_fr),
            en: Some(&self.0.name_en),
            ar: self.0.name_ar.as_deref(),
        }
        .name(locale)
    }

    /// The unit of its values.
    async fn unit(&self, ctx: &Context<'_>) -> Result<Unit> {
        one(ctx, self.0.unit_id).await
    }

    /// What kind of quantity it is.
    async fn measure(&self) -> Measure {
        self.0.measure.into()
    }

    /// What exactly is measured. Stored in French, and given in French whatever language is asked; null when no source defines it.
    async fn definition(&self, locale: Option<Locale>) -> Option<LocalisedText> {
        Texts {
            fr: self.0.definition_fr.as_deref(),
            ..Texts::default()
        }
        .pick(locale)
    }

    /// Whether more of it is an advantage; null where that is not for us to say.
    async fn higher_is_better(&self) -> Option<bool> {
        self.0.higher_is_better
    }

    /// Every figure of this indicator. `recordedAt` is that of `Query.observations`.
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
            Parent::Column(entity::observation::Column::IndicatorId),
            self.0.id,
            arguments,
            Some(Recorded::new(ctx, filter, recorded_at)?),
            order_by,
        )
    }
}
