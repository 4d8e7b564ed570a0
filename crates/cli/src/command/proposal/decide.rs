//! `bab proposal accept` and `reject`: by key, or all of one text.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::builder::FalseyValueParser;
use serde_json::{Value, json};

use super::{list, text};
use crate::failure::Setting;
use crate::operator::{Operator, refused};
use crate::output;
use crate::settings::Database;

const ACCEPT: &str = include_str!("../../../documents/accept_proposal.graphql");
const REJECT: &str = include_str!("../../../documents/reject_proposal.graphql");

/// How many proposals of a text are decided at once.
const MOST: usize = 10_000;

#[derive(clap::Args)]
struct Which {
    /// The keys of the proposals, as `bab proposal list` shows them.
    #[arg(
        value_name = "KEY",
        required_unless_present = "all_of",
        conflicts_with = "all_of"
    )]
    keys: Vec<String>,

    /// All that waits of the text with this key.
    #[arg(long, env = "BAB_PROPOSAL_ALL_OF", value_name = "TEXT")]
    all_of: Option<String>,

    /// Why; of what is accepted it stands in the public history of the fact.
    #[arg(long, env = "BAB_REASON", value_name = "TEXT")]
    reason: String,

    /// Print what became of each as JSON.
    #[arg(long, env = "BAB_JSON", value_parser = FalseyValueParser::new())]
    json: bool,

    #[command(flatten)]
    database: Database,
}

#[derive(clap::Args)]
pub struct Accept {
    #[command(flatten)]
    which: Which,

    /// A JSON file with the fact as it should be, when not as proposed; one proposal at a time. `{"observation": {…}}`, as in the
    /// mutation `acceptProposal`.
    #[arg(long, env = "BAB_PROPOSAL_AMENDED", value_name = "FILE")]
    amended: Option<PathBuf>,
}

#[derive(clap::Args)]
pub struct Reject {
    #[command(flatten)]
    which: Which,
}

impl Accept {
    pub async fn run(self) -> Result<()> {
        let operator = Operator::open(&self.which.database).await?;
        let waiting = self.which.read(&operator).await?;
        let amended = match &self.amended {
            None => Value::Null,
            Some(_) if waiting.len() != 1 => {
                let message = "--amended is what one proposal should say; give one key";
                return Err(Setting(message.to_owned()).into());
            }
            Some(file) => {
                let read = std::fs::read_to_string(file);
                let read = read.with_context(|| format!("reading {}", file.display()))?;
                serde_json::from_str(&read)
                    .with_context(|| format!("{} is no JSON", file.display()))?
            }
        };
        self.which
            .decide(&operator, ACCEPT, waiting, &amended)
            .await
    }
}

impl Reject {
    pub async fn run(self) -> Result<()> {
        let operator = Operator::open(&self.which.database).await?;
        let waiting = self.which.read(&operator).await?;
        self.which
            .decide(&operator, REJECT, waiting, &Value::Null)
            .await
    }
}

impl Which {
    /// The proposals that are meant.
    async fn read(&self, operator: &Operator) -> Result<Vec<Value>> {
        if let Some(of) = &self.all_of {
            let filter = json!({ "text": of, "status": "OPEN" });
            let (rows, _) = list::read(operator, filter, MOST).await?;
            if rows.is_empty() {
                bail!(
                    "nothing waits of a text {of:?}; `bab proposal list` shows the keys of texts"
                );
            }
            return Ok(rows);
        }
        let mut rows = Vec::new();
        for key in &self.keys {
            let document = super::show::DOCUMENT;
            let found = operator.run(document, json!({ "key": key })).await?;
            if found.is_null() {
                bail!("no proposal has the key {key:?}; `bab proposal list` shows them");
            }
            rows.push(found);
        }
        Ok(rows)
    }

    /// Decides one after the other. What waits for another to be accepted is tried again after it.
    async fn decide(
        &self,
        operator: &Operator,
        document: &str,
        mut waiting: Vec<Value>,
        amended: &Value,
    ) -> Result<()> {
        let (mut done, mut failed) = (Vec::new(), Vec::new());
        loop {
            let before = done.len();
            failed.clear();
            for proposal in std::mem::take(&mut waiting) {
                let mut input = json!({
                    "key": proposal["key"], "expectedVersion": proposal["version"], "reason": self.reason,
                });
                if !amended.is_null() {
                    input["amended"] = amended.clone();
                }
                let payload = operator.run(document, json!({ "input": input })).await?;
                match refused(&payload) {
                    None => {
                        let decided = payload["proposal"].clone();
                        if !self.json {
                            output::line(&line(&decided))?;
                        }
                        done.push(decided);
                    }
                    Some(message) => {
                        let missing = payload["userErrors"][0]["code"] == "NOT_FOUND";
                        failed.push((text(&proposal, "key"), message));
                        if missing {
                            waiting.push(proposal);
                        }
                    }
                }
            }
            if waiting.is_empty() || done.len() == before {
                break;
            }
        }
        self.tell(&done, &failed)
    }

    fn tell(&self, done: &[Value], failed: &[(String, String)]) -> Result<()> {
        if self.json {
            let failed: Vec<_> = failed
                .iter()
                .map(|(key, message)| json!({ "key": key, "message": message }))
                .collect();
            let told = json!({ "decided": done, "failed": failed });
            output::line(&serde_json::to_string_pretty(&told)?)?;
        }
        if failed.is_empty() {
            return Ok(());
        }
        let lines: Vec<_> = failed
            .iter()
            .map(|(key, message)| format!("\n  {key}: {message}"))
            .collect();
        bail!(
            "{} of {} were not decided:{}",
            failed.len(),
            done.len() + failed.len(),
            lines.concat()
        )
    }
}

/// What became of a proposal, told as soon as it is so.
fn line(proposal: &Value) -> String {
    format!(
        "{} {} {} {}",
        text(proposal, "key"),
        text(proposal, "status").to_lowercase(),
        text(proposal, "concept").to_lowercase(),
        text(proposal, "factKey")
    )
}
