//! Records that have a place, and how far it is: what nearness is told of.

use serde::Deserialize;
use serde_json::Value;

use crate::answer::{ItemKind, SubjectKind};
use crate::question::Location;

use super::record::{Named, Source, nodes};

#[derive(Clone, Deserialize)]
pub struct PlaceRow {
    pub code: String,
    pub name: String,
    pub coordinates: Option<CoordinatesRow>,
}

#[derive(Clone, Deserialize)]
pub struct CoordinatesRow {
    pub latitude: f64,
    pub longitude: f64,
    pub source: Source,
}

#[derive(Deserialize)]
pub struct ParkRow {
    pub key: String,
    pub name: String,
    pub territory: PlaceRow,
    pub source: Source,
}

#[derive(Deserialize)]
pub struct SiteRow {
    pub key: String,
    pub organisation: Named,
    pub park: Option<Named>,
    pub territory: PlaceRow,
    pub source: Source,
}

/// One record and how far it is.
pub struct Found {
    pub key: String,
    pub name: String,
    pub kind: ItemKind,
    pub subject: Option<(SubjectKind, String)>,
    /// The park or town it is in, as a person would say it.
    pub where_: String,
    pub place: PlaceRow,
    pub source: Source,
    /// Kilometres, none without coordinates.
    pub away: Option<f64>,
}

impl CoordinatesRow {
    pub fn position(&self) -> Location {
        Location {
            latitude: self.latitude,
            longitude: self.longitude,
        }
    }
}

pub fn parks(data: &Value) -> Vec<Found> {
    nodes::<ParkRow>(data, "parks")
        .into_iter()
        .map(|park| Found {
            subject: Some((SubjectKind::Park, park.key.clone())),
            key: park.key,
            name: park.name,
            kind: ItemKind::Park,
            where_: park.territory.name.clone(),
            place: park.territory,
            source: park.source,
            away: None,
        })
        .collect()
}

pub fn sites(data: &Value, operators: bool) -> Vec<Found> {
    nodes::<SiteRow>(data, "sites")
        .into_iter()
        .map(|site| {
            let town = site.territory.name.clone();
            let where_ = match &site.park {
                Some(park) => format!("{}, {town}", park.name),
                None => town,
            };
            Found {
                subject: Some((SubjectKind::Organisation, site.organisation.key.clone())),
                key: if operators {
                    site.organisation.key
                } else {
                    site.key
                },
                name: site.organisation.name,
                kind: if operators {
                    ItemKind::Organisation
                } else {
                    ItemKind::Site
                },
                where_,
                place: site.territory,
                source: site.source,
                away: None,
            }
        })
        .collect()
}

/// An operator is as near as the nearest of its sites.
pub fn nearest_of_each(found: &mut Vec<Found>) {
    let mut seen: Vec<String> = Vec::new();
    found.retain(|one| {
        let new = !seen.contains(&one.key);
        if new {
            seen.push(one.key.clone());
        }
        new
    });
}
