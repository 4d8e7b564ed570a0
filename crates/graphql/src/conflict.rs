//! Figures that contradict each other, for curators.

use async_graphql::{Context, ID, InputObject, Object, Result};
use store::{Part, Store, conflict as stored};

use crate::{
    author,
    connection::Arguments,
    error::from_store,
    listing::{Item, Listing, ListingOrder},
    loader,
    node::Curated,
    service,
    view::Observation,
    vocabulary::HeadlineRule,
};

/// Figures of one indicator, place, activity, subject, period and scope with more than one value. Targets are no part of it.
#[derive(Clone)]
pub struct Conflict(stored::Conflict);

/// Figures of one indicator, place, activity, subject, period and scope with more than one value. Targets are no part of it.
#[Object]
impl Conflict {
    /// Global id; only curators find the contradiction again by it, as long as its figure leads.
    pub async fn id(&self) -> ID {
        Curated::Conflict.id(&self.0.leading.key)
    }

    /// The figure that leads.
    async fn leading(&self) -> Observation {
        Observation(self.0.leading.clone())
    }

    /// The rule by which it leads.
    async fn rule(&self) -> Option<HeadlineRule> {
        self.0.rule.map(HeadlineRule::from)
    }

    /// The figures with other values, the next to lead first; each value of a producer once.
    async fn rivals(&self) -> Vec<Observation> {
        self.0.rivals.iter().cloned().map(Observation).collect()
    }
}

/// Which conflicts.
#[derive(InputObject, Clone, Debug, Default)]
pub struct ConflictFilter {
    /// Key of the indicator.
    #[graphql(validator(max_length = 160))]
    indicator: Option<String>,
}

impl Item for Conflict {
    const NAME: &'static str = "Conflict";

    /// Key of the indicator.
    type Wanted = Option<String>;

    fn id(&self) -> i64 {
        self.0.id
    }

    async fn page(
        store: &Store,
        wanted: &Self::Wanted,
        part: &Part,
    ) -> Result<Vec<Self>, store::Error> {
        let found = stored::page(store, wanted.as_deref(), part).await?;
        Ok(found.into_iter().map(Self).collect())
    }

    async fn count(store: &Store, wanted: &Self::Wanted) -> Result<u64, store::Error> {
        stored::count(store, wanted.as_deref()).await
    }
}

/// The conflicts, for curators.
pub async fn conflicts(
    ctx: &Context<'_>,
    arguments: Arguments,
    filter: Option<ConflictFilter>,
    order: Option<ListingOrder>,
) -> Result<Listing<Conflict>> {
    author::require_curator(ctx)?;
    let wanted = filter.unwrap_or_default().indicator;
    Listing::read(ctx, arguments, wanted, order.unwrap_or_default()).await
}

/// The contradiction that a figure leads, for callers known to be curators.
pub async fn of_figure(ctx: &Context<'_>, key: &str) -> Result<Option<Conflict>> {
    let row = loader::by_key::<entity::observation::Entity>(ctx, key).await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let found = stored::of(service::store(ctx), row.id).await;
    let found = found.map_err(from_store)?;
    let led = found.filter(|conflict| !conflict.rivals.is_empty() && conflict.leading.key == key);
    Ok(led.map(Conflict))
}
