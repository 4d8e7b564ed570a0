//! The statements that Bab sent for each request.

use std::{collections::HashMap, fs, path::Path};

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::value::RawValue;

/// Requests by name and variables, as they are written in the body.
pub struct Recorded(HashMap<String, HashMap<String, Vec<Statement>>>);

/// A statement with its values.
#[derive(Deserialize)]
pub struct Statement {
    pub sql: String,
    pub values: Vec<Value>,
}

/// A value, by the kind that the driver is given.
#[derive(Clone, Deserialize)]
pub enum Value {
    Bool(Option<bool>),
    Int(Option<i32>),
    BigInt(Option<i64>),
    BigUnsigned(Option<u64>),
    Double(Option<f64>),
    String(Option<String>),
}

#[derive(Deserialize)]
struct Request {
    name: String,
    variables: Box<RawValue>,
    statements: Vec<Statement>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    operation_name: &'a str,
    #[serde(borrow)]
    variables: &'a RawValue,
}

impl Recorded {
    pub fn read(path: &Path) -> Result<Self> {
        let file = fs::read(path).with_context(|| path.display().to_string())?;
        let requests: Vec<Request> = serde_json::from_slice(&file)?;
        let mut recorded: HashMap<String, HashMap<_, _>> = HashMap::new();
        for request in requests {
            let variables = request.variables.get().to_owned();
            let same_name = recorded.entry(request.name).or_default();
            same_name.insert(variables, request.statements);
        }
        Ok(Self(recorded))
    }

    /// What was sent for this body.
    pub fn of(&self, body: &[u8]) -> Result<&[Statement]> {
        let body: Body<'_> = serde_json::from_slice(body)?;
        let same_name = self.0.get(body.operation_name);
        let statements = same_name.and_then(|requests| requests.get(body.variables.get()));
        Ok(statements.context("this request was not recorded")?)
    }
}
