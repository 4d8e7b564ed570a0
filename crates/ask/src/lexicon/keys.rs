//! Weaker keys of words: each leads to the words that share it.

use super::lists::Lists;
use super::strings::Strings;

/// Words by a key, while they are collected.
#[derive(Default)]
pub struct Shared {
    keys: Strings,
    words: Vec<(u32, u32)>,
}

impl Shared {
    /// Adds a word under a key.
    pub fn add(&mut self, key: &str, word: u32) {
        self.words.push((self.keys.add(key), word));
    }

    /// As it is looked up.
    pub fn seal(mut self) -> Keys {
        self.keys.shrink();
        Keys {
            words: Lists::of(self.keys.len(), self.words),
            keys: self.keys,
        }
    }
}

/// Words by a key.
#[derive(Debug, Default)]
pub struct Keys {
    keys: Strings,
    words: Lists,
}

impl Keys {
    /// The words of a key, in the order they were added.
    pub fn words(&self, key: &str) -> &[u32] {
        self.keys.find(key).map_or(&[], |key| self.words.get(key))
    }
}
