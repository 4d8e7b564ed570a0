//! Figures of the same thing with another value: all of them, and the one that leads by which rule.

use std::collections::{HashMap, HashSet};

use entity::{Qualifier, indicator, observation, source};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, FromQueryResult, Order,
    QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Alias, Expr, Func, Query, SelectStatement},
};

use crate::{
    Concept, Error, Part, Store,
    headline::{self, Rule},
};

/// Figures that contradict each other, the one that leads first.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// The smallest id among all figures of the thing.
    pub id: i64,
    pub leading: observation::Model,
    pub rule: Option<Rule>,
    pub rivals: Vec<observation::Model>,
}

/// What makes two figures figures of the same thing.
const SAME: [observation::Column; 7] = [
    observation::Column::IndicatorId,
    observation::Column::TerritoryId,
    observation::Column::ActivityId,
    observation::Column::SubjectKind,
    observation::Column::SubjectId,
    observation::Column::Period,
    observation::Column::Scope,
];

#[derive(FromQueryResult)]
struct First {
    first: i64,
}

#[derive(FromQueryResult)]
struct Number {
    number: i64,
}

/// The first figure of each thing that has several values.
fn things(indicator: Option<&str>) -> SelectStatement {
    use observation::{Column, Entity};
    let most = || Func::coalesce([Expr::col(Column::ValueMax), Expr::col(Column::Value)]);
    let several = |least: Expr, greatest: Expr| least.ne(greatest);
    let mut select = Entity::find()
        .select_only()
        .column_as(Column::Id.min(), "first")
        .filter(Entity::visible())
        .filter(Column::Qualifier.ne(Qualifier::Target));
    if let Some(key) = indicator {
        let of = indicator::Entity::find()
            .select_only()
            .column(indicator::Column::Id)
            .filter(indicator::Column::Key.eq(key));
        select = select.filter(Column::IndicatorId.in_subquery(of.into_query()));
    }
    for column in SAME {
        select = select.group_by(column);
    }
    let any = Condition::any()
        .add(several(Column::Value.min(), Column::Value.max()))
        .add(several(Func::min(most()).into(), Func::max(most()).into()));
    select.having(any).into_query()
}

/// A part of the conflicts, of one indicator or of all.
pub async fn page(
    store: &Store,
    indicator: Option<&str>,
    part: &Part,
) -> Result<Vec<Conflict>, Error> {
    let first = || Expr::col(Alias::new("first"));
    let later = |bound: Option<i64>, later: bool| {
        bound.map(|bound| match later != part.newest_first {
            true => first().gt(bound),
            false => first().lt(bound),
        })
    };
    let order = match part.newest_first != part.backward {
        true => Order::Desc,
        false => Order::Asc,
    };
    let mut select = Query::select();
    select
        .column(Alias::new("first"))
        .from_subquery(things(indicator), Alias::new("things"))
        .order_by_expr(first(), order)
        .limit(part.most);
    for bound in [later(part.after, true), later(part.before, false)]
        .into_iter()
        .flatten()
    {
        select.and_where(bound);
    }
    let backend = store.db.get_database_backend();
    let found = store.db.query_all_raw(backend.build(&select)).await?;
    let mut conflicts = Vec::new();
    for row in found {
        let First { first } = First::from_query_result(&row, "")?;
        conflicts.extend(of(store, first).await?);
    }
    Ok(conflicts)
}

/// How many conflicts there are.
pub async fn count(store: &Store, indicator: Option<&str>) -> Result<u64, Error> {
    let mut select = Query::select();
    select
        .expr_as(Expr::cust("COUNT(*)"), Alias::new("number"))
        .from_subquery(things(indicator), Alias::new("things"));
    let backend = store.db.get_database_backend();
    let found = store.db.query_one_raw(backend.build(&select)).await?;
    let number = found
        .map(|row| Number::from_query_result(&row, ""))
        .transpose()?;
    Ok(number.map_or(0, |count| count.number.unsigned_abs()))
}

/// The conflict that a figure is in; nothing when there is none.
pub async fn of(store: &Store, id: i64) -> Result<Option<Conflict>, Error> {
    use observation::{Column, Entity};
    let Some(one) = Entity::find_by_id(id).one(&store.db).await? else {
        return Ok(None);
    };
    let mut same = Condition::all()
        .add(Entity::visible())
        .add(Column::Qualifier.ne(Qualifier::Target));
    for column in SAME {
        let value = sea_orm::ModelTrait::get(&one, column);
        same = same.add(match value == value.as_null() {
            true => column.is_null(),
            false => column.eq(value),
        });
    }
    let rows = Entity::find().filter(same).all(&store.db).await?;
    let sources: HashSet<i64> = rows.iter().map(|row| row.source_id).collect();
    let sources = source::Entity::find()
        .filter(source::Column::Id.is_in(sources))
        .all(&store.db)
        .await?;
    let sources: HashMap<i64, source::Model> =
        sources.into_iter().map(|row| (row.id, row)).collect();
    let measure = indicator::Entity::find_by_id(one.indicator_id)
        .one(&store.db)
        .await?
        .map(|row| row.measure);
    let Some(measure) = measure else {
        return Ok(None);
    };
    let found = headline::among(rows, &sources, measure);
    Ok(found.observation.map(|leading| Conflict {
        id,
        leading,
        rule: found.rule,
        rivals: found.conflicts,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use sea_orm::{IdenStatic, Iterable};

    #[test]
    fn what_is_not_said_of_the_thing_tells_no_things_apart() {
        let others: Vec<_> = observation::Column::iter()
            .filter(|column| !SAME.iter().any(|same| same.as_str() == column.as_str()))
            .map(|column| column.as_str())
            .collect();
        assert_eq!(
            others,
            [
                "id",
                "key",
                "period_start",
                "period_end",
                "period_basis",
                "value",
                "value_max",
                "qualifier",
                "producer_id",
                "source_id",
                "note",
                "recorded_at",
                "superseded_at"
            ]
        );
    }
}
