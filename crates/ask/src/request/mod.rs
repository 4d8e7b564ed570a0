//! A frame becomes an operation: a document for its kind, with its variables.

mod build;
mod figure;
mod near;
pub mod pages;
mod records;
mod slots;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use build::{build, locale};
pub use figure::{HEADLINES, figure, stated};
pub use records::INCENTIVES;
pub use slots::{Slot, slots, subject};

/// A GraphQL document and its variables, that anybody can run again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Operation {
    pub name: String,
    pub document: String,
    pub variables: Value,
}

/// Whoever executes operations: the schema in production, a table in tests.
pub trait Run {
    /// Executes and returns the `data` object.
    fn run(&self, operation: &Operation) -> impl Future<Output = Result<Value, RunError>> + Send;
}

/// Why an operation could not be executed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct RunError(pub String);
