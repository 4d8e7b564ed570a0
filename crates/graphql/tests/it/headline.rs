//! Which figure leads: the rules of the answer contract, on the real data.

use serde_json::{Value, json};

use crate::{data, failure};

async fn headline(arguments: &str) -> Value {
    let service = testkit::service().await;
    let document = format!(
        "{{ headline({arguments}) {{ rule observation {{ value qualifier period periodBasis scope source {{ key }} }} \
         conflicts {{ value source {{ key }} }} reprints {{ source {{ key }} }} series {{ period value scope }} partYear {{ period value }} targets {{ value period }} }} }}"
    );
    data(&service, &document).await["headline"].take()
}

#[tokio::test]
async fn the_latest_dated_figure_leads_and_reprints_count_once() {
    let found = headline(r#"indicator: "call_centres", territory: "03.231""#).await;
    assert_eq!(found["rule"], "LATEST_PERIOD");
    assert_eq!(found["observation"]["value"], 36.0);
    assert_eq!(found["conflicts"], json!([]));
    assert_eq!(
        found["reprints"],
        json!([{ "source": { "key": "albalad_ar_2020" } }])
    );
    let series: Vec<_> = found["series"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|point| (point["period"].as_str(), point["value"].as_f64()))
        .collect();
    assert_eq!(
        series,
        [
            (Some("2009"), Some(22.0)),
            (Some("2017"), Some(30.0)),
            (Some("2019"), Some(36.0))
        ]
    );
}

#[tokio::test]
async fn city_and_region_are_never_mixed() {
    let region = headline(r#"indicator: "call_centres", territory: "03""#).await;
    assert_eq!(region["observation"]["value"], 30.0);
    assert_eq!(region["observation"]["periodBasis"], "INFERRED");
    assert_eq!(
        headline(r#"indicator: "call_centres", territory: "03.061""#).await,
        Value::Null
    );
}

#[tokio::test]
async fn a_dated_figure_comes_before_an_undated_one() {
    let share = headline(r#"indicator: "offshoring_job_share_national", territory: "03""#).await;
    assert_eq!(
        (
            &share["observation"]["value"],
            &share["observation"]["period"]
        ),
        (&json!(11.0), &json!("2019"))
    );
    let rank = headline(r#"indicator: "offshoring_rank_national", territory: "03""#).await;
    assert_eq!(
        (
            &rank["observation"]["value"],
            &rank["observation"]["period"]
        ),
        (&json!(3.0), &Value::Null)
    );
}

#[tokio::test]
async fn a_flow_leads_with_its_latest_whole_year_and_names_the_part() {
    let revenue = headline(
        r#"indicator: "offshoring_export_revenue_mad", territory: "MA", scope: "ecosystems""#,
    )
    .await;
    assert_eq!(revenue["observation"]["period"], "2024");
    assert_eq!(revenue["partYear"]["period"], "2025-S1");
}

#[tokio::test]
async fn conflicts_are_shown_and_never_averaged() {
    let area = headline(
        r#"indicator: "park_area_ha", subject: { kind: PARK, key: "fes_shore" }, period: "2009""#,
    )
    .await;
    let values: Vec<_> = std::iter::once(&area["observation"]["value"])
        .chain(
            area["conflicts"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|other| &other["value"]),
        )
        .collect();
    assert_eq!(values.len(), 2);
    assert!(
        values.contains(&&json!(20.0)) && values.contains(&&json!(22.0)),
        "{area:#}"
    );
}

#[tokio::test]
async fn targets_never_lead() {
    let jobs = headline(r#"indicator: "offshoring_jobs", territory: "MA""#).await;
    assert_eq!(
        (
            &jobs["observation"]["period"],
            &jobs["observation"]["value"]
        ),
        (&json!("2024"), &json!(148500.0))
    );
    assert!(
        jobs["targets"]
            .as_array()
            .is_some_and(|targets| targets.iter().any(|target| target["period"] == "2030"))
    );
    let only_targets =
        headline(r#"indicator: "park_planned_jobs", subject: { kind: PARK, key: "fes_shore" }"#)
            .await;
    assert_eq!(only_targets["observation"], Value::Null);
    assert!(
        only_targets["targets"]
            .as_array()
            .is_some_and(|targets| !targets.is_empty())
    );
}

#[tokio::test]
async fn a_period_without_a_figure_has_no_headline_but_its_series() {
    let asked = headline(r#"indicator: "call_centres", territory: "03.231", period: "2018""#).await;
    assert_eq!(asked["observation"], Value::Null);
    assert_eq!(asked["series"].as_array().map(Vec::len), Some(3));
}

#[tokio::test]
async fn unknown_keys_are_named() {
    let service = testkit::service().await;
    let (code, message) = failure(
        &service,
        r#"{ headline(indicator: "call_centers") { rule } }"#,
    )
    .await;
    assert_eq!(code, "NOT_FOUND");
    assert!(
        message.contains("call_centers") && message.contains("search"),
        "{message}"
    );
}
