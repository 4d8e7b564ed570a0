//! Rows out of results by the position of their columns. To read them by name, as SeaORM does by itself, a name is put together and looked
//! up for every value, which takes longer than the value.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DbErr, EntityTrait, IdenStatic, Iterable, QueryResult,
    TryIntoModel, Value, sea_query::ColumnType,
};

use crate::Concept;

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

    fn read(self, row: &QueryResult, position: usize) -> Result<Value, DbErr> {
        Ok(match self {
            Self::Integer => row.try_get_by_index::<Option<i64>>(position)?.into(),
            Self::Small => row.try_get_by_index::<Option<i32>>(position)?.into(),
            Self::Truth => row.try_get_by_index::<Option<bool>>(position)?.into(),
            Self::Real => row.try_get_by_index::<Option<f64>>(position)?.into(),
            Self::Text => row.try_get_by_index::<Option<String>>(position)?.into(),
            Self::Date => row.try_get_by_index::<Option<NaiveDate>>(position)?.into(),
            Self::Instant => row
                .try_get_by_index::<Option<DateTime<Utc>>>(position)?
                .into(),
        })
    }
}

/// Where the columns of a table stand in a result, one after the other in the order of the table.
#[derive(Clone, Debug)]
pub struct Columns {
    first: usize,
    kinds: Arc<[Kind]>,
    id: usize,
    key: Option<usize>,
}

impl Columns {
    /// Those of `E` from a position on.
    pub(crate) fn of<E: Concept>(first: usize) -> Self {
        let position = |wanted: E::Column| {
            let before = |column: &E::Column| column.as_str() != wanted.as_str();
            first + E::Column::iter().take_while(before).count()
        };
        Self {
            first,
            kinds: E::Column::iter().map(Kind::of).collect(),
            id: position(E::ID),
            key: E::key().map(position),
        }
    }

    /// The id of the row, unless nothing was found to join.
    pub(crate) fn id(&self, from: &QueryResult) -> Result<Option<i64>, DbErr> {
        from.try_get_by_index(self.id)
    }

    /// The key of the row, where the table has one.
    pub(crate) fn key(&self, from: &QueryResult) -> Result<Option<String>, DbErr> {
        self.key
            .map(|position| from.try_get_by_index(position))
            .transpose()
    }
}

/// The row at these columns, which must be there.
pub(crate) fn row<E>(from: &QueryResult, columns: &Columns) -> Result<E::Model, DbErr>
where
    E: EntityTrait<ActiveModel: ActiveModelTrait<Entity = E> + Default + TryIntoModel<E::Model>>,
{
    let mut row = <E::ActiveModel as Default>::default();
    for ((column, kind), position) in E::Column::iter().zip(&*columns.kinds).zip(columns.first..) {
        row.try_set(column, kind.read(from, position)?)?;
    }
    row.try_into_model()
}
