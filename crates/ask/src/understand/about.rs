//! What a list lists, and the kinds of records that concept words stand for.

use crate::frame::Listed;
use crate::lexicon::{Cue, Level, LevelWord};

use super::signals::{Mention, Signals};

/// The class of records a concept word names.
pub fn listed_of(concept: &str) -> Option<Listed> {
    Some(match concept {
        "operators" | "subsidiaries" | "operator" | "companies" | "company" | "employers"
        | "employer" => Listed::Operators,
        "organisations" | "organisation" | "actors" | "stakeholders" | "members" => {
            Listed::Organisations
        }
        "public_bodies" | "public_body" | "institutions" | "authorities" | "ministries" => {
            Listed::PublicBodies
        }
        "federations" | "federation" | "associations" => Listed::Federations,
        "universities" | "university" => Listed::Universities,
        "training_institutes" | "training_institute" | "institutes" => Listed::TrainingInstitutes,
        "sites" | "site" | "centres" | "centre" => Listed::Sites,
        "parks" | "park" | "zones" => Listed::Parks,
        "projects" | "project" => Listed::Projects,
        "agreements" | "agreement" | "memoranda" | "memorandum" | "conventions" | "convention" => {
            Listed::Agreements
        }
        "plans" | "plan" | "strategies" | "strategy" => Listed::Plans,
        "incentives" | "income_tax" | "corporate_tax" | "job_bonus" | "training_bonus"
        | "grant" | "social_charges" => Listed::Incentives,
        "training" | "trainings" | "training_programmes" | "programmes" | "courses" => {
            Listed::Training
        }
        "events" | "event" => Listed::Events,
        "territories" | "communes" | "provinces" | "regions" | "cities" => Listed::Territories,
        "sources" | "data" => Listed::Sources,
        "activities" | "segments" | "activity" => Listed::Activities,
        "indicators" | "indicator" | "figures" => Listed::Indicators,
        _ => return None,
    })
}

/// The class of records a sentence asks for.
pub fn listed(signals: &Signals) -> Option<Listed> {
    let mut classes = signals
        .concepts
        .iter()
        .filter_map(|concept| listed_of(concept));
    let first = classes.next();
    // "les entreprises du parc": the company is asked for, the park is where.
    let second = classes.next();
    match (first, second) {
        (Some(Listed::Parks), Some(other)) if !signals.things.is_empty() => Some(other),
        (Some(Listed::Sources | Listed::Indicators), Some(other)) => Some(other),
        (Some(class), _) => Some(class),
        (None, _) if signals.measure("companies") => Some(Listed::Operators),
        (None, _) if signals.measure("projects") => Some(Listed::Projects),
        (None, _) if signals.measure("capacity") || signals.measure("graduates") => {
            Some(Listed::Training)
        }
        (None, _) if signals.measure("subsidy") => Some(Listed::Incentives),
        // "Quelles sont les provinces de la région ?"
        (None, _) if lists_places(signals) => Some(Listed::Territories),
        (None, _) => None,
    }
}

fn lists_places(signals: &Signals) -> bool {
    signals.any(&[Cue::List, Cue::What, Cue::WhichOnes, Cue::Count])
        && !signals.any(&[Cue::Top, Cue::Bottom, Cue::Rank, Cue::Where])
        && !signals.has_topic()
        && signals.things.is_empty()
        && !signals.places.is_empty()
        && grouping(signals).is_some_and(|level| level > Level::Region)
}

/// The territory level a ranking runs over: "quelle ville", "les 5 communes".
pub fn grouping(signals: &Signals) -> Option<Level> {
    // "la région Fès-Meknès" names one; "les régions du Maroc", "the provinces of Fès-Meknès" do not.
    let named_after = |word: LevelWord, at: usize| {
        let between = |p: &Mention| signals.levels.iter().any(|(_, l)| *l > at && *l < p.start);
        signals
            .places
            .iter()
            .filter(|p| p.start > at && p.start - at <= 3 && !between(p))
            .filter(|p| !ranked_inside(signals, word, p))
            .flat_map(|p| &p.records)
            .any(|record| {
                record
                    .level
                    .is_some_and(|level| level_of(word).is_none_or(|asked| level >= asked))
            })
    };
    signals
        .levels
        .iter()
        .find(|(level, at)| {
            // "dans la région": where, unless it is the thing ranked.
            !matches!(level, LevelWord::Country)
                && !named_after(*level, *at)
                && !signals.within.contains(at)
        })
        .map(|(level, _)| level_of(*level).unwrap_or(Level::Province))
}

/// "Quelle commune de Taza a le plus …": communes are ranked, inside the province of that name.
pub fn ranked_inside(signals: &Signals, word: LevelWord, place: &Mention) -> bool {
    let higher = |level: Level| {
        let mut records = place.records.iter();
        records.any(|record| record.level.is_some_and(|own| own < level))
    };
    let among = signals.any(&[Cue::Top, Cue::Bottom]) || signals.several_levels;
    among && level_of(word).is_some_and(higher)
}

/// The step of the territory tree of a word; a city may be on several.
pub fn level_of(word: LevelWord) -> Option<Level> {
    match word {
        LevelWord::Region => Some(Level::Region),
        LevelWord::Province => Some(Level::Province),
        LevelWord::Commune => Some(Level::Commune),
        LevelWord::Arrondissement => Some(Level::Arrondissement),
        LevelWord::City | LevelWord::Country => None,
    }
}
