//! Scalars: periods, dates and instants as texts that are checked on the way in.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};

macro_rules! text_scalar {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub struct $name(pub $inner);

        $(#[$doc])*
        #[Scalar]
        impl ScalarType for $name {
            fn parse(value: Value) -> InputValueResult<Self> {
                match value {
                    Value::String(text) => Ok(Self(text.parse()?)),
                    other => Err(InputValueError::expected_type(other)),
                }
            }

            fn to_value(&self) -> Value {
                Value::String(self.0.to_string())
            }
        }
    };
}

text_scalar! {
    /// When a value refers to: a year `2019`, a half-year `2025-S1`, a quarter `2024-Q3`, a month `2019-03`, or several years
    /// `2016/2018` (SDMX TIME_PERIOD). Not when it was published.
    ReferencePeriod(entity::ReferencePeriod)
}

text_scalar! {
    /// A date known to the year, the month or the day: `2020`, `2020-12`, `2020-12-18` (ISO 8601).
    PartialDate(entity::PartialDate)
}

/// An instant in UTC, as RFC 3339 writes it: `2026-11-23T10:00:00Z`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateTime(pub chrono::DateTime<chrono::Utc>);

/// An instant in UTC, as RFC 3339 writes it: `2026-11-23T10:00:00Z`.
#[Scalar]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => match chrono::DateTime::parse_from_rfc3339(text) {
                Ok(instant) => Ok(Self(instant.to_utc())),
                Err(_) => Err(InputValueError::custom(
                    "not an RFC 3339 instant such as 2026-11-23T10:00:00Z",
                )),
            },
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true))
    }
}

/// A website written in the rows, as a link that can be followed; anything but http and https is left out.
pub fn web_address(text: &str) -> Option<String> {
    match text.split_once("://") {
        Some(("http" | "https", _)) => Some(text.to_owned()),
        Some(_) => None,
        None => Some(format!("https://{text}")),
    }
}
