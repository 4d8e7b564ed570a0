//! The one document every door sends, and what this door reads of the reply.

use chart::Chart;
use graphql::follow::Told;
use graphql::{Access, Call, Request, Response, Service, Variables, Visitor};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::words::Form;

/// What `ask` answered, as far as a chat shows it.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    pub status: String,
    pub kind: String,
    pub locale: String,
    pub text: String,
    pub conversation: String,
    pub reference: String,
    /// What gives the answer again, where it can be followed.
    #[serde(default)]
    pub frame: Option<String>,
    /// How the question was read.
    #[serde(default)]
    pub understood: String,
    #[serde(default)]
    pub sources: Vec<Source>,
    #[serde(default)]
    pub options: Vec<Choice>,
    #[serde(default)]
    pub suggestions: Vec<String>,
    pub operation: Option<Operation>,
    /// Whether it can be answered once the person tells where they are.
    #[serde(default)]
    pub needs_location: bool,
    #[serde(default)]
    pub chart: Option<Chart>,
    /// What it says, to be told from what it will say.
    #[serde(skip)]
    pub told: Option<Told>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Source {
    pub publisher: Option<String>,
    pub title: String,
    pub url: Option<String>,
    pub published_on: Option<String>,
}

/// One reading of an ambiguous question.
#[derive(Clone, Debug, Deserialize)]
pub struct Choice {
    pub label: String,
    pub question: String,
}

/// What gives the figures of the answer again.
#[derive(Clone, Debug, Deserialize)]
pub struct Operation {
    pub document: String,
    pub variables: Value,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// The question breaks a limit.
    TooLong,
    /// The fault is ours; the log says more under the request id.
    Failed,
}

/// A question as it is sent.
pub struct Question<'a> {
    pub text: &'a str,
    /// The language chosen by `/lang`, if any.
    pub chosen: Option<Form>,
    pub conversation: Option<&'a str>,
    /// Latitude and longitude, used for this question only.
    pub position: Option<(f64, f64)>,
    pub request_id: &'a str,
    pub visitor: Visitor,
}

impl Answer {
    /// The form the reply is written in.
    pub fn form(&self) -> Form {
        Form::of(&self.locale, &self.text)
    }

    /// Whether the question was one whose answer is a picture as much as a sentence; others offer theirs by a button.
    pub fn is_pictured(&self) -> bool {
        let kinds = ["TREND", "COMPARISON", "TOP", "SHARE"];
        self.chart.is_some() && kinds.contains(&self.kind.as_str())
    }
}

/// Asks the schema.
pub async fn ask(service: &Service, question: Question<'_>) -> Result<Answer, NoAnswer> {
    let variables = json!({
        "question": question.text,
        "locale": question.chosen.map(locale),
        "conversation": question.conversation,
        "location": question.position.map(|(latitude, longitude)| json!({ "latitude": latitude, "longitude": longitude })),
    });
    let request = Request::new(graphql::ASK_DOCUMENT)
        .variables(Variables::from_json(variables))
        .operation_name("Ask");
    let call = Call {
        // A position is not taken where requests are written down.
        access: match question.position {
            Some(_) => Access::ReadWrite,
            None => Access::ReadOnly,
        },
        request_id: question.request_id.to_owned(),
        visitor: question.visitor,
        key: None,
    };
    let reply = graphql::execute(service, &call, request).await;
    if !reply.response.errors.is_empty() {
        tracing::warn!(
            request_id = question.request_id,
            errors = reply.response.errors.len(),
            "the question was refused"
        );
        return Err(if reply.refused.is_some() {
            NoAnswer::TooLong
        } else {
            NoAnswer::Failed
        });
    }
    read(reply.response, "ask")
}

/// The answer in a field of a response.
pub fn read(response: Response, field: &str) -> Result<Answer, NoAnswer> {
    let mut data = response.data.into_json().map_err(|_| NoAnswer::Failed)?;
    let answer = data[field].take();
    let told = Told::of(&answer);
    let read: Result<Answer, _> = serde_json::from_value(answer);
    let mut answer = read.map_err(|error| {
        tracing::error!(%error, field, "the schema answers in another shape than the document asks for");
        NoAnswer::Failed
    })?;
    answer.told = Some(told);
    Ok(answer)
}

/// The GraphQL name of a form's language.
pub fn locale(form: Form) -> &'static str {
    match form {
        Form::French => "FR",
        Form::English => "EN",
        Form::Arabic => "AR",
        Form::Darija | Form::DarijaLatin => "ARY",
    }
}
