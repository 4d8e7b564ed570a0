//! Texts that proposals were read in: each kept once, whoever sent it.

use sea_orm::entity::prelude::*;

use crate::PartialDate;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "proposal_texts")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The first digits of `sha256`.
    #[sea_orm(unique)]
    pub key: String,
    /// SHA-256 of the text, in hexadecimal digits.
    pub sha256: String,
    pub text: String,
    pub title: Option<String>,
    pub url: Option<String>,
    pub publisher: Option<String>,
    pub published_on: Option<PartialDate>,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
