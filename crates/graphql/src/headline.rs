//! Headlines: which published figure leads, why, and what stands beside it.

use async_graphql::{Context, InputObject, Object, Result, SelectionField};
use store::{
    headline::{Request, Unknown},
    neighbour::Reference,
};

use crate::{
    ahead::{self, Ahead},
    chart::{self, Chart},
    error::{Code, error},
    loader,
    locale::Locale,
    recorded,
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
pub struct Headline {
    found: store::headline::Headline,
    /// What it can be drawn by: only figures about whole territories, as they stand now.
    drawn_by: Option<Drawn>,
}

struct Drawn {
    indicator: String,
    territory: Option<String>,
}

fn observations(rows: &[entity::observation::Model]) -> Vec<Observation> {
    rows.iter().cloned().map(Observation).collect()
}

/// The published figures of one thing, and which of them leads. Targets never compete; of several periods the latest leads (for
/// flows the latest whole year); then a known producer, the kind of source and the date of publication decide.
#[Object]
impl Headline {
    /// The figure that leads; null when only targets are known, or nothing for the period asked.
    async fn observation(&self) -> Option<Observation> {
        self.found.observation.clone().map(Observation)
    }

    /// The rule that chose it.
    async fn rule(&self) -> Option<HeadlineRule> {
        self.found.rule.map(HeadlineRule::from)
    }

    /// The same thing at the same period, another value: never averaged, always shown.
    async fn conflicts(&self) -> Vec<Observation> {
        observations(&self.found.conflicts)
    }

    /// The same value and period again, printed elsewhere.
    async fn reprints(&self) -> Vec<Observation> {
        observations(&self.found.reprints)
    }

    /// One figure for each period and scope, oldest first; without targets.
    async fn series(&self) -> Vec<Observation> {
        observations(&self.found.series)
    }

    /// For flows: a part of a year later than the year that leads.
    async fn part_year(&self) -> Option<Observation> {
        self.found.part_year.clone().map(Observation)
    }

    /// Objectives and announcements about the same thing.
    async fn targets(&self) -> Vec<Observation> {
        observations(&self.found.targets)
    }

    /// The series as a chart, in the words of a language, French when none is asked; null when there are not two periods of one unit, or
    /// the figures are not about a whole territory.
    async fn chart(&self, ctx: &Context<'_>, locale: Option<Locale>) -> Result<Option<Chart>> {
        let Some(drawn) = &self.drawn_by else {
            return Ok(None);
        };
        let frame = ask::trend(&drawn.indicator, drawn.territory.as_deref());
        chart::chart(ctx, &frame, Some(locale.unwrap_or(Locale::Fr))).await
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
    let plain = request.activity.is_none()
        && request.subject.is_none()
        && request.period.is_none()
        && request.scope.is_none()
        && request.recorded_at.is_none();
    let drawn_by = plain.then(|| Drawn {
        indicator: asked.indicator.clone(),
        territory: asked.territory.clone(),
    });
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
    Ok((!nothing).then_some(Headline {
        found: headline,
        drawn_by,
    }))
}

/// Every field of a headline that shows observations shows those of one statement.
impl Ahead for Headline {
    fn references(field: SelectionField<'_>) -> Vec<Reference> {
        ahead::of::<Observation>(field)
    }
}
