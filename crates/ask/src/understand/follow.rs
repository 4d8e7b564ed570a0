//! Follow-ups: the previous frame with what the new sentence says instead.

use crate::answer::QuestionKind;
use crate::frame::{Frame, Listed, When};
use crate::lexicon::{Cue, Lexicon, NameKind, Record, territory_level};

use super::Slot;
use super::indicator::{Meant, meant};
use super::signals::{Mention, Signals};
use super::{about, places};

/// The previous frame continued, and the slots it lends; `None` when the sentence stands alone.
pub fn follow_up(
    lexicon: &Lexicon,
    signals: &Signals,
    previous: Option<&Frame>,
) -> Option<(Frame, Vec<Slot>)> {
    let dated = !signals.whens.is_empty();
    // Where something lies has no year.
    let previous = previous.filter(|frame| frame.kind != QuestionKind::Near || !dated)?;
    let places = places::resolve(lexicon, signals);
    let things = signals.named();
    let lists = previous.listed.is_some() && previous.indicator.is_none();
    let new_slot = !places.codes.is_empty()
        || !signals.whens.is_empty()
        || !things.is_empty()
        || !signals.activities.is_empty()
        || lists && !(signals.countries.is_empty() && signals.statuses.is_empty());
    // "Who are the partners?" is of the record spoken of.
    let role = |c: &String| matches!(c.as_str(), "parties" | "owner");
    let standalone = !signals.indicators.is_empty()
        || !signals.measures.is_empty()
        || !signals.concepts.iter().all(role)
        || (signals.activities.len()
            > usize::from(lists || previous.indicator.is_some() && previous.activity.is_some()));
    if signals.has(Cue::WhichOnes) && !standalone && !new_slot {
        return Some((which_ones(previous), vec![Slot::Place, Slot::Period]));
    }
    let records = things.is_empty() && places.codes.is_empty() && signals.whens.is_empty();
    let turned = turned(signals, previous);
    if let (false, [_], Some(QuestionKind::Where)) = (standalone, places.codes.as_slice(), turned)
        && things.is_empty()
        && previous.thing(NameKind::Organisation).is_some()
    {
        // "Where is it in Fès?"
        let frame = Frame {
            things: previous.things.clone(),
            places: places.codes,
            ..Frame::new(QuestionKind::Where)
        };
        return Some((frame, vec![Slot::Thing]));
    }
    if let (false, true, Some(kind)) = (standalone, records, turned) {
        let frame = Frame {
            kind,
            things: previous.things.clone(),
            places: match previous.indicator {
                Some(_) => Vec::new(),
                None => previous.places.clone(),
            },
            ..Frame::new(kind)
        };
        return Some((frame, kept(previous)));
    }
    let aims = signals.measures == ["target"]
        && signals.concepts.iter().all(|c| c == "objectives")
        && signals.indicators.is_empty()
        && signals.activities.is_empty();
    if let (true, true, Some(_)) = (aims, things.is_empty(), &previous.indicator) {
        // "Et l'objectif pour 2030 ?"
        let mut frame = Frame {
            kind: QuestionKind::Value,
            target: true,
            when: signals.whens.first().copied().unwrap_or_default(),
            ..previous.clone()
        };
        if !places.codes.is_empty() {
            frame.places.clone_from(&places.codes);
        }
        return Some((frame, kept(previous)));
    }
    if previous.readings && !standalone && records {
        // "La commune seulement": one of the two readings of a name.
        let one = previous.places.iter().find(|code| {
            let level = territory_level(code);
            signals
                .levels
                .iter()
                .any(|(word, _)| about::level_of(*word) == level)
        });
        if let Some(code) = one {
            let frame = Frame {
                places: vec![code.clone()],
                readings: false,
                ..previous.clone()
            };
            return Some((frame, kept(previous)));
        }
    }
    if (signals.any(&[Cue::Correction, Cue::AndFollow]) || asks_nothing(signals))
        && signals.places.is_empty()
        && !standalone
        && let Some(code) = at_level(lexicon, signals, previous)
    {
        // "Non, la commune": the same place on another step.
        let frame = Frame {
            places: vec![code],
            readings: false,
            ..previous.clone()
        };
        return Some((frame, kept(previous)));
    }
    if asks_source(signals) && !standalone && !new_slot {
        return Some((
            Frame {
                kind: QuestionKind::Source,
                ..previous.clone()
            },
            kept(previous),
        ));
    }
    if signals.has(Cue::WhyDiffer) && !standalone && previous.indicator.is_some() {
        return Some((
            Frame {
                kind: QuestionKind::Conflict,
                ..previous.clone()
            },
            kept(previous),
        ));
    }
    let stated = signals.numbers.iter().find(|n| !n.ordinal);
    if let (Some(number), false, Some(_)) = (stated, standalone || new_slot, &previous.indicator) {
        let compared = super::figure::compared(&signals.comparators);
        let kind = QuestionKind::Verification;
        let frame = Frame {
            kind,
            number: Some(number.value),
            compared: Some(compared),
            ..previous.clone()
        };
        return Some((frame, kept(previous)));
    }
    let again = previous.kind == QuestionKind::Top
        && signals.measures.is_empty()
        && signals
            .indicators
            .iter()
            .all(|key| Some(key) == previous.indicator.as_ref());
    if signals.any(&[Cue::Top, Cue::Bottom])
        && (!standalone || again)
        && previous.indicator.is_some()
    {
        return Some((
            extreme(signals, &places, previous),
            vec![Slot::Indicator, Slot::Period],
        ));
    }
    if signals.any(&[Cue::Trend, Cue::Growth]) && !standalone && previous.indicator.is_some() {
        let mut frame = Frame {
            kind: QuestionKind::Trend,
            ..previous.clone()
        };
        if !places.codes.is_empty() {
            frame.places = places.codes;
        }
        if let Some(when) = signals.whens.first() {
            frame.when = *when;
        }
        return Some((frame, kept(previous)));
    }
    if (signals.any(&[Cue::AndFollow, Cue::Correction]) || asks_nothing(signals))
        && signals.measures.is_empty()
        && let Some((indicator, activity)) = beside(lexicon, signals, previous)
    {
        let mut frame = Frame {
            indicator: Some(indicator),
            activity,
            ..previous.clone()
        };
        if !places.codes.is_empty() {
            frame.places.clone_from(&places.codes);
        }
        return Some((frame, kept(previous)));
    }
    let dated_count = lists && signals.has(Cue::Count) && dated && things.is_empty();
    if dated_count && !standalone && previous.thing(NameKind::Park).is_some() {
        // "How many were they in 2009?": our records have no year, published figures do.
        let frame = Frame {
            kind: QuestionKind::Count,
            listed: None,
            indicator: Some("park_companies".to_owned()),
            when: signals.whens.first().copied().unwrap_or_default(),
            ..previous.clone()
        };
        return Some((frame, kept(previous)));
    }
    if lists && signals.has(Cue::Count) && !standalone && !new_slot {
        // "How many are they?"
        let frame = Frame {
            kind: QuestionKind::Count,
            ..previous.clone()
        };
        return Some((frame, kept(previous)));
    }
    let filtered = lists
        && !(signals.countries.is_empty() && signals.statuses.is_empty())
        && signals.any(&[Cue::Anaphora, Cue::WhichOnes, Cue::Who, Cue::List]);
    let continues =
        signals.any(&[Cue::AndFollow, Cue::Correction]) || asks_nothing(signals) || filtered;
    // "And what is BPO?" is not "and in BPO?".
    let defined = lists && signals.has(Cue::What) && !signals.activities.is_empty();
    if !continues || !new_slot || standalone || defined {
        return None;
    }
    let mut frame = previous.clone();
    let mut carried = vec![Slot::Kind];
    if !things.is_empty() {
        // A name may be a park, a project and a company: the kind that was spoken of before.
        let before = things
            .iter()
            .find(|thing| previous.things.iter().any(|known| known.kind == thing.kind));
        let kind = before.unwrap_or(&things[0]).kind;
        let fits = match &previous.indicator {
            Some(indicator) => {
                let subject = lexicon.frames().indicator(indicator).subject;
                subject.and_then(|subject| super::figure::subject_kind(&subject)) == Some(kind)
            }
            None => true,
        };
        if !fits && !previous.things.iter().any(|thing| thing.kind == kind) {
            return None;
        }
        if previous.kind == QuestionKind::Top {
            frame.kind = QuestionKind::Value;
        }
        let replaced: Vec<String> = frame
            .things
            .iter()
            .filter(|thing| thing.kind == kind)
            .map(|thing| thing.key.clone())
            .collect();
        frame.things.retain(|thing| !replaced.contains(&thing.key));
        frame
            .things
            .extend(things.into_iter().filter(|thing| thing.kind == kind));
        frame.places.clear();
    } else if !previous.things.is_empty() {
        carried.push(Slot::Thing);
    }
    if previous.indicator.is_some() {
        carried.push(Slot::Indicator);
    }
    if let Some(activity) = signals.activities.first() {
        frame.activity = Some(activity.clone());
    }
    if lists {
        frame.country = signals
            .countries
            .first()
            .or(frame.country.as_ref())
            .cloned();
        frame.status = signals.statuses.first().or(frame.status.as_ref()).cloned();
    }
    if !places.codes.is_empty() {
        frame.places = places.codes;
        frame.readings = places.readings;
    } else if !frame.places.is_empty() {
        carried.push(Slot::Place);
    }
    if let Some(when) = signals.whens.first() {
        frame.when = *when;
        // What was aimed at is not what was.
        frame.target = false;
    } else if !frame.when.is_latest() {
        carried.push(Slot::Period);
    }
    super::kind::of_years(lexicon, &mut frame);
    if let (None, Some(kind)) = (&frame.indicator, self::turned(signals, &frame)) {
        frame.kind = kind;
    }
    if matches!(frame.when, When::Years(..)) && frame.indicator.is_some() {
        frame.kind = QuestionKind::Trend;
    }
    if frame.kind == QuestionKind::Comparison && frame.places.len() < 2 && frame.things.len() < 2 {
        frame.kind = QuestionKind::Value;
    }
    Some((frame, carried))
}

/// The quantity asked before, of what is named instead: of another activity, another sector, another language.
fn beside(
    lexicon: &Lexicon,
    signals: &Signals,
    previous: &Frame,
) -> Option<(String, Option<String>)> {
    let known = previous.indicator.as_deref()?;
    let activity = match signals.indicators.as_slice() {
        [only] if only == "call_centres" => Some("call_centre"),
        [] => signals.activities.first().map(String::as_str),
        _ => return None,
    };
    let word = match (
        activity,
        signals.sectors.as_slice(),
        signals.languages.as_slice(),
        signals.concepts.as_slice(),
    ) {
        (Some(activity), _, _, []) => activity,
        (None, [sector], _, []) => sector,
        (None, [], [language], []) => language,
        (None, [], _, [concept]) if concept == "services" => concept,
        _ => return None,
    };
    let indicator = lexicon.frames().beside(known, word)?.to_owned();
    (activity.is_some() || indicator != known).then(|| (indicator, activity.map(str::to_owned)))
}

/// The place of the previous question on the step that is named: its commune, its province, its region.
fn at_level(lexicon: &Lexicon, signals: &Signals, previous: &Frame) -> Option<String> {
    let [(word, _)] = signals.levels.as_slice() else {
        return None;
    };
    let (level, code) = (about::level_of(*word)?, previous.places.first()?);
    let above = places::ancestor(lexicon, code, level).filter(|above| above != code);
    above.or_else(|| lexicon.namesake_inside(code, level))
}

/// Another question about the record asked about before: "signé quand ?", "who carries it?".
fn turned(signals: &Signals, previous: &Frame) -> Option<QuestionKind> {
    use QuestionKind::{Contents, Definition, Status, When, Where, Who};
    let about_record = match &previous.indicator {
        Some(_) => !previous.things.is_empty(),
        None => matches!(
            previous.kind,
            Contents | Definition | Status | When | Where | Who
        ),
    };
    let agreement = previous.thing(NameKind::Agreement).is_some()
        || previous.things.is_empty() && matches!(previous.kind, Contents | When);
    let lists = previous
        .listed
        .is_some_and(|listed| listed != Listed::Agreements);
    if !about_record || lists || signals.concept("head") {
        None
    } else if signals.has(Cue::Who)
        || signals
            .concepts
            .iter()
            .any(|c| c == "parties" || c == "owner")
    {
        Some(Who)
    } else if signals.any(&[Cue::When, Cue::SinceWhen, Cue::Signed, Cue::Opened]) {
        Some(When)
    } else if signals.has(Cue::Where) {
        Some(Where)
    } else if signals.has(Cue::Status) {
        Some(Status)
    } else if signals.has(Cue::Contents) && agreement {
        Some(Contents)
    } else {
        None
    }
}

/// "Which region has the highest?": the previous quantity, ranked.
fn extreme(signals: &Signals, places: &places::Places, previous: &Frame) -> Frame {
    let level = about::grouping(signals);
    let mut frame = Frame {
        kind: QuestionKind::Top,
        lowest: signals.has(Cue::Bottom),
        level: level.or(previous.level),
        number: None,
        compared: None,
        readings: false,
        ..previous.clone()
    };
    if !signals.places.is_empty() {
        frame.places.clone_from(&places.codes);
    } else if level.is_some() && previous.kind != QuestionKind::Top {
        frame.places = vec![places::COUNTRY.to_owned()];
    }
    frame
}

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
const BEYOND: usize = 100_000;

fn asks_source(signals: &Signals) -> bool {
    signals.has(Cue::Source)
}

/// Nothing but places, times and function words: "Rabat ?", "2015 ?".
fn asks_nothing(signals: &Signals) -> bool {
    signals.cues.iter().all(|cue| {
        matches!(
            cue,
            Cue::AndFollow
                | Cue::SameTime
                | Cue::Correction
                | Cue::What
                | Cue::YesNo
                | Cue::Count
                | Cue::Value
        )
    }) && signals.statuses.is_empty()
        && signals.numbers.is_empty()
}

fn kept(previous: &Frame) -> Vec<Slot> {
    let mut kept = Vec::new();
    if previous.indicator.is_some() {
        kept.push(Slot::Indicator);
    }
    if !previous.places.is_empty() {
        kept.push(Slot::Place);
    }
    if !previous.things.is_empty() {
        kept.push(Slot::Thing);
    }
    if !previous.when.is_latest() {
        kept.push(Slot::Period);
    }
    kept
}

/// The records behind a count.
fn which_ones(previous: &Frame) -> Frame {
    let mut frame = Frame {
        kind: QuestionKind::List,
        ..previous.clone()
    };
    if frame.listed.is_none() {
        let indicator = previous.indicator.as_deref().unwrap_or_default();
        frame.listed = Some(match indicator {
            "universities" | "university_students" | "university_graduates" => Listed::Universities,
            "pdr_projects" => Listed::Projects,
            _ if previous.thing(NameKind::Agreement).is_some()
                || previous.thing(NameKind::Plan).is_some() =>
            {
                return Frame {
                    kind: QuestionKind::Contents,
                    indicator: None,
                    ..previous.clone()
                };
            }
            _ => Listed::Operators,
        });
    }
    frame.indicator = None;
    frame.when = When::Latest;
    frame.number = None;
    frame.compared = None;
    frame
}
