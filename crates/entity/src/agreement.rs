//! Agreements: memoranda, conventions and contracts, their parties and axes.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{AgreementKind, PartialDate};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "agreements")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub key: String,
    pub kind: AgreementKind,
    pub title_fr: String,
    pub title_en: String,
    pub signed_on: Option<PartialDate>,
    pub source_id: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// An agreement with keys instead of ids.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub key: String,
    pub kind: AgreementKind,
    pub title_fr: String,
    pub title_en: String,
    pub parties: Vec<String>,
    pub signed_on: Option<PartialDate>,
    pub axes: Vec<AxisDraft>,
    pub source: String,
}

/// An axis of an agreement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AxisDraft {
    pub ordinal: i32,
    pub title_fr: String,
    pub title_en: String,
    pub description_fr: Option<String>,
    pub source: String,
}

/// Organisations that signed an agreement.
pub mod party {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "agreement_parties")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub agreement_id: i64,
        pub organisation_id: i64,
        pub position: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Axes of agreements; never overwritten: superseded.
pub mod axis {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "agreement_axes")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub agreement_id: i64,
        pub ordinal: i32,
        pub title_fr: String,
        pub title_en: String,
        pub description_fr: Option<String>,
        pub source_id: i64,
        pub recorded_at: DateTimeUtc,
        pub superseded_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
