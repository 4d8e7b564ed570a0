//! What the tools give: figures with their sources, and the operation that gives them again.

use serde_json::{Value, json};

use crate::client::{Client, text};

const QUESTION: &str = "how many call centres in Fès?";

#[tokio::test]
async fn an_answer_carries_figure_period_producer_source_and_what_gives_it_again() {
    testkit::each_database(|database| async move {
        let mut client = Client::greeted_over(testkit::service_over(&database).await).await;
        let result = client.call("ask", json!({ "question": QUESTION })).await;
        let answer = &result["structuredContent"];
        assert_eq!(answer["status"], "ANSWERED", "{answer}");
        let figure = &answer["figures"][0];
        assert_eq!(figure["value"], 36.0);
        assert_eq!(figure["period"], "2019");
        assert_eq!(figure["qualifier"], "EXACT");
        assert_eq!(figure["territory"]["code"], "03.231");
        assert!(figure["producer"]["name"].is_string(), "{figure}");
        for field in ["title", "publisher", "publishedOn", "url"] {
            assert!(figure["source"][field].is_string(), "{field}: {figure}");
        }
        let read = text(&result);
        assert!(
            read.contains("36") && read.contains("JournalEco") && read.contains("Sources:"),
            "{read}"
        );
        assert!(
            read.contains(answer["conversation"].as_str().unwrap()),
            "{read}"
        );
        let again = client.given("query", answer["operation"].clone()).await;
        assert!(again["data"].to_string().contains("36"), "{again}");
        assert_eq!(again["errors"], json!([]));
        assert_eq!(again.get("note"), None);
        client.leave().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn every_language_form_is_answered_in_its_own() {
    const FRENCH: [&str; 2] = ["Fès", "Centres d'appels"];
    const ENGLISH: [&str; 2] = ["Fez", "Call centres"];
    const ARABIC: [&str; 2] = ["فاس", "مراكز النداء"];
    let mut client = Client::greeted().await;
    for (question, locale, [place, indicator]) in [
        ("Combien de centres d'appels à Fès ?", "FR", FRENCH),
        (QUESTION, "EN", ENGLISH),
        ("كم عدد مراكز الاتصال في فاس؟", "AR", ARABIC),
        ("شحال من سونطر دابيل كاين ف فاس؟", "ARY", ARABIC),
        ("ch7al mn centre d'appel f Fes?", "ARY", ARABIC),
    ] {
        let answer = client.given("ask", json!({ "question": question })).await;
        assert_eq!(answer["locale"], locale, "{question}");
        let figure = &answer["figures"][0];
        assert_eq!(figure["value"], 36.0, "{question}");
        // Names are those of the language that the answer is in.
        assert_eq!(figure["territory"]["name"], place, "{figure}");
        assert_eq!(figure["indicator"]["name"], indicator, "{figure}");
    }
    let answer = client
        .given(
            "ask",
            json!({ "question": QUESTION, "locale": "FR", "conversation": null }),
        )
        .await;
    assert_eq!(answer["locale"], "FR");
}

#[tokio::test]
async fn a_follow_up_goes_on_from_the_conversation() {
    let mut client = Client::greeted().await;
    let first = client
        .given("ask", json!({ "question": "taux de chômage à Fès" }))
        .await;
    let next = json!({ "question": "et à Meknès ?", "conversation": first["conversation"] });
    let second = client.given("ask", next).await;
    assert_eq!(second["status"], "ANSWERED", "{second}");
    assert_eq!(
        second["figures"][0]["territory"]["code"], "03.061",
        "{second}"
    );
    assert!(
        !second["carried"].as_array().unwrap().is_empty(),
        "{second}"
    );
}

#[tokio::test]
async fn no_answer_is_an_answer_with_a_reason_and_no_figure() {
    let mut client = Client::greeted().await;
    for question in [
        "what is the weather like on Mars?",
        "how many call centres in Fès in 2031?",
    ] {
        let result = client.call("ask", json!({ "question": question })).await;
        let answer = &result["structuredContent"];
        assert_eq!(result["isError"], false, "{result}");
        assert_ne!(answer["status"], "ANSWERED", "{answer}");
        assert_eq!(answer["figures"], json!([]), "{answer}");
        assert!(answer["reason"].is_string(), "{answer}");
        assert!(
            text(&result).contains("give no figure of your own"),
            "{result}"
        );
    }
}

#[tokio::test]
async fn a_question_of_nearness_says_that_no_position_is_taken() {
    let mut client = Client::greeted().await;
    let result = client
        .call(
            "ask",
            json!({ "question": "Quel parc est le plus proche ?" }),
        )
        .await;
    assert_eq!(result["structuredContent"]["needsLocation"], true);
    assert!(text(&result).contains("name of a town"), "{result}");
    let answer = client
        .given("ask", json!({ "question": "parks within 50 km of Meknès" }))
        .await;
    assert_eq!(answer["status"], "ANSWERED", "{answer}");
    client.given("query", answer["operation"].clone()).await;
    let document = "{ ask(question: \"parks near me\", location: { latitude: 34.0, longitude: -5.0 }) { text } }";
    let said = client
        .refused("query", json!({ "document": document }))
        .await;
    assert!(
        said.contains("BAD_USER_INPUT") && said.contains("name a town"),
        "{said}"
    );
}

#[tokio::test]
async fn search_finds_a_thing_in_any_script_and_says_how_to_query_it() {
    let mut client = Client::greeted().await;
    for name in ["fes shore", "فاس شور"] {
        let result = client.call("search", json!({ "text": name })).await;
        let hit = &result["structuredContent"]["hits"][0];
        assert_eq!(hit["kind"], "PARK", "{result}");
        assert_eq!(hit["key"], "fes_shore");
        assert!(hit["source"]["publisher"].is_string(), "{hit}");
        assert!(
            text(&result).contains("fes_shore") && text(&result).contains("source: "),
            "{result}"
        );
        let read = client
            .given("query", json!({ "document": hit["document"] }))
            .await;
        assert_eq!(read["data"]["park"]["name"], "Fès Shore");
        let operation = &result["structuredContent"]["operation"];
        let again = client.given("query", operation.clone()).await;
        assert_eq!(again["data"]["search"][0]["kind"], "PARK");
    }
    let result = client
        .call("search", json!({ "text": "no such name anywhere" }))
        .await;
    assert_eq!(result["structuredContent"]["hits"], json!([]));
    assert!(text(&result).contains("another script"), "{result}");
}

#[tokio::test]
async fn what_search_proposes_can_be_queried_for_every_kind() {
    let mut client = Client::greeted().await;
    for kind in [
        "ACTIVITY",
        "AGREEMENT",
        "EVENT",
        "INCENTIVE",
        "INDICATOR",
        "ORGANISATION",
        "PARK",
        "PLAN",
        "PROJECT",
        "TERRITORY",
        "TRAINING_PROGRAMME",
    ] {
        let found = client
            .given(
                "search",
                json!({ "text": "a", "kinds": [kind], "first": 2 }),
            )
            .await;
        let hit = &found["hits"][0];
        assert_eq!(hit["kind"], kind, "{found}");
        assert!(hit["source"].is_object() || kind == "INDICATOR", "{hit}");
        let read = client
            .given("query", json!({ "document": hit["document"] }))
            .await;
        let data = read["data"].as_object().unwrap();
        assert!(!data.values().next().unwrap().is_null(), "{kind}: {read}");
        assert_eq!(read.get("note"), None, "{kind}: {read}");
    }
    let found = client
        .given("search", json!({ "text": "a", "first": 100 }))
        .await;
    assert_eq!(found["hits"].as_array().unwrap().len(), 100);
}

#[tokio::test]
async fn a_query_takes_variables_and_names_and_warns_of_figures_without_source() {
    let mut client = Client::greeted().await;
    let document = "query A($code: String!) { territory(code: $code) { name(locale: EN) } } query B { __typename }";
    let arguments =
        json!({ "document": document, "variables": { "code": "03.231" }, "operationName": "A" });
    let given = client.given("query", arguments.clone()).await;
    assert!(given["data"]["territory"]["name"].is_string(), "{given}");
    assert_eq!(given["operation"], arguments);
    let bare = "{ headline(indicator: \"call_centres\", territory: \"03.231\") { observation { value } } }";
    let result = client.call("query", json!({ "document": bare })).await;
    assert!(
        result["structuredContent"]["note"]
            .as_str()
            .unwrap()
            .contains("select source"),
        "{result}"
    );
    assert!(text(&result).contains("select source"), "{result}");
}

#[tokio::test]
async fn a_query_that_does_not_fit_says_what_to_mend() {
    let mut client = Client::greeted().await;
    for (document, words) in [
        ("{", "BAD_USER_INPUT"),
        ("{ noSuchField }", "noSuchField"),
        (
            "query Q($id: ID!) { node(id: $id) { id } }",
            "BAD_USER_INPUT",
        ),
        (
            "query A { __typename } query B { __typename }",
            "BAD_USER_INPUT",
        ),
    ] {
        let said = client
            .refused("query", json!({ "document": document }))
            .await;
        assert!(
            said.contains(words) && said.contains("request "),
            "{document}: {said}"
        );
    }
}

#[tokio::test]
async fn too_much_at_once_is_refused_with_how_to_ask_for_less() {
    let mut client = Client::greeted().await;
    let document = "{ observations(first: 50) { nodes { value period note recordedAt indicator { key name definition { text } } territory { name } \
        producer { name summary { text } } source { key title publisher publishedOn url licence notes retrievedFrom } } } \
        more: observations(last: 50) { nodes { value period note recordedAt indicator { key name definition { text } } territory { name } \
        producer { name summary { text } } source { key title publisher publishedOn url licence notes retrievedFrom } } } }";
    let given = client.given("query", json!({ "document": document })).await;
    assert_eq!(given["data"]["more"]["nodes"].as_array().unwrap().len(), 50);
    let many: String = (0..4).map(|at| format!("a{at}: observations(first: 100) {{ nodes {{ key note source {{ key title publisher url licence notes }} indicator {{ name definition {{ text }} }} territory {{ name ancestors {{ name }} }} }} }} ")).collect();
    let said = client
        .refused("query", json!({ "document": format!("{{ {many} }}") }))
        .await;
    assert!(
        said.contains("TOO_COMPLEX") && said.contains("first"),
        "{said}"
    );
}

/// Numbers in the text that the figures do not have would be invented.
#[tokio::test]
async fn what_programs_get_is_what_people_read() {
    let mut client = Client::greeted().await;
    let result = client.call("ask", json!({ "question": QUESTION })).await;
    let answer: &Value = &result["structuredContent"];
    assert!(text(&result).starts_with(answer["text"].as_str().unwrap()));
    let second = result["content"][1]["text"].as_str().unwrap();
    assert!(
        second.contains(answer["operation"]["operationName"].as_str().unwrap()),
        "{second}"
    );
}
