//! Sites: where an organisation works. A call centre is a site with an activity.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::PartialDate;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sites")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub key: String,
    pub organisation_id: i64,
    pub territory_id: i64,
    pub park_id: Option<i64>,
    /// Empty: not known.
    pub activity_id: Option<i64>,
    pub address: Option<String>,
    pub opened_on: Option<PartialDate>,
    /// Key of the observation that states how many people work there.
    pub headcount_observation: Option<String>,
    /// The value of that observation, unless it is a target. Derived from it by every write: what sites are put in order by, never shown.
    pub headcount: Option<f64>,
    pub source_id: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A site with keys instead of ids.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub key: String,
    pub organisation: String,
    pub territory: String,
    pub park: Option<String>,
    pub activity: Option<String>,
    pub address: Option<String>,
    pub opened_on: Option<PartialDate>,
    pub headcount_observation: Option<String>,
    pub source: String,
}
