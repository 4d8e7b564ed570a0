//! Articles in, facts out.

mod articles;
mod founding;
mod hostile;
#[allow(dead_code, reason = "benches/articles.rs shows it all")]
mod judge;
mod shipped;
