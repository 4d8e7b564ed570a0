//! `bab import PATH`: files to rows, all or nothing, with a report per file; or only what that would change.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::builder::FalseyValueParser;
use import::{Change, Comparison, Problem, Report};
use serde_json::{Value, json};

use crate::operator::shown;
use crate::settings::{Clock, Database};
use crate::{output, ready};

/// Changes that the terminal shows; `--json` gives every one.
const SHOWN: usize = 200;
/// Characters of a value that the terminal shows.
const VALUE: usize = 100;

#[derive(clap::Args)]
pub struct Import {
    /// A folder of CSV files named as in the shipped data, one of these files, an Excel workbook (.xlsx) with a sheet for each, JSON lines
    /// (.jsonl), or - for JSON lines from standard input. `bab export` writes all of them.
    #[arg(value_name = "PATH")]
    path: PathBuf,

    /// Show what would be new, changed, the same or refused, and write nothing.
    #[arg(long, env = "BAB_IMPORT_DRY_RUN", value_parser = FalseyValueParser::new())]
    dry_run: bool,

    /// Why: stands in the public history of every fact that changes.
    #[arg(long, env = "BAB_IMPORT_REASON", value_name = "TEXT", value_parser = reason)]
    reason: Option<String>,

    /// Print counts, changes and problems as JSON.
    #[arg(long, env = "BAB_JSON", value_parser = FalseyValueParser::new())]
    json: bool,

    #[command(flatten)]
    database: Database,

    #[command(flatten)]
    clock: Clock,
}

fn reason(text: &str) -> Result<String, String> {
    let text = text.trim();
    match text.is_empty() || text.chars().nth(1_000).is_some() || shown(text) != text {
        true => Err("one line of 1 to 1,000 characters".to_owned()),
        false => Ok(text.to_owned()),
    }
}

impl Import {
    pub async fn run(self) -> Result<()> {
        let store = ready::migrated(&self.database).await?;
        let comparison = ready::compare(&store, &self.path, &self.clock).await?;
        let problems = comparison.problems().total();
        let refused = || -> Result<()> { bail!("{problems} problem(s); nothing was changed") };
        if self.json {
            let mut told = told(&comparison);
            let written = !self.dry_run && problems == 0;
            if written {
                ready::write(&store, comparison, self.reason.as_deref(), &self.clock).await?;
            }
            told["written"] = written.into();
            output::line(&serde_json::to_string_pretty(&told)?)?;
            return if problems > 0 { refused() } else { Ok(()) };
        }
        if !self.dry_run {
            let report =
                ready::write(&store, comparison, self.reason.as_deref(), &self.clock).await?;
            return output::line(&report.to_string());
        }
        for line in diff(&comparison) {
            output::line(&line)?;
        }
        if problems > 0 {
            return refused();
        }
        output::line("a dry run: nothing was written")
    }
}

/// What a run would do, for people.
fn diff(comparison: &Comparison) -> Vec<String> {
    let changes = comparison.changes();
    let mut lines: Vec<_> = changes.iter().take(SHOWN).flat_map(changed).collect();
    if changes.len() > SHOWN {
        let more = changes.len() - SHOWN;
        lines.push(format!("… and {more} more changes; --json gives every one"));
    }
    if !comparison.problems().is_empty() {
        lines.push("refused:".to_owned());
        let shown_ones = comparison.problems().shown();
        lines.extend(
            shown_ones
                .iter()
                .map(|it| format!("  {}", shown(&it.to_string()))),
        );
        let more = comparison.problems().total() - shown_ones.len();
        if more > 0 {
            lines.push(format!("  … and {more} more"));
        }
    }
    lines.push(String::new());
    lines.push(comparison.report().to_string());
    lines.push(counted(comparison.report()));
    lines
}

fn changed(change: &Change) -> Vec<String> {
    let what = match change.change.as_str() {
        "created" => "new",
        "revised" => "changed",
        _ => "withdrawn",
    };
    let place = change.place.as_deref().unwrap_or("no row states it");
    let mut lines = vec![format!(
        "{what} {} {} ({})",
        change.concept,
        shown(&change.key),
        shown(place)
    )];
    if what == "changed" {
        let short = |value: &Option<String>| match value {
            None => "(empty)".to_owned(),
            Some(value) if value.chars().nth(VALUE).is_some() => {
                let begin: String = value.chars().take(VALUE).collect();
                format!("{} …", shown(&begin))
            }
            Some(value) => shown(value),
        };
        let fields = change.fields.iter().map(|field| {
            let (before, after) = (short(&field.before), short(&field.after));
            format!("    {}: {before} → {after}", field.field)
        });
        lines.extend(fields);
    }
    lines
}

/// One line that says it all.
fn counted(report: &Report) -> String {
    let tallies = report.files.iter().map(|file| file.tally);
    let tallies: Vec<_> = tallies.chain([report.figures.tally]).collect();
    let sum = |of: fn(&import::Tally) -> usize| tallies.iter().map(of).sum::<usize>();
    let refused: u64 = report.files.iter().map(|file| file.refused).sum();
    format!(
        "{} new, {} changed, {} withdrawn, {} the same, {refused} refused",
        sum(|it| it.new),
        sum(|it| it.changed),
        report.figures.withdrawn,
        sum(|it| it.unchanged),
    )
}

/// What a run would do, for programs.
fn told(comparison: &Comparison) -> Value {
    let report = comparison.report();
    let files = report.files.iter().map(|file| {
        json!({
            "table": file.name,
            "rows": file.rows,
            "new": file.tally.new,
            "changed": file.tally.changed,
            "same": file.tally.unchanged,
            "kept": file.tally.kept,
            "refused": file.refused,
        })
    });
    let figures = &report.figures;
    json!({
        "files": files.collect::<Vec<_>>(),
        "figures": {
            "stated": figures.merged,
            "new": figures.tally.new,
            "changed": figures.tally.changed,
            "same": figures.tally.unchanged,
            "withdrawn": figures.withdrawn,
        },
        "ignored": report.ignored,
        "changes": comparison.changes(),
        "problems": comparison.problems().shown().iter().map(problem).collect::<Vec<_>>(),
        "problemCount": comparison.problems().total(),
    })
}

fn problem(problem: &Problem) -> Value {
    let mut value = json!(problem);
    value["message"] = problem.to_string().into();
    value
}
