//! In what a figure is measured, how it is worded, and how much something rose or fell.

use super::Wording;
use super::number::Raw;
use super::quantity::is_small;
use crate::document::{Document, Sentence};
use crate::rules;
use crate::words::{Class, Tag};

/// The unit of a number, what one of it is in the unit of indicators, and the tokens of both.
pub(super) fn unit(
    document: &Document<'_>,
    sentence: Sentence,
    raw: &Raw,
) -> (&'static str, f64, usize, usize) {
    if raw.ordinal {
        return ("rank", 1.0, raw.start, raw.end);
    }
    if raw.part {
        return ("percent", 1.0, raw.start, raw.end);
    }
    let ranked = document
        .tags_in(Class::Cue, sentence.start, raw.start)
        .any(|tag| tag.sense == "rank_word" && tag.end == raw.start);
    if ranked
        && !raw.words
        && raw.value < 200.0
        && raw.value.fract() == 0.0
        && !document.is_cut(raw.start - 1)
        && document
            .tag_at(Class::Quantity, raw.end)
            .is_none_or(|tag| rules::measures(tag.sense, "rank"))
    {
        return ("rank", 1.0, raw.start, raw.end);
    }
    for at in raw.end..sentence.end.min(raw.end + 3) {
        if let Some(tag) = document
            .tag_at(Class::Unit, at)
            // "MAD 74 per square metre": the unit stands before.
            .filter(|tag| tag.end <= sentence.end && tag.sense != "per_m2")
        {
            let (unit, factor) = parse(tag.sense);
            // "MAD 105 per sq metre", "78 DH le m²".
            let per = document
                .tag_at(Class::Unit, tag.end)
                .filter(|per| per.sense == "per_m2");
            return match (unit, per) {
                ("mad", Some(per)) => ("mad_m2", factor, raw.start, per.end),
                ("eur", Some(per)) => ("eur_m2", factor, raw.start, per.end),
                _ => (unit, factor, raw.start, tag.end),
            };
        }
        if !matches!(
            document.tokens[at].folded.as_str(),
            "de" | "d" | "of" | "من"
        ) {
            break;
        }
    }
    // "MAD 1.2 billion", "€700 million".
    if let Some(tag) = document
        .tags_in(Class::Unit, sentence.start, raw.start)
        .find(|tag| {
            tag.end == raw.start
                && !raw.words
                && !document.is_cut(raw.start - 1)
                && (matches!(tag.sense, "mad" | "eur")
                    || document.tokens[tag.start].text.contains('$'))
        })
    {
        // "MAD 240m".
        let millions = document
            .tokens
            .get(raw.end)
            .is_some_and(|token| token.folded == "m");
        let (factor, end) = if millions {
            (1e6, raw.end + 1)
        } else {
            (1.0, raw.end)
        };
        let per = document
            .tag_at(Class::Unit, end)
            .filter(|per| per.sense == "per_m2");
        return match (parse(tag.sense).0, per) {
            ("mad", Some(per)) => ("mad_m2", factor, tag.start, per.end),
            (unit, _) => (unit, factor, tag.start, end),
        };
    }
    ("count", 1.0, raw.start, raw.end)
}

pub fn parse(sense: &'static str) -> (&'static str, f64) {
    match sense.split_once(':') {
        Some((unit, factor)) => (unit, factor.parse().unwrap_or(1.0)),
        None => (sense, 1.0),
    }
}

pub(super) fn wording(
    document: &Document<'_>,
    sentence: Sentence,
    start: usize,
    end: usize,
    rounded: bool,
) -> Wording {
    // "1.870 lauréats dans les filières", "12 de plus de": the qualifier is of what follows it.
    let leads_on = |tag: &Tag| {
        matches!(
            document.tokens[tag.end - 1].folded.as_str(),
            "de" | "d" | "du" | "des" | "les" | "of" | "than" | "to" | "من" | "عن" | "علي" | "الي"
        )
    };
    let near = document
        .tags_in(Class::Qualifier, sentence.start, sentence.end)
        .rfind(|tag| {
            tag.end <= start
                && start - tag.end <= 2
                && (tag.end..start).all(|at| is_small(document, at))
                || tag.start >= end && tag.start - end <= 1 && !leads_on(tag)
        });
    match near.map(|tag| tag.sense) {
        Some("at_least") => Wording::AtLeast,
        Some("at_most") => Wording::AtMost,
        Some("exact") => Wording::Exact,
        Some(_) => Wording::Approximate,
        None if rounded => Wording::Approximate,
        None => Wording::Exact,
    }
}

/// "En hausse de 3,1%", "bondit de 8,5%", "+4%": the way it went.
pub(super) fn moved(
    document: &Document<'_>,
    sentence: Sentence,
    start: usize,
    end: usize,
) -> Option<f64> {
    if start > 0 && document.gap(start - 1).trim_end().ends_with('+') {
        return Some(1.0);
    }
    if start > 0
        && document.gap(start - 1).ends_with(['-', '−'])
        && document.gap(start - 1).starts_with([' ', '('])
    {
        return Some(-1.0);
    }
    let near = document
        .tags_in(Class::Move, sentence.start, sentence.end)
        .rfind(|tag| {
            tag.end <= start
                && start - tag.end <= 4
                && (tag.end..start).all(|at| !document.is_cut(at) && is_small(document, at))
                || tag.start >= end
                    && tag.start - end <= 2
                    && (end..tag.start).all(|at| is_small(document, at))
                    && !document.is_cut(end - 1)
        })?;
    // "Up from 91%" tells where it stood.
    let stood = document
        .tags_in(Class::Versus, sentence.start, start)
        .any(|tag| tag.end == start && tag.start <= near.start && near.end <= tag.end);
    // "Fell to 28%" tells where it stands.
    let stands = (near.end..start).any(|at| {
        matches!(
            document.tokens[at].folded.as_str(),
            "to" | "a" | "الي" | "at"
        )
    });
    match near.sense {
        _ if stands || stood => None,
        "down" => Some(-1.0),
        "up" => Some(1.0),
        _ => None,
    }
}

/// Removes the dust of a multiplication.
pub(super) fn tidy(value: f64) -> f64 {
    let near = (value * 1e4).round() / 1e4;
    if (value - near).abs() <= value.abs() * 1e-12 {
        near
    } else {
        value
    }
}
