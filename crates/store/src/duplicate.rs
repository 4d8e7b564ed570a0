//! Rows that may be the same thing twice: organisations with nearly the same name, sites of one organisation at one place.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use entity::{ConceptKind, name, organisation, site};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{Error, Store};

/// Two rows that may be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duplicate {
    pub concept: ConceptKind,
    /// The keys: the one that was there first comes first.
    pub keys: [String; 2],
    pub why: Why,
}

/// Why two rows may be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The same name but for spelling and legal form.
    SameName(String),
    /// Names that differ in a letter or two.
    NearlySameName([String; 2]),
    /// The same organisation at the same place, doing the same.
    SamePlace,
}

/// How many names and sites are looked at.
const NAMES: u64 = 50_000;
const SITES: u64 = 200_000;

/// Words of names that tell no organisation from another.
const COMMON: [&str; 24] = [
    "sa", "sarl", "sas", "sasu", "spa", "au", "ltd", "inc", "llc", "gmbh", "plc", "group",
    "groupe", "holding", "company", "societe", "ste", "maroc", "morocco", "maghreb", "the", "la",
    "le", "de",
];

/// Names shorter than this are compared as they are.
const LONG: usize = 6;

/// Likely duplicates, the surest first.
pub async fn all(store: &Store, most: usize) -> Result<Vec<Duplicate>, Error> {
    let mut found = organisations(store).await?;
    found.extend(sites(store).await?);
    found.sort_by_key(|duplicate| match duplicate.why {
        Why::SameName(_) => 0,
        Why::SamePlace => 1,
        Why::NearlySameName(_) => 2,
    });
    found.truncate(most);
    Ok(found)
}

async fn organisations(store: &Store) -> Result<Vec<Duplicate>, Error> {
    let keys: HashMap<i64, String> = organisation::Entity::find()
        .select_only()
        .columns([organisation::Column::Id, organisation::Column::Key])
        .into_tuple::<(i64, String)>()
        .all(&store.db)
        .await?
        .into_iter()
        .collect();
    let names = name::Entity::find()
        .filter(name::Column::Concept.eq(ConceptKind::Organisation))
        .order_by_asc(name::Column::Id)
        .limit(NAMES)
        .all(&store.db)
        .await?;
    // Only names that begin alike are compared with each other.
    let mut blocks: BTreeMap<String, Vec<(i64, String, String)>> = BTreeMap::new();
    for row in names {
        let bare = bare(&row.folded);
        if !bare.is_empty() {
            let block = bare.chars().take(3).collect();
            let named = (row.concept_id, bare, row.text);
            blocks.entry(block).or_default().push(named);
        }
    }
    let mut pairs: BTreeMap<(i64, i64), Why> = BTreeMap::new();
    for block in blocks.values() {
        for (at, (one, bare, text)) in block.iter().enumerate() {
            for (other, other_bare, other_text) in &block[at + 1..] {
                if one == other {
                    continue;
                }
                let why = if bare == other_bare {
                    Why::SameName(text.clone())
                } else if nearly(bare, other_bare) {
                    Why::NearlySameName([text.clone(), other_text.clone()])
                } else {
                    continue;
                };
                let pair = (*one.min(other), *one.max(other));
                let surer = matches!(why, Why::SameName(_));
                if surer || !pairs.contains_key(&pair) {
                    pairs.insert(pair, why);
                }
            }
        }
    }
    let of = |((one, other), why)| {
        Some(Duplicate {
            concept: ConceptKind::Organisation,
            keys: [keys.get(&one)?.clone(), keys.get(&other)?.clone()],
            why,
        })
    };
    Ok(pairs.into_iter().filter_map(of).collect())
}

/// A folded name without the words that tell nothing.
fn bare(folded: &str) -> String {
    let words = folded.split(|letter: char| !letter.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty() && !COMMON.contains(word));
    words.collect()
}

/// Whether two names differ by one letter, or by two when they are long.
fn nearly(one: &str, other: &str) -> bool {
    let (shorter, longer) = (
        one.chars().count().min(other.chars().count()),
        one.chars().count().max(other.chars().count()),
    );
    // Numbers tell things apart: "phase 1" is not "phase 2".
    let digits = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    if shorter < LONG || longer - shorter > 2 || digits(one) != digits(other) {
        return false;
    }
    let most = if shorter < 2 * LONG { 1 } else { 2 };
    strsim::levenshtein(one, other) <= most
}

async fn sites(store: &Store) -> Result<Vec<Duplicate>, Error> {
    type Site = (String, i64, i64, Option<i64>, Option<i64>);
    let rows = site::Entity::find()
        .select_only()
        .columns([
            site::Column::Key,
            site::Column::OrganisationId,
            site::Column::TerritoryId,
            site::Column::ParkId,
            site::Column::ActivityId,
        ])
        .order_by_asc(site::Column::Id)
        .limit(SITES)
        .into_tuple::<Site>()
        .all(&store.db)
        .await?;
    let mut places: BTreeMap<(i64, i64), Vec<Site>> = BTreeMap::new();
    for row in rows {
        places.entry((row.1, row.2)).or_default().push(row);
    }
    let mut found = BTreeSet::new();
    for sites in places.values() {
        for (at, one) in sites.iter().enumerate() {
            for other in &sites[at + 1..] {
                let alike = |a: Option<i64>, b: Option<i64>| a == b || a.is_none() || b.is_none();
                if alike(one.3, other.3) && alike(one.4, other.4) {
                    found.insert((one.0.clone(), other.0.clone()));
                }
            }
        }
    }
    let of = |(one, other)| Duplicate {
        concept: ConceptKind::Site,
        keys: [one, other],
        why: Why::SamePlace,
    };
    Ok(found.into_iter().map(of).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_legal_forms_and_with_their_numbers() {
        assert_eq!(bare("atlas contact maroc sarl"), bare("atlas contact"));
        assert!(nearly("atlascontact", "atlascontacte"));
        assert!(nearly("outsourcia", "outsurcia"));
        assert!(!nearly("phase1project", "phase2project"));
        assert!(!nearly("alten", "altem"));
        assert!(!nearly("intelcia", "concentrix"));
    }
}
