//! Facts of the concepts that people curate, each as its draft.

use crate::{
    ConceptKind, SubjectKind, agreement, event, incentive, membership, milestone, observation,
    organisation, park, plan, profile, project, site, source, training_programme,
};

macro_rules! facts {
    ($($name:ident: $module:ident),+ $(,)?) => {
        /// A fact as somebody states it.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Fact { $($name($module::Draft)),+ }

        impl Fact {
            /// The concepts that people curate; the others come with the shipped data.
            pub const CONCEPTS: &[ConceptKind] = &[$(ConceptKind::$name),+];

            pub fn concept(&self) -> ConceptKind {
                match self { $(Self::$name(_) => ConceptKind::$name),+ }
            }

            pub fn key(&self) -> &str {
                match self { $(Self::$name(draft) => &draft.key),+ }
            }

            /// Gives it another key.
            pub fn rename(&mut self, key: String) {
                match self { $(Self::$name(draft) => draft.key = key),+ }
            }

            /// The draft as JSON, as versions and proposals keep it.
            pub fn to_json(&self) -> serde_json::Result<String> {
                match self { $(Self::$name(draft) => serde_json::to_string(draft)),+ }
            }

            /// A draft that was kept; none for a concept that people do not curate.
            pub fn from_json(concept: ConceptKind, content: &str) -> serde_json::Result<Option<Self>> {
                Ok(match concept {
                    $(ConceptKind::$name => Some(Self::$name(serde_json::from_str(content)?)),)+
                    _ => None,
                })
            }
        }
    };
}

impl Fact {
    /// Lets whatever refers to one source refer to another.
    pub fn replace_source(&mut self, from: &str, to: &str) {
        let own = match self {
            Self::Source(_) => None,
            Self::Organisation(draft) => Some(&mut draft.source),
            Self::Membership(draft) => Some(&mut draft.source),
            Self::Profile(draft) => Some(&mut draft.source),
            Self::Park(draft) => Some(&mut draft.source),
            Self::Site(draft) => Some(&mut draft.source),
            Self::Project(draft) => Some(&mut draft.source),
            Self::Agreement(draft) => Some(&mut draft.source),
            Self::Plan(draft) => Some(&mut draft.source),
            Self::Milestone(draft) => Some(&mut draft.source),
            Self::Incentive(draft) => Some(&mut draft.source),
            Self::TrainingProgramme(draft) => Some(&mut draft.source),
            Self::Event(draft) => Some(&mut draft.source),
            Self::Observation(draft) => Some(&mut draft.source),
        };
        let replace = |source: &mut String| {
            if source == from {
                to.clone_into(source);
            }
        };
        own.into_iter().for_each(replace);
        match self {
            Self::Agreement(draft) => draft
                .axes
                .iter_mut()
                .map(|axis| &mut axis.source)
                .for_each(replace),
            Self::Plan(draft) => {
                let objectives = draft.objectives.iter_mut();
                objectives
                    .map(|objective| &mut objective.source)
                    .for_each(replace);
            }
            _ => {}
        }
    }

    /// Lets whatever refers to one organisation refer to another.
    pub fn replace_organisation(&mut self, from: &str, to: &str) {
        let one = |key: &mut String| {
            if key == from {
                to.clone_into(key);
            }
        };
        let list = |keys: &mut Vec<String>| {
            keys.iter_mut().for_each(one);
            // Where both took part, one does.
            let mut seen = Vec::new();
            keys.retain(|key| {
                let new = !seen.contains(key);
                seen.push(key.clone());
                new
            });
        };
        match self {
            Self::Source(_) | Self::Incentive(_) | Self::Milestone(_) => {}
            Self::Organisation(draft) => {
                draft.parent.iter_mut().for_each(one);
                // Nothing belongs to itself.
                draft.parent = draft.parent.take().filter(|parent| *parent != draft.key);
            }
            Self::Membership(draft) => {
                one(&mut draft.organisation);
                one(&mut draft.federation);
            }
            Self::Profile(draft) => one(&mut draft.organisation),
            Self::Park(draft) => draft.operator.iter_mut().for_each(one),
            Self::Site(draft) => one(&mut draft.organisation),
            Self::Project(draft) => {
                draft.owner.iter_mut().for_each(one);
                list(&mut draft.partners);
            }
            Self::Agreement(draft) => list(&mut draft.parties),
            Self::Plan(draft) => draft.owner.iter_mut().for_each(one),
            Self::TrainingProgramme(draft) => one(&mut draft.organisation),
            Self::Event(draft) => list(&mut draft.organisers),
            Self::Observation(draft) => {
                draft.producer.iter_mut().for_each(one);
                if let Some((SubjectKind::Organisation, key)) = &mut draft.subject {
                    one(key);
                }
            }
        }
    }

    /// Keys of observations that it names as its figures.
    pub fn figures(&self) -> Vec<&str> {
        match self {
            Self::Site(draft) => draft.headcount_observation.as_deref().into_iter().collect(),
            Self::Project(draft) => draft.budget_observation.as_deref().into_iter().collect(),
            Self::TrainingProgramme(draft) => draft.observation.as_deref().into_iter().collect(),
            Self::Plan(draft) => {
                let objectives = draft.objectives.iter();
                objectives
                    .filter_map(|objective| objective.observation.as_deref())
                    .collect()
            }
            _ => Vec::new(),
        }
    }
}

// In the order in which they can be written: what a fact refers to comes before it.
facts! {
    Source: source, Organisation: organisation, Membership: membership, Profile: profile, Park: park, Site: site, Project: project,
    Agreement: agreement, Plan: plan, Milestone: milestone, Incentive: incentive, TrainingProgramme: training_programme, Event: event, Observation: observation,
}
