//! Coordinates: where the town lies that a territory is known by. A territory without a row has no known position.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "coordinates")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The code of the territory.
    #[sea_orm(unique)]
    pub key: String,
    pub territory_id: i64,
    /// The town, as the source calls it.
    pub place: String,
    /// Degrees north, WGS 84.
    pub latitude: f64,
    /// Degrees east, WGS 84.
    pub longitude: f64,
    pub geonames_id: Option<i64>,
    pub source_id: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Coordinates with keys instead of ids.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// The code of the territory.
    pub key: String,
    pub place: String,
    pub latitude: f64,
    pub longitude: f64,
    pub geonames_id: Option<i64>,
    pub source: String,
}
