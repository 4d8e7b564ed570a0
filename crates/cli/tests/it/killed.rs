//! Killed at any moment of a write, fact, audit entry and event are all there or all absent.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::{Duration, Instant};

use entity::{AuditAction, ConceptKind};
use serde_json::{Value, json};
use store::Store;
use store::audit_entry::{self, Wanted};

use crate::bab::{bab, run, stderr};

/// For how long it is killed again and again.
const LONG: Duration = Duration::from_secs(15);

/// How many figures wait at first.
const FIGURES: usize = 60;

/// Another value for each figure in each round, and a new organisation.
fn facts(round: usize) -> Value {
    let figures = (0..FIGURES).map(|number| {
        json!({ "fact": { "observation": {
            "key": format!("killed.{number}"), "indicator": "call_centres", "territory": "03.231", "scope": format!("killed {number}"), "period": "2024",
            "periodBasis": "STATED", "value": round, "qualifier": "EXACT" } } })
    });
    let organisation = json!({ "fact": { "organisation": { "key": format!("killed.{round}"), "name": format!("Killed {round}"), "kind": "COMPANY" } } });
    json!({ "source": { "key": "journaleco_2020" }, "text": { "text": format!("round {round}") }, "proposals": figures.chain([organisation]).collect::<Vec<_>>() })
}

fn part() -> store::Part {
    store::Part {
        after: None,
        before: None,
        most: 100_000,
        newest_first: false,
        backward: false,
    }
}

/// Every change of a fact has its event and its entry, and the versions are as many as were told of.
async fn whole(store: &Store, round: usize) {
    let wanted = Wanted {
        actions: Some(vec![AuditAction::Create, AuditAction::Revise]),
        ..Wanted::default()
    };
    let part = part();
    let entries = audit_entry::page(store, &wanted, &part).await.unwrap();
    let events = store::outbox::after(store, 0, 100_000).await.unwrap();
    let entered: Vec<_> = entries
        .iter()
        .map(|entry| (entry.revision_id.unwrap(), entry.key.clone().unwrap()))
        .collect();
    let told: Vec<_> = events
        .iter()
        .map(|event| (event.revision_id, event.key.clone()))
        .collect();
    assert_eq!(entered, told, "round {round}");
    let mut versions = 0;
    for number in 0..FIGURES {
        let key = format!("killed.{number}");
        let rows = store::load::versions_of(store, &key).await.unwrap();
        let in_force = rows.iter().filter(|row| row.superseded_at.is_none());
        assert!(in_force.count() <= 1, "round {round}");
        versions += rows.len();
    }
    for organisation in 0..=round {
        let wanted = store::history::Wanted {
            concept: ConceptKind::Organisation,
            key: format!("killed.{organisation}"),
        };
        versions += store::history::count(store, &wanted).await.unwrap() as usize;
    }
    assert_eq!(versions, entered.len(), "round {round}");
    // Each decided proposal has one entry of its decision, each open one none.
    let all = audit_entry::page(store, &Wanted::default(), &part)
        .await
        .unwrap();
    let mut actions: HashMap<String, Vec<AuditAction>> = HashMap::new();
    for entry in all {
        if let Some(proposal) = entry.proposal {
            actions.entry(proposal).or_default().push(entry.action);
        }
    }
    let wanted = store::proposal::Wanted::default();
    for proposal in store::proposal::page(store, &wanted, &part).await.unwrap() {
        let actions = &actions[&proposal.key];
        match proposal.decided_at {
            None => assert_eq!(*actions, [AuditAction::Propose], "round {round}"),
            Some(_) => assert_eq!(
                (actions.len(), actions.last()),
                (3, Some(&AuditAction::Accept)),
                "round {round}: {actions:?}"
            ),
        }
    }
}

#[tokio::test]
async fn a_killed_write_leaves_all_of_it_or_nothing() {
    for database in [testkit::database().await, testkit::postgres().await] {
        let settings = [("DATABASE_URL", database.url.as_str())];
        let folder = tempfile::tempdir().unwrap();
        let started = Instant::now();
        let (mut round, mut kills, mut cut) = (0, 0, 0);
        while started.elapsed() < LONG / 2 {
            let path = folder.path().join(format!("{round}.json"));
            std::fs::write(&path, facts(round).to_string()).unwrap();
            let made = run(
                &["proposal", "make", path.to_str().unwrap(), "--json"],
                &settings,
            );
            assert!(made.status.success(), "{}", stderr(&made));
            let made: Value = serde_json::from_slice(&made.stdout).unwrap();
            let text = made["proposals"][0]["text"]["key"]
                .as_str()
                .unwrap()
                .to_owned();
            let mut left = FIGURES as u64 + 1;
            while left > 0 && started.elapsed() < LONG / 2 {
                let mut child = bab(
                    &["proposal", "accept", "--all-of", &text, "--reason", "x"],
                    &settings,
                )
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
                // It says what it has decided; a moment later it is in the middle of another.
                let told = BufReader::new(child.stdout.take().unwrap()).lines();
                let _ = told.take(1 + kills as usize % 3).count();
                std::thread::sleep(Duration::from_millis(kills * 7 % 23));
                let _ = child.kill();
                child.wait().unwrap();
                kills += 1;
                let store = Store::connect(&database.url).await.unwrap();
                whole(&store, round).await;
                let waiting = store::proposal::Wanted {
                    status: Some(entity::ProposalStatus::Open),
                    ..Default::default()
                };
                let still = store::proposal::count(&store, &waiting).await.unwrap();
                cut += u64::from(still > 0 && still < left);
                left = still;
                store.close().await.unwrap();
            }
            if left > 0 {
                // What waits can still be decided.
                let finished = run(
                    &["proposal", "accept", "--all-of", &text, "--reason", "x"],
                    &settings,
                );
                assert!(finished.status.success(), "{}", stderr(&finished));
            }
            round += 1;
        }
        eprintln!(
            "{}: killed {kills} times, {cut} of them half-way",
            database.kind()
        );
        assert!(cut > 0, "it was never cut off half-way");
    }
}
