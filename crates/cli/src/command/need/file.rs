//! `bab need file`: a need that came by telephone or on paper.

use std::io::Read;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::text;
use crate::operator::{Operator, refused};
use crate::output;
use crate::settings::Database;

const DOCUMENT: &str = include_str!("../../../documents/file_need.graphql");

/// The largest file, in bytes.
const FILE: u64 = 1 << 20;

#[derive(clap::Args)]
pub struct File {
    /// A JSON file with `company`, `description`, `sector`, `territory`, `contact` and `consent`, as the input of the mutation `fileNeed`; `-` is
    /// standard input.
    #[arg(value_name = "FILE")]
    file: String,

    #[command(flatten)]
    database: Database,
}

impl File {
    pub async fn run(self) -> Result<()> {
        let mut written = String::new();
        match self.file.as_str() {
            "-" => std::io::stdin().take(FILE).read_to_string(&mut written),
            path => std::fs::File::open(path)
                .with_context(|| format!("opening {path}"))?
                .take(FILE)
                .read_to_string(&mut written),
        }
        .context("reading the need")?;
        let input: Value = serde_json::from_str(&written).context("the need is no JSON")?;
        let operator = Operator::open(&self.database).await?;
        let payload = operator.run(DOCUMENT, json!({ "input": input })).await?;
        if let Some(message) = refused(&payload) {
            bail!("{message}");
        }
        let receipt = text(&payload, "receipt");
        match receipt.split_once('.') {
            Some((key, _)) => output::line(&format!(
                "{key} {}\nthe company may see how far it is, and withdraw it, with the receipt, which is shown once:\n{receipt}",
                text(&payload, "status").to_lowercase()
            )),
            None => output::line("this request had filed it before; its receipt was shown then"),
        }
    }
}
