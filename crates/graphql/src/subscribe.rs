//! Subscriptions: opened once, then each event is executed by itself, with the limits of any request.

use std::{
    collections::VecDeque,
    sync::{Arc, OnceLock, atomic::AtomicBool},
};

use async_graphql::{Request, Response, ServerError, Variables, parser::types::OperationType};
use futures_util::{StreamExt, future::BoxFuture};
use store::outbox::{self, Event};
use tokio::sync::broadcast::{self, error::RecvError};

use crate::{
    Call, Reply, Service,
    admission::Estimate,
    admit::{self, Admitted},
    document::Document,
    error::{Code, from_store},
    execute::{self, TIMEOUT, coded},
    loader,
    outbox::{BATCH, Batch},
    service::Caller,
    subscription::{Occasion, Opening, Selection},
};

/// How many events somebody who resumes is told; who has missed more reads the lists again.
const MOST_MISSED: u64 = 10_000;

/// What came of a request that may be a subscription.
pub enum Opened {
    /// A query or mutation, or a subscription that was refused: one answer.
    Once(Box<Reply>),
    /// A subscription.
    Events(Box<Events>),
}

/// What a subscriber is told next.
#[derive(Debug)]
pub enum Told {
    /// An event, executed.
    Event(Response),
    /// The database did not answer, and nothing more is told; subscribe again with `after`.
    Failed(Vec<ServerError>),
    /// The subscriber took too long over what it was told, and too much waited; subscribe again with `after`.
    TooSlow,
}

/// Runs a query or mutation, or opens a subscription.
pub async fn subscribe(service: &Service, call: &Call, request: Request) -> Opened {
    let admitted = match admit::admit(service, call, request) {
        Ok(admitted) => admitted,
        Err(mut refused) => {
            execute::sign(&mut refused, call);
            return Opened::Once(refused);
        }
    };
    if admitted.kind != OperationType::Subscription {
        return Opened::Once(Box::new(
            execute::run_admitted(service, call, admitted).await,
        ));
    }
    match Events::open(service, call, admitted).await {
        Ok(events) => Opened::Events(Box::new(events)),
        Err(errors) => {
            let mut reply = Reply::refused(execute::Refusal::Invalid, errors);
            execute::sign(&mut reply, call);
            Opened::Once(Box::new(reply))
        }
    }
}

/// An open subscription.
pub struct Events {
    service: Service,
    call: Call,
    operation: Operation,
    /// What an event may cost.
    estimate: Estimate,
    selection: Selection,
    /// The last event that was looked at; none until the first when nothing is resumed.
    last: Option<i64>,
    /// Whether what was missed is read to its end.
    caught_up: bool,
    waiting: VecDeque<Event>,
    live: broadcast::Receiver<Batch>,
    ended: bool,
}

/// What is executed for each event.
pub(crate) struct Operation {
    pub name: Option<String>,
    pub document: Arc<Document>,
    pub variables: Variables,
}

impl Events {
    async fn open(
        service: &Service,
        call: &Call,
        admitted: Admitted,
    ) -> Result<Self, Vec<ServerError>> {
        // Each event is paid for by itself.
        admit::give_back(service, call, &admitted);
        let estimate = admitted.estimate;
        let operation = Operation {
            name: admitted.operation,
            document: admitted.document,
            variables: admitted.variables,
        };
        let Some(live) = service.outbox().batches() else {
            let message = "changes are not followed yet; try again in a moment";
            return Err(vec![coded(Code::InternalServerError, message)]);
        };
        let Opening { selection, after } = operation.open(service, call).await?;
        if let Some(after) = after {
            may_resume(service, after).await?;
        }
        Ok(Self {
            service: service.clone(),
            call: call.clone(),
            operation,
            estimate,
            selection,
            last: after,
            caught_up: after.is_none(),
            waiting: VecDeque::new(),
            live,
            ended: false,
        })
    }

    /// Waits for the next event and executes it; none after a failure. Not to be dropped half-way, or the event is lost.
    pub fn told(&mut self) -> BoxFuture<'_, Option<Told>> {
        Box::pin(self.tell())
    }

    async fn tell(&mut self) -> Option<Told> {
        while !self.ended {
            if let Some(event) = self.waiting.pop_front() {
                return Some(Told::Event(self.execute(event).await));
            }
            match self.read().await {
                Ok(Some(events)) => self.waiting = events.into(),
                Ok(None) => {
                    self.ended = true;
                    return Some(Told::TooSlow);
                }
                Err(failure) => {
                    self.ended = true;
                    let error =
                        from_store(failure).into_server_error(async_graphql::Pos::default());
                    let mut errors = vec![error];
                    execute::sign_errors(&mut errors, &self.call);
                    return Some(Told::Failed(errors));
                }
            }
        }
        None
    }

    /// The next events that are asked for: first what was missed, then what happens. None when too much happened meanwhile.
    async fn read(&mut self) -> Result<Option<Vec<Event>>, store::Error> {
        let store = self.service.store();
        let last = self.last.unwrap_or(0);
        let batch: Batch = if self.caught_up {
            match self.live.recv().await {
                Ok(batch) => batch,
                Err(RecvError::Lagged(_) | RecvError::Closed) => return Ok(None),
            }
        } else {
            let missed = outbox::after(store, last, BATCH).await?;
            // What was forgotten meanwhile is not passed over in silence.
            if !outbox::is_kept_since(store, last).await? {
                return Ok(None);
            }
            // All that comes later was not handed on before this began to listen.
            self.caught_up = (missed.len() as u64) < BATCH;
            missed.into()
        };
        // What was read as missed may be handed on as well.
        let new = &batch[batch.partition_point(|event| event.id <= last)..];
        let Some(newest) = new.last() else {
            return Ok(Some(Vec::new()));
        };
        self.last = Some(newest.id);
        Ok(Some(self.selection.of(store, new).await?))
    }

    async fn execute(&self, event: Event) -> Response {
        let (service, call) = (&self.service, &self.call);
        let executed = async {
            let executed = self
                .operation
                .execute(service, call, Occasion::Event(event));
            executed.await.unwrap_or_default()
        };
        let Operation { document, name, .. } = &self.operation;
        let priced = (&**document, name.as_deref(), self.estimate);
        let mut response = execute::paid(service, call, priced, executed).await;
        execute::sign_errors(&mut response.errors, &self.call);
        response
    }
}

impl Operation {
    /// What the operation asks to be told of.
    pub async fn open(&self, service: &Service, call: &Call) -> Result<Opening, Vec<ServerError>> {
        let opening = Arc::new(OnceLock::new());
        let occasion = Occasion::Opening(opening.clone());
        let opened = self.execute(service, call, occasion).await;
        if let Some(response) = opened
            && !response.errors.is_empty()
        {
            return Err(response.errors);
        }
        let opening = Arc::into_inner(opening).and_then(OnceLock::into_inner);
        opening.ok_or_else(|| {
            let message = "nothing is subscribed to: @skip or @include leaves the field out";
            vec![coded(Code::BadUserInput, message)]
        })
    }

    /// What the operation answers to an occasion; nothing to an opening that went well. Boxed, so that the schema is compiled here and not
    /// again in every crate that waits for it.
    pub fn execute<'a>(
        &'a self,
        service: &'a Service,
        call: &'a Call,
        occasion: Occasion,
    ) -> BoxFuture<'a, Option<Response>> {
        Box::pin(self.execution(service, call, occasion))
    }

    async fn execution(
        &self,
        service: &Service,
        call: &Call,
        occasion: Occasion,
    ) -> Option<Response> {
        let (loader, loads) = loader::loaders(service.store().clone());
        let caller = Caller {
            nested: false,
            visitor: call.visitor,
            key: call.key.clone(),
            lasting: Arc::new(AtomicBool::new(false)),
        };
        let mut request = Request::new("")
            .variables(self.variables.clone())
            .data(service.clone())
            .data(caller)
            .data(loader)
            .data(occasion);
        request.operation_name.clone_from(&self.name);
        request.set_parsed_query(self.document.ready().document.clone());
        let mut responses = service.schema().execute_stream(request);
        let execution = loads.drive(responses.next());
        match tokio::time::timeout(TIMEOUT, execution).await {
            Ok(Some(mut response)) => {
                execute::finish(&self.document, self.name.as_deref(), &mut response);
                Some(response)
            }
            Ok(None) => None,
            Err(_) => Some(execute::timed_out(TIMEOUT)),
        }
    }
}

/// Refuses to go on after an event that is not there, or with more events than anybody wants told one by one.
pub(crate) async fn may_resume(service: &Service, after: i64) -> Result<(), Vec<ServerError>> {
    let store = service.store();
    let refuse = |message: String| Err(vec![coded(Code::BadUserInput, message)]);
    let failed =
        |failure| vec![from_store(failure).into_server_error(async_graphql::Pos::default())];
    if !outbox::is_kept_since(store, after).await.map_err(failed)? {
        let days = service.keep_events();
        return refuse(format!(
            "what happened since {after} is not known: events are kept for {days} days; subscribe without after, then read the lists again"
        ));
    }
    let too_many = outbox::more_than(store, MOST_MISSED, after);
    if too_many.await.map_err(failed)? {
        return refuse(format!(
            "more than {MOST_MISSED} events happened since {after}; subscribe without after, then read the lists again"
        ));
    }
    Ok(())
}
