//! The one way in: admission, then execution. HTTP, Telegram, the terminal and `ask` itself all come through here.

use std::time::Duration;

use async_graphql::{
    ErrorExtensionValues, Request, Response, ServerError,
    parser::types::{ExecutableDocument, OperationType},
};
use futures_util::future::BoxFuture;

use crate::{
    Service, Visitor,
    admission::{self, MAX_DOCUMENT_BYTES},
    error::Code,
    loader, position,
    service::Caller,
};

/// How long a request may run.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(10);

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
    match admit(service, call, request) {
        Ok(request) if request.subscription => {
            let message = "subscriptions go over WebSocket: GET /graphql with the subprotocol graphql-transport-ws";
            let error = coded(Code::BadUserInput, message);
            refusal(call, (Refusal::Invalid, error))
        }
        Ok(request) => admitted(service, call, request).await,
        Err(refused) => refusal(call, *refused),
    }
}

/// Runs a query or mutation that was let in.
pub(crate) async fn admitted(service: &Service, call: &Call, admitted: Admitted) -> Reply {
    let Admitted {
        mut request,
        document,
        ..
    } = admitted;
    request.set_parsed_query(document);
    let caller = Caller {
        nested: false,
        visitor: call.visitor,
    };
    let mut reply = run(service, request, caller).await;
    sign(&mut reply.response, call);
    reply
}

/// The answer to a request that was not let in.
pub(crate) fn refusal(call: &Call, (refusal, error): (Refusal, ServerError)) -> Reply {
    let mut response = Response::from_errors(vec![error]);
    sign(&mut response, call);
    Reply {
        response,
        refused: Some(refusal),
    }
}

/// Gives every error its code and the id that the log finds it by.
pub(crate) fn sign(response: &mut Response, call: &Call) {
    for error in &mut response.errors {
        let extensions = error
            .extensions
            .get_or_insert_with(ErrorExtensionValues::default);
        if extensions.get("code").is_none() {
            extensions.set("code", Code::BadUserInput.as_str());
        }
        extensions.set("requestId", call.request_id.as_str());
    }
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

async fn execution(service: &Service, request: Request, caller: Caller) -> Reply {
    let (loader, loads) = loader::loaders(service.store().clone());
    let request = request.data(service.clone()).data(caller).data(loader);
    let execution = loads.drive(service.schema().execute(request));
    let response = match tokio::time::timeout(TIMEOUT, execution).await {
        Ok(response) => response,
        Err(_) => timed_out(),
    };
    let never_ran = response.data == async_graphql::Value::Null && !response.errors.is_empty();
    let refused = (never_ran
        && response
            .errors
            .iter()
            .all(|error| error.path.is_empty() && code(error) != Some(Code::Timeout.as_str())))
    .then_some(Refusal::Invalid);
    Reply { response, refused }
}

/// The answer to a request that ran too long.
pub(crate) fn timed_out() -> Response {
    let message = format!(
        "the request took longer than {} seconds; ask for less at a time",
        TIMEOUT.as_secs()
    );
    Response::from_errors(vec![coded(Code::Timeout, message)])
}

fn code(error: &ServerError) -> Option<&str> {
    match error.extensions.as_ref()?.get("code")? {
        async_graphql::Value::String(code) => Some(code),
        _ => None,
    }
}

pub(crate) fn coded(code: Code, message: impl Into<String>) -> ServerError {
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

/// A request that was let in, and its document.
pub(crate) struct Admitted {
    pub request: Request,
    pub document: ExecutableDocument,
    /// Whether it is opened, not run.
    pub subscription: bool,
}

/// Parses the document once and holds it against the limits, before anything that could be slow looks at it.
pub(crate) fn admit(service: &Service, call: &Call, request: Request) -> Result<Admitted, Refused> {
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
        OperationType::Subscription => admission::one_field(&operation.node)
            .map_err(|message| refused(Refusal::Invalid, coded(Code::BadUserInput, message)))?,
        _ => {}
    }
    let subscription = operation.node.ty == OperationType::Subscription;
    admission::admit(service.shapes(), &document, operation, &request.variables)
        .map_err(|message| refused(Refusal::TooComplex, coded(Code::TooComplex, message)))?;
    if call.access == Access::ReadOnly && position::is_carried(&document, &request.variables) {
        return Err(refused(
            Refusal::PositionNotAllowed,
            coded(Code::BadUserInput, position::BY_POST_ONLY),
        ));
    }
    Ok(Admitted {
        request,
        document,
        subscription,
    })
}
