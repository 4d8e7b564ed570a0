//! Filters and orders of every list, as a partner writes them; `store` turns them into SQL.

#[macro_use]
mod declare;
mod actors;
mod branch;
mod facts;
mod test;
mod undertakings;

pub use actors::*;
pub use branch::*;
pub use facts::*;
pub use undertakings::*;
