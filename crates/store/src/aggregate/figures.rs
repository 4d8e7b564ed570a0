//! The figures that rows carry, added up with what it takes to trust the sum.

use entity::{Qualifier, ReferencePeriod, observation};
use sea_orm::{
    ColumnTrait, EntityTrait, IntoSimpleExpr, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Alias, Expr, ExprTrait, JoinType, SelectStatement},
};

use crate::{Concept, Error, Store, result_set::Record};

/// Where the figure of a row stands.
#[derive(Debug)]
pub enum FiguresOf<E: EntityTrait> {
    /// The rows are observations.
    Themselves,
    /// In the observation in force that a column names by its key; a target is no figure of the row.
    Named(E::Column),
}

impl<E: EntityTrait> Clone for FiguresOf<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E: EntityTrait> Copy for FiguresOf<E> {}

/// What is asked beside sums.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Detail {
    /// Which periods.
    pub periods: bool,
    /// Which sources.
    pub sources: bool,
    /// How many activities, series and places: more than one figure of a place must not be added up.
    pub mixture: bool,
}

/// Figures added up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// Empty when none is known.
    pub sum: Option<f64>,
    pub minimum: Option<f64>,
    pub maximum: Option<f64>,
    /// How many rows have one.
    pub known: u64,
    /// How many of those are stated as about, at least or at most, or as a range.
    pub inexact: u64,
    /// How many of those have no period.
    pub undated: u64,
    /// Oldest first.
    pub periods: Vec<ReferencePeriod>,
    pub sources: Vec<i64>,
    pub mixture: Mixture,
}

/// What is among the figures added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mixture {
    pub activities: u64,
    pub scopes: u64,
    pub places: u64,
}

const ALIAS: &str = "figure";

impl<E: Concept> FiguresOf<E> {
    pub(super) fn add(self, select: &mut SelectStatement, detail: Detail, store: &Store) {
        use observation::Column;
        let of = |column: Column| match self {
            Self::Themselves => column.into_simple_expr(),
            Self::Named(_) => Expr::col((Alias::new(ALIAS), column)),
        };
        if let Self::Named(named) = self {
            let figures = observation::Entity::find()
                .select_only()
                .columns([
                    Column::Key,
                    Column::Value,
                    Column::ValueMax,
                    Column::Period,
                    Column::Qualifier,
                    Column::SourceId,
                ])
                .filter(observation::Entity::visible())
                .filter(Column::Qualifier.ne(Qualifier::Target))
                .into_query();
            select.join_subquery(
                JoinType::LeftJoin,
                figures,
                Alias::new(ALIAS),
                of(Column::Key).eq(named.into_simple_expr()),
            );
        }
        let when = |condition: Expr| {
            let one: Expr = Expr::case(condition, Expr::cust("1")).into();
            one.count()
        };
        let value = of(Column::Value);
        let inexact = of(Column::Qualifier)
            .ne(Qualifier::Exact.as_str())
            .or(of(Column::ValueMax).is_not_null());
        let columns = [
            ("sum_", value.clone().sum()),
            ("minimum_", value.clone().min()),
            ("maximum_", value.clone().max()),
            ("known_", value.clone().count()),
            ("inexact_", when(value.clone().is_not_null().and(inexact))),
            (
                "undated_",
                when(value.is_not_null().and(of(Column::Period).is_null())),
            ),
        ];
        for (name, expression) in columns {
            select.expr_as(expression, Alias::new(name));
        }
        if detail.periods {
            select.expr_as(all_of(of(Column::Period), store), Alias::new("periods_"));
        }
        if detail.sources {
            select.expr_as(all_of(of(Column::SourceId), store), Alias::new("sources_"));
        }
        if detail.mixture {
            let none = |column| Expr::expr(of(column)).if_null("").count_distinct();
            let nothing = |column| Expr::expr(of(column)).if_null(0_i64).count_distinct();
            select
                .expr_as(nothing(Column::ActivityId), Alias::new("activities_"))
                .expr_as(none(Column::Scope), Alias::new("scopes_"))
                .expr_as(nothing(Column::TerritoryId), Alias::new("places_"));
        }
    }
}

/// Adds up figures that are added up by parts already, `part` being the columns of those.
pub(super) fn add_up(
    select: &mut SelectStatement,
    part: impl Fn(&str) -> Expr,
    detail: Detail,
    store: &Store,
) {
    let count = |name: &str| total(part(name));
    select
        .expr_as(part("sum_").sum(), Alias::new("sum_"))
        .expr_as(part("minimum_").min(), Alias::new("minimum_"))
        .expr_as(part("maximum_").max(), Alias::new("maximum_"))
        .expr_as(count("known_"), Alias::new("known_"))
        .expr_as(count("inexact_"), Alias::new("inexact_"))
        .expr_as(count("undated_"), Alias::new("undated_"));
    if detail.periods {
        select.expr_as(all_of(part("periods_"), store), Alias::new("periods_"));
    }
    if detail.sources {
        select.expr_as(all_of(part("sources_"), store), Alias::new("sources_"));
    }
}

/// Counts added up; of nothing they are 0.
pub(crate) fn total(count: Expr) -> Expr {
    Expr::expr(count.sum())
        .if_null(0_i64)
        .cast_as(Alias::new("BIGINT"))
}

/// Every different value, in one text.
fn all_of(column: Expr, store: &Store) -> Expr {
    if store.is_postgres() {
        Expr::cust_with_exprs("STRING_AGG(DISTINCT CAST($1 AS TEXT), ',')", [column])
    } else {
        Expr::cust_with_exprs("GROUP_CONCAT(DISTINCT ?)", [column])
    }
}

impl Figures {
    pub(super) fn read(row: &Record<'_>, detail: Detail) -> Result<Self, Error> {
        let count = |name: &str| Ok::<_, Error>(row.named::<i64>(name)? as u64);
        let number = |name: &str| row.named::<Option<f64>>(name);
        let texts = |name: &str| {
            let all = row.named::<Option<String>>(name)?.unwrap_or_default();
            Ok::<_, Error>(all.split(',').map(str::to_owned).collect::<Vec<_>>())
        };
        let mut figures = Self {
            sum: number("sum_")?.map(without_noise),
            minimum: number("minimum_")?,
            maximum: number("maximum_")?,
            known: count("known_")?,
            inexact: count("inexact_")?,
            undated: count("undated_")?,
            ..Self::default()
        };
        if detail.periods {
            let periods = texts("periods_")?;
            figures.periods = periods.iter().flat_map(|text| text.parse()).collect();
            figures.periods.sort();
            figures.periods.dedup();
        }
        if detail.sources {
            let sources = texts("sources_")?;
            figures.sources = sources.iter().flat_map(|text| text.parse()).collect();
            figures.sources.sort_unstable();
            figures.sources.dedup();
        }
        if detail.mixture {
            figures.mixture = Mixture {
                activities: count("activities_")?,
                scopes: count("scopes_")?,
                places: count("places_")?,
            };
        }
        Ok(figures)
    }

    /// The sum shared out over the rows that have a figure.
    pub fn average(&self) -> Option<f64> {
        Some(without_noise(self.sum? / self.known as f64))
    }
}

/// To 15 significant digits: what decimals have beyond is not in any source, and depends on the order of adding.
fn without_noise(value: f64) -> f64 {
    format!("{value:.14e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::without_noise;

    #[test]
    fn sums_have_no_more_digits_than_their_parts() {
        assert_eq!(without_noise(0.1 + 0.2), 0.3);
        assert_eq!(without_noise(123_456_789_012.0), 123_456_789_012.0);
        assert_eq!(without_noise(0.0), 0.0);
    }
}
