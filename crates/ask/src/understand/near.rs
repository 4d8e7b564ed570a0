//! What is close to somebody or to somewhere: which records, from where, within how many kilometres.

use language::{Form, NumberSpan};

use crate::answer::{AbstentionReason, QuestionKind};
use crate::frame::{Frame, Listed};
use crate::lexicon::{Comparator, Cue, Level, Lexicon, Meaning, NameKind, territory_level};
use crate::span::{Reading, Span};

use super::places::{self, Places};
use super::signals::Signals;
use super::{Ambiguity, Outcome, Slot, about, accounted};

/// Kilometres of one mile.
const MILE: f64 = 1.609_344;

/// Whether nearness is asked.
pub fn is_asked(signals: &Signals) -> bool {
    signals.radius.is_some() || signals.any(&[Cue::NearMe, Cue::Near, Cue::NearPlace])
}

/// Whether the sentence goes on from a question of nearness: "et à Meknès ?", "and the parks?", "which ones?".
pub fn goes_on(signals: &Signals, previous: Option<&Frame>) -> bool {
    let only_place = matches!(class(signals), Class::Unsaid) && !signals.places.is_empty();
    let leans = signals.any(&[Cue::AndFollow, Cue::Correction, Cue::WhichOnes]) || only_place;
    let other = !signals.measures.is_empty()
        || !signals.whens.is_empty()
        || !signals.numbers.is_empty()
        || signals.cues.iter().any(|cue| {
            !matches!(
                cue,
                Cue::AndFollow | Cue::Correction | Cue::WhichOnes | Cue::What
            )
        });
    previous.is_some_and(|frame| frame.kind == QuestionKind::Near)
        && leans
        && !other
        && (signals.has(Cue::WhichOnes)
            || !signals.places.is_empty()
            || matches!(class(signals), Class::Of(_)))
}

/// The frame of a question of nearness, and what it takes from the one before.
pub fn decide(
    lexicon: &Lexicon,
    reading: &Reading,
    signals: &Signals,
    form: Form,
    previous: Option<&Frame>,
) -> (Outcome, Vec<Slot>) {
    let unknown = || {
        (
            Outcome::Abstain {
                kind: QuestionKind::Near,
                reason: AbstentionReason::NoObservation,
                words: Vec::new(),
            },
            Vec::new(),
        )
    };
    if signals.radius.is_some() && signals.comparators.contains(&Comparator::More) {
        // What lies farther than that is no nearness.
        return unknown();
    }
    let places = places::resolve(lexicon, signals);
    let Some((mut frame, carried)) = asked(signals, previous) else {
        return unknown();
    };
    let Some(place) = sort(signals, &places) else {
        return unknown();
    };
    if let Some(origin) = place.origin {
        frame.origin = Some(origin);
    } else if signals.has(Cue::NearMe) {
        frame.origin = None;
    }
    if !place.within.is_empty() {
        frame.places = place.within;
    }
    if signals.radius.is_some() {
        frame.number = signals.radius;
    }
    let many = signals
        .numbers
        .iter()
        .find(|n| !n.ordinal && !n.weak && (1.0..=20.0).contains(&n.value));
    if let Some(many) = many {
        frame.limit = Some(many.value as u8);
    }
    let words = accounted::left_out(lexicon, reading, form, &frame);
    if !words.is_empty() {
        let outcome = Outcome::Abstain {
            kind: QuestionKind::Near,
            reason: AbstentionReason::UncoveredWords,
            words,
        };
        return (outcome, Vec::new());
    }
    if !places.homonyms.is_empty() {
        let outcome = Outcome::Back {
            kind: QuestionKind::Near,
            choice: Ambiguity::Places {
                name: places.name,
                records: places.homonyms,
                frame: Box::new(frame),
            },
        };
        return (outcome, carried);
    }
    (Outcome::Ask(frame), carried)
}

/// What nearness is asked of, before place and distance.
fn asked(signals: &Signals, previous: Option<&Frame>) -> Option<(Frame, Vec<Slot>)> {
    const NOT_OF_PLACES: [Cue; 12] = [
        Cue::Top,
        Cue::Bottom,
        Cue::Rank,
        Cue::Share,
        Cue::Trend,
        Cue::Growth,
        Cue::Why,
        Cue::WhyDiffer,
        Cue::Difference,
        Cue::When,
        Cue::SinceWhen,
        Cue::Future,
    ];
    let named = signals.named();
    let only_companies = named
        .iter()
        .all(|thing| thing.kind == NameKind::Organisation);
    if signals.any(&NOT_OF_PLACES)
        || !only_companies
        || !signals.whens.iter().all(|when| when.is_latest())
    {
        return None;
    }
    let listed = match class(signals) {
        Class::Of(listed) => listed,
        Class::Unplaced => return None,
        Class::Unsaid if named.is_empty() => {
            let (frame, carried) = previous.and_then(continued).unwrap_or_else(|| {
                let mut frame = Frame::new(QuestionKind::Near);
                frame.listed = Some(Listed::Sites);
                (frame, Vec::new())
            });
            return Some((frame, carried));
        }
        Class::Unsaid => Listed::Sites,
    };
    let follows =
        previous.filter(|frame| frame.kind == QuestionKind::Near && signals.has(Cue::AndFollow));
    let mut frame = Frame::new(QuestionKind::Near);
    let mut carried = Vec::new();
    if let Some(before) = follows {
        // "Et les parcs ?": from the same place, within the same distance.
        frame.origin.clone_from(&before.origin);
        frame.places.clone_from(&before.places);
        frame.number = before.number;
        carried.extend([Slot::Kind, Slot::Place]);
    }
    frame.listed = Some(listed);
    frame.things = named;
    frame.country = signals.countries.first().cloned();
    frame.activity = (listed != Listed::Parks)
        .then(|| {
            let activities = &signals.activities;
            let narrow = activities.iter().find(|a| *a != "offshoring_all");
            narrow.or(activities.first()).cloned()
        })
        .flatten();
    Some((frame, carried))
}

/// The frame before with nearness asked of what it was about: "à moins de 5 km ?", "near me" after a list of parks.
fn continued(previous: &Frame) -> Option<(Frame, Vec<Slot>)> {
    if previous.kind == QuestionKind::Near {
        return Some((previous.clone(), vec![Slot::Kind, Slot::Place]));
    }
    let listed = match (previous.listed, previous.indicator.as_deref()) {
        (Some(listed @ (Listed::Parks | Listed::Sites | Listed::Operators)), None) => listed,
        (None, Some("call_centres")) => Listed::Sites,
        (None, Some("offshoring_companies")) => Listed::Operators,
        _ => return None,
    };
    let mut frame = Frame::new(QuestionKind::Near);
    frame.listed = Some(listed);
    frame.activity.clone_from(&previous.activity);
    if previous.indicator.as_deref() == Some("call_centres") {
        frame.activity = Some("call_centre".to_owned());
    }
    frame.country.clone_from(&previous.country);
    let companies = previous
        .things
        .iter()
        .filter(|thing| thing.kind == NameKind::Organisation);
    frame.things = companies.cloned().collect();
    Some((frame, vec![Slot::Kind]))
}

/// What is looked for.
enum Class {
    /// Records that have a place.
    Of(Listed),
    /// Something that has none here: jobs, projects, people.
    Unplaced,
    /// "Near me?"
    Unsaid,
}

fn class(signals: &Signals) -> Class {
    let counted = |key: &String| {
        matches!(
            key.as_str(),
            "call_centres" | "offshoring_companies" | "park_companies"
        )
    };
    let companies = |measure: &String| measure == "companies";
    if !signals.indicators.iter().all(counted)
        || !signals.measures.iter().all(companies)
        || !signals.sectors.is_empty()
        || !signals.statuses.is_empty()
    {
        return Class::Unplaced;
    }
    match about::listed(signals) {
        Some(listed @ (Listed::Parks | Listed::Sites | Listed::Operators)) => Class::Of(listed),
        Some(_) => Class::Unplaced,
        None if signals.indicators.iter().any(|key| key != "call_centres") => {
            Class::Of(Listed::Operators)
        }
        None if !signals.activities.is_empty() => Class::Of(Listed::Sites),
        // "La ville la plus proche".
        None if !signals.concepts.is_empty()
            || !signals.levels.is_empty() && signals.places.is_empty() =>
        {
            Class::Unplaced
        }
        None => Class::Unsaid,
    }
}

/// Where distances start, and where what is listed must lie.
#[derive(Default)]
struct Sorted {
    origin: Option<String>,
    within: Vec<String>,
}

/// A town is what something is near to, a region or the country is where it is looked for; all of them are where it is
/// looked for when nearness to the asker is asked. Nothing for two towns.
fn sort(signals: &Signals, places: &Places) -> Option<Sorted> {
    let mut sorted = Sorted::default();
    let to_asker = signals.has(Cue::NearMe);
    let codes = if places.readings {
        &places.codes[..places.codes.len().min(1)]
    } else {
        &places.codes[..]
    };
    for code in codes {
        let wide = matches!(territory_level(code), Some(Level::Country | Level::Region));
        match (wide || to_asker, sorted.origin.is_some()) {
            (true, _) => sorted.within.push(code.clone()),
            (false, false) => sorted.origin = Some(code.clone()),
            (false, true) => return None,
        }
    }
    (sorted.within.len() < 2).then_some(sorted)
}

/// The distance of a sentence in kilometres, and the number it is written with: "5 km", "khamsa kilo", "3 miles".
pub fn radius(reading: &Reading) -> Option<(f64, NumberSpan)> {
    let unit = |span: &Span| {
        span.meanings.iter().find_map(|meaning| match meaning {
            Meaning::Unit(unit) if unit == "km" => Some(1.0),
            Meaning::Unit(unit) if unit == "mile" => Some(MILE),
            _ => None,
        })
    };
    let short = |at: usize| {
        let how = |span: &Span| {
            span.meanings.iter().any(|meaning| {
                matches!(
                    meaning,
                    Meaning::Comparator(_) | Meaning::Cue(Cue::Near | Cue::NearMe)
                )
            })
        };
        // "5 كم" is five kilometres where a distance is spoken of, and else "how many".
        reading.tokens[at].folded == "كم" && reading.spans.iter().any(how)
    };
    reading.spans.iter().find_map(|span| {
        let scale = unit(span).or_else(|| short(span.start).then_some(1.0))?;
        let number = reading.numbers.iter().find(|number| {
            let between = reading.tokens.get(number.end..span.start);
            between.is_some_and(|between| between.len() < 2)
                && !number.ordinal
                && number.end > 0
                && number.end <= span.start
        })?;
        let whole = number.value.is_finite() && number.value >= 0.0;
        whole.then_some((number.value * scale, *number))
    })
}

/// Whether a span is followed by a name, function words between them or none.
pub fn stands_before_a_place(reading: &Reading, span: &Span) -> bool {
    let filler = |other: &&Span| {
        !other.meanings.is_empty() && other.meanings.iter().all(|m| *m == Meaning::Filler)
    };
    let level = |other: &&Span| {
        other
            .meanings
            .iter()
            .any(|m| matches!(m, Meaning::Level(_)))
    };
    let next = reading
        .spans
        .iter()
        .filter(|other| other.start >= span.end)
        .find(|other| !filler(other) && !level(other));
    next.is_some_and(|next| next.meanings.iter().any(|m| matches!(m, Meaning::Name(_))))
}
