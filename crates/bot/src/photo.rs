//! The picture of an answer: drawn off the threads that wait for Telegram, one at a time.

use std::sync::Arc;
use std::time::Duration;

use chart::Chart;
use tokio::sync::Semaphore;

/// Pictures drawn at once: each takes a core.
const AT_ONCE: usize = 1;

/// How long a picture may take, waiting included; after that the answer goes without it.
const PATIENCE: Duration = Duration::from_secs(15);

/// A picture to send.
#[derive(Clone, Debug)]
pub struct Photo {
    pub png: Arc<[u8]>,
    /// The words under it are only its title: without the picture nothing is lost.
    pub alone: bool,
}

/// Draws pictures.
pub struct Studio {
    turns: Arc<Semaphore>,
}

impl Studio {
    pub fn new() -> Self {
        Self {
            turns: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    /// The chart as PNG; none when it took too long or could not be drawn, which the log tells.
    pub async fn png(&self, chart: &Chart, request_id: &str) -> Option<Arc<[u8]>> {
        let drawing = async {
            let turn = self.turns.clone().acquire_owned().await.ok()?;
            let chart = chart.clone();
            let drawn = tokio::task::spawn_blocking(move || {
                let png = chart::draw(&chart).png();
                drop(turn);
                png
            });
            match drawn.await {
                Ok(Ok(png)) => Some(Arc::from(png)),
                Ok(Err(error)) => {
                    tracing::error!(request_id, %error, "a chart was not drawn");
                    None
                }
                Err(error) => {
                    tracing::error!(request_id, %error, "a chart was not drawn");
                    None
                }
            }
        };
        match tokio::time::timeout(PATIENCE, drawing).await {
            Ok(png) => png,
            Err(_) => {
                tracing::warn!(request_id, "a chart took too long to draw");
                None
            }
        }
    }
}
