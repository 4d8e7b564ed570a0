//! The HTTP door, as callers see it: honest ones, browsers, and hostile ones.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod caller;
mod charts;
mod corrections;
mod desk;
mod edge;
mod export;
mod graphql_over_http;
mod hostile;
mod keeping;
mod keys;
mod pages;
mod region;
mod reports;
mod serving;
mod websocket;
