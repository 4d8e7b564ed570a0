//! The numbers of a sentence that count or measure something: in parts, as ranges, and not what only names a thing.

use language::NumberForm;

use crate::document::{Document, Sentence};
use crate::words::Class;

/// A number before it is known what it is of.
pub(super) struct Raw {
    pub start: usize,
    pub end: usize,
    pub value: f64,
    pub value_max: Option<f64>,
    pub ordinal: bool,
    pub weak: bool,
    pub words: bool,
    /// "Half", "un quart": percent.
    pub part: bool,
    pub rounded: bool,
    pub year_like: bool,
}

pub(super) fn raws(document: &Document<'_>, sentence: Sentence) -> Vec<Raw> {
    let inside = |start: usize, end: usize| sentence.start <= start && end <= sentence.end;
    let mut raws: Vec<Raw> = document
        .numbers
        .iter()
        .filter(|number| {
            inside(number.start, number.end) && !is_reference(document, number.start, number.end)
        })
        .map(|number| Raw {
            start: number.start,
            end: number.end,
            value: number.value,
            value_max: None,
            ordinal: number.ordinal,
            weak: number.weak,
            words: number.form == NumberForm::Words,
            part: false,
            rounded: false,
            year_like: number.year_like && number.form == NumberForm::Digits,
        })
        .collect();
    for raw in &mut raws {
        // "مليونا درهم", "ألفا منصب": two of them, where a noun follows.
        let word = document.tokens[raw.start].folded.as_str();
        let next = document
            .tokens
            .get(raw.end)
            .map_or("و", |token| token.folded.as_str());
        let alone = !document
            .numbers
            .iter()
            .any(|number| number.end == raw.start);
        if alone
            && raw.end == raw.start + 1
            && matches!(word, "مليونا" | "مليارا" | "الفا")
            && !next.starts_with('و')
        {
            raw.value *= 2.0;
        }
    }
    for tag in document.tags_in(Class::Number, sentence.start, sentence.end) {
        let (kind, number) = tag.sense.split_once(':').unwrap_or(("", tag.sense));
        let (value, ordinal, part) = (number.parse::<f64>(), kind == "rank", kind == "share");
        let Ok(value) = value else { continue };
        raws.retain(|raw| raw.end <= tag.start || raw.start >= tag.end);
        // "Half", "un tiers": exact; "une centaine": rounded.
        raws.push(Raw {
            start: tag.start,
            end: tag.end,
            value,
            value_max: None,
            ordinal,
            weak: false,
            words: true,
            part,
            rounded: kind == "about",
            year_like: false,
        });
    }
    // "Thousands of people" is no thousand.
    let vague = |raw: &Raw| {
        let plural = matches!(
            document.tokens[raw.start].folded.as_str(),
            "thousands"
                | "millions"
                | "billions"
                | "hundreds"
                | "milliers"
                | "milliards"
                | "centaines"
                | "الاف"
                | "ملايين"
                | "مئات"
                | "ملايير"
                | "المليارات"
        );
        plural && raw.end == raw.start + 1 && raw.words
    };
    // "The second quarter" is a time.
    let part = |raw: &Raw| {
        document
            .tags_in(Class::Cue, sentence.start, sentence.end)
            .any(|tag| tag.sense.contains(':') && tag.start <= raw.start && raw.end <= tag.end)
    };
    // "Parmi les trente premiers" is no first.
    let behind = |raw: &Raw| {
        raw.ordinal
            && document
                .numbers
                .iter()
                .any(|number| number.end == raw.start && !number.ordinal)
            && !document.is_cut(raw.start - 1)
    };
    // "Les 14 et 15 mai": days both.
    let day = |raw: &Raw| {
        let next = raw.end
            + usize::from(matches!(
                document
                    .tokens
                    .get(raw.end)
                    .map_or("", |token| token.folded.as_str()),
                "et" | "and" | "و" | "au"
            ));
        let dated = |span: &language::PeriodSpan| {
            span.start == next
                && matches!(
                    span.phrase,
                    language::PeriodPhrase::At(language::Period::Day(..))
                )
        };
        raw.value >= 1.0
            && raw.value <= 31.0
            && raw.end == raw.start + 1
            && document.periods.iter().any(dated)
    };
    raws.retain(|raw| !vague(raw) && !part(raw) && !behind(raw) && !day(raw));
    raws.sort_by_key(|raw| raw.start);
    let periods = |raw: &Raw| {
        document.periods.iter().any(|period| {
            period.start <= raw.start && raw.end <= period.end && (raw.year_like || !period.bare)
        })
    };
    raws.retain(|raw| !periods(raw) || raw.year_like && counts_something(document, raw));
    ranges(document, sums(document, raws))
}

/// "مليون و121 ألف", "خمسة آلاف ومائتي", "ثلاثة مليارات ونصف المليار": one number in parts, the larger first.
pub(super) fn sums(document: &Document<'_>, raws: Vec<Raw>) -> Vec<Raw> {
    let mut joined: Vec<Raw> = Vec::new();
    for raw in raws {
        let and = |at: usize| document.tokens[at].folded == "و";
        // "السابعة والعشرين".
        let tens = |last: &Raw| {
            last.ordinal
                && raw.start == last.end
                && document.tokens[raw.start].text.starts_with('و')
                && raw.value % 10.0 == 0.0
                && raw.value < 100.0
        };
        if let Some(last) = joined.last_mut()
            && tens(last)
        {
            last.value += raw.value;
            last.end = raw.end;
            continue;
        }
        let joins = joined.last().is_some_and(|large| {
            let next = raw.start == large.end && document.tokens[raw.start].text.starts_with('و')
                || raw.start == large.end + 1 && and(large.end);
            next && large.value >= 1e3 && !large.ordinal && large.value_max.is_none()
        });
        match joined.last_mut() {
            Some(large)
                if joins
                    && raw.value == 50.0
                    && raw.end == raw.start + 1
                    && document.tokens[raw.start].folded.ends_with("نصف") =>
            {
                large.value += scale(large.value) / 2.0;
                large.end = raw.end;
            }
            Some(large) if joins && raw.value < scale(large.value) => {
                large.value += raw.value;
                large.end = raw.end;
            }
            // The scale behind "and a half".
            Some(large)
                if raw.start == large.end
                    && raw.value == scale(large.value)
                    && document.tokens[large.end - 1].folded.ends_with("نصف") =>
            {
                large.end = raw.end;
            }
            _ => joined.push(raw),
        }
    }
    for raw in &mut joined {
        // "Quatorze milliards et demi".
        let words: Vec<&str> = document.tokens[raw.end..]
            .iter()
            .take(3)
            .map(|token| token.folded.as_str())
            .collect();
        let half = match words[..] {
            ["et", "demi" | "demie", ..] => 2,
            ["and", "a", "half"] => 3,
            ["ونصف", ..] => 1,
            _ => continue,
        };
        raw.value += if raw.value >= 1e6 {
            scale(raw.value) / 2.0
        } else {
            0.5
        };
        raw.end += half;
    }
    joined
}

/// Four digits that count: "2000 emplois".
pub(super) fn counts_something(document: &Document<'_>, raw: &Raw) -> bool {
    let bare = document
        .periods
        .iter()
        .any(|period| period.bare && period.start == raw.start);
    bare && document.tag_at(Class::Quantity, raw.end).is_some()
}

/// "Entre 10.000 et 15.000", "de 45 à 60", "18 to 20 billion": one figure with two ends.
pub(super) fn ranges(document: &Document<'_>, raws: Vec<Raw>) -> Vec<Raw> {
    let mut joined: Vec<Raw> = Vec::new();
    for raw in raws {
        let joins = joined.last().is_some_and(|low| {
            let apart = raw.start.checked_sub(low.end);
            let word = document
                .tokens
                .get(low.end)
                .map(|token| token.folded.as_str());
            let before = low
                .start
                .checked_sub(1)
                .map(|at| document.tokens[at].folded.as_str());
            let between = match (apart, word, before) {
                (Some(0), _, Some("بين")) if document.tokens[raw.start].text.starts_with('و') => {
                    true
                }
                (Some(0), _, _) => {
                    document.gap(low.end - 1).trim() == "-"
                        || document.gap(low.end - 1).trim() == "–"
                }
                (Some(1), Some("et" | "and" | "و"), Some("entre" | "between" | "بين")) => true,
                (Some(1), Some("a" | "to" | "الي" | "ou" | "or" | "او"), _) => {
                    let moved = matches!(before, Some("de" | "d")) && is_moved(document, low.start);
                    !moved && !matches!(before, Some("passe" | "from" | "من"))
                }
                _ => false,
            };
            between
                && low.value_max.is_none()
                && low.value < raw.value
                && !low.ordinal
                && !raw.ordinal
        });
        match joined.last_mut() {
            Some(low) if joins => {
                // "18 to 20 billion" are billions both.
                // "بين 30 و40 ألف" are thousands both.
                let worded = raw.end - raw.start > 1
                    && low.end - low.start == 1
                    && low.value < raw.value / scale(raw.value);
                if raw.value >= low.value * 1e5 || worded && raw.value >= 1e3 {
                    low.value *= scale(raw.value);
                }
                low.value_max = Some(raw.value);
                low.end = raw.end;
            }
            _ => joined.push(raw),
        }
    }
    joined
}

/// "Est passée de 6 à 55", "porte sa capacité de 800 à 1.200": from one to the other, and no range.
fn is_moved(document: &Document<'_>, start: usize) -> bool {
    const MOVES: [&str; 7] = [
        "pass", "port", "grimp", "augment", "progress", "bondi", "evolu",
    ];
    let near = &document.tokens[start.saturating_sub(8)..start];
    near.iter()
        .any(|token| MOVES.iter().any(|verb| token.folded.starts_with(verb)))
}

pub(super) fn scale(value: f64) -> f64 {
    if value >= 1e9 {
        1e9
    } else if value >= 1e6 {
        1e6
    } else {
        1e3
    }
}

/// Digits that name something: "loi 47-18", "N°6412", "A2", "2-1", a telephone number.
pub(super) fn is_reference(document: &Document<'_>, start: usize, end: usize) -> bool {
    let digits = |at: usize| {
        document
            .tokens
            .get(at)
            .is_some_and(|token| token.text.starts_with(|c: char| c.is_ascii_digit()))
    };
    let glued = |at: usize| {
        matches!(
            document.gap(at),
            "-" | "/" | "–" | "°" | "." | ":" | "_" | "+"
        )
    };
    // "(+0,2%)" is a growth, and "+212 5" a telephone.
    let sign = document
        .tag_at(Class::Unit, end)
        .is_some_and(|tag| tag.sense == "percent");
    let before = start > 0
        && (document.gap(start - 1).ends_with(['°', '#', '_'])
            || document.gap(start - 1).ends_with('+') && !sign
            || glued(start - 1) && digits(start - 1));
    let after = end < document.tokens.len()
        && glued(end - 1)
        && digits(end)
        && !is_range(document, start, end);
    let spaced = |at: usize| document.gap(at).trim().is_empty();
    let call =
        |from: usize| (from..from + 3).all(|at| digits(at) && (at == from || spaced(at - 1)));
    let phone = (start.saturating_sub(3)..=start).any(|from| call(from) && from + 4 > start);
    let hour = |at: usize| {
        document
            .tokens
            .get(at)
            .is_some_and(|token| matches!(token.folded.as_str(), "h" | "am" | "pm" | "gmt"))
    };
    if hour(end) || start > 0 && hour(start - 1) {
        return true;
    }
    // "9 out of 10", "8 sur 10".
    let of = |at: usize, words: &[&str]| {
        words.iter().enumerate().all(|(step, word)| {
            document
                .tokens
                .get(at + step)
                .is_some_and(|token| token.folded == *word)
        }) && digits(at + words.len())
    };
    let small = document.tokens[start].text.chars().count() <= 2;
    let after_of = start >= 2
        && (matches!(document.tokens[start - 1].folded.as_str(), "sur") && digits(start - 2)
            || start >= 3
                && matches!(
                    (
                        document.tokens[start - 2].folded.as_str(),
                        document.tokens[start - 1].folded.as_str()
                    ),
                    ("out", "of") | ("من", "كل") | ("من", "اصل")
                )
                && digits(start - 3));
    if small && after_of {
        return true;
    }
    if small
        && (of(end, &["sur"])
            || of(end, &["out", "of"])
            || of(end, &["من", "كل"])
            || of(end, &["من", "اصل"]))
    {
        return true;
    }
    let named = start > 0
        && document
            .tags
            .iter()
            .any(|tag| tag.class == Class::Other && tag.sense == "reference" && tag.end == start);
    before && !is_range(document, start.saturating_sub(1), start) || after || phone || named
}

/// "10.000-15.000": both large, and not a date or a score.
pub(super) fn is_range(document: &Document<'_>, start: usize, end: usize) -> bool {
    let value = |at: usize| {
        document
            .tokens
            .get(at)
            .and_then(|token| language::number::digits_value(&token.text))
    };
    matches!((value(start), value(end)), (Some(low), Some(high)) if low >= 100.0 && low < high && !(1900.0..2100.0).contains(&low))
}
