//! `bab health`: how fresh and how whole the data are.

use anyhow::Result;
use clap::builder::FalseyValueParser;
use serde_json::{Value, json};

use crate::operator::{Operator, shown};
use crate::output;
use crate::settings::Database;
use crate::table::Table;

/// Headlines that the table shows.
const HEADLINES: i64 = 20;
/// Headlines as JSON.
const ALL: i64 = 100;

#[derive(clap::Args)]
pub struct Health {
    /// Print everything as JSON.
    #[arg(long, env = "BAB_JSON", value_parser = FalseyValueParser::new())]
    json: bool,

    #[command(flatten)]
    database: Database,
}

impl Health {
    pub async fn run(self) -> Result<()> {
        let operator = Operator::open(&self.database).await?;
        let first = if self.json { ALL } else { HEADLINES };
        let health = operator
            .run(
                graphql::HEALTH_DOCUMENT,
                json!({ "first": first, "locale": "EN" }),
            )
            .await?;
        if self.json {
            return output::line(&serde_json::to_string_pretty(&health)?);
        }
        for line in lines(&health) {
            output::line(&line)?;
        }
        Ok(())
    }
}

fn lines(health: &Value) -> Vec<String> {
    let changed = |name: &str| match health[name]["recordedAt"].as_str() {
        None => "never".to_owned(),
        Some(at) => {
            let revision = health[name]["revision"].as_str().unwrap_or_default();
            format!("{at} (revision {revision})")
        }
    };
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().map(shown).unwrap_or_default();
    let periods = &health["periods"];
    let mut lines = vec![
        format!("last change             {}", changed("lastChange")),
        format!("last import             {}", changed("lastImport")),
        format!("open conflicts          {}", health["openConflicts"]),
        format!("inferred periods        {}", periods["inferred"]),
        format!("undated figures         {}", periods["undated"]),
        format!("undated targets         {}", periods["undatedTargets"]),
    ];
    let counts = list(&health["counts"]).into_iter().map(|count| {
        let concept = text(&count["concept"]).to_lowercase();
        format!("{} {}", count["count"], concept.replace('_', " "))
    });
    lines.push(format!(
        "counts                  {}",
        counts.collect::<Vec<_>>().join(", ")
    ));
    lines.push(String::new());
    lines.push("the oldest headlines, one an indicator".to_owned());
    let mut table = Table::new(["years", "period", "indicator", "place", "source"]);
    for headline in list(&health["oldestHeadlines"]) {
        let observation = &headline["observation"];
        let stale = if headline["isStale"] == true { "!" } else { "" };
        table.add([
            format!("{}{stale}", headline["ageYears"]),
            text(&observation["period"]),
            text(&observation["indicator"]["key"]),
            text(&observation["territory"]["key"]),
            text(&observation["source"]["key"]),
        ]);
    }
    lines.push(table.to_string());
    for sheet in list(&health["investorSheets"]) {
        let place = text(&sheet["territory"]["name"]);
        let unknown: Vec<_> = list(&sheet["unknown"]).iter().map(text).collect();
        let unknown = unknown.join(", ").to_lowercase().replace('_', " ");
        lines.push(String::new());
        lines.push(format!("what investors ask of {place}"));
        let mut table = Table::new(["question", "published", "latest"]);
        for entry in list(&sheet["entries"]) {
            let known = entry["isKnown"] == true;
            let count = entry["count"].to_string();
            table.add([
                text(&entry["question"]).to_lowercase().replace('_', " "),
                if known { count } else { "nothing".to_owned() },
                text(&entry["latest"]),
            ]);
        }
        lines.push(table.to_string());
        lines.push(match unknown.is_empty() {
            true => "  nothing is unknown".to_owned(),
            false => format!("  unknown: {unknown}"),
        });
    }
    lines
}
