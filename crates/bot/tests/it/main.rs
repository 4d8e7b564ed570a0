//! A person writes to the bot through a double of the Bot API that speaks real HTTP.

#![expect(clippy::unwrap_used, reason = "a test that fails says where")]
#![recursion_limit = "256"]

mod buttons;
mod commands;
mod corrections;
mod curators;
mod faults;
mod follows;
mod groups;
mod hostile;
mod near;
mod photos;
mod questions;
mod reports;
mod running;

/// A service over the shipped data.
async fn service() -> graphql::Service {
    testkit::service().await
}
