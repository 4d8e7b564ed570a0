//! Indicators: what is measured, in which unit and as which kind of quantity.

use entity::{ConceptKind, indicator::Draft};

use crate::{cells::Cells, file::Table, known::Counted, row::Row};

pub(crate) const TABLE: Table = Table {
    name: "indicators",
    columns: &[
        "key",
        "name_fr",
        "name_en",
        "name_ar",
        "unit",
        "measure",
        "definition",
        "higher_is_better",
    ],
    optional: &[],
};

pub(crate) fn read(row: &mut Row<'_>) -> Option<Draft> {
    let key = row.key("key", ConceptKind::Indicator);
    let name_fr = row.text("name_fr");
    let name_en = row.text("name_en");
    let unit = row.reference("unit", ConceptKind::Unit);
    let measure = row.parse("measure");
    let higher_is_better = match row.optional_text("higher_is_better").as_deref() {
        None => None,
        Some("true") => Some(true),
        Some("false") => Some(false),
        Some(_) => {
            row.refuse("higher_is_better", "is neither true, false nor empty");
            None
        }
    };
    let (key, unit, measure) = (key?, unit?, measure?);
    let counted = Counted {
        unit: unit.clone(),
        measure,
    };
    row.known.count_in(&key, counted);
    Some(Draft {
        key,
        name_fr: name_fr?,
        name_en: name_en?,
        name_ar: row.optional_text("name_ar"),
        unit,
        measure,
        definition_fr: row.optional_text("definition"),
        higher_is_better,
    })
}

pub(crate) fn write(draft: &Draft, cells: &mut Cells) {
    cells
        .text("key", &draft.key)
        .text("name_fr", &draft.name_fr)
        .text("name_en", &draft.name_en)
        .optional("name_ar", draft.name_ar.as_ref())
        .text("unit", &draft.unit)
        .text("measure", draft.measure)
        .optional("definition", draft.definition_fr.as_ref())
        .optional("higher_is_better", draft.higher_is_better);
}
