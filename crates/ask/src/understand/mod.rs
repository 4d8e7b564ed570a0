//! From a sentence to a frame: refuse, cover, follow up, then decide what is asked; else ask back or abstain.

mod about;
mod accounted;
mod adjusted;
mod again;
mod against;
mod beside;
mod census;
mod complete;
mod figure;
mod figure_kind;
mod fill;
mod follow;
mod halves;
mod hostile;
mod indicator;
mod instead;
mod kind;
mod list;
mod memory;
mod near;
mod origin;
mod part;
mod phase;
mod places;
mod premise;
mod quantity;
mod range;
mod record;
mod signals;
mod spoken;
mod threshold;
mod tongue;

use chrono::{DateTime, Utc};
use language::{Form, Locale};

use crate::answer::{AbstentionReason, AnswerStatus, QuestionKind};
use crate::conversation::Turn;
use crate::frame::Frame;
use crate::lexicon::{Cue, Lexicon, Record};
use crate::span::{Reading, read};

pub use figure::subject_kind;
pub use halves::{halves, is_other, quantities};
pub use hostile::clean;
pub use kind::is_target_indicator;
pub use origin::FOREIGN;
pub use places::{COUNTRY, HOME_CITY, HOME_REGION, ancestor, parent, say_home};
use signals::Signals;

/// What a sentence came down to.
#[derive(Clone, Debug, PartialEq)]
pub struct Understanding {
    pub form: Form,
    pub outcome: Outcome,
    /// Slots taken from the previous question.
    pub carried: Vec<Slot>,
    /// What was written, and what it was taken for.
    pub corrections: Vec<(String, String)>,
    /// What was understood of a question that is not answered.
    pub near: Option<Frame>,
    /// The second of two questions in one sentence, as written, and what it is taken for.
    pub next: Option<(String, Frame)>,
}

/// What to do next.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "there is one at a time, and most are frames"
)]
pub enum Outcome {
    /// A frame that an operation can be made of.
    Ask(Frame),
    /// A question back.
    Back {
        kind: QuestionKind,
        choice: Ambiguity,
    },
    Abstain {
        kind: QuestionKind,
        reason: AbstentionReason,
        words: Vec<String>,
    },
    /// A reply that needs no figure.
    Talk(Talk),
}

/// What cannot be decided without the asker.
#[derive(Clone, Debug, PartialEq)]
pub enum Ambiguity {
    /// One name, several places that the frame can be asked of.
    Places {
        name: String,
        records: Vec<Record>,
        frame: Box<Frame>,
    },
    /// The same question can be about several quantities or things: complete frames.
    Frames(Vec<Frame>),
}

impl Ambiguity {
    /// The reading that is gone on from: of the place that was asked about.
    pub fn main(&self) -> Option<Frame> {
        match self {
            Self::Frames(frames) => {
                // An example of the whole country is only offered; the census has every place.
                let first = frames.first();
                let offered = first.is_some_and(|frame| frame.places == [COUNTRY]);
                if offered { frames.last() } else { first }.cloned()
            }
            Self::Places { .. } => self.first(),
        }
    }

    /// The first reading, complete.
    pub fn first(&self) -> Option<Frame> {
        match self {
            Self::Frames(frames) => frames.first().cloned(),
            Self::Places { records, frame, .. } => records.first().map(|record| Frame {
                places: vec![record.key.clone()],
                ..(**frame).clone()
            }),
        }
    }
}

/// Replies that need no figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Talk {
    Capabilities,
    Thanks,
    WhyFiguresDiffer,
    NothingToFollow,
}

/// A part of a frame that a follow-up keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    Kind,
    Indicator,
    Place,
    Thing,
    Period,
}

/// Understands a cleaned sentence, the turn before at hand.
pub fn understand(
    lexicon: &Lexicon,
    text: &str,
    locale: Option<Locale>,
    turn: Option<&Turn>,
    now: DateTime<Utc>,
) -> Understanding {
    let previous = turn.map(|turn| &turn.frame);
    let reading = read(lexicon, text, now);
    let spoken = turn.map(|turn| turn.form);
    let form = tongue::reply_form(lexicon, &reading, text, locale, spoken);
    let mut signals = Signals::of(lexicon, &reading, form, now);
    memory::judge(lexicon, &mut signals, previous);
    memory::count_years(&mut signals, &reading, previous);
    memory::stand_in_park(lexicon, &mut signals, previous);
    phase::name(lexicon, &mut signals, previous);
    let signals = signals;
    let (mut outcome, carried) = decide(lexicon, &reading, &signals, form, text, previous, now);
    if let Outcome::Ask(frame) = &mut outcome {
        frame.beside = memory::beside(previous, frame).map(Box::new);
        frame.told = None;
        if !signals.has(Cue::Rest) {
            frame.skip = 0;
        }
    }
    let near = match &outcome {
        Outcome::Abstain { reason, .. } if reason.status() == AnswerStatus::NoData => {
            match kind::decide(lexicon, &signals, now) {
                Outcome::Ask(frame) => Some(frame),
                _ => None,
            }
        }
        _ => None,
    };
    Understanding {
        near,
        next: None,
        form,
        outcome,
        carried,
        corrections: reading.corrections,
    }
}

fn decide(
    lexicon: &Lexicon,
    reading: &Reading,
    signals: &Signals,
    form: Form,
    text: &str,
    previous: Option<&Frame>,
    now: DateTime<Utc>,
) -> (Outcome, Vec<Slot>) {
    let plain = |outcome| (outcome, Vec::new());
    let abstain = |kind, reason| {
        plain(Outcome::Abstain {
            kind,
            reason,
            words: Vec::new(),
        })
    };
    if signals.hostile || hostile::is_hostile(text) {
        return abstain(QuestionKind::Unknown, AbstentionReason::Hostile);
    }
    if signals.personal {
        return abstain(QuestionKind::Contact, AbstentionReason::PersonalData);
    }
    if reading.tokens.is_empty() {
        return abstain(QuestionKind::Unknown, AbstentionReason::OutOfDomain);
    }
    let aged = signals.class.is_some() || signals.bounded;
    let of_class = |word: &String| aged && census::is_age(word);
    if !reading.uncovered.iter().all(of_class) {
        return plain(premise::uncovered(reading, signals, previous));
    }
    if !signals.abroad.is_empty() {
        return plain(premise::abroad(signals, previous));
    }
    if let Some(talk) = talk(signals) {
        return plain(Outcome::Talk(talk));
    }
    if signals.has(Cue::Alert) {
        return abstain(QuestionKind::Alert, AbstentionReason::NoObservation);
    }
    // "Which school near Fès trains developers?": programmes have a place and no position.
    let taught = signals.concept("training") && !signals.places.is_empty();
    if !taught && near::is_asked(signals) || near::goes_on(signals, previous) {
        return near::decide(lexicon, reading, signals, form, previous);
    }
    if let Some((frame, carried)) = follow::follow_up(lexicon, signals, previous) {
        return (kind::future(frame, signals, now), carried);
    }
    if previous.is_some_and(|previous| again::is_untold(signals, previous)) {
        return abstain(QuestionKind::Top, AbstentionReason::NoObservation);
    }
    if let Some((completed, carried)) =
        complete::completed(lexicon, signals, reading.tokens.len(), previous)
        && let Outcome::Ask(frame) = kind::decide(lexicon, &completed, now)
        && let frame = complete::as_read(frame, previous)
        && accounted::left_out(lexicon, reading, form, &frame).is_empty()
    {
        return (Outcome::Ask(frame), carried);
    }
    match kind::decide(lexicon, signals, now) {
        Outcome::Ask(frame) => {
            let words = accounted::left_out(lexicon, reading, form, &frame);
            if words.is_empty() {
                return plain(Outcome::Ask(frame));
            }
            plain(Outcome::Abstain {
                kind: frame.kind,
                reason: AbstentionReason::UncoveredWords,
                words,
            })
        }
        other => plain(other),
    }
}

fn talk(signals: &Signals) -> Option<Talk> {
    if signals.has_topic() || !signals.things.is_empty() || !signals.places.is_empty() {
        return None;
    }
    if signals.any(&[Cue::Capability, Cue::Greeting]) {
        Some(Talk::Capabilities)
    } else if signals.has(Cue::Thanks) {
        Some(Talk::Thanks)
    } else {
        None
    }
}
