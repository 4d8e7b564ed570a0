//! Callers who look after the data, and what they send; shared by the stories about that.

use std::sync::atomic::{AtomicU8, Ordering};

use chrono::{DateTime, Utc};
use graphql::{Access, Call, Request, Service, Variables, Visitor};
use serde_json::{Value, json};
use store::api_key::{self, Secret, Terms};
use testkit::Database;

pub const FIGURE: &str = "call_centres.03.231.2019.journaleco_2020";

/// Somebody at an address of the network, with a key or without.
pub fn somebody(number: u32, key: Option<graphql::Key>) -> Call {
    Call {
        access: Access::ReadWrite,
        request_id: "test".into(),
        visitor: Visitor::Address(std::net::Ipv4Addr::from_bits(number).into()),
        key,
    }
}

/// Somebody with an account of Telegram.
pub fn account(number: i64) -> Call {
    Call {
        visitor: Visitor::Account(number),
        ..somebody(0, None)
    }
}

/// The holder of a new key with these scopes.
pub async fn holder(database: &Database, service: &Service, scopes: &str) -> Call {
    static KEYS: AtomicU8 = AtomicU8::new(1);
    let number = KEYS.fetch_add(1, Ordering::Relaxed);
    let secret = Secret::new([number; 4], [number; 32]);
    let terms = Terms {
        holder: "a test".into(),
        scopes: scopes.parse().expect("scopes"),
        quota: Some(1_000_000_000),
        trusted_documents_only: false,
        expires_at: None,
    };
    let now: DateTime<Utc> = "2026-11-20T09:00:00Z".parse().expect("an instant");
    let made = api_key::create(&database.store, &secret, terms, now).await;
    made.expect("a key");
    let visitor = Visitor::Address(std::net::Ipv4Addr::new(10, 0, 0, number).into());
    let credentials = format!("Bearer {}", secret.reveal());
    let key = service.authenticate(&credentials, visitor).await;
    Call {
        visitor,
        ..somebody(0, Some(key.expect("the key opens")))
    }
}

pub async fn curator(database: &Database, service: &Service) -> Call {
    holder(database, service, "read,curate").await
}

/// What is answered, errors and all.
pub async fn raw(service: &Service, call: &Call, document: &str, variables: Value) -> Value {
    let request = Request::new(document).variables(Variables::from_json(variables));
    let reply = graphql::execute(service, call, request).await;
    serde_json::to_value(&reply.response).expect("JSON")
}

/// The one root field of a document that must succeed.
pub async fn sent(service: &Service, call: &Call, document: &str, variables: Value) -> Value {
    let mut answer = raw(service, call, document, variables).await;
    assert!(answer["errors"].is_null(), "{document}: {answer}");
    let data = answer["data"].as_object_mut().expect("data");
    assert_eq!(data.len(), 1, "{document}");
    data.iter_mut().next().expect("a field").1.take()
}

pub const PROPOSE: &str = "mutation P($input: ProposeInput!) { propose(input: $input) {
    proposals { key action concept factKey status version changes { field before after } spans { name text } text { key } note role keyPrefix }
    known { concept factKey } userErrors { field code message } } }";
pub const ACCEPT: &str = "mutation A($input: AcceptProposalInput!) { acceptProposal(input: $input) {
    proposal { key status version decisionReason } version fact { id } userErrors { field code message } } }";
pub const REJECT: &str =
    "mutation R($input: RejectProposalInput!) { rejectProposal(input: $input) {
    proposal { key status version decisionReason } userErrors { field code message } } }";
pub const RECORD: &str = "mutation W($input: RecordInput!) { record(input: $input) {
    factKey version fact { id } userErrors { field code message } } }";
pub const RETRACT: &str = "mutation E($input: RetractInput!) { retract(input: $input) { factKey version userErrors { field code message } } }";

pub const CORRECT: &str = "mutation C($input: CorrectInput!) { correct(input: $input) {
    proposals { key action concept factKey label(locale: EN) version changes { field before after } newSource { field after } source { url }
        spans { name text } text { text url } note role keyPrefix }
    known { concept factKey } userErrors { field code message } } }";
pub const CODE: &str = "mutation L($input: CreateLinkCodeInput!) { createLinkCode(input: $input) { code expiresAt userErrors { field code message } } }";
pub const LINK: &str = "mutation L($input: LinkAccountInput!) { linkAccount(input: $input) { keyPrefix userErrors { field code message } } }";
pub const UNLINK: &str =
    "mutation U { unlinkAccount { unlinked userErrors { field code message } } }";

pub const MERGE_ORGANISATIONS: &str = "mutation M($input: MergeInput!) { mergeOrganisations(input: $input) { factKey version userErrors { field code message } } }";
pub const MERGE_SITES: &str = "mutation M($input: MergeInput!) { mergeSites(input: $input) { factKey version userErrors { field code message } } }";

/// A figure of the article that the shipped data begin with, with another value.
pub fn figure(value: f64) -> Value {
    json!({ "observation": {
        "indicator": "call_centres", "territory": "03.231", "activity": "call_centre", "period": "2019", "periodBasis": "STATED",
        "value": value, "unit": "count", "qualifier": "EXACT", "producer": "cri_fes_meknes", "source": "journaleco_2020",
    }})
}

/// One fact, proposed.
pub fn proposal(fact: Value) -> Value {
    json!({ "input": { "proposals": [{ "fact": fact }] } })
}

/// Proposes one fact; gives the key of the proposal.
pub async fn proposed(service: &Service, call: &Call, fact: Value) -> String {
    let made = sent(service, call, PROPOSE, proposal(fact)).await;
    assert_eq!(made["userErrors"], json!([]), "{made}");
    made["proposals"][0]["key"]
        .as_str()
        .unwrap_or_else(|| panic!("a proposal: {made}"))
        .to_owned()
}

/// The code of the only user error, and its message.
pub fn refused(payload: &Value) -> (String, String) {
    let errors = payload["userErrors"].as_array().expect("userErrors");
    assert!(!errors.is_empty(), "{payload}");
    let text = |name: &str| errors[0][name].as_str().unwrap_or_default().to_owned();
    (text("code"), text("message"))
}
