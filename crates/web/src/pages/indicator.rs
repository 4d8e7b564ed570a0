//! `/indicator/call_centres?territory=03.231`: which figure leads and why, the series, what contradicts it, every source. Without a place,
//! where it is published.

use askama::Template;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    address::Address,
    document,
    fact::{Chart, List, Place, Stated, Text, Unit},
    view::{About, Drawing, Markup, Shown, View},
    words::Words,
};
use crate::refusal::Refusal;

pub struct Indicator;

#[derive(Deserialize)]
pub struct Answer {
    indicator: Option<Told>,
    place: Option<Place>,
    headline: Option<Headline>,
}

#[derive(Deserialize)]
struct Told {
    key: String,
    name: String,
    measure: String,
    definition: Option<Text>,
    unit: Unit,
    observations: Option<List<Stated>>,
    about: Option<List<Stated>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Headline {
    observation: Option<Stated>,
    rule: Option<String>,
    conflicts: Vec<Stated>,
    reprints: Vec<Stated>,
    series: Vec<Stated>,
    part_year: Option<Stated>,
    targets: Vec<Stated>,
    chart: Option<Chart>,
}

impl Headline {
    fn all(&self) -> impl Iterator<Item = &Stated> {
        let leading = self.observation.iter();
        let rest = self.conflicts.iter().chain(&self.reprints);
        let series = self
            .series
            .iter()
            .filter(|row| Some(row.key.as_str()) != self.leading());
        leading
            .chain(rest)
            .chain(series)
            .chain(&self.part_year)
            .chain(&self.targets)
    }

    fn leading(&self) -> Option<&str> {
        self.observation.as_ref().map(|row| row.key.as_str())
    }

    /// The series, newest first, as tables are read.
    fn newest(&self) -> Vec<&Stated> {
        self.series.iter().rev().collect()
    }

    fn rivals(&self) -> Vec<&Stated> {
        self.conflicts.iter().collect()
    }

    fn reprinted(&self) -> Vec<&Stated> {
        self.reprints.iter().collect()
    }

    fn aims(&self) -> Vec<&Stated> {
        self.targets.iter().collect()
    }
}

#[derive(Template)]
#[template(path = "indicator.html")]
struct Body<'a> {
    w: Words,
    it: &'a Told,
    place: Option<&'a Place>,
    headline: Option<&'a Headline>,
}

impl Body<'_> {
    /// The places that the listed figures are about, each once.
    fn places(&self) -> Vec<&Place> {
        let mut places: Vec<&Place> = Vec::new();
        let listed = self.it.observations.iter().flat_map(|list| &list.nodes);
        for place in listed.filter_map(|figure| figure.territory.as_ref()) {
            if places.iter().all(|known| known.code != place.code) {
                places.push(place);
            }
        }
        places
    }
}

impl View for Indicator {
    type Answer = Answer;

    const DOCUMENT: &'static str = document!("indicator", "stated", "things", "sources", "chart");

    fn variables(address: &Address) -> Result<Value, Refusal> {
        let locale = address.words.language.locale();
        let mut variables = json!({ "key": address.key, "locale": locale });
        if let Some(territory) = address.given("territory") {
            variables["territory"] = json!(territory);
            variables["placed"] = json!(true);
        }
        Ok(variables)
    }

    fn show(answer: Answer, about: &About<'_>) -> Result<Option<Shown>, askama::Error> {
        let w = about.address.words;
        let Some(it) = &answer.indicator else {
            return Ok(None);
        };
        let body = Markup::of(&Body {
            w,
            it,
            place: answer.place.as_ref(),
            headline: answer.headline.as_ref(),
        })?;
        let lists = [&it.observations, &it.about].into_iter().flatten();
        let listed = lists.flat_map(|list| list.nodes.clone());
        let figures: Vec<Stated> = match &answer.headline {
            Some(headline) => headline.all().cloned().collect(),
            None => listed.collect(),
        };
        let title = match &answer.place {
            Some(place) => format!("{} · {}", it.name, place.name),
            None => it.name.clone(),
        };
        let defined = it
            .definition
            .as_ref()
            .map(|definition| definition.text.clone());
        let description = defined
            .filter(|text| !text.is_empty())
            .unwrap_or_else(|| w.t("indicator-description"));
        let mut structured = json!({
            "@type": "Dataset",
            "name": title,
            "description": description,
            "variableMeasured": it.name,
            "identifier": it.key,
        });
        if let Some(place) = &answer.place {
            structured["spatialCoverage"] = json!(place.name);
        }
        let chart = answer.headline.and_then(|headline| headline.chart);
        Ok(Some(Shown {
            title,
            description,
            body,
            drawing: chart.map(Drawing::Chart),
            figures,
            structured: Some(structured),
            ..Shown::default()
        }))
    }
}
