//! Dates written in one token: 2019, f2019, S1, 2025-S1, 18/12/2020.

use crate::period::{Period, YEARS};
use crate::token::Token;

/// S1, H2, T3, Q4: whether it is a half, and which.
pub(crate) fn short_part(token: Option<&Token>) -> Option<(bool, u8)> {
    match token?.folded.as_bytes() {
        [b's' | b'h', part @ b'1'..=b'2'] => Some((true, part - b'0')),
        [b't' | b'q', part @ b'1'..=b'4'] => Some((false, part - b'0')),
        _ => None,
    }
}

/// A plausible year in four digits; particles of Darija may be glued to it (`f2019`).
pub(crate) fn year(token: &Token) -> Option<i32> {
    let bare = ["f", "w", "b", "d", "fi", "mn"]
        .iter()
        .find_map(|glued| token.folded.strip_prefix(glued));
    year_text(bare.unwrap_or(&token.folded))
}

pub(crate) fn year_text(text: &str) -> Option<i32> {
    if text.len() != 4 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse().ok().filter(|year| YEARS.contains(year))
}

/// One token that is a whole date: 2025-S1, 2019-03, 2020-12-18, 18/12/2020, 2016/2018, 2023-24.
pub(crate) fn date(token: &Token) -> Option<Period> {
    if !token.text.contains(['-', '–', '/', '‐', '‑']) {
        return None;
    }
    let mut parts: Vec<&str> = token.folded.split(' ').collect();
    if parts.len() == 3 && parts[2].len() == 4 {
        parts.reverse();
    }
    let first = year_text(parts.first()?)?;
    match parts.as_slice() {
        [_, part] if part.len() == 4 => {
            let last = year_text(part)?;
            (first < last).then_some(Period::Span(first, last))
        }
        [_, part] if part.starts_with(|c: char| c.is_ascii_digit()) => {
            let number: u8 = part.parse().ok()?;
            if (1..=12).contains(&number) {
                Some(Period::Month(first, number))
            } else {
                ((first + 1) % 100 == i32::from(number)).then_some(Period::Span(first, first + 1))
            }
        }
        [_, part] => {
            let letter = part.chars().next()?;
            let (half, part) = match (letter, part[1..].parse::<u8>().ok()?) {
                ('s' | 'h', part @ 1..=2) => (true, part),
                ('t' | 'q', part @ 1..=4) => (false, part),
                _ => return None,
            };
            Some(part_period(half, first, part))
        }
        [_, month, day] => format!("{first}-{month:0>2}-{day:0>2}").parse().ok(),
        _ => None,
    }
}

pub(crate) fn part_period(half: bool, year: i32, part: u8) -> Period {
    if half {
        Period::Half(year, part)
    } else {
        Period::Quarter(year, part)
    }
}
