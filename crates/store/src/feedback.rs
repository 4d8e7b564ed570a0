//! What people say of the answers: counted day by day; texts, anonymous, only where they are kept. No revision of the data comes of it.

pub mod summary;

use chrono::NaiveDate;
use entity::{
    AnswerProblem,
    feedback::{kept, reported, unanswered},
};
use language::Anonymous;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait, IntoIden, OnConflict},
};

use crate::{Error, Store};

/// What was asked, as far as it was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub kind: String,
    pub form: String,
    /// Why there was no answer; none when there was one.
    pub reason: Option<String>,
}

/// An answer marked wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub day: NaiveDate,
    pub problem: AnswerProblem,
    pub asked: Asked,
    pub indicator: Option<String>,
    pub territory: Option<String>,
    pub subject: Option<String>,
    /// Tells answers to different questions apart.
    pub answer: u64,
}

/// A text that a curator may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    pub day: NaiveDate,
    pub asked: Asked,
    /// What was found wrong; none when it was not answered.
    pub problem: Option<AnswerProblem>,
    pub question: Anonymous,
    pub comment: Option<Anonymous>,
}

/// Questions of one sort on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    pub day: NaiveDate,
    pub reason: String,
    pub kind: String,
    pub form: String,
    pub times: i64,
}

/// Adds to the counts of questions without an answer, in one statement. Each sort of a day may be there once.
pub async fn add_unanswered(store: &Store, counts: &[Count]) -> Result<(), Error> {
    if counts.is_empty() {
        return Ok(());
    }
    let rows = counts.iter().map(|count| unanswered::ActiveModel {
        id: NotSet,
        day: Set(count.day),
        reason: Set(count.reason.clone()),
        kind: Set(count.kind.clone()),
        form: Set(count.form.clone()),
        times: Set(count.times),
    });
    use unanswered::Column;
    let key = [Column::Day, Column::Reason, Column::Kind, Column::Form];
    unanswered::Entity::insert_many(rows)
        .on_conflict(add::<unanswered::Entity>(key, Column::Times))
        .exec_without_returning(&store.writer)
        .await?;
    Ok(())
}

/// Counts an answer marked wrong; says how often it was so today, this time included.
pub async fn report(store: &Store, report: &Report) -> Result<i64, Error> {
    let answer = report.answer.to_string();
    let row = reported::ActiveModel {
        id: NotSet,
        day: Set(report.day),
        problem: Set(report.problem),
        kind: Set(report.asked.kind.clone()),
        reason: Set(report.asked.reason.clone()),
        form: Set(report.asked.form.clone()),
        indicator: Set(report.indicator.clone()),
        territory: Set(report.territory.clone()),
        subject: Set(report.subject.clone()),
        digest: Set(digest([report.problem.as_str(), &answer])),
        times: Set(1),
    };
    use reported::Column;
    let row = reported::Entity::insert(row)
        .on_conflict(add::<reported::Entity>(
            [Column::Day, Column::Digest],
            Column::Times,
        ))
        .exec_with_returning(&store.writer)
        .await?;
    Ok(row.times)
}

/// How many reports a day has.
pub async fn reports_on(store: &Store, day: NaiveDate) -> Result<i64, Error> {
    let sum = reported::Entity::find()
        .select_only()
        .column_as(summary::whole(reported::Column::Times), "sum")
        .filter(reported::Column::Day.eq(day))
        .into_tuple::<Option<i64>>()
        .one(&store.db)
        .await?;
    Ok(sum.flatten().unwrap_or(0))
}

/// Keeps texts, in one statement; what was kept of the same day is counted once more.
pub async fn keep(store: &Store, texts: &[Text]) -> Result<(), Error> {
    let mut rows: Vec<kept::Model> = Vec::new();
    for text in texts {
        let row = row_of(text);
        match rows
            .iter_mut()
            .find(|known| (known.day, known.digest) == (row.day, row.digest))
        {
            Some(known) => known.times += 1,
            None => rows.push(row),
        }
    }
    if rows.is_empty() {
        return Ok(());
    }
    use kept::Column;
    let rows = rows.into_iter().map(|row| {
        let mut row = row.into_active_model();
        row.id = NotSet;
        row
    });
    kept::Entity::insert_many(rows)
        .on_conflict(add::<kept::Entity>(
            [Column::Day, Column::Digest],
            Column::Times,
        ))
        .exec_without_returning(&store.writer)
        .await?;
    Ok(())
}

/// Deletes the kept texts, or those of the days before one; says how many there were.
pub async fn forget(store: &Store, before: Option<NaiveDate>) -> Result<u64, Error> {
    let mut delete = kept::Entity::delete_many();
    if let Some(day) = before {
        delete = delete.filter(kept::Column::Day.lt(day));
    }
    Ok(delete.exec(&store.writer).await?.rows_affected)
}

/// On meeting a row with the same key, `column` of both is added up.
fn add<E: EntityTrait>(key: impl IntoIterator<Item = E::Column>, column: E::Column) -> OnConflict {
    let known = Expr::col((E::default(), column));
    let new = Expr::col(("excluded".into_iden(), column.into_iden()));
    OnConflict::columns(key)
        .value(column, known.add(new))
        .to_owned()
}

fn row_of(text: &Text) -> kept::Model {
    let Asked { kind, form, reason } = text.asked.clone();
    let question = text.question.to_string();
    let comment = text.comment.as_ref().map(Anonymous::to_string);
    let digest = digest([
        reason.as_deref().unwrap_or_default(),
        text.problem.map(AnswerProblem::as_str).unwrap_or_default(),
        &question,
        comment.as_deref().unwrap_or_default(),
    ]);
    kept::Model {
        id: 0,
        day: text.day,
        kind,
        form,
        reason,
        problem: text.problem,
        question,
        comment,
        digest,
        times: 1,
    }
}

/// FNV-1a over texts with an end mark each: the same on every machine and release.
fn digest<const N: usize>(texts: [&str; N]) -> i64 {
    let bytes = texts
        .iter()
        .flat_map(|text| text.bytes().chain(std::iter::once(0xff)));
    let sum = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    sum.cast_signed()
}
