//! Charts by their address: drawn on the fly, cached by what they show, hostile addresses refused.

use serde_json::json;

use crate::caller::{Door, door};

const TREND: &str = "Évolution du nombre de centres d'appels à Fès";
const ASK: &str = "query ($q: String!) { ask(question: $q) { chart { url svgUrl title } } }";

/// The address of the chart of a question.
async fn address(door: &Door, question: &str) -> String {
    let body = json!({ "query": ASK, "variables": { "q": question } });
    let answer = door.operation(&body).await.json();
    let url = answer["data"]["ask"]["chart"]["url"].as_str();
    url.unwrap_or_else(|| panic!("{answer:#}")).to_owned()
}

#[tokio::test]
async fn a_chart_is_drawn_as_png_and_as_svg() {
    let door = door().await;
    let url = address(&door, TREND).await;
    let png = door.get(&url).await;
    assert_eq!(png.status, 200);
    assert_eq!(png.header("content-type"), "image/png");
    assert!(png.body.starts_with(b"\x89PNG\r\n\x1a\n") && png.body.len() > 10_000);
    let svg = door.get(&url.replace(".png", ".svg")).await;
    assert_eq!(svg.header("content-type"), "image/svg+xml");
    assert!(
        svg.header("content-security-policy")
            .contains("default-src 'none'")
    );
    assert!(
        svg.text().contains("<title id=\"t\">Centres d'appels")
            && svg.text().contains("JournalEco")
    );
    for active in ["<script", "<style", "style=", "href="] {
        assert!(!svg.text().contains(active), "{active}");
    }
}

#[tokio::test]
async fn who_has_the_picture_already_is_not_sent_it_again() {
    let door = door().await;
    let url = address(&door, "تطور عدد مراكز الاتصال بفاس").await;
    let first = door.get(&url).await;
    assert!(first.header("cache-control").contains("max-age"));
    let etag = first.header("etag");
    assert!(!etag.is_empty());
    let again = door.get_with(&url, &[("if-none-match", etag)]).await;
    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    let svg = door
        .get_with(&url.replace(".png", ".svg"), &[("if-none-match", etag)])
        .await;
    assert_eq!(svg.status, 200);
    assert_eq!(door.get(&url).await.body, first.body);
}

#[tokio::test]
async fn hostile_addresses_are_refused_with_advice() {
    let door = door().await;
    let url = address(&door, TREND).await;
    let frame = url
        .trim_start_matches("/chart/")
        .trim_end_matches(".png")
        .to_owned();
    for (name, status) in [
        ("x".to_owned(), 404),
        (frame.clone(), 404),
        (format!("{frame}.gif"), 404),
        (format!("{frame}.png.exe"), 404),
        (".png".to_owned(), 400),
        ("x.png".to_owned(), 400),
        (format!("{}.svg", &frame[1..]), 400),
        (format!("{}.svg", "A".repeat(4_000)), 400),
        ("..%2f..%2fetc%2fpasswd.png".to_owned(), 400),
        ("%3Cscript%3E.svg".to_owned(), 400),
        ("%00%ff.png".to_owned(), 404),
    ] {
        let refused = door.get(&format!("/chart/{name}")).await;
        let message = refused.refused(status);
        assert!(message.contains("of an answer"), "{name}: {message}");
    }
}

#[tokio::test]
async fn the_page_shows_the_picture_and_a_table_behind_it() {
    let door = door().await;
    for (query, direction) in [
        (
            "lang=fr&q=%C3%89volution+du+nombre+de+centres+d%27appels+%C3%A0+F%C3%A8s",
            "ltr",
        ),
        (
            "lang=ar&q=%D8%AA%D8%B7%D9%88%D8%B1+%D8%B9%D8%AF%D8%AF+%D9%85%D8%B1%D8%A7%D9%83%D8%B2+%D8%A7%D9%84%D8%A7%D8%AA%D8%B5%D8%A7%D9%84+%D8%A8%D9%81%D8%A7%D8%B3",
            "rtl",
        ),
    ] {
        let page = door.get(&format!("/ask?{query}")).await;
        let page = page.text();
        let link = page.split("<a href=\"/chart/").nth(1).expect(page);
        let (frame, _) = link.split_once(".png\"").unwrap();
        let figure = page.split("<figure class=\"chart\"").nth(1).expect(page);
        assert!(
            figure.contains(&format!("dir=\"{direction}\">\n  <svg"))
                && figure.contains("<title id=\"answer-t\">"),
            "{page}"
        );
        assert!(
            page.contains("<table>") && page.contains("<bdi>36</bdi>"),
            "{page}"
        );
        assert_eq!(door.get(&format!("/chart/{frame}.svg")).await.status, 200);
    }
}

#[tokio::test]
async fn with_a_public_address_charts_are_named_by_it_and_pages_still_load_them_here() {
    let settings = graphql::Settings {
        public_url: Some("https://bab.example".into()),
        ..testkit::settings()
    };
    let service = testkit::service_with(settings).await;
    let door = Door::over(web::app(service, web::Settings::default()));
    let url = address(&door, TREND).await;
    assert!(url.starts_with("https://bab.example/chart/"), "{url}");
    let page = door
        .get("/ask?q=how+many+call+centres+in+F%C3%A8s%3F")
        .await;
    assert!(page.text().contains("<a href=\"/chart/"), "{}", page.text());
}
