//! Pictures as people get them: drawings that were read, pixels that are there, labels that stay labels.

#![expect(clippy::unwrap_used, reason = "a test that fails says where")]

mod hostile;
mod pixels;
mod samples;
mod snapshots;
