//! Delivering to webhooks, beside the doors; what is under way when they are closed is waited for.

use std::time::Duration;

use graphql::Service;
use tokio::task::JoinHandle;

use crate::stop::Stop;

/// How long the last messages may take: an attempt, and what is written of it.
const LAST: Duration = Duration::from_secs(15);

/// The task that delivers.
pub struct Delivering(JoinHandle<()>);

/// Delivers until it is time to stop.
pub fn deliver(service: &Service, stop: &Stop) -> Delivering {
    let (service, stop) = (service.clone(), stop.clone());
    Delivering(tokio::spawn(async move {
        if let Err(error) = webhook::run(service, stop.wait()).await {
            tracing::error!(%error, "webhooks are off; everything else goes on");
        }
    }))
}

impl Delivering {
    /// Waits for what is under way. What is not written down is sent again after the next start.
    pub async fn finish(mut self) {
        let _ = tokio::time::timeout(LAST, &mut self.0).await;
        self.0.abort();
    }
}
