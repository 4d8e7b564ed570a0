//! `/desk/audit`: every write, the newest first.

use askama::Template;
use poem::http::StatusCode;
use serde::Deserialize;
use serde_json::json;

use super::{
    queue::{Ends, window, with},
    trouble::Answered,
    visit::Seat,
    written::FieldChange,
};
use crate::{
    pages::{document, words::Words},
    query_string,
};

const ROWS: usize = 50;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    audit_entries: Entries,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entries {
    total_count: i64,
    page_info: Ends,
    nodes: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    number: String,
    recorded_at: String,
    role: String,
    door: String,
    key_prefix: Option<String>,
    action: String,
    concept: Option<String>,
    fact_key: Option<String>,
    proposal_key: Option<String>,
    changes: Vec<FieldChange>,
    reason: String,
    revision: Option<String>,
}

impl Entry {
    /// Day and time, to the second.
    fn when(&self) -> String {
        let instant = self.recorded_at.get(..19).unwrap_or(&self.recorded_at);
        instant.replace('T', " ")
    }
}

#[derive(Template)]
#[template(path = "desk/audit.html")]
struct Body<'a> {
    w: Words,
    entries: &'a Entries,
    fact: &'a str,
}

impl Body<'_> {
    fn address(&self) -> String {
        let address = self.w.to("/desk/audit");
        match self.fact {
            "" => address,
            key => format!("{address}&fact={}", query_string::encode(key)),
        }
    }

    fn of_fact(&self, key: &str) -> String {
        self.w
            .to(&format!("/desk/audit?fact={}", query_string::encode(key)))
    }
}

pub async fn show(seat: &Seat<'_>) -> Answered {
    let w = seat.w;
    let fact = seat.visit.given("fact");
    let variables = with(
        json!({ "filter": { "factKey": fact }, "locale": w.language.locale() }),
        window(seat.visit, ROWS),
    );
    let answer: Answer = seat
        .ask(document!("desk/audit", "changed"), variables)
        .await?;
    let body = Body {
        w,
        entries: &answer.audit_entries,
        fact: fact.unwrap_or_default(),
    };
    seat.page("/desk/audit", &w.t("desk-audit"), &body, StatusCode::OK)
}
