//! Training programmes: who trains whom. Their numbers are observations.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::TrainingMeasure;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "training_programmes")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub key: String,
    pub organisation_id: i64,
    pub territory_id: i64,
    pub programme: Option<String>,
    pub measure: TrainingMeasure,
    /// Key of the observation with the number of students, graduates or places.
    pub observation: Option<String>,
    pub source_id: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A training programme with keys instead of ids.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub key: String,
    pub organisation: String,
    pub territory: String,
    pub programme: Option<String>,
    pub measure: TrainingMeasure,
    pub observation: Option<String>,
    pub source: String,
}
