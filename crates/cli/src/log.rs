//! Logs on standard error: lines for a person at a terminal, JSON otherwise.

use std::io::IsTerminal;

use anyhow::Result;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::failure::Setting;

/// Services say what they do; a command that prints a result only says what is wrong.
/// What assistants send is not for the log: rmcp writes it at `info` and `warn`.
const SERVICE: &str = "info,rmcp=error,sqlx=warn,sea_orm_migration=warn";
const COMMAND: &str = "warn,rmcp=error";

/// Starts logging. An invalid filter is an error of the setting `RUST_LOG`.
pub fn start(filter: Option<&str>, is_service: bool) -> Result<()> {
    let filter = filter.filter(|filter| !filter.trim().is_empty());
    let filter = filter.unwrap_or(if is_service { SERVICE } else { COMMAND });
    let filter = EnvFilter::builder().parse(filter).map_err(|error| {
        Setting(format!("RUST_LOG (--log) {filter:?} is not a filter ({error}): write for example info or bot=debug,warn"))
    })?;
    let registry = tracing_subscriber::registry().with(filter);
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() {
        registry.with(lines.with_target(false)).init();
    } else {
        registry.with(lines.json().flatten_event(true)).init();
    }
    Ok(())
}
