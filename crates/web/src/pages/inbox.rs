//! What readers send from our pages: a form that stands for a mutation, and what came of it. Works without JavaScript.

use std::sync::Arc;

use graphql::{Access, Call, Request as Operation, Variables};
use poem::{
    Request, Response,
    http::{HeaderValue, Method, StatusCode, header},
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{
    address::Address,
    endpoint::House,
    view::Shown,
    words::{Language, Words},
};
use crate::{
    Settings, edge,
    form::Form,
    origin::{self, Sender},
    refusal::Refusal,
    user_error::{UserError, errors},
    visitor::visitor,
};

/// Takes forms over one service.
pub struct Inbox {
    house: Arc<House>,
    public_url: Option<String>,
}

/// A form as it came.
pub struct Received {
    pub form: Form,
    pub address: Address,
    call: Call,
}

/// What came of a mutation: what it answers, or why not.
pub type Sent<T> = Result<T, Vec<UserError>>;

impl Inbox {
    pub fn new(house: &Arc<House>, settings: &Settings) -> Self {
        Self {
            house: house.clone(),
            public_url: settings.public_url.clone(),
        }
    }

    /// The form in a request, of at most `limit` bytes. One that a page elsewhere made its reader send is refused; programs send `mutation`.
    pub async fn receive(
        &self,
        request: &mut Request,
        path: &'static str,
        (mutation, limit): (&str, usize),
    ) -> Result<Received, Refusal> {
        if request.method() != Method::POST {
            return Err(Refusal::method("POST"));
        }
        if origin::sender(request, self.public_url.as_deref()) == Sender::Elsewhere {
            return Err(Refusal::new(
                StatusCode::FORBIDDEN,
                format!(
                    "This is taken from our own pages; programs send `{mutation}` to /graphql."
                ),
            ));
        }
        let form = Form::read_small(request, limit).await?;
        let mut address = Address::read(request, Some(path))?;
        let accepted = request.header(header::ACCEPT_LANGUAGE);
        address.words = Words {
            language: Language::choose(form.given("lang"), accepted),
        };
        let call = Call {
            access: Access::ReadWrite,
            request_id: edge::request_id(request).to_owned(),
            visitor: visitor(request),
            key: None,
        };
        Ok(Received {
            form,
            address,
            call,
        })
    }

    /// Sends a document that is one mutation; what it answers, by the name `T` gives it.
    pub async fn send<T: DeserializeOwned>(
        &self,
        received: &Received,
        document: &str,
        variables: Value,
    ) -> Result<Sent<T>, Refusal> {
        let operation = Operation::new(document).variables(Variables::from_json(variables));
        let reply = graphql::execute(&self.house.service, &received.call, operation).await;
        if let Some(graphql::Refusal::RateLimited(after)) = reply.refused {
            let message = "You asked for more than your share. Try again later.";
            return Err(Refusal::too_many(message, after));
        }
        let failed = |error: &dyn std::fmt::Display| {
            let id = &received.call.request_id;
            tracing::error!(id, %error, "what a reader sent could not be taken");
            Refusal::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "This could not be taken. Try again; if it persists, report the requestId.",
            )
        };
        let told = errors(&reply.response);
        if told.is_empty() {
            let data = reply.response.data.into_json();
            let read = data.and_then(serde_json::from_value);
            return read.map(Ok).map_err(|error| failed(&error));
        }
        match told
            .iter()
            .find(|error| error.code == "INTERNAL_SERVER_ERROR")
        {
            Some(ours) => Err(failed(&ours.message)),
            None => Ok(Err(told)),
        }
    }

    /// A page that tells what came of it, which nobody keeps.
    pub fn page(
        &self,
        address: &Address,
        shown: &Shown,
        status: StatusCode,
    ) -> Result<Response, Refusal> {
        let mut response = self.house.page(address, shown, None, status)?;
        let keeping = HeaderValue::from_static("no-store");
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, keeping);
        Ok(response)
    }
}

/// The status of a page that tells these errors.
pub fn status(errors: &[UserError]) -> StatusCode {
    match errors.first().map(|error| error.code.as_str()) {
        None => StatusCode::OK,
        Some("RATE_LIMITED") => StatusCode::TOO_MANY_REQUESTS,
        Some(_) => StatusCode::BAD_REQUEST,
    }
}

/// A template could not be written.
pub fn unwritten(_: askama::Error) -> Refusal {
    Refusal::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        "The page could not be written.",
    )
}
