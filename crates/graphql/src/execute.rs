//! The one way in: admission, quota, then execution. HTTP, Telegram, the terminal and `ask` itself all come through here.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use async_graphql::{
    ErrorExtensionValues, Request, Response, ServerError, Value, parser::types::OperationType,
};
use entity::Scope;
use futures_util::future::BoxFuture;
use tracing::Instrument;

use crate::{
    Service, Visitor,
    admission::Estimate,
    admit::{Admitted, account, admit, give_back, refused},
    completion,
    cost::{self, Cost},
    document::{self, Document},
    error::Code,
    key::Key,
    loader, metering,
    order::Order,
    payment::Payment,
    presence,
    quota::Overspent,
    service::{BabSchema, Caller},
};

/// How long a request may run.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(10);

/// How long a mutation of a curator may run: a file of facts is held against all that is stored, and writers wait for each other.
const PATIENCE: Duration = Duration::from_secs(60);

/// Whether the transport may change anything or carry a position: GET may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
    /// The key the caller showed, when it was good.
    pub key: Option<Key>,
}

/// Why nothing was executed; `web` turns it into a status code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The document does not parse or does not fit the schema.
    Invalid,
    /// Refused by a limit before execution.
    TooComplex,
    /// The caller's units are spent; there are enough again after this time.
    RateLimited(Duration),
    /// The key may run registered documents only.
    NotTrusted,
    /// A mutation over a transport that only reads.
    MutationNotAllowed,
    /// The position of the asker over a transport whose requests stand in addresses and logs.
    PositionNotAllowed,
}

/// What came of a request: a response, whether it was refused before execution, and what it cost.
#[derive(Debug)]
pub struct Reply {
    pub response: Response,
    pub refused: Option<Refusal>,
    /// None when it was refused before its cost was known.
    pub cost: Option<Cost>,
    /// Whether the same request gives the same answer until the data change.
    pub(crate) lasting: bool,
}

impl Reply {
    pub(crate) fn refused(refusal: Refusal, errors: Vec<ServerError>) -> Self {
        Self {
            response: Response::from_errors(errors),
            refused: Some(refusal),
            cost: None,
            lasting: false,
        }
    }
}

/// Runs one request against the schema.
pub async fn execute(service: &Service, call: &Call, request: Request) -> Reply {
    let began = Instant::now();
    let mut reply = match admit(service, call, request) {
        Ok(admitted) if admitted.kind == OperationType::Subscription => {
            give_back(service, call, &admitted);
            let message = "subscriptions go over WebSocket: GET /graphql with the subprotocol graphql-transport-ws";
            *refused(Refusal::Invalid, Code::BadUserInput, message)
        }
        Ok(admitted) => return run_admitted(service, call, admitted).await,
        Err(refused) => *refused,
    };
    sign(&mut reply, call);
    metering::executed(call, &reply, began);
    reply
}

/// Runs a query or mutation that was let in. Whatever is told to the log meanwhile carries the id of the request.
pub(crate) async fn run_admitted(service: &Service, call: &Call, admitted: Admitted) -> Reply {
    let began = Instant::now();
    let span = tracing::info_span!("request", id = call.request_id);
    let mut reply = spend(service, call, admitted).instrument(span).await;
    sign(&mut reply, call);
    metering::executed(call, &reply, began);
    reply
}

/// Gives every error its code and the id that the log finds it by, and says what the request cost.
pub(crate) fn sign(reply: &mut Reply, call: &Call) {
    sign_errors(&mut reply.response.errors, call);
    if let Some(cost) = &reply.cost {
        reply
            .response
            .extensions
            .insert("cost".to_owned(), cost.value());
    }
}

/// Gives every error its code and the id that the log finds it by.
pub(crate) fn sign_errors(errors: &mut [ServerError], call: &Call) {
    for error in errors {
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
    match service.documents().read(&request.query) {
        Ok(document) => {
            let request = Admitted {
                document,
                operation: request.operation_name,
                variables: request.variables,
                estimate: Estimate::default(),
                balance: None,
                kind: OperationType::Query,
            };
            run(service, &request, caller).await.response
        }
        Err(failure) => Response::from_errors(vec![failure.into()]),
    }
}

/// Runs what was admitted and gives back the units that it did not spend.
async fn spend(service: &Service, call: &Call, admitted: Admitted) -> Reply {
    let lasting = Arc::new(AtomicBool::new(true));
    let caller = Caller {
        nested: false,
        visitor: call.visitor,
        key: call.key.clone(),
        lasting: lasting.clone(),
    };
    let payment = Payment::of(service, call, admitted.estimate);
    let mut reply = run(service, &admitted, caller).await;
    let Admitted {
        document,
        operation,
        estimate,
        ..
    } = &admitted;
    let requested = estimate.requested;
    let actual = match reply.refused {
        Some(_) => 1,
        None => spent(document, operation.as_deref(), *estimate, &reply.response),
    };
    let back = payment.settle(actual);
    reply.cost = Some(Cost {
        requested,
        actual,
        balance: back.or(admitted.balance),
    });
    reply.lasting = admitted.kind == OperationType::Query
        && reply.refused.is_none()
        && reply.response.errors.is_empty()
        && lasting.load(Ordering::Relaxed);
    reply
}

/// What a request came to. What was read and then lost to an error counts as if every page had been full.
fn spent(
    document: &Document,
    operation: Option<&str>,
    estimate: Estimate,
    response: &Response,
) -> u64 {
    if !response.errors.is_empty() {
        return estimate.requested;
    }
    // A field written several times is read as often, and answered once.
    let order = document.ready().order(operation);
    let distinct = order.map_or(1, Order::len).max(1);
    let written = cost::of(&response.data).saturating_mul(estimate.fields);
    written
        .div_ceil(distinct)
        .saturating_add(estimate.fixed)
        .clamp(1, estimate.requested.max(1))
}

/// Boxed, so that the schema is compiled here and not again in every crate that waits for it.
fn run<'a>(service: &'a Service, request: &'a Admitted, caller: Caller) -> BoxFuture<'a, Reply> {
    Box::pin(execution(service, request, caller))
}

/// A document that was found valid before is not validated again. Where its values do not fit after all, it is, for the sake of the
/// error, and nothing is run twice.
async fn execution(service: &Service, request: &Admitted, caller: Caller) -> Reply {
    let shape = document::shape(request.operation.as_deref(), &request.variables);
    if request.kind == OperationType::Query && request.document.is_valid(shape) {
        let reply = attempt(service, request, caller.clone(), service.unchecked()).await;
        let fits = |error: &ServerError| code(error).is_some();
        if reply.response.errors.iter().all(fits) {
            return reply;
        }
        let checked = attempt(service, request, caller, service.checking()).await;
        return match checked.refused {
            Some(_) => checked,
            None => reply,
        };
    }
    let reply = attempt(service, request, caller, service.schema()).await;
    if reply.refused.is_none() && reply.response.errors.is_empty() {
        request.document.found_valid(shape);
    }
    reply
}

async fn attempt(
    service: &Service,
    request: &Admitted,
    caller: Caller,
    schema: &BabSchema,
) -> Reply {
    let ready = request.document.ready();
    let limit = match request.kind == OperationType::Mutation && caller.may(Scope::Curate) {
        true => PATIENCE,
        false => TIMEOUT,
    };
    let (loader, loads) = loader::loaders(service.store().clone());
    let mut run = Request::new("")
        .variables(request.variables.clone())
        .data(service.clone())
        .data(caller)
        .data(loader);
    run.operation_name = request.operation.clone();
    run.set_parsed_query(ready.document.clone());
    let execution = loads.drive(schema.execute(run));
    let mut response = match tokio::time::timeout(limit, execution).await {
        Ok(response) => response,
        Err(_) => timed_out(limit),
    };
    finish(
        &request.document,
        request.operation.as_deref(),
        &mut response,
    );
    let never_ran = response.data == Value::Null && !response.errors.is_empty();
    let refused = (never_ran
        && response
            .errors
            .iter()
            .all(|error| error.path.is_empty() && code(error) != Some(Code::Timeout.as_str())))
    .then_some(Refusal::Invalid);
    Reply {
        response,
        refused,
        cost: None,
        lasting: false,
    }
}

/// Brings what async-graphql answered to what the specification says: null for what failed, fields as they were asked for.
pub(crate) fn finish(document: &Document, operation: Option<&str>, response: &mut Response) {
    let ready = document.ready();
    completion::complete(&document.parsed, operation, response);
    if ready.marked {
        presence::unmark(&mut response.data);
    }
    if let Some(order) = ready.order(operation) {
        order.arrange(&mut response.data);
    }
}

/// The answer to a request that ran too long.
pub(crate) fn timed_out(limit: Duration) -> Response {
    let message = format!(
        "the request took longer than {} seconds; ask for less at a time",
        limit.as_secs()
    );
    Response::from_errors(vec![coded(Code::Timeout, message)])
}

pub(crate) fn code(error: &ServerError) -> Option<&str> {
    match error.extensions.as_ref()?.get("code")? {
        Value::String(code) => Some(code),
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

/// Runs one event of a subscription when its cost can be paid, and waits until then. Whoever cannot pay for what happens is too slow.
pub(crate) async fn paid(
    service: &Service,
    call: &Call,
    (document, operation, estimate): (&Document, Option<&str>, Estimate),
    event: impl Future<Output = Response>,
) -> Response {
    let account = account(service, call);
    let purse = service.purse();
    while let Err(overspent) = purse.take(account, estimate.requested, Instant::now()) {
        let after = match overspent {
            Overspent::Wait { after, .. } => after,
            Overspent::Never { .. } => Duration::from_secs(60),
        };
        tokio::time::sleep(after).await;
    }
    let payment = Payment::of(service, call, estimate);
    let response = event.await;
    payment.settle(spent(document, operation, estimate, &response));
    response
}
