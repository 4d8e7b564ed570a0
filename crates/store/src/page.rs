//! Pages of any list: filter, several order terms, keyset cursors that know about missing values, for one list or for many at once.
//!
//! Missing values come last in both directions. The row's id breaks ties, so no row is skipped or repeated.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, IntoSimpleExpr, ModelTrait, Order, QueryFilter,
    QuerySelect, QueryTrait, Value,
    sea_query::{
        Alias, Expr, ExprTrait, Func, JoinType, NullOrdering, OrderedStatement, OverStatement,
        Query, SelectStatement, WindowStatement,
    },
};

use crate::{
    Concept, Error, Filter, Store,
    cursor::{Cursor, fingerprint},
    decode::Columns,
    filter::Access,
    neighbour::{self, Joined, Reference, Rows},
    rollup, row,
};

/// One term of an order.
pub struct Term<E: EntityTrait> {
    pub column: E::Column,
    pub descending: bool,
}

impl<E: EntityTrait> Clone for Term<E> {
    fn clone(&self) -> Self {
        Self {
            column: self.column,
            descending: self.descending,
        }
    }
}

/// A list: which rows, in which order.
pub struct List<E: EntityTrait> {
    pub filter: Filter,
    pub order: Vec<Term<E>>,
    /// As the database stood at an instant of the past; as it stands now when empty.
    pub recorded_at: Option<DateTime<Utc>>,
}

impl<E: EntityTrait> Clone for List<E> {
    fn clone(&self) -> Self {
        Self {
            filter: self.filter.clone(),
            order: self.order.clone(),
            recorded_at: self.recorded_at,
        }
    }
}

/// Which part of a list: the first rows after a cursor, or the last rows before one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Window {
    pub size: u64,
    pub backward: bool,
    pub after: Option<String>,
    pub before: Option<String>,
}

/// A part of a list.
#[derive(Clone, Debug)]
pub struct Page<M> {
    pub rows: Vec<M>,
    pub has_next: bool,
    pub has_previous: bool,
}

impl<M> Default for Page<M> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            has_next: false,
            has_previous: false,
        }
    }
}

/// The cursors of the rows of a list.
pub struct Cursors<E: EntityTrait> {
    list: u64,
    terms: Vec<Term<E>>,
}

impl<E: Concept> Cursors<E> {
    /// Where a row stands in the list.
    pub fn of(&self, row: &E::Model) -> String {
        let values = self.terms.iter().map(|term| row.get(term.column));
        Cursor::encode(self.list, values.collect())
    }
}

impl<E: EntityTrait> Clone for Parent<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E: EntityTrait> Copy for Parent<E> {}

/// How the rows of many lists belong to their parents.
pub enum Parent<E: EntityTrait> {
    /// A column of the list's own table.
    Column(E::Column),
    /// A link table: its name, the column that points to the parent, and the one that meets `own` of the list's table.
    Link {
        table: &'static str,
        parent: &'static str,
        child: &'static str,
        own: E::Column,
    },
}

impl<E: Concept> List<E> {
    fn terms(&self) -> Vec<Term<E>> {
        let mut terms = self.order.clone();
        terms.push(Term {
            column: E::ID,
            descending: false,
        });
        terms
    }

    pub(crate) fn condition(&self) -> Condition {
        self.condition_by(Access::Filter)
    }

    fn condition_by(&self, access: Access) -> Condition {
        Condition::all()
            .add(E::visible_at(self.recorded_at))
            .add(self.filter.condition(access))
    }

    /// Tells lists with different filters or orders apart; the same between releases.
    pub fn fingerprint(&self) -> u64 {
        let order: Vec<_> = self
            .order
            .iter()
            .map(|term| format!("{:?}{}", term.column, term.descending))
            .collect();
        let instant = self.recorded_at.map(|at| at.to_rfc3339());
        let instant = instant.unwrap_or_default();
        fingerprint(&format!(
            "{:?} {:?} {order:?}{instant}",
            E::KIND,
            self.filter
        ))
    }

    /// The rows strictly beyond a position, in the given direction.
    fn beyond(&self, values: &[Value], backward: bool) -> Condition {
        let terms = self.terms();
        let mut any = Condition::any();
        for depth in 0..terms.len() {
            let mut all = Condition::all();
            for (term, value) in terms.iter().zip(values).take(depth) {
                all = all.add(if is_null(value) {
                    term.column.is_null()
                } else {
                    term.column.eq(value.clone())
                });
            }
            let (column, value) = (terms[depth].column, values[depth].clone());
            let ahead = match (
                is_null(&value),
                backward,
                terms[depth].descending != backward,
            ) {
                (true, false, _) => continue,
                (true, true, _) => column.is_not_null(),
                (false, true, true) => column.lt(value).and(column.is_not_null()),
                (false, true, false) => column.gt(value).and(column.is_not_null()),
                (false, false, true) => column.lt(value).or(column.is_null()),
                (false, false, false) => column.gt(value).or(column.is_null()),
            };
            any = any.add(all.add(ahead));
        }
        any
    }

    /// Whether the cursors of a window belong to this list.
    pub fn check(&self, window: &Window) -> Result<(), Error> {
        self.window_condition(window, Access::Filter).map(drop)
    }

    fn window_condition(&self, window: &Window, access: Access) -> Result<Condition, Error> {
        let mut condition = self.condition_by(access);
        if window.after.is_none() && window.before.is_none() {
            return Ok(condition);
        }
        let (list, terms) = (self.fingerprint(), self.terms().len());
        if let Some(after) = &window.after {
            condition = condition.add(self.beyond(&Cursor::decode(after, list, terms)?, false));
        }
        if let Some(before) = &window.before {
            condition = condition.add(self.beyond(&Cursor::decode(before, list, terms)?, true));
        }
        Ok(condition)
    }

    /// A place for nulls is said only where there can be any: said for others, it keeps SQLite from reading an index in its order.
    fn order_by<S: OrderedStatement>(&self, statement: &mut S, backward: bool) {
        for term in self.terms() {
            let order = match term.descending != backward {
                true => Order::Desc,
                false => Order::Asc,
            };
            let column = term.column.into_simple_expr();
            if term.column.def().is_null() {
                let nulls = match backward {
                    false => NullOrdering::Last,
                    true => NullOrdering::First,
                };
                statement.order_by_expr_with_nulls(column, order, nulls);
            } else {
                statement.order_by_expr(column, order);
            }
        }
    }

    /// What cursors are made of, which only those pay for who look at them.
    pub fn cursors(&self) -> Cursors<E> {
        Cursors {
            list: self.fingerprint(),
            terms: self.terms(),
        }
    }

    fn page(&self, mut rows: Vec<E::Model>, window: &Window) -> Page<E::Model> {
        let more = rows.len() as u64 > window.size;
        rows.truncate(window.size as usize);
        if window.backward {
            rows.reverse();
        }
        Page {
            rows,
            has_next: if window.backward {
                window.before.is_some()
            } else {
                more
            },
            has_previous: if window.backward {
                more
            } else {
                window.after.is_some()
            },
        }
    }
}

fn is_null(value: &Value) -> bool {
    *value == value.as_null()
}

/// One page of one list and the rows it refers to, in one statement.
pub async fn page<E: Concept>(
    store: &Store,
    list: &List<E>,
    window: &Window,
    references: &[Reference],
) -> Result<(Page<E::Model>, Rows), Error> {
    let access = store.hints().access(store, list).await?;
    let (statement, joined) = statement(list, window, access, references)?;
    let (mut rows, mut beside) = (Vec::new(), Rows::default());
    let columns = Columns::of::<E>(0);
    for row in store.rows(&statement).await?.iter() {
        rows.push(E::row(&row, &columns)?);
        joined.take(&row, &mut beside)?;
    }
    Ok((list.page(rows, window), beside))
}

/// The page is taken before anything is joined to it.
pub(crate) fn statement<E: Concept>(
    list: &List<E>,
    window: &Window,
    access: Access,
    references: &[Reference],
) -> Result<(SelectStatement, Joined), Error> {
    let mut select = E::find().filter(list.window_condition(window, access)?);
    list.order_by(QuerySelect::query(&mut select), window.backward);
    let page = select.limit(window.size + 1).into_query();
    if references.is_empty() {
        return Ok((page, Joined::default()));
    }
    // Under the name of its table, so that the order is the same text inside and outside.
    let table = E::default().table_name();
    let mut outer = Query::select()
        .from_subquery(page, Alias::new(table))
        .to_owned();
    Columns::select::<E>(&mut outer, table);
    let joined = neighbour::join(&mut outer, table, references);
    list.order_by(&mut outer, window.backward);
    Ok((outer, joined))
}

/// How many rows a list has.
pub async fn count<E: Concept>(store: &Store, list: &List<E>) -> Result<u64, Error> {
    let (mut select, count) = rollup::counted(list, None);
    select.expr_as(count, Alias::new(POSITION));
    let rows = store.rows(&select).await?;
    let count = rows.first().map(|row| row.named::<i64>(POSITION));
    Ok(count.transpose()?.unwrap_or_default() as u64)
}

const PAGES: &str = "pages";
const PARENT: &str = "parent_id_";
const POSITION: &str = "position_";

impl<E: Concept> Parent<E> {
    /// That the parent is one of these.
    pub(crate) fn among(&self, store: &Store, ids: &[i64]) -> Expr {
        row::among(store, self.column(), ids)
    }

    /// The column of the list's own table that leads to the parent.
    pub(crate) fn of(&self) -> E::Column {
        match self {
            Self::Column(column) | Self::Link { own: column, .. } => *column,
        }
    }

    pub(crate) fn column(&self) -> Expr {
        match self {
            Self::Column(column) => column.into_simple_expr(),
            Self::Link { table, parent, .. } => {
                Expr::col((Alias::new(*table), Alias::new(*parent)))
            }
        }
    }

    pub(crate) fn join(&self, select: &mut SelectStatement) {
        if let Self::Link {
            table, child, own, ..
        } = self
        {
            let on = Expr::col((Alias::new(*table), Alias::new(*child))).eq(own.into_simple_expr());
            select.join(JoinType::InnerJoin, Alias::new(*table), on);
        }
    }
}

/// The same page of the lists of many parents and the rows they refer to, in one statement.
pub async fn pages<E: Concept>(
    store: &Store,
    parent: Parent<E>,
    parents: &[i64],
    list: &List<E>,
    window: &Window,
    references: &[Reference],
) -> Result<(HashMap<i64, Page<E::Model>>, Rows), Error> {
    let mut over = WindowStatement::new();
    over.add_partition_by(parent.column());
    list.order_by(&mut over, window.backward);
    let mut inner = E::find()
        .filter(list.window_condition(window, Access::Filter)?)
        .into_query();
    parent.join(&mut inner);
    inner
        .and_where(parent.among(store, parents))
        .expr_as(parent.column(), Alias::new(PARENT))
        .expr_window_as(
            Func::cust(Alias::new("ROW_NUMBER")),
            over,
            Alias::new(POSITION),
        );
    let of_page = |name: &str| Expr::col((Alias::new(PAGES), Alias::new(name)));
    let mut statement = Query::select()
        .from_subquery(inner, Alias::new(PAGES))
        .expr(of_page(PARENT))
        .and_where(of_page(POSITION).lte(window.size + 1))
        .order_by_expr(of_page(PARENT), Order::Asc)
        .order_by_expr(of_page(POSITION), Order::Asc)
        .to_owned();
    let columns = Columns::select::<E>(&mut statement, PAGES);
    let joined = neighbour::join(&mut statement, PAGES, references);
    let (mut rows, mut beside) = (HashMap::<i64, Vec<E::Model>>::new(), Rows::default());
    for row in store.rows(&statement).await?.iter() {
        rows.entry(row.get(0)?)
            .or_default()
            .push(E::row(&row, &columns)?);
        joined.take(&row, &mut beside)?;
    }
    let pages = rows
        .into_iter()
        .map(|(parent, rows)| (parent, list.page(rows, window)))
        .collect();
    Ok((pages, beside))
}

/// How many rows the lists of many parents have, in one statement; parents without any are left out.
pub async fn counts<E: Concept>(
    store: &Store,
    parent: Parent<E>,
    parents: &[i64],
    list: &List<E>,
) -> Result<HashMap<i64, u64>, Error> {
    let (mut select, count) = rollup::counted(list, Some(parent.of()));
    parent.join(&mut select);
    select
        .and_where(parent.among(store, parents))
        .expr_as(parent.column(), Alias::new(PARENT))
        .expr_as(count, Alias::new(POSITION))
        .add_group_by([parent.column()]);
    let mut counts = HashMap::new();
    for row in store.rows(&select).await?.iter() {
        counts.insert(
            row.named::<i64>(PARENT)?,
            row.named::<i64>(POSITION)? as u64,
        );
    }
    Ok(counts)
}
