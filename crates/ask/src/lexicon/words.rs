//! The words of the domain: one file per language form, and what quantity words mean beside others. Embedded; a folder of
//! files can stand in for them, so that words are added and tried without compiling anything.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    ops::Range,
};

use language::Form;
use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::strings::Texts;
use super::{Frames, LexiconError, Meaning};

/// The words of the domain in all language forms.
pub struct Words {
    pub(super) words: Vec<Word>,
    spellings: Texts,
    /// What an asker begins with who goes on with what they want to know, folded: "je voudrais".
    pub(super) wishes: FxHashSet<String>,
    /// What joins that to what stands before, folded: "et".
    pub(super) joining: FxHashSet<String>,
    pub(super) frames: Frames,
    digest: u64,
}

impl Words {
    /// The words this release was built with.
    pub fn embedded() -> Result<Words, LexiconError> {
        Words::read(|_| None)
    }

    /// The words of files (`fr.toml`, `en.toml`, `ar.toml`, `ary_arab.toml`, `ary_latn.toml`, `frames.toml`) given by name;
    /// the embedded file where none is given.
    pub fn read(file: impl Fn(&str) -> Option<String>) -> Result<Words, LexiconError> {
        let frames = file(FRAMES.0);
        let mut hasher = DefaultHasher::new();
        frames.hash(&mut hasher);
        let mut words = Words {
            words: Vec::new(),
            spellings: Texts::default(),
            wishes: FxHashSet::default(),
            joining: FxHashSet::default(),
            frames: Frames::parse(frames.as_deref().unwrap_or(FRAMES.1))?,
            digest: 0,
        };
        for (name, form, embedded) in FILES {
            let given = file(name);
            given.hash(&mut hasher);
            words.add(name, form, given.as_deref().unwrap_or(embedded))?;
        }
        words.spellings.shrink();
        words.digest = hasher.finish();
        Ok(words)
    }

    /// Tells words of other files apart, within a release.
    pub fn digest(&self) -> u64 {
        self.digest
    }

    /// How a word is spelt.
    pub(super) fn spellings(&self, word: &Word) -> impl Iterator<Item = &str> {
        word.spellings
            .clone()
            .map(|number| self.spellings.get(number))
    }
}

const FRAMES: (&str, &str) = ("frames.toml", include_str!("../../lexicon/frames.toml"));

/// One entry of a lexicon file, understood.
pub struct Word {
    pub meaning: Meaning,
    /// The language form it speaks for.
    pub form: Form,
    /// Their numbers.
    spellings: Range<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    entry: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    kind: String,
    sense: String,
    forms: Vec<String>,
}

/// The embedded files, by name.
const FILES: [(&str, Form, &str); 5] = [
    ("fr.toml", Form::Fr, include_str!("../../lexicon/fr.toml")),
    ("en.toml", Form::En, include_str!("../../lexicon/en.toml")),
    ("ar.toml", Form::Ar, include_str!("../../lexicon/ar.toml")),
    (
        "ary_arab.toml",
        Form::AryArab,
        include_str!("../../lexicon/ary_arab.toml"),
    ),
    (
        "ary_latn.toml",
        Form::AryLatn,
        include_str!("../../lexicon/ary_latn.toml"),
    ),
];

impl Words {
    /// Reads one lexicon file.
    fn add(&mut self, file: &str, form: Form, text: &str) -> Result<(), LexiconError> {
        let entries = entries(text).map_err(|error| LexiconError::File {
            file: file.to_owned(),
            message: error.to_string(),
        })?;
        for entry in entries {
            let Entry { kind, sense, forms } = entry;
            let beside = match (kind.as_str(), sense.as_str()) {
                ("aside", "wish") => Some(&mut self.wishes),
                ("aside", "joining") => Some(&mut self.joining),
                _ => None,
            };
            if let Some(words) = beside {
                words.extend(forms.iter().map(|form| folded(form)));
                continue;
            }
            let Some(meaning) = Meaning::parse(&kind, &sense) else {
                let file = file.to_owned();
                return Err(LexiconError::Sense { file, kind, sense });
            };
            let first = self.spellings.len() as u32;
            for spelling in &forms {
                self.spellings.push(spelling);
            }
            self.words.push(Word {
                meaning,
                form,
                spellings: first..self.spellings.len() as u32,
            });
        }
        Ok(())
    }
}

/// The words of a spelling, folded, with a space between.
fn folded(spelling: &str) -> String {
    let tokens = language::tokenize(spelling);
    let words: Vec<&str> = tokens.iter().map(|token| token.folded.as_str()).collect();
    words.join(" ")
}

/// The entries of a lexicon file, one read after the other, so that the tree of the whole is never in memory. A file that is not made of
/// entries alone is read whole, which says what is wrong with it and where.
fn entries(text: &str) -> Result<Vec<Entry>, toml::de::Error> {
    let mut parts = text.split("\n[[entry]]\n");
    let comments = |part: &str| {
        part.lines()
            .all(|line| line.is_empty() || line.starts_with('#'))
    };
    if parts.next().is_some_and(comments)
        && let Ok(entries) = parts.map(toml::from_str).collect()
    {
        return Ok(entries);
    }
    toml::from_str::<File>(text).map(|file| file.entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spellings(text: &str) -> Vec<Vec<String>> {
        let entries = entries(text).expect("a lexicon file");
        entries.into_iter().map(|entry| entry.forms).collect()
    }

    #[test]
    fn entries_are_read_however_the_file_is_laid_out() {
        let plain = "# Words.\n\n[[entry]]\nkind = \"cue\"\nsense = \"count\"\nforms = [\n    \"a\", # one\n    'b',\n]\n\n[[entry]]\nkind = \"cue\"\nsense = \"list\"\nforms = []\n";
        let close = plain.replace("[[entry]]", "[[ entry ]]");
        let first = plain.trim_start_matches("# Words.\n\n");
        for text in [plain, &close, first] {
            assert_eq!(spellings(text), [vec!["a", "b"], vec![]], "{text}");
        }
        let inside = "\n[[entry]]\nkind = \"cue\"\nsense = \"count\"\nforms = [\"\"\"a\n[[entry]]\nb\"\"\"]\n";
        assert_eq!(spellings(inside), [["a\n[[entry]]\nb"]]);
        assert!(spellings("").is_empty());
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line_in_the_file() {
        let entry = "[[entry]]\nkind = \"cue\"\nsense = \"count\"\n";
        for wrong in ["forms = [\"a]\n", "form = [\"a\"]\nforms = []\n"] {
            let text = format!("# Words.\n\n{entry}forms = []\n\n{entry}{wrong}");
            let error = entries(&text).err().expect("wrong").to_string();
            assert!(error.contains("line 11"), "{error}");
        }
    }
}
