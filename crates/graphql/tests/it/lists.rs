//! Lists: pages put together are the whole list, filters mean what they say, totals follow them, on both databases.

use serde_json::{Value, json};

use crate::{data, data_with};

async fn pages(
    service: &graphql::Service,
    list: &str,
    filter: &str,
    order: &str,
    size: usize,
    backward: bool,
) -> Vec<String> {
    let (window, cursor) = if backward {
        ("last", "before")
    } else {
        ("first", "after")
    };
    let document = format!(
        "query Page($cursor: String) {{ {list}({filter}{window}: {size}, {cursor}: $cursor, orderBy: [{order}]) {{ pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} nodes {{ key }} }} }}"
    );
    let mut keys = Vec::new();
    let mut cursor = Value::Null;
    loop {
        let page = data_with(service, &document, json!({ "cursor": cursor })).await[list].take();
        let found: Vec<String> = page["nodes"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|node| node["key"].as_str().map(str::to_owned))
            .collect();
        let info = &page["pageInfo"];
        let (more, next) = if backward {
            ("hasPreviousPage", "startCursor")
        } else {
            ("hasNextPage", "endCursor")
        };
        keys = if backward {
            [found, keys].concat()
        } else {
            [keys, found].concat()
        };
        if info[more] != json!(true) {
            return keys;
        }
        cursor = info[next].clone();
    }
}

#[tokio::test]
async fn all_pages_put_together_are_the_whole_list() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        for (list, order) in [
            ("organisations", "{ field: COUNTRY_OF_ORIGIN }"),
            (
                "organisations",
                "{ field: COUNTRY_OF_ORIGIN, direction: DESC }, { field: NAME }",
            ),
            ("sites", "{ field: OPENED_ON, direction: DESC }"),
            ("sites", "{ field: HEADCOUNT, direction: DESC }"),
            ("sites", "{ field: HEADCOUNT }"),
            ("incentives", "{ field: VALID_FROM }"),
            (
                "sources",
                "{ field: PUBLISHED_ON }, { field: PUBLISHER, direction: DESC }",
            ),
        ] {
            let total =
                data(&service, &format!("{{ {list} {{ totalCount }} }}")).await[list]["totalCount"]
                    .as_u64();
            let whole = pages(&service, list, "", order, 100, false).await;
            assert_eq!(Some(whole.len() as u64), total, "{list} by {order}");
            for size in [3, 7] {
                assert_eq!(
                    pages(&service, list, "", order, size, false).await,
                    whole,
                    "{list} by {order}, {size} at a time"
                );
                assert_eq!(
                    pages(&service, list, "", order, size, true).await,
                    whole,
                    "{list} by {order}, {size} at a time from the end"
                );
            }
        }
    })
    .await;
}

/// Lists that are neither short nor long, with rows that lack what they are ordered by.
const LISTS: [(&str, &str); 14] = [
    ("territories", r#"{ within: "03.061" }"#),
    ("activities", "{}"),
    (
        "organisations",
        "{ kinds: [FEDERATION, UNIVERSITY, PUBLIC_BODY, BANK] }",
    ),
    (
        "sites",
        r#"{ organisation: { countryOfOrigin: { isNull: true } } }"#,
    ),
    ("parks", "{}"),
    ("indicators", "{ measure: FLOW }"),
    (
        "observations",
        r#"{ or: [{ subject: { kind: PARK } }, { indicator: { eq: "offshoring_job_share_national" } }] }"#,
    ),
    ("projects", "{}"),
    ("agreements", "{}"),
    ("plans", "{}"),
    ("incentives", "{}"),
    ("trainingProgrammes", "{}"),
    ("events", "{}"),
    ("sources", "{ not: { kind: PRESS } }"),
];

/// Every order of one field, and of two in opposite directions.
fn orders(fields: &[String]) -> Vec<String> {
    let term = |field: &String, direction| format!("{{ field: {field}, direction: {direction} }}");
    let mut orders = Vec::new();
    for first in fields {
        for (one, other) in [("ASC", "DESC"), ("DESC", "ASC")] {
            orders.push(term(first, one));
            for second in fields.iter().filter(|second| *second != first) {
                orders.push(format!("{}, {}", term(first, one), term(second, other)));
            }
        }
    }
    orders
}

#[tokio::test]
async fn pages_put_together_are_the_whole_list_in_every_order() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let schema = data(&service, "{ __schema { queryType { fields { name args { name type { ofType { ofType { inputFields { name type { ofType { enumValues { name } } } } } } } } } } } }").await;
        let fields = schema["__schema"]["queryType"]["fields"].as_array().expect("fields");
        let mut walked = 0;
        for (list, filter) in LISTS {
            let field = fields.iter().find(|field| field["name"] == list).expect("a list");
            let order = field["args"].as_array().into_iter().flatten().find(|argument| argument["name"] == "orderBy").expect("an order");
            let by = order["type"]["ofType"]["ofType"]["inputFields"].as_array().into_iter().flatten().find(|input| input["name"] == "field").expect("a field");
            let by = by["type"]["ofType"]["enumValues"].as_array().into_iter().flatten();
            let by: Vec<String> = by.filter_map(|value| value["name"].as_str().map(str::to_owned)).collect();
            assert!(!by.is_empty(), "{list}");
            let filtered = format!("filter: {filter}, ");
            let mut unordered = pages(&service, list, &filtered, "", 100, false).await;
            unordered.sort_unstable();
            assert!((5..=100).contains(&unordered.len()), "{list}: {}", unordered.len());
            for order in orders(&by) {
                let whole = pages(&service, list, &filtered, &order, 100, false).await;
                let mut sorted = whole.clone();
                sorted.sort_unstable();
                assert_eq!(sorted, unordered, "{list} by {order}");
                for backward in [false, true] {
                    let size = 1 + walked % 7;
                    walked += 1;
                    assert_eq!(pages(&service, list, &filtered, &order, size, backward).await, whole, "{list} by {order}, {size} at a time, backward: {backward}");
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_subject_is_found_by_its_key_whatever_its_kind() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let found = data(&service, "{ observations(filter: { target: true, subject: { key: { eq: \"piac\" } } }) { nodes { key } } }").await;
        assert_eq!(found["observations"]["nodes"], json!([{ "key": "project_planned_jobs.piac.2020.leseco_piac_2020" }]));
    })
    .await;
}

#[tokio::test]
async fn every_list_has_the_rows_of_its_file() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let found = data(
            &service,
            "{ territories { totalCount } activities { totalCount } organisations { totalCount } sites { totalCount } parks { totalCount } projects { totalCount } \
             agreements { totalCount } plans { totalCount } incentives { totalCount } trainingProgrammes { totalCount } events { totalCount } sources { totalCount } \
             memberships { totalCount } profiles { totalCount } milestones { totalCount } \
             census: observations(filter: { indicator: { eq: \"hcp_unemployment_rate\" } }) { totalCount } }",
        )
        .await;
        for (list, rows) in [
            ("territories", 1_640), ("activities", 8), ("organisations", 88), ("sites", 50), ("parks", 13), ("projects", 19), ("agreements", 17), ("plans", 6),
            ("incentives", 12), ("trainingProgrammes", 12), ("events", 9), ("sources", 201), ("memberships", 0), ("profiles", 0), ("milestones", 1),
        ] {
            assert_eq!(found[list]["totalCount"], rows, "{list}");
        }
        assert!(found["census"]["totalCount"].as_u64().is_some_and(|count| count > 1_000));
    })
    .await;
}

#[tokio::test]
async fn filters_ignore_spelling_and_combine() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let keys = async |document: &str| -> Vec<String> {
            let found = data(&service, document).await;
            let list = found.as_object().and_then(|lists| lists.values().next()).cloned().unwrap_or_default();
            list["nodes"].as_array().into_iter().flatten().filter_map(|node| node["key"].as_str().map(str::to_owned)).collect()
        };
        for name in ["FES SHORE", "fès-shore", "فاس شور", "Fez Shore"] {
            assert_eq!(keys(&format!("{{ parks(filter: {{ name: {{ contains: \"{name}\" }} }}) {{ nodes {{ key }} }} }}")).await, ["fes_shore"], "{name}");
        }
        assert_eq!(keys("{ organisations(filter: { name: { eq: \"acticall\" } }) { nodes { key } } }").await, ["foundever"]);
        assert_eq!(keys("{ organisations(filter: { name: { contains: \"100%_\" } }) { nodes { key } } }").await, Vec::<String>::new());
        let french = keys("{ organisations(filter: { countryOfOrigin: { eq: \"FR\" }, site: { park: { eq: \"fes_shore\" } } }, orderBy: [{ field: KEY }]) { nodes { key } } }").await;
        assert_eq!(french, ["alten_maroc", "capgemini_engineering_maroc", "foundever"]);
        let known = keys("{ organisations(first: 100, filter: { not: { countryOfOrigin: { isNull: true } } }) { nodes { key } } }").await.len();
        let unknown = keys("{ organisations(first: 100, filter: { countryOfOrigin: { isNull: true } }) { nodes { key } } }").await.len();
        assert_eq!((known, unknown), (71, 17));
        let either = keys("{ organisations(filter: { or: [{ key: { eq: \"cgi\" } }, { key: { eq: \"apebi\" } }] }, orderBy: [{ field: KEY }]) { nodes { key } } }").await;
        assert_eq!(either, ["apebi", "cgi"]);
        assert_eq!(keys("{ organisations(filter: { or: [] }) { nodes { key } } }").await, Vec::<String>::new());
        assert_eq!(keys("{ projects(filter: { status: [DELIVERED] }, orderBy: [{ field: KEY }]) { nodes { key } } }").await, ["fes_shore_parc", "tetouanshore_parc"]);
    })
    .await;
}

#[tokio::test]
async fn a_cursor_belongs_to_its_list() {
    let service = testkit::service().await;
    let page = data(
        &service,
        "{ organisations(first: 1, orderBy: [{ field: NAME }]) { pageInfo { endCursor } } }",
    )
    .await;
    let cursor = page["organisations"]["pageInfo"]["endCursor"]
        .as_str()
        .expect("a cursor")
        .to_owned();
    let (code, message) = crate::failure(&service, &format!("{{ organisations(first: 1, after: \"{cursor}\", orderBy: [{{ field: KEY }}]) {{ totalCount }} }}")).await;
    assert_eq!(code, "BAD_USER_INPUT");
    assert!(message.contains("start again"), "{message}");
}

#[tokio::test]
async fn nodes_are_found_again_by_their_ids() {
    let service = testkit::service().await;
    let found = data(
        &service,
        "{ territory(code: \"03.231\") { id } park(key: \"fes_shore\") { id } agreement(key: \"memorandum_cri_apebi\") { axes { id key } } \
         plan(key: \"digital_morocco_2030\") { objectives { id key } } observations(first: 1) { nodes { id key } } }",
    )
    .await;
    let axis = &found["agreement"]["axes"][1];
    let objective = &found["plan"]["objectives"][0];
    let observation = &found["observations"]["nodes"][0];
    for (id, key) in [
        (&found["territory"]["id"], &json!("03.231")),
        (&found["park"]["id"], &json!("fes_shore")),
        (&axis["id"], &axis["key"]),
        (&objective["id"], &objective["key"]),
        (&observation["id"], &observation["key"]),
    ] {
        let again = data(
            &service,
            &format!(
                "{{ node(id: {id}) {{ id ... on Territory {{ key }} ... on Park {{ key }} ... on AgreementAxis {{ key }} ... on PlanObjective {{ key }} ... on Observation {{ key }} }} }}"
            ),
        )
        .await;
        assert_eq!((&again["node"]["id"], &again["node"]["key"]), (id, key));
    }
}
