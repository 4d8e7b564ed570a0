//! What one run changes: gathered while it writes, then told as events and kept in the audit, with the rows themselves.

use entity::{AuditAction, Change, ConceptKind, data_revision, outbox};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
    Statement,
};

use super::{MANY, apply::Run};
use crate::{
    Error,
    audit_entry::{Act, Done},
    outbox::CHANNEL,
    write,
};

/// What happened to which rows. There is no other way into the outbox or into the audit of facts, so neither has what the other lacks.
pub struct Ledger {
    revision: i64,
    /// The first filling of an empty database tells of no row: nobody can have missed what was never there, whoever starts
    /// reads the lists, and 80,000 events would only be read to be thrown away.
    first: bool,
    changes: Vec<Changed>,
    /// How many changes there were, those that are not in the list included.
    number: usize,
}

struct Changed {
    concept: ConceptKind,
    key: String,
    change: Change,
    before: Option<String>,
    after: Option<String>,
}

impl Ledger {
    /// The ledger of the run that made `revision`.
    pub async fn of(run: &Run<'_>, revision: i64) -> Result<Self, Error> {
        let before = data_revision::Entity::find()
            .select_only()
            .column(data_revision::Column::Id)
            .filter(data_revision::Column::Id.lt(revision))
            .limit(1)
            .into_tuple::<i64>()
            .one(run.transaction)
            .await?;
        Ok(Self {
            revision,
            first: before.is_none(),
            changes: Vec::new(),
            number: 0,
        })
    }

    /// A row of a concept changed from what one draft says to what another says, both as JSON.
    pub fn tell(
        &mut self,
        (concept, key, change): (ConceptKind, &str, Change),
        before: Option<String>,
        after: Option<String>,
    ) {
        self.number += 1;
        if self.first && self.number > MANY {
            self.changes.clear();
            return;
        }
        self.changes.push(Changed {
            concept,
            key: key.to_owned(),
            change,
            before,
            after,
        });
    }

    /// Writes events and audit entries. PostgreSQL tells every process that listens, when the transaction is committed and not before.
    ///
    /// The run holds the only write lock until then, so a smaller id is never committed after a greater one: whoever has read up
    /// to an id has missed none before it.
    pub async fn write(
        self,
        run: &Run<'_>,
        act: &Act,
        proposal: Option<&str>,
    ) -> Result<(), Error> {
        if !self.first {
            let events = self.changes.iter().map(|changed| outbox::ActiveModel {
                revision_id: Set(self.revision),
                concept: Set(changed.concept),
                key: Set(changed.key.clone()),
                change: Set(changed.change),
                recorded_at: Set(run.now),
                ..Default::default()
            });
            run.insert(events.collect()).await?;
        }
        let revision = Some(self.revision);
        let entries = if self.first && self.number > MANY {
            let filled = Done {
                revision,
                after: Some(format!("{{\"rows\":{}}}", self.number)),
                ..Done::default()
            };
            vec![act.entry(AuditAction::Fill, filled)]
        } else {
            let entry = |changed: Changed| {
                let done = Done {
                    concept: Some(changed.concept),
                    key: Some(changed.key),
                    proposal: proposal.map(str::to_owned),
                    before: changed.before,
                    after: changed.after,
                    revision,
                };
                act.entry(changed.change.into(), done)
            };
            self.changes.into_iter().map(entry).collect()
        };
        write::insert_entries(run.transaction, entries).await?;
        let backend = run.transaction.get_database_backend();
        if backend == sea_orm::DatabaseBackend::Postgres {
            let values = [CHANNEL.into(), self.revision.to_string().into()];
            let notify =
                Statement::from_sql_and_values(backend, "SELECT pg_notify($1, $2)", values);
            run.transaction.query_one_raw(notify).await?;
        }
        Ok(())
    }
}
