//! Accounts of Telegram that have the rights of an API key: by a code that is good once, for minutes, and for as long as the key is.

use chrono::NaiveDate;
use graphql::{Call, Service, Settings};
use serde_json::{Value, json};
use testkit::Database;

use crate::curation::*;

async fn code(service: &Service, curator: &Call) -> String {
    let made = sent(service, curator, CODE, json!({ "input": {} })).await;
    assert_eq!(made["userErrors"], json!([]), "{made}");
    made["code"].as_str().expect("a code").to_owned()
}

async fn link(service: &Service, caller: &Call, code: &str) -> Value {
    sent(service, caller, LINK, json!({ "input": { "code": code } })).await
}

fn prefix(call: &Call) -> &str {
    call.key.as_ref().expect("a key").prefix()
}

async fn linked(service: &Service, number: i64) -> Option<String> {
    let key = service.key_of_account(number).await.expect("a look-up");
    key.map(|key| key.prefix().to_owned())
}

/// The same database on another day.
async fn on(database: &Database, day: NaiveDate) -> Service {
    let settings = Settings {
        now: Some(day),
        ..testkit::settings()
    };
    Service::open(database.store.clone(), settings)
        .await
        .expect("a service")
}

#[tokio::test]
async fn a_code_links_an_account_once_and_nothing_personal_is_in_the_audit() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let curator = curator(&database, &service).await;
        let code = code(&service, &curator).await;
        assert_eq!(linked(&service, 902_134).await, None);
        let made = link(&service, &account(902_134), &code.to_lowercase().replace('-', " ")).await;
        assert_eq!(made, json!({ "keyPrefix": prefix(&curator), "userErrors": [] }));
        assert_eq!(linked(&service, 902_134).await.as_deref(), Some(prefix(&curator)));
        // Used is used, by whomever.
        for number in [902_134, 902_135] {
            let again = link(&service, &account(number), &code).await;
            assert_eq!(refused(&again).0, "NOT_FOUND");
        }
        assert_eq!(linked(&service, 902_135).await, None);
        // It is told of what is proposed from now on, and once.
        let waits = async || service.curators_waited_for().await.expect("a look-up");
        assert_eq!(waits().await, []);
        for value in [61.0, 62.0] {
            proposed(&service, &somebody(9, None), figure(value)).await;
        }
        let told = waits().await;
        assert_eq!((told.len(), told[0].account, told[0].new), (1, 902_134, 2));
        service.curator_was_told(&told[0]).await.expect("a write");
        assert_eq!(waits().await, []);
        let unlinked = sent(&service, &account(902_134), UNLINK, Value::Null).await;
        assert_eq!(unlinked, json!({ "unlinked": true, "userErrors": [] }));
        assert_eq!(linked(&service, 902_134).await, None);
        let audit = "{ auditEntries(filter: { actions: [MAKE_CODE, LINK, UNLINK] }, order: OLDEST_FIRST) { nodes { action role door keyPrefix factKey reason changes { field before after } } } }";
        let audit = sent(&service, &curator, audit, Value::Null).await;
        let actions: Vec<_> = audit["nodes"].as_array().unwrap().iter().map(|entry| (entry["action"].as_str().unwrap(), entry["door"].as_str().unwrap())).collect();
        assert_eq!(actions, [("MAKE_CODE", "API"), ("LINK", "TELEGRAM"), ("UNLINK", "TELEGRAM")]);
        let told = audit.to_string();
        assert!(!told.contains("902134") && !told.contains(&code) && !told.contains(&code.replace('-', "")), "{told}");
        assert!(audit["nodes"].as_array().unwrap().iter().all(|entry| entry["factKey"] == prefix(&curator)));
    })
    .await;
}

#[tokio::test]
async fn a_code_is_good_for_minutes_and_the_newest_of_a_key_alone() {
    let database = testkit::database().await;
    let service = testkit::service_over(&database).await;
    let curator = curator(&database, &service).await;
    let old = code(&service, &curator).await;
    let new = code(&service, &curator).await;
    assert_eq!(
        refused(&link(&service, &account(1), &old).await).0,
        "NOT_FOUND"
    );
    let tomorrow = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    let later = on(&database, tomorrow).await;
    let (code, message) = refused(&link(&later, &account(1), &new).await);
    assert!(
        code == "NOT_FOUND" && message.contains("ten minutes"),
        "{message}"
    );
    assert_eq!(linked(&later, 1).await, None);
    assert_eq!(
        link(&service, &account(1), &new).await["userErrors"],
        json!([])
    );
}

#[tokio::test]
async fn guesses_are_few() {
    let database = testkit::database().await;
    let service = testkit::service_over(&database).await;
    let curator = curator(&database, &service).await;
    let right = code(&service, &curator).await;
    for guess in ["0000-0000-0000", "", "x", "👩‍👩‍👧", "' OR 1=1 --"] {
        let (code, message) = refused(&link(&service, &account(1), guess).await);
        assert_eq!(code, "NOT_FOUND", "{guess}");
        // A malformed one is told like a wrong one.
        assert!(message.contains("no such code is good"), "{message}");
    }
    assert_eq!(
        refused(&link(&service, &account(1), &right).await).0,
        "RATE_LIMITED"
    );
    assert_eq!(linked(&service, 1).await, None);
    // Another account is not held to it, and what is right does not count.
    assert_eq!(
        link(&service, &account(2), &right).await["userErrors"],
        json!([])
    );
}

#[tokio::test]
async fn a_code_that_others_may_have_read_ends_unused() {
    let database = testkit::database().await;
    let service = testkit::service_over(&database).await;
    let curator = curator(&database, &service).await;
    let code = code(&service, &curator).await;
    let input = json!({ "input": { "code": code, "exposed": true } });
    assert_eq!(
        refused(&sent(&service, &account(1), LINK, input).await).0,
        "INVALID"
    );
    assert_eq!(linked(&service, 1).await, None);
    assert_eq!(
        refused(&link(&service, &account(1), &code).await).0,
        "NOT_FOUND"
    );
}

#[tokio::test]
async fn the_rights_end_with_the_key() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let curator = curator(&database, &service).await;
        let one = code(&service, &curator).await;
        link(&service, &account(1), &one).await;
        let unused = code(&service, &curator).await;
        store::api_key::revoke(&database.store, prefix(&curator), chrono::Utc::now())
            .await
            .unwrap();
        assert_eq!(linked(&service, 1).await, None);
        // Nothing is left of the account, and the code is good no longer.
        assert!(
            store::curator::all(&database.store)
                .await
                .unwrap()
                .is_empty()
        );
        assert_eq!(
            refused(&link(&service, &account(2), &unused).await).0,
            "NOT_FOUND"
        );
        // A key that expires does so for its accounts.
        let secret = store::api_key::Secret::new([99; 4], [98; 32]);
        let terms = store::api_key::Terms {
            holder: "for a while".into(),
            scopes: "read,curate".parse().unwrap(),
            quota: None,
            trusted_documents_only: false,
            expires_at: Some("2026-12-01T00:00:00Z".parse().unwrap()),
        };
        store::api_key::create(
            &database.store,
            &secret,
            terms,
            "2026-11-20T09:00:00Z".parse().unwrap(),
        )
        .await
        .unwrap();
        let operator = crate::call();
        let made = sent(
            &service,
            &operator,
            CODE,
            json!({ "input": { "keyPrefix": secret.prefix() } }),
        )
        .await;
        let linked_to = link(&service, &account(3), made["code"].as_str().unwrap()).await;
        assert_eq!(linked_to["keyPrefix"], secret.prefix());
        assert!(linked(&service, 3).await.is_some());
        let later = on(&database, NaiveDate::from_ymd_opt(2026, 12, 1).unwrap()).await;
        assert_eq!(linked(&later, 3).await, None);
    })
    .await;
}

#[tokio::test]
async fn codes_are_made_for_keys_that_curate_by_who_may() {
    let database = testkit::database().await;
    let service = testkit::service_over(&database).await;
    let curator = curator(&database, &service).await;
    let other = holder(&database, &service, "read,curate").await;
    let partner = holder(&database, &service, "read,export").await;
    for (caller, code) in [
        (&partner, "FORBIDDEN"),
        (&somebody(1, None), "UNAUTHENTICATED"),
        (&account(1), "UNAUTHENTICATED"),
    ] {
        let answer = raw(&service, caller, CODE, json!({ "input": {} })).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], code, "{answer}");
    }
    let of = |key: &str| json!({ "input": { "keyPrefix": key } });
    assert_eq!(
        refused(&sent(&service, &curator, CODE, of(prefix(&other))).await).0,
        "INVALID"
    );
    let operator = crate::call();
    assert_eq!(
        refused(&sent(&service, &operator, CODE, json!({ "input": {} })).await).0,
        "REQUIRED"
    );
    assert_eq!(
        refused(&sent(&service, &operator, CODE, of("00000000")).await).0,
        "NOT_FOUND"
    );
    assert_eq!(
        refused(&sent(&service, &operator, CODE, of(prefix(&partner))).await).0,
        "INVALID"
    );
    assert_eq!(
        sent(&service, &operator, CODE, of(prefix(&other))).await["userErrors"],
        json!([])
    );
    // Over HTTP there is no account to link, with whatever key.
    let one = code(&service, &curator).await;
    for caller in [&curator, &somebody(1, None), &operator] {
        assert_eq!(refused(&link(&service, caller, &one).await).0, "INVALID");
        assert_eq!(
            refused(&sent(&service, caller, UNLINK, Value::Null).await).0,
            "INVALID"
        );
    }
    assert_eq!(
        refused(&sent(&service, &account(1), UNLINK, Value::Null).await).0,
        "NOT_FOUND"
    );
    assert_eq!(
        link(&service, &account(1), &one).await["userErrors"],
        json!([])
    );
}
