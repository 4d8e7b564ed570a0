//! Stories about words: what a sentence says about numbers and times, and which spellings meet.

mod folding;
mod hostile;
mod numbers;
mod periods;
mod replies;
mod words;
