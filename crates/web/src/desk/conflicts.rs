//! `/desk/conflicts`: figures of the same thing with another value, and the rule by which one leads.

use askama::Template;
use poem::http::StatusCode;
use serde::Deserialize;
use serde_json::json;

use super::{
    queue::{Ends, window, with},
    trouble::Answered,
    visit::Seat,
};
use crate::{
    pages::{document, fact::Stated, words::Words},
    query_string,
};

const ROWS: usize = 20;

#[derive(Deserialize)]
struct Answer {
    conflicts: Conflicts,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Conflicts {
    total_count: i64,
    page_info: Ends,
    nodes: Vec<Conflict>,
}

#[derive(Deserialize)]
struct Conflict {
    rule: Option<String>,
    leading: Stated,
    rivals: Vec<Stated>,
}

impl Conflict {
    /// The one that leads, then the others.
    fn figures(&self) -> Vec<&Stated> {
        std::iter::once(&self.leading).chain(&self.rivals).collect()
    }
}

#[derive(Template)]
#[template(path = "desk/conflicts.html")]
struct Body<'a> {
    w: Words,
    conflicts: &'a Conflicts,
    indicator: Option<&'a str>,
}

impl Body<'_> {
    fn address(&self) -> String {
        let address = self.w.to("/desk/conflicts");
        match self.indicator {
            Some(key) => format!("{address}&indicator={}", query_string::encode(key)),
            None => address,
        }
    }

    fn of_indicator(&self, key: &str) -> String {
        self.w.at("/desk/conflicts?indicator=", key)
    }
}

pub async fn show(seat: &Seat<'_>) -> Answered {
    let w = seat.w;
    let indicator = seat.visit.given("indicator");
    let variables = json!({ "filter": { "indicator": indicator }, "locale": w.language.locale() });
    let variables = with(variables, window(seat.visit, ROWS));
    let document = document!("desk/conflicts", "stated", "things", "sources");
    let answer: Answer = seat.ask(document, variables).await?;
    let body = Body {
        w,
        conflicts: &answer.conflicts,
        indicator,
    };
    seat.page(
        "/desk/conflicts",
        &w.t("desk-conflicts"),
        &body,
        StatusCode::OK,
    )
}
