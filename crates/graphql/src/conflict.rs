//! Figures that contradict each other, for curators.

use async_graphql::{Context, InputObject, Object, Result};
use store::{Part, Store, conflict as stored};

use crate::{
    author,
    connection::Arguments,
    listing::{Item, Listing, ListingOrder},
    view::Observation,
    vocabulary::HeadlineRule,
};

/// Figures of one indicator, place, activity, subject, period and scope with more than one value. Targets are no part of it.
#[derive(Clone)]
pub struct Conflict(stored::Conflict);

/// Figures of one indicator, place, activity, subject, period and scope with more than one value. Targets are no part of it.
#[Object]
impl Conflict {
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
