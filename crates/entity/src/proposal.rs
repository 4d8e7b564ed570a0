//! Proposals: changes that wait for a curator. Nobody but curators sees one before it is accepted.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{ConceptKind, ProposalAction, ProposalStatus, Role};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "proposals")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Random, so that it tells nothing of how many there are.
    #[sea_orm(unique)]
    pub key: String,
    pub action: ProposalAction,
    pub concept: ConceptKind,
    /// Key of the fact.
    pub fact_key: String,
    /// The draft in force when it was proposed, as JSON.
    pub before: Option<String>,
    /// The draft proposed, as JSON; none when the fact is to be retracted.
    pub content: Option<String>,
    /// The version of the fact when it was proposed; 0 when there was none.
    pub based_on: i32,
    /// The draft of a source that was not known, as JSON.
    pub new_source: Option<String>,
    /// What it was read in.
    pub text_id: Option<i64>,
    /// Where in that text, as JSON.
    pub spans: String,
    /// Why, in the words of whoever proposes.
    pub note: Option<String>,
    pub status: ProposalStatus,
    /// Grows with every change of the proposal.
    pub version: i32,
    pub role: Role,
    pub key_prefix: Option<String>,
    pub created_at: DateTimeUtc,
    pub decision_reason: Option<String>,
    pub decided_at: Option<DateTimeUtc>,
    pub decided_role: Option<Role>,
    pub decided_key_prefix: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What a part of a text says, and where that part is, in bytes of UTF-8.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    /// `value`, `indicator`, `territory`, `period` and the like.
    pub name: String,
    pub start: u32,
    /// The first byte after it.
    pub end: u32,
}
