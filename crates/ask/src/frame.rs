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
    /// The other end of a range that begins at `number`: "between 500 and 1,000", both included.
    #[serde(rename = "v", default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<f64>,
    /// How many entries of a ranking.
    #[serde(rename = "m", default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u8>,
    #[serde(rename = "g", default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    #[serde(rename = "b", default, skip_serializing_if = "is_false")]
    pub lowest: bool,
    #[serde(rename = "o", default, skip_serializing_if = "is_false")]
    pub target: bool,
    /// What an organisation does in the projects that are listed.
    #[serde(rename = "j", default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// How many lines of a list were told before.
    #[serde(rename = "f", default, skip_serializing_if = "is_zero")]
    pub skip: u16,
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

    /// Whether a date as records have it, "2022", "2022-02" or "2022-02-17", lies within; one that is less precise than asked
    /// does not.
    pub fn holds(&self, date: &str) -> bool {
        let Ok(date) = date.parse::<Period>() else {
            return false;
        };
        match self {
            When::Latest => true,
            When::Years(first, last) => (*first..=*last).contains(&date.year()),
            When::At(Period::Day(..)) => *self == When::At(date),
            When::At(period) => {
                let ((first, last), (from, to)) = (period.months(), date.months());
                first <= from && to <= last
            }
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

/// What an organisation does in a project, or others are of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// It carries it.
    Owner,
    /// It takes part in it.
    Partner,
    /// They belong to it.
    Member,
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
            up_to: None,
            limit: None,
            level: None,
            lowest: false,
            target: false,
            role: None,
            skip: 0,
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

    /// Which lines of a list are told.
    pub fn told_lines(&self) -> std::ops::Range<usize> {
        let most = match (self.kind, self.chooses()) {
            (QuestionKind::Count, false) => 5,
            _ => 15,
        };
        let first = usize::from(self.skip);
        first..first + most
    }

    /// The first thing of a kind.
    pub fn thing(&self, kind: NameKind) -> Option<&str> {
        self.things
            .iter()
            .find(|thing| thing.kind == kind)
            .map(|thing| thing.key.as_str())
    }
}

fn is_zero(value: &u16) -> bool {
    *value == 0
}

fn is_false(value: &bool) -> bool {
    !value
}
