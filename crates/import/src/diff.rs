//! What a run would change, fact by fact and field by field.

use std::collections::HashMap;

use entity::{ConceptKind, Difference, differences};
use serde::Serialize;
use store::load::Batch;

use crate::known::Known;

/// A fact that would be new, other than it was, or gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    pub concept: ConceptKind,
    pub key: String,
    pub change: entity::Change,
    /// File and line, or sheet and row, that say so; none for a figure that no row states any more.
    pub place: Option<String>,
    /// What differs; for a new fact every field that is not empty.
    pub fields: Vec<Difference>,
}

/// What writing the batch would change.
pub(crate) fn between(stored: &Batch, batch: &Batch, known: &Known) -> Vec<Change> {
    let mut changes = Vec::new();
    // Every field by name, so that a concept cannot be forgotten.
    macro_rules! compare {
        ($($rows:ident: $concept:ident),+ $(,)?) => {
            let Batch { $($rows,)+ withdrawn: _, retracted: _ } = batch;
            $(
                let before = stored.$rows.iter().map(|draft| (draft.key.as_str(), draft)).collect();
                rows(ConceptKind::$concept, $rows, &before, |draft| &draft.key, known, &mut changes);
            )+
        };
    }
    compare! {
        sources: Source, units: Unit, territories: Territory, coordinates: Coordinates, activities: Activity, indicators: Indicator,
        organisations: Organisation, memberships: Membership, profiles: Profile, parks: Park, sites: Site, projects: Project,
        agreements: Agreement, plans: Plan, milestones: Milestone,
        incentives: Incentive, training_programmes: TrainingProgramme, events: Event, observations: Observation,
    }
    let gone = stored.observations.iter();
    for draft in gone.filter(|draft| batch.withdrawn.contains(&draft.key)) {
        changes.push(Change {
            concept: ConceptKind::Observation,
            key: draft.key.clone(),
            change: entity::Change::Retracted,
            place: None,
            fields: differences(Some(&json(draft)), None),
        });
    }
    changes
}

fn rows<D: PartialEq + Serialize>(
    concept: ConceptKind,
    drafts: &[D],
    stored: &HashMap<&str, &D>,
    key: impl Fn(&D) -> &String,
    known: &Known,
    changes: &mut Vec<Change>,
) {
    for draft in drafts {
        let key = key(draft);
        let before = stored.get(key.as_str()).copied();
        if before == Some(draft) {
            continue;
        }
        let place = known.place_of(concept, key).or_else(|| known.claimed(key));
        let change = match before {
            Some(_) => entity::Change::Revised,
            None => entity::Change::Created,
        };
        changes.push(Change {
            concept,
            key: key.clone(),
            change,
            place: place.map(ToString::to_string),
            fields: differences(before.map(json).as_deref(), Some(&json(draft))),
        });
    }
}

fn json(draft: &impl Serialize) -> String {
    serde_json::to_string(draft).expect("a draft has only string keys")
}
