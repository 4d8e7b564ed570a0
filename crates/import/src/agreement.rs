//! Agreements and their axes, which stand in a file of their own.

use std::collections::{BTreeMap, HashMap, HashSet};

use entity::{
    ConceptKind,
    agreement::{AxisDraft, Draft},
};

use crate::{cells::Cells, file::Table, row::Row};

pub(crate) const TABLE: Table = Table {
    name: "agreements",
    columns: &[
        "key",
        "kind",
        "title_fr",
        "title_en",
        "party_keys",
        "signed_on",
        "source_key",
    ],
    optional: &[],
};

pub(crate) const AXES: Table = Table {
    name: "agreement_axes",
    columns: &[
        "agreement_key",
        "ordinal",
        "title_fr",
        "title_en",
        "description_fr",
        "source_key",
    ],
    optional: &[],
};

pub(crate) fn read(row: &mut Row<'_>) -> Option<Draft> {
    let key = row.key("key", ConceptKind::Agreement);
    let kind = row.parse("kind");
    let title_fr = row.text("title_fr");
    let title_en = row.text("title_en");
    let parties = row.references("party_keys", ConceptKind::Organisation);
    let signed_on = row.optional_parse("signed_on");
    let source = row.source();
    Some(Draft {
        key: key?,
        kind: kind?,
        title_fr: title_fr?,
        title_en: title_en?,
        parties,
        signed_on,
        axes: Vec::new(),
        source: source?,
    })
}

/// An axis and the key of its agreement.
pub(crate) fn read_axis(row: &mut Row<'_>) -> Option<(String, AxisDraft)> {
    let agreement = row.reference("agreement_key", ConceptKind::Agreement);
    let ordinal = row.ordinal("ordinal");
    if let (Some(agreement), Some(ordinal)) = (&agreement, ordinal) {
        let key = format!("{agreement}.{ordinal}");
        row.declare("ordinal", ConceptKind::AgreementAxis, &key);
    }
    let title_fr = row.text("title_fr");
    let title_en = row.text("title_en");
    let source = row.source();
    let axis = AxisDraft {
        ordinal: ordinal?,
        title_fr: title_fr?,
        title_en: title_en?,
        description_fr: row.optional_text("description_fr"),
        source: source?,
    };
    Some((agreement?, axis))
}

/// Agreements with their axes: those of the files over those of the database, which are kept when a file leaves them out.
pub(crate) fn join(
    mut agreements: Vec<Draft>,
    axes: Vec<(String, AxisDraft)>,
    stored: &HashMap<&str, &Draft>,
) -> Vec<Draft> {
    let mut stated: BTreeMap<String, BTreeMap<i32, AxisDraft>> = BTreeMap::new();
    for (key, axis) in axes {
        let of_parent = stated.entry(key).or_default();
        of_parent.insert(axis.ordinal, axis);
    }
    let from_files: HashSet<&str> = agreements.iter().map(|row| row.key.as_str()).collect();
    let others = stated
        .keys()
        .map(String::as_str)
        .filter(|key| !from_files.contains(key));
    let others: Vec<Draft> = others
        .filter_map(|key| stored.get(key).copied().cloned())
        .collect();
    agreements.extend(others);
    for row in &mut agreements {
        let before = stored
            .get(row.key.as_str())
            .map_or(&[][..], |before| &before.axes);
        let before = before.iter().map(|axis| (axis.ordinal, axis.clone()));
        let mut joined: BTreeMap<i32, AxisDraft> = before.collect();
        joined.extend(stated.remove(&row.key).unwrap_or_default());
        row.axes = joined.into_values().collect();
    }
    agreements
}

pub(crate) fn write(draft: &Draft, cells: &mut Cells) {
    cells
        .text("key", &draft.key)
        .text("kind", draft.kind)
        .text("title_fr", &draft.title_fr)
        .text("title_en", &draft.title_en)
        .list("party_keys", &draft.parties)
        .optional("signed_on", draft.signed_on.as_ref())
        .text("source_key", &draft.source);
}

pub(crate) fn write_axis((agreement, axis): &(&str, &AxisDraft), cells: &mut Cells) {
    cells
        .text("agreement_key", agreement)
        .number("ordinal", f64::from(axis.ordinal))
        .text("title_fr", &axis.title_fr)
        .text("title_en", &axis.title_en)
        .optional("description_fr", axis.description_fr.as_ref())
        .text("source_key", &axis.source);
}
