//! Who is let in, for how long, and what no page elsewhere can make a curator do.

use std::time::Duration;

use chrono::Utc;
use poem::http::Method;
use store::api_key::{self, Secret};

use super::*;

#[tokio::test]
async fn a_key_opens_a_session_and_the_cookie_is_for_the_desk_alone() {
    let (door, database) = opened().await;
    let good = key(&database, 1, "read curate").await;
    // Strangers are led to the door, and see nothing.
    let stranger = door.get("/desk/proposals/abc?lang=en&state=all").await;
    assert_eq!(stranger.status, 303);
    assert_eq!(
        stranger.header("location"),
        "/desk/sign-in?to=%2Fdesk%2Fproposals%2Fabc%3Flang%3Den%26state%3Dall&lang=en"
    );
    let page = door.get(stranger.header("location")).await;
    assert_eq!(
        hidden(page.text(), "to"),
        "/desk/proposals/abc?lang=en&state=all"
    );

    let answer = sign_in(&door, &good).await;
    assert_eq!(answer.header("location"), "/desk?lang=en");
    let cookie = answer.header("set-cookie").to_owned();
    assert!(
        cookie.starts_with("bab_desk=")
            && cookie.ends_with("; Path=/desk; HttpOnly; SameSite=Strict"),
        "{cookie}"
    );
    assert!(!cookie.contains(good.reveal()) && !cookie.contains(good.prefix()));
    let curator = Curator::of(&door, &answer);
    let page = curator.get("/desk?lang=en").await;
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(
        page.text().contains("Amina &#60;b&#62;CRI&#60;/b&#62;")
            && page.text().contains(good.prefix())
    );
    assert!(!page.text().contains(good.reveal()));
    for name in [
        "cache-control",
        "x-robots-tag",
        "content-security-policy",
        "x-frame-options",
    ] {
        let value = page.header(name);
        assert!(
            ["no-store", "noindex, nofollow", "DENY"].contains(&value)
                || value.ends_with("frame-ancestors 'none'"),
            "{name}: {value}"
        );
        assert!(!value.contains("unsafe"), "{value}");
    }

    // Signed out, the cookie opens nothing.
    let token = curator.token().await;
    let left = curator
        .send("/desk/sign-out?lang=en", &[("token", &token)])
        .await;
    assert_eq!(left.header("location"), "/desk/sign-in?lang=en");
    assert!(left.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(curator.get("/desk?lang=en").await.status, 303);
}

#[tokio::test]
async fn over_https_the_cookie_goes_by_nothing_else() {
    let settings = web::Settings {
        public_url: Some("https://bab.example".to_owned()),
        ..web::Settings::default()
    };
    let (door, database) = with(settings, testkit::settings()).await;
    let good = key(&database, 1, "curate").await;
    let form = encoded(&[("key", good.reveal())]);
    let headers = [
        FORM,
        ("host", "bab.example"),
        ("origin", "https://bab.example"),
    ];
    let answer = door
        .request(Method::POST, "/desk/sign-in", form, &headers)
        .await;
    let cookie = answer.header("set-cookie");
    assert!(
        cookie.starts_with("__Secure-bab_desk=") && cookie.ends_with("; SameSite=Strict; Secure"),
        "{cookie}"
    );
}

#[tokio::test]
async fn a_key_that_does_not_open_the_desk_is_told_why() {
    let (door, database) = opened().await;
    let good = key(&database, 1, "curate").await;
    let reader = key(&database, 2, "read export").await;
    let ended = key(&database, 3, "curate").await;
    api_key::revoke(&database.store, ended.prefix(), Utc::now())
        .await
        .unwrap();
    let wrong = Secret::new([1; 4], [9; 32]);
    let nobody = Secret::new([8; 4], [9; 32]);
    for (secret, status, said) in [
        (wrong.reveal(), 401, "No key is this one"),
        (nobody.reveal(), 401, "No key is this one"),
        (ended.reveal(), 401, "has expired or was revoked"),
        (reader.reveal(), 403, "neither the scope"),
        (good.prefix(), 401, "This is no API key"),
        ("", 401, "This is no API key"),
        ("\" onfocus=\"alert(1)", 401, "This is no API key"),
        (&"é".repeat(40_000), 401, "This is no API key"),
    ] {
        let form = encoded(&[("key", secret), ("to", "https://evil.example/desk")]);
        let answer = door
            .request(
                Method::POST,
                "/desk/sign-in?lang=en",
                form,
                &[FORM, HERE, OWN],
            )
            .await;
        assert_eq!(answer.status.as_u16(), status, "{said}: {}", answer.text());
        assert!(answer.text().contains(said), "{said}: {}", answer.text());
        assert!(!answer.headers.contains_key("set-cookie"));
        assert!(!answer.text().contains("evil.example"));
        assert!(
            secret.is_empty() || !answer.text().contains(secret),
            "no key stands in a page"
        );
    }
}

#[tokio::test]
async fn guesses_cost_what_a_stranger_has() {
    let settings = graphql::Settings {
        quotas: graphql::Quotas {
            anonymous: Some(500),
            ..graphql::Quotas::default()
        },
        ..testkit::settings()
    };
    let (door, _database) = with(web::Settings::default(), settings).await;
    let mut statuses = Vec::new();
    for guess in 0..20 {
        let secret = Secret::new([guess; 4], [guess; 32]);
        statuses.push(sign_in(&door, &secret).await.status.as_u16());
    }
    assert_eq!((statuses[0], statuses[19]), (401, 429), "{statuses:?}");
}

#[tokio::test]
async fn a_revoked_key_ends_its_session() {
    let (door, database) = opened().await;
    let one = key(&database, 1, "curate").await;
    let other = key(&database, 2, "curate").await;
    let (curator, colleague) = (
        Curator::enter(&door, &one).await,
        Curator::enter(&door, &other).await,
    );
    let token = curator.token().await;
    let proposal = proposed(&door, &other, 41.0).await;
    api_key::revoke(&database.store, one.prefix(), Utc::now())
        .await
        .unwrap();
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    assert_eq!(curator.get("/desk?lang=en").await.status, 303);
    let fields = [
        ("token", token.as_str()),
        ("version", "1"),
        ("reason", "late"),
    ];
    let late = curator
        .send(
            &format!("/desk/proposals/{proposal}/accept?lang=en"),
            &fields,
        )
        .await;
    assert_eq!(late.status, 401);
    assert!(late.text().contains("nothing was done"), "{}", late.text());
    assert_eq!(
        stands(&door, &other, &proposal).await,
        ("OPEN".to_owned(), 36.0)
    );
    assert_eq!(colleague.get("/desk?lang=en").await.status, 200);
}

#[tokio::test]
async fn no_page_elsewhere_makes_a_curator_decide() {
    let (door, database) = opened().await;
    let (one, other) = (
        key(&database, 1, "curate").await,
        key(&database, 2, "curate").await,
    );
    let (curator, colleague) = (
        Curator::enter(&door, &one).await,
        Curator::enter(&door, &other).await,
    );
    let (token, foreign) = (curator.token().await, colleague.token().await);
    assert_ne!(token, foreign);
    let proposal = proposed(&door, &one, 41.0).await;
    let address = format!("/desk/proposals/{proposal}/accept?lang=en");
    let fields = |token: &str| encoded(&[("token", token), ("version", "1"), ("reason", "r")]);
    let cookie = ("cookie", curator.cookie.as_str());
    // From elsewhere, or from nowhere, whatever the form carries.
    for headers in [
        vec![("origin", "https://evil.test")],
        vec![("origin", "null")],
        vec![("origin", "http://bab.test.evil.test")],
        vec![OWN, ("sec-fetch-site", "cross-site")],
        vec![OWN, ("sec-fetch-site", "same-site")],
        vec![("sec-fetch-site", "none")],
        vec![],
    ] {
        let headers = [vec![FORM, HERE, cookie], headers].concat();
        let answer = door
            .request(Method::POST, &address, fields(&token), &headers)
            .await;
        assert_eq!(answer.status, 403, "{headers:?}: {}", answer.text());
    }
    // From here, with the token of nobody or of somebody else.
    for wrong in ["", "0", &foreign, &token[1..], &token.to_uppercase()] {
        let answer = door
            .request(
                Method::POST,
                &address,
                fields(wrong),
                &[FORM, HERE, OWN, cookie],
            )
            .await;
        assert_eq!(answer.status, 403, "{wrong}");
        assert!(
            answer.text().contains("Nothing was done"),
            "{}",
            answer.text()
        );
    }
    // Looking changes nothing, wherever somebody looks.
    for path in ["accept", "reject", "amend"] {
        let query =
            format!("/desk/proposals/{proposal}/{path}?lang=en&token={token}&version=1&reason=r");
        assert!(matches!(
            curator.get(&query).await.status.as_u16(),
            200 | 303
        ));
    }
    assert!(matches!(
        curator
            .get(&format!("/desk/sign-out?token={token}"))
            .await
            .status
            .as_u16(),
        404
    ));
    for method in [Method::PUT, Method::DELETE, Method::PATCH] {
        let answer = door
            .request(method, &address, fields(&token), &[FORM, HERE, OWN, cookie])
            .await;
        assert_eq!(answer.status, 405);
    }
    assert_eq!(
        stands(&door, &one, &proposal).await,
        ("OPEN".to_owned(), 36.0)
    );
}
