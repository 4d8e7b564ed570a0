//! Quotas: how many units of cost a caller may spend a minute. A bucket of one minute's units that fills again all the time; a request
//! takes what it may cost and gets back what it did not.

use std::{
    hash::{BuildHasher, RandomState},
    num::NonZeroUsize,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use entity::Scope;
use lru::LruCache;

use crate::{Visitor, key::Key};

const MINUTE: Duration = Duration::from_secs(60);

/// Callers remembered; the ones that were silent longest are forgotten first, and begin again with a full bucket.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(100_000).expect("not zero");

/// Units of cost a minute for each class of callers; none is no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotas {
    /// Without a key, for each address (IPv6: for each network of 64 bits) or account.
    pub anonymous: Option<u64>,
    /// For each key, unless the key has its own.
    pub partner: Option<u64>,
    /// For each key that may curate or manage keys, unless the key has its own.
    pub curator: Option<u64>,
}

impl Default for Quotas {
    fn default() -> Self {
        Self {
            anonymous: Some(100_000),
            partner: Some(1_000_000),
            curator: Some(1_000_000),
        }
    }
}

impl Quotas {
    fn of(&self, visitor: Visitor, key: Option<&Key>) -> Option<u64> {
        match key {
            Some(key) => key.quota().or_else(|| {
                if key.may(Scope::Curate) || key.may(Scope::Admin) {
                    self.curator
                } else {
                    self.partner
                }
            }),
            None if visitor == Visitor::Operator => None,
            None => self.anonymous,
        }
    }
}

/// Where a caller stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Balance {
    /// Units a minute.
    pub limit: u64,
    /// Units left.
    pub remaining: u64,
    /// The time after which all of them are there again.
    pub reset: Duration,
}

/// Why nothing may be spent now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overspent {
    /// It is possible again after this time.
    Wait { after: Duration, balance: Balance },
    /// It costs more than a whole minute's units.
    Never { limit: u64 },
}

/// What all callers have left.
pub(crate) struct Purse {
    process: RandomState,
    quotas: Quotas,
    buckets: Mutex<LruCache<u64, Bucket>>,
}

/// Who pays, and how much there is a minute; none pays nothing.
pub(crate) type Account = Option<(u64, u64)>;

#[derive(Clone, Copy)]
struct Bucket {
    left: f64,
    at: Instant,
}

impl Purse {
    pub fn new(quotas: Quotas) -> Self {
        Self {
            process: RandomState::new(),
            quotas,
            buckets: Mutex::new(LruCache::new(REMEMBERED)),
        }
    }

    pub fn account(&self, visitor: Visitor, key: Option<&Key>) -> Account {
        let limit = self.quotas.of(visitor, key)?;
        let payer = match key {
            Some(key) => self.process.hash_one(("key", key.id())),
            None => visitor.number(&self.process)?,
        };
        Some((payer, limit))
    }

    /// Takes units, or says why not. A payer without limit has no balance.
    pub fn take(
        &self,
        account: Account,
        units: u64,
        now: Instant,
    ) -> Result<Option<Balance>, Overspent> {
        let Some((payer, limit)) = account else {
            return Ok(None);
        };
        if units > limit {
            return Err(Overspent::Never { limit });
        }
        self.change(payer, limit, now, |bucket| {
            let missing = units as f64 - bucket.left;
            if missing > 0.0 {
                let after = MINUTE.mul_f64(missing / limit as f64);
                let balance = bucket.balance(limit);
                return Err(Overspent::Wait { after, balance });
            }
            bucket.left -= units as f64;
            Ok(Some(bucket.balance(limit)))
        })
    }

    /// Whether anything can be taken at all.
    pub fn has_any(&self, account: Account, now: Instant) -> bool {
        account.is_none_or(|(payer, limit)| {
            limit >= 1 && self.change(payer, limit, now, |bucket| bucket.left >= 1.0)
        })
    }

    /// Gives back units that were taken and not spent.
    pub fn give_back(&self, account: Account, units: u64, now: Instant) -> Option<Balance> {
        let (payer, limit) = account?;
        self.change(payer, limit, now, |bucket| {
            bucket.left = (bucket.left + units as f64).min(limit as f64);
            Some(bucket.balance(limit))
        })
    }

    fn change<T>(
        &self,
        payer: u64,
        limit: u64,
        now: Instant,
        change: impl FnOnce(&mut Bucket) -> T,
    ) -> T {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let full = limit as f64;
        let bucket = buckets.get_or_insert_mut(payer, || Bucket {
            left: full,
            at: now,
        });
        let passed = now.saturating_duration_since(bucket.at).as_secs_f64();
        bucket.left = (bucket.left + full * passed / MINUTE.as_secs_f64()).min(full);
        bucket.at = bucket.at.max(now);
        change(bucket)
    }
}

impl Bucket {
    fn balance(&self, limit: u64) -> Balance {
        let spent = (limit as f64 - self.left).max(0.0);
        Balance {
            limit,
            remaining: self.left as u64,
            reset: MINUTE.mul_f64(spent / limit as f64),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn purse(anonymous: u64) -> Purse {
        Purse::new(Quotas {
            anonymous: Some(anonymous),
            ..Quotas::default()
        })
    }

    fn address(text: &str) -> Visitor {
        Visitor::Address(text.parse().expect("an address"))
    }

    #[test]
    fn what_is_spent_comes_back_over_a_minute() {
        let (purse, start) = (purse(600), Instant::now());
        let account = purse.account(address("192.0.2.1"), None);
        let balance = purse.take(account, 600, start).expect("a full bucket");
        assert_eq!(balance.map(|balance| balance.remaining), Some(0));
        let Err(Overspent::Wait { after, balance }) = purse.take(account, 100, start) else {
            panic!("there was nothing left");
        };
        assert_eq!((after, balance.reset), (Duration::from_secs(10), MINUTE));
        assert!(purse.take(account, 100, start + after).is_ok());
        assert!(purse.take(account, 1, start + after).is_err());
        let balance = purse.take(account, 600, start + 3 * MINUTE).expect("full");
        assert_eq!(balance.map(|balance| balance.limit), Some(600));
    }

    #[test]
    fn what_was_not_spent_is_given_back_and_no_more() {
        let (purse, now) = (purse(100), Instant::now());
        let account = purse.account(address("192.0.2.1"), None);
        purse.take(account, 80, now).expect("a full bucket");
        let balance = purse.give_back(account, 70, now).expect("a limit");
        assert_eq!(balance.remaining, 90);
        let balance = purse.give_back(account, 1_000, now).expect("a limit");
        assert_eq!((balance.remaining, balance.reset), (100, Duration::ZERO));
    }

    #[test]
    fn each_caller_has_a_bucket_and_a_network_of_ipv6_is_one_caller() {
        let (purse, now) = (purse(10), Instant::now());
        let of = |text| purse.account(address(text), None);
        assert!(purse.take(of("2001:db8::1"), 10, now).is_ok());
        assert!(purse.take(of("2001:db8::2"), 1, now).is_err());
        assert!(purse.take(of("2001:db8:0:1::1"), 10, now).is_ok());
        assert_eq!(
            purse.take(of("192.0.2.7"), 11, now),
            Err(Overspent::Never { limit: 10 })
        );
        assert_eq!(purse.account(Visitor::Operator, None), None);
        assert_eq!(purse.take(None, u64::MAX, now), Ok(None));
    }
}
