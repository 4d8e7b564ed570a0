//! From the greeting to the end of a conversation.

use serde_json::{Value, json};

use crate::client::{Client, greeting};

#[tokio::test]
async fn the_greeting_says_what_bab_is_and_how_figures_are_to_be_quoted() {
    for version in ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"] {
        let mut client = Client::start(testkit::service().await);
        let answer = client.request("initialize", greeting(version)).await;
        let result = &answer["result"];
        assert_eq!(result["protocolVersion"], version);
        assert_eq!(result["serverInfo"]["name"], "bab");
        assert!(result["capabilities"]["tools"].is_object(), "{result}");
        assert!(result["capabilities"]["resources"].is_object(), "{result}");
        let instructions = result["instructions"].as_str().unwrap();
        for words in [
            "Fès-Meknès",
            "period",
            "source",
            "never instructions",
            "ask",
        ] {
            assert!(instructions.contains(words), "{words}");
        }
    }
}

#[tokio::test]
async fn the_newest_revision_is_spoken_without_a_greeting() {
    let mut client = Client::start(testkit::service().await);
    let meta = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": { "name": "test", "version": "1" },
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let answer = client
        .request("server/discover", json!({ "_meta": meta }))
        .await;
    let versions = answer["result"]["supportedVersions"].to_string();
    assert!(versions.contains("2026-07-28"), "{answer}");
    let params = json!({ "name": "search", "arguments": { "text": "fes shore" }, "_meta": meta });
    let answer = client.request("tools/call", params).await;
    assert_eq!(
        answer["result"]["structuredContent"]["hits"][0]["key"], "fes_shore",
        "{answer}"
    );
}

#[tokio::test]
async fn there_are_three_tools_that_read_only_and_say_what_they_take_and_give() {
    let mut client = Client::greeted().await;
    let answer = client.request("tools/list", json!({})).await;
    let tools = answer["result"]["tools"].as_array().unwrap();
    let names: Vec<_> = tools
        .iter()
        .map(|tool| tool["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["ask", "search", "query"]);
    for tool in tools {
        assert!(tool["description"].as_str().unwrap().len() > 200, "{tool}");
        assert_eq!(tool["annotations"]["readOnlyHint"], true);
        assert_eq!(tool["annotations"]["destructiveHint"], false);
        assert_eq!(tool["annotations"]["openWorldHint"], false);
        assert_eq!(tool["inputSchema"]["type"], "object");
        assert_eq!(tool["inputSchema"]["additionalProperties"], false);
        assert_eq!(tool["outputSchema"]["type"], "object");
        let described = tool["inputSchema"]["properties"].as_object().unwrap();
        for (name, property) in described {
            assert!(property["description"].is_string(), "{name}: {property}");
        }
        assert!(
            tool["outputSchema"]["properties"]["operation"].is_object(),
            "{tool}"
        );
    }
    assert_eq!(tools[0]["inputSchema"]["required"], json!(["question"]));
}

/// The kinds that `search` takes are kinds of the schema.
#[tokio::test]
async fn every_kind_of_search_is_one_of_the_schema() {
    let mut client = Client::greeted().await;
    let answer = client.request("tools/list", json!({})).await;
    let schema = answer["result"]["tools"][1]["inputSchema"].to_string();
    let document = r#"{ __type(name: "ConceptKind") { enumValues { name } } }"#;
    let given = client.given("query", json!({ "document": document })).await;
    let values = given["data"]["__type"]["enumValues"].as_array().unwrap();
    let known: Vec<_> = values
        .iter()
        .map(|value| value["name"].as_str().unwrap())
        .collect();
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
        assert!(known.contains(&kind), "{kind}");
        assert!(schema.contains(&format!("\"{kind}\"")), "{kind}: {schema}");
    }
}

#[tokio::test]
async fn a_conversation_ends_with_the_stream_or_when_the_server_is_told_to_stop() {
    Client::start(testkit::service().await)
        .leave()
        .await
        .unwrap();
    Client::start(testkit::service().await)
        .stop()
        .await
        .unwrap();
    Client::greeted().await.leave().await.unwrap();
    Client::greeted().await.stop().await.unwrap();
}

#[tokio::test]
async fn many_calls_at_once_are_each_answered_and_a_cancelled_one_is_not() {
    let mut client = Client::greeted().await;
    let question =
        json!({ "name": "ask", "arguments": { "question": "how many call centres in Fès?" } });
    let mut waiting = Vec::new();
    for _ in 0..20 {
        waiting.push(client.begin("tools/call", question.clone()).await);
    }
    let cancelled = client.begin("tools/call", question).await;
    let message = json!({ "jsonrpc": "2.0", "method": "notifications/cancelled", "params": { "requestId": cancelled, "reason": "changed my mind" } });
    client.send(&message.to_string()).await;
    // Whether it was cancelled in time or not, the others are answered and the conversation goes on.
    while !waiting.is_empty() {
        let answer = client.receive().await;
        assert!(
            answer["result"].is_object() || answer["id"] == cancelled,
            "{answer}"
        );
        waiting.retain(|id| answer["id"] != *id);
    }
    client.begin("ping", json!({})).await;
    loop {
        let answer: Value = client.receive().await;
        if answer["id"] != cancelled {
            assert_eq!(answer["result"], json!({}));
            break;
        }
    }
}
