//! GraphQL over HTTP: methods, media types, statuses. The 61 audits of graphql-http run against the real server elsewhere.

use serde_json::json;

use crate::caller::{JSON, RESPONSE, door};

#[tokio::test]
async fn a_query_is_answered_over_post_and_over_get() {
    let door = door().await;
    let posted = door.query("{ __typename }").await;
    assert_eq!(posted.status, 200);
    assert_eq!(
        posted.header("content-type"),
        "application/graphql-response+json; charset=utf-8"
    );
    assert_eq!(posted.data(), json!({ "__typename": "Query" }));
    let got = door.get("/graphql?query=%7B+__typename%20%7D").await;
    assert_eq!(got.status, 200);
    assert_eq!(
        got.header("content-type"),
        "application/json; charset=utf-8"
    );
    assert_eq!(got.data(), posted.data());
}

#[tokio::test]
async fn variables_and_the_operation_name_are_passed_on() {
    let door = door().await;
    let query = "query A($name: String!) { __type(name: $name) { name } } query B { __typename }";
    let answer = door
        .operation(
            &json!({ "query": query, "operationName": "A", "variables": { "name": "Query" } }),
        )
        .await;
    assert_eq!(answer.data(), json!({ "__type": { "name": "Query" } }));
    let address = "/graphql?query=query+A($name:String!){__type(name:$name){name}}&variables=%7B%22name%22:%22Query%22%7D&operationName=A&extensions=";
    assert_eq!(door.get(address).await.data(), answer.data());
    for empty in [json!(null), json!("")] {
        let answer = door
            .operation(&json!({ "query": "{ __typename }", "operationName": empty }))
            .await;
        assert_eq!(answer.status, 200, "{}", answer.text());
    }
}

#[tokio::test]
async fn a_refused_document_is_400_for_those_who_read_statuses_and_200_for_older_clients() {
    let door = door().await;
    for query in ["{", "{ noSuchField }", "query Q($id: ID!) { __typename }"] {
        let body = json!({ "query": query, "variables": { "id": null } }).to_string();
        let strict = door.post(body.clone(), &[JSON, RESPONSE]).await;
        strict.refused(400);
        let older = door
            .post(body, &[JSON, ("accept", "application/json")])
            .await;
        older.refused(200);
        assert_eq!(
            older.header("content-type"),
            "application/json; charset=utf-8"
        );
    }
}

#[tokio::test]
async fn get_never_changes_anything() {
    let door = door().await;
    for accept in ["application/json", "application/graphql-response+json"] {
        let answer = door
            .get_with(
                "/graphql?query=mutation%7B__typename%7D",
                &[("accept", accept)],
            )
            .await;
        answer.refused(405);
        assert_eq!(answer.header("allow"), "POST");
    }
}

#[tokio::test]
async fn other_methods_are_told_which_ones_work() {
    let door = door().await;
    for method in ["HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "BREW"] {
        for (address, allow) in [
            ("/graphql", "GET, POST"),
            ("/", "GET, HEAD"),
            ("/health", "GET, HEAD"),
        ] {
            if method == "HEAD" && address != "/graphql" {
                continue;
            }
            let request = poem::Request::builder()
                .method(method.parse().unwrap())
                .uri(address.parse().unwrap())
                .finish();
            let answer = door.send(request).await;
            answer.refused(405);
            assert_eq!(answer.header("allow"), allow, "{method} {address}");
        }
    }
}

#[tokio::test]
async fn only_json_in_utf_8_is_taken() {
    let door = door().await;
    let body = r#"{"query":"{__typename}"}"#;
    for taken in [
        "application/json",
        "application/json; charset=utf-8",
        "Application/JSON;charset=\"UTF-8\"",
    ] {
        assert_eq!(
            door.post(body, &[("content-type", taken)]).await.status,
            200,
            "{taken}"
        );
    }
    for refused in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/graphql",
        "application/json; charset=iso-8859-1",
        "application/jsonp",
        "",
    ] {
        door.post(body, &[("content-type", refused)])
            .await
            .refused(415);
    }
    door.post(body, &[]).await.refused(415);
    door.post(body, &[JSON, ("content-type", "text/plain")])
        .await
        .refused(415);
}

#[tokio::test]
async fn an_answer_nobody_could_read_is_not_given() {
    let door = door().await;
    let body = r#"{"query":"{__typename}"}"#;
    for accept in [
        "text/html",
        "application/xml",
        "application/json;q=0",
        "image/*",
    ] {
        door.post(body, &[JSON, ("accept", accept)])
            .await
            .refused(406);
    }
    for accept in [
        "*/*",
        "application/*",
        "text/html, */*;q=0.1",
        "application/json, multipart/mixed",
    ] {
        let answer = door.post(body, &[JSON, ("accept", accept)]).await;
        assert_eq!(
            answer.header("content-type"),
            "application/json; charset=utf-8",
            "{accept}"
        );
    }
}

#[tokio::test]
async fn answers_are_neither_stored_nor_mixed_up_by_caches() {
    let answer = door().await.query("{ __typename }").await;
    assert_eq!(answer.header("cache-control"), "no-store");
    let vary: Vec<_> = answer
        .headers
        .get_all("vary")
        .iter()
        .map(|value| value.to_str().unwrap())
        .collect();
    assert_eq!(vary, ["Accept, Authorization", "Accept-Encoding"]);
}

#[tokio::test]
async fn a_position_is_taken_by_post_only_and_never_cached() {
    let door = door().await;
    let query = "query Q($l: LocationInput) { ask(question: \"parks near me\", location: $l) { status text } }";
    let position = json!({ "l": { "latitude": 34.04, "longitude": -4.98 } });
    let posted = door
        .operation(&json!({ "query": query, "variables": position }))
        .await;
    assert_eq!(posted.json()["data"]["ask"]["status"], "ANSWERED");
    assert_eq!(posted.header("cache-control"), "no-store");
    let address = |variables: &str| {
        format!(
            "/graphql?query=query+Q($l:LocationInput){{ask(question:%22parks+near+me%22,location:$l){{status}}}}&variables={variables}"
        )
    };
    let got = door
        .get(&address(
            "%7B%22l%22:%7B%22latitude%22:34,%22longitude%22:-5%7D%7D",
        ))
        .await;
    got.refused(405);
    assert_eq!(got.header("allow"), "POST");
    assert!(got.text().contains("by POST only"), "{}", got.text());
    let without = door.get(&address("%7B%22l%22:null%7D")).await;
    assert_eq!(without.json()["data"]["ask"]["status"], "CLARIFICATION");
}
