//! Rows out of results by the position of their columns. To read them by name, as SeaORM does by itself, a name is put together and looked
//! up for every value, which takes longer than the value.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DbErr, EntityTrait, IdenStatic, Iterable, TryIntoModel, Value,
    sea_query::{ColumnType, Expr, SelectExpr, SelectStatement},
};

use crate::{Concept, result_set::Record};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Integer,
    Small,
    Real,
    Text,
    Truth,
    Date,
    Instant,
}

impl Kind {
    fn of(column: impl ColumnTrait) -> Self {
        match column.def().get_column_type() {
            ColumnType::BigInteger => Self::Integer,
            ColumnType::Integer => Self::Small,
            ColumnType::Double => Self::Real,
            ColumnType::String(_) | ColumnType::Text => Self::Text,
            ColumnType::Boolean => Self::Truth,
            ColumnType::Date => Self::Date,
            ColumnType::TimestampWithTimeZone => Self::Instant,
            other => unreachable!("no column of a concept is a {other:?}"),
        }
    }

    fn read(self, row: &Record<'_>, position: usize) -> Result<Value, DbErr> {
        Ok(match self {
            Self::Integer => row.get::<Option<i64>>(position)?.into(),
            Self::Small => row.get::<Option<i32>>(position)?.into(),
            Self::Truth => row.get::<Option<bool>>(position)?.into(),
            Self::Real => row.get::<Option<f64>>(position)?.into(),
            Self::Text => row.get::<Option<String>>(position)?.into(),
            Self::Date => row.get::<Option<NaiveDate>>(position)?.into(),
            Self::Instant => row.get::<Option<DateTime<Utc>>>(position)?.into(),
        })
    }
}

/// The columns of a table, in its order.
#[derive(Debug)]
pub struct Shape {
    names: Box<[&'static str]>,
    kinds: Box<[Kind]>,
    id: usize,
    key: Option<usize>,
}

impl Shape {
    pub(crate) fn of<E: Concept>() -> Self {
        let position = |wanted: E::Column| {
            let before = |column: &E::Column| column.as_str() != wanted.as_str();
            E::Column::iter().take_while(before).count()
        };
        Self {
            names: E::Column::iter().map(|column| column.as_str()).collect(),
            kinds: E::Column::iter().map(Kind::of).collect(),
            id: position(E::ID),
            key: E::key().map(position),
        }
    }
}

/// Where the columns of a table stand in a result, one after the other in the order of the table.
#[derive(Clone, Copy, Debug)]
pub struct Columns {
    first: usize,
    shape: &'static Shape,
}

impl Columns {
    /// Those of `E` from a position on.
    pub(crate) fn of<E: Concept>(first: usize) -> Self {
        let shape = E::shape();
        Self { first, shape }
    }

    /// Selects every column of the table under an alias; they stand behind what is selected already.
    pub(crate) fn select<E: Concept>(select: &mut SelectStatement, alias: &str) -> Self {
        let mut first = 0;
        select.exprs_mut_for_each(&mut |_: &mut SelectExpr| first += 1);
        // To have them put together by their types takes longer than a small statement.
        let quoted = |name| Expr::cust(format!("\"{alias}\".\"{name}\""));
        select.exprs(E::shape().names.iter().map(quoted));
        Self::of::<E>(first)
    }

    /// The id of the row, unless nothing was found to join.
    pub(crate) fn id(&self, from: &Record<'_>) -> Result<Option<i64>, DbErr> {
        from.get(self.first + self.shape.id)
    }

    /// The key of the row, where the table has one.
    pub(crate) fn key(&self, from: &Record<'_>) -> Result<Option<String>, DbErr> {
        let position = self.shape.key.map(|position| self.first + position);
        position.map(|position| from.get(position)).transpose()
    }
}

/// The row at these columns, which must be there.
pub(crate) fn row<E>(from: &Record<'_>, columns: &Columns) -> Result<E::Model, DbErr>
where
    E: EntityTrait<ActiveModel: ActiveModelTrait<Entity = E> + Default + TryIntoModel<E::Model>>,
{
    let mut row = <E::ActiveModel as Default>::default();
    for ((column, kind), position) in E::Column::iter()
        .zip(&*columns.shape.kinds)
        .zip(columns.first..)
    {
        row.try_set(column, kind.read(from, position)?)?;
    }
    row.try_into_model()
}

#[cfg(test)]
mod tests {
    use sea_orm::{QueryFilter, QueryOrder, QuerySelect};

    use super::*;
    use crate::{
        Store,
        page::{List, Window, page},
    };

    /// The first rows of a table by position, and by name as SeaORM reads them.
    async fn same<E: Concept<Model: PartialEq>>(store: &Store) {
        let list = List::<E> {
            filter: crate::Filter::default(),
            order: Vec::new(),
            recorded_at: None,
        };
        let window = Window {
            size: 2_000,
            backward: false,
            after: None,
            before: None,
        };
        let (by_position, _) = page(store, &list, &window, &[]).await.expect("a page");
        let by_name = E::find()
            .filter(E::visible())
            .order_by_asc(E::ID)
            .limit(window.size)
            .all(&store.db)
            .await
            .expect("rows");
        assert!(by_position.rows == by_name, "{:?}", E::KIND);
    }

    #[tokio::test]
    async fn rows_are_the_same_however_they_are_read() {
        testkit::each_database(async |database| {
            let store = Store::connect(&database.url).await.expect("a database");
            same::<entity::source::Entity>(&store).await;
            same::<entity::territory::Entity>(&store).await;
            same::<entity::indicator::Entity>(&store).await;
            same::<entity::organisation::Entity>(&store).await;
            same::<entity::park::Entity>(&store).await;
            same::<entity::site::Entity>(&store).await;
            same::<entity::project::Entity>(&store).await;
            same::<entity::agreement::Entity>(&store).await;
            same::<entity::agreement::axis::Entity>(&store).await;
            same::<entity::milestone::Entity>(&store).await;
            same::<entity::incentive::Entity>(&store).await;
            same::<entity::event::Entity>(&store).await;
            same::<entity::coordinates::Entity>(&store).await;
            same::<entity::observation::Entity>(&store).await;
        })
        .await;
    }
}
