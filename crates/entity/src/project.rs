//! Projects: who builds what, and where it stood when somebody last said so.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{PartialDate, ProjectStatus};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "projects")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub key: String,
    pub name_fr: String,
    pub name_en: String,
    pub territory_id: i64,
    pub owner_id: Option<i64>,
    pub sector: Option<String>,
    pub started_on: Option<PartialDate>,
    pub summary_fr: Option<String>,
    pub summary_en: Option<String>,
    /// Key of the observation that states its budget.
    pub budget_observation: Option<String>,
    pub source_id: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A project with keys instead of ids.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub key: String,
    pub name_fr: String,
    pub name_en: String,
    pub territory: String,
    pub owner: Option<String>,
    pub partners: Vec<String>,
    pub sector: Option<String>,
    pub status: ProjectStatus,
    pub status_as_of: Option<PartialDate>,
    pub started_on: Option<PartialDate>,
    pub summary_fr: Option<String>,
    pub summary_en: Option<String>,
    pub budget_observation: Option<String>,
    pub source: String,
}

/// Organisations that take part in a project.
pub mod partner {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "project_partners")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub project_id: i64,
        pub organisation_id: i64,
        pub position: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Statuses of projects; never overwritten: superseded.
pub mod status {
    use sea_orm::entity::prelude::*;

    use crate::{PartialDate, ProjectStatus};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "project_statuses")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub project_id: i64,
        pub status: ProjectStatus,
        pub as_of: Option<PartialDate>,
        pub source_id: i64,
        pub recorded_at: DateTimeUtc,
        pub superseded_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
