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
mod stranger;
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
    /// The owner of each organisation that has one, by its key.
    pub owners: HashMap<String, String>,
    /// The place of each park, by its key.
    pub parks: HashMap<String, String>,
    /// Who signed each agreement, by its key.
    pub parties: HashMap<String, Vec<String>>,
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
pub fn extract(
    lexicon: &Lexicon,
    known: &Known,
    text: &str,
    published: Option<Today>,
) -> Extraction {
    let document = Document::read(lexicon, text, published);
    Extraction {
        facts: facts(&document, lexicon, known, published),
        named: named::things(&document, known),
        axes: named::axes(&document),
    }
}

fn facts(
    document: &Document<'_>,
    lexicon: &Lexicon,
    known: &Known,
    published: Option<Today>,
) -> Vec<Fact> {
    let mut scene = Scene::new(lexicon, known, published, document);
    let mut facts: Vec<Fact> = Vec::new();
    let mut tables = table::tables(document).into_iter().peekable();
    for sentence in document.sentences.clone() {
        while let Some(table) = tables.next_if(|table| table.lines.1 < sentence.line) {
            facts.extend(scene.read_table(document, &table));
        }
        if tables
            .peek()
            .is_none_or(|table| table.lines.0 > sentence.line)
        {
            facts.extend(scene.read(document, sentence));
        }
    }
    for table in tables {
        facts.extend(scene.read_table(document, &table));
    }
    // The title, and the lines right below it.
    let end = |lines: usize| {
        let last = document
            .sentences
            .iter()
            .rfind(|sentence| sentence.line < lines);
        last.map_or(0, |sentence| document.tokens[sentence.end - 1].end)
    };
    once(unrounded(facts, end(1), end(3)))
}

/// Without what the title, or the first lines, only round: "près de 100 000 étudiants", of the 96 000 that the text tells.
fn unrounded(facts: Vec<Fact>, title: usize, opening: usize) -> Vec<Fact> {
    fn either<T: PartialEq>(one: &Option<T>, other: &Option<T>) -> bool {
        one == other || one.is_none() || other.is_none()
    }
    let rounded = |fact: &Fact| {
        let lines = match fact.wording {
            Wording::Exact => title,
            _ => opening,
        };
        fact.spans.sentence.end <= lines
            && facts.iter().any(|other| {
                other.spans.sentence.start >= fact.spans.sentence.end
                    && other.indicator == fact.indicator
                    && other.activity == fact.activity
                    && either(&other.subject, &fact.subject)
                    && either(&other.territory, &fact.territory)
                    && either(&other.period, &fact.period)
                    && other.value_max == fact.value_max
                    && is_rounded(fact, other.value)
            })
    };
    let kept: Vec<bool> = facts.iter().map(|fact| !rounded(fact)).collect();
    let facts = facts.into_iter().zip(kept);
    facts
        .filter_map(|(fact, kept)| kept.then_some(fact))
        .collect()
}

/// "Près de 100 000" of 96 000, "27 milliards" of 27,04.
fn is_rounded(fact: &Fact, exact: f64) -> bool {
    let digits = |value: f64| {
        let mut rest = value.abs().round();
        while rest >= 10.0 && rest % 10.0 == 0.0 {
            rest /= 10.0;
        }
        rest
    };
    let near = match fact.wording {
        Wording::Exact => 0.03,
        _ => 0.05,
    };
    fact.value != exact
        && digits(fact.value) < digits(exact)
        && (exact - fact.value).abs() <= near * exact.abs()
}

/// Each fact once. What a title says without its period is what the text says with it.
fn once(facts: Vec<Fact>) -> Vec<Fact> {
    let mut kept: Vec<Fact> = Vec::new();
    // What is the same but for its period, and perhaps a place that one of them leaves out.
    let mut known: HashMap<String, Vec<usize>> = HashMap::new();
    // "130.000 emplois à l'horizon 2030", in the title of a plan that the text names.
    let of_plan = |bare: &Fact, told: &Fact| {
        let plan = |thing: &Thing| matches!(thing.kind, "plan" | "agreement");
        bare.subject.is_none() && told.subject.as_ref().is_some_and(plan)
    };
    for fact in facts {
        let key = format!(
            "{} {:?} {} {:?}",
            fact.indicator, fact.activity, fact.value, fact.value_max
        );
        let same = known.entry(key).or_default();
        let place = |other: &Fact| {
            other.territory == fact.territory
                || fact.subject.is_some() && (other.territory.is_none() || fact.territory.is_none())
        };
        let twin = same.iter().copied().find(|at| {
            let other = &kept[*at];
            place(other)
                && (other.subject == fact.subject || of_plan(other, &fact) || of_plan(&fact, other))
                && (other.period == fact.period || other.period.is_none() || fact.period.is_none())
        });
        match twin {
            Some(at)
                if kept[at].period.is_none() && fact.period.is_some()
                    || kept[at].subject.is_none() && fact.subject.is_some() =>
            {
                kept[at] = fact
            }
            Some(_) => {}
            None => {
                same.push(kept.len());
                kept.push(fact);
            }
        }
    }
    kept
}
