//! Subscriptions: what changes is told once, in order, whoever wrote it; who was away goes on where they were.

use std::{future::pending, time::Duration};

use graphql::{Events, Opened, Request, Service, Settings, Told, Variables};
use serde_json::{Value, json};
use store::{
    Store,
    load::{self, Batch},
    outbox,
};
use testkit::small::{self, figure};
use tokio::task::JoinHandle;

use crate::{call, send};

const FIGURES: &str = "subscription S($filter: ObservationFilter, $after: ID) { observationChanged(filter: $filter, after: $after) {
    eventId change concept key recordedAt observation { value territory { code } indicator { key } source { title } } } }";

const FACTS: &str = "subscription S($filter: FactFilter, $after: ID) { factChanged(filter: $filter, after: $after) {
    eventId change concept key factId fact { __typename id } } }";

/// A process over a database: its own connections, following what the others do.
struct Process {
    store: Store,
    service: Service,
    following: JoinHandle<()>,
}

impl Process {
    async fn start(url: &str) -> Self {
        Self::start_with(url, testkit::settings()).await
    }

    async fn start_with(url: &str, settings: Settings) -> Self {
        let store = Store::connect(url).await.expect("the database opens");
        let service = Service::open(store.clone(), settings)
            .await
            .expect("the schema opens");
        let follower = service.clone();
        let following = tokio::spawn(async move { follower.follow_changes(pending()).await });
        while !service.follows_changes() {
            tokio::task::yield_now().await;
        }
        Self {
            store,
            service,
            following,
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.following.abort();
    }
}

async fn try_open(service: &Service, document: &str, variables: Value) -> Opened {
    let request = Request::new(document).variables(Variables::from_json(variables));
    graphql::subscribe(service, &call(), request).await
}

async fn open(service: &Service, document: &str, variables: Value) -> Events {
    match try_open(service, document, variables).await {
        Opened::Events(events) => *events,
        Opened::Once(reply) => panic!("{document}: {:?}", reply.response.errors),
    }
}

/// The code and message with which a subscription is refused.
async fn refused(service: &Service, document: &str, variables: Value) -> (String, String) {
    match try_open(service, document, variables).await {
        Opened::Events(_) => panic!("{document} should be refused"),
        Opened::Once(reply) => {
            let error = serde_json::to_value(&reply.response.errors[0]).expect("JSON");
            let text = |value: &Value| value.as_str().expect("a text").to_owned();
            (text(&error["extensions"]["code"]), text(&error["message"]))
        }
    }
}

async fn told(events: &mut Events) -> Told {
    tokio::time::timeout(Duration::from_secs(60), events.told())
        .await
        .expect("something is told")
        .expect("the subscription goes on")
}

/// The next event, which must have been executed without errors.
async fn event(events: &mut Events) -> Value {
    match told(events).await {
        Told::Event(response) if response.errors.is_empty() => {
            let mut data = response.data.into_json().expect("data is JSON");
            let field = data
                .as_object_mut()
                .and_then(|data| data.values_mut().next());
            field.expect("one field").take()
        }
        other => panic!("{other:?}"),
    }
}

/// The ids of the next events.
async fn ids(mut events: Events, count: usize) -> Vec<String> {
    let mut ids = Vec::new();
    while ids.len() < count {
        let event = event(&mut events).await;
        ids.push(event["eventId"].as_str().expect("an id").to_owned());
    }
    ids
}

fn short(event: &Value) -> String {
    let text = |name: &str| event[name].as_str().unwrap_or_default().to_lowercase();
    format!("{} {}", text("change"), text("key"))
}

#[tokio::test]
async fn the_first_filling_tells_of_no_row_and_later_writes_of_each() {
    testkit::each_empty_database(async |database| {
        let store = &database.store;
        small::fill(store).await;
        let end = outbox::end(store).await.unwrap();
        assert_eq!(
            end,
            outbox::End {
                revision: 1,
                event: 0
            }
        );
        // What says nothing new is no revision and no event.
        small::state(store, vec![figure("first", "jobs", "A", 1.0)]).await;
        assert_eq!(outbox::end(store).await.unwrap(), end);
        small::state(
            store,
            vec![
                figure("first", "jobs", "A", 2.0),
                figure("second", "jobs", "B", 5.0),
            ],
        )
        .await;
        small::withdraw(store, &["second", "unknown"]).await;
        small::rename_source(store, "Another title").await;
        let events = outbox::after(store, 0, 10).await.unwrap();
        let said: Vec<_> = events
            .iter()
            .map(|event| format!("{} {} {}", event.change, event.concept, event.key))
            .collect();
        assert_eq!(
            said,
            [
                "revised observation first",
                "created observation second",
                "retracted observation second",
                "revised source source"
            ],
            "{}",
            database.kind()
        );
        assert_eq!(events[0].revision_id, events[1].revision_id);
        assert!(events[1].revision_id < events[2].revision_id);
    })
    .await;
}

#[tokio::test]
async fn a_write_of_another_process_is_told_once_and_in_order() {
    testkit::each_empty_database(async |database| {
        small::fill(&database.store).await;
        let process = Process::start(&database.url).await;
        let mut events = open(&process.service, FIGURES, json!({})).await;
        // Another pool of connections is another process, as far as this one can see.
        let other = &database.store;
        small::state(other, vec![figure("new", "jobs", "B", 7.0)]).await;
        let created = event(&mut events).await;
        assert_eq!(short(&created), "created new", "{}", database.kind());
        assert_eq!(created["concept"], "OBSERVATION");
        // A moment after what was written under the same clock before.
        assert_eq!(created["recordedAt"], "2026-11-24T08:00:00.000001Z");
        assert_eq!(
            created["observation"],
            json!({ "value": 7.0, "territory": { "code": "B" }, "indicator": { "key": "jobs" }, "source": { "title": "Title" } })
        );
        small::state(other, vec![figure("new", "jobs", "B", 8.0)]).await;
        let revised = event(&mut events).await;
        assert_eq!(short(&revised), "revised new");
        assert_eq!(revised["observation"]["value"], 8.0);
        small::withdraw(other, &["new"]).await;
        let retracted = event(&mut events).await;
        assert_eq!(short(&retracted), "retracted new");
        assert_eq!(retracted["observation"], Value::Null);
        // A write of the process itself is known before it is acknowledged.
        let known = process.service.revisions();
        small::state(&process.store, vec![figure("new", "jobs", "B", 9.0)]).await;
        let revision = outbox::end(other).await.unwrap().revision;
        assert_eq!(*known.borrow(), revision);
        assert_eq!(short(&event(&mut events).await), "created new");
    })
    .await;
}

/// Three processes write at the same time while two are subscribed to.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_and_nothing_comes_twice_under_concurrent_writes() {
    const WRITERS: usize = 3;
    const WRITES: usize = 12;
    testkit::each_empty_database(async |database| {
        small::fill(&database.store).await;
        let near = Process::start(&database.url).await;
        let far = Process::start(&database.url).await;
        let mut reading = Vec::new();
        for process in [&near, &far, &near] {
            let events = open(&process.service, FIGURES, json!({})).await;
            reading.push(tokio::spawn(ids(events, WRITERS * WRITES * 2)));
        }
        let mut writing = Vec::new();
        for writer in 0..WRITERS {
            let store = Store::connect(&database.url).await.unwrap();
            writing.push(tokio::spawn(async move {
                for write in 0..WRITES {
                    let key = format!("{writer}.{write}");
                    let other = format!("{key}+");
                    let figures = vec![
                        figure(&key, "jobs", "A", 1.0),
                        figure(&other, "jobs", "B", 2.0),
                    ];
                    small::state(&store, figures).await;
                }
            }));
        }
        // Whoever comes in the middle of it goes on from the beginning all the same.
        let late = open(&far.service, FIGURES, json!({ "after": "0" })).await;
        reading.push(tokio::spawn(ids(late, WRITERS * WRITES * 2)));
        for writing in writing {
            writing.await.unwrap();
        }
        let expected: Vec<String> = outbox::after(&database.store, 0, 1_000)
            .await
            .unwrap()
            .iter()
            .map(|event| event.id.to_string())
            .collect();
        assert_eq!(expected.len(), WRITERS * WRITES * 2);
        for reading in reading {
            assert_eq!(reading.await.unwrap(), expected, "{}", database.kind());
        }
        // Nothing is left over: the next thing told is the next thing that happens.
        let mut after = open(&near.service, FIGURES, json!({ "after": expected.last() })).await;
        small::state(&database.store, vec![figure("last", "jobs", "A", 1.0)]).await;
        assert_eq!(short(&event(&mut after).await), "created last");
    })
    .await;
}

#[tokio::test]
async fn what_happened_while_postgres_could_not_be_heard_is_told_afterwards() {
    let database = testkit::postgres_empty().await;
    small::fill(&database.store).await;
    let process = Process::start(&database.url).await;
    let mut events = open(&process.service, FIGURES, json!({})).await;
    for round in 0..3 {
        store::database::cut_listeners(&database.store)
            .await
            .unwrap();
        let key = format!("round{round}");
        small::state(&database.store, vec![figure(&key, "jobs", "A", 1.0)]).await;
        assert_eq!(short(&event(&mut events).await), format!("created {key}"));
    }
}

#[tokio::test]
async fn who_was_away_goes_on_after_the_last_event() {
    testkit::each_empty_database(async |database| {
        small::fill(&database.store).await;
        let process = Process::start(&database.url).await;
        let store = process.service.clone();
        for key in ["a", "b", "c"] {
            small::state(&database.store, vec![figure(key, "jobs", "A", 1.0)]).await;
        }
        let mut events = open(&store, FIGURES, json!({ "after": "0" })).await;
        let first = event(&mut events).await;
        assert_eq!(short(&first), "created a");
        drop(events);
        let mut events = open(&store, FIGURES, json!({ "after": first["eventId"] })).await;
        assert_eq!(short(&event(&mut events).await), "created b");
        assert_eq!(short(&event(&mut events).await), "created c");
        small::state(&database.store, vec![figure("d", "jobs", "A", 1.0)]).await;
        assert_eq!(short(&event(&mut events).await), "created d");
        // A row that has gone meanwhile is told of by its retraction alone.
        small::state(&database.store, vec![figure("e", "jobs", "A", 1.0)]).await;
        small::withdraw(&database.store, &["e"]).await;
        let mut events = open(&store, FIGURES, json!({ "after": first["eventId"] })).await;
        let mut said = Vec::new();
        for _ in 0..4 {
            said.push(short(&event(&mut events).await));
        }
        assert_eq!(said, ["created b", "created c", "created d", "retracted e"]);
    })
    .await;
}

#[tokio::test]
async fn nobody_goes_on_from_nowhere_or_from_too_long_ago() {
    let database = testkit::empty().await;
    small::fill(&database.store).await;
    let process = Process::start(&database.url).await;
    for after in ["17", "-1", "x", "1e3", "99999999999999999999999", "", "+1"] {
        let (code, message) = refused(&process.service, FIGURES, json!({ "after": after })).await;
        assert_eq!(code, "BAD_USER_INPUT", "{after:?}: {message}");
    }
    let many = (0..10_001).map(|n| figure(&n.to_string(), "jobs", "A", 1.0));
    small::state(&database.store, many.collect()).await;
    let (code, message) = refused(&process.service, FIGURES, json!({ "after": "0" })).await;
    assert_eq!(code, "BAD_USER_INPUT");
    assert!(message.contains("read the lists again"), "{message}");
    // One less is told to its end.
    let last = json!({ "filter": { "key": { "eq": "10000" } }, "after": "1" });
    let mut events = open(&process.service, FIGURES, last).await;
    assert_eq!(short(&event(&mut events).await), "created 10000");
}

/// Writes a figure at an instant.
async fn state_at(store: &Store, at: &str, key: &str, value: f64) {
    let batch = Batch {
        observations: vec![figure(key, "jobs", "A", value)],
        ..Batch::default()
    };
    let at = at.parse().expect("an instant");
    let written = load::apply(
        store,
        &batch,
        &store::audit_entry::Act::of_operator(at, "a test"),
    )
    .await;
    written.expect("written");
}

#[tokio::test]
async fn what_is_forgotten_is_never_passed_over_in_silence() {
    testkit::each_empty_database(async |database| {
        let store = &database.store;
        small::fill(store).await;
        let process = Process::start(&database.url).await;
        for (day, key) in [(25, "a"), (26, "b"), (27, "c")] {
            state_at(store, &format!("2026-11-{day}T08:00:00Z"), key, 1.0).await;
        }
        let forget = async |before: &str| {
            let before = before.parse().expect("an instant");
            outbox::forget(store, before).await.unwrap()
        };
        // Nothing is old enough, so whoever comes from before the first event misses nothing.
        assert_eq!(forget("2026-11-25T08:00:00Z").await, 0);
        let missed = open(&process.service, FIGURES, json!({ "after": "0" })).await;
        let [first, second, third] = ids(missed, 3).await.try_into().expect("three ids");
        assert_eq!(forget("2026-11-26T00:00:00Z").await, 1);
        for after in ["0", &first] {
            let (code, message) =
                refused(&process.service, FIGURES, json!({ "after": after })).await;
            assert_eq!(code, "BAD_USER_INPUT");
            assert!(
                message.contains("30 days") && message.contains("read the lists again"),
                "{message}"
            );
        }
        let mut rest = open(&process.service, FIGURES, json!({ "after": second })).await;
        assert_eq!(event(&mut rest).await["eventId"], third);
        // The newest stays, for ids go on from it.
        assert_eq!(forget("2027-11-26T00:00:00Z").await, 1);
        assert_eq!(forget("2027-11-26T00:00:00Z").await, 0);
        let mut rest = open(&process.service, FIGURES, json!({ "after": third })).await;
        state_at(store, "2026-11-28T08:00:00Z", "d", 1.0).await;
        assert_eq!(short(&event(&mut rest).await), "created d");
        assert_eq!(
            refused(&process.service, FIGURES, json!({ "after": "0" }))
                .await
                .0,
            "BAD_USER_INPUT"
        );
    })
    .await;
}

#[tokio::test]
async fn a_process_that_follows_changes_forgets_the_old_ones() {
    let database = testkit::empty().await;
    small::fill(&database.store).await;
    for (at, key) in [
        ("2026-11-25T08:00:00Z", "old"),
        ("2026-12-20T08:00:00Z", "new"),
    ] {
        state_at(&database.store, at, key, 1.0).await;
    }
    let settings = Settings {
        now: "2027-01-01".parse().ok(),
        ..testkit::settings()
    };
    let _process = Process::start_with(&database.url, settings).await;
    let kept = async || {
        let events = outbox::after(&database.store, 0, 10).await.unwrap();
        events
            .iter()
            .map(|event| event.key.clone())
            .collect::<Vec<_>>()
    };
    while kept().await != ["new"] {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn filters_are_those_of_the_lists() {
    testkit::each_empty_database(async |database| {
        small::fill(&database.store).await;
        let process = Process::start(&database.url).await;
        let filter = json!({ "indicator": { "eq": "jobs" }, "territory": { "within": "B" } });
        let mut figures = open(&process.service, FIGURES, json!({ "filter": filter })).await;
        let filter = json!({ "concepts": ["OBSERVATION", "SOURCE"], "observation": { "territory": { "code": { "eq": "A" } } } });
        let mut facts = open(&process.service, FACTS, json!({ "filter": filter })).await;
        let filter = json!({ "changes": ["RETRACTED"], "observation": filter["observation"] });
        let mut gone = open(&process.service, FACTS, json!({ "filter": filter })).await;
        small::state(
            &database.store,
            vec![figure("a", "jobs", "A", 1.0), figure("b", "jobs", "B", 1.0), figure("c", "companies", "B", 1.0)],
        )
        .await;
        small::rename_source(&database.store, "Another title").await;
        small::withdraw(&database.store, &["a", "b", "c"]).await;

        // The figure was gone before the event was told, or was told before: both are right.
        let first = short(&event(&mut figures).await);
        if first == "created b" {
            assert_eq!(short(&event(&mut figures).await), "retracted b");
        } else {
            assert_eq!(first, "retracted b");
        }
        let mut said = Vec::new();
        while said.last().is_none_or(|last| last != "retracted a") {
            let fact = event(&mut facts).await;
            if fact["concept"] == "SOURCE" {
                assert_eq!(fact["fact"]["__typename"], "Source");
                assert_eq!(fact["fact"]["id"], fact["factId"]);
            }
            said.push(short(&fact));
        }
        said.retain(|said| said != "created a");
        assert_eq!(said, ["revised source", "retracted a"], "{}", database.kind());
        assert_eq!(short(&event(&mut gone).await), "retracted a");
    })
    .await;
}

#[tokio::test]
async fn who_reads_too_slowly_is_told_so() {
    let database = testkit::empty().await;
    small::fill(&database.store).await;
    let process = Process::start(&database.url).await;
    let mut slow = open(&process.service, FIGURES, json!({})).await;
    let mut quick = open(&process.service, FIGURES, json!({})).await;
    // One more than may wait, each handed on by itself.
    for write in 0..257 {
        small::state(
            &process.store,
            vec![figure("first", "jobs", "A", f64::from(write) + 2.0)],
        )
        .await;
        assert_eq!(short(&event(&mut quick).await), "revised first");
    }
    assert!(matches!(told(&mut slow).await, Told::TooSlow));
    assert!(slow.told().await.is_none());
}

#[tokio::test]
async fn a_subscription_is_one_field_within_the_limits_of_any_request() {
    let database = testkit::empty().await;
    small::fill(&database.store).await;
    let process = Process::start(&database.url).await;
    for document in [
        "subscription { __typename }",
        "subscription { a: observationChanged { eventId } b: observationChanged { eventId } }",
        "subscription { observationChanged { eventId } factChanged { eventId } }",
        "subscription { ...F } fragment F on Subscription { observationChanged { eventId } }",
        "subscription { ... { observationChanged { eventId } } }",
        "subscription { observationChanged @skip(if: true) { eventId } }",
        "subscription { observationChanged { nothing } }",
        "subscription { nothing }",
        "subscription { observationChanged(after: 1.5) { eventId } }",
        "subscription { observationChanged(filter: { period: { eq: \"2019-13\" } }) { eventId } }",
    ] {
        let (code, message) = refused(&process.service, document, Value::Null).await;
        assert_eq!(code, "BAD_USER_INPUT", "{document}: {message}");
    }
    let rows = "subscription { observationChanged { observation { territory { observations(first: 100) { nodes { territory { \
                observations(first: 100) { nodes { territory { observations(first: 100) { nodes { key } } } } } } } } } } } }";
    let deep = format!(
        "subscription {{ observationChanged {{ observation {{ territory {{ {} code {} }} }} }} }}",
        "parent { ".repeat(30),
        "}".repeat(30)
    );
    let fields = format!(
        "subscription {{ observationChanged {{ {} }} }}",
        (0..3_000)
            .map(|n| format!("a{n}: key "))
            .collect::<String>()
    );
    for document in [rows, &deep, &fields] {
        let (code, message) = refused(&process.service, document, Value::Null).await;
        assert_eq!(code, "TOO_COMPLEX", "{message}");
    }
    // Over HTTP there are none.
    let reply = send(&process.service, FIGURES, Value::Null).await;
    let message = &reply.response.errors[0].message;
    assert!(message.contains("graphql-transport-ws"), "{message}");
    // A query is answered once.
    let once = try_open(
        &process.service,
        "{ observations { totalCount } }",
        Value::Null,
    )
    .await;
    let Opened::Once(reply) = once else {
        panic!("a query is no subscription");
    };
    assert!(reply.response.errors.is_empty());
}
