//! Plans and their objectives.

use async_graphql::{Context, ID, Object, Result};
use entity::ConceptKind;

use super::{Observation, Organisation, Progress, Source, Territory, maybe, one};
use crate::{
    connection::{self, Arguments, Connection},
    figure::{self, Figure},
    filter::{ObservationFilter, ObservationOrder},
    loader,
    locale::{Locale, Texts},
    node,
    recorded::{self, Recorded},
    scalar::{DateTime, ReferencePeriod},
};

/// A plan or strategy: what is aimed at, never what was reached.
#[derive(Clone, Debug)]
pub struct Plan(pub entity::plan::Model);

/// A plan or strategy: what is aimed at, never what was reached.
#[Object]
impl Plan {
    /// Global id.
    pub async fn id(&self) -> ID {
        node::id(ConceptKind::Plan, &self.0.key)
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

    /// The territory it is for.
    async fn territory(&self, ctx: &Context<'_>) -> Result<Territory> {
        one(ctx, self.0.territory_id).await
    }

    /// The years it covers.
    async fn period(&self) -> Option<ReferencePeriod> {
        self.0.period.clone().map(ReferencePeriod)
    }

    /// Who carries it.
    async fn owner(&self, ctx: &Context<'_>) -> Result<Option<Organisation>> {
        maybe(ctx, self.0.owner_id).await
    }

    /// What it aims at, in its order.
    async fn objectives(&self, ctx: &Context<'_>) -> Result<Vec<PlanObjective>> {
        Ok(loader::objectives_of(ctx, self.0.id)
            .await?
            .into_iter()
            .map(PlanObjective)
            .collect())
    }

    /// How far it has come, objective by objective: what is done, what is not, and what no source tells. The objectives are those of now.
    async fn progress(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "As the database stood at this instant: what was recorded by then, and not superseded yet. Now when left out. An instant to come is BAD_USER_INPUT."
        )]
        recorded_at: Option<DateTime>,
    ) -> Result<Progress> {
        let recorded_at = recorded::instant(ctx, recorded_at)?;
        Progress::of_plan(ctx, self.0.id, recorded_at).await
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
            entity::SubjectKind::Plan,
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

/// One objective of a plan.
#[derive(Clone, Debug)]
pub struct PlanObjective(pub entity::plan::objective::Model);

/// One objective of a plan.
#[Object]
impl PlanObjective {
    /// Global id.
    pub async fn id(&self) -> ID {
        node::id(ConceptKind::PlanObjective, &self.0.key)
    }

    /// Key of the plan and number of the objective.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// Its number in the plan, from 1.
    async fn ordinal(&self) -> i32 {
        self.0.ordinal
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

    /// By when.
    async fn horizon(&self) -> Option<ReferencePeriod> {
        self.0.horizon.clone().map(ReferencePeriod)
    }

    /// The value aimed at; its qualifier is TARGET.
    async fn figure(&self, ctx: &Context<'_>) -> Result<Option<Figure>> {
        figure::stated(ctx, self.0.observation.as_deref()).await
    }

    /// The plan it belongs to.
    async fn plan(&self, ctx: &Context<'_>) -> Result<Plan> {
        one(ctx, self.0.plan_id).await
    }

    /// Where this is stated.
    async fn source(&self, ctx: &Context<'_>) -> Result<Source> {
        one(ctx, self.0.source_id).await
    }
}
