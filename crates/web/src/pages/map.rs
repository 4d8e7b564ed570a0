//! `/map?indicator=…&level=…`: one indicator in the regions, or in the provinces of Fès-Meknès, as tiles that lead to the places, with the
//! table behind them.

use std::sync::LazyLock;

use askama::Template;
use chart::{Tile, Tiles};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    address::Address,
    document,
    fact::{List, Named, Place, Source, Stated, Text},
    view::{About, Drawing, Markup, Shown, View},
    words::Words,
};
use crate::refusal::Refusal;

/// Where the tile of each place stands.
pub struct Grid {
    tiles: Vec<(String, u8, u8)>,
}

/// The twelve regions.
pub static REGIONS: LazyLock<Grid> =
    LazyLock::new(|| Grid::read(include_str!("../../maps/regions.csv")));

/// The prefectures and provinces of Fès-Meknès.
pub static PROVINCES: LazyLock<Grid> =
    LazyLock::new(|| Grid::read(include_str!("../../maps/fes-meknes.csv")));

impl Grid {
    fn read(file: &str) -> Self {
        let mut reader = csv::Reader::from_reader(file.as_bytes());
        let tiles = reader
            .deserialize()
            .map(|row| row.expect("a test reads every map"));
        Self {
            tiles: tiles.collect(),
        }
    }

    pub fn codes(&self) -> Vec<&str> {
        self.tiles.iter().map(|(code, ..)| code.as_str()).collect()
    }
}

/// An indicator in several places.
#[derive(Deserialize)]
pub struct Comparison {
    pub indicator: Indicator,
    pub period: Option<String>,
    #[serde(default)]
    pub differences: Vec<String>,
    pub sides: Vec<Side>,
}

#[derive(Deserialize)]
pub struct Indicator {
    pub key: String,
    pub name: String,
    pub definition: Option<Text>,
}

/// A place and its figure.
#[derive(Deserialize)]
pub struct Side {
    pub territory: Option<Place>,
    pub observation: Option<Stated>,
}

impl Comparison {
    /// The source of all the figures, when it is one.
    pub fn shared_source(&self) -> Option<&Source> {
        let stated = self
            .sides
            .iter()
            .filter_map(|side| side.observation.as_ref());
        let mut sources = stated.map(|figure| figure.source.as_ref());
        let first = sources.next()??;
        sources
            .all(|other| other.is_some_and(|it| it.key == first.key))
            .then_some(first)
    }

    /// Who published the figures, each once.
    fn credits(&self) -> Vec<String> {
        let mut credits: Vec<String> = Vec::new();
        let stated = self
            .sides
            .iter()
            .filter_map(|side| side.observation.as_ref());
        for source in stated.filter_map(|figure| figure.source.as_ref()) {
            if !credits.contains(&source.publisher) {
                credits.push(source.publisher.clone());
            }
        }
        credits
    }
}

/// The map of a comparison; the place `here` is marked.
pub fn tiles(words: Words, grid: &Grid, compared: &Comparison, here: Option<&str>) -> Tiles {
    let tile = |(code, column, row): &(String, u8, u8)| {
        let place = |side: &&Side| side.territory.as_ref().is_some_and(|it| it.code == *code);
        let side = compared.sides.iter().find(place)?;
        let figure = side.observation.as_ref();
        let name = side.territory.as_ref()?.name.clone();
        Some(Tile {
            column: *column,
            row: *row,
            name,
            value: figure.map(|figure| figure.value),
            text: figure
                .map(|figure| figure.amount(&words))
                .unwrap_or_default(),
            address: Some(words.to(&format!("/territory/{code}"))),
            is_marked: here == Some(code.as_str()),
        })
    };
    let differ = compared.differences.iter();
    let notes = differ.map(|difference| words.term("difference", difference));
    let credits = compared.credits().join(" · ");
    Tiles {
        title: compared.indicator.name.clone(),
        subtitle: compared
            .period
            .as_deref()
            .map(|period| words.period(period)),
        language: words.language.tag().to_owned(),
        tiles: grid.tiles.iter().filter_map(tile).collect(),
        unknown: words.t("unknown"),
        notes: notes.chain([words.t("map-note")]).collect(),
        credits: vec![words.with("card-sources", "sources", &credits)],
    }
}

pub struct Map;

#[derive(Deserialize)]
pub struct Answer {
    comparisons: Vec<Comparison>,
    indicators: List<Named>,
}

#[derive(Template)]
#[template(path = "map.html")]
struct Body<'a> {
    w: Words,
    compared: &'a Comparison,
    indicators: &'a [Named],
    level: &'a str,
    drawn: String,
}

impl Body<'_> {
    /// The places, those with the largest figures first.
    fn ordered(&self) -> Vec<&Side> {
        let mut sides: Vec<&Side> = self.compared.sides.iter().collect();
        let value = |side: &Side| side.observation.as_ref().map(|figure| figure.value);
        sides.sort_by(|a, b| {
            value(b)
                .partial_cmp(&value(a))
                .unwrap_or(std::cmp::Ordering::Equal)
        });
        sides
    }
}

fn level(address: &Address) -> &'static str {
    match address.given("level") {
        Some("province") => "province",
        _ => "region",
    }
}

fn grid(level: &str) -> &'static Grid {
    match level {
        "province" => &PROVINCES,
        _ => &REGIONS,
    }
}

impl View for Map {
    type Answer = Answer;

    const DOCUMENT: &'static str = document!("map", "stated", "things", "sources");

    fn variables(address: &Address) -> Result<Value, Refusal> {
        Ok(json!({
            "indicator": address.given("indicator").unwrap_or("hcp_reads_writes_french"),
            "territories": grid(level(address)).codes(),
            "locale": address.words.language.locale(),
        }))
    }

    fn show(answer: Answer, about: &About<'_>) -> Result<Option<Shown>, askama::Error> {
        let w = about.address.words;
        let Some(compared) = answer.comparisons.first() else {
            return Ok(None);
        };
        let level = level(about.address);
        let tiles = tiles(w, grid(level), compared, Some("03"));
        let body = Markup::of(&Body {
            w,
            compared,
            indicators: &answer.indicators.nodes,
            level,
            drawn: chart::draw_tiles(&tiles).inline("map"),
        })?;
        let stated = compared
            .sides
            .iter()
            .filter_map(|side| side.observation.clone());
        let title = match level {
            "province" => w.with("map-title-provinces", "indicator", &compared.indicator.name),
            _ => w.with("map-title-regions", "indicator", &compared.indicator.name),
        };
        Ok(Some(Shown {
            structured: Some(json!({
                "@type": "Dataset",
                "name": title,
                "description": w.t("map-description"),
                "variableMeasured": compared.indicator.name,
            })),
            title,
            description: w.t("map-description"),
            body,
            figures: stated.collect(),
            drawing: Some(Drawing::Tiles(tiles)),
            ..Shown::default()
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_places_of_a_map_share_a_tile() {
        for (grid, places) in [(&REGIONS, 12), (&PROVINCES, 9)] {
            let mut at: Vec<_> = grid
                .tiles
                .iter()
                .map(|(_, column, row)| (column, row))
                .collect();
            at.sort_unstable();
            at.dedup();
            assert_eq!((grid.tiles.len(), at.len()), (places, places));
        }
    }
}
