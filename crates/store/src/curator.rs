//! Curators on Telegram: codes made and used, accounts linked, told and let go. Which account is linked stands in one table, whose rows can
//! be deleted, and nowhere else: the audit names the API key.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    AuditAction, Door, ProposalStatus, Role, Scope, api_key,
    curator::{LinkCode, account, code},
    proposal,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
    sea_query::{Expr, IntoCondition},
};

use crate::{
    Error, Refused, Store,
    audit_entry::{Act, Author, Done},
    write::Writing,
};

pub use account::Model;

/// For how long a code is good.
const GOOD: TimeDelta = TimeDelta::minutes(10);

/// A linked account and its key.
#[derive(Clone, Debug)]
pub struct Linked {
    pub account: Model,
    pub key: api_key::Model,
}

/// A curator whom proposals wait for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The number of the account on Telegram.
    pub account: i64,
    /// Proposals it was not told of.
    pub new: u64,
    /// The newest of them.
    pub newest: i64,
}

/// Which accounts are let go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// This account.
    Account(i64),
    /// Every account that has the rights of the key with this name.
    Key(String),
}

/// Keeps a new code for a key, in place of an earlier one, which ends; until when it is good.
pub async fn make_code(
    store: &Store,
    act: &Act,
    code: &LinkCode,
    prefix: &str,
) -> Result<DateTime<Utc>, Error> {
    let writing = Writing::begin(store, act).await?;
    let key = api_key::Entity::find()
        .filter(api_key::Column::Prefix.eq(prefix))
        .one(&writing.transaction)
        .await?
        .ok_or_else(|| Refused::NotFound(prefix.to_owned()))?;
    if let Some(why) = unfit(&key, writing.act.at) {
        return Err(Refused::Invalid(format!("the API key {prefix} {why}")).into());
    }
    let ended = Condition::any()
        .add(code::Column::ApiKeyId.eq(key.id))
        .add(code::Column::ExpiresAt.lte(writing.act.at));
    code::Entity::delete_many()
        .filter(ended)
        .exec(&writing.transaction)
        .await?;
    let expires_at = writing.act.at + GOOD;
    let row = code::ActiveModel {
        hash: Set(code.hash()),
        api_key_id: Set(key.id),
        expires_at: Set(expires_at),
        ..Default::default()
    };
    row.insert(&writing.transaction).await?;
    let after = serde_json::json!({ "expires_at": expires_at }).to_string();
    let done = Done {
        key: Some(key.prefix),
        after: Some(after),
        ..Done::default()
    };
    writing.note(vec![(AuditAction::MakeCode, done)]).await?;
    writing.commit(None).await?;
    Ok(expires_at)
}

/// Why a key gives no rights to an account; nothing when it does.
fn unfit(key: &api_key::Model, now: DateTime<Utc>) -> Option<&'static str> {
    if !key.in_force(now) {
        Some("has expired or was revoked; make a code for another")
    } else if !key.scopes.has(Scope::Curate) {
        Some("has not the scope curate; make a code for one that has")
    } else if key.trusted_documents_only {
        Some(
            "runs registered documents only, and those of the bot are not; make a code for another",
        )
    } else {
        None
    }
}

/// Uses a code up: the account has the rights of its key from now on. Without an account the code only ends. Gives the key; none where
/// no such code is good.
pub async fn use_code(
    store: &Store,
    act: &Act,
    typed: &LinkCode,
    account: Option<i64>,
) -> Result<Option<api_key::Model>, Error> {
    let mut writing = Writing::begin(store, act).await?;
    let now = writing.act.at;
    let good = code::Entity::find()
        .filter(code::Column::ExpiresAt.gt(now))
        .order_by_asc(code::Column::Id)
        .all(&writing.transaction)
        .await?;
    // All are looked at, so that the time does not tell which one it is.
    let mut found = None;
    for row in good {
        if row.is(typed) {
            found = Some(row);
        }
    }
    let Some(found) = found else {
        return Ok(None);
    };
    code::Entity::delete_by_id(found.id)
        .exec(&writing.transaction)
        .await?;
    let key = api_key::Entity::find_by_id(found.api_key_id)
        .one(&writing.transaction)
        .await?
        .filter(|key| unfit(key, now).is_none());
    let Some(key) = key else {
        return Ok(None);
    };
    writing.act.by = Author {
        role: Role::Curator,
        door: writing.act.by.door,
        key: Some(key.prefix.clone()),
    };
    let action = match account {
        None => AuditAction::EndCode,
        Some(account) => {
            link(&writing, account, key.id).await?;
            AuditAction::Link
        }
    };
    let done = Done {
        key: Some(key.prefix.clone()),
        after: Some(door()),
        ..Done::default()
    };
    writing.note(vec![(action, done)]).await?;
    writing.commit(None).await?;
    Ok(Some(key))
}

/// What the audit says of an account: through which door it comes, and not which one it is.
fn door() -> String {
    serde_json::json!({ "door": Door::Telegram }).to_string()
}

/// Links an account, in place of what it was linked to. It is told of what is proposed from now on.
async fn link(writing: &Writing<'_>, number: i64, key: i64) -> Result<(), Error> {
    account::Entity::delete_many()
        .filter(account::Column::Account.eq(number))
        .exec(&writing.transaction)
        .await?;
    let newest = proposal::Entity::find()
        .select_only()
        .column_as(proposal::Column::Id.max(), "newest")
        .into_tuple::<Option<i64>>()
        .one(&writing.transaction)
        .await?;
    let row = account::ActiveModel {
        account: Set(number),
        api_key_id: Set(key),
        linked_at: Set(writing.act.at),
        told: Set(newest.flatten().unwrap_or_default()),
        ..Default::default()
    };
    row.insert(&writing.transaction).await?;
    Ok(())
}

/// Lets accounts go, and deletes what was known of them; how many they were.
pub async fn unlink(store: &Store, act: &Act, which: &Which) -> Result<u64, Error> {
    let mut writing = Writing::begin(store, act).await?;
    let of = match which {
        Which::Account(number) => account::Column::Account.eq(*number),
        Which::Key(prefix) => {
            let key = api_key::Entity::find()
                .select_only()
                .column(api_key::Column::Id)
                .filter(api_key::Column::Prefix.eq(prefix));
            account::Column::ApiKeyId.in_subquery(key.into_query())
        }
    };
    let found = linked_in(&writing.transaction, of.into_condition()).await?;
    let ids = found.iter().map(|linked| linked.account.id);
    account::Entity::delete_many()
        .filter(account::Column::Id.is_in(ids))
        .exec(&writing.transaction)
        .await?;
    let entry = |linked: &Linked| {
        let done = Done {
            key: Some(linked.key.prefix.clone()),
            before: Some(door()),
            ..Done::default()
        };
        (AuditAction::Unlink, done)
    };
    if let (Which::Account(_), Role::Anybody, Some(own)) =
        (which, writing.act.by.role, found.first())
    {
        // Whoever lets their own account go is known by it.
        writing.act.by.role = Role::Curator;
        writing.act.by.key = Some(own.key.prefix.clone());
    }
    if !found.is_empty() {
        writing.note(found.iter().map(entry).collect()).await?;
        writing.commit(None).await?;
    }
    Ok(found.len() as u64)
}

/// The key whose rights an account has, be it in force or not.
pub async fn key_of(store: &Store, number: i64) -> Result<Option<api_key::Model>, Error> {
    let of = account::Column::Account.eq(number);
    let found = linked_in(&store.db, of.into_condition()).await?;
    Ok(found.into_iter().next().map(|linked| linked.key))
}

/// Every linked account, the first one first.
pub async fn all(store: &Store) -> Result<Vec<Linked>, Error> {
    linked_in(&store.db, Condition::all()).await
}

async fn linked_in(
    connection: &impl ConnectionTrait,
    condition: Condition,
) -> Result<Vec<Linked>, Error> {
    let accounts = account::Entity::find()
        .filter(condition)
        .order_by_asc(account::Column::Id)
        .all(connection)
        .await?;
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    let ids = accounts.iter().map(|account| account.api_key_id);
    let keys = api_key::Entity::find()
        .filter(api_key::Column::Id.is_in(ids))
        .all(connection)
        .await?;
    let linked = accounts.into_iter().filter_map(|account| {
        let key = keys.iter().find(|key| key.id == account.api_key_id)?;
        Some(Linked {
            key: key.clone(),
            account,
        })
    });
    Ok(linked.collect())
}

/// The curators whom proposals wait for that they were not told of. Those whose key has ended are told nothing.
pub async fn waiting(store: &Store, now: DateTime<Utc>) -> Result<Vec<Waiting>, Error> {
    let mut waiting = Vec::new();
    for Linked { account, key } in all(store).await? {
        if unfit(&key, now).is_some() {
            continue;
        }
        let new = proposal::Entity::find()
            .filter(proposal::Column::Status.eq(ProposalStatus::Open))
            .filter(proposal::Column::Id.gt(account.told));
        let count = new.clone().count(&store.db).await?;
        let newest = new
            .select_only()
            .column_as(proposal::Column::Id.max(), "newest")
            .into_tuple::<Option<i64>>()
            .one(&store.db)
            .await?;
        if let Some(newest) = newest.flatten() {
            waiting.push(Waiting {
                account: account.account,
                new: count,
                newest,
            });
        }
    }
    Ok(waiting)
}

/// Remembers what a curator was told of: no fact, and nobody's doing, so that no entry is written.
pub async fn told(store: &Store, number: i64, newest: i64) -> Result<(), Error> {
    account::Entity::update_many()
        .col_expr(account::Column::Told, Expr::value(newest))
        .filter(account::Column::Account.eq(number))
        .filter(account::Column::Told.lt(newest))
        .exec(&store.writer)
        .await?;
    Ok(())
}

/// Lets go of the codes and accounts of a key that ends.
pub(crate) async fn forget(connection: &impl ConnectionTrait, key: i64) -> Result<(), Error> {
    code::Entity::delete_many()
        .filter(code::Column::ApiKeyId.eq(key))
        .exec(connection)
        .await?;
    account::Entity::delete_many()
        .filter(account::Column::ApiKeyId.eq(key))
        .exec(connection)
        .await?;
    Ok(())
}
