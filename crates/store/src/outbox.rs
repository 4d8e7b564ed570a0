//! Reading the outbox: the events after an id, which of them meet a filter, and when to look again.

mod listener;

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use entity::{data_revision, observation, outbox};
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, Order, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Statement,
};

use crate::{Concept, Error, Filter, Store};

pub use entity::outbox::Model as Event;
pub use listener::Listener;

/// The channel on which PostgreSQL tells of new revisions; what it says is the revision.
pub(crate) const CHANNEL: &str = "bab_revision";

/// Where the data stand: the newest revision, and the newest event; 0 where there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct End {
    pub revision: i64,
    pub event: i64,
}

/// Where the data stand now. What it says of the revision is known in this process from then on.
pub async fn end(store: &Store) -> Result<End, Error> {
    let sql = "SELECT (SELECT COALESCE(MAX(id), 0) FROM data_revisions) AS revision, \
               (SELECT COALESCE(MAX(id), 0) FROM outbox_events) AS event";
    let statement = Statement::from_string(
        sea_orm::ConnectionTrait::get_database_backend(&store.db),
        sql,
    );
    let end = End::find_by_statement(statement).one(&store.db).await?;
    let end = end.unwrap_or(End {
        revision: 0,
        event: 0,
    });
    store.saw(end.revision);
    Ok(end)
}

/// The newest event, as a transaction sees it; 0 where there is none.
pub(crate) async fn newest(connection: &impl sea_orm::ConnectionTrait) -> Result<i64, Error> {
    let newest = outbox::Entity::find()
        .select_only()
        .column_as(outbox::Column::Id.max(), "newest")
        .into_tuple::<Option<i64>>()
        .one(connection)
        .await?;
    Ok(newest.flatten().unwrap_or(0))
}

/// The first events after one, oldest first.
pub async fn after(store: &Store, event: i64, most: u64) -> Result<Vec<Event>, Error> {
    let events = outbox::Entity::find()
        .filter(outbox::Column::Id.gt(event))
        .order_by_asc(outbox::Column::Id)
        .limit(most);
    Ok(events.all(&store.db).await?)
}

/// The last events that are kept, newest first.
pub async fn latest(store: &Store, most: u64) -> Result<Vec<Event>, Error> {
    let events = outbox::Entity::find()
        .order_by_desc(outbox::Column::Id)
        .limit(most);
    Ok(events.all(&store.db).await?)
}

/// Whether everything is kept that happened after an event; 0 is before the first.
pub async fn is_kept_since(store: &Store, event: i64) -> Result<bool, Error> {
    // Revisions are forgotten whole and the oldest first, so what is after an event that is there is there as well.
    if event != 0 {
        let found = outbox::Entity::find_by_id(event).one(&store.db).await?;
        return Ok(found.is_some());
    }
    // The first revision filled the database and told of nothing; each later one told of something.
    let second = data_revision::Entity::find()
        .select_only()
        .column(data_revision::Column::Id)
        .order_by_asc(data_revision::Column::Id)
        .offset(1)
        .limit(1)
        .into_tuple::<i64>()
        .one(&store.db)
        .await?;
    let Some(second) = second else {
        return Ok(true);
    };
    let oldest = at_the_end(store, Order::Asc).await?;
    Ok(oldest.is_some_and(|oldest| oldest <= second))
}

/// Forgets what happened before an instant, whole revisions at a time, and never the newest: it is what ids go on from. Says how many
/// events were forgotten.
pub async fn forget(store: &Store, before: DateTime<Utc>) -> Result<u64, Error> {
    let oldest = at_the_end(store, Order::Asc).await?;
    let newest = at_the_end(store, Order::Desc).await?;
    let (Some(oldest), Some(newest)) = (oldest, newest) else {
        return Ok(0);
    };
    let kept = data_revision::Entity::find()
        .select_only()
        .column_as(data_revision::Column::Id.min(), "first")
        .filter(data_revision::Column::RecordedAt.gte(before))
        .into_tuple::<Option<i64>>()
        .one(&store.db)
        .await?;
    let first = kept.flatten().unwrap_or(newest).min(newest);
    if oldest >= first {
        return Ok(0);
    }
    let forgotten = outbox::Entity::delete_many()
        .filter(outbox::Column::RevisionId.lt(first))
        .exec(&store.writer)
        .await?;
    Ok(forgotten.rows_affected)
}

/// The revision of the oldest event, or of the newest.
async fn at_the_end(store: &Store, order: Order) -> Result<Option<i64>, Error> {
    let found = outbox::Entity::find()
        .select_only()
        .column(outbox::Column::RevisionId)
        .order_by(outbox::Column::Id, order)
        .limit(1)
        .into_tuple::<i64>()
        .one(&store.db)
        .await?;
    Ok(found)
}

/// Whether more than so many events follow one.
pub async fn more_than(store: &Store, most: u64, event: i64) -> Result<bool, Error> {
    let beyond = outbox::Entity::find()
        .select_only()
        .column(outbox::Column::Id)
        .filter(outbox::Column::Id.gt(event))
        .order_by_asc(outbox::Column::Id)
        .offset(most)
        .limit(1)
        .into_tuple::<i64>()
        .one(&store.db)
        .await?;
    Ok(beyond.is_some())
}

/// Those of the keys whose rows may be seen and meet the filter.
pub async fn standing<E: Concept>(
    store: &Store,
    keys: &[String],
    filter: &Filter,
) -> Result<HashSet<String>, Error> {
    let Some(column) = E::key() else {
        return Ok(HashSet::new());
    };
    let found = E::find()
        .select_only()
        .column(column)
        .filter(E::visible())
        .filter(column.is_in(keys))
        .filter(filter.condition(crate::filter::Access::Filter))
        .into_tuple::<String>()
        .all(&store.db)
        .await?;
    Ok(found.into_iter().collect())
}

/// Those of the keys whose last observation that ended meets the filter: what everybody could see until it was retracted.
pub async fn ended(
    store: &Store,
    keys: &[String],
    filter: &Filter,
) -> Result<HashSet<String>, Error> {
    use observation::Column;
    let last = observation::Entity::find()
        .select_only()
        .column_as(Column::Id.max(), "last")
        .filter(Column::Key.is_in(keys))
        .filter(Column::SupersededAt.is_not_null())
        .group_by(Column::Key)
        .into_query();
    let found = observation::Entity::find()
        .select_only()
        .column(Column::Key)
        .filter(Column::Id.in_subquery(last))
        .filter(filter.condition(crate::filter::Access::Filter))
        .into_tuple::<String>()
        .all(&store.db)
        .await?;
    Ok(found.into_iter().collect())
}
