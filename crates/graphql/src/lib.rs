//! The schema: views, connections, loaders, admission, errors. `execute` is the way in for every door; `serve`, `subscribe` and `export`
//! admit by the same function.

mod admission;
mod admit;
mod aggregate;
mod ahead;
mod answer;
mod audit_entry;
mod author;
mod called;
mod change;
mod chart;
mod comparison;
mod completion;
mod conflict;
mod connection;
mod cost;
mod curator;
mod data_health;
mod document;
mod duplicate;
mod error;
mod execute;
pub mod export;
mod extraction;
mod fact;
mod feedback;
mod figure;
mod filter;
pub mod follow;
mod headline;
mod history;
mod importing;
mod investor_sheet;
mod key;
mod listing;
mod loader;
mod locale;
mod merge;
mod metering;
mod mutation;
mod need;
mod node;
mod order;
mod outbox;
mod pace;
mod payment;
mod position;
mod presence;
mod proposal;
mod query;
mod quota;
mod record;
mod recorded;
mod response_cache;
mod scalar;
mod serve;
mod service;
mod subscribe;
mod subscription;
mod trusted;
mod user_error;
mod view;
mod visitor;
mod vocabulary;
pub mod webhook;

pub use ask::Words;
pub use async_graphql::{Request, Response, Value, Variables};
pub use cost::Cost;
pub use entity::Scope;
pub use execute::{Access, Call, Refusal, Reply, execute};
pub use feedback::Keeping;
pub use key::{Key, NotAuthenticated};
pub use quota::{Balance, Quotas};
pub use serve::{Served, serve};
pub use service::{NoLexicon, NotReady, Service, Settings, schema, sdl};
pub use store::Error as StoreError;
pub use store::curator::Waiting;
pub use subscribe::{Events, Opened, Told, subscribe};
pub use trusted::{NotTrusted, TrustedDocuments};
pub use visitor::Visitor;

/// The one document that people's doors send to ask a question (`Ask`, variables: question, locale, conversation, location).
pub const ASK_DOCUMENT: &str = include_str!("../../../schema/ask.graphql");

/// The one document every door sends to draw an answer again (`Chart`, variables: frame, locale).
pub const CHART_DOCUMENT: &str = include_str!("../../../schema/chart.graphql");
/// The one document every door sends to give an answer again (`Answer`, variables: frame, locale).
pub const ANSWER_DOCUMENT: &str = include_str!("../../../schema/answer.graphql");

/// The one document every door sends to mark an answer wrong (`Report`, variable: input); `reportAnswer` says what goes in.
pub const REPORT_DOCUMENT: &str = include_str!("../../../schema/report.graphql");

/// The document that every door sends when somebody says what is right.
pub const CORRECT_DOCUMENT: &str = include_str!("../../../schema/correct.graphql");

/// How fresh and how whole the data are: the page and the terminal show what it asks for.
pub const HEALTH_DOCUMENT: &str = include_str!("../../../schema/health.graphql");
