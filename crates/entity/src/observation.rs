//! Observations: every figure, once, with its period, qualifier, producer and source. Never overwritten: superseded.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{PeriodBasis, Qualifier, ReferencePeriod, SubjectKind};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "observations")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub key: String,
    pub indicator_id: i64,
    /// Empty: the world.
    pub territory_id: Option<i64>,
    /// Empty: not applicable, never "all".
    pub activity_id: Option<i64>,
    pub subject_kind: Option<SubjectKind>,
    /// What it is about, when not the whole territory.
    pub subject_id: Option<i64>,
    /// Empty: undated.
    pub period: Option<ReferencePeriod>,
    pub period_start: Option<Date>,
    pub period_end: Option<Date>,
    pub period_basis: Option<PeriodBasis>,
    pub value: f64,
    /// The upper end, when the source gives a range.
    pub value_max: Option<f64>,
    pub qualifier: Qualifier,
    /// Separates series that must not be chained or compared.
    pub scope: Option<String>,
    /// Who measured, if the source says.
    pub producer_id: Option<i64>,
    pub source_id: i64,
    pub note: Option<String>,
    pub recorded_at: DateTimeUtc,
    /// Empty: the version in force.
    pub superseded_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A observation with keys instead of ids.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub key: String,
    pub indicator: String,
    pub territory: Option<String>,
    pub activity: Option<String>,
    pub subject: Option<(SubjectKind, String)>,
    pub period: Option<ReferencePeriod>,
    pub period_basis: Option<PeriodBasis>,
    pub value: f64,
    pub value_max: Option<f64>,
    pub qualifier: Qualifier,
    pub scope: Option<String>,
    pub producer: Option<String>,
    pub source: String,
    pub note: Option<String>,
}
