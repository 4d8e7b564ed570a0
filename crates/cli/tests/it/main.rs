//! The real binary, as a person and a shell meet it.

#![expect(clippy::unwrap_used, reason = "a test that fails says where")]

mod alerts;
mod answers;
mod bab;
mod backup;
mod crash;
mod curator;
mod deploy;
mod doctor;
mod extract;
mod feedback;
mod files;
mod key;
mod killed;
mod mcp;
mod metrics;
mod need;
mod partner;
mod proposal;
mod serving;
mod settings;
mod telegram;
