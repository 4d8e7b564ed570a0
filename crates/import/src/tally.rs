//! Counting: what the files say beside what is stored.

use std::collections::{HashMap, HashSet};

use store::load::Batch;

use crate::{
    census,
    contents::Contents,
    figure,
    report::{Tally, VOCABULARY},
};

/// Rows of the tables that keep no key of an observation, and of the program's own vocabulary.
pub(crate) fn tables(contents: &Contents, stored: &Batch) -> HashMap<&'static str, Tally> {
    let mut tallies = HashMap::new();
    macro_rules! tables {
        ($($name:literal: $rows:ident),+ $(,)?) => {$(
            tallies.insert($name, tally(&contents.$rows, &stored.$rows, |draft| &draft.key));
        )+};
    }
    tables!("sources": sources, "activities": activities, "organisations": organisations, "territories": territories, "coordinates": coordinates);
    tables!("memberships": memberships, "profiles": profiles, "milestones": milestones);
    tables!("parks": parks, "plans": plans, "agreements": agreements, "incentives": incentives, "events": events);

    // The program's own words are not rows of a file.
    let (own, units) = apart(&contents.own_units, &stored.units, |draft| &draft.key);
    let own_units = tally_of(&contents.own_units, own.into_iter(), |draft| &draft.key);
    tallies.insert(
        "units",
        tally_of(&contents.units, units.into_iter(), |draft| &draft.key),
    );
    let (own, indicators) = apart(&contents.own_indicators, &stored.indicators, |draft| {
        &draft.key
    });
    let own_indicators = tally_of(&contents.own_indicators, own.into_iter(), |draft| {
        &draft.key
    });
    let indicators = tally_of(&contents.indicators, indicators.into_iter(), |draft| {
        &draft.key
    });
    tallies.insert("indicators", indicators);
    tallies.insert(VOCABULARY, own_units.and(own_indicators));

    let mut agreements = contents.agreements.clone();
    let mut plans = contents.plans.clone();
    for agreement in &mut agreements {
        agreement.axes.clear();
    }
    for plan in &mut plans {
        plan.objectives.clear();
    }
    let without_axes: Vec<_> = stored
        .agreements
        .iter()
        .map(|draft| entity::agreement::Draft {
            axes: Vec::new(),
            ..draft.clone()
        })
        .collect();
    let without_objectives: Vec<_> = stored
        .plans
        .iter()
        .map(|draft| entity::plan::Draft {
            objectives: Vec::new(),
            ..draft.clone()
        })
        .collect();
    tallies.insert(
        "agreements",
        tally(&agreements, &without_axes, |draft| &draft.key),
    );
    tallies.insert(
        "plans",
        tally(&plans, &without_objectives, |draft| &draft.key),
    );

    let axes: Vec<_> = contents
        .axes
        .iter()
        .map(|(agreement, axis)| (format!("{agreement}.{}", axis.ordinal), axis.clone()))
        .collect();
    let stored_axes: Vec<_> = stored
        .agreements
        .iter()
        .flat_map(|draft| {
            draft
                .axes
                .iter()
                .map(|axis| (format!("{}.{}", draft.key, axis.ordinal), axis.clone()))
        })
        .collect();
    tallies.insert("agreement_axes", tally(&axes, &stored_axes, |(key, _)| key));

    let stated: HashSet<&str> = contents
        .observations
        .iter()
        .map(|draft| draft.key.as_str())
        .collect();
    let (from_census, others): (Vec<_>, Vec<_>) = stored
        .observations
        .iter()
        .filter(|draft| !figure::is_reserved(&draft.key) || stated.contains(draft.key.as_str()))
        .partition(|draft| census::says_all(draft));
    tallies.insert(
        "observations",
        tally_of(&contents.observations, others.into_iter(), |draft| {
            &draft.key
        }),
    );
    tallies.insert(
        "observations_hcp",
        tally_of(&contents.census, from_census.into_iter(), |draft| {
            &draft.key
        }),
    );
    tallies
}

pub(crate) fn objectives(
    objectives: &[(String, entity::plan::ObjectiveDraft)],
    stored: &[entity::plan::Draft],
) -> Tally {
    let keyed = |plan: &str, objective: &entity::plan::ObjectiveDraft| {
        (format!("{plan}.{}", objective.ordinal), objective.clone())
    };
    let rows: Vec<_> = objectives
        .iter()
        .map(|(plan, objective)| keyed(plan, objective))
        .collect();
    let before: Vec<_> = stored
        .iter()
        .flat_map(|plan| {
            plan.objectives
                .iter()
                .map(|objective| keyed(&plan.key, objective))
        })
        .collect();
    tally(&rows, &before, |(key, _)| key)
}

pub(crate) fn tally<D: PartialEq>(rows: &[D], stored: &[D], key: impl Fn(&D) -> &String) -> Tally {
    tally_of(rows, stored.iter(), key)
}

pub(crate) fn tally_of<'a, D: PartialEq + 'a>(
    rows: &'a [D],
    stored: impl Iterator<Item = &'a D>,
    key: impl Fn(&D) -> &String,
) -> Tally {
    let mut before: HashMap<&str, &D> = stored.map(|row| (key(row).as_str(), row)).collect();
    let mut tally = Tally::default();
    for row in rows {
        match before.remove(key(row).as_str()) {
            None => tally.new += 1,
            Some(same) if same == row => tally.unchanged += 1,
            Some(_) => tally.changed += 1,
        }
    }
    tally.kept = before.len();
    tally
}

/// Stored rows with the keys of `own`, and the others.
fn apart<'a, D>(
    own: &[D],
    stored: &'a [D],
    key: impl Fn(&D) -> &String,
) -> (Vec<&'a D>, Vec<&'a D>) {
    stored
        .iter()
        .partition(|row| own.iter().any(|own| key(own) == key(row)))
}
