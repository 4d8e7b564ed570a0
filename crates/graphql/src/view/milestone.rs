//! Milestones and where they stood.

use async_graphql::{Context, ID, Object, Result};
use entity::ConceptKind;

use super::{Agreement, AgreementAxis, Plan, PlanObjective, Project, Source, maybe, one};
use crate::{
    loader,
    locale::{Locale, Texts},
    node, recorded,
    scalar::{DateTime, PartialDate},
    vocabulary::MilestoneStatus,
};

/// A step of an axis of an agreement, of an objective of a plan or of a project.
#[derive(Clone, Debug)]
pub struct Milestone(pub entity::milestone::Model);

/// A step of an axis of an agreement, of an objective of a plan or of a project.
#[Object]
impl Milestone {
    /// Global id.
    pub async fn id(&self) -> ID {
        node::id(ConceptKind::Milestone, &self.0.key)
    }

    /// Stable key, the same in files, filters and other answers.
    async fn key(&self) -> &str {
        &self.0.key
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

    /// Its place among the milestones of the same part, from 1.
    async fn position(&self) -> i32 {
        self.0.position
    }

    /// The agreement whose axis it is a step of; null for the others.
    async fn agreement(&self, ctx: &Context<'_>) -> Result<Option<Agreement>> {
        maybe(ctx, self.0.agreement_id).await
    }

    /// The axis it is a step of; null for the others.
    async fn agreement_axis(&self, ctx: &Context<'_>) -> Result<Option<AgreementAxis>> {
        let Some(id) = self.0.agreement_id else {
            return Ok(None);
        };
        let axes = loader::axes_of(ctx, id, None).await?;
        let row = axes
            .into_iter()
            .find(|row| Some(row.ordinal) == self.0.part);
        let Agreement(agreement) = one(ctx, id).await?;
        Ok(row.map(|row| AgreementAxis { row, agreement }))
    }

    /// The plan whose objective it is a step of; null for the others.
    async fn plan(&self, ctx: &Context<'_>) -> Result<Option<Plan>> {
        maybe(ctx, self.0.plan_id).await
    }

    /// The objective it is a step of; null for the others.
    async fn plan_objective(&self, ctx: &Context<'_>) -> Result<Option<PlanObjective>> {
        let Some(plan) = self.0.plan_id else {
            return Ok(None);
        };
        let objectives = loader::objectives_of(ctx, plan).await?;
        Ok(objectives
            .into_iter()
            .find(|row| Some(row.ordinal) == self.0.part)
            .map(PlanObjective))
    }

    /// The project it is a step of. Beside an axis or an objective: the project that carries it, whose own status counts for it as well.
    async fn project(&self, ctx: &Context<'_>) -> Result<Option<Project>> {
        maybe(ctx, self.0.project_id).await
    }

    /// Where it stood.
    async fn status(&self, ctx: &Context<'_>) -> Result<MilestoneStatus> {
        let status = loader::milestone_status_of(ctx, self.0.id).await?;
        Ok(status.status.into())
    }

    /// When it stood there.
    async fn as_of(&self, ctx: &Context<'_>) -> Result<PartialDate> {
        let status = loader::milestone_status_of(ctx, self.0.id).await?;
        Ok(PartialDate(status.as_of))
    }

    /// What shows it, in the words of whoever stated it; null when nothing was given.
    async fn evidence(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let status = loader::milestone_status_of(ctx, self.0.id).await?;
        Ok(status.evidence)
    }

    /// What is recorded of where it stood, now or at an instant of the past; null when nothing was recorded yet. Every status that it had
    /// is told by `history`.
    async fn recorded_status(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "As the database stood at this instant: what was recorded by then, and not superseded yet. Now when left out. Null before the first record; an instant to come is BAD_USER_INPUT."
        )]
        recorded_at: Option<DateTime>,
    ) -> Result<Option<RecordedMilestoneStatus>> {
        let recorded_at = recorded::instant(ctx, recorded_at)?;
        let status = loader::milestone_status_at(ctx, self.0.id, recorded_at).await?;
        Ok(status.map(RecordedMilestoneStatus))
    }

    /// Where this is stated.
    async fn source(&self, ctx: &Context<'_>) -> Result<Source> {
        one(ctx, self.0.source_id).await
    }
}

/// Where a milestone stood, as a source says and as it was recorded. Never overwritten: superseded.
pub struct RecordedMilestoneStatus(pub entity::milestone::status::Model);

/// Where a milestone stood, as a source says and as it was recorded. Never overwritten: superseded.
#[Object]
impl RecordedMilestoneStatus {
    /// Where it stood.
    async fn status(&self) -> MilestoneStatus {
        self.0.status.into()
    }

    /// When it stood there.
    async fn as_of(&self) -> PartialDate {
        PartialDate(self.0.as_of.clone())
    }

    /// What shows it; null when nothing was given.
    async fn evidence(&self) -> Option<&str> {
        self.0.evidence.as_deref()
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
