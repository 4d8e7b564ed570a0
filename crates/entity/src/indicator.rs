//! Indicators: what is measured, in which unit, and what kind of quantity it is.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Measure;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "indicators")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub key: String,
    pub name_fr: String,
    pub name_en: String,
    pub name_ar: Option<String>,
    pub unit_id: i64,
    pub measure: Measure,
    pub definition_fr: Option<String>,
    pub higher_is_better: Option<bool>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A indicator with keys instead of ids.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub key: String,
    pub name_fr: String,
    pub name_en: String,
    pub name_ar: Option<String>,
    pub unit: String,
    pub measure: Measure,
    pub definition_fr: Option<String>,
    pub higher_is_better: Option<bool>,
}
