//! What a stranger may send: each is refused with a status and advice, and none brings the door down.

use std::io::Write;

use poem::{Body, Request, http::Method};
use serde_json::json;

use crate::caller::{JSON, RESPONSE, door};

const MEBIBYTE: usize = 1 << 20;

#[tokio::test]
async fn bodies_that_are_no_request() {
    let door = door().await;
    let deep = "[".repeat(100_000);
    let nested = format!(
        r#"{{"query":"{{__typename}}","variables":{{"a":{}{}}}}}"#,
        "[".repeat(5_000),
        "]".repeat(5_000)
    );
    for body in [
        "",
        " ",
        "null",
        "36",
        "\"{ __typename }\"",
        "{",
        "{\"query\":\"{__typename}\"} {}",
        "{'query':'{__typename}'}",
        r#"{"query":"{__typename}","variables":{"a":NaN}}"#,
        r#"{"query":"{__typename}","variables":{"a":1e999}}"#,
        r#"{"query":"{__typename}","variables":{"a":"\ud800"}}"#,
        r#"{"query":"{__typename}","query":"{__schema{types{name}}}"}"#,
        "\u{feff}{\"query\":\"{__typename}\"}",
        deep.as_str(),
        nested.as_str(),
    ] {
        door.post(body, &[JSON, RESPONSE]).await.refused(400);
    }
    door.post(b"{\"query\":\"\xff\xfe\"}".to_vec(), &[JSON])
        .await
        .refused(400);
    door.post(
        b"\x1f\x8b\x08".to_vec(),
        &[JSON, ("content-encoding", "gzip")],
    )
    .await
    .refused(400);
    assert_eq!(door.query("{ __typename }").await.status, 200);
}

#[tokio::test]
async fn parameters_of_the_wrong_type() {
    let door = door().await;
    let query = "{ __typename }";
    for body in [
        json!({}),
        json!({ "qeury": query }),
        json!({ "query": null }),
        json!({ "query": "" }),
        json!({ "query": 36 }),
        json!({ "query": [query] }),
        json!({ "query": query, "operationName": 1 }),
        json!({ "query": query, "operationName": {} }),
        json!({ "query": query, "variables": [] }),
        json!({ "query": query, "variables": "{}" }),
        json!({ "query": query, "variables": true }),
        json!({ "query": query, "extensions": "x" }),
        json!({ "query": query, "extensions": [] }),
    ] {
        let advice = door.operation(&body).await.refused(400);
        assert!(advice.contains('`'), "it names the parameter: {advice}");
    }
}

#[tokio::test]
async fn batches_are_refused_by_name() {
    let advice = door()
        .await
        .operation(&json!([{ "query": "{ __typename }" }]))
        .await
        .refused(400);
    assert!(advice.contains("one operation"), "{advice}");
}

#[tokio::test]
async fn bodies_beyond_a_mebibyte_announced_or_not() {
    let door = door().await;
    let body = json!({ "query": "{ __typename }", "variables": { "a": "x".repeat(MEBIBYTE) } })
        .to_string();
    let length = body.len().to_string();
    door.post(body.clone(), &[JSON, ("content-length", &length)])
        .await
        .refused(413);
    door.post(body.clone(), &[JSON]).await.refused(413);

    // Chunk by chunk, for ever: the door reads a mebibyte and stops.
    let endless =
        futures_util::stream::repeat_with(|| Ok::<_, std::io::Error>(vec![b' '; 64 * 1024]));
    let request = Request::builder()
        .method(Method::POST)
        .uri("/graphql".parse().unwrap())
        .content_type("application/json")
        .body(Body::from_bytes_stream(endless));
    door.send(request).await.refused(413);

    let fits =
        json!({ "query": "{ __typename }", "extensions": { "a": "x".repeat(MEBIBYTE - 100) } })
            .to_string();
    assert_eq!(door.post(fits, &[JSON]).await.status, 200);
}

#[tokio::test]
async fn compressed_bodies_are_taken_and_bombs_are_not() {
    let door = door().await;
    let gzip = |plain: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(plain).unwrap();
        encoder.finish().unwrap()
    };
    let request = gzip(br#"{"query":"{__typename}"}"#);
    assert_eq!(
        door.post(request.clone(), &[JSON, ("content-encoding", "gzip")])
            .await
            .status,
        200
    );
    let bomb = gzip(&vec![b' '; 20 * MEBIBYTE]);
    assert!(bomb.len() < MEBIBYTE);
    door.post(bomb, &[JSON, ("content-encoding", "gzip")])
        .await
        .refused(413);
    for encoding in ["zstd", "deflate", "gzip, gzip", "x"] {
        door.post(request.clone(), &[JSON, ("content-encoding", encoding)])
            .await
            .refused(415);
    }
}

#[tokio::test]
async fn addresses_that_are_too_long_doubled_or_not_text() {
    let door = door().await;
    let long = format!("/graphql?query={}", "a".repeat(9_000));
    door.get(&long).await.refused(414);
    door.get(&format!("/ask?q={}", "a".repeat(9_000)))
        .await
        .refused(414);
    for address in [
        "/graphql",
        "/graphql?query=",
        "/graphql?query={__typename}&query={__typename}",
        "/graphql?query=%ff",
        "/graphql?query=%",
        "/graphql?query={__typename}&variables=[]",
        "/graphql?query={__typename}&variables=NaN",
        "/graphql?query={__typename}&extensions=1",
        "/ask?q=%c3%28",
    ] {
        let address = address.replace('{', "%7B").replace('}', "%7D");
        door.get(&address).await.refused(400);
    }
}

#[tokio::test]
async fn headers_that_make_no_sense_change_nothing() {
    let door = door().await;
    let body = r#"{"query":"{__typename}"}"#;
    let long = "a/b,".repeat(2_000) + "*/*";
    for header in [
        ("accept", long.as_str()),
        ("accept-encoding", "br;q=NaN, gzip;q=-1, *;q=9"),
        ("accept-language", ";;;,,,q=q"),
        ("if-none-match", "*"),
        ("content-length", "a lot"),
        ("x-request-id", "\"><script>"),
        ("host", "evil.example"),
        ("cookie", "a=b"),
    ] {
        let answer = door.post(body, &[JSON, header]).await;
        assert_eq!(answer.status, 200, "{header:?}: {}", answer.text());
        assert!(answer.headers.get("content-encoding").is_none());
    }
}
