//! What is counted and added up ahead of time says what the rows say, before and after writes, on both databases.

use graphql::Service;
use serde_json::Value;
use store::load::{self, Batch};
use testkit::Database;

use crate::data;

/// Holds for every site, and keeps the list from being counted ahead of time: there are no totals by key.
const READ_ROWS: &str = r#"not: { key: { eq: "no such site" } }"#;

const FIGURES: &str =
    "count headcount { sum average minimum maximum known unknown inexact undated }";

/// Asks the same of the totals and of the rows.
async fn agree(service: &Service, state: &str) {
    let keys = [
        ("[REGION]", "region { key name }"),
        ("[PROVINCE]", "province { key parent { key } }"),
        ("[COMMUNE]", "commune { key }"),
        ("[TERRITORY]", "territory { key }"),
        ("[ACTIVITY]", "activity { key }"),
        ("[SEGMENT]", "segment { key parent { key } }"),
        ("[PROVINCE, SEGMENT]", "province { key } segment { key }"),
    ];
    for filter in [
        "",
        r#"territory: { within: "03" }"#,
        r#"territory: { within: "03" }, activity: { within: "CRM" }"#,
        r#"or: [{ activity: { key: { eq: "ITO" } } }, { territory: { code: { eq: "06.141" } } }]"#,
        r#"activity: { key: { isNull: true } }"#,
        r#"territory: { within: "no such place" }"#,
    ] {
        let groups = keys.map(|(keys, fields)| {
            let name = keys.replace(['[', ']', ',', ' '], "").to_lowercase();
            format!(
                "{name}: groupBy(keys: {keys}, first: 100, orderBy: [{{ field: SUM, direction: DESC }}]) {{ totalCount rowCount groups {{ missing {FIGURES} {fields} }} }}"
            )
        });
        let document = |filter: &str| {
            format!(
                "{{ sites(filter: {{ {filter} }}) {{ totalCount aggregate {{ {FIGURES} {} }} }} }}",
                groups.join(" ")
            )
        };
        let ahead = data(service, &document(filter)).await;
        let rows = data(service, &document(&format!("{filter} {READ_ROWS}"))).await;
        assert_eq!(ahead, rows, "{state}: {filter}");
    }
    let document = |filter: &str| {
        format!(
            "{{ territories(filter: {{ level: REGION }}) {{ nodes {{ key sites(filter: {{ {filter} }}) {{ totalCount aggregate {{ {FIGURES} groupBy(keys: [SEGMENT]) {{ groups {{ {FIGURES} segment {{ key }} }} }} }} }} }} }} }}"
        )
    };
    let ahead = data(service, &document("")).await;
    assert_eq!(
        ahead,
        data(service, &document(READ_ROWS)).await,
        "{state}: lists of territories"
    );
}

/// A wide list is read in its order, a narrow one by its filter: both give the same pages.
#[tokio::test]
async fn wide_lists_have_the_same_pages() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let pages = async |filter: &str, order: &str, size: &str| {
            let (mut pages, mut position) = (Vec::new(), String::new());
            loop {
                let document = format!(
                    "{{ sites({size}{position}, filter: {{ {filter} }}, orderBy: [{order}]) {{ pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} nodes {{ key }} }} }}"
                );
                let page = data(&service, &document).await["sites"].take();
                let (forward, info) = (size.starts_with("first"), &page["pageInfo"]);
                let (more, cursor) = match forward {
                    true => (&info["hasNextPage"], &info["endCursor"]),
                    false => (&info["hasPreviousPage"], &info["startCursor"]),
                };
                position = format!(", {}: {cursor}", if forward { "after" } else { "before" });
                let more = *more == true;
                pages.push(page["nodes"].clone());
                if !more {
                    return pages;
                }
            }
        };
        for order in ["{ field: HEADCOUNT, direction: DESC }", "{ field: HEADCOUNT }", "{ field: KEY }", ""] {
            for size in ["first: 7", "last: 7"] {
                let wide = pages(r#"territory: { within: "MA" }"#, order, size).await;
                assert_eq!(wide.len(), 8);
                let narrow = format!(r#"territory: {{ within: "MA" }} {READ_ROWS}"#);
                assert_eq!(wide, pages(&narrow, order, size).await, "{order} {size}");
            }
        }
    })
    .await;
}

async fn write(database: &Database, batch: Batch) {
    load::apply(
        &database.store,
        &batch,
        &store::audit_entry::Act::of_operator(chrono::Utc::now(), "test"),
    )
    .await
    .expect("written");
}

async fn headcounts(service: &Service) -> (Vec<String>, Value) {
    let document = "{ sites(orderBy: [{ field: HEADCOUNT, direction: DESC }], first: 100) { nodes { key headcount { value } } } }";
    let nodes = data(service, document).await["sites"]["nodes"].take();
    let values = nodes.as_array().expect("sites").iter();
    let keys = values
        .clone()
        .map(|site| site["key"].as_str().expect("a key").to_owned());
    (keys.collect(), nodes.clone())
}

#[tokio::test]
async fn totals_say_what_the_rows_say() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        agree(&service, "as shipped").await;

        let stated = load::in_force(&database.store).await.expect("drafts");
        let site = |key: &str| {
            let found = stated.sites.iter().find(|site| site.key == key);
            found.expect("a site").clone()
        };
        let (order, _) = headcounts(&service).await;
        let largest = site(&order[0]);
        let figure_key = largest.headcount_observation.clone().expect("a head-count");
        let figure = stated
            .observations
            .iter()
            .find(|figure| figure.key == figure_key)
            .expect("the head-count")
            .clone();

        // It moves to another town, and a site that was not there comes in its place.
        let mut moved = largest.clone();
        moved.territory = "04.441".into();
        moved.activity = None;
        let mut new = largest.clone();
        new.key = "of_a_test".into();
        write(
            &database,
            Batch {
                sites: vec![moved, new],
                ..Batch::default()
            },
        )
        .await;
        agree(&service, "a site moved, another is new").await;

        // Its head-count is another, in two sites.
        let mut fewer = figure.clone();
        fewer.value = 1.0;
        fewer.value_max = None;
        write(
            &database,
            Batch {
                observations: vec![fewer],
                ..Batch::default()
            },
        )
        .await;
        agree(&service, "a head-count is another").await;
        let (order, sites) = headcounts(&service).await;
        let last = sites
            .as_array()
            .and_then(|sites| sites.iter().rfind(|site| !site["headcount"].is_null()))
            .expect("a head-count");
        assert_eq!(last["headcount"]["value"], 1.0, "{order:?}");

        // It is an aim only, which is no head-count.
        let mut aim = figure;
        aim.qualifier = entity::Qualifier::Target;
        write(
            &database,
            Batch {
                observations: vec![aim],
                ..Batch::default()
            },
        )
        .await;
        agree(&service, "a head-count became a target").await;

        write(
            &database,
            Batch {
                withdrawn: vec![figure_key],
                ..Batch::default()
            },
        )
        .await;
        agree(&service, "a head-count was withdrawn").await;
        let (order, sites) = headcounts(&service).await;
        assert!(sites[order.len() - 1]["headcount"].is_null());
        let known = |site: &Value| site["headcount"]["value"].as_f64();
        let values: Vec<f64> = sites
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(known)
            .collect();
        assert!(
            values.len() > 5 && values.is_sorted_by(|one, next| one >= next),
            "{values:?}"
        );
    })
    .await;
}
