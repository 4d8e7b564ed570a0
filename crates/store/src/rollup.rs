//! Roll-ups: rows of a table counted and added up by some of its columns ahead of time. A list whose conditions look at no other columns
//! is counted, grouped and added up from there, in as many rows as there are places instead of sites.

use entity::ConceptKind;
use sea_orm::{
    IdenStatic, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Alias, Expr, Query, SelectStatement},
};

use crate::{
    Concept,
    aggregate::{Detail, FiguresOf},
    page::List,
};

/// Sites by place and activity, with what their head-counts come to.
pub(crate) const SITE_TOTALS: &str = "site_totals";

/// A table of totals.
struct Rollup {
    of: ConceptKind,
    table: &'static str,
    /// The columns it has in common with the table it is of.
    columns: &'static [&'static str],
    /// The column of that table that names the figures added up in it.
    figures: &'static str,
}

const ROLLUPS: &[Rollup] = &[Rollup {
    of: ConceptKind::Site,
    table: SITE_TOTALS,
    columns: &["territory_id", "activity_id"],
    figures: "headcount_observation",
}];

/// A roll-up under the name of the table it is of, so that conditions and joins read it as that; nothing when there is none that has
/// all the columns a list and those who use it look at.
pub(crate) fn of<E: Concept>(
    list: &List<E>,
    used: impl IntoIterator<Item = &'static str>,
    figures: Option<(FiguresOf<E>, Detail)>,
) -> Option<SelectStatement> {
    let rollup = ROLLUPS.iter().find(|rollup| rollup.of == E::KIND)?;
    let mut used = used.into_iter();
    let figures_are_there = match figures {
        None => true,
        Some((FiguresOf::Named(column), detail)) => {
            column.as_str() == rollup.figures && detail == Detail::default()
        }
        Some((FiguresOf::Themselves, _)) => false,
    };
    let serves = list.recorded_at.is_none()
        && figures_are_there
        && list.filter.looks_only_at(rollup.columns)
        && used.all(|column| rollup.columns.contains(&column));
    serves.then(|| {
        Query::select()
            .from_as(
                Alias::new(rollup.table),
                Alias::new(E::default().table_name()),
            )
            .cond_where(list.condition())
            .to_owned()
    })
}

/// A column of a roll-up.
pub(crate) fn column<E: Concept>(name: &str) -> Expr {
    Expr::col((Alias::new(E::default().table_name()), Alias::new(name)))
}

/// The rows of a list, and the expression that counts them; `by` is the column they are grouped by.
pub(crate) fn counted<E: Concept>(
    list: &List<E>,
    by: Option<E::Column>,
) -> (SelectStatement, Expr) {
    match of(list, by.iter().map(IdenStatic::as_str), None) {
        Some(select) => {
            let count = crate::aggregate::total(column::<E>("count"));
            (select, count)
        }
        None => {
            let rows = E::find().select_only().filter(list.condition());
            (rows.into_query(), Expr::cust("COUNT(*)"))
        }
    }
}
