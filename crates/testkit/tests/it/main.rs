//! The test tools themselves.

mod databases;
