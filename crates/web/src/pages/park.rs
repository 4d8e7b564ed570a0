//! `/park/fes_shore`: where it lies, who runs it, how large it is, who works in it.

use askama::Template;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    address::Address,
    document,
    fact::{List, Named, Place, Source, Stated},
    view::{About, Markup, Shown, View},
    words::Words,
};
use crate::refusal::Refusal;

use super::territory::Site;

pub struct Park;

#[derive(Deserialize)]
pub struct Answer {
    park: Option<Told>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    name: String,
    aliases: Vec<String>,
    opened_on: Option<String>,
    operator: Option<Named>,
    place: Place,
    area_ha: Option<Stated>,
    offices_m2: Option<Stated>,
    source: Source,
    sites: List<Site>,
    observations: List<Stated>,
    targets: List<Stated>,
}

impl Told {
    /// The figures that stand first.
    fn leading(&self) -> Vec<&Stated> {
        [&self.area_ha, &self.offices_m2]
            .into_iter()
            .flatten()
            .collect()
    }
}

#[derive(Template)]
#[template(path = "park.html")]
struct Body<'a> {
    w: Words,
    it: &'a Told,
}

impl View for Park {
    type Answer = Answer;

    const DOCUMENT: &'static str = document!("park", "stated", "things", "sources", "shown");

    fn variables(address: &Address) -> Result<Value, Refusal> {
        Ok(json!({ "key": address.key, "locale": address.words.language.locale() }))
    }

    fn show(answer: Answer, about: &About<'_>) -> Result<Option<Shown>, askama::Error> {
        let w = about.address.words;
        let Some(it) = &answer.park else {
            return Ok(None);
        };
        let body = Markup::of(&Body { w, it })?;
        let description = w.with("park-description", "place", &it.place.name);
        let figures = it.observations.nodes.iter().chain(&it.targets.nodes);
        Ok(Some(Shown {
            title: it.name.clone(),
            structured: Some(
                json!({ "@type": "Place", "name": it.name, "description": description }),
            ),
            description,
            body,
            figures: figures.cloned().collect(),
            ..Shown::default()
        }))
    }
}
