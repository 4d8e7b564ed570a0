//! What comes back: a plain answer whose every number is a figure with its origin.

use crate::frame::Frame;
use crate::{Form, Locale};
use serde::{Deserialize, Serialize};

use crate::reference::Reference;
use crate::request::Operation;

/// The answer to one question, ready to be shown or resolved into records.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    pub status: AnswerStatus,
    pub kind: QuestionKind,
    pub locale: Locale,
    /// The language form of `text`.
    pub form: Form,
    /// What a person reads: plain text, in the language form of the question.
    pub text: String,
    /// One line that says how the question was read.
    pub understood: String,
    /// Slots taken from the previous question.
    pub carried: Vec<String>,
    /// Opaque, at most 512 bytes: hand it back for a follow-up.
    pub conversation: String,
    /// Every number that `text` states as a fact, headline first.
    pub figures: Vec<Figure>,
    pub items: Vec<Item>,
    /// Same indicator, territory, activity, subject, period and scope as the headline, another value.
    pub conflicts: Vec<Figure>,
    /// Keys of the sources.
    pub sources: Vec<String>,
    pub reason: Option<AbstentionReason>,
    /// The words that were not understood, as written.
    pub uncovered: Vec<String>,
    /// At most three readings to choose from, only for a clarification.
    pub options: Vec<Choice>,
    /// Up to three questions that have an answer.
    pub suggestions: Vec<String>,
    /// The document and variables that give the same figures again.
    pub operation: Option<Operation>,
    /// Whether it can be answered once the asker tells where they are, or names a city.
    pub needs_location: bool,
    pub chart: Option<Chart>,
    /// The question as far as it was understood.
    #[serde(skip)]
    pub(crate) frame: Option<Frame>,
}

impl Answer {
    /// What [`again`](crate::again) takes to give this answer again, from the data as they are then; none when nothing of the data was asked
    /// for, or only from where the asker is. At most 512 bytes; holds nothing that was written.
    pub fn frame(&self) -> Option<String> {
        let frame = self.frame.as_ref().filter(|_| self.operation.is_some())?;
        let placed = frame.kind != QuestionKind::Near || frame.origin.is_some();
        let written = crate::picture::write(frame, self.form);
        (placed && !written.is_empty()).then_some(written)
    }

    /// What the answer can be referred to by.
    pub fn reference(&self) -> Reference {
        Reference::of(self.frame.as_ref(), self.kind, self.form, self.reason)
    }
}

/// One number and where it comes from. Keys, not records: the schema resolves them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    pub value: f64,
    pub value_max: Option<f64>,
    /// Key of the unit, such as `count`, `people`, `percent`, `MAD`.
    pub unit: String,
    pub qualifier: Qualifier,
    /// Empty when undated.
    pub period: Option<String>,
    pub period_basis: Option<PeriodBasis>,
    pub basis: FigureBasis,
    /// Always present for a published figure; `directory_…` for a count of our own records.
    pub indicator: Option<String>,
    /// Code of the territory; empty means the world.
    pub territory: Option<String>,
    pub activity: Option<String>,
    pub subject: Option<(SubjectKind, String)>,
    pub producer: Option<String>,
    pub observation: Option<String>,
    pub source: Option<String>,
    /// The published figures a derived one is made of.
    pub inputs: Vec<Figure>,
    pub rank: Option<i32>,
}

/// A thing that the answer lists, in the order listed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    pub key: String,
    pub name: String,
    pub kind: ItemKind,
    pub detail: Option<String>,
    pub value: Option<f64>,
}

/// One reading offered when a question can be read in several ways.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub label: String,
    pub question: String,
}

/// What there is to draw, with every word that stands on the picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chart {
    pub kind: ChartKind,
    pub title: String,
    /// Unit and place, as far as the title does not say them.
    pub subtitle: Option<String>,
    /// BCP 47 tag of its words.
    pub language: String,
    /// Key of the unit that all points share.
    pub unit: String,
    /// Positions: the first stands at the top.
    pub inverted: bool,
    pub series: Vec<Series>,
    /// What the marks of points mean, for those that occur.
    pub legend: Vec<Legend>,
    /// What must be known to read it: gaps, scopes, what is left out.
    pub notes: Vec<String>,
    /// Who measured, who published and when, a line each.
    pub credits: Vec<String>,
    /// Keys of the sources.
    pub sources: Vec<String>,
    /// The frame it is drawn for, at most 512 bytes, safe in an address; empty when the frame is too large to travel.
    pub frame: String,
}

/// Points that may be looked at together: one producer, one scope.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Series {
    pub label: String,
    pub points: Vec<Point>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Empty when undated.
    pub period: String,
    /// The period as it is printed; a star when its year is inferred.
    pub label: String,
    pub value: f64,
    pub value_max: Option<f64>,
    /// The value as it is printed.
    pub text: String,
    pub qualifier: Qualifier,
    pub contested: bool,
}

/// What one mark means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Legend {
    pub mark: ChartMark,
    pub label: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ChartKind {
    Lines,
    Bars,
    Share,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ChartMark {
    Approximate,
    AtLeast,
    AtMost,
    Target,
    Contested,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AnswerStatus {
    Answered,
    Clarification,
    NoData,
    OutOfScope,
    Refused,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum QuestionKind {
    Count,
    Value,
    Rank,
    Share,
    Top,
    Comparison,
    Trend,
    List,
    Who,
    Where,
    When,
    Source,
    Definition,
    Status,
    Contents,
    Contact,
    Near,
    Verification,
    Conflict,
    Alert,
    Meta,
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AbstentionReason {
    UncoveredWords,
    NoObservation,
    Future,
    FalsePremise,
    UnknownPlace,
    Ambiguous,
    OutOfDomain,
    PersonalData,
    Hostile,
}

impl AbstentionReason {
    /// The status that goes with the reason.
    pub fn status(self) -> AnswerStatus {
        match self {
            Self::Ambiguous => AnswerStatus::Clarification,
            Self::OutOfDomain => AnswerStatus::OutOfScope,
            Self::PersonalData | Self::Hostile => AnswerStatus::Refused,
            _ => AnswerStatus::NoData,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FigureBasis {
    Published,
    Directory,
    Derived,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Qualifier {
    #[default]
    Exact,
    Approximate,
    AtLeast,
    AtMost,
    Target,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PeriodBasis {
    Stated,
    Inferred,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SubjectKind {
    Organisation,
    Park,
    Project,
    Agreement,
    Plan,
    Programme,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ItemKind {
    Organisation,
    Site,
    Park,
    Project,
    Agreement,
    Axis,
    Plan,
    Objective,
    Incentive,
    Training,
    Event,
    Territory,
    Activity,
    Indicator,
    Source,
}
