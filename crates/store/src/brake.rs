//! What ends a statement before it ends by itself.

use std::{
    sync::atomic::{AtomicI32, AtomicU64, Ordering},
    time::{Duration, Instant},
};

/// How many instructions SQLite carries out between two looks at the clock: some tenths of a millisecond.
pub(crate) const INSTRUCTIONS: i32 = 10_000;

/// What ends the statement of a connection.
#[derive(Debug)]
pub(crate) struct Brake {
    start: Instant,
    /// When the statement must have ended, in milliseconds after the start; for SQLite, which asks.
    deadline: AtomicU64,
    /// The process of PostgreSQL behind the connection; it keeps the time itself.
    pub process: AtomicI32,
}

impl Brake {
    pub fn new() -> Self {
        Self {
            start: Instant::now(),
            deadline: AtomicU64::new(0),
            process: AtomicI32::new(0),
        }
    }

    pub fn release(&self, limit: Duration) {
        let deadline = self.start.elapsed() + limit;
        let deadline = u64::try_from(deadline.as_millis()).unwrap_or(u64::MAX);
        self.deadline.store(deadline, Ordering::Relaxed);
    }

    pub fn pull(&self) {
        self.deadline.store(0, Ordering::Relaxed);
    }

    pub fn is_pulled(&self) -> bool {
        self.start.elapsed().as_millis() >= u128::from(self.deadline.load(Ordering::Relaxed))
    }
}
