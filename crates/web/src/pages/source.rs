//! `/source/journaleco_2020`: who published it, when, where, and every figure that it states.

use askama::Template;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    address::Address,
    document,
    fact::{List, Stated, outside},
    view::{About, Markup, Shown, View},
    words::Words,
};
use crate::refusal::Refusal;

pub struct Source;

#[derive(Deserialize)]
pub struct Answer {
    source: Option<Told>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    kind: String,
    publisher: String,
    title: String,
    url: Option<String>,
    published_on: Option<String>,
    licence: String,
    retrieved_from: Option<String>,
    observations: List<Stated>,
}

impl Told {
    fn link(&self) -> Option<&str> {
        outside(self.url.as_deref())
    }
}

#[derive(Template)]
#[template(path = "source.html")]
struct Body<'a> {
    w: Words,
    it: &'a Told,
}

impl View for Source {
    type Answer = Answer;

    const DOCUMENT: &'static str = document!("source", "stated", "things", "sources");

    fn variables(address: &Address) -> Result<Value, Refusal> {
        Ok(json!({ "key": address.key, "locale": address.words.language.locale() }))
    }

    fn show(answer: Answer, about: &About<'_>) -> Result<Option<Shown>, askama::Error> {
        let w = about.address.words;
        let Some(it) = &answer.source else {
            return Ok(None);
        };
        let body = Markup::of(&Body { w, it })?;
        let mut structured = json!({
            "@type": "CreativeWork",
            "name": it.title,
            "publisher": { "@type": "Organization", "name": it.publisher },
        });
        if let Some(date) = &it.published_on {
            structured["datePublished"] = json!(date);
        }
        Ok(Some(Shown {
            title: it.title.clone(),
            description: it.publisher.clone(),
            body,
            figures: it.observations.nodes.clone(),
            structured: Some(structured),
            ..Shown::default()
        }))
    }
}
