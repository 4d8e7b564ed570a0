//! `/report`: where the form under an answer goes when somebody marks it wrong. Works without JavaScript.

use std::{collections::HashMap, sync::Arc};

use askama::Template;
use graphql::{Access, Call, REPORT_DOCUMENT, Request as Operation, Variables};
use poem::{
    Endpoint, Request, Response, Result,
    http::{StatusCode, header},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    address::Address,
    endpoint::House,
    view::{Markup, Shown},
    words::{Language, Words},
};
use crate::{
    Settings, body, edge,
    origin::{self, Sender},
    query_string,
    refusal::Refusal,
    visitor::visitor,
};

/// The largest form, in bytes: a question and a comment in Arabic, percent-encoded, twice over.
const FORM: usize = 32 * 1024;

/// The endpoint over one service.
pub struct Report {
    house: Arc<House>,
    public_url: Option<String>,
}

impl Report {
    pub fn new(house: &Arc<House>, settings: &Settings) -> Self {
        Self {
            house: house.clone(),
            public_url: settings.public_url.clone(),
        }
    }

    async fn answer(
        &self,
        request: &mut Request,
        id: &str,
    ) -> std::result::Result<Response, Refusal> {
        if request.method() != poem::http::Method::POST {
            return Err(Refusal::method("POST"));
        }
        self.refuse_elsewhere(request)?;
        let visitor = visitor(request);
        let form = form(request).await?;
        let given = |name: &str| form.get(name).map(|value| value.trim());
        let given = |name: &str| given(name).filter(|value| !value.is_empty());
        let language = Language::choose(given("lang"), request.header(header::ACCEPT_LANGUAGE));
        let question = given("q").unwrap_or_default();
        let problem = given("problem").unwrap_or("OTHER");
        // Sent again, it is the same report; with another problem chosen it is another one.
        let key = given("key").map(|key| format!("{key}.{problem}"));
        let call = Call {
            access: Access::ReadWrite,
            request_id: id.to_owned(),
            visitor,
            key: None,
        };
        let input = json!({
            "reference": given("reference"),
            "question": given("q"),
            "problem": problem,
            "comment": given("comment"),
            "idempotencyKey": key,
        });
        let (status, messages) = self.send(&call, input).await;
        let w = Words { language };
        let heading = match messages.is_empty() {
            true => w.t("report-thanks"),
            false => w.t("report-not-taken"),
        };
        let unwritten = |_| {
            Refusal::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "The page could not be written.",
            )
        };
        let body = Body {
            w,
            heading: &heading,
            question,
            messages: &messages,
        };
        let shown = Shown {
            title: heading.clone(),
            body: Markup::of(&body).map_err(unwritten)?,
            ..Shown::default()
        };
        let mut address = Address::read(request, Some("/"))?;
        address.words = w;
        let mut response = self.house.page(&address, &shown, None, status)?;
        let keeping = header::HeaderValue::from_static("no-store");
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, keeping);
        Ok(response)
    }

    /// Sends the report on; what to tell the person when it was not taken.
    async fn send(&self, call: &Call, input: Value) -> (StatusCode, Vec<String>) {
        let operation = Operation::new(REPORT_DOCUMENT)
            .variables(Variables::from_json(json!({ "input": input })));
        let response = graphql::execute(&self.house.service, call, operation)
            .await
            .response;
        let failed = |messages| (StatusCode::INTERNAL_SERVER_ERROR, messages);
        if !response.errors.is_empty() {
            let ours = response.errors.iter().any(|error| {
                let named = error.extensions.as_ref();
                named.and_then(|named| named.get("code")) == Some(&"INTERNAL_SERVER_ERROR".into())
            });
            let messages = response.errors.into_iter().map(|e| e.message).collect();
            return match ours {
                true => failed(messages),
                false => (StatusCode::BAD_REQUEST, messages),
            };
        }
        let answered = response
            .data
            .into_json()
            .and_then(serde_json::from_value::<Answered>);
        let errors = match answered {
            Ok(answered) => answered.report_answer.user_errors,
            Err(error) => {
                let id = &call.request_id;
                tracing::error!(id, %error, "the report does not have the shape of its document");
                return failed(vec![String::new()]);
            }
        };
        let status = match errors.first().map(|error| error.code.as_str()) {
            // It was noted before, with another comment.
            None | Some("CONFLICT") => return (StatusCode::OK, Vec::new()),
            Some("RATE_LIMITED") => StatusCode::TOO_MANY_REQUESTS,
            Some(_) => StatusCode::BAD_REQUEST,
        };
        (status, errors.into_iter().map(|e| e.message).collect())
    }

    /// Refuses a form that a page elsewhere made its reader send.
    fn refuse_elsewhere(&self, request: &Request) -> std::result::Result<(), Refusal> {
        match origin::sender(request, self.public_url.as_deref()) {
            Sender::Own | Sender::Unsaid => Ok(()),
            Sender::Elsewhere => Err(Refusal::new(
                StatusCode::FORBIDDEN,
                "Reports are taken from our own pages; programs send `reportAnswer` to /graphql.",
            )),
        }
    }
}

impl Endpoint for Report {
    type Output = Response;

    async fn call(&self, mut request: Request) -> Result<Response> {
        let id = edge::request_id(&request).to_owned();
        let answered = self.answer(&mut request, &id).await;
        Ok(answered.unwrap_or_else(|refusal| refusal.response(&id)))
    }
}

async fn form(request: &mut Request) -> std::result::Result<HashMap<String, String>, Refusal> {
    let kind = request.header(header::CONTENT_TYPE).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(Refusal::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "This address takes the form of a page; programs send `reportAnswer` to /graphql.",
        ));
    }
    let bytes = body::read(request).await?;
    if bytes.len() > FORM {
        return Err(Refusal::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("A form holds at most {FORM} bytes. Shorten the comment."),
        ));
    }
    let text = String::from_utf8(bytes)
        .map_err(|_| Refusal::bad_request("The form is not percent-encoded UTF-8."))?;
    query_string::parse(&text)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answered {
    report_answer: Payload,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Payload {
    user_errors: Vec<UserError>,
}

#[derive(Deserialize)]
struct UserError {
    code: String,
    message: String,
}

#[derive(Template)]
#[template(path = "report.html")]
struct Body<'a> {
    w: Words,
    heading: &'a str,
    question: &'a str,
    /// Why it was not taken; empty when it was.
    messages: &'a [String],
}

impl Body<'_> {
    fn asking(&self) -> String {
        super::ask::asking(self.w, self.question)
    }
}
