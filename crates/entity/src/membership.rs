//! Memberships: which organisation belongs to which federation, and since when.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::PartialDate;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "memberships")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub key: String,
    pub organisation_id: i64,
    /// An organisation of the kind `federation`.
    pub federation_id: i64,
    pub since: Option<PartialDate>,
    pub until: Option<PartialDate>,
    pub source_id: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A membership with keys instead of ids.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub key: String,
    pub organisation: String,
    pub federation: String,
    pub since: Option<PartialDate>,
    pub until: Option<PartialDate>,
    pub source: String,
}
