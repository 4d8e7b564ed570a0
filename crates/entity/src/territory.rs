//! Territories: the tree of places, from the country down to the arrondissement.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Level;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "territories")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// HCP code, e.g. `03.231`.
    #[sea_orm(unique)]
    pub key: String,
    pub level: Level,
    pub parent_id: Option<i64>,
    pub name_fr: String,
    pub name_ar: String,
    pub name_en: String,
    pub slug: String,
    /// What the place is called officially: urban, rural, prefecture, province …
    pub kind: String,
    pub iso_3166_2: Option<String>,
    pub source_id: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A territory with keys instead of ids.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// HCP code, e.g. `03.231`.
    pub key: String,
    pub level: Level,
    pub parent: Option<String>,
    pub name_fr: String,
    pub name_ar: String,
    pub name_en: String,
    pub slug: String,
    pub aliases: Vec<String>,
    pub kind: String,
    pub iso_3166_2: Option<String>,
    pub source: String,
}
