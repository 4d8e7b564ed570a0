//! The figures of a sentence: a number, its unit, how it is worded, and what it counts.

use language::NumberForm;

use crate::document::{Document, Sentence};
use crate::rules;
use crate::words::{Class, Tag};

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
    for raw in raws(document, sentence) {
        if let Some(figure) = figure(document, sentence, &raw, &figures) {
            figures.push(figure);
        }
    }
    figures
}

/// A number before it is known what it is of.
struct Raw {
    start: usize,
    end: usize,
    value: f64,
    value_max: Option<f64>,
    ordinal: bool,
    weak: bool,
    words: bool,
    /// "Half", "un quart": percent.
    part: bool,
    rounded: bool,
    year_like: bool,
}

fn raws(document: &Document<'_>, sentence: Sentence) -> Vec<Raw> {
    let inside = |start: usize, end: usize| sentence.start <= start && end <= sentence.end;
    let mut raws: Vec<Raw> = document
        .numbers
        .iter()
        .filter(|number| inside(number.start, number.end) && !is_reference(document, number.start, number.end))
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
        let next = document.tokens.get(raw.end).map_or("و", |token| token.folded.as_str());
        let alone = !document.numbers.iter().any(|number| number.end == raw.start);
        if alone && raw.end == raw.start + 1 && matches!(word, "مليونا" | "مليارا" | "الفا") && !next.starts_with('و') {
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
        let plural = matches!(document.tokens[raw.start].folded.as_str(), "thousands" | "millions" | "billions" | "hundreds" | "milliers" | "milliards" | "centaines" | "الاف" | "ملايين" | "مئات" | "ملايير" | "المليارات");
        plural && raw.end == raw.start + 1 && raw.words
    };
    // "The second quarter" is a time.
    let part = |raw: &Raw| document.tags_in(Class::Cue, sentence.start, sentence.end).any(|tag| tag.sense.contains(':') && tag.start <= raw.start && raw.end <= tag.end);
    raws.retain(|raw| !vague(raw) && !part(raw));
    raws.sort_by_key(|raw| raw.start);
    let periods = |raw: &Raw| {
        document
            .periods
            .iter()
            .any(|period| period.start <= raw.start && raw.end <= period.end && !(period.bare && !raw.year_like))
    };
    raws.retain(|raw| !periods(raw) || raw.year_like && counts_something(document, raw));
    ranges(document, sums(document, raws))
}

/// "مليون و121 ألف", "خمسة آلاف ومائتي", "ثلاثة مليارات ونصف المليار": one number in parts, the larger first.
fn sums(document: &Document<'_>, raws: Vec<Raw>) -> Vec<Raw> {
    let mut joined: Vec<Raw> = Vec::new();
    for raw in raws {
        let and = |at: usize| document.tokens[at].folded == "و";
        // "السابعة والعشرين".
        let tens = |last: &Raw| last.ordinal && raw.start == last.end && document.tokens[raw.start].text.starts_with('و') && raw.value % 10.0 == 0.0 && raw.value < 100.0;
        if let Some(last) = joined.last_mut()
            && tens(last)
        {
            last.value += raw.value;
            last.end = raw.end;
            continue;
        }
        let joins = joined.last().is_some_and(|large| {
            let next = raw.start == large.end && document.tokens[raw.start].text.starts_with('و') || raw.start == large.end + 1 && and(large.end);
            next && large.value >= 1e3 && !large.ordinal && large.value_max.is_none()
        });
        match joined.last_mut() {
            Some(large) if joins && raw.value == 50.0 && raw.end == raw.start + 1 && document.tokens[raw.start].folded.ends_with("نصف") => {
                large.value += scale(large.value) / 2.0;
                large.end = raw.end;
            }
            Some(large) if joins && raw.value < scale(large.value) => {
                large.value += raw.value;
                large.end = raw.end;
            }
            // The scale behind "and a half".
            Some(large) if raw.start == large.end && raw.value == scale(large.value) && document.tokens[large.end - 1].folded.ends_with("نصف") => {
                large.end = raw.end;
            }
            _ => joined.push(raw),
        }
    }
    for raw in &mut joined {
        // "Quatorze milliards et demi".
        let words: Vec<&str> = document.tokens[raw.end..].iter().take(3).map(|token| token.folded.as_str()).collect();
        let half = match words[..] {
            ["et", "demi" | "demie", ..] => 2,
            ["and", "a", "half"] => 3,
            ["ونصف", ..] => 1,
            _ => continue,
        };
        raw.value += if raw.value >= 1e6 { scale(raw.value) / 2.0 } else { 0.5 };
        raw.end += half;
    }
    joined
}

/// Four digits that count: "2000 emplois".
fn counts_something(document: &Document<'_>, raw: &Raw) -> bool {
    let bare = document.periods.iter().any(|period| period.bare && period.start == raw.start);
    bare && document.tag_at(Class::Quantity, raw.end).is_some()
}

/// "Entre 10.000 et 15.000", "de 45 à 60", "18 to 20 billion": one figure with two ends.
fn ranges(document: &Document<'_>, raws: Vec<Raw>) -> Vec<Raw> {
    let mut joined: Vec<Raw> = Vec::new();
    for raw in raws {
        let joins = joined.last().is_some_and(|low| {
            let apart = raw.start.checked_sub(low.end);
            let word = document.tokens.get(low.end).map(|token| token.folded.as_str());
            let before = low.start.checked_sub(1).map(|at| document.tokens[at].folded.as_str());
            let between = match (apart, word, before) {
                (Some(0), _, Some("بين")) if document.tokens[raw.start].text.starts_with('و') => true,
                (Some(0), _, _) => document.gap(low.end - 1).trim() == "-" || document.gap(low.end - 1).trim() == "–",
                (Some(1), Some("et" | "and" | "و"), Some("entre" | "between" | "بين")) => true,
                (Some(1), Some("a" | "to" | "الي" | "ou" | "or" | "او"), _) => !matches!(before, Some("passe" | "from" | "من")),
                _ => false,
            };
            between && low.value_max.is_none() && low.value < raw.value && !low.ordinal && !raw.ordinal
        });
        match joined.last_mut() {
            Some(low) if joins => {
                // "18 to 20 billion" are billions both.
                if raw.value >= low.value * 1e5 {
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

fn scale(value: f64) -> f64 {
    if value >= 1e9 {
        1e9
    } else if value >= 1e6 {
        1e6
    } else {
        1e3
    }
}

/// Digits that name something: "loi 47-18", "N°6412", "A2", "2-1", a telephone number.
fn is_reference(document: &Document<'_>, start: usize, end: usize) -> bool {
    let digits = |at: usize| document.tokens.get(at).is_some_and(|token| token.text.starts_with(|c: char| c.is_ascii_digit()));
    let glued = |at: usize| matches!(document.gap(at), "-" | "/" | "–" | "°" | "." | ":" | "_" | "+");
    let before = start > 0 && (document.gap(start - 1).ends_with(['°', '#', '_', '+']) || glued(start - 1) && digits(start - 1));
    let after = end < document.tokens.len() && glued(end - 1) && digits(end) && !is_range(document, start, end);
    let spaced = |at: usize| document.gap(at).trim().is_empty();
    let call = |from: usize| (from..from + 3).all(|at| digits(at) && (at == from || spaced(at - 1)));
    let phone = (start.saturating_sub(3)..=start).any(|from| call(from) && from + 4 > start);
    let hour = |at: usize| document.tokens.get(at).is_some_and(|token| matches!(token.folded.as_str(), "h" | "am" | "pm" | "gmt"));
    if hour(end) || start > 0 && hour(start - 1) {
        return true;
    }
    // "9 out of 10", "8 sur 10".
    let of = |at: usize, words: &[&str]| words.iter().enumerate().all(|(step, word)| document.tokens.get(at + step).is_some_and(|token| token.folded == *word)) && digits(at + words.len());
    let small = document.tokens[start].text.chars().count() <= 2;
    let after_of = start >= 2 && (matches!(document.tokens[start - 1].folded.as_str(), "sur") && digits(start - 2) || start >= 3 && matches!((document.tokens[start - 2].folded.as_str(), document.tokens[start - 1].folded.as_str()), ("out", "of") | ("من", "كل") | ("من", "اصل")) && digits(start - 3));
    if small && after_of {
        return true;
    }
    if small && (of(end, &["sur"]) || of(end, &["out", "of"]) || of(end, &["من", "كل"]) || of(end, &["من", "اصل"])) {
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
fn is_range(document: &Document<'_>, start: usize, end: usize) -> bool {
    let value = |at: usize| document.tokens.get(at).and_then(|token| language::number::digits_value(&token.text));
    matches!((value(start), value(end)), (Some(low), Some(high)) if low >= 100.0 && low < high && !(1900.0..2100.0).contains(&low))
}

fn figure(document: &Document<'_>, sentence: Sentence, raw: &Raw, before: &[Figure]) -> Option<Figure> {
    let (unit, factor, start, end) = unit(document, sentence, raw);
    let wording = wording(document, sentence, start, end, raw.rounded);
    let moved = moved(document, sentence, start, end).filter(|_| unit == "percent");
    let leads = |tag: &&Tag| (tag.end..start).all(|at| is_small(document, at) || document.names.iter().any(|name| name.start <= at && at < name.end));
    let other = document.tags_in(Class::Versus, sentence.start, start).find(leads).map(|tag| tag.sense);
    if other == Some("not") {
        return None;
    }
    let versus = other.is_some() && !before.is_empty();
    let after = after(document, sentence, end, unit, moved.is_some());
    let (clause, _) = document.clause(sentence, start);
    let told = self::before(document, sentence, start, unit, before).first().is_some_and(|tag| tag.start >= clause);
    let shares = unit == "percent" && moved.is_none() && !told;
    // "Un professeur pour 68 inscrits".
    let ratio = sentence.start < start && matches!(document.tokens[start - 1].folded.as_str(), "pour" | "per" | "لكل") && after.iter().any(|tag| tag.sense == "students");
    let listed = document.tags_in(Class::Agent, sentence.start, start).any(|tag| tag.sense == "of_them" && start - tag.end <= 2);
    let counts = unit == "count" && after.is_empty() && end < sentence.end && !document.is_cut(end - 1) && document.tag_at(Class::Other, end).is_some();
    let foreign = counts || ratio || after.is_empty() && (unit == "count" && !versus || shares) && counts_other(document, sentence, end);
    let little = !listed && (raw.weak && (after.is_empty() || raw.value < 3.0) || unit == "count" && after.is_empty() && !versus && raw.value <= 20.0 && raw.words);
    if foreign || unit == "other" || little && unit == "count" {
        return None;
    }
    // A bare "2.06 billion" among billions of dirhams is dirhams.
    let large = unit == "count" && after.is_empty() && raw.value >= 1e6;
    let unit = if large { "large" } else { unit };
    let unit = if moved.is_some() && after.is_empty() { "growth" } else { unit };
    // "ستة هكتارات ونصف".
    let half = if matches!(unit, "ha") && document.tokens.get(end).is_some_and(|token| matches!(token.folded.as_str(), "ونصف")) { 0.5 } else { 0.0 };
    let mut figure = Figure {
        start: raw.start.min(start),
        end,
        value: tidy((raw.value + half) * factor),
        value_max: raw.value_max.map(|value| tidy(value * factor)),
        unit,
        wording,
        bare: after.is_empty(),
        quantities: if after.is_empty() { self::before(document, sentence, start, unit, before) } else { after },
        versus,
    };
    if raw.year_like && unit == "count" && figure.bare {
        return None;
    }
    if unit == "growth" {
        figure.value *= moved.unwrap_or(1.0);
    }
    Some(figure)
}

/// Removes the dust of a multiplication.
fn tidy(value: f64) -> f64 {
    let near = (value * 1e4).round() / 1e4;
    if (value - near).abs() <= value.abs() * 1e-12 { near } else { value }
}

/// The unit of a number, what one of it is in the unit of indicators, and the tokens of both.
fn unit(document: &Document<'_>, sentence: Sentence, raw: &Raw) -> (&'static str, f64, usize, usize) {
    if raw.ordinal {
        return ("rank", 1.0, raw.start, raw.end);
    }
    if raw.part {
        return ("percent", 1.0, raw.start, raw.end);
    }
    let ranked = document.tags_in(Class::Cue, sentence.start, raw.start).any(|tag| tag.sense == "rank_word" && tag.end == raw.start);
    if ranked && !raw.words && raw.value < 200.0 && document.tag_at(Class::Quantity, raw.end).is_none() {
        return ("rank", 1.0, raw.start, raw.end);
    }
    let mut at = raw.end;
    for _ in 0..3 {
        if at >= sentence.end {
            break;
        }
        if let Some(tag) = document.tag_at(Class::Unit, at).filter(|tag| tag.end <= sentence.end) {
            let (unit, factor) = parse(tag.sense);
            // "MAD 105 per sq metre", "78 DH le m²".
            let per = document.tag_at(Class::Unit, tag.end).filter(|per| per.sense == "per_m2");
            return match (unit, per) {
                ("mad", Some(per)) => ("mad_m2", factor, raw.start, per.end),
                ("eur", Some(per)) => ("eur_m2", factor, raw.start, per.end),
                _ => (unit, factor, raw.start, tag.end),
            };
        }
        if !matches!(document.tokens[at].folded.as_str(), "de" | "d" | "of" | "من") {
            break;
        }
        at += 1;
    }
    // "MAD 1.2 billion", "€700 million".
    if let Some(tag) = document
        .tags_in(Class::Unit, sentence.start, raw.start)
        .find(|tag| tag.end == raw.start && !raw.words && (matches!(tag.sense, "mad" | "eur") || document.tokens[tag.start].text.contains('$')))
    {
        // "MAD 240m".
        let millions = document.tokens.get(raw.end).is_some_and(|token| token.folded == "m");
        let (factor, end) = if millions { (1e6, raw.end + 1) } else { (1.0, raw.end) };
        let per = document.tag_at(Class::Unit, end).filter(|per| per.sense == "per_m2");
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

fn wording(document: &Document<'_>, sentence: Sentence, start: usize, end: usize, rounded: bool) -> Wording {
    let near = document
        .tags_in(Class::Qualifier, sentence.start, sentence.end)
        .filter(|tag| tag.end <= start && start - tag.end <= 2 && (tag.end..start).all(|at| is_small(document, at)) || tag.start >= end && tag.start - end <= 1)
        .last();
    match near.map(|tag| tag.sense) {
        Some("at_least") => Wording::AtLeast,
        Some("at_most") => Wording::AtMost,
        Some("exact") => Wording::Exact,
        Some(_) => Wording::Approximate,
        None if rounded => Wording::Approximate,
        None => Wording::Exact,
    }
}

/// A word that may stand between a number and what belongs to it.
fn is_small(document: &Document<'_>, at: usize) -> bool {
    document
        .tags
        .iter()
        .any(|tag| matches!(tag.class, Class::Function | Class::Adjective | Class::Qualifier | Class::Unit) && tag.start <= at && at < tag.end)
}

/// What follows a number as that which it counts: "4.500 nouveaux emplois", "84% d'occupation", "11% des emplois". A share may be told
/// further on in its clause: "10.6% of residents have reached higher education".
fn after(document: &Document<'_>, sentence: Sentence, end: usize, unit: &str, moved: bool) -> Vec<Tag> {
    let mut at = end;
    for _ in 0..6 {
        if at >= sentence.end || document.is_cut(at - 1) {
            break;
        }
        let found = quantities(document, sentence, unit, |tag| tag.start == at);
        if !found.is_empty() {
            return found;
        }
        let word = |class| document.tag_at(class, at).map(|tag| tag.end);
        if matches!(document.tokens[at].folded.as_str(), "et" | "and" | "و") {
            break;
        }
        match word(Class::Function).max(word(Class::Adjective)).max(word(Class::Qualifier)).max(word(Class::Sector)) {
            Some(next) => at = next,
            None => break,
        }
    }
    if unit != "percent" || moved {
        return Vec::new();
    }
    let (from, until) = document.piece(sentence, end - 1);
    let said = document.tags_in(Class::Quantity, from, end).any(|tag| rules::measures(tag.sense, unit));
    if said {
        return Vec::new();
    }
    let first = document
        .tags_in(Class::Quantity, end, until)
        .filter(|tag| rules::measures(tag.sense, unit))
        .map(|tag| tag.start)
        .min();
    first.map_or_else(Vec::new, |start| quantities(document, sentence, unit, |tag| tag.start == start))
}

/// The longest word of quantity at a place, once for each thing it can mean.
fn quantities(document: &Document<'_>, sentence: Sentence, unit: &str, is_there: impl Fn(&Tag) -> bool) -> Vec<Tag> {
    let fits = |tag: &&Tag| {
        tag.class == Class::Quantity && tag.start >= sentence.start && tag.end <= sentence.end && is_there(tag) && rules::measures(tag.sense, unit)
    };
    let longest = document.tags.iter().filter(fits).map(|tag| tag.end).max();
    document.tags.iter().filter(fits).filter(|tag| Some(tag.end) == longest).copied().collect()
}

/// Whether a word that is no quantity of ours follows: "9.000 spectators".
fn counts_other(document: &Document<'_>, sentence: Sentence, end: usize) -> bool {
    let mut at = end;
    if at >= sentence.end || document.is_cut(at - 1) {
        return false;
    }
    if document.tag_at(Class::Other, at).is_some() {
        return true;
    }
    // "41% des femmes".
    if matches!(document.tokens[at].folded.as_str(), "des" | "of" | "من") && at + 1 < sentence.end {
        at += 1;
        // "28,3% des 10 ans et plus", "of the population": everybody.
        let everybody = matches!(document.tokens[at].folded.as_str(), "habitants" | "personnes" | "residents" | "inhabitants" | "people" | "population" | "السكان" | "الساكنه" | "menages" | "households");
        if everybody || document.tokens[at].text.starts_with(|c: char| c.is_ascii_digit()) {
            return false;
        }
        if matches!(document.tokens[at].folded.as_str(), "the" | "les" | "its" | "leur" | "leurs" | "those") {
            at += 1;
        }
        return at < sentence.end && document.tag_at(Class::Agent, at).is_none();
    }
    while let Some(tag) = document.tag_at(Class::Adjective, at) {
        at = tag.end;
        if at >= sentence.end || document.is_cut(at - 1) {
            return false;
        }
    }
    let known = |class| document.tag_at(class, at).is_some();
    let time = document.periods.iter().any(|period| period.start == at);
    let name = document.names.iter().any(|name| name.start == at);
    !(time || name || known(Class::Sector) || known(Class::Function) || known(Class::Versus) || known(Class::Qualifier) || known(Class::Timing) || known(Class::Change) || known(Class::Saying))
}

/// What was said before the number that it measures, the nearest: "un chiffre d'affaires de 26 MMDH", "le taux d'occupation, 84%".
fn before(document: &Document<'_>, sentence: Sentence, start: usize, unit: &str, figures: &[Figure]) -> Vec<Tag> {
    let owned = |tag: &Tag| figures.iter().any(|figure| !figure.bare && figure.quantities.iter().any(|own| own.start == tag.start));
    // What a share is of stands behind it: "11% des emplois"; before it only where a share is spoken of.
    let whole = |sense: &str| unit == "percent" && matches!(sense, "jobs" | "students" | "revenue" | "total" | "plan_credits" | "women");
    let share = document.tags_in(Class::Cue, sentence.start, sentence.end).any(|tag| tag.sense == "share");
    let nearest = document
        .tags_in(Class::Quantity, sentence.start, start)
        .filter(|tag| rules::measures(tag.sense, unit) && !owned(tag) && (share || !whole(tag.sense)))
        .max_by_key(|tag| (tag.end, tag.end - tag.start))
        .copied();
    if let Some(nearest) = nearest {
        return quantities(document, sentence, unit, |tag| tag.start == nearest.start && tag.end == nearest.end);
    }
    let next = document.numbers.iter().find(|number| number.start > start && number.start < sentence.end && !document.periods.iter().any(|span| span.start <= number.start && number.end <= span.end) && number.start >= start + 2 && !(number.start - 2..number.start).any(|at| document.gap(at).contains('(')));
    let until = next.map_or(sentence.end, |number| number.start.max(start + 1));
    let ahead = document
        .tags_in(Class::Quantity, start, until)
        .filter(|tag| rules::measures(tag.sense, unit))
        .min_by_key(|tag| tag.start);
    let (_, clause) = document.clause(sentence, start);
    let near = |tag: &&Tag| figures.is_empty() || tag.end <= clause;
    if let Some(ahead) = ahead.filter(|tag| matches!(unit, "mad" | "eur" | "growth" | "m2" | "ha") && near(tag)) {
        return quantities(document, sentence, unit, |tag| tag.start == ahead.start);
    }
    // "41% des crédits, devant le rural (36%)": shares of other parts.
    let parts = |figure: &&Figure| figure.quantities.iter().any(|tag| matches!(tag.sense, "plan_credits"));
    let earlier = figures.iter().rev().filter(|figure| figure.unit == unit && !parts(figure));
    earlier.map(|figure| &figure.quantities).find(|tags| !tags.is_empty()).cloned().unwrap_or_default()
}

/// "En hausse de 3,1%", "bondit de 8,5%", "+4%": the way it went.
fn moved(document: &Document<'_>, sentence: Sentence, start: usize, end: usize) -> Option<f64> {
    if start > 0 && document.gap(start - 1).trim_end().ends_with('+') {
        return Some(1.0);
    }
    if start > 0 && document.gap(start - 1).ends_with(['-', '−']) && document.gap(start - 1).starts_with([' ', '(']) {
        return Some(-1.0);
    }
    let near = document
        .tags_in(Class::Move, sentence.start, sentence.end)
        .filter(|tag| {
            tag.end <= start && start - tag.end <= 4 && (tag.end..start).all(|at| !document.is_cut(at) && is_small(document, at) )
                || tag.start >= end && tag.start - end <= 2 && (end..tag.start).all(|at| is_small(document, at)) && !document.is_cut(end - 1)
        })
        .last()?;
    // "Fell to 28%" tells where it stands.
    let stands = (near.end..start).any(|at| matches!(document.tokens[at].folded.as_str(), "to" | "a" | "الي" | "at"));
    match near.sense {
        _ if stands => None,
        "down" => Some(-1.0),
        "up" => Some(1.0),
        _ => None,
    }
}
