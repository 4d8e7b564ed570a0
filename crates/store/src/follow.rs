//! What chats follow: kept until they end it, looked at again when the data have moved. No revision of the data comes of it.

use chrono::{DateTime, Utc};
use entity::follow::{ActiveModel, Column, Entity};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};

use crate::{Error, Store};

pub use entity::follow::Model;

/// How much a chat may follow, and all of them together.
pub const MOST: u64 = 20;
const MOST_OF_ALL: u64 = 100_000;

/// Rows that are looked at together.
const TOGETHER: u64 = 500;

/// Something to follow.
#[derive(Clone, Debug)]
pub struct New {
    pub chat: i64,
    pub frame: String,
    pub form: String,
    pub told: String,
    pub figure: Option<String>,
    /// The revision that the answer was read at.
    pub revision: i64,
}

/// What became of the wish to follow something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Followed {
    Now,
    Already,
    /// The chat follows as much as it may.
    TooMany,
    /// All chats together do.
    Full,
}

/// Follows something.
pub async fn add(store: &Store, new: New, now: DateTime<Utc>) -> Result<Followed, Error> {
    let own = Entity::find().filter(Column::Chat.eq(new.chat));
    let same = own.clone().filter(Column::Frame.eq(&new.frame));
    if same.count(&store.db).await? > 0 {
        return Ok(Followed::Already);
    }
    if own.count(&store.db).await? >= MOST {
        return Ok(Followed::TooMany);
    }
    if Entity::find().count(&store.db).await? >= MOST_OF_ALL {
        return Ok(Followed::Full);
    }
    let row = ActiveModel {
        id: NotSet,
        chat: Set(new.chat),
        frame: Set(new.frame),
        form: Set(new.form),
        told: Set(new.told),
        figure: Set(new.figure),
        revision: Set(new.revision),
        created_at: Set(now),
        told_at: Set(None),
    };
    row.insert(&store.writer).await?;
    Ok(Followed::Now)
}

/// What a chat follows, the oldest first.
pub async fn of_chat(store: &Store, chat: i64) -> Result<Vec<Model>, Error> {
    let own = Entity::find().filter(Column::Chat.eq(chat));
    Ok(own.order_by_asc(Column::Id).all(&store.db).await?)
}

/// Ends one of the things that a chat follows, or all; says how many.
pub async fn remove(store: &Store, chat: i64, id: Option<i64>) -> Result<u64, Error> {
    let mut delete = Entity::delete_many().filter(Column::Chat.eq(chat));
    if let Some(id) = id {
        delete = delete.filter(Column::Id.eq(id));
    }
    Ok(delete.exec(&store.writer).await?.rows_affected)
}

/// What was not looked at since the data moved, of chats that were told nothing since an instant: those of one chat together.
pub async fn due(
    store: &Store,
    revision: i64,
    told_before: DateTime<Utc>,
) -> Result<Vec<Model>, Error> {
    let told = sea_orm::Condition::any()
        .add(Column::ToldAt.is_null())
        .add(Column::ToldAt.lte(told_before));
    let due = Entity::find()
        .filter(Column::Revision.lt(revision))
        .filter(told)
        .order_by_asc(Column::Chat)
        .order_by_asc(Column::Id)
        .limit(TOGETHER);
    let mut due = due.all(&store.db).await?;
    // The last chat may have been cut in two; it comes with the next.
    if due.len() as u64 == TOGETHER
        && let Some(cut) = due.last().map(|last| last.chat)
    {
        due.retain(|follow| follow.chat != cut);
    }
    Ok(due)
}

/// Writes down that something was looked at and has not changed.
pub async fn unchanged(store: &Store, ids: Vec<i64>, revision: i64) -> Result<(), Error> {
    Entity::update_many()
        .filter(Column::Id.is_in(ids))
        .col_expr(Column::Revision, Expr::value(revision))
        .exec(&store.writer)
        .await?;
    Ok(())
}

/// Writes down what a chat was told of something.
pub async fn told(
    store: &Store,
    id: i64,
    (told, figure): (&str, Option<&str>),
    revision: i64,
) -> Result<(), Error> {
    Entity::update_many()
        .filter(Column::Id.eq(id))
        .col_expr(Column::Told, Expr::value(told))
        .col_expr(Column::Figure, Expr::value(figure))
        .col_expr(Column::Revision, Expr::value(revision))
        .exec(&store.writer)
        .await?;
    Ok(())
}

/// Writes down when a chat was told something, so that it is left in peace for a while.
pub async fn spoke(store: &Store, chat: i64, now: DateTime<Utc>) -> Result<(), Error> {
    Entity::update_many()
        .filter(Column::Chat.eq(chat))
        .col_expr(Column::ToldAt, Expr::value(now))
        .exec(&store.writer)
        .await?;
    Ok(())
}
