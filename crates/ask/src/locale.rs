//! Languages of the reply, as `language` knows them.

pub use language::{Form, Locale};
