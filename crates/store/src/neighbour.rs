//! Neighbours: the rows that rows refer to, read in the same statement as those.
//!
//! Whoever reads rows says which of their references will be followed. The rows are chosen first and the ones they refer to are joined
//! to them, so that the database finds each by its id. What was read is kept in [`Rows`] for as long as the request lasts.

use std::{any::Any, borrow::Cow, collections::HashMap, marker::PhantomData, sync::Arc};

use entity::ConceptKind;
use sea_orm::{
    ColumnTrait, QueryFilter, QueryTrait,
    sea_query::{Alias, Expr, ExprTrait, JoinType, SelectStatement},
};

use crate::{Concept, Error, Row, decode::Columns, result_set::Record};

/// How many references one statement follows; what lies beyond is read as it is asked for. SQLite joins 64 tables at most.
const MOST: usize = 16;

/// A reference that will be followed, and the references of the row it leads to.
#[derive(Clone, Debug)]
pub struct Reference {
    column: Cow<'static, str>,
    to: &'static dyn Table,
    by: By,
    then: Vec<Reference>,
}

/// What a reference holds of the row it leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    Id,
    Key,
}

impl Reference {
    /// A column that holds the id of a row of `E`.
    pub fn id<E: Concept>(column: impl ColumnTrait, then: Vec<Reference>) -> Self {
        Self::new::<E>(column, By::Id, then)
    }

    /// A column that holds the key of a row of `E`.
    pub fn key<E: Concept>(column: impl ColumnTrait, then: Vec<Reference>) -> Self {
        Self::new::<E>(column, By::Key, then)
    }

    fn new<E: Concept>(column: impl ColumnTrait, by: By, then: Vec<Reference>) -> Self {
        Self {
            column: column.as_str().into(),
            to: table::<E>(),
            by,
            then,
        }
    }

    /// A column of a result that holds the key of a row of a table.
    pub(crate) fn to_key(to: &'static dyn Table, column: String) -> Self {
        Self {
            column: column.into(),
            to,
            by: By::Key,
            then: Vec::new(),
        }
    }

    /// A column of a result that holds the id of a row of a table.
    pub(crate) fn to(to: &'static dyn Table, column: String, then: Vec<Reference>) -> Self {
        Self {
            column: column.into(),
            to,
            by: By::Id,
            then,
        }
    }
}

/// Adds a reference to others from the same row; one that is there already is followed further.
pub fn follow(references: &mut Vec<Reference>, reference: Reference) {
    let there = references.iter_mut().find(|there| {
        (&there.column, there.by, there.to.kind())
            == (&reference.column, reference.by, reference.to.kind())
    });
    match there {
        Some(there) => reference
            .then
            .into_iter()
            .for_each(|next| follow(&mut there.then, next)),
        None => references.push(reference),
    }
}

/// Rows already read, by id and by key.
#[derive(Debug, Default)]
pub struct Rows {
    by_id: HashMap<(ConceptKind, i64), Arc<dyn Any + Send + Sync>>,
    ids: HashMap<(ConceptKind, String), i64>,
}

impl Rows {
    /// The row of `E` with an id, if it was read.
    pub fn by_id<E: Concept>(&self, id: i64) -> Option<&Row<E>> {
        self.by_id.get(&(E::KIND, id))?.downcast_ref()
    }

    /// The row of `E` with a key, if it was read by it.
    pub fn by_key<E: Concept>(&self, key: &str) -> Option<&Row<E>> {
        self.by_id::<E>(self.id_of(E::KIND, key)?)
    }

    /// The id of the row with a key, if it was read by it.
    pub(crate) fn id_of(&self, kind: ConceptKind, key: &str) -> Option<i64> {
        self.ids.get(&(kind, key.to_owned())).copied()
    }

    /// Adds a row.
    pub fn add<E: Concept>(&mut self, row: Row<E>) {
        self.by_id.insert((E::KIND, E::id_of(&row)), Arc::new(row));
    }

    /// Adds what another reading found.
    pub fn extend(&mut self, other: Rows) {
        self.by_id.extend(other.by_id);
        self.ids.extend(other.ids);
    }
}

/// Tables joined to a statement.
#[derive(Default)]
pub(crate) struct Joined(Vec<Join>);

struct Join {
    columns: Columns,
    to: &'static dyn Table,
    by: By,
}

/// Joins what the rows under the alias `from` refer to.
pub(crate) fn join(select: &mut SelectStatement, from: &str, references: &[Reference]) -> Joined {
    let mut joined = Joined::default();
    joined.join(select, from, references);
    joined
}

/// The alias of the table that was joined at a position, counted from 0.
pub(crate) fn alias(position: usize) -> String {
    format!("n{position}")
}

impl Joined {
    /// Joins what the rows under the alias `from` refer to as well.
    pub fn join(&mut self, select: &mut SelectStatement, from: &str, references: &[Reference]) {
        for reference in references {
            if self.0.len() == MOST {
                return;
            }
            let alias = alias(self.0.len());
            let own = Expr::col((Alias::new(from), Alias::new(&*reference.column)));
            let columns = reference.to.join(select, &alias, own, reference.by);
            self.0.push(Join {
                columns,
                to: reference.to,
                by: reference.by,
            });
            self.join(select, &alias, &reference.then);
        }
    }

    /// Takes the neighbours out of one row of the result.
    pub fn take(&self, row: &Record<'_>, rows: &mut Rows) -> Result<(), Error> {
        for join in &self.0 {
            join.to.take(row, &join.columns, join.by, rows)?;
        }
        Ok(())
    }
}

/// A table that references lead to.
pub(crate) trait Table: std::fmt::Debug + Send + Sync {
    fn name(&self) -> &'static str;

    fn kind(&self) -> ConceptKind;

    fn join(&self, select: &mut SelectStatement, alias: &str, own: Expr, by: By) -> Columns;

    /// Takes the row that was found to join, if any.
    fn take(
        &self,
        row: &Record<'_>,
        columns: &Columns,
        by: By,
        rows: &mut Rows,
    ) -> Result<(), Error>;
}

struct Of<E>(PhantomData<fn() -> E>);

impl<E: Concept> std::fmt::Debug for Of<E> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{:?}", E::KIND)
    }
}

/// The table of a concept.
pub(crate) fn table<E: Concept>() -> &'static dyn Table {
    &Of::<E>(PhantomData)
}

impl<E: Concept> Table for Of<E> {
    fn name(&self) -> &'static str {
        E::default().table_name()
    }

    fn kind(&self) -> ConceptKind {
        E::KIND
    }

    fn join(&self, select: &mut SelectStatement, alias: &str, own: Expr, by: By) -> Columns {
        let column = match by {
            By::Id => E::ID,
            By::Key => E::key().expect("only concepts with a key column are referred to by key"),
        };
        let on = Expr::col((Alias::new(alias), column)).eq(own);
        let visible = E::visible();
        if visible.is_empty() {
            let table = E::default().table_ref();
            select.join_as(JoinType::LeftJoin, table, Alias::new(alias), on);
        } else {
            let seen = E::find().filter(visible).into_query();
            select.join_subquery(JoinType::LeftJoin, seen, Alias::new(alias), on);
        }
        Columns::select::<E>(select, alias)
    }

    fn take(
        &self,
        row: &Record<'_>,
        columns: &Columns,
        by: By,
        rows: &mut Rows,
    ) -> Result<(), Error> {
        let Some(id) = columns.id(row)? else {
            return Ok(());
        };
        if rows.by_id::<E>(id).is_none() {
            rows.add::<E>(E::row(row, columns)?);
        }
        if by == By::Key
            && let Some(key) = columns.key(row)?
        {
            rows.ids.insert((E::KIND, key), id);
        }
        Ok(())
    }
}
