//! What coordinators do with a need. Every change is at the version that was looked at, and in the audit by its key: never by a name.

use entity::{
    AuditAction, Capability, ConceptKind, Consent, NeedStatus, Sector, Side,
    need::{ActiveModel, Column, Entity, contact, introduction},
    organisation, territory as place,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QuerySelect, sea_query::Expr,
};
use serde_json::{Value, json};

use super::{Introduction, Model};
use crate::{
    Error, Refused, Store,
    audit_entry::{Act, Done},
    write::Writing,
};

/// Most providers that one need is introduced to.
const PROVIDERS: u64 = 50;

/// What a coordinator found a need to be about; nothing where it stays.
#[derive(Clone, Debug, Default)]
pub struct Amended {
    pub sector: Option<Sector>,
    pub capabilities: Option<Vec<Capability>>,
    pub languages: Option<Vec<String>>,
    pub territory: Option<String>,
}

/// Says anew what a need is about, so that providers are found.
pub async fn amend(
    store: &Store,
    act: &Act,
    (key, expected): (&str, i32),
    amended: &Amended,
) -> Result<Model, Error> {
    let writing = Writing::begin(store, act).await?;
    let need = match changeable(&writing, (key, expected)).await? {
        Changeable::Now(need) => need,
        Changeable::Done(need) => return Ok(need),
    };
    let territory = match &amended.territory {
        Some(code) => territory(&writing, code).await?,
        None => need.territory_id,
    };
    let capabilities = amended.capabilities.as_ref().map(serde_json::to_string);
    let languages = amended.languages.as_ref().map(serde_json::to_string);
    let before = need.clone();
    let after = Model {
        sector: amended.sector.unwrap_or(need.sector),
        capabilities: capabilities.transpose()?.unwrap_or(need.capabilities),
        languages: languages.transpose()?.unwrap_or(need.languages),
        territory_id: territory,
        ..before.clone()
    };
    let told = (
        Some(about(&writing, &before).await?),
        Some(about(&writing, &after).await?),
    );
    finish(writing, after, (AuditAction::AmendNeed, told)).await
}

/// Proposes to bring the company together with a provider; each side is to be asked.
pub async fn introduce(
    store: &Store,
    act: &Act,
    (key, expected): (&str, i32),
    provider: &str,
) -> Result<Model, Error> {
    let writing = Writing::begin(store, act).await?;
    let need = match changeable(&writing, (key, expected)).await? {
        Changeable::Now(need) => need,
        Changeable::Done(need) => return Ok(need),
    };
    if matches!(need.status, NeedStatus::Done | NeedStatus::Dropped) {
        return Err(Refused::Invalid(format!(
            "the need is {}; only one that goes on is introduced",
            need.status
        ))
        .into());
    }
    let known = organisation::Entity::find()
        .filter(organisation::Column::Key.eq(provider))
        .count(&writing.transaction)
        .await?;
    if known == 0 {
        return Err(Refused::NotFound(provider.to_owned()).into());
    }
    let of_need = || introduction::Entity::find().filter(introduction::Column::NeedId.eq(need.id));
    let same = of_need().filter(introduction::Column::Provider.eq(provider));
    if same.count(&writing.transaction).await? > 0 {
        return Err(Refused::Twice(format!("the introduction to {provider:?}")).into());
    }
    if of_need().count(&writing.transaction).await? >= PROVIDERS {
        let message = format!("a need is introduced to {PROVIDERS} providers at most");
        return Err(Refused::Invalid(message).into());
    }
    let row = introduction::ActiveModel {
        need_id: Set(need.id),
        provider: Set(provider.to_owned()),
        company_consent: Set(Consent::Asked),
        provider_consent: Set(Consent::Asked),
        created_at: Set(writing.act.at),
        changed_at: Set(writing.act.at),
        ..Default::default()
    };
    row.insert(&writing.transaction).await?;
    let told = (None, Some(json!({ "provider": provider })));
    finish(writing, need, (AuditAction::Introduce, told)).await
}

/// Writes down what a side says to being brought together. A side may take back what it said, until the need is done.
pub async fn record_consent(
    store: &Store,
    act: &Act,
    (key, expected): (&str, i32),
    (provider, side, consent): (&str, Side, Consent),
) -> Result<Model, Error> {
    let writing = Writing::begin(store, act).await?;
    let need = match changeable(&writing, (key, expected)).await? {
        Changeable::Now(need) => need,
        Changeable::Done(need) => return Ok(need),
    };
    let found = introductions(&writing, &need)
        .await?
        .into_iter()
        .find(|found| found.provider == provider)
        .ok_or_else(|| Refused::NotFound(format!("the introduction to {provider}")))?;
    let before = match side {
        Side::Company => found.company_consent,
        Side::Provider => found.provider_consent,
    };
    let mut row = found.into_active_model();
    match side {
        Side::Company => row.company_consent = Set(consent),
        Side::Provider => row.provider_consent = Set(consent),
    }
    row.changed_at = Set(writing.act.at);
    row.update(&writing.transaction).await?;
    // As the part of the need that it is: what this provider's introduction has for that side.
    let said = |consent: Consent| {
        let field = format!("{side}_consent");
        Some(json!({ field: { provider: consent } }))
    };
    let told = (said(before), said(consent));
    finish(writing, need, (AuditAction::RecordConsent, told)).await
}

/// Takes a need on to its next state, with a note of where it stands. It is introduced only when both sides of an introduction agreed.
pub async fn advance(
    store: &Store,
    act: &Act,
    (key, expected): (&str, i32),
    (status, note): (NeedStatus, Option<String>),
) -> Result<Model, Error> {
    let writing = Writing::begin(store, act).await?;
    let need = match changeable(&writing, (key, expected)).await? {
        Changeable::Now(need) => need,
        Changeable::Done(need) => return Ok(need),
    };
    if !need.status.may_become(status) {
        return Err(Refused::Invalid(format!(
            "a need that is {} does not become {status}; the states are open, introduced, under_way, done; any but done may be dropped, and taken up again",
            need.status
        ))
        .into());
    }
    if need.erased_at.is_some() {
        let message = "nothing in this need tells any more who filed it; it cannot go on";
        return Err(Refused::Invalid(message.to_owned()).into());
    }
    if matches!(status, NeedStatus::Introduced | NeedStatus::UnderWay) {
        let introduced = introductions(&writing, &need).await?;
        if !introduced.iter().any(Introduction::is_agreed) {
            let message = format!(
                "a need becomes {status} only when the company and a provider agreed; record the consent of both first"
            );
            return Err(Refused::Invalid(message).into());
        }
    }
    let told = (
        Some(json!({ "status": need.status })),
        Some(json!({ "status": status })),
    );
    let after = Model {
        status,
        note,
        ..need
    };
    finish(writing, after, (AuditAction::AdvanceNeed, told)).await
}

/// Erases what tells who filed a need (law 09-08): contact, company, words and note. What remains says nothing of anybody.
pub async fn erase(store: &Store, act: &Act, key: &str) -> Result<Model, Error> {
    let writing = Writing::begin(store, act).await?;
    let need = by_key(&writing, key).await?;
    forget(writing, need).await
}

/// Lets introductions to one organisation be introductions to another, after they were found to be one.
pub(crate) async fn replace_provider(
    writing: &Writing<'_>,
    from: &str,
    to: &str,
) -> Result<(), Error> {
    use introduction::Column as Of;
    let to_both = introduction::Entity::find()
        .select_only()
        .column(Of::NeedId)
        .filter(Of::Provider.eq(to))
        .into_tuple::<i64>()
        .all(&writing.transaction)
        .await?;
    introduction::Entity::delete_many()
        .filter(Of::Provider.eq(from))
        .filter(Of::NeedId.is_in(to_both))
        .exec(&writing.transaction)
        .await?;
    introduction::Entity::update_many()
        .col_expr(Of::Provider, Expr::value(to))
        .filter(Of::Provider.eq(from))
        .exec(&writing.transaction)
        .await?;
    Ok(())
}

/// Erases what tells who filed a need, once.
pub(super) async fn forget(writing: Writing<'_>, need: Model) -> Result<Model, Error> {
    if need.erased_at.is_some() {
        return Ok(need);
    }
    contact::Entity::delete_many()
        .filter(contact::Column::NeedId.eq(need.id))
        .exec(&writing.transaction)
        .await?;
    let status = match need.status {
        NeedStatus::Done => NeedStatus::Done,
        _ => NeedStatus::Dropped,
    };
    let told = (
        Some(json!({ "status": need.status })),
        Some(json!({ "status": status, "erased": true })),
    );
    let after = Model {
        company: None,
        description: None,
        note: None,
        status,
        erased_at: Some(writing.act.at),
        ..need
    };
    finish(writing, after, (AuditAction::EraseNeed, told)).await
}

/// A need to change, or one that this very request changed earlier.
enum Changeable {
    Now(Model),
    Done(Model),
}

async fn changeable(
    writing: &Writing<'_>,
    (key, expected): (&str, i32),
) -> Result<Changeable, Error> {
    let earlier = writing.earlier().await?;
    let need = by_key(writing, key).await?;
    if !earlier.is_empty() {
        return Ok(Changeable::Done(need));
    }
    match need.version == expected {
        true => Ok(Changeable::Now(need)),
        false => Err(Refused::Stale {
            what: "need",
            expected,
            found: need.version,
        }
        .into()),
    }
}

pub(super) async fn by_key(writing: &Writing<'_>, key: &str) -> Result<Model, Error> {
    let found = Entity::find()
        .filter(Column::Key.eq(key))
        .one(&writing.transaction)
        .await?;
    Ok(found.ok_or_else(|| Refused::NotFound(key.to_owned()))?)
}

/// The id of a territory.
pub(super) async fn territory(writing: &Writing<'_>, code: &str) -> Result<i64, Error> {
    let found = place::Entity::find()
        .filter(place::Column::Key.eq(code))
        .one(&writing.transaction)
        .await?;
    let unknown = || Error::UnknownKey {
        kind: ConceptKind::Territory,
        key: code.to_owned(),
    };
    Ok(found.ok_or_else(unknown)?.id)
}

/// What a need is about: nothing of who filed it.
async fn about(writing: &Writing<'_>, need: &Model) -> Result<Value, Error> {
    let place = place::Entity::find_by_id(need.territory_id)
        .one(&writing.transaction)
        .await?;
    Ok(json!({
        "sector": need.sector,
        "capabilities": serde_json::from_str::<Value>(&need.capabilities)?,
        "languages": serde_json::from_str::<Value>(&need.languages)?,
        "territory": place.map(|place| place.key),
    }))
}

async fn introductions(writing: &Writing<'_>, need: &Model) -> Result<Vec<Introduction>, Error> {
    let found = introduction::Entity::find().filter(introduction::Column::NeedId.eq(need.id));
    Ok(found.all(&writing.transaction).await?)
}

/// Writes a need at its next version, with what was done to it.
async fn finish(
    writing: Writing<'_>,
    need: Model,
    (action, (before, after)): (AuditAction, (Option<Value>, Option<Value>)),
) -> Result<Model, Error> {
    let done = Done {
        key: Some(need.key.clone()),
        before: before.map(|said| said.to_string()),
        after: after.map(|said| said.to_string()),
        ..Done::default()
    };
    let changed = Model {
        version: need.version + 1,
        changed_at: writing.act.at,
        ..need
    };
    let row: ActiveModel = changed.into();
    let written = row.reset_all().update(&writing.transaction).await?;
    writing.note(vec![(action, done)]).await?;
    writing.commit(None).await?;
    Ok(written)
}
