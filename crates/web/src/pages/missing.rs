//! Where there is no page: what the reader can do instead.

use std::sync::Arc;

use askama::Template;
use poem::{
    Endpoint, Request, Response, Result,
    http::{StatusCode, header},
};

use super::{
    address::{Address, Form},
    endpoint::House,
    view::{Markup, Shown},
    words::Words,
};
use crate::{edge, refusal::Refusal};

#[derive(Template)]
#[template(path = "missing.html")]
struct Body<'a> {
    w: Words,
    heading: String,
    message: &'a str,
    request_id: &'a str,
}

/// There is no such thing.
pub fn page(house: &House, address: &Address) -> std::result::Result<Response, Refusal> {
    told(
        house,
        address,
        address.words.t("missing-title"),
        "",
        StatusCode::NOT_FOUND,
    )
}

/// The document could not be answered; `message` says what to do.
pub fn trouble(
    house: &House,
    address: &Address,
    message: &str,
    status: StatusCode,
) -> std::result::Result<Response, Refusal> {
    told(
        house,
        address,
        address.words.t("trouble-title"),
        message,
        status,
    )
}

fn told(
    house: &House,
    address: &Address,
    heading: String,
    message: &str,
    status: StatusCode,
) -> std::result::Result<Response, Refusal> {
    let w = address.words;
    if !matches!(address.form, Form::Page | Form::Embedded) {
        let message = match message {
            "" => {
                "Nothing lives at this address. The API is at /graphql, its explorer at /graphiql, its schema at /schema.graphql."
            }
            message => message,
        };
        return Err(Refusal::new(status, message));
    }
    let body = Body {
        w,
        heading: heading.clone(),
        message,
        request_id: &address.request_id,
    };
    let body = Markup::of(&body).map_err(|_| {
        Refusal::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "The page could not be written.",
        )
    })?;
    let shown = Shown {
        title: heading,
        body,
        ..Shown::default()
    };
    let mut response = house.page(address, &shown, None, status)?;
    let keeping = header::HeaderValue::from_static("no-store");
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, keeping);
    Ok(response)
}

/// Every address that nothing else answers: a page for browsers, advice in JSON for programs.
pub struct Missing(pub Arc<House>);

impl Endpoint for Missing {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let accepts_pages = request
            .header(header::ACCEPT)
            .is_some_and(|accepted| accepted.contains("text/html"));
        if !accepts_pages {
            return Err(poem::error::NotFoundError.into());
        }
        let id = edge::request_id(&request);
        let told = Address::read(&request, Some("/")).and_then(|mut address| {
            address.form = Form::Page;
            page(&self.0, &address)
        });
        Ok(told.unwrap_or_else(|refusal| refusal.response(id)))
    }
}
