//! The opaque token of a conversation: the last frame and its time, nothing that was written.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::frame::{Beside, Frame};
use crate::locale::Form;

/// Longest token given or taken, in bytes.
pub const MAX_BYTES: usize = 512;

/// How long a frame can be followed up, in seconds.
pub const LIFETIME: i64 = 600;

/// How often in a row a question may be asked back; then the first reading is taken.
pub const MAX_ASKED_BACK: u8 = 2;

const VERSION: u8 = 2;

/// What a token tells of the turn before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    #[serde(rename = "t")]
    time: i64,
    #[serde(rename = "f")]
    pub frame: Frame,
    /// The form the reply was in.
    #[serde(rename = "l")]
    pub form: Form,
    /// How many turns up to this one asked back.
    #[serde(rename = "b", default, skip_serializing_if = "is_none")]
    pub asked_back: u8,
}

impl Turn {
    /// The turn that a frame leaves behind.
    pub fn of(frame: &Frame, form: Form, now: DateTime<Utc>) -> Turn {
        Turn {
            time: now.timestamp(),
            frame: frame.clone(),
            form,
            asked_back: 0,
        }
    }
}

fn is_none(count: &u8) -> bool {
    *count == 0
}

/// The token of a frame; empty when the frame is too large to travel.
pub fn write(frame: &Frame, form: Form, asked_back: u8, now: DateTime<Utc>) -> String {
    let turn = Turn {
        time: now.timestamp(),
        frame: frame.clone(),
        form,
        asked_back,
    };
    let Ok(json) = serde_json::to_vec(&turn) else {
        return String::new();
    };
    let mut bytes = vec![VERSION];
    bytes.extend(checksum(&json).to_be_bytes());
    bytes.extend(json);
    let token = URL_SAFE_NO_PAD.encode(bytes);
    if token.len() <= MAX_BYTES {
        token
    } else {
        String::new()
    }
}

/// What is in a token that is whole, of this version and no older than ten minutes.
pub fn read(token: &str, now: DateTime<Utc>) -> Option<Turn> {
    let turn = whole(token)?;
    let age = now.timestamp().checked_sub(turn.time)?;
    (-60..=LIFETIME).contains(&age).then_some(turn)
}

/// The frame of a token that is whole and of this version, however old.
pub fn frame(token: &str) -> Option<Frame> {
    whole(token).map(|turn| turn.frame)
}

fn whole(token: &str) -> Option<Turn> {
    if token.len() > MAX_BYTES {
        return None;
    }
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (version, rest) = bytes.split_first()?;
    let (sum, json) = rest.split_at_checked(4)?;
    if *version != VERSION || checksum(json).to_be_bytes() != *sum {
        return None;
    }
    let turn: Turn = serde_json::from_slice(json).ok()?;
    plausible(&turn.frame).then_some(turn)
}

/// Keys and codes as the schema has them; a token is input like any other.
pub fn plausible(frame: &Frame) -> bool {
    let key = |text: &str| {
        text.len() <= 80
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'))
    };
    frame.places.len() <= 8
        && frame.things.len() <= 8
        && frame.places.iter().all(|code| key(code))
        && frame.things.iter().all(|thing| key(&thing.key))
        && [
            &frame.indicator,
            &frame.activity,
            &frame.other,
            &frame.country,
            &frame.status,
            &frame.sector,
            &frame.origin,
            &match frame.beside.as_deref() {
                Some(Beside::Place(code)) => Some(code.clone()),
                Some(Beside::Thing(thing)) => Some(thing.key.clone()),
                Some(Beside::When(_)) | None => None,
            },
        ]
        .into_iter()
        .flatten()
        .all(|text| key(text))
}

/// FNV-1a: finds damage, proves nothing.
pub fn checksum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |sum, byte| {
        (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    })
}
