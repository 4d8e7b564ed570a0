//! The headlines a frame asks for: what answers it, and what is nearest when nothing does.

use serde_json::{Value, json};

use crate::answer::QuestionKind;
use crate::frame::{Frame, Thing, When};
use crate::lexicon::{Lexicon, NameKind};
use crate::understand::{COUNTRY, HOME_CITY, HOME_REGION, parent, say_home, subject_kind};

/// One headline to ask for.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    pub territory: Option<String>,
    pub subject: Option<Thing>,
    /// Slots of one group are alternatives, the first with a figure answers; group 0 is only offered as nearest.
    pub group: u8,
    /// The group need not have a figure.
    pub optional: bool,
    /// Another indicator than the frame's: the same quantity in another currency.
    pub indicator: Option<String>,
    /// Another activity than the frame's: the one it is compared with.
    pub activity: Option<String>,
}

/// Most headlines of one operation.
const MOST: usize = 4;

/// The headlines a frame asks for, at most four, answers first.
pub fn slots(lexicon: &Lexicon, frame: &Frame) -> Vec<Slot> {
    let mut slots = if frame.things.iter().any(|t| subject(t).is_some()) {
        about_things(lexicon, frame)
    } else {
        about_places(lexicon, frame)
    };
    let indicator = frame.indicator.as_deref().unwrap_or_default();
    let needs = lexicon.frames().indicator(indicator);
    for (at, other) in needs.currency.into_iter().chain(needs.instead).enumerate() {
        let Some(first) = slots.first().cloned() else {
            break;
        };
        let kind = lexicon.frames().indicator(&other).subject;
        let kind = kind.as_deref().and_then(subject_kind);
        let subject = first.subject.clone().map(|thing| Thing {
            kind: kind.unwrap_or(thing.kind),
            ..thing
        });
        let slot = Slot {
            indicator: Some(other),
            subject,
            ..first
        };
        if slot
            .subject
            .as_ref()
            .is_none_or(|thing| lexicon.name(thing.kind, &thing.key).is_some())
        {
            slots.insert(1 + at.min(slots.len() - 1), slot);
        }
    }
    slots.truncate(MOST);
    slots
}

fn about_places(lexicon: &Lexicon, frame: &Frame) -> Vec<Slot> {
    let slot = |code: &str, group, optional| Slot {
        territory: Some(code.to_owned()),
        subject: None,
        group,
        optional,
        indicator: None,
        activity: None,
    };
    if frame.places.is_empty() && frame.other.is_some() {
        // What segments have is known of the country.
        let of_country = Frame {
            places: vec![COUNTRY.to_owned()],
            ..frame.clone()
        };
        return about_places(lexicon, &of_country);
    }
    if frame.places.is_empty() {
        return [HOME_CITY, HOME_REGION, COUNTRY]
            .into_iter()
            .map(|code| slot(code, 1, false))
            .collect();
    }
    let mut slots: Vec<Slot> = frame
        .places
        .iter()
        .take(MOST)
        .enumerate()
        .map(|(at, code)| slot(code, at as u8 + 1, frame.readings))
        .collect();
    if let (Some(other), [place]) = (&frame.other, frame.places.as_slice()) {
        slots.push(Slot {
            activity: Some(other.clone()),
            ..slot(place, 2, false)
        });
        return slots;
    }
    let mut nearest: Vec<String> = Vec::new();
    let mut above = parent(lexicon, &frame.places[0]);
    while let Some(code) = above {
        above = parent(lexicon, &code);
        nearest.push(code);
    }
    nearest.insert(nearest.len().min(1), HOME_CITY.to_owned());
    for code in nearest {
        if !slots
            .iter()
            .any(|s| s.territory.as_deref() == Some(code.as_str()))
        {
            slots.push(slot(&code, 0, true));
        }
    }
    slots
}

fn about_things(lexicon: &Lexicon, frame: &Frame) -> Vec<Slot> {
    let mut slots = Vec::new();
    if let (QuestionKind::Comparison, [here, there]) = (frame.kind, frame.places.as_slice())
        && !frame.readings
        && let Some(company) = frame.things.iter().find(|t| subject(t).is_some())
        && company.kind == NameKind::Organisation
    {
        // "More people in Rabat than in Fès, at Foundever?"
        let unit = lexicon.frames().local(&company.key).map(|key| Thing {
            kind: NameKind::Organisation,
            key: key.to_owned(),
        });
        for (at, code) in [here, there].into_iter().enumerate() {
            for subject in unit.clone().into_iter().chain([company.clone()]) {
                slots.push(Slot {
                    territory: Some(code.clone()),
                    subject: Some(subject),
                    group: at as u8 + 1,
                    optional: false,
                    indicator: None,
                    activity: None,
                });
            }
        }
        return slots;
    }
    let place = frame.places.first().filter(|_| !say_home(lexicon, frame));
    let place = place.cloned();
    let several = frame.kind == QuestionKind::Comparison;
    for (at, thing) in frame
        .things
        .iter()
        .filter(|t| subject(t).is_some())
        .take(if several { 3 } else { 1 })
        .enumerate()
    {
        let group = at as u8 + 1;
        let local = (thing.kind == NameKind::Organisation)
            .then(|| lexicon.frames().local(&thing.key))
            .flatten();
        let unit = local.map(|key| Thing {
            kind: NameKind::Organisation,
            key: key.to_owned(),
        });
        // In a territory the unit there is meant; with no place the thing itself wherever it is.
        for subject in unit.into_iter().chain([thing.clone()]) {
            slots.push(Slot {
                territory: place.clone(),
                subject: Some(subject),
                group,
                optional: false,
                indicator: None,
                activity: None,
            });
        }
        if !several && place.is_none() && thing.kind == NameKind::Organisation {
            let subject = local.map_or_else(
                || thing.clone(),
                |key| Thing {
                    kind: thing.kind,
                    key: key.to_owned(),
                },
            );
            slots.push(Slot {
                territory: Some(HOME_CITY.to_owned()),
                subject: Some(subject),
                group: group + 1,
                optional: true,
                indicator: None,
                activity: None,
            });
        }
        if !several && place.is_some() {
            slots.push(Slot {
                territory: None,
                subject: Some(thing.clone()),
                group: 0,
                optional: true,
                indicator: None,
                activity: None,
            });
        }
    }
    slots
}

/// A thing as the schema takes it: kind and key of a subject.
pub fn subject(thing: &Thing) -> Option<Value> {
    let kind = match thing.kind {
        NameKind::Organisation => "ORGANISATION",
        NameKind::Park => "PARK",
        NameKind::Project => "PROJECT",
        NameKind::Agreement => "AGREEMENT",
        NameKind::Plan => "PLAN",
        NameKind::Programme => "PROGRAMME",
        _ => return None,
    };
    Some(json!({ "kind": kind, "key": thing.key }))
}

/// The one period to ask for, when it is one.
pub fn period(frame: &Frame) -> Option<String> {
    match frame.when {
        When::At(period) => Some(period.to_string()),
        _ => None,
    }
}
