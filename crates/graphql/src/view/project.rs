//! Projects.

use async_graphql::{Context, ID, Object, Result};
use entity::ConceptKind;

use super::{Observation, Organisation, Source, Territory, hanging, maybe, one};
use crate::{
    connection::{self, Arguments, Connection},
    figure::{self, Figure},
    filter::{ObservationFilter, ObservationOrder},
    loader::{self, Hanging},
    locale::{Locale, LocalisedText, Texts},
    node,
    scalar::PartialDate,
    vocabulary::ProjectStatus,
};

/// A project, and where it stood when somebody last said so.
#[derive(Clone, Debug)]
pub struct Project(pub entity::project::Model);

/// A project, and where it stood when somebody last said so.
#[Object]
impl Project {
    /// Global id.
    pub async fn id(&self) -> ID {
        node::id(ConceptKind::Project, &self.0.key)
    }

    /// Stable key, the same in files, filters and other answers.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// Name in a language; French when none is asked, the nearest there is when it lacks.
    async fn name(&self, locale: Option<Locale>) -> String {
        Texts {
            fr: Some(&self.0.name_fr),
            en: Some(&self.0.name_en),
            ..Texts::default()
        }
        .name(locale)
    }

    /// The territory it is in.
    async fn territory(&self, ctx: &Context<'_>) -> Result<Territory> {
        one(ctx, self.0.territory_id).await
    }

    /// Who carries it; null when no source says.
    async fn owner(&self, ctx: &Context<'_>) -> Result<Option<Organisation>> {
        maybe(ctx, self.0.owner_id).await
    }

    /// Who else takes part.
    async fn partners(&self, ctx: &Context<'_>) -> Result<Vec<Organisation>> {
        hanging(ctx, Hanging::ProjectPartners, self.0.id).await
    }

    /// Sector: digital, offshoring, industry_4_0, agritech, training, industry, investment, ESO.
    async fn sector(&self) -> Option<&str> {
        self.0.sector.as_deref()
    }

    /// Where it stood.
    async fn status(&self, ctx: &Context<'_>) -> Result<ProjectStatus> {
        Ok(loader::status_of(ctx, self.0.id).await?.status.into())
    }

    /// When it stood there; null when the source is undated.
    async fn status_as_of(&self, ctx: &Context<'_>) -> Result<Option<PartialDate>> {
        Ok(loader::status_of(ctx, self.0.id)
            .await?
            .as_of
            .map(PartialDate))
    }

    /// When it started or was announced.
    async fn started_on(&self) -> Option<PartialDate> {
        self.0.started_on.clone().map(PartialDate)
    }

    /// Budget as stated with the project; other claims are among `observations`.
    async fn budget(&self, ctx: &Context<'_>) -> Result<Option<Figure>> {
        figure::stated(ctx, self.0.budget_observation.as_deref()).await
    }

    /// In a sentence.
    async fn summary(&self, locale: Option<Locale>) -> Option<LocalisedText> {
        Texts {
            fr: self.0.summary_fr.as_deref(),
            en: self.0.summary_en.as_deref(),
            ..Texts::default()
        }
        .pick(locale)
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
            entity::SubjectKind::Project,
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
