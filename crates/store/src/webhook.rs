//! Webhooks: made and deleted by the holders of API keys. No revision of the data comes of it.

mod delivery;

use chrono::{DateTime, Utc};
use entity::{
    AuditAction, WebhookState, api_key,
    webhook::{ActiveModel, Column, Entity, SigningSecret},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder,
};
use serde_json::json;

use crate::{
    Error, Refused, Store,
    audit_entry::{Act, Done},
    outbox,
    write::Writing,
};

pub use delivery::{Failure, Lease, advance, due, fail, next_due, put_off, release, take};
pub use entity::webhook::Model;

/// How many webhooks a key may have.
pub const MOST: u64 = 10;

/// A webhook that somebody asks for.
#[derive(Clone, Debug)]
pub struct New {
    /// Random; what it is called from now on.
    pub key: String,
    pub secret: SigningSecret,
    /// The row of the API key that it belongs to.
    pub api_key: i64,
    pub url: String,
    /// The host of the address, which may be kept where the address may not: its path can be a secret of the partner.
    pub host: String,
    pub filter: Option<String>,
    /// The event after which it begins; what happens from now on when absent.
    pub after: Option<i64>,
}

/// Makes a webhook. The same request gives the same webhook again.
pub async fn create(store: &Store, act: &Act, new: New) -> Result<Model, Error> {
    let writing = Writing::begin(store, act).await?;
    if let Some(earlier) = writing.earlier().await?.pop() {
        let key = earlier.key.unwrap_or_default();
        let made = Entity::find()
            .filter(Column::Key.eq(&key))
            .one(&writing.transaction)
            .await?;
        return made.ok_or_else(|| Refused::NotFound(key).into());
    }
    let own = Entity::find().filter(Column::ApiKeyId.eq(new.api_key));
    let same = own
        .clone()
        .filter(Column::Url.eq(&new.url))
        .filter(Column::State.eq(WebhookState::Active))
        .filter(match &new.filter {
            Some(filter) => Column::Filter.eq(filter),
            None => Column::Filter.is_null(),
        })
        .one(&writing.transaction)
        .await?;
    if let Some(same) = same {
        let message = format!(
            "the webhook {} sends the same to this address already; delete it first, or choose another filter",
            same.key
        );
        return Err(Refused::Outdated(message).into());
    }
    let having = own.count(&writing.transaction).await?;
    if having >= MOST {
        let message = format!(
            "this API key has {having} webhooks already, and may have {MOST}; delete one first"
        );
        return Err(Refused::Outdated(message).into());
    }
    let end = outbox::newest(&writing.transaction).await?;
    let row = ActiveModel {
        key: Set(new.key.clone()),
        api_key_id: Set(new.api_key),
        url: Set(new.url),
        filter: Set(new.filter.clone()),
        secret: Set(new.secret),
        state: Set(WebhookState::Active),
        created_at: Set(writing.act.at),
        last_event: Set(new.after.unwrap_or(end).min(end)),
        delivered: Set(0),
        failures: Set(0),
        ..Default::default()
    };
    let made = row.insert(&writing.transaction).await?;
    let done = Done {
        key: Some(new.key),
        after: Some(json!({ "host": new.host, "filter": new.filter }).to_string()),
        ..Done::default()
    };
    writing.note(vec![(AuditAction::MakeWebhook, done)]).await?;
    writing.commit(None).await?;
    Ok(made)
}

/// Deletes a webhook, of an API key or of whichever has it.
pub async fn delete(
    store: &Store,
    act: &Act,
    key: &str,
    api_key: Option<i64>,
) -> Result<(), Error> {
    let writing = Writing::begin(store, act).await?;
    if !writing.earlier().await?.is_empty() {
        return Ok(());
    }
    let mut delete = Entity::delete_many().filter(Column::Key.eq(key));
    if let Some(api_key) = api_key {
        delete = delete.filter(Column::ApiKeyId.eq(api_key));
    }
    if delete.exec(&writing.transaction).await?.rows_affected == 0 {
        return Err(Refused::NotFound(key.to_owned()).into());
    }
    let done = Done {
        key: Some(key.to_owned()),
        before: Some(json!({ "key": key }).to_string()),
        ..Done::default()
    };
    writing
        .note(vec![(AuditAction::DeleteWebhook, done)])
        .await?;
    writing.commit(None).await
}

/// The webhooks of an API key, the newest first.
pub async fn of_key(store: &Store, api_key: i64) -> Result<Vec<Model>, Error> {
    let own = Entity::find().filter(Column::ApiKeyId.eq(api_key));
    Ok(own.order_by_desc(Column::Id).all(&store.db).await?)
}

/// The webhook of an API key that is called so.
pub async fn by_key(store: &Store, api_key: i64, key: &str) -> Result<Option<Model>, Error> {
    let found = Entity::find()
        .filter(Column::ApiKeyId.eq(api_key))
        .filter(Column::Key.eq(key));
    Ok(found.one(&store.db).await?)
}

/// All webhooks with the API keys they belong to, the newest first.
pub async fn all(store: &Store) -> Result<Vec<(Model, api_key::Model)>, Error> {
    let hooks = Entity::find()
        .order_by_desc(Column::Id)
        .all(&store.db)
        .await?;
    let keys = crate::api_key::all(store).await?;
    let with_key = |hook: Model| {
        let key = keys.iter().find(|key| key.id == hook.api_key_id)?;
        Some((hook, key.clone()))
    };
    Ok(hooks.into_iter().filter_map(with_key).collect())
}

/// The instants at which nothing is known of a lease or a pause yet.
fn past(column: Column, now: DateTime<Utc>) -> sea_orm::Condition {
    sea_orm::Condition::any()
        .add(column.is_null())
        .add(column.lte(now))
}

/// When the oldest event was recorded that some webhook waits for; none when each has been told of all.
pub async fn oldest_undelivered(store: &Store) -> Result<Option<DateTime<Utc>>, Error> {
    let active = Entity::find().filter(Column::State.eq(WebhookState::Active));
    let last = active.order_by_asc(Column::LastEvent).one(&store.db);
    let Some(last) = last.await? else {
        return Ok(None);
    };
    let next = outbox::after(store, last.last_event, 1).await?;
    Ok(next.first().map(|event| event.recorded_at))
}
