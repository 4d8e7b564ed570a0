//! The one way in: admission, then execution. HTTP, Telegram, the terminal and `ask` itself all come through here.

use std::time::Duration;

use async_graphql::{
    ErrorExtensionValues, Request, Response, ServerError, parser::types::OperationType,
};
use futures_util::future::BoxFuture;

use crate::{
    Service, Visitor,
    admission::{self, MAX_DOCUMENT_BYTES},
    completion,
    error::Code,
    loader,
    order::Order,
    position, presence,
    service::Caller,
};

/// How long a request may run.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Whether the transport may change anything or carry a position: GET may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    ReadOnly,
    ReadWrite,
}

/// Who calls, and under which request id the log finds it again.
#[derive(Clone, Debug)]
pub struct Call {
    pub access: Access,
    pub request_id: String,
    pub visitor: Visitor,
}

/// Why nothing was executed; `web` turns it into a status code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The document does not parse or does not fit the schema.
    Invalid,
    /// Refused by a limit before execution.
    TooComplex,
    /// A mutation over a transport that only reads.
    MutationNotAllowed,
    /// The position of the asker over a transport whose requests stand in addresses and logs.
    PositionNotAllowed,
}

/// What came of a request: a response, and whether it was refused before execution.
#[derive(Debug)]
pub struct Reply {
    pub response: Response,
    pub refused: Option<Refusal>,
}

/// Runs one request against the schema.
pub async fn execute(service: &Service, call: &Call, request: Request) -> Reply {
    let mut reply = match admit(service, call, request) {
        Ok(request) => {
            let caller = Caller {
                nested: false,
                visitor: call.visitor,
            };
            run(service, request, caller).await
        }
        Err(refused) => {
            let (refusal, error) = *refused;
            Reply {
                response: Response::from_errors(vec![error]),
                refused: Some(refusal),
            }
        }
    };
    for error in &mut reply.response.errors {
        let extensions = error
            .extensions
            .get_or_insert_with(ErrorExtensionValues::default);
        if extensions.get("code").is_none() {
            extensions.set("code", Code::BadUserInput.as_str());
        }
        extensions.set("requestId", call.request_id.as_str());
    }
    reply
}

/// Runs an operation of the question engine, inside the request that asked.
pub(crate) async fn nested(service: &Service, caller: &Caller, request: Request) -> Response {
    let caller = Caller {
        nested: true,
        ..caller.clone()
    };
    run(service, request, caller).await.response
}

/// Boxed, so that the schema is compiled here and not again in every crate that waits for it.
fn run(service: &Service, request: Request, caller: Caller) -> BoxFuture<'_, Reply> {
    Box::pin(execution(service, request, caller))
}

async fn execution(service: &Service, mut request: Request, caller: Caller) -> Reply {
    let order = Order::of(&mut request);
    let marked = presence::mark(&mut request);
    let (loader, loads) = loader::loaders(service.store().clone());
    let (document, operation) = (request.query.clone(), request.operation_name.clone());
    let request = request.data(service.clone()).data(caller).data(loader);
    let execution = loads.drive(service.schema().execute(request));
    let mut response = match tokio::time::timeout(TIMEOUT, execution).await {
        Ok(response) => response,
        Err(_) => {
            let message = format!(
                "the request took longer than {} seconds; ask for less at a time",
                TIMEOUT.as_secs()
            );
            Response::from_errors(vec![coded(Code::Timeout, message)])
        }
    };
    completion::complete(&document, operation.as_deref(), &mut response);
    if marked {
        presence::unmark(&mut response.data);
    }
    order.arrange(&mut response.data);
    let never_ran = response.data == async_graphql::Value::Null && !response.errors.is_empty();
    let refused = (never_ran
        && response
            .errors
            .iter()
            .all(|error| error.path.is_empty() && code(error) != Some(Code::Timeout.as_str())))
    .then_some(Refusal::Invalid);
    Reply { response, refused }
}

fn code(error: &ServerError) -> Option<&str> {
    match error.extensions.as_ref()?.get("code")? {
        async_graphql::Value::String(code) => Some(code),
        _ => None,
    }
}

fn coded(code: Code, message: impl Into<String>) -> ServerError {
    let mut error = ServerError::new(message, None);
    error
        .extensions
        .get_or_insert_with(ErrorExtensionValues::default)
        .set("code", code.as_str());
    error
}

type Refused = Box<(Refusal, ServerError)>;

fn refused(refusal: Refusal, error: ServerError) -> Refused {
    Box::new((refusal, error))
}

/// Parses the document once and holds it against the limits, before anything that could be slow looks at it.
fn admit(service: &Service, call: &Call, mut request: Request) -> Result<Request, Refused> {
    if request.query.len() > MAX_DOCUMENT_BYTES {
        let message = format!(
            "the document has {} bytes; at most {MAX_DOCUMENT_BYTES} are taken",
            request.query.len()
        );
        return Err(refused(
            Refusal::TooComplex,
            coded(Code::TooComplex, message),
        ));
    }
    admission::nesting(&request.query)
        .map_err(|message| refused(Refusal::TooComplex, coded(Code::TooComplex, message)))?;
    let document = async_graphql::parser::parse_query(&request.query).map_err(|failure| {
        let mut error: ServerError = failure.into();
        error
            .extensions
            .get_or_insert_with(ErrorExtensionValues::default)
            .set("code", Code::BadUserInput.as_str());
        refused(Refusal::Invalid, error)
    })?;
    let operation = admission::operation(&document, request.operation_name.as_deref())
        .map_err(|message| refused(Refusal::Invalid, coded(Code::BadUserInput, message)))?;
    match operation.node.ty {
        OperationType::Mutation if call.access == Access::ReadOnly => {
            let message = "this transport only reads; send mutations by POST";
            return Err(refused(
                Refusal::MutationNotAllowed,
                coded(Code::BadUserInput, message),
            ));
        }
        OperationType::Subscription => {
            return Err(refused(
                Refusal::Invalid,
                coded(
                    Code::BadUserInput,
                    "there are no subscriptions over this transport",
                ),
            ));
        }
        _ => {}
    }
    admission::admit(service.shapes(), &document, operation, &request.variables)
        .map_err(|message| refused(Refusal::TooComplex, coded(Code::TooComplex, message)))?;
    if call.access == Access::ReadOnly && position::is_carried(&document, &request.variables) {
        return Err(refused(
            Refusal::PositionNotAllowed,
            coded(Code::BadUserInput, position::BY_POST_ONLY),
        ));
    }
    request.set_parsed_query(document);
    Ok(request)
}
