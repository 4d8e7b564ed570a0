//! Pages and files: the ask page, the playground, the schema's text, health.

use serde_json::json;

use crate::caller::{Door, door};

/// Scripts that stand in a page: none may, but data for machines and files of ours.
fn scripts(page: &str) -> usize {
    let data = page
        .matches("<script type=\"application/ld+json\">")
        .count();
    let files = page
        .matches("<script src=\"/site.js\" defer></script>")
        .count();
    page.matches("<script").count() - data - files
}

#[tokio::test]
async fn a_question_is_answered_with_its_source_in_plain_html() {
    let answer = door()
        .await
        .get("/ask?lang=en&q=How+many+call+centres+in+F%C3%A8s%3F")
        .await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    let page = answer.text();
    for part in [
        "<html lang=\"en\" dir=\"ltr\">",
        "36",
        "2019",
        "class=\"sources\"",
        "href=\"https://",
        "/graphiql?query=",
    ] {
        assert!(page.contains(part), "{part} is missing in {page}");
    }
    assert_eq!(scripts(page), 0, "{page}");
}

#[tokio::test]
async fn the_page_offers_five_questions_in_three_languages() {
    let door = door().await;
    for (language, direction) in [("fr", "ltr"), ("en", "ltr"), ("ar", "rtl")] {
        let chosen = door.get(&format!("/?lang={language}")).await;
        let accepted = door.get_with("/", &[("accept-language", language)]).await;
        for page in [chosen.text(), accepted.text()] {
            assert!(
                page.contains(&format!("<html lang=\"{language}\" dir=\"{direction}\">")),
                "{page}"
            );
            let offered = "href=\"/ask?q=";
            let offers = page.split("<ul class=\"questions\">").nth(1).unwrap();
            let offers = offers.split("</ul>").next().unwrap();
            assert_eq!(offers.matches(offered).count(), 5, "{page}");
            assert_eq!(
                offers.matches(&format!("lang={language}\"")).count(),
                5,
                "{page}"
            );
            assert!(page.contains("/graphiql") && page.contains("/schema.graphql"));
        }
    }
}

#[tokio::test]
async fn what_is_typed_never_becomes_markup() {
    let door = door().await;
    for (typed, forbidden) in [
        ("%3Cscript%3Ealert(1)%3C%2Fscript%3E", "<script>"),
        (
            "%22%20autofocus%20onfocus%3Dalert(1)%20x%3D%22",
            "\" autofocus onfocus",
        ),
        (
            "%27%3E%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
            "<img src=x",
        ),
        ("%7B%7B7*7%7D%7D", ">49<"),
    ] {
        let answer = door
            .get(&format!("/ask?q={typed}&c={typed}&lang={typed}"))
            .await;
        assert!(answer.status.as_u16() < 500, "{}", answer.text());
        assert!(
            !answer.text().contains(forbidden),
            "{typed}: {}",
            answer.text()
        );
    }
}

#[tokio::test]
async fn questions_of_any_size_get_an_answer_or_advice() {
    let door = door().await;
    for length in [1, 100, 1_000, 4_000] {
        for typed in ["a", "%00", "%F0%9F%9A%AA", "%D8%A7", "-"] {
            let question = typed.repeat(length);
            if question.len() > 8_000 {
                continue;
            }
            let answer = door.get(&format!("/ask?q={question}")).await;
            assert!(
                matches!(answer.status.as_u16(), 200 | 400),
                "{typed} x {length}: {}",
                answer.text()
            );
        }
    }
}

#[tokio::test]
async fn the_playground_is_there_or_says_how_to_build_it() {
    let door = door().await;
    let page = door.get("/graphiql").await;
    assert_eq!(page.status, 200);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let text = page.text();
    if text.contains("make playground") {
        return;
    }
    assert_eq!(page.header("cache-control"), "no-cache");
    let script = text
        .split("src=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap();
    let file = door.get_with(script, &[("accept-encoding", "gzip")]).await;
    assert_eq!(
        file.header("content-type"),
        "text/javascript; charset=utf-8"
    );
    assert_eq!(
        file.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    assert_eq!(file.header("content-encoding"), "gzip");
    let etag = file.header("etag");
    assert!(etag.starts_with('"') && etag.ends_with('"'), "{etag}");
    let again = door
        .get_with(
            script,
            &[("accept-encoding", "gzip"), ("if-none-match", etag)],
        )
        .await;
    assert_eq!(again.status, 304);
    assert!(again.body.is_empty());
    let other = door.get_with(script, &[("if-none-match", etag)]).await;
    assert_eq!(
        other.status, 200,
        "another encoding is another representation"
    );
}

#[tokio::test]
async fn no_address_leaves_the_playground_s_files() {
    let door = door().await;
    for address in [
        "/graphiql/../Cargo.toml",
        "/graphiql/..%2f..%2f..%2fCargo.toml",
        "/graphiql/%2e%2e/package.json",
        "/graphiql/.gitignore",
        "/graphiql/assets",
        "/graphiql//etc/passwd",
        "/graphiql/%00",
    ] {
        let answer = door.get(address).await;
        assert_eq!(answer.status, 404, "{address}: {}", answer.text());
    }
}

#[tokio::test]
async fn files_are_not_sent_twice() {
    let door = door().await;
    for address in ["/schema.graphql", "/site.css", "/site.js", "/icon.svg"] {
        let first = door.get(address).await;
        assert_eq!(first.status, 200);
        let etag = first.header("etag").to_owned();
        for known in [
            etag.as_str(),
            "*",
            &format!("\"x\", {etag}"),
            etag.trim_start_matches("W/"),
        ] {
            let again = door.get_with(address, &[("if-none-match", known)]).await;
            assert_eq!(again.status, 304, "{address} {known}");
            assert_eq!(again.header("etag"), etag);
        }
        assert_eq!(
            door.get_with(address, &[("if-none-match", "\"other\"")])
                .await
                .status,
            200
        );
    }
}

#[tokio::test]
async fn it_is_alive_and_ready() {
    let door = door().await;
    let health = door.get("/health").await;
    assert_eq!(
        (health.status.as_u16(), health.json()["status"].as_str()),
        (200, Some("alive"))
    );
    let ready = door.get("/ready").await;
    assert_eq!(
        (ready.status.as_u16(), ready.json()["status"].as_str()),
        (200, Some("ready"))
    );
    assert_eq!(ready.header("cache-control"), "no-store");
}

#[tokio::test]
async fn what_keeps_it_from_being_ready_is_named() {
    let database = testkit::database().await;
    let settings = graphql::Settings {
        latest_migration: Some("m99991231_000001_tomorrow".into()),
        ..Default::default()
    };
    let behind = graphql::Service::open(database.store.clone(), settings)
        .await
        .unwrap();
    let answer = Door::over(web::app(behind, web::Settings::default()))
        .get("/ready")
        .await;
    assert_eq!(answer.status, 503);
    assert_eq!(
        answer.json()["checks"],
        json!({ "database": "ok", "migrations": "failed" })
    );

    let service = testkit::service_over(&database).await;
    let door = Door::over(web::app(service, web::Settings::default()));
    assert_eq!(door.get("/ready").await.status, 200);
    database.store.close().await.unwrap();
    let answer = door.get("/ready").await;
    assert_eq!(answer.status, 503);
    assert_eq!(
        answer.json()["checks"],
        json!({ "database": "failed", "migrations": "unknown" })
    );
    assert_eq!(door.get("/health").await.status, 200, "alive all the same");
}

#[tokio::test]
async fn the_state_of_the_data_is_a_page_without_javascript() {
    let door = door().await;
    for (language, words) in [
        (
            "fr",
            ["État des données", "rien de publié", "Loyers des bureaux"],
        ),
        (
            "en",
            ["State of the data", "nothing published", "Office rents"],
        ),
        ("ar", ["حالة البيانات", "لا شيء منشور", "كراء المكاتب"]),
    ] {
        let answer = door.get(&format!("/data-health?lang={language}")).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
        assert!(
            answer
                .header("content-security-policy")
                .contains("default-src 'none'")
        );
        let page = answer.text();
        for word in words {
            assert!(page.contains(word), "{word} is missing in {page}");
        }
        assert!(page.contains("2026-11-20") && page.contains("href=\"/corrections\""));
        assert!(scripts(page) == 0 && !page.contains("style="));
    }
    let start = door.get("/?lang=en").await;
    assert!(start.text().contains("/data-health?lang=en"));
    let odd = door.get("/data-health?lang=%3Cscript%3E").await;
    assert!(!odd.text().contains("<script>"));
    let policy = door.get("/corrections").await;
    assert_eq!(policy.header("content-type"), "text/plain; charset=utf-8");
    assert!(policy.text().contains("law 09-08"));
}
