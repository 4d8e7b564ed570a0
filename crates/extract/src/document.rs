//! An article cut into sentences, with everything in it that is known: words, names, numbers, periods.

use std::rc::Rc;

use ask::{Level, Lexicon, NameKind, NamedRecord};
use language::{NumberSpan, PeriodSpan, Script, Today, Token, tokenize};

use crate::words::{self, Class, Tag};

/// A name and what it is of.
#[derive(Clone, Debug)]
pub struct Name {
    pub start: usize,
    pub end: usize,
    pub records: Vec<NamedRecord>,
}

impl Name {
    /// The key of the record of this kind that bears the name.
    pub fn key(&self, kind: NameKind) -> Option<&str> {
        self.records
            .iter()
            .find(|record| record.kind == kind)
            .map(|record| record.key.as_str())
    }

    /// The place that a bare name means: the prefecture or province before the commune, a region only by its own name.
    pub fn place(&self) -> Option<&str> {
        let of = |level: Level| {
            let mut found = self.records.iter().filter(move |record| {
                record.kind == NameKind::Territory && record.level == Some(level)
            });
            let first = found.next()?;
            // Communes of one name are not guessed among.
            found.next().is_none().then_some(first.key.as_str())
        };
        let levels = [
            Level::Country,
            Level::Province,
            Level::Region,
            Level::Commune,
        ];
        levels.into_iter().find_map(of)
    }

    /// The commune of this name.
    pub fn town(&self) -> Option<&str> {
        let mut found = self.records.iter().filter(|record| {
            record.kind == NameKind::Territory && record.level == Some(Level::Commune)
        });
        let first = found.next()?;
        found.next().is_none().then_some(first.key.as_str())
    }

    /// The record that is no place: an organisation before a park, a project, a plan, an agreement.
    pub fn thing(&self) -> Option<&NamedRecord> {
        let kinds = [
            NameKind::Organisation,
            NameKind::Park,
            NameKind::Project,
            NameKind::Plan,
            NameKind::Agreement,
        ];
        let of = |kind| self.records.iter().find(|record| record.kind == kind);
        kinds.into_iter().find_map(of)
    }
}

/// A run of tokens up to a full stop or the end of a line.
#[derive(Clone, Copy, Debug)]
pub struct Sentence {
    pub start: usize,
    pub end: usize,
    /// Number of its line among those that are read.
    pub line: usize,
}

/// An article, read; or one sentence of it, with what is known of that sentence alone.
pub struct Document<'a> {
    pub text: &'a str,
    pub tokens: Rc<[Token]>,
    pub tags: Vec<Tag>,
    pub names: Vec<Name>,
    pub numbers: Vec<NumberSpan>,
    pub periods: Vec<PeriodSpan>,
    pub sentences: Vec<Sentence>,
}

impl<'a> Document<'a> {
    /// Reads an article; relative periods count from the day it was published.
    pub fn read(lexicon: &Lexicon, text: &'a str, published: Option<Today>) -> Document<'a> {
        let tokens = tokenize(text);
        let names: Vec<Name> = lexicon
            .named(text, &tokens)
            .into_iter()
            .map(|named| Name {
                start: named.start,
                end: named.end,
                records: named.records,
            })
            .filter(|name| !is_common_word(name, &tokens))
            .collect();
        // Which name of several words a token stands in.
        let mut named = vec![None; tokens.len()];
        for (at, name) in names
            .iter()
            .enumerate()
            .filter(|(_, name)| name.end - name.start > 1)
        {
            named[name.start..name.end].fill(Some(at));
        }
        let inside =
            |start: usize, end: usize| named[start].is_some() && named[start] == named[end - 1];
        let mut tags = words::tags(&tokens);
        tags.retain(|tag| !inside(tag.start, tag.end));
        // "الشرق الأوسط" is no الشرق.
        let abroad: Vec<&Tag> = tags
            .iter()
            .filter(|tag| {
                matches!(
                    (tag.class, tag.sense),
                    (Class::Cue, "mena" | "africa") | (Class::Place, "abroad")
                )
            })
            .collect();
        let wider = |name: &Name| {
            let from = abroad.partition_point(|tag| tag.start + LONGEST < name.start);
            let near = abroad[from..]
                .iter()
                .take_while(|tag| tag.start <= name.start);
            near.into_iter()
                .any(|tag| name.end <= tag.end && tag.end - tag.start > name.end - name.start)
        };
        let names: Vec<Name> = names.iter().filter(|name| !wider(name)).cloned().collect();
        let mut numbers = language::numbers(&tokens);
        numbers.retain(|number| !inside(number.start, number.end));
        let unknown = Today {
            year: 2000,
            month: 1,
            day: 1,
        };
        let mut periods = language::periods(&tokens, published.unwrap_or(unknown));
        periods.retain(|period| !inside(period.start, period.end));
        if published.is_none() {
            // "L'an dernier" is no year without the day of the article.
            let dated = |token: &Token| token.folded.bytes().any(|byte| byte.is_ascii_digit());
            periods.retain(|period| tokens[period.start..period.end].iter().any(dated));
        }
        // "سنة 2023 ألفا ومائة شخص": the year is no thousands.
        let swallows = |number: &NumberSpan| {
            let at = periods.partition_point(|period| period.end <= number.start);
            periods
                .get(at)
                .filter(|period| period.start <= number.start && period.end < number.end)
                .map(|period| period.end)
        };
        let mut again = Vec::new();
        numbers.retain(|number| match swallows(number) {
            Some(from) => {
                let rest = language::numbers(&tokens[from..(from + 8).min(tokens.len())])
                    .into_iter()
                    .next();
                again.extend(rest.filter(|rest| rest.start == 0).map(|rest| NumberSpan {
                    start: from,
                    end: from + rest.end,
                    ..rest
                }));
                false
            }
            None => true,
        });
        numbers.extend(again);
        numbers.sort_by_key(|number| number.start);
        let sentences = sentences(text, &tokens, &tags);
        let tokens = tokens.into();
        Document {
            text,
            tokens,
            tags,
            names,
            numbers,
            periods,
            sentences,
        }
    }

    /// One sentence, or the cells of a row, with what is known of it.
    pub fn within(&self, sentence: Sentence) -> Document<'a> {
        fn part<T: Clone>(items: &[T], sentence: Sentence, start: impl Fn(&T) -> usize) -> Vec<T> {
            let from = items.partition_point(|item| start(item) < sentence.start);
            let until = items.partition_point(|item| start(item) < sentence.end);
            items[from..until].to_vec()
        }
        Document {
            text: self.text,
            tokens: self.tokens.clone(),
            tags: part(&self.tags, sentence, |tag| tag.start),
            names: part(&self.names, sentence, |name| name.start),
            numbers: part(&self.numbers, sentence, |number| number.start),
            periods: part(&self.periods, sentence, |period| period.start),
            sentences: vec![sentence],
        }
    }

    /// What stands between a token and the next one.
    pub fn gap(&self, at: usize) -> &'a str {
        let end = self
            .tokens
            .get(at + 1)
            .map_or(self.text.len(), |token| token.start);
        &self.text[self.tokens[at].end..end]
    }

    /// Tags of a class in a range of tokens.
    pub fn tags_in(
        &self,
        class: Class,
        start: usize,
        end: usize,
    ) -> impl DoubleEndedIterator<Item = &Tag> + Clone {
        // They stand in order of where they begin.
        let from = self.tags.partition_point(|tag| tag.start < start);
        let until = self.tags.partition_point(|tag| tag.start < end.max(start));
        self.tags[from..until]
            .iter()
            .filter(move |tag| tag.class == class && tag.end <= end)
    }

    /// The tag of a class that begins at a token, the longest.
    pub fn tag_at(&self, class: Class, at: usize) -> Option<&Tag> {
        let from = self.tags.partition_point(|tag| tag.start < at);
        self.tags[from..]
            .iter()
            .take_while(|tag| tag.start == at)
            .filter(|tag| tag.class == class)
            .max_by_key(|tag| tag.end)
    }

    pub fn names_in(&self, start: usize, end: usize) -> impl DoubleEndedIterator<Item = &Name> {
        let from = self.names.partition_point(|name| name.start < start);
        let until = self
            .names
            .partition_point(|name| name.start < end.max(start));
        self.names[from..until]
            .iter()
            .filter(move |name| name.end <= end)
    }

    /// Whether a comma, a dash or a bracket stands between a token and the next one.
    pub fn is_cut(&self, at: usize) -> bool {
        const STOPS: [char; 14] = [
            ',', ';', ':', '(', ')', '—', '–', '،', '؛', '«', '»', '|', '“', '”',
        ];
        self.gap(at).contains(STOPS) || self.gap(at).contains(" - ")
    }

    /// Whether what begins at `start` goes on with the list that what ends at `end` is in: "Rabat, Casablanca et Tanger".
    pub fn is_listed(&self, end: usize, start: usize) -> bool {
        let and = |at: usize| {
            matches!(
                self.tokens[at].folded.as_str(),
                "et" | "and" | "و" | "ou" | "or"
            )
        };
        start == end || start == end + 1 && and(end)
    }

    /// The clause around a token: between commas, semicolons, brackets.
    pub fn clause(&self, sentence: Sentence, at: usize) -> (usize, usize) {
        let start = (sentence.start + 1..=at)
            .rev()
            .find(|at| self.is_cut(at - 1))
            .unwrap_or(sentence.start);
        let end = (at..sentence.end - 1)
            .find(|at| self.is_cut(*at))
            .map_or(sentence.end, |at| at + 1);
        (start, end)
    }

    /// The part of a clause around a token between two "and"s.
    pub fn piece(&self, sentence: Sentence, at: usize) -> (usize, usize) {
        let (start, end) = self.clause(sentence, at);
        // "10 ans et plus" is one thing.
        let joins = |at: &usize| {
            let word = |at: usize| {
                self.tokens
                    .get(at)
                    .map_or("", |token| token.folded.as_str())
            };
            matches!(word(*at), "et" | "and" | "و" | "ou" | "or")
                && !matches!(word(at + 1), "plus" | "over" | "above" | "older")
        };
        let first = (start..at).rev().find(joins).map_or(start, |at| at + 1);
        let last = (at + 1..end).find(joins).unwrap_or(end);
        (first, last)
    }
}

/// Arabic has no capitals, and many small places are named by a common word: one is meant only where it is said to be a place.
fn is_common_word(name: &Name, tokens: &[Token]) -> bool {
    const PLACES: [&str; 8] = [
        "جماعه",
        "بجماعه",
        "لجماعه",
        "وجماعه",
        "مدينه",
        "بمدينه",
        "بلديه",
        "الجماعه",
    ];
    let small =
        |record: &NamedRecord| matches!(record.level, Some(Level::Commune | Level::Arrondissement));
    // "داخله" is "inside it", and no الداخلة.
    let pronoun = tokens[name.end - 1].text.ends_with('ه')
        && name
            .records
            .iter()
            .all(|record| record.kind == NameKind::Territory);
    if pronoun {
        return true;
    }
    // "مناصب جديدة" are new, and in no الجديدة.
    let new = name.end == name.start + 1
        && matches!(tokens[name.start].folded.as_str(), "جديده" | "الجديده")
        && !name.start.checked_sub(1).is_some_and(|at| {
            let word = tokens[at].folded.as_str();
            PLACES.contains(&word) || matches!(word, "اقليم" | "باقليم" | "عماله" | "في")
        });
    if new {
        return true;
    }
    let said = name
        .start
        .checked_sub(1)
        .is_some_and(|at| PLACES.contains(&tokens[at].folded.as_str()));
    tokens[name.start].script == Script::Arabic && name.records.iter().all(small) && !said
}

/// Longest known word, in tokens.
const LONGEST: usize = 16;

/// Longest sentence, in tokens: what goes on without a stop is cut.
const LONGEST_SENTENCE: usize = 200;

/// Abbreviations whose full stop ends nothing, folded.
const ABBREVIATIONS: [&str; 22] = [
    "m", "mm", "mme", "mlle", "dr", "pr", "me", "mr", "mrs", "ms", "st", "ste", "av", "bd", "art",
    "no", "n", "env", "etc", "tel", "cf", "inc",
];

fn sentences(text: &str, tokens: &[Token], tags: &[Tag]) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let (mut start, mut line, mut line_start) = (0, 0, 0);
    for at in 0..tokens.len() {
        let next = tokens.get(at + 1);
        let gap = &text[tokens[at].end..next.map_or(text.len(), |next| next.start)];
        let new_line = next.is_none() || gap.contains('\n');
        let long = at + 1 - start >= LONGEST_SENTENCE;
        if !new_line && !long && !ends(&tokens[at], gap, next) {
            continue;
        }
        let from = tags.partition_point(|tag| tag.start < line_start);
        let around = tags[from..]
            .iter()
            .take_while(|tag| tag.start == line_start)
            .find(|tag| tag.class == Class::Around)
            .map(|tag| tag.sense);
        match around {
            Some("rest") => return sentences,
            Some(_) => {}
            None => sentences.push(Sentence {
                start,
                end: at + 1,
                line,
            }),
        }
        start = at + 1;
        if new_line {
            line_start = at + 1;
            line += 1;
        }
    }
    sentences
}

/// Whether a sentence ends in the gap after a token.
fn ends(token: &Token, gap: &str, next: Option<&Token>) -> bool {
    let Some(stop) = gap.find(['.', '!', '?', '؟', '…']) else {
        return false;
    };
    let stopped = gap[..stop]
        .trim_matches(['»', '"', '”', ')', ' ', '\u{a0}'])
        .is_empty();
    let begins = next.is_some_and(|next| {
        next.script == Script::Arabic || !next.text.starts_with(char::is_lowercase)
    });
    let short = gap[stop..].starts_with('.')
        && (ABBREVIATIONS.contains(&token.folded.as_str())
            || token.text.chars().nth(1).is_none() && token.script == Script::Latin);
    let apart = gap[stop..].contains(char::is_whitespace) || gap.chars().count() > 1;
    stopped && begins && apart && !short
}
