//! `bab extract`: the figures of a press article, with the words that say them; and proposals made of them.

use std::io::Read;

use anyhow::{Context, Result};
use clap::ValueEnum;
use clap::builder::FalseyValueParser;
use serde_json::{Value, json};

use super::proposal::propose;
use crate::failure::Setting;
use crate::operator::{Operator, shown};
use crate::output;
use crate::ready;
use crate::settings::{Clock, Database, Shipped};
use crate::table::Table;

const DOCUMENT: &str = include_str!("../../documents/extract.graphql");

/// The largest article, in bytes; what the schema takes.
const ARTICLE: u64 = 256 << 10;

#[derive(clap::Args)]
pub struct Extract {
    /// An article as text or HTML, in French, English or Arabic; `-` is standard input.
    #[arg(value_name = "FILE")]
    file: String,

    /// How it is written; seen by how it begins when left out.
    #[arg(long, env = "BAB_EXTRACT_MARKUP", value_enum, ignore_case = true)]
    markup: Option<Markup>,

    /// When it was published, as YYYY, YYYY-MM or YYYY-MM-DD: "last year" counts from then.
    #[arg(long, value_name = "DATE", env = "BAB_EXTRACT_PUBLISHED_ON")]
    published_on: Option<String>,

    /// Print everything that was found as JSON: the text that was read, facts, names, axes, each with its first byte and the one after it.
    #[arg(long, env = "BAB_JSON", value_parser = FalseyValueParser::new())]
    json: bool,

    /// Make a proposal of each figure, for a curator to decide on: `bab proposal list`.
    #[arg(long, env = "BAB_EXTRACT_PROPOSE", value_parser = FalseyValueParser::new())]
    propose: bool,

    /// Key of the source, where it is known: one of the shipped data, or made before.
    #[arg(long, value_name = "KEY", env = "BAB_EXTRACT_SOURCE", requires = "propose", conflicts_with_all = ["publisher", "title", "url"])]
    source: Option<String>,

    /// Who printed it, for a source that is not known yet.
    #[arg(
        long,
        value_name = "NAME",
        env = "BAB_EXTRACT_PUBLISHER",
        requires = "title"
    )]
    publisher: Option<String>,

    /// Its title.
    #[arg(
        long,
        value_name = "TEXT",
        env = "BAB_EXTRACT_TITLE",
        requires = "publisher"
    )]
    title: Option<String>,

    /// Its web address, http or https.
    #[arg(
        long,
        value_name = "URL",
        env = "BAB_EXTRACT_URL",
        requires = "publisher"
    )]
    url: Option<String>,

    /// What kind of document it is.
    #[arg(
        long,
        env = "BAB_EXTRACT_KIND",
        value_enum,
        default_value = "press",
        ignore_case = true
    )]
    kind: Kind,

    #[command(flatten)]
    database: Database,

    #[command(flatten)]
    shipped: Shipped,

    #[command(flatten)]
    clock: Clock,
}

#[derive(Clone, Copy, ValueEnum)]
enum Markup {
    Text,
    Html,
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    Press,
    Company,
    Report,
    Official,
}

impl Extract {
    pub async fn run(self) -> Result<()> {
        let article = self.read()?;
        let source = self.source()?;
        // The names come from the data.
        ready::filled(
            &self.database,
            &self.shipped,
            &self.clock,
            graphql::Settings::default(),
        )
        .await?;
        let operator = Operator::open(&self.database).await?;
        let variables = json!({
            "text": article,
            "markup": self.markup.map(|markup| match markup {
                Markup::Text => "TEXT",
                Markup::Html => "HTML",
            }),
            "publishedOn": self.published_on,
        });
        let extraction = operator.run(DOCUMENT, variables).await?;
        let Some(source) = source else {
            return match self.json {
                true => output::line(&serde_json::to_string_pretty(&whole(extraction))?),
                false => output::line(&page(&extraction)),
            };
        };
        let facts = list(&extraction, "facts");
        if facts.is_empty() {
            return output::line("No figure was found; nothing is proposed.");
        }
        let input = json!({
            "proposals": facts.iter().map(proposal).collect::<Vec<_>>(),
            "source": source,
            "text": {
                "text": extraction["text"],
                "title": self.title,
                "url": self.url,
                "publisher": self.publisher,
                "publishedOn": self.published_on,
            },
        });
        propose(&operator, input).await?.tell(self.json)
    }

    fn read(&self) -> Result<String> {
        let mut article = Vec::new();
        let most = ARTICLE + 1;
        match self.file.as_str() {
            "-" => std::io::stdin().take(most).read_to_end(&mut article),
            path => std::fs::File::open(path)
                .with_context(|| format!("opening {path}"))?
                .take(most)
                .read_to_end(&mut article),
        }
        .context("reading the article")?;
        if article.len() as u64 > ARTICLE {
            return Err(Setting(format!(
                "the article is larger than {ARTICLE} bytes; give its text alone, or a part of it"
            ))
            .into());
        }
        String::from_utf8(article).map_err(|_| {
            Setting(
                "the article is no UTF-8 text; convert it first, as with `iconv -t UTF-8`"
                    .to_owned(),
            )
            .into()
        })
    }

    /// The source that proposals name; none when nothing is proposed.
    fn source(&self) -> Result<Option<Value>> {
        if !self.propose {
            return Ok(None);
        }
        if let Some(key) = &self.source {
            return Ok(Some(json!({ "key": key })));
        }
        let (Some(publisher), Some(title)) = (&self.publisher, &self.title) else {
            let message =
                "say where the figures are stated: --source KEY, or --publisher NAME --title TEXT";
            return Err(Setting(message.to_owned()).into());
        };
        let kind = match self.kind {
            Kind::Press => "PRESS",
            Kind::Company => "COMPANY",
            Kind::Report => "REPORT",
            Kind::Official => "OFFICIAL",
        };
        Ok(Some(json!({ "new": {
            "publisher": publisher,
            "title": title,
            "url": self.url,
            "kind": kind,
            "publishedOn": self.published_on,
        } })))
    }
}

fn list<'a>(value: &'a Value, field: &str) -> &'a [Value] {
    value[field]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default()
}

/// A part of a fact in the words of the text.
fn words(fact: &Value, name: &str) -> String {
    let spans = list(fact, "spans").iter();
    let mut found = spans
        .filter(|span| span["name"] == name)
        .filter_map(|span| span["text"].as_str());
    found.next().map(shown).unwrap_or_default()
}

/// What the mutation `propose` takes for a fact.
fn proposal(fact: &Value) -> Value {
    let stated = list(fact, "spans")
        .iter()
        .any(|span| span["name"] == "period");
    let period = &fact["period"];
    let mut notes: Vec<&str> = Vec::new();
    if fact["contested"] == true {
        notes.push("the source itself does not vouch for it");
    }
    if !period.is_null() && !stated {
        notes.push("the period is taken from the context");
    }
    let spans: Vec<Value> = list(fact, "spans")
        .iter()
        .map(|span| json!({ "name": span["name"], "start": span["start"], "end": span["end"] }))
        .collect();
    let subject = fact["subject"].as_object().map(|subject| {
        let kind = subject["__typename"]
            .as_str()
            .unwrap_or_default()
            .to_uppercase();
        json!({ "kind": kind, "key": subject["key"] })
    });
    json!({
        "fact": { "observation": {
            "indicator": fact["indicator"]["key"],
            "territory": fact["territory"]["code"],
            "activity": fact["activity"]["key"],
            "subject": subject,
            "period": period,
            "periodBasis": match (period.is_null(), stated) {
                (true, _) => Value::Null,
                (false, true) => json!("STATED"),
                (false, false) => json!("INFERRED"),
            },
            "value": fact["value"],
            "valueMax": fact["valueMax"],
            "qualifier": fact["qualifier"],
            "producer": fact["producer"]["key"],
            "note": (!notes.is_empty()).then(|| notes.join("; ")),
        } },
        "spans": spans,
    })
}

/// Numbers without a fraction print without one.
fn whole(value: Value) -> Value {
    match value {
        Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 9e15 => {
                json!(float as i64)
            }
            _ => Value::Number(number),
        },
        Value::Array(values) => values.into_iter().map(whole).collect(),
        Value::Object(fields) => fields
            .into_iter()
            .map(|(name, value)| (name, whole(value)))
            .collect(),
        other => other,
    }
}

/// What was found, for a person.
fn page(extraction: &Value) -> String {
    let mut table = Table::new([
        "indicator",
        "place or thing",
        "period",
        "value",
        "wording",
        "words",
    ]);
    for fact in list(extraction, "facts") {
        let text = |value: &Value| value.as_str().map(shown).unwrap_or_default();
        let place = [&fact["subject"]["key"], &fact["territory"]["name"]]
            .into_iter()
            .map(text)
            .filter(|text| !text.is_empty());
        let value = match fact["valueMax"].as_f64() {
            Some(most) => format!("{} – {most}", fact["value"].as_f64().unwrap_or_default()),
            None => fact["value"].as_f64().unwrap_or_default().to_string(),
        };
        let contested = if fact["contested"] == true {
            ", contested"
        } else {
            ""
        };
        table.add([
            text(&fact["indicator"]["key"]),
            place.collect::<Vec<_>>().join(", "),
            text(&fact["period"]),
            value,
            text(&fact["qualifier"]).to_lowercase() + contested,
            [words(fact, "value"), words(fact, "quantity")].join(" "),
        ]);
    }
    let mut page = match list(extraction, "facts").is_empty() {
        true => "No figure was found.".to_owned(),
        false => table.to_string(),
    };
    let names: Vec<String> = list(extraction, "names")
        .iter()
        .filter_map(|name| name["node"]["key"].as_str())
        .map(shown)
        .collect();
    if !names.is_empty() {
        page += &format!("\nNamed: {}", names.join(", "));
    }
    for axis in list(extraction, "axes") {
        page += &format!(
            "\nAxis {}: {}",
            axis["ordinal"],
            axis["span"]["text"].as_str().map(shown).unwrap_or_default()
        );
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_becomes_a_proposal_that_points_to_its_words() {
        let fact = json!({
            "indicator": { "key": "call_centres" }, "territory": { "code": "03.231" }, "activity": null, "subject": null, "period": "2019",
            "value": 36.0, "valueMax": null, "qualifier": "EXACT", "contested": false, "producer": { "key": "cri_fes_meknes" },
            "spans": [{ "name": "value", "start": 5, "end": 7, "text": "36" }],
        });
        let proposal = proposal(&fact);
        let observation = &proposal["fact"]["observation"];
        assert_eq!(observation["indicator"], "call_centres");
        assert_eq!(observation["producer"], "cri_fes_meknes");
        assert_eq!(observation["periodBasis"], "INFERRED");
        assert_eq!(observation["note"], "the period is taken from the context");
        assert_eq!(
            proposal["spans"],
            json!([{ "name": "value", "start": 5, "end": 7 }])
        );
    }
}
