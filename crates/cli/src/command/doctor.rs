//! `bab doctor`: whether `bab serve` would do well here, with the settings it would have, and what to do where not.

mod finding;
mod machine;
mod setting;
mod stored;

use anyhow::{Result, bail};
use clap::builder::FalseyValueParser;

use super::serve::Serve;
use crate::output;
use finding::{Finding, State};

#[derive(clap::Args)]
pub struct Doctor {
    /// Ask Telegram for the name of the bot, too.
    #[arg(long, env = "BAB_ONLINE", value_parser = FalseyValueParser::new())]
    online: bool,

    /// Print everything as JSON.
    #[arg(long, env = "BAB_JSON", value_parser = FalseyValueParser::new())]
    json: bool,

    #[command(flatten)]
    serve: Serve,
}

impl Doctor {
    pub async fn run(self) -> Result<()> {
        let mut findings = vec![Finding::good("program", crate::VERSION)];
        findings.extend(setting::examine(&self.serve, self.online).await);
        findings.extend(stored::examine(&self.serve).await);
        findings.extend(machine::examine());
        let count = |state| findings.iter().filter(|one| one.state == state).count();
        let (warnings, failures) = (count(State::Warning), count(State::Failure));
        if self.json {
            let report = serde_json::json!({ "failures": failures, "warnings": warnings, "checks": findings });
            output::line(&serde_json::to_string_pretty(&report)?)?;
        } else {
            for finding in &findings {
                output::line(&finding.to_string())?;
            }
        }
        match failures {
            0 => Ok(()),
            _ => bail!("{failures} of {} checks failed", findings.len()),
        }
    }
}
