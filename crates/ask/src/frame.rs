//! A question understood: what is asked, about what, where, when. Small enough to travel in a conversation token.

use language::{Period, PeriodPhrase};
use serde::{Deserialize, Serialize};

use crate::answer::QuestionKind;
use crate::lexicon::{Level, NameKind};

/// A question understood.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    #[serde(rename = "k")]
    pub kind: QuestionKind,
    #[serde(rename = "i", default, skip_serializing_if = "Option::is_none")]
    pub indicator: Option<String>,
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<String>,
    /// The activity that the first is compared with.
    #[serde(rename = "h", default, skip_serializing_if = "Option::is_none")]
    pub other: Option<String>,
    /// Codes of territories, in the order named.
    #[serde(rename = "p", default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<String>,
    /// The places are two readings of one name, not two places to compare.
    #[serde(rename = "r", default, skip_serializing_if = "is_false")]
    pub readings: bool,
    #[serde(rename = "t", default, skip_serializing_if = "Vec::is_empty")]
    pub things: Vec<Thing>,
    #[serde(rename = "l", default, skip_serializing_if = "Option::is_none")]
    pub listed: Option<Listed>,
    #[serde(rename = "w", default, skip_serializing_if = "When::is_latest")]
    pub when: When,
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    pub sector: Option<String>,
    /// A number the asker states, and how it is compared; a distance in kilometres where nearness is asked.
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    pub number: Option<f64>,
    #[serde(rename = "x", default, skip_serializing_if = "Option::is_none")]
    pub compared: Option<Compared>,
    /// How many entries of a ranking.
    #[serde(rename = "m", default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u8>,
    #[serde(rename = "g", default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    #[serde(rename = "b", default, skip_serializing_if = "is_false")]
    pub lowest: bool,
    #[serde(rename = "o", default, skip_serializing_if = "is_false")]
    pub target: bool,
    /// In each of the places, not in any of them.
    #[serde(rename = "q", default, skip_serializing_if = "is_false")]
    pub both: bool,
    /// Code of the territory that distances are told from; empty for the asker's own position, which is never kept.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// In a conversation: what the question before had where this one names something else.
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    pub beside: Option<Box<Beside>>,
    /// In a conversation: the year of the figure that was told.
    #[serde(rename = "z", default, skip_serializing_if = "Option::is_none")]
    pub told: Option<i16>,
}

/// What a question is set beside: "quelle différence entre les deux ?"
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Beside {
    #[serde(rename = "p")]
    Place(String),
    #[serde(rename = "t")]
    Thing(Thing),
    #[serde(rename = "w")]
    When(When),
}

/// A record named in the question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thing {
    #[serde(rename = "k")]
    pub kind: NameKind,
    #[serde(rename = "y")]
    pub key: String,
}

/// The period asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum When {
    #[default]
    Latest,
    At(Period),
    /// First and last year, both included.
    Years(i32, i32),
}

impl When {
    /// Nothing asked: the latest known.
    pub fn is_latest(&self) -> bool {
        *self == When::Latest
    }

    /// The period of a phrase; open ends reach to the years a question can mean.
    pub fn of(phrase: PeriodPhrase, this_year: i32) -> When {
        match phrase {
            PeriodPhrase::At(period) => When::At(period),
            PeriodPhrase::Since(period) => When::Years(period.first_year(), this_year),
            PeriodPhrase::After(period) => When::Years(period.year() + 1, this_year),
            PeriodPhrase::Before(period) => {
                When::Years(*language::period::YEARS.start(), period.first_year() - 1)
            }
            PeriodPhrase::Until(period) => {
                When::Years(*language::period::YEARS.start(), period.year())
            }
            PeriodPhrase::Between(first, last) => When::Years(first.first_year(), last.year()),
            PeriodPhrase::Now => When::Latest,
            PeriodPhrase::LastYears(years) => When::Years(this_year - i32::from(years), this_year),
        }
    }

    /// Whether it lies wholly after the year.
    pub fn is_after(&self, year: i32) -> bool {
        match self {
            When::Latest => false,
            When::At(period) => period.first_year() > year,
            When::Years(first, _) => *first > year,
        }
    }

    /// How it is written in one line; empty for the latest.
    pub fn label(&self) -> String {
        match self {
            When::Latest => String::new(),
            When::At(period) => period.to_string(),
            When::Years(first, last) => format!("{first}–{last}"),
        }
    }
}

/// What a list is a list of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Listed {
    Organisations,
    Operators,
    PublicBodies,
    Federations,
    Universities,
    TrainingInstitutes,
    Sites,
    Parks,
    Projects,
    Agreements,
    Plans,
    Incentives,
    Training,
    Events,
    Territories,
    Sources,
    Activities,
    Indicators,
}

/// How a stated number is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Compared {
    Equal,
    More,
    Less,
    AtLeast,
    AtMost,
}

impl Compared {
    /// Whether a value from `least` to `most` is on this side of a number.
    pub fn holds(self, least: f64, most: f64, number: f64) -> bool {
        match self {
            Compared::Equal => (least..=most).contains(&number),
            Compared::More => least > number,
            Compared::Less => most < number,
            Compared::AtLeast => least >= number,
            Compared::AtMost => most <= number,
        }
    }
}

impl Frame {
    /// A frame of a kind and nothing else.
    pub fn new(kind: QuestionKind) -> Frame {
        Frame {
            kind,
            indicator: None,
            activity: None,
            other: None,
            places: Vec::new(),
            readings: false,
            things: Vec::new(),
            listed: None,
            when: When::Latest,
            country: None,
            status: None,
            sector: None,
            number: None,
            compared: None,
            limit: None,
            level: None,
            lowest: false,
            target: false,
            both: false,
            origin: None,
            beside: None,
            told: None,
        }
    }

    /// The frame without what only a conversation remembers.
    pub fn alone(&self) -> Frame {
        Frame {
            beside: None,
            told: None,
            ..self.clone()
        }
    }

    /// Whether records are chosen by the value of a figure: "communes of more than 100,000 people".
    pub fn chooses(&self) -> bool {
        self.indicator.is_some()
            && self.listed.is_some()
            && self.number.is_some()
            && self.compared.is_some()
            && matches!(self.kind, QuestionKind::List | QuestionKind::Count)
    }

    /// The first thing of a kind.
    pub fn thing(&self, kind: NameKind) -> Option<&str> {
        self.things
            .iter()
            .find(|thing| thing.kind == kind)
            .map(|thing| thing.key.as_str())
    }
}

fn is_false(value: &bool) -> bool {
    !value
}
