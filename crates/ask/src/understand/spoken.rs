//! Follow-ups about the records spoken of: the rest of them, which of them, another question about one of them.

use crate::answer::QuestionKind;
use crate::frame::{Frame, Listed, Thing, When};
use crate::lexicon::{Cue, Lexicon, NameKind};

use super::about;
use super::figure_kind::is_count;
use super::follow::{Continued, Follow};
use super::signals::Signals;
use super::{Slot, list, places};

/// "La suite": the lines of a list that were not told.
pub fn rest(f: &Follow<'_>) -> Option<Continued> {
    let previous = f.previous;
    let listed = f.lists || previous.chooses();
    if !f.signals.has(Cue::Rest) || !listed || f.standalone || !f.names_nothing() {
        return None;
    }
    let kind = match previous.kind {
        QuestionKind::Count if f.lists => QuestionKind::List,
        kind => kind,
    };
    let skip = u16::try_from(previous.told_lines().end).ok()?;
    f.again(Frame {
        kind,
        skip,
        ..previous.clone()
    })
}

/// "Which of them does UEMF carry?", "those signed in 2020": of the records listed those in which a body has a part, or of a time.
pub fn having(f: &Follow<'_>) -> Option<Continued> {
    let asked = [Cue::WhichOnes, Cue::AndFollow, Cue::Anaphora];
    let several = matches!(
        f.previous.listed,
        Some(Listed::Projects | Listed::Agreements | Listed::Events)
    );
    let bodies = (f.things.iter()).all(|thing| thing.kind == NameKind::Organisation);
    let dated = !f.signals.whens.is_empty();
    let narrows = dated || !f.things.is_empty();
    if !f.lists || !several || !f.signals.any(&asked) || !narrows || !bodies {
        return None;
    }
    let same = |c: &String| {
        let role = matches!(c.as_str(), "parties" | "owner");
        role || about::listed_of(c) == f.previous.listed
    };
    let other = !f.signals.indicators.is_empty() || !f.places.codes.is_empty();
    if !f.signals.concepts.iter().all(same) || other {
        return None;
    }
    let mut frame = f.previous.clone();
    if !f.things.is_empty() {
        (frame.things).retain(|thing| thing.kind != NameKind::Organisation);
        frame.things.extend(f.things.iter().cloned());
        let projects = frame.listed == Some(Listed::Projects);
        frame.role = list::role(f.signals).filter(|_| projects);
    }
    if let Some(when) = f.signals.whens.first() {
        frame.when = *when;
    }
    f.again(frame)
}

/// "Lesquels ?": the records behind a count.
pub fn which_ones(f: &Follow<'_>) -> Option<Continued> {
    let ordered = f.signals.any(&[Cue::Top, Cue::Bottom]);
    if !f.signals.has(Cue::WhichOnes) || ordered || f.standalone {
        return None;
    }
    // "Which ones are in Fès?", after their number elsewhere.
    let only_place =
        f.things.is_empty() && f.signals.whens.is_empty() && f.signals.activities.is_empty();
    let placed = only_place && !f.places.codes.is_empty() && !f.lists && !f.previous.chooses();
    let counts = f.previous.indicator.as_deref().is_some_and(is_count);
    if placed && counts && f.previous.things.is_empty() {
        let frame = Frame {
            places: f.places.codes.clone(),
            readings: f.places.readings,
            ..records_behind(f.previous)
        };
        return Some((frame, vec![Slot::Kind]));
    }
    (!f.new_slot).then(|| (records_behind(f.previous), vec![Slot::Place, Slot::Period]))
}

/// "How many people in Fès?", of the company spoken of: who works there.
pub fn staff_there(f: &Follow<'_>) -> Option<Continued> {
    let (s, previous) = (f.signals, f.previous);
    let company = previous.thing(NameKind::Organisation).is_some() && previous.indicator.is_none();
    let people = s.units.iter().any(|unit| unit == "people") && s.has(Cue::Count);
    if !company || !people || f.standalone || !f.things.is_empty() || previous.listed.is_some() {
        return None;
    }
    let frame = Frame {
        indicator: Some("company_headcount".to_owned()),
        things: previous.things.clone(),
        places: f.places_or_previous(),
        when: s.whens.first().copied().unwrap_or_default(),
        ..Frame::new(QuestionKind::Count)
    };
    Some((frame, vec![Slot::Thing]))
}

/// "Where is it in Fès?", "since when in Fès?", of a company.
pub fn where_there(f: &Follow<'_>) -> Option<Continued> {
    let [_] = f.places.codes.as_slice() else {
        return None;
    };
    let places = [QuestionKind::Where, QuestionKind::When];
    let kind = turned(f.signals, f.previous).filter(|kind| places.contains(kind))?;
    let company = f.previous.thing(NameKind::Organisation).is_some();
    (company && !f.standalone && f.things.is_empty()).then(|| {
        let mut frame = Frame {
            things: f.previous.things.clone(),
            places: f.places.codes.clone(),
            ..Frame::new(kind)
        };
        if let Some(park) = park_outside(f.lexicon, &f.places.codes) {
            frame.places.clear();
            frame.things.push(park);
        }
        (frame, vec![Slot::Thing])
    })
}

/// The park that a city stands for, where it lies outside: Tétouan Shore is in another prefecture.
fn park_outside(lexicon: &Lexicon, codes: &[String]) -> Option<Thing> {
    let [city] = codes else {
        return None;
    };
    let park = lexicon.frames().park_of(city)?;
    let home = lexicon.parent(NameKind::Park, park)?;
    (home != city && !places::is_within(lexicon, home, city)).then(|| Thing {
        kind: NameKind::Park,
        key: park.to_owned(),
    })
}

/// Another question about the record asked about before: "signé quand ?", "who carries it?".
pub fn turned_to(f: &Follow<'_>) -> Option<Continued> {
    let kind = turned(f.signals, f.previous)?;
    if f.standalone || !f.names_nothing() {
        return None;
    }
    let places = match f.previous.indicator {
        Some(_) => Vec::new(),
        None => f.previous.places.clone(),
    };
    let agreement = f.previous.thing(NameKind::Agreement).is_some();
    // "When was it signed?", of an agreement that was found by its parties.
    let signed = kind == QuestionKind::When && f.previous.kind == QuestionKind::Contents;
    f.again(Frame {
        things: f.previous.things.clone(),
        places,
        listed: (signed && !agreement).then_some(Listed::Agreements),
        ..Frame::new(kind)
    })
}

/// "How many were they in 2009?": our records have no year, published figures do.
pub fn counted_then(f: &Follow<'_>) -> Option<Continued> {
    let when = f.signals.whens.first()?;
    let counted = f.lists && f.signals.has(Cue::Count) && f.things.is_empty() && !f.standalone;
    if !counted || f.previous.thing(NameKind::Park).is_none() {
        return None;
    }
    f.again(Frame {
        kind: QuestionKind::Count,
        listed: None,
        indicator: Some("park_companies".to_owned()),
        when: *when,
        ..f.previous.clone()
    })
}

/// "How many are they?"
pub fn counted(f: &Follow<'_>) -> Option<Continued> {
    let lists = f.lists || f.previous.chooses();
    let asked = lists && f.signals.has(Cue::Count) && !f.standalone && !f.new_slot;
    asked.then(|| f.as_kind(QuestionKind::Count)).flatten()
}

/// The kind of question that a record spoken of is asked about next.
pub fn turned(signals: &Signals, previous: &Frame) -> Option<QuestionKind> {
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
    if signals.has(Cue::Signed) && signals.has(Cue::What) && !agreement {
        // "What did it sign?": the agreements of a company.
        return None;
    }
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
    } else if signals.has(Cue::Where) && !signals.has(Cue::Source) {
        Some(Where)
    } else if signals.has(Cue::Status) {
        Some(Status)
    } else if signals.has(Cue::Contents) && agreement {
        Some(Contents)
    } else {
        None
    }
}

/// The records behind a count.
fn records_behind(previous: &Frame) -> Frame {
    if previous.chooses() {
        return Frame {
            kind: QuestionKind::List,
            ..previous.clone()
        };
    }
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
