//! What a fact was, from when until when, and why it changed. For everybody: it says who in no way.

use async_graphql::{Context, Result, SimpleObject};
use store::{Part, Store, history as stored};

use crate::{
    change::{self, FieldChange},
    connection::Arguments,
    fact::FactReferenceInput,
    listing::{Item, Listing, ListingOrder},
    scalar::DateTime,
    subscription::Change,
};

/// A change of a fact: from what to what, when and why.
#[derive(SimpleObject, Clone, Debug)]
pub struct HistoryEntry {
    #[graphql(skip)]
    id: i64,
    /// The number of the version that came in force, or that ended. That of the newest entry is what `expectedVersion` asks for.
    version: i32,
    /// What happened.
    change: Change,
    /// When.
    recorded_at: DateTime,
    /// The fields that changed.
    changes: Vec<FieldChange>,
    /// Why; null where it was not noted.
    reason: Option<String>,
}

impl From<stored::Entry> for HistoryEntry {
    fn from(entry: stored::Entry) -> Self {
        Self {
            id: entry.id,
            version: entry.version,
            change: entry.change.into(),
            recorded_at: DateTime(entry.recorded_at),
            changes: change::changes(entry.before.as_deref(), entry.after.as_deref()),
            reason: entry.reason,
        }
    }
}

impl Item for HistoryEntry {
    const NAME: &'static str = "HistoryEntry";

    type Wanted = stored::Wanted;

    fn id(&self) -> i64 {
        self.id
    }

    async fn page(
        store: &Store,
        wanted: &Self::Wanted,
        part: &Part,
    ) -> Result<Vec<Self>, store::Error> {
        let entries = stored::page(store, wanted, part).await?;
        Ok(entries.into_iter().map(Self::from).collect())
    }

    async fn count(store: &Store, wanted: &Self::Wanted) -> Result<u64, store::Error> {
        stored::count(store, wanted).await
    }
}

/// Every change of a fact; empty when nothing ever had the key.
pub async fn history(
    ctx: &Context<'_>,
    fact: &FactReferenceInput,
    arguments: Arguments,
    order: Option<ListingOrder>,
) -> Result<Listing<HistoryEntry>> {
    let (concept, key) = fact.of();
    let wanted = stored::Wanted {
        concept,
        key: key.to_owned(),
    };
    Listing::read(
        ctx,
        arguments,
        wanted,
        order.unwrap_or(ListingOrder::OldestFirst),
    )
    .await
}
