//! `ask`: a question in words, an answer with its figures and sources.

use graphql::Service;
use rmcp::{
    model::{CallToolResult, JsonObject, Tool},
    schemars::{self, JsonSchema},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Failure, Source, read, result, taken};
use crate::call::{Caller, Operation, execute};

const DOCUMENT: &str = include_str!("../../documents/ask.graphql");

const DESCRIPTION: &str = "Answers a question about the offshoring ecosystem of Fès-Meknès, Morocco (call centres, BPO, IT and \
    engineering services: counts, jobs, companies, parks, projects, agreements, plans, incentives, training; census figures of its \
    places). Pass the question as the user wrote it, in French, English, Arabic or Darija. Every number of the answer is among its \
    figures, each with period, qualifier, producer and source: quote a number only with these. What is not known is not answered: a \
    status other than ANSWERED is an answer to pass on, not a gap to fill. Never asks the web.";

pub fn tool() -> Tool {
    Tool::new("ask", DESCRIPTION, JsonObject::new())
        .with_title("Ask a question")
        .with_input_schema::<Input>()
        .with_output_schema::<Answer>()
}

pub async fn call(
    service: &Service,
    caller: &Caller,
    arguments: JsonObject,
) -> Result<CallToolResult, Failure> {
    let input: Input = read(arguments)?;
    let Value::Object(variables) = serde_json::to_value(input).expect("its keys are strings")
    else {
        unreachable!("a struct with names is an object");
    };
    let asked = Operation {
        document: DOCUMENT.to_owned(),
        variables,
        operation_name: None,
    };
    let mut reply = execute(service, caller, &asked).await;
    let locale = reply.data["ask"]["locale"].as_str().unwrap_or("FR");
    // Nothing is stored in Darija.
    let locale = if locale == "ARY" { "AR" } else { locale }.to_owned();
    for figures in ["figures", "conflicts"] {
        choose_names(&mut reply.data["ask"][figures], &locale);
    }
    let mut answer: Answer = taken(reply, "ask", caller)?;
    // A path leads nowhere from here.
    answer.chart = answer.chart.filter(|chart| chart.url.starts_with("http"));
    Ok(result(text(&answer), answer.operation.as_ref(), &answer))
}

/// The languages that names are stored in, as the document asks for them.
const LANGUAGES: [&str; 3] = ["FR", "EN", "AR"];

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// The question as the user wrote it, at most 1,000 characters: "how many call centres in Fès?", "شحال من سونطر دابيل ف فاس؟".
    #[schemars(length(min = 1, max = 1000))]
    question: String,
    /// Language of the reply; that of the question when left out.
    locale: Option<Locale>,
    /// The `conversation` of the previous answer, for a follow-up such as "and in Meknès?".
    conversation: Option<String>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
enum Locale {
    /// French.
    Fr,
    /// English.
    En,
    /// Modern Standard Arabic.
    Ar,
    /// Darija (Moroccan Arabic), in the script of the question.
    Ary,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Answer {
    /// ANSWERED; CLARIFICATION: several readings, see `options`; NO_DATA: nothing is stored; OUT_OF_SCOPE: not about this
    /// ecosystem; REFUSED.
    status: String,
    /// What a person reads: the answer, or why there is none.
    text: String,
    /// Every number that `text` states as a fact, the headline first. Empty when there is no answer.
    figures: Vec<Figure>,
    /// The same thing as the headline at the same period, another value: show both.
    conflicts: Vec<Measured>,
    /// What the answer lists, in its order.
    items: Vec<Item>,
    /// Where the answer was read.
    sources: Vec<Source>,
    /// Why there is no answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// The words that were not understood.
    uncovered: Vec<String>,
    /// Readings to choose from, at most three: ask again with the `question` of one.
    options: Vec<Reading>,
    /// Questions that do have an answer.
    suggestions: Vec<String>,
    /// Hand it back with the next question, for a follow-up. Opaque.
    conversation: String,
    /// What kind of question it was taken for.
    kind: String,
    /// The language of `text`.
    locale: String,
    /// How the question was read, in one line.
    understood: String,
    /// What was taken over from the previous question.
    carried: Vec<String>,
    /// Whether it could be answered from a position, which this door does not take: name a town.
    needs_location: bool,
    /// What `reportAnswer` of the API calls this answer by. Opaque.
    reference: String,
    /// A picture of the figures.
    #[serde(skip_serializing_if = "Option::is_none")]
    chart: Option<Chart>,
    /// What gives the figures again: the arguments of `query`.
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<Operation>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Figure {
    #[serde(flatten)]
    measured: Measured,
    /// The published figures it was computed from; they have the sources.
    inputs: Vec<Measured>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Measured {
    /// The value, in `unit`; the lower end of a range.
    value: f64,
    /// The upper end of a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    value_max: Option<f64>,
    unit: Unit,
    /// EXACT; APPROXIMATE ("about"); AT_LEAST; AT_MOST; TARGET: an aim, never an achieved figure.
    qualifier: String,
    /// When it refers to: 2019, 2025-S1, 2024-Q3, 2019-03, 2016/2018; absent is undated.
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<String>,
    /// STATED by the source, or INFERRED.
    #[serde(skip_serializing_if = "Option::is_none")]
    period_basis: Option<String>,
    /// PUBLISHED; DIRECTORY: a count of the records of this database; DERIVED: computed from published values.
    basis: String,
    /// Its position in the order that was asked for, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    rank: Option<i64>,
    /// What is measured.
    indicator: Named,
    /// Where; absent is the world.
    #[serde(skip_serializing_if = "Option::is_none")]
    territory: Option<Territory>,
    /// The activity it refers to.
    #[serde(skip_serializing_if = "Option::is_none")]
    activity: Option<Named>,
    /// What it is about, when not a whole territory: its global id, for `node` of the API.
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<Subject>,
    /// Who measured it, where the source says.
    #[serde(skip_serializing_if = "Option::is_none")]
    producer: Option<Named>,
    /// Where it was read; absent only for DIRECTORY and DERIVED.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Source>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Unit {
    key: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    symbol: Option<String>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Named {
    key: String,
    name: String,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Territory {
    /// HCP code: 03 is Fès-Meknès, 03.231 the prefecture of Fès.
    code: String,
    name: String,
    /// COUNTRY, REGION, PROVINCE (or prefecture), COMMUNE or ARRONDISSEMENT.
    level: String,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Subject {
    id: String,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Item {
    key: String,
    name: String,
    kind: String,
    /// What matters about it here.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// The value it is ordered by.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<f64>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Reading {
    label: String,
    question: String,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Chart {
    title: String,
    /// A PNG.
    url: String,
}

/// Of the names of each thing, leaves the one in the language of the answer, or what stands in for it.
fn choose_names(value: &mut Value, locale: &str) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| choose_names(item, locale)),
        Value::Object(fields) => {
            if let Some(name) = fields.get(locale).cloned() {
                for language in LANGUAGES {
                    fields.remove(language);
                }
                fields.insert("name".to_owned(), name);
            }
            fields
                .values_mut()
                .for_each(|field| choose_names(field, locale));
        }
        _ => {}
    }
}

/// Readable alone: the sentence, its sources, what to ask next.
fn text(answer: &Answer) -> String {
    let mut page = answer.text.clone();
    let mut part = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            page += &format!("\n\n{title}");
            for line in lines {
                page += &format!("\n- {line}");
            }
        }
    };
    if answer.status != "ANSWERED" {
        let reason = answer.reason.as_deref().unwrap_or("no reason given");
        let advice = "this is the answer: pass it on, and give no figure of your own instead";
        part(
            "Status:",
            vec![format!("{} ({reason}); {advice}", answer.status)],
        );
    }
    let source = |source: &Source| source.line();
    part("Sources:", answer.sources.iter().map(source).collect());
    part("Not understood:", answer.uncovered.clone());
    let reading = |reading: &Reading| format!("{} ({})", reading.question, reading.label);
    part("Ask one of:", answer.options.iter().map(reading).collect());
    if answer.needs_location {
        let advice = "none is taken here; ask with the name of a town";
        part("Position:", vec![advice.to_owned()]);
    }
    part("Has an answer as well:", answer.suggestions.clone());
    if let Some(chart) = &answer.chart {
        part("Picture:", vec![chart.url.clone()]);
    }
    if !answer.conversation.is_empty() {
        part(
            "For a follow-up, call ask with this conversation:",
            vec![answer.conversation.clone()],
        );
    }
    page
}
