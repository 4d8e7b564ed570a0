//! One operation on a socket: executed, and what comes of it said message by message.

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;
use graphql::{Call, Opened, Request, Service, Told};
use serde_json::json;
use tokio::sync::{mpsc, oneshot};

use super::message;

/// One operation, and where it says what comes of it.
pub struct Operation {
    /// Tells it from an earlier one with the same id.
    pub number: u64,
    pub id: String,
    pub say: mpsc::Sender<Said>,
}

impl Operation {
    /// Runs to its end, or until it is unwanted and a subscription.
    pub async fn run(
        self,
        service: Service,
        call: Call,
        request: Request,
        unwanted: oneshot::Receiver<()>,
    ) {
        let operation = self.operate(&service, &call, request, unwanted);
        if AssertUnwindSafe(operation).catch_unwind().await.is_err() {
            tracing::error!(id = call.request_id, "panic while answering");
            self.fail(&call).await;
        }
    }

    async fn operate(
        &self,
        service: &Service,
        call: &Call,
        request: Request,
        mut unwanted: oneshot::Receiver<()>,
    ) {
        let mut events = match graphql::subscribe(service, call, request).await {
            Opened::Events(events) => events,
            Opened::Once(reply) if reply.refused.is_some() => {
                let errors = message::error(&self.id, &reply.response.errors);
                return self.say(What::Last(errors)).await;
            }
            Opened::Once(reply) => {
                let next = message::next(&self.id, &reply.response);
                self.say(What::Message(next)).await;
                return self.say(What::Last(message::complete(&self.id))).await;
            }
        };
        loop {
            let told = tokio::select! {
                told = events.told() => told,
                _ = &mut unwanted => return,
            };
            let what = match told {
                Some(Told::Event(response)) => What::Message(message::next(&self.id, &response)),
                Some(Told::Failed(errors)) => What::Last(message::error(&self.id, &errors)),
                Some(Told::TooSlow) => What::TooSlow,
                None => return,
            };
            tokio::select! {
                () = self.say(what) => {}
                _ = &mut unwanted => return,
            }
        }
    }

    async fn fail(&self, call: &Call) {
        let errors = json!([{
            "message": "something went wrong on our side; try again, and quote the request id if it stays",
            "extensions": { "code": "INTERNAL_SERVER_ERROR", "requestId": call.request_id },
        }]);
        self.say(What::Last(message::error(&self.id, &errors)))
            .await;
    }

    /// Waits for room. Without a socket nobody listens.
    async fn say(&self, what: What) {
        let said = Said {
            operation: self.number,
            id: self.id.clone(),
            what,
        };
        let _ = self.say.send(said).await;
    }
}

/// Something an operation has to say.
pub struct Said {
    pub operation: u64,
    pub id: String,
    pub what: What,
}

/// A message, or why there are no more.
pub enum What {
    Message(String),
    /// A message after which the id is free again.
    Last(String),
    TooSlow,
}
