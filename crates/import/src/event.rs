//! Events: what was held, when and by whom.

use entity::{ConceptKind, event::Draft};

use crate::{file::Table, row::Row};

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
