//! `bab need show`: one need, with who could meet it and why.

use anyhow::{Result, bail};
use clap::builder::FalseyValueParser;
use serde_json::{Value, json};

use super::{text, words};
use crate::operator::{Operator, shown};
use crate::output;
use crate::settings::Database;

const DOCUMENT: &str = include_str!("../../../documents/need.graphql");

#[derive(clap::Args)]
pub struct Show {
    /// The key of the need, as `bab need list` shows it.
    #[arg(value_name = "KEY")]
    key: String,

    /// Print as JSON.
    #[arg(long, env = "BAB_JSON", value_parser = FalseyValueParser::new())]
    json: bool,

    #[command(flatten)]
    database: Database,
}

impl Show {
    pub async fn run(self) -> Result<()> {
        let operator = Operator::open(&self.database).await?;
        let found = read(&operator, &self.key).await?;
        match self.json {
            true => output::line(&serde_json::to_string_pretty(&found)?),
            false => output::line(&readable(&found)),
        }
    }
}

/// The need with a key.
pub async fn read(operator: &Operator, key: &str) -> Result<Value> {
    let found = operator.run(DOCUMENT, json!({ "key": key })).await?;
    if found.is_null() {
        bail!("no need has the key {key:?}; `bab need list` shows them");
    }
    Ok(found)
}

fn readable(need: &Value) -> String {
    let list = |row: &Value, field: &str| row[field].as_array().cloned().unwrap_or_default();
    let place = format!(
        "{} ({})",
        text(&need["territory"], "name"),
        text(&need["territory"], "key")
    );
    let mut page = format!(
        "{} {}, version {}\n",
        text(need, "key"),
        text(need, "status").to_lowercase(),
        need["version"]
    );
    let contact = ["name", "email", "phone"].map(|field| text(&need["contact"], field));
    let contact: Vec<_> = contact.iter().filter(|part| !part.is_empty()).collect();
    for (title, value) in [
        ("company", text(need, "company")),
        ("needs", text(need, "description")),
        ("sector", text(need, "sector").to_lowercase()),
        ("where", place),
        ("asks for", words(need, "capabilities")),
        ("languages", words(need, "languages")),
        (
            "contact",
            contact.into_iter().cloned().collect::<Vec<_>>().join(", "),
        ),
        ("note", text(need, "note")),
        ("filed", text(need, "createdAt")),
        ("erased", text(need, "erasedAt")),
    ] {
        if !value.is_empty() {
            page += &format!("  {title}: {value}\n");
        }
    }
    for introduction in list(need, "introductions") {
        page += &format!(
            "introduced to {}: the company {}, the provider {}\n",
            text(&introduction, "providerKey"),
            said(&introduction, "companyConsent"),
            said(&introduction, "providerConsent")
        );
    }
    let matches = list(need, "matches");
    if matches.is_empty() {
        page +=
            "no profile says that it offers this; `bab need amend` says anew what is asked for\n";
    }
    for found in matches {
        let reasons: Vec<String> = list(&found, "reasons")
            .iter()
            .map(|reason| {
                let kind = text(reason, "kind").to_lowercase().replace('_', " ");
                let source = text(&reason["source"], "key");
                format!("{kind} {} [{source}]", text(reason, "value"))
            })
            .collect();
        page += &format!(
            "could be met by {} {}: {}\n",
            text(&found["provider"], "key"),
            shown(&format!("{:?}", text(&found["provider"], "name"))),
            reasons.join(", ")
        );
    }
    let steps = list(&need["history"], "nodes").into_iter().map(|step| {
        let changes = list(&step, "changes").into_iter().map(|change| {
            let sides = [text(&change, "before"), text(&change, "after")];
            let sides: Vec<_> = sides.into_iter().filter(|side| !side.is_empty()).collect();
            format!("{} {}", text(&change, "field"), sides.join(" → "))
        });
        let done = format!(
            "{} {} by {}",
            text(&step, "recordedAt"),
            text(&step, "action").to_lowercase(),
            text(&step, "role").to_lowercase(),
        );
        let changes: Vec<_> = changes.collect();
        match changes.is_empty() {
            true => done,
            false => format!("{done}: {}", changes.join(", ")),
        }
    });
    page + &steps.collect::<Vec<_>>().join("\n")
}

fn said(introduction: &Value, side: &str) -> &'static str {
    match introduction[side].as_str() {
        Some("GIVEN") => "agrees",
        Some("REFUSED") => "refuses",
        _ => "is to be asked",
    }
}
