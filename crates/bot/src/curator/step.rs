//! What the buttons under a proposal ask for, within Telegram's 64 bytes: each names the proposal and the version that was looked at.

use crate::button::Reference;

/// Letters of a proposal's key.
const KEY: usize = 16;

/// A proposal at a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Which {
    key: [u8; KEY],
    pub version: i32,
}

impl Which {
    pub fn of(key: Option<&str>, version: Option<i64>) -> Option<Self> {
        let key: [u8; KEY] = key?.as_bytes().try_into().ok()?;
        let fits = |byte: &u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(byte);
        let version = i32::try_from(version?).ok()?;
        key.iter().all(fits).then_some(Self { key, version })
    }

    pub fn key(&self) -> &str {
        std::str::from_utf8(&self.key).unwrap_or_default()
    }

    fn parse(key: &str, version: Option<&str>) -> Option<Self> {
        Self::of(Some(key), version?.parse().ok())
    }
}

/// What is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    Accept,
    Reject,
}

/// A reason that fits often enough to be a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    Read,
    Confirmed,
    NotSaid,
    Known,
    NotOurs,
}

impl Decision {
    fn letter(self) -> char {
        match self {
            Decision::Accept => 'a',
            Decision::Reject => 'r',
        }
    }

    /// The reasons offered for it.
    pub fn reasons(self) -> &'static [Reason] {
        match self {
            Decision::Accept => &[Reason::Read, Reason::Confirmed],
            Decision::Reject => &[Reason::NotSaid, Reason::Known, Reason::NotOurs],
        }
    }
}

impl Reason {
    /// The key of its words.
    pub fn label(self) -> &'static str {
        match self {
            Reason::Read => "reason-read",
            Reason::Confirmed => "reason-confirmed",
            Reason::NotSaid => "reason-not-said",
            Reason::Known => "reason-known",
            Reason::NotOurs => "reason-not-ours",
        }
    }
}

/// What a pressed button asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The proposal after this place in the list.
    Next(Reference),
    /// The reasons to choose from.
    Ask(Decision, Which),
    /// The first buttons again; whether the proposal can be accepted as it is.
    Back(Which, bool),
    /// A reason in the curator's own words.
    Write(Decision, Which),
    /// Another value or period of a figure.
    Amend(Which),
    Decide(Decision, Reason, Which),
}

impl Step {
    /// Callback data.
    pub fn data(self) -> String {
        let of = |kind: String, which: Which| format!("{kind}.{}.{}", which.key(), which.version);
        match self {
            Step::Next(cursor) => format!("dn.{}", cursor.as_str()),
            Step::Ask(decision, which) => of(format!("d{}", decision.letter()), which),
            Step::Back(which, true) => of("db".to_owned(), which),
            Step::Back(which, false) => of("dc".to_owned(), which),
            Step::Amend(which) => of("dm".to_owned(), which),
            Step::Write(decision, which) => of(format!("d{}w", decision.letter()), which),
            Step::Decide(decision, reason, which) => {
                let reasons = decision.reasons().iter();
                let place = reasons.take_while(|other| **other != reason).count();
                of(format!("d{}{place}", decision.letter()), which)
            }
        }
    }

    /// Reads callback data that begins with `d`; `None` for what no button of ours says.
    pub fn parse(kind: &str, first: &str, second: Option<&str>) -> Option<Self> {
        let which = || Which::parse(first, second);
        match kind {
            "dn" if second.is_none() => Reference::parse(first).map(Step::Next),
            "db" => which().map(|which| Step::Back(which, true)),
            "dm" => which().map(Step::Amend),
            "dc" => which().map(|which| Step::Back(which, false)),
            _ => {
                let decision = match kind.get(..2)? {
                    "da" => Decision::Accept,
                    "dr" => Decision::Reject,
                    _ => return None,
                };
                let which = which()?;
                match kind.get(2..)? {
                    "" => Some(Step::Ask(decision, which)),
                    "w" => Some(Step::Write(decision, which)),
                    place => {
                        let place: usize = place.parse().ok()?;
                        let reason = *decision.reasons().get(place)?;
                        Some(Step::Decide(decision, reason, which))
                    }
                }
            }
        }
    }
}

/// What a curator writes of a figure that is otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Amendment {
    pub value: Option<f64>,
    /// As `ReferencePeriod` writes it; the schema says whether it is one.
    pub period: Option<String>,
}

impl Amendment {
    /// Reads `43 / 2024`, `43` or `/ 2024`. Thousands may be parted by spaces; a comma or a point that could part either is not guessed at.
    pub fn parse(text: &str) -> Option<Self> {
        let text: String = text.trim().chars().map(western).collect();
        let (value, period) = match text.split_once('/') {
            Some((value, period)) => (value.trim(), period.trim()),
            None => (text.as_str(), ""),
        };
        let value = match value {
            "" => None,
            value => Some(number(value)?),
        };
        let fits = |letter: char| letter.is_ascii_digit() || "SQ-/".contains(letter);
        let period = period.to_ascii_uppercase();
        if period.len() > 20 || !period.chars().all(fits) {
            return None;
        }
        let period = (!period.is_empty()).then_some(period);
        (value.is_some() || period.is_some()).then_some(Self { value, period })
    }
}

/// A digit of Arabic as one of the West.
fn western(letter: char) -> char {
    match letter {
        '٠'..='٩' => {
            let digit = u32::from(letter) - u32::from('٠');
            char::from_digit(digit, 10).unwrap_or(letter)
        }
        letter => letter,
    }
}

fn number(text: &str) -> Option<f64> {
    let spaces = [' ', '\u{a0}', '\u{202f}'];
    let text: String = text
        .chars()
        .filter(|letter| !spaces.contains(letter))
        .collect();
    let (whole, part) = match text.split_once([',', '.']) {
        Some((whole, part)) if (1..=2).contains(&part.len()) => (whole, part),
        Some(_) => return None,
        None => (text.as_str(), "0"),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let sign = whole.strip_prefix('-').unwrap_or(whole);
    let fits = digits(sign) && sign.len() <= 15 && digits(part);
    fits.then(|| format!("{whole}.{part}").parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amendment_is_a_value_a_period_or_both() {
        let read = |text| Amendment::parse(text).map(|read| (read.value, read.period));
        let period = |text: &str| Some(text.to_owned());
        for (text, amendment) in [
            ("43", (Some(43.0), None)),
            ("4 500 / 2024", (Some(4500.0), period("2024"))),
            ("/ 2025-s1", (None, period("2025-S1"))),
            ("11,5 /2016/2018", (Some(11.5), period("2016/2018"))),
            ("٤٣ / ٢٠٢٤", (Some(43.0), period("2024"))),
        ] {
            assert_eq!(read(text), Some(amendment), "{text}");
        }
        for text in [
            "",
            "/",
            "4,500",
            "1.234.567",
            "x",
            "43 / last year",
            "NaN",
            "1e9",
            "9999999999999999",
            "-",
            "43 / 2024; DROP",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
