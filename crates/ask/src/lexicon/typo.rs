//! Nearly right words: edit distance 1 for 4–6 letters, 2 from 7, never on three letters or fewer, never on numbers. The first
//! letter is right: people rarely miss it, and with another one it is usually another word ("parking" is not "farming").

use language::Script;
use rustc_hash::FxHashMap;

/// Words that may be the correction of a misspelt one, by length and first letter.
#[derive(Default)]
pub struct Typos {
    shelves: FxHashMap<(usize, char), Vec<Candidate>>,
}

struct Candidate {
    word: u32,
    letters: u64,
    spelling: String,
}

/// Longest word that is corrected, in letters.
const LONGEST: usize = 24;

impl Typos {
    /// Offers a word as a correction.
    pub fn add(&mut self, word: u32, spelling: &str) {
        let length = spelling.chars().count();
        let Some(first) = spelling.chars().next() else {
            return;
        };
        if !(4..=LONGEST).contains(&length) || spelling.chars().any(|c| c.is_ascii_digit()) {
            return;
        }
        let shelf = self.shelves.entry((length, first)).or_default();
        shelf.push(Candidate {
            word,
            letters: letters(spelling),
            spelling: spelling.to_owned(),
        });
    }

    /// The nearest words within the distance that the length allows, with that distance; all of the smallest distance.
    pub fn nearest(&self, spelling: &str) -> Vec<(u32, usize)> {
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
            for candidate in self.shelves.get(&(near, first)).into_iter().flatten() {
                let differing = (candidate.letters ^ mask).count_ones() as usize;
                if differing > 2 * best {
                    continue;
                }
                let distance = strsim::osa_distance(spelling, &candidate.spelling);
                // In a short word another letter makes another word: "Paris" is not "parcs".
                let substituted = length <= 5 && near == length && candidate.letters != mask;
                if distance == 0 || distance > best || substituted {
                    continue;
                }
                if distance < best {
                    best = distance;
                    found.clear();
                }
                found.push((candidate.word, distance));
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
