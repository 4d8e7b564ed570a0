//! Figures added up, with what it takes to trust the sum.

use async_graphql::{Context, Object, Result};
use store::aggregate::{Figures, Totals};

use crate::{
    error::internal,
    loader,
    scalar::ReferencePeriod,
    view::{Indicator, Source, Unit},
};

/// How many sources are named.
const MAX_SOURCES: usize = 100;

/// Figures added up. Computed by us from published values, so it is a figure of nobody's but of its `sources`.
#[derive(Clone)]
pub struct FigureSummary {
    pub figures: Figures,
    pub rows: u64,
    pub measured: Measured,
}

/// The indicator that figures are of.
#[derive(Clone)]
pub enum Measured {
    /// Read, because what may be added up depends on it.
    Read(entity::indicator::Model),
    /// By its key, read only when it is shown.
    By(&'static str),
}

impl Measured {
    async fn indicator(&self, ctx: &Context<'_>) -> Result<entity::indicator::Model> {
        match self {
            Self::Read(indicator) => Ok(indicator.clone()),
            Self::By(key) => {
                let found = loader::by_key::<entity::indicator::Entity>(ctx, key).await?;
                found.ok_or_else(|| internal(&format!("there is no indicator {key}")))
            }
        }
    }
}

impl FigureSummary {
    pub fn new(totals: &Totals, measured: Measured) -> Self {
        Self {
            figures: totals.figures.clone().unwrap_or_default(),
            rows: totals.rows,
            measured,
        }
    }
}

/// Published values added up by this API: how many there were, of which periods and from which sources, so that the sum can be
/// judged. `known` and `unknown` together are the rows.
#[Object]
impl FigureSummary {
    /// The values added up, in `unit`, to 15 significant digits; null when none is known. Of a range its lower end is added, as `value`
    /// is of a figure.
    async fn sum(&self) -> Option<f64> {
        self.figures.sum
    }

    /// `sum` divided by `known`; null when none is known. Rows without a value are left out, not taken as zero.
    async fn average(&self) -> Option<f64> {
        self.figures.average()
    }

    /// The smallest value.
    async fn minimum(&self) -> Option<f64> {
        self.figures.minimum
    }

    /// The largest value.
    async fn maximum(&self) -> Option<f64> {
        self.figures.maximum
    }

    /// How many rows have a value.
    async fn known(&self) -> u64 {
        self.figures.known
    }

    /// How many rows have none: the sum says nothing about them.
    async fn unknown(&self) -> u64 {
        self.rows.saturating_sub(self.figures.known)
    }

    /// How many of the values are not exact: about, at least, at most, or a range.
    async fn inexact(&self) -> u64 {
        self.figures.inexact
    }

    /// How many of the values have no period. They are added up all the same.
    async fn undated(&self) -> u64 {
        self.figures.undated
    }

    /// The different periods of the values, the one that ends first coming first. More than one: the sum is of no single moment.
    async fn periods(&self) -> Vec<ReferencePeriod> {
        let periods = self.figures.periods.iter().cloned();
        periods.map(ReferencePeriod).collect()
    }

    /// Where the values were read, by key; 100 at most, `sourceCount` says how many there are.
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        let ids = &self.figures.sources;
        let ids = &ids[..ids.len().min(MAX_SOURCES)];
        let mut sources = loader::by_ids::<entity::source::Entity>(ctx, ids).await?;
        sources.sort_by(|one, other| one.key.cmp(&other.key));
        Ok(sources.into_iter().map(Source).collect())
    }

    /// How many sources the values were read in.
    async fn source_count(&self) -> u64 {
        self.figures.sources.len() as u64
    }

    /// What is measured.
    async fn indicator(&self, ctx: &Context<'_>) -> Result<Indicator> {
        Ok(Indicator(self.measured.indicator(ctx).await?))
    }

    /// The unit of the values.
    async fn unit(&self, ctx: &Context<'_>) -> Result<Unit> {
        let indicator = self.measured.indicator(ctx).await?;
        Ok(Unit(
            loader::by_id::<entity::unit::Entity>(ctx, indicator.unit_id).await?,
        ))
    }
}
