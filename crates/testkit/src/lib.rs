//! Tests only: a migrated database with the shipped data, question sets, a Bot API double.

mod cluster;
mod database;
pub mod questions;
mod scratch;
#[cfg(feature = "service")]
mod service;
mod shelf;
pub mod small;
pub mod telegram;

pub use database::{
    Database, database, each_database, each_empty_database, empty, postgres, postgres_empty,
};
#[cfg(feature = "service")]
pub use service::{service, service_over, service_with, settings};

use std::path::PathBuf;

/// The shipped data set.
pub fn data() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data"))
}
