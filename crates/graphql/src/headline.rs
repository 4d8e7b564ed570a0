//! Headlines: which published figure leads, why, and what stands beside it.

use async_graphql::{Context, InputObject, Object, Result, SelectionField};
use store::{
    headline::{Request, Unknown},
    neighbour::Reference,
};

use crate::{
    ahead::{self, Ahead},
    error::{Code, error},
    loader, recorded,
    scalar::{DateTime, ReferencePeriod},
    view::Observation,
    vocabulary::{HeadlineRule, SubjectKind},
};

/// What a figure is about, when not a whole territory.
#[derive(InputObject, Clone, Debug)]
pub struct SubjectInput {
    /// Its kind.
    pub(crate) kind: SubjectKind,
    /// Its key.
    pub(crate) key: String,
}

/// The published figures of one thing, and which of them leads.
pub struct Headline(store::headline::Headline);

fn observations(rows: &[entity::observation::Model]) -> Vec<Observation> {
    rows.iter().cloned().map(Observation).collect()
}

/// The published figures of one thing, and which of them leads. Targets never compete; of several periods the latest leads (for
/// flows the latest whole year); then a known producer, the kind of source and the date of publication decide.
#[Object]
impl Headline {
    /// The figure that leads; null when only targets are known, or nothing for the period asked.
    async fn observation(&self) -> Option<Observation> {
        self.0.observation.clone().map(Observation)
    }

    /// The rule that chose it.
    async fn rule(&self) -> Option<HeadlineRule> {
        self.0.rule.map(HeadlineRule::from)
    }

    /// The same thing at the same period, another value: never averaged, always shown.
    async fn conflicts(&self) -> Vec<Observation> {
        observations(&self.0.conflicts)
    }

    /// The same value and period again, printed elsewhere.
    async fn reprints(&self) -> Vec<Observation> {
        observations(&self.0.reprints)
    }

    /// One figure for each period and scope, oldest first; without targets.
    async fn series(&self) -> Vec<Observation> {
        observations(&self.0.series)
    }

    /// For flows: a part of a year later than the year that leads.
    async fn part_year(&self) -> Option<Observation> {
        self.0.part_year.clone().map(Observation)
    }

    /// Objectives and announcements about the same thing.
    async fn targets(&self) -> Vec<Observation> {
        observations(&self.0.targets)
    }
}

/// What a headline is asked by, in keys.
pub struct Asked {
    pub indicator: String,
    pub territory: Option<String>,
    pub activity: Option<String>,
    pub subject: Option<SubjectInput>,
    pub period: Option<ReferencePeriod>,
    pub scope: Option<String>,
    pub recorded_at: Option<DateTime>,
}

/// The headline asked for; null when nothing at all is stored about it.
pub async fn headline(ctx: &Context<'_>, asked: Asked) -> Result<Option<Headline>> {
    let unknown = |what: &str, key: Option<&str>| {
        let key = key.unwrap_or_default();
        error(
            Code::NotFound,
            format!("no {what} has the key {key:?}; `search` finds keys by names"),
        )
    };
    let request = Request {
        indicator: asked.indicator.clone(),
        territory: asked.territory.clone(),
        activity: asked.activity.clone(),
        subject: asked
            .subject
            .as_ref()
            .map(|subject| (subject.kind.into(), subject.key.clone())),
        period: asked.period.map(|period| period.0),
        scope: asked.scope,
        recorded_at: recorded::instant(ctx, asked.recorded_at)?,
    };
    let references = ahead::of::<Headline>(ctx.field());
    let headline =
        loader::headline(ctx, request, references)
            .await?
            .map_err(|what| match what {
                Unknown::Indicator => unknown("indicator", Some(&asked.indicator)),
                Unknown::Territory => unknown("territory", asked.territory.as_deref()),
                Unknown::Activity => unknown("activity", asked.activity.as_deref()),
                Unknown::Subject => unknown(
                    "subject",
                    asked.subject.as_ref().map(|subject| subject.key.as_str()),
                ),
            })?;
    let nothing =
        headline.observation.is_none() && headline.series.is_empty() && headline.targets.is_empty();
    Ok((!nothing).then_some(Headline(headline)))
}

/// Every field of a headline that shows observations shows those of one statement.
impl Ahead for Headline {
    fn references(field: SelectionField<'_>) -> Vec<Reference> {
        ahead::of::<Observation>(field)
    }
}
