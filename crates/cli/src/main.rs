//! The one executable, `bab`: settings in, one command run, an exit code out.

mod command;
mod copying;
mod delivering;
mod failure;
mod following;
mod log;
mod metrics;
mod operator;
mod output;
mod progress;
mod ready;
mod recording;
mod settings;
mod stop;
mod table;

use std::process::ExitCode;

use clap::Parser;

use command::Command;

/// The version, and the commit it was built from where that is known.
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), env!("BAB_BUILT_FROM"));

/// The offshoring ecosystem of Fès-Meknès: one sourced database, one GraphQL schema, several doors.
///
/// Every option can also be set by the environment variable named beside it. Exit codes: 0 done, 1 failed, 2 a setting
/// is wrong (the message names it).
#[derive(Parser)]
#[command(name = "bab", version = VERSION, propagate_version = true)]
struct Arguments {
    /// What to log, as `level` or `target=level,…`; logs go to standard error.
    #[arg(long, global = true, env = "RUST_LOG", value_name = "FILTER")]
    log: Option<String>,

    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Runtime::new().expect("the machine gives threads");
    let outcome = log::start(arguments.log.as_deref(), arguments.command.is_service())
        .and_then(|_log| runtime.block_on(arguments.command.run()));
    // A read of standard input cannot be called off: what still waits there must not keep the process.
    runtime.shutdown_background();
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failure::report(&error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn options_are_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_option_has_an_environment_variable() {
        let command = Arguments::command();
        for command in std::iter::once(&command).chain(command.get_subcommands()) {
            for option in command.get_opts() {
                assert!(
                    option.get_env().is_some(),
                    "{} --{:?}",
                    command.get_name(),
                    option.get_long()
                );
            }
        }
    }
}
