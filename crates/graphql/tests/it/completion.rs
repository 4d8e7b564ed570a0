//! The form of answers: what failed is null, as high up as the contract demands; what is there is never null; fields stand as asked for.

use serde_json::{Value, json};

use crate::{data, send};

/// The data of a query that fails in part.
async fn partial(document: &str) -> Value {
    let service = testkit::service().await;
    let reply = send(&service, document, Value::Null).await;
    assert!(!reply.response.errors.is_empty(), "{document} should fail");
    assert!(reply.refused.is_none(), "{document} is executed");
    reply.response.data.into_json().expect("data is JSON")
}

#[tokio::test]
async fn a_field_that_may_be_null_is_null_and_its_neighbours_stay() {
    let data =
        partial(r#"{ park(key: "fes_shore") { key } headline(indicator: "nothing") { rule } }"#)
            .await;
    assert_eq!(
        data,
        json!({ "park": { "key": "fes_shore" }, "headline": null })
    );
    let alone = partial(r#"{ h: headline(indicator: "nothing") { rule } }"#).await;
    assert_eq!(alone, json!({ "h": null }));
}

#[tokio::test]
async fn a_field_that_is_never_null_takes_along_what_it_belongs_to() {
    let data = partial(
        r#"{
            park(key: "fes_shore") { key ...Wrong }
            territory(code: "03.231") { code parent { ... on Territory { s: sites(first: 1000) { totalCount } } } }
        }
        fragment Wrong on Park { sites(first: 1000) { totalCount } }"#,
    )
    .await;
    assert_eq!(
        data,
        json!({ "park": null, "territory": { "code": "03.231", "parent": null } })
    );
    let all = partial(r#"{ park(key: "fes_shore") { key } sites(first: 1000) { totalCount } }"#);
    assert_eq!(all.await, Value::Null);
}

#[tokio::test]
async fn an_item_of_a_list_is_null_where_items_may_be() {
    let data = partial(
        r#"{ nodes(ids: ["cGFyazpmZXNfc2hvcmU", "dGVycml0b3J5OjAz"]) { id ... on Park { sites(first: 1000) { totalCount } } } }"#,
    )
    .await;
    assert_eq!(
        data,
        json!({ "nodes": [null, { "id": "dGVycml0b3J5OjAz" }] })
    );
    let rows = partial("{ parks(first: 2) { nodes { sites(first: 1000) { totalCount } } } }").await;
    assert_eq!(rows, Value::Null);
}

#[tokio::test]
async fn a_thing_of_which_nothing_was_selected_is_there_all_the_same() {
    let service = testkit::service().await;
    for (document, expected) in [
        (
            r#"{ park(key: "fes_shore") { name @skip(if: true) } }"#,
            json!({ "park": {} }),
        ),
        (
            r#"{ node(id: "cGFyazpmZXNfc2hvcmU") { ... on Site { key } } }"#,
            json!({ "node": {} }),
        ),
        (
            r#"{ parks(first: 1) { nodes { ...Nothing } } } fragment Nothing on Park { territory { name @include(if: false) } ... on Node { id @skip(if: true) } }"#,
            json!({ "parks": { "nodes": [{ "territory": {} }] } }),
        ),
        (
            r#"{ park(key: "nowhere") { name @skip(if: true) } }"#,
            json!({ "park": null }),
        ),
        (
            "{ ... @skip(if: true) { parks { totalCount } } }",
            json!({}),
        ),
        (
            r#"{ park(key: "fes_shore") { ...Key } } fragment Key on Park { key }"#,
            json!({ "park": { "key": "fes_shore" } }),
        ),
    ] {
        assert_eq!(data(&service, document).await, expected, "{document}");
    }
}

/// Validation comes after the look for empty selections, which must not follow fragments around in circles.
#[tokio::test]
async fn fragments_that_spread_themselves_are_refused() {
    let service = testkit::service().await;
    let circle = (0..90)
        .map(|n| format!("fragment F{n} on Park {{ territory {{ parks {{ nodes {{ ...F{} ...F{} }} }} }} ...F{} ...F{} }} ", (n + 1) % 90, (n + 2) % 90, (n + 3) % 90, (n + 4) % 90))
        .collect::<String>();
    let reply = send(
        &service,
        &format!("{{ parks {{ totalCount }} }} {circle}"),
        Value::Null,
    )
    .await;
    assert!(reply.refused.is_some());
}

#[tokio::test]
async fn fields_stand_in_the_order_they_were_asked_for() {
    let service = testkit::service().await;
    let document = r#"{
        parks(first: 1) { nodes { operator { name } ...Place key } totalCount }
        headline(indicator: "nothing") { rule }
        park(key: "fes_shore") { ... on Node { id } key }
    }
    fragment Place on Park { territory { parent { source { key } code } code } name }"#;
    let reply = send(&service, document, Value::Null).await;
    let text = serde_json::to_string(&reply.response.data).expect("JSON");
    assert_eq!(
        text,
        concat!(
            r#"{"parks":{"nodes":[{"operator":{"name":"Ewane"},"#,
            r#""territory":{"parent":{"source":{"key":"hcp_rgph2024_population"},"code":"03"},"code":"03.231"},"#,
            r#""name":"Fès Shore","key":"fes_shore"}],"totalCount":13},"#,
            r#""headline":null,"park":{"id":"cGFyazpmZXNfc2hvcmU","key":"fes_shore"}}"#
        )
    );
}
