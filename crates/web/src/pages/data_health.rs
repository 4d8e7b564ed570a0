//! `/data-health`: how fresh and how whole the data are, and how to have something corrected. The page sends the document that the
//! terminal sends, and prints what comes back.

use askama::Template;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    address::Address,
    fact::{Named, Source},
    table::Table,
    view::{About, Markup, Shown, View},
    words::Words,
};
use crate::{files::File, refusal::Refusal};

/// What is done for those who ask for a correction or a removal.
pub fn corrections() -> File {
    File::text(
        "text/plain; charset=utf-8",
        include_bytes!("../../../../docs/corrections.md").to_vec(),
    )
}

/// The concepts whose counts say most; places and towns are left out.
const CONCEPTS: [&str; 7] = [
    "OBSERVATION",
    "SOURCE",
    "ORGANISATION",
    "SITE",
    "PARK",
    "PROJECT",
    "INCENTIVE",
];

pub struct DataHealth;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    data_health: Health,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Health {
    last_change: Option<Changed>,
    last_import: Option<Changed>,
    counts: Vec<Counted>,
    open_conflicts: i64,
    periods: Periods,
    oldest_headlines: Vec<Aged>,
    investor_sheets: Vec<Sheet>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Changed {
    revision: String,
    recorded_at: String,
}

impl Changed {
    fn day(&self) -> &str {
        self.recorded_at.get(..10).unwrap_or(&self.recorded_at)
    }
}

#[derive(Deserialize)]
struct Counted {
    concept: String,
    count: i64,
}

impl Counted {
    fn written(&self, words: &Words) -> String {
        words.number(&(self.count as f64))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Periods {
    inferred: i64,
    undated: i64,
    undated_targets: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Aged {
    age_years: i64,
    is_stale: bool,
    observation: Observation,
}

impl Aged {
    /// Where the series is shown.
    fn path(&self) -> String {
        let indicator = &self.observation.indicator.key;
        match &self.observation.territory {
            Some(place) => format!("/indicator/{indicator}?territory={}", place.key),
            None => format!("/indicator/{indicator}"),
        }
    }
}

#[derive(Deserialize)]
struct Observation {
    period: Option<String>,
    indicator: Named,
    territory: Option<Named>,
    source: Source,
}

#[derive(Deserialize)]
struct Sheet {
    territory: Named,
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    question: String,
    is_known: bool,
    count: i64,
    latest: Option<String>,
}

#[derive(Template)]
#[template(path = "data_health.html")]
struct Body<'a> {
    w: Words,
    health: &'a Health,
}

impl Body<'_> {
    fn counts(&self) -> impl Iterator<Item = &Counted> {
        let counts = self.health.counts.iter();
        counts.filter(|it| CONCEPTS.contains(&it.concept.as_str()))
    }
}

impl View for DataHealth {
    type Answer = Answer;

    const DOCUMENT: &'static str = graphql::HEALTH_DOCUMENT;

    fn variables(address: &Address) -> Result<Value, Refusal> {
        Ok(json!({ "locale": address.words.language.locale() }))
    }

    fn show(answer: Answer, about: &About<'_>) -> Result<Option<Shown>, askama::Error> {
        let w = about.address.words;
        let health = &answer.data_health;
        let body = Markup::of(&Body { w, health })?;
        let columns = [
            w.t("column-place"),
            w.t("health-asked"),
            w.t("health-published"),
            w.t("health-latest"),
        ];
        let rows = health.investor_sheets.iter().flat_map(|sheet| {
            sheet.entries.iter().map(|entry| {
                vec![
                    sheet.territory.name.clone(),
                    w.term("question", &entry.question),
                    entry.count.to_string(),
                    entry.latest.clone().unwrap_or_default(),
                ]
            })
        });
        Ok(Some(Shown {
            title: w.t("health-title"),
            description: w.t("health-intro"),
            body,
            table: Some(Table {
                columns: columns.into(),
                rows: rows.collect(),
            }),
            ..Shown::default()
        }))
    }
}
