//! Projects, agreements, plans, incentives and events as partners state them.

use async_graphql::InputObject;
use entity::{agreement, event, incentive, plan, project};

use super::check::{Check, NAME, TEXT, slug};
use crate::{
    scalar::{PartialDate, ReferencePeriod},
    user_error::UserErrorCode as Code,
    vocabulary::{AgreementKind, IncentiveKind, ProjectStatus},
};

/// A name in French and in English; the French one stands for both where there is no other.
fn names(
    check: &mut Check,
    (french, fr): (&str, String),
    (english, en): (&str, Option<String>),
) -> (String, String) {
    let fr = check.name(french, fr);
    let en = check.optional(english, en, NAME);
    let en = en.unwrap_or_else(|| fr.clone());
    (fr, en)
}

/// A project. Its budget is a figure.
#[derive(InputObject, Clone, Debug)]
pub struct ProjectInput {
    /// Its key; made of its French name when left out.
    pub key: Option<String>,
    /// Its name in French.
    name_fr: String,
    /// Its name in English; the French one when left out.
    name_en: Option<String>,
    /// Code of the territory.
    territory: String,
    /// Key of the organisation that owns it.
    owner: Option<String>,
    /// Keys of the organisations that take part; at most 100.
    partners: Option<Vec<String>>,
    /// Its sector, as one word: `digital`.
    sector: Option<String>,
    /// Where it stands.
    status: ProjectStatus,
    /// When it stood there.
    status_as_of: Option<PartialDate>,
    /// When it began.
    started_on: Option<PartialDate>,
    /// What it is, in French; at most 2,000 characters.
    summary_fr: Option<String>,
    /// What it is, in English; at most 2,000 characters.
    summary_en: Option<String>,
    /// Key of the figure that states its budget.
    budget_observation: Option<String>,
    /// Key of the source; that of the whole request when left out.
    source: Option<String>,
}

impl From<project::Draft> for ProjectInput {
    fn from(draft: project::Draft) -> Self {
        Self {
            key: Some(draft.key),
            name_fr: draft.name_fr,
            name_en: Some(draft.name_en),
            territory: draft.territory,
            owner: draft.owner,
            partners: Some(draft.partners),
            sector: draft.sector,
            status: draft.status.into(),
            status_as_of: draft.status_as_of.map(PartialDate),
            started_on: draft.started_on.map(PartialDate),
            summary_fr: draft.summary_fr,
            summary_en: draft.summary_en,
            budget_observation: draft.budget_observation,
            source: Some(draft.source),
        }
    }
}

impl ProjectInput {
    pub fn draft(self, check: &mut Check) -> project::Draft {
        let (name_fr, name_en) = names(check, ("nameFr", self.name_fr), ("nameEn", self.name_en));
        project::Draft {
            key: check.key(self.key, &slug(&name_fr)),
            territory: check.reference("territory", self.territory),
            owner: check.optional_reference("owner", self.owner),
            partners: check.references("partners", self.partners),
            sector: check.optional("sector", self.sector, 60),
            status: self.status.into(),
            status_as_of: self.status_as_of.map(|date| date.0),
            started_on: self.started_on.map(|date| date.0),
            summary_fr: check.optional("summaryFr", self.summary_fr, TEXT),
            summary_en: check.optional("summaryEn", self.summary_en, TEXT),
            budget_observation: check
                .optional_reference("budgetObservation", self.budget_observation),
            source: check.source(self.source),
            name_fr,
            name_en,
        }
    }
}

/// An agreement and its axes.
#[derive(InputObject, Clone, Debug)]
pub struct AgreementInput {
    /// Its key; made of its French title when left out.
    pub key: Option<String>,
    /// What kind of agreement it is.
    kind: AgreementKind,
    /// Its title in French.
    title_fr: String,
    /// Its title in English; the French one when left out.
    title_en: Option<String>,
    /// Keys of the organisations that signed it; at most 100.
    parties: Option<Vec<String>>,
    /// When it was signed.
    signed_on: Option<PartialDate>,
    /// Its axes, in their order; at most 100. Axes that are not stated again end.
    axes: Option<Vec<AgreementAxisInput>>,
    /// Key of the source; that of the whole request when left out.
    source: Option<String>,
}

/// An axis of an agreement.
#[derive(InputObject, Clone, Debug)]
pub struct AgreementAxisInput {
    /// Its title in French.
    title_fr: String,
    /// Its title in English; the French one when left out.
    title_en: Option<String>,
    /// What it is about, in French; at most 2,000 characters.
    description_fr: Option<String>,
    /// Key of the source; that of the agreement when left out.
    source: Option<String>,
}

impl From<agreement::Draft> for AgreementInput {
    fn from(draft: agreement::Draft) -> Self {
        Self {
            key: Some(draft.key),
            kind: draft.kind.into(),
            title_fr: draft.title_fr,
            title_en: Some(draft.title_en),
            parties: Some(draft.parties),
            signed_on: draft.signed_on.map(PartialDate),
            axes: Some(draft.axes.into_iter().map(Into::into).collect()),
            source: Some(draft.source),
        }
    }
}

impl From<agreement::AxisDraft> for AgreementAxisInput {
    fn from(draft: agreement::AxisDraft) -> Self {
        Self {
            title_fr: draft.title_fr,
            title_en: Some(draft.title_en),
            description_fr: draft.description_fr,
            source: Some(draft.source),
        }
    }
}

impl AgreementInput {
    pub fn draft(self, check: &mut Check) -> agreement::Draft {
        let (title_fr, title_en) = names(
            check,
            ("titleFr", self.title_fr),
            ("titleEn", self.title_en),
        );
        let source = check.source(self.source);
        let axes = check.listed("axes", self.axes);
        let axes = (1..).zip(axes).map(|(ordinal, axis)| {
            let fields = ["titleFr", "titleEn", "descriptionFr"]
                .map(|field| format!("axes.{}.{field}", ordinal - 1));
            let (title_fr, title_en) = names(
                check,
                (&fields[0], axis.title_fr),
                (&fields[1], axis.title_en),
            );
            agreement::AxisDraft {
                ordinal,
                title_fr,
                title_en,
                description_fr: check.optional(&fields[2], axis.description_fr, TEXT),
                source: match axis.source {
                    Some(own) => check.source(Some(own)),
                    None => source.clone(),
                },
            }
        });
        let axes = axes.collect();
        agreement::Draft {
            key: check.key(self.key, &slug(&title_fr)),
            kind: self.kind.into(),
            parties: check.references("parties", self.parties),
            signed_on: self.signed_on.map(|date| date.0),
            axes,
            source,
            title_fr,
            title_en,
        }
    }
}

/// A plan and its objectives. What an objective aims at is a figure.
#[derive(InputObject, Clone, Debug)]
pub struct PlanInput {
    /// Its key; made of its French title when left out.
    pub key: Option<String>,
    /// Its title in French.
    title_fr: String,
    /// Its title in English; the French one when left out.
    title_en: Option<String>,
    /// Code of the territory.
    territory: String,
    /// The years it covers.
    period: Option<ReferencePeriod>,
    /// Key of the organisation that owns it.
    owner: Option<String>,
    /// Its objectives, in their order; at most 100. Objectives that are not stated again go.
    objectives: Option<Vec<PlanObjectiveInput>>,
    /// Key of the source; that of the whole request when left out.
    source: Option<String>,
}

/// An objective of a plan.
#[derive(InputObject, Clone, Debug)]
pub struct PlanObjectiveInput {
    /// Its title in French.
    title_fr: String,
    /// Its title in English; the French one when left out.
    title_en: Option<String>,
    /// By when.
    horizon: Option<ReferencePeriod>,
    /// Key of the figure aimed at.
    observation: Option<String>,
    /// Key of the source; that of the plan when left out.
    source: Option<String>,
}

impl From<plan::Draft> for PlanInput {
    fn from(draft: plan::Draft) -> Self {
        Self {
            key: Some(draft.key),
            title_fr: draft.title_fr,
            title_en: Some(draft.title_en),
            territory: draft.territory,
            period: draft.period.map(ReferencePeriod),
            owner: draft.owner,
            objectives: Some(draft.objectives.into_iter().map(Into::into).collect()),
            source: Some(draft.source),
        }
    }
}

impl From<plan::ObjectiveDraft> for PlanObjectiveInput {
    fn from(draft: plan::ObjectiveDraft) -> Self {
        Self {
            title_fr: draft.title_fr,
            title_en: Some(draft.title_en),
            horizon: draft.horizon.map(ReferencePeriod),
            observation: draft.observation,
            source: Some(draft.source),
        }
    }
}

impl PlanInput {
    pub fn draft(self, check: &mut Check) -> plan::Draft {
        let (title_fr, title_en) = names(
            check,
            ("titleFr", self.title_fr),
            ("titleEn", self.title_en),
        );
        let source = check.source(self.source);
        let objectives = check.listed("objectives", self.objectives);
        let objectives = (1..).zip(objectives).map(|(ordinal, objective)| {
            let fields = ["titleFr", "titleEn", "observation"]
                .map(|field| format!("objectives.{}.{field}", ordinal - 1));
            let (title_fr, title_en) = names(
                check,
                (&fields[0], objective.title_fr),
                (&fields[1], objective.title_en),
            );
            plan::ObjectiveDraft {
                ordinal,
                title_fr,
                title_en,
                horizon: objective.horizon.map(|period| period.0),
                observation: check.optional_reference(&fields[2], objective.observation),
                source: match objective.source {
                    Some(own) => check.source(Some(own)),
                    None => source.clone(),
                },
            }
        });
        let objectives = objectives.collect();
        plan::Draft {
            key: check.key(self.key, &slug(&title_fr)),
            territory: check.reference("territory", self.territory),
            period: self.period.map(|period| period.0),
            owner: check.optional_reference("owner", self.owner),
            objectives,
            source,
            title_fr,
            title_en,
        }
    }
}

/// A tax, a bonus or a grant, with its conditions and validity.
#[derive(InputObject, Clone, Debug)]
pub struct IncentiveInput {
    /// Its key; made of its French title when left out.
    pub key: Option<String>,
    /// Code of the territory it holds in.
    territory: String,
    /// What kind of incentive it is.
    kind: IncentiveKind,
    /// Its title in French.
    title_fr: String,
    /// Its title in English; the French one when left out.
    title_en: Option<String>,
    /// A term of the rule (a rate, a ceiling, a bonus), in `unit`.
    amount: Option<f64>,
    /// Key of the unit of the amount.
    unit: Option<String>,
    /// Its conditions in French; at most 2,000 characters.
    conditions_fr: Option<String>,
    /// From when it holds.
    valid_from: Option<PartialDate>,
    /// Until when it holds.
    valid_to: Option<PartialDate>,
    /// Key of the source; that of the whole request when left out.
    source: Option<String>,
}

impl From<incentive::Draft> for IncentiveInput {
    fn from(draft: incentive::Draft) -> Self {
        Self {
            key: Some(draft.key),
            territory: draft.territory,
            kind: draft.kind.into(),
            title_fr: draft.title_fr,
            title_en: Some(draft.title_en),
            amount: draft.amount,
            unit: draft.unit,
            conditions_fr: draft.conditions_fr,
            valid_from: draft.valid_from.map(PartialDate),
            valid_to: draft.valid_to.map(PartialDate),
            source: Some(draft.source),
        }
    }
}

impl IncentiveInput {
    pub fn draft(self, check: &mut Check) -> incentive::Draft {
        if self.amount.is_some() != self.unit.is_some() {
            let message = "an amount has a unit, and a unit an amount: give both or neither";
            check.refuse("unit", Code::Required, message);
        }
        let percent = self.unit.as_deref() == Some("percent");
        if self
            .amount
            .is_some_and(|amount| amount < 0.0 || (percent && amount > 100.0))
        {
            let message = "is negative, or more than 100 percent";
            check.refuse("amount", Code::Invalid, message);
        }
        if let (Some(from), Some(to)) = (&self.valid_from, &self.valid_to)
            && to.0.end().start() < from.0.start()
        {
            let message = format!("lies before validFrom, {}", from.0);
            check.refuse("validTo", Code::Invalid, message);
        }
        let (title_fr, title_en) = names(
            check,
            ("titleFr", self.title_fr),
            ("titleEn", self.title_en),
        );
        incentive::Draft {
            key: check.key(self.key, &slug(&title_fr)),
            territory: check.reference("territory", self.territory),
            kind: self.kind.into(),
            amount: self.amount.map(|amount| check.number("amount", amount)),
            // Units have blanks in their keys ("MAD per m2").
            unit: check.optional("unit", self.unit, 60),
            conditions_fr: check.optional("conditionsFr", self.conditions_fr, TEXT),
            valid_from: self.valid_from.map(|date| date.0),
            valid_to: self.valid_to.map(|date| date.0),
            source: check.source(self.source),
            title_fr,
            title_en,
        }
    }
}

/// Something that took place.
#[derive(InputObject, Clone, Debug)]
pub struct EventInput {
    /// Its key; made of its French name when left out.
    pub key: Option<String>,
    /// Its name in French.
    name_fr: String,
    /// When it was held.
    held_on: Option<PartialDate>,
    /// Code of the territory it was held in.
    territory: String,
    /// Keys of the organisations that held it; at most 100.
    organisers: Option<Vec<String>>,
    /// Key of the source; that of the whole request when left out.
    source: Option<String>,
}

impl From<event::Draft> for EventInput {
    fn from(draft: event::Draft) -> Self {
        Self {
            key: Some(draft.key),
            name_fr: draft.name_fr,
            held_on: draft.held_on.map(PartialDate),
            territory: draft.territory,
            organisers: Some(draft.organisers),
            source: Some(draft.source),
        }
    }
}

impl EventInput {
    pub fn draft(self, check: &mut Check) -> event::Draft {
        let name_fr = check.name("nameFr", self.name_fr);
        event::Draft {
            key: check.key(self.key, &slug(&name_fr)),
            held_on: self.held_on.map(|date| date.0),
            territory: check.reference("territory", self.territory),
            organisers: check.references("organisers", self.organisers),
            source: check.source(self.source),
            name_fr,
        }
    }
}
