//! `bab need list`: what companies look for, in lines.

use anyhow::Result;
use clap::ValueEnum;
use clap::builder::FalseyValueParser;
use serde_json::{Value, json};

use super::{text, words};
use crate::operator::Operator;
use crate::output;
use crate::settings::Database;
use crate::table::Table;

const DOCUMENT: &str = include_str!("../../../documents/needs.graphql");

/// How much of a description is listed, in characters.
const SUMMARY: usize = 60;

#[derive(clap::Args)]
pub struct List {
    /// How far they are.
    #[arg(long, env = "BAB_NEED_STATUS", value_enum, default_value = "going-on")]
    status: Status,

    /// How many to list.
    #[arg(
        long,
        env = "BAB_NEED_LIMIT",
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

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Status {
    /// Neither done nor dropped.
    GoingOn,
    Open,
    Introduced,
    UnderWay,
    Done,
    Dropped,
    All,
}

impl List {
    pub async fn run(self) -> Result<()> {
        let operator = Operator::open(&self.database).await?;
        let status = match self.status {
            Status::Open => json!("OPEN"),
            Status::Introduced => json!("INTRODUCED"),
            Status::UnderWay => json!("UNDER_WAY"),
            Status::Done => json!("DONE"),
            Status::Dropped => json!("DROPPED"),
            Status::GoingOn | Status::All => Value::Null,
        };
        let mut rows = Vec::new();
        let mut after = Value::Null;
        loop {
            let variables = json!({ "filter": { "status": status }, "after": after });
            let mut page = operator.run(DOCUMENT, variables).await?;
            if let Value::Array(nodes) = page["nodes"].take() {
                rows.extend(nodes.into_iter().filter(|need| self.lists(need)));
            }
            if page["pageInfo"]["hasNextPage"] != true || rows.len() > self.limit {
                break;
            }
            after = page["pageInfo"]["endCursor"].take();
        }
        let more = rows.len() > self.limit;
        rows.truncate(self.limit);
        if self.json {
            return output::line(&serde_json::to_string_pretty(&rows)?);
        }
        let mut table = Table::new(["key", "status", "company", "sector", "where", "asks for"]);
        for need in &rows {
            table.add([
                text(need, "key"),
                text(need, "status").to_lowercase(),
                text(need, "company"),
                text(need, "sector").to_lowercase(),
                text(&need["territory"], "name"),
                asked(need),
            ]);
        }
        let mut page = table.to_string();
        if more {
            page += "\n  … and more; --limit shows them";
        }
        output::line(&page)
    }

    fn lists(&self, need: &Value) -> bool {
        let over = need["status"] == "DONE" || need["status"] == "DROPPED";
        self.status != Status::GoingOn || !over
    }
}

/// What is asked for: the capabilities, else the words of the company.
fn asked(need: &Value) -> String {
    let capabilities = words(need, "capabilities");
    if !capabilities.is_empty() {
        return capabilities;
    }
    let words = text(need, "description");
    match words.chars().nth(SUMMARY) {
        None => words,
        Some(_) => words.chars().take(SUMMARY - 1).collect::<String>() + "…",
    }
}
