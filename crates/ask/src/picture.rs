//! The address of a picture, and what an answer is asked for again by: the frame and the language form, nothing that was written.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use language::Form;
use serde::{Deserialize, Serialize};

use crate::answer::QuestionKind;
use crate::conversation::{checksum, plausible};
use crate::frame::Frame;
use crate::lexicon::{Lexicon, NameKind};
use crate::request::subject;

/// Longest address given or taken, in bytes.
pub const MAX_BYTES: usize = 512;

/// Told apart from the token of a conversation.
const VERSION: u8 = 2;

#[derive(Serialize, Deserialize)]
struct Asked {
    #[serde(rename = "f")]
    frame: Frame,
    #[serde(rename = "g")]
    form: Form,
}

/// The address of a frame in a language form; empty when it is too large to travel.
pub fn write(frame: &Frame, form: Form) -> String {
    let asked = Asked {
        frame: frame.alone(),
        form,
    };
    let Ok(json) = serde_json::to_vec(&asked) else {
        return String::new();
    };
    let mut bytes = vec![VERSION];
    bytes.extend(checksum(&json).to_be_bytes());
    bytes.extend(json);
    let address = URL_SAFE_NO_PAD.encode(bytes);
    if address.len() <= MAX_BYTES {
        address
    } else {
        String::new()
    }
}

/// The frame and form of an address that is whole, of this version, and asks for something that could be drawn.
pub fn read(address: &str) -> Option<(Frame, Form)> {
    asked(address).filter(|(frame, _)| is_drawable(frame))
}

/// The frame and form of an address that is whole and of this version.
pub fn asked(address: &str) -> Option<(Frame, Form)> {
    if address.len() > MAX_BYTES {
        return None;
    }
    let bytes = URL_SAFE_NO_PAD.decode(address).ok()?;
    let (version, rest) = bytes.split_first()?;
    let (sum, json) = rest.split_at_checked(4)?;
    if *version != VERSION || checksum(json).to_be_bytes() != *sum {
        return None;
    }
    let Asked { frame, form } = serde_json::from_slice(json).ok()?;
    plausible(&frame).then_some((frame, form))
}

fn is_drawable(frame: &Frame) -> bool {
    let kind = matches!(
        frame.kind,
        QuestionKind::Trend
            | QuestionKind::Comparison
            | QuestionKind::Top
            | QuestionKind::Share
            | QuestionKind::Count
            | QuestionKind::Value
    );
    kind && frame.indicator.is_some()
}

/// Whether every key of the frame is one that the names know: an address outlives the data it was made of.
pub fn is_known(lexicon: &Lexicon, frame: &Frame) -> bool {
    let known = |kind, key: &str| lexicon.name(kind, key).is_some();
    let all = |kind, keys: &[String]| keys.iter().all(|key| known(kind, key));
    all(NameKind::Territory, &frame.places)
        && all(NameKind::Indicator, frame.indicator.as_slice())
        && all(NameKind::Activity, frame.activity.as_slice())
        && all(NameKind::Activity, frame.other.as_slice())
        && frame
            .things
            .iter()
            .all(|thing| subject(thing).is_none() || known(thing.kind, &thing.key))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame() -> Frame {
        Frame {
            indicator: Some("call_centres".into()),
            places: vec!["03.231".into()],
            ..Frame::new(QuestionKind::Trend)
        }
    }

    #[test]
    fn what_is_written_is_read_and_fits_an_address() {
        for form in Form::ALL {
            let address = write(&frame(), form);
            assert!(address.len() <= 140, "{address}");
            assert!(
                address
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
            );
            assert_eq!(read(&address), Some((frame(), form)));
        }
        let large = Frame {
            places: vec!["x".repeat(80); 8],
            ..frame()
        };
        assert_eq!(write(&large, Form::Fr), "");
    }

    #[test]
    fn what_was_not_given_is_not_taken() {
        let whole = write(&frame(), Form::Fr);
        let forged = |json: &str| {
            let mut bytes = vec![VERSION];
            bytes.extend(checksum(json.as_bytes()).to_be_bytes());
            bytes.extend(json.as_bytes());
            URL_SAFE_NO_PAD.encode(bytes)
        };
        assert!(
            read(&forged(
                r#"{"f":{"k":"TREND","i":"call_centres"},"g":"fr"}"#
            ))
            .is_some()
        );
        for address in [
            String::new(),
            "x".repeat(10_000),
            whole[1..].to_owned(),
            whole[..whole.len() - 1].to_owned(),
            format!("{whole}="),
            whole.replace('_', "/") + "é",
            crate::conversation::write(&frame(), Form::Fr, 0, chrono::DateTime::UNIX_EPOCH),
            forged("{}"),
            forged(r#"{"f":{"k":"TREND"},"g":"fr"}"#),
            forged(r#"{"f":{"k":"WHO","i":"call_centres"},"g":"fr"}"#),
            forged(r#"{"f":{"k":"TREND","i":"call_centres"},"g":"tlh"}"#),
            forged(r#"{"f":{"k":"TREND","i":"'; DROP TABLE x"},"g":"fr"}"#),
            forged(
                r#"{"f":{"k":"TREND","i":"a","p":["1","2","3","4","5","6","7","8","9"]},"g":"fr"}"#,
            ),
            forged(r#"{"f":{"k":"TREND","i":"a","w":{"At":"99999"}},"g":"fr"}"#),
        ] {
            assert_eq!(read(&address), None, "{address}");
        }
    }
}
