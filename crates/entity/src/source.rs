//! Sources: who printed what, where and when.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{PartialDate, SourceKind};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sources")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub key: String,
    pub kind: SourceKind,
    pub publisher: String,
    pub title: String,
    pub url: Option<String>,
    pub published_on: Option<PartialDate>,
    pub retrieved_from: Option<String>,
    /// Doubts about its title or date.
    pub notes: Option<String>,
    pub licence: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A source with keys instead of ids.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub key: String,
    pub kind: SourceKind,
    pub publisher: String,
    pub title: String,
    pub url: Option<String>,
    pub published_on: Option<PartialDate>,
    pub retrieved_from: Option<String>,
    /// Doubts about its title or date.
    pub notes: Option<String>,
    pub licence: String,
}
