//! Versions: what each concept was stated as, and until when. Observations, statuses and axes keep theirs in their own tables.

use sea_orm::entity::prelude::*;

use crate::ConceptKind;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "versions")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub concept: ConceptKind,
    pub key: String,
    pub number: i32,
    /// The draft, as JSON.
    pub content: String,
    pub recorded_at: DateTimeUtc,
    pub superseded_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
