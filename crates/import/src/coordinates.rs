//! Coordinates: where the town lies that a territory is known by.

use entity::{ConceptKind, coordinates::Draft};

use crate::{cells::Cells, file::Table, row::Row};

pub(crate) const TABLE: Table = Table {
    name: "coordinates",
    columns: &[
        "territory_code",
        "place",
        "latitude",
        "longitude",
        "geonames_id",
        "source_key",
    ],
    optional: &[],
};

pub(crate) fn read(row: &mut Row<'_>) -> Option<Draft> {
    let key = row.reference("territory_code", ConceptKind::Territory);
    if let Some(key) = &key {
        row.declare("territory_code", ConceptKind::Coordinates, key);
    }
    let place = row.text("place");
    let latitude = row.degrees("latitude", 90.0);
    let longitude = row.degrees("longitude", 180.0);
    let geonames_id = row.optional_number("geonames_id");
    let whole = |id: &f64| id.fract() == 0.0 && (1.0..1e12).contains(id);
    if geonames_id.is_some_and(|id| !whole(&id)) {
        row.refuse("geonames_id", "is not an id of GeoNames (a whole number)");
    }
    let source = row.source();
    Some(Draft {
        key: key?,
        place: place?,
        latitude: latitude?,
        longitude: longitude?,
        geonames_id: geonames_id.map(|id| id as i64),
        source: source?,
    })
}

pub(crate) fn write(draft: &Draft, cells: &mut Cells) {
    cells
        .text("territory_code", &draft.key)
        .text("place", &draft.place)
        .number("latitude", draft.latitude)
        .number("longitude", draft.longitude)
        .optional_number("geonames_id", draft.geonames_id.map(|id| id as f64))
        .text("source_key", &draft.source);
}
