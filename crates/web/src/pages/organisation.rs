//! `/organisation/cri_fes_meknes`: who it is, where it works, with how many people, on what.

use askama::Template;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    address::Address,
    document,
    fact::{List, Named, Source, Stated, Text},
    view::{About, Markup, Shown, View},
    words::Words,
};
use crate::refusal::Refusal;

use super::territory::{Site, website};

pub struct Organisation;

#[derive(Deserialize)]
pub struct Answer {
    organisation: Option<Told>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    key: String,
    name: String,
    kind: String,
    aliases: Vec<String>,
    country_of_origin: Option<String>,
    website: Option<String>,
    summary: Option<Text>,
    parent: Option<Named>,
    source: Source,
    headcount: Option<Stated>,
    subsidiaries: List<Named>,
    sites: List<Site>,
    operated_parks: List<Named>,
    agreements: List<Named>,
    owned_projects: List<Named>,
    partner_projects: List<Named>,
    observations: List<Stated>,
    targets: List<Stated>,
}

impl Told {
    fn link(&self) -> Option<String> {
        website(self.website.as_deref())
    }

    fn people(&self) -> Option<&Stated> {
        self.headcount.as_ref()
    }
}

#[derive(Template)]
#[template(path = "organisation.html")]
struct Body<'a> {
    w: Words,
    it: &'a Told,
}

impl View for Organisation {
    type Answer = Answer;

    const DOCUMENT: &'static str =
        document!("organisation", "stated", "things", "sources", "shown");

    fn variables(address: &Address) -> Result<Value, Refusal> {
        Ok(json!({ "key": address.key, "locale": address.words.language.locale() }))
    }

    fn show(answer: Answer, about: &About<'_>) -> Result<Option<Shown>, askama::Error> {
        let w = about.address.words;
        let Some(it) = &answer.organisation else {
            return Ok(None);
        };
        let body = Markup::of(&Body { w, it })?;
        let summary = it.summary.as_ref().map(|summary| summary.text.clone());
        let description = summary.unwrap_or_else(|| w.term("organisation", &it.kind));
        let mut structured = json!({
            "@type": "Organization",
            "name": it.name,
            "identifier": it.key,
            "description": description,
        });
        if !it.aliases.is_empty() {
            structured["alternateName"] = json!(it.aliases);
        }
        if let Some(link) = it.link() {
            structured["sameAs"] = json!(link);
        }
        let figures = it.observations.nodes.iter().chain(&it.targets.nodes);
        Ok(Some(Shown {
            title: it.name.clone(),
            description,
            body,
            figures: figures.cloned().collect(),
            structured: Some(structured),
            ..Shown::default()
        }))
    }
}
