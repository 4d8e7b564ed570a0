//! Sixty-four clients write at once: nothing is lost, nothing comes twice, nobody waits for ever. `BAB_CROWD=10000` makes it long.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use serde_json::{Value, json};
use store::audit_entry::{self, Wanted};

use crate::curation::*;

const CLIENTS: usize = 64;

fn total() -> usize {
    let set = std::env::var("BAB_CROWD").ok();
    set.and_then(|set| set.parse().ok()).unwrap_or(192)
}

/// One of the figures that all of them work on.
fn shared(number: usize, value: usize) -> Value {
    json!({ "observation": { "key": format!("crowd.{number}"), "indicator": "call_centres", "territory": "03.231", "scope": format!("crowd {number}"),
        "period": "2024", "periodBasis": "STATED", "value": value, "qualifier": "EXACT", "source": "journaleco_2020" } })
}

#[tokio::test(flavor = "multi_thread")]
async fn sixty_four_clients_lose_nothing() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let curator = curator(&database, &service).await;
        let started = Instant::now();
        let each = total() / CLIENTS;
        // A third proposes and accepts, a third proposes twice under one key and rejects, a third edits what others edit.
        let clients = (0..CLIENTS).map(|client| {
            let (service, curator) = (&service, &curator);
            async move {
                let (mut accepted, mut rejected, mut edited, mut conflicts) = (0, 0, 0, 0);
                for turn in 0..each {
                    let own = (client + 1) * 1_000_000 + turn;
                    match client % 3 {
                        0 => {
                            let key = proposed(service, curator, shared(own, turn + 1)).await;
                            let input = json!({ "input": { "key": key, "expectedVersion": 1, "reason": "yes" } });
                            let done = sent(service, curator, ACCEPT, input).await;
                            assert_eq!(done["userErrors"], json!([]), "{done}");
                            accepted += 1;
                        }
                        1 => {
                            let mut input = proposal(shared(own, turn + 1));
                            input["input"]["idempotencyKey"] = json!(format!("{own}"));
                            let both = join_all((0..2).map(|_| sent(service, curator, PROPOSE, input.clone()))).await;
                            assert_eq!(both[0]["proposals"][0]["key"], both[1]["proposals"][0]["key"]);
                            let input = json!({ "input": { "key": both[0]["proposals"][0]["key"], "expectedVersion": 1, "reason": "no" } });
                            assert_eq!(sent(service, curator, REJECT, input).await["userErrors"], json!([]));
                            rejected += 1;
                        }
                        _ => loop {
                            // Reads the version, writes the next, again when somebody was faster.
                            let key = format!("crowd.{}", turn % 4);
                            let read = format!("{{ history(fact: {{ concept: OBSERVATION, key: \"{key}\" }}, last: 1) {{ nodes {{ version }} }} }}");
                            let history = sent(service, curator, &read, Value::Null).await;
                            let version = history["nodes"][0]["version"].as_i64().unwrap_or(0);
                            let input = json!({ "input": { "fact": shared(turn % 4, own), "expectedVersion": version, "reason": format!("turn {own}") } });
                            let done = sent(service, curator, RECORD, input).await;
                            if done["userErrors"] == json!([]) {
                                edited += 1;
                                break;
                            }
                            assert_eq!(refused(&done).0, "CONFLICT", "{done}");
                            conflicts += 1;
                        },
                    }
                }
                (accepted, rejected, edited, conflicts)
            }
        });
        let done = tokio::time::timeout(Duration::from_secs(if each > 10 { 3_600 } else { 120 }), join_all(clients)).await;
        let done = done.expect("nobody waits for ever");
        let sum = |of: fn(&(usize, usize, usize, usize)) -> usize| done.iter().map(of).sum::<usize>();
        let (accepted, rejected, edited) = (sum(|one| one.0), sum(|one| one.1), sum(|one| one.2));
        eprintln!(
            "{}: {accepted} accepted, {rejected} rejected, {edited} edited, {} sent again, in {:.1} s",
            database.kind(),
            sum(|one| one.3),
            started.elapsed().as_secs_f64()
        );
        assert_eq!(accepted + rejected + edited, each * CLIENTS);
        let count = async |filter: &str| {
            let list = format!("{{ proposals(filter: {{ {filter} }}) {{ totalCount }} }}");
            sent(&service, &curator, &list, Value::Null).await["totalCount"].as_u64().unwrap() as usize
        };
        assert_eq!((count("status: ACCEPTED").await, count("status: REJECTED").await, count("status: OPEN").await), (accepted, rejected, 0));
        let of = async |actions: Vec<entity::AuditAction>| {
            let wanted = Wanted { actions: Some(actions), ..Wanted::default() };
            audit_entry::count(&database.store, &wanted).await.unwrap() as usize
        };
        use entity::AuditAction as Action;
        assert_eq!(of(vec![Action::Propose]).await, accepted + rejected);
        assert_eq!(of(vec![Action::Create, Action::Revise]).await, accepted + edited);
        // Every edit is a version of its own, in a row.
        let mut versions = 0;
        for number in 0..4 {
            let versions_of = store::load::versions_of(&database.store, &format!("crowd.{number}")).await.unwrap();
            let ends = versions_of.iter().map(|version| version.superseded_at);
            let starts = versions_of.iter().map(|version| Some(version.recorded_at));
            assert!(ends.eq(starts.skip(1).chain([None]).take(versions_of.len())));
            versions += versions_of.len();
        }
        assert_eq!(versions, edited);
        let revisions = database.store.data_revision().await.unwrap();
        let events = store::outbox::end(&database.store).await.unwrap();
        assert_eq!(events.revision, revisions);
    })
    .await;
}
