//! The words of the domain: one file per language form, and what quantity words mean beside others. Embedded; a folder of
//! files can stand in for them, so that words are added and tried without compiling anything.

use std::hash::{DefaultHasher, Hash, Hasher};

use language::Form;
use serde::Deserialize;

use super::{Frames, LexiconError, Meaning};

/// The words of the domain in all language forms.
pub struct Words {
    pub(super) words: Vec<Word>,
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
        let mut words = Vec::new();
        let mut hasher = DefaultHasher::new();
        for (name, form, embedded) in FILES {
            let given = file(name);
            given.hash(&mut hasher);
            words.extend(parse(name, form, given.as_deref().unwrap_or(embedded))?);
        }
        let frames = file(FRAMES.0);
        frames.hash(&mut hasher);
        let digest = hasher.finish();
        let frames = Frames::parse(frames.as_deref().unwrap_or(FRAMES.1))?;
        Ok(Words {
            words,
            frames,
            digest,
        })
    }

    /// Tells words of other files apart, within a release.
    pub fn digest(&self) -> u64 {
        self.digest
    }
}

const FRAMES: (&str, &str) = ("frames.toml", include_str!("../../lexicon/frames.toml"));

/// One entry of a lexicon file, understood.
pub struct Word {
    pub meaning: Meaning,
    /// The language form it speaks for.
    pub form: Form,
    pub spellings: Vec<String>,
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

/// Reads one lexicon file.
fn parse(file: &str, form: Form, text: &str) -> Result<Vec<Word>, LexiconError> {
    let read: File = toml::from_str(text).map_err(|error| LexiconError::File {
        file: file.to_owned(),
        message: error.to_string(),
    })?;
    let mut words = Vec::new();
    for entry in read.entry {
        let meaning =
            Meaning::parse(&entry.kind, &entry.sense).ok_or_else(|| LexiconError::Sense {
                file: file.to_owned(),
                kind: entry.kind.clone(),
                sense: entry.sense.clone(),
            })?;
        words.push(Word {
            meaning,
            form,
            spellings: entry.forms,
        });
    }
    Ok(words)
}
