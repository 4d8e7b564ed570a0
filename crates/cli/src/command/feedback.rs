//! `bab feedback`: what people say of the answers, for the people who look after the data.

use anyhow::Result;
use chrono::NaiveDate;
use clap::Subcommand;
use clap::builder::FalseyValueParser;
use serde_json::json;
use store::feedback::summary::{self, Kept, Reported, Span, Unanswered};

use crate::settings::{Database, date};
use crate::table::Table;
use crate::{output, ready};

#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Feedback {
    #[command(subcommand)]
    action: Option<Action>,

    #[command(flatten)]
    show: Show,
}

#[derive(Subcommand)]
enum Action {
    /// Delete the kept questions; the counts stay.
    Forget(Forget),
}

#[derive(clap::Args)]
struct Show {
    /// The first day, as YYYY-MM-DD (UTC).
    #[arg(long, env = "BAB_FEEDBACK_SINCE", value_name = "DATE", value_parser = date)]
    since: Option<NaiveDate>,

    /// The last day, as YYYY-MM-DD (UTC).
    #[arg(long, env = "BAB_FEEDBACK_UNTIL", value_name = "DATE", value_parser = date)]
    until: Option<NaiveDate>,

    /// How many kept questions to show, newest first.
    #[arg(
        long,
        env = "BAB_FEEDBACK_LIMIT",
        value_name = "COUNT",
        default_value_t = 50
    )]
    limit: u32,

    /// Print everything as JSON.
    #[arg(long, env = "BAB_JSON", value_parser = FalseyValueParser::new())]
    json: bool,

    #[command(flatten)]
    database: Database,
}

#[derive(clap::Args)]
struct Forget {
    /// Only those of the days before this one, as YYYY-MM-DD (UTC); all of them when absent.
    #[arg(long, env = "BAB_FEEDBACK_BEFORE", value_name = "DATE", value_parser = date)]
    before: Option<NaiveDate>,

    #[command(flatten)]
    database: Database,
}

impl Feedback {
    pub async fn run(self) -> Result<()> {
        match self.action {
            Some(Action::Forget(forget)) => forget.run().await,
            None => self.show.run().await,
        }
    }
}

impl Forget {
    async fn run(self) -> Result<()> {
        let store = ready::migrated(&self.database).await?;
        let texts = store::feedback::forget(&store, self.before).await?;
        output::line(&format!(
            "{texts} kept questions were deleted; the counts stay."
        ))
    }
}

impl Show {
    async fn run(self) -> Result<()> {
        let store = ready::migrated(&self.database).await?;
        let span = Span {
            since: self.since,
            until: self.until,
        };
        let unanswered = summary::unanswered(&store, span).await?;
        let reported = summary::reported(&store, span).await?;
        let kept = summary::kept(&store, span, self.limit.into()).await?;
        if self.json {
            let everything =
                json!({ "unanswered": unanswered, "reported": reported, "kept": kept });
            return output::line(&serde_json::to_string_pretty(&everything)?);
        }
        let parts = [
            ("Questions without an answer", unanswered_table(&unanswered)),
            ("Answers marked wrong", reported_table(&reported)),
            ("Kept questions, newest first", kept_table(&kept)),
        ];
        let parts = parts.map(|(title, table)| format!("{title}\n{table}"));
        output::line(&parts.join("\n\n"))
    }
}

fn unanswered_table(rows: &[Unanswered]) -> Table {
    let mut table = Table::new(["times", "reason", "kind", "language", "first", "last"]);
    for row in rows {
        table.add([
            row.times.to_string(),
            row.reason.clone(),
            row.kind.clone(),
            row.form.clone(),
            row.first.to_string(),
            row.last.to_string(),
        ]);
    }
    table
}

fn reported_table(rows: &[Reported]) -> Table {
    let mut table = Table::new([
        "times",
        "problem",
        "kind",
        "indicator",
        "territory",
        "about",
        "first",
        "last",
    ]);
    let given = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
    for row in rows {
        let kind = match &row.reason {
            Some(reason) => format!("{} ({reason})", row.kind),
            None => row.kind.clone(),
        };
        table.add([
            row.times.to_string(),
            row.problem.to_string(),
            kind,
            given(&row.indicator),
            given(&row.territory),
            given(&row.subject),
            row.first.to_string(),
            row.last.to_string(),
        ]);
    }
    table
}

fn kept_table(rows: &[Kept]) -> Table {
    let mut table = Table::new(["day", "times", "because", "language", "question"]);
    for row in rows {
        let because = row.problem.map(|problem| problem.to_string());
        let because = because.or_else(|| row.reason.clone()).unwrap_or_default();
        let comment = row.comment.as_ref();
        let comment = comment.map(|comment| format!(" — {comment}"));
        table.add([
            row.day.to_string(),
            row.times.to_string(),
            because,
            row.form.clone(),
            format!("{}{}", row.question, comment.unwrap_or_default()),
        ]);
    }
    table
}
