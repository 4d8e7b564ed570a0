//! Writing: one at a time, and every change with its audit entries and its events, in one transaction.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use entity::{
    AuditAction, ConceptKind, ProposalStatus,
    audit_entry::{self, ActiveModel},
    data_revision,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, Select, TransactionTrait,
};

use crate::{
    Error, Store,
    audit_entry::{Act, Done},
    load::{Batch, Counts, run},
};

/// Why a write is refused, though nothing is broken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("nothing has the key {0:?}")]
    NotFound(String),
    #[error(
        "the {what} is at version {found} now, not at {expected}: look at it again, then send `expectedVersion: {found}`"
    )]
    Stale {
        what: &'static str,
        expected: i32,
        found: i32,
    },
    #[error("the proposal {key:?} is {status} already")]
    Decided { key: String, status: ProposalStatus },
    #[error("{0}")]
    Outdated(String),
    #[error(
        "the data changed since revision {expected}, to {found}: compare again, then write what you find"
    )]
    Moved { expected: i64, found: i64 },
    #[error("nothing would change: {concept} {key:?} says this already")]
    Unchanged { concept: ConceptKind, key: String },
    #[error("{concept} {key:?} is referred to by {by}; let those refer to something else first")]
    InUse {
        concept: ConceptKind,
        key: String,
        by: String,
    },
    #[error("{concept} {key:?} comes with the shipped data and is not changed by hand")]
    Fixed { concept: ConceptKind, key: String },
    #[error("{0} is stated twice in one request; state it once")]
    Twice(String),
    #[error("{0}")]
    Invalid(String),
    #[error("this idempotency key was used for another request; take a new one")]
    KeyUsed,
    #[error("{0} wait already, and no more are taken; send this again in some days")]
    TooMany(u64),
}

/// A transaction that nobody else writes beside.
pub(crate) struct Writing<'a> {
    pub store: &'a Store,
    /// What is done, later than all that was done before, whatever the clocks of two processes say.
    pub act: Act,
    /// The revision of the data so far; 0 before the first.
    pub revision: i64,
    pub transaction: DatabaseTransaction,
}

/// What came of writing facts.
pub(crate) struct Written {
    pub revision: i64,
    pub counts: Counts,
}

impl Written {
    pub fn is_nothing(&self) -> bool {
        self.counts
            .values()
            .all(|count| count.new + count.changed == 0)
    }
}

impl<'a> Writing<'a> {
    /// Waits for its turn.
    pub async fn begin(store: &'a Store, act: &Act) -> Result<Self, Error> {
        let transaction = store.writer.begin().await?;
        // The first statement writes, so that SQLite takes its write lock now and not half-way.
        let turn = match store.is_postgres() {
            true => "LOCK TABLE data_revisions IN EXCLUSIVE MODE; SET LOCAL statement_timeout = 0",
            false => "UPDATE data_revisions SET id = id WHERE id < 0",
        };
        transaction.execute_unprepared(turn).await?;
        let last = data_revision::Entity::find()
            .select_only()
            .columns([data_revision::Column::Id, data_revision::Column::RecordedAt])
            .order_by_desc(data_revision::Column::Id)
            .limit(1)
            .into_tuple::<(i64, DateTime<Utc>)>()
            .one(&transaction)
            .await?;
        let mut act = act.clone();
        // What PostgreSQL keeps of an instant.
        act.at = act.at.trunc_subsecs(6);
        if let Some((_, last)) = last {
            act.at = act.at.max(last + TimeDelta::microseconds(1));
        }
        Ok(Self {
            store,
            act,
            revision: last.map_or(0, |(revision, _)| revision),
            transaction,
        })
    }

    /// What was done when the same request came before; nothing when it is new.
    pub async fn earlier(&self) -> Result<Vec<audit_entry::Model>, Error> {
        match &self.act.request {
            Some(request) => request.entries(&self.transaction).await,
            None => Ok(Vec::new()),
        }
    }

    /// Writes facts, under a revision of their own.
    pub async fn state(&self, batch: &Batch, proposal: Option<&str>) -> Result<Written, Error> {
        self.state_in(&self.transaction, batch, proposal).await
    }

    /// Finds out what writing facts would come to, and undoes it.
    pub async fn attempt(&self, batch: &Batch) -> Result<Written, Error> {
        let trial = self.transaction.begin().await?;
        let written = self.state_in(&trial, batch, None).await;
        trial.rollback().await?;
        written
    }

    async fn state_in(
        &self,
        transaction: &DatabaseTransaction,
        batch: &Batch,
        proposal: Option<&str>,
    ) -> Result<Written, Error> {
        let revision = data_revision::ActiveModel {
            recorded_at: Set(self.act.at),
            reason: Set(self.act.reason.clone()),
            ..Default::default()
        };
        let revision = data_revision::Entity::insert(revision)
            .exec(transaction)
            .await?
            .last_insert_id;
        let counts = run(self, transaction, batch, (revision, proposal)).await?;
        Ok(Written { revision, counts })
    }

    /// Writes down what was done, besides changes of facts, which write their own entries.
    pub async fn note(&self, entries: Vec<(AuditAction, Done)>) -> Result<(), Error> {
        let entries = entries
            .into_iter()
            .map(|(action, done)| self.act.entry(action, done));
        insert_entries(&self.transaction, entries.collect()).await
    }

    /// Makes it so. `revision` is that of the facts that changed.
    pub async fn commit(self, revision: Option<i64>) -> Result<(), Error> {
        self.transaction.commit().await?;
        if let Some(revision) = revision {
            self.store.saw(revision);
        }
        Ok(())
    }
}

/// Adds entries, many at a time.
pub(crate) async fn insert_entries(
    transaction: &DatabaseTransaction,
    mut entries: Vec<ActiveModel>,
) -> Result<(), Error> {
    while !entries.is_empty() {
        let rest = entries.split_off(entries.len().min(ENTRIES));
        audit_entry::Entity::insert_many(entries)
            .exec_without_returning(transaction)
            .await?;
        entries = rest;
    }
    Ok(())
}

/// Entries in one statement: far below the 32,766 variables SQLite takes.
const ENTRIES: usize = 1_000;

/// A part of a list in the order in which its rows were written.
#[derive(Clone, Debug)]
pub struct Part {
    /// The rows after this one, in the order asked for.
    pub after: Option<i64>,
    /// The rows before this one.
    pub before: Option<i64>,
    pub most: u64,
    /// The newest come first.
    pub newest_first: bool,
    /// The last rows of the list and not the first.
    pub backward: bool,
}

impl Part {
    pub(crate) fn of<E: EntityTrait>(&self, rows: Select<E>, id: E::Column) -> Select<E> {
        let beyond = |bound: Option<i64>, later: bool| {
            bound.map(|bound| match later != self.newest_first {
                true => id.gt(bound),
                false => id.lt(bound),
            })
        };
        let bounds = sea_orm::Condition::all()
            .add_option(beyond(self.after, true))
            .add_option(beyond(self.before, false));
        let order = match self.newest_first != self.backward {
            true => sea_orm::Order::Desc,
            false => sea_orm::Order::Asc,
        };
        rows.filter(bounds).order_by(id, order).limit(self.most)
    }
}
