//! Audit entries: every write, with who did it, to what, and why. Rows are only ever added; the database refuses to change one.

use sea_orm::entity::prelude::*;

use crate::{AuditAction, ConceptKind, Door, Role};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_entries")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub recorded_at: DateTimeUtc,
    pub role: Role,
    pub door: Door,
    /// The part of an API key by which people and logs name it.
    pub key_prefix: Option<String>,
    pub action: AuditAction,
    pub concept: Option<ConceptKind>,
    /// Key of the fact, or the name of the API key, that was written.
    pub key: Option<String>,
    /// Key of the proposal that was made or decided, or that the change came of.
    pub proposal: Option<String>,
    /// What was in force before: the draft, as JSON.
    pub before: Option<String>,
    /// What is in force since: the draft, as JSON.
    pub after: Option<String>,
    pub reason: String,
    /// The data revision that it came with; none when no fact changed.
    pub revision_id: Option<i64>,
    /// Tells requests apart that were sent with an idempotency key.
    pub request: Option<String>,
    /// What was sent with that key.
    pub request_digest: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
