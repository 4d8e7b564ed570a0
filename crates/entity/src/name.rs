//! Names: every name and alias of every concept, with its folded form for search.

use sea_orm::entity::prelude::*;

use crate::{ConceptKind, NameRole};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "names")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub concept: ConceptKind,
    pub concept_id: i64,
    pub role: NameRole,
    pub text: String,
    pub folded: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
