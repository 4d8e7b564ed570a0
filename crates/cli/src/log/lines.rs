//! Lines of the log, written together: many requests in a second are few calls of the system. A warning is written at once, with
//! all that was said before it.

use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use tracing_subscriber::fmt::MakeWriter;

/// How long a line may wait, and how many bytes of them.
const PATIENCE: Duration = Duration::from_millis(100);
const ROOM: usize = 16 * 1024;

/// Where lines wait to be written.
#[derive(Clone)]
pub struct Lines(Arc<Inner>);

struct Inner {
    waiting: Mutex<Waiting>,
    some: Condvar,
}

struct Waiting {
    lines: Vec<u8>,
    to: Box<dyn Write + Send>,
}

impl Waiting {
    /// Nobody is left to be told when the log cannot be written.
    fn write(&mut self) {
        let _ = self.to.write_all(&self.lines);
        self.lines.clear();
    }
}

impl Lines {
    /// Lines that a thread of their own writes, a little later.
    pub fn start(to: impl Write + Send + 'static) -> io::Result<Self> {
        let lines = Self(Arc::new(Inner {
            waiting: Mutex::new(Waiting {
                lines: Vec::new(),
                to: Box::new(to),
            }),
            some: Condvar::new(),
        }));
        let own = lines.clone();
        thread::Builder::new()
            .name("log".into())
            .spawn(move || own.write_again_and_again())?;
        Ok(lines)
    }

    /// Writes what waits.
    pub fn flush(&self) {
        self.lock().write();
    }

    fn write_again_and_again(&self) {
        loop {
            let waiting = self.lock();
            let waiting = self
                .0
                .some
                .wait_while(waiting, |waiting| waiting.lines.is_empty());
            drop(waiting.unwrap_or_else(PoisonError::into_inner));
            thread::sleep(PATIENCE);
            self.flush();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        let waiting = self.0.waiting.lock();
        waiting.unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes the lines of one event.
pub struct Line<'a> {
    lines: &'a Lines,
    at_once: bool,
}

impl Write for Line<'_> {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        let mut waiting = self.lines.lock();
        let first = waiting.lines.is_empty();
        waiting.lines.extend_from_slice(text);
        if self.at_once || waiting.lines.len() > ROOM {
            waiting.write();
        } else if first {
            self.lines.0.some.notify_one();
        }
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.lines.flush();
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Line<'a>;

    fn make_writer(&'a self) -> Line<'a> {
        Line {
            lines: self,
            at_once: true,
        }
    }

    fn make_writer_for(&'a self, event: &tracing::Metadata<'_>) -> Line<'a> {
        Line {
            lines: self,
            at_once: *event.level() <= tracing::Level::WARN,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn lines_wait_a_moment_and_a_warning_takes_them_with_it() {
        let (mut read, write) = io::pipe().expect("a pipe");
        let lines = Lines::start(write).expect("a thread");
        let log = tracing_subscriber::fmt()
            .with_ansi(false)
            .without_time()
            .with_writer(lines)
            .finish();
        let mut until = move |end: &str| {
            let (mut text, mut buffer) = (String::new(), [0; 1024]);
            while !text.ends_with(end) {
                let length = read.read(&mut buffer).expect("lines");
                text.push_str(&String::from_utf8_lossy(&buffer[..length]));
            }
            text
        };
        tracing::subscriber::with_default(log, || {
            tracing::info!("one");
            tracing::warn!("two");
            assert!(until("two\n").contains("one\n"));
            tracing::info!("three");
            assert!(until("three\n").contains("INFO"));
        });
    }
}
