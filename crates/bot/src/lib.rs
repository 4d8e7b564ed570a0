//! Telegram: updates in, replies out. Every answer comes from `graphql::execute`; nothing is decided here.

mod answer;
mod button;
mod chat;
mod command;
mod correct;
mod curator;
mod digest;
mod document;
mod door;
mod follow;
mod message;
mod photo;
mod poll;
mod proposal;
mod queue;
mod refusal;
mod reply;
mod report;
mod send;
mod settings;
mod text;
mod words;

pub use poll::{Error, introduce, run};
pub use settings::{InvalidSetting, Settings, Token};
