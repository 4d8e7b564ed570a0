//! Everything the engine can recognise: words of the domain and names of the database, compiled once.

mod build;
mod frames;
mod keys;
mod lists;
mod matcher;
mod meaning;
mod name;
mod strings;
mod tree;
mod typo;
mod vocabulary;
mod words;

use std::collections::HashMap;

use language::{Form, Token};
use rustc_hash::FxHashSet;

use build::Builder;
pub use frames::Frames;
pub use matcher::{Found, cover};
pub use meaning::{Comparator, Cue, LevelWord, Meaning, Record, territory_level};
pub use name::{Level, Name, NameKind};
use vocabulary::Vocabulary;
pub use words::Words;

/// The compiled lexicon: immutable, shared by all questions, swapped whole when names change.
pub struct Lexicon {
    entries: Vec<Entry>,
    vocabulary: Vocabulary,
    frames: Frames,
    wishes: FxHashSet<String>,
    joining: FxHashSet<String>,
    /// Names given for a record, in the order given, and the record one step up.
    records: HashMap<(NameKind, String), (Vec<String>, Option<String>)>,
    names: usize,
}

/// One meaning and the language form it votes for.
struct Entry {
    meaning: Meaning,
    form: Option<Form>,
}

/// Why a lexicon cannot be built.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LexiconError {
    /// A lexicon file is not readable; the text names file and place.
    #[error("lexicon file {file}: {message}")]
    File { file: String, message: String },
    /// An entry uses a kind or sense that nothing understands.
    #[error("lexicon file {file}: nothing understands kind \"{kind}\" with sense \"{sense}\"")]
    Sense {
        file: String,
        kind: String,
        sense: String,
    },
}

impl Lexicon {
    /// Compiles words and the given names.
    pub fn new(words: &Words, names: impl IntoIterator<Item = Name>) -> Lexicon {
        let mut entries: Vec<Entry> = Vec::new();
        let mut entry = |meaning: Meaning, form| {
            entries.push(Entry { meaning, form });
            (entries.len() - 1) as u32
        };
        let mut vocabulary = Builder::default();
        let mut known: HashMap<String, u32> = HashMap::new();
        for word in &words.words {
            let outside = word.meaning == Meaning::Outside;
            let weight = match word.meaning {
                Meaning::Filler | Meaning::Outside | Meaning::Abroad => Weight::Filler,
                // Where no record comes from is not what a misspelt word is taken for.
                Meaning::Country(ref code) if !ORIGINS.contains(&code.as_str()) => Weight::Filler,
                Meaning::Name(_) => Weight::Name,
                _ => Weight::Word,
            };
            let id = *known
                .entry(format!("{:?}{}", word.meaning, word.form))
                .or_insert_with(|| entry(word.meaning.clone(), Some(word.form)));
            for spelling in words.spellings(word) {
                if outside {
                    vocabulary.add_outside(spelling);
                }
                vocabulary.add(spelling, id, weight, Some(word.form));
            }
        }
        let mut records: HashMap<(NameKind, String), (Vec<String>, Option<String>)> =
            HashMap::new();
        let mut known: HashMap<(NameKind, String), u32> = HashMap::new();
        let mut count = 0;
        for name in names {
            count += 1;
            let id = *known
                .entry((name.kind, name.key.clone()))
                .or_insert_with(|| {
                    let key = name.key.clone();
                    let meaning = match name.kind {
                        NameKind::Indicator => Meaning::Indicator(key),
                        NameKind::Activity => Meaning::Activity(key),
                        kind => Meaning::Name(Record {
                            kind,
                            key,
                            level: name.level,
                        }),
                    };
                    entry(meaning, None)
                });
            vocabulary.add(&name.text, id, Weight::of(&name), None);
            let (texts, _) = records
                .entry((name.kind, name.key))
                .or_insert((Vec::new(), name.parent));
            texts.push(name.text);
        }
        Lexicon {
            entries,
            vocabulary: vocabulary.seal(),
            frames: words.frames.clone(),
            wishes: words.wishes.clone(),
            joining: words.joining.clone(),
            records,
            names: count,
        }
    }

    /// How many names it was built from.
    pub fn len(&self) -> usize {
        self.names
    }

    /// Whether it was built from no name at all.
    pub fn is_empty(&self) -> bool {
        self.names == 0
    }

    pub(crate) fn frames(&self) -> &Frames {
        &self.frames
    }

    /// Whether folded words say that the asker wants something: "je voudrais", "bghit".
    pub(crate) fn is_wish(&self, words: &[&str]) -> bool {
        self.wishes.contains(&words.join(" "))
    }

    /// Whether a folded word joins a wish to what stands before it: "et".
    pub(crate) fn is_joining(&self, folded: &str) -> bool {
        self.joining.contains(folded)
    }

    fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    pub(crate) fn meaning(&self, entry: u32) -> &Meaning {
        &self.entries[entry as usize].meaning
    }

    /// Whether a folded word is one of any spelling.
    pub(crate) fn is_word(&self, folded: &str) -> bool {
        self.vocabulary
            .word_of(vocabulary::word_key(folded))
            .is_some()
    }

    pub(crate) fn form(&self, entry: u32) -> Option<Form> {
        self.entries[entry as usize].form
    }

    /// One vote for the language of a word, split among the forms of its script as often as they use it.
    pub(crate) fn vote(&self, token: &Token) -> Option<[f64; Form::ALL.len()]> {
        self.vocabulary.vote(token)
    }

    /// The record one step up, as the names gave it.
    pub(crate) fn parent(&self, kind: NameKind, key: &str) -> Option<&str> {
        self.records
            .get(&(kind, key.to_owned()))
            .and_then(|(_, parent)| parent.as_deref())
    }

    /// The territory of a level inside another one, of the same name: the commune of Fès in the prefecture of Fès.
    pub(crate) fn namesake_inside(&self, code: &str, level: Level) -> Option<String> {
        let names = self.names(NameKind::Territory, code);
        let inside = self
            .records
            .iter()
            .filter(|((kind, key), (texts, parent))| {
                *kind == NameKind::Territory
                    && parent.as_deref() == Some(code)
                    && territory_level(key) == Some(level)
                    && texts.iter().any(|text| names.contains(text))
            });
        inside.map(|((_, key), _)| key.clone()).min()
    }

    /// The communes that bear a name of a commune, itself among them; none for another territory.
    pub(crate) fn namesakes(&self, code: &str) -> Vec<String> {
        let commune = |code: &str| territory_level(code) == Some(Level::Commune);
        let names = self.names(NameKind::Territory, code);
        let bears = |texts: &[String]| texts.iter().any(|text| names.contains(text));
        let mut found: Vec<String> = self
            .records
            .iter()
            .filter(|((kind, key), (texts, _))| {
                *kind == NameKind::Territory && commune(code) && commune(key) && bears(texts)
            })
            .map(|((_, key), _)| key.clone())
            .collect();
        found.sort();
        found
    }

    /// The first name given for a record.
    pub(crate) fn name(&self, kind: NameKind, key: &str) -> Option<&str> {
        self.names(kind, key).first().map(String::as_str)
    }

    /// What records there are names of.
    pub(crate) fn keys(&self) -> impl Iterator<Item = (NameKind, &str)> {
        self.records.keys().map(|(kind, key)| (*kind, key.as_str()))
    }

    /// Every name given for a record.
    pub(crate) fn names(&self, kind: NameKind, key: &str) -> &[String] {
        self.records
            .get(&(kind, key.to_owned()))
            .map_or(&[], |(names, _)| names.as_slice())
    }
}

/// Countries that companies of the records come from.
const ORIGINS: [&str; 7] = ["CA", "ES", "FR", "JP", "LU", "MA", "US"];

/// How readily a spelling is believed when it is only nearly right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Weight {
    /// A function word: never the correction of anything.
    Filler,
    /// One of the many small places: only long names are corrected.
    SmallPlace,
    /// A name of an organisation, a park, a province.
    Name,
    /// A word of the domain.
    Word,
}

impl Weight {
    fn of(name: &Name) -> Weight {
        match name.level {
            Some(Level::Commune | Level::Arrondissement) => Weight::SmallPlace,
            _ => Weight::Name,
        }
    }
}
