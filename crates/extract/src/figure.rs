//! The figures of a sentence: a number, its unit, how it is worded, and what it counts.

mod number;
mod quantity;
mod unit;

use crate::document::{Document, Sentence};
use crate::words::{Class, Tag};
use number::Raw;
pub(crate) use quantity::is_small;
use quantity::{after, counts_other};
pub use unit::parse;
use unit::{moved, tidy, unit, wording};

/// The largest value taken over, in any unit: a hundred times what the country produces in a year, in dirhams.
const LARGEST: f64 = 1e14;

/// How a text words a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    Exact,
    Approximate,
    AtLeast,
    AtMost,
}

/// A number of a text that counts or measures something.
#[derive(Clone, Debug)]
pub struct Figure {
    /// First token of the number.
    pub start: usize,
    /// One past the last token of its unit.
    pub end: usize,
    pub value: f64,
    pub value_max: Option<f64>,
    /// `count`, `large` (a bare count of millions), `percent`, `growth` (percent more or less than before), `mad`, `eur`, `m2`, `ha`, `rank` …
    pub unit: &'static str,
    pub wording: Wording,
    /// What is counted or measured, where the sentence says it: one word, and all that it can mean.
    pub quantities: Vec<Tag>,
    /// Nothing that is counted follows: "Rabat 45", "contre 36".
    pub bare: bool,
    /// It tells another time of the figure before it: "contre 36 en 2017".
    pub versus: bool,
}

/// The figures of a sentence, from left to right.
pub fn figures(document: &Document<'_>, sentence: Sentence) -> Vec<Figure> {
    let mut figures: Vec<Figure> = Vec::new();
    for raw in number::raws(document, sentence) {
        if let Some(figure) = figure(document, sentence, &raw, &figures) {
            figures.push(figure);
        }
    }
    figures
}

fn figure(
    document: &Document<'_>,
    sentence: Sentence,
    raw: &Raw,
    before: &[Figure],
) -> Option<Figure> {
    let (unit, factor, start, end) = unit(document, sentence, raw);
    let wording = wording(document, sentence, start, end, raw.rounded);
    let moved = moved(document, sentence, start, end).filter(|_| unit == "percent");
    let leads = |tag: &&Tag| {
        (tag.end..start).all(|at| {
            is_small(document, at)
                || document
                    .names
                    .iter()
                    .any(|name| name.start <= at && at < name.end)
        })
    };
    let other = document
        .tags_in(Class::Versus, sentence.start, start)
        .find(leads)
        .map(|tag| tag.sense);
    // "La ville ne possède pas 61 centres".
    let denied = start > sentence.start
        && matches!(
            document.tokens[start - 1].folded.as_str(),
            "pas" | "not" | "ليس" | "ليست"
        )
        // "Ne dépasse pas 55 dirhams".
        && document
            .tags_in(Class::Qualifier, sentence.start, start)
            .all(|tag| tag.end != start);
    if other == Some("not") || denied {
        return None;
    }
    let versus = other.is_some() && !before.is_empty();
    let after = after(document, sentence, end, unit, moved.is_some());
    let (clause, _) = document.clause(sentence, start);
    let told = quantity::before(document, sentence, start, unit, before)
        .first()
        .is_some_and(|tag| tag.start >= clause);
    let shares = unit == "percent" && moved.is_none() && !told;
    // "Un professeur pour 68 inscrits".
    let ratio = sentence.start < start
        && matches!(
            document.tokens[start - 1].folded.as_str(),
            "pour" | "per" | "لكل"
        )
        && after.iter().any(|tag| tag.sense == "students");
    let listed = document
        .tags_in(Class::Agent, sentence.start, start)
        .any(|tag| tag.sense == "of_them" && start - tag.end <= 2);
    // "Dans une trentaine de pays".
    let noun = match document.tokens.get(end).map(|token| token.folded.as_str()) {
        Some("de" | "d") if raw.rounded => end + 1,
        _ => end,
    };
    let counts = unit == "count"
        && after.is_empty()
        && end < sentence.end
        && !document.is_cut(end - 1)
        && document.tag_at(Class::Other, noun).is_some()
        && !document.periods.iter().any(|period| period.start == end);
    let foreign = counts
        || ratio
        || after.is_empty()
            && (unit == "count" && !versus || shares || unit == "rank")
            && counts_other(document, sentence, end, unit);
    let little = !listed
        && (raw.weak && (after.is_empty() || raw.value < 3.0)
            || unit == "count" && after.is_empty() && !versus && raw.value <= 20.0 && raw.words);
    if foreign || unit == "other" || little && unit == "count" {
        return None;
    }
    // A bare "2.06 billion" among billions of dirhams is dirhams.
    let large = unit == "count" && after.is_empty() && raw.value >= 1e6;
    let unit = if large { "large" } else { unit };
    let unit = if moved.is_some() && after.is_empty() {
        "growth"
    } else {
        unit
    };
    // "ستة هكتارات ونصف".
    let half = unit == "ha"
        && document
            .tokens
            .get(end)
            .is_some_and(|token| token.folded == "ونصف");
    let (half, end) = if half { (0.5, end + 1) } else { (0.0, end) };
    let mut figure = Figure {
        start: raw.start.min(start),
        end,
        value: tidy((raw.value + half) * factor),
        value_max: raw.value_max.map(|value| tidy(value * factor)),
        unit,
        wording,
        bare: after.is_empty(),
        quantities: if after.is_empty() {
            quantity::before(document, sentence, start, unit, before)
        } else {
            after
        },
        versus,
    };
    if raw.year_like && unit == "count" && figure.bare || figure.value > LARGEST {
        return None;
    }
    if unit == "growth" {
        figure.value *= moved.unwrap_or(1.0);
    }
    Some(figure)
}
