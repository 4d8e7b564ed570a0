//! Conditions on lists, built from columns and tests; the only way a filter reaches SQL.

use std::collections::BTreeSet;

use entity::{activity, name, observation, territory};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, IntoSimpleExpr, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Alias, Expr, ExprTrait, LikeExpr, Query, SelectStatement},
};

use crate::Concept;

/// A condition on the rows of one list, and the columns of theirs that it looks at.
#[derive(Clone)]
pub struct Filter {
    pub(crate) condition: Condition,
    pub(crate) columns: BTreeSet<&'static str>,
}

/// The condition alone: a list's fingerprint is made of it.
impl std::fmt::Debug for Filter {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_tuple("Filter")
            .field(&self.condition)
            .finish()
    }
}

impl Default for Filter {
    fn default() -> Self {
        Self::all([])
    }
}

impl Filter {
    fn new(column: impl ColumnTrait, condition: Expr) -> Self {
        Self {
            condition: Condition::all().add(condition),
            columns: BTreeSet::from([column.as_str()]),
        }
    }

    /// Every one of them; without any, every row.
    pub fn all(filters: impl IntoIterator<Item = Filter>) -> Self {
        Self::joined(Condition::all(), filters)
    }

    /// At least one of them; without any, no row.
    pub fn any(filters: impl IntoIterator<Item = Filter>) -> Self {
        let any = Self::joined(Condition::any(), filters);
        if any.condition.is_empty() {
            return Self {
                condition: Condition::all().add(Expr::value(1).eq(0)),
                columns: BTreeSet::new(),
            };
        }
        any
    }

    fn joined(by: Condition, filters: impl IntoIterator<Item = Filter>) -> Self {
        let none = Self {
            condition: by,
            columns: BTreeSet::new(),
        };
        filters.into_iter().fold(none, |joined, filter| Self {
            condition: joined.condition.add(filter.condition),
            columns: &joined.columns | &filter.columns,
        })
    }

    /// The rows the filter leaves out, those where it is unknown included.
    pub fn negated(self) -> Self {
        let known = Expr::expr(sea_orm::sea_query::Func::coalesce([
            self.condition.into(),
            Expr::value(false),
        ]));
        Self {
            condition: Condition::all().add(known.not()),
            columns: self.columns,
        }
    }
}

/// What a column's value is held against.
#[derive(Clone, Debug)]
pub enum Test<T> {
    Equal(T),
    In(Vec<T>),
    /// Another value, or none.
    Not(T),
    AtLeast(T),
    AtMost(T),
    IsNull(bool),
}

/// A test on a column of the list's own table.
pub fn column<C: ColumnTrait, T: Into<sea_orm::Value>>(column: C, test: Test<T>) -> Filter {
    let condition = match test {
        Test::Equal(value) => column.eq(value),
        Test::In(values) if values.is_empty() => Expr::value(1).eq(0),
        Test::In(values) => column.is_in(values),
        Test::Not(value) => column.ne(value).or(column.is_null()),
        Test::AtLeast(value) => column.gte(value),
        Test::AtMost(value) => column.lte(value),
        Test::IsNull(true) => column.is_null(),
        Test::IsNull(false) => column.is_not_null(),
    };
    Filter::new(column, condition)
}

/// Rows whose reference points to a row of `E` that meets `filter`.
pub fn to_one<E: Concept>(reference: impl ColumnTrait, filter: Filter) -> Filter {
    let found = E::find()
        .select_only()
        .column(E::ID)
        .filter(E::visible())
        .filter(filter.condition)
        .into_query();
    Filter::new(reference, reference.in_subquery(found))
}

/// Rows that have at least one row of `E` pointing to them that meets `filter`.
pub fn has<E: EntityTrait>(id: impl ColumnTrait, pointing: E::Column, filter: Filter) -> Filter {
    let found = E::find()
        .select_only()
        .column(pointing)
        .filter(pointing.is_not_null())
        .filter(filter.condition)
        .into_query();
    Filter::new(id, id.in_subquery(found))
}

/// Rows in a territory or anything below it.
pub fn within_territory(reference: impl ColumnTrait, code: &str) -> Filter {
    let ancestor = key_to_id::<territory::Entity>(territory::Column::Key, code);
    let below = below("territory_ancestors", "territory_id", ancestor);
    Filter::new(reference, reference.in_subquery(below))
}

/// Rows of an activity or anything below it.
pub fn within_activity(reference: impl ColumnTrait, key: &str) -> Filter {
    let ancestor = key_to_id::<activity::Entity>(activity::Column::Key, key);
    let below = below("activity_ancestors", "activity_id", ancestor);
    Filter::new(reference, reference.in_subquery(below))
}

fn key_to_id<E: Concept>(column: E::Column, key: &str) -> SelectStatement {
    E::find()
        .select_only()
        .column(E::ID)
        .filter(column.eq(key))
        .into_query()
}

fn below(
    closure: &'static str,
    column: &'static str,
    ancestor: SelectStatement,
) -> SelectStatement {
    Query::select()
        .column(Alias::new(column))
        .from(Alias::new(closure))
        .and_where(Expr::col(Alias::new("ancestor_id")).in_subquery(ancestor))
        .to_owned()
}

/// How a text is looked for; case, accents and Arabic spelling variants are ignored.
#[derive(Clone, Debug)]
pub enum TextTest {
    Equal(String),
    Contains(String),
    StartsWith(String),
}

/// Rows of a concept that have a name or alias as asked.
pub fn named<E: Concept>(test: &TextTest) -> Filter {
    let condition = folded(Expr::col(name::Column::Folded), test);
    let found = name::Entity::find()
        .select_only()
        .column(name::Column::ConceptId)
        .filter(name::Column::Concept.eq(E::KIND))
        .filter(condition)
        .into_query();
    Filter::new(E::ID, E::ID.in_subquery(found))
}

pub(crate) fn folded(column: Expr, test: &TextTest) -> Expr {
    match test {
        TextTest::Equal(text) => column.eq(language::fold(text)),
        TextTest::Contains(text) => {
            column.like(LikeExpr::new(format!("%{}%", like(text))).escape('\\'))
        }
        TextTest::StartsWith(text) => {
            column.like(LikeExpr::new(format!("{}%", like(text))).escape('\\'))
        }
    }
}

fn like(text: &str) -> String {
    language::fold(text)
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_")
}

/// Observations about a whole territory, not about a company, a park or a plan.
pub fn without_subject() -> Filter {
    let kind = observation::Column::SubjectKind;
    Filter::new(kind, kind.is_null())
}

/// Observations about one subject.
pub fn about<E: Concept>(filter: Filter) -> Filter {
    let kind = entity::SubjectKind::try_from(E::KIND)
        .expect("only kinds that can be a subject are asked about");
    let found = E::find()
        .select_only()
        .column(E::ID)
        .filter(E::visible())
        .filter(filter.condition)
        .into_query();
    let (of_kind, id) = (
        observation::Column::SubjectKind,
        observation::Column::SubjectId,
    );
    Filter::all([
        Filter::new(of_kind, of_kind.eq(kind)),
        Filter::new(id, id.into_simple_expr().in_subquery(found)),
    ])
}

/// Rows of the concept `E` that carry the keys.
pub fn keyed<E: Concept>(test: Test<String>) -> Filter {
    column(
        E::key().expect("only concepts with a key column are filtered by key"),
        test,
    )
}

/// Projects whose status in force is one of these.
pub fn project_status(statuses: Vec<entity::ProjectStatus>) -> Filter {
    use entity::project::{Column, status};
    let in_force = column(
        status::Column::SupersededAt,
        Test::<chrono::DateTime<chrono::Utc>>::IsNull(true),
    );
    let wanted = column(status::Column::Status, Test::In(statuses));
    has::<status::Entity>(
        Column::Id,
        status::Column::ProjectId,
        Filter::all([in_force, wanted]),
    )
}
