//! The schema as its callers see it.

mod admission;
mod again;
mod aggregates;
mod ask;
mod audited;
mod branch;
mod chart;
mod comparing;
mod completion;
mod contract;
mod corpus;
mod correcting;
mod crowd;
mod curation;
mod data_health;
mod examples;
mod extraction;
mod feedback;
mod given_up;
mod headline;
mod hostile;
mod importing;
mod linking;
mod lists;
mod merging;
mod near;
mod needs;
mod proposals;
mod recorded;
mod recording;
mod rollup;
mod statements;
mod subscriptions;
mod unseen;
mod webhooks;

use graphql::{Access, Call, Reply, Request, Service, Variables, Visitor};
use serde_json::Value;

fn call() -> Call {
    Call {
        access: Access::ReadWrite,
        request_id: "test".into(),
        visitor: Visitor::Operator,
        key: None,
    }
}

async fn send(service: &Service, document: &str, variables: Value) -> Reply {
    graphql::execute(
        service,
        &call(),
        Request::new(document).variables(Variables::from_json(variables)),
    )
    .await
}

/// The data of a query that must succeed.
async fn data(service: &Service, document: &str) -> Value {
    data_with(service, document, Value::Null).await
}

async fn data_with(service: &Service, document: &str, variables: Value) -> Value {
    let reply = send(service, document, variables).await;
    assert!(
        reply.response.errors.is_empty(),
        "{document}: {:#?}",
        reply.response.errors
    );
    reply.response.data.into_json().expect("data is JSON")
}

/// The code and message of the first error of a query that must fail.
async fn failure(service: &Service, document: &str) -> (String, String) {
    let reply = send(service, document, Value::Null).await;
    let error = reply
        .response
        .errors
        .first()
        .unwrap_or_else(|| panic!("{document} should fail"));
    let extensions = serde_json::to_value(
        error
            .extensions
            .as_ref()
            .expect("every error has extensions"),
    )
    .expect("JSON");
    assert_eq!(extensions["requestId"], "test");
    (
        extensions["code"]
            .as_str()
            .expect("every error has a code")
            .to_owned(),
        error.message.clone(),
    )
}
