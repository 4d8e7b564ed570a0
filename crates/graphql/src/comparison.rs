//! Comparisons: one indicator in several places, on the same terms or with what differs said.

use async_graphql::{ComplexObject, Context, Enum, Result, SimpleObject};
use futures_util::future::try_join_all;
use store::{
    comparison::{self, Difference},
    headline::{Request, Unknown},
};

use crate::{
    ahead,
    chart::{self, Chart},
    error::{Code, bad_input, error},
    loader,
    locale::Locale,
    scalar::ReferencePeriod,
    view::{Indicator, Observation, Territory},
};

/// Most indicators, and most places, of one request.
const MOST: usize = 20;

/// One indicator in several places.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct Comparison {
    /// What is compared.
    indicator: Indicator,
    /// The period that every figure refers to; null when they do not share one.
    period: Option<ReferencePeriod>,
    /// The places, in the order asked for.
    sides: Vec<ComparisonSide>,
    /// What the figures do not share. While this names a period, a scope or an activity, the figures are not to be ranked or subtracted.
    differences: Vec<ComparisonDifference>,
}

/// A place of a comparison.
#[derive(SimpleObject)]
pub struct ComparisonSide {
    /// The place.
    territory: Territory,
    /// Its figure; null when nothing is published.
    observation: Option<Observation>,
}

#[ComplexObject]
impl Comparison {
    /// The figures as bars, in the words of a language, French when none is asked; null when there are not two figures that measure the same
    /// thing, or more than eight places.
    async fn chart(&self, ctx: &Context<'_>, locale: Option<Locale>) -> Result<Option<Chart>> {
        let known = self.sides.iter().filter(|side| side.observation.is_some());
        let places: Vec<&str> = known.map(|side| side.territory.0.key.as_str()).collect();
        if !(2..=8).contains(&places.len()) {
            return Ok(None);
        }
        let period = self.period.as_ref().map(|period| period.0.to_string());
        let frame = ask::comparison(&self.indicator.0.key, &places, period.as_deref());
        chart::chart(ctx, &frame, Some(locale.unwrap_or(Locale::Fr))).await
    }
}

/// What the figures of a comparison do not share.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "store::comparison::Difference")]
pub enum ComparisonDifference {
    /// They refer to different periods, or not all of them are dated.
    Period,
    /// They are counted in different ways.
    Scope,
    /// They are about different activities.
    Activity,
    /// Different producers measured them.
    Producer,
    /// Some are approximate or limits, others exact.
    Qualifier,
    /// Some places have a later figure, on terms that not all of them share.
    Later,
}

/// Each indicator in each of the places.
pub async fn comparisons(
    ctx: &Context<'_>,
    indicators: &[String],
    places: &[String],
) -> Result<Vec<Comparison>> {
    if indicators.len() > MOST || places.len() > MOST {
        return Err(bad_input(format!(
            "comparisons takes at most {MOST} indicators and {MOST} territories"
        )));
    }
    let territories = try_join_all(places.iter().map(|code| territory(ctx, code))).await?;
    let compared = indicators
        .iter()
        .map(|key| compared(ctx, key, &territories));
    try_join_all(compared).await
}

async fn compared(
    ctx: &Context<'_>,
    indicator: &str,
    territories: &[entity::territory::Model],
) -> Result<Comparison> {
    let requests = territories
        .iter()
        .map(|territory| headline(ctx, indicator, &territory.key));
    let headlines = try_join_all(requests).await?;
    let known = loader::by_key::<entity::indicator::Entity>(ctx, indicator).await?;
    let known = known.ok_or_else(|| not_found("indicator", indicator))?;
    let compared = comparison::of(&headlines);
    let sides = territories.iter().zip(compared.sides);
    Ok(Comparison {
        indicator: Indicator(known),
        period: compared.period.map(ReferencePeriod),
        sides: sides
            .map(|(territory, row)| ComparisonSide {
                territory: Territory(territory.clone()),
                observation: row.map(Observation),
            })
            .collect(),
        differences: compared
            .differences
            .into_iter()
            .map(<ComparisonDifference as From<Difference>>::from)
            .collect(),
    })
}

async fn territory(ctx: &Context<'_>, code: &str) -> Result<entity::territory::Model> {
    let found = loader::by_key::<entity::territory::Entity>(ctx, code).await?;
    found.ok_or_else(|| not_found("territory", code))
}

async fn headline(
    ctx: &Context<'_>,
    indicator: &str,
    territory: &str,
) -> Result<Option<store::headline::Headline>> {
    let request = Request::at(indicator.to_owned(), Some(territory.to_owned()));
    let references = ahead::of_sides(ctx.field());
    match loader::headline(ctx, request, references).await? {
        Ok(headline) => Ok(Some(headline)),
        Err(Unknown::Indicator) => Err(not_found("indicator", indicator)),
        Err(_) => Ok(None),
    }
}

fn not_found(what: &str, key: &str) -> async_graphql::Error {
    error(
        Code::NotFound,
        format!("no {what} has the key {key:?}; `search` finds keys by names"),
    )
}
