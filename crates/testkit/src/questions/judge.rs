//! What an answer is worth.

use serde_json::Value;

use super::{Case, Nothing};

/// What an answer is worth, and why when it is not right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Right,
    /// Nothing was stated although something is known, or for a reason that is not the one.
    Abstained(String),
    /// Something else was answered than what was asked, or something although nothing is known.
    Wrong(String),
}

impl Case {
    /// Judges an answer (the object `ask` of `ask.graphql`).
    pub fn judge(&self, answer: &Value) -> Verdict {
        let status = text(&answer["status"]);
        if status != "ANSWERED" {
            return match self.missed(answer) {
                None => Verdict::Right,
                Some(missed) => Verdict::Abstained(missed),
            };
        }
        if !self.status.has(status) {
            return Verdict::Wrong(format!("answered instead of {}", self.status));
        }
        let figures: &[Value] = answer["figures"].as_array().map_or(&[], Vec::as_slice);
        let first = figures.first().unwrap_or(&Value::Null);
        let values: Vec<f64> = figures.iter().filter_map(|f| f["value"].as_f64()).collect();
        let heads: Vec<f64> = self
            .value
            .into_iter()
            .chain(self.any_value.iter().flatten().copied())
            .collect();
        if !heads.is_empty()
            && !values
                .first()
                .is_some_and(|head| heads.iter().any(|v| same(*v, *head)))
        {
            return Verdict::Wrong(format!("value {} instead of {heads:?}", first["value"]));
        }
        if let Some(lacking) = self
            .values
            .iter()
            .find(|v| !values.iter().any(|f| same(**v, *f)))
        {
            return Verdict::Wrong(format!("value {lacking} is not among {values:?}"));
        }
        let fields = [
            ("kind", &self.kind, text(&answer["kind"])),
            ("period", &self.period, text(&first["period"])),
            (
                "indicator",
                &self.indicator,
                text(&first["indicator"]["key"]),
            ),
            (
                "territory",
                &self.territory,
                text(&first["territory"]["code"]),
            ),
        ];
        for (name, expected, found) in fields {
            if let Some(expected) = expected
                && expected != found
            {
                return Verdict::Wrong(format!("{name} {found:?} instead of {expected}"));
            }
        }
        let items: Vec<&str> = answer["items"]
            .as_array()
            .map_or(&[][..], Vec::as_slice)
            .iter()
            .map(|item| text(&item["key"]))
            .collect();
        if let Some(lacking) = self.items.iter().find(|key| !items.contains(&key.as_str())) {
            return Verdict::Wrong(format!("item {lacking} is not among {items:?}"));
        }
        let said = text(&answer["text"]);
        match self
            .contains
            .iter()
            .find(|part| !said.contains(part.as_str()))
        {
            Some(lacking) => Verdict::Wrong(format!("the text lacks {lacking:?}")),
            None => Verdict::Right,
        }
    }

    /// What is not as expected of an answer that states nothing.
    fn missed(&self, answer: &Value) -> Option<String> {
        let (status, reason) = (text(&answer["status"]), text(&answer["reason"]));
        if !self.status.has(status) {
            return Some(format!("{status} {reason} instead of {}", self.status));
        }
        let expected = self.reason.as_ref()?;
        (!expected.has(reason)).then(|| format!("reason {reason} instead of {expected}"))
    }
}

impl Nothing {
    /// Judges an answer (the object `ask` of `ask.graphql`).
    pub fn judge(&self, answer: &Value) -> Verdict {
        if answer["status"] == "ANSWERED" {
            return Verdict::Wrong("answered".into());
        }
        match &self.reason {
            Some(expected) if !expected.has(text(&answer["reason"])) => {
                Verdict::Abstained(format!("reason {} instead of {expected}", answer["reason"]))
            }
            _ => Verdict::Right,
        }
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Equal but for the last place of a division.
fn same(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-6 * one.abs().max(other.abs())
}
