//! Every question the database can answer; the only SQL.

pub mod aggregate;
mod concept;
mod connect;
mod cursor;
pub mod database;
pub mod feedback;
pub mod filter;
pub mod headline;
pub mod load;
pub mod names;
pub mod page;
pub mod row;

pub use concept::{Concept, Row};
pub use connect::{Error, Store};
pub use filter::Filter;
