//! Spellings collected into a [`Vocabulary`]. What is needed only while they are is not kept.

use language::{Form, darija_key, darija_skeleton, darija_worn, tokenize};
use rustc_hash::FxHashSet;

use super::Weight;
use super::keys::Shared;
use super::lists::Lists;
use super::strings::Strings;
use super::tree::Tree;
use super::typo::Shelves;
use super::vocabulary::{MAX_WORDS, THAT, Vocabulary, is_that, word_key};

/// A vocabulary while spellings are added.
#[derive(Default)]
pub struct Builder {
    words: Strings,
    weights: Vec<Weight>,
    darija_words: Vec<bool>,
    tree: Tree,
    ends: Vec<(u32, u32)>,
    /// Nodes of spellings that are words of a language.
    spoken: FxHashSet<u32>,
    /// Which entries of each language form use a word.
    uses: [Vec<(u32, u32)>; Form::ALL.len()],
    outside: FxHashSet<Box<str>>,
}

impl Builder {
    /// Adds one spelling of an entry. French "ça" is read as "cela", and may be written without its cedilla.
    pub fn add(&mut self, spelling: &str, entry: u32, weight: Weight, form: Option<Form>) {
        let tokens = tokenize(spelling);
        if tokens.iter().any(is_that) {
            let mut whole = spelling.to_owned();
            for token in tokens.iter().rev().filter(|token| is_that(token)) {
                whole.replace_range(token.start..token.end, THAT);
            }
            self.add(&whole, entry, weight, form);
        }
        if tokens.is_empty() || tokens.len() > MAX_WORDS {
            return;
        }
        let mut node = 0;
        let mut squeezed = String::new();
        for token in &tokens {
            let key = word_key(&token.folded);
            squeezed.push_str(key);
            let word = self.word(key, weight, form == Some(Form::AryLatn));
            if let Some(form) = form {
                self.uses[form as usize].push((entry, word));
            }
            node = self.tree.grow(node, word);
        }
        // A small place that is spelt like a word of the language is that word.
        let spoken = matches!(weight, Weight::Word | Weight::Filler);
        if spoken {
            self.spoken.insert(node);
        }
        let shadowed = weight == Weight::SmallPlace && self.spoken.contains(&node);
        if !shadowed {
            self.ends.push((node, entry));
        }
        // "T'es là" is no "Tesla".
        let whole_words = tokens
            .iter()
            .all(|token| token.folded.chars().nth(1).is_some());
        if squeezed.chars().count() >= 5 && whole_words && weight != Weight::Filler {
            self.tree.squeeze(node, &squeezed, &self.words);
        }
    }

    /// Adds a word that is spelt right and means nothing here.
    pub fn add_outside(&mut self, spelling: &str) {
        if let [token] = tokenize(spelling).as_slice() {
            self.outside.insert(word_key(&token.folded).into());
        }
    }

    fn word(&mut self, key: &str, weight: Weight, darija: bool) -> u32 {
        let id = self.words.add(key);
        let at = id as usize;
        if at == self.weights.len() {
            self.weights.push(weight);
            self.darija_words.push(darija);
        } else {
            self.weights[at] = self.weights[at].max(weight);
            self.darija_words[at] |= darija;
        }
        id
    }

    /// The vocabulary of all that was added, with the weaker keys of its words.
    pub fn seal(self) -> Vocabulary {
        let Self {
            mut words,
            weights,
            darija_words,
            mut tree,
            ends,
            uses: used,
            mut outside,
            ..
        } = self;
        let mut uses = vec![[0; Form::ALL.len()]; words.len()];
        let mut entries = [0; Form::ALL.len()];
        for (form, mut used) in used.into_iter().enumerate() {
            used.sort_unstable();
            used.dedup();
            for (_, word) in &used {
                let uses: &mut u16 = &mut uses[*word as usize][form];
                *uses = uses.saturating_add(1);
            }
            used.dedup_by_key(|(entry, _)| *entry);
            entries[form] = used.len() as u32;
        }
        let (mut darija, mut worn, mut skeletons) =
            (Shared::default(), Shared::default(), Shared::default());
        let mut typos = Shelves::default();
        for id in 0..words.len() as u32 {
            let spelling = words.get(id);
            let (weight, of_darija) = (weights[id as usize], darija_words[id as usize]);
            if spelling.is_ascii() && spelling.bytes().any(|b| b.is_ascii_alphabetic()) {
                darija.add(&darija_key(spelling), id);
                if of_darija && let Some(key) = darija_worn(spelling) {
                    worn.add(&key, id);
                }
                if (of_darija || weight == Weight::Name)
                    && weight != Weight::Filler
                    && let Some(skeleton) = darija_skeleton(spelling)
                {
                    skeletons.add(&skeleton, id);
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
                typos.add(id, spelling);
            }
        }
        tree.shrink(&words);
        words.shrink();
        outside.shrink_to_fit();
        Vocabulary {
            weights: weights.into(),
            darija_words: darija_words.into(),
            darija: darija.seal(),
            worn: worn.seal(),
            skeletons: skeletons.seal(),
            typos: typos.seal(),
            ends: Lists::of(tree.len(), ends),
            uses: uses.into(),
            entries,
            outside,
            tree,
            words,
        }
    }
}
