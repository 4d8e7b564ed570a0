//! What keeps reports from becoming spam: so many of one visitor, so many of all in a day, and each request counted once.

use std::{
    hash::{BuildHasher, RandomState},
    num::NonZeroUsize,
    time::{Duration, Instant},
};

use chrono::NaiveDate;
use lru::LruCache;

use super::report::{Noted, Valid};
use crate::{Visitor, pace::Pace};

/// Reports taken in a day, of all visitors together.
pub const A_DAY: i64 = 2_000;

/// Visitors and requests remembered; the ones that were silent longest are forgotten first.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(10_000).expect("not zero");

/// Why a report is not taken now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// The visitor sends too many; the next is taken after this time.
    Visitor(Duration),
    /// All of them together were too many today.
    Day,
}

/// What was sent under an idempotency key earlier.
pub enum Earlier {
    Nothing,
    Same(Noted),
    /// Something else.
    Other,
}

/// What is remembered of reports, in memory only.
pub struct Limits {
    process: RandomState,
    pace: Pace,
    requests: LruCache<u64, (u64, Noted)>,
    /// How many reports a day has so far.
    today: Option<(NaiveDate, i64)>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            process: RandomState::new(),
            pace: Pace::default(),
            requests: LruCache::new(REMEMBERED),
            today: None,
        }
    }
}

impl Limits {
    /// How many reports the day has, when that is known.
    pub fn known(&self, day: NaiveDate) -> Option<i64> {
        let (known, reports) = self.today?;
        (known == day).then_some(reports)
    }

    /// Takes over how many reports the day has.
    pub fn learn(&mut self, day: NaiveDate, reports: i64) {
        self.today = Some((day, reports));
    }

    /// One report of a visitor, or why not now. The operator is not held to anything but the day.
    pub fn admit(&mut self, visitor: Visitor, day: NaiveDate, now: Instant) -> Result<(), Limit> {
        if self.known(day).is_some_and(|reports| reports >= A_DAY) {
            return Err(Limit::Day);
        }
        self.pace.admit(visitor, 1, now).map_err(Limit::Visitor)
    }

    /// What the visitor sent under this key.
    pub fn earlier(&mut self, visitor: Visitor, key: &str, report: &Valid) -> Earlier {
        let content = self.process.hash_one(report);
        match self.requests.get(&self.request(visitor, key)) {
            None => Earlier::Nothing,
            Some((known, noted)) if *known == content => Earlier::Same(noted.clone()),
            Some(_) => Earlier::Other,
        }
    }

    /// Remembers a report that was written.
    pub fn remember(&mut self, visitor: Visitor, key: Option<&str>, report: &Valid, noted: &Noted) {
        if let Some((_, reports)) = &mut self.today {
            *reports += 1;
        }
        if let Some(key) = key {
            let (request, content) = (self.request(visitor, key), self.process.hash_one(report));
            self.requests.put(request, (content, noted.clone()));
        }
    }

    fn request(&self, visitor: Visitor, key: &str) -> u64 {
        self.process.hash_one((visitor.number(&self.process), key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pace::AT_ONCE;

    const DAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");

    fn address(text: &str) -> Visitor {
        Visitor::Address(text.parse().expect("an address"))
    }

    #[test]
    fn a_visitor_may_send_ten_at_once_and_then_one_a_minute() {
        let (mut limits, start) = (Limits::default(), Instant::now());
        let one = address("192.0.2.1");
        for _ in 0..AT_ONCE {
            assert_eq!(limits.admit(one, DAY, start), Ok(()));
        }
        let soon = start + Duration::from_secs(20);
        let wait = Limit::Visitor(Duration::from_secs(40));
        assert_eq!(limits.admit(one, DAY, soon), Err(wait));
        assert_eq!(limits.admit(address("192.0.2.2"), DAY, soon), Ok(()));
        let later = start + Duration::from_secs(60);
        assert_eq!(limits.admit(one, DAY, later), Ok(()));
        assert!(limits.admit(one, DAY, later).is_err());
        let tomorrow = start + Duration::from_secs(86_400);
        for _ in 0..AT_ONCE {
            assert_eq!(limits.admit(one, DAY, tomorrow), Ok(()));
        }
        assert!(limits.admit(one, DAY, tomorrow).is_err());
    }

    #[test]
    fn a_household_is_one_visitor_and_the_operator_is_free() {
        let (mut limits, now) = (Limits::default(), Instant::now());
        for last in 0..AT_ONCE {
            let visitor = address(&format!("2001:db8::{last:x}"));
            assert_eq!(limits.admit(visitor, DAY, now), Ok(()));
        }
        assert!(limits.admit(address("2001:db8::ffff"), DAY, now).is_err());
        assert_eq!(limits.admit(address("2001:db8:0:1::1"), DAY, now), Ok(()));
        for _ in 0..3 * AT_ONCE {
            assert_eq!(limits.admit(Visitor::Operator, DAY, now), Ok(()));
        }
        limits.learn(DAY, A_DAY);
        assert_eq!(limits.admit(Visitor::Operator, DAY, now), Err(Limit::Day));
    }
}
