//! `/agreement/memorandum_cri_apebi`: who signed it, what it provides, how far each axis has come.

use askama::Template;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    address::Address,
    document,
    fact::{List, Named, Source, Stated, Text},
    table::Table,
    view::{About, Markup, Shown, View},
    words::Words,
};
use crate::refusal::Refusal;

pub struct Agreement;

#[derive(Deserialize)]
pub struct Answer {
    agreement: Option<Told>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    title: String,
    kind: String,
    signed_on: Option<String>,
    parties: Vec<Named>,
    source: Source,
    axes: Vec<Axis>,
    progress: Progress,
    observations: List<Stated>,
}

#[derive(Deserialize)]
struct Axis {
    ordinal: i64,
    title: String,
    description: Option<Text>,
    source: Source,
}

/// How far something has come.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    pub done: i64,
    pub under_way: i64,
    pub planned: i64,
    pub dropped: i64,
    pub as_of: Option<String>,
    pub parts: Vec<Part>,
}

impl Progress {
    /// The part that tells of an axis.
    fn of(&self, ordinal: &i64) -> Option<&Part> {
        self.parts
            .iter()
            .find(|part| part.ordinal == Some(*ordinal))
    }

    /// The states that occur, with how many parts are in each.
    pub fn counts(&self) -> Vec<(&'static str, i64)> {
        let parts = i64::try_from(self.parts.len()).unwrap_or(i64::MAX);
        let told = self.done + self.under_way + self.planned + self.dropped;
        let counts = [
            ("DONE", self.done),
            ("UNDER_WAY", self.under_way),
            ("PLANNED", self.planned),
            ("DROPPED", self.dropped),
            ("UNKNOWN", (parts - told).max(0)),
        ];
        counts.into_iter().filter(|(_, count)| *count > 0).collect()
    }
}

/// A part of it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Part {
    pub ordinal: Option<i64>,
    pub state: String,
    pub as_of: Option<String>,
    pub project: Option<Named>,
    pub steps: Vec<Step>,
}

/// A step of a part.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    pub status: String,
    pub as_of: String,
    pub evidence: Option<String>,
    pub milestone: Milestone,
    pub source: Source,
}

#[derive(Deserialize)]
pub struct Milestone {
    pub title: String,
}

#[derive(Template)]
#[template(path = "agreement.html")]
struct Body<'a> {
    w: Words,
    it: &'a Told,
}

impl View for Agreement {
    type Answer = Answer;

    const DOCUMENT: &'static str =
        document!("agreement", "stated", "things", "sources", "progress");

    fn variables(address: &Address) -> Result<Value, Refusal> {
        Ok(json!({ "key": address.key, "locale": address.words.language.locale() }))
    }

    fn show(answer: Answer, about: &About<'_>) -> Result<Option<Shown>, askama::Error> {
        let w = about.address.words;
        let Some(it) = &answer.agreement else {
            return Ok(None);
        };
        let body = Markup::of(&Body { w, it })?;
        let parties: Vec<&str> = it.parties.iter().map(|party| party.name.as_str()).collect();
        Ok(Some(Shown {
            title: it.title.clone(),
            description: format!("{} · {}", w.term("agreement", &it.kind), parties.join(", ")),
            body,
            figures: it.observations.nodes.clone(),
            table: Some(table(w, it)),
            ..Shown::default()
        }))
    }
}

/// The axes, a row each.
fn table(w: Words, it: &Told) -> Table {
    let columns = [
        "№".to_owned(),
        w.t("axis"),
        w.t("state"),
        w.t("as-of"),
        w.t("column-publisher"),
        w.t("column-url"),
    ];
    let rows = it.axes.iter().map(|axis| {
        let part = it.progress.of(&axis.ordinal);
        let state = part.map_or("UNKNOWN", |part| part.state.as_str());
        vec![
            axis.ordinal.to_string(),
            axis.title.clone(),
            w.term("state", state),
            part.and_then(|part| part.as_of.clone()).unwrap_or_default(),
            axis.source.publisher.clone(),
            axis.source.url.clone().unwrap_or_default(),
        ]
    });
    Table {
        columns: columns.into(),
        rows: rows.collect(),
    }
}
