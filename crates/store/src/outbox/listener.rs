//! When to look into the outbox again: at once after a write of this process or a notification of PostgreSQL, else after a pause.
//!
//! A listener only says when; what is new is read from the tables, after an id. So a notification that is lost, or comes twice, or
//! tells of what is known already, loses and repeats nothing.

use std::time::Duration;

use sea_orm::sqlx::{
    self,
    postgres::{PgListener, PgPoolOptions},
};
use tokio::{sync::watch, time::sleep};

use super::CHANNEL;
use crate::Store;

/// How soon a write of another process is seen where nobody tells of it: on SQLite, and while PostgreSQL cannot be listened to.
const POLL: Duration = Duration::from_millis(250);

/// The longest that a silent PostgreSQL is believed: a connection may be dead without saying so.
const SILENCE: Duration = Duration::from_secs(15);

/// Waits for new revisions.
pub struct Listener {
    store: Store,
    revisions: watch::Receiver<i64>,
    /// None on SQLite, and while PostgreSQL cannot be listened to.
    postgres: Option<PgListener>,
}

impl Listener {
    /// A listener that hears of every revision committed from now on.
    pub async fn open(store: &Store) -> Self {
        let mut listener = Self {
            store: store.clone(),
            revisions: store.revisions(),
            postgres: None,
        };
        listener.listen().await;
        listener
    }

    /// Returns when there may be a revision after `seen`.
    pub async fn changed(&mut self, seen: i64) {
        if self.postgres.is_none() {
            tokio::select! {
                () = newer(&mut self.revisions, seen) => {}
                // Listening again comes before looking again, so that nothing happens in between unheard.
                () = sleep(POLL) => self.listen().await,
            }
            return;
        }
        let silence = sleep(SILENCE);
        let mut silence = std::pin::pin!(silence);
        while let Some(postgres) = &mut self.postgres {
            tokio::select! {
                () = newer(&mut self.revisions, seen) => return,
                () = &mut silence => return,
                told = postgres.try_recv() => match told {
                    Ok(Some(told)) if told.payload().parse().is_ok_and(|told: i64| told <= seen) => {}
                    // Without a notification the connection was lost and made anew: whatever was told meanwhile is read now.
                    Ok(_) => return,
                    Err(error) => {
                        tracing::warn!(%error, "PostgreSQL cannot be listened to; changes of other processes are polled for");
                        self.postgres = None;
                    }
                },
            }
        }
    }

    async fn listen(&mut self) {
        if !self.store.is_postgres() {
            return;
        }
        match connect(&self.store).await {
            Ok(postgres) => self.postgres = Some(postgres),
            Err(error) => tracing::debug!(%error, "PostgreSQL cannot be listened to yet"),
        }
    }
}

/// A connection of its own, so that none of the requests' is held.
async fn connect(store: &Store) -> Result<PgListener, sqlx::Error> {
    let options = store
        .writer
        .get_postgres_connection_pool()
        .connect_options();
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .acquire_timeout(Duration::from_secs(5))
        .max_lifetime(None)
        .idle_timeout(None)
        .connect_lazy_with(options.as_ref().clone());
    let mut listener = PgListener::connect_with(&pool).await?;
    listener.ignore_pool_close_event(true);
    listener.listen(CHANNEL).await?;
    Ok(listener)
}

/// Returns when this process knows of a revision after `seen`; never when it will know of none.
async fn newer(revisions: &mut watch::Receiver<i64>, seen: i64) {
    if revisions.wait_for(|known| *known > seen).await.is_err() {
        std::future::pending().await
    }
}
