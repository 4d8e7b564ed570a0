//! An answer is marked wrong on its page: a form without JavaScript, taken from our own pages only.

use poem::{Request, http::Method};
use serde_json::json;
use store::feedback::summary::{self, Span};

use crate::caller::{Answer, Door, RESPONSE};

const ASKED: &str = "/ask?lang=en&q=How+many+call+centres+in+F%C3%A8s%3F";
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

async fn opened(database: &testkit::Database, questions: bool) -> Door {
    let keeping = graphql::Keeping {
        questions,
        ..graphql::Keeping::default()
    };
    let settings = graphql::Settings {
        keeping,
        ..graphql::Settings::default()
    };
    let service = graphql::Service::open(database.store.clone(), settings).await;
    let service = service.unwrap();
    service.prepare().await.unwrap();
    Door::over(web::app(service, web::Settings::default()))
}

async fn times(database: &testkit::Database) -> i64 {
    let rows = summary::reported(&database.store, Span::default()).await;
    rows.unwrap().iter().map(|row| row.times).sum()
}

async fn post(door: &Door, form: String, headers: &[(&'static str, &str)]) -> Answer {
    let mut request = Request::builder()
        .method(Method::POST)
        .uri("/report".parse().unwrap())
        .body(form);
    for (name, value) in headers {
        request.headers_mut().insert(*name, value.parse().unwrap());
    }
    door.send(request).await
}

/// What a browser would send of the form of a page, the first problem chosen.
fn filled(page: &str) -> String {
    let form = page.split("<form action=\"/report\"").nth(1).unwrap();
    let form = form.split("</form>").next().unwrap();
    let mut fields = vec!["problem=WRONG_FIGURE".to_owned()];
    for input in form.split("<input type=\"hidden\" ").skip(1) {
        let named = |name: &str| {
            let start = input.split(&format!("{name}=\"")).nth(1).unwrap();
            start.split('"').next().unwrap().to_owned()
        };
        let value: String = named("value")
            .bytes()
            .map(|b| format!("%{b:02X}"))
            .collect();
        fields.push(format!("{}={value}", named("name")));
    }
    fields.join("&")
}

#[tokio::test]
async fn the_form_under_an_answer_counts_once_and_says_thank_you() {
    let database = testkit::database().await;
    let door = opened(&database, false).await;
    for (language, thanks) in [("en", "Thank you"), ("fr", "Merci"), ("ar", "شكرا")] {
        let asked = ASKED.replace("lang=en", &format!("lang={language}"));
        let page = door.get(&asked).await;
        assert_eq!(page.header("referrer-policy"), "same-origin");
        let form = filled(page.text());
        let before = times(&database).await;
        for _ in 0..3 {
            let origin = [FORM, ("host", "bab.test"), ("origin", "http://bab.test")];
            let answer = post(&door, form.clone(), &origin).await;
            assert_eq!(answer.status, 200, "{}", answer.text());
            assert!(answer.text().contains(thanks), "{}", answer.text());
        }
        assert_eq!(
            times(&database).await - before,
            1,
            "sent again is sent once"
        );
    }
    let rows = summary::reported(&database.store, Span::default())
        .await
        .unwrap();
    assert_eq!(rows[0].indicator.as_deref(), Some("call_centres"));
}

#[tokio::test]
async fn a_remark_can_be_left_only_where_questions_are_kept() {
    let database = testkit::database().await;
    let without = opened(&database, false).await.get(ASKED).await;
    assert!(!without.text().contains("name=\"comment\""));
    assert!(without.text().contains("your question is not kept"));
    let with = opened(&database, true).await.get(ASKED).await;
    assert!(with.text().contains("name=\"comment\""));
    assert!(with.text().contains("Write nothing personal"));
}

#[tokio::test]
async fn other_pages_cannot_make_a_reader_report() {
    let database = testkit::database().await;
    let door = opened(&database, false).await;
    let form = filled(door.get(ASKED).await.text());
    for headers in [
        &[FORM, ("sec-fetch-site", "cross-site")][..],
        &[FORM, ("sec-fetch-site", "same-site")],
        &[FORM, ("host", "bab.test"), ("origin", "https://evil.test")],
        &[FORM, ("host", "bab.test"), ("origin", "null")],
    ] {
        post(&door, form.clone(), headers).await.refused(403);
    }
    for kind in ["text/plain", "application/json", "multipart/form-data", ""] {
        post(&door, form.clone(), &[("content-type", kind)])
            .await
            .refused(415);
    }
    let got = door.get(&format!("/report?{form}")).await;
    assert_eq!(got.header("allow"), "POST");
    got.refused(405);
    assert_eq!(times(&database).await, 0);
}

#[tokio::test]
async fn hostile_forms_get_advice_and_change_nothing() {
    let database = testkit::database().await;
    let door = opened(&database, true).await;
    let form = filled(door.get(ASKED).await.text());
    for (added, status) in [
        (format!("&comment={}", "x".repeat(501)), 400),
        (format!("&comment={}", "x".repeat(40_000)), 413),
        ("&problem=OTHER".to_owned(), 400),
        ("&%ff=1".to_owned(), 400),
    ] {
        let answer = post(&door, format!("{form}{added}"), &[FORM]).await;
        assert_eq!(answer.status.as_u16(), status, "{added:.40}");
    }
    for broken in [
        "",
        "&&==",
        "problem=%3Cscript%3E&reference=%3Cscript%3Ealert(1)%3C/script%3E&q=%3Cscript%3E",
    ] {
        let answer = post(&door, broken.to_owned(), &[FORM]).await;
        assert_eq!(answer.status, 400, "{}", answer.text());
        assert!(!answer.text().contains("<script>"), "{}", answer.text());
    }
    assert_eq!(times(&database).await, 0);
}

#[tokio::test]
async fn the_eleventh_report_of_one_address_waits() {
    let database = testkit::database().await;
    let door = opened(&database, false).await;
    let mut form = filled(door.get(ASKED).await.text());
    let key = form.find("&key=").unwrap();
    let end = form[key + 1..]
        .find('&')
        .map_or(form.len(), |at| key + 1 + at);
    form.replace_range(key..end, "");
    for _ in 0..10 {
        assert_eq!(post(&door, form.clone(), &[FORM]).await.status, 200);
    }
    let answer = post(&door, form, &[FORM]).await;
    assert_eq!(answer.status, 429);
    assert!(answer.text().contains("seconds"), "{}", answer.text());
    assert_eq!(times(&database).await, 10);
}

#[tokio::test]
async fn a_mutation_is_taken_by_post_and_refused_by_get() {
    let database = testkit::database().await;
    let door = opened(&database, false).await;
    let mutation = r#"mutation { reportAnswer(input: { question: "how many call centres in Fès?", problem: OTHER }) { report { times } } }"#;
    let address = "/graphql?query=".to_owned()
        + &mutation
            .bytes()
            .map(|b| format!("%{b:02X}"))
            .collect::<String>();
    let got = door.get_with(&address, &[RESPONSE]).await;
    assert_eq!(got.header("allow"), "POST");
    got.refused(405);
    assert_eq!(times(&database).await, 0);
    let posted = door.query(mutation).await.json();
    assert_eq!(
        posted["data"]["reportAnswer"]["report"],
        json!({ "times": 1 })
    );
}
