//! The curators' desk: who sits at it, and what is done there.

mod door;
mod hostile;
mod importing;
mod needs;
mod stories;

use chrono::Utc;
use poem::http::Method;
use serde_json::{Value, json};
use store::api_key::{self, Secret, Terms};

use crate::caller::{Answer, Door, JSON, RESPONSE};

pub const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
pub const HERE: (&str, &str) = ("host", "bab.test");
pub const OWN: (&str, &str) = ("origin", "http://bab.test");

/// A door over a database of its own.
pub async fn opened() -> (Door, testkit::Database) {
    with(web::Settings::default(), testkit::settings()).await
}

pub async fn with(
    settings: web::Settings,
    service: graphql::Settings,
) -> (Door, testkit::Database) {
    let database = testkit::database().await;
    let service = graphql::Service::open(database.store.clone(), service).await;
    let app = web::app(service.unwrap(), settings);
    (Door::over(app), database)
}

/// A new API key, as its holder has it.
pub async fn key(database: &testkit::Database, number: u8, scopes: &str) -> Secret {
    let secret = Secret::new([number; 4], [number; 32]);
    let terms = Terms {
        holder: "Amina <b>CRI</b>".to_owned(),
        scopes: scopes.parse().unwrap(),
        quota: Some(1_000_000_000),
        trusted_documents_only: false,
        expires_at: None,
    };
    let made = api_key::create(&database.store, &secret, terms, Utc::now()).await;
    made.unwrap();
    secret
}

/// The fields of a form as browsers send them.
pub fn encoded(fields: &[(&str, &str)]) -> String {
    let hex = |text: &str| -> String { text.bytes().map(|byte| format!("%{byte:02X}")).collect() };
    let pairs = fields
        .iter()
        .map(|(name, value)| format!("{}={}", hex(name), hex(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// What stands in an attribute or a text, as its reader sees it.
pub fn plain(html: &str) -> String {
    let numbers = ["&#34;", "&#38;", "&#39;", "&#60;", "&#62;"];
    let marks = ["\"", "&", "'", "<", ">"];
    let each = numbers.iter().zip(marks);
    each.fold(html.to_owned(), |text, (number, mark)| {
        text.replace(number, mark)
    })
}

/// The value of a hidden field of a page.
#[track_caller]
pub fn hidden(page: &str, name: &str) -> String {
    let field = format!("name=\"{name}\" value=\"");
    let rest = page
        .split(&field)
        .nth(1)
        .unwrap_or_else(|| panic!("no {name}: {page}"));
    plain(rest.split('"').next().unwrap())
}

/// Somebody who is signed in.
pub struct Curator<'a> {
    pub door: &'a Door,
    pub cookie: String,
}

pub async fn sign_in(door: &Door, secret: &Secret) -> Answer {
    let form = encoded(&[("key", secret.reveal())]);
    let headers = [FORM, HERE, OWN];
    door.request(Method::POST, "/desk/sign-in?lang=en", form, &headers)
        .await
}

impl<'a> Curator<'a> {
    #[track_caller]
    pub fn of(door: &'a Door, signed_in: &Answer) -> Self {
        assert_eq!(signed_in.status, 303, "{}", signed_in.text());
        let cookie = signed_in.header("set-cookie").split(';').next().unwrap();
        Self {
            door,
            cookie: cookie.to_owned(),
        }
    }

    pub async fn enter(door: &'a Door, secret: &Secret) -> Self {
        Self::of(door, &sign_in(door, secret).await)
    }

    pub async fn get(&self, address: &str) -> Answer {
        let headers = [HERE, ("cookie", self.cookie.as_str())];
        self.door.get_with(address, &headers).await
    }

    /// Sends a form as a page of ours does, without adding anything to it.
    pub async fn send(&self, address: &str, fields: &[(&str, &str)]) -> Answer {
        let headers = [FORM, HERE, OWN, ("cookie", self.cookie.as_str())];
        self.door
            .request(Method::POST, address, encoded(fields), &headers)
            .await
    }

    /// The token that the forms of this session carry.
    pub async fn token(&self) -> String {
        let page = self.get("/desk/audit?lang=en").await;
        match page.status.as_u16() {
            200 => hidden(page.text(), "token"),
            _ => hidden(self.get("/desk/needs?lang=en").await.text(), "token"),
        }
    }

    /// Fills the form of the page at `address` that is sent to a step of it.
    pub async fn fill(&self, address: &str, step: &str, more: &[(&str, &str)]) -> Answer {
        let page = self.get(address).await;
        assert_eq!(page.status, 200, "{address}: {}", page.text());
        let (path, parameters) = address.split_once('?').unwrap_or((address, ""));
        let names = ["token", "once", "version", "fact", "revision"];
        let there = names
            .iter()
            .filter(|name| page.text().contains(&format!("name=\"{name}\" value=\"")));
        let values: Vec<_> = there
            .map(|name| (*name, hidden(page.text(), name)))
            .collect();
        let mut fields: Vec<_> = values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        fields.extend_from_slice(more);
        self.send(&format!("{path}{step}?{parameters}"), &fields)
            .await
    }

    /// Follows where an answer leads.
    #[track_caller]
    pub fn follow<'b>(&'b self, answer: &Answer) -> impl Future<Output = Answer> + use<'b> {
        assert_eq!(answer.status, 303, "{}", answer.text());
        let to = answer.header("location").to_owned();
        async move { self.get(&to).await }
    }
}

/// A mutation or query of the holder of a key, as a program sends it.
pub async fn run(door: &Door, secret: &Secret, query: &str, variables: Value) -> Value {
    let bearer = format!("Bearer {}", secret.reveal());
    let body = json!({ "query": query, "variables": variables }).to_string();
    let headers = [JSON, RESPONSE, ("authorization", bearer.as_str())];
    door.post(body, &headers).await.data()
}

pub const SAID: &str = "Fès, 3 mars 2026. La ville compte 41 centres d'appels, selon le CRI.";

/// Proposes a fact read in a text; the key of the proposal.
pub async fn propose(
    door: &Door,
    secret: &Secret,
    fact: Value,
    spans: Value,
    text: &str,
) -> String {
    let query = "mutation P($input: ProposeInput!) { propose(input: $input) { proposals { key } userErrors { field message } } }";
    let input = json!({
        "proposals": [{ "fact": fact, "spans": spans, "note": "<i>seen</i>" }],
        "text": { "text": text, "title": "Un <b>titre</b>", "url": "https://journal.example.ma/a?b='c'" },
    });
    let made = run(door, secret, query, json!({ "input": input })).await;
    let key = made["propose"]["proposals"][0]["key"].as_str();
    key.unwrap_or_else(|| panic!("{made}")).to_owned()
}

/// Another number of call centres in Fès, in the source that is known.
pub fn figure(value: f64) -> Value {
    json!({ "observation": {
        "indicator": "call_centres", "territory": "03.231", "activity": "call_centre", "period": "2019", "periodBasis": "STATED",
        "value": value, "qualifier": "EXACT", "producer": "cri_fes_meknes", "source": "journaleco_2020",
    }})
}

/// The same, read in [`SAID`].
pub async fn proposed(door: &Door, secret: &Secret, value: f64) -> String {
    let start = SAID.find("41").unwrap();
    let spans = json!([{ "name": "value", "start": start, "end": start + 2 }, { "name": "indicator", "start": start + 3, "end": start + 19 }]);
    propose(door, secret, figure(value), spans, SAID).await
}

/// How it stands: the status of a proposal and the number that leads in public.
pub async fn stands(door: &Door, secret: &Secret, key: &str) -> (String, f64) {
    let query = "query S($key: String!) { proposal(key: $key) { status } headline(indicator: \"call_centres\", territory: \"03.231\") { observation { value } } }";
    let data = run(door, secret, query, json!({ "key": key })).await;
    let status = data["proposal"]["status"].as_str().unwrap();
    (
        status.to_owned(),
        data["headline"]["observation"]["value"].as_f64().unwrap(),
    )
}
