//! Nearly right words: edit distance 1 for 4–6 letters, 2 from 7, never on three letters or fewer, never on numbers. The first
//! letter is right: people rarely miss it, and with another one it is usually another word ("parking" is not "farming").

/// Words that may be the correction of a misspelt one, by length.
#[derive(Default)]
pub struct Typos {
    by_length: Vec<Vec<Candidate>>,
}

struct Candidate {
    word: u32,
    letters: u64,
    first: char,
    spelling: String,
}

impl Candidate {
    fn length(&self) -> usize {
        self.spelling.chars().count()
    }
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
        if self.by_length.len() <= length {
            self.by_length.resize_with(length + 1, Vec::new);
        }
        self.by_length[length].push(Candidate {
            word,
            letters: letters(spelling),
            first,
            spelling: spelling.to_owned(),
        });
    }

    /// The nearest words within the distance that the length allows, with that distance; all of the smallest distance.
    pub fn nearest(&self, spelling: &str) -> Vec<(u32, usize)> {
        let length = spelling.chars().count();
        let allowed: usize = match length {
            0..=3 => return Vec::new(),
            4..=6 => 1,
            7..=LONGEST => 2,
            _ => return Vec::new(),
        };
        if spelling.chars().all(|c| c.is_ascii_digit()) {
            return Vec::new();
        }
        let (mask, first) = (letters(spelling), spelling.chars().next());
        let mut best = allowed;
        let mut found: Vec<(u32, usize)> = Vec::new();
        for bucket in self
            .by_length
            .iter()
            .take(length + allowed + 1)
            .skip(length.saturating_sub(allowed))
        {
            for candidate in bucket {
                let differing = (candidate.letters ^ mask).count_ones() as usize;
                if differing > 2 * best || Some(candidate.first) != first {
                    continue;
                }
                let distance = strsim::osa_distance(spelling, &candidate.spelling);
                // In a short word another letter makes another word: "Paris" is not "parcs".
                let substituted =
                    length <= 5 && candidate.length() == length && candidate.letters != mask;
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
