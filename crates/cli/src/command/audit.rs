//! `bab audit`: every write, for people as a table, for programs as JSON lines.

use anyhow::Result;
use chrono::NaiveDate;
use clap::builder::FalseyValueParser;
use serde_json::{Value, json};

use crate::operator::{Operator, shown};
use crate::output;
use crate::settings::{Database, date};
use crate::table::Table;

const DOCUMENT: &str = include_str!("../../documents/audit.graphql");

/// Entries read at once.
const PAGE: usize = 100;

#[derive(clap::Args)]
pub struct Audit {
    /// The first day, as YYYY-MM-DD (UTC).
    #[arg(long, env = "BAB_AUDIT_SINCE", value_name = "DATE", value_parser = date)]
    since: Option<NaiveDate>,

    /// The last day, as YYYY-MM-DD (UTC).
    #[arg(long, env = "BAB_AUDIT_UNTIL", value_name = "DATE", value_parser = date)]
    until: Option<NaiveDate>,

    /// Only the fact with this key.
    #[arg(long, env = "BAB_AUDIT_FACT", value_name = "KEY")]
    fact: Option<String>,

    /// Only the proposal with this key, and what came of it.
    #[arg(long, env = "BAB_AUDIT_PROPOSAL", value_name = "KEY")]
    proposal: Option<String>,

    /// How many entries the table shows, the newest first.
    #[arg(
        long,
        env = "BAB_AUDIT_LIMIT",
        value_name = "COUNT",
        default_value_t = 50
    )]
    limit: usize,

    /// Print every entry as JSON, one a line, the oldest first.
    #[arg(long, env = "BAB_JSON", value_parser = FalseyValueParser::new())]
    json: bool,

    #[command(flatten)]
    database: Database,
}

impl Audit {
    pub async fn run(self) -> Result<()> {
        let operator = Operator::open(&self.database).await?;
        let day = |day: NaiveDate| format!("{day}T00:00:00Z");
        let filter = json!({
            "since": self.since.map(day),
            "until": self.until.and_then(|last| last.succ_opt()).map(day),
            "factKey": self.fact,
            "proposalKey": self.proposal,
        });
        let mut left = if self.json { usize::MAX } else { self.limit };
        let order = if self.json {
            "OLDEST_FIRST"
        } else {
            "NEWEST_FIRST"
        };
        let mut table = Table::new(["when", "by", "what", "concept", "fact", "change", "why"]);
        let mut after = Value::Null;
        while left > 0 {
            let variables = json!({ "filter": filter, "first": left.min(PAGE), "after": after, "order": order });
            let mut page = operator.run(DOCUMENT, variables).await?;
            let rows = page["nodes"].as_array().cloned().unwrap_or_default();
            left = left.saturating_sub(rows.len());
            for row in &rows {
                match self.json {
                    true => output::line(&row.to_string())?,
                    false => table.add(line(row)),
                }
            }
            if page["pageInfo"]["hasNextPage"] != true {
                break;
            }
            after = page["pageInfo"]["endCursor"].take();
        }
        match self.json {
            true => Ok(()),
            false => output::line(&table.to_string()),
        }
    }
}

fn line(row: &Value) -> [String; 7] {
    let text = |field: &str| row[field].as_str().map(shown).unwrap_or_default();
    let changes = row["changes"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let changes: Vec<_> = changes
        .iter()
        .filter_map(|change| change["field"].as_str())
        .collect();
    let changes = match changes.len() {
        0..=4 => changes.join(", "),
        many => format!("{many} fields"),
    };
    let by = match row["keyPrefix"].as_str() {
        Some(prefix) => format!("{} {prefix}", text("role").to_lowercase()),
        None => text("role").to_lowercase(),
    };
    let when = text("recordedAt").chars().take(19).collect::<String>();
    [
        when.replace('T', " "),
        by,
        text("action").to_lowercase(),
        text("concept").to_lowercase(),
        text("factKey"),
        changes,
        text("reason"),
    ]
}
