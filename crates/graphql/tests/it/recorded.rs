//! The database as it stood: `recordedAt` on figures, statuses and axes, on both databases.

use chrono::{DateTime, Utc};
use graphql::Service;
use serde_json::{Value, json};
use store::load;
use testkit::Database;

use crate::{data, data_with, failure};

const BEFORE: &str = "2026-11-19T00:00:00Z";
const FIRST: &str = "2026-11-20T08:00:00Z";
const BETWEEN: &str = "2026-11-21T00:00:00Z";
const SECOND: &str = "2026-11-22T09:30:00.25Z";
const FIGURE: &str = "call_centres.03.231.2019.journaleco_2020";

/// The shipped data, and on 22 November another value of a figure, one that is withdrawn, another status and another axis.
async fn changed(database: &Database) -> Service {
    let stated = load::in_force(&database.store).await.expect("drafts");
    let mut figure = stated
        .observations
        .iter()
        .find(|draft| draft.key == FIGURE)
        .expect("a figure")
        .clone();
    figure.value = 41.0;
    let withdrawn = stated
        .observations
        .iter()
        .find(|draft| draft.key.starts_with("call_centre_jobs.03.231.2019"))
        .expect("a figure")
        .key
        .clone();
    let mut project = stated
        .projects
        .iter()
        .find(|draft| draft.key == "piac")
        .expect("a project")
        .clone();
    project.status = entity::ProjectStatus::Delivered;
    let mut agreement = stated
        .agreements
        .iter()
        .find(|draft| draft.key == "memorandum_cri_apebi")
        .expect("an agreement")
        .clone();
    agreement.axes[0].title_en = "Another title".into();
    let batch = load::Batch {
        observations: vec![figure],
        projects: vec![project],
        agreements: vec![agreement],
        withdrawn: vec![withdrawn],
        ..load::Batch::default()
    };
    let now: DateTime<Utc> = SECOND.parse().expect("an instant");
    load::apply(
        &database.store,
        &batch,
        &store::audit_entry::Act::of_operator(now, "test"),
    )
    .await
    .expect("written");
    testkit::service_over(database).await
}

#[tokio::test]
async fn figures_are_given_as_they_stood() {
    testkit::each_database(async |database| {
        let service = changed(&database).await;
        let figure = async |at: &str| {
            let document = format!(
                "{{ observations(filter: {{ key: {{ eq: \"{FIGURE}\" }} }}{at}) {{ totalCount aggregate {{ count }} nodes {{ id value recordedAt supersededAt }} }} }}"
            );
            data(&service, &document).await["observations"].take()
        };
        let now = figure("").await;
        assert_eq!((&now["totalCount"], &now["nodes"][0]["value"]), (&json!(1), &json!(41.0)));
        assert_eq!((&now["nodes"][0]["recordedAt"], &now["nodes"][0]["supersededAt"]), (&json!("2026-11-22T09:30:00.250Z"), &Value::Null));
        for at in [FIRST, BETWEEN, "2026-11-22T09:30:00.249Z"] {
            let then = figure(&format!(", recordedAt: \"{at}\"")).await;
            assert_eq!((&then["totalCount"], &then["aggregate"]["count"]), (&json!(1), &json!(1)), "{at}");
            assert_eq!(then["nodes"][0]["value"], 36.0, "{at}");
            assert_eq!(then["nodes"][0]["supersededAt"], "2026-11-22T09:30:00.250Z");
        }
        // What `recordedAt` says can be asked: the version is in force from its own instant on.
        assert_eq!(figure(", recordedAt: \"2026-11-22T09:30:00.250Z\"").await["nodes"], now["nodes"]);
        for at in [BEFORE, "2026-11-20T08:59:59+01:00", "0000-01-01T00:00:00Z"] {
            let nothing = json!({ "totalCount": 0, "aggregate": { "count": 0 }, "nodes": [] });
            assert_eq!(figure(&format!(", recordedAt: \"{at}\"")).await, nothing, "{at}");
        }
        // A version that is superseded has an id of its own, so that clients do not take it for the one in force.
        let then = figure(&format!(", recordedAt: \"{BETWEEN}\"")).await;
        assert_ne!(then["nodes"][0]["id"], now["nodes"][0]["id"]);
        for version in [&then["nodes"][0], &now["nodes"][0]] {
            let again = data(&service, &format!("{{ node(id: {}) {{ id ... on Observation {{ value recordedAt supersededAt }} }} }}", version["id"])).await;
            assert_eq!(again["node"], *version);
        }
        // Under a territory as in the root list, withdrawn figures too.
        let jobs = "filter: { indicator: { eq: \"call_centre_jobs\" }, period: { eq: \"2019\" } }";
        let document = format!(
            "{{ territory(code: \"03.231\") {{ now: observations({jobs}) {{ totalCount }} then: observations({jobs}, recordedAt: \"{BETWEEN}\") {{ totalCount }} }} }}"
        );
        let found = data(&service, &document).await["territory"].take();
        let totals = [&found["now"]["totalCount"], &found["then"]["totalCount"]].map(|total| total.as_u64().expect("a total"));
        assert_eq!(totals[0] + 1, totals[1]);
    })
    .await;
}

#[tokio::test]
async fn headlines_statuses_and_axes_are_given_as_they_stood() {
    testkit::each_database(async |database| {
        let service = changed(&database).await;
        let headline = "headline(indicator: \"call_centres\", territory: \"03.231\"";
        let document = format!(
            "{{ now: {headline}) {{ observation {{ value }} }} then: {headline}, recordedAt: \"{BETWEEN}\") {{ observation {{ value }} reprints {{ key }} }} never: {headline}, recordedAt: \"{BEFORE}\") {{ rule }} }}"
        );
        let found = data(&service, &document).await;
        assert_eq!((&found["now"]["observation"]["value"], &found["then"]["observation"]["value"]), (&json!(41.0), &json!(36.0)));
        assert_eq!(found["then"]["reprints"].as_array().map(Vec::len), Some(1));
        assert_eq!(found["never"], Value::Null);
        let document = format!(
            "{{ project(key: \"piac\") {{ status now: recordedStatus {{ status recordedAt supersededAt }} then: recordedStatus(recordedAt: \"{BETWEEN}\") {{ status asOf recordedAt supersededAt source {{ key }} }} \
             never: recordedStatus(recordedAt: \"{BEFORE}\") {{ status }} }} \
             agreement(key: \"memorandum_cri_apebi\") {{ now: axes {{ id key title(locale: EN) }} then: axes(recordedAt: \"{BETWEEN}\") {{ id key title(locale: EN) supersededAt }} never: axes(recordedAt: \"{BEFORE}\") {{ id }} }} }}"
        );
        let found = data(&service, &document).await;
        let project = &found["project"];
        assert_eq!((&project["status"], &project["now"]["status"]), (&json!("DELIVERED"), &json!("DELIVERED")));
        assert_ne!(project["then"]["status"], "DELIVERED");
        assert_eq!(project["then"]["supersededAt"], project["now"]["recordedAt"]);
        assert_eq!(project["never"], Value::Null);
        let agreement = &found["agreement"];
        assert_eq!(agreement["now"][0]["title"], "Another title");
        assert_ne!(agreement["then"][0]["title"], "Another title");
        assert_eq!(agreement["then"].as_array().map(Vec::len), agreement["now"].as_array().map(Vec::len));
        assert_ne!(agreement["then"][0]["id"], agreement["now"][0]["id"]);
        assert_eq!(agreement["never"], json!([]));
        let again = data(&service, &format!("{{ node(id: {}) {{ id ... on AgreementAxis {{ key title(locale: EN) supersededAt }} }} }}", agreement["then"][0]["id"])).await;
        assert_eq!(again["node"], agreement["then"][0]);
    })
    .await;
}

#[tokio::test]
async fn a_cursor_belongs_to_its_instant() {
    let service = testkit::service().await;
    let document = "query Page($at: DateTime, $after: String) { observations(first: 2, after: $after, recordedAt: $at) { nodes { key } pageInfo { endCursor } } }";
    let first =
        data_with(&service, document, json!({ "at": BETWEEN })).await["observations"].take();
    let after = &first["pageInfo"]["endCursor"];
    let second = data_with(&service, document, json!({ "at": BETWEEN, "after": after })).await["observations"].take();
    assert_ne!(first["nodes"], second["nodes"]);
    for at in [Value::Null, json!(FIRST)] {
        let reply = crate::send(&service, document, json!({ "at": at, "after": after })).await;
        let error = reply.response.errors.first().expect("an error");
        assert!(error.message.contains("start again"), "{}", error.message);
    }
}

#[tokio::test]
async fn an_instant_to_come_is_refused() {
    let service = testkit::service().await;
    for document in [
        "{ observations(recordedAt: \"2026-12-24T00:00:00Z\") { totalCount } }",
        "{ headline(indicator: \"call_centres\", territory: \"03.231\", recordedAt: \"2026-12-24T00:00:00Z\") { rule } }",
        "{ project(key: \"piac\") { recordedStatus(recordedAt: \"2026-12-24T00:00:00Z\") { status } } }",
        "{ agreement(key: \"memorandum_cri_apebi\") { axes(recordedAt: \"2026-12-24T00:00:00Z\") { key } } }",
        "{ territory(code: \"03\") { observations(recordedAt: \"9999-12-24T00:00:00Z\") { totalCount } } }",
    ] {
        let (code, message) = failure(&service, document).await;
        assert_eq!(code, "BAD_USER_INPUT", "{document}");
        assert!(message.contains("still to come"), "{message}");
    }
    let (code, _) = failure(
        &service,
        "{ observations(recordedAt: \"yesterday\") { totalCount } }",
    )
    .await;
    assert_eq!(code, "BAD_USER_INPUT");
}
