//! What a list comes to, all its pages together: counts, sums and groups, each asked in one statement.
//!
//! The rows are those of the list itself: same filter, same rule of what may be seen. The text of a statement depends on what is asked,
//! never on the rows.

mod figures;
mod key;

use std::collections::HashMap;

use sea_orm::{
    EntityTrait, IdenStatic, IntoSimpleExpr, Order, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{
        Alias, Expr, ExprTrait, Func, NullOrdering, OverStatement, Query, SelectStatement,
        WindowStatement,
    },
};

use crate::{
    Concept, Error, Store,
    neighbour::{self, Joined, Reference, Rows},
    page::{List, Parent},
    result_set::Record,
    rollup,
};

pub use figures::{Detail, Figures, FiguresOf};
pub use key::{Key, KeyValue};

pub(crate) use figures::total;

/// What is asked of the rows of a list, whole or by groups.
pub struct Asked<E: EntityTrait> {
    /// Columns whose different values are counted.
    pub distinct: Vec<E::Column>,
    /// The figures that the rows carry.
    pub figures: Option<(FiguresOf<E>, Detail)>,
}

impl<E: EntityTrait> Clone for Asked<E> {
    fn clone(&self) -> Self {
        Self {
            distinct: self.distinct.clone(),
            figures: self.figures,
        }
    }
}

impl<E: EntityTrait> Asked<E> {
    /// A column to group by. SQLite would read the rows in its order to spare itself the sorting, and then look up their figures in no
    /// order at all, which takes five times as long as reading them as they lie; a sign before the column keeps it from doing so.
    fn in_own_order(&self, column: Expr, store: &Store) -> Expr {
        match self.figures {
            Some((FiguresOf::Named(_), _)) if !store.is_postgres() => {
                Expr::cust_with_exprs("+?", [column])
            }
            _ => column,
        }
    }
}

/// How rows are put together, which groups come first, and how many are given.
#[derive(Clone, Debug)]
pub struct Grouping {
    pub keys: Vec<Key>,
    /// For each key that stands for a row: what will be followed from that row; empty where it will not be read.
    pub references: Vec<Option<Vec<Reference>>>,
    pub order: Vec<GroupTerm>,
    pub first: u64,
}

/// One term of the order of groups; ties are broken by the keys.
#[derive(Clone, Copy, Debug)]
pub struct GroupTerm {
    pub by: GroupOrder,
    pub descending: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupOrder {
    Rows,
    Sum,
    /// The keys as they are written, in the order in which they were asked.
    Keys,
}

/// What rows come to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Totals {
    pub rows: u64,
    /// In the order asked.
    pub distinct: Vec<u64>,
    pub figures: Option<Figures>,
}

/// The rows that have the same keys.
#[derive(Clone, Debug)]
pub struct Group {
    /// In the order asked; empty where the rows have none.
    pub keys: Vec<Option<KeyValue>>,
    pub totals: Totals,
}

/// The first groups of a list.
#[derive(Clone, Debug, Default)]
pub struct Groups {
    pub groups: Vec<Group>,
    /// How many groups there are in all.
    pub total: u64,
    /// What the counts of all groups add up to.
    pub rows: u64,
}

/// The parents whose lists are asked, and the way to their rows; empty for a root list.
pub type Parents<'a, E> = Option<(Parent<E>, &'a [i64])>;

const PARENT: &str = "parent_";
const ROWS: &str = "rows_";
const POSITION: &str = "position_";
const GROUPS: &str = "groups_";
const ALL_ROWS: &str = "all_rows_";
const SUM: &str = "sum_";
const BY_COLUMN: &str = "by_column";
const PLACED: &str = "placed";
const SUM_OF_ROWS: &str = "sum_of_rows_";

fn distinct(index: usize) -> String {
    format!("distinct_{index}")
}

/// The totals of a root list (under the parent 0), or of the lists of many parents; parents without rows are left out.
pub async fn totals<E: Concept>(
    store: &Store,
    parents: Parents<'_, E>,
    list: &List<E>,
    asked: &Asked<E>,
) -> Result<HashMap<i64, Totals>, Error> {
    let statement = rows(store, parents, list, asked, &[]);
    let mut totals = HashMap::new();
    for row in store.rows(&statement).await?.iter() {
        let parent = parent_of(&row, &parents)?;
        totals.insert(parent, read(&row, asked)?);
    }
    Ok(totals)
}

/// The groups of a root list (under the parent 0), or of the lists of many parents, and the rows that their keys stand for; parents
/// without rows are left out.
pub async fn groups<E: Concept>(
    store: &Store,
    parents: Parents<'_, E>,
    list: &List<E>,
    asked: &Asked<E>,
    grouping: &Grouping,
) -> Result<(HashMap<i64, Groups>, Rows), Error> {
    let (statement, joined) = statement(store, parents, list, asked, grouping);
    let mut found: HashMap<i64, Groups> = HashMap::new();
    let mut beside = Rows::default();
    for row in store.rows(&statement).await?.iter() {
        joined.take(&row, &mut beside)?;
        let groups = found.entry(parent_of(&row, &parents)?).or_default();
        groups.total = row.named::<i64>(GROUPS)? as u64;
        groups.rows = row.named::<i64>(ALL_ROWS)? as u64;
        let keys = grouping.keys.iter().enumerate();
        groups.groups.push(Group {
            keys: keys
                .map(|(index, key)| key.read(&row, index))
                .collect::<Result<_, _>>()?,
            totals: read(&row, asked)?,
        });
    }
    Ok((found, beside))
}

/// The groups, with what their keys stand for joined to those that are given.
pub(crate) fn statement<E: Concept>(
    store: &Store,
    parents: Parents<'_, E>,
    list: &List<E>,
    asked: &Asked<E>,
    grouping: &Grouping,
) -> (SelectStatement, Joined) {
    let grouped = rows(store, parents, list, asked, &grouping.keys);
    let mut statement = first_of_each(grouped, parents.is_some(), grouping);
    let followed: Vec<Reference> = grouping
        .keys
        .iter()
        .zip(&grouping.references)
        .enumerate()
        .filter_map(|(index, (key, then))| key.reference_from(index, then.clone()?))
        .collect();
    let joined = neighbour::join(&mut statement, PLACED, &followed);
    // What is joined is read by its position, so it stands before all that a star stands for.
    let all_rows = Expr::col((Alias::new(PLACED), Alias::new(SUM_OF_ROWS)));
    statement
        .expr(Expr::cust("\"placed\".*"))
        .expr_as(all_rows.cast_as(Alias::new("BIGINT")), Alias::new(ALL_ROWS));
    (statement, joined)
}

/// The rows of the list, put together by parent and keys.
fn rows<E: Concept>(
    store: &Store,
    parents: Parents<'_, E>,
    list: &List<E>,
    asked: &Asked<E>,
    keys: &[Key],
) -> SelectStatement {
    if let Some(select) = from_rollup(store, parents, list, asked, keys) {
        return match keys.iter().any(Key::is_rolled_up) {
            true => rolled_up(store, select, parents.is_some(), asked, keys),
            false => select,
        };
    }
    let mut select = E::find()
        .select_only()
        .filter(list.condition())
        .into_query();
    if let Some((way, ids)) = parents {
        way.join(&mut select);
        select
            .and_where(way.among(store, ids))
            .expr_as(way.column(), Alias::new(PARENT))
            .add_group_by([way.column()]);
    }
    let shared = keys.iter().any(Key::is_shared);
    if shared {
        key::join_sites(&mut select);
    }
    // Rows of one place are put together before places are rolled up: there are far fewer places than rows, and an index gives
    // the rows in their order. Different values cannot be counted that way.
    let mixture = asked.figures.is_some_and(|(_, detail)| detail.mixture);
    let in_two_steps =
        !shared && !mixture && asked.distinct.is_empty() && keys.iter().any(Key::is_rolled_up);
    for (index, key) in keys.iter().enumerate() {
        let value = match in_two_steps {
            true => asked.in_own_order(key.base(store), store),
            false => key.roll_up(key.base(store), &mut select, index),
        };
        select
            .expr_as(value.clone(), Alias::new(key::name(index)))
            .add_group_by([value]);
    }
    // A row that a key leads to several groups is counted once in each.
    let count = if shared {
        E::ID.into_simple_expr().count_distinct()
    } else {
        Expr::cust("COUNT(*)")
    };
    select.expr_as(count, Alias::new(ROWS));
    for (index, column) in asked.distinct.iter().enumerate() {
        select.expr_as(
            column.into_simple_expr().count_distinct(),
            Alias::new(distinct(index)),
        );
    }
    if let Some((of, detail)) = &asked.figures {
        of.add(&mut select, *detail, store);
    }
    match in_two_steps {
        true => rolled_up(store, select, parents.is_some(), asked, keys),
        false => select,
    }
}

/// The rows of the list where they are put together ahead of time.
fn from_rollup<E: Concept>(
    store: &Store,
    parents: Parents<'_, E>,
    list: &List<E>,
    asked: &Asked<E>,
    keys: &[Key],
) -> Option<SelectStatement> {
    if !asked.distinct.is_empty() || keys.iter().any(Key::is_shared) {
        return None;
    }
    let way = parents.iter().map(|(way, _)| way.of().as_str());
    let used = way.chain(keys.iter().map(Key::column));
    let mut select = rollup::of(list, used, asked.figures)?;
    if let Some((way, ids)) = parents {
        way.join(&mut select);
        select
            .and_where(way.among(store, ids))
            .expr_as(way.column(), Alias::new(PARENT))
            .add_group_by([way.column()]);
    }
    for (index, key) in keys.iter().enumerate() {
        let column = key.base(store);
        select
            .expr_as(column.clone(), Alias::new(key::name(index)))
            .add_group_by([column]);
    }
    select.expr_as(total(rollup::column::<E>("count")), Alias::new(ROWS));
    if let Some((_, detail)) = asked.figures {
        let part = |name: &str| rollup::column::<E>(name.trim_end_matches('_'));
        figures::add_up(&mut select, part, detail, store);
    }
    Some(select)
}

/// Rows already put together by the columns that keys start from, put together by the keys.
fn rolled_up<E: Concept>(
    store: &Store,
    by_column: SelectStatement,
    by_parent: bool,
    asked: &Asked<E>,
    keys: &[Key],
) -> SelectStatement {
    let column = |name: &str| Expr::col((Alias::new(BY_COLUMN), Alias::new(name)));
    let mut select = Query::select()
        .from_subquery(by_column, Alias::new(BY_COLUMN))
        .to_owned();
    if by_parent {
        select
            .expr_as(column(PARENT), Alias::new(PARENT))
            .add_group_by([column(PARENT)]);
    }
    for (index, key) in keys.iter().enumerate() {
        let value = key.roll_up(column(&key::name(index)), &mut select, index);
        select
            .expr_as(value.clone(), Alias::new(key::name(index)))
            .add_group_by([value]);
    }
    select.expr_as(total(column(ROWS)), Alias::new(ROWS));
    if let Some((_, detail)) = &asked.figures {
        figures::add_up(&mut select, column, *detail, store);
    }
    select
}

/// The first groups of each parent, with how many there are.
fn first_of_each(
    grouped: SelectStatement,
    by_parent: bool,
    grouping: &Grouping,
) -> SelectStatement {
    let column = |name: &str| Expr::col((Alias::new("grouped"), Alias::new(name)));
    let partition = || {
        let mut window = WindowStatement::new();
        if by_parent {
            window.add_partition_by(column(PARENT));
        }
        window
    };
    let mut placed = Query::select()
        .expr(Expr::cust("\"grouped\".*"))
        .from_subquery(grouped, Alias::new("grouped"))
        .to_owned();
    let labels: Vec<Expr> = grouping
        .keys
        .iter()
        .enumerate()
        .map(|(index, key)| key.label(&mut placed, index))
        .collect();
    let mut order = partition();
    let by_keys = |order: &mut WindowStatement, descending: bool| {
        for label in &labels {
            let direction = if descending { Order::Desc } else { Order::Asc };
            order.order_by_expr_with_nulls(label.clone(), direction, NullOrdering::Last);
        }
    };
    for term in &grouping.order {
        let name = match term.by {
            GroupOrder::Rows => ROWS,
            GroupOrder::Sum => SUM,
            GroupOrder::Keys => {
                by_keys(&mut order, term.descending);
                continue;
            }
        };
        let direction = if term.descending {
            Order::Desc
        } else {
            Order::Asc
        };
        order.order_by_expr_with_nulls(column(name), direction, NullOrdering::Last);
    }
    by_keys(&mut order, false);
    placed
        .expr_window_as(
            Func::cust(Alias::new("ROW_NUMBER")),
            order,
            Alias::new(POSITION),
        )
        .expr_window_as(Expr::cust("COUNT(*)"), partition(), Alias::new(GROUPS))
        .expr_window_as(
            Func::sum(column(ROWS)),
            partition(),
            Alias::new(SUM_OF_ROWS),
        );
    let of = |name: &str| Expr::col((Alias::new(PLACED), Alias::new(name)));
    let mut first = Query::select()
        .from_subquery(placed, Alias::new(PLACED))
        .and_where(of(POSITION).lte(grouping.first))
        .to_owned();
    if by_parent {
        first.order_by_expr(of(PARENT), Order::Asc);
    }
    first.order_by_expr(of(POSITION), Order::Asc);
    first
}

fn parent_of<E: Concept>(row: &Record<'_>, parents: &Parents<'_, E>) -> Result<i64, Error> {
    Ok(match parents {
        Some(_) => row.named(PARENT)?,
        None => 0,
    })
}

fn read<E: Concept>(row: &Record<'_>, asked: &Asked<E>) -> Result<Totals, Error> {
    let count = |name: &str| Ok::<_, Error>(row.named::<i64>(name)? as u64);
    Ok(Totals {
        rows: count(ROWS)?,
        distinct: (0..asked.distinct.len())
            .map(|index| count(&distinct(index)))
            .collect::<Result<_, _>>()?,
        figures: asked
            .figures
            .as_ref()
            .map(|(_, detail)| Figures::read(row, *detail))
            .transpose()?,
    })
}
