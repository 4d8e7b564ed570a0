//! API keys and quotas at the HTTP door: who is let in, what is spent, what a revoked key still opens.

use chrono::{DateTime, Utc};
use graphql::{Quotas, TrustedDocuments};
use serde_json::{Value, json};
use store::{
    Store,
    api_key::{self, Secret, Terms},
};

use crate::caller::{Answer, Door, JSON, RESPONSE};

const QUERY: &str = "{ territories(first: 2) { nodes { code name } } }";

fn terms(scopes: &str) -> Terms {
    Terms {
        holder: "a partner".to_owned(),
        scopes: scopes.parse().unwrap(),
        quota: None,
        trusted_documents_only: false,
        expires_at: None,
    }
}

async fn create(store: &Store, number: u8, terms: Terms) -> Secret {
    let secret = Secret::new([number; 4], [number; 32]);
    api_key::create(store, &secret, terms, Utc::now())
        .await
        .unwrap();
    secret
}

/// A door over a database of its own.
async fn door(settings: graphql::Settings) -> (Door, testkit::Database) {
    let database = testkit::database().await;
    let service = graphql::Service::open(database.store.clone(), settings)
        .await
        .unwrap();
    let app = web::app(service, web::Settings::default());
    (Door::over(app), database)
}

async fn ask(door: &Door, body: &Value, authorization: &str) -> Answer {
    let headers = [JSON, RESPONSE, ("authorization", authorization)];
    door.post(body.to_string(), &headers).await
}

fn cost(answer: &Answer) -> Value {
    answer.json()["extensions"]["cost"].clone()
}

#[tokio::test]
async fn a_key_is_known_by_its_secret_and_by_nothing_less() {
    let (door, database) = door(testkit::settings()).await;
    let good = create(&database.store, 1, terms("read")).await;
    let body = json!({ "query": QUERY });
    let bearer = format!("Bearer {}", good.reveal());
    let answer = ask(&door, &body, &bearer).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(cost(&answer)["limit"], 1_000_000);
    let wrong = Secret::new([1; 4], [9; 32]);
    let unknown = Secret::new([7; 4], [1; 32]);
    for authorization in [
        format!("Bearer {}", wrong.reveal()),
        format!("Bearer {}", unknown.reveal()),
        format!("Bearer {}", good.prefix()),
        format!("Bearer  {}x", good.reveal()),
        format!("Bearer {}", "x".repeat(10_000)),
        good.reveal().to_owned(),
        "Basic YTpi".to_owned(),
        "Bearer".to_owned(),
        String::new(),
    ] {
        let answer = ask(&door, &body, &authorization).await;
        let advice = answer.refused(401);
        assert_eq!(
            answer.json()["errors"][0]["extensions"]["code"],
            "UNAUTHENTICATED"
        );
        assert_eq!(answer.header("www-authenticate"), "Bearer");
        assert!(!advice.contains(good.reveal()), "{advice}");
    }
    let twice = [
        JSON,
        ("authorization", bearer.as_str()),
        ("authorization", bearer.as_str()),
    ];
    door.post(body.to_string(), &twice).await.refused(401);
}

#[tokio::test]
async fn expired_and_revoked_keys_open_nothing() {
    let (door, database) = door(testkit::settings()).await;
    let store = &database.store;
    let past: DateTime<Utc> = "2026-11-22T00:00:00Z".parse().unwrap();
    let expired = create(
        store,
        1,
        Terms {
            expires_at: Some(past),
            ..terms("read")
        },
    )
    .await;
    let revoked = create(store, 2, terms("read")).await;
    assert!(
        api_key::revoke(store, revoked.prefix(), Utc::now())
            .await
            .unwrap()
    );
    assert!(
        !api_key::revoke(store, revoked.prefix(), Utc::now())
            .await
            .unwrap()
    );
    for secret in [expired, revoked] {
        let bearer = format!("Bearer {}", secret.reveal());
        let advice = ask(&door, &json!({ "query": QUERY }), &bearer)
            .await
            .refused(401);
        assert!(advice.contains("expired or was revoked"), "{advice}");
    }
}

#[tokio::test]
async fn each_class_and_each_key_has_its_quota_and_the_answer_says_what_is_left() {
    let settings = graphql::Settings {
        quotas: Quotas {
            anonymous: Some(60),
            partner: Some(2_000),
            curator: None,
        },
        ..testkit::settings()
    };
    let (door, database) = door(settings).await;
    let store = &database.store;
    let own = create(
        store,
        1,
        Terms {
            quota: Some(500),
            ..terms("read")
        },
    )
    .await;
    let partner = create(store, 2, terms("read export")).await;
    let curator = create(store, 3, terms("read curate")).await;
    let body = json!({ "query": QUERY });
    // territories, nodes, and two rows of two fields; a tenth of it where the answer is given again.
    for (secret, limit, actual) in [
        (own, json!(500), 6),
        (partner, json!(2_000), 1),
        (curator, Value::Null, 1),
    ] {
        let answer = ask(&door, &body, &format!("Bearer {}", secret.reveal())).await;
        assert_eq!(cost(&answer)["limit"], limit);
        assert_eq!(cost(&answer)["actual"], actual);
    }
    let larger = "{ territories(first: 60) { nodes { code } } }";
    let advice = door.query(larger).await.refused(400);
    assert!(advice.contains("your quota is 60 a minute"), "{advice}");
    let first = door.query(QUERY).await;
    assert_eq!(cost(&first)["limit"], 60);
    assert_eq!(first.header("ratelimit-policy"), "\"minute\";q=60;w=60");
    let spent = loop {
        let answer = door.query(QUERY).await;
        if answer.status == 429 {
            break answer;
        }
        assert_eq!(answer.status, 200, "{}", answer.text());
    };
    let advice = spent.refused(429);
    assert!(advice.contains("60 units a minute"), "{advice}");
    assert_eq!(
        spent.json()["errors"][0]["extensions"]["code"],
        "RATE_LIMITED"
    );
    let wait: u64 = spent.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
}

#[tokio::test]
async fn what_is_refused_costs_something_too() {
    let settings = graphql::Settings {
        quotas: Quotas {
            anonymous: Some(20),
            ..Quotas::default()
        },
        ..testkit::settings()
    };
    let (door, _database) = door(settings).await;
    let mut statuses = Vec::new();
    for _ in 0..25 {
        statuses.push(door.query("{").await.status.as_u16());
    }
    assert_eq!((statuses[0], statuses[24]), (400, 429));
}

#[tokio::test]
async fn a_key_for_trusted_documents_runs_these_and_no_others() {
    let mut trusted = TrustedDocuments::default();
    trusted
        .add(&json!({ "places": QUERY, "broken": "{ nothing }" }).to_string())
        .unwrap();
    let settings = graphql::Settings {
        trusted,
        ..testkit::settings()
    };
    let (door, database) = door(settings).await;
    let limited = Terms {
        trusted_documents_only: true,
        ..terms("read")
    };
    let secret = create(&database.store, 1, limited).await;
    let bearer = format!("Bearer {}", secret.reveal());
    for body in [
        json!({ "documentId": "places" }),
        json!({ "documentId": "sha256:places" }),
        json!({ "query": QUERY }),
    ] {
        let answer = ask(&door, &body, &bearer).await;
        assert_eq!(
            answer.data()["territories"]["nodes"]
                .as_array()
                .map(Vec::len),
            Some(2),
            "{body}"
        );
        // Found again in the cache, the rule is the same.
        let got = door.get("/graphql?documentId=places").await;
        assert_eq!(got.status, 200, "{}", got.text());
    }
    let other = json!({ "query": format!("{QUERY} ") });
    assert_eq!(door.operation(&other).await.status, 200);
    let advice = ask(&door, &other, &bearer).await.refused(403);
    assert!(advice.contains("documentId"), "{advice}");
    ask(&door, &json!({ "documentId": "broken" }), &bearer)
        .await
        .refused(400);
    for (body, said) in [
        (
            json!({ "documentId": "nobody" }),
            "names no registered document",
        ),
        (json!({ "documentId": 7 }), "must be a string"),
        (
            json!({ "documentId": "places", "query": QUERY }),
            "not both",
        ),
    ] {
        let advice = door.operation(&body).await.refused(400);
        assert!(advice.contains(said), "{body}: {advice}");
    }
}
