//! Follow-ups that look further back than the last question: the two places, things or years last spoken of, and the namesake that is
//! meant.

use crate::answer::QuestionKind;
use crate::frame::{Beside, Frame, Thing, When};
use crate::lexicon::{Cue, NameKind};

use super::follow::{Continued, Follow, kept};
use super::{about, memory, places};

/// "Quelle différence entre les deux ?", "which is higher?", "by how much did it grow?": the two last spoken of.
pub fn between(f: &Follow<'_>) -> Option<Continued> {
    let (s, previous) = (f.signals, f.previous);
    let beside = previous.beside.as_deref()?;
    let same = |key: &String| Some(key) == previous.indicator.as_ref();
    let indicator = previous.indicator.as_deref().unwrap_or_default();
    let frames = f.lexicon.frames();
    let own = s.indicators.iter().all(same)
        && (s.measures.iter()).all(|measure| frames.speaks_of(indicator, measure))
        && s.concepts.is_empty()
        && s.activities.is_empty();
    if !own || !f.names_nothing() || about::grouping(s).is_some() {
        return None;
    }
    let apart = s.any(&[Cue::Difference, Cue::Comparison, Cue::Both]);
    let ranked = s.any(&[Cue::Top, Cue::Bottom]) || !s.comparators.is_empty();
    let moved = s.any(&[Cue::Trend, Cue::Growth]);
    let frame = Frame {
        number: None,
        compared: None,
        readings: false,
        ..previous.clone()
    };
    let frame = match beside {
        Beside::Place(before) if apart || ranked => Frame {
            kind: QuestionKind::Comparison,
            places: vec![before.clone(), memory::only(previous)?.to_owned()],
            ..frame
        },
        Beside::Thing(before) if apart || ranked => Frame {
            kind: QuestionKind::Comparison,
            things: vec![before.clone(), previous.things.first()?.clone()],
            ..frame
        },
        Beside::When(When::At(before)) if apart || ranked || moved => {
            let (before, now) = (before.year(), memory::year(previous)?);
            Frame {
                kind: QuestionKind::Trend,
                when: When::Years(before.min(now), before.max(now)),
                ..frame
            }
        }
        _ => return None,
    };
    f.again(frame)
}

/// "Compared with Fès?", "versus Fès Shore ?", "and the national average?": what was asked about beside what is named.
pub fn set_beside(f: &Follow<'_>) -> Option<Continued> {
    let (s, previous) = (f.signals, f.previous);
    let sided = !s.comparators.is_empty() && s.numbers.is_empty();
    let compared = s.any(&[Cue::Comparison, Cue::Difference]) || sided;
    let indicator = previous.indicator.as_deref()?;
    let other = f.standalone || !s.whens.is_empty() || previous.chooses();
    if !compared || other || previous.kind == QuestionKind::Top {
        return None;
    }
    let frame = Frame {
        kind: QuestionKind::Comparison,
        number: None,
        compared: None,
        readings: false,
        ..previous.clone()
    };
    let subject = f.lexicon.frames().indicator(indicator).subject;
    let Some(kind) = subject.and_then(|subject| super::figure::subject_kind(&subject)) else {
        let [there] = f.places.codes.as_slice() else {
            return None;
        };
        let here = memory::only(previous).filter(|here| *here != there && f.things.is_empty())?;
        return f.again(Frame {
            places: vec![here.to_owned(), there.clone()],
            ..frame
        });
    };
    let before = previous.things.iter().find(|thing| thing.kind == kind)?;
    let standing = || {
        let [city] = f.places.codes.as_slice() else {
            return None;
        };
        let key = f
            .lexicon
            .frames()
            .park_of(city)
            .filter(|_| kind == NameKind::Park)?;
        Some(Thing {
            kind,
            key: key.to_owned(),
        })
    };
    let named = f.things.iter().find(|thing| thing.kind == kind).cloned();
    let there = named.or_else(standing).filter(|there| there != before)?;
    f.again(Frame {
        things: vec![before.clone(), there],
        places: match kind {
            NameKind::Park => Vec::new(),
            _ => previous.places.clone(),
        },
        ..frame
    })
}

/// "Dyal Taza", after a name that several communes bear: the one that lies there.
pub fn one_homonym(f: &Follow<'_>) -> Option<Continued> {
    let [code] = f.previous.places.as_slice() else {
        return None;
    };
    let inside = f.places.codes.first()?;
    let other = f.standalone || !f.things.is_empty() || !f.signals.whens.is_empty();
    if other || f.signals.has(Cue::AndFollow) || f.previous.indicator.is_none() {
        return None;
    }
    let communes = f.lexicon.namesakes(code);
    let there: Vec<&String> = (communes.iter())
        .filter(|own| places::is_within(f.lexicon, own, inside))
        .collect();
    let [one] = there.as_slice() else {
        return None;
    };
    (communes.len() > 1).then(|| {
        let frame = Frame {
            places: vec![(*one).clone()],
            readings: false,
            ..f.previous.clone()
        };
        (frame, kept(f.previous))
    })
}
