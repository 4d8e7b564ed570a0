//! Stories of the question engine, told without a database.

mod asides;
mod census;
mod charts;
mod chosen;
mod conversation;
mod fake;
mod halves;
mod lexicon;
mod names;
mod narrowed;
mod near;
mod origins;
mod pipeline;
mod records;
mod refusals;
mod requests;
mod strangers;
mod words;
