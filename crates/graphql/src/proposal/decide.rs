//! `acceptProposal` and `rejectProposal`: nothing becomes a fact without a person.

use async_graphql::{Context, InputObject, Result, SimpleObject};
use entity::{Fact, observation::Draft};
use store::proposal as stored;

use super::{Proposal, with_texts};
use crate::{
    author,
    error::from_store,
    fact::{FROM_CONTEXT, FactInput},
    node::{self, Node},
    record::{checked, version_of},
    scalar::ReferencePeriod,
    service,
    user_error::{UserError, UserErrorCode as Code, of_refusal},
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
    /// What of a proposed figure is otherwise, in place of `amended`.
    amended_figure: Option<FigureAmendmentInput>,
    /// Why, at most 1,000 characters. It stands in the public history of the fact.
    reason: String,
    /// Any text of at most 128 visible ASCII characters, new for each request. A request sent again with the same key changes nothing.
    idempotency_key: Option<String>,
}

/// What of a proposed figure is otherwise; what is left out stays as it was proposed.
#[derive(InputObject, Clone, Debug)]
pub struct FigureAmendmentInput {
    /// The value, in the unit of the indicator. Where a range was proposed, it is this value alone then.
    value: Option<f64>,
    /// When it refers to, as the source states it.
    period: Option<ReferencePeriod>,
}

impl FigureAmendmentInput {
    /// The figure with what is otherwise.
    fn over(self, mut figure: Draft) -> Draft {
        if let Some(value) = self.value {
            figure.value = value;
            figure.value_max = None;
        }
        if let Some(period) = self.period {
            figure.period = Some(period.0);
            figure.period_basis = Some(entity::PeriodBasis::Stated);
            let notes = figure.note.iter().flat_map(|note| note.split("; "));
            let notes: Vec<_> = notes.filter(|note| *note != FROM_CONTEXT).collect();
            figure.note = (!notes.is_empty()).then(|| notes.join("; "));
        }
        figure
    }
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
    let amended = match (input.amended, input.amended_figure) {
        (None, None) => None,
        (Some(_), Some(_)) => {
            let message = "say what is otherwise once: give `amended` or `amendedFigure`";
            errors.push(UserError::new("amendedFigure", Code::Invalid, message));
            None
        }
        (None, Some(change)) => match otherwise(ctx, &input.key, change).await? {
            Ok(fact) => Some(fact),
            Err(wrong) => {
                errors.extend(wrong);
                None
            }
        },
        (Some(amended), None) => {
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

/// The figure that a proposal states, with what is otherwise, held against the rules again.
async fn otherwise(
    ctx: &Context<'_>,
    key: &str,
    change: FigureAmendmentInput,
) -> Result<std::result::Result<Fact, Vec<UserError>>> {
    let proposal = stored::by_key(service::store(ctx), key)
        .await
        .map_err(from_store)?;
    let stated = proposal.and_then(|proposal| match proposal.concept {
        entity::ConceptKind::Observation => proposal.content,
        _ => None,
    });
    let Some(figure) = stated.and_then(|content| serde_json::from_str(&content).ok()) else {
        let message = "this proposal states no figure; say all that is right as `amended`";
        let error = UserError::new("amendedFigure", Code::Invalid, message);
        return Ok(Err(vec![error]));
    };
    if change.value.is_none() && change.period.is_none() {
        let message = "say what is otherwise: the value, the period, or both";
        let error = UserError::new("amendedFigure", Code::Required, message);
        return Ok(Err(vec![error]));
    }
    let figure = FactInput::Observation(change.over(figure).into());
    let read = figure.read(ctx, "amendedFigure", None).await?;
    Ok(read.map(|read| read.fact))
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
