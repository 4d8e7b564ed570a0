//! What keys may point to: the rows of the database, and those of the files read so far.
//!
//! Files are read in the order of their references, so a key is known before anything names it; only a row above
//! another of its own file (a territory, an activity, an organisation) is checked once that file is read.

use std::collections::{HashMap, HashSet};

use entity::{ConceptKind, Level, Measure, OrganisationKind};

use crate::problem::{Place, Problem, Problems};

/// Most rows above one another in a tree.
const DEPTH: usize = 32;

/// How an indicator is counted, which decides what values it can have.
#[derive(Clone, Debug)]
pub(crate) struct Counted {
    pub unit: String,
    pub measure: Measure,
}

#[derive(Default)]
pub(crate) struct Known {
    stored: HashMap<ConceptKind, HashSet<String>>,
    declared: HashMap<ConceptKind, HashMap<String, Place>>,
    /// The row above each row of a tree, the files' word before the database's.
    above: HashMap<ConceptKind, HashMap<String, String>>,
    placed: Vec<Placed>,
    levels: HashMap<String, Level>,
    kinds: HashMap<String, OrganisationKind>,
    indicators: HashMap<String, Counted>,
    /// Keys of the figures that columns of numbers state, and where.
    claimed: HashMap<String, Place>,
    pointing: Vec<Pointing>,
    /// Keys of observations that rows name.
    pointed: HashSet<String>,
}

/// A row that names the observation which states its figure.
struct Pointing {
    key: String,
    column: String,
    place: Place,
}

/// A row that says what stands above it.
struct Placed {
    concept: ConceptKind,
    key: String,
    parent: String,
    column: String,
    place: Place,
}

impl Known {
    /// A row of the database.
    pub fn store(&mut self, concept: ConceptKind, key: &str, parent: Option<&str>) {
        self.stored
            .entry(concept)
            .or_default()
            .insert(key.to_owned());
        if let Some(parent) = parent {
            self.above
                .entry(concept)
                .or_default()
                .insert(key.to_owned(), parent.to_owned());
        }
    }

    /// A row of the files; gives the place of the first row with that key, if there is one.
    pub fn declare(&mut self, concept: ConceptKind, key: &str, place: &Place) -> Option<Place> {
        let declared = self.declared.entry(concept).or_default();
        if let Some(first) = declared.get(key) {
            return Some(first.clone());
        }
        declared.insert(key.to_owned(), place.clone());
        None
    }

    /// Ends the program's own rows: the files may state them again, in other words.
    pub fn settle(&mut self) {
        for (concept, declared) in self.declared.drain() {
            self.stored
                .entry(concept)
                .or_default()
                .extend(declared.into_keys());
        }
    }

    /// Whether the files of this run have a row with this key.
    pub fn is_declared(&self, concept: ConceptKind, key: &str) -> bool {
        let declared = self.declared.get(&concept);
        declared.is_some_and(|keys| keys.contains_key(key))
    }

    pub fn has(&self, concept: ConceptKind, key: &str) -> bool {
        let stored = self.stored.get(&concept);
        self.is_declared(concept, key) || stored.is_some_and(|keys| keys.contains(key))
    }

    pub fn count_in(&mut self, indicator: &str, counted: Counted) {
        self.indicators.insert(indicator.to_owned(), counted);
    }

    pub fn counted(&self, indicator: &str) -> Option<&Counted> {
        self.indicators.get(indicator)
    }

    pub fn set_level(&mut self, territory: &str, level: Level) {
        self.levels.insert(territory.to_owned(), level);
    }

    pub fn set_kind(&mut self, organisation: &str, kind: OrganisationKind) {
        self.kinds.insert(organisation.to_owned(), kind);
    }

    pub fn is_federation(&self, organisation: &str) -> bool {
        self.kinds.get(organisation) == Some(&OrganisationKind::Federation)
    }

    pub fn place_under(
        &mut self,
        concept: ConceptKind,
        key: &str,
        parent: &str,
        column: &str,
        place: &Place,
    ) {
        self.above
            .entry(concept)
            .or_default()
            .insert(key.to_owned(), parent.to_owned());
        self.placed.push(Placed {
            concept,
            key: key.to_owned(),
            parent: parent.to_owned(),
            column: column.to_owned(),
            place: place.clone(),
        });
    }

    /// Checks the rows placed since the last call: what stands above exists, and nothing stands above itself.
    pub fn check_trees(&mut self, problems: &mut Problems) {
        for placed in std::mem::take(&mut self.placed) {
            let (concept, key) = (placed.concept, &placed.key);
            let reason = if !self.has(concept, &placed.parent) {
                format!("is unknown: no {concept} has this key, in the files or in the database")
            } else if self.stands_above_itself(concept, key) {
                format!("closes a circle: {key} would stand above itself")
            } else if self.rows_above(concept, key).nth(DEPTH).is_some() {
                format!("stands too deep: more than {DEPTH} rows are above {key}")
            } else if self.levels.get(&placed.parent) > self.levels.get(&placed.key) {
                "is a territory of a lower level".to_owned()
            } else {
                continue;
            };
            problems.push(Problem::at(
                &placed.place,
                &placed.column,
                &placed.parent,
                reason,
            ));
        }
    }

    /// A column states the figure with this key.
    pub fn claim(&mut self, key: &str, place: &Place) {
        self.claimed.insert(key.to_owned(), place.clone());
    }

    /// Where a column states the figure with this key.
    pub fn claimed(&self, key: &str) -> Option<&Place> {
        self.claimed.get(key)
    }

    /// A row names the observation with this key, which may be read later.
    pub fn point(&mut self, key: &str, column: &str, place: &Place) {
        self.pointed.insert(key.to_owned());
        self.pointing.push(Pointing {
            key: key.to_owned(),
            column: column.to_owned(),
            place: place.clone(),
        });
    }

    /// Whether a row of the files names the observation with this key.
    pub fn is_pointed(&self, key: &str) -> bool {
        self.pointed.contains(key)
    }

    /// Checks the observations that rows name.
    pub fn check_figures(&mut self, problems: &mut Problems) {
        for pointing in std::mem::take(&mut self.pointing) {
            let Pointing { key, column, place } = pointing;
            if self.has(ConceptKind::Observation, &key) || self.claimed.contains_key(&key) {
                continue;
            }
            let reason = "is unknown: no observation has this key, in the files or in the database";
            problems.push(Problem::at(&place, &column, &key, reason));
        }
    }

    /// Where the files have a row with this key.
    pub fn place_of(&self, concept: ConceptKind, key: &str) -> Option<&Place> {
        self.declared.get(&concept)?.get(key)
    }

    fn stands_above_itself(&self, concept: ConceptKind, key: &str) -> bool {
        self.rows_above(concept, key).any(|above| above == key)
    }

    /// The keys above a row, nearest first; endless in a circle, so cut just past the depth allowed.
    fn rows_above<'a>(
        &'a self,
        concept: ConceptKind,
        key: &'a str,
    ) -> impl Iterator<Item = &'a str> {
        let above = self.above.get(&concept);
        let up = move |key: &&'a str| Some(above?.get(*key)?.as_str());
        std::iter::successors(Some(key), up).skip(1).take(DEPTH + 1)
    }
}
