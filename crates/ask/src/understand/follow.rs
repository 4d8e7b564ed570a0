//! Follow-ups: the previous frame with what the new sentence says instead. Each rule is one way to go on; the first that fits wins.

use crate::answer::QuestionKind;
use crate::frame::{Frame, Thing};
use crate::lexicon::{Cue, Lexicon, NameKind};

use super::Slot;
use super::places::{self, Places};
use super::signals::Signals;
use super::{again, beside, instead, spoken};

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
const RULES: [fn(&Follow<'_>) -> Option<Continued>; 26] = [
    spoken::rest,
    spoken::having,
    beside::between,
    spoken::which_ones,
    spoken::staff_there,
    spoken::where_there,
    spoken::turned_to,
    again::aimed_at,
    again::one_reading,
    beside::one_homonym,
    again::other_level,
    again::first_plan,
    again::sourced,
    again::disputed,
    again::checked,
    again::ranked,
    again::ranked_records,
    again::valid_until,
    beside::set_beside,
    again::apart,
    again::over_time,
    again::of_aid,
    again::beside_it,
    spoken::counted_then,
    spoken::counted,
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
    let mut places = places::resolve(lexicon, signals);
    let asked = signals.any(&[Cue::Where, Cue::WhichOnes, Cue::List, Cue::What]);
    if asked && signals.places.is_empty() && signals.several_levels {
        // "Dans quelles villes ?": no city is named.
        places = Places::default();
    }
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
    // "And since when is CGI there?", of one of those that were listed.
    if lists && !things.is_empty() && signals.any(&[Cue::When, Cue::SinceWhen]) {
        return None;
    }
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
    pub fn as_kind(&self, kind: QuestionKind) -> Option<Continued> {
        self.again(Frame {
            kind,
            ..self.previous.clone()
        })
    }

    /// The places named, else those spoken of.
    pub fn places_or_previous(&self) -> Vec<String> {
        match self.places.codes.as_slice() {
            [] => self.previous.places.clone(),
            codes => codes.to_vec(),
        }
    }
}

/// Nothing but places, times and function words: "Rabat ?", "2015 ?".
fn asks_nothing(signals: &Signals) -> bool {
    signals.cues.iter().all(|cue| {
        matches!(
            cue,
            Cue::AndFollow
                | Cue::Anaphora
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
