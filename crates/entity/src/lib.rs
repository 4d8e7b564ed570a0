//! Rows and the vocabulary they are made of; no queries.
//!
//! Each concept has a `Model` (the row) and, where people or files state it, a `Draft`: the same thing said with keys
//! instead of ids, as a CSV line or a curator says it. A draft is also what a past version is kept as.

pub mod activity;
pub mod agreement;
pub mod api_key;
pub mod audit_entry;
pub mod coordinates;
pub mod country;
pub mod curator;
pub mod data_revision;
pub mod event;
pub mod feedback;
pub mod follow;
pub mod incentive;
pub mod indicator;
pub mod language;
pub mod membership;
pub mod milestone;
pub mod name;
pub mod need;
pub mod observation;
pub mod organisation;
pub mod outbox;
pub mod park;
pub mod plan;
pub mod profile;
pub mod project;
pub mod proposal;
pub mod proposal_text;
pub mod shape;
pub mod site;
pub mod source;
pub mod territory;
pub mod training_programme;
pub mod unit;
pub mod version;
pub mod webhook;

mod difference;
mod fact;
mod partial_date;
mod reference_period;
mod vocabulary;

pub use difference::{Difference, differences};
pub use fact::Fact;
pub use partial_date::PartialDate;
pub use reference_period::{Granularity, ReferencePeriod};
pub use vocabulary::*;

/// A text that is not what its type asks for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{value:?} is not {expected}")]
pub struct Invalid {
    pub value: String,
    pub expected: &'static str,
}

impl Invalid {
    pub(crate) fn new(value: &str, expected: &'static str) -> Self {
        Self {
            value: value.chars().take(80).collect(),
            expected,
        }
    }
}
