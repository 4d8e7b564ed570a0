//! Delivering to webhooks: one process at a time for each, which takes it for a while and writes down how far it came.
//!
//! Whoever is killed loses nothing: what was delivered last is in the row, and another takes over when the time is over.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    WebhookState, api_key,
    webhook::{Column, Entity, Model},
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, UpdateMany,
    sea_query::{Expr, ExprTrait, Func},
};

use super::past;
use crate::{Error, Store};

/// For how long a process may deliver without saying again that it does. An attempt takes less.
const LEASE: TimeDelta = TimeDelta::seconds(25);

/// A webhook that this process delivers to, and nobody else.
#[derive(Clone, Debug)]
pub struct Lease {
    pub webhook: Model,
    pub api_key: api_key::Model,
    holder: String,
}

/// An attempt that failed.
#[derive(Clone, Debug)]
pub struct Failure {
    pub status: Option<i32>,
    pub reason: String,
    pub next_attempt_at: DateTime<Utc>,
    /// Whether it is not tried again, and why.
    pub end: Option<WebhookState>,
}

/// The webhooks that something may have to be delivered to now: those that were not told up to the newest event. Whichever was tried
/// longest ago comes first, so that no number of slow ones keeps another waiting for ever.
pub async fn due(store: &Store, newest: i64, now: DateTime<Utc>) -> Result<Vec<i64>, Error> {
    let due = waiting(newest)
        .filter(past(Column::NextAttemptAt, now))
        .filter(past(Column::LeasedUntil, now))
        .select_only()
        .column(Column::Id)
        .order_by_asc(Func::coalesce([
            Expr::col(Column::LastAttemptAt),
            Expr::col(Column::CreatedAt),
        ]))
        .into_tuple();
    Ok(due.all(&store.db).await?)
}

/// When the next of those that wait is due that is not due yet.
pub async fn next_due(
    store: &Store,
    newest: i64,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, Error> {
    let waiting = waiting(newest).all(&store.db).await?;
    let instants = waiting.into_iter().filter_map(|webhook| {
        let until = Ord::max(webhook.next_attempt_at, webhook.leased_until);
        until.filter(|until| *until > now)
    });
    Ok(instants.min())
}

fn waiting(newest: i64) -> sea_orm::Select<Entity> {
    Entity::find()
        .filter(Column::State.eq(WebhookState::Active))
        .filter(Column::LastEvent.lt(newest))
}

/// Takes a webhook, unless another process has it.
pub async fn take(
    store: &Store,
    id: i64,
    holder: &str,
    now: DateTime<Utc>,
) -> Result<Option<Lease>, Error> {
    let taken = Entity::update_many()
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq(WebhookState::Active))
        .filter(past(Column::NextAttemptAt, now))
        .filter(past(Column::LeasedUntil, now))
        .col_expr(Column::LeasedBy, Expr::value(holder))
        .col_expr(Column::LeasedUntil, Expr::value(now + LEASE))
        .exec(&store.writer)
        .await?;
    if taken.rows_affected == 0 {
        return Ok(None);
    }
    let found = Entity::find_by_id(id).one(&store.writer).await?;
    let Some(webhook) = found.filter(|row| row.leased_by.as_deref() == Some(holder)) else {
        return Ok(None);
    };
    let key = api_key::Entity::find_by_id(webhook.api_key_id)
        .one(&store.writer)
        .await?;
    Ok(key.map(|api_key| Lease {
        webhook,
        api_key,
        holder: holder.to_owned(),
    }))
}

impl Lease {
    fn update(&self) -> UpdateMany<Entity> {
        Entity::update_many()
            .filter(Column::Id.eq(self.webhook.id))
            .filter(Column::State.eq(WebhookState::Active))
            .filter(Column::LeasedBy.eq(&self.holder))
    }

    /// Keeps it for longer; says whether it is still this process's.
    pub async fn renew(&self, store: &Store, now: DateTime<Utc>) -> Result<bool, Error> {
        let renewed = self
            .update()
            .col_expr(Column::LeasedUntil, Expr::value(now + LEASE))
            .exec(&store.writer)
            .await?;
        Ok(renewed.rows_affected > 0)
    }
}

/// Writes down that everything up to an event is delivered; `delivered` says with which status the event itself was, if it was asked for.
/// Says whether the webhook is still this process's.
pub async fn advance(
    store: &Store,
    lease: &mut Lease,
    event: i64,
    delivered: Option<i32>,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    let mut update = lease
        .update()
        .col_expr(Column::LastEvent, Expr::value(event));
    if let Some(status) = delivered {
        update = update
            .col_expr(Column::Delivered, Expr::col(Column::Delivered).add(1))
            .col_expr(Column::LastDelivered, Expr::value(event))
            .col_expr(Column::LastDeliveredAt, Expr::value(now))
            .col_expr(Column::LastAttemptAt, Expr::value(now))
            .col_expr(Column::LastStatus, Expr::value(status))
            .col_expr(Column::LastError, Expr::value(None::<String>))
            .col_expr(Column::Failures, Expr::value(0))
            .col_expr(Column::FailingSince, Expr::value(None::<DateTime<Utc>>))
            .col_expr(Column::NextAttemptAt, Expr::value(None::<DateTime<Utc>>));
    }
    let written = update.exec(&store.writer).await?;
    lease.webhook.last_event = event;
    if delivered.is_some() {
        (lease.webhook.failures, lease.webhook.failing_since) = (0, None);
    }
    Ok(written.rows_affected > 0)
}

/// Writes down an attempt that failed, and lets the webhook go.
pub async fn fail(
    store: &Store,
    lease: &Lease,
    failure: &Failure,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let since = lease.webhook.failing_since.unwrap_or(now);
    let state = failure.end.unwrap_or(WebhookState::Active);
    lease
        .update()
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::Failures, Expr::col(Column::Failures).add(1))
        .col_expr(Column::FailingSince, Expr::value(since))
        .col_expr(Column::LastAttemptAt, Expr::value(now))
        .col_expr(Column::LastStatus, Expr::value(failure.status))
        .col_expr(Column::LastError, Expr::value(failure.reason.as_str()))
        .col_expr(Column::NextAttemptAt, Expr::value(failure.next_attempt_at))
        .col_expr(Column::LeasedBy, Expr::value(None::<String>))
        .col_expr(Column::LeasedUntil, Expr::value(None::<DateTime<Utc>>))
        .exec(&store.writer)
        .await?;
    Ok(())
}

/// Lets a webhook go until an instant for a reason of ours, which counts as no failure; or ends it.
pub async fn put_off(
    store: &Store,
    lease: &Lease,
    until: DateTime<Utc>,
    end: Option<WebhookState>,
) -> Result<(), Error> {
    lease
        .update()
        .col_expr(
            Column::State,
            Expr::value(end.unwrap_or(WebhookState::Active)),
        )
        .col_expr(Column::NextAttemptAt, Expr::value(until))
        .col_expr(Column::LeasedBy, Expr::value(None::<String>))
        .col_expr(Column::LeasedUntil, Expr::value(None::<DateTime<Utc>>))
        .exec(&store.writer)
        .await?;
    Ok(())
}

/// Lets a webhook go.
pub async fn release(store: &Store, lease: &Lease) -> Result<(), Error> {
    lease
        .update()
        .col_expr(Column::LeasedBy, Expr::value(None::<String>))
        .col_expr(Column::LeasedUntil, Expr::value(None::<DateTime<Utc>>))
        .exec(&store.writer)
        .await?;
    Ok(())
}
