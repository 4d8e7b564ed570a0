//! What can be read beside the tools.

use serde_json::json;

use crate::client::Client;

#[tokio::test]
async fn the_schema_and_every_example_with_its_answer_can_be_read() {
    let mut client = Client::greeted().await;
    let answer = client.request("resources/list", json!({})).await;
    let resources = answer["result"]["resources"].as_array().unwrap();
    assert_eq!(resources[0]["uri"], "bab://schema.graphql");
    assert!(resources.len() > 10, "{answer}");
    for resource in resources {
        assert!(
            resource["title"].is_string() && resource["description"].is_string(),
            "{resource}"
        );
        let uri = &resource["uri"];
        let read = client
            .request("resources/read", json!({ "uri": uri }))
            .await;
        let contents = read["result"]["contents"].as_array().unwrap();
        assert_eq!(contents[0]["uri"], *uri);
        let document = contents[0]["text"].as_str().unwrap();
        if uri == "bab://schema.graphql" {
            assert_eq!(document, graphql::sdl());
            continue;
        }
        // An example is a document for the tool.
        let result = client.call("query", json!({ "document": document })).await;
        assert_eq!(result["isError"], false, "{uri}: {result}");
        let expected: serde_json::Value =
            serde_json::from_str(contents[1]["text"].as_str().unwrap()).unwrap();
        assert!(expected.is_object(), "{uri}");
    }
}

#[tokio::test]
async fn nothing_else_can_be_read() {
    let mut client = Client::greeted().await;
    for uri in [
        "bab://examples/../../data/sources.csv",
        "bab://examples/../ask.graphql",
        "bab://examples//etc/passwd",
        "bab://examples/01-call-centres-in-fes.json",
        "file:///etc/passwd",
        "",
    ] {
        let answer = client
            .request("resources/read", json!({ "uri": uri }))
            .await;
        let message = answer["error"]["message"].as_str().unwrap_or_default();
        assert!(message.contains("resources/list"), "{uri}: {answer}");
    }
}
