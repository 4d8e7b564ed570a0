//! Charts through the schema: every pictured kind has one in every language, its address gives it again.

use serde_json::{Value, json};

use crate::{data_with, failure};

async fn ask(service: &graphql::Service, question: &str) -> Value {
    let variables = json!({ "question": question });
    data_with(service, graphql::ASK_DOCUMENT, variables).await["ask"].take()
}

#[tokio::test]
async fn pictured_kinds_carry_a_chart_in_every_language() {
    let service = testkit::service().await;
    for (question, kind, drawn, language) in [
        (
            "Évolution du nombre de centres d'appels à Fès",
            "TREND",
            "LINES",
            "fr",
        ),
        ("تطور عدد مراكز الاتصال بفاس", "TREND", "LINES", "ar"),
        (
            "Les 5 communes de la région Fès-Meknès avec le plus d'entreprises",
            "TOP",
            "BARS",
            "fr",
        ),
        (
            "Compare unemployment in Fès and Meknès",
            "COMPARISON",
            "BARS",
            "en",
        ),
        (
            "What share of national offshoring jobs is in the region?",
            "SHARE",
            "SHARE",
            "en",
        ),
        (
            "ch7al f lmya d lkhedma d offshoring kayna f jiha?",
            "SHARE",
            "SHARE",
            "ary-Latn",
        ),
        (
            "Combien de centres d'appels à Fès ?",
            "COUNT",
            "LINES",
            "fr",
        ),
    ] {
        let answer = ask(&service, question).await;
        assert_eq!(answer["kind"], kind, "{question}: {answer:#}");
        let chart = &answer["chart"];
        assert_eq!(chart["kind"], drawn, "{question}: {answer:#}");
        assert_eq!(chart["language"], language, "{question}");
        assert!(chart["credits"][0].is_string(), "{question}: {chart:#}");
        let url = chart["url"].as_str().expect("an address");
        let frame = url
            .strip_prefix("/chart/")
            .and_then(|url| url.strip_suffix(".png"));
        let frame = frame.expect("a path that ends in .png");
        let again = data_with(&service, graphql::CHART_DOCUMENT, json!({ "frame": frame })).await;
        assert_eq!(&again["chart"], chart, "{question}");
        assert_eq!(chart["svgUrl"], url.replace(".png", ".svg"));
    }
}

#[tokio::test]
async fn a_chart_knows_its_unit_and_its_sources() {
    let service = testkit::service().await;
    let document = r#"{ ask(question: "Évolution du nombre de centres d'appels à Fès") {
        chart { unit { key } sources { key publisher publishedOn } frame }
    } }"#;
    let data = data_with(&service, document, json!({})).await;
    let chart = &data["ask"]["chart"];
    assert_eq!(chart["unit"]["key"], "count");
    assert!(
        chart["sources"]
            .as_array()
            .is_some_and(|sources| sources.len() > 1),
        "{chart:#}"
    );
    assert!(
        chart["frame"]
            .as_str()
            .is_some_and(|frame| frame.len() <= 512)
    );
}

#[tokio::test]
async fn hostile_frames_are_refused_with_advice() {
    let service = testkit::service().await;
    for frame in [
        "",
        "x",
        "../../..",
        &"A".repeat(5_000),
        "AgAAAAB7fQ",
        "\u{202e}",
    ] {
        let document = format!("{{ chart(frame: {}) {{ title }} }}", json!(frame));
        let (code, message) = failure(&service, &document).await;
        assert_eq!(code, "BAD_USER_INPUT", "{frame}");
        assert!(message.contains("take it from"), "{message}");
    }
}
