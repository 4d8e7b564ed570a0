//! `/graphql`: GraphQL over HTTP. POST takes JSON, GET takes queries only; the answer's media type is negotiated, a caller with an API
//! key is known by it, and whoever read the same answer before is told so. A GET that wants to become a WebSocket goes on in
//! `websocket.rs`.

use std::time::Duration;

use bytes::Bytes;
use graphql::{Access, Call, Cost, Key, NotAuthenticated, Refusal as Refused, Served, Service};
use poem::{
    Endpoint, Request, Response, Result,
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
};

use crate::{
    Settings, body, edge, files,
    negotiation::{self, Answers},
    parameters, query_string,
    refusal::Refusal,
    visitor::visitor,
    websocket::{self, Sockets},
};

const METHODS: &str = "GET, POST";
const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// The endpoint over one service.
pub struct Graphql {
    service: Service,
    sockets: Sockets,
}

impl Graphql {
    pub fn new(service: Service, settings: &Settings) -> Self {
        Self {
            sockets: Sockets::new(service.clone(), settings),
            service,
        }
    }

    async fn answer(
        &self,
        request: &mut Request,
        id: &str,
    ) -> std::result::Result<Response, Refusal> {
        if websocket::is_wanted(request) {
            let key = key(&self.service, request).await?;
            return self.sockets.open(request, id, key);
        }
        let access = match *request.method() {
            Method::GET => Access::ReadOnly,
            Method::POST => Access::ReadWrite,
            _ => return Err(Refusal::method(METHODS)),
        };
        let answers = negotiation::answers(request.headers())?;
        let key = key(&self.service, request).await?;
        let body = match access {
            Access::ReadOnly => None,
            Access::ReadWrite => {
                negotiation::require_json(request)?;
                query_string::read(request)?;
                Some(body::read(request).await?)
            }
        };
        let call = Call {
            access,
            request_id: id.to_owned(),
            visitor: visitor(request),
            key,
        };
        // `*` is any answer, and only running the request says whether there is one.
        let any = request
            .header(header::IF_NONE_MATCH)
            .is_some_and(|tags| tags.contains('*'));
        let seen = |tag: &str| !any && files::is_known(request.headers(), tag);
        let trusted = self.service.trusted();
        let served = match &body {
            Some(body) => {
                let read = || parameters::from_json(body, trusted);
                graphql::serve(&self.service, &call, body, read, seen).await?
            }
            None => {
                let address = query_string::written(request).as_bytes();
                let read = || parameters::from_address(query_string::read(request)?, trusted);
                graphql::serve(&self.service, &call, address, read, seen).await?
            }
        };
        Ok(respond(served, answers))
    }
}

impl Endpoint for Graphql {
    type Output = Response;

    async fn call(&self, mut request: Request) -> Result<Response> {
        let id = edge::request_id(&request).to_owned();
        let answered = self.answer(&mut request, &id).await;
        Ok(answered.unwrap_or_else(|refusal| refusal.response(&id)))
    }
}

/// The API key in `Authorization: Bearer …`, when there is one.
pub async fn key(
    service: &Service,
    request: &Request,
) -> std::result::Result<Option<Key>, Refusal> {
    let mut given = request.headers().get_all(header::AUTHORIZATION).iter();
    let value = match (given.next(), given.next()) {
        (None, _) => return Ok(None),
        (Some(value), None) => value.to_str().unwrap_or_default(),
        (Some(_), Some(_)) => "",
    };
    match service.authenticate(value, visitor(request)).await {
        Ok(key) => Ok(Some(key)),
        Err(NotAuthenticated::Store(error)) => {
            tracing::error!(%error, "an API key could not be looked up");
            Err(Refusal::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "The API key could not be looked up. Try again.",
            ))
        }
        Err(error @ NotAuthenticated::TooMany) => Err(Refusal::too_many(
            format!("{error}."),
            Duration::from_secs(59),
        )),
        Err(error) => Err(Refusal::unauthenticated(format!("{error}."))),
    }
}

fn respond(served: Served, answers: Answers) -> Response {
    let status = match (answers, served.refused) {
        _ if served.body.is_none() => StatusCode::NOT_MODIFIED,
        (_, Some(Refused::MutationNotAllowed | Refused::PositionNotAllowed)) => {
            StatusCode::METHOD_NOT_ALLOWED
        }
        (_, Some(Refused::RateLimited(_))) => StatusCode::TOO_MANY_REQUESTS,
        (_, Some(Refused::NotTrusted)) => StatusCode::FORBIDDEN,
        (Answers::Json, _) | (Answers::GraphqlResponse, None) => StatusCode::OK,
        (Answers::GraphqlResponse, Some(Refused::Invalid | Refused::TooComplex)) => {
            StatusCode::BAD_REQUEST
        }
    };
    let has_body = served.body.is_some();
    let mut response = Response::builder()
        .status(status)
        .body(served.body.unwrap_or_default());
    let headers = response.headers_mut();
    let mut set = |name, value| headers.insert(name, HeaderValue::from_static(value));
    if has_body {
        set(header::CONTENT_TYPE, answers.content_type());
    }
    // A kept answer is good as long as its tag is, and only the server can say so.
    // It says what its caller has left, so it is for its caller.
    let keeping = match served.tag {
        None => "no-store",
        Some(_) => "private, no-cache",
    };
    set(header::CACHE_CONTROL, keeping);
    set(header::VARY, "Accept, Authorization");
    if status == StatusCode::METHOD_NOT_ALLOWED {
        set(header::ALLOW, "POST");
    }
    let mut write = |name, text: Bytes| {
        if let Ok(value) = HeaderValue::from_maybe_shared(text) {
            headers.insert(name, value);
        }
    };
    if let Some(tag) = served.tag {
        write(header::ETAG, tag);
    }
    if let Some(Refused::RateLimited(after)) = served.refused {
        write(
            header::RETRY_AFTER,
            (after.as_secs() + 1).to_string().into(),
        );
    }
    // https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
    if let Some(Cost {
        balance: Some(balance),
        ..
    }) = served.cost
    {
        let (left, reset) = (balance.remaining, balance.reset.as_secs());
        write(
            RATE_LIMIT_POLICY,
            format!("\"minute\";q={};w=60", balance.limit).into(),
        );
        write(RATE_LIMIT, format!("\"minute\";r={left};t={reset}").into());
    }
    response
}
