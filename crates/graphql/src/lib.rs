//! The schema: views, connections, loaders, admission, errors. `execute` is the only entry for every door.

mod admission;
mod aggregate;
mod answer;
mod chart;
mod connection;
mod error;
mod execute;
mod feedback;
mod figure;
mod filter;
mod headline;
mod loader;
mod locale;
mod mutation;
mod node;
mod position;
mod query;
mod recorded;
mod scalar;
mod service;
mod view;
mod visitor;
mod vocabulary;

pub use ask::Words;
pub use async_graphql::{Request, Response, Variables};
pub use execute::{Access, Call, Refusal, Reply, execute};
pub use feedback::Keeping;
pub use service::{NoLexicon, NotReady, Service, Settings, schema, sdl};
pub use visitor::Visitor;

/// The one document every door sends to ask a question (`Ask`, variables: question, locale, conversation, location).
pub const ASK_DOCUMENT: &str = include_str!("../../../schema/ask.graphql");

/// The one document every door sends to draw an answer again (`Chart`, variables: frame, locale).
pub const CHART_DOCUMENT: &str = include_str!("../../../schema/chart.graphql");
/// The one document every door sends to mark an answer wrong (`Report`, variable: input); `reportAnswer` says what goes in.
pub const REPORT_DOCUMENT: &str = include_str!("../../../schema/report.graphql");
