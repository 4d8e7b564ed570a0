//! The census: many figures of one shape, all measured by HCP, keyed by what they are about.

use entity::{ConceptKind, PeriodBasis, Qualifier, ReferencePeriod, observation::Draft};

use crate::{cells::Cells, export::Stated, file::Table, observation::check_value, row::Row};

pub(crate) const TABLE: Table = Table {
    name: "observations_hcp",
    columns: &[
        "territory_code",
        "indicator_key",
        "period",
        "value",
        "unit",
        "source_key",
    ],
    optional: &[],
};

/// Key of the organisation that measures: Haut-Commissariat au Plan.
pub(crate) const PRODUCER: &str = "hcp";

pub(crate) fn read(row: &mut Row<'_>) -> Option<Draft> {
    let territory = row.reference("territory_code", ConceptKind::Territory);
    let indicator = row.reference("indicator_key", ConceptKind::Indicator);
    let period: Option<ReferencePeriod> = row.parse("period");
    let value = row.number("value");
    let unit = row.text("unit");
    let source = row.source();
    if !row.known.has(ConceptKind::Organisation, PRODUCER) {
        let reason = format!("needs the organisation {PRODUCER} as its producer, which is unknown");
        row.refuse("source_key", reason);
    }
    let (territory, indicator, period) = (territory?, indicator?, period?);
    let (value, unit, source) = (value?, unit?, source?);
    check_value(row, "value", &indicator, value);
    let expected = row
        .known
        .counted(&indicator)
        .map(|counted| counted.unit.clone());
    if let Some(expected) = expected.filter(|expected| *expected != unit) {
        row.refuse(
            "unit",
            format!("is not the unit of {indicator}: {expected}"),
        );
    }
    let key = key(&indicator, &territory, &period, &source);
    if entity::shape::is_key(&key) {
        row.declare("indicator_key", ConceptKind::Observation, &key);
    } else {
        row.refuse(
            "indicator_key",
            format!("makes a key that is too long: {key}"),
        );
    }
    Some(Draft {
        key,
        indicator,
        territory: Some(territory),
        activity: None,
        subject: None,
        period: Some(period),
        period_basis: Some(PeriodBasis::Stated),
        value,
        value_max: None,
        qualifier: Qualifier::Exact,
        scope: None,
        producer: Some(PRODUCER.to_owned()),
        source,
        note: None,
    })
}

/// The key of a figure of the census: what it measures, where, when, and which table of HCP prints it.
pub(crate) fn key(
    indicator: &str,
    territory: &str,
    period: &ReferencePeriod,
    source: &str,
) -> String {
    let dates = period.as_str().replace('/', "-");
    format!("{indicator}.{territory}.{dates}.{source}")
}

/// Whether an observation has the key the census would give it.
fn is_census(observation: &Draft) -> bool {
    let (Some(territory), Some(period)) = (&observation.territory, &observation.period) else {
        return false;
    };
    observation.producer.as_deref() == Some(PRODUCER)
        && observation.key
            == key(
                &observation.indicator,
                territory,
                period,
                &observation.source,
            )
}

pub(crate) fn write(draft: &Draft, stated: &Stated<'_>, cells: &mut Cells) {
    cells
        .optional("territory_code", draft.territory.as_ref())
        .text("indicator_key", &draft.indicator)
        .optional("period", draft.period.as_ref())
        .number("value", draft.value)
        .optional("unit", stated.unit(&draft.indicator))
        .text("source_key", &draft.source);
}

/// Whether the table of the census can state all that an observation says.
pub(crate) fn says_all(draft: &Draft) -> bool {
    let Draft {
        activity: None,
        subject: None,
        period_basis: Some(PeriodBasis::Stated),
        value_max: None,
        qualifier: Qualifier::Exact,
        scope: None,
        note: None,
        ..
    } = draft
    else {
        return false;
    };
    is_census(draft)
}
