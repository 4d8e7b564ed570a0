//! Incentives: taxes, bonuses and grants, with their conditions and validity.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{IncentiveKind, PartialDate};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "incentives")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub key: String,
    pub territory_id: i64,
    pub kind: IncentiveKind,
    pub title_fr: String,
    pub title_en: String,
    /// A term of the rule (a rate, a ceiling, a bonus), not a measurement.
    pub amount: Option<f64>,
    pub unit_id: Option<i64>,
    pub conditions_fr: Option<String>,
    pub valid_from: Option<PartialDate>,
    pub valid_to: Option<PartialDate>,
    pub source_id: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A incentive with keys instead of ids.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub key: String,
    pub territory: String,
    pub kind: IncentiveKind,
    pub title_fr: String,
    pub title_en: String,
    pub amount: Option<f64>,
    pub unit: Option<String>,
    pub conditions_fr: Option<String>,
    pub valid_from: Option<PartialDate>,
    pub valid_to: Option<PartialDate>,
    pub source: String,
}
