//! What an answer is referred to by, when somebody reports it: which kind of question, about which indicator, place and thing.
//!
//! Short enough for a button, holds nothing that was written and no time, and is never trusted: keys travel as numbers that mean
//! something only where the lexicon knows them, so nobody can make a text of their own arrive by it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::answer::{AbstentionReason as Reason, QuestionKind as Kind};
use crate::conversation::{self, checksum};
use crate::frame::Frame;
use crate::lexicon::{Lexicon, NameKind};
use crate::locale::Form;

/// Bytes of a reference, before they are written as text.
const BYTES: usize = 26;

/// Letters of the text.
const LETTERS: usize = (BYTES * 4).div_ceil(3);

const VERSION: u8 = 1;

/// Kinds by number. Their order is part of what buttons of older messages say: new ones go to the end.
const KINDS: [Kind; 22] = [
    Kind::Unknown,
    Kind::Count,
    Kind::Value,
    Kind::Rank,
    Kind::Share,
    Kind::Top,
    Kind::Comparison,
    Kind::Trend,
    Kind::List,
    Kind::Who,
    Kind::Where,
    Kind::When,
    Kind::Source,
    Kind::Definition,
    Kind::Status,
    Kind::Contents,
    Kind::Contact,
    Kind::Near,
    Kind::Verification,
    Kind::Conflict,
    Kind::Alert,
    Kind::Meta,
];

/// Reasons by number, after 0 for none; new ones go to the end.
const REASONS: [Reason; 9] = [
    Reason::UncoveredWords,
    Reason::NoObservation,
    Reason::Future,
    Reason::FalsePremise,
    Reason::UnknownPlace,
    Reason::Ambiguous,
    Reason::OutOfDomain,
    Reason::PersonalData,
    Reason::Hostile,
];

/// What an answer is referred to by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    pub kind: Kind,
    pub form: Form,
    /// Why there was no answer.
    pub reason: Option<Reason>,
    /// Hashes of keys; 0 for none.
    indicator: u32,
    place: u32,
    thing: u32,
    /// Of the whole frame: tells answers to different questions apart.
    pub digest: u64,
}

/// The keys of a reference that the lexicon knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    pub indicator: Option<String>,
    /// The first place asked about.
    pub territory: Option<String>,
    /// The first organisation, park, project… asked about.
    pub thing: Option<String>,
}

impl Reference {
    pub(crate) fn of(
        frame: Option<&Frame>,
        kind: Kind,
        form: Form,
        reason: Option<Reason>,
    ) -> Self {
        let key = |key: Option<&String>| key.map_or(0, |key| hash(key));
        let thing = frame.and_then(|frame| frame.things.first());
        let mut whole = serde_json::to_vec(&frame.map(Frame::alone)).unwrap_or_default();
        whole.extend([
            number(&KINDS, kind),
            form_number(form),
            reason_number(reason),
        ]);
        Self {
            kind,
            form,
            reason,
            indicator: key(frame.and_then(|frame| frame.indicator.as_ref())),
            place: key(frame.and_then(|frame| frame.places.first())),
            thing: key(thing.map(|thing| &thing.key)),
            digest: digest(&whole),
        }
    }

    /// That of the frame a conversation token holds, however old. Where nothing was answered, that is the question before.
    pub fn of_conversation(token: &str) -> Option<Self> {
        let frame = conversation::frame(token)?;
        let kind = frame.kind;
        Some(Self::of(Some(&frame), kind, Form::default(), None))
    }

    /// As text: 35 letters, digits, `-` and `_`.
    pub fn write(&self) -> String {
        let mut bytes = vec![
            VERSION,
            number(&KINDS, self.kind),
            form_number(self.form),
            reason_number(self.reason),
        ];
        for hash in [self.indicator, self.place, self.thing] {
            bytes.extend(hash.to_be_bytes());
        }
        bytes.extend(self.digest.to_be_bytes());
        bytes.extend(short_sum(&bytes));
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// A text that is whole and of this version.
    pub fn read(text: &str) -> Option<Self> {
        if text.len() != LETTERS {
            return None;
        }
        let bytes: [u8; BYTES] = URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?;
        let (content, sum) = bytes.split_at(BYTES - 2);
        let [version, kind, form, reason, rest @ ..] = content else {
            return None;
        };
        if *version != VERSION || short_sum(content) != sum {
            return None;
        }
        let word = |at: usize| Some(u32::from_be_bytes(rest.get(at..at + 4)?.try_into().ok()?));
        Some(Self {
            kind: *KINDS.get(usize::from(*kind))?,
            form: *Form::ALL.get(usize::from(*form))?,
            reason: match usize::from(*reason) {
                0 => None,
                number => Some(*REASONS.get(number - 1)?),
            },
            indicator: word(0)?,
            place: word(4)?,
            thing: word(8)?,
            digest: u64::from_be_bytes(rest.get(12..20)?.try_into().ok()?),
        })
    }

    /// The keys it stands for; those that the lexicon does not know are left out.
    pub fn about(&self, lexicon: &Lexicon) -> About {
        let mut about = About::default();
        for (kind, key) in lexicon.keys() {
            let (sought, place) = match kind {
                NameKind::Indicator => (self.indicator, &mut about.indicator),
                NameKind::Territory => (self.place, &mut about.territory),
                _ => (self.thing, &mut about.thing),
            };
            if sought != 0 && place.is_none() && hash(key) == sought {
                *place = Some(key.to_owned());
            }
        }
        about
    }
}

/// The place in a list; the first when it is not there.
fn number<T: PartialEq>(list: &[T], value: T) -> u8 {
    let place = list.iter().position(|listed| *listed == value);
    place.and_then(|at| u8::try_from(at).ok()).unwrap_or(0)
}

fn form_number(form: Form) -> u8 {
    number(&Form::ALL, form)
}

fn reason_number(reason: Option<Reason>) -> u8 {
    let place = reason.and_then(|reason| REASONS.iter().position(|listed| *listed == reason));
    place.and_then(|at| u8::try_from(at + 1).ok()).unwrap_or(0)
}

/// Never 0, which stands for none.
fn hash(key: &str) -> u32 {
    checksum(key.as_bytes()).max(1)
}

fn short_sum(bytes: &[u8]) -> [u8; 2] {
    let sum = checksum(bytes);
    [
        (sum >> 24) as u8 ^ (sum >> 16) as u8,
        (sum >> 8) as u8 ^ sum as u8,
    ]
}

/// FNV-1a, 64 bits.
fn digest(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn what_is_written_is_read_back_and_what_is_damaged_is_not() {
        for (kind, form) in KINDS.into_iter().zip(Form::ALL.into_iter().cycle()) {
            for reason in REASONS.into_iter().map(Some).chain([None]) {
                let mut frame = Frame::new(kind);
                frame.indicator = Some("call_centres".into());
                frame.places = vec!["03.231".into()];
                let reference = Reference::of(Some(&frame), kind, form, reason);
                let text = reference.write();
                assert_eq!(text.len(), LETTERS);
                assert_eq!(Reference::read(&text), Some(reference));
            }
        }
        let text = Reference::of(None, Kind::Count, Form::En, None).write();
        for at in 0..text.len() {
            let mut damaged = text.clone();
            let letter = if &text[at..=at] == "x" { "y" } else { "x" };
            damaged.replace_range(at..=at, letter);
            assert_eq!(Reference::read(&damaged), None, "{damaged}");
        }
        for forged in [
            "",
            "x",
            "é",
            &text[1..],
            &"A".repeat(LETTERS),
            &text.repeat(9),
        ] {
            assert_eq!(Reference::read(forged), None, "{forged}");
        }
    }

    #[test]
    fn no_two_keys_of_the_shipped_data_look_alike() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data");
        for files in [
            &["territories.csv"][..],
            &[
                "indicators.csv",
                "../crates/import/vocabulary/indicators.csv",
            ],
            &[
                "organisations.csv",
                "parks.csv",
                "projects.csv",
                "agreements.csv",
                "plans.csv",
            ],
        ] {
            let mut seen: HashMap<u32, String> = HashMap::new();
            for file in files {
                let rows = csv::Reader::from_path(format!("{folder}/{file}"));
                for row in rows.unwrap().into_records() {
                    let key = row.unwrap()[0].to_owned();
                    if let Some(other) = seen.insert(hash(&key), key.clone()) {
                        assert_eq!(other, key);
                    }
                }
            }
            assert!(!seen.is_empty());
        }
    }
}
