//! Where a page ends: the ordering values of its last row, bound to the list they belong to.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sea_orm::Value;
use serde::{Deserialize, Serialize};

use crate::Error;

/// A position in an ordered list.
#[derive(Serialize, Deserialize)]
pub(crate) struct Cursor {
    /// Fingerprint of filter and order.
    list: u64,
    values: Vec<Part>,
}

/// One ordering value; floats travel as their bits, so that they come back exactly.
#[derive(Serialize, Deserialize)]
enum Part {
    Null(Kind),
    Text(String),
    Integer(i64),
    Float(u64),
    Date(chrono::NaiveDate),
}

#[derive(Clone, Copy, Serialize, Deserialize)]
enum Kind {
    Text,
    Integer,
    Float,
    Date,
}

impl Cursor {
    pub fn encode(list: u64, values: Vec<Value>) -> String {
        let cursor = Cursor {
            list,
            values: values.into_iter().map(Part::from).collect(),
        };
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(&cursor).expect("texts and numbers serialise"))
    }

    pub fn decode(text: &str, list: u64, terms: usize) -> Result<Vec<Value>, Error> {
        let invalid = || Error::Cursor(text.chars().take(80).collect());
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| invalid())?;
        let cursor: Cursor = serde_json::from_slice(&bytes).map_err(|_| invalid())?;
        if cursor.list != list || cursor.values.len() != terms {
            return Err(invalid());
        }
        Ok(cursor.values.into_iter().map(Value::from).collect())
    }
}

impl From<Value> for Part {
    fn from(value: Value) -> Self {
        match value {
            Value::String(Some(text)) => Part::Text(text),
            Value::BigInt(Some(number)) => Part::Integer(number),
            Value::Int(Some(number)) => Part::Integer(number.into()),
            Value::Double(Some(number)) => Part::Float(number.to_bits()),
            Value::ChronoDate(Some(date)) => Part::Date(date),
            Value::BigInt(None) | Value::Int(None) => Part::Null(Kind::Integer),
            Value::Double(None) => Part::Null(Kind::Float),
            Value::ChronoDate(None) => Part::Null(Kind::Date),
            _ => Part::Null(Kind::Text),
        }
    }
}

impl From<Part> for Value {
    fn from(part: Part) -> Self {
        match part {
            Part::Text(text) => Value::String(Some(text)),
            Part::Integer(number) => Value::BigInt(Some(number)),
            Part::Float(bits) => Value::Double(Some(f64::from_bits(bits))),
            Part::Date(date) => Value::ChronoDate(Some(date)),
            Part::Null(Kind::Text) => Value::String(None),
            Part::Null(Kind::Integer) => Value::BigInt(None),
            Part::Null(Kind::Float) => Value::Double(None),
            Part::Null(Kind::Date) => Value::ChronoDate(None),
        }
    }
}

/// FNV-1a: a fingerprint that stays the same between releases and machines.
pub(crate) fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
