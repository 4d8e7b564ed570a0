//! Writing what was counted, beside the doors that count it, and once more when they are closed.

use std::time::Duration;

use graphql::Service;
use tokio::task::JoinHandle;

use crate::stop::Stop;

/// How long the last writing may take.
const LAST: Duration = Duration::from_secs(10);

/// The task that writes.
pub struct Recording(JoinHandle<()>);

/// Writes every few seconds until it is time to stop.
pub fn record(service: &Service, stop: &Stop) -> Recording {
    let (service, stop) = (service.clone(), stop.clone());
    Recording(tokio::spawn(async move {
        service.record_feedback(stop.wait()).await;
    }))
}

impl Recording {
    /// Writes the rest. Never keeps a program from ending.
    pub async fn finish(self, service: &Service) {
        // It still waits for a stop when a door closed by itself. What it is writing then is written.
        let writing = service.write_feedback();
        match tokio::time::timeout(LAST, writing).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the last feedback is lost"),
            Err(_) => tracing::warn!("the last feedback is lost: the database does not answer"),
        }
        self.0.abort();
    }
}
