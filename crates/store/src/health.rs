//! How fresh and how whole the data are: when they last changed, what contradicts itself, what is old, what is missing. By the rules of
//! everything else: what may be seen, which figure leads.

pub mod sheet;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{
    ConceptKind, PeriodBasis, Qualifier, data_revision, indicator, observation, territory,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
    sea_query::{Alias, Expr, Func, JoinType, Order, Query, SelectStatement, UnionType},
};

use crate::{
    Concept, Error, Store,
    headline::{self, Found, Request},
    neighbour::{Reference, Rows},
};

/// How reasons of imports begin.
pub const IMPORT: &str = "import of ";

/// A change of the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Changed {
    pub revision: i64,
    pub at: DateTime<Utc>,
}

/// How many figures say less than one would like about when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Periods {
    /// Figures whose period was inferred.
    pub inferred: u64,
    /// Figures without a period, targets left out.
    pub undated: u64,
    /// Targets without a period.
    pub undated_targets: u64,
}

#[derive(FromQueryResult)]
struct Number {
    number: i64,
}

#[derive(FromQueryResult)]
struct Counted {
    concept: ConceptKind,
    number: i64,
}

#[derive(FromQueryResult)]
struct Keys {
    indicator: String,
    territory: Option<String>,
}

/// The last change of the data; none for an empty database.
pub async fn last_change(store: &Store) -> Result<Option<Changed>, Error> {
    newest(store, None).await
}

/// The last import of files that changed anything.
pub async fn last_import(store: &Store) -> Result<Option<Changed>, Error> {
    newest(store, Some(IMPORT)).await
}

async fn newest(store: &Store, beginning: Option<&str>) -> Result<Option<Changed>, Error> {
    let mut find = data_revision::Entity::find();
    if let Some(beginning) = beginning {
        find = find.filter(data_revision::Column::Reason.starts_with(beginning));
    }
    let row = find
        .order_by_desc(data_revision::Column::Id)
        .limit(1)
        .one(&store.db)
        .await?;
    Ok(row.map(|row| Changed {
        revision: row.id,
        at: row.recorded_at,
    }))
}

/// How many rows of each concept may be seen, in one statement.
pub async fn counts(store: &Store) -> Result<Vec<(ConceptKind, u64)>, Error> {
    fn count<E: Concept>() -> SelectStatement {
        E::find()
            .select_only()
            .expr_as(Expr::val(E::KIND.as_str()), "concept")
            .expr_as(Expr::cust("COUNT(*)"), "number")
            .filter(E::visible())
            .into_query()
    }
    let mut all = count::<entity::source::Entity>();
    macro_rules! with {
        ($($module:path),+ $(,)?) => {$( all.union(UnionType::All, count::<$module>()); )+};
    }
    with!(
        entity::territory::Entity,
        entity::activity::Entity,
        entity::indicator::Entity,
        entity::organisation::Entity,
        entity::membership::Entity,
        entity::profile::Entity,
        entity::park::Entity,
        entity::site::Entity,
        entity::project::Entity,
        entity::agreement::Entity,
        entity::agreement::axis::Entity,
        entity::plan::Entity,
        entity::plan::objective::Entity,
        entity::milestone::Entity,
        entity::incentive::Entity,
        entity::training_programme::Entity,
        entity::event::Entity,
        entity::coordinates::Entity,
        entity::observation::Entity,
    );
    let backend = store.db.get_database_backend();
    let rows = store.db.query_all_raw(backend.build(&all)).await?;
    let counts = rows.iter().map(|row| {
        let Counted { concept, number } = Counted::from_query_result(row, "")?;
        Ok((concept, number.unsigned_abs()))
    });
    counts.collect()
}

/// Figures that are not dated, or whose date was inferred.
pub async fn periods(store: &Store) -> Result<Periods, Error> {
    use observation::{Column, Entity};
    let count = |condition: Expr| async move {
        let found = Entity::find()
            .select_only()
            .expr_as(Expr::cust("COUNT(*)"), "number")
            .filter(Entity::visible())
            .filter(condition)
            .into_model::<Number>()
            .one(&store.db)
            .await?;
        Ok::<_, Error>(found.map_or(0, |found| found.number.unsigned_abs()))
    };
    let undated = || Column::Period.is_null();
    Ok(Periods {
        inferred: count(Column::PeriodBasis.eq(PeriodBasis::Inferred)).await?,
        undated: count(undated().and(Column::Qualifier.ne(Qualifier::Target))).await?,
        undated_targets: count(undated().and(Column::Qualifier.eq(Qualifier::Target))).await?,
    })
}

/// For each indicator the place whose newest figure is the oldest, the oldest first: what the headline is asked by there. Figures about an
/// organisation or a park are not looked at, nor targets, nor what is not dated, nor the series of the census: they are as old as it is,
/// and as many as there are places.
async fn oldest(store: &Store, most: u64) -> Result<Vec<Request>, Error> {
    use observation::{Column, Entity};
    let newest = || Func::max(Expr::col(Column::PeriodEnd));
    let measured = indicator::Entity::find()
        .select_only()
        .column(indicator::Column::Id)
        .filter(indicator::Column::Key.not_like("hcp_%"))
        .into_query();
    let by_place = Entity::find()
        .select_only()
        .columns([Column::IndicatorId, Column::TerritoryId])
        .expr_as(newest(), "newest")
        .expr_as(
            Expr::cust(
                "ROW_NUMBER() OVER (PARTITION BY indicator_id ORDER BY MAX(period_end), COALESCE(territory_id, 0))",
            ),
            "nth",
        )
        .filter(Entity::visible())
        .filter(Column::IndicatorId.in_subquery(measured))
        .filter(Column::SubjectKind.is_null())
        .filter(Column::PeriodEnd.is_not_null())
        .filter(Column::Qualifier.ne(Qualifier::Target))
        .group_by(Column::IndicatorId)
        .group_by(Column::TerritoryId)
        .into_query();
    let of = |table: &'static str, column: &'static str| {
        Expr::col((Alias::new(table), Alias::new(column)))
    };
    let mut select = Query::select();
    select
        .expr_as(of("indicators", "key"), Alias::new("indicator"))
        .expr_as(of("territories", "key"), Alias::new("territory"))
        .from_subquery(by_place, Alias::new("places"))
        .join(
            JoinType::InnerJoin,
            indicator::Entity,
            of("indicators", "id").eq(of("places", "indicator_id")),
        )
        .join(
            JoinType::LeftJoin,
            territory::Entity,
            of("territories", "id").eq(of("places", "territory_id")),
        )
        .and_where(of("places", "nth").eq(1))
        .order_by_expr(of("places", "newest"), Order::Asc)
        .order_by_expr(of("indicators", "key"), Order::Asc)
        .limit(most);
    let backend = store.db.get_database_backend();
    let rows = store.db.query_all_raw(backend.build(&select)).await?;
    let requests = rows.iter().map(|row| {
        let Keys {
            indicator,
            territory,
        } = Keys::from_query_result(row, "")?;
        Ok(Request::at(indicator, territory))
    });
    requests.collect()
}

/// The oldest headline of each indicator, the oldest first, and the rows that they refer to.
pub async fn oldest_headlines(
    store: &Store,
    most: u64,
    references: &[Reference],
) -> Result<(Vec<observation::Model>, Rows), Error> {
    let requests = oldest(store, most).await?;
    let (mut found, rows) = headline::headlines(store, &requests, references).await?;
    let led = requests.iter().filter_map(|request| {
        let found: Found = found.remove(request)?;
        found.ok()?.observation
    });
    let mut led: Vec<observation::Model> = led.collect();
    led.sort_by_key(|row| row.period.as_ref().map(|period| period.end()));
    Ok((led, rows))
}

/// The headlines of whole territories, by what they are asked by.
pub(crate) async fn headlines_at(
    store: &Store,
    requests: &[Request],
) -> Result<HashMap<Request, Found>, Error> {
    Ok(headline::headlines(store, requests, &[]).await?.0)
}
