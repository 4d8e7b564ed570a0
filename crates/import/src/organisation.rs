//! Organisations: companies, public bodies, federations, schools.

use entity::{ConceptKind, organisation::Draft};

use crate::{cells::Cells, file::Table, row::Row};

pub(crate) const TABLE: Table = Table {
    name: "organisations",
    columns: &[
        "key",
        "name",
        "aliases",
        "kind",
        "parent_key",
        "country_of_origin",
        "website",
        "summary_fr",
        "summary_en",
        "source_key",
    ],
    optional: &[],
};

pub(crate) fn read(row: &mut Row<'_>) -> Option<Draft> {
    let key = row.key("key", ConceptKind::Organisation);
    let name = row.text("name");
    let aliases = row.list("aliases");
    let kind = row.parse("kind");
    if let (Some(key), Some(kind)) = (&key, kind) {
        row.known.set_kind(key, kind);
    }
    let parent = row.parent("parent_key", ConceptKind::Organisation, key.as_deref());
    let country_of_origin = row.country("country_of_origin");
    let website = row.website("website");
    let source = row.source();
    Some(Draft {
        key: key?,
        name: name?,
        aliases,
        kind: kind?,
        parent,
        country_of_origin,
        website,
        summary_fr: row.optional_text("summary_fr"),
        summary_en: row.optional_text("summary_en"),
        source: source?,
    })
}

pub(crate) fn write(draft: &Draft, cells: &mut Cells) {
    cells
        .text("key", &draft.key)
        .text("name", &draft.name)
        .list("aliases", &draft.aliases)
        .text("kind", draft.kind)
        .optional("parent_key", draft.parent.as_ref())
        .optional("country_of_origin", draft.country_of_origin.as_ref())
        .optional("website", draft.website.as_ref())
        .optional("summary_fr", draft.summary_fr.as_ref())
        .optional("summary_en", draft.summary_en.as_ref())
        .text("source_key", &draft.source);
}
