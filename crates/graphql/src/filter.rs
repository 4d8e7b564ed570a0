//! Filters and orders of every list, as a partner writes them; `store` turns them into SQL.

#[macro_use]
mod declare;
mod actors;
mod facts;
mod test;
mod undertakings;

pub use actors::*;
pub use facts::*;
pub use undertakings::*;
