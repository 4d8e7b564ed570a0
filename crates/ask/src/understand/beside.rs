//! Follow-ups that look further back than the last question: the two places, things or years last spoken of, and the namesake that is
//! meant.

use crate::answer::QuestionKind;
use crate::frame::{Beside, Frame, When};
use crate::lexicon::Cue;

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
