//! Reference periods: years, halves, quarters, months, days, spans of years.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The day a relative phrase such as "last year" is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Today {
    /// Calendar year.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

/// A calendar period, written `2019`, `2025-S1`, `2024-Q3`, `2019-03`, `2020-12-18`, `2016/2018`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Period {
    /// A calendar year.
    Year(i32),
    /// First or second half of a year.
    Half(i32, u8),
    /// Quarter 1 to 4 of a year.
    Quarter(i32, u8),
    /// Month 1 to 12 of a year.
    Month(i32, u8),
    /// A day: year, month, day.
    Day(i32, u8, u8),
    /// First and last year, first before last.
    Span(i32, i32),
}

/// Years that a question can mean.
pub const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

impl Period {
    /// Year of its end.
    pub fn year(self) -> i32 {
        match self {
            Period::Year(y)
            | Period::Half(y, _)
            | Period::Quarter(y, _)
            | Period::Month(y, _)
            | Period::Day(y, _, _) => y,
            Period::Span(_, y) => y,
        }
    }

    /// Year of its beginning.
    pub fn first_year(self) -> i32 {
        match self {
            Period::Span(first, _) => first,
            other => other.year(),
        }
    }

    /// First and last month as (year, month).
    pub fn months(self) -> ((i32, u8), (i32, u8)) {
        match self {
            Period::Year(y) => ((y, 1), (y, 12)),
            Period::Half(y, h) => {
                let last = 6 * h.clamp(1, 2);
                ((y, last - 5), (y, last))
            }
            Period::Quarter(y, q) => {
                let last = 3 * q.clamp(1, 4);
                ((y, last - 2), (y, last))
            }
            Period::Month(y, m) | Period::Day(y, m, _) => ((y, m), (y, m)),
            Period::Span(first, last) => ((first, 1), (last, 12)),
        }
    }

    /// Whether it is shorter than a year.
    pub fn is_part_year(self) -> bool {
        matches!(
            self,
            Period::Half(..) | Period::Quarter(..) | Period::Month(..) | Period::Day(..)
        )
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Period::Year(y) => write!(f, "{y:04}"),
            Period::Half(y, h) => write!(f, "{y:04}-S{h}"),
            Period::Quarter(y, q) => write!(f, "{y:04}-Q{q}"),
            Period::Month(y, m) => write!(f, "{y:04}-{m:02}"),
            Period::Day(y, m, d) => write!(f, "{y:04}-{m:02}-{d:02}"),
            Period::Span(first, last) => write!(f, "{first:04}/{last:04}"),
        }
    }
}

/// The text is not a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownPeriod;

impl fmt::Display for UnknownPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a period: write 2019, 2025-S1, 2024-Q3, 2019-03, 2020-12-18 or 2016/2018")
    }
}

impl std::error::Error for UnknownPeriod {}

impl FromStr for Period {
    type Err = UnknownPeriod;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse(text).ok_or(UnknownPeriod)
    }
}

impl TryFrom<String> for Period {
    type Error = UnknownPeriod;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> String {
        period.to_string()
    }
}

fn parse(text: &str) -> Option<Period> {
    let number = |s: &str, width: usize| {
        (s.len() == width && s.bytes().all(|b| b.is_ascii_digit()))
            .then(|| s.parse::<i32>().ok())
            .flatten()
    };
    if let Some((first, last)) = text.split_once('/') {
        let (first, last) = (number(first, 4)?, number(last, 4)?);
        return (first < last).then_some(Period::Span(first, last));
    }
    let mut parts = text.split('-');
    let year = number(parts.next()?, 4)?;
    let Some(part) = parts.next() else {
        return Some(Period::Year(year));
    };
    let day = parts.next();
    if parts.next().is_some() {
        return None;
    }
    let small = |s: &str, width: usize, most: i32| {
        number(s, width)
            .filter(|v| (1..=most).contains(v))
            .and_then(|v| u8::try_from(v).ok())
    };
    match (part.as_bytes().first()?, day) {
        (b'S', None) => Some(Period::Half(year, small(&part[1..], 1, 2)?)),
        (b'Q', None) => Some(Period::Quarter(year, small(&part[1..], 1, 4)?)),
        (_, None) => Some(Period::Month(year, small(part, 2, 12)?)),
        (_, Some(day)) => {
            let month = small(part, 2, 12)?;
            let length = match month {
                2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
                2 => 28,
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            Some(Period::Day(year, month, small(day, 2, length)?))
        }
    }
}
