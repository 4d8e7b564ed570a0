//! The number of SQL statements depends on a query's shape, never on its rows.

use std::{future::poll_fn, task::Poll};

use serde_json::Value;
use tokio::task::coop;

use crate::{data, send};

async fn statements(service: &graphql::Service, document: &str) -> u64 {
    let before = service.statements();
    let reply = send(service, document, Value::Null).await;
    assert!(
        reply.response.errors.is_empty(),
        "{document}: {:?}",
        reply.response.errors
    );
    service.statements() - before
}

#[tokio::test]
async fn more_rows_take_no_more_statements() {
    let database = testkit::database().await;
    let service = testkit::service_over(&database).await;
    for shape in [
        "{ sites(first: N) { totalCount nodes { organisation { name aliases parent { name } } territory { name ancestors { name } } park { name operator { name } } headcount { value unit { key } source { key } } source { key } } } }",
        "{ organisations(first: N) { nodes { name sites(first: 5) { totalCount nodes { territory { name } } } agreements(first: 5) { nodes { title axes { title } parties { name } } } headcount { value } } } }",
        "{ territories(first: N, filter: { level: REGION }) { nodes { name population { value } children(first: 2) { nodes { name sites { totalCount } } } } } }",
        "{ projects(first: N) { nodes { status statusAsOf partners { name } budget { value } observations(first: 3) { nodes { value indicator { name unit { symbol } } } } } } }",
        "{ observations(first: N, filter: { subject: { isNull: false } }) { nodes { value indicator { name } territory { name } producer { name } source { title } } } }",
    ] {
        let few = statements(&service, &shape.replace("first: N", "first: 25")).await;
        let many = statements(&service, &shape.replace("first: N", "first: 50")).await;
        // One more at most: a relation that none of the first rows has is not asked for.
        assert!(
            few > 0 && many <= few + 1,
            "{few} statements for 25 rows, {many} for 50: {shape}"
        );
    }
}

/// On the main task of a runtime nobody else takes over when tokio's budget of a turn is used up.
#[test]
fn a_request_ends_even_when_its_turn_is_used_up() {
    let (done, ended) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        let parks = runtime.block_on(async {
            let service = testkit::service().await;
            poll_fn(|cx| {
                while let Poll::Ready(turn) = coop::poll_proceed(cx) {
                    turn.made_progress();
                }
                Poll::Ready(())
            })
            .await;
            data(&service, "{ parks { nodes { key operator { key } } } }").await
        });
        let _ = done.send(parks);
    });
    let parks = ended
        .recv_timeout(std::time::Duration::from_secs(60))
        .expect("the request ends");
    assert_eq!(parks["parks"]["nodes"].as_array().map(Vec::len), Some(13));
}
