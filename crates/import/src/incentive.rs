//! Incentives: taxes and bonuses; the amount is a term of the rule, not a measurement.

use entity::{ConceptKind, incentive::Draft};

use crate::{cells::Cells, file::Table, row::Row};

pub(crate) const TABLE: Table = Table {
    name: "incentives",
    columns: &[
        "key",
        "territory_code",
        "kind",
        "title_fr",
        "title_en",
        "amount",
        "unit",
        "conditions",
        "valid_from",
        "valid_to",
        "source_key",
    ],
    optional: &[],
};

pub(crate) fn read(row: &mut Row<'_>) -> Option<Draft> {
    let key = row.key("key", ConceptKind::Incentive);
    let territory = row.reference("territory_code", ConceptKind::Territory);
    let kind = row.parse("kind");
    let title_fr = row.text("title_fr");
    let title_en = row.text("title_en");
    let amount = row.optional_number("amount");
    let unit = row.optional_reference("unit", ConceptKind::Unit);
    match (row.is_empty("amount"), row.is_empty("unit")) {
        (true, false) => row.refuse("unit", "counts an amount that is not given"),
        (false, true) => row.refuse("unit", "is empty: an amount needs its unit"),
        _ => {}
    }
    if amount.is_some_and(|amount| amount < 0.0) {
        row.refuse("amount", "is negative");
    }
    if unit.as_deref() == Some("percent") && amount.is_some_and(|amount| amount > 100.0) {
        row.refuse("amount", "is more than 100 percent");
    }
    let valid_from = row.optional_parse("valid_from");
    let valid_to = row.optional_parse("valid_to");
    row.not_before("valid_to", valid_to.as_ref(), valid_from.as_ref());
    let source = row.source();
    Some(Draft {
        key: key?,
        territory: territory?,
        kind: kind?,
        title_fr: title_fr?,
        title_en: title_en?,
        amount,
        unit,
        conditions_fr: row.optional_text("conditions"),
        valid_from,
        valid_to,
        source: source?,
    })
}

pub(crate) fn write(draft: &Draft, cells: &mut Cells) {
    cells
        .text("key", &draft.key)
        .text("territory_code", &draft.territory)
        .text("kind", draft.kind)
        .text("title_fr", &draft.title_fr)
        .text("title_en", &draft.title_en)
        .optional_number("amount", draft.amount)
        .optional("unit", draft.unit.as_ref())
        .optional("conditions", draft.conditions_fr.as_ref())
        .optional("valid_from", draft.valid_from.as_ref())
        .optional("valid_to", draft.valid_to.as_ref())
        .text("source_key", &draft.source);
}
