//! Milestones: steps of an axis of an agreement, of an objective of a plan or of a project, and where each stood when somebody last said so.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{MilestoneStatus, PartialDate};

/// Longest evidence, in characters.
pub const EVIDENCE: usize = 1_000;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "milestones")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub key: String,
    /// The agreement whose axis it is a step of.
    pub agreement_id: Option<i64>,
    /// The plan whose objective it is a step of.
    pub plan_id: Option<i64>,
    /// Which axis or objective.
    pub part: Option<i32>,
    /// The project it is a step of; beside an axis or an objective, the project that carries it.
    pub project_id: Option<i64>,
    pub position: i32,
    pub title_fr: String,
    pub title_en: String,
    pub source_id: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A milestone with keys instead of ids.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub key: String,
    pub part: Option<Part>,
    pub project: Option<String>,
    pub position: i32,
    pub title_fr: String,
    pub title_en: String,
    pub status: MilestoneStatus,
    pub as_of: PartialDate,
    /// What shows it: a delivery, a signature, an opening.
    pub evidence: Option<String>,
    pub source: String,
}

/// The part of an agreement or of a plan that a milestone is a step of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Axis { agreement: String, ordinal: i32 },
    Objective { plan: String, ordinal: i32 },
}

impl Part {
    /// Its number in the agreement or the plan.
    pub fn ordinal(&self) -> i32 {
        match self {
            Self::Axis { ordinal, .. } | Self::Objective { ordinal, .. } => *ordinal,
        }
    }
}

/// Statuses of milestones; never overwritten: superseded.
pub mod status {
    use sea_orm::entity::prelude::*;

    use crate::{MilestoneStatus, PartialDate};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "milestone_statuses")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub milestone_id: i64,
        pub status: MilestoneStatus,
        pub as_of: PartialDate,
        pub evidence: Option<String>,
        pub source_id: i64,
        pub recorded_at: DateTimeUtc,
        pub superseded_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
