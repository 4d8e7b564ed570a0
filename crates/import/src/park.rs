//! Parks: their areas are figures about them.

use entity::{ConceptKind, SubjectKind, park::Draft};

use crate::{
    figure::{Claim, Claimed},
    file::Table,
    row::Row,
};

pub(crate) const TABLE: Table = Table {
    name: "parks",
    columns: &[
        "key",
        "name",
        "aliases",
        "territory_code",
        "operator_key",
        "area_ha",
        "offices_m2",
        "opened_on",
        "source_key",
        "note",
    ],
    optional: &[],
};

const AREAS: [(&str, &str); 2] = [
    ("area_ha", "park_area_ha"),
    ("offices_m2", "park_office_area_m2"),
];

pub(crate) fn read(row: &mut Row<'_>, claims: &mut Vec<Claim>) -> Option<Draft> {
    let key = row.key("key", ConceptKind::Park);
    let name = row.text("name");
    let aliases = row.list("aliases");
    let territory = row.reference("territory_code", ConceptKind::Territory);
    let operator = row.optional_reference("operator_key", ConceptKind::Organisation);
    let opened_on = row.optional_parse("opened_on");
    let source = row.source();
    let key = key?;
    for (column, indicator) in AREAS {
        let claimed = Claimed {
            key: format!("park.{key}.{column}"),
            indicator,
            territory: territory.clone(),
            subject: Some((SubjectKind::Park, key.clone())),
            source: source.clone(),
            ..Claimed::default()
        };
        // The row is undated and often gathers several sources: the same area printed by another one is the same figure.
        claims.extend(Claim::read(row, column, claimed));
    }
    Some(Draft {
        key,
        name: name?,
        aliases,
        territory: territory?,
        operator,
        opened_on,
        note: row.optional_text("note"),
        source: source?,
    })
}
