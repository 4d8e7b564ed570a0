//! Questions asked through the schema: the founding facts, in every language form, and the query that gives them again.

use serde_json::{Value, json};

use crate::{data, data_with, failure};

async fn ask(question: &str) -> Value {
    let service = testkit::service().await;
    data_with(
        &service,
        graphql::ASK_DOCUMENT,
        json!({ "question": question }),
    )
    .await["ask"]
        .take()
}

#[tokio::test]
async fn five_language_forms_read_the_same_figure() {
    for question in [
        "Combien de centres d'appels à Fès ?",
        "how many call centres in Fès?",
        "كم عدد مراكز الاتصال في فاس؟",
        "شحال من سونطر دابيل كاين ف فاس؟",
        "ch7al mn centre d'appel f Fes?",
    ] {
        let answer = ask(question).await;
        assert_eq!(answer["status"], "ANSWERED", "{question}: {answer:#}");
        let figure = &answer["figures"][0];
        assert_eq!(figure["value"], 36.0, "{question}");
        assert_eq!(figure["territory"]["code"], "03.231", "{question}");
        assert_eq!(figure["period"], "2019", "{question}");
        assert_eq!(figure["producer"]["key"], "cri_fes_meknes", "{question}");
        assert_eq!(figure["source"]["key"], "journaleco_2020", "{question}");
        assert_eq!(figure["basis"], "PUBLISHED", "{question}");
        assert!(
            answer["text"]
                .as_str()
                .is_some_and(|text| text.contains("36") && text.contains("JournalEco")),
            "{question}: {answer:#}"
        );
    }
}

#[tokio::test]
async fn whether_a_company_works_in_a_place_is_told_by_its_sites() {
    for (question, said) in [
        ("Is Alten in Fès?", "Known at: Fès Shore"),
        (
            "Capgemini est-elle à Fès ?",
            "Fès Shore (Fès) — Capgemini Engineering Morocco",
        ),
        ("Webhelp est-elle à Oujda ?", "ne lui connaît aucun site à"),
        ("Is CGI in Meknès?", "Our directory knows no site of it in"),
        ("هل توجد ألتن في وجدة؟", "لا يعرف دليلنا لها موقعا في"),
    ] {
        let answer = ask(question).await;
        let text = answer["text"].as_str().unwrap_or_default();
        assert!(text.contains(said), "{question}: {text}");
    }
    // Of the whole country nothing is said about sites.
    let text = ask("c'est quoi la CDG au Maroc ?").await["text"].take();
    assert!(!text.as_str().unwrap_or_default().contains("aucun site"));
}

#[tokio::test]
async fn the_operation_gives_the_figure_again() {
    let service = testkit::service().await;
    let operation = ask("how many call centres in Fès?").await["operation"].take();
    let document = operation["document"].as_str().expect("a document");
    let again = data_with(&service, document, operation["variables"].clone()).await;
    assert!(numbers(&again).contains(&36.0), "{again:#}");
}

fn numbers(value: &Value) -> Vec<f64> {
    match value {
        Value::Number(number) => number.as_f64().into_iter().collect(),
        Value::Array(items) => items.iter().flat_map(numbers).collect(),
        Value::Object(fields) => fields.values().flat_map(numbers).collect(),
        _ => Vec::new(),
    }
}

#[tokio::test]
async fn what_is_not_understood_is_not_answered() {
    let answer = ask("How many Messi fans work in Fès call centres?").await;
    assert_ne!(answer["status"], "ANSWERED", "{answer:#}");
    assert_eq!(answer["figures"], json!([]));
    assert!(
        answer["uncovered"].as_array().is_some_and(|words| words
            .iter()
            .any(|word| word.as_str().is_some_and(|word| word.contains("Messi")))),
        "{answer:#}"
    );
    assert_eq!(answer["suggestions"].as_array().map(Vec::len), Some(3));
}

#[tokio::test]
async fn ask_is_not_asked_inside_ask_nor_with_hostile_places() {
    let service = testkit::service().await;
    let (code, message) = failure(&service, r#"{ ask(question: "call centres near me", location: { latitude: 900, longitude: 0 }) { text } }"#).await;
    assert_eq!(
        (code.as_str(), message.contains("-90 to 90")),
        ("BAD_USER_INPUT", true)
    );
    let long = "x".repeat(5_000);
    let answer = data(
        &service,
        &format!(r#"{{ ask(question: "{long}") {{ status reason figures {{ value }} }} }}"#),
    )
    .await;
    assert_eq!(answer["ask"]["status"], "REFUSED");
}
