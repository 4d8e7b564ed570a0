//! Corrections in people's own words: what is found in them is proposed, what is not is read by a curator.

use serde_json::{Value, json};

use crate::curation::*;

const HEADLINE: &str = "{ headline(indicator: \"call_centres\", territory: \"03.231\") { observation { key value } } }";

fn said(text: &str, url: &str) -> Value {
    json!({ "input": { "text": text, "url": url } })
}

#[tokio::test]
async fn a_figure_in_a_sentence_is_proposed_with_its_source_and_answers_once_accepted() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let curator = curator(&database, &service).await;
        let person = account(7);
        let text = "Il y a 42 centres d'appels à Fès en 2025.";
        let made = sent(
            &service,
            &person,
            CORRECT,
            said(text, "https://www.journal.ma/2026/fes?utm=1"),
        )
        .await;
        assert_eq!(made["userErrors"], json!([]), "{made}");
        let one = &made["proposals"][0];
        assert_eq!(
            made["proposals"].as_array().map(Vec::len),
            Some(1),
            "{made}"
        );
        assert_eq!(
            (&one["action"], &one["role"], &one["keyPrefix"]),
            (&json!("CREATE"), &json!("ANYBODY"), &Value::Null)
        );
        let label = one["label"].as_str().unwrap();
        assert!(
            label.to_lowercase().contains("call centres")
                && label.contains("Fez")
                && label.contains("2025"),
            "{label}"
        );
        let new = |field: &str| {
            let fields = one["newSource"].as_array().unwrap();
            fields
                .iter()
                .find(|found| found["field"] == field)
                .map(|found| found["after"].clone())
        };
        assert_eq!(new("kind"), Some(json!("press")));
        assert_eq!(new("publisher"), Some(json!("journal.ma")));
        // Nothing is made up: the title is the address.
        assert_eq!(new("title"), Some(json!("www.journal.ma/2026/fes")));
        assert_eq!(one["text"]["text"], text);
        let value = one["spans"]
            .as_array()
            .unwrap()
            .iter()
            .find(|span| span["name"] == "value")
            .unwrap();
        assert_eq!(value["text"], "42");
        let before = sent(&service, &person, HEADLINE, Value::Null).await;
        assert_eq!(before["observation"]["value"], 36.0);
        let input =
            json!({ "input": { "key": one["key"], "expectedVersion": 1, "reason": "read" } });
        let accepted = sent(&service, &curator, ACCEPT, input).await;
        assert_eq!(accepted["userErrors"], json!([]), "{accepted}");
        let after = sent(&service, &person, HEADLINE, Value::Null).await;
        assert_eq!(after["observation"]["value"], 42.0);
        // Said again, it is known.
        let again = sent(
            &service,
            &person,
            CORRECT,
            said(text, "https://www.journal.ma/2026/fes?utm=1"),
        )
        .await;
        assert_eq!(
            (&again["proposals"], again["known"].as_array().map(Vec::len)),
            (&json!([]), Some(1)),
            "{again}"
        );
    })
    .await;
}

#[tokio::test]
async fn words_without_a_figure_wait_to_be_read_and_are_accepted_with_what_they_state() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let curator = curator(&database, &service).await;
        let text = "Atlas Contact a quitté la ville.";
        let made = sent(&service, &account(7), CORRECT, said(text, "https://journal.ma/atlas")).await;
        assert_eq!(made["userErrors"], json!([]), "{made}");
        let one = &made["proposals"][0];
        assert_eq!((&one["action"], &one["concept"]), (&json!("READ"), &json!("SOURCE")), "{made}");
        assert_eq!(one["spans"], json!([{ "name": "sentence", "text": text }]));
        // It states nothing that could be accepted as it is.
        let input = json!({ "input": { "key": one["key"], "expectedVersion": 1, "reason": "x" } });
        let (code, message) = refused(&sent(&service, &curator, ACCEPT, input).await);
        assert!(code == "INVALID" && message.contains("amended"), "{code} {message}");
        let amended = json!({ "organisation": { "name": "Atlas Contact", "kind": "COMPANY" } });
        let input = json!({ "input": { "key": one["key"], "expectedVersion": 1, "reason": "read", "amended": amended } });
        let accepted = sent(&service, &curator, ACCEPT, input).await;
        assert_eq!(accepted["userErrors"], json!([]), "{accepted}");
        assert_eq!(accepted["proposal"]["status"], "AMENDED");
        let found = sent(&service, &account(7), "{ organisation(key: \"atlas_contact\") { name source { url publisher } } }", Value::Null).await;
        assert_eq!(found, json!({ "name": "Atlas Contact", "source": { "url": "https://journal.ma/atlas", "publisher": "journal.ma" } }));
        // Of a source that is known nothing would be made; it is read all the same, and can be turned down.
        let made = sent(&service, &account(7), CORRECT, said("Ils sont revenus.", "https://journal.ma/atlas")).await;
        let one = &made["proposals"][0];
        assert_eq!((&one["action"], &one["changes"], &one["newSource"]), (&json!("READ"), &json!([]), &json!([])), "{made}");
        assert_eq!(one["source"]["url"], "https://journal.ma/atlas");
        let input = json!({ "input": { "key": one["key"], "expectedVersion": 1, "reason": "no" } });
        assert_eq!(sent(&service, &curator, REJECT, input).await["userErrors"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_taken_says_what_to_do() {
    let database = testkit::database().await;
    let service = testkit::service_over(&database).await;
    let good = "https://a.ma/";
    for (input, field, code) in [
        (json!({ "text": "x", "url": "" }), "url", "REQUIRED"),
        (json!({ "text": "x", "url": "https://" }), "url", "INVALID"),
        (
            json!({ "text": "x", "url": "javascript:alert(1)" }),
            "url",
            "INVALID",
        ),
        (
            json!({ "text": "x", "url": "https://a.ma/<script>" }),
            "url",
            "INVALID",
        ),
        (json!({ "text": " \n", "url": good }), "text", "REQUIRED"),
        (json!({ "text": "a\u{0}b", "url": good }), "text", "INVALID"),
        (
            json!({ "text": "ف".repeat(4097), "url": good }),
            "text",
            "TOO_LONG",
        ),
        (
            json!({ "text": "x", "url": good, "title": "a\u{202e}b" }),
            "title",
            "INVALID",
        ),
        (
            json!({ "text": "x", "url": good, "reference": "nonsense" }),
            "reference",
            "INVALID",
        ),
        (
            json!({ "text": "x", "url": good, "idempotencyKey": "é" }),
            "idempotencyKey",
            "INVALID",
        ),
    ] {
        let payload = sent(&service, &account(7), CORRECT, json!({ "input": input })).await;
        let error = &payload["userErrors"][0];
        assert_eq!(
            (&error["field"], &error["code"]),
            (&json!(field), &json!(code)),
            "{input}: {payload}"
        );
        assert_eq!(payload["proposals"], json!([]));
    }
    // Nothing of it counts: ten can be said at once, and no more.
    for number in 0..12 {
        let text = format!("Ils sont partis, dit-on ({number} fois).");
        let payload = sent(&service, &account(7), CORRECT, said(&text, good)).await;
        match number {
            0..10 => assert_eq!(payload["userErrors"], json!([]), "{payload}"),
            _ => assert_eq!(refused(&payload).0, "RATE_LIMITED"),
        }
    }
    assert_eq!(
        sent(&service, &account(8), CORRECT, said("x", good)).await["userErrors"],
        json!([])
    );
}

#[tokio::test]
async fn a_figure_is_accepted_with_another_value_or_period_held_to_the_rules() {
    let database = testkit::database().await;
    let service = testkit::service_over(&database).await;
    let curator = curator(&database, &service).await;
    let text = "Il y a 42 centres d'appels à Fès.";
    let made = sent(
        &service,
        &account(7),
        CORRECT,
        said(text, "https://journal.ma/fes"),
    )
    .await;
    let one = &made["proposals"][0];
    assert_eq!(one["action"], "CREATE", "{made}");
    let accept = async |amended: Value, figure: Value| {
        let input = json!({ "input": { "key": one["key"], "expectedVersion": 1, "reason": "read", "amended": amended, "amendedFigure": figure } });
        sent(&service, &curator, ACCEPT, input).await
    };
    for (amended, figure, code) in [
        (Value::Null, json!({}), "REQUIRED"),
        (Value::Null, json!({ "value": -1.0 }), "INVALID"),
        (Value::Null, json!({ "value": 42.5 }), "INVALID"),
        (figure(1.0), json!({ "value": 43.0 }), "INVALID"),
    ] {
        let payload = accept(amended, figure.clone()).await;
        assert_eq!(refused(&payload).0, code, "{figure}: {payload}");
    }
    let accepted = accept(Value::Null, json!({ "value": 43.0, "period": "2025" })).await;
    assert_eq!(accepted["userErrors"], json!([]), "{accepted}");
    assert_eq!(accepted["proposal"]["status"], "AMENDED");
    let document = format!(
        "{{ observation(key: {}) {{ value period periodBasis note source {{ url }} }} }}",
        one["factKey"]
    );
    let found = sent(&service, &account(7), &document, Value::Null).await;
    assert_eq!(
        found,
        json!({ "value": 43.0, "period": "2025", "periodBasis": "STATED", "note": null, "source": { "url": "https://journal.ma/fes" } })
    );
}

#[tokio::test]
async fn sent_again_with_its_key_it_is_made_once() {
    let database = testkit::database().await;
    let service = testkit::service_over(&database).await;
    let input = json!({ "input": { "text": "Ils sont partis.", "url": "https://a.ma/", "idempotencyKey": "once" } });
    let first = sent(&service, &account(7), CORRECT, input.clone()).await;
    let again = sent(&service, &account(7), CORRECT, input).await;
    assert_eq!(first["proposals"][0]["key"], again["proposals"][0]["key"]);
}
