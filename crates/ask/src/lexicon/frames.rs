//! Which indicator a quantity word means beside an activity or a thing, and what an indicator needs to be asked.

use std::collections::HashMap;

use serde::Deserialize;

use super::LexiconError;

/// The table of `lexicon/frames.toml`.
#[derive(Clone)]
pub struct Frames {
    combinations: Vec<Combination>,
    indicators: HashMap<String, IndicatorFrame>,
    local: Vec<Local>,
    granting: Vec<Granting>,
    standing: Vec<Standing>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Standing {
    city: String,
    park: String,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Granting {
    agreement: String,
    incentives: Vec<String>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Local {
    group: String,
    unit: String,
}

/// What an indicator needs to be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorFrame {
    pub key: String,
    /// The activity its figures are stored under.
    pub activity: Option<String>,
    /// Kind of the thing its figures are about: organisation, park, project, agreement, plan.
    pub subject: Option<String>,
    /// Whether its figures are also of whole territories.
    #[serde(default)]
    pub whole: bool,
    /// The one thing meant when none is named.
    pub thing: Option<String>,
    /// Activity of our own records that a published count is shown beside.
    pub directory: Option<String>,
    /// The indicator that holds its announced values.
    pub planned: Option<String>,
    /// The one territory its figures are of, where an example is offered.
    pub home: Option<String>,
    /// The indicator that holds its growth as published.
    pub growth: Option<String>,
    /// The indicator that holds how many came into being: "jobs created".
    pub created: Option<String>,
    /// The indicator that may have a figure where this one has none.
    pub instead: Option<String>,
    /// The same quantity in another currency.
    pub currency: Option<String>,
    /// Whether the lowest is the best.
    #[serde(default)]
    pub lower_is_better: bool,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Combination {
    measure: String,
    with: Vec<String>,
    indicator: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    combine: Vec<Combination>,
    indicator: Vec<IndicatorFrame>,
    local: Vec<Local>,
    granting: Vec<Granting>,
    standing: Vec<Standing>,
}

impl Frames {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Frames, LexiconError> {
        let file: File = toml::from_str(text).map_err(|error| LexiconError::File {
            file: "frames.toml".into(),
            message: error.to_string(),
        })?;
        Ok(Frames {
            combinations: file.combine,
            local: file.local,
            granting: file.granting,
            standing: file.standing,
            indicators: file
                .indicator
                .into_iter()
                .map(|i| (i.key.clone(), i))
                .collect(),
        })
    }

    /// The indicator of a measure beside any of the given words; the earliest row wins.
    pub fn combine(&self, measure: &str, beside: &[&str]) -> Option<&str> {
        self.combinations
            .iter()
            .filter(|c| c.measure == measure)
            .find(|c| {
                c.with.iter().any(|with| {
                    beside.contains(&with.as_str()) || (with.is_empty() && beside.is_empty())
                })
            })
            .map(|c| c.indicator.as_str())
    }

    /// Whether a word, measure or what stands beside it, leads to an indicator.
    pub fn speaks_of(&self, indicator: &str, word: &str) -> bool {
        self.combinations
            .iter()
            .filter(|c| c.indicator == indicator)
            .any(|c| c.measure == word || c.with.iter().any(|with| with == word))
    }

    /// Another indicator of the same measure: jobs in call centres for jobs in offshoring.
    pub fn beside(&self, indicator: &str, word: &str) -> Option<&str> {
        let measures = self
            .combinations
            .iter()
            .filter(|c| c.indicator == indicator);
        measures
            .map(|c| c.measure.as_str())
            .find_map(|measure| self.combine(measure, &[word]))
    }

    /// The same quantity of call centres, where there is one: `call_centre_jobs_created` for `offshoring_jobs_created`.
    pub fn of_call_centres(&self, indicator: &str) -> Option<String> {
        let key = format!("call_centre_{}", indicator.strip_prefix("offshoring_")?);
        self.indicators.contains_key(&key).then_some(key)
    }

    /// What an indicator needs; the defaults (no activity, no subject) for one that is not listed.
    pub fn indicator(&self, key: &str) -> IndicatorFrame {
        self.indicators
            .get(key)
            .cloned()
            .unwrap_or_else(|| IndicatorFrame {
                key: key.to_owned(),
                ..IndicatorFrame::default()
            })
    }

    /// The aids that an agreement gives; empty for one that gives none.
    pub fn granted_by(&self, agreement: &str) -> &[String] {
        self.granting
            .iter()
            .find(|row| row.agreement == agreement)
            .map_or(&[], |row| row.incentives.as_slice())
    }

    /// The park that a city stands for where parks are spoken of.
    pub fn park_of(&self, city: &str) -> Option<&str> {
        let mut rows = self.standing.iter();
        rows.find(|row| row.city == city)
            .map(|row| row.park.as_str())
    }

    /// The unit in Morocco that a group's name means where figures and places of work are asked.
    pub fn local(&self, organisation: &str) -> Option<&str> {
        self.local
            .iter()
            .find(|l| l.group == organisation)
            .map(|l| l.unit.as_str())
    }
}
