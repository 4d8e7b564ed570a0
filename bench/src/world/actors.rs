//! Organisations and their sites.

use super::{
    Table,
    places::Place,
    row,
    vocabulary::{LAST_ACTIVITY, SEGMENTS},
};
use crate::{random::Random, scale::Counts};

const NAMES: [&str; 12] = [
    "Atlas",
    "Rif",
    "Saïss",
    "Méditerranée",
    "Sebou",
    "Zellige",
    "Andalous",
    "Volubilis",
    "Cèdre",
    "Agdal",
    "Kasbah",
    "Médina",
];
const TRADES: [&str; 8] = [
    "Contact",
    "Services",
    "Ingénierie",
    "Technologies",
    "Conseil",
    "Solutions",
    "Données",
    "Centre",
];
const COUNTRIES: [&str; 8] = ["MA", "MA", "MA", "FR", "FR", "ES", "US", "IN"];
const KINDS: [&str; 8] = [
    "company",
    "company",
    "company",
    "company",
    "company",
    "company",
    "public_body",
    "training_institute",
];

pub struct Organisation {
    pub name: String,
    kind: &'static str,
    country: &'static str,
    source: u64,
}

impl Organisation {
    pub fn of(id: u64) -> Self {
        let mut random = Random::of(4, id);
        Self {
            name: format!("{} {} {id}", random.pick(&NAMES), random.pick(&TRADES)),
            kind: random.pick(&KINDS),
            country: random.pick(&COUNTRIES),
            source: 1 + random.below(2_000),
        }
    }
}

pub fn organisations(counts: Counts) -> Table {
    let organisation = |id: u64| {
        let Organisation {
            name,
            kind,
            country,
            source,
        } = Organisation::of(id);
        row![
            id,
            format!("organisation_{id}"),
            name,
            kind,
            country,
            source
        ]
    };
    Table {
        name: "organisations",
        columns: &[
            "id",
            "key",
            "name",
            "kind",
            "country_of_origin",
            "source_id",
        ],
        rows: Box::new((1..=counts.organisations).map(organisation)),
    }
}

/// A site, and the head-count that it names.
pub struct Site {
    pub key: String,
    pub organisation: u64,
    pub place: Place,
    pub activity: Option<u64>,
    pub headcount: f64,
    pub year: u64,
    pub source: u64,
    opened: Option<u64>,
}

impl Site {
    pub fn of(id: u64, counts: Counts) -> Self {
        let mut random = Random::of(5, id);
        // Every organisation has a site; a few have many.
        let organisation = if id <= counts.organisations {
            id
        } else {
            1 + random.skewed(counts.organisations)
        };
        let place = Place::of_site(&mut random);
        let activity = match random.unit() {
            ..0.03 => None,
            ..0.25 => Some(SEGMENTS.start() + random.below(5)),
            _ => Some(SEGMENTS.end() + 1 + random.below(LAST_ACTIVITY - SEGMENTS.end())),
        };
        Self {
            key: format!("organisation_{organisation}.{}.{id}", place.key()),
            organisation,
            place,
            activity,
            headcount: (5.0 + 2_000.0 * random.unit().powi(4)).floor(),
            year: 2017 + random.below(8),
            source: 1 + random.below(counts.sources),
            opened: random.chance(0.8).then(|| 1995 + random.below(30)),
        }
    }

    /// The key of the observation with its head-count.
    pub fn observation(&self) -> String {
        format!("site.{}.headcount", self.key)
    }
}

pub fn sites(counts: Counts) -> Table {
    let site = move |id: u64| {
        let site = Site::of(id, counts);
        let observation = site.observation();
        row![
            id,
            site.key,
            site.organisation,
            site.place.id(),
            site.activity,
            site.opened.map(|year| year.to_string()),
            observation,
            site.headcount,
            site.source,
        ]
    };
    Table {
        name: "sites",
        columns: &[
            "id",
            "key",
            "organisation_id",
            "territory_id",
            "activity_id",
            "opened_on",
            "headcount_observation",
            "headcount",
            "source_id",
        ],
        rows: Box::new((1..=counts.sites).map(site)),
    }
}
