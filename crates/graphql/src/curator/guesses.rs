//! How many codes may be tried: few by one account, and not many by all together. In memory only.

use std::{
    num::NonZeroUsize,
    sync::Mutex,
    time::{Duration, Instant},
};

use lru::LruCache;

/// Wrong codes an account may try before it waits.
const OF_ONE: u32 = 5;
/// Wrong codes that all accounts together may try before all wait. Codes have 60 bits, so that this many guesses find none.
const OF_ALL: u32 = 300;
/// For how long wrong codes count.
const COUNTED: Duration = Duration::from_secs(30 * 60);

/// Accounts remembered; the ones that were silent longest are forgotten first, and what they tried still counts for all.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(10_000).expect("not zero");

/// What was tried lately.
pub struct Guesses(Mutex<Tried>);

struct Tried {
    by: LruCache<i64, Count>,
    all: Count,
}

#[derive(Clone, Copy, Default)]
struct Count {
    tried: u32,
    since: Option<Instant>,
}

impl Count {
    /// The time until another may be tried, when there were too many.
    fn wait(&mut self, most: u32, now: Instant) -> Option<Duration> {
        let since = *self.since.get_or_insert(now);
        let passed = now.saturating_duration_since(since);
        if passed >= COUNTED {
            *self = Self {
                tried: 0,
                since: Some(now),
            };
        }
        (self.tried >= most).then(|| COUNTED.saturating_sub(passed))
    }
}

impl Default for Guesses {
    fn default() -> Self {
        Self(Mutex::new(Tried {
            by: LruCache::new(REMEMBERED),
            all: Count::default(),
        }))
    }
}

impl Guesses {
    /// Lets an account try a code, or says for how long it must wait. What turns out right is given back.
    pub fn take(&self, account: i64, now: Instant) -> Result<(), Duration> {
        let Ok(mut tried) = self.0.lock() else {
            return Err(COUNTED);
        };
        let own = tried.by.get_or_insert_mut(account, Count::default);
        if let Some(wait) = own.wait(OF_ONE, now) {
            return Err(wait);
        }
        if let Some(wait) = tried.all.wait(OF_ALL, now) {
            return Err(wait);
        }
        tried.all.tried += 1;
        if let Some(own) = tried.by.get_mut(&account) {
            own.tried += 1;
        }
        Ok(())
    }

    /// Forgets one try of an account, because its code was right.
    pub fn give_back(&self, account: i64) {
        if let Ok(mut tried) = self.0.lock() {
            tried.all.tried = tried.all.tried.saturating_sub(1);
            if let Some(own) = tried.by.get_mut(&account) {
                own.tried = own.tried.saturating_sub(1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_tries_few_and_all_together_not_many() {
        let (guesses, start) = (Guesses::default(), Instant::now());
        for _ in 0..OF_ONE {
            assert_eq!(guesses.take(1, start), Ok(()));
        }
        assert_eq!(guesses.take(1, start), Err(COUNTED));
        guesses.give_back(1);
        assert_eq!(guesses.take(1, start), Ok(()));
        for account in 2.. {
            if guesses.take(account, start).is_err() {
                assert_eq!(account, 2 + i64::from(OF_ALL - OF_ONE));
                break;
            }
        }
        assert!(guesses.take(5_000, start).is_err());
        let later = start + COUNTED;
        assert_eq!(guesses.take(1, later), Ok(()));
        assert_eq!(guesses.take(5_000, later), Ok(()));
    }
}
