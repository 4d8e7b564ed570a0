//! The door of assistants at the edge of the protocol: messages in, messages out.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod client;
mod conversation;
mod hostile;
mod over_http;
mod resources;
mod results;
