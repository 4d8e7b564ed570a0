//! Answers that are kept: told apart, told unchanged, and never older than a write that was acknowledged.

use chrono::Utc;
use graphql::Quotas;
use serde_json::json;
use store::{
    Store,
    load::{self, Batch},
};

use crate::caller::{Door, RESPONSE};

const NAMES: &str = "/graphql?query={territories(first:2){nodes{code,name}}}";

async fn own_door() -> (Door, testkit::Database) {
    let database = testkit::database().await;
    let settings = graphql::Settings {
        quotas: Quotas {
            anonymous: None,
            ..Quotas::default()
        },
        ..testkit::settings()
    };
    let service = graphql::Service::open(database.store.clone(), settings)
        .await
        .unwrap();
    let app = web::app(service, web::Settings::default());
    (Door::over(app), database)
}

/// Writes a revision of the data: a source with another title.
async fn retitle(store: &Store, title: &str) {
    let source = entity::source::Draft {
        key: "kept_answers".into(),
        kind: entity::SourceKind::Press,
        publisher: "A newspaper".into(),
        title: title.to_owned(),
        url: None,
        published_on: None,
        retrieved_from: None,
        notes: None,
        licence: "facts".into(),
    };
    let batch = Batch {
        sources: vec![source],
        ..Batch::default()
    };
    load::apply(
        store,
        &batch,
        &store::audit_entry::Act::of_operator(Utc::now(), "a test"),
    )
    .await
    .unwrap();
}

#[tokio::test]
async fn whoever_has_an_answer_is_told_that_it_is_unchanged() {
    let (door, _database) = own_door().await;
    let first = door.get_with(NAMES, &[RESPONSE]).await;
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with("W/\"") && tag.len() == 36, "{tag}");
    assert_eq!(first.header("cache-control"), "private, no-cache");
    for shown in [
        tag.clone(),
        tag[2..].to_owned(),
        format!("\"other\", {tag}"),
    ] {
        let again = door
            .get_with(NAMES, &[RESPONSE, ("if-none-match", &shown)])
            .await;
        assert_eq!(
            (again.status.as_u16(), again.body.len()),
            (304, 0),
            "{shown}"
        );
        assert_eq!(again.header("etag"), tag);
    }
    let other = door
        .get_with(NAMES, &[RESPONSE, ("if-none-match", "\"other\"")])
        .await;
    assert_eq!((other.status.as_u16(), other.data()), (200, first.data()));
    let posted = door.query("{territories(first:2){nodes{code,name}}}").await;
    assert_eq!(
        (posted.header("etag"), posted.header("cache-control")),
        ("", "no-store")
    );
    assert_eq!(posted.data(), first.data());
}

#[tokio::test]
async fn what_cannot_be_kept_has_no_tag() {
    let (door, _database) = own_door().await;
    for address in [
        "/graphql?query={nothing}",
        "/graphql?query={ask(question:%22combien%20de%20centres%20d%27appels%20%C3%A0%20F%C3%A8s%20%3F%22){text}}",
        "/graphql?query={territories(first:-1){nodes{code}}}",
    ] {
        let answer = door.get(address).await;
        assert_eq!(
            (answer.header("etag"), answer.header("cache-control")),
            ("", "no-store"),
            "{address}"
        );
    }
}

#[tokio::test]
async fn no_answer_is_older_than_a_write_that_was_acknowledged() {
    let (door, database) = own_door().await;
    // Another process would write through a pool of its own.
    let writer = Store::connect(&database.url).await.unwrap();
    let query = "{ source(key: \"kept_answers\") { title } }";
    let mut tags = Vec::new();
    for round in 0..10 {
        let (store, title) = (
            if round % 2 == 0 {
                &writer
            } else {
                &database.store
            },
            format!("title {round}"),
        );
        retitle(store, &title).await;
        for _ in 0..3 {
            let answer = door.query(query).await;
            assert_eq!(answer.data(), json!({ "source": { "title": title } }));
        }
        let got = door
            .get("/graphql?query={source(key:%22kept_answers%22){title}}")
            .await;
        tags.push(got.header("etag").to_owned());
    }
    tags.dedup();
    assert_eq!(tags.len(), 10, "each revision has a tag of its own");
}

#[tokio::test]
async fn readers_beside_a_writer_never_go_back() {
    let (door, database) = own_door().await;
    let writer = Store::connect(&database.url).await.unwrap();
    retitle(&writer, "0").await;
    let written = std::sync::atomic::AtomicU64::new(0);
    let write = async {
        for title in 1..=5_u64 {
            retitle(&writer, &title.to_string()).await;
            written.store(title, std::sync::atomic::Ordering::SeqCst);
        }
    };
    let read = async {
        loop {
            let known = written.load(std::sync::atomic::Ordering::SeqCst);
            let answer = door
                .query("{ source(key: \"kept_answers\") { title } }")
                .await;
            let read: u64 = answer.data()["source"]["title"]
                .as_str()
                .unwrap()
                .parse()
                .unwrap();
            assert!(read >= known, "{read} was read after {known} was written");
            if known == 5 {
                break;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::join!(write, read);
}
