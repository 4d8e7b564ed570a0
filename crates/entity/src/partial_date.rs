//! A date known to the year, the month or the day: `2020`, `2020-12`, `2020-12-18`.

use std::{fmt, str::FromStr};

use chrono::{Months, NaiveDate};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Invalid;

/// Kept as its ISO 8601 text, so that texts sort as dates do.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType,
)]
#[sea_orm(value_type = "String")]
#[serde(try_from = "String", into = "String")]
pub struct PartialDate(String);

impl PartialDate {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first day it can mean.
    pub fn start(&self) -> NaiveDate {
        first_day(&self.0).expect("checked when built")
    }

    /// The last day it can mean.
    pub fn end(&self) -> PartialDate {
        let first = self.start();
        let next = match self.0.len() {
            4 => first.checked_add_months(Months::new(12)),
            7 => first.checked_add_months(Months::new(1)),
            _ => return self.clone(),
        };
        let last = next.and_then(|day| day.pred_opt()).unwrap_or(first);
        PartialDate(last.to_string())
    }

    pub fn year(&self) -> i32 {
        self.0[..4].parse().expect("checked when built")
    }
}

fn first_day(text: &str) -> Option<NaiveDate> {
    let number = |range: std::ops::Range<usize>| -> Option<u32> {
        let part = text.get(range)?;
        part.bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| part.parse().ok())
            .flatten()
    };
    let (year, month, day) = match text.len() {
        4 => (number(0..4)?, 1, 1),
        7 if &text[4..5] == "-" => (number(0..4)?, number(5..7)?, 1),
        10 if &text[4..5] == "-" && &text[7..8] == "-" => {
            (number(0..4)?, number(5..7)?, number(8..10)?)
        }
        _ => return None,
    };
    (1500..=2200)
        .contains(&year)
        .then(|| NaiveDate::from_ymd_opt(year as i32, month, day))
        .flatten()
}

impl FromStr for PartialDate {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        if text.is_ascii() && first_day(text).is_some() {
            Ok(Self(text.to_owned()))
        } else {
            Err(Invalid::new(text, "a date (2020, 2020-12 or 2020-12-18)"))
        }
    }
}

impl TryFrom<String> for PartialDate {
    type Error = Invalid;

    fn try_from(text: String) -> Result<Self, Invalid> {
        text.parse()
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.0
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_real_days() {
        for good in ["2020", "2020-12", "2020-12-18", "2024-02-29"] {
            assert_eq!(
                good.parse::<PartialDate>().map(String::from).as_deref(),
                Ok(good)
            );
        }
        for bad in [
            "",
            "20",
            "2020-13",
            "2020-02-30",
            "2023-02-29",
            "2020-1",
            "2020/12",
            "٢٠٢٠",
            "20205",
            "+202-1",
            "0000",
            "2020-12-18T00:00",
        ] {
            assert!(bad.parse::<PartialDate>().is_err(), "{bad}");
        }
    }
}
