//! Nearly right words: edit distance 1 for 4–6 letters, 2 from 7, never on three letters or fewer, never on numbers. The first
//! letter is right: people rarely miss it, and with another one it is usually another word ("parking" is not "farming").

use std::ops::Range;

use language::Script;
use rustc_hash::FxHashMap;

use super::strings::Strings;

/// Words that may be the correction of a misspelt one, while they are collected: by length and first letter.
#[derive(Default)]
pub struct Shelves(Vec<(Shelf, Candidate)>);

/// Words that may be the correction of a misspelt one.
#[derive(Default)]
pub struct Typos {
    /// Where the words of a shelf stand.
    shelves: FxHashMap<Shelf, Range<u32>>,
    words: Box<[u32]>,
    /// The letters of each of them.
    letters: Box<[u64]>,
}

/// The length in letters, and the first of them.
type Shelf = (u8, char);

struct Candidate {
    word: u32,
    letters: u64,
}

/// Longest word that is corrected, in letters.
const LONGEST: usize = 24;

impl Shelves {
    /// Offers a word as a correction.
    pub fn add(&mut self, word: u32, spelling: &str) {
        let length = spelling.chars().count();
        let Some(first) = spelling.chars().next() else {
            return;
        };
        if !(4..=LONGEST).contains(&length) || spelling.chars().any(|c| c.is_ascii_digit()) {
            return;
        }
        let letters = letters(spelling);
        self.0
            .push(((length as u8, first), Candidate { word, letters }));
    }

    /// As it is looked through.
    pub fn seal(mut self) -> Typos {
        self.0.sort_by_key(|(shelf, _)| *shelf);
        let mut shelves: FxHashMap<Shelf, Range<u32>> = FxHashMap::default();
        for (at, (shelf, _)) in (0..).zip(&self.0) {
            shelves.entry(*shelf).or_insert(at..at).end = at + 1;
        }
        Typos {
            shelves,
            words: self.0.iter().map(|(_, candidate)| candidate.word).collect(),
            letters: self
                .0
                .iter()
                .map(|(_, candidate)| candidate.letters)
                .collect(),
        }
    }
}

impl Typos {
    /// The words of a shelf, each with its letters.
    fn shelf(&self, length: usize, first: char) -> impl Iterator<Item = (u32, u64)> {
        let shelf = self.shelves.get(&(length as u8, first)).cloned();
        let shelf = shelf.map_or(0..0, |shelf| shelf.start as usize..shelf.end as usize);
        let words = self.words[shelf.clone()].iter().copied();
        words.zip(self.letters[shelf].iter().copied())
    }

    /// The nearest words within the distance that the length allows, with that distance; all of the smallest distance.
    pub fn nearest(&self, spelling: &str, words: &Strings) -> Vec<(u32, usize)> {
        let length = spelling.chars().count();
        // Arabic words of one root are two letters apart: what is asked of subscribers is not told of workers.
        let rooted = spelling.starts_with(|c| Script::of_char(c) == Script::Arabic);
        let allowed: usize = match length {
            0..=3 => return Vec::new(),
            4..=6 => 1,
            7..=9 if rooted => 1,
            7..=LONGEST => 2,
            _ => return Vec::new(),
        };
        if spelling.chars().all(|c| c.is_ascii_digit()) {
            return Vec::new();
        }
        let Some(first) = spelling.chars().next() else {
            return Vec::new();
        };
        let mask = letters(spelling);
        let mut best = allowed;
        let mut found: Vec<(u32, usize)> = Vec::new();
        for near in length - allowed..=length + allowed {
            for (word, letters) in self.shelf(near, first) {
                let differing = (letters ^ mask).count_ones() as usize;
                if differing > 2 * best {
                    continue;
                }
                let distance = strsim::osa_distance(spelling, words.get(word));
                // In a short word another letter makes another word: "Paris" is not "parcs".
                let substituted = length <= 5 && near == length && letters != mask;
                if distance == 0 || distance > best || substituted {
                    continue;
                }
                if distance < best {
                    best = distance;
                    found.clear();
                }
                found.push((word, distance));
            }
        }
        found.retain(|(_, distance)| *distance == best);
        found
    }
}

/// One bit for each letter present, so that far words are dismissed without comparing them.
fn letters(spelling: &str) -> u64 {
    spelling
        .chars()
        .fold(0, |mask, c| mask | 1 << (u32::from(c) % 64))
}
