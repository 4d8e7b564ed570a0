//! What a request cost, as its caller sees it.

use async_graphql::Value;
use chrono::{SecondsFormat, TimeDelta, Utc};
use serde::{Serialize, Serializer, ser::SerializeStruct};

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
        async_graphql::to_value(self).unwrap_or_default()
    }
}

impl Serialize for Cost {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = if self.balance.is_some() { 5 } else { 2 };
        let mut cost = serializer.serialize_struct("Cost", fields)?;
        cost.serialize_field("requested", &self.requested)?;
        cost.serialize_field("actual", &self.actual)?;
        if let Some(balance) = &self.balance {
            let reset = TimeDelta::from_std(balance.reset).unwrap_or_default();
            let reset = (Utc::now() + reset).to_rfc3339_opts(SecondsFormat::Secs, true);
            cost.serialize_field("limit", &balance.limit)?;
            cost.serialize_field("remaining", &balance.remaining)?;
            cost.serialize_field("resetAt", &reset)?;
        }
        cost.end()
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
