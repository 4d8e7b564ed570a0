//! `/correct`: what is right, in a reader's own words, and where it can be read. It becomes proposals, which nobody sees before a curator
//! accepted them; the page tells what was understood.

use std::sync::Arc;

use askama::Template;
use graphql::CORRECT_DOCUMENT;
use poem::{
    Endpoint, Request, Response, Result,
    http::{Method, StatusCode},
};
use serde::Deserialize;
use serde_json::json;

use super::{
    address::Address,
    endpoint::House,
    inbox::{Inbox, Received, status, unwritten},
    view::{Markup, Shown},
    words::Words,
};
use crate::{Settings, edge, query_string, refusal::Refusal, user_error::UserError};

const PATH: &str = "/correct";

/// The largest form, in bytes: the longest text that is taken without a key, percent-encoded.
const FORM: usize = 32 * 1024;

/// The page that says what is not right in an answer.
pub fn of_answer(words: Words, reference: &str) -> String {
    words.to(&format!(
        "{PATH}?reference={}",
        query_string::encode(reference)
    ))
}

/// The endpoint over one service.
pub struct Correct(Inbox);

impl Correct {
    pub fn new(house: &Arc<House>, settings: &Settings) -> Self {
        Self(Inbox::new(house, settings))
    }

    async fn answer(&self, request: &mut Request) -> std::result::Result<Response, Refusal> {
        match *request.method() {
            Method::GET | Method::HEAD => {
                let address = Address::read(request, Some(PATH))?;
                let typed = Typed {
                    reference: address.given("reference").unwrap_or_default(),
                    once: &address.request_id,
                    ..Typed::default()
                };
                self.form(&address, typed, &[])
            }
            Method::POST => {
                let received = self.0.receive(request, PATH, ("correct", FORM)).await?;
                self.take(&received).await
            }
            _ => Err(Refusal::method("GET, HEAD, POST")),
        }
    }

    /// Sends what was typed. What is wrong with it is told above the form, which still holds it.
    async fn take(&self, received: &Received) -> std::result::Result<Response, Refusal> {
        let Received { form, address, .. } = received;
        let input = json!({
            "text": form.text("text"),
            "url": form.text("url"),
            "publisher": form.given("publisher"),
            "publishedOn": form.given("published"),
            "reference": form.given("reference"),
            "idempotencyKey": form.given("once"),
        });
        let variables = json!({ "input": input, "locale": address.words.language.locale() });
        let sent = self
            .0
            .send::<Answered>(received, CORRECT_DOCUMENT, variables);
        let (errors, correct) = match sent.await? {
            Ok(Answered { correct }) if correct.user_errors.is_empty() => (Vec::new(), correct),
            Ok(Answered { correct }) => (correct.user_errors, Payload::default()),
            Err(errors) => (errors, Payload::default()),
        };
        if errors.is_empty() {
            return self.thanks(address, form.text("url"), &correct);
        }
        let typed = Typed {
            text: form.text("text"),
            url: form.text("url"),
            publisher: form.text("publisher"),
            published: form.text("published"),
            reference: form.text("reference"),
            // What is changed is another request.
            once: &address.request_id,
        };
        self.form(address, typed, &errors)
    }

    fn form(
        &self,
        address: &Address,
        typed: Typed<'_>,
        errors: &[UserError],
    ) -> std::result::Result<Response, Refusal> {
        let w = address.words;
        let problems = errors.iter().map(|error| problem(w, error)).collect();
        let body = Asking { w, typed, problems };
        let body = Markup::of(&body).map_err(unwritten)?;
        self.page(address, body, status(errors))
    }

    fn thanks(
        &self,
        address: &Address,
        url: &str,
        correct: &Payload,
    ) -> std::result::Result<Response, Refusal> {
        let w = address.words;
        let body = Markup::of(&Thanks { w, url, correct }).map_err(unwritten)?;
        self.page(address, body, StatusCode::OK)
    }

    fn page(
        &self,
        address: &Address,
        body: Markup,
        status: StatusCode,
    ) -> std::result::Result<Response, Refusal> {
        let shown = Shown {
            title: address.words.t("correct-title"),
            description: address.words.t("correct-lead"),
            body,
            ..Shown::default()
        };
        self.0.page(address, &shown, status)
    }
}

impl Endpoint for Correct {
    type Output = Response;

    async fn call(&self, mut request: Request) -> Result<Response> {
        let id = edge::request_id(&request).to_owned();
        let answered = self.answer(&mut request).await;
        Ok(answered.unwrap_or_else(|refusal| refusal.response(&id)))
    }
}

/// What is wrong, in the language of the page where it is one of the usual mistakes.
fn problem(w: Words, error: &UserError) -> String {
    match (error.code.as_str(), error.field.as_deref()) {
        ("RATE_LIMITED", _) => w.t("correct-too-many"),
        ("TOO_LONG", Some("text")) => w.t("correct-too-long"),
        ("REQUIRED", Some("text")) => w.t("correct-no-text"),
        (_, Some("url" | "source.new.url")) => w.t("correct-link-bad"),
        _ => error.told(&w),
    }
}

#[derive(Deserialize)]
struct Answered {
    correct: Payload,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Payload {
    proposals: Vec<Proposal>,
    known: Vec<Known>,
    user_errors: Vec<UserError>,
}

#[derive(Deserialize)]
struct Proposal {
    key: String,
    action: String,
    label: String,
    changes: Vec<Change>,
}

#[derive(Deserialize)]
struct Change {
    field: String,
    after: Option<String>,
}

/// A figure that is in force as it was said.
#[derive(Deserialize)]
struct Known {}

impl Proposal {
    fn is_read(&self) -> bool {
        self.action == "READ"
    }

    /// The value, or both ends of a range.
    fn value(&self, w: &Words) -> Option<String> {
        let after = |field: &str| {
            let mut changes = self.changes.iter();
            let change = changes.find(|change| change.field == field)?;
            change.after.as_deref()
        };
        let number = |text: &str| match text.parse() {
            Ok(number) => w.number(&number),
            Err(_) => text.to_owned(),
        };
        let value = number(after("value")?);
        Some(match after("valueMax") {
            Some(most) => format!("{value} – {}", number(most)),
            None => value,
        })
    }
}

/// What stands in the form.
#[derive(Default)]
struct Typed<'a> {
    text: &'a str,
    url: &'a str,
    publisher: &'a str,
    published: &'a str,
    /// Of the answer that is not right.
    reference: &'a str,
    /// So that a form sent twice is done once.
    once: &'a str,
}

#[derive(Template)]
#[template(path = "correct.html")]
struct Asking<'a> {
    w: Words,
    typed: Typed<'a>,
    problems: Vec<String>,
}

#[derive(Template)]
#[template(path = "corrected.html")]
struct Thanks<'a> {
    w: Words,
    url: &'a str,
    correct: &'a Payload,
}

impl Thanks<'_> {
    fn figures(&self) -> impl Iterator<Item = &Proposal> {
        self.correct.proposals.iter().filter(|it| !it.is_read())
    }

    /// A text in which no figure was found.
    fn unread(&self) -> Option<&Proposal> {
        self.correct.proposals.iter().find(|it| it.is_read())
    }
}
