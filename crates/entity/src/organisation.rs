//! Organisations: legal entities, from call-centre operators to universities and public bodies.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::OrganisationKind;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "organisations")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub key: String,
    pub name: String,
    pub kind: OrganisationKind,
    pub parent_id: Option<i64>,
    /// ISO 3166-1 alpha-2.
    pub country_of_origin: Option<String>,
    pub website: Option<String>,
    pub summary_fr: Option<String>,
    pub summary_en: Option<String>,
    pub source_id: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A organisation with keys instead of ids.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub key: String,
    pub name: String,
    /// Other names in use, former ones included.
    pub aliases: Vec<String>,
    pub kind: OrganisationKind,
    pub parent: Option<String>,
    pub country_of_origin: Option<String>,
    pub website: Option<String>,
    pub summary_fr: Option<String>,
    pub summary_en: Option<String>,
    pub source: String,
}
