//! When a value refers to: `2019`, `2025-S1`, `2024-Q3`, `2019-03`, `2016/2018` (SDMX TIME_PERIOD).

use std::{fmt, str::FromStr};

use chrono::{Days, Months, NaiveDate};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Invalid;

/// Kept as its text; its first and last day are columns beside it. Ordered by end, then start.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, DeriveValueType)]
#[sea_orm(value_type = "String")]
#[serde(try_from = "String", into = "String")]
pub struct ReferencePeriod(String);

/// How long a period is; part-years never compare with years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Granularity {
    Month,
    Quarter,
    Half,
    Year,
    /// Several years, both ends included.
    Span,
}

impl ReferencePeriod {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn granularity(&self) -> Granularity {
        read(&self.0).expect("checked when built").0
    }

    /// The first day.
    pub fn start(&self) -> NaiveDate {
        read(&self.0).expect("checked when built").1
    }

    /// The last day.
    pub fn end(&self) -> NaiveDate {
        read(&self.0).expect("checked when built").2
    }
}

fn read(text: &str) -> Option<(Granularity, NaiveDate, NaiveDate)> {
    let year = |part: &str| -> Option<i32> {
        let digits = part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        digits
            .then(|| part.parse().ok())
            .flatten()
            .filter(|year| (1500..=2200).contains(year))
    };
    let span = |granularity, year, first_month, months| {
        let start = NaiveDate::from_ymd_opt(year, first_month, 1)?;
        Some((
            granularity,
            start,
            start + Months::new(months) - Days::new(1),
        ))
    };
    if let Some((first, last)) = text.split_once('/') {
        let (first, last) = (year(first)?, year(last)?);
        return (first < last)
            .then(|| {
                Some((
                    Granularity::Span,
                    NaiveDate::from_ymd_opt(first, 1, 1)?,
                    NaiveDate::from_ymd_opt(last, 12, 31)?,
                ))
            })
            .flatten();
    }
    match text.split_once('-') {
        None => span(Granularity::Year, year(text)?, 1, 12),
        Some((before, "S1")) => span(Granularity::Half, year(before)?, 1, 6),
        Some((before, "S2")) => span(Granularity::Half, year(before)?, 7, 6),
        Some((before, quarter)) if quarter.len() == 2 && quarter.starts_with('Q') => {
            let number: u32 = quarter[1..]
                .parse()
                .ok()
                .filter(|number| (1..=4).contains(number))?;
            span(Granularity::Quarter, year(before)?, number * 3 - 2, 3)
        }
        Some((before, month)) => {
            let digits = month.len() == 2 && month.bytes().all(|byte| byte.is_ascii_digit());
            let number = digits
                .then(|| month.parse().ok())
                .flatten()
                .filter(|number| (1..=12).contains(number))?;
            span(Granularity::Month, year(before)?, number, 1)
        }
    }
}

impl FromStr for ReferencePeriod {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        if text.is_ascii() && read(text).is_some() {
            Ok(Self(text.to_owned()))
        } else {
            Err(Invalid::new(
                text,
                "a reference period (2019, 2025-S1, 2024-Q3, 2019-03 or 2016/2018)",
            ))
        }
    }
}

impl TryFrom<String> for ReferencePeriod {
    type Error = Invalid;

    fn try_from(text: String) -> Result<Self, Invalid> {
        text.parse()
    }
}

impl From<ReferencePeriod> for String {
    fn from(period: ReferencePeriod) -> Self {
        period.0
    }
}

impl PartialOrd for ReferencePeriod {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ReferencePeriod {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.end()
            .cmp(&other.end())
            .then(self.start().cmp(&other.start()))
    }
}

impl fmt::Display for ReferencePeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(text: &str) -> ReferencePeriod {
        text.parse().expect(text)
    }

    #[test]
    fn periods_have_first_and_last_days() {
        let days = |text| {
            (
                period(text).start().to_string(),
                period(text).end().to_string(),
            )
        };
        assert_eq!(days("2019"), ("2019-01-01".into(), "2019-12-31".into()));
        assert_eq!(days("2025-S1"), ("2025-01-01".into(), "2025-06-30".into()));
        assert_eq!(days("2024-Q3"), ("2024-07-01".into(), "2024-09-30".into()));
        assert_eq!(days("2024-02"), ("2024-02-01".into(), "2024-02-29".into()));
        assert_eq!(
            days("2016/2018"),
            ("2016-01-01".into(), "2018-12-31".into())
        );
    }

    #[test]
    fn periods_are_ordered_by_end_then_start() {
        let mut periods = ["2020", "2019", "2016/2019", "2019-S2", "2025-S1"].map(period);
        periods.sort();
        assert_eq!(
            periods.map(String::from),
            ["2016/2019", "2019", "2019-S2", "2020", "2025-S1"]
        );
    }

    #[test]
    fn impossible_periods_are_refused() {
        for bad in [
            "",
            "19",
            "2019-13",
            "2019-00",
            "2025-S3",
            "2024-Q5",
            "2024-Q",
            "2018/2016",
            "2016/2016",
            "2016/",
            "9999",
            "٢٠١٩",
            "2019-1",
            "2019-+1",
        ] {
            assert!(bad.parse::<ReferencePeriod>().is_err(), "{bad}");
        }
    }
}
