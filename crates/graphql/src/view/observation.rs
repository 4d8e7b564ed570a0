//! Observations.

use async_graphql::{Context, ID, Object, Result};
use entity::ConceptKind;

use super::{Activity, Indicator, Organisation, Source, Territory, Unit, maybe, one};
use crate::{
    loader, node,
    scalar::{DateTime, ReferencePeriod},
    vocabulary::{PeriodBasis, Qualifier, SubjectKind},
};

/// A published figure: what was measured, where, when, by whom, and where it was read.
#[derive(Clone, Debug)]
pub struct Observation(pub entity::observation::Model);

/// A published figure: what was measured, where, when, by whom, and where it was read.
#[Object]
impl Observation {
    /// Global id. A superseded version, which only `recordedAt` shows, has one of its own.
    pub async fn id(&self) -> ID {
        let Self(row) = self;
        node::version_id(
            ConceptKind::Observation,
            &row.key,
            row.recorded_at,
            row.superseded_at,
        )
    }

    /// Stable key, the same in files, filters and other answers.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// What is measured.
    async fn indicator(&self, ctx: &Context<'_>) -> Result<Indicator> {
        one(ctx, self.0.indicator_id).await
    }

    /// The territory it refers to; null is the world.
    async fn territory(&self, ctx: &Context<'_>) -> Result<Option<Territory>> {
        maybe(ctx, self.0.territory_id).await
    }

    /// The activity it refers to; null where that does not apply, never "all".
    async fn activity(&self, ctx: &Context<'_>) -> Result<Option<Activity>> {
        maybe(ctx, self.0.activity_id).await
    }

    /// What it is about, when not the whole territory.
    async fn subject(&self, ctx: &Context<'_>) -> Result<Option<node::Node>> {
        match (self.0.subject_kind, self.0.subject_id) {
            (Some(kind), Some(id)) => node::by_row(ctx, kind.into(), id).await,
            _ => Ok(None),
        }
    }

    /// The kind of what it is about.
    async fn subject_kind(&self) -> Option<SubjectKind> {
        self.0.subject_kind.map(SubjectKind::from)
    }

    /// The key of what it is about.
    async fn subject_key(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        match (self.0.subject_kind, self.0.subject_id) {
            (Some(kind), Some(id)) => node::key_of(ctx, kind, id).await,
            _ => Ok(None),
        }
    }

    /// When it refers to; null is undated.
    async fn period(&self) -> Option<ReferencePeriod> {
        self.0.period.clone().map(ReferencePeriod)
    }

    /// Whether the source states the period.
    async fn period_basis(&self) -> Option<PeriodBasis> {
        self.0.period_basis.map(PeriodBasis::from)
    }

    /// The value, in `unit`; the lower end of a range.
    async fn value(&self) -> f64 {
        self.0.value
    }

    /// The upper end of a range.
    async fn value_max(&self) -> Option<f64> {
        self.0.value_max
    }

    /// The unit of the value.
    async fn unit(&self, ctx: &Context<'_>) -> Result<Unit> {
        let indicator =
            loader::by_id::<entity::indicator::Entity>(ctx, self.0.indicator_id).await?;
        one(ctx, indicator.unit_id).await
    }

    /// How the source words it; TARGET is never an achieved figure.
    async fn qualifier(&self) -> Qualifier {
        self.0.qualifier.into()
    }

    /// The series it belongs to; figures of different scopes must not be compared or chained.
    async fn scope(&self) -> Option<&str> {
        self.0.scope.as_deref()
    }

    /// Who measured it, if the source says.
    async fn producer(&self, ctx: &Context<'_>) -> Result<Option<Organisation>> {
        maybe(ctx, self.0.producer_id).await
    }

    /// What else the source says about it.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// When it came into this database.
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.0.recorded_at)
    }

    /// When another version took its place, or it was withdrawn; null while it is in force.
    async fn superseded_at(&self) -> Option<DateTime> {
        self.0.superseded_at.map(DateTime)
    }

    /// Where this is stated.
    async fn source(&self, ctx: &Context<'_>) -> Result<Source> {
        one(ctx, self.0.source_id).await
    }
}
