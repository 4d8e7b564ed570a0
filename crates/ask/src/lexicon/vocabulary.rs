//! Spellings compiled to keys: a tree over words, and weaker keys that lead to those words.

use language::{Form, Script, Token, clitic_splits, darija_key, darija_skeleton, darija_worn};
use rustc_hash::FxHashSet;

use super::Weight;
use super::keys::Keys;
use super::lists::Lists;
use super::strings::Strings;
use super::tree::Tree;
use super::typo::Typos;

/// Longest spelling, in words.
pub const MAX_WORDS: usize = 24;

/// The tree and the ways into it; made by a [`Builder`](super::build::Builder).
#[derive(Default)]
pub struct Vocabulary {
    pub(super) words: Strings,
    pub(super) weights: Box<[Weight]>,
    /// Which words are of Darija in Latin script.
    pub(super) darija_words: Box<[bool]>,
    pub(super) darija: Keys,
    /// Words of Darija by what is left of their key without short vowels.
    pub(super) worn: Keys,
    pub(super) skeletons: Keys,
    pub(super) typos: Typos,
    pub(super) tree: Tree,
    /// The entries whose spelling ends at a node.
    pub(super) ends: Lists,
    /// How many entries of each language form use a word, and how many it has.
    pub(super) uses: Box<[[u16; Form::ALL.len()]]>,
    pub(super) entries: [u32; Form::ALL.len()],
    /// Words that are spelt right and mean nothing here.
    pub(super) outside: FxHashSet<Box<str>>,
}

/// What French "ça" stands for.
pub const THAT: &str = "cela";

/// French "ça" is "cela", and no turnover (CA).
pub fn is_that(token: &Token) -> bool {
    token.folded == "ca" && token.text.contains(['ç', 'Ç'])
}

/// A word of the vocabulary that a token may stand for, and what believing so costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub word: u32,
    pub cost: u32,
    pub corrected: bool,
}

impl Vocabulary {
    /// One vote for the language of a word, split among the forms of its script as often as they use it; `None` for a word
    /// that no form uses.
    pub fn vote(&self, token: &Token) -> Option<[f64; Form::ALL.len()]> {
        let word = self.words.find(word_key(&token.folded))? as usize;
        let mut vote = [0.0; Form::ALL.len()];
        for form in Form::ALL.into_iter().filter(|f| f.script() == token.script) {
            let at = form as usize;
            vote[at] = f64::from(self.uses[word][at]) / f64::from(self.entries[at].max(1));
        }
        let sum: f64 = vote.iter().sum();
        (sum > 0.0).then(|| vote.map(|rate| rate / sum))
    }

    /// Entries of the spelling that ends at a node.
    pub fn entries(&self, node: u32) -> &[u32] {
        self.ends.get(node)
    }

    /// The node one word further.
    pub fn step(&self, node: u32, word: u32) -> Option<u32> {
        self.tree.step(node, word)
    }

    /// The spelling of a word of the vocabulary, folded.
    pub fn spelling(&self, word: u32) -> &str {
        self.words.get(word)
    }

    /// The node of a spelling written without its spaces.
    pub fn squeezed(&self, key: &str) -> Option<u32> {
        self.tree.squeezed(key, &self.words)
    }

    /// Whether a word belongs to names only.
    pub fn is_name(&self, word: u32) -> bool {
        matches!(
            self.weights[word as usize],
            Weight::Name | Weight::SmallPlace
        )
    }

    /// The word with exactly this spelling.
    pub fn word_of(&self, folded: &str) -> Option<u32> {
        self.words.find(folded)
    }

    /// Words that a token is, surely: as written, or in another usual spelling of Darija.
    pub fn candidates(&self, token: &Token) -> Vec<Candidate> {
        let mut found = Vec::new();
        let folded = if is_that(token) {
            THAT
        } else {
            token.folded.as_str()
        };
        self.sure(folded, token.script, 0, &mut found);
        found
    }

    /// Words that a token is with glued particles taken off: the particle and the rest.
    pub fn split_candidates(&self, token: &Token) -> Vec<(String, Vec<Candidate>)> {
        if self.outside.contains(word_key(&token.folded)) {
            return Vec::new();
        }
        // Capitals are an abbreviation, and nothing is glued to one.
        let letters = token.text.chars().filter(|c| c.is_alphabetic()).count();
        if letters > 1
            && !token.text.chars().any(char::is_lowercase)
            && token.script == Script::Latin
        {
            return Vec::new();
        }
        // A word that is known whole is rather that word: "بسبب", because of, is no cause.
        let whole = self.words.find(word_key(&token.folded));
        let known = whole.and_then(|word| self.tree.step(0, word));
        let known = known.is_some_and(|node| !self.ends.get(node).is_empty());
        let cost = if known { 5 } else { 3 };
        clitic_splits(token)
            .into_iter()
            .filter_map(|(particle, rest)| {
                let mut found = Vec::new();
                self.sure(&rest, token.script, cost, &mut found);
                (!found.is_empty()).then_some((particle, found))
            })
            .collect()
    }

    /// Words that a token nearly is.
    pub fn near_candidates(&self, folded: &str, script: Script) -> Vec<Candidate> {
        let mut found = Vec::new();
        let key = word_key(folded);
        if self.outside.contains(key) {
            return found;
        }
        if key.chars().any(|c| c.is_ascii_digit()) && !key.chars().any(char::is_alphabetic) {
            return found;
        }
        // Short Arabic words are too near to one another.
        if script != Script::Latin && key.chars().count() < 5 {
            return found;
        }
        if script == Script::Latin
            && let Some(skeleton) = darija_skeleton(key)
        {
            let near = self
                .skeletons
                .words(&skeleton)
                .iter()
                .filter(|word| strsim::osa_distance(key, self.spelling(**word)) <= 2);
            found.extend(near.map(|word| Candidate {
                word: *word,
                cost: 12,
                corrected: true,
            }));
        }
        for (word, distance) in self.typos.nearest(key, &self.words) {
            let cost = 6
                + 4 * distance as u32
                + u32::from(self.weights[word as usize] == Weight::SmallPlace) * 4;
            found.push(Candidate {
                word,
                cost,
                corrected: true,
            });
        }
        found.truncate(12);
        found
    }

    fn sure(&self, folded: &str, script: Script, cost: u32, found: &mut Vec<Candidate>) {
        let key = word_key(folded);
        let exact = self.words.find(key);
        found.extend(exact.map(|word| Candidate {
            word,
            cost,
            corrected: false,
        }));
        // Another number is another number: 5000 is no drawn-out 50.
        if key.bytes().all(|b| b.is_ascii_digit()) {
            return;
        }
        // A word that names of places are written with in several ways: "My Yacoub", "Kariat Ba Mohamed".
        for written in place_words(key) {
            found.extend(self.words.find(written).map(|word| Candidate {
                word,
                cost: cost + 4,
                corrected: false,
            }));
        }
        if script != Script::Latin && found.is_empty() {
            // Letters drawn out are written once: "الشركاات".
            let once = undoubled(key);
            found.extend(self.words.find(&once).map(|word| Candidate {
                word,
                cost: cost + 5,
                corrected: false,
            }));
        }
        // A word that means nothing here is not another one of the same key: "hommes" is not "homes".
        if script == Script::Latin && !self.outside.contains(key) {
            // A key of two letters is the key of many words: "two" is not "TWW".
            let same = darija_key(key);
            let same = (same.chars().count() > 2 || key.chars().count() < 3).then_some(same);
            for word in same.iter().flat_map(|key| self.darija.words(key)) {
                // Darija has no one spelling; elsewhere another one is a mistake. Either is near: "Lyon" is not "Laâyoune".
                let length = |word: &str| word.chars().count();
                let darija = self.darija_words[*word as usize];
                let apart = length(self.spelling(*word)).abs_diff(length(key));
                let far = apart > if darija { 3 } else { 2 };
                if Some(*word) != exact && !far {
                    found.push(Candidate {
                        word: *word,
                        cost: cost + 4,
                        corrected: !darija,
                    });
                }
            }
            // Short vowels are written as one likes: sokan, soukkan, sekkan.
            let worn = if found.is_empty() {
                darija_worn(key)
            } else {
                None
            };
            for word in worn.iter().flat_map(|key| self.worn.words(key)) {
                found.push(Candidate {
                    word: *word,
                    cost: cost + 7,
                    corrected: true,
                });
            }
        }
    }
}

/// The other spellings of a word that many names of places begin or end with, folded.
fn place_words(word: &str) -> impl Iterator<Item = &'static &'static str> {
    const SPELLINGS: [&[&str]; 14] = [
        &["moulay", "my", "mly", "moulai", "mulay"],
        &["jdid", "jadid", "jedid"],
        &["jdida", "jadida", "jedida"],
        &["karia", "kariat", "qaria", "qariat"],
        &["oulad", "ouled", "awlad", "ulad", "wlad"],
        &["ain", "ayn", "aine", "3in", "3ayn"],
        &["beni", "bni", "bani"],
        &["ait", "ayt"],
        &["souk", "souq", "suq"],
        &["khemis", "khmis"],
        &["tnine", "tnin"],
        &["tleta", "tlata", "tlat"],
        &["قريه", "قريا"],
        &["اولاد", "ولاد"],
    ];
    let spellings: &[&str] = SPELLINGS
        .iter()
        .find(|spellings| spellings.contains(&word))
        .copied()
        .unwrap_or_default();
    spellings.iter()
}

/// A word with each run of a letter written once.
fn undoubled(word: &str) -> String {
    let mut once = String::with_capacity(word.len());
    for letter in word.chars() {
        if !once.ends_with(letter) {
            once.push(letter);
        }
    }
    once
}

/// A folded word without the Arabic article, so that both spellings meet.
pub(super) fn word_key(folded: &str) -> &str {
    match folded.strip_prefix("ال") {
        Some(rest) if rest.chars().nth(2).is_some() => rest,
        _ => folded,
    }
}
