//! Activities: one tree, offshoring and its segments.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "activities")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub key: String,
    pub parent_id: Option<i64>,
    pub name_fr: String,
    pub name_en: String,
    pub name_ar: String,
    pub definition_fr: Option<String>,
    /// Class of ISIC revision 4, where one fits.
    pub isic: Option<String>,
    pub source_id: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A activity with keys instead of ids.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub key: String,
    pub parent: Option<String>,
    pub name_fr: String,
    pub name_en: String,
    pub name_ar: String,
    pub definition_fr: Option<String>,
    pub isic: Option<String>,
    pub source: String,
}
