//! Which events a subscriber is told: kinds, changes, and the filter of each kind.

use std::collections::{HashMap, HashSet};

use entity::{Change, ConceptKind};
use store::{
    Filter, Store,
    outbox::{self, Event},
};

/// Which events; every one by default.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Only these kinds.
    pub concepts: Option<HashSet<ConceptKind>>,
    /// Only these changes.
    pub changes: Option<Vec<Change>>,
    /// What the rows of a kind must meet.
    pub filters: HashMap<ConceptKind, Filter>,
}

impl Selection {
    /// The events to tell of, in their order. A row that may not be seen is not told of; one that was retracted could be seen until
    /// then: a figure is told of when what it said meets the filter, another fact whatever the filter of its kind. Costs one statement for each kind, whatever the number of events.
    pub async fn of(&self, store: &Store, events: &[Event]) -> Result<Vec<Event>, store::Error> {
        let asked = events.iter().filter(|event| self.asks_for(event));
        let mut standing: HashMap<ConceptKind, Vec<String>> = HashMap::new();
        let mut retracted = Vec::new();
        for event in asked.clone() {
            match event.change {
                Change::Retracted if event.concept == ConceptKind::Observation => {
                    retracted.push(event.key.clone());
                }
                // Of other facts only the draft is left, which no filter reads: whoever asks for their kind is told.
                Change::Retracted => {}
                _ => standing
                    .entry(event.concept)
                    .or_default()
                    .push(event.key.clone()),
            }
        }
        let mut found = HashMap::new();
        for (concept, keys) in standing {
            found.insert(concept, self.standing(store, concept, &keys).await?);
        }
        let ended = match retracted.is_empty() {
            true => HashSet::new(),
            false => {
                let filter = self.filter(ConceptKind::Observation);
                outbox::ended(store, &retracted, &filter).await?
            }
        };
        let meets = |event: &&Event| match event.change {
            Change::Retracted => {
                event.concept != ConceptKind::Observation || ended.contains(&event.key)
            }
            _ => found
                .get(&event.concept)
                .is_some_and(|keys| keys.contains(&event.key)),
        };
        Ok(asked.filter(meets).cloned().collect())
    }

    fn asks_for(&self, event: &Event) -> bool {
        let concept = self
            .concepts
            .as_ref()
            .is_none_or(|kinds| kinds.contains(&event.concept));
        let change = self
            .changes
            .as_ref()
            .is_none_or(|kinds| kinds.contains(&event.change));
        concept && change
    }

    fn filter(&self, concept: ConceptKind) -> Filter {
        self.filters.get(&concept).cloned().unwrap_or_default()
    }

    async fn standing(
        &self,
        store: &Store,
        concept: ConceptKind,
        keys: &[String],
    ) -> Result<HashSet<String>, store::Error> {
        let filter = self.filter(concept);
        macro_rules! standing {
            ($($kind:ident: $module:ident),+ $(,)?) => {
                match concept {
                    $(ConceptKind::$kind => outbox::standing::<entity::$module::Entity>(store, keys, &filter).await,)+
                    // These change with what they belong to, and the event is told of that.
                    ConceptKind::AgreementAxis | ConceptKind::PlanObjective => Ok(HashSet::new()),
                }
            };
        }
        standing! {
            Unit: unit, Source: source, Territory: territory, Activity: activity, Indicator: indicator, Organisation: organisation,
            Park: park, Site: site, Project: project, Agreement: agreement, Plan: plan, Incentive: incentive,
            Membership: membership, Profile: profile, Milestone: milestone, TrainingProgramme: training_programme, Event: event, Observation: observation, Coordinates: coordinates,
        }
    }
}
