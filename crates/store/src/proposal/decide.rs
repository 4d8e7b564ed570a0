//! Deciding: a proposal becomes a fact, or does not, and stays as what became of it.

use entity::{
    AuditAction, Fact, ProposalAction, ProposalStatus,
    proposal::{Column, Entity},
    source,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
};

use super::{Model, known};
use crate::{
    Error, Refused, Store,
    audit_entry::{Act, Done},
    fact::{check_figures, current_in},
    load::Batch,
    write::Writing,
};

/// Accepts a proposal, as it is or as `amended`: the change, its events and its audit entries, and the decision, all at once.
pub async fn accept(
    store: &Store,
    act: &Act,
    (key, expected): (&str, i32),
    amended: Option<Fact>,
) -> Result<Model, Error> {
    let writing = Writing::begin(store, act).await?;
    let proposal = match decidable(&writing, (key, expected)).await? {
        Decidable::Open(proposal) => proposal,
        Decidable::Done(proposal) => return Ok(proposal),
    };
    let concept = proposal.concept;
    let is_read = proposal.action == ProposalAction::Read;
    if is_read && amended.is_none() {
        let message = "this asks that somebody reads the text, and states no fact: accept it with what the text says as `amended`, or reject it";
        return Err(Refused::Invalid(message.to_owned()).into());
    }
    let now = current_in(&writing.transaction, concept, &proposal.fact_key).await?;
    if amended.is_none() && now.version != proposal.based_on {
        return Err(Refused::Outdated(format!(
            "{concept} {:?} changed since this was proposed (version {} then, {} now); reject it, or accept it as `amended`, saying all that is right now",
            proposal.fact_key, proposal.based_on, now.version
        ))
        .into());
    }
    let status = match &amended {
        Some(_) => ProposalStatus::Amended,
        None => ProposalStatus::Accepted,
    };
    let mut fact = match (&amended, &proposal.content) {
        (Some(fact), _) => Some(fact.clone()),
        (None, Some(content)) => Fact::from_json(concept, content)?,
        (None, None) => None,
    };
    let mut batch = Batch::default();
    let draft = proposal.new_source.as_deref().map(serde_json::from_str);
    let draft: Option<source::Draft> = draft.transpose()?;
    let source = known::source(&writing, draft.as_ref(), fact.iter_mut()).await?;
    batch.sources.extend(source.cloned());
    match fact.clone() {
        Some(fact) if fact.concept() != concept && !is_read => {
            let of = fact.concept();
            let message = format!(
                "the proposal is of {concept} and was amended to {of}; reject it, and record the other"
            );
            return Err(Refused::Invalid(message).into());
        }
        Some(fact) => batch.add(fact),
        None => batch.retract(concept, proposal.fact_key.clone()),
    }
    check_figures(&writing, fact.as_ref(), &batch).await?;
    let written = writing.state(&batch, Some(key)).await?;
    if written.is_nothing() {
        let key = proposal.fact_key;
        return Err(Refused::Unchanged { concept, key }.into());
    }
    let after = match &amended {
        Some(fact) => Some(fact.to_json()?),
        None => proposal.content.clone(),
    };
    let action = match status {
        ProposalStatus::Amended => AuditAction::Amend,
        _ => AuditAction::Accept,
    };
    let decided = decide(&writing, proposal, (status, action), after).await?;
    writing.commit(Some(written.revision)).await?;
    Ok(decided)
}

/// Rejects a proposal. No fact changes.
pub async fn reject(
    store: &Store,
    act: &Act,
    (key, expected): (&str, i32),
) -> Result<Model, Error> {
    let writing = Writing::begin(store, act).await?;
    let proposal = match decidable(&writing, (key, expected)).await? {
        Decidable::Open(proposal) => proposal,
        Decidable::Done(proposal) => return Ok(proposal),
    };
    let how = (ProposalStatus::Rejected, AuditAction::Reject);
    let decided = decide(&writing, proposal, how, None).await?;
    writing.commit(None).await?;
    Ok(decided)
}

/// A proposal to decide, or one that this very request decided earlier.
enum Decidable {
    Open(Model),
    Done(Model),
}

async fn decidable(
    writing: &Writing<'_>,
    (key, expected): (&str, i32),
) -> Result<Decidable, Error> {
    let earlier = writing.earlier().await?;
    let found = Entity::find()
        .filter(Column::Key.eq(key))
        .one(&writing.transaction)
        .await?;
    let proposal = found.ok_or_else(|| Refused::NotFound(key.to_owned()))?;
    if !earlier.is_empty() {
        return Ok(Decidable::Done(proposal));
    }
    if proposal.status != ProposalStatus::Open {
        return Err(Refused::Decided {
            key: key.to_owned(),
            status: proposal.status,
        }
        .into());
    }
    if proposal.version != expected {
        return Err(Refused::Stale {
            what: "proposal",
            expected,
            found: proposal.version,
        }
        .into());
    }
    Ok(Decidable::Open(proposal))
}

async fn decide(
    writing: &Writing<'_>,
    proposal: Model,
    (status, action): (ProposalStatus, AuditAction),
    after: Option<String>,
) -> Result<Model, Error> {
    let act = &writing.act;
    let done = Done {
        concept: Some(proposal.concept),
        key: Some(proposal.fact_key.clone()),
        proposal: Some(proposal.key.clone()),
        before: proposal.content.clone(),
        after,
        // The fact's own entry says with which revision it came.
        revision: None,
    };
    let version = proposal.version + 1;
    let mut row = proposal.into_active_model();
    row.status = Set(status);
    row.version = Set(version);
    row.decision_reason = Set(Some(act.reason.clone()));
    row.decided_at = Set(Some(act.at));
    row.decided_role = Set(Some(act.by.role));
    row.decided_key_prefix = Set(act.by.key.clone());
    let decided = row.update(&writing.transaction).await?;
    writing.note(vec![(action, done)]).await?;
    Ok(decided)
}
