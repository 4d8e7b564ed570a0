//! `bab need`: what companies look for, brought together with who can do it, without leaving the terminal.

mod change;
mod file;
mod list;
mod show;

use anyhow::Result;
use clap::Subcommand;
use serde_json::Value;

use crate::operator::shown;

#[derive(clap::Args)]
pub struct Need {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// List what companies look for, the oldest first.
    List(list::List),
    /// Show one need: who, what, who could meet it and why, and what was done.
    Show(show::Show),
    /// File a need that a JSON file says: the `input` of the mutation `fileNeed`.
    File(file::File),
    /// Say anew what a need is about, so that providers are found.
    Amend(change::Amend),
    /// Propose to bring the company together with a provider; both are to be asked.
    Introduce(change::Introduce),
    /// Write down what a side says to being brought together.
    Consent(change::Consent),
    /// Take a need on to its next state.
    Advance(change::Advance),
    /// Erase what tells who filed a need: contact, company, words and note.
    Erase(change::Erase),
}

impl Need {
    pub async fn run(self) -> Result<()> {
        match self.action {
            Action::List(list) => list.run().await,
            Action::Show(show) => show.run().await,
            Action::File(file) => file.run().await,
            Action::Amend(amend) => amend.run().await,
            Action::Introduce(introduce) => introduce.run().await,
            Action::Consent(consent) => consent.run().await,
            Action::Advance(advance) => advance.run().await,
            Action::Erase(erase) => erase.run().await,
        }
    }
}

/// A field of a row, as text; nothing for null.
fn text(row: &Value, field: &str) -> String {
    row[field].as_str().map(shown).unwrap_or_default()
}

/// A list of words, in small letters.
fn words(row: &Value, field: &str) -> String {
    let list = row[field].as_array().map(Vec::as_slice).unwrap_or_default();
    let words = list.iter().filter_map(Value::as_str);
    let words: Vec<String> = words.map(|word| shown(word).to_lowercase()).collect();
    words.join(", ")
}
