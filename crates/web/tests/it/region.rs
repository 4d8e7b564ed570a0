//! The region on show: what a reader finds on each page, in each language and in each form, and what a stranger cannot do to it.

use serde_json::Value;

use crate::caller::{Answer, Door};

/// A door whose callers may ask as much as they like.
async fn door() -> Door {
    let quotas = graphql::Quotas {
        anonymous: None,
        ..graphql::Quotas::default()
    };
    let settings = graphql::Settings {
        quotas,
        ..testkit::settings()
    };
    let service = testkit::service_with(settings).await;
    Door::over(web::app(service, web::Settings::default()))
}

/// A page of each kind.
const PAGES: [&str; 13] = [
    "/",
    "/territory/03",
    "/territory/03.231",
    "/organisation/alten_maroc",
    "/park/fes_shore",
    "/project/technopark_fes",
    "/agreement/memorandum_cri_apebi",
    "/indicator/call_centres",
    "/indicator/call_centres?territory=03.231",
    "/source/journaleco_2020",
    "/compare?territory=03&territory=04",
    "/map?level=province",
    "/data-health",
];

/// The address of the same page with another path, in a language.
fn address(page: &str, change: impl Fn(&str) -> String, language: &str) -> String {
    let (path, parameters) = page.split_once('?').unwrap_or((page, ""));
    format!("{}?{parameters}&lang={language}", change(path))
}

fn sibling(page: &str, ending: &str) -> String {
    let name = |path: &str| match path {
        "/" => format!("/home.{ending}"),
        path => format!("{path}.{ending}"),
    };
    address(page, name, "en")
}

async fn page(door: &Door, page: &str, language: &str) -> Answer {
    door.get(&address(page, str::to_owned, language)).await
}

/// What stands in an element, tags left out.
fn words(html: &str) -> String {
    let parts = html
        .split('<')
        .map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    parts.collect()
}

#[tokio::test]
async fn every_page_is_whole_in_three_languages() {
    let door = door().await;
    for (language, direction) in [("fr", "ltr"), ("en", "ltr"), ("ar", "rtl")] {
        for path in PAGES {
            let answer = page(&door, path, language).await;
            let text = answer.text();
            assert_eq!(answer.status, 200, "{path}: {text}");
            let html = format!("<html lang=\"{language}\" dir=\"{direction}\">");
            assert!(text.contains(&html), "{path}");
            assert_eq!(text.matches("<h1").count(), 1, "{path}: one heading leads");
            for other in ["fr", "en", "ar"] {
                let alternate = format!("<link rel=\"alternate\" hreflang=\"{other}\"");
                assert!(text.contains(&alternate), "{path} {other}");
            }
            for part in [
                "og:image",
                "rel=\"canonical\"",
                "/graphiql?query=",
                ".csv?",
                "&lt;iframe",
            ] {
                let escaped = part.replace("&lt;", "&#60;");
                assert!(
                    text.contains(part) || text.contains(&escaped),
                    "{path}: {part}"
                );
            }
            assert!(
                !text.contains("style=") && !text.contains("onclick"),
                "{path}"
            );
            let policy = answer.header("content-security-policy");
            assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"));
            assert!(
                !text.contains("http://")
                    || path == "/source/journaleco_2020"
                    || !text.contains("src=\"http")
            );
        }
    }
}

#[tokio::test]
async fn a_place_is_told_of_in_the_order_of_investors_and_says_what_nobody_published() {
    let door = door().await;
    let answer = page(&door, "/territory/03.231", "en").await;
    let text = answer.text();
    let order = [
        "operators",
        "headcount",
        "talent",
        "training",
        "languages",
        "office-stock",
        "office-rents",
        "incentives",
        "connectivity",
        "projects",
        "contacts",
    ];
    let places: Vec<_> = order
        .iter()
        .map(|section| {
            text.find(&format!("<section id=\"{section}\""))
                .expect(section)
        })
        .collect();
    assert!(places.is_sorted(), "{places:?}");
    let talent = text
        .split("<section id=\"talent\"")
        .nth(1)
        .unwrap()
        .split("</section>")
        .next()
        .unwrap();
    assert!(talent.contains("No published figure known."), "{talent}");
    let headcount = text.split("<section id=\"headcount\"").nth(1).unwrap();
    let headcount = headcount.split("</section>").next().unwrap();
    assert!(words(headcount).contains("about 4,500"), "{headcount}");
    assert!(
        headcount.contains("2019") && headcount.contains("href=\"/source/"),
        "{headcount}"
    );
    assert!(text.contains("href=\"/organisation/") && text.contains("href=\"/park/fes_shore"));
}

#[tokio::test]
async fn a_series_shows_which_figure_leads_and_what_contradicts_it() {
    let door = door().await;
    let answer = page(&door, "/indicator/call_centres?territory=03.231", "en").await;
    let text = answer.text();
    assert!(
        text.contains("This figure leads because") && text.contains("36"),
        "{text}"
    );
    assert!(
        text.contains("<figure class=\"chart\"") && text.contains("<caption"),
        "{text}"
    );
    let unknown = page(&door, "/indicator/call_centres?territory=08", "en").await;
    assert_eq!(unknown.status, 200);
    assert!(unknown.text().contains("No published figure known."));
}

#[tokio::test]
async fn places_are_compared_on_the_same_terms_or_the_difference_is_said() {
    let door = door().await;
    let same = page(
        &door,
        "/compare?territory=03&territory=04&territory=04",
        "en",
    )
    .await;
    let row = |text: &str, indicator: &str| {
        let row = text
            .split(&format!("href=\"/indicator/{indicator}?"))
            .nth(1)
            .unwrap();
        words(row.split("</tr>").next().unwrap())
    };
    let population = row(same.text(), "hcp_population_legal");
    assert!(
        population.contains("4,467,911")
            && population.contains("5,132,639")
            && population.contains("2024"),
        "{population}"
    );
    let other = page(&door, "/compare?territory=03.231&territory=03", "en").await;
    let centres = row(other.text(), "call_centres");
    assert!(
        centres.contains("2017") && centres.contains("later figures exist"),
        "{centres}"
    );
    assert_eq!(
        page(&door, "/compare?territory=99&territory=03", "en")
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn every_page_can_be_taken_along_as_data_and_as_a_picture() {
    let door = door().await;
    for path in PAGES {
        let json = door.get(&sibling(path, "json")).await;
        assert_eq!(json.status, 200, "{path}: {}", json.text());
        let told = json.json();
        let again = door
            .operation(
                &serde_json::json!({ "query": told["query"], "variables": told["variables"] }),
            )
            .await;
        assert_eq!(
            again.json()["data"],
            told["data"],
            "{path}: the query behind gives it again"
        );

        let csv = door.get(&sibling(path, "csv")).await;
        assert_eq!(
            csv.header("content-type"),
            "text/csv; charset=utf-8",
            "{path}"
        );
        let text = csv.text().trim_start_matches('\u{feff}');
        let columns = text.lines().next().unwrap().split(',').count();
        assert!(columns > 3, "{path}: {text}");

        let png = door.get(&sibling(path, "png")).await;
        assert_eq!(png.header("content-type"), "image/png", "{path}");
        assert!(png.body.starts_with(b"\x89PNG"), "{path}");
        let svg = door.get(&sibling(path, "svg")).await;
        assert_eq!(svg.header("content-type"), "image/svg+xml", "{path}");
        assert!(
            svg.text().starts_with("<svg ") && !svg.text().contains("<script"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn other_sites_may_frame_what_is_embedded_and_nothing_else() {
    let door = door().await;
    for path in PAGES {
        let embedded = |path: &str| match path {
            "/" => "/embed/home".to_owned(),
            path => format!("/embed{path}"),
        };
        let answer = door.get(&address(path, embedded, "fr")).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(
            answer
                .header("content-security-policy")
                .ends_with("frame-ancestors *")
        );
        assert!(answer.headers.get("x-frame-options").is_none(), "{path}");
        let text = answer.text();
        assert!(
            !text.contains("<script") && !text.contains("<form"),
            "{path}"
        );
        assert!(
            text.contains("Bab · باب") && text.contains("2026"),
            "{path}: its date"
        );
        let whole = page(&door, path, "fr").await;
        assert_eq!(whole.header("x-frame-options"), "DENY", "{path}");
    }
}

#[tokio::test]
async fn machines_find_every_page_and_what_it_is() {
    let settings = web::Settings {
        public_url: Some("https://bab.example".into()),
        ..web::Settings::default()
    };
    let door = Door::over(web::app(testkit::service().await, settings));
    let get = async |address: &str| {
        let headers = [("host", "bab.example")];
        door.get_with(address, &headers).await
    };
    let map = get("/sitemap.xml").await;
    let text = map.text();
    for address in [
        "/territory/03.231?lang=fr",
        "/organisation/apebi?lang=fr",
        "/indicator/call_centres?lang=fr",
        "/map?lang=fr",
    ] {
        assert!(
            text.contains(&format!("<loc>https://bab.example{address}</loc>")),
            "{address}"
        );
    }
    assert!(text.contains("hreflang=\"ar\"") && text.matches("<url>").count() > 300);
    let robots = get("/robots.txt").await;
    assert!(
        robots
            .text()
            .contains("Sitemap: https://bab.example/sitemap.xml")
    );

    for (address, kind) in [
        ("/territory/03", "Dataset"),
        ("/organisation/apebi", "Organization"),
    ] {
        let answer = get(address).await;
        let data = answer
            .text()
            .split("<script type=\"application/ld+json\">")
            .nth(1)
            .unwrap();
        let data: Value = serde_json::from_str(data.split("</script>").next().unwrap()).unwrap();
        assert_eq!(
            (data["@context"].as_str(), data["@type"].as_str()),
            (Some("https://schema.org"), Some(kind))
        );
        assert!(
            answer
                .text()
                .contains("<meta property=\"og:image\" content=\"https://bab.example/")
        );
    }
}

#[tokio::test]
async fn what_stays_the_same_is_not_sent_twice() {
    let door = door().await;
    let first = page(&door, "/territory/03", "fr").await;
    let tag = first.header("etag").to_owned();
    let french = address("/territory/03", str::to_owned, "fr");
    let again = door.get_with(&french, &[("if-none-match", &tag)]).await;
    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    let english = address("/territory/03", str::to_owned, "en");
    let other = door.get_with(&english, &[("if-none-match", &tag)]).await;
    assert_eq!(other.status, 200, "another language is another page");
}

#[tokio::test]
async fn names_are_suggested_while_they_are_typed() {
    let door = door().await;
    let found = door.get("/suggest?lang=en&q=fes+sh").await.json();
    let first = &found["suggestions"][0];
    assert_eq!(first["name"], "Fès Shore", "{found}");
    assert_eq!(first["address"], "/park/fes_shore?lang=en");
    for nothing in [
        "/suggest",
        "/suggest?q=",
        "/suggest?q=zzzzzz",
        &format!("/suggest?q={}", "a".repeat(500)),
    ] {
        assert_eq!(
            door.get(nothing).await.json()["suggestions"],
            serde_json::json!([]),
            "{nothing}"
        );
    }
}

#[tokio::test]
async fn where_there_is_no_page_the_reader_is_helped_on() {
    let door = door().await;
    for missing in [
        "/territory/99",
        "/organisation/nobody",
        "/nothing",
        "/a/b/c",
        "/indicator/nothing?territory=03",
    ] {
        let answer = door
            .get_with(
                missing,
                &[("accept", "text/html"), ("accept-language", "en")],
            )
            .await;
        assert_eq!(answer.status, 404, "{missing}");
        let text = answer.text();
        assert!(
            text.contains("Nothing at this address") && text.contains("name=\"q\""),
            "{missing}: {text}"
        );
    }
    door.get("/nothing").await.refused(404);
    door.get("/territory/99.json").await.refused(404);
}

#[tokio::test]
async fn nothing_that_is_written_into_an_address_becomes_markup() {
    let door = door().await;
    for typed in [
        "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "%22%3E%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
        "%27%20onmouseover%3D%27alert(1)",
        "javascript:alert(1)",
        "%7B%7B7*7%7D%7D",
        "%E2%80%AE%E2%80%AE",
        "%00",
        "..%2f..%2fetc",
    ] {
        for address in [
            format!("/territory/{typed}"),
            format!("/organisation/{typed}"),
            format!("/indicator/{typed}?territory={typed}"),
            format!("/indicator/call_centres?territory={typed}"),
            format!("/compare?territory={typed}&territory=03"),
            format!("/map?indicator={typed}&level={typed}&lang={typed}"),
            format!("/ask?q={typed}&c={typed}&lang={typed}"),
            format!("/embed/ask?q={typed}"),
            format!("/suggest?q={typed}"),
            format!("/{typed}"),
        ] {
            let answer = door.get_with(&address, &[("accept", "text/html")]).await;
            let text = answer.text();
            assert!(answer.status.as_u16() < 500, "{address}: {text}");
            for forbidden in [
                "<script>",
                "<img src=x",
                "' onmouseover",
                "href=\"javascript",
                ">49<",
            ] {
                assert!(!text.contains(forbidden), "{address}: {forbidden}");
            }
        }
    }
}
