//! What the schema tells of an article: figures with names of the database, nothing stored, no text longer than the caller may send.

use graphql::{Call, Request, Service, Variables};
use serde_json::{Value, json};

use crate::curation::{holder, somebody};

const EXTRACT: &str = "query($text: String!, $markup: TextMarkup, $publishedOn: PartialDate) {
  extract(text: $text, markup: $markup, publishedOn: $publishedOn) {
    text
    facts {
      indicator { key } territory { code } activity { key } subject { __typename ... on Organisation { key } }
      period value valueMax qualifier contested producer { key } spans { name start end text }
    }
    names { node { __typename ... on Agreement { key } } span { text } }
    axes { ordinal span { text } }
  }
}";

const ARTICLE: &str = include_str!("../../../extract/tests/articles/founding.txt");

async fn told(service: &Service, call: &Call, variables: Value) -> Result<Value, (String, String)> {
    let request = Request::new(EXTRACT).variables(Variables::from_json(variables));
    let reply = graphql::execute(service, call, request).await.response;
    let Some(error) = reply.errors.first() else {
        return Ok(reply.data.into_json().expect("JSON")["extract"].take());
    };
    let code = error.extensions.as_ref().and_then(|all| all.get("code"));
    Err((
        code.map(ToString::to_string).unwrap_or_default(),
        error.message.clone(),
    ))
}

#[tokio::test]
async fn the_founding_article_is_read_with_the_names_of_the_database() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let article = told(&service, &somebody(7, None), json!({ "text": ARTICLE }))
            .await
            .unwrap();
        let centres = article["facts"]
            .as_array()
            .unwrap()
            .iter()
            .find(|fact| fact["indicator"]["key"] == "call_centres")
            .expect("the call centres of the city");
        assert_eq!(centres["value"], 36.0);
        assert_eq!(centres["territory"]["code"], "03.231");
        assert_eq!(centres["activity"]["key"], "call_centre");
        assert_eq!(centres["period"], "2019");
        assert_eq!(centres["producer"]["key"], "cri_fes_meknes");
        assert_eq!(
            (&centres["qualifier"], &centres["contested"]),
            (&json!("EXACT"), &json!(false))
        );
        // Spans are bytes of the text that is given back.
        let text = article["text"].as_str().unwrap();
        for span in centres["spans"].as_array().unwrap() {
            let at = |name: &str| usize::try_from(span[name].as_u64().unwrap()).unwrap();
            assert_eq!(span["text"], text[at("start")..at("end")]);
        }
        let names = article["names"].as_array().unwrap();
        assert!(
            names
                .iter()
                .any(|name| name["node"]["key"] == "memorandum_cri_apebi"),
            "{names:?}"
        );
        assert_eq!(article["axes"].as_array().map(Vec::len), Some(3));
        // Nothing is kept of it.
        let store = &database.store;
        assert_eq!(store::outbox::after(store, 0, 1).await.unwrap().len(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_page_is_read_without_what_stands_around_its_article() {
    let service = testkit::service().await;
    let page = "<html><nav>Fès compte 99 centres d'appel</nav><article><p>Alten employait 640 personnes à Fès l'an dernier.</p></article></html>";
    let variables = json!({ "text": page, "publishedOn": "2026-11-20" });
    let article = told(&service, &somebody(7, None), variables).await.unwrap();
    assert_eq!(
        article["facts"].as_array().map(Vec::len),
        Some(1),
        "{article}"
    );
    let fact = &article["facts"][0];
    assert_eq!(
        (&fact["value"], &fact["period"]),
        (&json!(640.0), &json!("2025"))
    );
    assert_eq!(
        fact["subject"],
        json!({ "__typename": "Organisation", "key": "alten_maroc" })
    );
    // Whoever says that it is text has it read as it stands.
    let variables = json!({ "text": page, "markup": "TEXT" });
    let article = told(&service, &somebody(7, None), variables).await.unwrap();
    assert_eq!(article["text"], page);
}

#[tokio::test]
async fn texts_have_a_limit_that_a_key_raises() {
    let database = testkit::database().await;
    let service = testkit::service_over(&database).await;
    let text = "Fès compte 36 centres d'appel. ".repeat(300);
    let (code, message) = told(&service, &somebody(7, None), json!({ "text": text }))
        .await
        .unwrap_err();
    assert!(code.contains("BAD_USER_INPUT"), "{code}");
    assert!(
        message.contains("8192") && message.contains("API key"),
        "{message}"
    );
    let partner = holder(&database, &service, "read").await;
    let article = told(&service, &partner, json!({ "text": text }))
        .await
        .unwrap();
    assert_eq!(
        article["facts"].as_array().map(Vec::len),
        Some(1),
        "one fact, said often"
    );
    for strange in [
        "",
        " \u{0}\u{202e}\u{feff}",
        "9999999999999999999999999999 centres d'appel à Fès",
        "<<<<p p p='><",
    ] {
        let article = told(&service, &somebody(7, None), json!({ "text": strange }))
            .await
            .unwrap();
        assert_eq!(article["facts"], json!([]), "{strange:?}");
    }
}
