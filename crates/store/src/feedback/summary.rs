//! Feedback as a curator reads it: sums over days, the most frequent first, and the kept texts, newest first.

use chrono::NaiveDate;
use entity::{
    AnswerProblem,
    feedback::{kept, reported, unanswered},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, Order, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use serde::Serialize;

use crate::{Error, Store};

pub use entity::feedback::kept::Model as Kept;

/// Days to look at, both included; open where none is given.
#[derive(Clone, Copy, Debug, Default)]
pub struct Span {
    pub since: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}

impl Span {
    fn of(self, day: impl ColumnTrait) -> Condition {
        Condition::all()
            .add_option(self.since.map(|since| day.gte(since)))
            .add_option(self.until.map(|until| day.lte(until)))
    }
}

/// How often questions of one sort went without an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, FromQueryResult)]
pub struct Unanswered {
    pub reason: String,
    pub kind: String,
    pub form: String,
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub times: i64,
}

/// How often answers of one sort were marked wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, FromQueryResult)]
pub struct Reported {
    pub problem: AnswerProblem,
    pub kind: String,
    pub reason: Option<String>,
    pub indicator: Option<String>,
    pub territory: Option<String>,
    pub subject: Option<String>,
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub times: i64,
}

/// Questions without an answer by reason, kind and language form.
pub async fn unanswered(store: &Store, span: Span) -> Result<Vec<Unanswered>, Error> {
    use unanswered::Column;
    let key = [Column::Reason, Column::Kind, Column::Form];
    let mut select = unanswered::Entity::find()
        .select_only()
        .columns(key)
        .column_as(Column::Day.min(), "first")
        .column_as(Column::Day.max(), "last")
        .column_as(whole(Column::Times), "times")
        .filter(span.of(Column::Day))
        .order_by(whole(Column::Times), Order::Desc);
    for column in key {
        select = select.group_by(column).order_by_asc(column);
    }
    Ok(select.into_model().all(&store.db).await?)
}

/// Answers marked wrong by problem, kind of question, indicator, territory and subject.
pub async fn reported(store: &Store, span: Span) -> Result<Vec<Reported>, Error> {
    use reported::Column;
    let key = [
        Column::Problem,
        Column::Kind,
        Column::Reason,
        Column::Indicator,
        Column::Territory,
        Column::Subject,
    ];
    let mut select = reported::Entity::find()
        .select_only()
        .columns(key)
        .column_as(Column::Day.min(), "first")
        .column_as(Column::Day.max(), "last")
        .column_as(whole(Column::Times), "times")
        .filter(span.of(Column::Day))
        .order_by(whole(Column::Times), Order::Desc);
    for column in key {
        select = select.group_by(column).order_by_asc(column);
    }
    Ok(select.into_model().all(&store.db).await?)
}

/// Kept texts, newest first.
pub async fn kept(store: &Store, span: Span, limit: u64) -> Result<Vec<Kept>, Error> {
    let select = kept::Entity::find()
        .filter(span.of(kept::Column::Day))
        .order_by_desc(kept::Column::Day)
        .order_by_desc(kept::Column::Id)
        .limit(limit);
    Ok(select.all(&store.db).await?)
}

/// A sum that stays a whole number: PostgreSQL makes a decimal one of it.
pub(super) fn whole(column: impl ColumnTrait) -> Expr {
    column.sum().cast_as("bigint")
}
