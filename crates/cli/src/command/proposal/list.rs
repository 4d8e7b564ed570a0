//! `bab proposal list`: what waits, in lines.

use std::collections::BTreeMap;

use anyhow::Result;
use clap::ValueEnum;
use clap::builder::FalseyValueParser;
use serde_json::{Value, json};

use super::{summary, text};
use crate::operator::Operator;
use crate::output;
use crate::settings::Database;
use crate::table::Table;

pub const DOCUMENT: &str = include_str!("../../../documents/proposals.graphql");

#[derive(clap::Args)]
pub struct List {
    /// What became of them.
    #[arg(long, env = "BAB_PROPOSAL_STATUS", value_enum, default_value = "open")]
    status: Status,

    /// Only those that were read in the text with this key.
    #[arg(long, env = "BAB_PROPOSAL_TEXT", value_name = "KEY")]
    text: Option<String>,

    /// How many to list.
    #[arg(
        long,
        env = "BAB_PROPOSAL_LIMIT",
        value_name = "COUNT",
        default_value_t = 100
    )]
    limit: usize,

    /// Print everything as JSON.
    #[arg(long, env = "BAB_JSON", value_parser = FalseyValueParser::new())]
    json: bool,

    #[command(flatten)]
    database: Database,
}

#[derive(Clone, Copy, ValueEnum)]
enum Status {
    Open,
    Accepted,
    Amended,
    Rejected,
    All,
}

impl List {
    pub async fn run(self) -> Result<()> {
        let operator = Operator::open(&self.database).await?;
        let status = match self.status {
            Status::Open => json!("OPEN"),
            Status::Accepted => json!("ACCEPTED"),
            Status::Amended => json!("AMENDED"),
            Status::Rejected => json!("REJECTED"),
            Status::All => Value::Null,
        };
        let filter = json!({ "status": status, "text": self.text });
        let (rows, total) = read(&operator, filter, self.limit).await?;
        if self.json {
            return output::line(&serde_json::to_string_pretty(&rows)?);
        }
        let mut table = Table::new(["key", "action", "concept", "fact", "by", "what"]);
        let mut texts: BTreeMap<String, (usize, String)> = BTreeMap::new();
        for row in &rows {
            let by = match row["keyPrefix"].as_str() {
                Some(prefix) => format!("{} {prefix}", text(row, "role").to_lowercase()),
                None => text(row, "role").to_lowercase(),
            };
            table.add([
                text(row, "key"),
                text(row, "action").to_lowercase(),
                text(row, "concept").to_lowercase(),
                text(row, "factKey"),
                by,
                summary(row),
            ]);
            if row["status"] == "OPEN" && row["text"].is_object() {
                let title = text(&row["text"], "title");
                let entry = texts.entry(text(&row["text"], "key"));
                entry.or_insert((0, title)).0 += 1;
            }
        }
        let mut page = table.to_string();
        if total > rows.len() {
            page += &format!("\n  … and {} more; --limit shows them", total - rows.len());
        }
        for (key, (number, title)) in texts {
            page += &format!(
                "\n\n{number} of the text {key} {title:?}; to take all of them over:\n  bab proposal accept --all-of {key} --reason \"…\""
            );
        }
        output::line(&page)
    }
}

/// The proposals that a filter leaves, the oldest first, and how many there are.
pub async fn read(operator: &Operator, filter: Value, most: usize) -> Result<(Vec<Value>, usize)> {
    let (mut rows, mut after) = (Vec::new(), Value::Null);
    loop {
        let variables = json!({ "filter": filter, "after": after });
        let mut page = operator.run(DOCUMENT, variables).await?;
        if let Value::Array(nodes) = page["nodes"].take() {
            rows.extend(nodes);
        }
        let more = page["pageInfo"]["hasNextPage"] == true;
        if !more || rows.len() >= most {
            let total = page["totalCount"].as_u64().unwrap_or_default();
            rows.truncate(most);
            return Ok((rows, usize::try_from(total)?));
        }
        after = page["pageInfo"]["endCursor"].take();
    }
}
