//! Words of a text with their places in it, and the clitics that may be glued to them.

use crate::fold::{fold, is_ignored, is_plain};
use crate::locale::Script;

/// One word, number, date or sign of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte in the original text.
    pub start: usize,
    /// One past the last byte in the original text.
    pub end: usize,
    /// As written.
    pub text: String,
    /// Search key; never empty. Signs are words here: `%` is `percent`, `€` is `euros`.
    pub folded: String,
    /// Script of its letters.
    pub script: Script,
}

impl Token {
    fn new(source: &str, start: usize, end: usize, folded: String) -> Token {
        let text = &source[start..end];
        Token {
            start,
            end,
            text: text.to_owned(),
            folded,
            script: Script::of(text),
        }
    }

    /// Whether it is written with digits only, separators aside.
    pub fn is_numeric(&self) -> bool {
        self.folded.bytes().all(|b| b.is_ascii_digit() || b == b' ')
    }
}

/// Cuts a text into tokens. Apostrophes and hyphens separate words (`l'offshoring`, `Fès-Meknès`); a number keeps its
/// separators (`4.500`, `4 500`), a date its hyphens (`2025-S1`, `2015-2019`); a unit or an Arabic letter glued to
/// a number is cut off (`5km`, `و2019`), digits inside Latin words stay (`ch7al`, `m2`).
pub fn tokenize(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let end = if is_digit(c) {
            match number_end(text, at) {
                Some(end) => end,
                None => word_end(text, at),
            }
        } else if is_word(c) {
            word_end(text, at)
        } else {
            let end = at + c.len_utf8();
            if let Some(word) = sign(c) {
                tokens.push(Token::new(text, at, end, word.to_owned()));
            }
            at = end;
            continue;
        };
        let folded = fold(&text[at..end]);
        if !folded.is_empty() {
            tokens.push(Token::new(text, at, end, folded));
        }
        at = end;
    }
    tokens
}

/// Ways to take glued particles off a word, the shortest particle first: `ففاس` → (ف, فاس), `lmdina` → (l, mdina).
/// Candidates only: take one when the rest is a known word and the whole is not.
pub fn clitic_splits(token: &Token) -> Vec<(String, String)> {
    const ARABIC: [&str; 24] = [
        "و", "ف", "ب", "ل", "ك", "د", "ال", "لل", "وف", "وب", "ول", "ود", "فل", "بل", "دل", "وال",
        "بال", "فال", "كال", "دال", "ولل", "وبال", "وفال", "ودال",
    ];
    const LATIN: [&str; 20] = [
        "f", "b", "d", "l", "w", "n", "fl", "bl", "dl", "wl", "nl", "el", "al", "wf", "wd", "ou",
        "fel", "dyal", "dial", "wfl",
    ];
    let (particles, least): (&[&str], usize) = match token.script {
        Script::Arabic => (&ARABIC, 2),
        Script::Latin => (&LATIN, 3),
        Script::Other => return Vec::new(),
    };
    particles
        .iter()
        .filter_map(|particle| {
            let rest = token.folded.strip_prefix(particle)?;
            (rest.chars().nth(least - 1).is_some())
                .then(|| ((*particle).to_owned(), rest.to_owned()))
        })
        .collect()
}

pub(crate) fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}')
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || is_plain(c) || c.is_alphanumeric() || is_ignored(c)
}

fn sign(c: char) -> Option<&'static str> {
    Some(match c {
        '%' | '٪' | '％' | '‰' => "percent",
        '€' => "euros",
        '$' => "dollars",
        '£' => "pounds",
        _ => return None,
    })
}

/// End of a word: where letters stop, and where Arabic letters meet digits or Latin letters.
fn word_end(text: &str, start: usize) -> usize {
    #[derive(PartialEq)]
    enum Run {
        Start,
        Arabic,
        Latin,
        Digits,
    }
    let mut run = Run::Start;
    for (offset, c) in text[start..].char_indices() {
        if !is_word(c) {
            return start + offset;
        }
        if !is_plain(c) && is_ignored(c) {
            continue;
        }
        let kind = match Script::of_char(c) {
            Script::Arabic => Run::Arabic,
            _ if is_digit(c) => Run::Digits,
            _ => Run::Latin,
        };
        let cut = (run == Run::Arabic) != (kind == Run::Arabic) && run != Run::Start;
        if cut {
            return start + offset;
        }
        run = kind;
    }
    text.len()
}

/// End of the number or date that starts here; `None` when the digits open a word such as `3lach` or `2eme`.
fn number_end(text: &str, start: usize) -> Option<usize> {
    if let Some(end) = date_end(text, start) {
        return Some(end);
    }
    let mut end = start + digits(&text[start..]);
    let mut spaced = text[start..end].chars().count() <= 3;
    loop {
        let mut rest = text[end..].chars();
        let Some(separator) = rest.next() else { break };
        let after = end + separator.len_utf8();
        let length = digits(&text[after..]);
        let count = text[after..after + length].chars().count();
        let joined = match separator {
            '.' | ',' | '٫' | '٬' | '،' => length > 0,
            ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' => {
                spaced && count == 3 && !text[after + length..].chars().next().is_some_and(is_word)
            }
            _ => false,
        };
        if !joined {
            break;
        }
        spaced &= matches!(separator, ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}');
        end = after + length;
    }
    match text[end..].chars().next() {
        Some(next) if next.is_alphanumeric() => {
            let word = word_end(text, end);
            let tail = fold(&text[end..word]);
            let cut =
                Script::of_char(next) == Script::Arabic || GLUED_UNITS.contains(&tail.as_str());
            cut.then_some(end)
        }
        _ => Some(end),
    }
}

const GLUED_UNITS: [&str; 24] = [
    "km",
    "m2",
    "m",
    "dh",
    "dhs",
    "mad",
    "mdh",
    "mmdh",
    "mds",
    "md",
    "eur",
    "euro",
    "euros",
    "ha",
    "million",
    "millions",
    "milliard",
    "milliards",
    "billion",
    "bn",
    "centres",
    "centre",
    "emplois",
    "jobs",
];

/// `2025-S1`, `2024-Q3`, `2019-03`, `2020-12-18`, `2016/2018`, `18/12/2020`.
fn date_end(text: &str, start: usize) -> Option<usize> {
    let bytes: Vec<char> = text[start..].chars().take(12).collect();
    let is = |at: usize, test: fn(&char) -> bool| bytes.get(at).is_some_and(test);
    let dash = |at: usize| is(at, |c| matches!(c, '-' | '–' | '/' | '‐' | '‑'));
    let run = |at: usize| {
        bytes[at.min(bytes.len())..]
            .iter()
            .take_while(|c| is_digit(**c))
            .count()
    };
    let first = run(0);
    let mut length = 0;
    if first == 4 && dash(4) {
        let second = run(5);
        if is(5, |c| {
            matches!(c, 'S' | 's' | 'Q' | 'q' | 'T' | 't' | 'H' | 'h')
        }) && run(6) == 1
        {
            length = 7;
        } else if second == 4 {
            length = 9;
        } else if second == 2 {
            length = if dash(7) && run(8) == 2 { 10 } else { 7 };
        }
    } else if (1..=2).contains(&first) && dash(first) {
        let second = run(first + 1);
        let third = first + 1 + second;
        if (1..=2).contains(&second) && dash(third) && run(third + 1) == 4 {
            length = third + 5;
        }
    }
    if length == 0 || is(length, |c| c.is_alphanumeric()) {
        return None;
    }
    Some(start + bytes[..length].iter().map(|c| c.len_utf8()).sum::<usize>())
}

/// Length in bytes of the digits a text starts with, marks between them included.
fn digits(text: &str) -> usize {
    text.char_indices()
        .find(|(_, c)| !is_digit(*c))
        .map_or(text.len(), |(at, _)| at)
}
