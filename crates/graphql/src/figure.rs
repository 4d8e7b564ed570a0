//! Figures: a value with all it takes to trust it. Views of headline observations, and the figures of answers.

use async_graphql::{Context, Enum, Object, Result};
use entity::ConceptKind;
use store::headline::Request;

use crate::{
    ahead,
    error::internal,
    loader,
    node::{self, Node},
    scalar::ReferencePeriod,
    view::*,
    vocabulary::{PeriodBasis, Qualifier},
};

/// Where a number comes from.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "ask::FigureBasis")]
pub enum FigureBasis {
    /// A stored value of a sourced record.
    Published,
    /// A count of the records of this database.
    Directory,
    /// Computed from published values, which are among `inputs`; a distance from coordinates, whose `source` says where they are stated.
    Derived,
}

/// A value with what it takes to trust it: unit, qualifier, period, place, producer and source.
#[derive(Clone, Debug)]
pub enum Figure {
    /// Of an observation.
    Observed(entity::observation::Model),
    /// Of an answer.
    Answered(ask::Figure),
}

/// The headline of an indicator, as a field of the thing it is about; nothing when one of its keys is unknown.
async fn headline(ctx: &Context<'_>, request: Request) -> Result<Option<Figure>> {
    let references = ahead::of::<Figure>(ctx.field());
    let found = loader::headline(ctx, request, references).await?;
    let observation = found.ok().and_then(|headline| headline.observation);
    Ok(observation.map(Figure::Observed))
}

pub async fn population(
    ctx: &Context<'_>,
    territory: &str,
    period: Option<ReferencePeriod>,
) -> Result<Option<Figure>> {
    let request = Request {
        indicator: "hcp_population_legal".to_owned(),
        territory: Some(territory.to_owned()),
        activity: None,
        subject: None,
        period: period.map(|period| period.0),
        scope: None,
        recorded_at: None,
    };
    headline(ctx, request).await
}

pub async fn headcount(
    ctx: &Context<'_>,
    organisation: &str,
    territory: Option<String>,
) -> Result<Option<Figure>> {
    let subject = (entity::SubjectKind::Organisation, organisation);
    about(ctx, "company_headcount", subject, territory).await
}

pub async fn of_park(ctx: &Context<'_>, park: &str, indicator: &str) -> Result<Option<Figure>> {
    about(ctx, indicator, (entity::SubjectKind::Park, park), None).await
}

async fn about(
    ctx: &Context<'_>,
    indicator: &str,
    (kind, key): (entity::SubjectKind, &str),
    territory: Option<String>,
) -> Result<Option<Figure>> {
    let request = Request {
        indicator: indicator.to_owned(),
        territory,
        activity: None,
        subject: Some((kind, key.to_owned())),
        period: None,
        scope: None,
        recorded_at: None,
    };
    headline(ctx, request).await
}

/// The figure of an observation that a row names.
pub async fn stated(ctx: &Context<'_>, observation: Option<&str>) -> Result<Option<Figure>> {
    match observation {
        Some(key) => Ok(loader::by_key::<entity::observation::Entity>(ctx, key)
            .await?
            .map(Figure::Observed)),
        None => Ok(None),
    }
}

/// The same, unless it is a target.
pub async fn achieved(ctx: &Context<'_>, observation: Option<&str>) -> Result<Option<Figure>> {
    let target = |figure: &Figure| matches!(figure, Figure::Observed(row) if row.qualifier == entity::Qualifier::Target);
    Ok(stated(ctx, observation)
        .await?
        .filter(|figure| !target(figure)))
}

async fn named<V: crate::connection::View>(
    ctx: &Context<'_>,
    key: Option<&str>,
) -> Result<Option<V>> {
    match key {
        Some(key) => Ok(loader::by_key::<V::Entity>(ctx, key).await?.map(V::from)),
        None => Ok(None),
    }
}

/// A value with what it takes to trust it: unit, qualifier, period, place, producer and source.
#[Object]
impl Figure {
    /// The value, in `unit`; the lower end of a range.
    async fn value(&self) -> f64 {
        match self {
            Self::Observed(row) => row.value,
            Self::Answered(figure) => figure.value,
        }
    }

    /// The upper end of a range.
    async fn value_max(&self) -> Option<f64> {
        match self {
            Self::Observed(row) => row.value_max,
            Self::Answered(figure) => figure.value_max,
        }
    }

    /// The unit of the value.
    async fn unit(&self, ctx: &Context<'_>) -> Result<Unit> {
        match self {
            Self::Observed(row) => {
                let indicator =
                    loader::by_id::<entity::indicator::Entity>(ctx, row.indicator_id).await?;
                Ok(Unit(
                    loader::by_id::<entity::unit::Entity>(ctx, indicator.unit_id).await?,
                ))
            }
            Self::Answered(figure) => {
                let unit = named(ctx, Some(&figure.unit)).await?;
                unit.ok_or_else(|| {
                    internal(&format!("an answer has the unknown unit {}", figure.unit))
                })
            }
        }
    }

    /// How the source words it; TARGET is never an achieved figure.
    async fn qualifier(&self) -> Qualifier {
        match self {
            Self::Observed(row) => row.qualifier.into(),
            Self::Answered(figure) => match figure.qualifier {
                ask::Qualifier::Exact => Qualifier::Exact,
                ask::Qualifier::Approximate => Qualifier::Approximate,
                ask::Qualifier::AtLeast => Qualifier::AtLeast,
                ask::Qualifier::AtMost => Qualifier::AtMost,
                ask::Qualifier::Target => Qualifier::Target,
            },
        }
    }

    /// When it refers to; null is undated.
    async fn period(&self) -> Option<ReferencePeriod> {
        match self {
            Self::Observed(row) => row.period.clone().map(ReferencePeriod),
            Self::Answered(figure) => figure.period.as_ref()?.parse().ok().map(ReferencePeriod),
        }
    }

    /// Whether the source states the period.
    async fn period_basis(&self) -> Option<PeriodBasis> {
        match self {
            Self::Observed(row) => row.period_basis.map(PeriodBasis::from),
            Self::Answered(figure) => figure.period_basis.map(|basis| match basis {
                ask::PeriodBasis::Stated => PeriodBasis::Stated,
                ask::PeriodBasis::Inferred => PeriodBasis::Inferred,
            }),
        }
    }

    /// Where the number comes from.
    async fn basis(&self) -> FigureBasis {
        match self {
            Self::Observed(_) => FigureBasis::Published,
            Self::Answered(figure) => figure.basis.into(),
        }
    }

    /// What is measured.
    async fn indicator(&self, ctx: &Context<'_>) -> Result<Indicator> {
        match self {
            Self::Observed(row) => Ok(Indicator(
                loader::by_id::<entity::indicator::Entity>(ctx, row.indicator_id).await?,
            )),
            Self::Answered(figure) => match named(ctx, figure.indicator.as_deref()).await? {
                Some(indicator) => Ok(indicator),
                None => directory_indicator(ctx, figure).await,
            },
        }
    }

    /// The territory it refers to; null is the world.
    async fn territory(&self, ctx: &Context<'_>) -> Result<Option<Territory>> {
        match self {
            Self::Observed(row) => Ok(loader::by_optional_id::<entity::territory::Entity>(
                ctx,
                row.territory_id,
            )
            .await?
            .map(Territory)),
            Self::Answered(figure) => named(ctx, figure.territory.as_deref()).await,
        }
    }

    /// The activity it refers to; null where that does not apply.
    async fn activity(&self, ctx: &Context<'_>) -> Result<Option<Activity>> {
        match self {
            Self::Observed(row) => Ok(loader::by_optional_id::<entity::activity::Entity>(
                ctx,
                row.activity_id,
            )
            .await?
            .map(Activity)),
            Self::Answered(figure) => named(ctx, figure.activity.as_deref()).await,
        }
    }

    /// What it is about, when not the whole territory.
    async fn subject(&self, ctx: &Context<'_>) -> Result<Option<Node>> {
        match self {
            Self::Observed(row) => match (row.subject_kind, row.subject_id) {
                (Some(kind), Some(id)) => node::by_row(ctx, kind.into(), id).await,
                _ => Ok(None),
            },
            Self::Answered(figure) => match &figure.subject {
                Some((kind, key)) => node::by_key(ctx, subject_concept(*kind), key).await,
                None => Ok(None),
            },
        }
    }

    /// Who measured it, if the source says.
    async fn producer(&self, ctx: &Context<'_>) -> Result<Option<Organisation>> {
        match self {
            Self::Observed(row) => Ok(loader::by_optional_id::<entity::organisation::Entity>(
                ctx,
                row.producer_id,
            )
            .await?
            .map(Organisation)),
            Self::Answered(figure) => named(ctx, figure.producer.as_deref()).await,
        }
    }

    /// The record it is the value of; null for counts and computed values.
    async fn observation(&self, ctx: &Context<'_>) -> Result<Option<Observation>> {
        match self {
            Self::Observed(row) => Ok(Some(Observation(row.clone()))),
            Self::Answered(figure) => named(ctx, figure.observation.as_deref()).await,
        }
    }

    /// Where it was read; null only for counts of our records and computed values, whose `inputs` have theirs.
    async fn source(&self, ctx: &Context<'_>) -> Result<Option<Source>> {
        match self {
            Self::Observed(row) => Ok(Some(Source(
                loader::by_id::<entity::source::Entity>(ctx, row.source_id).await?,
            ))),
            Self::Answered(figure) => named(ctx, figure.source.as_deref()).await,
        }
    }

    /// The published figures it was computed from.
    async fn inputs(&self) -> Vec<Figure> {
        match self {
            Self::Observed(_) => Vec::new(),
            Self::Answered(figure) => figure
                .inputs
                .iter()
                .cloned()
                .map(Figure::Answered)
                .collect(),
        }
    }

    /// Its position in the order that was asked for, from 1.
    async fn rank(&self) -> Option<i32> {
        match self {
            Self::Observed(_) => None,
            Self::Answered(figure) => figure.rank,
        }
    }
}

fn subject_concept(kind: ask::SubjectKind) -> ConceptKind {
    match kind {
        ask::SubjectKind::Organisation => ConceptKind::Organisation,
        ask::SubjectKind::Park => ConceptKind::Park,
        ask::SubjectKind::Project => ConceptKind::Project,
        ask::SubjectKind::Agreement => ConceptKind::Agreement,
        ask::SubjectKind::Plan => ConceptKind::Plan,
        ask::SubjectKind::Programme => ConceptKind::TrainingProgramme,
    }
}

/// The indicator of what an answer itself counts, computes or reads in a record, which no row of the table is: `directory_sites`,
/// `distance`, `incentive_amount`.
async fn directory_indicator(ctx: &Context<'_>, figure: &ask::Figure) -> Result<Indicator> {
    let unit: Option<Unit> = named(ctx, Some(&figure.unit)).await?;
    let unit_id = unit
        .map(|unit| unit.0.id)
        .ok_or_else(|| internal(&format!("an answer has the unknown unit {}", figure.unit)))?;
    let key = figure
        .indicator
        .clone()
        .unwrap_or_else(|| "directory".to_owned());
    let (name_fr, name_en, name_ar) = match key.as_str() {
        "distance" => (
            "Distance à vol d'oiseau jusqu'au centre de la ville",
            "Distance as the crow flies to the centre of the town",
            "المسافة على خط مستقيم إلى وسط المدينة",
        ),
        "incentive_amount" => (
            "Montant ou taux de l'aide",
            "Amount or rate of the incentive",
            "مبلغ التحفيز أو نسبته",
        ),
        _ => ("Dans notre répertoire", "In our directory", "في دليلنا"),
    };
    Ok(Indicator(entity::indicator::Model {
        id: 0,
        key,
        name_fr: name_fr.to_owned(),
        name_en: name_en.to_owned(),
        name_ar: Some(name_ar.to_owned()),
        unit_id,
        measure: entity::Measure::Stock,
        definition_fr: None,
        higher_is_better: None,
    }))
}
