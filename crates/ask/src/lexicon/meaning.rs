//! What a recognised piece of a sentence can mean.

use super::{Level, NameKind};

/// One meaning. A word may have several: "Technopark" is a park, a project and a company.
#[derive(Clone, Debug, PartialEq)]
pub enum Meaning {
    Cue(Cue),
    Indicator(String),
    Measure(String),
    Activity(String),
    /// A class of records or a part of one: companies, projects, axes, objectives…
    Concept(String),
    Level(LevelWord),
    /// ISO 3166-1 alpha-2 code of a country of origin.
    Country(String),
    /// A city or a country that no record lies in.
    Abroad,
    /// A language that the census asks whether people read and write.
    Language(String),
    Status(String),
    Sector(String),
    Comparator(Comparator),
    Unit(String),
    Personal,
    Hostile,
    Filler,
    /// A word of everyday language that the database says nothing about: never a misspelling of one that it knows.
    Outside,
    Name(Record),
}

/// The record a name stands for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Record {
    pub kind: NameKind,
    pub key: String,
    pub level: Option<Level>,
}

/// A word for a step of the territory tree; "city" is the usual sense of a name, whatever its legal level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LevelWord {
    Country,
    Region,
    Province,
    City,
    Commune,
    Arrondissement,
}

impl LevelWord {
    fn parse(sense: &str) -> Option<Self> {
        Some(match sense {
            "country" | "national" => Self::Country,
            "region" | "regional" => Self::Region,
            "province" | "prefecture" => Self::Province,
            "city" | "town" => Self::City,
            "commune" | "municipality" => Self::Commune,
            "arrondissement" | "district" => Self::Arrondissement,
            _ => return None,
        })
    }
}

/// A word that tells what is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cue {
    Count,
    Value,
    Rank,
    Share,
    Top,
    Bottom,
    /// The most of what is good, the least of what is bad; which of them the quantity decides.
    Best,
    Worst,
    Comparison,
    Trend,
    Growth,
    List,
    Who,
    What,
    Where,
    When,
    Source,
    Status,
    Contents,
    Contact,
    /// Close to the asker: near me, around here.
    NearMe,
    /// Close to the asker, or to a place that is named: nearest, nearby.
    Near,
    /// Close to the place named right after it, and no nearness without one: near, around.
    NearPlace,
    Verification,
    WhyDiffer,
    YesNo,
    WhichOnes,
    AndFollow,
    /// A word that stands for what was spoken of before: its, there, ديالو.
    Anaphora,
    /// The period spoken of before: that year, cette année-là, ديك العام.
    SameTime,
    /// A year counted back from the one spoken of: "the year before".
    YearBefore,
    /// A year counted on: "l'année suivante".
    YearAfter,
    /// What of a list was not told: "the rest", "la suite".
    Rest,
    /// In each of the places named: "both", "à la fois".
    Both,
    Correction,
    Greeting,
    Capability,
    Alert,
    Thanks,
    Future,
    Why,
    Difference,
    SinceWhen,
    Signed,
    Opened,
    /// The asker speaks of themselves: "I", "my boss", "je", "عندي".
    Speaker,
    /// What the asker is: "journaliste à Lyon : combien …". Anywhere but in such a preamble it is an unknown word.
    Trade,
}

impl Cue {
    /// Whether it says what is asked for, rather than how the conversation goes on.
    pub fn asks(self) -> bool {
        !matches!(
            self,
            Self::YesNo
                | Self::AndFollow
                | Self::Anaphora
                | Self::SameTime
                | Self::YearBefore
                | Self::YearAfter
                | Self::Rest
                | Self::Both
                | Self::Correction
                | Self::Greeting
                | Self::Capability
                | Self::Alert
                | Self::Thanks
                | Self::Future
                | Self::Why
                | Self::NearMe
                | Self::Near
                | Self::NearPlace
                | Self::Opened
                | Self::Speaker
                | Self::Trade
        )
    }

    fn parse(sense: &str) -> Option<Self> {
        Some(match sense {
            "count" => Self::Count,
            "value" => Self::Value,
            "rank" => Self::Rank,
            "share" => Self::Share,
            "top" => Self::Top,
            "bottom" => Self::Bottom,
            "best" => Self::Best,
            "worst" => Self::Worst,
            "comparison" => Self::Comparison,
            "trend" => Self::Trend,
            "growth" => Self::Growth,
            "list" => Self::List,
            "who" => Self::Who,
            "what" => Self::What,
            "where" => Self::Where,
            "when" => Self::When,
            "source" => Self::Source,
            "status" => Self::Status,
            "contents" => Self::Contents,
            "contact" => Self::Contact,
            "near_me" => Self::NearMe,
            "near" => Self::Near,
            "near_place" => Self::NearPlace,
            "verification" => Self::Verification,
            "why_differ" => Self::WhyDiffer,
            "yes_no" => Self::YesNo,
            "which_ones" => Self::WhichOnes,
            "and_follow" => Self::AndFollow,
            "anaphora" => Self::Anaphora,
            "same_time" => Self::SameTime,
            "year_before" => Self::YearBefore,
            "year_after" => Self::YearAfter,
            "rest" => Self::Rest,
            "both" => Self::Both,
            "correction" => Self::Correction,
            "greeting" => Self::Greeting,
            "capability" => Self::Capability,
            "alert" => Self::Alert,
            "thanks" => Self::Thanks,
            "future" => Self::Future,
            "why" => Self::Why,
            "difference" => Self::Difference,
            "since_when" => Self::SinceWhen,
            "signed" => Self::Signed,
            "opened" => Self::Opened,
            "speaker" => Self::Speaker,
            "trade" => Self::Trade,
            _ => return None,
        })
    }
}

/// How a number in the question is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparator {
    More,
    Less,
    Equal,
    AtLeast,
    AtMost,
    About,
}

impl Comparator {
    fn parse(sense: &str) -> Option<Self> {
        Some(match sense {
            "more" | "more_than" | "gt" | "greater" | "above" => Self::More,
            "less" | "less_than" | "lt" | "fewer" | "below" => Self::Less,
            "equal" | "exactly" | "eq" | "same" => Self::Equal,
            "at_least" | "gte" | "minimum" => Self::AtLeast,
            "at_most" | "lte" | "maximum" => Self::AtMost,
            "about" | "approximately" | "near" => Self::About,
            _ => return None,
        })
    }
}

const MEASURES: [&str; 20] = [
    "jobs",
    "companies",
    "revenue",
    "export",
    "investment",
    "budget",
    "area",
    "size",
    "rent",
    "occupancy",
    "share",
    "rank",
    "students",
    "graduates",
    "capacity",
    "headcount",
    "subsidy",
    "target",
    "projects",
    "literacy",
];

const LANGUAGES: [&str; 4] = ["arabic", "french", "english", "amazigh"];

impl Meaning {
    /// The meaning written as `kind` and `sense` in a lexicon file; `None` when nothing understands it.
    pub fn parse(kind: &str, sense: &str) -> Option<Self> {
        let record = |kind, level| {
            Some(Self::Name(Record {
                kind,
                key: sense.to_owned(),
                level,
            }))
        };
        match kind {
            "cue" => Cue::parse(sense).map(Self::Cue),
            "indicator" => Some(Self::Indicator(sense.to_owned())),
            "measure_noun" => MEASURES
                .contains(&sense)
                .then(|| Self::Measure(sense.to_owned())),
            "activity" => Some(Self::Activity(sense.to_owned())),
            "concept" => Some(Self::Concept(sense.to_owned())),
            "level" => LevelWord::parse(sense).map(Self::Level),
            "language" => LANGUAGES
                .contains(&sense)
                .then(|| Self::Language(sense.to_owned())),
            "country" => (sense.len() == 2).then(|| Self::Country(sense.to_uppercase())),
            "status" => Some(Self::Status(sense.to_owned())),
            "sector" => Some(Self::Sector(sense.to_owned())),
            "comparator" => Comparator::parse(sense).map(Self::Comparator),
            "unit" => Some(Self::Unit(sense.to_owned())),
            "personal" => Some(Self::Personal),
            "hostile" => Some(Self::Hostile),
            "filler" => Some(Self::Filler),
            "outside" => Some(Self::Outside),
            "abroad" => Some(Self::Abroad),
            "territory_alias" => record(NameKind::Territory, territory_level(sense)),
            "organisation_alias" => record(NameKind::Organisation, None),
            "park_alias" => record(NameKind::Park, None),
            "project_alias" => record(NameKind::Project, None),
            "agreement_alias" => record(NameKind::Agreement, None),
            "plan_alias" => record(NameKind::Plan, None),
            "event_alias" => record(NameKind::Event, None),
            _ => None,
        }
    }
}

/// The level that the shape of an HCP code tells: `MA`, `03`, `03.231`, `03.231.01.0`, longer.
pub fn territory_level(code: &str) -> Option<Level> {
    Some(match code.split('.').count() {
        1 if code.chars().all(|c| c.is_ascii_alphabetic()) => Level::Country,
        1 => Level::Region,
        2 => Level::Province,
        4 => Level::Commune,
        _ => Level::Arrondissement,
    })
}
