//! A follow-up that only says another place, time, thing or filter: "et à Meknès ?", "and in 2009?".

use crate::answer::QuestionKind;
use crate::frame::{Frame, Thing, When};
use crate::lexicon::{Cue, NameKind};

use super::Slot;
use super::figure_kind::is_count;
use super::follow::{Continued, Follow};
use super::spoken::turned;

/// The previous frame with the slots that are named instead.
pub fn instead(f: &Follow<'_>) -> Option<Continued> {
    let (signals, lists) = (f.signals, f.lists);
    let (previous, things, places) = standing(f);
    let (previous, things) = (&previous, &things);
    let filtered = lists
        && !(signals.countries.is_empty() && signals.statuses.is_empty())
        && signals.any(&[Cue::Anaphora, Cue::WhichOnes, Cue::Who, Cue::List]);
    // "Which of them are in Meknès?"
    let placed = (lists || previous.chooses())
        && signals.has(Cue::WhichOnes)
        && !places.is_empty()
        && things.is_empty();
    let continues = f.leans() || filtered || placed;
    // "And what is BPO?" is not "and in BPO?".
    let defined = lists && signals.has(Cue::What) && !signals.activities.is_empty();
    if !continues || !f.new_slot || f.standalone || defined {
        return None;
    }
    let mut frame = previous.clone();
    let numeric = previous.indicator.is_some();
    let mut carried = vec![Slot::Kind];
    if !things.is_empty() {
        // A name may be a park, a project and a company: the kind that was spoken of before.
        let before = things
            .iter()
            .find(|thing| previous.things.iter().any(|known| known.kind == thing.kind));
        let kind = before.unwrap_or(&things[0]).kind;
        let fits = match &previous.indicator {
            Some(indicator) => {
                let subject = f.lexicon.frames().indicator(indicator).subject;
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
            .extend(things.iter().filter(|thing| thing.kind == kind).cloned());
        // Another company is asked about where the first was, another park lies elsewhere.
        if kind != NameKind::Organisation || !numeric {
            frame.places.clear();
        }
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
    if !places.is_empty() {
        frame.places.clone_from(&places);
        frame.readings = f.places.readings;
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
    let located = matches!(frame.kind, QuestionKind::Where | QuestionKind::When);
    if located && !places.is_empty() && frame.thing(NameKind::Organisation).is_some() {
        // "And the Fès one?", after the site at a park.
        frame
            .things
            .retain(|thing| thing.kind == NameKind::Organisation);
    }
    super::kind::of_years(f.lexicon, &mut frame);
    if let (None, Some(kind)) = (&frame.indicator, turned(signals, &frame)) {
        frame.kind = kind;
    }
    if matches!(frame.when, When::Years(..)) && frame.indicator.is_some() {
        frame.kind = QuestionKind::Trend;
    }
    let sourced = matches!(previous.kind, QuestionKind::Source | QuestionKind::Conflict);
    if let (Some(indicator), true) = (&frame.indicator, sourced && !signals.has(Cue::Source)) {
        // "Who says so? And Alten?": the figure of it.
        frame.kind = match is_count(indicator) {
            true => QuestionKind::Count,
            false => QuestionKind::Value,
        };
        (frame.number, frame.compared) = (None, None);
    }
    if frame.kind == QuestionKind::Comparison && frame.places.len() < 2 && frame.things.len() < 2 {
        frame.kind = QuestionKind::Value;
    }
    Some((frame, carried))
}

/// "Et Casa ?" after a park is the park there: what is gone on from, the things and the places that are named instead.
fn standing(f: &Follow<'_>) -> (Frame, Vec<Thing>, Vec<String>) {
    let as_said = || (f.previous.clone(), f.things.clone(), f.places.codes.clone());
    let of_park = |thing: &Thing| matches!(thing.kind, NameKind::Park | NameKind::Project);
    let park = f.previous.thing(NameKind::Park).is_some() && f.previous.things.iter().all(of_park);
    let [city] = f.places.codes.as_slice() else {
        return as_said();
    };
    if !park || !f.things.is_empty() {
        return as_said();
    }
    match f.lexicon.frames().park_of(city) {
        Some(key) => {
            let thing = Thing {
                kind: NameKind::Park,
                key: key.to_owned(),
            };
            (f.previous.clone(), vec![thing], Vec::new())
        }
        // Of the companies of a park, those of a town without one.
        None if f.lists => {
            let mut previous = f.previous.clone();
            previous.things.clear();
            (previous, Vec::new(), f.places.codes.clone())
        }
        None => as_said(),
    }
}
