//! Files of facts over the API: a dry run tells what would change, then all of it is written or nothing, once.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use store::audit_entry::{self, Wanted};

use crate::curation::*;

pub const IMPORT: &str = "mutation I($input: ImportFactsInput!) { importFacts(input: $input) {
    written revision tables { table rows new changed same refused }
    changes { concept factKey change place changes { field before after } } changeCount
    problems { line column cell value message } problemCount userErrors { field code message } } }";

/// An event that is known, moved by a day, and one that is new.
pub fn events() -> String {
    let row = |key: &str, name: &str, day: &str| {
        json!({ "table": "events", "key": key, "name_fr": name, "date": day, "territory_code": "03.231", "organiser_keys": [], "source_key": "journaleco_2020" })
            .to_string()
    };
    format!(
        "{}\n{}\n",
        row("salon_a", "Salon A", "2026-10-01"),
        row("salon_b", "Salon B", "2026-10-02")
    )
}

/// What is sent so that it is written.
pub fn written(name: &str, text: &str, revision: &Value, more: Value) -> Value {
    let mut input = json!({ "name": name, "content": { "text": text }, "dryRun": false, "expectedRevision": revision, "reason": "the organisers say so" });
    let more = more.as_object().expect("fields").clone();
    input.as_object_mut().expect("fields").extend(more);
    json!({ "input": input })
}

fn dry(name: &str, content: Value) -> Value {
    json!({ "input": { "name": name, "content": content } })
}

#[tokio::test]
async fn a_file_is_tried_then_taken_once() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let curator = curator(&database, &service).await;
        let entries = async || audit_entry::count(&database.store, &Wanted::default()).await.unwrap();
        let before = entries().await;
        // A dry run is what is done when nothing is said.
        let tried = sent(&service, &curator, IMPORT, dry("spring.jsonl", json!({ "text": events() }))).await;
        assert_eq!((&tried["written"], &tried["userErrors"], &tried["problemCount"]), (&json!(false), &json!([]), &json!(0)), "{tried}");
        assert_eq!(tried["tables"], json!([{ "table": "events", "rows": 2, "new": 2, "changed": 0, "same": 0, "refused": 0 }]));
        assert_eq!((&tried["changeCount"], &tried["changes"][1]["factKey"], &tried["changes"][1]["place"]), (&json!(2), &json!("salon_b"), &json!("spring.jsonl, line 2")));
        assert_eq!(entries().await, before, "{}", database.kind());

        let input = written("spring.jsonl", &events(), &tried["revision"], json!({ "idempotencyKey": "spring" }));
        let taken = sent(&service, &curator, IMPORT, input.clone()).await;
        assert_eq!((&taken["written"], &taken["userErrors"], &taken["changeCount"]), (&json!(true), &json!([]), &json!(2)), "{taken}");
        assert_eq!(entries().await, before + 2);
        let shown = sent(&service, &curator, "{ event(key: \"salon_b\") { date } }", Value::Null).await;
        assert_eq!(shown["date"], "2026-10-02");
        let history = "{ history(fact: { concept: EVENT, key: \"salon_a\" }) { nodes { reason } } }";
        let history = sent(&service, &somebody(1, None), history, Value::Null).await;
        assert_eq!(history["nodes"][0]["reason"], "import of spring.jsonl: the organisers say so");
        let health = sent(&service, &curator, "{ dataHealth { lastImport { revision } } }", Value::Null).await;
        assert_eq!(health["lastImport"]["revision"], taken["revision"]);

        // The same request again tells what it wrote; another under its key is refused.
        let again = sent(&service, &curator, IMPORT, input).await;
        let facts = |payload: &Value| payload["changes"].as_array().unwrap().iter().map(|change| (change["factKey"].clone(), change["changes"].clone())).collect::<Vec<_>>();
        assert_eq!((&again["written"], &again["revision"], facts(&again)), (&json!(true), &taken["revision"], facts(&taken)), "{again}");
        let other = written("spring.jsonl", "", &taken["revision"], json!({ "idempotencyKey": "spring" }));
        assert_eq!(refused(&sent(&service, &curator, IMPORT, other).await).0, "CONFLICT");
        // Whoever looked before others wrote looks again.
        let later = events().replace("2026-10-02", "2026-10-03");
        let stale = sent(&service, &curator, IMPORT, written("spring.jsonl", &later, &tried["revision"], json!({}))).await;
        assert_eq!(refused(&stale).0, "CONFLICT", "{stale}");
        assert_eq!(entries().await, before + 2);
        let moved = sent(&service, &curator, IMPORT, written("spring.jsonl", &later, &taken["revision"], json!({}))).await;
        assert_eq!(moved["changes"][0]["changes"], json!([{ "field": "heldOn", "before": "2026-10-02", "after": "2026-10-03" }]), "{moved}");
        assert_eq!((&moved["tables"][0]["same"], &moved["tables"][0]["changed"]), (&json!(1), &json!(1)));
        // What says nothing new leaves nothing behind.
        let same = sent(&service, &curator, IMPORT, written("spring.jsonl", &later, &moved["revision"], json!({}))).await;
        assert_eq!((&same["written"], &same["revision"], &same["changeCount"]), (&json!(true), &moved["revision"], &json!(0)), "{same}");
        assert_eq!(entries().await, before + 3);
    })
    .await;
}

#[tokio::test]
async fn one_wrong_row_keeps_all_of_it_out() {
    let database = testkit::database().await;
    let service = testkit::service_over(&database).await;
    let curator = curator(&database, &service).await;
    let revision = database.store.data_revision().await.unwrap().to_string();
    let wrong = events().replace("2026-10-02", "October");
    for input in [
        dry("spring.jsonl", json!({ "text": wrong })),
        written("spring.jsonl", &wrong, &json!(revision), json!({})),
    ] {
        let told = sent(&service, &curator, IMPORT, input.clone()).await;
        assert_eq!(
            (&told["written"], &told["problemCount"]),
            (&json!(false), &json!(1)),
            "{told}"
        );
        let problem = &told["problems"][0];
        assert_eq!(
            (&problem["line"], &problem["column"], &problem["value"]),
            (&json!(2), &json!("date"), &json!("October")),
            "{problem}"
        );
        assert_eq!(
            told["userErrors"] == json!([]),
            input["input"]["dryRun"].is_null(),
            "{told}"
        );
    }
    let shown = sent(
        &service,
        &curator,
        "{ event(key: \"salon_a\") { date } }",
        Value::Null,
    )
    .await;
    assert_eq!(shown, Value::Null);
    // What comes with the shipped data is taken as it is, and not otherwise.
    let table = std::fs::read_to_string(testkit::data().join("activities.csv")).expect("a table");
    let told = sent(
        &service,
        &curator,
        IMPORT,
        dry("activities.csv", json!({ "text": table })),
    )
    .await;
    assert_eq!(
        (
            &told["problemCount"],
            &told["changeCount"],
            &told["tables"][0]["changed"]
        ),
        (&json!(0), &json!(0), &json!(0)),
        "{told}"
    );
    let row = table.lines().last().expect("a row");
    let key = row.split(',').next().expect("a key");
    let told = sent(
        &service,
        &curator,
        IMPORT,
        dry(
            "activities.csv",
            json!({ "text": table.replace(row, &row.replace(key, "made_up")) }),
        ),
    )
    .await;
    assert_eq!(
        (
            &told["problemCount"],
            &told["changeCount"],
            &told["tables"][0]["refused"]
        ),
        (&json!(1), &json!(0), &json!(1)),
        "{told}"
    );
    assert!(
        told["problems"][0]["message"]
            .as_str()
            .unwrap()
            .contains("shipped data"),
        "{told}"
    );
    assert_eq!(
        database.store.data_revision().await.unwrap().to_string(),
        revision
    );
}

#[tokio::test]
async fn a_workbook_is_read_cell_by_cell() {
    let database = testkit::empty().await;
    testkit::small::fill(&database.store).await;
    let service = testkit::service_over(&database).await;
    let curator = curator(&database, &service).await;
    let options = import::Options {
        now: chrono::Utc::now(),
        progress: None,
    };
    let home = tempfile::tempdir().expect("a folder");
    let path = home.path().join("facts.xlsx");
    let export = import::export(&database.store, &options)
        .await
        .expect("read");
    export
        .to_file(&path, import::Format::Xlsx)
        .expect("a workbook");
    let workbook = STANDARD.encode(std::fs::read(&path).expect("bytes"));
    let content = json!({ "base64": workbook });
    let told = sent(&service, &curator, IMPORT, dry("facts.xlsx", content)).await;
    // The two territories of this database stand under no country.
    assert_eq!(
        (&told["problems"][0]["cell"], &told["changeCount"]),
        (&json!("territories!C2"), &json!(0)),
        "{told}"
    );
    let tables = told["tables"].as_array().expect("tables");
    assert!(
        tables
            .iter()
            .any(|table| table["table"] == "observations" && table["same"] == 1),
        "{told}"
    );
}

#[tokio::test]
async fn what_is_no_file_is_refused_and_others_learn_nothing() {
    let database = testkit::database().await;
    let service = testkit::service_over(&database).await;
    let curator = curator(&database, &service).await;
    let text = |text: &str| json!({ "text": text });
    let many = "x\n".repeat(6_000);
    for (name, content, more, field, code) in [
        ("facts.xls", text(""), json!({}), "name", "INVALID"),
        ("sites.csv.gz", text(""), json!({}), "name", "INVALID"),
        ("", text(""), json!({}), "name", "REQUIRED"),
        (
            "facts.xlsx",
            json!({ "base64": "not at all" }),
            json!({}),
            "content.base64",
            "INVALID",
        ),
        (
            "facts.jsonl",
            text(&"\n".repeat((1 << 20) + 1)),
            json!({}),
            "content",
            "TOO_LONG",
        ),
        (
            "events.csv",
            text(&format!(
                "key,name_fr,date,territory_code,organiser_keys,source_key\n{}",
                many.replace('x', "a,b,2020,03.231,,journaleco_2020")
            )),
            json!({}),
            "content",
            "TOO_LONG",
        ),
        (
            "facts.jsonl",
            text(""),
            json!({ "dryRun": false, "reason": "x" }),
            "expectedRevision",
            "REQUIRED",
        ),
        (
            "facts.jsonl",
            text(""),
            json!({ "dryRun": false, "reason": "x", "expectedRevision": "newest" }),
            "expectedRevision",
            "INVALID",
        ),
        (
            "facts.jsonl",
            text(""),
            json!({ "dryRun": false, "expectedRevision": "1" }),
            "reason",
            "REQUIRED",
        ),
        (
            "facts.jsonl",
            text(""),
            json!({ "idempotencyKey": "a b" }),
            "idempotencyKey",
            "INVALID",
        ),
    ] {
        let mut input = dry(name, content);
        input["input"]
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        let told = sent(&service, &curator, IMPORT, input).await;
        assert_eq!(
            (
                told["userErrors"][0]["field"].as_str(),
                told["userErrors"][0]["code"].as_str(),
                &told["written"]
            ),
            (Some(field), Some(code), &json!(false)),
            "{name}: {told}"
        );
    }
    // Nobody else learns anything of it, not even whether the file is right.
    let partner = holder(&database, &service, "read,export").await;
    for (call, code) in [
        (&somebody(1, None), "UNAUTHENTICATED"),
        (&partner, "FORBIDDEN"),
    ] {
        let told = raw(&service, call, IMPORT, dry("facts.jsonl", text("{"))).await;
        assert_eq!(told["errors"][0]["extensions"]["code"], code, "{told}");
        assert_eq!(told["data"], Value::Null);
    }
}
