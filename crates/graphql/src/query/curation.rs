//! What curators look at, and the history that everybody may read.

use async_graphql::{Context, Object, Result};

use crate::{
    audit_entry::{self, AuditEntry, AuditEntryFilter},
    conflict::{self, Conflict, ConflictFilter},
    connection::Arguments,
    duplicate::{self, Duplicate},
    fact::FactReferenceInput,
    history::{self, HistoryEntry},
    listing::{Listing, ListingOrder},
    proposal::{self, Proposal, ProposalFilter},
};

/// Looking after the data.
#[derive(Default)]
pub struct Curation;

#[Object]
impl Curation {
    /// Every change of a fact: when, from what to what, and why. Empty when nothing ever had the key.
    #[allow(
        clippy::too_many_arguments,
        reason = "the four of a page, the fact and the order"
    )]
    async fn history(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The fact, which may have ended.")] fact: FactReferenceInput,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        #[graphql(desc = "The oldest first when left out.")] order: Option<ListingOrder>,
    ) -> Result<Listing<HistoryEntry>> {
        let arguments = Arguments {
            first,
            after,
            last,
            before,
        };
        history::history(ctx, &fact, arguments, order).await
    }

    /// Changes that wait for a curator, and what became of others. For curators: an API key with the scope curate, else UNAUTHENTICATED
    /// or FORBIDDEN.
    async fn proposals(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<ProposalFilter>,
        #[graphql(desc = "The newest first when left out.")] order: Option<ListingOrder>,
    ) -> Result<Listing<Proposal>> {
        let arguments = Arguments {
            first,
            after,
            last,
            before,
        };
        proposal::proposals(ctx, arguments, filter, order).await
    }

    /// The proposal with a key. For curators: an API key with the scope curate, else UNAUTHENTICATED or FORBIDDEN.
    async fn proposal(
        &self,
        ctx: &Context<'_>,
        #[graphql(validator(max_length = 160))] key: String,
    ) -> Result<Option<Proposal>> {
        proposal::proposal(ctx, &key).await
    }

    /// Every write, with what it changed and why. For curators: an API key with the scope curate, else UNAUTHENTICATED or FORBIDDEN.
    async fn audit_entries(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<AuditEntryFilter>,
        #[graphql(desc = "The newest first when left out.")] order: Option<ListingOrder>,
    ) -> Result<Listing<AuditEntry>> {
        let arguments = Arguments {
            first,
            after,
            last,
            before,
        };
        audit_entry::audit_entries(ctx, arguments, filter, order).await
    }

    /// Figures of the same thing with another value, each with the one that leads and by which rule. For curators: an API key with the
    /// scope curate, else UNAUTHENTICATED or FORBIDDEN.
    async fn conflicts(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<ConflictFilter>,
        #[graphql(desc = "By the first figure of each; the newest first when left out.")]
        order: Option<ListingOrder>,
    ) -> Result<Listing<Conflict>> {
        let arguments = Arguments {
            first,
            after,
            last,
            before,
        };
        conflict::conflicts(ctx, arguments, filter, order).await
    }

    /// Organisations and sites that may be there twice, the surest first. For curators: an API key with the scope curate, else
    /// UNAUTHENTICATED or FORBIDDEN.
    async fn duplicates(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "1 to 100.",
            default = 20,
            validator(minimum = 1, maximum = 100)
        )]
        first: i32,
    ) -> Result<Vec<Duplicate>> {
        duplicate::duplicates(ctx, usize::try_from(first).unwrap_or_default()).await
    }
}
