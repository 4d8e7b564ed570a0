//! `/project/technopark_fes`: who carries it, how far it has come, what it costs.

use askama::Template;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    address::Address,
    document,
    fact::{List, Named, Place, Source, Stated, Text},
    view::{About, Markup, Shown, View},
    words::Words,
};
use crate::refusal::Refusal;

use super::agreement::Progress;

pub struct Project;

#[derive(Deserialize)]
pub struct Answer {
    project: Option<Told>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    name: String,
    summary: Option<Text>,
    status: String,
    status_as_of: Option<String>,
    started_on: Option<String>,
    owner: Option<Named>,
    partners: Vec<Named>,
    place: Place,
    source: Source,
    progress: Progress,
    observations: List<Stated>,
}

#[derive(Template)]
#[template(path = "project.html")]
struct Body<'a> {
    w: Words,
    it: &'a Told,
}

impl View for Project {
    type Answer = Answer;

    const DOCUMENT: &'static str = document!("project", "stated", "things", "sources", "progress");

    fn variables(address: &Address) -> Result<Value, Refusal> {
        Ok(json!({ "key": address.key, "locale": address.words.language.locale() }))
    }

    fn show(answer: Answer, about: &About<'_>) -> Result<Option<Shown>, askama::Error> {
        let w = about.address.words;
        let Some(it) = &answer.project else {
            return Ok(None);
        };
        let body = Markup::of(&Body { w, it })?;
        let summary = it.summary.as_ref().map(|summary| summary.text.clone());
        Ok(Some(Shown {
            title: it.name.clone(),
            description: summary.unwrap_or_else(|| w.term("status", &it.status)),
            body,
            figures: it.observations.nodes.clone(),
            ..Shown::default()
        }))
    }
}
