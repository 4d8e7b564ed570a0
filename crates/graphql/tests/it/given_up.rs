//! What nobody waits for any more, and what must not wait for others.

use std::{net::Ipv4Addr, time::Duration};

use chrono::NaiveDate;
use futures_util::FutureExt;
use graphql::{Call, Quotas, Request, Service, Settings, Visitor};
use serde_json::Value;
use store::feedback::{self, Count};
use tokio::{task::JoinSet, time::timeout};

use crate::{call, data, send};

/// Long for a machine that does other things, and less than anything here would wait for by itself.
const SOON: Duration = Duration::from_secs(8);

const SITES: &str = "{ sites(first: 100) { nodes { key organisation { name } } } }";

/// What is left of the units of somebody with an address.
async fn left(service: &Service, call: &Call) -> u64 {
    let reply = graphql::execute(service, call, Request::new("{ __typename }")).await;
    let balance = reply.cost.and_then(|cost| cost.balance);
    balance.expect("an address has a quota").remaining
}

#[tokio::test]
async fn what_a_request_had_not_spent_when_it_was_given_up_is_given_back() {
    // Of SQLite, small requests are answered before anybody can give them up.
    let database = testkit::postgres().await;
    // Little comes back by itself while this runs.
    let settings = Settings {
        quotas: Quotas {
            anonymous: Some(10_000),
            ..Quotas::default()
        },
        ..testkit::settings()
    };
    let service = Service::open(database.store.clone(), settings).await;
    let service = service.expect("a service");
    let call = Call {
        visitor: Visitor::Address(Ipv4Addr::new(192, 0, 2, 1).into()),
        ..call()
    };
    let whole = graphql::execute(&service, &call, Request::new(SITES)).await;
    let requested = whole.cost.expect("it was run").requested;
    assert!(requested > 200, "{requested}");
    let before = left(&service, &call).await;
    let request = graphql::execute(&service, &call, Request::new(SITES));
    assert!(request.now_or_never().is_none(), "it was answered at once");
    let after = left(&service, &call).await;
    assert!(
        before.saturating_sub(after) < requested / 2,
        "{before} - {after} of {requested}"
    );
}

/// Four writers wait for a fifth in another process; whoever reads does not.
#[tokio::test]
async fn readers_wait_for_no_writer() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let other = store::Store::connect(&database.url).await.unwrap();
        let held = store::database::hold_writers(&other).await.unwrap();
        let mut writers = JoinSet::new();
        for day in 1..=10 {
            let store = database.store.clone();
            let count = Count {
                day: NaiveDate::from_ymd_opt(2026, 11, day).unwrap(),
                reason: "FUTURE".into(),
                kind: "COUNT".into(),
                form: "EN".into(),
                times: 1,
            };
            writers.spawn(async move { feedback::add_unanswered(&store, &[count]).await });
        }
        // They are under way when others have had their turn.
        for _ in 0..10 {
            let read = data(&service, "{ sites { totalCount } parks { totalCount } }");
            timeout(SOON, read).await.expect("readers do not wait");
        }
        drop(held);
        while let Some(written) = writers.join_next().await {
            written.unwrap().unwrap();
        }
    })
    .await;
}

/// A document that was valid once is not validated again; when its values do not fit, nothing is read twice for the error.
#[tokio::test]
async fn values_that_do_not_fit_a_known_document_are_told_without_running_twice() {
    let database = testkit::database().await;
    let service = testkit::service_over(&database).await;
    let document = "query Q($at: DateTime, $by: OrderDirection) { parks { nodes { name operator { name } } } \
                    sites(orderBy: [{ field: KEY, direction: $by }]) { totalCount } \
                    observations(first: 1, recordedAt: $at) { nodes { key } } }";
    let run = async |at: &str, by: &str| {
        let before = service.statements();
        let variables = serde_json::json!({ "at": at, "by": by });
        let reply = send(&service, document, variables).await;
        let errors = serde_json::to_value(&reply.response.errors).unwrap();
        (service.statements() - before, errors, reply.refused)
    };
    let (statements, errors, _) = run("2026-11-22T10:00:00Z", "ASC").await;
    assert_eq!(errors, Value::Array(Vec::new()));
    let (again, errors, refused) = run("yesterday", "ASC").await;
    assert!(errors.to_string().contains("RFC 3339"), "{errors}");
    assert_eq!(refused, None);
    assert!(
        again <= statements,
        "{again} statements, and {statements} at first"
    );
    // What validation would have found is told as it tells it.
    let (_, errors, refused) = run("2026-11-22T10:00:00Z", "SIDEWAYS").await;
    assert_eq!(refused, Some(graphql::Refusal::Invalid), "{errors}");
    assert!(errors.to_string().contains("SIDEWAYS"), "{errors}");
}
