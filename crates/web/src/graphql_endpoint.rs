//! `/graphql`: GraphQL over HTTP. POST takes JSON, GET takes queries only; the answer's media type is negotiated. A GET that wants
//! to become a WebSocket goes on in `websocket.rs`.

use graphql::{Access, Call, Refusal as Refused, Reply, Service};
use poem::{
    Endpoint, Request, Response, Result,
    http::{HeaderValue, Method, StatusCode, header},
};
use serde_json::{Map, Value};

use crate::{
    Settings, body, edge,
    negotiation::{self, Answers},
    parameters, query_string,
    refusal::Refusal,
    visitor::visitor,
    websocket::{self, Sockets},
};

const METHODS: &str = "GET, POST";

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
            return self.sockets.open(request, id);
        }
        let access = match *request.method() {
            Method::GET => Access::ReadOnly,
            Method::POST => Access::ReadWrite,
            _ => return Err(Refusal::method(METHODS)),
        };
        let answers = negotiation::answers(request.headers())?;
        let query = match access {
            Access::ReadOnly => parameters::from_address(query_string::read(request)?)?,
            Access::ReadWrite => {
                negotiation::require_json(request)?;
                query_string::read(request)?;
                parameters::from_json(&body::read(request).await?)?
            }
        };
        let call = Call {
            access,
            request_id: id.to_owned(),
            visitor: visitor(request),
        };
        Ok(respond(
            graphql::execute(&self.service, &call, query).await,
            answers,
        ))
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

fn respond(reply: Reply, answers: Answers) -> Response {
    let status = match (answers, reply.refused) {
        (_, Some(Refused::MutationNotAllowed | Refused::PositionNotAllowed)) => {
            StatusCode::METHOD_NOT_ALLOWED
        }
        (Answers::Json, _) | (Answers::GraphqlResponse, None) => StatusCode::OK,
        (Answers::GraphqlResponse, Some(Refused::Invalid | Refused::TooComplex)) => {
            StatusCode::BAD_REQUEST
        }
    };
    let headers = reply.response.http_headers.clone();
    let mut response = Response::builder().status(status).body(text(reply));
    response.headers_mut().extend(headers);
    let headers = response.headers_mut();
    let mut set = |name, value| headers.insert(name, HeaderValue::from_static(value));
    set(header::CONTENT_TYPE, answers.content_type());
    set(header::CACHE_CONTROL, "no-store");
    set(header::VARY, "Accept");
    if status == StatusCode::METHOD_NOT_ALLOWED {
        set(header::ALLOW, "POST");
    }
    response
}

/// The answer as JSON: `data` is there only when something was executed.
fn text(reply: Reply) -> String {
    let written = if reply.refused.is_some() {
        let mut answer = Map::new();
        let errors = serde_json::to_value(&reply.response.errors);
        answer.insert("errors".to_owned(), errors.unwrap_or(Value::Null));
        if !reply.response.extensions.is_empty() {
            let extensions = serde_json::to_value(&reply.response.extensions);
            answer.insert("extensions".to_owned(), extensions.unwrap_or(Value::Null));
        }
        serde_json::to_string(&answer)
    } else {
        serde_json::to_string(&reply.response)
    };
    written.expect("a GraphQL answer has only string keys")
}
