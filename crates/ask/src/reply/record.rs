//! The rows that operations return, as far as replies need them.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::answer::{PeriodBasis, Qualifier, SubjectKind};

/// A published figure with its provenance.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Observation {
    pub key: String,
    pub value: f64,
    pub value_max: Option<f64>,
    pub unit: Named,
    pub qualifier: Qualifier,
    pub period: Option<String>,
    pub period_basis: Option<PeriodBasis>,
    #[serde(default)]
    pub scope: Option<String>,
    pub indicator: Named,
    pub territory: Option<Place>,
    pub activity: Option<Named>,
    #[serde(default)]
    pub subject_kind: Option<SubjectKind>,
    #[serde(default)]
    pub subject_key: Option<String>,
    #[serde(default)]
    pub subject: Option<Subject>,
    pub producer: Option<Producer>,
    pub source: Source,
    #[serde(default)]
    pub note: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Named {
    pub key: String,
    #[serde(default)]
    pub name: String,
    /// Of an indicator: `FLOW` is added up over a period.
    #[serde(default)]
    pub measure: Option<String>,
    /// Of an organisation.
    #[serde(default)]
    pub kind: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Place {
    pub code: String,
    pub level: String,
    #[serde(default, rename = "type")]
    pub kind: Option<String>,
    pub name: String,
    #[serde(default)]
    pub parent: Option<Box<Place>>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Subject {
    #[serde(
        alias = "organisationName",
        alias = "parkName",
        alias = "projectName",
        alias = "agreementTitle",
        alias = "planTitle"
    )]
    pub name: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Producer {
    pub key: String,
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Source {
    pub key: String,
    pub publisher: String,
    pub published_on: Option<String>,
}

/// A headline; without a leading figure nothing achieved is known for what was asked.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Headline {
    pub observation: Option<Observation>,
    #[serde(default)]
    pub conflicts: Vec<Observation>,
    #[serde(default)]
    pub series: Vec<Observation>,
    #[serde(default)]
    pub part_year: Option<Observation>,
    #[serde(default)]
    pub targets: Vec<Observation>,
}

/// One field of a result, read as `T`; absent, null or of another shape is nothing.
pub fn field<T: DeserializeOwned>(data: &Value, path: &str) -> Option<T> {
    let found = data.pointer(path)?;
    if found.is_null() {
        None
    } else {
        T::deserialize(found).ok()
    }
}

/// The nodes of a connection; a row of another shape is left out.
pub fn nodes<T: DeserializeOwned>(data: &Value, connection: &str) -> Vec<T> {
    data.pointer(&format!("/{connection}/nodes"))
        .and_then(Value::as_array)
        .map(|rows| {
            rows.iter()
                .filter_map(|row| T::deserialize(row).ok())
                .collect()
        })
        .unwrap_or_default()
}

/// How many rows a connection has in all.
pub fn total(data: &Value, connection: &str) -> Option<u64> {
    data.pointer(&format!("/{connection}/totalCount"))
        .and_then(Value::as_u64)
}

impl Observation {
    /// The producer as people call it: the short name when the full one is long.
    pub fn producer_name(&self) -> Option<String> {
        let producer = self.producer.as_ref()?;
        let short = producer
            .aliases
            .iter()
            .find(|alias| {
                alias.is_ascii() || language::Script::of(alias) == language::Script::Latin
            })
            .filter(|alias| {
                producer.name.chars().count() > 24
                    && alias.chars().count() < producer.name.chars().count()
            });
        Some(short.unwrap_or(&producer.name).clone())
    }
}
