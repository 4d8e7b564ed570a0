//! `/ask?q=…`: the answer to any question, with its chart, its sources and the query that gives it again.

use askama::Template;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    address::Address,
    fact::{Chart, Source, Stated},
    view::{About, Drawing, Markup, Shown, View},
    words::Words,
};
use crate::{query_string, refusal::Refusal};

/// The problems that a report can name, as the contract writes them.
const PROBLEMS: [&str; 5] = [
    "WRONG_FIGURE",
    "WRONG_PLACE",
    "NOT_WHAT_I_ASKED",
    "OUT_OF_DATE",
    "OTHER",
];

/// The address that asks `question` in the language of the page.
pub fn asking(words: Words, question: &str) -> String {
    words.to(&format!("/ask?q={}", query_string::encode(question)))
}

pub struct Ask;

#[derive(Deserialize)]
pub struct Asked {
    ask: Answer,
}

/// The parts of an answer that the page shows.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    status: String,
    locale: String,
    text: String,
    understood: String,
    conversation: String,
    reference: String,
    figures: Vec<Stated>,
    items: Vec<Item>,
    sources: Vec<Source>,
    options: Vec<Choice>,
    suggestions: Vec<String>,
    operation: Option<Reproducible>,
    chart: Option<Chart>,
}

impl Answer {
    fn tag(&self) -> String {
        self.locale.to_ascii_lowercase()
    }

    fn is_answered(&self) -> bool {
        self.status == "ANSWERED"
    }
}

#[derive(Deserialize)]
struct Item {
    key: String,
    kind: String,
    name: String,
    detail: Option<String>,
}

impl Item {
    /// The path of its page, where it has one.
    fn path(&self) -> Option<String> {
        let page = match self.kind.as_str() {
            "TERRITORY" | "ORGANISATION" | "PARK" | "PROJECT" | "AGREEMENT" | "INDICATOR"
            | "SOURCE" => self.kind.to_ascii_lowercase(),
            _ => return None,
        };
        Some(format!("/{page}/{}", self.key))
    }
}

#[derive(Deserialize)]
struct Choice {
    label: String,
    question: String,
}

#[derive(Deserialize)]
struct Reproducible {
    document: String,
    #[serde(default)]
    variables: Value,
}

impl Reproducible {
    fn variables(&self) -> String {
        serde_json::to_string_pretty(&self.variables).unwrap_or_default()
    }

    /// The address that opens it in the playground, ready to run.
    fn playground(&self) -> String {
        format!(
            "/graphiql?query={}&variables={}",
            query_string::encode(&self.document),
            query_string::encode(&self.variables())
        )
    }
}

#[derive(Template)]
#[template(path = "ask.html")]
struct Body<'a> {
    w: Words,
    question: &'a str,
    answer: &'a Answer,
    request_id: &'a str,
    keeps_questions: bool,
}

impl Body<'_> {
    fn problems(&self) -> [&'static str; 5] {
        PROBLEMS
    }

    fn asking(&self, question: &str) -> String {
        asking(self.w, question)
    }

    /// Where somebody says what is right instead.
    fn correcting(&self) -> String {
        super::correct::of_answer(self.w, &self.answer.reference)
    }
}

impl View for Ask {
    type Answer = Asked;

    const DOCUMENT: &'static str = graphql::ASK_DOCUMENT;

    // Its form carries the number of the request.
    const LASTS: bool = false;

    fn variables(address: &Address) -> Result<Value, Refusal> {
        let question = address.given("q").ok_or_else(|| {
            Refusal::bad_request("`q` is missing: the question. The page / has a box for it.")
        })?;
        Ok(json!({ "question": question, "conversation": address.given("c") }))
    }

    fn show(answer: Asked, about: &About<'_>) -> Result<Option<Shown>, askama::Error> {
        let w = about.address.words;
        let answer = answer.ask;
        let question = about.address.given("q").unwrap_or_default();
        let body = Markup::of(&Body {
            w,
            question,
            answer: &answer,
            request_id: &about.address.request_id,
            keeps_questions: about.keeps_questions,
        })?;
        Ok(Some(Shown {
            title: question.to_owned(),
            description: answer.text,
            body,
            asks: true,
            drawing: answer.chart.map(Drawing::Chart),
            figures: answer.figures,
            ..Shown::default()
        }))
    }
}
