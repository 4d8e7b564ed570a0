//! `bab proposal`: what was proposed, looked at and decided, without leaving the terminal.

mod decide;
mod list;
mod make;
mod show;

use anyhow::Result;
use clap::Subcommand;
use serde_json::Value;

use crate::operator::shown;
pub use make::propose;

#[derive(clap::Args)]
pub struct Proposal {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// List what waits, the oldest first.
    List(list::List),
    /// Show one proposal: what would change, and where it was read.
    Show(show::Show),
    /// Take proposals over: they are facts at once.
    Accept(decide::Accept),
    /// Turn proposals down.
    Reject(decide::Reject),
    /// Propose what a JSON file says: the `input` of the mutation `propose`.
    Make(make::Make),
}

impl Proposal {
    pub async fn run(self) -> Result<()> {
        match self.action {
            Action::List(list) => list.run().await,
            Action::Show(show) => show.run().await,
            Action::Accept(accept) => accept.run().await,
            Action::Reject(reject) => reject.run().await,
            Action::Make(make) => make.run().await,
        }
    }
}

/// A field of a row, as text; nothing for null.
fn text(row: &Value, field: &str) -> String {
    row[field].as_str().map(shown).unwrap_or_default()
}

/// The longest summary, in characters.
const SUMMARY: usize = 90;

/// What would change, in one line.
fn summary(proposal: &Value) -> String {
    let changes = proposal["changes"].as_array().map(Vec::as_slice);
    let changes = changes.unwrap_or_default();
    // Of a new fact, what it is comes before what else is said of it.
    const FIRST: [&str; 8] = [
        "value",
        "valueMax",
        "indicator",
        "territory",
        "subject",
        "period",
        "name",
        "nameFr",
    ];
    let place = |change: &&Value| {
        let field = change["field"].as_str().unwrap_or_default();
        FIRST
            .iter()
            .position(|first| *first == field)
            .unwrap_or(FIRST.len())
    };
    let revises = proposal["action"] == "REVISE";
    let mut told: Vec<&Value> = changes
        .iter()
        .filter(|change| revises || !matches!(change["field"].as_str(), Some("key" | "source")))
        .collect();
    told.sort_by_key(place);
    let told = told.into_iter().map(|change| {
        let (before, after) = (text(change, "before"), text(change, "after"));
        match revises {
            true => format!(
                "{} {} → {}",
                text(change, "field"),
                or_none(&before),
                or_none(&after)
            ),
            false => after,
        }
    });
    let line = match proposal["action"].as_str() {
        Some("RETRACT") => format!("ends: {}", text(proposal, "note")),
        Some("READ") => {
            let spans = proposal["spans"].as_array();
            let words = spans.and_then(|spans| spans.first());
            format!(
                "to be read: {}",
                words.map(|words| text(words, "text")).unwrap_or_default()
            )
        }
        _ => told.collect::<Vec<_>>().join(" · "),
    };
    match line.chars().nth(SUMMARY) {
        None => line,
        Some(_) => line.chars().take(SUMMARY - 1).collect::<String>() + "…",
    }
}

fn or_none(text: &str) -> &str {
    match text {
        "" => "(nothing)",
        text => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_summary_says_what_would_change() {
        let revised = json!({ "action": "REVISE", "changes": [{ "field": "value", "before": "36", "after": "41" }, { "field": "note", "before": "x", "after": null }] });
        assert_eq!(summary(&revised), "value 36 → 41 · note x → (nothing)");
        let created = json!({ "action": "CREATE", "changes": [{ "field": "key", "after": "k" }, { "field": "name", "after": "Atlas\u{1b}[2J" }, { "field": "kind", "after": "company" }] });
        assert_eq!(summary(&created), "Atlas [2J · company");
        assert_eq!(
            summary(&json!({ "action": "RETRACT", "note": "closed" })),
            "ends: closed"
        );
        let read = json!({ "action": "READ", "spans": [{ "name": "sentence", "text": "they moved\nto Oujda" }] });
        assert_eq!(summary(&read), "to be read: they moved to Oujda");
    }
}
