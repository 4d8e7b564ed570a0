//! Conditions on lists, built from columns and tests; the only way a filter reaches SQL.

use entity::{ConceptKind, activity, name, observation, territory};
use sea_orm::{
    ColumnTrait, Condition, DatabaseBackend, EntityTrait, IntoSimpleExpr, QueryFilter, QuerySelect,
    QueryTrait,
    sea_query::{Alias, Expr, ExprTrait, Func, LikeExpr, Query, SelectStatement},
};

use crate::Concept;

/// A condition on the rows of one list.
#[derive(Clone)]
pub struct Filter(Node);

#[derive(Clone)]
enum Node {
    /// What holds for a column of the rows.
    Is(&'static str, Expr),
    /// A column of the rows refers to one of these.
    In {
        name: &'static str,
        column: Expr,
        found: Box<SelectStatement>,
        /// Everything below a place or an activity, by its key.
        below: Option<(ConceptKind, String)>,
    },
    All(Vec<Filter>),
    Any(Vec<Filter>),
    Not(Box<Filter>),
}

/// Where the database finds the rows of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// By an index on what the filter looks at: right for few rows.
    Filter,
    /// In the order of the list, passing over those the filter leaves out, until there are enough: right for a large part of all rows.
    /// The planners do not know which places are large, so it is said to them, by a sign before the column.
    Order(DatabaseBackend),
}

/// The condition alone: a list's fingerprint is made of it.
impl std::fmt::Debug for Filter {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let condition = self.condition(Access::Filter);
        formatter.debug_tuple("Filter").field(&condition).finish()
    }
}

impl Default for Filter {
    fn default() -> Self {
        Self::all([])
    }
}

impl Filter {
    fn is(column: impl ColumnTrait, condition: Expr) -> Self {
        Self(Node::Is(column.as_str(), condition))
    }

    fn found_in(column: impl ColumnTrait, found: SelectStatement) -> Self {
        Self(Node::In {
            name: column.as_str(),
            column: column.into_simple_expr(),
            found: Box::new(found),
            below: None,
        })
    }

    /// Every one of them; without any, every row.
    pub fn all(filters: impl IntoIterator<Item = Filter>) -> Self {
        Self(Node::All(filters.into_iter().collect()))
    }

    /// At least one of them; without any, no row.
    pub fn any(filters: impl IntoIterator<Item = Filter>) -> Self {
        Self(Node::Any(filters.into_iter().collect()))
    }

    /// The rows the filter leaves out, those where it is unknown included.
    pub fn negated(self) -> Self {
        Self(Node::Not(Box::new(self)))
    }

    pub(crate) fn condition(&self, access: Access) -> Condition {
        let all = Condition::all();
        match &self.0 {
            Node::Is(_, condition) => all.add(condition.clone()),
            Node::In { column, found, .. } => all.add(match access {
                Access::Filter => column.clone().in_subquery((**found).clone()),
                Access::Order(backend) => in_passing(column.clone(), (**found).clone(), backend),
            }),
            Node::All(filters) => filters
                .iter()
                .fold(all, |all, filter| all.add(filter.condition(access))),
            Node::Any(filters) if filters.is_empty() => all.add(Expr::value(1).eq(0)),
            Node::Any(filters) => filters.iter().fold(Condition::any(), |any, filter| {
                any.add(filter.condition(access))
            }),
            Node::Not(filter) => {
                let known = Func::coalesce([filter.condition(access).into(), Expr::value(false)]);
                all.add(Expr::expr(known).not())
            }
        }
    }

    /// Whether it looks at no other columns of the rows.
    pub(crate) fn looks_only_at(&self, columns: &[&str]) -> bool {
        match &self.0 {
            Node::Is(name, _) | Node::In { name, .. } => columns.contains(name),
            Node::All(filters) | Node::Any(filters) => {
                filters.iter().all(|filter| filter.looks_only_at(columns))
            }
            Node::Not(filter) => filter.looks_only_at(columns),
        }
    }

    /// The places and activities that it keeps to, when it asks for nothing else.
    pub(crate) fn only_below(&self) -> Option<Vec<(ConceptKind, &str)>> {
        match &self.0 {
            Node::In {
                below: Some((kind, key)),
                ..
            } => Some(vec![(*kind, key.as_str())]),
            Node::All(filters) => {
                filters
                    .iter()
                    .map(Filter::only_below)
                    .try_fold(Vec::new(), |mut all, below| {
                        all.extend(below?);
                        Some(all)
                    })
            }
            _ => None,
        }
    }
}

/// The same as `column IN (found)`, and no reason to look for the rows by an index on the column.
fn in_passing(column: Expr, found: SelectStatement, backend: DatabaseBackend) -> Expr {
    let found = Expr::SubQuery(None, Box::new(found.into()));
    match backend {
        // Not a join, and looked up by its hash.
        DatabaseBackend::Postgres => Expr::cust_with_exprs("($1 IN $2) IS TRUE", [column, found]),
        _ => Expr::cust_with_exprs("+? IN ?", [column, found]),
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
    Filter::is(column, condition)
}

/// Rows whose reference points to a row of `E` that meets `filter`.
pub fn to_one<E: Concept>(reference: impl ColumnTrait, filter: Filter) -> Filter {
    let found = E::find()
        .select_only()
        .column(E::ID)
        .filter(E::visible())
        .filter(filter.condition(Access::Filter))
        .into_query();
    Filter::found_in(reference, found)
}

/// Rows that have at least one row of `E` pointing to them that meets `filter`.
pub fn has<E: EntityTrait>(id: impl ColumnTrait, pointing: E::Column, filter: Filter) -> Filter {
    let found = E::find()
        .select_only()
        .column(pointing)
        .filter(pointing.is_not_null())
        .filter(filter.condition(Access::Filter))
        .into_query();
    Filter::found_in(id, found)
}

/// Rows in a territory or anything below it.
pub fn within_territory(reference: impl ColumnTrait, code: &str) -> Filter {
    let ancestor = key_to_id::<territory::Entity>(territory::Column::Key, code);
    let found = below("territory_ancestors", "territory_id", ancestor);
    let kind = ConceptKind::Territory;
    let key = code.to_owned();
    Filter(Node::In {
        name: reference.as_str(),
        column: reference.into_simple_expr(),
        found: Box::new(found),
        below: Some((kind, key)),
    })
}

/// Rows of an activity or anything below it.
pub fn within_activity(reference: impl ColumnTrait, key: &str) -> Filter {
    let ancestor = key_to_id::<activity::Entity>(activity::Column::Key, key);
    let found = below("activity_ancestors", "activity_id", ancestor);
    let kind = ConceptKind::Activity;
    let key = key.to_owned();
    Filter(Node::In {
        name: reference.as_str(),
        column: reference.into_simple_expr(),
        found: Box::new(found),
        below: Some((kind, key)),
    })
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
    Filter::found_in(E::ID, found)
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
    Filter::is(kind, kind.is_null())
}

/// Observations about one subject.
pub fn about<E: Concept>(filter: Filter) -> Filter {
    let kind = entity::SubjectKind::try_from(E::KIND)
        .expect("only kinds that can be a subject are asked about");
    let found = E::find()
        .select_only()
        .column(E::ID)
        .filter(E::visible())
        .filter(filter.condition(Access::Filter))
        .into_query();
    let (of_kind, id) = (
        observation::Column::SubjectKind,
        observation::Column::SubjectId,
    );
    Filter::all([
        Filter::is(of_kind, of_kind.eq(kind)),
        Filter::found_in(id, found),
    ])
}

/// Rows of the concept `E` that carry the keys.
pub fn keyed<E: Concept>(test: Test<String>) -> Filter {
    column(
        E::key().expect("only concepts with a key column are filtered by key"),
        test,
    )
}

/// Milestones whose status in force is one of these.
pub fn milestone_status(statuses: Vec<entity::MilestoneStatus>) -> Filter {
    use entity::milestone::{Column, status};
    let in_force = column(
        status::Column::SupersededAt,
        Test::<chrono::DateTime<chrono::Utc>>::IsNull(true),
    );
    let wanted = column(status::Column::Status, Test::In(statuses));
    has::<status::Entity>(
        Column::Id,
        status::Column::MilestoneId,
        Filter::all([in_force, wanted]),
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
