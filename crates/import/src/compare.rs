//! From what the files say to what is written: figures merged with the observations that state them, rows counted.

use std::collections::HashSet;

use entity::{Qualifier, observation};
use store::load::Batch;

use crate::{
    agreement,
    contents::{Contents, TABLES},
    figure::{self, Claim, Figures},
    known::Known,
    plan,
    report::{FileReport, Report, VOCABULARY},
    tally::{self, tally, tally_of},
};

/// What to write, and what that will have been.
pub(crate) fn batch(contents: Contents, stored: &Batch) -> (Batch, Report, Known) {
    let mut report = Report::default();
    let mut tallies = tally::tables(&contents, stored);
    let mut batch = Batch::default();

    let from_files: HashSet<&str> = contents
        .observations
        .iter()
        .chain(&contents.census)
        .map(|draft| draft.key.as_str())
        .collect();
    let absent = stored
        .observations
        .iter()
        .filter(|draft| !from_files.contains(draft.key.as_str()));
    let observations = contents
        .observations
        .iter()
        .chain(&contents.census)
        .chain(absent);
    let mut settled = Settled {
        figures: Figures::new(observations, &contents.known),
        derived: Vec::new(),
        merged: 0,
    };
    batch.sites = settled.attach(contents.sites, |draft, key| {
        draft.headcount_observation = key
    });
    batch.projects = settled.attach(contents.projects, |draft, key| {
        draft.budget_observation = key
    });
    let programmes = contents.training_programmes;
    batch.training_programmes = settled.attach(programmes, |draft, key| draft.observation = key);
    let objectives = contents
        .objectives
        .into_iter()
        .map(|mut objective| {
            if let Some(claim) = objective.claim {
                objective.draft.observation = Some(settled.key_of(claim));
            }
            (objective.plan, objective.draft)
        })
        .collect::<Vec<_>>();
    for claim in contents.claims {
        settled.key_of(claim);
    }
    let Settled {
        derived, merged, ..
    } = settled;
    let stated: HashSet<&str> = contents
        .observations
        .iter()
        .map(|draft| draft.key.as_str())
        .collect();

    // Rows that point to another observation than before have changed too.
    let stored_plans = stored
        .plans
        .iter()
        .map(|row| (row.key.as_str(), row))
        .collect();
    tallies.insert(
        "plan_objectives",
        tally::objectives(&objectives, &stored.plans),
    );
    tallies.insert(
        "sites",
        tally(&batch.sites, &stored.sites, |draft| &draft.key),
    );
    tallies.insert(
        "projects",
        tally(&batch.projects, &stored.projects, |draft| &draft.key),
    );
    tallies.insert(
        "training",
        tally(
            &batch.training_programmes,
            &stored.training_programmes,
            |draft| &draft.key,
        ),
    );

    let undated = |draft: &&observation::Draft| {
        draft.qualifier == Qualifier::Target && draft.period.is_none()
    };
    report.undated_targets = contents
        .observations
        .iter()
        .chain(&derived)
        .filter(undated)
        .count();
    // Those that the files state as observations are counted among these.
    let stored_figures = stored
        .observations
        .iter()
        .filter(|draft| figure::is_reserved(&draft.key))
        .filter(|draft| !stated.contains(draft.key.as_str()));
    report.figures.merged = merged;
    report.figures.tally = tally_of(&derived, stored_figures.clone(), |draft| &draft.key);
    let produced: HashSet<&str> = derived.iter().map(|draft| draft.key.as_str()).collect();
    batch.withdrawn = stored_figures
        .filter(|draft| !produced.contains(draft.key.as_str()))
        .filter(|draft| !contents.known.is_pointed(&draft.key))
        .filter(|draft| {
            let owner = figure::owner(&draft.key);
            owner.is_some_and(|(concept, key)| contents.known.is_declared(concept, key))
        })
        .map(|draft| draft.key.clone())
        .collect();
    report.figures.withdrawn = batch.withdrawn.len();
    report.figures.tally.kept -= batch.withdrawn.len();
    let own = (contents.own_units.len() + contents.own_indicators.len()) as u64;
    report.files.push(FileReport {
        name: VOCABULARY,
        rows: Some(own),
        refused: 0,
        tally: tallies[VOCABULARY],
    });
    let files = TABLES.iter().map(|table| FileReport {
        name: table.name,
        rows: contents.rows.get(table.name).copied().flatten(),
        refused: contents
            .refused
            .get(table.name)
            .copied()
            .unwrap_or_default(),
        tally: tallies.get(table.name).copied().unwrap_or_default(),
    });
    report.files.extend(files);

    let stored_agreements = stored
        .agreements
        .iter()
        .map(|row| (row.key.as_str(), row))
        .collect();
    batch.agreements = agreement::join(contents.agreements, contents.axes, &stored_agreements);
    batch.plans = plan::join(contents.plans, objectives, &stored_plans);
    batch.units = contents.own_units;
    batch.units.extend(contents.units);
    batch.sources = contents.sources;
    batch.activities = contents.activities;
    batch.indicators = contents.own_indicators;
    batch.indicators.extend(contents.indicators);
    batch.organisations = contents.organisations;
    batch.memberships = contents.memberships;
    batch.profiles = contents.profiles;
    batch.milestones = contents.milestones;
    batch.territories = contents.territories;
    batch.coordinates = contents.coordinates;
    batch.parks = contents.parks;
    batch.incentives = contents.incentives;
    batch.events = contents.events;
    batch.observations = contents.observations;
    batch.observations.extend(contents.census);
    batch.observations.extend(derived);
    (batch, report, contents.known)
}

/// Claims, each settled: an observation states it already, or it becomes one.
struct Settled<'a> {
    figures: Figures<'a>,
    derived: Vec<observation::Draft>,
    merged: usize,
}

impl Settled<'_> {
    /// Rows with the key of the observation that states their figure.
    fn attach<D>(
        &mut self,
        rows: Vec<(D, Option<Claim>)>,
        set: impl Fn(&mut D, Option<String>),
    ) -> Vec<D> {
        let attached = rows.into_iter().map(|(mut draft, claim)| {
            if let Some(claim) = claim {
                set(&mut draft, Some(self.key_of(claim)));
            }
            draft
        });
        attached.collect()
    }

    /// The key of the observation that states the claim.
    fn key_of(&mut self, mut claim: Claim) -> String {
        if let Some(found) = self.figures.stating(&claim) {
            self.merged += 1;
            return found.key.clone();
        }
        if let Some(qualifier) = self.figures.wording(&claim.draft) {
            claim.draft.qualifier = qualifier;
        }
        let key = claim.draft.key.clone();
        self.derived.push(claim.draft);
        key
    }
}
