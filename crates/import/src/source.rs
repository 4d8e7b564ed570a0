//! Sources: the only rows that need no source themselves.

use entity::{ConceptKind, source::Draft};

use crate::{cells::Cells, file::Table, row::Row};

pub(crate) const TABLE: Table = Table {
    name: "sources",
    columns: &[
        "key",
        "kind",
        "publisher",
        "title",
        "url",
        "published_on",
        "retrieved_from",
        "notes",
        "licence",
    ],
    optional: &[],
};

pub(crate) fn read(row: &mut Row<'_>) -> Option<Draft> {
    let key = row.key("key", ConceptKind::Source);
    let kind = row.parse("kind");
    let publisher = row.text("publisher");
    let title = row.text("title");
    let url = row.url("url");
    let published_on = row.optional_parse("published_on");
    let licence = row.text("licence");
    Some(Draft {
        key: key?,
        kind: kind?,
        publisher: publisher?,
        title: title?,
        url,
        published_on,
        retrieved_from: row.optional_text("retrieved_from"),
        notes: row.optional_text("notes"),
        licence: licence?,
    })
}

pub(crate) fn write(draft: &Draft, cells: &mut Cells) {
    cells
        .text("key", &draft.key)
        .text("kind", draft.kind)
        .text("publisher", &draft.publisher)
        .text("title", &draft.title)
        .optional("url", draft.url.as_ref())
        .optional("published_on", draft.published_on.as_ref())
        .optional("retrieved_from", draft.retrieved_from.as_ref())
        .optional("notes", draft.notes.as_ref())
        .text("licence", &draft.licence);
}
