//! What everything else refers to: sources, units, activities, indicators, and the names by which things are found.

use super::{Table, actors::Organisation, places::Place, row};
use crate::{
    random::Random,
    scale::{Counts, TERRITORIES},
};

const PUBLISHERS: [&str; 6] = [
    "Haut-Commissariat au Plan (HCP)",
    "L'Économiste",
    "Médias24",
    "Le Matin",
    "Office des Changes",
    "Banque mondiale",
];
const KINDS: [&str; 5] = ["dataset", "official", "report", "company", "press"];
/// The root, its segments, and what these consist of; each with its parent.
const ACTIVITIES: [(&str, u64); 16] = [
    ("offshoring_all", 0),
    ("CRM", 1),
    ("BPO", 1),
    ("ITO", 1),
    ("ESO", 1),
    ("KPO", 1),
    ("call_centre", 2),
    ("CRM_messages", 2),
    ("BPO_captive", 3),
    ("BPO_accounts", 3),
    ("ITO_software", 4),
    ("ITO_operations", 4),
    ("ESO_aerospace", 5),
    ("ESO_automotive", 5),
    ("KPO_research", 6),
    ("KPO_law", 6),
];
const UNITS: [(&str, &str); 3] = [
    ("people", "personnes"),
    ("count", "unités"),
    ("MAD", "dirhams"),
];
const MEASURES: [&str; 2] = ["stock", "flow"];

pub const SEGMENTS: std::ops::RangeInclusive<u64> = 2..=6;
pub const LAST_ACTIVITY: u64 = ACTIVITIES.len() as u64;

pub fn sources(counts: Counts) -> Table {
    let source = |id: u64| {
        let mut random = Random::of(2, id);
        let (kind, publisher) = (random.pick(&KINDS), random.pick(&PUBLISHERS));
        let (year, month) = (2015 + random.below(11), 1 + random.below(12));
        row![
            id,
            format!("source_{id}"),
            kind,
            publisher,
            format!("{publisher}, note {id} sur l'externalisation de services"),
            format!("https://sources.example/{year}/{id}"),
            format!("{year}-{month:02}"),
            "CC BY 4.0",
        ]
    };
    Table {
        name: "sources",
        columns: &[
            "id",
            "key",
            "kind",
            "publisher",
            "title",
            "url",
            "published_on",
            "licence",
        ],
        rows: Box::new((1..=counts.sources).map(source)),
    }
}

pub fn units() -> Table {
    let unit =
        |(id, (key, name)): (u64, (&'static str, &'static str))| row![id, key, name, key, name];
    Table {
        name: "units",
        columns: &["id", "key", "name_fr", "name_en", "name_ar"],
        rows: Box::new((1..).zip(UNITS).map(unit)),
    }
}

pub fn activities() -> Table {
    let activity = |(id, (key, parent)): (u64, (&'static str, u64))| {
        let parent = (parent > 0).then_some(parent);
        row![id, key, parent, key, key, key, 1_u64]
    };
    Table {
        name: "activities",
        columns: &[
            "id",
            "key",
            "parent_id",
            "name_fr",
            "name_en",
            "name_ar",
            "source_id",
        ],
        rows: Box::new((1..).zip(ACTIVITIES).map(activity)),
    }
}

/// The first is that of head-counts.
pub fn indicators(counts: Counts) -> Table {
    let indicator = |id: u64| {
        let mut random = Random::of(3, id);
        let (unit, measure) = if id == 1 {
            (1, "stock")
        } else {
            (1 + random.below(UNITS.len() as u64), random.pick(&MEASURES))
        };
        let [name_fr, name_en] = indicator_names(id);
        row![id, indicator_key(id), name_fr, name_en, unit, measure]
    };
    Table {
        name: "indicators",
        columns: &["id", "key", "name_fr", "name_en", "unit_id", "measure"],
        rows: Box::new((1..=counts.indicators).map(indicator)),
    }
}

fn indicator_key(id: u64) -> String {
    if id == 1 {
        "company_headcount".to_owned()
    } else {
        format!("indicator_{id:03}")
    }
}

fn indicator_names(id: u64) -> [String; 2] {
    [
        format!("Indicateur numéro {id}"),
        format!("Indicator number {id}"),
    ]
}

/// Names as search and questions look for them.
pub fn names(counts: Counts) -> Table {
    let territories = (1..=TERRITORIES)
        .flat_map(|id| Place::of_id(id).names().map(|name| ("territory", id, name)));
    let indicators = (1..=counts.indicators)
        .flat_map(|id| indicator_names(id).map(|name| ("indicator", id, name)));
    let organisations =
        (1..=counts.organisations).map(|id| ("organisation", id, Organisation::of(id).name));
    let name = |(id, (concept, concept_id, text)): (u64, (&'static str, u64, String))| {
        let folded = language::fold(&text);
        row![id, concept, concept_id, "name", text, folded]
    };
    let all = territories.chain(indicators).chain(organisations);
    Table {
        name: "names",
        columns: &["id", "concept", "concept_id", "role", "text", "folded"],
        rows: Box::new((1..).zip(all).map(name)),
    }
}
