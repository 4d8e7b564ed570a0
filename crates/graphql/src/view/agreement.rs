//! Agreements and their axes.

use async_graphql::{Context, ID, Object, Result};
use entity::ConceptKind;

use super::{Observation, Organisation, Source, hanging, one};
use crate::{
    connection::{self, Arguments, Connection},
    filter::{ObservationFilter, ObservationOrder},
    loader::{self, Hanging},
    locale::{Locale, LocalisedText, Texts},
    node,
    scalar::PartialDate,
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

    /// Title in a language; French when none is asked, the nearest there is when it lacks.
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
    async fn axes(&self, ctx: &Context<'_>) -> Result<Vec<AgreementAxis>> {
        let axes = loader::axes_of(ctx, self.0.id).await?;
        Ok(axes
            .into_iter()
            .map(|row| AgreementAxis {
                row,
                agreement: self.0.clone(),
            })
            .collect())
    }

    /// Every figure about it.
    async fn observations(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<ObservationFilter>,
        order_by: Option<Vec<ObservationOrder>>,
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
            filter,
            order_by,
        )
        .await
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
    /// Global id.
    pub async fn id(&self) -> ID {
        node::id(ConceptKind::AgreementAxis, &self.stable_key())
    }

    /// Key of the agreement and number of the axis.
    async fn key(&self) -> String {
        self.stable_key()
    }

    /// Its number in the agreement, from 1.
    async fn ordinal(&self) -> i32 {
        self.row.ordinal
    }

    /// Title in a language; French when none is asked, the nearest there is when it lacks.
    async fn title(&self, locale: Option<Locale>) -> String {
        Texts {
            fr: Some(&self.row.title_fr),
            en: Some(&self.row.title_en),
            ..Texts::default()
        }
        .name(locale)
    }

    /// What it provides.
    async fn description(&self, locale: Option<Locale>) -> Option<LocalisedText> {
        Texts {
            fr: self.row.description_fr.as_deref(),
            ..Texts::default()
        }
        .pick(locale)
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
