//! The number of SQL statements depends on a query's shape, never on its rows.

use std::{future::poll_fn, task::Poll};

use serde_json::Value;
use tokio::task::coop;

use crate::{data, send};

async fn statements(service: &graphql::Service, document: &str) -> u64 {
    let before = service.statements();
    let reply = send(service, document, Value::Null).await;
    assert!(
        reply.response.errors.is_empty(),
        "{document}: {:?}",
        reply.response.errors
    );
    service.statements() - before
}

#[tokio::test]
async fn more_rows_take_no_more_statements() {
    let database = testkit::database().await;
    let service = testkit::service_over(&database).await;
    for shape in [
        "{ sites(first: N) { totalCount nodes { organisation { name aliases parent { name } } territory { name ancestors { name } } park { name operator { name } } headcount { value unit { key } source { key } } source { key } } } }",
        "{ organisations(first: N) { nodes { name sites(first: 5) { totalCount nodes { territory { name } } } agreements(first: 5) { nodes { title axes { title } parties { name } } } headcount { value } } } }",
        "{ territories(first: N, filter: { level: REGION }) { nodes { name population { value } children(first: 2) { nodes { name sites { totalCount } } } } } }",
        "{ projects(first: N) { nodes { status statusAsOf partners { name } budget { value } observations(first: 3) { nodes { value indicator { name unit { symbol } } } } } } }",
        "{ observations(first: N, filter: { subject: { isNull: false } }) { nodes { value indicator { name } territory { name } producer { name } source { title } } } }",
        "{ parks(first: N) { nodes { sites { aggregate { count countDistinct { organisation } headcount { sum periods sources { key } } groupBy(keys: [ACTIVITY]) { groups { activity { name } count headcount { sum } } } } } } } }",
        "{ organisations(first: N) { nodes { sites { aggregate { headcount { sum } } } observations { aggregate { count groupBy(keys: [INDICATOR]) { groups { indicator { key } count } } } } } } }",
        "{ agreements(first: N) { nodes { title progress { done parts { state steps { status milestone { title } toldByProject { name } source { key } } } } } } }",
        "{ projects(first: N) { nodes { name milestones(first: 5) { nodes { title status asOf agreementAxis { title } } } progress { asOf parts { state } } } } }",
        "{ organisations(first: N) { nodes { profile { offers sectors languages certifications } memberships(first: 5) { nodes { federation { name } } } members(first: 5) { totalCount } } } }",
    ] {
        let few = statements(&service, &shape.replace("first: N", "first: 25")).await;
        let many = statements(&service, &shape.replace("first: N", "first: 50")).await;
        // One more at most: a relation that none of the first rows has is not asked for.
        assert!(
            few > 0 && many <= few + 1,
            "{few} statements for 25 rows, {many} for 50: {shape}"
        );
    }
}

#[tokio::test]
async fn what_a_list_comes_to_takes_one_statement() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        for document in [
            "{ sites { totalCount } }",
            "{ sites { nodes { key } pageInfo { hasNextPage } edges { cursor } } }",
            "{ sites { aggregate { count countDistinct { organisation park activity } } } }",
            "{ sites { aggregate { groupBy(keys: [PROVINCE, SEGMENT]) { totalCount rowCount hasMore groups { count missing countDistinct { organisation } countryOfOrigin } } } } }",
            "{ organisations { aggregate { groupBy(keys: [SITE_PROVINCE, KIND]) { totalCount groups { kind count } } } } }",
            "{ observations(filter: { territory: { within: \"03\" } }) { aggregate { groupBy(keys: [YEAR, TERRITORY_LEVEL]) { groups { year territoryLevel count } } } } }",
            "{ sites { aggregate { headcount { sum periods } } } }",
            "{ sites { aggregate { groupBy(keys: [REGION], orderBy: [{ field: SUM, direction: DESC }]) { groups { headcount { sum known } } } } } }",
        ] {
            assert_eq!(statements(&service, document).await, 1, "{document}");
        }
    })
    .await;
}

/// What partners ask most, with whatever rows refer to, however far.
#[tokio::test]
async fn rows_and_what_they_refer_to_take_one_statement() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        // How the sites are spread over the places is looked at once in ten minutes.
        data(&service, "{ sites(filter: { territory: { within: \"03\" } }) { nodes { key } } }").await;
        for document in [
            // A count, the latest value with its source, a list with its neighbours, a group-by: the workloads of `make bench`.
            "{ sites(filter: { territory: { within: \"03.231\" }, activity: { within: \"CRM\" } }) { totalCount } }",
            "{ headline(indicator: \"hcp_population_legal\", territory: \"03.231\") { observation { value period source { title url } } } }",
            "{ sites(first: 20, filter: { territory: { within: \"03\" } }, orderBy: [{ field: HEADCOUNT, direction: DESC }]) { nodes { key headcount { value } organisation { name } territory { name parent { name } } } } }",
            "{ sites(filter: { territory: { within: \"03\" } }) { aggregate { groupBy(keys: [PROVINCE]) { groups { province { key name parent { name } } count headcount { sum } } } } } }",
            // Deeper, twice by one reference, through fragments and edges.
            "{ observations(first: 50) { pageInfo { endCursor } edges { node { indicator { name unit { symbol } } unit { key } ...Where } } } } fragment Where on Observation { territory { name parent { parent { name } } } source { title } activity { key } producer { name } }",
            "{ projects { nodes { territory { name } owner { name parent { name } } source { title } } } }",
            "{ headline(indicator: \"company_headcount\", subject: { kind: ORGANISATION, key: \"alten_maroc\" }) { rule observation { unit { key } territory { name } source { key } } series { source { key } } } }",
            "{ a: headline(indicator: \"hcp_population_legal\", territory: \"03.231\") { observation { value } } b: headline(indicator: \"hcp_population_legal\", territory: \"03\") { observation { value territory { name } } } }",
        ] {
            assert_eq!(statements(&service, document).await, 1, "{document}");
        }
    })
    .await;
}

/// On the main task of a runtime nobody else takes over when tokio's budget of a turn is used up.
#[test]
fn a_request_ends_even_when_its_turn_is_used_up() {
    let (done, ended) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        let parks = runtime.block_on(async {
            let service = testkit::service().await;
            poll_fn(|cx| {
                while let Poll::Ready(turn) = coop::poll_proceed(cx) {
                    turn.made_progress();
                }
                Poll::Ready(())
            })
            .await;
            data(&service, "{ parks { nodes { key operator { key } } } }").await
        });
        let _ = done.send(parks);
    });
    let parks = ended
        .recv_timeout(std::time::Duration::from_secs(60))
        .expect("the request ends");
    assert_eq!(parks["parks"]["nodes"].as_array().map(Vec::len), Some(13));
}
