//! Sources: the only rows that need no source themselves.

use entity::{ConceptKind, source::Draft};

use crate::{file::Table, row::Row};

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
