//! How the data are.

use async_graphql::Object;

use crate::data_health::DataHealth;

/// The state of the data.
#[derive(Default)]
pub struct Health;

#[Object]
impl Health {
    /// How fresh and how whole the data are: the last change, contradictions, old and undated figures, and what investors ask that nobody
    /// has published.
    async fn data_health(&self) -> DataHealth {
        DataHealth
    }
}
