//! The events of one run: gathered while it writes, written with it, and announced when it is committed.

use entity::{Change, ConceptKind, data_revision, outbox};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
    Statement,
};

use super::apply::Run;
use crate::{Error, outbox::CHANNEL};

/// What happened to which rows.
pub struct Outbox {
    revision: i64,
    /// The first filling of an empty database tells of no row: nobody can have missed what was never there, whoever starts
    /// reads the lists, and 80,000 events would only be read to be thrown away.
    first: bool,
    events: Vec<(ConceptKind, String, Change)>,
}

impl Outbox {
    /// The outbox of the run that made `revision`.
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
            events: Vec::new(),
        })
    }

    pub fn tell(&mut self, concept: ConceptKind, key: &str, change: Change) {
        if !self.first {
            self.events.push((concept, key.to_owned(), change));
        }
    }

    /// Writes the events. PostgreSQL tells every process that listens, when the transaction is committed and not before.
    ///
    /// The run holds the only write lock until then, so a smaller id is never committed after a greater one: whoever has read up
    /// to an id has missed none before it.
    pub async fn write(self, run: &Run<'_>) -> Result<(), Error> {
        let rows = self
            .events
            .into_iter()
            .map(|(concept, key, change)| outbox::ActiveModel {
                revision_id: Set(self.revision),
                concept: Set(concept),
                key: Set(key),
                change: Set(change),
                recorded_at: Set(run.now),
                ..Default::default()
            });
        run.insert(rows.collect()).await?;
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
