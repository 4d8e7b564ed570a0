//! What went wrong, for a person and for the shell: 2 when a setting is to be mended, 1 otherwise.

use std::process::ExitCode;

/// A setting that cannot be used. The message names the setting and the fix.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Setting(pub String);

/// Prints the error and chooses the exit code.
pub fn report(error: &anyhow::Error) -> ExitCode {
    if is_closed_pipe(error) {
        return ExitCode::SUCCESS;
    }
    eprintln!("bab: {error:#}");
    ExitCode::from(if is_setting(error) { 2 } else { 1 })
}

fn is_setting(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.is::<Setting>()
            || cause.is::<bot::InvalidSetting>()
            || matches!(cause.downcast_ref(), Some(bot::Error::Token))
            || matches!(cause.downcast_ref(), Some(store::Error::Url { .. }))
            || matches!(cause.downcast_ref(), Some(import::Error::Folder { .. }))
    })
}

/// The reader of our output (`head`) has seen enough.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let kind = error
        .root_cause()
        .downcast_ref::<std::io::Error>()
        .map(std::io::Error::kind);
    kind == Some(std::io::ErrorKind::BrokenPipe)
}
