//! `correct`: what is right, in somebody's own words. The figures found in them are proposed; where there are none, a curator reads the words.

use ask::Reference;
use async_graphql::{Context, InputObject, Result, SimpleObject};
use entity::{Role, proposal::Span, source};
use store::{
    Error, Refused,
    proposal::{self as stored, Made, New, Proposed, What},
    proposal_text,
};

use super::{
    Proposal,
    propose::{KnownFact, NOTE, SHORT_TEXT, TEXT, admit, new_key, read_text},
    with_texts,
};
use crate::{
    author,
    error::{from_store, internal},
    extraction::{self, TextMarkup},
    fact::{Check, FactInput, ObservationInput, SourceInput},
    pace::AT_ONCE,
    scalar::PartialDate,
    service,
    user_error::{UserError, UserErrorCode as Code, of_refusal},
    vocabulary::SourceKind,
};

/// Longest title made of an address, in characters.
const TITLE: usize = 200;

/// Bytes of a text to be read that stand beside its proposal.
const SHOWN: usize = 2_000;

/// What is right, in words, and where it can be read.
#[derive(InputObject, Clone, Debug)]
pub struct CorrectInput {
    /// What is right, as one would say it: "42 centres d'appels à Fès en 2025". Plain text in French, English or Arabic, at most 256 KiB;
    /// 8 KiB without an API key. Kept as it is, and shown to curators only.
    text: String,
    /// Where it can be read, http or https only.
    url: String,
    /// Title of the page; its address when left out.
    title: Option<String>,
    /// Who printed it; the host of the address when left out.
    publisher: Option<String>,
    /// When it was published: "last year" counts from then.
    published_on: Option<PartialDate>,
    /// The `reference` of the answer that is not right, as it came.
    reference: Option<String>,
    /// Any text of at most 128 visible ASCII characters, new for each request. A request sent again with the same key makes nothing twice.
    idempotency_key: Option<String>,
}

/// What came of a correction: the proposals that were made of it, or what to mend.
#[derive(SimpleObject)]
pub struct CorrectPayload {
    /// The proposals: one for each figure that was found in the words, or one with the action READ where none was.
    proposals: Vec<Proposal>,
    /// Figures that are in force as they were said; nothing is made of them.
    known: Vec<KnownFact>,
    /// Why nothing was made; empty when it was.
    user_errors: Vec<UserError>,
}

fn refused(user_errors: Vec<UserError>) -> CorrectPayload {
    CorrectPayload {
        proposals: Vec::new(),
        known: Vec::new(),
        user_errors,
    }
}

/// Takes a correction, or says what to mend.
pub async fn correct(ctx: &Context<'_>, input: CorrectInput) -> Result<CorrectPayload> {
    let sent = input.clone();
    let key = input.idempotency_key.clone();
    let role = author::caller(ctx).author().role;
    let said = match checked(input, role) {
        Ok(said) => said,
        Err(errors) => return Ok(refused(errors)),
    };
    if let Err(error) = admit(ctx, 1) {
        return Ok(refused(vec![error]));
    }
    let note = about(ctx, said.reference.as_deref()).await?;
    let figures = figures(ctx, &said).await?;
    let most = match role {
        Role::Anybody | Role::Partner | Role::Coordinator => AT_ONCE as usize,
        Role::Curator | Role::Operator => usize::MAX,
    };
    if figures.len() > most {
        let message = format!(
            "states {} figures; at most {most} are taken at once: send it in parts",
            figures.len()
        );
        return Ok(refused(vec![UserError::new(
            "text",
            Code::TooLong,
            message,
        )]));
    }
    if figures.len() > 1
        && let Err(error) = admit(ctx, figures.len() - 1)
    {
        return Ok(refused(vec![error]));
    }
    let act = author::act(ctx, "said".to_owned(), ("correct", key.as_deref()), &sent);
    let store = service::store(ctx);
    let proposing = async |news: Vec<(What, Vec<Span>)>| {
        let mut proposals = Vec::new();
        for (what, spans) in news {
            proposals.push(New {
                key: new_key()?,
                made_key: matches!(what, What::State(_)),
                what,
                spans,
                note: note.clone(),
            });
        }
        let proposed = Proposed {
            proposals,
            source: Some(said.source.clone()),
            text: Some(said.text.clone()),
        };
        Ok::<_, async_graphql::Error>(stored::propose(store, &act, &proposed).await)
    };
    let read = || {
        vec![(
            What::Read(Box::new(said.source.clone())),
            beginning(&said.text.text),
        )]
    };
    let made = match figures.is_empty() {
        true => proposing(read()).await?,
        false => match proposing(figures).await? {
            // What cannot stand as a fact is still something to read.
            Err(failure) if is_of_the_fact(&failure) => proposing(read()).await?,
            made => made,
        },
    };
    match made {
        Ok(Made { proposals, known }) => {
            let known = known.into_iter().map(|(concept, key)| KnownFact {
                concept: concept.into(),
                fact_key: key,
            });
            Ok(CorrectPayload {
                proposals: with_texts(store, proposals).await.map_err(from_store)?,
                known: known.collect(),
                user_errors: Vec::new(),
            })
        }
        Err(failure) => Ok(refused(vec![of_refusal(failure)?])),
    }
}

/// The words to be read, as far as they are shown beside a proposal.
fn beginning(text: &str) -> Vec<Span> {
    let end = text.floor_char_boundary(SHOWN);
    vec![Span {
        name: "sentence".to_owned(),
        start: 0,
        end: u32::try_from(end).unwrap_or_default(),
    }]
}

/// Whether a fact did not fit, rather than the request.
fn is_of_the_fact(failure: &Error) -> bool {
    match failure {
        Error::UnknownKey { .. } => true,
        Error::Refused(refused) => !matches!(refused, Refused::TooMany(_) | Refused::KeyUsed),
        _ => false,
    }
}

/// A correction whose input holds.
struct Said {
    text: proposal_text::New,
    source: source::Draft,
    reference: Option<String>,
}

fn checked(input: CorrectInput, role: Role) -> std::result::Result<Said, Vec<UserError>> {
    let mut errors: Vec<UserError> = Vec::new();
    errors.extend(author::check_key(input.idempotency_key.as_deref()));
    let mut check = Check::new("", None);
    let url = match check.address("url", Some(input.url)) {
        Some(url) => url,
        None => {
            let message = "say where it can be read: an http or https address";
            check.refuse("url", Code::Required, message);
            String::new()
        }
    };
    let reference = input.reference.filter(|text| !text.trim().is_empty());
    if reference
        .as_deref()
        .is_some_and(|text| Reference::read(text).is_none())
    {
        let message = "hand back the `reference` of an answer as it came, or leave it out";
        check.refuse("reference", Code::Invalid, message);
    }
    let address = url.split_once("://").map_or("", |(_, address)| address);
    let place = address.split(['?', '#']).next().unwrap_or_default();
    let host = place.split('/').next().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let made_title: String = place.trim_end_matches('/').chars().take(TITLE).collect();
    let title = check.optional("title", input.title, NOTE);
    let publisher = check.optional("publisher", input.publisher, NOTE);
    // An address that does not hold is told once.
    errors.extend(check.finish(()).err().into_iter().flatten());
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut check = Check::new("", None);
    let source = SourceInput {
        key: None,
        kind: SourceKind::Press,
        publisher: publisher.clone().unwrap_or_else(|| host.to_owned()),
        title: title.clone().unwrap_or(made_title),
        url: Some(url.clone()),
        published_on: input.published_on.clone(),
        retrieved_from: None,
        notes: None,
        licence: None,
    }
    .draft(&mut check);
    errors.extend(check.finish(()).err().into_iter().flatten());
    let longest = match role {
        Role::Anybody => SHORT_TEXT,
        _ => TEXT,
    };
    let text = proposal_text::New {
        text: input.text,
        title,
        url: Some(url),
        publisher,
        published_on: input.published_on.map(|date| date.0),
    };
    let text = match read_text(text, "text", longest) {
        Ok(text) => text,
        Err(wrong) => {
            errors.extend(wrong);
            return Err(errors);
        }
    };
    match errors.is_empty() {
        true => Ok(Said {
            text,
            source,
            reference,
        }),
        false => Err(errors),
    }
}

/// The figures that the words state, each with the bytes that state it. What fits no indicator is left to whoever reads.
async fn figures(ctx: &Context<'_>, said: &Said) -> Result<Vec<(What, Vec<Span>)>> {
    let published_on = said.text.published_on.clone();
    let text = said.text.text.clone();
    let service = service::service(ctx);
    let found = extraction::read(service, text, Some(TextMarkup::Text), published_on).await?;
    let mut figures = Vec::new();
    for fact in found.facts_found() {
        let input = FactInput::Observation(ObservationInput::of_extracted(fact));
        let source = Some(said.source.key.clone());
        if let Ok(read) = input.read(ctx, "text", source).await? {
            let spans = extraction::spans_of(fact);
            figures.push((What::State(Box::new(read.fact)), spans));
        }
    }
    Ok(figures)
}

/// Which answer is not right, in words for curators.
async fn about(ctx: &Context<'_>, reference: Option<&str>) -> Result<Option<String>> {
    let Some(reference) = reference.and_then(Reference::read) else {
        return Ok(None);
    };
    let lexicon = service::service(ctx).lexicon().await;
    let lexicon = lexicon.map_err(|failure| internal(&failure))?;
    let about = reference.about(&lexicon);
    let keys = [about.indicator, about.thing, about.territory];
    let keys: Vec<_> = keys.into_iter().flatten().collect();
    Ok((!keys.is_empty()).then(|| format!("sent after an answer on {}", keys.join(", "))))
}
