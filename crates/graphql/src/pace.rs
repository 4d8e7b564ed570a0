//! How fast one visitor may write: so much at once, then one more a minute. In memory only, and of no visitor more than a number.

use std::{
    hash::RandomState,
    num::NonZeroUsize,
    sync::Mutex,
    time::{Duration, Instant},
};

use lru::LruCache;

use crate::Visitor;

/// What a visitor may write at once, and the time after which one more may follow.
pub const AT_ONCE: u32 = 10;
const ONE_MORE: Duration = Duration::from_secs(60);

/// Visitors remembered; the ones that were silent longest are forgotten first.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(10_000).expect("not zero");

/// How much each visitor may still write.
pub struct Pace {
    process: RandomState,
    buckets: Mutex<LruCache<u64, Bucket>>,
}

#[derive(Clone, Copy)]
struct Bucket {
    left: u32,
    since: Instant,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            process: RandomState::new(),
            buckets: Mutex::new(LruCache::new(REMEMBERED)),
        }
    }
}

impl Pace {
    /// So many at once from a visitor, or the time until they are taken. The operator is not held to it.
    pub fn admit(&self, visitor: Visitor, number: u32, now: Instant) -> Result<(), Duration> {
        let Some(visitor) = visitor.number(&self.process) else {
            return Ok(());
        };
        let full = Bucket {
            left: AT_ONCE,
            since: now,
        };
        let Ok(mut buckets) = self.buckets.lock() else {
            return Err(ONE_MORE);
        };
        let bucket = buckets.get_or_insert_mut(visitor, || full);
        let waited = now.saturating_duration_since(bucket.since);
        let more = u32::try_from(waited.as_secs() / ONE_MORE.as_secs()).unwrap_or(AT_ONCE);
        if bucket.left.saturating_add(more) >= AT_ONCE {
            *bucket = full;
        } else {
            bucket.left += more;
            bucket.since += ONE_MORE * more;
        }
        if bucket.left < number {
            let waited = now.saturating_duration_since(bucket.since);
            let missing = number - bucket.left;
            return Err((ONE_MORE * missing).saturating_sub(waited));
        }
        bucket.left -= number;
        Ok(())
    }
}
