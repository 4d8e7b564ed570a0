//! Plans and their objectives, which stand in a file of their own; what an objective aims at is a figure about the plan.

use std::collections::{BTreeMap, HashMap, HashSet};

use entity::{
    ConceptKind, Qualifier, SubjectKind,
    plan::{Draft, ObjectiveDraft},
};

use crate::{
    cells::Cells,
    export::Stated,
    figure::{Claim, Claimed},
    file::Table,
    row::Row,
};

pub(crate) const TABLE: Table = Table {
    name: "plans",
    columns: &[
        "key",
        "title_fr",
        "title_en",
        "territory_code",
        "period",
        "owner_key",
        "source_key",
    ],
    optional: &[],
};

pub(crate) const OBJECTIVES: Table = Table {
    name: "plan_objectives",
    columns: &[
        "plan_key",
        "ordinal",
        "title_fr",
        "title_en",
        "value",
        "unit",
        "horizon",
        "source_key",
    ],
    // Where the figure is another observation than the columns would make, or there is none.
    optional: &["observation"],
};

/// An objective, the key of its plan, and the figure it aims at.
pub(crate) struct Objective {
    pub plan: String,
    pub draft: ObjectiveDraft,
    pub claim: Option<Claim>,
}

pub(crate) fn read(row: &mut Row<'_>) -> Option<Draft> {
    let key = row.key("key", ConceptKind::Plan);
    let title_fr = row.text("title_fr");
    let title_en = row.text("title_en");
    let territory = row.reference("territory_code", ConceptKind::Territory);
    let period = row.optional_parse("period");
    let owner = row.optional_reference("owner_key", ConceptKind::Organisation);
    let source = row.source();
    let (key, territory) = (key?, territory?);
    Some(Draft {
        key,
        title_fr: title_fr?,
        title_en: title_en?,
        territory,
        period,
        owner,
        objectives: Vec::new(),
        source: source?,
    })
}

/// Reads an objective; `territories` says where each plan applies.
pub(crate) fn read_objective(
    row: &mut Row<'_>,
    territories: &HashMap<String, String>,
) -> Option<Objective> {
    let plan = row.reference("plan_key", ConceptKind::Plan);
    let ordinal = row.ordinal("ordinal");
    if let (Some(plan), Some(ordinal)) = (&plan, ordinal) {
        let key = format!("{plan}.{ordinal}");
        row.declare("ordinal", ConceptKind::PlanObjective, &key);
    }
    let title_fr = row.text("title_fr");
    let title_en = row.text("title_en");
    let stated = row.figure("observation", "value");
    let value = row.number_unless("value", "observation");
    let unit = match value {
        Some(_) => row.reference("unit", ConceptKind::Unit),
        None => row.optional_reference("unit", ConceptKind::Unit),
    };
    if unit.is_some() && row.is_empty("value") {
        row.refuse("unit", "counts a value that is not given");
    }
    let horizon = row.optional_parse("horizon");
    let source = row.source();
    let (plan, ordinal) = (plan?, ordinal?);
    let claim = match value.zip(unit) {
        None => None,
        Some((value, unit)) => {
            let indicator = indicator(&unit);
            if !row.known.has(ConceptKind::Indicator, &indicator) {
                row.refuse(
                    "unit",
                    format!("has no indicator for objectives: add {indicator} to indicators.csv"),
                );
                return None;
            }
            let claimed = Claimed {
                key: figure_key(&plan, ordinal),
                indicator: &indicator,
                territory: territories.get(&plan).cloned(),
                subject: Some((SubjectKind::Plan, plan.clone())),
                period: Option::clone(&horizon),
                qualifier: Some(Qualifier::Target),
                scope: Some(format!("objective:{ordinal}")),
                source: source.clone(),
                ..Claimed::default()
            };
            aimed_at(row, value, claimed)
        }
    };
    let draft = ObjectiveDraft {
        ordinal,
        title_fr: title_fr?,
        title_en: title_en?,
        horizon,
        observation: stated,
        source: source?,
    };
    Some(Objective { plan, draft, claim })
}

fn aimed_at(row: &mut Row<'_>, value: f64, claimed: Claimed<'_>) -> Option<Claim> {
    let claim = Claim::of(row, "value", value, claimed)?;
    Some(Claim {
        any_indicator: true,
        same: |claim, found, known| {
            let unit = |indicator| known.counted(indicator).map(|counted| &counted.unit);
            claim.period == found.period && unit(&claim.indicator) == unit(&found.indicator)
        },
        ..claim
    })
}

/// The indicator of objectives in a unit that no other indicator counts.
fn indicator(unit: &str) -> String {
    format!("plan_objective_{}", unit.to_lowercase().replace(' ', "_"))
}

fn figure_key(plan: &str, ordinal: i32) -> String {
    format!("plan.{plan}.{ordinal}")
}

/// Plans with their objectives: those of the files over those of the database, which are kept when a file leaves them out.
pub(crate) fn join(
    mut plans: Vec<Draft>,
    objectives: Vec<(String, ObjectiveDraft)>,
    stored: &HashMap<&str, &Draft>,
) -> Vec<Draft> {
    let mut stated: BTreeMap<String, BTreeMap<i32, ObjectiveDraft>> = BTreeMap::new();
    for (key, objective) in objectives {
        let of_parent = stated.entry(key).or_default();
        of_parent.insert(objective.ordinal, objective);
    }
    let from_files: HashSet<&str> = plans.iter().map(|row| row.key.as_str()).collect();
    let others = stated
        .keys()
        .map(String::as_str)
        .filter(|key| !from_files.contains(key));
    let others: Vec<Draft> = others
        .filter_map(|key| stored.get(key).copied().cloned())
        .collect();
    plans.extend(others);
    for row in &mut plans {
        let before = stored
            .get(row.key.as_str())
            .map_or(&[][..], |before| &before.objectives);
        let before = before
            .iter()
            .map(|objective| (objective.ordinal, objective.clone()));
        let mut joined: BTreeMap<i32, ObjectiveDraft> = before.collect();
        joined.extend(stated.remove(&row.key).unwrap_or_default());
        row.objectives = joined.into_values().collect();
    }
    plans
}

pub(crate) fn write(draft: &Draft, cells: &mut Cells) {
    cells
        .text("key", &draft.key)
        .text("title_fr", &draft.title_fr)
        .text("title_en", &draft.title_en)
        .text("territory_code", &draft.territory)
        .optional("period", draft.period.as_ref())
        .optional("owner_key", draft.owner.as_ref())
        .text("source_key", &draft.source);
}

pub(crate) fn write_objective(
    (plan, draft): &(&str, &ObjectiveDraft),
    stated: &Stated<'_>,
    cells: &mut Cells,
) {
    cells
        .text("plan_key", plan)
        .number("ordinal", f64::from(draft.ordinal))
        .text("title_fr", &draft.title_fr)
        .text("title_en", &draft.title_en)
        .optional("horizon", draft.horizon.as_ref())
        .text("source_key", &draft.source);
    let named = draft.observation.as_deref();
    match stated.figure(&figure_key(plan, draft.ordinal), named, cells) {
        Some(figure) => cells
            .number("value", figure.value)
            .optional("unit", stated.unit(&figure.indicator)),
        None => cells.figure("observation", named),
    };
}
