//! `record` and `retract`: what curators change at once, without a proposal.

use async_graphql::{Context, InputObject, Result, SimpleObject};
use entity::ConceptKind;
use store::fact::{self as stored, Recorded};

use crate::{
    author,
    error::from_store,
    fact::{Check, FactInput, FactReferenceInput},
    node::{self, Node},
    service,
    user_error::{UserError, of_refusal},
};

/// Longest reason, in characters.
const REASON: usize = 1_000;

/// A fact to be stated at once.
#[derive(InputObject, Clone, Debug)]
pub struct RecordInput {
    /// The fact with all that it says.
    fact: FactInput,
    /// How many versions the fact has had, as you saw it: the number of the newest one of `history`. 0 for a fact that is not there yet.
    #[graphql(default)]
    expected_version: i32,
    /// Why, at most 1,000 characters. It stands in the public history of the fact.
    reason: String,
    /// Any text of at most 128 visible ASCII characters, new for each request. A request sent again with the same key changes nothing.
    idempotency_key: Option<String>,
}

/// What came of recording.
#[derive(SimpleObject)]
pub struct RecordPayload {
    /// The fact as it is in force since; null when it was not recorded.
    fact: Option<Node>,
    /// Its key; null when it was not recorded.
    fact_key: Option<String>,
    /// How many versions it has had, this one included; null when it was not recorded.
    version: Option<i32>,
    /// Why it was not recorded; empty when it was.
    user_errors: Vec<UserError>,
}

/// A fact to be ended.
#[derive(InputObject, Clone, Debug)]
pub struct RetractInput {
    /// The fact.
    fact: FactReferenceInput,
    /// How many versions the fact has had, as you saw it: the number of the newest one of `history`.
    expected_version: i32,
    /// Why, at most 1,000 characters. It stands in the public history of the fact.
    reason: String,
    /// Any text of at most 128 visible ASCII characters, new for each request. A request sent again with the same key changes nothing.
    idempotency_key: Option<String>,
}

/// What came of retracting.
#[derive(SimpleObject)]
pub struct RetractPayload {
    /// The key of the fact that ended; null when it did not.
    fact_key: Option<String>,
    /// How many versions it has had; null when it did not end.
    version: Option<i32>,
    /// Why it did not end; empty when it did.
    user_errors: Vec<UserError>,
}

/// States a fact.
pub async fn record(ctx: &Context<'_>, input: RecordInput) -> Result<RecordPayload> {
    author::require_curator(ctx)?;
    let refused = |user_errors| RecordPayload {
        fact: None,
        fact_key: None,
        version: None,
        user_errors,
    };
    let sent = input.clone();
    let (reason, mut errors) = checked(input.reason, input.idempotency_key.as_deref());
    let fact = match input.fact.read(ctx, "fact", None).await? {
        Ok(read) => Some(read.fact),
        Err(wrong) => {
            errors.extend(wrong);
            None
        }
    };
    let Some(fact) = fact.filter(|_| errors.is_empty()) else {
        return Ok(refused(errors));
    };
    let act = author::act(
        ctx,
        reason,
        ("record", input.idempotency_key.as_deref()),
        &sent,
    );
    let store = service::store(ctx);
    match stored::record(store, &act, &fact, input.expected_version).await {
        Ok(Recorded {
            concept,
            key,
            version,
        }) => Ok(RecordPayload {
            fact: node::by_key(ctx, concept, &key).await?,
            fact_key: Some(key),
            version: Some(version),
            user_errors: Vec::new(),
        }),
        Err(failure) => Ok(refused(vec![of_refusal(failure)?])),
    }
}

/// Ends a fact.
pub async fn retract(ctx: &Context<'_>, input: RetractInput) -> Result<RetractPayload> {
    author::require_curator(ctx)?;
    let refused = |user_errors| RetractPayload {
        fact_key: None,
        version: None,
        user_errors,
    };
    let sent = input.clone();
    let (reason, errors) = checked(input.reason, input.idempotency_key.as_deref());
    if !errors.is_empty() {
        return Ok(refused(errors));
    }
    let act = author::act(
        ctx,
        reason,
        ("retract", input.idempotency_key.as_deref()),
        &sent,
    );
    let of = input.fact.of();
    match stored::retract(service::store(ctx), &act, of, input.expected_version).await {
        Ok(ended) => Ok(RetractPayload {
            fact_key: Some(ended.key),
            version: Some(ended.version),
            user_errors: Vec::new(),
        }),
        Err(failure) => Ok(refused(vec![of_refusal(failure)?])),
    }
}

/// A reason, and what is wrong with it or with an idempotency key.
pub fn checked(reason: String, key: Option<&str>) -> (String, Vec<UserError>) {
    let mut check = Check::new("", None);
    let reason = check.text("reason", reason, REASON);
    let errors = check.finish(()).err().into_iter().flatten();
    (reason, errors.chain(author::check_key(key)).collect())
}

/// How many versions a fact has had.
pub async fn version_of(ctx: &Context<'_>, concept: ConceptKind, key: &str) -> Result<i32> {
    let current = stored::current(service::store(ctx), concept, key).await;
    Ok(current.map_err(from_store)?.version)
}
