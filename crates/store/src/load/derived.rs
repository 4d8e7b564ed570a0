//! What is derived from sites and their head-counts, brought up to date in the transaction of the write that touches them: the column
//! sites are put in order by, and the totals of places (see `crate::rollup`).

use std::collections::BTreeSet;

use entity::{ConceptKind, Qualifier, observation, site};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoSimpleExpr, QueryFilter, QuerySelect,
    sea_query::{Alias, Expr, ExprTrait, JoinType, Query, SelectStatement},
};

use super::{Batch, apply::Run};
use crate::{Concept, Error, Store, rollup::SITE_TOTALS, row::among};

/// With more drafts than this, everything is derived anew.
const FEW: usize = 1_000;

/// The places whose totals a batch touches.
pub struct Touched<'a> {
    sites: Vec<&'a str>,
    figures: Vec<&'a str>,
    /// Empty: every place.
    places: Option<BTreeSet<i64>>,
}

impl<'a> Touched<'a> {
    /// Every place.
    #[cfg(test)]
    pub fn all() -> Self {
        Self {
            sites: Vec::new(),
            figures: Vec::new(),
            places: None,
        }
    }

    /// Before anything is written: the places where the sites still are.
    pub async fn by(batch: &'a Batch, run: &Run<'_>) -> Result<Self, Error> {
        let stated = batch.sites.iter().map(|site| site.key.as_str());
        let retracted = batch.retracted.iter();
        let retracted = retracted.filter(|(concept, _)| *concept == ConceptKind::Site);
        let sites: Vec<_> = stated
            .chain(retracted.map(|(_, key)| key.as_str()))
            .collect();
        let stated = batch.observations.iter().map(|figure| figure.key.as_str());
        let figures: Vec<_> = stated
            .chain(batch.withdrawn.iter().map(String::as_str))
            .collect();
        let few = sites.len() + figures.len() <= FEW;
        let mut touched = Self {
            sites,
            figures,
            places: few.then(BTreeSet::new),
        };
        touched.look(run).await?;
        Ok(touched)
    }

    async fn look(&mut self, run: &Run<'_>) -> Result<(), Error> {
        let condition = self.condition();
        if let Some(places) = &mut self.places {
            let found = site::Entity::find()
                .select_only()
                .column(site::Column::TerritoryId)
                .distinct()
                .filter(condition)
                .into_tuple::<i64>()
                .all(run.transaction)
                .await?;
            places.extend(found);
        }
        Ok(())
    }

    /// The sites that are stated anew, or whose head-count is.
    fn condition(&self) -> sea_orm::Condition {
        let of = |column: site::Column, keys: &[&str]| column.is_in(keys.iter().copied());
        match self.places {
            Some(_) => sea_orm::Condition::any()
                .add(of(site::Column::Key, &self.sites))
                .add(of(site::Column::HeadcountObservation, &self.figures)),
            None => sea_orm::Condition::all(),
        }
    }

    /// After everything is written.
    pub async fn derive(mut self, store: &Store, run: &Run<'_>) -> Result<(), Error> {
        self.look(run).await?;
        let none = self.places.as_ref().is_some_and(BTreeSet::is_empty);
        if none {
            return Ok(());
        }
        site::Entity::update_many()
            .col_expr(site::Column::Headcount, headcount())
            .filter(self.condition())
            .exec(run.transaction)
            .await?;
        let ids: Option<Vec<i64>> = self.places.map(|places| places.into_iter().collect());
        let of_places = |column: Expr| match &ids {
            Some(ids) => among(store, column, ids),
            None => Expr::value(true),
        };
        let backend = run.transaction.get_database_backend();
        let delete = Query::delete()
            .from_table(Alias::new(SITE_TOTALS))
            .and_where(of_places(Expr::col(Alias::new("territory_id"))))
            .to_owned();
        run.transaction.execute_raw(backend.build(&delete)).await?;
        let totals = totals()
            .and_where(of_places(site::Column::TerritoryId.into_simple_expr()))
            .to_owned();
        let columns = [
            "territory_id",
            "activity_id",
            "count",
            "sum",
            "minimum",
            "maximum",
            "known",
            "inexact",
            "undated",
        ];
        let insert = Query::insert()
            .into_table(Alias::new(SITE_TOTALS))
            .columns(columns.map(Alias::new))
            .select_from(totals)
            .map_err(|error| sea_orm::DbErr::Custom(error.to_string()))?
            .to_owned();
        run.transaction.execute_raw(backend.build(&insert)).await?;
        Ok(())
    }
}

/// What `Site.headcount` shows: the observation in force that the site names, unless it is a target.
fn headcount() -> Expr {
    use observation::Column;
    let found = Query::select()
        .column(Column::Value)
        .from(observation::Entity)
        .cond_where(observation::Entity::visible())
        .and_where(Column::Qualifier.ne(Qualifier::Target))
        .and_where(
            Column::Key
                .into_simple_expr()
                .eq(site::Column::HeadcountObservation.into_simple_expr()),
        )
        .to_owned();
    Expr::SubQuery(None, Box::new(found.into()))
}

/// The totals of every place and activity.
fn totals() -> SelectStatement {
    use site::Column;
    let figure = |column: observation::Column| Expr::col((Alias::new("figure"), column));
    let value = Column::Headcount.into_simple_expr();
    let when = |condition: Expr| {
        let one: Expr = Expr::case(condition, Expr::cust("1")).into();
        one.count()
    };
    let inexact = figure(observation::Column::Qualifier)
        .ne(Qualifier::Exact.as_str())
        .or(figure(observation::Column::ValueMax).is_not_null());
    let undated = figure(observation::Column::Period).is_null();
    Query::select()
        .columns([Column::TerritoryId, Column::ActivityId].map(|column| (site::Entity, column)))
        .expr(Expr::cust("COUNT(*)"))
        .exprs([
            value.clone().sum(),
            value.clone().min(),
            value.clone().max(),
            value.clone().count(),
            when(value.clone().is_not_null().and(inexact)),
            when(value.is_not_null().and(undated)),
        ])
        .from(site::Entity)
        .join_as(
            JoinType::LeftJoin,
            observation::Entity,
            Alias::new("figure"),
            figure(observation::Column::Key)
                .eq(Column::HeadcountObservation.into_simple_expr())
                .and(figure(observation::Column::SupersededAt).is_null()),
        )
        .group_by_columns(
            [Column::TerritoryId, Column::ActivityId].map(|column| (site::Entity, column)),
        )
        .to_owned()
}
