//! Assistants: `ask`, `search` and read-only `query` as tools of the Model Context Protocol, over standard input and output
//! or HTTP. No rules of the domain live here: everything asked goes through `graphql::execute`.

mod call;
mod door;
mod http;
mod resource;
mod stdio;
mod tool;

pub use call::Caller;
pub use http::endpoint;
pub use stdio::{NoConversation, serve, standard_streams};
