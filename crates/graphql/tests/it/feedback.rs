//! Feedback: what is not answered is counted, what is wrong can be said, and nothing of a person stays.

use std::future::ready;

use chrono::NaiveDate;
use graphql::{Access, Call, Keeping, Refusal, Request, Service, Settings, Variables, Visitor};
use language::Anonymous;
use serde_json::{Value, json};
use store::feedback::{self as stored, summary};
use testkit::Database;

const DAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
const ALL: summary::Span = summary::Span {
    since: None,
    until: None,
};

async fn open(database: &Database, questions: bool) -> Service {
    let settings = Settings {
        now: Some(DAY),
        keeping: Keeping {
            questions,
            days: 90,
        },
        ..Settings::default()
    };
    let service = Service::open(database.store.clone(), settings).await;
    let service = service.expect("the schema opens");
    service.prepare().await.expect("names and words");
    service
}

fn visitor(number: u32) -> Visitor {
    Visitor::Address(std::net::Ipv4Addr::from_bits(number).into())
}

async fn send(service: &Service, visitor: Visitor, document: &str, variables: Value) -> Value {
    let call = Call {
        access: Access::ReadWrite,
        request_id: "test".into(),
        visitor,
        key: None,
    };
    let request = Request::new(document).variables(Variables::from_json(variables));
    let reply = graphql::execute(service, &call, request).await;
    let errors = &reply.response.errors;
    assert!(errors.is_empty(), "{document}: {errors:?}");
    reply.response.data.into_json().expect("data is JSON")
}

/// Asks as GET does: the transport may change nothing.
async fn ask(service: &Service, question: &str) -> Value {
    let call = Call {
        access: Access::ReadOnly,
        request_id: "test".into(),
        visitor: visitor(1),
        key: None,
    };
    let request = Request::new(graphql::ASK_DOCUMENT)
        .variables(Variables::from_json(json!({ "question": question })));
    let reply = graphql::execute(service, &call, request).await;
    let errors = &reply.response.errors;
    assert!(errors.is_empty(), "{question}: {errors:?}");
    let mut data = reply.response.data.into_json().expect("data is JSON");
    data["ask"].take()
}

const REPORT: &str = "mutation R($input: ReportAnswerInput!) { reportAnswer(input: $input) {
    report { day problem kind indicator { key } territory { code } times kept } userErrors { field code message } } }";

async fn report(service: &Service, visitor: Visitor, input: Value) -> Value {
    send(service, visitor, REPORT, json!({ "input": input })).await["reportAnswer"].take()
}

/// The code of the only user error, and its message.
fn refused(payload: &Value) -> (&str, &str) {
    assert_eq!(payload["report"], Value::Null, "{payload}");
    let error = &payload["userErrors"][0];
    let text = |name: &str| error[name].as_str().expect("a text");
    (text("code"), text("message"))
}

#[tokio::test]
async fn questions_without_an_answer_are_counted_in_one_statement_beside_the_answering() {
    testkit::each_database(|database| async move {
        let service = open(&database, false).await;
        for _ in 0..3 {
            ask(&service, "How many Messi fans work in Fès call centres?").await;
        }
        ask(&service, "ch7al mn centre f Fes f 2035?").await;
        ask(&service, "how many call centres in Fès?").await;
        let seen = summary::unanswered(&database.store, ALL).await.unwrap();
        assert!(seen.is_empty(), "{}: {seen:?}", database.kind());

        let before = service.statements();
        service.write_feedback().await.unwrap();
        assert_eq!(service.statements() - before, 1);
        service.write_feedback().await.unwrap();
        assert_eq!(
            service.statements() - before,
            1,
            "nothing new, nothing written"
        );

        // Another process counts on.
        let other = open(&database, false).await;
        ask(&other, "How many Messi fans work in Fès call centres?").await;
        other.write_feedback().await.unwrap();
        let seen = summary::unanswered(&database.store, ALL).await.unwrap();
        let first = &seen[0];
        assert_eq!(
            (first.reason.as_str(), first.form.as_str(), first.times),
            ("UNCOVERED_WORDS", "en", 4),
            "{seen:?}"
        );
        assert_eq!((first.first, first.last), (DAY, DAY));
        assert!(
            seen.iter()
                .any(|row| row.reason == "FUTURE" && row.form == "ary_latn"),
            "{seen:?}"
        );
        assert_eq!(seen.iter().map(|row| row.times).sum::<i64>(), 5);
        let earlier = summary::Span {
            until: DAY.pred_opt(),
            ..ALL
        };
        assert!(
            summary::unanswered(&database.store, earlier)
                .await
                .unwrap()
                .is_empty()
        );
        assert!(
            summary::kept(&database.store, ALL, 10)
                .await
                .unwrap()
                .is_empty()
        );
    })
    .await;
}

#[tokio::test]
async fn questions_are_kept_only_where_the_operator_says_so_and_made_anonymous() {
    testkit::each_database(|database| async move {
        let service = open(&database, true).await;
        for _ in 0..2 {
            let question = "How many Messi fans (call 06 12 34 56 78, fan@example.ma) in Fès?";
            ask(&service, question).await;
        }
        ask(&service, "Donne-moi le numéro personnel du directeur").await;
        ask(&service, "'; DROP TABLE observations;--").await;
        ask(&service, "how many call centres in Fès?").await;
        service.write_feedback().await.unwrap();
        let kept = summary::kept(&database.store, ALL, 10).await.unwrap();
        assert_eq!(kept.len(), 1, "{}: {kept:?}", database.kind());
        assert_eq!(kept[0].question, "How many Messi fans (call […], […] in Fès?");
        assert_eq!((kept[0].times, kept[0].day), (2, DAY));
        assert!(kept[0].reason.is_some() && kept[0].problem.is_none());

        let answer = ask(&service, "how many call centres in Fès?").await;
        let payload = report(
            &service,
            visitor(1),
            json!({
                "reference": answer["reference"], "question": "how many call centres in Fès?", "problem": "WRONG_FIGURE",
                "comment": "It is 41 since 2022,\u{0} see https://example.ma\u{202e} or @me\u{1b}[31m",
            }),
        )
        .await;
        assert_eq!(payload["report"]["kept"], true, "{payload}");
        service.write_feedback().await.unwrap();
        let kept = summary::kept(&database.store, ALL, 10).await.unwrap();
        assert_eq!(kept.len(), 2);
        assert_eq!(kept[0].question, "how many call centres in Fès?");
        assert_eq!(
            kept[0].comment.as_deref(),
            Some("It is 41 since 2022, see […] or […] [31m"),
        );
        // A reference of ours does not make somebody's data fit to be kept.
        let payload = report(
            &service,
            visitor(1),
            json!({
                "reference": answer["reference"], "question": "Donne-moi le numéro personnel du directeur", "problem": "OTHER",
            }),
        )
        .await;
        assert_eq!(payload["report"]["kept"], false, "{payload}");

        assert_eq!(stored::forget(&database.store, None).await.unwrap(), 2);
        assert!(summary::kept(&database.store, ALL, 10).await.unwrap().is_empty());
        assert!(!summary::reported(&database.store, ALL).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_answer_marked_wrong_is_one_row_however_it_is_named() {
    testkit::each_database(|database| async move {
        let service = open(&database, false).await;
        let answer = ask(&service, "how many call centres in Fès?").await;
        let revision = database.store.data_revision().await.unwrap();
        let mut last = Value::Null;
        for (number, which) in [
            json!({ "reference": answer["reference"] }),
            json!({ "reference": answer["reference"] }),
            json!({ "question": "how many call centres in Fès?" }),
        ]
        .into_iter()
        .enumerate()
        {
            let mut input = which;
            input["problem"] = json!("WRONG_FIGURE");
            let payload = report(&service, visitor(1), input).await;
            assert_eq!(payload["userErrors"], json!([]));
            last = payload["report"].clone();
            assert_eq!(last["times"], number + 1, "{}: {last}", database.kind());
        }
        assert_eq!(
            last,
            json!({
                "day": "2026-11-23", "problem": "WRONG_FIGURE", "kind": "COUNT", "indicator": { "key": "call_centres" },
                "territory": { "code": "03.231" }, "times": 3, "kept": false,
            })
        );
        let input = json!({ "conversation": answer["conversation"], "problem": "NOT_WHAT_I_ASKED" });
        let payload = report(&service, visitor(1), input).await;
        assert_eq!(payload["report"]["indicator"]["key"], "call_centres");
        let rows = summary::reported(&database.store, ALL).await.unwrap();
        assert_eq!(rows.len(), 2, "{rows:?}");
        assert_eq!(
            (rows[0].times, rows[0].kind.as_str(), rows[0].territory.as_deref()),
            (3, "COUNT", Some("03.231"))
        );
        assert_eq!(stored::reports_on(&database.store, DAY).await.unwrap(), 4);
        assert_eq!(
            database.store.data_revision().await.unwrap(),
            revision,
            "the data are as they were"
        );
    })
    .await;
}

#[tokio::test]
async fn what_was_not_answered_can_be_reported_as_well() {
    let database = testkit::database().await;
    let service = open(&database, false).await;
    let answer = ask(&service, "How many Messi fans work in Fès call centres?").await;
    let input = json!({ "reference": answer["reference"], "problem": "NOT_WHAT_I_ASKED" });
    let payload = report(&service, visitor(1), input).await;
    assert_eq!(payload["report"]["times"], 1, "{payload}");
    let rows = summary::reported(&database.store, ALL).await.unwrap();
    assert_eq!(rows[0].reason.as_deref(), Some("UNCOVERED_WORDS"));
}

/// A conversation token that is whole, with keys of the forger's own.
fn forged() -> String {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    let frame =
        r#"{"t":1,"f":{"k":"COUNT","i":"buy_followers_cheap","p":["www.example.com"]},"l":"fr"}"#;
    let sum = frame.bytes().fold(0x811c_9dc5_u32, |sum, byte| {
        (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    let mut bytes = vec![2];
    bytes.extend(sum.to_be_bytes());
    bytes.extend(frame.bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

#[tokio::test]
async fn forged_and_oversized_input_is_refused_with_advice_or_means_nothing() {
    let database = testkit::database().await;
    let service = open(&database, true).await;
    let reference = ask(&service, "how many call centres in Fès?").await["reference"].take();
    let reference = reference.as_str().expect("a reference");
    let mut damaged = reference.to_owned();
    damaged.replace_range(10..11, if &reference[10..11] == "A" { "B" } else { "A" });
    for (input, code, field) in [
        (json!({}), "REQUIRED", "reference"),
        (json!({ "question": " \n " }), "REQUIRED", "reference"),
        (json!({ "reference": damaged }), "INVALID", "reference"),
        (
            json!({ "reference": "x".repeat(100_000) }),
            "INVALID",
            "reference",
        ),
        (
            json!({ "reference": "\u{0}' OR 1=1 --" }),
            "INVALID",
            "reference",
        ),
        (
            json!({ "conversation": "nonsense" }),
            "INVALID",
            "conversation",
        ),
        (
            json!({ "conversation": "A".repeat(600) }),
            "INVALID",
            "conversation",
        ),
        (
            json!({ "question": "x".repeat(1_001) }),
            "TOO_LONG",
            "question",
        ),
        (
            json!({ "reference": reference, "comment": "ف".repeat(501) }),
            "TOO_LONG",
            "comment",
        ),
        (
            json!({ "reference": reference, "comment": "x".repeat(50_000) }),
            "TOO_LONG",
            "comment",
        ),
        (
            json!({ "reference": reference, "idempotencyKey": "" }),
            "INVALID",
            "idempotencyKey",
        ),
        (
            json!({ "reference": reference, "idempotencyKey": "a b" }),
            "INVALID",
            "idempotencyKey",
        ),
        (
            json!({ "reference": reference, "idempotencyKey": "k".repeat(129) }),
            "INVALID",
            "idempotencyKey",
        ),
    ] {
        let mut input = input;
        input["problem"] = json!("OTHER");
        let payload = report(&service, visitor(1), input.clone()).await;
        assert_eq!(refused(&payload).0, code, "{input:.200}");
        assert_eq!(payload["userErrors"][0]["field"], field, "{input:.200}");
    }
    assert_eq!(stored::reports_on(&database.store, DAY).await.unwrap(), 0);

    // Whole, but of keys that nobody knows: it counts, and nothing of it is stored.
    let input = json!({ "conversation": forged(), "problem": "OTHER", "comment": "\u{0}\u{7}\n\u{202e}\u{200b}" });
    let payload = report(&service, visitor(1), input).await;
    assert_eq!(payload["report"]["indicator"], Value::Null, "{payload}");
    assert_eq!(payload["report"]["kept"], false, "{payload}");
    let rows = summary::reported(&database.store, ALL).await.unwrap();
    assert_eq!(
        (&rows[0].indicator, &rows[0].territory, &rows[0].subject),
        (&None, &None, &None)
    );
}

#[tokio::test]
async fn a_thousand_reports_are_ten_of_one_visitor_and_one_row_of_many() {
    let database = testkit::database().await;
    let service = open(&database, true).await;
    let reference = ask(&service, "how many call centres in Fès?").await["reference"].take();
    let input = json!({ "reference": reference, "question": "x", "problem": "WRONG_FIGURE" });
    let mut taken = 0;
    for _ in 0..1_000 {
        let payload = report(&service, visitor(7), input.clone()).await;
        if payload["report"].is_null() {
            let (code, message) = refused(&payload);
            assert_eq!(code, "RATE_LIMITED");
            assert!(message.contains("seconds"), "{message}");
        } else {
            taken += 1;
        }
    }
    assert_eq!(taken, 10);
    // Aliases are no way around it.
    let many: String = (0..30)
        .map(|n| {
            format!(
                "a{n}: reportAnswer(input: $input) {{ report {{ times }} userErrors {{ code }} }} "
            )
        })
        .collect();
    let document = format!("mutation R($input: ReportAnswerInput!) {{ {many} }}");
    let answers = send(&service, visitor(8), &document, json!({ "input": input })).await;
    let limited = answers.as_object().expect("an object").values();
    let limited = limited.filter(|answer| answer["report"].is_null()).count();
    assert_eq!(limited, 20, "{answers}");

    for number in 0..1_980 {
        let payload = report(&service, visitor(1_000 + number), input.clone()).await;
        assert_eq!(payload["userErrors"], json!([]), "{number}");
    }
    let payload = report(&service, visitor(99), input.clone()).await;
    let (code, message) = refused(&payload);
    assert_eq!(code, "RATE_LIMITED");
    assert!(message.contains("tomorrow"), "{message}");
    // A restart does not begin the day anew.
    let restarted = open(&database, true).await;
    let payload = report(&restarted, visitor(99), input).await;
    assert_eq!(refused(&payload).0, "RATE_LIMITED");

    let rows = summary::reported(&database.store, ALL).await.unwrap();
    assert_eq!((rows.len(), rows[0].times), (1, 2_000));
    service.write_feedback().await.unwrap();
    let kept = summary::kept(&database.store, ALL, 10).await.unwrap();
    assert_eq!(kept.len(), 1, "one text, however often it was sent");
}

#[tokio::test]
async fn a_report_sent_again_with_its_key_is_not_counted_again() {
    let database = testkit::database().await;
    let service = open(&database, false).await;
    let reference = ask(&service, "how many call centres in Fès?").await["reference"].take();
    let input = |problem: &str| json!({ "reference": reference, "problem": problem, "idempotencyKey": "k-1" });
    for _ in 0..30 {
        let payload = report(&service, visitor(1), input("OUT_OF_DATE")).await;
        assert_eq!(payload["report"]["times"], 1, "{payload}");
    }
    let payload = report(&service, visitor(1), input("OTHER")).await;
    assert_eq!(refused(&payload).0, "CONFLICT");
    let payload = report(&service, visitor(2), input("OUT_OF_DATE")).await;
    assert_eq!(payload["report"]["times"], 2, "a key is its visitor's own");
}

#[tokio::test]
async fn a_transport_that_only_reads_changes_nothing_and_bombs_are_refused() {
    let database = testkit::database().await;
    let service = open(&database, false).await;
    let call = Call {
        access: Access::ReadOnly,
        request_id: "test".into(),
        visitor: visitor(1),
        key: None,
    };
    let document = r#"mutation { reportAnswer(input: { question: "x", problem: OTHER }) { report { times } } }"#;
    let reply = graphql::execute(&service, &call, Request::new(document)).await;
    assert_eq!(reply.refused, Some(Refusal::MutationNotAllowed));
    assert_eq!(stored::reports_on(&database.store, DAY).await.unwrap(), 0);

    let wide = "reportAnswer(input: { question: \"x\", problem: OTHER }) { report { territory { sites(first: 100) { nodes { organisation { sites(first: 100) { nodes { organisation { sites(first: 100) { nodes { key } } } } } } } } } } }";
    let (code, _) = crate::failure(&service, &format!("mutation {{ {wide} }}")).await;
    assert_eq!(code, "TOO_COMPLEX");
    let many: String = (0..40)
        .map(|n| format!("a{n}: reportAnswer(input: {{ question: \"x\", problem: OTHER }}) {{ report {{ times }} }} "))
        .collect();
    let (code, _) = crate::failure(&service, &format!("mutation {{ {many} }}")).await;
    assert_eq!(code, "TOO_COMPLEX");
    assert_eq!(stored::reports_on(&database.store, DAY).await.unwrap(), 0);
}

#[tokio::test]
async fn what_was_kept_goes_when_its_time_is_over_and_the_rest_is_written() {
    testkit::each_empty_database(|database| async move {
        let text = |day: NaiveDate, question: &str| stored::Text {
            day,
            asked: stored::Asked {
                kind: "COUNT".into(),
                form: "fr".into(),
                reason: Some("NO_OBSERVATION".into()),
            },
            problem: None,
            question: Anonymous::of(question, 300),
            comment: None,
        };
        let (old, young) = (DAY - chrono::Days::new(91), DAY - chrono::Days::new(90));
        let texts = [text(old, "old"), text(young, "young"), text(young, "young")];
        stored::keep(&database.store, &texts).await.unwrap();
        // Keeping is off now; what was kept goes all the same.
        let service = open(&database, false).await;
        ask(&service, "How many Messi fans work in Fès call centres?").await;
        service.record_feedback(ready(())).await;
        let kept = summary::kept(&database.store, ALL, 10).await.unwrap();
        assert_eq!(kept.len(), 1, "{}: {kept:?}", database.kind());
        assert_eq!((kept[0].question.as_str(), kept[0].times), ("young", 2));
        assert_eq!(
            summary::unanswered(&database.store, ALL)
                .await
                .unwrap()
                .len(),
            1
        );
    })
    .await;
}
