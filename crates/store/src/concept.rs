//! What every list needs to know of a table: its id, its key, and which of its rows may be seen.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use entity::ConceptKind;
use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, ModelTrait, sea_query::ExprTrait};

use crate::{
    decode::{self, Columns, Shape},
    result_set::Record,
};

/// A table whose rows are shown.
pub trait Concept: EntityTrait<Model: ModelTrait<Entity = Self> + Clone + Send + Sync> {
    const KIND: ConceptKind;
    const ID: Self::Column;

    /// The column with the stable key, where the table has one.
    fn key() -> Option<Self::Column>;

    /// The one rule of what may be seen; lists, nodes, counts and searches all start from it.
    fn visible() -> Condition {
        Condition::all()
    }

    /// The same at an instant of the past, for what is superseded and never overwritten; the instant makes no difference to the rest.
    fn visible_at(recorded_at: Option<DateTime<Utc>>) -> Condition {
        let _ = recorded_at;
        Self::visible()
    }

    /// The columns of the table.
    #[doc(hidden)]
    fn shape() -> &'static Shape;

    /// The row at these columns of a result.
    #[doc(hidden)]
    fn row(from: &Record<'_>, columns: &Columns) -> Result<Self::Model, DbErr>;

    fn id_of(row: &Self::Model) -> i64 {
        match row.get(Self::ID) {
            sea_orm::Value::BigInt(Some(id)) => id,
            other => unreachable!("every id is a big integer, not {other:?}"),
        }
    }
}

macro_rules! read_by_position {
    ($entity:path) => {
        fn shape() -> &'static Shape {
            static SHAPE: LazyLock<Shape> = LazyLock::new(Shape::of::<$entity>);
            &SHAPE
        }

        fn row(from: &Record<'_>, columns: &Columns) -> Result<Self::Model, DbErr> {
            decode::row::<Self>(from, columns)
        }
    };
}

/// A row of a concept's table.
pub type Row<E> = <E as EntityTrait>::Model;

macro_rules! concepts {
    ($($module:path => $kind:ident),+ $(,)?) => {$(
        impl Concept for $module {
            const KIND: ConceptKind = ConceptKind::$kind;
            const ID: Self::Column = <Self as EntityTrait>::Column::Id;

            fn key() -> Option<Self::Column> {
                Some(<Self as EntityTrait>::Column::Key)
            }

            read_by_position!($module);
        }
    )+};
}

concepts! {
    entity::unit::Entity => Unit,
    entity::source::Entity => Source,
    entity::territory::Entity => Territory,
    entity::activity::Entity => Activity,
    entity::indicator::Entity => Indicator,
    entity::organisation::Entity => Organisation,
    entity::membership::Entity => Membership,
    entity::profile::Entity => Profile,
    entity::park::Entity => Park,
    entity::site::Entity => Site,
    entity::project::Entity => Project,
    entity::agreement::Entity => Agreement,
    entity::plan::Entity => Plan,
    entity::plan::objective::Entity => PlanObjective,
    entity::milestone::Entity => Milestone,
    entity::incentive::Entity => Incentive,
    entity::training_programme::Entity => TrainingProgramme,
    entity::event::Entity => Event,
    entity::coordinates::Entity => Coordinates,
}

impl Concept for entity::observation::Entity {
    const KIND: ConceptKind = ConceptKind::Observation;
    const ID: Self::Column = entity::observation::Column::Id;

    fn key() -> Option<Self::Column> {
        Some(entity::observation::Column::Key)
    }

    read_by_position!(entity::observation::Entity);

    fn visible() -> Condition {
        Condition::all().add(entity::observation::Column::SupersededAt.is_null())
    }

    fn visible_at(recorded_at: Option<DateTime<Utc>>) -> Condition {
        use entity::observation::Column;
        in_force(Column::RecordedAt, Column::SupersededAt, recorded_at)
    }
}

impl Concept for entity::agreement::axis::Entity {
    const KIND: ConceptKind = ConceptKind::AgreementAxis;
    const ID: Self::Column = entity::agreement::axis::Column::Id;

    fn key() -> Option<Self::Column> {
        None
    }

    read_by_position!(entity::agreement::axis::Entity);

    fn visible() -> Condition {
        Condition::all().add(entity::agreement::axis::Column::SupersededAt.is_null())
    }

    fn visible_at(recorded_at: Option<DateTime<Utc>>) -> Condition {
        use entity::agreement::axis::Column;
        in_force(Column::RecordedAt, Column::SupersededAt, recorded_at)
    }
}

/// Rows in force now, or at an instant: recorded then or before, and superseded later if ever.
pub(crate) fn in_force<C: ColumnTrait>(
    recorded: C,
    superseded: C,
    at: Option<DateTime<Utc>>,
) -> Condition {
    match at {
        None => Condition::all().add(superseded.is_null()),
        Some(at) => Condition::all()
            .add(recorded.lte(at))
            .add(superseded.is_null().or(superseded.gt(at))),
    }
}
