//! Figures as partners state them.

use async_graphql::{Context, InputObject, Result};
use entity::{observation::Draft, shape::misfit};

use super::check::{Check, TEXT, joined, slug};
use crate::{
    extraction,
    headline::SubjectInput,
    loader,
    scalar::ReferencePeriod,
    user_error::UserErrorCode as Code,
    vocabulary::{PeriodBasis, Qualifier},
};

/// What is noted of a period that a text does not state beside the value.
pub const FROM_CONTEXT: &str = "the period is taken from the context";

/// A figure: what was measured, where, when, by whom, and where it was read.
#[derive(InputObject, Clone, Debug)]
pub struct ObservationInput {
    /// Its key. When left out: that of the figure of the same indicator, place, activity, subject, period and scope in the same source,
    /// where there is one; else one is made.
    pub key: Option<String>,
    /// Key of what is measured.
    indicator: String,
    /// Code of the territory; the world when left out.
    territory: Option<String>,
    /// Key of the activity; not applicable when left out, never "all".
    activity: Option<String>,
    /// What it is about, when not the whole territory.
    subject: Option<SubjectInput>,
    /// When it refers to; undated when left out.
    period: Option<ReferencePeriod>,
    /// Whether the source states the period; needed with a period.
    period_basis: Option<PeriodBasis>,
    /// The value, in the unit of the indicator; the lower end of a range. From -1e15 to 1e15.
    value: f64,
    /// The upper end of a range.
    value_max: Option<f64>,
    /// Key of the unit that you mean. It must be that of the indicator; give it so that a mix-up is found.
    unit: Option<String>,
    /// How the source words it; TARGET for an objective, an announcement or a plan.
    qualifier: Qualifier,
    /// The series it belongs to, where figures must not be compared with others of the indicator.
    scope: Option<String>,
    /// Key of the organisation that measured it, if the source says.
    producer: Option<String>,
    /// Key of the source; that of the whole request when left out.
    source: Option<String>,
    /// What else the source says about it, at most 2,000 characters.
    note: Option<String>,
}

impl From<Draft> for ObservationInput {
    fn from(draft: Draft) -> Self {
        Self {
            key: Some(draft.key),
            indicator: draft.indicator,
            territory: draft.territory,
            activity: draft.activity,
            subject: draft.subject.map(|(kind, key)| SubjectInput {
                kind: kind.into(),
                key,
            }),
            period: draft.period.map(ReferencePeriod),
            period_basis: draft.period_basis.map(Into::into),
            value: draft.value,
            value_max: draft.value_max,
            unit: None,
            qualifier: draft.qualifier.into(),
            scope: draft.scope,
            producer: draft.producer,
            source: Some(draft.source),
            note: draft.note,
        }
    }
}

impl ObservationInput {
    /// A figure that was found in a text, as it is proposed.
    pub fn of_extracted(fact: &extract::Fact) -> Self {
        let period = fact
            .period
            .and_then(|period| period.to_string().parse().ok())
            .map(ReferencePeriod);
        let stated = fact.spans.period.is_some();
        let notes = [
            (fact.status == extract::Status::Contested)
                .then_some("the source itself does not vouch for it"),
            (period.is_some() && !stated).then_some(FROM_CONTEXT),
        ];
        let notes: Vec<_> = notes.into_iter().flatten().collect();
        Self {
            key: None,
            indicator: fact.indicator.clone(),
            territory: fact.territory.clone(),
            activity: fact.activity.clone(),
            subject: fact.subject.as_ref().map(|thing| SubjectInput {
                kind: extraction::subject_kind(thing.kind),
                key: thing.key.clone(),
            }),
            period_basis: period.as_ref().map(|_| match stated {
                true => PeriodBasis::Stated,
                false => PeriodBasis::Inferred,
            }),
            period,
            value: fact.value,
            value_max: fact.value_max,
            unit: None,
            qualifier: extraction::qualifier(fact),
            scope: None,
            producer: fact.producer.clone(),
            source: None,
            note: (!notes.is_empty()).then(|| notes.join("; ")),
        }
    }

    pub async fn draft(self, ctx: &Context<'_>, check: &mut Check) -> Result<Draft> {
        match (&self.period, &self.period_basis) {
            (Some(_), None) => check.refuse(
                "periodBasis",
                Code::Required,
                "say whether the period is STATED in the source or INFERRED",
            ),
            (None, Some(_)) => check.refuse(
                "periodBasis",
                Code::Invalid,
                "there is no period; leave it out as well",
            ),
            _ => {}
        }
        let indicator = check.reference("indicator", self.indicator);
        let value = check.number("value", self.value);
        let value_max = self.value_max.map(|most| check.number("valueMax", most));
        if value_max.is_some_and(|most| most < value) {
            check.refuse("valueMax", Code::Invalid, "is less than the value");
        }
        let values = [("value", Some(value)), ("valueMax", value_max)];
        fits(ctx, check, (&indicator, self.unit.as_deref()), values).await?;
        let subject = self.subject.map(|subject| {
            let key = check.reference("subject.key", subject.key);
            (entity::SubjectKind::from(subject.kind), key)
        });
        let territory = check.optional_reference("territory", self.territory);
        let activity = check.optional_reference("activity", self.activity);
        let scope = check.optional("scope", self.scope, 100);
        let source = check.source(self.source);
        let period = self.period.map(|period| period.0);
        let place = subject.as_ref().map(|(_, key)| key).or(territory.as_ref());
        let when = period.as_ref().map(ToString::to_string);
        let when = when.map_or_else(|| "undated".to_owned(), |when| when.replace('/', "-"));
        let made = joined([
            indicator.as_str(),
            place.map_or("world", String::as_str),
            activity.as_deref().unwrap_or_default(),
            &when,
            &scope.as_deref().map(slug).unwrap_or_default(),
            &source,
        ]);
        Ok(Draft {
            key: check.key(self.key, &made),
            indicator,
            territory,
            activity,
            subject,
            period,
            period_basis: self.period_basis.map(Into::into),
            value,
            value_max,
            qualifier: self.qualifier.into(),
            scope,
            producer: check.optional_reference("producer", self.producer),
            source,
            note: check.optional("note", self.note, TEXT),
        })
    }
}

/// Whether the indicator can have these values, in the unit that was meant.
async fn fits(
    ctx: &Context<'_>,
    check: &mut Check,
    (key, meant): (&str, Option<&str>),
    values: [(&str, Option<f64>); 2],
) -> Result<()> {
    let Some(indicator) = loader::by_key::<entity::indicator::Entity>(ctx, key).await? else {
        let message = format!("no indicator has the key {key:?}; `indicators` lists them");
        check.refuse("indicator", Code::NotFound, message);
        return Ok(());
    };
    let unit = loader::by_id::<entity::unit::Entity>(ctx, indicator.unit_id).await?;
    if meant.is_some_and(|meant| meant != unit.key) {
        let message = format!(
            "{key} is measured in {:?}; convert the value, or choose another indicator",
            unit.key
        );
        check.refuse("unit", Code::Invalid, message);
    }
    for (field, value) in values {
        let reason = value.and_then(|value| misfit(key, &unit.key, indicator.measure, value));
        if let Some(reason) = reason {
            let message = format!("{reason}, which {key} in {} needs", unit.key);
            check.refuse(field, Code::Invalid, message);
        }
    }
    Ok(())
}
