//! Every question the database can answer; the only SQL.

pub mod aggregate;
pub mod api_key;
pub mod audit_entry;
pub mod comparison;
mod concept;
pub mod conflict;
mod connect;
pub mod curator;
mod cursor;
pub mod database;
mod decode;
pub mod duplicate;
mod embedded;
pub mod fact;
pub mod feedback;
pub mod filter;
pub mod follow;
pub mod headline;
pub mod health;
mod hints;
pub mod history;
pub mod load;
pub mod merge;
pub mod named_things;
pub mod names;
pub mod need;
pub mod neighbour;
pub mod outbox;
pub mod page;
#[cfg(test)]
mod plans;
pub mod progress;
pub mod proposal;
pub mod proposal_text;
mod readers;
mod result_set;
mod revision;
mod rollup;
pub mod row;
pub mod webhook;
mod write;

pub use concept::{Concept, Row};
pub use connect::{Error, Store};
pub use filter::Filter;
pub use revision::Revision;
pub use write::{Part, Refused};
