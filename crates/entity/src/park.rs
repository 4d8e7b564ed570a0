//! Parks: business parks and zones. Their areas and offices are observations.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::PartialDate;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "parks")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub key: String,
    pub name: String,
    pub territory_id: i64,
    pub operator_id: Option<i64>,
    pub opened_on: Option<PartialDate>,
    pub note: Option<String>,
    pub source_id: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A park with keys instead of ids.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub key: String,
    pub name: String,
    pub aliases: Vec<String>,
    pub territory: String,
    pub operator: Option<String>,
    pub opened_on: Option<PartialDate>,
    pub note: Option<String>,
    pub source: String,
}
