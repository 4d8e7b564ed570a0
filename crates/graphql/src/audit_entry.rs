//! The audit: every write, for curators.

use async_graphql::{Context, ID, InputObject, Object, Result};
use store::{Part, Store, audit_entry as stored};

use crate::{
    author,
    change::{self, FieldChange},
    connection::Arguments,
    error::from_store,
    listing::{Item, Listing, ListingOrder},
    node::Curated,
    scalar::DateTime,
    service,
    vocabulary::{AuditAction, AuthorRole, ConceptKind, Door},
};

/// A write: what was done to what, by what sort of person, and why. Entries are only ever added.
#[derive(Clone, Debug)]
pub struct AuditEntry(stored::Model);

/// A write: what was done to what, by what sort of person, and why. Entries are only ever added.
#[Object]
impl AuditEntry {
    /// Global id; only curators find the entry again by it.
    pub async fn id(&self) -> ID {
        Curated::AuditEntry.id(&self.0.id.to_string())
    }

    /// A number that grows with every entry.
    async fn number(&self) -> String {
        self.0.id.to_string()
    }

    /// When it was written.
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.0.recorded_at)
    }

    /// What sort of person wrote.
    async fn role(&self) -> AuthorRole {
        self.0.role.into()
    }

    /// The door it came through.
    async fn door(&self) -> Door {
        self.0.door.into()
    }

    /// The eight digits that name the API key it came with.
    async fn key_prefix(&self) -> Option<&str> {
        self.0.key_prefix.as_deref()
    }

    /// What was done.
    async fn action(&self) -> AuditAction {
        self.0.action.into()
    }

    /// The kind of the fact; null when it is about none.
    async fn concept(&self) -> Option<ConceptKind> {
        self.0.concept.map(Into::into)
    }

    /// The key of the fact; of an API key, the eight digits that name it.
    async fn fact_key(&self) -> Option<&str> {
        self.0.key.as_deref()
    }

    /// The key of the proposal that was made or decided, or that the change came of.
    async fn proposal_key(&self) -> Option<&str> {
        self.0.proposal.as_deref()
    }

    /// What it changed, or would change.
    async fn changes(&self) -> Vec<FieldChange> {
        change::changes(self.0.before.as_deref(), self.0.after.as_deref())
    }

    /// Why.
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// The revision of the data that it came with, as text; null when no fact changed.
    async fn revision(&self) -> Option<String> {
        self.0.revision_id.map(|revision| revision.to_string())
    }
}

/// Which entries.
#[derive(InputObject, Clone, Debug, Default)]
pub struct AuditEntryFilter {
    /// What was done: one of these.
    #[graphql(validator(max_items = 20))]
    actions: Option<Vec<AuditAction>>,
    /// The kind of the fact.
    concept: Option<ConceptKind>,
    /// The key of the fact.
    #[graphql(validator(max_length = 160))]
    fact_key: Option<String>,
    /// The key of the proposal.
    #[graphql(validator(max_length = 160))]
    proposal_key: Option<String>,
    /// Written then or later.
    since: Option<DateTime>,
    /// Written before then.
    until: Option<DateTime>,
}

impl Item for AuditEntry {
    const NAME: &'static str = "AuditEntry";

    type Wanted = stored::Wanted;

    fn id(&self) -> i64 {
        self.0.id
    }

    async fn page(
        store: &Store,
        wanted: &Self::Wanted,
        part: &Part,
    ) -> Result<Vec<Self>, store::Error> {
        let rows = stored::page(store, wanted, part).await?;
        Ok(rows.into_iter().map(Self).collect())
    }

    async fn count(store: &Store, wanted: &Self::Wanted) -> Result<u64, store::Error> {
        stored::count(store, wanted).await
    }
}

/// The audit, for curators.
pub async fn audit_entries(
    ctx: &Context<'_>,
    arguments: Arguments,
    filter: Option<AuditEntryFilter>,
    order: Option<ListingOrder>,
) -> Result<Listing<AuditEntry>> {
    author::require_curator(ctx)?;
    let filter = filter.unwrap_or_default();
    let wanted = stored::Wanted {
        concept: filter.concept.map(Into::into),
        key: filter.fact_key,
        proposal: filter.proposal_key,
        actions: filter
            .actions
            .map(|actions| actions.into_iter().map(Into::into).collect()),
        since: filter.since.map(|since| since.0),
        until: filter.until.map(|until| until.0),
    };
    Listing::read(ctx, arguments, wanted, order.unwrap_or_default()).await
}

/// The entry with a number, for callers known to be curators.
pub async fn by_number(ctx: &Context<'_>, number: &str) -> Result<Option<AuditEntry>> {
    let Ok(number) = number.parse() else {
        return Ok(None);
    };
    let found = stored::by_id(service::store(ctx), number).await;
    Ok(found.map_err(from_store)?.map(AuditEntry))
}
