//! `/compare?territory=03&territory=04`: two to five places side by side, on the same terms or with what differs said.

use askama::Template;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    address::Address,
    document,
    fact::{Chart, List, Place, Stated},
    map::{Comparison, Side},
    view::{About, Drawing, Markup, Shown, View},
    words::Words,
};
use crate::refusal::Refusal;

/// Most places that fit beside each other.
const MOST: usize = 5;

/// The places compared when none is named: the region and those it competes with.
const USUAL: [&str; 3] = ["03", "04", "06"];

pub struct Compare;

#[derive(Deserialize)]
pub struct Answer {
    comparisons: Vec<Comparison>,
    drawn: Vec<Drawn>,
    places: List<Place>,
}

#[derive(Deserialize)]
struct Drawn {
    chart: Option<Chart>,
}

#[derive(Template)]
#[template(path = "compare.html")]
struct Body<'a> {
    w: Words,
    compared: Vec<&'a Place>,
    rows: Vec<&'a Comparison>,
    unknown: Vec<&'a Comparison>,
    choices: &'a [Place],
    chart: Option<&'a Chart>,
}

impl Body<'_> {
    fn is_chosen(&self, place: &Place, position: &usize) -> bool {
        self.compared
            .get(*position)
            .is_some_and(|it| it.code == place.code)
    }

    fn seats(&self) -> Vec<usize> {
        (0..MOST).collect()
    }

    /// Chosen places that the list of choices lacks.
    fn others(&self) -> Vec<&Place> {
        let listed = |place: &Place| self.choices.iter().any(|choice| choice.code == place.code);
        self.compared
            .iter()
            .copied()
            .filter(|place| !listed(place))
            .collect()
    }
}

/// The places of an address, each once.
fn chosen(address: &Address) -> Vec<&str> {
    let mut chosen: Vec<&str> = Vec::new();
    for code in address.all("territory") {
        if !chosen.contains(&code) && chosen.len() < MOST {
            chosen.push(code);
        }
    }
    match chosen.as_slice() {
        [] => USUAL.to_vec(),
        [one] => {
            let beside = if *one == USUAL[0] { USUAL[1] } else { USUAL[0] };
            vec![one, beside]
        }
        _ => chosen,
    }
}

impl View for Compare {
    type Answer = Answer;

    const DOCUMENT: &'static str = document!("compare", "stated", "things", "sources", "chart");

    fn variables(address: &Address) -> Result<Value, Refusal> {
        Ok(json!({ "territories": chosen(address), "locale": address.words.language.locale() }))
    }

    fn show(answer: Answer, about: &About<'_>) -> Result<Option<Shown>, askama::Error> {
        let w = about.address.words;
        let Some(first) = answer.comparisons.first() else {
            return Ok(None);
        };
        let compared: Vec<&Place> = first
            .sides
            .iter()
            .filter_map(|side| side.territory.as_ref())
            .collect();
        let is_known = |comparison: &&Comparison| {
            comparison
                .sides
                .iter()
                .any(|side: &Side| side.observation.is_some())
        };
        let (rows, unknown) = answer.comparisons.iter().partition(is_known);
        let names: Vec<&str> = compared.iter().map(|place| place.name.as_str()).collect();
        let title = w.with("compare-title", "places", &names.join(" · "));
        let chart = answer.drawn.into_iter().find_map(|drawn| drawn.chart);
        let body = Markup::of(&Body {
            w,
            compared,
            rows,
            unknown,
            choices: &answer.places.nodes,
            chart: chart.as_ref(),
        })?;
        let sides = answer
            .comparisons
            .iter()
            .flat_map(|comparison| &comparison.sides);
        let figures: Vec<Stated> = sides.filter_map(|side| side.observation.clone()).collect();
        Ok(Some(Shown {
            structured: Some(json!({
                "@type": "Dataset",
                "name": title,
                "description": w.t("compare-description"),
            })),
            title,
            description: w.t("compare-description"),
            body,
            drawing: chart.map(Drawing::Chart),
            figures,
            ..Shown::default()
        }))
    }
}
