//! The import as a stranger sees it: a folder in, rows or refusals out.

mod again;
mod bad_rows;
mod branch;
mod figures;
mod folder;
mod hostile;
mod round_trip;
mod shipped;
