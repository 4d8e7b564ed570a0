//! Question sets: what people ask, what a careful analyst would answer, and how an answer is judged.
//!
//! They lie in `crates/ask/tests/questions`, one file a language form: `specification/` has one question for each kind and rule,
//! `people/` and `strangers/` were written from the data by people who had not seen the lexicon.

mod judge;
mod numbers;

use std::{fs, path::PathBuf};

pub use judge::Verdict;
pub use numbers::invented;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../ask/tests/questions")
}

/// The five language forms, as the files are named.
pub const FORMS: [&str; 5] = ["fr", "en", "ar", "ary_arab", "ary_latn"];

/// A file of questions.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Set {
    /// Questions with a certain outcome.
    #[serde(default)]
    pub case: Vec<Case>,
    /// Questions that must not be answered.
    #[serde(default)]
    pub none: Vec<Nothing>,
    #[serde(default)]
    pub conversation: Vec<Conversation>,
}

/// A question and its outcome; what is left out is not looked at.
#[derive(Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub question: String,
    pub status: OneOf,
    pub kind: Option<String>,
    /// Of the first figure, as are period, indicator and territory.
    pub value: Option<f64>,
    pub any_value: Option<Vec<f64>>,
    pub period: Option<String>,
    pub indicator: Option<String>,
    pub territory: Option<String>,
    /// All of these are among the figures.
    #[serde(default)]
    pub values: Vec<f64>,
    /// Keys of records that the answer is about or lists.
    #[serde(default)]
    pub items: Vec<String>,
    /// Parts of the text.
    #[serde(default)]
    pub contains: Vec<String>,
    pub reason: Option<OneOf>,
    /// Where the outcome was read.
    #[serde(default)]
    pub because: String,
}

/// A question that must not be answered with a figure or a fact.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {
    pub question: String,
    pub reason: Option<OneOf>,
    /// It looks like a question of the domain; one word makes it unanswerable.
    #[serde(default)]
    pub near: bool,
    #[serde(default)]
    pub because: String,
}

/// Questions of one person, each with the conversation token of the one before.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conversation {
    pub turn: Vec<Case>,
    #[serde(default)]
    pub because: String,
}

/// A value, or several of which one is expected.
#[derive(Clone, serde::Deserialize)]
#[serde(untagged)]
pub enum OneOf {
    One(String),
    Several(Vec<String>),
}

impl Case {
    /// Whether the outcome is an answer.
    pub fn is_answerable(&self) -> bool {
        self.status.has("ANSWERED")
    }
}

impl OneOf {
    fn has(&self, found: &str) -> bool {
        match self {
            Self::One(one) => one == found,
            Self::Several(several) => several.iter().any(|one| one == found),
        }
    }
}

impl std::fmt::Display for OneOf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::One(one) => f.write_str(one),
            Self::Several(several) => f.write_str(&several.join(" or ")),
        }
    }
}

impl Set {
    /// The set `name` of a language form: a folder beside the others, or the path of one elsewhere.
    ///
    /// Panics when the file is missing or wrong: a test then fails and says where.
    pub fn read(name: &str, form: &str) -> Self {
        let path = folder().join(name).join(form).with_extension("toml");
        let text =
            fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// Names of all sets, in order.
    pub fn names() -> Vec<String> {
        let folder = folder();
        let mut names: Vec<String> = fs::read_dir(&folder)
            .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .collect();
        names.sort();
        names
    }
}
