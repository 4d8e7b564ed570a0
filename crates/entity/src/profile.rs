//! Capability profiles: what an organisation offers, which sectors it serves, in which languages, certified to what.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{Capability, Sector};

/// Most certifications of a profile.
pub const CERTIFICATIONS: usize = 20;
/// Longest certification, in characters.
pub const CERTIFICATION: usize = 120;
/// Most languages of a profile.
pub const LANGUAGES: usize = 20;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "profiles")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// `profile.<organisation key>`, so that an organisation has one.
    #[sea_orm(unique)]
    pub key: String,
    pub organisation_id: i64,
    pub source_id: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A profile with keys instead of ids.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub key: String,
    pub organisation: String,
    pub offers: Vec<Capability>,
    pub sectors: Vec<Sector>,
    /// As `language::is_code` knows them.
    pub languages: Vec<String>,
    pub certifications: Vec<String>,
    pub source: String,
}

/// The key that the profile of an organisation has.
pub fn key_of(organisation: &str) -> String {
    format!("profile.{organisation}")
}

macro_rules! listed {
    ($($(#[$doc:meta])* $module:ident in $table:literal: $field:ident: $kind:ty;)+) => {$(
        $(#[$doc])*
        pub mod $module {
            use sea_orm::entity::prelude::*;

            #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
            #[sea_orm(table_name = $table)]
            pub struct Model {
                #[sea_orm(primary_key)]
                pub id: i64,
                pub profile_id: i64,
                pub $field: $kind,
                pub position: i32,
            }

            #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
            pub enum Relation {}

            impl ActiveModelBehavior for ActiveModel {}
        }
    )+};
}

listed! {
    /// What an organisation offers.
    offer in "profile_offers": capability: crate::Capability;
    /// Which sectors it serves.
    sector in "profile_sectors": sector: crate::Sector;
    /// In which languages it works.
    language in "profile_languages": language: String;
    /// What it is certified to.
    certification in "profile_certifications": certification: String;
}
