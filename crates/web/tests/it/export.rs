//! Bulk export: everything, in order, once; for keys that may; and never taken for whole when it is not.

use graphql::Quotas;
use poem::http::Method;
use serde_json::{Value, json};
use store::api_key::{self, Secret, Terms};

use crate::caller::{Answer, Door, JSON};

const TERRITORIES: &str = "query Export($first: Int!, $after: String, $filter: TerritoryFilter) { \
    territories(first: $first, after: $after, filter: $filter) { \
    pageInfo { hasNextPage endCursor } nodes { code name parent { name } } } }";

struct Exporter {
    door: Door,
    bearer: String,
    _database: testkit::Database,
}

impl Exporter {
    async fn with(scopes: &str, quotas: Quotas) -> Self {
        let database = testkit::database().await;
        let settings = graphql::Settings {
            quotas,
            ..testkit::settings()
        };
        let service = graphql::Service::open(database.store.clone(), settings)
            .await
            .unwrap();
        let secret = Secret::new([1; 4], [2; 32]);
        let terms = Terms {
            holder: "a partner".into(),
            scopes: scopes.parse().unwrap(),
            quota: None,
            trusted_documents_only: false,
            expires_at: None,
        };
        api_key::create(&database.store, &secret, terms, chrono::Utc::now())
            .await
            .unwrap();
        Self {
            door: Door::over(web::app(service, web::Settings::default())),
            bearer: format!("Bearer {}", secret.reveal()),
            _database: database,
        }
    }

    async fn new() -> Self {
        Self::with("export", Quotas::default()).await
    }

    async fn export(&self, query: &str, variables: Value, accept: &str) -> Answer {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let headers = [JSON, ("accept", accept), ("authorization", &self.bearer)];
        self.door
            .request(Method::POST, "/export", body, &headers)
            .await
    }
}

fn lines(answer: &Answer) -> Vec<Value> {
    assert_eq!(answer.status, 200, "{}", answer.text());
    let lines = answer.text().lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[tokio::test]
async fn every_row_comes_once_and_in_order() {
    let exporter = Exporter::new().await;
    let answer = exporter
        .export(TERRITORIES, json!({}), "application/jsonl")
        .await;
    assert_eq!(
        answer.header("content-type"),
        "application/jsonl; charset=utf-8"
    );
    let rows = lines(&answer);
    let all = exporter
        .door
        .query("{ territories { totalCount } }")
        .await
        .data();
    assert_eq!(
        rows.len() as u64,
        all["territories"]["totalCount"].as_u64().unwrap()
    );
    assert!(rows.len() > 1_000, "more than one page");
    let mut codes: Vec<_> = rows
        .iter()
        .map(|row| row["code"].as_str().unwrap())
        .collect();
    let first = codes.clone();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), first.len());
    assert_eq!(
        answer.text().lines().next().map(|line| &line[..9]),
        Some("{\"code\":\"")
    );
}

#[tokio::test]
async fn csv_has_the_columns_that_were_asked_for() {
    let exporter = Exporter::new().await;
    let variables = json!({ "filter": { "level": "REGION" } });
    let answer = exporter.export(TERRITORIES, variables, "text/csv").await;
    let records: Vec<_> = answer.text().split("\r\n").collect();
    assert_eq!(records[0], "code,name,parent.name");
    assert_eq!(records.len(), 14, "a header, 12 regions, an end");
    assert!(records.contains(&"03,Fès-Meknès,Maroc"), "{records:?}");
}

#[tokio::test]
async fn an_export_goes_on_where_an_earlier_one_ended() {
    let exporter = Exporter::new().await;
    let query = "query Export($first: Int!, $after: String) { sources(first: $first, after: $after) { \
                 pageInfo { hasNextPage endCursor } edges { cursor node { key } } } }";
    let whole = lines(&exporter.export(query, json!({}), "*/*").await);
    let middle = whole.len() / 2;
    let after = whole[middle]["cursor"].clone();
    let rest = lines(
        &exporter
            .export(query, json!({ "after": after }), "*/*")
            .await,
    );
    assert_eq!(rest, whole[middle + 1..]);
}

#[tokio::test]
async fn who_may_not_or_asks_for_something_else_is_told_why() {
    let exporter = Exporter::new().await;
    let reader = Exporter::with("read,admin", Quotas::default()).await;
    reader
        .export(TERRITORIES, json!({}), "*/*")
        .await
        .refused(403);
    let anonymous = json!({ "query": TERRITORIES }).to_string();
    let answer = exporter
        .door
        .request(Method::POST, "/export", anonymous, &[JSON])
        .await;
    assert!(answer.refused(403).contains("scope `export`"));
    for query in [
        "{ sites { nodes { key } } }",
        "query E($first: Int, $after: String) { sites(first: $first, after: $after) { nodes { key } } }",
        "query E($first: Int, $after: String) { sites(first: $first, after: $after) { pageInfo { endCursor hasNextPage } } }",
        "query E($first: Int, $after: String) { sites(first: $first) { pageInfo { endCursor hasNextPage } nodes { key } } }",
        "query E($first: Int, $after: String) { sites(first: $after, after: $first) { pageInfo { endCursor hasNextPage } nodes { key } } }",
        "query E($first: Int, $after: String) { a: sites(first: $first, after: $after) { pageInfo { endCursor hasNextPage } nodes { key } } b: sites { totalCount } }",
        "mutation { __typename }",
        "query E($first: Int, $after: String) { ...F } fragment F on Query { sites(first: $first, after: $after) { pageInfo { endCursor hasNextPage } nodes { key } } }",
        "{",
    ] {
        exporter.export(query, json!({}), "*/*").await.refused(400);
    }
    let cursor = json!({ "after": "nonsense" });
    exporter
        .export(TERRITORIES, cursor, "*/*")
        .await
        .refused(422);
    exporter
        .export(TERRITORIES, json!({}), "image/png")
        .await
        .refused(406);
    exporter.door.get("/export").await.refused(405);
}

#[tokio::test]
async fn an_export_costs_what_its_rows_cost() {
    let quotas = Quotas {
        partner: Some(20),
        ..Quotas::default()
    };
    let exporter = Exporter::with("export", quotas).await;
    let advice = exporter
        .export(TERRITORIES, json!({}), "*/*")
        .await
        .refused(400);
    assert!(advice.contains("quota is 20 a minute"), "{advice}");
}
