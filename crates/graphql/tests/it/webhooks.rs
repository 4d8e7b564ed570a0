//! Webhooks: made by the holders of keys, told of what changes in order and at least once, whatever fails meanwhile.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use graphql::{
    Call, Service,
    webhook::{Answer, Courier, Message, Post},
};
use serde_json::{Value, json};
use store::Store;
use testkit::{
    Database,
    small::{self, figure},
};

use crate::curation::{
    ACCEPT, FIGURE, curator, figure as figure_of, holder, proposed, raw, refused, sent, somebody,
};

pub const CREATE: &str = "mutation C($input: CreateWebhookInput!) { createWebhook(input: $input) {
    webhook { key url filter state lastEventId } secret userErrors { field code message } } }";
pub const DELETE: &str = "mutation D($input: DeleteWebhookInput!) { deleteWebhook(input: $input) { deletedKey userErrors { field code message } } }";
const LIST: &str = "{ webhooks { key url filter state createdAt lastEventId delivered lastDeliveredEventId lastDeliveredAt failures failingSince
    lastAttemptAt lastStatus lastError nextAttemptAt } }";
const ONE: &str = "query W($key: String!) { webhook(key: $key) { key } }";

const URL: &str = "https://partner.example/bab";

/// The ids and bodies that came.
type Messages = Arc<Mutex<Vec<(String, Value)>>>;

/// What a message is answered, by it and by how many came before.
type Answering = dyn Fn(&Message, usize) -> Answer + Send + Sync;

/// Where messages arrive, and what each is answered.
#[derive(Clone)]
struct Inbox {
    messages: Messages,
    answer: Arc<Answering>,
}

impl Inbox {
    /// An inbox that answers by the message and by how many came before.
    fn answering(answer: impl Fn(&Message, usize) -> Answer + Send + Sync + 'static) -> Self {
        Self {
            messages: Arc::default(),
            answer: Arc::new(answer),
        }
    }

    fn open() -> Self {
        Self::answering(|_, _| Answer::Status(204, None))
    }

    /// The ids of the messages that came, and what happened to which row.
    fn told(&self) -> Vec<String> {
        let messages = self.messages.lock().expect("no story panicked");
        let text = |(_, body): &(String, Value)| {
            let (kind, key) = (body["type"].as_str(), body["data"]["key"].as_str());
            format!("{} {}", kind.unwrap_or("?"), key.unwrap_or("?"))
        };
        messages.iter().map(text).collect()
    }

    fn ids(&self) -> Vec<String> {
        let messages = self.messages.lock().expect("no story panicked");
        messages.iter().map(|(id, _)| id.clone()).collect()
    }
}

impl Post for Inbox {
    async fn post(&self, message: &Message) -> Answer {
        // Others have their turn, as they do while the network is waited for.
        tokio::task::yield_now().await;
        let mut messages = self.messages.lock().expect("no story panicked");
        let answer = (self.answer)(message, messages.len());
        let body = serde_json::from_str(&message.body).expect("JSON");
        messages.push((message.id.clone(), body));
        answer
    }
}

/// A clock that a story moves.
#[derive(Clone)]
struct Clock(Arc<AtomicI64>);

impl Clock {
    fn new() -> Self {
        let start: DateTime<Utc> = "2026-11-24T09:00:00Z".parse().expect("an instant");
        Self(Arc::new(AtomicI64::new(start.timestamp_millis())))
    }

    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0.load(Ordering::Relaxed)).expect("an instant")
    }

    fn pass(&self, time: TimeDelta) {
        self.0.fetch_add(time.num_milliseconds(), Ordering::Relaxed);
    }

    fn courier(&self, service: &Service, inbox: &Inbox) -> Courier<Inbox> {
        let clock = self.clone();
        Courier::new(service.clone(), inbox.clone(), move || clock.now())
    }
}

async fn made(service: &Service, call: &Call, input: Value) -> String {
    let payload = sent(service, call, CREATE, json!({ "input": input })).await;
    assert_eq!(payload["userErrors"], json!([]), "{payload}");
    payload["webhook"]["key"]
        .as_str()
        .expect("a key")
        .to_owned()
}

async fn only(service: &Service, call: &Call) -> Value {
    let mut list = sent(service, call, LIST, Value::Null).await;
    assert_eq!(list.as_array().map(Vec::len), Some(1), "{list}");
    list[0].take()
}

/// A filled database with its schema and the holder of a key.
async fn story(database: &Database) -> (Service, Call) {
    small::fill(&database.store).await;
    let service = testkit::service_over(database).await;
    let partner = holder(database, &service, "read").await;
    (service, partner)
}

async fn jobs(store: &Store, values: impl IntoIterator<Item = (&'static str, f64)>) {
    for (key, value) in values {
        small::state(store, vec![figure(key, "jobs", "A", value)]).await;
    }
}

#[tokio::test]
async fn a_webhook_belongs_to_a_key_and_its_secret_is_shown_once() {
    testkit::each_empty_database(async |database| {
        let (service, partner) = story(&database).await;
        let other = holder(&database, &service, "read").await;
        let input = json!({ "input": { "url": URL, "filter": { "concepts": ["OBSERVATION"], "observation": { "indicator": { "eq": "jobs" } } }, "idempotencyKey": "one" } });
        let first = sent(&service, &partner, CREATE, input.clone()).await;
        let secret = first["secret"].as_str().unwrap();
        assert!(secret.starts_with("whsec_") && secret.len() == 6 + 44, "{secret}");
        assert_eq!(first["webhook"]["state"], "ACTIVE");
        let filter: Value = serde_json::from_str(first["webhook"]["filter"].as_str().unwrap()).unwrap();
        assert_eq!(filter, input["input"]["filter"]);
        // The answer was lost on the way, and the request comes again.
        let again = sent(&service, &partner, CREATE, input).await;
        assert_eq!(again, first);
        let key = first["webhook"]["key"].as_str().unwrap();
        // Nobody else sees it, by whatever way.
        assert_eq!(sent(&service, &other, LIST, Value::Null).await, json!([]));
        assert_eq!(sent(&service, &other, ONE, json!({ "key": key })).await, Value::Null);
        let deleted = sent(&service, &other, DELETE, json!({ "input": { "key": key } })).await;
        assert_eq!(refused(&deleted).0, "NOT_FOUND");
        for (caller, code) in [(somebody(1, None), "UNAUTHENTICATED"), (holder(&database, &service, "export").await, "FORBIDDEN")] {
            for (document, variables) in [
                (LIST, Value::Null),
                (ONE, json!({ "key": key })),
                (CREATE, json!({ "input": { "url": URL } })),
                (DELETE, json!({ "input": { "key": key } })),
            ] {
                let answer = raw(&service, &caller, document, variables).await;
                assert_eq!(answer["errors"][0]["extensions"]["code"], code, "{answer}");
            }
        }
        let shown = only(&service, &partner).await;
        assert!(!shown.to_string().contains(&secret[6..]));
        // The audit keeps the host, not the address, which may hold a secret of the partner.
        let part = store::Part { after: None, before: None, most: 100, newest_first: true, backward: false };
        let entries = store::audit_entry::page(&database.store, &store::audit_entry::Wanted::default(), &part).await.unwrap();
        let entry = entries.iter().find(|entry| entry.action == entity::AuditAction::MakeWebhook).unwrap();
        let entry = format!("{entry:?}");
        assert!(entry.contains("partner.example") && !entry.contains("/bab") && !entry.contains(&secret[6..]), "{entry}");
        let deleted = sent(&service, &partner, DELETE, json!({ "input": { "key": key } })).await;
        assert_eq!(deleted["deletedKey"], key);
        assert_eq!(sent(&service, &partner, LIST, Value::Null).await, json!([]));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_delivered_is_refused_with_what_to_do() {
    let database = testkit::empty().await;
    let (service, partner) = story(&database).await;
    for (input, field, code) in [
        (
            json!({ "url": "http://partner.example/" }),
            "url",
            "INVALID",
        ),
        (json!({ "url": "https://2130706433/" }), "url", "INVALID"),
        (
            json!({ "url": "https://partner.example@169.254.169.254/" }),
            "url",
            "INVALID",
        ),
        (json!({ "url": "x".repeat(100_000) }), "url", "INVALID"),
        (
            json!({ "url": URL, "idempotencyKey": "é" }),
            "idempotencyKey",
            "INVALID",
        ),
        (json!({ "url": URL, "after": "7" }), "after", "INVALID"),
        (
            json!({ "url": URL, "filter": { "source": { "title": { "contains": "é".repeat(9_000) } } } }),
            "filter",
            "TOO_LONG",
        ),
    ] {
        let payload = raw(&service, &partner, CREATE, json!({ "input": input })).await;
        if payload["errors"].is_array() {
            // A filter that the schema itself does not take.
            assert_eq!(field, "filter", "{payload}");
            continue;
        }
        let payload = &payload["data"]["createWebhook"];
        let error = &payload["userErrors"][0];
        assert_eq!(
            (error["field"].as_str(), error["code"].as_str()),
            (Some(field), Some(code)),
            "{payload}"
        );
    }
    for number in 0..10 {
        made(
            &service,
            &partner,
            json!({ "url": format!("{URL}/{number}") }),
        )
        .await;
    }
    let same = sent(
        &service,
        &partner,
        CREATE,
        json!({ "input": { "url": format!("{URL}/3") } }),
    )
    .await;
    assert_eq!(refused(&same).0, "CONFLICT");
    let eleventh = sent(
        &service,
        &partner,
        CREATE,
        json!({ "input": { "url": URL } }),
    )
    .await;
    let (code, message) = refused(&eleventh);
    assert!(
        code == "CONFLICT" && message.contains("delete one first"),
        "{message}"
    );
}

#[tokio::test]
async fn what_meets_the_filter_is_told_in_order_and_nothing_else() {
    testkit::each_empty_database(async |database| {
        let (service, partner) = story(&database).await;
        let (store, clock) = (&database.store, Clock::new());
        let filter = json!({ "concepts": ["OBSERVATION"], "observation": { "indicator": { "eq": "jobs" } } });
        let key = made(&service, &partner, json!({ "url": URL, "filter": filter })).await;
        let inbox = Inbox::open();
        let courier = clock.courier(&service, &inbox);
        // What was there before is not told.
        assert_eq!(courier.round().await.unwrap(), None);
        small::state(store, vec![figure("first", "jobs", "A", 2.0), figure("other", "companies", "A", 7.0)]).await;
        small::rename_source(store, "Another title").await;
        jobs(store, [("second", 5.0), ("first", 3.0)]).await;
        small::withdraw(store, &["second", "other"]).await;
        assert_eq!(courier.round().await.unwrap(), None);
        let told = ["fact.revised first", "fact.created second", "fact.revised first", "fact.retracted second"];
        // As a subscriber, a figure that is gone by then is not told as made: what is told is what may be seen.
        let seen: Vec<_> = told.into_iter().filter(|told| *told != "fact.created second").collect();
        assert_eq!(inbox.told(), seen);
        let messages = inbox.messages.lock().unwrap().clone();
        let events = store::outbox::after(store, 0, 100).await.unwrap();
        let (id, body) = &messages[0];
        assert_eq!(*id, format!("{key}_{}", events[0].id));
        assert_eq!(body["timestamp"], json!(events[0].recorded_at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)));
        let data = &body["data"];
        assert_eq!((&data["change"], &data["concept"], &data["eventId"]), (&json!("REVISED"), &json!("OBSERVATION"), &json!(events[0].id.to_string())));
        assert_eq!((&data["fact"]["value"], &data["fact"]["source"]["title"]), (&json!(3.0), &json!("Another title")));
        assert_eq!(messages[2].1["data"]["fact"], Value::Null);
        let shown = only(&service, &partner).await;
        assert_eq!((&shown["delivered"], &shown["failures"], &shown["lastStatus"]), (&json!(3), &json!(0), &json!(204)));
        assert_eq!(shown["lastEventId"], json!(events.last().unwrap().id.to_string()));
        // Whoever knows an event has what came after it.
        let later = json!({ "url": format!("{URL}/later"), "filter": filter, "after": events[0].id.to_string() });
        made(&service, &partner, later).await;
        inbox.messages.lock().unwrap().clear();
        courier.round().await.unwrap();
        assert_eq!(inbox.told(), seen[1..]);
    })
    .await;
}

#[tokio::test]
async fn a_webhook_that_fails_is_tried_again_later_and_later_and_keeps_its_order() {
    testkit::each_empty_database(async |database| {
        let (service, partner) = story(&database).await;
        let (store, clock) = (&database.store, Clock::new());
        made(&service, &partner, json!({ "url": URL })).await;
        made(&service, &partner, json!({ "url": format!("{URL}/well") })).await;
        // Five attempts in vain, each in its own way.
        let vain = Arc::new(Mutex::new(vec![
            Answer::Nothing("no answer in time".into()),
            Answer::Status(500, None),
            Answer::Status(302, None),
            Answer::Status(404, None),
            Answer::Status(429, Some(Duration::from_secs(1_000))),
        ]));
        let vain_answers = vain.clone();
        let inbox = Inbox::answering(move |message, _| match message.to.url().path() {
            "/bab" if !vain_answers.lock().unwrap().is_empty() => {
                vain_answers.lock().unwrap().remove(0)
            }
            _ => Answer::Status(200, None),
        });
        let courier = clock.courier(&service, &inbox);
        jobs(store, [("first", 2.0), ("second", 1.0)]).await;
        let mut pauses = Vec::new();
        let mut next = courier.round().await.unwrap();
        // The other one was not kept waiting.
        assert_eq!(
            inbox
                .told()
                .iter()
                .filter(|told| **told == "fact.created second")
                .count(),
            1
        );
        while let Some(until) = next {
            // Not a moment earlier.
            let tried = inbox.told().len();
            courier.round().await.unwrap();
            assert_eq!(inbox.told().len(), tried);
            pauses.push((until - clock.now()).num_seconds());
            clock.pass(until - clock.now());
            next = courier.round().await.unwrap();
        }
        let least = [5, 10, 20, 40, 1_000];
        assert_eq!(pauses.len(), least.len(), "{pauses:?}");
        for (pause, least) in pauses.iter().zip(least) {
            assert!(
                (least..=least + least / 4 + 1).contains(pause),
                "{pauses:?}"
            );
        }
        let own: Vec<_> = inbox.ids().into_iter().zip(inbox.told()).collect();
        let first_webhook = own[0].0.rsplit_once('_').unwrap().0.to_owned();
        let told = |webhook: &dyn Fn(&str) -> bool| -> Vec<String> {
            own.iter()
                .filter(|(id, _)| webhook(id.rsplit_once('_').unwrap().0))
                .map(|(_, told)| told.clone())
                .collect()
        };
        let (one, other) = (
            told(&|webhook| webhook == first_webhook),
            told(&|webhook| webhook != first_webhook),
        );
        let (failing, well) = if one.len() > other.len() {
            (one, other)
        } else {
            (other, one)
        };
        assert_eq!(well, ["fact.revised first", "fact.created second"]);
        assert_eq!(
            failing,
            [vec!["fact.revised first"; 6], vec!["fact.created second"]].concat()
        );
        let list = sent(&service, &partner, LIST, Value::Null).await;
        for webhook in list.as_array().unwrap() {
            assert_eq!(
                (
                    &webhook["failures"],
                    &webhook["failingSince"],
                    &webhook["lastError"],
                    &webhook["nextAttemptAt"]
                ),
                (&json!(0), &Value::Null, &Value::Null, &Value::Null)
            );
        }
    })
    .await;
}

#[tokio::test]
async fn what_never_takes_anything_is_given_up_and_says_so() {
    testkit::each_empty_database(async |database| {
        let (service, partner) = story(&database).await;
        let (store, clock) = (&database.store, Clock::new());
        made(&service, &partner, json!({ "url": URL })).await;
        let inbox = Inbox::answering(|message, _| match message.to.url().path() {
            "/gone" => Answer::Status(410, None),
            _ => Answer::Status(503, None),
        });
        let courier = clock.courier(&service, &inbox);
        jobs(store, [("first", 2.0)]).await;
        let began = clock.now();
        let mut next = courier.round().await.unwrap();
        let waiting = only(&service, &partner).await;
        assert_eq!(
            (
                &waiting["state"],
                &waiting["failures"],
                &waiting["lastStatus"]
            ),
            (&json!("ACTIVE"), &json!(1), &json!(503))
        );
        assert!(
            waiting["lastError"].as_str().unwrap().contains("503")
                && waiting["nextAttemptAt"].is_string()
        );
        while let Some(until) = next {
            clock.pass(until - clock.now());
            next = courier.round().await.unwrap();
        }
        let (took, tried) = (clock.now() - began, inbox.told().len());
        assert!(
            took >= TimeDelta::days(3) && took < TimeDelta::hours(74),
            "{took}"
        );
        assert!((60..120).contains(&tried), "{tried}");
        let ended = only(&service, &partner).await;
        assert_eq!(
            (&ended["state"], &ended["lastEventId"]),
            (&json!("GIVEN_UP"), &json!("0"))
        );
        jobs(store, [("first", 3.0)]).await;
        courier.round().await.unwrap();
        assert_eq!(inbox.told().len(), tried);
        // One that is gone is believed at once.
        made(
            &service,
            &partner,
            json!({ "url": "https://partner.example/gone" }),
        )
        .await;
        jobs(store, [("first", 4.0)]).await;
        assert_eq!(courier.round().await.unwrap(), None);
        let list = sent(&service, &partner, LIST, Value::Null).await;
        assert_eq!(list[0]["state"], "GONE");
    })
    .await;
}

#[tokio::test]
async fn two_processes_tell_each_event_once_and_one_that_is_killed_loses_none() {
    testkit::each_empty_database(async |database| {
        let (service, partner) = story(&database).await;
        let (store, clock) = (&database.store, Clock::new());
        for number in 0..3 {
            made(
                &service,
                &partner,
                json!({ "url": format!("{URL}/{number}") }),
            )
            .await;
        }
        let inbox = Inbox::open();
        let elsewhere = Store::connect(&database.url).await.unwrap();
        let elsewhere = Service::open(elsewhere, testkit::settings()).await.unwrap();
        let (one, other) = (
            clock.courier(&service, &inbox),
            clock.courier(&elsewhere, &inbox),
        );
        for value in 2..12 {
            jobs(store, [("first", f64::from(value))]).await;
        }
        let (first, second) = tokio::join!(one.round(), other.round());
        first.and(second).unwrap();
        let mut ids = inbox.ids();
        assert_eq!(ids.len(), 30);
        let in_order = |webhook: usize| -> Vec<i64> {
            let key = ids[webhook].rsplit_once('_').unwrap().0;
            ids.iter()
                .filter_map(|id| id.strip_prefix(key)?.strip_prefix('_')?.parse().ok())
                .collect()
        };
        let order = in_order(0);
        assert!(order.is_sorted() && order.len() == 10, "{order:?}");
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 30);
        // Killed while a message is under way: it may have been taken, and nobody wrote it down.
        jobs(store, [("first", 20.0)]).await;
        let reached = Arc::new(tokio::sync::Notify::new());
        struct Stuck(Arc<tokio::sync::Notify>);
        impl Post for Stuck {
            async fn post(&self, _: &Message) -> Answer {
                self.0.notify_one();
                std::future::pending().await
            }
        }
        let stuck_clock = clock.clone();
        let stuck = Courier::new(service.clone(), Stuck(reached.clone()), move || {
            stuck_clock.now()
        });
        tokio::select! {
            _ = stuck.round() => panic!("it cannot end"),
            () = async { for _ in 0..3 { reached.notified().await } } => {}
        }
        drop(stuck);
        inbox.messages.lock().unwrap().clear();
        // While the dead one's time is not over nobody else sends; then everything comes.
        let until = other.round().await.unwrap().expect("it is waited for");
        assert_eq!(inbox.ids(), Vec::<String>::new());
        assert!(until - clock.now() <= TimeDelta::seconds(30));
        clock.pass(until - clock.now());
        assert_eq!(other.round().await.unwrap(), None);
        assert_eq!(inbox.told(), ["fact.revised first"; 3]);
    })
    .await;
}

#[tokio::test]
async fn a_webhook_ends_with_its_key_and_with_what_was_forgotten() {
    testkit::each_empty_database(async |database| {
        let (service, partner) = story(&database).await;
        let (store, clock) = (&database.store, Clock::new());
        made(&service, &partner, json!({ "url": URL })).await;
        let other = holder(&database, &service, "read").await;
        made(&service, &other, json!({ "url": URL })).await;
        let inbox = Inbox::open();
        let courier = clock.courier(&service, &inbox);
        jobs(store, [("first", 2.0)]).await;
        let prefix = partner.key.as_ref().unwrap().prefix();
        store::api_key::revoke(store, prefix, clock.now())
            .await
            .unwrap();
        assert_eq!(courier.round().await.unwrap(), None);
        // The other key's webhook was told.
        assert_eq!(inbox.told().len(), 1);
        let all = store::webhook::all(store).await.unwrap();
        let states: Vec<_> = all
            .iter()
            .map(|(webhook, _)| webhook.state.as_str())
            .collect();
        assert_eq!(states, ["active", "key_ended"]);
        // Everything is forgotten but the newest, before it is delivered.
        jobs(store, [("first", 3.0), ("first", 4.0), ("first", 5.0)]).await;
        let beyond = Utc::now() + TimeDelta::days(4_000);
        assert!(store::outbox::forget(store, beyond).await.unwrap() > 0);
        assert_eq!(courier.round().await.unwrap(), None);
        assert_eq!(inbox.told().len(), 1);
        assert_eq!(only(&service, &other).await["state"], "EVENTS_FORGOTTEN");
    })
    .await;
}

#[tokio::test]
async fn no_webhook_tells_of_a_proposal() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let curator = curator(&database, &service).await;
        let clock = Clock::new();
        made(&service, &curator, json!({ "url": URL })).await;
        let inbox = Inbox::open();
        let courier = clock.courier(&service, &inbox);
        let key = proposed(&service, &somebody(5, None), figure_of(61.0)).await;
        courier.round().await.unwrap();
        assert_eq!(inbox.told(), Vec::<String>::new());
        let accept = json!({ "input": { "key": key, "expectedVersion": 1, "reason": "read in the article" } });
        let accepted = sent(&service, &curator, ACCEPT, accept).await;
        assert_eq!(accepted["userErrors"], json!([]));
        courier.round().await.unwrap();
        assert_eq!(inbox.told(), [format!("fact.revised {FIGURE}")]);
        let body = inbox.messages.lock().unwrap()[0].1.to_string();
        assert!(body.contains("61") && !body.contains("read in the article"), "{body}");
    })
    .await;
}
