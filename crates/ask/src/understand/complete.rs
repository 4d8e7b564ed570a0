//! A sentence with a topic of its own that leaves out what it is about: "et la superficie ?", "who carries it?".

use crate::answer::QuestionKind;
use crate::frame::{Frame, When};
use crate::lexicon::{Cue, Lexicon, NameKind, Record, territory_level};

use super::Slot;
use super::indicator::{Meant, meant};
use super::signals::{Mention, Signals};

/// Words that a sentence may have and still lean on the one before without saying so: "taux d'occupation ?".
const SHORT: usize = 5;

/// A sentence with a topic of its own that leaves out what it is about, with the place and the things of the previous one:
/// "et la superficie ?", "who carries it?".
pub fn completed(
    lexicon: &Lexicon,
    signals: &Signals,
    words: usize,
    previous: Option<&Frame>,
) -> Option<(Signals, Vec<Slot>)> {
    let previous = previous?;
    let said = [
        Cue::AndFollow,
        Cue::Anaphora,
        Cue::SameTime,
        Cue::Correction,
    ];
    let lacking = lacks_subject(lexicon, signals, previous);
    let names_nothing = signals.places.is_empty() && signals.countries.is_empty();
    let leans = lacking
        || (signals.any(&said) || words <= SHORT) && (names_nothing || signals.has(Cue::Anaphora));
    if !leans || !signals.things.is_empty() {
        return None;
    }
    let mut completed = signals.clone();
    let mut carried = Vec::new();
    let mention = |at: usize, records: Vec<Record>| Mention {
        start: BEYOND + 10 * at,
        end: BEYOND + 10 * at,
        text: String::new(),
        records,
    };
    let territory = |code: &String| Record {
        kind: NameKind::Territory,
        key: code.clone(),
        level: territory_level(code),
    };
    if names_nothing && signals.levels.is_empty() && !previous.places.is_empty() {
        completed.places = previous
            .places
            .iter()
            .enumerate()
            .map(|(at, code)| mention(at, vec![territory(code)]))
            .collect();
        carried.push(Slot::Place);
    }
    for (at, thing) in previous.things.iter().enumerate() {
        let record = Record {
            kind: thing.kind,
            key: thing.key.clone(),
            level: None,
        };
        completed.things.push(mention(at, vec![record]));
    }
    let leans_on_year = signals.has(Cue::SameTime)
        || signals.any(&[Cue::AndFollow, Cue::Anaphora])
            && matches!(previous.when, When::At(_))
            && same_series(lexicon, signals, previous);
    if leans_on_year && signals.whens.is_empty() && !previous.when.is_latest() {
        completed.whens.push(previous.when);
        carried.push(Slot::Period);
    }
    if !previous.things.is_empty() {
        carried.push(Slot::Thing);
    } else if let Some(activity) = &previous.activity
        && signals.activities.is_empty()
        && (previous.indicator.is_none() || signals.indicators.is_empty())
        && !(signals.measures.is_empty() && signals.indicators.is_empty())
    {
        // "Et combien de salariés ?", of the call centres spoken of.
        completed.activities.push(activity.clone());
        carried.push(Slot::Indicator);
    }
    (!carried.is_empty()).then_some((completed, carried))
}

/// Two readings of one name stay readings, and are not compared, in what is asked next.
pub fn as_read(frame: Frame, previous: Option<&Frame>) -> Frame {
    match previous.filter(|known| known.readings && known.places == frame.places) {
        Some(known) if frame.kind == QuestionKind::Comparison => Frame {
            kind: known.kind,
            readings: true,
            ..frame
        },
        _ => frame,
    }
}

/// A quantity that only parks, companies … have, of none in particular: "how much office space does it have?".
fn lacks_subject(lexicon: &Lexicon, signals: &Signals, previous: &Frame) -> bool {
    let several = [
        Cue::Top,
        Cue::Bottom,
        Cue::List,
        Cue::WhichOnes,
        Cue::Comparison,
    ];
    let frames = lexicon.frames();
    let Meant::One(indicator) = meant(frames, signals, &previous.things) else {
        return false;
    };
    // What is complete without a thing is not about one.
    let alone = meant(frames, signals, &[]);
    if matches!(&alone, Meant::One(other) if *other != indicator) {
        return false;
    }
    let subject = lexicon.frames().indicator(&indicator).subject;
    let kind = subject.and_then(|subject| super::figure::subject_kind(&subject));
    !signals.any(&several)
        && super::about::grouping(signals).is_none()
        && kind.is_some_and(|kind| previous.thing(kind).is_some())
}

/// Another count of the same subject: the jobs of the call centres counted in 2006 are those of 2006.
fn same_series(lexicon: &Lexicon, signals: &Signals, previous: &Frame) -> bool {
    let Some(known) = &previous.indicator else {
        return false;
    };
    let mut signals = signals.clone();
    signals.activities.extend(previous.activity.clone());
    let subject = |key: &str| {
        key.split('_')
            .next()
            .unwrap_or_default()
            .trim_end_matches('s')
            .to_owned()
    };
    match meant(lexicon.frames(), &signals, &previous.things) {
        Meant::One(key) => {
            let counts = [
                "jobs",
                "companies",
                "centres",
                "households",
                "population",
                "rate",
            ];
            subject(&key) == subject(known) && counts.iter().any(|word| key.contains(word))
        }
        _ => false,
    }
}

/// Where carried names stand: beside no word of the sentence.
pub const BEYOND: usize = 100_000;
