//! Articles in, facts out.

mod founding;
mod judge;
mod shipped;
