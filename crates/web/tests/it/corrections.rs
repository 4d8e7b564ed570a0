//! A reader says what is right: a form without JavaScript, proposals that nobody sees, and a page that tells what was understood.

use poem::http::Method;
use store::proposal::{self, Wanted};

use crate::{
    caller::{Answer, Door},
    desk::{FORM, HERE, OWN, encoded, hidden, opened, plain},
};

const SAID: &str = "Fès compte 42 centres d'appels en 2025.";
const WHERE: &str = "https://journal.example/fes";

async fn waiting(database: &testkit::Database) -> u64 {
    let found = proposal::count(&database.store, &Wanted::default()).await;
    found.unwrap()
}

async fn send(door: &Door, fields: &[(&str, &str)]) -> Answer {
    let headers = [FORM, HERE, OWN];
    door.request(Method::POST, "/correct", encoded(fields), &headers)
        .await
}

#[tokio::test]
async fn what_is_right_becomes_a_proposal_once_and_the_page_tells_what_was_understood() {
    let (door, database) = opened().await;
    let pages = [("fr", "Merci"), ("en", "Thank you"), ("ar", "شكرا")];
    for (number, (language, thanks)) in pages.into_iter().enumerate() {
        let page = door.get(&format!("/correct?lang={language}")).await;
        let said = SAID.replace("42", &(42 + number).to_string());
        let once = hidden(page.text(), "once");
        let fields = [
            ("lang", language),
            ("once", once.as_str()),
            ("text", said.as_str()),
            ("url", WHERE),
        ];
        for _ in 0..2 {
            let answer = send(&door, &fields).await;
            assert_eq!(answer.status, 200, "{}", answer.text());
            assert_eq!(answer.header("cache-control"), "no-store");
            let told = plain(answer.text());
            for part in [thanks, &format!("4{}", 2 + number), WHERE] {
                assert!(told.contains(part), "{part}: {told}");
            }
        }
        assert_eq!(waiting(&database).await, number as u64 + 1, "twice is once");
    }
    let asked = door
        .get("/ask?lang=fr&q=Combien+de+centres+d%27appels+%C3%A0+F%C3%A8s")
        .await;
    assert!(asked.text().contains("36"), "nothing is published");
}

#[tokio::test]
async fn an_answer_leads_to_the_form_and_is_named_in_it() {
    let (door, database) = opened().await;
    let asked = door
        .get("/ask?lang=en&q=How+many+call+centres+in+F%C3%A8s")
        .await;
    let link = asked.text().split("href=\"/correct?").nth(1).unwrap();
    let link = plain(link.split('"').next().unwrap());
    let page = door.get(&format!("/correct?{link}")).await;
    let reference = hidden(page.text(), "reference");
    assert!(!reference.is_empty());
    let fields = [
        ("reference", reference.as_str()),
        ("text", SAID),
        ("url", WHERE),
    ];
    assert_eq!(send(&door, &fields).await.status, 200);
    assert_eq!(waiting(&database).await, 1);
}

#[tokio::test]
async fn a_text_without_a_figure_is_read_by_a_curator() {
    let (door, database) = opened().await;
    let fields = [
        ("lang", "en"),
        ("text", "Votre liste oublie une école."),
        ("url", WHERE),
    ];
    let answer = send(&door, &fields).await;
    assert_eq!(answer.status, 200);
    assert!(answer.text().contains("a curator reads it as you wrote it"));
    assert_eq!(waiting(&database).await, 1);
}

#[tokio::test]
async fn what_is_wrong_is_told_and_what_was_typed_is_still_there() {
    let (door, database) = opened().await;
    let long = "é".repeat(5_000);
    for (text, url, told) in [
        ("", WHERE, "Say what is right"),
        (SAID, "", "That link cannot be used"),
        (SAID, "javascript:alert(1)", "That link cannot be used"),
        (SAID, "ftp://journal.example", "That link cannot be used"),
        (SAID, "journal.example/fes", "That link cannot be used"),
        (&long, WHERE, "That is too long"),
        (
            "<script>alert(1)</script> \"'",
            "\"><script>",
            "That link cannot be used",
        ),
    ] {
        let fields = [("lang", "en"), ("text", text), ("url", url)];
        let answer = send(&door, &fields).await;
        assert_eq!(answer.status, 400, "{text:.40} {url}: {}", answer.text());
        let page = answer.text();
        assert!(page.contains(told), "{text:.40} {url}: {page}");
        assert!(!page.contains("<script>alert") && !page.contains("\"><script>"));
        assert!(plain(page).contains(text) && plain(page).contains(url));
    }
    let dated = [
        ("lang", "en"),
        ("text", SAID),
        ("url", WHERE),
        ("published", "soon"),
    ];
    let answer = send(&door, &dated).await;
    assert_eq!(answer.status, 400, "{}", answer.text());
    assert_eq!(waiting(&database).await, 0);
}

#[tokio::test]
async fn only_a_form_of_our_own_pages_is_taken() {
    let (door, database) = opened().await;
    let form = encoded(&[("text", SAID), ("url", WHERE)]);
    for headers in [
        &[FORM, ("sec-fetch-site", "cross-site")][..],
        &[FORM, ("sec-fetch-site", "same-site")],
        &[FORM, HERE, ("origin", "https://evil.test")],
        &[FORM, HERE, ("origin", "null")],
    ] {
        let answer = door.request(Method::POST, "/correct", form.clone(), headers);
        answer.await.refused(403);
    }
    for kind in ["text/plain", "application/json", "multipart/form-data", ""] {
        let headers = [("content-type", kind), HERE, OWN];
        let answer = door.request(Method::POST, "/correct", form.clone(), &headers);
        answer.await.refused(415);
    }
    let twice = format!("{form}&text=another");
    let large = format!("{form}&publisher={}", "x".repeat(40_000));
    for (broken, status) in [(twice, 400), (large, 413), ("text=%ff".to_owned(), 400)] {
        let answer = door.request(Method::POST, "/correct", broken, &[FORM, HERE, OWN]);
        answer.await.refused(status);
    }
    let deleted = door.request(Method::DELETE, "/correct", "", &[HERE, OWN]);
    deleted.await.refused(405);
    assert_eq!(waiting(&database).await, 0);
}

#[tokio::test]
async fn who_sends_too_much_is_told_to_wait() {
    let (door, _database) = opened().await;
    let mut last = None;
    for number in 0..40 {
        let said = SAID.replace("42", &(100 + number).to_string());
        let answer = send(&door, &[("lang", "en"), ("text", &said), ("url", WHERE)]).await;
        last = Some(answer);
        if last.as_ref().is_some_and(|answer| answer.status == 429) {
            break;
        }
    }
    let last = last.unwrap();
    assert_eq!(last.status, 429, "{}", last.text());
    assert!(last.text().contains("Too many proposals for now"));
}
