//! The words that figures stand among, from one file a language; all are matched at once.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use language::{Script, Token, clitic_splits, tokenize};
use serde::Deserialize;

/// What a word does beside a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// What is counted or measured: jobs, revenue, occupancy.
    Quantity,
    /// Percent, dirhams, square metres; its sense is `unit` or `unit:factor`.
    Unit,
    /// The branch a figure is of: offshoring, a segment of it, another one.
    Sector,
    /// What happened to what is counted: created, announced, threatened.
    Change,
    /// Whether it is, or is meant to be.
    Timing,
    /// "Serait", "dit-on": nobody vouches for it.
    Hearsay,
    /// Near, at least, at most.
    Qualifier,
    /// A place said without its name: the region, the city, the country.
    Place,
    /// Somebody or something said without a name: the group, the park, it.
    Agent,
    /// Who says or measured it.
    Saying,
    /// Anything else that tells indicators apart: worldwide, national, Kearney.
    Cue,
    /// The figure after it is of another time: against, up from.
    Versus,
    /// How much it rose or fell.
    Move,
    /// A number that is a word of its own: "une centaine", "half".
    Number,
    /// What is counted is told before the number: which stood at, with.
    Adjective,
    /// What somebody who has figures of their own does: employs, counts, has opened.
    Having,
    /// Words without content, which may stand between a number and its noun.
    Function,
    /// Days, hours, euros a share: what is counted is no figure of ours.
    Other,
    /// A line that begins so ends the article, or is none of it.
    Around,
}

/// A run of tokens that is a known word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag {
    pub start: usize,
    pub end: usize,
    pub class: Class,
    pub sense: &'static str,
}

struct Phrase {
    rest: Vec<String>,
    class: Class,
    sense: &'static str,
}

/// Phrases by their first word.
type Phrases = HashMap<String, Vec<Phrase>>;

const FILES: [&str; 3] = [
    include_str!("../words/fr.toml"),
    include_str!("../words/en.toml"),
    include_str!("../words/ar.toml"),
];

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let mut phrases = Phrases::new();
    for file in FILES {
        // In order, so that every process reads the same.
        let file: BTreeMap<Class, BTreeMap<String, Vec<String>>> =
            toml::from_str(file).expect("a test reads every file of words");
        for (class, senses) in file {
            for (sense, forms) in senses {
                let sense: &'static str = sense.leak();
                for form in forms {
                    add(&mut phrases, &form, class, sense);
                }
            }
        }
    }
    phrases
});

fn add(phrases: &mut Phrases, form: &str, class: Class, sense: &'static str) {
    let mut words = tokenize(form)
        .into_iter()
        .map(|token| key(&token.folded).to_owned());
    if let Some(first) = words.next() {
        let rest = words.collect();
        phrases
            .entry(first)
            .or_default()
            .push(Phrase { rest, class, sense });
    }
}

/// A word without the Arabic article.
fn key(folded: &str) -> &str {
    match folded.strip_prefix("ال") {
        Some(rest) if rest.chars().nth(2).is_some() => rest,
        _ => folded,
    }
}

/// Every known word of a text, the longest of each class at each place.
pub fn tags(tokens: &[Token]) -> Vec<Tag> {
    let keys: Vec<Vec<String>> = tokens.iter().map(keys).collect();
    let mut tags: Vec<Tag> = Vec::new();
    for start in 0..tokens.len() {
        let first = tags.len();
        for phrase in keys[start]
            .iter()
            .flat_map(|key| PHRASES.get(key).into_iter().flatten())
        {
            let end = start + 1 + phrase.rest.len();
            let fits = end <= tokens.len()
                && phrase
                    .rest
                    .iter()
                    .zip(&keys[start + 1..])
                    .all(|(word, keys)| keys.contains(word));
            if !fits {
                continue;
            }
            let tag = Tag {
                start,
                end,
                class: phrase.class,
                sense: phrase.sense,
            };
            match tags[first..]
                .iter_mut()
                .find(|known| known.class == tag.class && known.sense == tag.sense)
            {
                Some(known) if known.end < end => *known = tag,
                Some(_) => {}
                None => tags.push(tag),
            }
        }
    }
    // They stand in order of where they begin, so that a longer one is near.
    let shadowed = |at: usize| {
        let tag = &tags[at];
        let covers = |other: &&Tag| {
            other.class == tag.class
                && other.start <= tag.start
                && tag.end <= other.end
                && other.end - other.start > tag.end - tag.start
        };
        let before = tags[..at]
            .iter()
            .rev()
            .take_while(|other| other.start + LONGEST > tag.start);
        let after = tags[at..]
            .iter()
            .take_while(|other| other.start == tag.start);
        before
            .into_iter()
            .find(covers)
            .or_else(|| after.into_iter().find(covers))
            .is_some()
    };
    (0..tags.len())
        .filter(|at| !shadowed(*at))
        .map(|at| tags[at])
        .collect()
}

/// Longest form, in words.
const LONGEST: usize = 16;

/// The words that a token may be: as written, and in Arabic without the particles glued to it.
fn keys(token: &Token) -> Vec<String> {
    let mut keys = vec![key(&token.folded).to_owned()];
    if token.script == Script::Arabic {
        keys.extend(
            clitic_splits(token)
                .into_iter()
                .map(|(_, rest)| key(&rest).to_owned()),
        );
        // The accusative: "ارتفاعا".
        let bare: Vec<String> = keys
            .iter()
            .filter_map(|key| key.strip_suffix('ا'))
            .filter(|key| key.chars().count() > 2)
            .map(str::to_owned)
            .collect();
        keys.extend(bare);
        keys.dedup();
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_words_is_read() {
        for file in FILES {
            toml::from_str::<HashMap<Class, HashMap<String, Vec<String>>>>(file).unwrap();
        }
        let tokens = tokenize("avec 36 centres d’appel, وبمراكز النداء");
        let found: Vec<_> = tags(&tokens)
            .into_iter()
            .filter(|tag| tag.class == Class::Quantity)
            .collect();
        assert_eq!(
            found
                .iter()
                .filter(|tag| tag.sense == "call_centres")
                .count(),
            2,
            "{found:?}"
        );
    }
}
