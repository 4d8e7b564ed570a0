//! Events: what was held, when and by whom.

use entity::{ConceptKind, event::Draft};

use crate::{cells::Cells, file::Table, row::Row};

pub(crate) const TABLE: Table = Table {
    name: "events",
    columns: &[
        "key",
        "name_fr",
        "date",
        "territory_code",
        "organiser_keys",
        "source_key",
    ],
    optional: &[],
};

pub(crate) fn read(row: &mut Row<'_>) -> Option<Draft> {
    let key = row.key("key", ConceptKind::Event);
    let name_fr = row.text("name_fr");
    let held_on = row.optional_parse("date");
    let territory = row.reference("territory_code", ConceptKind::Territory);
    let organisers = row.references("organiser_keys", ConceptKind::Organisation);
    let source = row.source();
    Some(Draft {
        key: key?,
        name_fr: name_fr?,
        held_on,
        territory: territory?,
        organisers,
        source: source?,
    })
}

pub(crate) fn write(draft: &Draft, cells: &mut Cells) {
    cells
        .text("key", &draft.key)
        .text("name_fr", &draft.name_fr)
        .optional("date", draft.held_on.as_ref())
        .text("territory_code", &draft.territory)
        .list("organiser_keys", &draft.organisers)
        .text("source_key", &draft.source);
}
