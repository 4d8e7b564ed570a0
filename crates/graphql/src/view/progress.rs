//! How far an agreement, a plan or a project has come.

use async_graphql::{Context, Object, Result};
use store::progress::{self, Of, State, Step};

use super::{AgreementAxis, Milestone, PlanObjective, Project, Source, one};
use crate::{
    loader::{self, Instant},
    locale::{Locale, Texts},
    scalar::PartialDate,
    vocabulary::{MilestoneStatus, ProgressState},
};

/// How far something has come, as far as milestones and the projects that carry them tell. What no source tells is said to be unknown,
/// never guessed.
pub struct Progress(Vec<ProgressPart>);

impl Progress {
    /// Of an agreement, axis by axis.
    pub async fn of_agreement(
        ctx: &Context<'_>,
        agreement: &entity::agreement::Model,
        recorded_at: Instant,
    ) -> Result<Self> {
        let (axes, steps) = futures_util::future::try_join(
            loader::axes_of(ctx, agreement.id, recorded_at),
            loader::steps_of(ctx, Of::Agreement, agreement.id, recorded_at),
        )
        .await?;
        let parts = axes.into_iter().map(|row| {
            let ordinal = row.ordinal;
            let agreement = agreement.clone();
            let axis = Subject::Axis(AgreementAxis { row, agreement });
            ProgressPart::new(axis, of_part(&steps, ordinal))
        });
        Ok(Self(parts.collect()))
    }

    /// Of a plan, objective by objective.
    pub async fn of_plan(ctx: &Context<'_>, plan: i64, recorded_at: Instant) -> Result<Self> {
        let (objectives, steps) = futures_util::future::try_join(
            loader::objectives_of(ctx, plan),
            loader::steps_of(ctx, Of::Plan, plan, recorded_at),
        )
        .await?;
        let parts = objectives.into_iter().map(|row| {
            let ordinal = row.ordinal;
            let objective = Subject::Objective(PlanObjective(row));
            ProgressPart::new(objective, of_part(&steps, ordinal))
        });
        Ok(Self(parts.collect()))
    }

    /// Of a project, which is one part.
    pub async fn of_project(
        ctx: &Context<'_>,
        project: &entity::project::Model,
        recorded_at: Instant,
    ) -> Result<Self> {
        let (status, steps) = futures_util::future::try_join(
            loader::status_at(ctx, project.id, recorded_at),
            loader::steps_of(ctx, Of::Project, project.id, recorded_at),
        )
        .await?;
        let subject = Subject::Project(Project(project.clone()));
        let mut part = ProgressPart::new(subject, steps);
        if let (true, Some(status)) = (part.steps.is_empty(), status) {
            // Without milestones, the project's own word.
            part.state = progress::state([progress::reached(status.status)]);
            part.as_of = status.as_of;
        }
        Ok(Self(vec![part]))
    }

    fn count(&self, status: entity::MilestoneStatus) -> usize {
        let steps = self.0.iter().flat_map(|part| &part.steps);
        steps.filter(|step| step.counted() == status).count()
    }
}

fn of_part(steps: &[Step], ordinal: i32) -> Vec<Step> {
    let of_part = steps
        .iter()
        .filter(|step| step.milestone.part == Some(ordinal));
    of_part.cloned().collect()
}

/// How far something has come, as far as milestones and the projects that carry them tell. What no source tells is said to be unknown,
/// never guessed.
#[Object]
impl Progress {
    /// How many milestones are done. Not a share of the whole: there may be steps that no source tells of.
    async fn done(&self) -> usize {
        self.count(entity::MilestoneStatus::Done)
    }

    /// How many milestones are under way.
    async fn under_way(&self) -> usize {
        self.count(entity::MilestoneStatus::UnderWay)
    }

    /// How many milestones were announced or agreed, and nothing more.
    async fn planned(&self) -> usize {
        self.count(entity::MilestoneStatus::Planned)
    }

    /// How many milestones were given up.
    async fn dropped(&self) -> usize {
        self.count(entity::MilestoneStatus::Dropped)
    }

    /// The latest day of which anything is told; null when nothing is.
    async fn as_of(&self) -> Option<PartialDate> {
        let dates = self.0.iter().filter_map(|part| part.as_of.as_ref());
        progress::latest(dates).cloned().map(PartialDate)
    }

    /// The axes of the agreement or the objectives of the plan, in their order; of a project, the project itself.
    async fn parts(&self) -> &[ProgressPart] {
        &self.0
    }

    /// The parts of which no source tells where they stand: those that are `UNKNOWN`.
    async fn untold(&self) -> Vec<&ProgressPart> {
        let untold = self.0.iter().filter(|part| part.state == State::Unknown);
        untold.collect()
    }
}

/// What a part is.
enum Subject {
    Axis(AgreementAxis),
    Objective(PlanObjective),
    Project(Project),
}

/// An axis, an objective or a project, and where it stands.
pub struct ProgressPart {
    subject: Subject,
    state: State,
    as_of: Option<entity::PartialDate>,
    steps: Vec<Step>,
}

impl ProgressPart {
    fn new(subject: Subject, steps: Vec<Step>) -> Self {
        Self {
            subject,
            state: progress::state(steps.iter().map(Step::counted)),
            as_of: progress::latest(steps.iter().map(Step::as_of)).cloned(),
            steps,
        }
    }
}

/// An axis, an objective or a project, and where it stands.
#[Object]
impl ProgressPart {
    /// The axis; null for the others.
    async fn agreement_axis(&self) -> Option<&AgreementAxis> {
        match &self.subject {
            Subject::Axis(axis) => Some(axis),
            _ => None,
        }
    }

    /// The objective; null for the others.
    async fn plan_objective(&self) -> Option<&PlanObjective> {
        match &self.subject {
            Subject::Objective(objective) => Some(objective),
            _ => None,
        }
    }

    /// The project; null for the others.
    async fn project(&self) -> Option<&Project> {
        match &self.subject {
            Subject::Project(project) => Some(project),
            _ => None,
        }
    }

    /// Its number in the agreement or the plan, from 1; null for a project.
    async fn ordinal(&self) -> Option<i32> {
        match &self.subject {
            Subject::Axis(axis) => Some(axis.row.ordinal),
            Subject::Objective(objective) => Some(objective.0.ordinal),
            Subject::Project(_) => None,
        }
    }

    /// Its title or name, in French when no language is asked. Stored in French and English; AR and ARY give the French one.
    async fn title(&self, locale: Option<Locale>) -> String {
        let (fr, en) = match &self.subject {
            Subject::Axis(axis) => (&axis.row.title_fr, &axis.row.title_en),
            Subject::Objective(objective) => (&objective.0.title_fr, &objective.0.title_en),
            Subject::Project(project) => (&project.0.name_fr, &project.0.name_en),
        };
        Texts {
            fr: Some(fr),
            en: Some(en),
            ..Texts::default()
        }
        .name(locale)
    }

    /// Where it stands, as all its milestones tell; of a project without any, its own status.
    async fn state(&self) -> ProgressState {
        self.state.into()
    }

    /// The latest day of which anything is told; null when nothing is.
    async fn as_of(&self) -> Option<PartialDate> {
        self.as_of.clone().map(PartialDate)
    }

    /// Its milestones, in their order.
    async fn steps(&self) -> Vec<ProgressStep> {
        self.steps.iter().cloned().map(ProgressStep).collect()
    }
}

/// A milestone and the status that counts for it: its own, or that of the project that carries it when that is of a later day.
pub struct ProgressStep(Step);

/// A milestone and the status that counts for it: its own, or that of the project that carries it when that is of a later day.
#[Object]
impl ProgressStep {
    /// The milestone.
    async fn milestone(&self) -> Milestone {
        Milestone(self.0.milestone.clone())
    }

    /// Where it stood.
    async fn status(&self) -> MilestoneStatus {
        self.0.counted().into()
    }

    /// When it stood there.
    async fn as_of(&self) -> PartialDate {
        PartialDate(self.0.as_of().clone())
    }

    /// What shows it; null when nothing was given, and when the project tells.
    async fn evidence(&self) -> Option<&str> {
        match self.0.of_project() {
            Some(_) => None,
            None => self.0.status.evidence.as_deref(),
        }
    }

    /// The project whose status counts; null when it is the milestone's own.
    async fn told_by_project(&self, ctx: &Context<'_>) -> Result<Option<Project>> {
        match (self.0.of_project(), self.0.milestone.project_id) {
            (Some(_), Some(project)) => Ok(Some(one(ctx, project).await?)),
            _ => Ok(None),
        }
    }

    /// Where this is stated.
    async fn source(&self, ctx: &Context<'_>) -> Result<Source> {
        let source = match self.0.of_project() {
            Some(carried) => carried.source_id,
            None => self.0.status.source_id,
        };
        one(ctx, source).await
    }
}
