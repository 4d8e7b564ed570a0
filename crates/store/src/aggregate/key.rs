//! What rows can be grouped by: columns, years, places and activities rolled up their trees.

use entity::{Level, activity, organisation, site, territory};
use sea_orm::{
    ColumnTrait, EntityName, IntoSimpleExpr, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Alias, Expr, ExprTrait, JoinType, Query, SelectStatement},
};

use crate::{
    Concept, Error, Store,
    neighbour::{self, Reference, Table},
    result_set::Record,
};

/// One key of a group.
#[derive(Clone, Debug)]
pub struct Key {
    /// The column it starts from, in the list's own table or in that of its sites.
    column: Expr,
    name: &'static str,
    way: Way,
    /// The table whose keys put ids in order, when it stands for a row of that.
    labels: Option<&'static dyn Table>,
    /// Reached through the sites of an organisation, of which there may be several.
    through_sites: bool,
}

/// From the column to the key.
#[derive(Clone, Debug)]
enum Way {
    Itself,
    /// The year of a date, or of a text that begins like one.
    Year {
        date: bool,
    },
    /// The territory above it, or itself, at a level.
    Level(Level),
    /// The activity above it, or itself, right below the root of the tree.
    Segment,
    /// A column of the row it points to.
    Of(Box<SelectStatement>),
}

/// The key of a group.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum KeyValue {
    Id(i64),
    Text(String),
    Year(i32),
}

const REACHED: &str = "reached";

impl Key {
    /// A text of the rows themselves.
    pub fn text(column: impl ColumnTrait) -> Self {
        Self::new(column, Way::Itself, None)
    }

    /// A reference of the rows to rows of `E`.
    pub fn reference<E: Concept>(column: impl ColumnTrait) -> Self {
        Self::new(column, Way::Itself, Some(neighbour::table::<E>()))
    }

    /// The year of a text that begins with one.
    pub fn year_of_text(column: impl ColumnTrait) -> Self {
        Self::new(column, Way::Year { date: false }, None)
    }

    /// The year of a date.
    pub fn year_of_date(column: impl ColumnTrait) -> Self {
        Self::new(column, Way::Year { date: true }, None)
    }

    /// The territory at a level that a place is or lies in.
    pub fn territory(column: impl ColumnTrait, level: Level) -> Self {
        Self::new(
            column,
            Way::Level(level),
            Some(neighbour::table::<territory::Entity>()),
        )
    }

    /// The segment an activity is or belongs to: the activity right below the root of the tree.
    pub fn segment(column: impl ColumnTrait) -> Self {
        Self::new(
            column,
            Way::Segment,
            Some(neighbour::table::<activity::Entity>()),
        )
    }

    /// A text of the row of `E` that a column points to.
    pub fn of<E: Concept>(reference: impl ColumnTrait, column: E::Column) -> Self {
        let found = E::find()
            .select_only()
            .column_as(E::ID, "from_id")
            .column_as(column, REACHED)
            .filter(E::visible())
            .into_query();
        Self::new(reference, Way::Of(Box::new(found)), None)
    }

    /// The same key of the sites of organisations: an organisation is in the group of each of them.
    pub fn through_sites(self) -> Self {
        Self {
            through_sites: true,
            ..self
        }
    }

    /// Whether one row can be in several groups.
    pub fn is_shared(&self) -> bool {
        self.through_sites
    }

    fn new(column: impl ColumnTrait, way: Way, labels: Option<&'static dyn Table>) -> Self {
        Self {
            column: column.into_simple_expr(),
            name: column.as_str(),
            way,
            labels,
            through_sites: false,
        }
    }

    /// The name of the column it starts from.
    pub(super) fn column(&self) -> &'static str {
        self.name
    }

    /// The reference from a group to the row that its key stands for.
    pub(super) fn reference_from(&self, index: usize, then: Vec<Reference>) -> Option<Reference> {
        Some(Reference::to(self.labels?, name(index), then))
    }

    /// Whether it is reached from a column of the rows through other tables.
    pub(super) fn is_rolled_up(&self) -> bool {
        !matches!(self.way, Way::Itself | Way::Year { .. })
    }

    /// What it is reached from.
    pub(super) fn base(&self, store: &Store) -> Expr {
        match self.way {
            Way::Year { date } => year(self.column.clone(), date, store),
            _ => self.column.clone(),
        }
    }

    /// Joins what leads from there to the key, and says where the key stands then.
    pub(super) fn roll_up(&self, base: Expr, select: &mut SelectStatement, index: usize) -> Expr {
        let found = match &self.way {
            Way::Itself | Way::Year { .. } => return base,
            Way::Level(level) => at_level(*level),
            Way::Segment => segments(),
            Way::Of(found) => (**found).clone(),
        };
        let alias = Alias::new(format!("way_{index}"));
        let of = |name: &str| Expr::col((alias.clone(), Alias::new(name)));
        select.join_subquery(
            JoinType::LeftJoin,
            found,
            alias.clone(),
            of("from_id").eq(base),
        );
        of(REACHED)
    }

    /// What the key is put in order by, once rows are grouped.
    pub(super) fn label(&self, grouped: &mut SelectStatement, index: usize) -> Expr {
        let key = Expr::col((Alias::new("grouped"), Alias::new(name(index))));
        let Some(table) = self.labels else {
            return key;
        };
        let alias = Alias::new(format!("label_{index}"));
        let of = |name: &str| Expr::col((alias.clone(), Alias::new(name)));
        grouped.join_as(
            JoinType::LeftJoin,
            Alias::new(table.name()),
            alias.clone(),
            of("id").eq(key),
        );
        of("key")
    }

    pub(super) fn read(&self, row: &Record<'_>, index: usize) -> Result<Option<KeyValue>, Error> {
        let name = name(index);
        Ok(match (&self.way, self.labels) {
            (Way::Year { .. }, _) => row
                .named::<Option<i64>>(&name)?
                .map(|year| KeyValue::Year(year as i32)),
            (_, Some(_)) => row.named::<Option<i64>>(&name)?.map(KeyValue::Id),
            (_, None) => row.named::<Option<String>>(&name)?.map(KeyValue::Text),
        })
    }
}

/// The sites of each organisation, and nothing where it has none.
pub(super) fn join_sites(select: &mut SelectStatement) {
    let on = site::Column::OrganisationId
        .into_simple_expr()
        .eq(organisation::Column::Id.into_simple_expr());
    select.join(JoinType::LeftJoin, site::Entity.table_ref(), on);
}

pub(super) fn name(index: usize) -> String {
    format!("key_{index}")
}

fn year(column: Expr, date: bool, store: &Store) -> Expr {
    let year = if date && store.is_postgres() {
        Expr::cust_with_exprs("EXTRACT(YEAR FROM $1)", [column])
    } else if store.is_postgres() {
        Expr::cust_with_exprs("SUBSTR($1, 1, 4)", [column])
    } else {
        Expr::cust_with_exprs("SUBSTR(?, 1, 4)", [column])
    };
    year.cast_as(Alias::new("BIGINT"))
}

/// From every place to the one above it, or itself, at a level. Where several of that level stand above each other, the uppermost.
fn at_level(level: Level) -> SelectStatement {
    let of = |name: &str| Expr::col((Alias::new("territory_ancestors"), Alias::new(name)));
    Query::select()
        .expr_as(of("territory_id"), Alias::new("from_id"))
        .expr_as(of("ancestor_id"), Alias::new(REACHED))
        .from(Alias::new("territory_ancestors"))
        .and_where(of("level").eq(level.as_str()))
        .to_owned()
}

/// From every activity to the one above it, or itself, right below the root.
fn segments() -> SelectStatement {
    let of = |table: &str, name: &str| Expr::col((Alias::new(table), Alias::new(name)));
    Query::select()
        .expr_as(
            of("activity_ancestors", "activity_id"),
            Alias::new("from_id"),
        )
        .expr_as(of("activity_ancestors", "ancestor_id"), Alias::new(REACHED))
        .from(Alias::new("activity_ancestors"))
        .join_as(
            JoinType::InnerJoin,
            Alias::new("activities"),
            Alias::new("segment"),
            of("segment", "id").eq(of("activity_ancestors", "ancestor_id")),
        )
        .join_as(
            JoinType::InnerJoin,
            Alias::new("activities"),
            Alias::new("root"),
            of("root", "id").eq(of("segment", "parent_id")),
        )
        .and_where(of("root", "parent_id").is_null())
        .to_owned()
}
