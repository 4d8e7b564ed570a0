//! What strangers propose and what curators type stays text; forms and addresses of any kind get a page and change nothing.

use poem::http::Method;

use super::*;

const EVIL: &str = "\"><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}'";

/// Nothing of what was sent became markup.
#[track_caller]
fn harmless(page: &Answer) {
    let text = page.text();
    for forbidden in [
        "<img src=x",
        "<script>",
        "onerror=alert(1)>",
        "javascript:",
        ">49<",
    ] {
        assert!(!text.contains(forbidden), "{forbidden}: {text}");
    }
    assert!(
        !text.contains("style=") && !text.contains(" onclick"),
        "{text}"
    );
    assert_eq!(text.matches("<h1").count(), 1, "{text}");
}

#[tokio::test]
async fn what_strangers_propose_is_text_on_every_page() {
    let (door, database) = opened().await;
    let secret = key(&database, 1, "curate").await;
    let fact = json!({ "organisation": { "key": "evil", "name": EVIL, "aliases": [EVIL, "x"], "kind": "COMPANY", "summaryFr": EVIL, "summaryEn": EVIL, "source": "journaleco_2020" } });
    let text = format!("{EVIL} \u{202e}et فاس {EVIL}");
    let spans = json!([{ "name": "name", "start": 0, "end": EVIL.len() }]);
    let first = propose(&door, &secret, fact, spans.clone(), &text).await;
    let query = "mutation P($input: ProposeInput!) { propose(input: $input) { proposals { key } userErrors { field message } } }";
    let source = json!({ "new": { "kind": "PRESS", "publisher": EVIL, "title": EVIL, "url": "https://evil.example/?'onmouseover='alert(1)", "licence": EVIL } });
    let more = json!({ "proposals": [{ "fact": figure(41.0), "note": EVIL }], "source": source, "text": { "text": EVIL, "title": EVIL } });
    let made = run(&door, &secret, query, json!({ "input": more })).await;
    assert_eq!(
        made["propose"]["proposals"].as_array().map(Vec::len),
        Some(1),
        "{made}"
    );
    let second = made["propose"]["proposals"][0]["key"].as_str().unwrap();
    let curator = Curator::enter(&door, &secret).await;
    for language in ["fr", "ar"] {
        for path in [
            "/desk",
            "/desk/audit",
            &format!("/desk/proposals/{first}"),
            &format!("/desk/proposals/{second}"),
            &format!("/desk/proposals/{first}/amend"),
        ] {
            let page = curator.get(&format!("{path}?lang={language}")).await;
            assert_eq!(page.status, 200, "{path}: {}", page.text());
            harmless(&page);
        }
    }
    let page = curator
        .get(&format!("/desk/proposals/{first}?lang=en"))
        .await;
    let marked = page
        .text()
        .split("<mark id=\"said\" title=\"Name\">")
        .nth(1)
        .unwrap()
        .split("</mark>")
        .next()
        .unwrap();
    assert_eq!(plain(marked), EVIL, "the words are whole");

    // Typed into every field, and told again.
    let address = format!("/desk/proposals/{first}/amend?lang=en");
    let fields = [
        "name",
        "aliases",
        "kind",
        "parent",
        "countryOfOrigin",
        "website",
        "summaryFr",
        "summaryEn",
        "source",
        "reason",
    ]
    .map(|name| (name, EVIL));
    let refused = curator.fill(&address, "", &fields).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    harmless(&refused);
    let reason = curator
        .fill(
            &format!("/desk/proposals/{first}?lang=en"),
            "/accept",
            &[("reason", EVIL)],
        )
        .await;
    harmless(&curator.follow(&reason).await);
    harmless(&curator.get("/desk/audit?lang=en&fact=evil").await);
}

#[tokio::test]
async fn addresses_of_any_kind_get_a_page() {
    let (door, database) = opened().await;
    let secret = key(&database, 1, "curate coordinate").await;
    let curator = Curator::enter(&door, &secret).await;
    let typed = "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E";
    for (address, status) in [
        (
            format!("/desk?state={typed}&text={typed}&decided={typed}"),
            200,
        ),
        (format!("/desk?after={typed}"), 400),
        (format!("/desk?before={typed}"), 400),
        (format!("/desk/proposals/{typed}"), 404),
        (format!("/desk/proposals/x?at={typed}"), 400),
        ("/desk/proposals/nobody".to_owned(), 404),
        ("/desk/proposals/nobody/amend".to_owned(), 404),
        (format!("/desk/conflicts?indicator={typed}"), 200),
        (format!("/desk/import/{}", "0".repeat(64)), 404),
        (format!("/desk/import/{typed}"), 404),
        ("/desk/needs/nobody".to_owned(), 404),
        (format!("/desk/needs?state={typed}"), 200),
        (format!("/desk/audit?fact={typed}&after={typed}"), 400),
        (format!("/desk/audit?fact={}", "x".repeat(200)), 400),
        ("/desk/nowhere/at/all/of/it".to_owned(), 404),
        ("/desk/%ff%fe".to_owned(), 404),
        (format!("/desk?lang={typed}"), 200),
    ] {
        let page = curator.get(&address).await;
        assert_eq!(page.status.as_u16(), status, "{address}: {}", page.text());
        harmless(&page);
        assert_eq!(page.header("cache-control"), "no-store");
    }
    for address in [
        format!("/desk?text={}", "x".repeat(9_000)),
        "/desk?text=%ff".to_owned(),
    ] {
        assert!(matches!(
            curator.get(&address).await.status.as_u16(),
            400 | 414
        ));
    }
    // Cookies of any kind open nothing.
    for cookie in [
        "bab_desk=",
        "bab_desk=0",
        &format!("bab_desk={}", "0".repeat(64)),
        &"bab_desk=a; ".repeat(500),
        "=;;=bab_desk",
    ] {
        assert_eq!(
            door.get_with("/desk", &[HERE, ("cookie", cookie)])
                .await
                .status,
            303
        );
    }
}

#[tokio::test]
async fn forms_of_any_kind_get_advice_and_change_nothing() {
    let (door, database) = opened().await;
    let secret = key(&database, 1, "curate").await;
    let proposal = proposed(&door, &secret, 41.0).await;
    let curator = Curator::enter(&door, &secret).await;
    let token = curator.token().await;
    let decision = |version: &str, reason: &str, once: &str| {
        let mut fields = vec![
            ("token", token.as_str()),
            ("version", version),
            ("reason", reason),
        ];
        fields.extend((!once.is_empty()).then_some(("once", once)));
        encoded(&fields)
    };
    let good = decision("1", "r", "");
    let cookie = ("cookie", curator.cookie.as_str());
    for (path, kind, body, status) in [
        ("accept", FORM.1, "x".repeat(2 << 20), 413),
        ("accept", FORM.1, "a=1&".repeat(3_000), 413),
        ("accept", FORM.1, format!("{good}&x=%ff"), 400),
        ("accept", FORM.1, String::new(), 403),
        ("accept", "text/plain", good.clone(), 415),
        ("accept", "application/json", "{}".to_owned(), 415),
        ("accept", "multipart/form-data", good.clone(), 415),
        (
            "accept",
            "multipart/form-data; boundary=x",
            good.clone(),
            400,
        ),
        (
            "accept",
            "multipart/form-data; boundary=x",
            "--x\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n\u{0}".to_owned(),
            400,
        ),
        ("accept", FORM.1, decision("999999999999", "r", ""), 422),
        ("accept", FORM.1, decision("1", &"é".repeat(1_001), ""), 422),
        ("accept", FORM.1, decision("1", "a\u{0}b\u{202e}", ""), 422),
        ("accept", FORM.1, decision("1", "r", "é"), 422),
        ("amend", FORM.1, format!("{good}&fact=nothing"), 404),
        (
            "amend",
            FORM.1,
            format!("{good}&fact=observation&value=1e999&indicator=call_centres"),
            422,
        ),
        (
            "amend",
            FORM.1,
            format!("{good}&fact=agreement&titleFr=x&kind=CONTRACT&source=journaleco_2020"),
            422,
        ),
        ("publish", FORM.1, good.clone(), 404),
    ] {
        let address = format!("/desk/proposals/{proposal}/{path}?lang=en");
        let headers = [("content-type", kind), HERE, OWN, cookie];
        let answer = door
            .request(Method::POST, &address, body.clone(), &headers)
            .await;
        assert_eq!(
            answer.status.as_u16(),
            status,
            "{path} {kind} {body:.80}: {}",
            answer.text()
        );
        harmless(&answer);
    }
    assert_eq!(
        stands(&door, &secret, &proposal).await,
        ("OPEN".to_owned(), 36.0)
    );
}
