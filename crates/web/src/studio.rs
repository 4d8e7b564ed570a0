//! The studio: drawings turned into files, off the threads that serve, a few at a time, the last ones kept.

use std::{
    num::NonZeroUsize,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use chart::{Picture, Undrawable};
use lru::LruCache;
use poem::http::StatusCode;
use tokio::sync::Semaphore;

use crate::refusal::Refusal;

/// Pictures kept as files; one has some 50 to 100 kB.
const KEPT: NonZeroUsize = NonZeroUsize::new(64).expect("not zero");

/// Pictures turned into files at once: each takes a core.
const AT_ONCE: usize = 2;

/// How long a picture may wait for its turn.
const PATIENCE: Duration = Duration::from_secs(5);

/// A format of pictures.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    Png,
    Svg,
}

impl Format {
    pub fn content_type(self) -> &'static str {
        match self {
            Format::Png => "image/png",
            Format::Svg => "image/svg+xml",
        }
    }

    fn of(self, picture: &Picture) -> Result<Vec<u8>, Undrawable> {
        match self {
            Format::Png => picture.png(),
            Format::Svg => picture.outlined().map(String::into_bytes),
        }
    }
}

/// Turns drawings into files, off the threads that serve, a few at a time, and keeps the last ones.
pub struct Studio {
    turns: Arc<Semaphore>,
    kept: Mutex<LruCache<Asked, Arc<[u8]>>>,
}

/// A drawing and the format it is wanted in.
type Asked = (Format, String);

impl Default for Studio {
    fn default() -> Self {
        Self {
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            kept: Mutex::new(LruCache::new(KEPT)),
        }
    }
}

impl Studio {
    pub async fn file(&self, picture: Picture, format: Format) -> Result<Arc<[u8]>, Refusal> {
        let asked = (format, picture.svg().to_owned());
        if let Some(file) = self.kept(&asked) {
            return Ok(file);
        }
        let turn = tokio::time::timeout(PATIENCE, self.turns.clone().acquire_owned()).await;
        let Ok(Ok(turn)) = turn else {
            return Err(Refusal::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "Too many charts are being drawn. Try again in a few seconds.",
            ));
        };
        // Somebody may have drawn the same while this one waited.
        if let Some(file) = self.kept(&asked) {
            return Ok(file);
        }
        let drawing = tokio::task::spawn_blocking(move || {
            let file = format.of(&picture);
            drop(turn);
            file
        });
        let file: Arc<[u8]> = match drawing.await {
            Ok(Ok(file)) => file.into(),
            Ok(Err(error)) => return Err(not_drawn(&error)),
            Err(error) => return Err(not_drawn(&error)),
        };
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.put(asked, file.clone());
        Ok(file)
    }

    fn kept(&self, asked: &Asked) -> Option<Arc<[u8]>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(asked).cloned()
    }
}

fn not_drawn(error: &dyn std::fmt::Display) -> Refusal {
    tracing::error!(%error, "a chart was not drawn");
    failed()
}

/// What a caller is told when a drawing failed.
pub fn failed() -> Refusal {
    Refusal::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        "The chart could not be drawn. Try again; if it persists, report the requestId.",
    )
}
