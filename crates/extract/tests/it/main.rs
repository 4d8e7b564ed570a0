//! Articles in, facts out.

mod articles;
mod founding;
mod hostile;
mod judge;
mod shipped;
