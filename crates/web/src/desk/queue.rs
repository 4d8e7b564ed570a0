//! `/desk`: the proposals, page by page, and the place in that list that a proposal is opened from.

use askama::Template;
use poem::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    trouble::Answered,
    visit::{Seat, Visit},
    written::FieldChange,
};
use crate::{
    pages::{
        document,
        fact::{Stated, Thing},
        words::Words,
    },
    query_string,
};

/// Proposals on a page.
const ROWS: usize = 25;

/// What the list can be narrowed to: the word in the address, and the contract's.
const STATES: [(&str, Option<&str>); 5] = [
    ("open", Some("OPEN")),
    ("accepted", Some("ACCEPTED")),
    ("amended", Some("AMENDED")),
    ("rejected", Some("REJECTED")),
    ("all", None),
];

/// Which list, and where in it. It stands in the address of the queue and of every proposal that is opened from it.
#[derive(Clone, Debug)]
pub struct Place {
    state: &'static str,
    status: Option<&'static str>,
    text: Option<String>,
    pub at: Option<String>,
}

impl Place {
    pub fn read(visit: &Visit) -> Self {
        let asked = visit.given("state").unwrap_or_default();
        let known = STATES.iter().find(|(word, _)| *word == asked);
        let (state, status) = known.unwrap_or(&STATES[0]);
        Self {
            state,
            status: *status,
            text: visit.given("text").map(str::to_owned),
            at: visit.given("at").map(str::to_owned),
        }
    }

    pub fn filter(&self) -> Value {
        json!({ "status": self.status, "text": self.text })
    }

    /// The list, as parameters that follow others.
    pub fn list(&self) -> String {
        let mut more = String::new();
        if self.status != Some("OPEN") {
            more.push_str(&format!("&state={}", self.state));
        }
        if let Some(text) = &self.text {
            more.push_str(&format!("&text={}", query_string::encode(text)));
        }
        more
    }

    /// The same with a place in it.
    pub fn list_at(&self, cursor: &str) -> String {
        format!("{}&at={}", self.list(), query_string::encode(cursor))
    }

    /// The same with its own place.
    pub fn whole(&self) -> String {
        match &self.at {
            Some(at) => self.list_at(at),
            None => self.list(),
        }
    }
}

/// What was decided a moment ago.
#[derive(Debug, Deserialize)]
pub struct Decided {
    pub status: String,
    pub label: String,
    fact: Option<Fact>,
}

/// What a proposal is about as it stands: a figure, or a thing with a name.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Fact {
    Figure(Box<Stated>),
    Thing(Thing),
}

impl Fact {
    /// The public page that shows it.
    pub fn path(&self) -> Option<String> {
        match self {
            Self::Figure(figure) => match &figure.subject {
                Some(subject) => subject.path().or_else(|| figure.path()),
                None => figure.path(),
            },
            Self::Thing(thing) => thing.path(),
        }
    }
}

impl Decided {
    /// Where the public reads it; nothing when it was turned down.
    pub fn path(&self) -> Option<String> {
        self.fact
            .as_ref()
            .filter(|_| matches!(self.status.as_str(), "ACCEPTED" | "AMENDED"))
            .and_then(Fact::path)
    }
}

/// Where the pages of a list begin and end.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Ends {
    pub has_next_page: bool,
    pub has_previous_page: bool,
    pub start_cursor: Option<String>,
    pub end_cursor: Option<String>,
}

impl Ends {
    /// The address of the page after, or before; `address` has parameters already.
    pub fn next(&self, address: &str) -> Option<String> {
        let cursor = self.end_cursor.as_deref().filter(|_| self.has_next_page)?;
        Some(format!("{address}&after={}", query_string::encode(cursor)))
    }

    pub fn previous(&self, address: &str) -> Option<String> {
        let cursor = self
            .start_cursor
            .as_deref()
            .filter(|_| self.has_previous_page)?;
        Some(format!("{address}&before={}", query_string::encode(cursor)))
    }
}

/// The variables that say which page of a list is wanted.
pub fn window(visit: &Visit, rows: usize) -> Value {
    match (visit.given("before"), visit.given("after")) {
        (Some(before), _) => json!({ "last": rows, "before": before }),
        (None, after) => json!({ "first": rows, "after": after }),
    }
}

/// `variables` with those of `more`.
pub fn with(mut variables: Value, more: Value) -> Value {
    if let (Some(variables), Value::Object(more)) = (variables.as_object_mut(), more) {
        variables.extend(more);
    }
    variables
}

/// The variables that ask what became of the proposal decided last.
pub fn decided(visit: &Visit) -> Value {
    match visit.given("decided") {
        Some(key) => json!({ "decided": key, "hasDecided": true }),
        None => json!({}),
    }
}

#[derive(Deserialize)]
struct Answer {
    proposals: Proposals,
    decided: Option<Decided>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Proposals {
    total_count: i64,
    page_info: Ends,
    edges: Vec<Edge>,
}

#[derive(Deserialize)]
struct Edge {
    cursor: String,
    node: Row,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    key: String,
    action: String,
    concept: String,
    status: String,
    label: String,
    role: String,
    created_at: String,
    changes: Vec<FieldChange>,
    source: Option<Publisher>,
    new_source: Vec<FieldChange>,
    text: Option<Titled>,
}

#[derive(Deserialize)]
struct Publisher {
    publisher: String,
}

#[derive(Deserialize)]
struct Titled {
    key: String,
    title: Option<String>,
}

impl Row {
    /// The changes that say most on a line.
    fn told(&self) -> Vec<&FieldChange> {
        let of_value = |change: &&FieldChange| match self.action.as_str() {
            "CREATE" => matches!(change.field.as_str(), "value" | "valueMax"),
            "REVISE" => true,
            _ => false,
        };
        self.changes.iter().filter(of_value).take(4).collect()
    }

    /// Who printed it.
    fn publisher(&self) -> Option<&str> {
        let new = self.new_source.iter();
        let new = || new.clone().find(|change| change.field == "publisher");
        let known = self.source.as_ref().map(|source| source.publisher.as_str());
        known.or_else(|| new()?.after.as_deref())
    }
}

#[derive(Template)]
#[template(path = "desk/queue.html")]
struct Body<'a> {
    w: Words,
    place: &'a Place,
    proposals: &'a Proposals,
    decided: Option<&'a Decided>,
}

impl Body<'_> {
    fn states(&self) -> Vec<(&'static str, String, bool)> {
        let state = |(word, status): &(&'static str, Option<&'static str>)| {
            let name = match status {
                Some(status) => self.w.term("proposal", status),
                None => self.w.t("desk-all"),
            };
            (*word, name, *word == self.place.state)
        };
        STATES.iter().map(state).collect()
    }

    fn of_state(&self, word: &str) -> String {
        self.w.to(&format!("/desk?state={word}"))
    }

    fn of_text(&self, text: &str) -> String {
        self.w
            .to(&format!("/desk?text={}", query_string::encode(text)))
    }

    fn opened(&self, edge: &Edge) -> String {
        let more = self.place.list_at(&edge.cursor);
        self.w.at("/desk/proposals/", &edge.node.key) + &more
    }

    fn address(&self) -> String {
        self.w.to("/desk") + &self.place.list()
    }
}

/// A page of the list.
pub async fn show(seat: &Seat<'_>) -> Answered {
    let w = seat.w;
    let place = Place::read(seat.visit);
    let variables = json!({ "filter": place.filter(), "locale": w.language.locale() });
    let variables = with(
        with(variables, window(seat.visit, ROWS)),
        decided(seat.visit),
    );
    let document = document!(
        "desk/queue",
        "changed",
        "decided",
        "stated",
        "things",
        "sources"
    );
    let answer: Answer = seat.ask(document, variables).await?;
    let body = Body {
        w,
        place: &place,
        proposals: &answer.proposals,
        decided: answer.decided.as_ref(),
    };
    seat.page("/desk", &w.t("desk-queue"), &body, StatusCode::OK)
}
