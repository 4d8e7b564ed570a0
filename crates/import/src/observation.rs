//! Observations: every figure outside the census, with its period, qualifier, scope, producer and source.

use entity::{
    ConceptKind, PeriodBasis, Qualifier, ReferencePeriod, SubjectKind, observation::Draft,
};

use crate::{cells::Cells, figure::is_reserved, file::Table, known::Counted, row::Row};

pub(crate) const TABLE: Table = Table {
    name: "observations",
    columns: &[
        "key",
        "indicator_key",
        "territory_code",
        "activity",
        "subject_kind",
        "subject_key",
        "period",
        "period_basis",
        "value",
        "qualifier",
        "scope",
        "producer_key",
        "source_key",
        "note",
    ],
    optional: &["value_max"],
};

pub(crate) fn read(row: &mut Row<'_>) -> Option<Draft> {
    let key = row.key("key", ConceptKind::Observation);
    if let Some(key) = key.as_deref().filter(|key| is_reserved(key))
        && let Some(place) = row.known.claimed(key)
    {
        let reason = format!("is the key of a figure that stands in {place}: keep one of the two");
        row.refuse("key", reason);
    }
    let indicator = row.reference("indicator_key", ConceptKind::Indicator);
    let territory = row.optional_reference("territory_code", ConceptKind::Territory);
    let activity = row.optional_reference("activity", ConceptKind::Activity);
    let subject = subject(row);
    let period: Option<ReferencePeriod> = row.optional_parse("period");
    let period_basis: Option<PeriodBasis> = row.optional_parse("period_basis");
    match (row.is_empty("period"), row.is_empty("period_basis")) {
        (false, true) => row.refuse("period_basis", "is empty: a period is stated or inferred"),
        (true, false) => row.refuse("period_basis", "is given, but there is no period"),
        _ => {}
    }
    let value = row.number("value");
    let value_max = row.optional_number("value_max");
    if let Some(indicator) = &indicator {
        for (column, value) in [("value", value), ("value_max", value_max)] {
            if let Some(value) = value {
                check_value(row, column, indicator, value);
            }
        }
    }
    if value_max.is_some_and(|most| value.is_some_and(|least| most < least)) {
        row.refuse("value_max", "is less than the value");
    }
    let qualifier: Option<Qualifier> = row.parse("qualifier");
    let producer = row.optional_reference("producer_key", ConceptKind::Organisation);
    let source = row.source();
    Some(Draft {
        key: key?,
        indicator: indicator?,
        territory,
        activity,
        subject,
        period,
        period_basis,
        value: value?,
        value_max,
        qualifier: qualifier?,
        scope: row.optional_text("scope"),
        producer,
        source: source?,
        note: row.optional_text("note"),
    })
}

fn subject(row: &mut Row<'_>) -> Option<(SubjectKind, String)> {
    match (row.is_empty("subject_kind"), row.is_empty("subject_key")) {
        (true, true) => return None,
        (true, false) => row.refuse("subject_kind", "is empty: a subject has a kind and a key"),
        (false, true) => row.refuse("subject_key", "is empty: a subject has a kind and a key"),
        (false, false) => {}
    }
    let kind: SubjectKind = row.parse("subject_kind")?;
    let concept = match kind {
        SubjectKind::Organisation => ConceptKind::Organisation,
        SubjectKind::Park => ConceptKind::Park,
        SubjectKind::Project => ConceptKind::Project,
        SubjectKind::Agreement => ConceptKind::Agreement,
        SubjectKind::Plan => ConceptKind::Plan,
        SubjectKind::Programme => ConceptKind::TrainingProgramme,
    };
    Some((kind, row.optional_reference("subject_key", concept)?))
}

/// Refuses a value the indicator cannot have.
pub(crate) fn check_value(row: &mut Row<'_>, column: &str, indicator: &str, value: f64) {
    let Some(Counted { unit, measure }) = row.known.counted(indicator) else {
        return;
    };
    let Some(reason) = entity::shape::misfit(indicator, unit, *measure, value) else {
        return;
    };
    let reason = format!("{reason}, which {indicator} in {unit} needs");
    row.refuse(column, reason);
}

pub(crate) fn write(draft: &Draft, cells: &mut Cells) {
    let subject = draft.subject.as_ref();
    let (kind, key) = subject.map(|(kind, key)| (kind, key)).unzip();
    cells
        .text("key", &draft.key)
        .text("indicator_key", &draft.indicator)
        .optional("territory_code", draft.territory.as_ref())
        .optional("activity", draft.activity.as_ref())
        .optional("subject_kind", kind)
        .optional("subject_key", key)
        .optional("period", draft.period.as_ref())
        .optional("period_basis", draft.period_basis)
        .number("value", draft.value)
        .optional_number("value_max", draft.value_max)
        .text("qualifier", draft.qualifier)
        .optional("scope", draft.scope.as_ref())
        .optional("producer_key", draft.producer.as_ref())
        .text("source_key", &draft.source)
        .optional("note", draft.note.as_ref());
}
