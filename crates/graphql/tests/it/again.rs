//! An answer again, by its frame: the same from the same data, in any language, and whatever is sent as a frame.

use serde_json::{Value, json};

use crate::{data_with, send};

const ASK: &str = "query Q($question: String!) { ask(question: $question) { status text frame understood figures { value period } items { key } } }";
const AGAIN: &str = "query A($frame: String!, $locale: Locale) { answer(frame: $frame, locale: $locale) { status text frame understood locale figures { value period } items { key } } }";

async fn asked(service: &graphql::Service, question: &str) -> Value {
    let mut data = data_with(service, ASK, json!({ "question": question })).await;
    data["ask"].take()
}

#[tokio::test]
async fn an_answer_is_given_again_by_its_frame_and_in_another_language() {
    let service = testkit::service().await;
    for question in [
        "how many call centres in Fès?",
        "Quelle est la superficie du parc Fès Shore ?",
        "كم عدد مراكز الاتصال في فاس؟",
        "ch7al mn centre d'appel kayn f Fes?",
        "Liste des opérateurs présents à Fès",
        "Où en est Fez Smart Factory ?",
        "how many call centres in Fès in 2015?",
        "parks within 50 km of Meknès",
    ] {
        let first = asked(&service, question).await;
        let frame = first["frame"]
            .as_str()
            .unwrap_or_else(|| panic!("{question}: {first}"));
        assert!(frame.len() <= 512);
        let data = data_with(&service, AGAIN, json!({ "frame": frame })).await;
        let mut again = data["answer"].clone();
        again.as_object_mut().unwrap().remove("locale");
        assert_eq!(again, first, "{question}");
        let data = data_with(&service, AGAIN, json!({ "frame": frame, "locale": "AR" })).await;
        assert_eq!(
            (&data["answer"]["locale"], &data["answer"]["figures"]),
            (&json!("AR"), &first["figures"]),
            "{question}"
        );
    }
}

#[tokio::test]
async fn what_depends_on_the_asker_or_asks_for_nothing_has_no_frame() {
    let service = testkit::service().await;
    for question in [
        "hello",
        "call centres near me",
        "what will the weather be",
        "",
    ] {
        assert_eq!(
            asked(&service, question).await["frame"],
            Value::Null,
            "{question}"
        );
    }
}

#[tokio::test]
async fn a_frame_that_is_none_is_refused_and_one_of_what_is_gone_not_found() {
    let service = testkit::service().await;
    let good = asked(&service, "how many call centres in Fès?").await;
    let good = good["frame"].as_str().unwrap().to_owned();
    let (half, long) = (&good[..good.len() / 2], "A".repeat(100_000));
    let turned: String = good.chars().rev().collect();
    for frame in ["", "x", "é", "../../etc/passwd", half, &turned, &long] {
        let reply = send(&service, AGAIN, json!({ "frame": frame })).await;
        let error = serde_json::to_value(&reply.response.errors[0]).unwrap();
        assert_eq!(error["extensions"]["code"], "BAD_USER_INPUT", "{frame}");
    }
    // A database that does not have what the frame names.
    let database = testkit::empty().await;
    testkit::small::fill(&database.store).await;
    let other = testkit::service_over(&database).await;
    let reply = send(&other, AGAIN, json!({ "frame": good })).await;
    let error = serde_json::to_value(&reply.response.errors[0]).unwrap();
    assert_eq!(error["extensions"]["code"], "NOT_FOUND", "{error}");
}
