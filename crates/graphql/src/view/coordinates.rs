//! Coordinates.

use async_graphql::{Context, Object, Result};

use super::{Source, Territory, one};
use crate::loader;

/// Where a town lies (WGS 84). No exact position of a park or a site is known: theirs is the one of the town of their territory.
#[derive(Clone, Debug)]
pub struct Coordinates(entity::coordinates::Model);

/// Where a town lies (WGS 84). No exact position of a park or a site is known: theirs is the one of the town of their territory.
#[Object]
impl Coordinates {
    /// Degrees north of the equator, -90 to 90.
    async fn latitude(&self) -> f64 {
        self.0.latitude
    }

    /// Degrees east of Greenwich, -180 to 180; Morocco lies west of it.
    async fn longitude(&self) -> f64 {
        self.0.longitude
    }

    /// The town whose centre this is, as the source calls it.
    async fn place(&self) -> &str {
        &self.0.place
    }

    /// The territory that is known by this town.
    async fn territory(&self, ctx: &Context<'_>) -> Result<Territory> {
        one(ctx, self.0.territory_id).await
    }

    /// Where this is stated.
    async fn source(&self, ctx: &Context<'_>) -> Result<Source> {
        one(ctx, self.0.source_id).await
    }
}

/// The coordinates of a territory, by its code; nothing is known of most small ones.
pub async fn of(ctx: &Context<'_>, territory: &str) -> Result<Option<Coordinates>> {
    let row = loader::by_key::<entity::coordinates::Entity>(ctx, territory).await?;
    Ok(row.map(Coordinates))
}

/// The coordinates of the territory that something is in.
pub async fn of_whatever_is_in(ctx: &Context<'_>, territory: i64) -> Result<Option<Coordinates>> {
    let territory = loader::by_id::<entity::territory::Entity>(ctx, territory).await?;
    of(ctx, &territory.key).await
}
