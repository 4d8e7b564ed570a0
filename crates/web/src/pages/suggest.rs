//! `/suggest?q=…`: things whose name the reader is typing, for the question box.

use std::sync::Arc;

use graphql::{Access, Call, Request as Operation, Variables};
use poem::{
    Endpoint, Request, Response, Result,
    http::{StatusCode, header},
};
use serde::Deserialize;
use serde_json::json;

use super::{address::Address, document, endpoint::House, fact::Thing};
use crate::{
    refusal::{self, Refusal},
    visitor::visitor,
};

const DOCUMENT: &str = document!("suggest", "things");

/// The longest beginning that is looked up, in characters.
const LONGEST: usize = 100;

pub struct Suggest {
    house: Arc<House>,
}

impl Suggest {
    pub fn new(house: &Arc<House>) -> Self {
        Self {
            house: house.clone(),
        }
    }

    async fn answer(&self, request: &Request) -> std::result::Result<Response, Refusal> {
        let address = Address::read(request, Some("/"))?;
        let w = address.words;
        let typed: String = address
            .given("q")
            .unwrap_or_default()
            .chars()
            .take(LONGEST)
            .collect();
        let call = Call {
            access: Access::ReadOnly,
            request_id: address.request_id.clone(),
            visitor: visitor(request),
            key: None,
        };
        let variables = json!({ "text": typed, "locale": w.language.locale() });
        let hits = match typed.is_empty() {
            true => Vec::new(),
            false => {
                let operation = Operation::new(DOCUMENT).variables(Variables::from_json(variables));
                let reply = graphql::execute(&self.house.service, &call, operation).await;
                if let Some(graphql::Refusal::RateLimited(after)) = reply.refused {
                    let message = "You asked for more than your share. Try again later.";
                    return Err(Refusal::too_many(message, after));
                }
                let data = reply.response.data.into_json().ok();
                let found = data.and_then(|data| serde_json::from_value::<Answer>(data).ok());
                found.map(|found| found.search).unwrap_or_default()
            }
        };
        let suggestions = hits.iter().filter_map(|hit| {
            let path = hit.node.path()?;
            Some(json!({
                "name": hit.node.name,
                "matched": hit.matched,
                "kind": w.term("concept", &hit.node.kind.to_ascii_uppercase()),
                "address": w.to(&path),
            }))
        });
        let suggestions: Vec<_> = suggestions.collect();
        Ok(Response::builder()
            .status(StatusCode::OK)
            .content_type("application/json; charset=utf-8")
            .header(header::CACHE_CONTROL, "private, max-age=60")
            .header(header::VARY, "Accept-Language")
            .body(json!({ "suggestions": suggestions }).to_string()))
    }
}

#[derive(Deserialize)]
struct Answer {
    search: Vec<Hit>,
}

#[derive(Deserialize)]
struct Hit {
    matched: String,
    node: Thing,
}

impl Endpoint for Suggest {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        if let Some(response) = refusal::refuse_writes(&request) {
            return Ok(response);
        }
        let id = crate::edge::request_id(&request);
        let answered = self.answer(&request).await;
        Ok(answered.unwrap_or_else(|refusal| refusal.response(id)))
    }
}
