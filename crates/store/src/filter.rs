//! Conditions on lists, built from columns and tests; the only way a filter reaches SQL.

use entity::{activity, name, observation, territory};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, IntoSimpleExpr, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Alias, Expr, ExprTrait, LikeExpr, Query, SelectStatement},
};

use crate::Concept;

/// A condition on the rows of one list.
#[derive(Clone, Debug)]
pub struct Filter(pub(crate) Condition);

impl Default for Filter {
    fn default() -> Self {
        Self::all([])
    }
}

impl Filter {
    /// Every one of them; without any, every row.
    pub fn all(filters: impl IntoIterator<Item = Filter>) -> Self {
        Self(
            filters
                .into_iter()
                .fold(Condition::all(), |all, filter| all.add(filter.0)),
        )
    }

    /// At least one of them; without any, no row.
    pub fn any(filters: impl IntoIterator<Item = Filter>) -> Self {
        let filters: Vec<_> = filters.into_iter().collect();
        if filters.is_empty() {
            return Self(Condition::all().add(Expr::value(1).eq(0)));
        }
        Self(
            filters
                .into_iter()
                .fold(Condition::any(), |any, filter| any.add(filter.0)),
        )
    }

    /// The rows the filter leaves out, those where it is unknown included.
    pub fn negated(self) -> Self {
        let known = Expr::expr(sea_orm::sea_query::Func::coalesce([
            self.0.into(),
            Expr::value(false),
        ]));
        Self(Condition::all().add(known.not()))
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
    Filter(Condition::all().add(match test {
        Test::Equal(value) => column.eq(value),
        Test::In(values) if values.is_empty() => Expr::value(1).eq(0),
        Test::In(values) => column.is_in(values),
        Test::Not(value) => column.ne(value).or(column.is_null()),
        Test::AtLeast(value) => column.gte(value),
        Test::AtMost(value) => column.lte(value),
        Test::IsNull(true) => column.is_null(),
        Test::IsNull(false) => column.is_not_null(),
    }))
}

/// Rows whose reference points to a row of `E` that meets `filter`.
pub fn to_one<E: Concept>(reference: impl ColumnTrait, filter: Filter) -> Filter {
    let found = E::find()
        .select_only()
        .column(E::ID)
        .filter(E::visible())
        .filter(filter.0)
        .into_query();
    Filter(Condition::all().add(reference.in_subquery(found)))
}

/// Rows that have at least one row of `E` pointing to them that meets `filter`.
pub fn has<E: EntityTrait>(id: impl ColumnTrait, pointing: E::Column, filter: Filter) -> Filter {
    let found = E::find()
        .select_only()
        .column(pointing)
        .filter(pointing.is_not_null())
        .filter(filter.0)
        .into_query();
    Filter(Condition::all().add(id.in_subquery(found)))
}

/// Rows in a territory or anything below it.
pub fn within_territory(reference: impl ColumnTrait, code: &str) -> Filter {
    let ancestor = key_to_id::<territory::Entity>(territory::Column::Key, code);
    Filter(Condition::all().add(reference.in_subquery(below(
        "territory_ancestors",
        "territory_id",
        ancestor,
    ))))
}

/// Rows of an activity or anything below it.
pub fn within_activity(reference: impl ColumnTrait, key: &str) -> Filter {
    let ancestor = key_to_id::<activity::Entity>(activity::Column::Key, key);
    Filter(Condition::all().add(reference.in_subquery(below(
        "activity_ancestors",
        "activity_id",
        ancestor,
    ))))
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
    Filter(Condition::all().add(E::ID.in_subquery(found)))
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
    Filter(Condition::all().add(observation::Column::SubjectKind.is_null()))
}

/// Observations about one subject.
pub fn about<E: Concept>(filter: Filter) -> Filter {
    let kind = entity::SubjectKind::try_from(E::KIND)
        .expect("only kinds that can be a subject are asked about");
    let found = E::find()
        .select_only()
        .column(E::ID)
        .filter(E::visible())
        .filter(filter.0)
        .into_query();
    Filter(
        Condition::all()
            .add(observation::Column::SubjectKind.eq(kind))
            .add(
                observation::Column::SubjectId
                    .into_simple_expr()
                    .in_subquery(found),
            ),
    )
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
