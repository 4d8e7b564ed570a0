//! Projects.

use async_graphql::{Context, ID, Object, Result};
use entity::ConceptKind;
use store::page::Parent;

use super::{
    Milestone, Observation, Organisation, Progress, Source, Territory, hanging, maybe, one,
};
use crate::{
    connection::{self, Arguments, Connection},
    figure::{self, Figure},
    filter::{MilestoneFilter, MilestoneOrder, ObservationFilter, ObservationOrder},
    loader::{self, Hanging},
    locale::{Locale, LocalisedText, Texts},
    node,
    recorded::{self, Recorded},
    scalar::{DateTime, PartialDate},
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

    /// Name, in French when no language is asked. Stored in French and English; AR and ARY give the French one.
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

    /// What is recorded of where it stood, now or at an instant of the past; null when nothing was recorded yet.
    async fn recorded_status(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "As the database stood at this instant: what was recorded by then, and not superseded yet. Now when left out. Null before the first record; an instant to come is BAD_USER_INPUT."
        )]
        recorded_at: Option<DateTime>,
    ) -> Result<Option<RecordedStatus>> {
        let recorded_at = recorded::instant(ctx, recorded_at)?;
        let status = loader::status_at(ctx, self.0.id, recorded_at).await?;
        Ok(status.map(RecordedStatus))
    }

    /// When it started or was announced.
    async fn started_on(&self) -> Option<PartialDate> {
        self.0.started_on.clone().map(PartialDate)
    }

    /// Budget as stated with the project; other claims are among `observations`.
    async fn budget(&self, ctx: &Context<'_>) -> Result<Option<Figure>> {
        figure::stated(ctx, self.0.budget_observation.as_deref()).await
    }

    /// In a sentence, in French when no language is asked. Stored in French and English: where one lacks the other is given, AR and ARY
    /// give the French one, else the English one. Null when there is neither.
    async fn summary(&self, locale: Option<Locale>) -> Option<LocalisedText> {
        Texts {
            fr: self.0.summary_fr.as_deref(),
            en: self.0.summary_en.as_deref(),
            ..Texts::default()
        }
        .pick(locale)
    }

    /// Its milestones, those of axes and objectives that it carries included.
    async fn milestones(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<MilestoneFilter>,
        order_by: Option<Vec<MilestoneOrder>>,
    ) -> Result<Connection<Milestone>> {
        let arguments = Arguments {
            first,
            after,
            last,
            before,
        };
        connection::of(
            ctx,
            Parent::Column(entity::milestone::Column::ProjectId),
            self.0.id,
            arguments,
            filter,
            order_by,
        )
    }

    /// How far it has come: its milestones or, without any, its own status.
    async fn progress(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "As the database stood at this instant: what was recorded by then, and not superseded yet. Now when left out. An instant to come is BAD_USER_INPUT."
        )]
        recorded_at: Option<DateTime>,
    ) -> Result<Progress> {
        let recorded_at = recorded::instant(ctx, recorded_at)?;
        Progress::of_project(ctx, &self.0, recorded_at).await
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
            entity::SubjectKind::Project,
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

/// Where a project stood, as a source says and as it was recorded. Never overwritten: superseded.
pub struct RecordedStatus(entity::project::status::Model);

/// Where a project stood, as a source says and as it was recorded. Never overwritten: superseded.
#[Object]
impl RecordedStatus {
    /// Where it stood.
    async fn status(&self) -> ProjectStatus {
        self.0.status.into()
    }

    /// When it stood there; null when the source is undated.
    async fn as_of(&self) -> Option<PartialDate> {
        self.0.as_of.clone().map(PartialDate)
    }

    /// When it came into this database.
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.0.recorded_at)
    }

    /// When another status took its place; null while it is in force.
    async fn superseded_at(&self) -> Option<DateTime> {
        self.0.superseded_at.map(DateTime)
    }

    /// Where this is stated.
    async fn source(&self, ctx: &Context<'_>) -> Result<Source> {
        one(ctx, self.0.source_id).await
    }
}
