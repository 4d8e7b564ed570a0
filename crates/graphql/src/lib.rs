//! The schema: views, connections, loaders, admission, errors. `execute` is the only entry for every door.

mod admission;
mod answer;
mod chart;
mod connection;
mod error;
mod execute;
mod figure;
mod filter;
mod headline;
mod loader;
mod locale;
mod node;
mod position;
mod query;
mod scalar;
mod service;
mod view;
mod vocabulary;

pub use ask::Words;
pub use async_graphql::{Request, Response, Variables};
pub use execute::{Access, Call, Refusal, Reply, execute};
pub use service::{NotReady, Service, Settings, schema, sdl};

/// The one document every door sends to ask a question (`Ask`, variables: question, locale, conversation, location).
pub const ASK_DOCUMENT: &str = include_str!("../../../schema/ask.graphql");

/// The one document every door sends to draw an answer again (`Chart`, variables: frame, locale).
pub const CHART_DOCUMENT: &str = include_str!("../../../schema/chart.graphql");
