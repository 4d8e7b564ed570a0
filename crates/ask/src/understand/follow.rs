//! Follow-ups: the previous frame with what the new sentence says instead. Each rule is one way to go on; the first that fits wins.

use crate::answer::QuestionKind;
use crate::frame::{Compared, Frame, Listed, Thing, When};
use crate::lexicon::{Cue, Lexicon, NameKind, territory_level};

use super::Slot;
use super::places::{self, Places};
use super::signals::Signals;
use super::{about, beside, instead};

/// The frame to ask, and the slots that the previous one lends.
pub type Continued = (Frame, Vec<Slot>);

/// A sentence after another one.
pub struct Follow<'a> {
    pub lexicon: &'a Lexicon,
    pub signals: &'a Signals,
    pub previous: &'a Frame,
    pub places: Places,
    pub things: Vec<Thing>,
    /// The previous question listed records.
    pub lists: bool,
    /// It names a place, a time, a thing, an activity, or what filters a list.
    pub new_slot: bool,
    /// It says by itself what is asked.
    pub standalone: bool,
}

/// Ways to go on, the more particular first.
const RULES: [fn(&Follow<'_>) -> Option<Continued>; 19] = [
    rest,
    having,
    beside::between,
    which_ones,
    where_there,
    turned_to,
    aimed_at,
    one_reading,
    beside::one_homonym,
    other_level,
    sourced,
    disputed,
    checked,
    ranked,
    over_time,
    beside_it,
    counted_then,
    counted,
    instead::instead,
];

/// The previous frame continued; `None` when the sentence stands alone.
pub fn follow_up(
    lexicon: &Lexicon,
    signals: &Signals,
    previous: Option<&Frame>,
) -> Option<Continued> {
    let dated = !signals.whens.is_empty();
    // Of a place that nothing was asked about, nothing is continued.
    let previous = previous.filter(|frame| frame.kind != QuestionKind::Unknown);
    // Where something lies has no year.
    let previous = previous.filter(|frame| frame.kind != QuestionKind::Near || !dated)?;
    let places = places::resolve(lexicon, signals);
    let things = signals.named();
    let lists = previous.listed.is_some() && previous.indicator.is_none();
    let new_slot = !places.codes.is_empty()
        || dated
        || !things.is_empty()
        || !signals.activities.is_empty()
        || lists && !(signals.countries.is_empty() && signals.statuses.is_empty());
    // "Who are the partners?" is of the record spoken of.
    let role = |c: &String| matches!(c.as_str(), "parties" | "owner");
    // "How many people does Cnexia have there?": its staff, whatever was listed before.
    let company = signals
        .things
        .iter()
        .any(|m| m.names(NameKind::Organisation));
    let persons = signals.units.iter().any(|unit| unit == "people");
    let staff = lists && company && persons && signals.has(Cue::Count);
    let standalone = staff
        || !signals.indicators.is_empty()
        || !signals.measures.is_empty()
        || !signals.concepts.iter().all(role)
        || (signals.activities.len()
            > usize::from(lists || previous.indicator.is_some() && previous.activity.is_some()));
    let follow = Follow {
        lexicon,
        signals,
        previous,
        places,
        things,
        lists,
        new_slot,
        standalone,
    };
    RULES.iter().find_map(|rule| rule(&follow))
}

impl Follow<'_> {
    /// Whether it leans on the question before: "and", "no", or nothing but places and times.
    pub fn leans(&self) -> bool {
        self.signals.any(&[Cue::AndFollow, Cue::Correction]) || asks_nothing(self.signals)
    }

    /// Whether no record, place or time is named.
    pub fn names_nothing(&self) -> bool {
        self.things.is_empty() && self.places.codes.is_empty() && self.signals.whens.is_empty()
    }

    pub fn again(&self, frame: Frame) -> Option<Continued> {
        Some((frame, kept(self.previous)))
    }

    /// The previous frame as another kind of question.
    fn as_kind(&self, kind: QuestionKind) -> Option<Continued> {
        self.again(Frame {
            kind,
            ..self.previous.clone()
        })
    }

    /// The places named, else those spoken of.
    fn places_or_previous(&self) -> Vec<String> {
        match self.places.codes.as_slice() {
            [] => self.previous.places.clone(),
            codes => codes.to_vec(),
        }
    }
}

/// "La suite": the lines of a list that were not told.
fn rest(f: &Follow<'_>) -> Option<Continued> {
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
fn having(f: &Follow<'_>) -> Option<Continued> {
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
        frame.role = super::list::role(f.signals).filter(|_| projects);
    }
    if let Some(when) = f.signals.whens.first() {
        frame.when = *when;
    }
    f.again(frame)
}

/// "Lesquels ?": the records behind a count.
fn which_ones(f: &Follow<'_>) -> Option<Continued> {
    (f.signals.has(Cue::WhichOnes) && !f.standalone && !f.new_slot)
        .then(|| (records_behind(f.previous), vec![Slot::Place, Slot::Period]))
}

/// "Where is it in Fès?", of a company.
fn where_there(f: &Follow<'_>) -> Option<Continued> {
    let [_] = f.places.codes.as_slice() else {
        return None;
    };
    let asked = turned(f.signals, f.previous) == Some(QuestionKind::Where);
    let company = f.previous.thing(NameKind::Organisation).is_some();
    (asked && company && !f.standalone && f.things.is_empty()).then(|| {
        let frame = Frame {
            things: f.previous.things.clone(),
            places: f.places.codes.clone(),
            ..Frame::new(QuestionKind::Where)
        };
        (frame, vec![Slot::Thing])
    })
}

/// Another question about the record asked about before: "signé quand ?", "who carries it?".
fn turned_to(f: &Follow<'_>) -> Option<Continued> {
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

/// "Et l'objectif pour 2030 ?"
fn aimed_at(f: &Follow<'_>) -> Option<Continued> {
    let s = f.signals;
    let aims = s.measures == ["target"]
        && s.concepts.iter().all(|c| c == "objectives")
        && s.indicators.is_empty()
        && s.activities.is_empty();
    if !aims || !f.things.is_empty() || f.previous.indicator.is_none() {
        return None;
    }
    f.again(Frame {
        kind: QuestionKind::Value,
        target: true,
        when: s.whens.first().copied().unwrap_or_default(),
        places: f.places_or_previous(),
        ..f.previous.clone()
    })
}

/// "La commune seulement": one of the two readings of a name.
fn one_reading(f: &Follow<'_>) -> Option<Continued> {
    if !f.previous.readings || f.standalone || !f.names_nothing() {
        return None;
    }
    let said = |code: &&String| {
        let level = territory_level(code);
        let mut levels = f.signals.levels.iter();
        levels.any(|(word, _)| about::level_of(*word) == level)
    };
    let code = f.previous.places.iter().find(said)?;
    f.again(Frame {
        places: vec![code.clone()],
        readings: false,
        ..f.previous.clone()
    })
}

/// "Non, la commune": the same place on another step.
fn other_level(f: &Follow<'_>) -> Option<Continued> {
    if !f.leans() || !f.signals.places.is_empty() || f.standalone {
        return None;
    }
    let code = at_level(f.lexicon, f.signals, f.previous)?;
    f.again(Frame {
        places: vec![code],
        readings: false,
        ..f.previous.clone()
    })
}

/// "D'où vient ce chiffre ?"
fn sourced(f: &Follow<'_>) -> Option<Continued> {
    if !f.signals.has(Cue::Source) || f.standalone || f.new_slot {
        return None;
    }
    // "Who said 36?"
    let mut stated = f.signals.numbers.iter().filter(|n| !n.ordinal && !n.weak);
    let number = stated.next().map(|number| number.value);
    f.again(Frame {
        kind: QuestionKind::Source,
        number,
        compared: number.map(|_| Compared::Equal),
        ..f.previous.clone()
    })
}

/// "Pourquoi deux chiffres ?"
fn disputed(f: &Follow<'_>) -> Option<Continued> {
    let asked = f.signals.has(Cue::WhyDiffer) && !f.standalone && f.previous.indicator.is_some();
    asked.then(|| f.as_kind(QuestionKind::Conflict)).flatten()
}

/// "Plus de trente-six ?"
fn checked(f: &Follow<'_>) -> Option<Continued> {
    let number = f.signals.numbers.iter().find(|n| !n.ordinal)?;
    if f.standalone || f.new_slot || f.previous.indicator.is_none() {
        return None;
    }
    if f.previous.chooses() {
        if let Some((low, high)) = f.signals.range {
            // "And between 200,000 and 300,000?"
            return f.again(Frame {
                number: Some(low),
                compared: Some(Compared::AtLeast),
                up_to: Some(high),
                ..f.previous.clone()
            });
        }
        // "And of more than 200,000?"
        let compared = match f.signals.comparators.as_slice() {
            [] => f.previous.compared,
            comparators => Some(super::figure::compared(comparators)),
        };
        return f.again(Frame {
            number: Some(number.value),
            compared,
            up_to: None,
            ..f.previous.clone()
        });
    }
    f.again(Frame {
        kind: QuestionKind::Verification,
        number: Some(number.value),
        compared: Some(super::figure::compared(&f.signals.comparators)),
        ..f.previous.clone()
    })
}

/// "Which region has the highest?"
fn ranked(f: &Follow<'_>) -> Option<Continued> {
    let same = |key: &String| Some(key) == f.previous.indicator.as_ref();
    let again = f.previous.kind == QuestionKind::Top
        && f.signals.measures.is_empty()
        && f.signals.indicators.iter().all(same);
    let asked = f.signals.any(&[Cue::Top, Cue::Bottom]) && (!f.standalone || again);
    (asked && f.previous.indicator.is_some()).then(|| {
        let frame = extreme(f.signals, &f.places, f.previous);
        (frame, vec![Slot::Indicator, Slot::Period])
    })
}

/// "Et depuis 2015 ?"
fn over_time(f: &Follow<'_>) -> Option<Continued> {
    let asked = f.signals.any(&[Cue::Trend, Cue::Growth]) && !f.standalone;
    if !asked || f.previous.indicator.is_none() {
        return None;
    }
    f.again(Frame {
        kind: QuestionKind::Trend,
        places: f.places_or_previous(),
        when: f.signals.whens.first().copied().unwrap_or(f.previous.when),
        ..f.previous.clone()
    })
}

/// "Et dans la construction ?", "and English?"
fn beside_it(f: &Follow<'_>) -> Option<Continued> {
    if !f.leans() || !f.signals.measures.is_empty() {
        return None;
    }
    let (indicator, activity) = beside(f.lexicon, f.signals, f.previous)?;
    f.again(Frame {
        indicator: Some(indicator),
        activity,
        places: f.places_or_previous(),
        ..f.previous.clone()
    })
}

/// "How many were they in 2009?": our records have no year, published figures do.
fn counted_then(f: &Follow<'_>) -> Option<Continued> {
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
fn counted(f: &Follow<'_>) -> Option<Continued> {
    let lists = f.lists || f.previous.chooses();
    let asked = lists && f.signals.has(Cue::Count) && !f.standalone && !f.new_slot;
    asked.then(|| f.as_kind(QuestionKind::Count)).flatten()
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
        up_to: None,
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

/// Nothing but places, times and function words: "Rabat ?", "2015 ?".
fn asks_nothing(signals: &Signals) -> bool {
    signals.cues.iter().all(|cue| {
        matches!(
            cue,
            Cue::AndFollow
                | Cue::SameTime
                | Cue::YearBefore
                | Cue::YearAfter
                | Cue::Correction
                | Cue::What
                | Cue::YesNo
                | Cue::Count
                | Cue::Value
        )
    }) && signals.statuses.is_empty()
        && signals.numbers.is_empty()
}

pub fn kept(previous: &Frame) -> Vec<Slot> {
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
