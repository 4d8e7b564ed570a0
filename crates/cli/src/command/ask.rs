//! `bab ask`: one question, answered in the terminal with its sources, or as JSON.

use anyhow::{Result, anyhow, bail};
use clap::ValueEnum;
use clap::builder::FalseyValueParser;
use graphql::{Access, Call, Request, Variables, Visitor};
use serde_json::{Number, Value, json};

use crate::settings::{Clock, Database, Public, Shipped};
use crate::{output, ready};

#[derive(clap::Args)]
pub struct Ask {
    /// A question in French, English, Arabic or Darija.
    question: String,

    /// Print the whole answer (the `ask` object of schema/ask.graphql) as JSON.
    #[arg(long, env = "BAB_JSON", value_parser = FalseyValueParser::new())]
    json: bool,

    /// Language of the reply; by default the one of the question.
    #[arg(long, env = "BAB_LOCALE", value_enum, ignore_case = true)]
    locale: Option<Locale>,

    /// Where you are, in degrees, for questions such as "parks near me": 34.03,-5.00. Used for this question, never stored.
    #[arg(
        long,
        env = "BAB_NEAR",
        value_name = "LAT,LON",
        value_parser = position,
        allow_hyphen_values = true,
        hide_env_values = true
    )]
    near: Option<Position>,

    #[command(flatten)]
    database: Database,

    #[command(flatten)]
    shipped: Shipped,

    #[command(flatten)]
    clock: Clock,

    #[command(flatten)]
    public: Public,
}

#[derive(Clone, Copy, ValueEnum)]
enum Locale {
    Fr,
    En,
    Ar,
    /// Moroccan Arabic (Darija), in the script of the question
    Ary,
}

impl Ask {
    pub async fn run(self) -> Result<()> {
        let settings = graphql::Settings {
            public_url: self.public.url()?,
            ..graphql::Settings::default()
        };
        let service = ready::filled(&self.database, &self.shipped, &self.clock, settings).await?;
        let location = self.near.map(
            |Position(latitude, longitude)| json!({"latitude": latitude, "longitude": longitude}),
        );
        let variables = json!({
            "question": self.question,
            "locale": self.locale.map(Locale::name),
            "location": location,
        });
        let request = Request::new(graphql::ASK_DOCUMENT)
            .variables(Variables::from_json(variables))
            .operation_name("Ask");
        let call = Call {
            // A position is not taken where requests are written down.
            access: match self.near {
                Some(_) => Access::ReadWrite,
                None => Access::ReadOnly,
            },
            request_id: "terminal".to_owned(),
            visitor: Visitor::Operator,
            key: None,
        };
        let response = graphql::execute(&service, &call, request).await.response;
        if let Some(error) = response.errors.first() {
            bail!("the question could not be answered: {}", error.message);
        }
        let mut data = serde_json::to_value(&response.data)?;
        let answer = data
            .get_mut("ask")
            .map(Value::take)
            .ok_or_else(|| anyhow!("the schema gave no answer"))?;
        match self.json {
            true => output::line(&serde_json::to_string_pretty(&whole(answer))?),
            false => output::line(&readable(&self.question, &answer)),
        }
    }
}

/// Latitude and longitude, in degrees.
#[derive(Clone, Copy)]
struct Position(f64, f64);

/// Reads `34.03,-5.00`; whether the place exists is for the schema to say.
fn position(text: &str) -> Result<Position, String> {
    let degrees = |part: &str| part.trim().parse::<f64>().ok().filter(|d| d.is_finite());
    text.split_once(',')
        .and_then(|(latitude, longitude)| Some(Position(degrees(latitude)?, degrees(longitude)?)))
        .ok_or_else(|| "write latitude and longitude in degrees, as in 34.03,-5.00".to_owned())
}

impl Locale {
    fn name(self) -> &'static str {
        match self {
            Locale::Fr => "FR",
            Locale::En => "EN",
            Locale::Ar => "AR",
            Locale::Ary => "ARY",
        }
    }
}

/// Numbers without a fraction print without one: `36`, not `36.0`.
fn whole(value: Value) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match value {
        Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < EXACT => {
                Value::Number(Number::from(float as i64))
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

/// The answer for a person: text, readings or suggestions, sources, then how to get the figures again.
fn readable(question: &str, answer: &Value) -> String {
    let words = Words::of(answer["locale"].as_str().unwrap_or_default());
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut page = text(&answer["text"]);
    let list = |name: &str, field: Option<&str>| -> Vec<String> {
        let entries = answer[name]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        entries
            .iter()
            .map(|entry| format!("  • {}", text(field.map_or(entry, |field| &entry[field]))))
            .collect()
    };
    for (title, lines) in [
        (words.options, list("options", Some("question"))),
        (words.suggestions, list("suggestions", None)),
    ] {
        if !lines.is_empty() {
            page += &format!("\n\n{title}\n{}", lines.join("\n"));
        }
    }
    let sources = answer["sources"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    if !sources.is_empty() {
        page += &format!("\n\n{}", words.sources);
    }
    for source in sources {
        let about = [
            &source["title"],
            &source["publisher"],
            &source["publishedOn"],
        ];
        let about: Vec<_> = about
            .iter()
            .filter_map(|part| part.as_str())
            .filter(|part| !part.is_empty())
            .collect();
        page += &format!("\n  • {}", about.join(", "));
        if let Some(url) = source["url"].as_str() {
            page += &format!("\n    {url}");
        }
    }
    if answer["operation"].is_object() {
        page += &format!("\n\n{}\n  {}", words.again, again(question));
    }
    page
}

/// A command that prints the body to send to /graphql.
fn again(question: &str) -> String {
    let quoted = question.replace('\'', "'\\''");
    format!(
        "bab ask --json '{quoted}' | jq '{{query: .operation.document, variables: .operation.variables}}'"
    )
}

/// Titles of the parts of an answer.
struct Words {
    sources: &'static str,
    options: &'static str,
    suggestions: &'static str,
    again: &'static str,
}

impl Words {
    fn of(locale: &str) -> Self {
        let [sources, options, suggestions, again] = match locale {
            "FR" => [
                "Sources",
                "Voulez-vous dire :",
                "Vous pouvez demander :",
                "Pour retrouver ces chiffres par /graphql :",
            ],
            "AR" => [
                "المصادر",
                "هل تقصد:",
                "يمكنك أن تسأل:",
                "للحصول على الأرقام نفسها عبر GraphQL:",
            ],
            "ARY" => [
                "المصادر · les sources",
                "واش بغيتي · bghiti tgol:",
                "تقدر تسول · t9der tsowel:",
                "GraphQL:",
            ],
            _ => [
                "Sources",
                "Did you mean:",
                "You may ask:",
                "To get these figures again through /graphql:",
            ],
        };
        Self {
            sources,
            options,
            suggestions,
            again,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_print_without_a_fraction() {
        let value = whole(json!({"value": 36.0, "share": 4.5, "many": [1e20, -2.0]}));
        assert_eq!(
            value.to_string(),
            r#"{"many":[1e+20,-2],"share":4.5,"value":36}"#
        );
    }

    #[test]
    fn a_position_is_two_numbers() {
        let read = |text| position(text).ok().map(|Position(lat, lon)| (lat, lon));
        assert_eq!(read("34.03,-5.00"), Some((34.03, -5.0)));
        assert_eq!(read(" -34 , 5.5 "), Some((-34.0, 5.5)));
        for text in ["", "34", "34;5", "34,x", "NaN,1", "inf,1", "1,2,3"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn the_page_names_sources_and_the_query() {
        let page = readable(
            "how many?",
            &json!({
                "locale": "EN", "text": "36 call centres", "options": [], "suggestions": ["And in Meknès?"],
                "sources": [{"title": "T", "publisher": "P", "publishedOn": "2020-12", "url": "https://x.ma"}],
                "operation": {"document": "query X { a }", "variables": {"a": 1}},
            }),
        );
        for words in [
            "36 call centres",
            "And in Meknès?",
            "T, P, 2020-12",
            "https://x.ma",
            "bab ask --json 'how many?'",
        ] {
            assert!(page.contains(words), "{page}");
        }
    }
}
