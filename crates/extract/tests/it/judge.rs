//! Articles with what a careful reader takes from them, and how what was extracted compares.

use std::path::{Path, PathBuf};

use extract::{Extraction, Fact, Markup};
use language::Today;
use serde::Deserialize;

use crate::shipped::{KNOWN, LEXICON};

/// What stands in `articles/*.toml`.
#[derive(Debug, Deserialize)]
pub struct Gold {
    pub language: String,
    pub published: Option<String>,
    #[serde(default)]
    pub fact: Vec<GoldFact>,
}

/// One figure that the article states.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldFact {
    pub indicator: String,
    #[serde(default)]
    pub territory: String,
    #[serde(default)]
    pub subject: String,
    #[serde(default)]
    pub activity: String,
    #[serde(default)]
    pub period: String,
    pub value: f64,
    pub value_max: Option<f64>,
    #[serde(default)]
    pub status: String,
    pub text: String,
}

/// An article, its gold and what was extracted.
pub struct Case {
    pub name: String,
    pub gold: Gold,
    pub text: String,
    pub published: Option<Today>,
    pub facts: Vec<Fact>,
}

/// How many facts were found right, and how many there were.
#[derive(Clone, Copy, Debug, Default)]
pub struct Score {
    pub right: usize,
    pub found: usize,
    pub gold: usize,
}

impl Score {
    pub fn precision(self) -> f64 {
        100.0 * self.right as f64 / (self.found.max(1)) as f64
    }

    pub fn recall(self) -> f64 {
        100.0 * self.right as f64 / (self.gold.max(1)) as f64
    }
}

/// Every article of a folder, extracted.
pub fn cases(folder: &Path) -> Vec<Case> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("a folder of articles")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "toml")
        })
        .collect();
    paths.sort();
    paths.iter().map(|path| case(path)).collect()
}

fn case(path: &Path) -> Case {
    let gold: Gold = toml::from_str(&std::fs::read_to_string(path).expect("gold"))
        .unwrap_or_else(|error| panic!("{path:?}: {error}"));
    let article = ["txt", "html"]
        .map(|extension| path.with_extension(extension))
        .into_iter()
        .find(|path| path.exists())
        .expect("an article");
    let written = std::fs::read_to_string(article).expect("an article");
    let text = match Markup::of(&written) {
        Markup::Html => extract::visible(&written),
        Markup::Text => written,
    };
    let published = gold.published.as_deref().and_then(|day| {
        let mut parts = day.split('-').map(|part| part.parse().ok());
        Some(Today {
            year: parts.next()??,
            month: u8::try_from(parts.next()??).ok()?,
            day: u8::try_from(parts.next()??).ok()?,
        })
    });
    let Extraction { facts, .. } = extract::extract(&LEXICON, &KNOWN, &text, published);
    let name = path
        .file_stem()
        .expect("a name")
        .to_string_lossy()
        .into_owned();
    Case {
        name,
        gold,
        text,
        published,
        facts,
    }
}

impl Case {
    /// What is extracted when it is read once more.
    pub fn again(&self) -> Vec<Fact> {
        extract::extract(&LEXICON, &KNOWN, &self.text, self.published).facts
    }

    /// Pairs of gold and extracted facts that say the same; each is in one pair at most.
    pub fn pairs(&self) -> Vec<(usize, usize)> {
        let mut taken = vec![false; self.facts.len()];
        let mut pairs = Vec::new();
        for (at, gold) in self.gold.fact.iter().enumerate() {
            let found = self
                .facts
                .iter()
                .enumerate()
                .position(|(at, fact)| !taken[at] && gold.is(fact));
            if let Some(found) = found {
                taken[found] = true;
                pairs.push((at, found));
            }
        }
        pairs
    }

    pub fn score(&self) -> Score {
        Score {
            right: self.pairs().len(),
            found: self.facts.len(),
            gold: self.gold.fact.len(),
        }
    }
}

impl GoldFact {
    /// The same indicator, place or thing, period and value.
    pub fn is(&self, fact: &Fact) -> bool {
        let known = !self.subject.is_empty() && !self.subject.starts_with('?');
        let subject = fact.subject.as_ref().map_or("", |thing| thing.key.as_str());
        // One house, shipped once as a project and once as a school.
        let subject = if self.subject.starts_with("cmc_fes") && subject.starts_with("cmc_fes") {
            self.subject.as_str()
        } else {
            subject
        };
        let place = fact.territory.as_deref().unwrap_or_default() == self.territory;
        let period = fact
            .period
            .map(|period| period.to_string())
            .unwrap_or_default();
        self.indicator == fact.indicator
            && (self.value - fact.value).abs() <= 1e-9 * self.value.abs()
            && self.value_max == fact.value_max
            && period == self.period
            && (place || self.territory.is_empty() && !self.subject.is_empty())
            && (!known || subject == self.subject)
            && self.activity == fact.activity.as_deref().unwrap_or_default()
    }
}
