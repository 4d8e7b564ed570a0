//! The audit: what every write must say of itself, and what is kept of it.

use chrono::{DateTime, Utc};
use entity::{
    AuditAction, ConceptKind, Door, Role,
    audit_entry::{ActiveModel, Column, Entity},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};

use crate::{
    Error, Refused, Store,
    write::{Part, Writing},
};

pub use entity::audit_entry::Model;

/// Who writes, when and why. Nothing is written without it.
#[derive(Clone, Debug)]
pub struct Act {
    pub at: DateTime<Utc>,
    pub by: Author,
    pub reason: String,
    /// Given by whoever may send the same again.
    pub request: Option<Request>,
}

/// Who writes, as far as it is kept: nothing personal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    pub role: Role,
    pub door: Door,
    /// By what people and logs name the API key.
    pub key: Option<String>,
}

/// A request that is carried out once, however often it comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Made of who sends it and of the idempotency key.
    pub id: String,
    /// Tells requests with the same key and other content apart.
    pub digest: String,
}

impl Request {
    /// What was done when it came before; nothing when it is new.
    pub(crate) async fn entries(
        &self,
        connection: &impl ConnectionTrait,
    ) -> Result<Vec<Model>, Error> {
        let entries = Entity::find()
            .filter(Column::Request.eq(&self.id))
            .order_by_asc(Column::Id)
            .all(connection)
            .await?;
        let same = |entry: &Model| entry.request_digest.as_deref() == Some(self.digest.as_str());
        match entries.iter().all(same) {
            true => Ok(entries),
            false => Err(Refused::KeyUsed.into()),
        }
    }
}

impl Author {
    /// Whoever runs the program.
    pub fn operator() -> Self {
        Self {
            role: Role::Operator,
            door: Door::Terminal,
            key: None,
        }
    }
}

impl Act {
    /// What whoever runs the program does.
    pub fn of_operator(at: DateTime<Utc>, reason: impl Into<String>) -> Self {
        Self {
            at,
            by: Author::operator(),
            reason: reason.into(),
            request: None,
        }
    }

    /// An entry of this act.
    pub(crate) fn entry(&self, action: AuditAction, done: Done) -> ActiveModel {
        ActiveModel {
            recorded_at: Set(self.at),
            role: Set(self.by.role),
            door: Set(self.by.door),
            key_prefix: Set(self.by.key.clone()),
            action: Set(action),
            concept: Set(done.concept),
            key: Set(done.key),
            proposal: Set(done.proposal),
            before: Set(done.before),
            after: Set(done.after),
            reason: Set(self.reason.clone()),
            revision_id: Set(done.revision),
            request: Set(self.request.as_ref().map(|request| request.id.clone())),
            request_digest: Set(self.request.as_ref().map(|request| request.digest.clone())),
            ..Default::default()
        }
    }
}

/// What an act did to one row.
#[derive(Default)]
pub(crate) struct Done {
    pub concept: Option<ConceptKind>,
    pub key: Option<String>,
    pub proposal: Option<String>,
    pub before: Option<String>,
    pub after: Option<String>,
    pub revision: Option<i64>,
}

/// Which entries are asked for; every one by default.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub concept: Option<ConceptKind>,
    pub key: Option<String>,
    pub proposal: Option<String>,
    pub actions: Option<Vec<AuditAction>>,
    pub since: Option<DateTime<Utc>>,
    pub until: Option<DateTime<Utc>>,
}

impl Wanted {
    fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.concept.map(|concept| Column::Concept.eq(concept)))
            .add_option(self.key.as_ref().map(|key| Column::Key.eq(key)))
            .add_option(self.proposal.as_ref().map(|key| Column::Proposal.eq(key)))
            .add_option(
                self.actions
                    .as_ref()
                    .map(|actions| Column::Action.is_in(actions.iter().copied())),
            )
            .add_option(self.since.map(|since| Column::RecordedAt.gte(since)))
            .add_option(self.until.map(|until| Column::RecordedAt.lt(until)))
    }
}

/// A part of the entries.
pub async fn page(store: &Store, wanted: &Wanted, part: &Part) -> Result<Vec<Model>, Error> {
    let found = part
        .of(Entity::find().filter(wanted.condition()), Column::Id)
        .all(&store.db)
        .await?;
    Ok(found)
}

/// Writes down a use of a key that changes nothing and must be known: what of, by its key or name.
pub async fn note_use(
    store: &Store,
    act: &Act,
    action: AuditAction,
    of: &str,
) -> Result<(), Error> {
    let writing = Writing::begin(store, act).await?;
    let done = Done {
        key: Some(of.to_owned()),
        ..Done::default()
    };
    writing.note(vec![(action, done)]).await?;
    writing.commit(None).await
}

/// What an act did when the same request came before; nothing when it is new, or cannot be known again.
pub async fn earlier(store: &Store, act: &Act) -> Result<Vec<Model>, Error> {
    match &act.request {
        Some(request) => request.entries(&store.db).await,
        None => Ok(Vec::new()),
    }
}

/// The entry with an id.
pub async fn by_id(store: &Store, id: i64) -> Result<Option<Model>, Error> {
    Ok(Entity::find_by_id(id).one(&store.db).await?)
}

/// How many entries there are.
pub async fn count(store: &Store, wanted: &Wanted) -> Result<u64, Error> {
    let found = Entity::find().filter(wanted.condition());
    Ok(found.count(&store.db).await?)
}

/// Why the versions of a fact came to be: for each of these instants at which it changed, the reason given.
pub async fn reasons(
    store: &Store,
    (concept, key): (ConceptKind, &str),
    instants: impl IntoIterator<Item = DateTime<Utc>>,
) -> Result<Vec<(DateTime<Utc>, String)>, Error> {
    let found = Entity::find()
        .select_only()
        .columns([Column::RecordedAt, Column::Reason])
        .filter(Column::Concept.eq(concept))
        .filter(Column::Key.eq(key))
        .filter(Column::RecordedAt.is_in(instants))
        .filter(Column::RevisionId.is_not_null())
        .order_by_asc(Column::Id)
        .into_tuple()
        .all(&store.db)
        .await?;
    Ok(found)
}
