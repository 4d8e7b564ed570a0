//! What every answer carries: request id, security headers, compression, and an answer even after a panic.

use std::io::Read;

use poem::{EndpointExt, Route, endpoint::make_sync};

use crate::caller::{Door, JSON, door};

#[tokio::test]
async fn a_request_id_is_taken_over_or_made() {
    let door = door().await;
    let body = r#"{"query":"{"}"#;
    let own = door
        .post(body, &[JSON, ("x-request-id", "partner-42_a.B")])
        .await;
    assert_eq!(own.header("x-request-id"), "partner-42_a.B");
    assert_eq!(
        own.json()["errors"][0]["extensions"]["requestId"],
        "partner-42_a.B"
    );
    let mut seen = Vec::new();
    for bad in ["", "a b", "<x>", "é", &"a".repeat(65)] {
        let id = door
            .post(body, &[JSON, ("x-request-id", bad)])
            .await
            .header("x-request-id")
            .to_owned();
        assert!(
            !id.is_empty() && id != bad && !seen.contains(&id),
            "{bad:?} -> {id}"
        );
        seen.push(id);
    }
    assert_eq!(
        door.get_with("/health", &[("x-request-id", &"a".repeat(64))])
            .await
            .header("x-request-id")
            .len(),
        64
    );
}

#[tokio::test]
async fn every_answer_is_closed_by_default() {
    let door = door().await;
    for address in [
        "/",
        "/graphql",
        "/graphiql",
        "/graphiql/nothing",
        "/schema.graphql",
        "/health",
        "/ready",
        "/site.css",
        "/nowhere",
    ] {
        let answer = door.get(address).await;
        let policy = answer.header("content-security-policy");
        for part in [
            "default-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(part), "{address}: {policy}");
        }
        assert!(
            !policy.contains("http"),
            "{address} allows no other host: {policy}"
        );
        assert!(
            !policy
                .replace("style-src 'self' 'unsafe-inline'", "")
                .contains("'unsafe-inline'"),
            "{address}: {policy}"
        );
        assert_eq!(
            answer.header("x-content-type-options"),
            "nosniff",
            "{address}"
        );
        // The form of a report says where it comes from, to us only.
        let referrer = if address == "/" {
            "same-origin"
        } else {
            "no-referrer"
        };
        assert_eq!(answer.header("referrer-policy"), referrer, "{address}");
        assert!(!answer.header("x-request-id").is_empty(), "{address}");
        assert_eq!(answer.header("strict-transport-security"), "", "{address}");
    }
}

#[tokio::test]
async fn a_public_https_address_is_made_to_stick() {
    let settings = web::Settings {
        public_url: Some("https://bab.example".into()),
        ..web::Settings::default()
    };
    let door = Door::over(web::app(testkit::service().await, settings));
    let answer = door.get("/").await;
    assert_eq!(
        answer.header("strict-transport-security"),
        "max-age=31536000"
    );
    assert!(
        answer
            .text()
            .contains("<link rel=\"canonical\" href=\"https://bab.example/\">")
    );
}

#[tokio::test]
async fn unknown_addresses_say_where_things_are() {
    let door = door().await;
    for address in [
        "/nowhere",
        "/graphql/",
        "/graphql/x",
        "/..%2f..%2fetc/passwd",
        "//",
        "/health/x",
        "/%00",
    ] {
        let advice = door.get(address).await.refused(404);
        assert!(advice.contains("/graphql"), "{address}: {advice}");
    }
}

#[tokio::test]
async fn long_text_is_compressed_as_the_caller_likes() {
    let door = door().await;
    let plain = door.get("/schema.graphql").await;
    assert!(plain.text().contains("type Query"));
    assert_eq!(plain.header("content-encoding"), "");
    let gzip = door
        .get_with("/schema.graphql", &[("accept-encoding", "gzip")])
        .await;
    assert_eq!(gzip.header("content-encoding"), "gzip");
    let mut read = Vec::new();
    flate2::read::GzDecoder::new(&gzip.body[..])
        .read_to_end(&mut read)
        .unwrap();
    assert_eq!(read, plain.body);
    let brotli = door
        .get_with(
            "/schema.graphql",
            &[("accept-encoding", "gzip, deflate, br")],
        )
        .await;
    assert_eq!(brotli.header("content-encoding"), "br");
    read.clear();
    brotli::Decompressor::new(&brotli.body[..], 4096)
        .read_to_end(&mut read)
        .unwrap();
    assert_eq!(read, plain.body);
    for answer in [plain, gzip, brotli] {
        assert_eq!(answer.header("vary"), "Accept-Encoding");
    }
}

#[tokio::test]
async fn a_panic_is_an_answer_and_says_nothing_of_itself() {
    let broken = make_sync(|_| -> String { panic!("secret detail") });
    let door = Door::over(
        Route::new()
            .at("/", broken)
            .with(web::edge(&web::Settings::default())),
    );
    let answer = door.get_with("/", &[("x-request-id", "p1")]).await;
    answer.refused(500);
    assert!(!answer.text().contains("secret"));
    assert_eq!(
        answer.json()["errors"][0]["extensions"]["code"],
        "INTERNAL_SERVER_ERROR"
    );
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
}
