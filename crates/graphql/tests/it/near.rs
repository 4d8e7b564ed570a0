//! Nearness over the real data: coordinates on places, distances in answers, and a position that leaves no trace.

use graphql::{Access, Call, Refusal, Request, Service, Variables};
use serde_json::{Value, json};

use crate::{data, data_with, failure};

/// Somewhere in Fès.
const LATITUDE: f64 = 34.044_777_1;
const LONGITUDE: f64 = -4.988_777_2;

async fn ask(service: &Service, question: &str, location: Value, conversation: Value) -> Value {
    let variables =
        json!({ "question": question, "location": location, "conversation": conversation });
    data_with(service, graphql::ASK_DOCUMENT, variables).await["ask"].take()
}

fn in_fes() -> Value {
    json!({ "latitude": LATITUDE, "longitude": LONGITUDE })
}

#[tokio::test]
async fn places_say_where_their_town_lies_and_who_says_so() {
    let service = testkit::service().await;
    let query = r#"{
        fes: territory(code: "03.231") { coordinates { latitude longitude place territory { code } source { key licence } } }
        region: territory(code: "03") { coordinates { latitude } }
        park(key: "fes_shore") { coordinates { latitude place } }
        nowhere: park(key: "technopark_network") { coordinates { latitude } }
        sites(first: 1, filter: { park: { eq: "fes_shore" } }) { nodes { coordinates { longitude } } }
    }"#;
    let data = data(&service, query).await;
    let fes = &data["fes"]["coordinates"];
    assert_eq!(
        (&fes["latitude"], &fes["longitude"]),
        (&json!(34.03313), &json!(-5.00028))
    );
    assert_eq!(
        fes["source"],
        json!({ "key": "geonames_cities500", "licence": "CC BY 4.0" })
    );
    assert_eq!(fes["territory"]["code"], "03.231");
    assert_eq!(data["region"]["coordinates"], Value::Null);
    assert_eq!(data["nowhere"]["coordinates"], Value::Null);
    assert_eq!(data["park"]["coordinates"]["latitude"], fes["latitude"]);
    assert_eq!(
        data["sites"]["nodes"][0]["coordinates"]["longitude"],
        fes["longitude"]
    );
}

#[tokio::test]
async fn parks_are_told_by_distance_and_the_query_gives_their_places_again() {
    let service = testkit::service().await;
    let answer = ask(
        &service,
        "Quel parc est le plus proche ?",
        in_fes(),
        Value::Null,
    )
    .await;
    assert_eq!(answer["status"], "ANSWERED", "{answer:#}");
    assert_eq!(answer["kind"], "NEAR");
    let items = answer["items"].as_array().expect("items");
    let far: Vec<f64> = items
        .iter()
        .filter_map(|item| item["value"].as_f64())
        .collect();
    assert!(far.len() > 5 && far.is_sorted(), "{far:?}");
    assert!(
        items.iter().all(|item| item["node"]["id"].is_string()),
        "{items:#?}"
    );
    let unknown: Vec<&Value> = items
        .iter()
        .filter(|item| item["value"].is_null())
        .collect();
    assert!(
        unknown
            .iter()
            .any(|item| item["key"] == "technopark_network"),
        "{unknown:#?}"
    );
    let distance = &answer["figures"][0];
    assert_eq!(
        (
            &distance["basis"],
            &distance["unit"]["key"],
            &distance["indicator"]["key"]
        ),
        (&json!("DERIVED"), &json!("km"), &json!("distance"))
    );
    assert_eq!(distance["source"]["key"], "geonames_cities500");
    let operation = &answer["operation"];
    let document = operation["document"].as_str().expect("a document");
    let again = data_with(&service, document, operation["variables"].clone()).await;
    let nodes = again["parks"]["nodes"].as_array().expect("parks");
    assert!(
        nodes
            .iter()
            .any(|park| park["territory"]["coordinates"]["latitude"] == 34.03313)
    );
}

#[tokio::test]
async fn a_named_place_needs_no_position_and_a_distance_is_kept_to() {
    let service = testkit::service().await;
    for (question, least) in [
        ("call centres within 70 km of Meknès", 2),
        ("Opérateurs à moins de 100 km de Fès", 3),
        ("parcs près de Fès", 5),
        ("مراكز الاتصال القريبة من الدار البيضاء", 3),
    ] {
        let answer = ask(&service, question, Value::Null, Value::Null).await;
        assert_eq!(answer["status"], "ANSWERED", "{question}: {answer:#}");
        assert!(
            answer["items"].as_array().map_or(0, Vec::len) >= least,
            "{question}: {answer:#}"
        );
        assert_eq!(answer["needsLocation"], false);
    }
    let none = ask(
        &service,
        "parks within 20 km of Tiznit",
        Value::Null,
        Value::Null,
    )
    .await;
    assert_eq!(
        (&none["status"], &none["figures"]),
        (&json!("NO_DATA"), &json!([])),
        "{none:#}"
    );
    assert_eq!(none["items"][0]["kind"], "PARK", "{none:#}");
}

#[tokio::test]
async fn without_a_position_cities_are_offered_that_have_an_answer() {
    let service = testkit::service().await;
    for question in [
        "Les centres près de moi",
        "Quel parc est le plus proche ?",
        "operators near me",
        "السونطرات لي حدايا",
        "ina parc 9rib lia?",
    ] {
        let back = ask(&service, question, Value::Null, Value::Null).await;
        assert_eq!(back["status"], "CLARIFICATION", "{question}: {back:#}");
        assert_eq!(
            (&back["reason"], &back["needsLocation"]),
            (&json!("AMBIGUOUS"), &json!(true))
        );
        let options = back["options"].as_array().expect("options");
        assert_eq!(options.len(), 3);
        for option in options {
            let asked = option["question"].as_str().expect("a question");
            let answer = ask(&service, asked, Value::Null, Value::Null).await;
            assert_eq!(answer["status"], "ANSWERED", "{asked}: {answer:#}");
            assert_eq!(answer["kind"], "NEAR", "{asked}");
            assert_eq!(answer["locale"], back["locale"], "{asked}");
        }
        // The same question again, now with the position.
        let conversation = back["conversation"].clone();
        let answer = ask(&service, "près de moi", in_fes(), conversation).await;
        assert_eq!(answer["status"], "ANSWERED", "{question}: {answer:#}");
    }
}

#[tokio::test]
async fn a_position_outside_morocco_works_and_one_off_the_earth_is_refused() {
    let service = testkit::service().await;
    let paris = json!({ "latitude": 48.85, "longitude": 2.35 });
    let answer = ask(&service, "call centres near me", paris, Value::Null).await;
    assert_eq!(answer["status"], "ANSWERED");
    assert!(
        answer["text"]
            .as_str()
            .is_some_and(|text| text.contains("far")),
        "{answer:#}"
    );
    for (latitude, longitude) in [("90.1", "0"), ("-900", "0"), ("0", "180.5"), ("1e308", "0")] {
        let query = format!(
            "{{ ask(question: \"near me\", location: {{ latitude: {latitude}, longitude: {longitude} }}) {{ text }} }}"
        );
        let (code, message) = failure(&service, &query).await;
        assert_eq!(code, "BAD_USER_INPUT");
        assert!(message.contains("-90 to 90"), "{message}");
    }
}

#[tokio::test]
async fn a_transport_that_only_reads_takes_no_position() {
    let service = testkit::service().await;
    let send = async |document: &str, variables: Value| {
        let call = Call {
            access: Access::ReadOnly,
            request_id: "test".into(),
            visitor: graphql::Visitor::Operator,
            key: None,
        };
        let request = Request::new(document).variables(Variables::from_json(variables));
        graphql::execute(&service, &call, request).await
    };
    let given = "{ latitude: 34.0, longitude: -5.0 }";
    for (document, variables) in [
        (format!("{{ ask(question: \"near me\", location: {given}) {{ text }} }}"), Value::Null),
        (graphql::ASK_DOCUMENT.to_owned(), json!({ "question": "near me", "location": in_fes() })),
        (format!("query Q($l: LocationInput = {given}) {{ a: ask(question: \"near me\", location: $l) {{ text }} }}"), Value::Null),
        (format!("{{ ...F }} fragment F on Query {{ ... on Query {{ ask(question: \"near me\", location: {given}) {{ text }} }} }}"), Value::Null),
        ("query Q($a: Float!) { ask(question: \"near me\", location: { latitude: $a, longitude: $a }) { text } }".to_owned(), json!({ "a": 1.0 })),
    ] {
        let reply = send(&document, variables).await;
        assert_eq!(reply.refused, Some(Refusal::PositionNotAllowed), "{document}");
        assert!(reply.response.errors[0].message.contains("POST"), "{document}");
    }
    for variables in [
        json!({ "question": "parcs près de Fès" }),
        json!({ "question": "parcs près de Fès", "location": null }),
    ] {
        let reply = send(graphql::ASK_DOCUMENT, variables).await;
        assert_eq!(reply.refused, None, "{:?}", reply.response.errors);
    }
}

#[tokio::test]
async fn an_answer_holds_no_position() {
    let service = testkit::service().await;
    for question in [
        "Quel parc est le plus proche ?",
        "call centres within 90 km of me",
    ] {
        let answer = ask(&service, question, in_fes(), Value::Null).await;
        assert_eq!(answer["status"], "ANSWERED", "{answer:#}");
        let all = answer.to_string();
        assert!(!all.contains("04477") && !all.contains("98877"), "{all}");
    }
}
