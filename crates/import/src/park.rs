//! Parks: their areas are figures about them.

use entity::{ConceptKind, SubjectKind, park::Draft};

use crate::{
    cells::Cells,
    export::Stated,
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
    // Where the figure is another observation than the column would make.
    optional: &["area_ha_observation", "offices_m2_observation"],
};

const AREAS: [(&str, &str, &str); 2] = [
    ("area_ha", "area_ha_observation", "park_area_ha"),
    (
        "offices_m2",
        "offices_m2_observation",
        "park_office_area_m2",
    ),
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
    for (column, stated, indicator) in AREAS {
        row.figure(stated, column);
        let claimed = Claimed {
            key: figure_key(&key, column),
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

pub(crate) fn write(draft: &Draft, stated: &Stated<'_>, cells: &mut Cells) {
    cells
        .text("key", &draft.key)
        .text("name", &draft.name)
        .list("aliases", &draft.aliases)
        .text("territory_code", &draft.territory)
        .optional("operator_key", draft.operator.as_ref())
        .optional("opened_on", draft.opened_on.as_ref())
        .optional("note", draft.note.as_ref())
        .text("source_key", &draft.source);
    for (column, pointer, _) in AREAS {
        let key = figure_key(&draft.key, column);
        if let Some(figure) = stated.own_figure(&key, cells) {
            cells.number(column, figure.value);
        } else if stated.observation(&key).is_some() {
            cells.figure(pointer, Some(&key));
        }
    }
}

fn figure_key(park: &str, column: &str) -> String {
    format!("park.{park}.{column}")
}
