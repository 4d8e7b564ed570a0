//! Following the outbox: one task a process reads what is new, once, and hands it to every subscriber.

use std::{
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use chrono::TimeDelta;
use store::outbox::{self, End, Event, Listener};
use tokio::sync::{broadcast, watch};

use crate::Service;

/// Events read and handed on together.
pub(crate) const BATCH: u64 = 500;

/// Batches that may wait for a subscriber before it counts as too slow.
const WAITING: usize = 256;

/// The pause after the database did not answer.
const PAUSE: Duration = Duration::from_secs(1);

/// How often old events are looked for.
const FORGETTING: Duration = Duration::from_secs(3600);

/// Events in the order of their ids; no id comes twice.
pub(crate) type Batch = Arc<[Event]>;

/// What this process hears of the outbox.
pub(crate) struct Outbox {
    batches: broadcast::Sender<Batch>,
    followed: AtomicBool,
}

impl Default for Outbox {
    fn default() -> Self {
        Self {
            batches: broadcast::Sender::new(WAITING),
            followed: AtomicBool::new(false),
        }
    }
}

impl Outbox {
    /// Every batch from now on; none when nobody follows the outbox in this process.
    pub fn batches(&self) -> Option<broadcast::Receiver<Batch>> {
        // First the receiver: an outbox that is followed afterwards may have handed something on in between.
        let batches = self.batches.subscribe();
        self.followed.load(Ordering::Acquire).then_some(batches)
    }
}

impl Service {
    /// The newest revision of the data that this process knows of; 0 while it knows of none. A write of this process is there before
    /// it is acknowledged; those of other processes only while [`Service::follow_changes`] runs, on SQLite a quarter of a second late.
    pub fn revisions(&self) -> watch::Receiver<i64> {
        self.store().revisions()
    }

    /// Whether subscribers are told of changes: [`Service::follow_changes`] has begun.
    pub fn follows_changes(&self) -> bool {
        self.outbox().followed.load(Ordering::Acquire)
    }

    /// Tells subscribers of everything that changes from now on, in this process or another, until `stop` is done; and
    /// forgets what changed too long ago.
    pub async fn follow_changes(&self, stop: impl Future<Output = ()>) {
        let mut stop = pin!(stop);
        let mut following = pin!(self.follow());
        let mut forgetting = pin!(self.forget());
        tokio::select! {
            () = &mut stop => {}
            never = &mut following => match never {},
            never = &mut forgetting => match never {},
        }
    }

    async fn follow(&self) -> std::convert::Infallible {
        let mut listener = Listener::open(self.store()).await;
        let mut told = None;
        loop {
            match self.catch_up(&mut told).await {
                Ok(revision) => listener.changed(revision).await,
                Err(error) => {
                    tracing::warn!(%error, "changes cannot be read; subscribers wait");
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
    }

    /// Forgets the events whose time is over.
    async fn forget(&self) -> std::convert::Infallible {
        let days = TimeDelta::days(self.keep_events().into());
        loop {
            match outbox::forget(self.store(), self.now() - days).await {
                Ok(0) => {}
                Ok(events) => tracing::info!(events, "events whose time is over were deleted"),
                Err(error) => tracing::warn!(%error, "old events could not be deleted"),
            }
            tokio::time::sleep(FORGETTING).await;
        }
    }

    /// Hands on what came after the event that was told last, and says up to which revision everything is told.
    async fn catch_up(&self, told: &mut Option<i64>) -> Result<i64, store::Error> {
        let End { revision, event } = outbox::end(self.store()).await?;
        let outbox = self.outbox();
        // What was there before is for those who resume, and they read it themselves. A database with fewer events is another one.
        let mut last = told.map_or(event, |told| told.min(event));
        *told = Some(last);
        outbox.followed.store(true, Ordering::Release);
        while last < event {
            let batch = outbox::after(self.store(), last, BATCH).await?;
            let Some(newest) = batch.last() else { break };
            last = newest.id;
            *told = Some(last);
            // Nobody listens: nobody is told.
            let _ = outbox.batches.send(batch.into());
        }
        Ok(revision)
    }
}
