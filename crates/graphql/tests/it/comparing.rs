//! Places side by side and the investor's sheet: on the same terms, or with what differs said.

use serde_json::{Value, json};

use crate::{data, failure};

const SIDES: &str =
    "period differences sides { territory { code } observation { value period scope } }";

async fn compared(indicator: &str, places: &str) -> Value {
    let service = testkit::service().await;
    let document = format!(
        "{{ comparisons(indicators: [\"{indicator}\"], territories: [{places}]) {{ {SIDES} }} }}"
    );
    data(&service, &document).await["comparisons"][0].take()
}

#[tokio::test]
async fn figures_of_one_census_share_period_and_definition() {
    let found = compared("hcp_population_legal", r#""03", "04", "03.231""#).await;
    assert_eq!(
        (&found["period"], &found["differences"]),
        (&json!("2024"), &json!([]))
    );
    let values: Vec<_> = found["sides"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|side| side["observation"]["value"].as_f64())
        .collect();
    assert_eq!(
        values,
        [Some(4_467_911.0), Some(5_132_639.0), Some(1_256_172.0)]
    );
}

#[tokio::test]
async fn an_older_period_that_all_share_is_taken_rather_than_different_ones() {
    // The city has figures of 2009, 2017 and 2019, the region of 2017 alone.
    let found = compared("call_centres", r#""03.231", "03""#).await;
    assert_eq!(found["period"], "2017");
    assert_eq!(
        found["differences"],
        json!(["LATER"]),
        "the city has a later one"
    );
    assert_eq!(found["sides"][0]["observation"]["value"], 30.0);
}

#[tokio::test]
async fn what_differs_is_said_and_what_nobody_published_stays_empty() {
    let found = compared("call_centre_jobs", r#""03.231", "09.001", "08""#).await;
    let differences = found["differences"].as_array().unwrap();
    assert!(differences.contains(&json!("PERIOD")), "{found}");
    assert_eq!(
        (&found["period"], &found["sides"][2]["observation"]),
        (&Value::Null, &Value::Null)
    );
}

#[tokio::test]
async fn a_key_that_is_not_known_is_an_error_and_so_is_too_much() {
    let service = testkit::service().await;
    for arguments in [
        r#"indicators: ["nothing"], territories: ["03"]"#,
        r#"indicators: ["call_centres"], territories: ["99"]"#,
    ] {
        let document = format!("{{ comparisons({arguments}) {{ {SIDES} }} }}");
        assert_eq!(
            failure(&service, &document).await.0,
            "NOT_FOUND",
            "{arguments}"
        );
    }
    let many = vec!["\"03\""; 21].join(", ");
    let document = format!(
        "{{ comparisons(indicators: [\"call_centres\"], territories: [{many}]) {{ {SIDES} }} }}"
    );
    assert_eq!(failure(&service, &document).await.0, "BAD_USER_INPUT");
}

#[tokio::test]
async fn a_series_and_a_comparison_are_drawn_in_the_language_asked_for() {
    let service = testkit::service().await;
    let found = data(
        &service,
        r#"{ headline(indicator: "offshoring_jobs", territory: "MA") { chart(locale: EN) { kind language title frame } }
             subject: headline(indicator: "call_centres", territory: "03.231", period: "2019") { chart { kind } }
             comparisons(indicators: ["hcp_population_legal"], territories: ["03", "04"]) { chart(locale: AR) { kind language series { label } } } }"#,
    )
    .await;
    let chart = &found["headline"]["chart"];
    assert_eq!(
        (&chart["kind"], &chart["language"]),
        (&json!("LINES"), &json!("en"))
    );
    assert!(chart["frame"].is_string(), "it can be asked for again");
    assert_eq!(found["subject"]["chart"], Value::Null);
    let bars = &found["comparisons"][0]["chart"];
    assert_eq!(
        (&bars["kind"], &bars["language"]),
        (&json!("BARS"), &json!("ar"))
    );
    assert_eq!(bars["series"].as_array().map(Vec::len), Some(2));
}

/// What stands in the sheet is what its counts count, whoever asks for however much.
#[tokio::test]
async fn the_sheet_of_any_place_shows_what_answers_each_question() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let before = service.statements();
        let sheet = data(
            &service,
            r#"{ territory(code: "03.231") { sheet { unknown entries { question isKnown count latest facts(first: 100) { __typename id } } } } }"#,
        )
        .await;
        let statements = service.statements() - before;
        assert!(statements <= 60, "{statements} statements");
        let sheet = &sheet["territory"]["sheet"];
        let entries = sheet["entries"].as_array().unwrap();
        assert_eq!(entries.len(), 11);
        for entry in entries {
            let facts = entry["facts"].as_array().unwrap();
            assert_eq!(Some(facts.len() as i64), entry["count"].as_i64(), "{entry}");
            assert_eq!(entry["isKnown"], json!(!facts.is_empty()), "{entry}");
            let kind = match entry["question"].as_str().unwrap() {
                "OPERATORS" => "Site",
                "TRAINING" => "TrainingProgramme",
                "INCENTIVES" => "Incentive",
                "PROJECTS" => "Project",
                "CONTACTS" => "Organisation",
                _ => "Observation",
            };
            assert!(facts.iter().all(|fact| fact["__typename"] == kind), "{entry}");
        }
        let few = data(
            &service,
            r#"{ territory(code: "03.231") { sheet { entries { question facts(first: 1) { id } } } } }"#,
        )
        .await;
        for (entry, all) in few["territory"]["sheet"]["entries"].as_array().unwrap().iter().zip(entries) {
            assert_eq!(entry["facts"][0]["id"], all["facts"][0]["id"], "the first is the same");
        }
    })
    .await;
}
