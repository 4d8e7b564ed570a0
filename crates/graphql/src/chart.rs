//! Charts: what of an answer can be drawn, and the address where it is drawn.

use ask::ChartError;
use async_graphql::{Context, Enum, Object, Result};

use crate::{
    answer::Nested,
    error::{Code, bad_input, error, internal},
    loader,
    locale::Locale,
    service::{self, Caller},
    view::{Source, Unit},
    vocabulary::Qualifier,
};

/// The chart at an address that an answer gave.
pub async fn chart(
    ctx: &Context<'_>,
    frame: &str,
    locale: Option<Locale>,
) -> Result<Option<Chart>> {
    let caller = ctx.data_unchecked::<Caller>();
    if caller.nested {
        return Err(bad_input("chart cannot be asked inside ask"));
    }
    let service = service::service(ctx);
    let lexicon = service
        .lexicon()
        .await
        .map_err(|failure| internal(&failure))?;
    let runner = Nested { service, caller };
    let locale = locale.map(ask::Locale::from);
    match ask::chart(&lexicon, frame, locale, service.now(), &runner).await {
        Ok(chart) => Ok(chart.map(Chart)),
        Err(failure @ ChartError::Unreadable) => Err(bad_input(failure.to_string())),
        Err(failure @ ChartError::Unknown) => Err(error(Code::NotFound, failure.to_string())),
        Err(ChartError::Run(failure)) => Err(internal(&failure.0)),
    }
}

/// What there is to draw: figures of the answer with their marks, and every word that stands on the picture.
pub struct Chart(pub ask::Chart);

/// What there is to draw: figures of the answer with their marks, and every word that stands on the picture. Nothing in it is
/// interpolated or estimated.
#[Object]
impl Chart {
    /// How it is drawn.
    async fn kind(&self) -> ChartKind {
        self.0.kind.into()
    }

    /// What it shows.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// Unit and place, as far as the title does not say them.
    async fn subtitle(&self) -> Option<&str> {
        self.0.subtitle.as_deref()
    }

    /// Language of its words, a BCP 47 tag; `ary-Latn` is Darija in Latin letters. `ar` and `ary` run from right to left.
    async fn language(&self) -> &str {
        &self.0.language
    }

    /// Unit of every value.
    async fn unit(&self, ctx: &Context<'_>) -> Result<Unit> {
        let unit = loader::by_key::<entity::unit::Entity>(ctx, &self.0.unit).await?;
        unit.map(Unit)
            .ok_or_else(|| internal(&format!("a chart has the unknown unit {}", self.0.unit)))
    }

    /// Whether the values are positions: 1 is the best and stands at the top.
    async fn inverted(&self) -> bool {
        self.0.inverted
    }

    /// Where the picture is, as PNG of 1,080 pixels across: an address of its own that anybody may keep and share. It is drawn from the
    /// data as they are when it is fetched. A path when the operator has set no public address.
    async fn url(&self, ctx: &Context<'_>) -> Option<String> {
        self.address(ctx, "png")
    }

    /// The same picture as SVG.
    async fn svg_url(&self, ctx: &Context<'_>) -> Option<String> {
        self.address(ctx, "svg")
    }

    /// What `Query.chart` takes to give this chart again; null when the question is too long to fit an address.
    async fn frame(&self) -> Option<&str> {
        Some(self.0.frame.as_str()).filter(|frame| !frame.is_empty())
    }

    /// The lines, or one series for each bar.
    async fn series(&self) -> Vec<ChartSeries<'_>> {
        self.0.series.iter().map(ChartSeries).collect()
    }

    /// What the marks of the points mean; only marks that occur.
    async fn legend(&self) -> Vec<ChartLegend<'_>> {
        self.0.legend.iter().map(ChartLegend).collect()
    }

    /// What must be known to read it: gaps, different scopes or periods, what is left out.
    async fn notes(&self) -> &[String] {
        &self.0.notes
    }

    /// The lines of origin on the picture: who measured, who published, when.
    async fn credits(&self) -> &[String] {
        &self.0.credits
    }

    /// The sources of its figures.
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        let loads = self
            .0
            .sources
            .iter()
            .map(|key| loader::by_key::<entity::source::Entity>(ctx, key));
        let found = futures_util::future::try_join_all(loads).await?;
        Ok(found.into_iter().flatten().map(Source).collect())
    }
}

impl Chart {
    fn address(&self, ctx: &Context<'_>, ending: &str) -> Option<String> {
        let frame = Some(&self.0.frame).filter(|frame| !frame.is_empty())?;
        let base = service::service(ctx).public_url().unwrap_or_default();
        Some(format!("{base}/chart/{frame}.{ending}"))
    }
}

/// Points that may be looked at together: one producer and one scope, or one bar.
struct ChartSeries<'a>(&'a ask::Series);

/// Points that may be looked at together: one producer and one scope, or one bar. Gaps stay gaps; two series are never joined.
#[Object]
impl ChartSeries<'_> {
    /// What it is.
    async fn label(&self) -> &str {
        &self.0.label
    }

    /// Its points, oldest first.
    async fn points(&self) -> Vec<ChartPoint<'_>> {
        self.0.points.iter().map(ChartPoint).collect()
    }
}

/// One published figure.
struct ChartPoint<'a>(&'a ask::Point);

/// One published figure.
#[Object]
impl ChartPoint<'_> {
    /// When: `2019`, `2025-S1`, `2024-Q3`, `2019-03`, `2016/2018`; empty when undated.
    async fn period(&self) -> &str {
        &self.0.period
    }

    /// The period as it is printed; a star says that the year is inferred.
    async fn label(&self) -> &str {
        &self.0.label
    }

    /// The value, in the unit of the chart; the lower end of a range.
    async fn value(&self) -> f64 {
        self.0.value
    }

    /// The upper end of a range.
    async fn value_max(&self) -> Option<f64> {
        self.0.value_max
    }

    /// The value as it is printed, with the sign of its qualifier.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// How exact it is. A target is no result.
    async fn qualifier(&self) -> Qualifier {
        match self.0.qualifier {
            ask::Qualifier::Exact => Qualifier::Exact,
            ask::Qualifier::Approximate => Qualifier::Approximate,
            ask::Qualifier::AtLeast => Qualifier::AtLeast,
            ask::Qualifier::AtMost => Qualifier::AtMost,
            ask::Qualifier::Target => Qualifier::Target,
        }
    }

    /// Whether its own record says that it is disputed.
    async fn contested(&self) -> bool {
        self.0.contested
    }
}

/// What one mark means.
struct ChartLegend<'a>(&'a ask::Legend);

/// What one mark means.
#[Object]
impl ChartLegend<'_> {
    /// The mark.
    async fn mark(&self) -> ChartMark {
        self.0.mark.into()
    }

    /// Its meaning, in the language of the chart.
    async fn label(&self) -> &str {
        &self.0.label
    }
}

/// How a chart is drawn.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "ask::ChartKind")]
pub enum ChartKind {
    /// Points over time; only periods that follow each other are joined.
    Lines,
    /// One bar a series, in the order of the answer.
    Bars,
    /// Bars on a track that is the whole.
    Share,
}

/// A mark of a point that needs an explanation.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "ask::ChartMark")]
pub enum ChartMark {
    /// The source says "about".
    Approximate,
    /// The source says "at least".
    AtLeast,
    /// The source says "at most".
    AtMost,
    /// An objective or an announcement.
    Target,
    /// Disputed.
    Contested,
}
