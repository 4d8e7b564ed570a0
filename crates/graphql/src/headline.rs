//! Headlines: which published figure leads, why, and what stands beside it.

use async_graphql::{Context, InputObject, Object, Result};
use store::headline::Request;

use crate::{
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
    kind: SubjectKind,
    /// Its key.
    key: String,
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
    let unknown = |what: &str, key: &str| {
        error(
            Code::NotFound,
            format!("no {what} has the key {key:?}; `search` finds keys by names"),
        )
    };
    let indicator = loader::by_key::<entity::indicator::Entity>(ctx, &asked.indicator).await?;
    let indicator = indicator
        .ok_or_else(|| unknown("indicator", &asked.indicator))?
        .id;
    let territory = match &asked.territory {
        Some(code) => Some(
            loader::by_key::<entity::territory::Entity>(ctx, code)
                .await?
                .ok_or_else(|| unknown("territory", code))?
                .id,
        ),
        None => None,
    };
    let activity = match &asked.activity {
        Some(key) => Some(
            loader::by_key::<entity::activity::Entity>(ctx, key)
                .await?
                .ok_or_else(|| unknown("activity", key))?
                .id,
        ),
        None => None,
    };
    let subject = match &asked.subject {
        Some(subject) => Some((
            subject.kind.into(),
            subject_id(ctx, subject)
                .await?
                .ok_or_else(|| unknown("subject", &subject.key))?,
        )),
        None => None,
    };
    let request = Request {
        indicator,
        territory,
        activity,
        subject,
        period: asked.period.map(|period| period.0),
        scope: asked.scope,
        recorded_at: recorded::instant(ctx, asked.recorded_at)?,
    };
    let headline = loader::headline(ctx, request).await?;
    let nothing =
        headline.observation.is_none() && headline.series.is_empty() && headline.targets.is_empty();
    Ok((!nothing).then_some(Headline(headline)))
}

async fn subject_id(ctx: &Context<'_>, subject: &SubjectInput) -> Result<Option<i64>> {
    macro_rules! load {
        ($($kind:ident: $module:ident),+) => {
            match subject.kind {
                $(SubjectKind::$kind => loader::by_key::<entity::$module::Entity>(ctx, &subject.key).await?.map(|row| row.id)),+
            }
        };
    }
    Ok(
        load!(Organisation: organisation, Park: park, Project: project, Agreement: agreement, Plan: plan, Programme: training_programme),
    )
}
