//! `propose`: anybody may say what is wrong or missing, and where it can be read.

use std::time::Instant;

use async_graphql::{Context, InputObject, OneofObject, Result, SimpleObject};
use entity::{Role, proposal::Span, shape::is_key, source};
use store::{
    proposal::{self as stored, New, What},
    proposal_text,
};

use super::{Proposal, with_texts};
use crate::{
    author,
    error::{from_store, internal},
    fact::{Check, FactInput, FactReferenceInput, SourceInput},
    pace::AT_ONCE,
    scalar::PartialDate,
    service,
    user_error::{UserError, UserErrorCode as Code, of_refusal},
    vocabulary::ConceptKind,
};

/// Most proposals in one request; of people without a key that curates, as many as they may send at once.
const MOST: usize = 100;
/// Most parts of a text that one proposal points to.
const SPANS: usize = 32;
/// Longest text, in bytes; that of people without an API key.
pub(super) const TEXT: usize = 256 * 1024;
pub(super) const SHORT_TEXT: usize = 8 * 1024;
/// Longest note, in characters.
pub(super) const NOTE: usize = 1_000;

/// Changes that are proposed together: they share a source and, where they were read in one, a text.
#[derive(InputObject, Clone, Debug)]
pub struct ProposeInput {
    /// The changes: 1 to 100, for callers without the scope curate 1 to 10. They may refer to each other by key.
    proposals: Vec<ProposalInput>,
    /// Where the facts are stated. May be left out when every fact names its own.
    source: Option<SourceReferenceInput>,
    /// The text they were read in.
    text: Option<ProposalTextInput>,
    /// Any text of at most 128 visible ASCII characters, new for each request. A request sent again with the same key makes nothing twice.
    idempotency_key: Option<String>,
}

/// One change. Give either `fact` or `retract`.
#[derive(InputObject, Clone, Debug)]
pub struct ProposalInput {
    /// A fact as it should be, new or in place of the one with its key.
    fact: Option<FactInput>,
    /// A fact that should end.
    retract: Option<FactReferenceInput>,
    /// Where in the text it is stated; at most 32 parts.
    spans: Option<Vec<SpanInput>>,
    /// Why, at most 1,000 characters; needed with `retract`.
    note: Option<String>,
}

/// A part of the text and what it says.
#[derive(InputObject, Clone, Debug)]
pub struct SpanInput {
    /// What it says: `value`, `indicator`, `territory`, `period` and the like; letters, digits, `.`, `_` and `-`.
    name: String,
    /// Its first byte in the text, as UTF-8.
    start: u32,
    /// The first byte after it.
    end: u32,
}

/// A source that is known, or one that is not.
#[derive(OneofObject, Clone, Debug)]
pub enum SourceReferenceInput {
    /// Key of a source that is known.
    Key(String),
    /// A source that may not be known yet: one with the same key or address is taken instead. It is made when a fact is accepted.
    New(SourceInput),
}

/// The text that facts were read in.
#[derive(InputObject, Clone, Debug)]
pub struct ProposalTextInput {
    /// The text itself, at most 256 KiB; 8 KiB without an API key. Kept once, and shown to curators only.
    text: String,
    /// Its title.
    title: Option<String>,
    /// Where it was read, http or https only.
    url: Option<String>,
    /// Who printed it.
    publisher: Option<String>,
    /// When it was published.
    published_on: Option<PartialDate>,
}

/// What came of proposing: the proposals, or what to mend. All are made, or none.
#[derive(SimpleObject)]
pub struct ProposePayload {
    /// The proposals that were made, in the order of the input.
    proposals: Vec<Proposal>,
    /// Facts that are in force as they were proposed; nothing is made of them.
    known: Vec<KnownFact>,
    /// Why nothing was made; empty when it was.
    user_errors: Vec<UserError>,
}

/// A fact that is in force already.
#[derive(SimpleObject)]
pub struct KnownFact {
    /// Its kind.
    pub(super) concept: ConceptKind,
    /// Its key.
    pub(super) fact_key: String,
}

/// Takes proposals, or says what to mend.
pub async fn propose(ctx: &Context<'_>, input: ProposeInput) -> Result<ProposePayload> {
    let sent = input.clone();
    let key = input.idempotency_key.clone();
    let proposed = match checked(ctx, input).await? {
        Ok(proposed) => proposed,
        Err(user_errors) => return Ok(refused(user_errors)),
    };
    if let Err(error) = admit(ctx, proposed.proposals.len()) {
        return Ok(refused(vec![error]));
    }
    let act = author::act(
        ctx,
        "proposed".to_owned(),
        ("propose", key.as_deref()),
        &sent,
    );
    let store = service::store(ctx);
    match stored::propose(store, &act, &proposed).await {
        Ok(made) => {
            let known = made.known.into_iter().map(|(concept, key)| KnownFact {
                concept: concept.into(),
                fact_key: key,
            });
            Ok(ProposePayload {
                proposals: with_texts(store, made.proposals)
                    .await
                    .map_err(from_store)?,
                known: known.collect(),
                user_errors: Vec::new(),
            })
        }
        Err(failure) => Ok(refused(vec![of_refusal(failure)?])),
    }
}

/// So many proposals of people without the scope curate now, or when they are taken.
pub fn admit(ctx: &Context<'_>, number: usize) -> std::result::Result<(), UserError> {
    let caller = author::caller(ctx);
    if !matches!(caller.author().role, Role::Anybody | Role::Partner) {
        return Ok(());
    }
    let number = u32::try_from(number).unwrap_or(u32::MAX);
    let pace = service::service(ctx).proposing();
    let admitted = pace.admit(caller.visitor, number, Instant::now());
    admitted.map_err(|wait| {
        let message = format!(
            "too much was sent from here; this is taken in {} seconds",
            wait.as_secs().max(1)
        );
        UserError::new(None, Code::RateLimited, message)
    })
}

fn refused(user_errors: Vec<UserError>) -> ProposePayload {
    ProposePayload {
        proposals: Vec::new(),
        known: Vec::new(),
        user_errors,
    }
}

async fn checked(
    ctx: &Context<'_>,
    input: ProposeInput,
) -> Result<std::result::Result<stored::Proposed, Vec<UserError>>> {
    let role = author::caller(ctx).author().role;
    let mut errors: Vec<UserError> = Vec::new();
    errors.extend(author::check_key(input.idempotency_key.as_deref()));
    let most = match role {
        Role::Curator | Role::Operator => MOST,
        Role::Anybody | Role::Partner | Role::Coordinator => AT_ONCE as usize,
    };
    if !(1..=most).contains(&input.proposals.len()) {
        let message = format!("takes 1 to {most} proposals in one request");
        errors.push(UserError::new("proposals", Code::Invalid, message));
        return Ok(Err(errors));
    }
    let mut taken = |read: std::result::Result<(), Vec<UserError>>| {
        errors.extend(read.err().into_iter().flatten());
    };
    let mut source_draft: Option<source::Draft> = None;
    let source = match input.source {
        None => None,
        Some(SourceReferenceInput::Key(key)) => {
            let mut check = Check::new("source", None);
            let key = check.reference("key", key);
            taken(check.finish(()));
            Some(key)
        }
        Some(SourceReferenceInput::New(new)) => {
            let mut check = Check::new("source.new", None);
            let draft = new.draft(&mut check);
            taken(check.finish(()));
            let key = draft.key.clone();
            source_draft = Some(draft);
            Some(key)
        }
    };
    let text = input.text.map(|text| {
        let longest = match role {
            Role::Anybody => SHORT_TEXT,
            _ => TEXT,
        };
        let (text, errors) = checked_text(text, longest);
        taken(errors);
        text
    });
    let mut proposals = Vec::new();
    for (at, proposal) in input.proposals.into_iter().enumerate() {
        let path = format!("proposals.{at}");
        match read_proposal(ctx, proposal, &path, source.as_ref()).await? {
            Ok(new) => proposals.push(new),
            Err(errors) => taken(Err(errors)),
        }
    }
    Ok(match errors.is_empty() {
        true => Ok(stored::Proposed {
            proposals,
            source: source_draft,
            text,
        }),
        false => Err(errors),
    })
}

async fn read_proposal(
    ctx: &Context<'_>,
    input: ProposalInput,
    path: &str,
    source: Option<&String>,
) -> Result<std::result::Result<New, Vec<UserError>>> {
    let mut check = Check::new(path, None);
    let note = check.optional("note", input.note, NOTE);
    let spans = input.spans.unwrap_or_default();
    if spans.len() > SPANS {
        let message = format!("has more than {SPANS} parts; point to those that matter");
        check.refuse("spans", Code::TooLong, message);
    }
    if spans
        .iter()
        .any(|span| !is_key(&span.name) || span.name.len() > 40)
    {
        let message = "a name has 1 to 40 letters A-Z a-z, digits, '.', '_', '-'";
        check.refuse("spans", Code::Invalid, message);
    }
    let spans = spans.into_iter().map(|span| Span {
        name: span.name,
        start: span.start,
        end: span.end,
    });
    let spans = spans.collect();
    let (what, made_key) = match (input.fact, input.retract) {
        (Some(fact), None) => {
            let path = format!("{path}.fact");
            match fact.read(ctx, &path, source.cloned()).await? {
                Ok(read) => (What::State(Box::new(read.fact)), read.made_key),
                Err(mut wrong) => {
                    wrong.extend(check.finish(()).err().into_iter().flatten());
                    return Ok(Err(wrong));
                }
            }
        }
        (None, Some(retract)) => {
            if note.is_none() {
                check.refuse("note", Code::Required, "say why the fact should end");
            }
            let (concept, key) = retract.of();
            (What::Retract(concept, key.to_owned()), false)
        }
        _ => {
            let message = "give either `fact` or `retract`";
            check.refuse("fact", Code::Required, message);
            return Ok(check
                .finish(())
                .map(|()| unreachable!("something was refused")));
        }
    };
    Ok(check.finish(New {
        key: new_key()?,
        what,
        made_key,
        spans,
        note,
    }))
}

/// What a new proposal is called: random, so that it tells nothing of how many there are.
pub(super) fn new_key() -> Result<String> {
    let mut random = [0; 8];
    getrandom::fill(&mut random).map_err(|failure| internal(&failure))?;
    Ok(format!("{:016x}", u64::from_be_bytes(random)))
}

/// A text as it is kept: its bytes are counted by spans, so nothing of it is changed. `path` says where in the input it is.
pub(super) fn read_text(
    new: proposal_text::New,
    path: &str,
    longest: usize,
) -> std::result::Result<proposal_text::New, Vec<UserError>> {
    let mut check = Check::new("", None);
    if new.text.trim().is_empty() {
        check.refuse(path, Code::Required, "is empty; say what is right");
    }
    if new.text.len() > longest {
        let message = format!(
            "has {} bytes; at most {longest} are taken: send the part that states the facts",
            new.text.len()
        );
        check.refuse(path, Code::TooLong, message);
    }
    let hidden = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t');
    if new.text.chars().any(hidden) {
        let message = "has control characters; take them out, and count the spans anew";
        check.refuse(path, Code::Invalid, message);
    }
    check.finish(new)
}

fn checked_text(
    input: ProposalTextInput,
    longest: usize,
) -> (proposal_text::New, std::result::Result<(), Vec<UserError>>) {
    let mut check = Check::new("text", None);
    let url = check.address("url", input.url);
    let text = proposal_text::New {
        text: input.text,
        title: check.optional("title", input.title, NOTE),
        url,
        publisher: check.optional("publisher", input.publisher, NOTE),
        published_on: input.published_on.map(|date| date.0),
    };
    let mut errors = check.finish(()).err().unwrap_or_default();
    errors.extend(
        read_text(text.clone(), "text.text", longest)
            .err()
            .into_iter()
            .flatten(),
    );
    match errors.is_empty() {
        true => (text, Ok(())),
        false => (text, Err(errors)),
    }
}
