//! Recognised is not yet accounted for: every content word must have its part in what is asked, or the answer is about
//! something else than the question.

use language::Form;

use crate::answer::QuestionKind;
use crate::frame::{Frame, Listed};
use crate::lexicon::{Comparator, Cue, Frames, Lexicon, Meaning, NameKind};
use crate::span::{Reading, Span};

use super::part::{in_figure, in_list, in_record, is_base};
use super::{census, range};

/// Words before the name of who measured or published, folded, and of nobody else.
const CITING: [&str; 10] = [
    "selon",
    "according",
    "حسب",
    "وفق",
    "وفقا",
    "7asab",
    "7sab",
    "حساب",
    "بحسب",
    "per",
];

/// Words before the name of who measured or published, or of who did anything else, folded.
const ATTRIBUTING: [&str; 10] = [
    "apres",
    "source",
    "by",
    "par",
    "قال",
    "قالت",
    "كيقول",
    "كايقول",
    "gal",
    "galt",
];

/// Words that make a number an age, folded.
const YEARS: [&str; 10] = [
    "ans",
    "an",
    "years",
    "year",
    "سنه",
    "سنوات",
    "عام",
    "عاما",
    "3am",
    "snin",
];

/// Whether a word is taken for one that is spelt otherwise in more than a letter: "lma9ahi", cafés, is no "lma3ahid", institutes.
fn is_far(reading: &Reading, span: &Span) -> bool {
    let concept = |m: &Meaning| matches!(m, Meaning::Concept(_) | Meaning::Measure(_));
    if !span.meanings.iter().any(concept) {
        return false;
    }
    let Some(believed) = correction(reading, span) else {
        return false;
    };
    // Spellings are kept without their article.
    let bare = |word: &str| word.strip_prefix("ال").unwrap_or(word).to_owned();
    let words = reading.tokens[span.start..span.end].iter();
    let far = |(written, believed): (&language::Token, &str)| {
        let believed = bare(&language::fold(believed));
        strsim::osa_distance(&bare(&written.folded), &believed) > 1
    };
    words.zip(believed.split(' ')).any(far)
}

/// Words of the sentence that the frame leaves out, as written; empty when all are accounted for.
pub fn left_out(lexicon: &Lexicon, reading: &Reading, form: Form, frame: &Frame) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let about_asker = |span: &&Span| reading.asides[span.start];
    for span in reading.spans.iter().filter(|span| !about_asker(span)) {
        let out = is_left_out(lexicon.frames(), reading, span, frame)
            || is_outside(lexicon, span, form)
            || is_foreign(lexicon, reading, span, form)
            || match frame.indicator.as_deref() {
                Some(indicator) => {
                    guessed_beside(reading, span, frame)
                        || off_topic(lexicon.frames(), span, frame, indicator)
                }
                // Without a name or a class of records a guessed word would be all there is.
                None => {
                    frame.things.is_empty()
                        && (frame.listed.is_none() && correction(reading, span).is_some()
                            || is_far(reading, span))
                }
            };
        if out {
            words.push(written(reading, span));
        }
    }
    if let Some(counted) = counted(reading)
        && frame.kind == QuestionKind::Count
        && frame.indicator.is_some()
        && frame.listed.is_none()
        && is_another_thing(counted)
    {
        words.push(written(reading, counted));
    }
    words.dedup();
    words
}

fn is_left_out(frames: &Frames, reading: &Reading, span: &Span, frame: &Frame) -> bool {
    if let Some(number) = span.number.filter(|_| span.meanings.is_empty()) {
        let bound = |indicator: &str| census::bounds(indicator, number.value);
        if frame.indicator.as_deref().is_some_and(bound) {
            return false;
        }
        if frame.thing(NameKind::Project).is_some() && is_of_phase(reading, span) {
            return false;
        }
        if number.ordinal && number.value == 1.0 && frame.thing(NameKind::Plan).is_some() {
            // "Le premier PDR".
            return false;
        }
        let age = reading
            .tokens
            .get(span.end)
            .is_some_and(|next| YEARS.contains(&next.folded.as_str()));
        // A distance is bounded as such: 60 miles are 96.6 km.
        let bounded = frame.kind != QuestionKind::Near && is_bounded(reading);
        return age || (!number.year_like && !number.weak && !states(frame, number.value, bounded));
    }
    if span.period.is_some() {
        return !frame.when.is_latest() && !is_dated(frame);
    }
    if span.meanings.is_empty() || attributes(reading, span) {
        return false;
    }
    if span.meanings == [Meaning::Cue(Cue::Rest)] {
        return frame.skip == 0;
    }
    let part = |m: &Meaning| match (frame.indicator.as_deref(), frame.listed) {
        (Some(indicator), _) => in_figure(frames, m, frame, indicator),
        (None, Some(listed)) => in_list(m, frame, listed),
        (None, None) => in_record(m, frame),
    };
    !span.meanings.iter().any(part)
}

/// Whether a number counts a phase that stands next to it.
fn is_of_phase(reading: &Reading, number: &Span) -> bool {
    reading.spans.iter().any(|span| {
        (span.end == number.start || span.start == number.end)
            && span.meanings.contains(&Meaning::Concept("phase".into()))
    })
}

/// Whether the sentence holds something against a number: "more than", "fewer than", "between".
fn is_bounded(reading: &Reading) -> bool {
    let sided = |m: &Meaning| match m {
        Meaning::Comparator(side) => !matches!(side, Comparator::About | Comparator::Equal),
        _ => false,
    };
    let compares = |span: &Span| span.meanings.iter().any(sided);
    reading.spans.iter().any(compares) || range::is_said(reading)
}

/// Whether a number of the sentence is one that the frame states or counts with; a bound only where it is stated.
fn states(frame: &Frame, value: f64, bounded: bool) -> bool {
    // "Between 50 and 500 million": the lower end is said in the millions of the higher one.
    let scaled = || [1e3, 1e6, 1e9].map(|scale| Some(value * scale));
    frame.number == Some(value)
        || (frame.up_to.is_some() && scaled().contains(&frame.number))
        || frame.up_to == Some(value)
        || frame.limit.is_some_and(|limit| f64::from(limit) == value)
        || matches!(
            frame.kind,
            QuestionKind::Trend | QuestionKind::Source | QuestionKind::Conflict
        )
        || (frame.listed.is_some() || frame.kind == QuestionKind::Contents) && !bounded
}

/// A function word of another form that is a word of its own in this one, about nothing here: Darija "men" is English "men".
fn is_outside(lexicon: &Lexicon, span: &Span, form: Form) -> bool {
    let says = |meaning: Meaning| {
        let mut entries = span.entries.iter();
        entries.any(|e| lexicon.form(*e) == Some(form) && *lexicon.meaning(*e) == meaning)
    };
    span.end - span.start == 1
        && span
            .meanings
            .iter()
            .all(|m| matches!(m, Meaning::Filler | Meaning::Outside))
        && says(Meaning::Outside)
        && !says(Meaning::Filler)
}

/// A function word of another language in a sentence that has nothing else of that language: French "car" in "households with
/// a car".
fn is_foreign(lexicon: &Lexicon, reading: &Reading, span: &Span, form: Form) -> bool {
    let forms = |span: &Span| -> Vec<Form> {
        span.entries
            .iter()
            .filter_map(|entry| lexicon.form(*entry))
            .collect()
    };
    let own = forms(span);
    let filler = !span.meanings.is_empty() && span.meanings.iter().all(|m| *m == Meaning::Filler);
    // French and Darija are spoken together; French and English share spellings that mean other things.
    let european = |form: &Form| matches!(form, Form::Fr | Form::En);
    if !filler || !european(&form) || own.contains(&form) || !own.iter().any(european) {
        return false;
    }
    if own.iter().any(|form| !european(form)) {
        return false;
    }
    !reading.spans.iter().any(|other| {
        let theirs = forms(other);
        other.start != span.start
            && !theirs.contains(&form)
            && own.iter().any(|f| theirs.contains(f))
    })
}

/// Whether a frame without a figure can be asked for a time.
fn is_dated(frame: &Frame) -> bool {
    match (frame.indicator.is_some(), frame.listed) {
        (true, _) => true,
        (false, Some(listed)) => matches!(
            listed,
            Listed::Sources
                | Listed::Incentives
                | Listed::Agreements
                | Listed::Projects
                | Listed::Events
                | Listed::Parks
        ),
        (false, None) => {
            // "Who chaired Acasiom in 2011?"
            frame.kind == QuestionKind::When
                || frame.kind == QuestionKind::Who && frame.target
                || [NameKind::Plan, NameKind::Agreement, NameKind::Event]
                    .iter()
                    .any(|kind| frame.thing(*kind).is_some())
                || frame.kind == QuestionKind::Contents
        }
    }
}

/// "selon le CRI": who says so, not what is asked about.
fn attributes(reading: &Reading, span: &Span) -> bool {
    let who =
        |m: &Meaning| matches!(m, Meaning::Name(record) if record.kind == NameKind::Organisation);
    let before = reading.tokens[span.start.saturating_sub(3)..span.start].iter();
    span.meanings.iter().any(who)
        && before
            .map(|token| token.folded.as_str())
            .any(|word| CITING.contains(&word) || ATTRIBUTING.contains(&word))
}

/// Whether the name that begins at a token is of who says so: "selon le CRI", "d'après Alten".
pub fn is_cited(reading: &Reading, start: usize) -> bool {
    let word = |at: usize| reading.tokens[at].folded.as_str();
    (start.saturating_sub(3)..start).any(|at| {
        CITING.contains(&word(at)) || word(at) == "apres" && at > 0 && word(at - 1) == "d"
    })
}

/// A misspelling believed to be a word that only decorates a sentence ("palmiers" for "premiers"), or a second quantity
/// beside one that was spelt right ("cuisines" for "usines").
fn guessed_beside(reading: &Reading, span: &Span, frame: &Frame) -> bool {
    let Some(believed) = correction(reading, span) else {
        return false;
    };
    if span.number.is_some() || span.period.is_some() {
        return false;
    }
    let topical = |m: &Meaning| {
        matches!(
            m,
            Meaning::Indicator(_) | Meaning::Measure(_) | Meaning::Activity(_)
        )
    };
    let word = language::fold(&written(reading, span));
    let distance = strsim::osa_distance(&word, &language::fold(believed));
    let named = |m: &Meaning| match m {
        // A guessed place beside a place spelt right must be nearly right itself.
        Meaning::Name(record) if record.kind == NameKind::Territory => {
            frame.places.len() < 2 || frame.readings || distance <= 1
        }
        Meaning::Name(record) => frame.things.iter().any(|thing| thing.key == record.key),
        Meaning::Level(_) => word.chars().count() >= 7,
        _ => false,
    };
    let asking = |m: &Meaning| {
        matches!(
            m,
            Meaning::Cue(Cue::Count | Cue::Value | Cue::Share | Cue::Where | Cue::List)
        )
    };
    if span.meanings.iter().any(|m| named(m) || asking(m)) {
        return false;
    }
    if !span.meanings.iter().any(topical) {
        return true;
    }
    let sure = reading.spans.iter().any(|other| {
        other.start != span.start
            && correction(reading, other).is_none()
            && other.meanings.iter().any(topical)
    });
    sure && (word.chars().count() < 7 || distance > 1)
}

fn correction<'a>(reading: &'a Reading, span: &Span) -> Option<&'a str> {
    let text = written(reading, span);
    reading
        .corrections
        .iter()
        .find(|(was, _)| *was == text)
        .map(|(_, believed)| believed.as_str())
}

/// A quantity of the census beside one of the sector: "women" and "call centres" make no figure together.
fn off_topic(frames: &Frames, span: &Span, frame: &Frame, indicator: &str) -> bool {
    let named: Vec<&str> = span
        .meanings
        .iter()
        .filter_map(|m| {
            if let Meaning::Indicator(key) = m {
                Some(key.as_str())
            } else {
                None
            }
        })
        .collect();
    if named.is_empty() || named.contains(&indicator) {
        return false;
    }
    let census = |key: &str| key.starts_with("hcp_");
    let base = |key: &&str| *key == "hcp_population_legal" || is_base(key, indicator);
    let people = matches!(indicator, "park_jobs" | "company_headcount");
    let firms = indicator == "park_companies" && named.contains(&"hcp_businesses");
    let within = (census(indicator) || people) && named.iter().any(base) || firms;
    let active = span
        .meanings
        .iter()
        .any(|m| matches!(m, Meaning::Activity(a) if frame.activity.as_deref() == Some(a)));
    // "Main-d'œuvre" is of the census, and people at work as well.
    let measured = span
        .meanings
        .iter()
        .any(|m| matches!(m, Meaning::Measure(measure) if frames.speaks_of(indicator, measure)));
    !within && !active && !measured && named.iter().all(|key| census(key) || census(indicator))
}

/// The first content word after "how many": what is counted.
fn counted(reading: &Reading) -> Option<&Span> {
    let asked = reading
        .spans
        .iter()
        .position(|s| s.meanings.contains(&Meaning::Cue(Cue::Count)))?;
    reading.spans[asked + 1..].iter().find(|span| {
        span.number.is_none()
            && span.period.is_none()
            && span.meanings.iter().any(|m| {
                !matches!(
                    m,
                    Meaning::Filler | Meaning::Cue(_) | Meaning::Comparator(_)
                )
            })
    })
}

/// Whether a counted word is a class of records or a state, and no quantity, place or name.
fn is_another_thing(span: &Span) -> bool {
    const PARTS: [&str; 10] = [
        "census",
        "definition",
        "territories",
        "operators",
        "employers",
        "organisations",
        "universities",
        "projects",
        "sites",
        "services",
    ];
    span.meanings.iter().all(|m| match m {
        Meaning::Concept(concept) => !PARTS.contains(&concept.as_str()),
        Meaning::Status(_) | Meaning::Sector(_) => true,
        Meaning::Name(record) => record.kind == NameKind::Indicator,
        _ => false,
    })
}

fn written(reading: &Reading, span: &Span) -> String {
    reading.tokens[span.start..span.end]
        .iter()
        .map(|t| t.text.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}
