//! Activities: one tree, with the class of ISIC revision 4 where one fits.

use entity::{ConceptKind, activity::Draft};

use crate::{cells::Cells, file::Table, row::Row, vocabulary};

pub(crate) const TABLE: Table = Table {
    name: "activities",
    columns: &[
        "key",
        "parent_key",
        "name_fr",
        "name_en",
        "name_ar",
        "definition_fr",
        "source_key",
    ],
    optional: &["isic"],
};

pub(crate) fn read(row: &mut Row<'_>) -> Option<Draft> {
    let key = row.key("key", ConceptKind::Activity);
    let parent = row.parent("parent_key", ConceptKind::Activity, key.as_deref());
    let name_fr = row.text("name_fr");
    let name_en = row.text("name_en");
    let name_ar = row.text("name_ar");
    let source = row.source();
    let key = key?;
    let isic = row
        .optional_text("isic")
        .or_else(|| vocabulary::isic(&key).map(str::to_owned));
    Some(Draft {
        key,
        parent,
        name_fr: name_fr?,
        name_en: name_en?,
        name_ar: name_ar?,
        definition_fr: row.optional_text("definition_fr"),
        isic,
        source: source?,
    })
}

pub(crate) fn write(draft: &Draft, cells: &mut Cells) {
    cells
        .text("key", &draft.key)
        .optional("parent_key", draft.parent.as_ref())
        .text("name_fr", &draft.name_fr)
        .text("name_en", &draft.name_en)
        .text("name_ar", &draft.name_ar)
        .optional("definition_fr", draft.definition_fr.as_ref())
        .text("source_key", &draft.source);
    // The program knows the classes of its own activities.
    let known = vocabulary::isic(&draft.key);
    let other = draft.isic.as_deref().filter(|isic| known != Some(isic));
    cells.optional("isic", other);
}
