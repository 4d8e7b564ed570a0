//! `/`: the ask box, the key figures of the region, the regions side by side, what was published and what changed last.

use askama::Template;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    address::Address,
    document,
    fact::{List, Source, Stated, Thing},
    map::{self, Side},
    view::{About, Markup, Shown, View},
    words::Words,
};
use crate::refusal::Refusal;

/// One question in each of the five language forms that are understood, with the language it is written in.
pub const EXAMPLES: [(&str, &str); 5] = [
    ("fr", "Combien de centres d'appels à Fès ?"),
    ("en", "How many call centres are there in Fès?"),
    ("ar", "كم عدد مراكز الاتصال في فاس؟"),
    ("ary", "شحال من سونطر دابيل كاين ف فاس؟"),
    ("ary-Latn", "ch7al mn centre d'appel kayn f Fes?"),
];

pub struct Home;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    region: Option<Region>,
    figures: Vec<Figures>,
    map: Vec<map::Comparison>,
    sources: List<Source>,
    data_health: Health,
}

#[derive(Deserialize)]
struct Region {
    code: String,
    name: String,
    sites: Count,
    parks: Count,
    projects: Count,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Count {
    total_count: i64,
}

#[derive(Deserialize)]
struct Figures {
    sides: Vec<Side>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Health {
    last_change: Option<Changed>,
    open_conflicts: i64,
    latest_changes: Vec<Change>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Changed {
    recorded_at: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    change: String,
    concept: String,
    key: String,
    recorded_at: String,
    fact: Option<Fact>,
}

/// What changed: a figure, or a thing with a name.
#[derive(Deserialize)]
#[serde(untagged)]
enum Fact {
    Figure(Box<Stated>),
    Thing(Thing),
}

impl Change {
    fn figure(&self) -> Option<&Stated> {
        match &self.fact {
            Some(Fact::Figure(figure)) => Some(figure),
            _ => None,
        }
    }

    fn thing(&self) -> Option<&Thing> {
        match &self.fact {
            Some(Fact::Thing(thing)) if thing.name.is_some() => Some(thing),
            _ => None,
        }
    }
}

#[derive(Template)]
#[template(path = "home.html")]
struct Body<'a> {
    w: Words,
    region: &'a Region,
    figures: Vec<&'a Stated>,
    map: Option<&'a map::Comparison>,
    drawn: String,
    sources: &'a List<Source>,
    health: &'a Health,
}

impl Body<'_> {
    fn examples(&self) -> [(&'static str, &'static str); 5] {
        EXAMPLES
    }

    fn asking(&self, question: &str) -> String {
        super::ask::asking(self.w, question)
    }
}

impl View for Home {
    type Answer = Answer;

    const DOCUMENT: &'static str = document!("home", "stated", "things", "sources");

    fn variables(address: &Address) -> Result<Value, Refusal> {
        let regions = map::REGIONS.codes();
        Ok(json!({ "locale": address.words.language.locale(), "regions": regions }))
    }

    fn show(answer: Answer, about: &About<'_>) -> Result<Option<Shown>, askama::Error> {
        let w = about.address.words;
        let Some(region) = &answer.region else {
            return Ok(None);
        };
        let figures = answer.figures.iter().flat_map(|it| &it.sides);
        let figures: Vec<&Stated> = figures
            .filter_map(|side| side.observation.as_ref())
            .collect();
        let map = answer.map.first();
        let tiles = map.map(|compared| map::tiles(w, &map::REGIONS, compared, Some(&region.code)));
        let drawn = tiles
            .as_ref()
            .map(|tiles| chart::draw_tiles(tiles).inline("map"));
        let body = Markup::of(&Body {
            w,
            region,
            figures: figures.clone(),
            map,
            drawn: drawn.unwrap_or_default(),
            sources: &answer.sources,
            health: &answer.data_health,
        })?;
        Ok(Some(Shown {
            title: w.t("title"),
            description: w.t("tagline"),
            body,
            asks: true,
            drawing: None,
            figures: figures.into_iter().cloned().collect(),
            structured: Some(json!({
                "@type": "Dataset",
                "name": w.t("title"),
                "description": w.t("tagline"),
                "spatialCoverage": region.name,
            })),
            ..Shown::default()
        }))
    }
}
