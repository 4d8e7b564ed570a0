//! Many strings in little room: one text for all of them, each known by its number.

use std::hash::{BuildHasher, BuildHasherDefault};

use hashbrown::HashTable;
use rustc_hash::FxHasher;

/// Strings one behind the other.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    text: String,
    ends: Vec<u32>,
}

impl Texts {
    /// Adds a string, and gives its number.
    pub fn push(&mut self, text: &str) -> u32 {
        self.text.push_str(text);
        self.ends.push(self.text.len() as u32);
        self.ends.len() as u32 - 1
    }

    /// The string of a number.
    pub fn get(&self, number: u32) -> &str {
        let at = number as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..self.ends[at] as usize]
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Gives back the room for more.
    pub fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

/// Strings that differ from one another, found by what they are.
#[derive(Debug, Default)]
pub struct Strings {
    texts: Texts,
    numbers: HashTable<u32>,
}

impl Strings {
    /// The number of a string, which is added when it is new.
    pub fn add(&mut self, text: &str) -> u32 {
        let Self { texts, numbers } = self;
        let entry = numbers.entry(
            hash(text),
            |number| texts.get(*number) == text,
            |number| hash(texts.get(*number)),
        );
        match entry {
            hashbrown::hash_table::Entry::Occupied(known) => *known.get(),
            hashbrown::hash_table::Entry::Vacant(place) => {
                let number = texts.ends.len() as u32;
                place.insert(number);
                texts.push(text)
            }
        }
    }

    /// The number of a string that was added.
    pub fn find(&self, text: &str) -> Option<u32> {
        let known = |number: &u32| self.texts.get(*number) == text;
        self.numbers.find(hash(text), known).copied()
    }

    /// The string of a number.
    pub fn get(&self, number: u32) -> &str {
        self.texts.get(number)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Gives back the room for more.
    pub fn shrink(&mut self) {
        let Self { texts, numbers } = self;
        texts.shrink();
        numbers.shrink_to_fit(|number| hash(texts.get(*number)));
    }
}

/// The same hash for a string and for what it is made of, bit by bit.
pub fn hash(value: impl std::hash::Hash) -> u64 {
    BuildHasherDefault::<FxHasher>::default().hash_one(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_has_one_number_and_is_found_by_it() {
        let mut strings = Strings::default();
        let words = ["fes", "", "مكناس", "fes", "fe", "s"];
        let numbers: Vec<u32> = words.iter().map(|word| strings.add(word)).collect();
        assert_eq!(numbers, [0, 1, 2, 0, 3, 4]);
        strings.shrink();
        for (word, number) in words.iter().zip(numbers) {
            assert_eq!(strings.find(word), Some(number));
            assert_eq!(strings.get(number), *word);
        }
        assert_eq!((strings.find("taza"), strings.len()), (None, 5));
    }
}
