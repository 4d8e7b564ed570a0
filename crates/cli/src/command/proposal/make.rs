//! `bab proposal make`: proposals out of a JSON file, as many as there are; what `bab extract` finds comes this way as well.

use std::io::Read;

use anyhow::{Context, Result, bail};
use clap::builder::FalseyValueParser;
use serde_json::{Value, json};

use super::{summary, text};
use crate::failure::Setting;
use crate::operator::{Operator, refused};
use crate::output;
use crate::settings::Database;
use crate::table::Table;

const DOCUMENT: &str = include_str!("../../../documents/propose.graphql");

/// How many proposals are sent at once.
const AT_ONCE: usize = 100;

/// The largest file.
const FILE: u64 = 64 << 20;

#[derive(clap::Args)]
pub struct Make {
    /// A JSON file with `proposals` and, for all of them, `source` and `text`, as the input of the mutation `propose`; `-` is standard input.
    #[arg(value_name = "FILE")]
    file: String,

    /// Print what was made as JSON.
    #[arg(long, env = "BAB_JSON", value_parser = FalseyValueParser::new())]
    json: bool,

    #[command(flatten)]
    database: Database,
}

/// What was made of proposals that belong together.
#[derive(Default)]
pub struct Made {
    /// The proposals, as the schema shows them.
    pub proposals: Vec<Value>,
    /// Facts that are in force as they were proposed.
    pub known: Vec<Value>,
}

impl Make {
    pub async fn run(self) -> Result<()> {
        let input = self.read()?;
        let operator = Operator::open(&self.database).await?;
        let made = propose(&operator, input).await?;
        made.tell(self.json)
    }

    fn read(&self) -> Result<Value> {
        let mut written = String::new();
        match self.file.as_str() {
            "-" => std::io::stdin().take(FILE).read_to_string(&mut written),
            path => std::fs::File::open(path)
                .with_context(|| format!("opening {path}"))?
                .take(FILE)
                .read_to_string(&mut written),
        }
        .context("reading the proposals")?;
        let input: Value = serde_json::from_str(&written).context("the proposals are no JSON")?;
        if !input["proposals"].is_array() {
            let message =
                "the file has no list `proposals`; it is the input of the mutation `propose`";
            return Err(Setting(message.to_owned()).into());
        }
        Ok(input)
    }
}

/// Proposes what belongs together: `input` is that of the mutation `propose`, with as many proposals as there are. They are sent a hundred at
/// a time, in their order, each hundred with the same source and text, which are kept once. A proposal may refer to facts of the same or
/// of an earlier hundred only once those are accepted, so that organisations come first.
pub async fn propose(operator: &Operator, mut input: Value) -> Result<Made> {
    let Value::Array(proposals) = input["proposals"].take() else {
        bail!("there is no list of proposals");
    };
    let mut made = Made::default();
    for part in proposals.chunks(AT_ONCE) {
        input["proposals"] = json!(part);
        let mut payload = operator.run(DOCUMENT, json!({ "input": input })).await?;
        if let Some(message) = refused(&payload) {
            let sent = made.proposals.len();
            bail!("{message} (of the proposals after the first {sent}, which are made)");
        }
        for (field, list) in [
            ("proposals", &mut made.proposals),
            ("known", &mut made.known),
        ] {
            if let Value::Array(rows) = payload[field].take() {
                list.extend(rows);
            }
        }
        // One key is for one request.
        if let Some(input) = input.as_object_mut() {
            input.remove("idempotencyKey");
        }
    }
    Ok(made)
}

impl Made {
    /// Says what was made, and how to go on.
    pub fn tell(&self, json: bool) -> Result<()> {
        if json {
            let made = json!({ "proposals": self.proposals, "known": self.known });
            return output::line(&serde_json::to_string_pretty(&made)?);
        }
        let mut table = Table::new(["key", "action", "fact", "what"]);
        for row in &self.proposals {
            table.add([
                text(row, "key"),
                text(row, "action").to_lowercase(),
                text(row, "factKey"),
                summary(row),
            ]);
        }
        let mut page = format!("Proposed:\n{table}");
        if !self.known.is_empty() {
            let known: Vec<_> = self
                .known
                .iter()
                .map(|fact| text(fact, "factKey"))
                .collect();
            page += &format!("\nKnown already: {}", known.join(", "));
        }
        let found = self
            .proposals
            .iter()
            .find_map(|row| row["text"]["key"].as_str());
        if let Some(key) = found {
            page += &format!(
                "\n\nTo take all of them over:\n  bab proposal accept --all-of {key} --reason \"…\""
            );
        }
        output::line(&page)
    }
}
