//! Records that lists and summaries are made of.

use serde::Deserialize;

use super::record::{Named, Observation, Place, Producer, Source, Subject};
use crate::answer::{PeriodBasis, Qualifier, SubjectKind};

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SiteRow {
    pub key: String,
    pub organisation: Company,
    pub territory: Place,
    pub park: Option<Named>,
    pub opened_on: Option<String>,
    #[serde(default)]
    pub address: Option<String>,
    pub source: Source,
}

/// Where a programme is taught.
#[derive(Clone, Debug, Deserialize)]
pub struct TaughtRow {
    pub territory: Place,
    pub source: Source,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Company {
    pub key: String,
    pub name: String,
    #[serde(default)]
    pub kind: Option<String>,
    #[serde(default)]
    pub country_of_origin: Option<String>,
    #[serde(default)]
    pub website: Option<String>,
    #[serde(default)]
    pub parent: Option<Named>,
    #[serde(default)]
    pub summary: Option<Text>,
    #[serde(default)]
    pub source: Option<Source>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Text {
    pub text: String,
    pub locale: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ParkRow {
    pub key: String,
    pub name: String,
    pub territory: Option<Place>,
    pub operator: Option<Company>,
    #[serde(default)]
    pub opened_on: Option<String>,
    pub source: Source,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProjectRow {
    pub key: String,
    pub name: String,
    pub territory: Option<Place>,
    pub owner: Option<Named>,
    #[serde(default)]
    pub partners: Vec<Named>,
    pub status: String,
    pub status_as_of: Option<String>,
    pub started_on: Option<String>,
    pub summary: Option<Text>,
    pub source: Source,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AgreementRow {
    pub key: String,
    pub title: String,
    #[serde(default)]
    pub parties: Vec<Named>,
    pub signed_on: Option<String>,
    #[serde(default)]
    pub axes: Vec<AxisRow>,
    pub source: Source,
}

#[derive(Clone, Debug, Deserialize)]
pub struct AxisRow {
    pub key: String,
    pub ordinal: i32,
    pub title: String,
    pub description: Option<Text>,
    pub source: Source,
}

#[derive(Clone, Debug, Deserialize)]
pub struct PlanRow {
    pub key: String,
    pub title: String,
    pub period: Option<String>,
    pub owner: Option<Named>,
    #[serde(default)]
    pub objectives: Vec<ObjectiveRow>,
    pub source: Source,
}

#[derive(Clone, Debug, Deserialize)]
pub struct ObjectiveRow {
    pub key: String,
    pub title: String,
    pub horizon: Option<String>,
    pub figure: Option<FigureRow>,
}

/// A figure as other records show it.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FigureRow {
    value: f64,
    value_max: Option<f64>,
    unit: Named,
    qualifier: Qualifier,
    period: Option<String>,
    period_basis: Option<PeriodBasis>,
    indicator: Named,
    territory: Option<Place>,
    activity: Option<Named>,
    producer: Option<Producer>,
    observation: Option<About>,
    source: Option<Source>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct About {
    key: String,
    #[serde(default)]
    subject_kind: Option<SubjectKind>,
    #[serde(default)]
    subject_key: Option<String>,
}

impl FigureRow {
    /// The published figure behind it; none when it is not published.
    pub fn observation(self) -> Option<Observation> {
        let about = self.observation?;
        Some(Observation {
            key: about.key,
            value: self.value,
            value_max: self.value_max,
            unit: self.unit,
            qualifier: self.qualifier,
            period: self.period,
            period_basis: self.period_basis,
            scope: None,
            indicator: self.indicator,
            territory: self.territory,
            activity: self.activity,
            subject_kind: about.subject_kind,
            subject_key: about.subject_key,
            subject: Some(Subject::default()),
            producer: self.producer,
            source: self.source?,
            note: None,
        })
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IncentiveRow {
    pub key: String,
    pub title: String,
    #[serde(default)]
    pub territory: Option<Place>,
    pub amount: Option<f64>,
    #[serde(default)]
    pub unit: Option<Named>,
    pub valid_from: Option<String>,
    pub valid_to: Option<String>,
    pub source: Source,
}

#[derive(Clone, Debug, Deserialize)]
pub struct TrainingRow {
    pub key: String,
    pub organisation: Company,
    pub programme: Option<String>,
    pub source: Source,
}

#[derive(Clone, Debug, Deserialize)]
pub struct EventRow {
    pub key: String,
    pub name: String,
    pub date: Option<String>,
    #[serde(default)]
    pub organisers: Vec<Named>,
    pub territory: Option<Place>,
    pub source: Source,
}

#[derive(Clone, Debug, Deserialize)]
pub struct TerritoryRow {
    pub code: String,
    pub name: String,
    #[serde(default)]
    pub source: Option<Source>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SourceRow {
    pub key: String,
    pub publisher: String,
    pub title: Option<String>,
    pub published_on: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct WordRow {
    pub key: String,
    pub name: String,
    #[serde(default)]
    pub definition: Option<Text>,
    #[serde(default)]
    pub parent: Option<Named>,
    #[serde(default)]
    pub children: Children,
    #[serde(default)]
    pub source: Option<Source>,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Children {
    pub nodes: Vec<Named>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct IndicatorRow {
    pub key: String,
    pub name: String,
    pub unit: Named,
    #[serde(default)]
    pub definition: Option<Text>,
}
