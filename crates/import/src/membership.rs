//! Memberships of organisations in federations.

use entity::{ConceptKind, membership::Draft};

use crate::{cells::Cells, file::Table, row::Row};

pub(crate) const TABLE: Table = Table {
    name: "memberships",
    columns: &[
        "key",
        "organisation_key",
        "federation_key",
        "since",
        "until",
        "source_key",
    ],
    optional: &[],
};

pub(crate) fn read(row: &mut Row<'_>) -> Option<Draft> {
    let key = row.key("key", ConceptKind::Membership);
    let organisation = row.reference("organisation_key", ConceptKind::Organisation);
    let federation = row.reference("federation_key", ConceptKind::Organisation);
    if let Some(federation) = &federation
        && row.known.has(ConceptKind::Organisation, federation)
        && !row.known.is_federation(federation)
    {
        row.refuse(
            "federation_key",
            "is not a federation: its kind in organisations.csv is another",
        );
    }
    if organisation.is_some() && organisation == federation {
        row.refuse("federation_key", "is the organisation itself");
    }
    let since = row.optional_parse("since");
    let until = row.optional_parse("until");
    row.not_before("until", until.as_ref(), since.as_ref());
    let source = row.source();
    Some(Draft {
        key: key?,
        organisation: organisation?,
        federation: federation?,
        since,
        until,
        source: source?,
    })
}

pub(crate) fn write(draft: &Draft, cells: &mut Cells) {
    cells
        .text("key", &draft.key)
        .text("organisation_key", &draft.organisation)
        .text("federation_key", &draft.federation)
        .optional("since", draft.since.as_ref())
        .optional("until", draft.until.as_ref())
        .text("source_key", &draft.source);
}
