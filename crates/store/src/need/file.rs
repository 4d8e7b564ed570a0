//! Filing a need, and what whoever filed it may do with the receipt.

use entity::{
    AuditAction, Capability, NeedStatus, Role, Sector,
    need::{ActiveModel, Column, Entity, Receipt, contact},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter,
};
use serde_json::json;

use super::{Model, change};
use crate::{
    Error, Refused, Store,
    audit_entry::{Act, Done},
    write::Writing,
};

/// How many needs of people without a key may be open.
const WAITING: u64 = 5_000;

/// A need as it is filed.
#[derive(Clone)]
pub struct New {
    pub receipt: Receipt,
    pub company: String,
    pub description: String,
    pub sector: Sector,
    pub capabilities: Vec<Capability>,
    /// ISO 639-1.
    pub languages: Vec<String>,
    /// Code of the territory.
    pub territory: String,
    pub contact_name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
}

/// Files a need. Says whether this very request had filed it before: its receipt is known to nobody but who has it then.
pub async fn file(store: &Store, act: &Act, new: &New) -> Result<(Model, bool), Error> {
    let writing = Writing::begin(store, act).await?;
    if let Some(entry) = writing.earlier().await?.into_iter().next() {
        let key = entry.key.unwrap_or_default();
        return Ok((change::by_key(&writing, &key).await?, true));
    }
    if act.by.role == Role::Anybody {
        let open = Entity::find()
            .filter(Column::Status.eq(NeedStatus::Open))
            .filter(Column::Role.eq(Role::Anybody))
            .count(&writing.transaction)
            .await?;
        if open >= WAITING {
            return Err(Refused::TooMany(open).into());
        }
    }
    let territory = change::territory(&writing, &new.territory).await?;
    let key = new.receipt.key().to_owned();
    let row = ActiveModel {
        key: Set(key.clone()),
        receipt_hash: Set(new.receipt.hash()),
        company: Set(Some(new.company.clone())),
        description: Set(Some(new.description.clone())),
        sector: Set(new.sector),
        capabilities: Set(serde_json::to_string(&new.capabilities)?),
        languages: Set(serde_json::to_string(&new.languages)?),
        territory_id: Set(territory),
        status: Set(NeedStatus::Open),
        version: Set(1),
        role: Set(act.by.role),
        key_prefix: Set(act.by.key.clone()),
        created_at: Set(writing.act.at),
        changed_at: Set(writing.act.at),
        ..Default::default()
    };
    let need = row.insert(&writing.transaction).await?;
    let contact = contact::ActiveModel {
        need_id: Set(need.id),
        name: Set(new.contact_name.clone()),
        email: Set(new.email.clone()),
        phone: Set(new.phone.clone()),
        ..Default::default()
    };
    contact.insert(&writing.transaction).await?;
    let done = Done {
        key: Some(key),
        after: Some(json!({ "status": NeedStatus::Open }).to_string()),
        ..Done::default()
    };
    writing.note(vec![(AuditAction::FileNeed, done)]).await?;
    writing.commit(None).await?;
    Ok((need, false))
}

/// The need of a receipt; nothing for a receipt that opens none.
pub async fn by_receipt(store: &Store, receipt: &Receipt) -> Result<Option<Model>, Error> {
    let found = super::by_key(store, receipt.key()).await?;
    Ok(found.filter(|need| need.opens(receipt)))
}

/// Withdraws a need: it is dropped, unless it is done, and nothing in it tells any more who filed it.
pub async fn withdraw(store: &Store, act: &Act, receipt: &Receipt) -> Result<Model, Error> {
    let writing = Writing::begin(store, act).await?;
    let found = change::by_key(&writing, receipt.key()).await?;
    if !found.opens(receipt) {
        // The same as for a key that nobody has.
        return Err(Refused::NotFound(receipt.key().to_owned()).into());
    }
    change::forget(writing, found).await
}
