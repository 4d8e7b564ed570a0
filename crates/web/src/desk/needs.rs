//! `/desk/needs`: what companies look for, for coordinators.

use askama::Template;
use poem::http::StatusCode;
use serde::Deserialize;
use serde_json::json;

use super::{
    queue::{Ends, window, with},
    trouble::Answered,
    visit::Seat,
};
use crate::pages::{document, fact::Place, words::Words};

const ROWS: usize = 25;

/// States of needs: the word in the address, and the contract's.
const STATES: [(&str, Option<&str>); 6] = [
    ("all", None),
    ("open", Some("OPEN")),
    ("introduced", Some("INTRODUCED")),
    ("under_way", Some("UNDER_WAY")),
    ("done", Some("DONE")),
    ("dropped", Some("DROPPED")),
];

#[derive(Deserialize)]
struct Answer {
    needs: Needs,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Needs {
    total_count: i64,
    page_info: Ends,
    nodes: Vec<Need>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Need {
    key: String,
    status: String,
    company: Option<String>,
    description: Option<String>,
    sector: String,
    capabilities: Vec<String>,
    territory: Place,
    created_at: String,
    changed_at: String,
}

#[derive(Template)]
#[template(path = "desk/needs.html")]
struct Body<'a> {
    w: Words,
    needs: &'a Needs,
    state: &'a str,
}

impl Body<'_> {
    fn states(&self) -> Vec<(&'static str, String, bool)> {
        let state = |(word, status): &(&'static str, Option<&'static str>)| {
            let name = match status {
                Some(status) => self.w.term("need", status),
                None => self.w.t("desk-all"),
            };
            (*word, name, *word == self.state)
        };
        STATES.iter().map(state).collect()
    }

    fn of_state(&self, word: &str) -> String {
        self.w.to(&format!("/desk/needs?state={word}"))
    }

    fn address(&self) -> String {
        self.of_state(self.state)
    }
}

pub async fn show(seat: &Seat<'_>) -> Answered {
    let w = seat.w;
    let asked = seat.visit.given("state").unwrap_or_default();
    let known = STATES.iter().find(|(word, _)| *word == asked);
    let (state, status) = known.unwrap_or(&STATES[0]);
    let variables = json!({ "filter": { "status": status }, "locale": w.language.locale() });
    let variables = with(variables, window(seat.visit, ROWS));
    let answer: Answer = seat.ask(document!("desk/needs"), variables).await?;
    let body = Body {
        w,
        needs: &answer.needs,
        state,
    };
    seat.page("/desk/needs", &w.t("desk-needs"), &body, StatusCode::OK)
}
