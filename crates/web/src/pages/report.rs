//! `/report`: where the form under an answer goes when somebody marks it wrong.

use std::sync::Arc;

use askama::Template;
use graphql::REPORT_DOCUMENT;
use poem::{Endpoint, Request, Response, Result};
use serde::Deserialize;
use serde_json::json;

use super::{
    endpoint::House,
    inbox::{Inbox, status, unwritten},
    view::{Markup, Shown},
    words::Words,
};
use crate::{Settings, edge, refusal::Refusal, user_error::UserError};

/// The largest form, in bytes: a question and a comment in Arabic, percent-encoded, twice over.
const FORM: usize = 32 * 1024;

/// The endpoint over one service.
pub struct Report(Inbox);

impl Report {
    pub fn new(house: &Arc<House>, settings: &Settings) -> Self {
        Self(Inbox::new(house, settings))
    }

    async fn answer(&self, request: &mut Request) -> std::result::Result<Response, Refusal> {
        let received = self.0.receive(request, "/", ("reportAnswer", FORM)).await?;
        let form = &received.form;
        let problem = form.given("problem").unwrap_or("OTHER");
        let input = json!({
            "reference": form.given("reference"),
            "question": form.given("q"),
            "problem": problem,
            "comment": form.given("comment"),
            // Sent again, it is the same report; with another problem chosen it is another one.
            "idempotencyKey": form.given("key").map(|key| format!("{key}.{problem}")),
        });
        let variables = json!({ "input": input });
        let sent = self
            .0
            .send::<Answered>(&received, REPORT_DOCUMENT, variables);
        let mut errors = match sent.await? {
            Ok(answered) => answered.report_answer.user_errors,
            Err(errors) => errors,
        };
        // It was noted before, with another comment.
        errors.retain(|error| error.code != "CONFLICT");
        let w = received.address.words;
        let heading = match errors.is_empty() {
            true => w.t("report-thanks"),
            false => w.t("report-not-taken"),
        };
        let body = Body {
            w,
            heading: &heading,
            question: form.text("q"),
            errors: &errors,
        };
        let shown = Shown {
            title: heading.clone(),
            body: Markup::of(&body).map_err(unwritten)?,
            ..Shown::default()
        };
        self.0.page(&received.address, &shown, status(&errors))
    }
}

impl Endpoint for Report {
    type Output = Response;

    async fn call(&self, mut request: Request) -> Result<Response> {
        let id = edge::request_id(&request).to_owned();
        let answered = self.answer(&mut request).await;
        Ok(answered.unwrap_or_else(|refusal| refusal.response(&id)))
    }
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

#[derive(Template)]
#[template(path = "report.html")]
struct Body<'a> {
    w: Words,
    heading: &'a str,
    question: &'a str,
    /// Why it was not taken; empty when it was.
    errors: &'a [UserError],
}

impl Body<'_> {
    fn asking(&self) -> String {
        super::ask::asking(self.w, self.question)
    }
}
