//! `bab proposal show`: one proposal with its reasons.

use anyhow::{Result, bail};
use clap::builder::FalseyValueParser;
use serde_json::{Value, json};

use super::{or_none, text};
use crate::operator::Operator;
use crate::output;
use crate::settings::Database;

pub const DOCUMENT: &str = include_str!("../../../documents/proposal.graphql");

#[derive(clap::Args)]
pub struct Show {
    /// The key of the proposal, as `bab proposal list` shows it.
    #[arg(value_name = "KEY")]
    key: String,

    /// Print as JSON.
    #[arg(long, env = "BAB_JSON", value_parser = FalseyValueParser::new())]
    json: bool,

    #[command(flatten)]
    database: Database,
}

impl Show {
    pub async fn run(self) -> Result<()> {
        let operator = Operator::open(&self.database).await?;
        let found = operator.run(DOCUMENT, json!({ "key": self.key })).await?;
        if found.is_null() {
            bail!(
                "no proposal has the key {:?}; `bab proposal list` shows them",
                self.key
            );
        }
        match self.json {
            true => output::line(&serde_json::to_string_pretty(&found)?),
            false => output::line(&readable(&found)),
        }
    }
}

fn readable(proposal: &Value) -> String {
    let list = |row: &Value, field: &str| row[field].as_array().cloned().unwrap_or_default();
    let mut page = format!(
        "{} {} {} ({})\n",
        text(proposal, "action").to_lowercase(),
        text(proposal, "concept").to_lowercase(),
        text(proposal, "factKey"),
        text(proposal, "status").to_lowercase()
    );
    for change in list(proposal, "changes") {
        let (before, after) = (text(&change, "before"), text(&change, "after"));
        page += &match before.is_empty() {
            true => format!("  {}: {after}\n", text(&change, "field")),
            false => format!(
                "  {}: {before} → {}\n",
                text(&change, "field"),
                or_none(&after)
            ),
        };
    }
    if !list(proposal, "newSource").is_empty() {
        page += "with a new source\n";
        for field in list(proposal, "newSource") {
            page += &format!("  {}: {}\n", text(&field, "field"), text(&field, "after"));
        }
    }
    if proposal["text"].is_object() {
        let found = &proposal["text"];
        let about = ["title", "publisher", "publishedOn", "url"].map(|field| text(found, field));
        let about = about.into_iter().filter(|part| !part.is_empty());
        page += &format!(
            "read in {} {}\n",
            text(found, "key"),
            about.collect::<Vec<_>>().join(", ")
        );
        for span in list(proposal, "spans") {
            page += &format!("  {}: “{}”\n", text(&span, "name"), text(&span, "text"));
        }
    }
    for (field, title) in [("note", "note"), ("decisionReason", "decided")] {
        if !text(proposal, field).is_empty() {
            page += &format!("{title}: {}\n", text(proposal, field));
        }
    }
    page += &format!(
        "proposed by {} on {}, version {}",
        text(proposal, "role").to_lowercase(),
        text(proposal, "createdAt"),
        proposal["version"]
    );
    page
}
