//! Plans and their objectives, which stand in a file of their own; what an objective aims at is a figure about the plan.

use std::collections::{BTreeMap, HashMap, HashSet};

use entity::{
    ConceptKind, Qualifier, SubjectKind,
    plan::{Draft, ObjectiveDraft},
};

use crate::{
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
    optional: &[],
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
    let value = row.number("value");
    let unit = row.reference("unit", ConceptKind::Unit);
    let horizon = row.optional_parse("horizon");
    let source = row.source();
    let (plan, ordinal, value, unit) = (plan?, ordinal?, value?, unit?);
    let indicator = format!("plan_objective_{}", unit.to_lowercase().replace(' ', "_"));
    if !row.known.has(ConceptKind::Indicator, &indicator) {
        row.refuse(
            "unit",
            format!("has no indicator for objectives: add {indicator} to indicators.csv"),
        );
        return None;
    }
    let claimed = Claimed {
        key: format!("plan.{plan}.{ordinal}"),
        indicator: &indicator,
        territory: territories.get(&plan).cloned(),
        subject: Some((SubjectKind::Plan, plan.clone())),
        period: Option::clone(&horizon),
        qualifier: Some(Qualifier::Target),
        scope: Some(format!("objective:{ordinal}")),
        source: source.clone(),
        ..Claimed::default()
    };
    let claim = Claim::of(row, "value", value, claimed).map(|claim| Claim {
        any_indicator: true,
        same: |claim, found, known| {
            let unit = |indicator| known.counted(indicator).map(|counted| &counted.unit);
            claim.period == found.period && unit(&claim.indicator) == unit(&found.indicator)
        },
        ..claim
    });
    let draft = ObjectiveDraft {
        ordinal,
        title_fr: title_fr?,
        title_en: title_en?,
        horizon,
        observation: None,
        source: source?,
    };
    Some(Objective { plan, draft, claim })
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
