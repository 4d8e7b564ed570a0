//! What a request cost, as its caller sees it.

use async_graphql::{Name, Value};
use chrono::{SecondsFormat, TimeDelta, Utc};

use crate::quota::Balance;

/// What a request may have cost, what it did, and what its caller has left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// With every page full: what is taken before it runs.
    pub requested: u64,
    /// What it came to: one unit for each field of the answer, more for questions in words.
    pub actual: u64,
    /// None for a caller without a limit.
    pub balance: Option<Balance>,
}

impl Cost {
    /// As it stands in `extensions.cost`.
    pub fn value(&self) -> Value {
        let mut fields: Vec<(&str, Value)> = vec![
            ("requested", self.requested.into()),
            ("actual", self.actual.into()),
        ];
        if let Some(balance) = &self.balance {
            let reset = TimeDelta::from_std(balance.reset).unwrap_or_default();
            let reset = (Utc::now() + reset).to_rfc3339_opts(SecondsFormat::Secs, true);
            fields.extend([
                ("limit", balance.limit.into()),
                ("remaining", balance.remaining.into()),
                ("resetAt", reset.into()),
            ]);
        }
        let fields = fields.into_iter();
        Value::Object(
            fields
                .map(|(name, value)| (Name::new(name), value))
                .collect(),
        )
    }
}

/// How many fields an answer has.
pub(crate) fn of(data: &Value) -> u64 {
    match data {
        Value::Object(fields) => fields.values().map(|field| 1 + of(field)).sum(),
        Value::List(items) => items.iter().map(of).sum(),
        _ => 0,
    }
}
