//! `acceptProposal` and `rejectProposal`: nothing becomes a fact without a person.

use async_graphql::{Context, InputObject, Result, SimpleObject};
use store::proposal as stored;

use super::{Proposal, with_texts};
use crate::{
    author,
    error::from_store,
    fact::FactInput,
    node::{self, Node},
    record::{checked, version_of},
    service,
    user_error::{UserError, of_refusal},
};

/// A proposal to take over.
#[derive(InputObject, Clone, Debug)]
pub struct AcceptProposalInput {
    /// Its key.
    #[graphql(validator(max_length = 160))]
    key: String,
    /// Its `version`, as you saw it.
    expected_version: i32,
    /// The fact as it should be, when not as proposed: all of it. Its key and its source are those of the proposal when left out. A
    /// proposal with the action READ is accepted with the fact that its text states, of whatever kind.
    amended: Option<FactInput>,
    /// Why, at most 1,000 characters. It stands in the public history of the fact.
    reason: String,
    /// Any text of at most 128 visible ASCII characters, new for each request. A request sent again with the same key changes nothing.
    idempotency_key: Option<String>,
}

/// What came of accepting.
#[derive(SimpleObject)]
pub struct AcceptProposalPayload {
    /// The proposal; null when it was not accepted.
    proposal: Option<Proposal>,
    /// The fact as it is in force since; null when it ended.
    fact: Option<Node>,
    /// How many versions the fact has had, this one included; null when the proposal was not accepted.
    version: Option<i32>,
    /// Why it was not accepted; empty when it was.
    user_errors: Vec<UserError>,
}

/// A proposal not to take over.
#[derive(InputObject, Clone, Debug)]
pub struct RejectProposalInput {
    /// Its key.
    #[graphql(validator(max_length = 160))]
    key: String,
    /// Its `version`, as you saw it.
    expected_version: i32,
    /// Why, at most 1,000 characters.
    reason: String,
    /// Any text of at most 128 visible ASCII characters, new for each request. A request sent again with the same key changes nothing.
    idempotency_key: Option<String>,
}

/// What came of rejecting.
#[derive(SimpleObject)]
pub struct RejectProposalPayload {
    /// The proposal; null when it was not rejected.
    proposal: Option<Proposal>,
    /// Why it was not rejected; empty when it was.
    user_errors: Vec<UserError>,
}

/// Takes a proposal over.
pub async fn accept(
    ctx: &Context<'_>,
    input: AcceptProposalInput,
) -> Result<AcceptProposalPayload> {
    author::require_curator(ctx)?;
    let refused = |user_errors| AcceptProposalPayload {
        proposal: None,
        fact: None,
        version: None,
        user_errors,
    };
    let sent = input.clone();
    let store = service::store(ctx);
    let (reason, mut errors) = checked(input.reason, input.idempotency_key.as_deref());
    let amended = match input.amended {
        None => None,
        Some(amended) => {
            let proposal = stored::by_key(store, &input.key)
                .await
                .map_err(from_store)?;
            let source = proposal.as_ref().and_then(stored::source_of);
            match amended.read(ctx, "amended", source).await? {
                Ok(read) => Some(read.fact_under(proposal.and_then(key_of_fact))),
                Err(wrong) => {
                    errors.extend(wrong);
                    None
                }
            }
        }
    };
    if !errors.is_empty() {
        return Ok(refused(errors));
    }
    let once = ("acceptProposal", input.idempotency_key.as_deref());
    let act = author::act(ctx, reason, once, &sent);
    let of = (input.key.as_str(), input.expected_version);
    match stored::accept(store, &act, of, amended).await {
        Ok(proposal) => {
            let (concept, key) = (proposal.concept, proposal.fact_key.clone());
            let shown = with_texts(store, vec![proposal])
                .await
                .map_err(from_store)?;
            Ok(AcceptProposalPayload {
                proposal: shown.into_iter().next(),
                version: Some(version_of(ctx, concept, &key).await?),
                fact: node::by_key(ctx, concept, &key).await?,
                user_errors: Vec::new(),
            })
        }
        Err(failure) => Ok(refused(vec![of_refusal(failure)?])),
    }
}

/// The key of the fact that a proposal is about; none when it is a text to be read.
fn key_of_fact(proposal: stored::Model) -> Option<String> {
    (proposal.action != entity::ProposalAction::Read).then_some(proposal.fact_key)
}

/// Turns a proposal down.
pub async fn reject(
    ctx: &Context<'_>,
    input: RejectProposalInput,
) -> Result<RejectProposalPayload> {
    author::require_curator(ctx)?;
    let refused = |user_errors| RejectProposalPayload {
        proposal: None,
        user_errors,
    };
    let sent = input.clone();
    let store = service::store(ctx);
    let (reason, errors) = checked(input.reason, input.idempotency_key.as_deref());
    if !errors.is_empty() {
        return Ok(refused(errors));
    }
    let once = ("rejectProposal", input.idempotency_key.as_deref());
    let act = author::act(ctx, reason, once, &sent);
    let of = (input.key.as_str(), input.expected_version);
    match stored::reject(store, &act, of).await {
        Ok(proposal) => {
            let shown = with_texts(store, vec![proposal])
                .await
                .map_err(from_store)?;
            Ok(RejectProposalPayload {
                proposal: shown.into_iter().next(),
                user_errors: Vec::new(),
            })
        }
        Err(failure) => Ok(refused(vec![of_refusal(failure)?])),
    }
}
