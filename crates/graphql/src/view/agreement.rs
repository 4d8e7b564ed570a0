//! Agreements and their axes.

use async_graphql::{Context, ID, Object, Result};
use entity::ConceptKind;

use super::{Observation, Organisation, Progress, Source, hanging, one};
use crate::{
    connection::{self, Arguments, Connection},
    filter::{ObservationFilter, ObservationOrder},
    loader::{self, Hanging},
    locale::{Locale, LocalisedText, Texts},
    node,
    recorded::{self, Recorded},
    scalar::{DateTime, PartialDate},
    vocabulary::AgreementKind,
};

/// A memorandum, convention or contract.
#[derive(Clone, Debug)]
pub struct Agreement(pub entity::agreement::Model);

/// A memorandum, convention or contract.
#[Object]
impl Agreement {
    /// Global id.
    pub async fn id(&self) -> ID {
        node::id(ConceptKind::Agreement, &self.0.key)
    }

    /// Stable key, the same in files, filters and other answers.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// What kind of agreement it is.
    async fn kind(&self) -> AgreementKind {
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

    /// Who signed it.
    async fn parties(&self, ctx: &Context<'_>) -> Result<Vec<Organisation>> {
        hanging(ctx, Hanging::AgreementParties, self.0.id).await
    }

    /// When it was signed.
    async fn signed_on(&self) -> Option<PartialDate> {
        self.0.signed_on.clone().map(PartialDate)
    }

    /// What it provides, in its order.
    async fn axes(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "As the database stood at this instant: what was recorded by then, and not superseded yet. Now when left out. None before the first record; an instant to come is BAD_USER_INPUT."
        )]
        recorded_at: Option<DateTime>,
    ) -> Result<Vec<AgreementAxis>> {
        let recorded_at = recorded::instant(ctx, recorded_at)?;
        let axes = loader::axes_of(ctx, self.0.id, recorded_at).await?;
        Ok(axes
            .into_iter()
            .map(|row| AgreementAxis {
                row,
                agreement: self.0.clone(),
            })
            .collect())
    }

    /// How far it has come, axis by axis: what is done, what is not, and what no source tells.
    async fn progress(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "As the database stood at this instant: what was recorded by then, and not superseded yet. Now when left out. An instant to come is BAD_USER_INPUT."
        )]
        recorded_at: Option<DateTime>,
    ) -> Result<Progress> {
        let recorded_at = recorded::instant(ctx, recorded_at)?;
        Progress::of_agreement(ctx, &self.0, recorded_at).await
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
            entity::SubjectKind::Agreement,
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

/// One axis of an agreement: a thing it provides.
#[derive(Clone, Debug)]
pub struct AgreementAxis {
    pub row: entity::agreement::axis::Model,
    pub agreement: entity::agreement::Model,
}

impl AgreementAxis {
    fn stable_key(&self) -> String {
        format!("{}.{}", self.agreement.key, self.row.ordinal)
    }
}

/// One axis of an agreement: a thing it provides.
#[Object]
impl AgreementAxis {
    /// Global id. A superseded version, which only `recordedAt` shows, has one of its own.
    pub async fn id(&self) -> ID {
        let (key, row) = (self.stable_key(), &self.row);
        node::version_id(
            ConceptKind::AgreementAxis,
            &key,
            row.recorded_at,
            row.superseded_at,
        )
    }

    /// Key of the agreement and number of the axis.
    async fn key(&self) -> String {
        self.stable_key()
    }

    /// Its number in the agreement, from 1.
    async fn ordinal(&self) -> i32 {
        self.row.ordinal
    }

    /// Title, in French when no language is asked. Stored in French and English; AR and ARY give the French one.
    async fn title(&self, locale: Option<Locale>) -> String {
        Texts {
            fr: Some(&self.row.title_fr),
            en: Some(&self.row.title_en),
            ..Texts::default()
        }
        .name(locale)
    }

    /// What it provides. Stored in French, and given in French whatever language is asked; null when the source says no more than the title.
    async fn description(&self, locale: Option<Locale>) -> Option<LocalisedText> {
        Texts {
            fr: self.row.description_fr.as_deref(),
            ..Texts::default()
        }
        .pick(locale)
    }

    /// When it came into this database.
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.row.recorded_at)
    }

    /// When another version took its place; null while it is in force.
    async fn superseded_at(&self) -> Option<DateTime> {
        self.row.superseded_at.map(DateTime)
    }

    /// The agreement it belongs to.
    async fn agreement(&self) -> Agreement {
        Agreement(self.agreement.clone())
    }

    /// Where this is stated.
    async fn source(&self, ctx: &Context<'_>) -> Result<Source> {
        one(ctx, self.row.source_id).await
    }
}
