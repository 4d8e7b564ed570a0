//! Observations: yearly figures of territories, then the head-counts of the sites.

use super::{Cell, RECORDED_AT, Table, actors::Site, places::Place, row};
use crate::{
    random::Random,
    scale::{Counts, TERRITORIES},
};

const LAST_YEAR: u64 = 2024;
/// How many years a series has at least.
const YEARS: u64 = 5;

pub fn observations(counts: Counts) -> Table {
    let of_territories = counts.observations - counts.sites;
    // Series are filled one after the other, the widest places first; head-counts have an indicator of their own.
    let series = counts.indicators - 1;
    let years = YEARS.max(of_territories.div_ceil(series).div_ceil(TERRITORIES));
    let of_territory = move |index: u64| {
        let mut random = Random::of(6, index);
        let (indicator, point) = (2 + index % series, index / series);
        let (place, year) = (Place::of_id(1 + point / years), LAST_YEAR - point % years);
        let value = (1.0e6 * random.unit().powi(3)).floor() / 10.0;
        let qualifier = if random.chance(0.9) {
            "exact"
        } else {
            "approximate"
        };
        let producer = random
            .chance(0.5)
            .then(|| 1 + random.below(counts.organisations));
        let key = format!("indicator_{indicator:03}.{}.{year}", place.key());
        let about = [
            indicator.into(),
            place.id().into(),
            Cell::Null,
            Cell::Null,
            Cell::Null,
        ];
        observation(
            index + 1,
            key,
            about,
            year,
            (value, qualifier),
            producer,
            1 + random.below(counts.sources),
        )
    };
    let of_site = move |id: u64| {
        let site = Site::of(id, counts);
        let about = [
            1_u64.into(),
            site.place.id().into(),
            site.activity.into(),
            "organisation".into(),
            site.organisation.into(),
        ];
        let figure = (site.headcount, "exact");
        observation(
            of_territories + id,
            site.observation(),
            about,
            site.year,
            figure,
            None,
            site.source,
        )
    };
    Table {
        name: "observations",
        columns: &[
            "id",
            "key",
            "indicator_id",
            "territory_id",
            "activity_id",
            "subject_kind",
            "subject_id",
            "period",
            "period_start",
            "period_end",
            "period_basis",
            "value",
            "qualifier",
            "producer_id",
            "source_id",
            "recorded_at",
        ],
        rows: Box::new(
            (0..of_territories)
                .map(of_territory)
                .chain((1..=counts.sites).map(of_site)),
        ),
    }
}

fn observation(
    id: u64,
    key: String,
    about: [Cell; 5],
    year: u64,
    (value, qualifier): (f64, &'static str),
    producer: Option<u64>,
    source: u64,
) -> Vec<Cell> {
    let mut row = row![id, key];
    row.extend(about);
    row.extend(row![
        year.to_string(),
        format!("{year}-01-01"),
        format!("{year}-12-31"),
        "stated",
        value,
        qualifier,
        producer,
        source,
        RECORDED_AT,
    ]);
    row
}
