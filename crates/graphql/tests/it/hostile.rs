//! What nobody means well by: each is refused with what to mend, and nothing is written.

use serde_json::{Value, json};

use crate::curation::*;

/// A proposal of an organisation with one field as somebody hostile writes it.
fn organisation(field: &str, value: Value) -> Value {
    let mut fact = json!({ "key": "hostile", "name": "Hostile", "kind": "COMPANY", "source": "journaleco_2020" });
    fact[field] = value;
    json!({ "organisation": fact })
}

fn observation(field: &str, value: Value) -> Value {
    let mut fact = figure(41.0);
    fact["observation"][field] = value;
    fact
}

#[tokio::test]
async fn nothing_that_hurts_is_taken() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let curator = curator(&database, &service).await;
        let share = |value: f64| json!({ "observation": { "indicator": "offshoring_job_share_national", "territory": "03", "value": value, "unit": "percent", "qualifier": "EXACT", "source": "journaleco_2020" } });
        let rank = |value: f64| json!({ "observation": { "indicator": "employer_rank_city", "territory": "03.231", "value": value, "qualifier": "EXACT", "source": "journaleco_2020" } });
        for (fact, code, field) in [
            (organisation("name", json!("x\u{0}y")), "INVALID", "name"),
            (organisation("name", json!("abc\u{202e}cba")), "INVALID", "name"),
            (organisation("name", json!("\u{2066}abc")), "INVALID", "name"),
            (organisation("name", json!("a\nb")), "INVALID", "name"),
            (organisation("name", json!("\u{1b}[2J")), "INVALID", "name"),
            (organisation("name", json!("  ")), "REQUIRED", "name"),
            (organisation("name", json!("x".repeat(301))), "TOO_LONG", "name"),
            (organisation("summaryFr", json!("x".repeat(2_001))), "TOO_LONG", "summaryFr"),
            (organisation("aliases", json!(vec!["x"; 101])), "TOO_LONG", "aliases"),
            (organisation("website", json!("javascript:alert(1)")), "INVALID", "website"),
            (organisation("website", json!("data:text/html,x")), "INVALID", "website"),
            (organisation("website", json!("ftp://example.ma")), "INVALID", "website"),
            (organisation("website", json!("https://example.ma/\" onclick=\"x")), "INVALID", "website"),
            (organisation("countryOfOrigin", json!("XX")), "INVALID", "countryOfOrigin"),
            (organisation("key", json!("../etc/passwd")), "INVALID", "key"),
            (organisation("key", json!("a:b")), "INVALID", "key"),
            (organisation("key", json!("x".repeat(161))), "INVALID", "key"),
            (organisation("source", json!("nobody_said_so")), "NOT_FOUND", ""),
            (organisation("source", Value::Null), "REQUIRED", "source"),
            (organisation("parent", json!("nobody_at_all")), "NOT_FOUND", ""),
            (organisation("parent", json!("'; DROP TABLE proposals; --")), "INVALID", "parent"),
            (observation("indicator", json!("no_such_thing")), "NOT_FOUND", "indicator"),
            (observation("territory", json!("99.999")), "NOT_FOUND", ""),
            (observation("value", json!(-1)), "INVALID", "value"),
            (observation("value", json!(4.5)), "INVALID", "value"),
            (observation("value", json!(1e300)), "INVALID", "value"),
            (observation("valueMax", json!(1)), "INVALID", "valueMax"),
            (observation("unit", json!("MAD")), "INVALID", "unit"),
            (observation("periodBasis", Value::Null), "REQUIRED", "periodBasis"),
            (observation("scope", json!("x\u{200b}\u{202a}")), "INVALID", "scope"),
            (share(101.0), "INVALID", "value"),
            (share(-0.1), "INVALID", "value"),
            (rank(0.0), "INVALID", "value"),
            (rank(1.5), "INVALID", "value"),
            (json!({ "site": { "organisation": "apebi", "territory": "03.231", "headcountObservation": "no.such.figure", "source": "journaleco_2020" } }), "NOT_FOUND", ""),
            (json!({ "incentive": { "titleFr": "x", "territory": "03", "kind": "GRANT", "amount": 5, "source": "journaleco_2020" } }), "REQUIRED", "unit"),
            (json!({ "source": { "kind": "PRESS", "publisher": "x", "title": "x", "url": "javascript:alert(document.cookie)" } }), "INVALID", "url"),
            (json!({ "source": { "kind": "PRESS", "publisher": "x", "title": "x", "url": "https:///etc/passwd" } }), "INVALID", "url"),
        ] {
            let made = sent(&service, &curator, PROPOSE, proposal(fact.clone())).await;
            assert_eq!(refused(&made).0, code, "{fact} on {}: {made}", database.kind());
            let place = made["userErrors"][0]["field"].as_str().unwrap_or_default();
            assert!(place.ends_with(field) && place.is_empty() == field.is_empty(), "{fact}: {place}");
        }
        // What is no value of its type never reaches us.
        for fact in [
            observation("value", json!("NaN")),
            observation("value", Value::Null),
            observation("period", json!("2019-13")),
            observation("qualifier", json!("SURE")),
            json!({}),
            json!({ "observation": figure(1.0)["observation"], "organisation": organisation("name", json!("x"))["organisation"] }),
            json!({ "organisation": { "name": "x", "kind": "COMPANY", "source": "journaleco_2020", "isAdmin": true } }),
            json!({ "territory": { "key": "x" } }),
        ] {
            let answer = raw(&service, &curator, PROPOSE, proposal(fact.clone())).await;
            assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{fact}: {answer}");
        }
        let mut inputs = Vec::new();
        let with = |field: &str, value: Value| {
            let mut input = json!({ "proposals": [{ "fact": figure(41.0) }] });
            input[field] = value;
            json!({ "input": input })
        };
        let with_text = |text: Value, spans: Value| json!({ "input": { "text": text, "proposals": [{ "fact": figure(41.0), "spans": spans }] } });
        let span = |start: u32, end: u32| json!([{ "name": "value", "start": start, "end": end }]);
        let text = json!({ "text": "près de 41" });
        inputs.push(("INVALID", with("proposals", json!([]))));
        inputs.push(("INVALID", with("proposals", json!(vec![json!({ "fact": figure(1.0) }); 101]))));
        inputs.push(("REQUIRED", with("proposals", json!([{ "note": "nothing" }]))));
        inputs.push(("REQUIRED", with("proposals", json!([{ "fact": figure(1.0), "retract": { "concept": "OBSERVATION", "key": FIGURE }, "note": "both" }]))));
        inputs.push(("REQUIRED", with("proposals", json!([{ "retract": { "concept": "OBSERVATION", "key": FIGURE } }]))));
        inputs.push(("NOT_FOUND", with("proposals", json!([{ "retract": { "concept": "OBSERVATION", "key": "no.such.figure" }, "note": "x" }]))));
        inputs.push(("INVALID", with("proposals", json!([{ "retract": { "concept": "TERRITORY", "key": "03" }, "note": "x" }]))));
        inputs.push(("INVALID", with("idempotencyKey", json!("a\u{0}b"))));
        inputs.push(("INVALID", with("idempotencyKey", json!("x".repeat(129)))));
        inputs.push(("TOO_LONG", with_text(json!({ "text": "x".repeat(256 * 1024 + 1) }), json!([]))));
        inputs.push(("INVALID", with_text(json!({ "text": "a\u{0}b" }), json!([]))));
        inputs.push(("INVALID", with_text(json!({ "text": "a", "url": "javascript:alert(1)" }), json!([]))));
        for (start, end) in [(0, 12), (5, 5), (7, 3), (2, 3), (4_294_967_295, 4_294_967_295)] {
            inputs.push(("INVALID", with_text(text.clone(), span(start, end))));
        }
        inputs.push(("INVALID", json!({ "input": { "proposals": [{ "fact": figure(41.0), "spans": span(0, 1) }] } })));
        inputs.push(("TOO_LONG", with_text(text.clone(), json!(vec![json!({ "name": "value", "start": 0, "end": 1 }); 33]))));
        inputs.push(("INVALID", with_text(text.clone(), json!([{ "name": "<script>", "start": 0, "end": 1 }]))));
        for (code, input) in inputs {
            let made = sent(&service, &curator, PROPOSE, input.clone()).await;
            let shown: String = input.to_string().chars().take(300).collect();
            assert_eq!(refused(&made).0, code, "{shown}: {made}");
        }
        let spans: Vec<_> = (0..10_000).map(|_| json!({ "name": "value", "start": 0, "end": 1 })).collect();
        let started = std::time::Instant::now();
        let answer = raw(&service, &curator, PROPOSE, with_text(text, json!(spans))).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "TOO_COMPLEX", "{answer}");
        assert!(started.elapsed().as_millis() < 500);
        // A stranger's text is short, and whoever shows no key decides nothing.
        let long = json!({ "input": { "text": { "text": "x".repeat(8 * 1024 + 1) }, "proposals": [{ "fact": figure(41.0) }] } });
        assert_eq!(refused(&sent(&service, &somebody(1, None), PROPOSE, long).await).0, "TOO_LONG");
        // Nor does a key that cannot be one break anything.
        for document in [
            "{ history(fact: { concept: PARK, key: \"\\u0000\" }) { totalCount nodes { version } } }",
            "{ history(fact: { concept: OBSERVATION, key: \"\\u0000\" }) { totalCount nodes { version } } }",
            "{ proposal(key: \"\\u0000\") { key } }",
            "{ proposals(filter: { text: \"\\u0000\" }) { totalCount } }",
            "{ conflicts(filter: { indicator: \"\\u0000\" }) { totalCount } }",
            "mutation { retract(input: { fact: { concept: PARK, key: \"\\u0000\" }, expectedVersion: 1, reason: \"x\" }) { userErrors { code } } }",
            "{ park(key: \"\\u0000\") { key } }",
        ] {
            let answer = raw(&service, &curator, document, Value::Null).await;
            assert!(!answer.to_string().contains("INTERNAL"), "{document} on {}: {answer}", database.kind());
        }
        // Not a trace of all that.
        let waiting = sent(&service, &curator, "{ proposals { totalCount } }", Value::Null).await;
        assert_eq!(waiting["totalCount"], 0);
        assert_eq!(database.store.data_revision().await.unwrap(), 1);
    })
    .await;
}
