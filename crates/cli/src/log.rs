//! Logs on standard error: lines for a person at a terminal, JSON otherwise.

mod lines;

use std::io::IsTerminal;

use anyhow::{Context, Result};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::failure::Setting;
use lines::Lines;

/// Services say what they do; a command that prints a result only says what is wrong.
/// What assistants send is not for the log: rmcp writes it at `info` and `warn`.
const SERVICE: &str = "info,rmcp=error,sqlx=warn,sea_orm_migration=warn";
const COMMAND: &str = "warn,rmcp=error";

/// The log that was started; nothing of it waits any more when this is dropped.
pub struct Log(Option<Lines>);

impl Drop for Log {
    fn drop(&mut self) {
        if let Some(lines) = &self.0 {
            lines.flush();
        }
    }
}

/// Starts logging. An invalid filter is an error of the setting `RUST_LOG`.
pub fn start(filter: Option<&str>, is_service: bool) -> Result<Log> {
    let filter = filter.filter(|filter| !filter.trim().is_empty());
    let filter = filter.unwrap_or(if is_service { SERVICE } else { COMMAND });
    let filter = EnvFilter::builder().parse(filter).map_err(|error| {
        Setting(format!("RUST_LOG (--log) {filter:?} is not a filter ({error}): write for example info or bot=debug,warn"))
    })?;
    let registry = tracing_subscriber::registry().with(filter);
    if std::io::stderr().is_terminal() {
        let lines = tracing_subscriber::fmt::layer().with_target(false);
        registry.with(lines.with_writer(std::io::stderr)).init();
        return Ok(Log(None));
    }
    let json = tracing_subscriber::fmt::layer().json().flatten_event(true);
    if !is_service {
        registry.with(json.with_writer(std::io::stderr)).init();
        return Ok(Log(None));
    }
    let lines = Lines::start(std::io::stderr()).context("the log could not be started")?;
    registry.with(json.with_writer(lines.clone())).init();
    Ok(Log(Some(lines)))
}
