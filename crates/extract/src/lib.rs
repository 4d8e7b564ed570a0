//! Press text in, figures with their place, period and source words out.
//!
//! Deterministic and pure: the numbers and periods are read by the grammar that reads questions (`language`), the names by its lexicon
//! (`ask`), what is counted by `words/*.toml`, and which indicator that makes by `rules.toml`. Nothing is decided here: whoever calls it
//! shows what was found to a person.

mod article;
mod document;
mod figure;
mod mention;
mod named;
mod rules;
mod scene;
mod table;
mod words;

use std::collections::HashMap;

use ask::{Lexicon, NameKind};
use language::{Period, Today};

pub use article::{Markup, visible};
pub use figure::Wording;
pub use scene::Thing;

use document::Document;
use scene::Scene;

/// What the database says of the things an article may name.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// What each organisation is, by its key: `company`, `university`, `public_body` … as the database writes it.
    pub organisations: HashMap<String, String>,
    /// The place of each park, by its key.
    pub parks: HashMap<String, String>,
    /// The day each agreement was signed, as year, month, day.
    pub agreements: HashMap<String, (i32, u8, u8)>,
    /// The years each plan is for, by its key.
    pub plans: HashMap<String, Period>,
}

impl Known {
    fn kind_of(&self, key: &str) -> &'static str {
        match self.organisations.get(key).map(String::as_str) {
            Some("public_body" | "federation") => "body",
            Some("park_operator") => "park_operator",
            Some("university" | "training_institute") => "school",
            _ => "organisation",
        }
    }
}

/// Bytes of a text, the end not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

/// Where each part of a fact stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spans {
    pub value: Span,
    pub quantity: Option<Span>,
    pub territory: Option<Span>,
    pub subject: Option<Span>,
    pub activity: Option<Span>,
    pub period: Option<Span>,
    pub producer: Option<Span>,
    pub sentence: Span,
}

/// Whether what a figure says is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Achieved,
    /// An objective, an announcement or a plan.
    Target,
    /// Hearsay: "emploierait".
    Contested,
}

/// One figure of an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    pub indicator: String,
    /// Code; none for the world and for things whose place is not told.
    pub territory: Option<String>,
    /// A segment of offshoring.
    pub activity: Option<String>,
    pub subject: Option<Thing>,
    pub period: Option<Period>,
    /// In the unit of the indicator.
    pub value: f64,
    pub value_max: Option<f64>,
    pub wording: Wording,
    pub status: Status,
    /// Who measured it, if the text says.
    pub producer: Option<String>,
    pub spans: Spans,
}

/// A thing that an article names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedThing {
    pub kind: NameKind,
    pub key: String,
    /// Where it is first named.
    pub span: Span,
}

/// One axis of an agreement, in the words of the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axis {
    /// 1 is the first told.
    pub ordinal: u32,
    pub span: Span,
}

/// What an article says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extraction {
    /// In the order of the text, each once.
    pub facts: Vec<Fact>,
    pub named: Vec<NamedThing>,
    pub axes: Vec<Axis>,
}

/// Longest text that is read, in bytes.
pub const MAX_BYTES: usize = 256 * 1024;

/// Reads an article of at most [`MAX_BYTES`]; relative periods such as "last year" count from the day it was published.
pub fn extract(lexicon: &Lexicon, known: &Known, text: &str, published: Option<Today>) -> Extraction {
    let document = Document::read(lexicon, text, published);
    Extraction {
        facts: facts(&document, lexicon, known, published),
        named: named::things(&document),
        axes: named::axes(&document),
    }
}

fn facts(document: &Document<'_>, lexicon: &Lexicon, known: &Known, published: Option<Today>) -> Vec<Fact> {
    let mut scene = Scene::new(lexicon, known, published, document);
    let mut facts: Vec<Fact> = Vec::new();
    let mut tables = table::tables(document).into_iter().peekable();
    for sentence in document.sentences.clone() {
        let table = tables.next_if(|table| table.lines.1 < sentence.line);
        let told = table.map(|table| scene.read_table(document, &table)).unwrap_or_default();
        let inside = tables.peek().is_some_and(|table| table.lines.0 <= sentence.line);
        let read = if inside { Vec::new() } else { scene.read(document, sentence) };
        for fact in told.into_iter().chain(read) {
            let same = |known: &Fact| {
                known.indicator == fact.indicator
                    && known.territory == fact.territory
                    && known.activity == fact.activity
                    && known.subject == fact.subject
                    && known.period == fact.period
                    && known.value == fact.value
            };
            if !facts.iter().any(same) {
                facts.push(fact);
            }
        }
    }
    for table in tables {
        facts.extend(scene.read_table(document, &table));
    }
    facts
}
