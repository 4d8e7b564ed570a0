//! Events of the outbox: what happened to which row, in the order in which it became so. Kept until it is decided how long.

use sea_orm::entity::prelude::*;

use crate::{Change, ConceptKind};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox_events")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The data revision that it came with.
    pub revision_id: i64,
    pub concept: ConceptKind,
    pub key: String,
    pub change: Change,
    pub recorded_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
