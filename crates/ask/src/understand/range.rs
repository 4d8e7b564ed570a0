//! Two numbers that something lies between: "entre 500 et 1 000 emplois", "from 10,000 to 20,000 people", "بين 20 ألف و30 ألف".

use language::{NumberSpan, PeriodPhrase};

use crate::lexicon::Comparator;
use crate::span::{Reading, Span};

use super::signals::{Signals, counts_something};

/// Words before the lower end, folded.
const FROM: [&str; 14] = [
    "entre",
    "between",
    "bin",
    "bine",
    "bayn",
    "mabin",
    "de",
    "from",
    "mn",
    "men",
    "بين",
    "مابين",
    "من",
    "range",
];

/// Words between the two ends, folded.
const TO: [&str; 13] = [
    "et", "and", "a", "to", "w", "o", "ou", "l", "7tal", "و", "الي", "حتي", "ل",
];

/// The two ends that a sentence says, the lower one first.
pub fn range(reading: &Reading, signals: &Signals) -> Option<(f64, f64)> {
    let numbers: Vec<&NumberSpan> = signals.numbers.iter().filter(|n| !n.ordinal).collect();
    let [low, high] = numbers.as_slice() else {
        return None;
    };
    let from = scaled_alike(low, high);
    let ends = (from < high.value).then_some((from, high.value));
    if joined(reading, low, high) && opened(reading, low.start) {
        return ends;
    }
    // "Plus de 500 000 habitants et moins de 700 000".
    let (mut more, mut less) = (0, 0);
    for side in &signals.comparators {
        match side {
            Comparator::More | Comparator::AtLeast => more += 1,
            Comparator::Less | Comparator::AtMost => less += 1,
            Comparator::Equal | Comparator::About => {}
        }
    }
    ends.filter(|_| more == 1 && less == 1)
}

/// Whether an "or" stands between the two numbers of a sentence: "104 ou 111 millions ?", "340 projets ou 380 ?"
pub fn either(reading: &Reading, signals: &Signals) -> bool {
    const OR: [&str; 8] = ["ou", "or", "wla", "wela", "ولا", "ام", "او", "oula"];
    let numbers: Vec<&NumberSpan> = (signals.numbers.iter())
        .filter(|n| !n.ordinal && !n.weak)
        .collect();
    let [one, other] = numbers.as_slice() else {
        return false;
    };
    let between = reading.tokens.get(one.end..other.start).unwrap_or_default();
    between.len() <= 3
        && between
            .iter()
            .any(|token| OR.contains(&token.folded.as_str()))
}

/// The lower end in the millions of the higher one, where only that says them: "between 50 and 500 million".
fn scaled_alike(low: &NumberSpan, high: &NumberSpan) -> f64 {
    let said_once = low.end - low.start == 1 && high.end - high.start > 1;
    let beside = high.start.saturating_sub(low.end) <= 1;
    let scale = [1e9, 1e6, 1e3]
        .into_iter()
        .find(|scale| high.value >= *scale);
    match scale {
        Some(scale) if said_once && beside && low.value * scale < high.value => low.value * scale,
        _ => low.value,
    }
}

/// Whether a sentence says two ends at all.
pub fn is_said(reading: &Reading) -> bool {
    let numbers: Vec<&NumberSpan> = reading.numbers.iter().filter(|n| !n.ordinal).collect();
    numbers.windows(2).any(|pair| {
        let (low, high) = (pair[0], pair[1]);
        !low.year_like && joined(reading, low, high) && opened(reading, low.start)
    })
}

/// Both ends of what was read as a span of years although it counts what follows: "entre 2000 et 2500 emplois".
pub fn counted_years(reading: &Reading, span: &Span) -> Option<Vec<NumberSpan>> {
    let Some(PeriodPhrase::Between(..)) = span.period else {
        return None;
    };
    let inside = |n: &&NumberSpan| n.start >= span.start && n.end <= span.end;
    let ends: Vec<NumberSpan> = reading.numbers.iter().filter(inside).copied().collect();
    let round = ends.iter().all(|n| n.value % 100.0 == 0.0);
    (ends.len() == 2 && round && counts_something(reading, span.end, 0.0)).then_some(ends)
}

fn joined(reading: &Reading, low: &NumberSpan, high: &NumberSpan) -> bool {
    let between = high.start.checked_sub(low.end);
    let word = |at: usize| {
        reading
            .tokens
            .get(at)
            .map_or("", |token| token.folded.as_str())
    };
    match between {
        // "500-1000", "20 ألف و30 ألف": the joint is no word of its own.
        Some(0) => true,
        Some(1) => TO.contains(&word(low.end)),
        // "Between 10% and 20%", "de 50 ha à 200 ha": the unit is said twice.
        Some(2) => TO.contains(&word(low.end + 1)),
        _ => false,
    }
}

fn opened(reading: &Reading, start: usize) -> bool {
    (1..=2).any(|back| {
        start
            .checked_sub(back)
            .and_then(|at| reading.tokens.get(at))
            .is_some_and(|token| FROM.contains(&token.folded.as_str()))
    })
}
