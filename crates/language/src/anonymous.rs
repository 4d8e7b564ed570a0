//! Anonymous text: what is left of a stranger's sentence once addresses, telephone numbers and identifiers are gone.
//!
//! Rather too much goes than too little: a figure of more than four digits looks like an identifier and is taken out as one. Names
//! of people are not recognised; whoever keeps such texts says so.

use std::fmt;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::fold::is_ignored;

/// Stands where something was taken out.
const GAP: &str = "[…]";

/// Ends what was cut. Plain as it is: its compatible form is three dots.
const CUT: char = '…';

/// The most that is read of a text, in characters.
const READ: usize = 4_096;

/// The longest word of any language; what is longer is a key, a token or an address.
const WORD: usize = 40;

/// The most digits of a figure that stays, unless it is a year.
const DIGITS: usize = 4;

/// From so many digits on, numbers that stand together are one telephone number, date or account, not several figures.
const TOGETHER: usize = 8;

/// The most characters between two numbers that stand together: "06 - 12 - 34".
const BETWEEN: usize = 3;

/// A text that was made anonymous; there is no other way to one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Anonymous(String);

impl Anonymous {
    /// One line of at most `longest` characters without e-mail addresses, handles, web addresses, telephone numbers, numbers of
    /// papers and accounts, control characters and marks that nobody sees. Years stay, and figures of up to four digits.
    pub fn of(text: &str, longest: usize) -> Self {
        let line = without_numbers(&without_addresses(&visible(text)));
        if line.chars().nth(longest).is_none() {
            return Self(line);
        }
        let kept: String = line.chars().take(longest.saturating_sub(1)).collect();
        Self(format!("{}{CUT}", kept.trim_end()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Anonymous {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One line of what can be seen: disguised letters and digits are plain ones, so that none hides an address.
fn visible(text: &str) -> String {
    let end = text
        .char_indices()
        .nth(READ)
        .map_or(text.len(), |(at, _)| at);
    let mut line = String::with_capacity(end);
    for (part, piece) in text[..end].split(CUT).enumerate() {
        if part > 0 {
            line.push(CUT);
        }
        for c in piece.nfkc() {
            if c.is_whitespace() || c.is_control() {
                if !line.is_empty() && !line.ends_with(' ') {
                    line.push(' ');
                }
            } else if !is_ignored(c) {
                line.push(c);
            }
        }
    }
    line.truncate(line.trim_end().len());
    line
}

/// Takes out words that are addresses of some kind, and what an address written with spaces around its sign is made of.
fn without_addresses(line: &str) -> String {
    let words: Vec<&str> = line.split(' ').filter(|word| !word.is_empty()).collect();
    let mut out = vec![false; words.len()];
    for (at, word) in words.iter().enumerate() {
        let sign = is_at_sign(word);
        out[at] |= sign || is_address(word);
        if (sign || word.ends_with('@')) && at + 1 < words.len() {
            out[at + 1] = true;
        }
        if sign && at > 0 {
            out[at - 1] = true;
        }
    }
    let mut kept: Vec<&str> = Vec::with_capacity(words.len());
    for (word, out) in words.into_iter().zip(out) {
        match out {
            false => kept.push(word),
            true if kept.last() != Some(&GAP) => kept.push(GAP),
            true => {}
        }
    }
    kept.join(" ")
}

/// The sign of an e-mail address standing alone, as itself or as people write it for machines not to see.
fn is_at_sign(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "@" | "(@)" | "[@]" | "(at)" | "[at]" | "{at}" | "<at>" | "arobase" | "arrobase" | "آروباز"
    )
}

fn is_address(word: &str) -> bool {
    word.contains('@')
        || word.contains("://")
        || word.chars().nth(WORD).is_some()
        || word.split(['/', '?', ':', ',', ';']).any(is_domain)
}

/// `example.ma`, `t.me`: labels of ASCII with dots between, the first with a letter, the last of two letters or more.
fn is_domain(part: &str) -> bool {
    let part = part.trim_matches(|c: char| !c.is_alphanumeric());
    let labels: Vec<&str> = part.split('.').collect();
    let label = |label: &&str| {
        !label.is_empty()
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    };
    let ends = |last: &&str| last.len() >= 2 && last.bytes().all(|b| b.is_ascii_alphabetic());
    labels.len() >= 2
        && labels.iter().all(label)
        && labels.last().is_some_and(ends)
        && labels[0].bytes().any(|b| b.is_ascii_alphabetic())
}

/// A run of letters and digits.
struct Run {
    place: Range<usize>,
    digits: usize,
    letters: bool,
    year: bool,
}

fn without_numbers(line: &str) -> String {
    let runs = runs(line);
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < runs.len() {
        let first = &runs[at];
        if first.letters || first.digits == 0 {
            if first.digits > DIGITS {
                out.push(first.place.clone());
            }
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < runs.len() && is_number(&runs[end]) && {
            let between = &line[runs[end - 1].place.end..runs[end].place.start];
            between.chars().nth(BETWEEN).is_none()
        } {
            end += 1;
        }
        let together = &runs[at..end];
        if identifies(together) {
            let last = together.last().unwrap_or(first);
            out.push(first.place.start..last.place.end);
        }
        at = end;
    }
    let mut kept = String::with_capacity(line.len());
    let mut from = 0;
    for place in out {
        kept.push_str(&line[from..place.start]);
        kept.push_str(GAP);
        from = place.end;
    }
    kept.push_str(&line[from..]);
    kept
}

fn is_number(run: &Run) -> bool {
    !run.letters && run.digits > 0
}

/// Whether numbers that stand together are more than years and a small figure.
fn identifies(together: &[Run]) -> bool {
    if together.iter().all(|run| run.year) {
        return false;
    }
    let all: usize = together.iter().map(|run| run.digits).sum();
    let other: usize = together
        .iter()
        .filter(|run| !run.year)
        .map(|run| run.digits)
        .sum();
    all >= TOGETHER || other > DIGITS
}

fn runs(line: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut open = false;
    for (at, c) in line.char_indices() {
        if !c.is_alphanumeric() {
            open = false;
            continue;
        }
        if !open {
            runs.push(Run {
                place: at..at,
                digits: 0,
                letters: false,
                year: false,
            });
            open = true;
        }
        if let Some(run) = runs.last_mut() {
            run.place.end = at + c.len_utf8();
            run.digits += usize::from(c.is_numeric());
            run.letters |= !c.is_numeric();
        }
    }
    for run in &mut runs {
        run.year = !run.letters && is_year(&line[run.place.clone()]);
    }
    runs
}

fn is_year(number: &str) -> bool {
    let value = number.chars().try_fold(0u32, |value, c| {
        let digit = match c {
            '\u{660}'..='\u{669}' => u32::from(c) - 0x660,
            '\u{6F0}'..='\u{6F9}' => u32::from(c) - 0x6F0,
            c => c.to_digit(10)?,
        };
        value.checked_mul(10)?.checked_add(digit)
    });
    number.chars().count() == 4 && value.is_some_and(|value| (1900..=2100).contains(&value))
}
