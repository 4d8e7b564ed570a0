//! What chats follow: the number of the chat, the frame of an answer, and what was told of it last. Nothing that anybody wrote.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "follows")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The number of the chat.
    pub chat: i64,
    /// What gives the answer again: what was understood, no words.
    pub frame: String,
    /// The language form it is told in: `fr`, `ary-Latn`.
    pub form: String,
    /// Digest of what was told last; another one is a change.
    pub told: String,
    /// The headline that was told last, as JSON, to say what it was before.
    pub figure: Option<String>,
    /// The data revision up to which it was looked at.
    pub revision: i64,
    pub created_at: DateTimeUtc,
    /// When the chat was last told of a change of anything.
    pub told_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
