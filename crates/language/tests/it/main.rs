//! Stories about words: what a sentence says about numbers and times, and which spellings meet.

mod anonymous;
mod folding;
mod hostile;
mod numbers;
mod periods;
mod replies;
mod words;
