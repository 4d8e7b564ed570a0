//! Plans and strategies, and their objectives: what is aimed at, never what was reached.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ReferencePeriod;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "plans")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub key: String,
    pub title_fr: String,
    pub title_en: String,
    pub territory_id: i64,
    pub period: Option<ReferencePeriod>,
    pub owner_id: Option<i64>,
    pub source_id: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A plan with keys instead of ids.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub key: String,
    pub title_fr: String,
    pub title_en: String,
    pub territory: String,
    pub period: Option<ReferencePeriod>,
    pub owner: Option<String>,
    pub objectives: Vec<ObjectiveDraft>,
    pub source: String,
}

/// An objective of a plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ObjectiveDraft {
    pub ordinal: i32,
    pub title_fr: String,
    pub title_en: String,
    pub horizon: Option<ReferencePeriod>,
    pub observation: Option<String>,
    pub source: String,
}

/// Objectives of plans; the figure aimed at is an observation.
pub mod objective {
    use sea_orm::entity::prelude::*;

    use crate::ReferencePeriod;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "plan_objectives")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        /// `<plan key>.<ordinal>`
        #[sea_orm(unique)]
        pub key: String,
        pub plan_id: i64,
        pub ordinal: i32,
        pub title_fr: String,
        pub title_en: String,
        pub horizon: Option<ReferencePeriod>,
        /// Key of the observation with the value aimed at.
        pub observation: Option<String>,
        pub source_id: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
