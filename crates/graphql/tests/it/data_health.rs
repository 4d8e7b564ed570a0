//! How fresh and how whole the data are: the same for everybody, by the same rules as every other answer, in few statements.

use serde_json::{Value, json};

use crate::curation::*;

async fn health(service: &graphql::Service, call: &graphql::Call) -> Value {
    let variables = json!({ "first": 100 });
    sent(service, call, graphql::HEALTH_DOCUMENT, variables).await
}

fn count(health: &Value, concept: &str) -> i64 {
    let counts = health["counts"].as_array().expect("counts");
    let found = counts.iter().find(|count| count["concept"] == concept);
    found.unwrap_or_else(|| panic!("{concept}: {health}"))["count"]
        .as_i64()
        .expect("a number")
}

fn unknown(health: &Value, place: &str) -> Value {
    let sheets = health["investorSheets"].as_array().expect("sheets");
    let sheet = sheets
        .iter()
        .find(|sheet| sheet["territory"]["key"] == place);
    sheet.unwrap_or_else(|| panic!("{place}: {health}"))["unknown"].clone()
}

#[tokio::test]
async fn the_state_of_the_data_is_told_by_the_rules_of_every_answer() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let stranger = somebody(1, None);
        let curator = curator(&database, &service).await;
        let before = service.statements();
        let told = health(&service, &stranger).await;
        let statements = service.statements() - before;
        assert!(statements <= 40, "{statements} statements");
        assert_eq!(told, health(&service, &curator).await, "the same for everybody");

        assert_eq!(told["lastChange"], told["lastImport"]);
        assert_eq!(told["lastChange"]["recordedAt"], "2026-11-20T08:00:00Z");
        for (concept, list) in [("SITE", "sites"), ("ORGANISATION", "organisations"), ("OBSERVATION", "observations"), ("PROJECT", "projects")] {
            let total = sent(&service, &stranger, &format!("{{ {list} {{ totalCount }} }}"), Value::Null).await;
            assert_eq!(total["totalCount"], count(&told, concept), "{concept}");
        }
        let conflicts = sent(&service, &curator, "{ conflicts { totalCount } }", Value::Null).await;
        assert_eq!(conflicts["totalCount"], told["openConflicts"]);
        assert!(told["openConflicts"].as_i64().unwrap() > 0);
        assert!(told["periods"]["inferred"].as_i64().unwrap() > 20);
        assert_eq!(told["periods"]["undatedTargets"].as_i64().map(|number| number >= 7), Some(true));

        let oldest = told["oldestHeadlines"].as_array().unwrap();
        let ages: Vec<_> = oldest.iter().map(|aged| aged["ageYears"].as_i64().unwrap()).collect();
        assert!(ages.windows(2).all(|pair| pair[0] >= pair[1]), "{ages:?}");
        let indicators: std::collections::HashSet<_> = oldest.iter().map(|aged| aged["observation"]["indicator"]["key"].to_string()).collect();
        assert_eq!(indicators.len(), oldest.len(), "one an indicator");
        for aged in oldest {
            assert_eq!(aged["isStale"], json!(aged["ageYears"].as_i64() > Some(3)), "{aged}");
            let observation = &aged["observation"];
            let variables = json!({ "indicator": observation["indicator"]["key"], "territory": observation["territory"]["key"] });
            let document = "query($indicator: String!, $territory: String) { headline(indicator: $indicator, territory: $territory) { observation { key } } }";
            let led = sent(&service, &stranger, document, variables).await;
            assert_eq!(led["observation"]["key"], observation["key"]);
        }
        let centres = oldest.iter().find(|aged| aged["observation"]["indicator"]["key"] == "call_centres");
        assert_eq!(centres.map(|aged| aged["isStale"].clone()), Some(json!(true)), "{oldest:?}");

        // The students of a university are not those of the city.
        assert_eq!(unknown(&told, "03"), json!([]), "{told}");
        assert_eq!(unknown(&told, "03.231"), json!(["TALENT"]), "{told}");
    })
    .await;
}

#[tokio::test]
async fn what_is_recorded_is_told_and_what_is_proposed_is_not() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let curator = curator(&database, &service).await;
        let stranger = somebody(2, None);
        let before = health(&service, &stranger).await;
        let students = json!({ "observation": { "indicator": "university_students", "territory": "03.231", "period": "2025", "periodBasis": "INFERRED",
            "value": 90000, "qualifier": "EXACT", "source": "journaleco_2020" } });
        proposed(&service, &stranger, students.clone()).await;
        assert_eq!(health(&service, &stranger).await, before);

        let made = sent(&service, &curator, RECORD, json!({ "input": { "fact": students, "reason": "as printed" } })).await;
        assert_eq!(made["userErrors"], json!([]), "{made}");
        let after = health(&service, &stranger).await;
        assert_eq!(count(&after, "OBSERVATION"), count(&before, "OBSERVATION") + 1);
        assert_eq!(after["periods"]["inferred"].as_i64(), before["periods"]["inferred"].as_i64().map(|number| number + 1));
        assert_eq!(unknown(&after, "03.231"), json!([]));
        assert_eq!(after["lastImport"], before["lastImport"]);
        assert_ne!(after["lastChange"], before["lastChange"]);
        let sheet = after["investorSheets"][1]["entries"].as_array().unwrap();
        let entry = sheet.iter().find(|entry| entry["question"] == "TALENT").unwrap();
        assert_eq!((&entry["count"], &entry["latest"]), (&json!(1), &json!("2025")));
    })
    .await;
}

#[tokio::test]
async fn an_empty_database_is_told_as_such() {
    let database = testkit::empty().await;
    let service = testkit::service_over(&database).await;
    let told = health(&service, &somebody(3, None)).await;
    assert_eq!(
        (&told["lastChange"], &told["lastImport"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(
        (&told["oldestHeadlines"], &told["investorSheets"]),
        (&json!([]), &json!([]))
    );
    assert_eq!(count(&told, "OBSERVATION"), 0);
}
