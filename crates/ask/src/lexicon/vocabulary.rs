//! Spellings compiled to keys: a tree over words, and weaker keys that lead to those words.

use language::{
    Form, Script, Token, clitic_splits, darija_key, darija_skeleton, darija_worn, tokenize,
};
use rustc_hash::{FxHashMap, FxHashSet};

use super::Weight;
use super::typo::Typos;

/// Longest spelling, in words.
pub const MAX_WORDS: usize = 24;

/// The tree and the ways into it.
#[derive(Default)]
pub struct Vocabulary {
    words: FxHashMap<String, u32>,
    spellings: Vec<String>,
    weights: Vec<Weight>,
    darija: FxHashMap<String, Vec<u32>>,
    /// Words of Darija by what is left of their key without short vowels.
    worn: FxHashMap<String, Vec<u32>>,
    skeletons: FxHashMap<String, Vec<u32>>,
    typos: Typos,
    edges: FxHashMap<(u32, u32), u32>,
    ends: Vec<Vec<u32>>,
    squeezed: FxHashMap<String, u32>,
    spoken: FxHashSet<u32>,
    darija_words: Vec<bool>,
    /// How many entries of each language form use a word, and how many it has.
    uses: Vec<[u32; Form::ALL.len()]>,
    entries: [FxHashSet<u32>; Form::ALL.len()],
    used: FxHashSet<(u32, u32)>,
    outside: FxHashSet<String>,
}

/// A word of the vocabulary that a token may stand for, and what believing so costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub word: u32,
    pub cost: u32,
    pub corrected: bool,
}

impl Vocabulary {
    /// Adds one spelling of an entry.
    pub fn add(&mut self, spelling: &str, entry: u32, weight: Weight, form: Option<Form>) {
        if self.ends.is_empty() {
            self.ends.push(Vec::new());
        }
        let tokens = tokenize(spelling);
        if tokens.is_empty() || tokens.len() > MAX_WORDS {
            return;
        }
        let mut node = 0;
        let mut squeezed = String::new();
        for token in &tokens {
            let key = word_key(&token.folded);
            squeezed.push_str(key);
            let word = self.word(key, weight, form == Some(Form::AryLatn));
            if let Some(form) = form
                && self.used.insert((word, entry))
            {
                self.uses[word as usize][form as usize] += 1;
                self.entries[form as usize].insert(entry);
            }
            let next = self.ends.len() as u32;
            node = *self.edges.entry((node, word)).or_insert(next);
            if node == next {
                self.ends.push(Vec::new());
            }
        }
        // A small place that is spelt like a word of the language is that word.
        let spoken = matches!(weight, Weight::Word | Weight::Filler);
        if spoken {
            self.spoken.insert(node);
        }
        let end = &mut self.ends[node as usize];
        let shadowed = weight == Weight::SmallPlace && self.spoken.contains(&node);
        if !shadowed && !end.contains(&entry) {
            end.push(entry);
        }
        // "T'es là" is no "Tesla".
        let whole_words = tokens
            .iter()
            .all(|token| token.folded.chars().nth(1).is_some());
        if squeezed.chars().count() >= 5 && whole_words && weight != Weight::Filler {
            self.squeezed.entry(squeezed).or_insert(node);
        }
    }

    /// Adds a word that is spelt right and means nothing here.
    pub fn add_outside(&mut self, spelling: &str) {
        if let [token] = tokenize(spelling).as_slice() {
            self.outside.insert(word_key(&token.folded).to_owned());
        }
    }

    /// Computes the weaker keys once all spellings are known.
    pub fn seal(&mut self) {
        self.used = FxHashSet::default();
        for (word, spelling) in self.spellings.iter().enumerate() {
            let (id, weight) = (word as u32, self.weights[word]);
            if spelling.is_ascii() && spelling.bytes().any(|b| b.is_ascii_alphabetic()) {
                self.darija
                    .entry(darija_key(spelling))
                    .or_default()
                    .push(id);
                if self.darija_words[word]
                    && let Some(worn) = darija_worn(spelling)
                {
                    self.worn.entry(worn).or_default().push(id);
                }
                if (self.darija_words[word] || weight == Weight::Name)
                    && weight != Weight::Filler
                    && let Some(skeleton) = darija_skeleton(spelling)
                {
                    self.skeletons.entry(skeleton).or_default().push(id);
                }
            }
            let length = spelling.chars().count();
            let correctable = match weight {
                Weight::Filler => false,
                Weight::SmallPlace => length >= 7,
                Weight::Name => length >= 6,
                // Four Arabic letters are too often another word.
                Weight::Word => spelling.is_ascii() || length >= 5,
            };
            if correctable {
                self.typos.add(id, spelling);
            }
        }
    }

    fn word(&mut self, key: &str, weight: Weight, darija: bool) -> u32 {
        if let Some(id) = self.words.get(key) {
            let id = *id as usize;
            self.weights[id] = self.weights[id].max(weight);
            self.darija_words[id] |= darija;
            return id as u32;
        }
        let id = self.spellings.len() as u32;
        self.words.insert(key.to_owned(), id);
        self.spellings.push(key.to_owned());
        self.weights.push(weight);
        self.darija_words.push(darija);
        self.uses.push([0; Form::ALL.len()]);
        id
    }

    /// One vote for the language of a word, split among the forms of its script as often as they use it; `None` for a word
    /// that no form uses.
    pub fn vote(&self, token: &Token) -> Option<[f64; Form::ALL.len()]> {
        let word = *self.words.get(word_key(&token.folded))? as usize;
        let mut vote = [0.0; Form::ALL.len()];
        for form in Form::ALL.into_iter().filter(|f| f.script() == token.script) {
            let at = form as usize;
            vote[at] = f64::from(self.uses[word][at]) / self.entries[at].len().max(1) as f64;
        }
        let sum: f64 = vote.iter().sum();
        (sum > 0.0).then(|| vote.map(|rate| rate / sum))
    }

    /// Entries of the spelling that ends at a node.
    pub fn entries(&self, node: u32) -> &[u32] {
        self.ends.get(node as usize).map_or(&[], Vec::as_slice)
    }

    /// The node one word further.
    pub fn step(&self, node: u32, word: u32) -> Option<u32> {
        self.edges.get(&(node, word)).copied()
    }

    /// The spelling of a word of the vocabulary, folded.
    pub fn spelling(&self, word: u32) -> &str {
        &self.spellings[word as usize]
    }

    /// The node of a spelling written without its spaces.
    pub fn squeezed(&self, key: &str) -> Option<u32> {
        self.squeezed.get(key).copied()
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
        self.words.get(folded).copied()
    }

    /// Words that a token is, surely: as written, or in another usual spelling of Darija.
    pub fn candidates(&self, token: &Token) -> Vec<Candidate> {
        let mut found = Vec::new();
        // French "ça" is "cela", and no turnover (CA).
        let folded = match token.folded.as_str() {
            "ca" if token.text.contains(['ç', 'Ç']) => "cela",
            other => other,
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
        clitic_splits(token)
            .into_iter()
            .filter_map(|(particle, rest)| {
                let mut found = Vec::new();
                self.sure(&rest, token.script, 3, &mut found);
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
            && let Some(words) =
                darija_skeleton(key).and_then(|skeleton| self.skeletons.get(&skeleton))
        {
            let near = words
                .iter()
                .filter(|word| strsim::osa_distance(key, self.spelling(**word)) <= 2);
            found.extend(near.map(|word| Candidate {
                word: *word,
                cost: 12,
                corrected: true,
            }));
        }
        for (word, distance) in self.typos.nearest(key) {
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
        let exact = self.words.get(key).copied();
        found.extend(exact.map(|word| Candidate {
            word,
            cost,
            corrected: false,
        }));
        // A word that names of places are written with in several ways: "My Yacoub", "Kariat Ba Mohamed".
        for written in place_words(key) {
            found.extend(self.words.get(*written).map(|word| Candidate {
                word: *word,
                cost: cost + 4,
                corrected: false,
            }));
        }
        if script != Script::Latin && found.is_empty() {
            // Letters drawn out are written once: "الشركاات".
            let once = undoubled(key);
            found.extend(self.words.get(&once).map(|word| Candidate {
                word: *word,
                cost: cost + 5,
                corrected: false,
            }));
        }
        // A word that means nothing here is not another one of the same key: "hommes" is not "homes".
        if script == Script::Latin && !self.outside.contains(key) {
            // A key of two letters is the key of many words: "two" is not "TWW".
            let same = darija_key(key);
            let same = (same.chars().count() > 2 || key.chars().count() < 3).then_some(same);
            for word in same
                .and_then(|key| self.darija.get(&key))
                .into_iter()
                .flatten()
            {
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
            for word in worn
                .and_then(|key| self.worn.get(&key))
                .into_iter()
                .flatten()
            {
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
fn word_key(folded: &str) -> &str {
    match folded.strip_prefix("ال") {
        Some(rest) if rest.chars().nth(2).is_some() => rest,
        _ => folded,
    }
}
