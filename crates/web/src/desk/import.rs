//! `/desk/import`: a file is kept for a while, held against the database as often as somebody looks, and taken in as it is, byte for byte.

use std::{
    num::NonZeroUsize,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use askama::Template;
use base64::{Engine, engine::general_purpose::STANDARD};
use lru::LruCache;
use poem::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    clerk::Sent,
    queue::with,
    session::Token,
    shell::status,
    trouble::{Answered, Trouble},
    visit::Seat,
    written::FieldChange,
};
use crate::{
    form::{FILE, Form},
    pages::{document, words::Words},
    user_error::UserError,
};

/// Files kept at once, each of 1.4 MB at most, and for how long.
const FILES: NonZeroUsize = NonZeroUsize::new(16).expect("not zero");
const KEPT: Duration = Duration::from_secs(2 * 60 * 60);

/// Changes shown on a page.
const ROWS: i64 = 100;

/// A file that waits to be taken in.
struct Kept {
    /// The key that brought it: nobody else finds it.
    prefix: String,
    name: String,
    /// In base64, as it is sent on.
    content: String,
    since: Instant,
}

/// The files that wait, in the memory of this process.
pub struct Files(Mutex<LruCache<Token, Arc<Kept>>>);

impl Default for Files {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(FILES)))
    }
}

impl Files {
    fn keep(&self, kept: Kept) -> Result<Token, getrandom::Error> {
        let token = Token::random()?;
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.put(token.clone(), Arc::new(kept));
        Ok(token)
    }

    fn find(&self, token: &Token, prefix: &str) -> Option<Arc<Kept>> {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = files.get(token)?;
        let good = found.prefix == prefix && found.since.elapsed() < KEPT;
        good.then(|| found.clone())
    }
}

#[derive(Template)]
#[template(path = "desk/import.html")]
struct Body<'a> {
    w: Words,
    token: &'a str,
    problem: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    import_facts: Imported,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Imported {
    written: bool,
    revision: Option<String>,
    tables: Vec<Table>,
    change_count: i64,
    changes: Vec<Change>,
    problem_count: i64,
    problems: Vec<Problem>,
    user_errors: Vec<UserError>,
}

#[derive(Deserialize)]
struct Table {
    table: String,
    rows: i64,
    new: i64,
    changed: i64,
    same: i64,
    refused: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    concept: String,
    fact_key: String,
    change: String,
    place: Option<String>,
    changes: Vec<FieldChange>,
}

#[derive(Deserialize)]
struct Problem {
    line: Option<i64>,
    column: Option<String>,
    cell: Option<String>,
    value: Option<String>,
    message: String,
}

impl Problem {
    /// Where it is: the cell, or line and column.
    fn place(&self) -> String {
        match (&self.cell, self.line, &self.column) {
            (Some(cell), ..) => cell.clone(),
            (None, Some(line), Some(column)) => format!("{line} · {column}"),
            (None, Some(line), None) => line.to_string(),
            (None, None, _) => String::new(),
        }
    }
}

#[derive(Template)]
#[template(path = "desk/compared.html")]
struct Compared<'a> {
    w: Words,
    token: &'a str,
    once: Token,
    file: &'a str,
    name: &'a str,
    it: &'a Imported,
    skip: i64,
    reason: &'a str,
    problems: Vec<UserError>,
}

impl Compared<'_> {
    fn apply(&self) -> String {
        self.w.to(&format!("/desk/import/{}/apply", self.file))
    }

    fn may_be_applied(&self) -> bool {
        let it = self.it;
        !it.written && it.revision.is_some() && it.problem_count == 0 && it.change_count > 0
    }

    fn part(&self, skip: i64) -> String {
        let address = self.w.to(&format!("/desk/import/{}", self.file));
        format!("{address}&skip={skip}")
    }

    fn next(&self) -> Option<String> {
        let next = self.skip + ROWS;
        (next < self.it.change_count && !self.it.written).then(|| self.part(next))
    }

    fn previous(&self) -> Option<String> {
        (self.skip > 0).then(|| self.part((self.skip - ROWS).max(0)))
    }

    fn numbers(&self, table: &Table) -> [(&'static str, i64); 5] {
        let Table {
            rows,
            new,
            changed,
            same,
            refused,
            ..
        } = table;
        [
            ("rows", *rows),
            ("new", *new),
            ("changed", *changed),
            ("same", *same),
            ("refused", *refused),
        ]
    }

    fn number(&self, number: &i64) -> String {
        self.w.number(&(*number as f64))
    }
}

/// Where a file is chosen.
pub fn show(seat: &Seat<'_>) -> Answered {
    ask_again(seat, None, StatusCode::OK)
}

fn ask_again(seat: &Seat<'_>, problem: Option<String>, status: StatusCode) -> Answered {
    let body = Body {
        w: seat.w,
        token: seat.token(),
        problem,
    };
    seat.page("/desk/import", &seat.w.t("desk-import"), &body, status)
}

/// Keeps a file, and goes on to what it would change.
pub fn keep(seat: &Seat<'_>, form: Form) -> Answered {
    let w = seat.w;
    let refuse = |problem| ask_again(seat, Some(problem), StatusCode::UNPROCESSABLE_ENTITY);
    let Some(file) = form.file.filter(|file| !file.content.is_empty()) else {
        return refuse(w.t("desk-no-file"));
    };
    if file.content.len() > FILE {
        return refuse(w.t("desk-file-too-large"));
    }
    let kept = Kept {
        prefix: seat.session.prefix.clone(),
        name: file.name,
        content: STANDARD.encode(&file.content),
        since: Instant::now(),
    };
    let kept = seat.desk.files.keep(kept);
    let token = kept.map_err(|error| seat.visit.failed(&error))?;
    Ok(seat
        .visit
        .see_other(&format!("/desk/import/{}", token.as_str()), ""))
}

fn kept(seat: &Seat<'_>, file: &str) -> Option<Arc<Kept>> {
    let token = Token::read(file)?;
    seat.desk.files.find(&token, &seat.session.prefix)
}

fn gone(seat: &Seat<'_>) -> Answered {
    ask_again(
        seat,
        Some(seat.w.t("desk-file-gone")),
        StatusCode::NOT_FOUND,
    )
}

/// What came of sending the file, whatever was wrong.
async fn sent(seat: &Seat<'_>, kept: &Kept, more: Value, skip: i64) -> Result<Imported, Trouble> {
    let input = json!({ "name": kept.name, "content": { "base64": kept.content } });
    let locale = seat.w.language.locale();
    let variables = json!({ "input": with(input, more), "skip": skip, "locale": locale });
    let sent: Sent<Answer> = seat
        .send(document!("desk/import", "changed"), variables)
        .await?;
    Ok(match sent {
        Ok(answer) => answer.import_facts,
        Err(user_errors) => Imported {
            user_errors,
            ..Imported::default()
        },
    })
}

/// What the file would change now.
pub async fn compare(seat: &Seat<'_>, file: &str) -> Answered {
    let Some(kept) = kept(seat, file) else {
        return gone(seat);
    };
    let skip = seat.visit.given("skip").and_then(|skip| skip.parse().ok());
    let skip: i32 = skip.filter(|skip| *skip >= 0).unwrap_or_default();
    compared(seat, (file, &kept), skip.into(), "", Vec::new()).await
}

async fn compared(
    seat: &Seat<'_>,
    (file, kept): (&str, &Kept),
    skip: i64,
    reason: &str,
    problems: Vec<UserError>,
) -> Answered {
    let it = sent(seat, kept, json!({ "dryRun": true }), skip).await?;
    told(seat, (file, kept), &it, skip, reason, problems)
}

fn told(
    seat: &Seat<'_>,
    (file, kept): (&str, &Kept),
    it: &Imported,
    skip: i64,
    reason: &str,
    problems: Vec<UserError>,
) -> Answered {
    let refused = !problems.is_empty() || !it.user_errors.is_empty() || it.problem_count > 0;
    let status = status(refused);
    let body = Compared {
        w: seat.w,
        token: seat.token(),
        once: seat.once()?,
        file,
        name: &kept.name,
        it,
        skip,
        reason,
        problems,
    };
    seat.page("/desk/import", &seat.w.t("desk-import"), &body, status)
}

/// Takes in the same bytes that were looked at, on the data that they were held against.
pub async fn apply(seat: &Seat<'_>, file: &str, form: &Form) -> Answered {
    let Some(kept) = kept(seat, file) else {
        return gone(seat);
    };
    let reason = form.text("reason");
    let more = json!({
        "dryRun": false,
        "expectedRevision": form.given("revision"),
        "reason": reason,
        "idempotencyKey": form.given("once"),
    });
    let it = sent(seat, &kept, more, 0).await?;
    match it.written {
        true => told(seat, (file, &kept), &it, 0, "", Vec::new()),
        // Looked at again: the data may have changed since.
        false => compared(seat, (file, &kept), 0, reason, it.user_errors).await,
    }
}
