//! `/desk/proposals/KEY`: one proposal beside the words it was read in, and its decision.

use askama::Template;
use poem::Response;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    clerk::Sent,
    queue::{Decided, Fact, Place, decided, with},
    session::Token,
    shell::status,
    trouble::{Answered, Trouble},
    visit::Seat,
    written::{FieldChange, Piece, Span, Written, pieces},
};
use crate::{
    form::Form,
    pages::{document, fact::Source, words::Words},
    user_error::UserError,
};

/// The fields that say most of a fact; the others follow in the order of the contract.
const FIRST: [&str; 9] = [
    "value",
    "valueMax",
    "qualifier",
    "period",
    "periodBasis",
    "name",
    "nameFr",
    "titleFr",
    "title",
];

#[derive(Deserialize)]
pub struct Answer {
    pub proposal: Option<Proposal>,
    next: Option<Neighbours>,
    previous: Option<Neighbours>,
    decided: Option<Decided>,
}

#[derive(Deserialize)]
struct Neighbours {
    edges: Vec<Neighbour>,
}

#[derive(Deserialize)]
struct Neighbour {
    cursor: String,
    node: Keyed,
}

#[derive(Deserialize)]
struct Keyed {
    key: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Proposal {
    pub key: String,
    pub version: i64,
    pub status: String,
    pub action: String,
    pub concept: String,
    pub fact_key: String,
    pub label: String,
    changes: Vec<FieldChange>,
    /// As `FactInput`.
    pub proposed: Option<Value>,
    source: Option<Source>,
    new_source: Vec<FieldChange>,
    spans: Vec<Span>,
    text: Option<Written>,
    note: Option<String>,
    role: String,
    key_prefix: Option<String>,
    created_at: String,
    decided_at: Option<String>,
    decision_reason: Option<String>,
    fact: Option<Fact>,
}

impl Proposal {
    pub fn is_open(&self) -> bool {
        self.status == "OPEN"
    }

    /// Whether somebody has to read the text and say what it states.
    pub fn is_read(&self) -> bool {
        self.action == "READ"
    }

    /// What would change, what says most first.
    fn changes(&self) -> Vec<&FieldChange> {
        let mut changes: Vec<_> = self.changes.iter().collect();
        let place = |change: &&FieldChange| {
            let found = FIRST.iter().position(|name| *name == change.field);
            found.unwrap_or(FIRST.len())
        };
        changes.sort_by_key(place);
        changes
    }

    /// Where the public sees the fact as it stands.
    fn path(&self) -> Option<String> {
        self.fact.as_ref().and_then(Fact::path)
    }

    /// The text in pieces, what says the fact marked.
    pub fn pieces(&self) -> Vec<Piece<'_>> {
        match &self.text {
            Some(text) => pieces(&text.text, &self.spans),
            None => Vec::new(),
        }
    }

    pub fn text(&self) -> Option<&Written> {
        self.text.as_ref()
    }
}

/// What a curator typed, and what came of it.
#[derive(Default)]
struct Typed<'a> {
    accept: Option<&'a str>,
    reject: Option<&'a str>,
    problems: Vec<UserError>,
}

#[derive(Template)]
#[template(path = "desk/proposal.html")]
struct Body<'a> {
    w: Words,
    token: &'a str,
    /// New for each page, so that a form sent twice is done once.
    once: Token,
    it: &'a Proposal,
    decided: Option<&'a Decided>,
    place: &'a Place,
    next: Option<String>,
    previous: Option<String>,
    typed: Typed<'a>,
}

impl Body<'_> {
    fn step(&self, step: &str) -> String {
        let path = format!("/desk/proposals/{}/{step}", self.it.key);
        self.w.to(&path) + &self.place.whole()
    }

    fn queue(&self) -> String {
        self.w.to("/desk") + &self.place.list()
    }

    /// The reason that stands in the form of accepting: what was typed, else what most often is the reason.
    fn accept_reason(&self) -> String {
        let usual = || self.w.t("desk-usual-reason");
        self.typed.accept.map_or_else(usual, str::to_owned)
    }

    fn reject_reason(&self) -> &str {
        self.typed.reject.unwrap_or_default()
    }
}

/// What the schema says of a proposal and its place in the list.
pub async fn read(seat: &Seat<'_>, key: &str, place: &Place) -> Result<Answer, Trouble> {
    let variables = json!({
        "key": key,
        "filter": place.filter(),
        "at": place.at,
        "hasPlace": place.at.is_some(),
        "locale": seat.w.language.locale(),
    });
    let document = document!(
        "desk/proposal",
        "changed",
        "decided",
        "stated",
        "things",
        "sources"
    );
    seat.ask(document, with(variables, decided(seat.visit)))
        .await
}

/// The page.
pub async fn show(seat: &Seat<'_>, key: &str) -> Answered {
    page(seat, key, Typed::default()).await
}

async fn page(seat: &Seat<'_>, key: &str, typed: Typed<'_>) -> Answered {
    let w = seat.w;
    let place = Place::read(seat.visit);
    let answer = read(seat, key, &place).await?;
    let Some(it) = &answer.proposal else {
        return Err(Trouble::Missing);
    };
    let led = |found: &Option<Neighbours>| {
        let neighbour = found.as_ref()?.edges.first()?;
        let more = place.list_at(&neighbour.cursor);
        Some(w.at("/desk/proposals/", &neighbour.node.key) + &more)
    };
    let status = status(!typed.problems.is_empty());
    let body = Body {
        w,
        token: seat.token(),
        once: seat.once()?,
        it,
        decided: answer.decided.as_ref(),
        place: &place,
        next: led(&answer.next),
        previous: led(&answer.previous),
        typed,
    };
    seat.page("/desk", &it.label, &body, status)
}

/// The payload of a decision.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Payload {
    user_errors: Vec<UserError>,
}

/// What a decision answers, under the name of its mutation.
#[derive(Deserialize)]
pub struct Decision {
    #[serde(alias = "acceptProposal", alias = "rejectProposal")]
    payload: Payload,
}

/// What is wrong with a decision; nothing when it was taken.
pub fn problems(sent: Sent<Decision>) -> Vec<UserError> {
    match sent {
        Ok(decision) => decision.payload.user_errors,
        Err(errors) => errors,
    }
}

/// What every decision says: of what, as it was seen, why, once.
pub fn decision(key: &str, form: &Form) -> Value {
    json!({
        "key": key,
        "expectedVersion": form.text("version").parse::<i32>().unwrap_or_default(),
        "reason": form.text("reason"),
        "idempotencyKey": form.given("once"),
    })
}

/// Takes it over as it is.
pub async fn accept(seat: &Seat<'_>, key: &str, form: &Form) -> Answered {
    let typed = Typed {
        accept: Some(form.text("reason")),
        ..Typed::default()
    };
    decide(seat, key, document!("desk/accept"), form, typed).await
}

/// Turns it down.
pub async fn reject(seat: &Seat<'_>, key: &str, form: &Form) -> Answered {
    let typed = Typed {
        reject: Some(form.text("reason")),
        ..Typed::default()
    };
    decide(seat, key, document!("desk/reject"), form, typed).await
}

/// Sends a decision. What is wrong with it is told where it was typed.
async fn decide(
    seat: &Seat<'_>,
    key: &str,
    document: &str,
    form: &Form,
    typed: Typed<'_>,
) -> Answered {
    let variables = json!({ "input": decision(key, form) });
    match problems(seat.send(document, variables).await?) {
        problems if problems.is_empty() => onward(seat, key).await,
        problems => page(seat, key, Typed { problems, ..typed }).await,
    }
}

#[derive(Deserialize)]
struct Following {
    proposals: Neighbours,
}

/// On to the next proposal of the list, else to the list; either says what became of this one.
pub async fn onward(seat: &Seat<'_>, key: &str) -> Result<Response, Trouble> {
    let place = Place::read(seat.visit);
    let done = format!("&decided={key}");
    let Some(at) = &place.at else {
        return Ok(seat.visit.see_other("/desk", &(place.list() + &done)));
    };
    let variables = json!({ "filter": place.filter(), "at": at });
    let found: Following = seat.ask(document!("desk/next"), variables).await?;
    Ok(match found.proposals.edges.first() {
        Some(next) => {
            let more = place.list_at(&next.cursor) + &done;
            let path = format!("/desk/proposals/{}", next.node.key);
            seat.visit.see_other(&path, &more)
        }
        None => seat.visit.see_other("/desk", &(place.list() + &done)),
    })
}
