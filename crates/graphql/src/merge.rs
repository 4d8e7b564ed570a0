//! `mergeOrganisations` and `mergeSites`: what was taken for two things becomes one.

use async_graphql::{Context, InputObject, Result, SimpleObject};
use store::merge::{self as stored, Pair};

use crate::{
    author,
    node::{self, Node},
    record::checked,
    service,
    user_error::{UserError, of_refusal},
};

/// Two facts that are one.
#[derive(InputObject, Clone, Debug)]
pub struct MergeInput {
    /// Key of the one that goes.
    #[graphql(validator(max_length = 160))]
    duplicate: String,
    /// Key of the one that stays.
    #[graphql(validator(max_length = 160))]
    into: String,
    /// How many versions the duplicate has had, as you saw it: the number of the newest one of its `history`.
    expected_version: i32,
    /// Why they are one, at most 1,000 characters. It stands in the public history of both.
    reason: String,
    /// Any text of at most 128 visible ASCII characters, new for each request. A request sent again with the same key changes nothing.
    idempotency_key: Option<String>,
}

/// What came of merging.
#[derive(SimpleObject)]
pub struct MergePayload {
    /// The fact that stays, as it is since; null when nothing was merged.
    fact: Option<Node>,
    /// Its key; null when nothing was merged.
    fact_key: Option<String>,
    /// How many versions it has had; null when nothing was merged.
    version: Option<i32>,
    /// Why nothing was merged; empty when it was.
    user_errors: Vec<UserError>,
}

/// What can be merged.
#[derive(Clone, Copy)]
pub enum Kind {
    Organisations,
    Sites,
}

/// Makes one of two.
pub async fn merge(ctx: &Context<'_>, kind: Kind, input: MergeInput) -> Result<MergePayload> {
    author::require_curator(ctx)?;
    let refused = |user_errors| MergePayload {
        fact: None,
        fact_key: None,
        version: None,
        user_errors,
    };
    let sent = input.clone();
    let (reason, errors) = checked(input.reason, input.idempotency_key.as_deref());
    if !errors.is_empty() {
        return Ok(refused(errors));
    }
    let mutation = match kind {
        Kind::Organisations => "mergeOrganisations",
        Kind::Sites => "mergeSites",
    };
    let act = author::act(
        ctx,
        reason,
        (mutation, input.idempotency_key.as_deref()),
        &sent,
    );
    let pair = Pair {
        duplicate: &input.duplicate,
        into: &input.into,
        expected: input.expected_version,
    };
    let store = service::store(ctx);
    let merged = match kind {
        Kind::Organisations => stored::organisations(store, &act, pair).await,
        Kind::Sites => stored::sites(store, &act, pair).await,
    };
    match merged {
        Ok(stays) => Ok(MergePayload {
            fact: node::by_key(ctx, stays.concept, &stays.key).await?,
            fact_key: Some(stays.key),
            version: Some(stays.version),
            user_errors: Vec::new(),
        }),
        Err(failure) => Ok(refused(vec![of_refusal(failure)?])),
    }
}
