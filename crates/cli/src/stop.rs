//! When to stop: SIGTERM, or Ctrl-C.

use anyhow::{Context, Result};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;

/// Listens from now on; every [`Stop::wait`] resolves at the first signal.
#[derive(Clone)]
pub struct Stop(watch::Receiver<bool>);

impl Stop {
    /// Installs the handlers. A second signal ends the process at once.
    pub fn listen() -> Result<Self> {
        let mut terminate = signal(SignalKind::terminate()).context("SIGTERM cannot be handled")?;
        let mut interrupt = signal(SignalKind::interrupt()).context("SIGINT cannot be handled")?;
        let (sender, receiver) = watch::channel(false);
        tokio::spawn(async move {
            either(&mut terminate, &mut interrupt).await;
            tracing::info!("stopping: what was begun is finished first");
            sender.send_replace(true);
            either(&mut terminate, &mut interrupt).await;
            std::process::exit(1);
        });
        Ok(Self(receiver))
    }

    /// Resolves when it is time to stop.
    pub async fn wait(mut self) {
        // An error means that the task above is gone with its runtime: stopping is right then too.
        let _ = self.0.wait_for(|stop| *stop).await;
    }
}

async fn either(terminate: &mut Signal, interrupt: &mut Signal) {
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
