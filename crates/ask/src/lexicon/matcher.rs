//! Finds known spellings in a sentence: all languages at once, longest match, then the reading that covers most.

use language::{Script, Token};

use super::vocabulary::{Candidate, MAX_WORDS};
use super::{Cue, Lexicon, Meaning};

/// A run of tokens that is a known spelling.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    pub entries: Vec<u32>,
    pub cost: u32,
    /// The spelling believed instead of a misspelt one, folded.
    pub corrected: Option<String>,
}

/// Tokens whose misspellings are looked for, so that a long text stays cheap.
const MAX_CORRECTED: usize = 24;

impl Lexicon {
    /// Every known spelling in the tokens, sure ones only.
    ///
    /// `ends[i]` is one past the last token that a spelling beginning at token i may have: none goes over a comma.
    pub(crate) fn find(&self, tokens: &[Token], ends: &[usize]) -> Vec<Found> {
        let steps: Vec<Vec<Step>> = tokens.iter().map(|token| self.sure_steps(token)).collect();
        let mut found = Vec::new();
        for start in 0..tokens.len() {
            self.walk(&steps[..ends[start]], start, &mut found);
            self.squeeze(&tokens[..ends[start]], start, &mut found);
        }
        found
    }

    /// Spellings that need a correction of one of the tokens marked as not understood.
    pub(crate) fn find_corrected(
        &self,
        tokens: &[Token],
        ends: &[usize],
        unknown: &[bool],
    ) -> Vec<Found> {
        let mut steps: Vec<Vec<Step>> = tokens.iter().map(|token| self.sure_steps(token)).collect();
        let mut budget = MAX_CORRECTED;
        for (at, token) in tokens.iter().enumerate() {
            let near = at.saturating_sub(2)..(at + 3).min(tokens.len());
            if budget == 0 || !unknown[near].iter().any(|u| *u) {
                continue;
            }
            budget -= 1;
            steps[at].extend(self.near_steps(at, token));
        }
        let mut found = Vec::new();
        for start in 0..tokens.len() {
            let near = start..(start + 5).min(tokens.len());
            if unknown[near].iter().any(|u| *u) {
                self.walk(&steps[..ends[start]], start, &mut found);
            }
        }
        found.retain(|f| f.corrected.is_some() && f.entries.iter().any(|e| self.is_believable(*e)));
        found
    }

    /// Whether a misspelt word may be taken for this one: names and words of the domain, and words that ask. A word of
    /// conversation is too easily another word: "weather" is not "rather".
    fn is_believable(&self, entry: u32) -> bool {
        match self.meaning(entry) {
            Meaning::Cue(cue) => cue.asks(),
            Meaning::Comparator(_) | Meaning::Unit(_) | Meaning::Filler | Meaning::Abroad => false,
            _ => true,
        }
    }

    fn sure_steps(&self, token: &Token) -> Vec<Step> {
        let mut steps: Vec<Step> = self
            .vocabulary()
            .candidates(token)
            .into_iter()
            .map(Step::whole)
            .collect();
        for (particle, candidates) in self.vocabulary().split_candidates(token) {
            for candidate in candidates {
                self.split_steps(&particle, candidate, &mut steps);
            }
        }
        steps
    }

    fn near_steps(&self, at: usize, token: &Token) -> Vec<Step> {
        // A capital inside a sentence is a name, and a name is not a misspelt word.
        let capital = token.text.starts_with(char::is_uppercase);
        let short = token.folded.chars().count() <= 5;
        let name = capital && (at > 0 || short);
        let mut steps: Vec<Step> = self
            .vocabulary()
            .near_candidates(&token.folded, token.script)
            .into_iter()
            .filter(|candidate| !name || self.vocabulary().is_name(candidate.word))
            .map(Step::whole)
            .collect();
        if name {
            return steps;
        }
        for (particle, rest) in language::clitic_splits(token) {
            // Two guesses on a short word make any word: "factory" is not "f actors".
            if rest.chars().count() < 7 {
                continue;
            }
            for mut candidate in self.vocabulary().near_candidates(&rest, token.script) {
                candidate.cost += 3;
                self.split_steps(&particle, candidate, &mut steps);
            }
        }
        steps.truncate(24);
        steps
    }

    /// A word with its particle taken off: the particle a word of the spelling, or dropped. "And" joins two spellings, so it is
    /// dropped only before a first word.
    fn split_steps(&self, particle: &str, candidate: Candidate, steps: &mut Vec<Step>) {
        if let Some(word) = self.vocabulary().word_of(particle) {
            steps.push(Step {
                particle: Some(word),
                first_only: false,
                candidate: candidate.clone(),
            });
        }
        let joins = particle.starts_with(['و', 'w']) || particle == "ou";
        steps.push(Step {
            particle: None,
            first_only: joins,
            candidate,
        });
    }

    fn walk(&self, steps: &[Vec<Step>], start: usize, found: &mut Vec<Found>) {
        // (node, next token, cost, corrected words so far)
        let mut open: Vec<(u32, usize, u32, Vec<u32>, bool)> =
            vec![(0, start, 0, Vec::new(), false)];
        let mut visited = 0;
        while let Some((node, at, cost, path, corrected)) = open.pop() {
            visited += 1;
            if at > start {
                let entries = self.vocabulary().entries(node);
                if !entries.is_empty() {
                    let spelling = corrected.then(|| {
                        path.iter()
                            .map(|word| self.vocabulary().spelling(*word))
                            .collect::<Vec<_>>()
                            .join(" ")
                    });
                    found.push(Found {
                        start,
                        end: at,
                        entries: entries.to_vec(),
                        cost,
                        corrected: spelling,
                    });
                }
            }
            if at == steps.len() || at - start >= MAX_WORDS || visited > 400 {
                continue;
            }
            for step in &steps[at] {
                if step.first_only && at > start {
                    continue;
                }
                let through = match step.particle {
                    Some(particle) => self.vocabulary().step(node, particle),
                    None => Some(node),
                };
                let next =
                    through.and_then(|node| self.vocabulary().step(node, step.candidate.word));
                if let Some(next) = next {
                    let mut path = path.clone();
                    path.push(step.candidate.word);
                    open.push((
                        next,
                        at + 1,
                        cost + step.candidate.cost,
                        path,
                        corrected || step.candidate.corrected,
                    ));
                }
            }
        }
    }

    /// Spellings whose spaces are misplaced or missing: "fes shore" for "fesshore", "مركزالاتصال" for "مركز الاتصال".
    fn squeeze(&self, tokens: &[Token], start: usize, found: &mut Vec<Found>) {
        let mut key = String::new();
        for end in start + 1..=(start + 4).min(tokens.len()) {
            let token = &tokens[end - 1];
            if token.script == Script::Other && end == start + 1 {
                return;
            }
            key.push_str(token.folded.strip_prefix("ال").unwrap_or(&token.folded));
            if key.chars().count() < 5 {
                continue;
            }
            if let Some(node) = self.vocabulary().squeezed(&key) {
                found.push(Found {
                    start,
                    end,
                    entries: self.vocabulary().entries(node).to_vec(),
                    cost: 2,
                    corrected: None,
                });
            }
        }
    }

    /// Whether a find means nothing here.
    pub(crate) fn is_outside(&self, found: &Found) -> bool {
        found.entries.iter().all(|entry| {
            matches!(
                self.meaning(*entry),
                Meaning::Outside | Meaning::Cue(Cue::Trade)
            )
        })
    }

    /// Whether every meaning of a find is a function word.
    pub(crate) fn is_filler(&self, found: &Found) -> bool {
        found
            .entries
            .iter()
            .all(|entry| *self.meaning(*entry) == Meaning::Filler)
    }
}

/// One way to read one token.
#[derive(Clone, Debug)]
struct Step {
    particle: Option<u32>,
    /// The particle is dropped, which only the first word of a spelling may do.
    first_only: bool,
    candidate: Candidate,
}

impl Step {
    fn whole(candidate: Candidate) -> Step {
        Step {
            particle: None,
            first_only: false,
            candidate,
        }
    }
}

/// Picks spans that do not overlap and together cover most, at the least cost; deterministic.
pub fn cover(length: usize, spans: &[(usize, usize, u32)]) -> Vec<usize> {
    let mut by_start: Vec<Vec<usize>> = vec![Vec::new(); length];
    for (index, (start, end, _)) in spans.iter().enumerate() {
        if start < end && *end <= length {
            by_start[*start].push(index);
        }
    }
    // best[i]: the score from token i on, and the span taken there.
    let mut best: Vec<(i64, Option<usize>)> = vec![(0, None); length + 1];
    for at in (0..length).rev() {
        let mut choice = (best[at + 1].0, None);
        for index in &by_start[at] {
            let (start, end, cost) = spans[*index];
            let score = best[end].0 + 100 * (end - start) as i64 - 12 - i64::from(cost);
            if score > choice.0 {
                choice = (score, Some(*index));
            }
        }
        best[at] = choice;
    }
    let mut taken = Vec::new();
    let mut at = 0;
    while at < length {
        match best[at].1 {
            Some(index) => {
                taken.push(index);
                at = spans[index].1;
            }
            None => at += 1,
        }
    }
    taken
}
