//! What every list needs to know of a table: its id, its key, and which of its rows may be seen.

use entity::ConceptKind;
use sea_orm::{ColumnTrait, Condition, EntityTrait, ModelTrait};

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

    fn id_of(row: &Self::Model) -> i64 {
        match row.get(Self::ID) {
            sea_orm::Value::BigInt(Some(id)) => id,
            other => unreachable!("every id is a big integer, not {other:?}"),
        }
    }
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
    entity::park::Entity => Park,
    entity::site::Entity => Site,
    entity::project::Entity => Project,
    entity::agreement::Entity => Agreement,
    entity::plan::Entity => Plan,
    entity::plan::objective::Entity => PlanObjective,
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

    fn visible() -> Condition {
        Condition::all().add(entity::observation::Column::SupersededAt.is_null())
    }
}

impl Concept for entity::agreement::axis::Entity {
    const KIND: ConceptKind = ConceptKind::AgreementAxis;
    const ID: Self::Column = entity::agreement::axis::Column::Id;

    fn key() -> Option<Self::Column> {
        None
    }

    fn visible() -> Condition {
        Condition::all().add(entity::agreement::axis::Column::SupersededAt.is_null())
    }
}
