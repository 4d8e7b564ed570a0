//! API keys: made, listed, revoked, and found by the part of the secret that names them. No revision of the data comes of it.

use chrono::{DateTime, Utc};
use entity::{
    AuditAction,
    api_key::{ActiveModel, Column, Entity},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, TransactionTrait,
    sea_query::Expr,
};

use crate::{
    Error, Store,
    audit_entry::{Act, Done},
    write::insert_entries,
};

pub use entity::api_key::{Model, NotASecret, Scopes, Secret};

/// What a new key allows.
#[derive(Clone, Debug)]
pub struct Terms {
    pub holder: String,
    pub scopes: Scopes,
    pub quota: Option<i64>,
    pub trusted_documents_only: bool,
    pub expires_at: Option<DateTime<Utc>>,
}

/// Writes a key; of the secret only its hash.
pub async fn create(
    store: &Store,
    secret: &Secret,
    terms: Terms,
    now: DateTime<Utc>,
) -> Result<Model, Error> {
    let row = ActiveModel {
        id: NotSet,
        prefix: Set(secret.prefix().to_owned()),
        hash: Set(secret.hash()),
        holder: Set(terms.holder),
        scopes: Set(terms.scopes),
        quota: Set(terms.quota),
        trusted_documents_only: Set(terms.trusted_documents_only),
        created_at: Set(now),
        expires_at: Set(terms.expires_at),
        revoked_at: Set(None),
    };
    let transaction = store.writer.begin().await?;
    let key = row.insert(&transaction).await?;
    note(&transaction, AuditAction::MakeKey, &key.prefix, now).await?;
    transaction.commit().await?;
    Ok(key)
}

/// Writes down what was done with a key; the secret is no part of it.
async fn note(
    transaction: &DatabaseTransaction,
    action: AuditAction,
    prefix: &str,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let done = Done {
        key: Some(prefix.to_owned()),
        ..Done::default()
    };
    let entry = Act::of_operator(now, "bab key").entry(action, done);
    insert_entries(transaction, vec![entry]).await
}

/// All keys, the newest first.
pub async fn all(store: &Store) -> Result<Vec<Model>, Error> {
    Ok(Entity::find()
        .order_by_desc(Column::Id)
        .all(&store.db)
        .await?)
}

/// The key that this part of a secret names.
pub async fn by_prefix(store: &Store, prefix: &str) -> Result<Option<Model>, Error> {
    Ok(Entity::find()
        .filter(Column::Prefix.eq(prefix))
        .one(&store.db)
        .await?)
}

/// Ends a key, and lets the accounts go that had its rights; says whether there was one in force under this name.
pub async fn revoke(store: &Store, prefix: &str, now: DateTime<Utc>) -> Result<bool, Error> {
    let transaction = store.writer.begin().await?;
    let ended = Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(now))
        .filter(Column::Prefix.eq(prefix))
        .filter(Column::RevokedAt.is_null())
        .exec(&transaction)
        .await?;
    let ended = ended.rows_affected > 0;
    if ended {
        let key = Entity::find()
            .filter(Column::Prefix.eq(prefix))
            .one(&transaction)
            .await?;
        if let Some(key) = key {
            crate::curator::forget(&transaction, key.id).await?;
        }
        note(&transaction, AuditAction::RevokeKey, prefix, now).await?;
    }
    transaction.commit().await?;
    Ok(ended)
}
