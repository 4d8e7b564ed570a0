//! `importFacts`: a file of facts, held against the database and taken whole, or only told what it would change. The terminal's
//! `bab import` reads, compares and writes by the same code.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, InputObject, OneofObject, Result, SimpleObject};
use base64::{Engine, engine::general_purpose::STANDARD};
use import::{Comparison, Error, Format, Options, Stored};
use store::{Refused, audit_entry as audit};

use crate::{
    author,
    change::{self, FieldChange},
    error::{from_store, internal},
    fact::Check,
    record, service,
    subscription::Change,
    user_error::{UserError, UserErrorCode as Code, of_refusal},
    vocabulary::ConceptKind,
};

/// Longest name of a file, in characters.
const NAME: usize = 100;
/// Largest file, in bytes: what a request holds.
const BYTES: usize = 1 << 20;
/// Most rows in a file. More are taken in the terminal, where nobody waits for an answer.
const ROWS: u64 = 5_000;

/// What a file holds.
#[derive(OneofObject, Clone, Debug)]
pub enum ImportContentInput {
    /// CSV or JSON lines, as they are.
    Text(String),
    /// Any file, a workbook too, as base64.
    Base64(String),
}

/// A file of facts, as `bab export` writes it.
#[derive(InputObject, Clone, Debug)]
pub struct ImportFactsInput {
    /// What the file is called: `sites.csv` for rows of the table sites; any name that ends in `.jsonl` or `.xlsx` for JSON lines or a
    /// workbook. At most 100 characters; it stands in the public history of what changes.
    name: String,
    /// What it holds: at most 1 MiB, with all that is sent, and 5,000 rows.
    content: ImportContentInput,
    /// Only tell what it would change, and write nothing.
    #[graphql(default = true)]
    dry_run: bool,
    /// The `revision` that a dry run told: nothing is written when the data changed since. Needed unless it is a dry run.
    expected_revision: Option<String>,
    /// Why, at most 1,000 characters. It stands in the public history of every fact that changes. Needed unless it is a dry run.
    reason: Option<String>,
    /// Any text of at most 128 visible ASCII characters, new for each request. A request sent again with the same key changes nothing.
    idempotency_key: Option<String>,
}

/// What a file changed, or would change.
#[derive(SimpleObject, Default)]
#[graphql(complex)]
pub struct ImportFactsPayload {
    /// Whether the facts are in force as the file says.
    written: bool,
    /// The revision of the data, as text: in a dry run the one it was held against, else the one the data have since. Null when nothing was
    /// compared.
    revision: Option<String>,
    /// The tables that the file has rows of. Empty for a request that was carried out before.
    tables: Vec<ImportedTable>,
    #[graphql(skip)]
    changes: Vec<ImportedChange>,
    /// What is wrong with the file, the first 100. Nothing is written unless there is nothing.
    problems: Vec<ImportProblem>,
    /// How much is wrong with it.
    problem_count: u64,
    /// Why nothing was written; empty when it was, and in a dry run of a file that can be read.
    user_errors: Vec<UserError>,
}

#[ComplexObject]
impl ImportFactsPayload {
    /// The facts that are new, other than they were, or gone; figures that a column states are facts of their own. Rows with a problem are not
    /// among them.
    async fn changes(
        &self,
        #[graphql(
            desc = "1 to 100.",
            default = 100,
            validator(minimum = 1, maximum = 100)
        )]
        first: i32,
        #[graphql(
            desc = "How many to pass over first.",
            default = 0,
            validator(minimum = 0)
        )]
        skip: i32,
    ) -> Vec<ImportedChange> {
        let number = |number: i32| usize::try_from(number).unwrap_or_default();
        let changes = self.changes.iter().skip(number(skip));
        changes.take(number(first)).cloned().collect()
    }

    /// How many changes there are.
    async fn change_count(&self) -> usize {
        self.changes.len()
    }
}

/// The rows of a table, by what becomes of them.
#[derive(SimpleObject)]
pub struct ImportedTable {
    /// Its name: `sites`.
    table: String,
    /// How many rows the file has.
    rows: u64,
    /// Rows whose key was not known.
    new: usize,
    /// Rows that say something else than what is in force.
    changed: usize,
    /// Rows that say what is in force.
    same: usize,
    /// Rows with a problem.
    refused: u64,
}

/// A fact that a file changes.
#[derive(SimpleObject, Clone)]
pub struct ImportedChange {
    /// Its kind.
    concept: ConceptKind,
    /// Its key.
    fact_key: String,
    /// What happens to it.
    change: Change,
    /// The row that says so: file and line, or sheet and row. Null for a figure that no row states any more, and for a request that was carried
    /// out before.
    place: Option<String>,
    /// The fields that differ.
    changes: Vec<FieldChange>,
}

/// What is wrong with a file.
#[derive(SimpleObject)]
pub struct ImportProblem {
    /// The line, from 1; null when the whole file is meant.
    line: Option<u64>,
    /// The column, by its name.
    column: Option<String>,
    /// The cell of a workbook: `sites!C14`.
    cell: Option<String>,
    /// What stands there, shortened.
    value: Option<String>,
    /// Where it is, what is wrong and what to do.
    message: String,
}

impl ImportFactsPayload {
    fn refused(user_errors: Vec<UserError>) -> Self {
        Self {
            user_errors,
            ..Self::default()
        }
    }

    /// What a comparison found.
    fn compared(comparison: &Comparison, changes: Vec<import::Change>) -> Self {
        let files = comparison.report().files.iter();
        let tables = files.filter_map(|file| {
            Some(ImportedTable {
                table: file.name.to_owned(),
                rows: file.rows?,
                new: file.tally.new,
                changed: file.tally.changed,
                same: file.tally.unchanged,
                refused: file.refused,
            })
        });
        let problems = comparison.problems();
        let shown = problems.shown().iter().map(|problem| ImportProblem {
            line: problem.line,
            column: problem.column.clone(),
            cell: problem.cell.clone(),
            value: problem.value.clone(),
            message: problem.to_string(),
        });
        Self {
            revision: Some(comparison.revision().to_string()),
            tables: tables.collect(),
            changes: changes.into_iter().map(ImportedChange::from).collect(),
            problems: shown.collect(),
            problem_count: problems.total() as u64,
            ..Self::default()
        }
    }

    /// What was written when the same request came before.
    fn earlier(entries: Vec<audit::Model>) -> Self {
        let revision = entries.iter().find_map(|entry| entry.revision_id);
        let changes = entries.into_iter().filter_map(|entry| {
            Some(ImportedChange {
                concept: entry.concept?.into(),
                fact_key: entry.key?,
                change: match (&entry.before, &entry.after) {
                    (None, _) => Change::Created,
                    (Some(_), Some(_)) => Change::Revised,
                    (Some(_), None) => Change::Retracted,
                },
                place: None,
                changes: change::changes(entry.before.as_deref(), entry.after.as_deref()),
            })
        });
        Self {
            written: true,
            revision: revision.map(|revision| revision.to_string()),
            changes: changes.collect(),
            ..Self::default()
        }
    }
}

impl From<import::Change> for ImportedChange {
    fn from(change: import::Change) -> Self {
        Self {
            concept: change.concept.into(),
            fact_key: change.key,
            change: change.change.into(),
            place: change.place,
            changes: change.fields.into_iter().map(FieldChange::from).collect(),
        }
    }
}

/// Takes a file of facts, or tells what it would change.
pub async fn import_facts(
    ctx: &Context<'_>,
    input: ImportFactsInput,
) -> Result<ImportFactsPayload> {
    author::require_curator(ctx)?;
    let file = match checked(input.clone()) {
        Ok(file) => file,
        Err(errors) => return Ok(ImportFactsPayload::refused(errors)),
    };
    let service = service::service(ctx);
    let request = ("importFacts", input.idempotency_key.as_deref());
    let act = author::act(ctx, String::new(), request, &input);
    if file.written.is_some() {
        match audit::earlier(service.store(), &act).await {
            Ok(entries) if entries.is_empty() => {}
            Ok(entries) => return Ok(ImportFactsPayload::earlier(entries)),
            Err(failure) => return Ok(ImportFactsPayload::refused(vec![of_refusal(failure)?])),
        }
    }
    // The whole database is read for it: one at a time.
    let _turn = service.importing().lock().await;
    let stored = Stored::read(service.store()).await.map_err(from_store)?;
    if let Some(Written { expected, .. }) = &file.written
        && *expected != stored.revision()
    {
        let moved = Refused::Moved {
            expected: *expected,
            found: stored.revision(),
        };
        return Ok(ImportFactsPayload::refused(vec![of_refusal(moved.into())?]));
    }
    let options = Options {
        now: service.now(),
        progress: None,
    };
    let (name, format) = (Arc::clone(&file.name), file.format);
    let compare = move || {
        let comparison = stored.compare((&name, format), file.bytes, &options);
        let comparison = comparison.curated();
        let changes = comparison.changes();
        (comparison, changes)
    };
    let compared = tokio::task::spawn_blocking(compare).await;
    let (comparison, changes) = compared.map_err(|failure| internal(&failure))?;
    let mut payload = ImportFactsPayload::compared(&comparison, changes);
    let rows = comparison
        .report()
        .files
        .iter()
        .filter_map(|file| file.rows);
    let rows: u64 = rows.sum();
    if rows > ROWS {
        let message =
            format!("has {rows} rows; at most {ROWS} are taken in one request: send it in parts");
        let error = UserError::new("content", Code::TooLong, message);
        return Ok(ImportFactsPayload::refused(vec![error]));
    }
    let Some(Written { reason, .. }) = file.written else {
        return Ok(payload);
    };
    if payload.problem_count > 0 {
        let message = format!(
            "{} problem(s), told by `problems`; nothing was written",
            payload.problem_count
        );
        payload.user_errors = vec![UserError::new("content", Code::Invalid, message)];
        return Ok(payload);
    }
    let act = audit::Act {
        reason: comparison.reason(Some(&reason)),
        ..act
    };
    let options = Options {
        now: act.at,
        progress: None,
    };
    match comparison.write(service.store(), &options, &act).await {
        Ok(written) => {
            payload.written = true;
            payload.revision = Some(written.revision.to_string());
            Ok(payload)
        }
        Err(Error::Store(failure)) => {
            payload.user_errors = vec![of_refusal(failure)?];
            Ok(payload)
        }
        Err(failure) => Err(internal(&failure)),
    }
}

/// A file whose form is right.
struct File {
    name: Arc<str>,
    format: Format,
    bytes: Vec<u8>,
    /// How it is to be written; nothing in a dry run.
    written: Option<Written>,
}

struct Written {
    expected: i64,
    reason: String,
}

fn checked(input: ImportFactsInput) -> std::result::Result<File, Vec<UserError>> {
    let mut check = Check::new("", None);
    let name = check.text("name", input.name, NAME);
    let format = Format::of(&name).filter(|_| !name.to_lowercase().ends_with(".gz"));
    if format.is_none() {
        let message = "does not say what the file is: a table's name and .csv (sites.csv), .jsonl or .xlsx; unpacked";
        check.refuse("name", Code::Invalid, message);
    }
    let bytes = match input.content {
        ImportContentInput::Text(text) => text.into_bytes(),
        ImportContentInput::Base64(text) => STANDARD.decode(text.trim()).unwrap_or_else(|_| {
            check.refuse("content.base64", Code::Invalid, "is not base64");
            Vec::new()
        }),
    };
    if bytes.len() > BYTES {
        let message = format!("has {} bytes; at most {BYTES} are taken", bytes.len());
        check.refuse("content", Code::TooLong, message);
    }
    let mut expected = None;
    if !input.dry_run {
        match input.expected_revision.as_deref().map(str::parse) {
            Some(Ok(revision)) => expected = Some(revision),
            Some(Err(_)) => {
                let message = "is not a revision: send the `revision` that a dry run told";
                check.refuse("expectedRevision", Code::Invalid, message);
            }
            None => {
                let message = "is needed to write: send the `revision` that a dry run told";
                check.refuse("expectedRevision", Code::Required, message);
            }
        }
    }
    let key = input.idempotency_key;
    let (reason, mut errors) = match input.dry_run {
        true => (
            String::new(),
            author::check_key(key.as_deref()).into_iter().collect(),
        ),
        false => record::checked(input.reason.unwrap_or_default(), key.as_deref()),
    };
    errors.extend(check.finish(()).err().into_iter().flatten());
    match (format, errors.is_empty()) {
        (Some(format), true) => Ok(File {
            name: name.into(),
            format,
            bytes,
            written: expected.map(|expected| Written { expected, reason }),
        }),
        _ => Err(errors),
    }
}
