//! Units: the program's own vocabulary, with names and symbols; `units.csv` in the folder may add to it.

use entity::{ConceptKind, unit::Draft};

use crate::{cells::Cells, file::Table, row::Row};

pub(crate) const TABLE: Table = Table {
    name: "units",
    columns: &["key", "name_fr", "name_en", "name_ar", "symbol"],
    optional: &[],
};

pub(crate) fn read(row: &mut Row<'_>) -> Option<Draft> {
    // Units are named as people write them ("people per year"), not as keys.
    let key = row.text("key");
    if let Some(key) = &key {
        row.declare("key", ConceptKind::Unit, key);
    }
    let name_fr = row.text("name_fr");
    let name_en = row.text("name_en");
    let name_ar = row.text("name_ar");
    Some(Draft {
        key: key?,
        name_fr: name_fr?,
        name_en: name_en?,
        name_ar: name_ar?,
        symbol: row.optional_text("symbol"),
    })
}

pub(crate) fn write(draft: &Draft, cells: &mut Cells) {
    cells
        .text("key", &draft.key)
        .text("name_fr", &draft.name_fr)
        .text("name_en", &draft.name_en)
        .text("name_ar", &draft.name_ar)
        .optional("symbol", draft.symbol.as_ref());
}
