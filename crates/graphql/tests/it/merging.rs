//! What was taken for two things is found and made one; what contradicts is shown with the rule that decides.

use serde_json::{Value, json};

use crate::curation::*;

#[tokio::test]
async fn an_organisation_that_was_there_twice_becomes_one() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let curator = curator(&database, &service).await;
        let record = async |fact: Value| {
            let made = sent(&service, &curator, RECORD, json!({ "input": { "fact": fact, "reason": "as printed" } })).await;
            assert_eq!(made["userErrors"], json!([]), "{made}");
        };
        record(json!({ "organisation": { "key": "tazi_1", "name": "Tazi Services", "kind": "COMPANY", "source": "journaleco_2020" } })).await;
        record(json!({ "organisation": { "key": "tazi_2", "name": "Tazi Services SARL", "aliases": ["TS"], "kind": "COMPANY", "source": "journaleco_2020" } })).await;
        record(json!({ "organisation": { "key": "tazi_child", "name": "Tazi Child", "parent": "tazi_2", "kind": "COMPANY", "source": "journaleco_2020" } })).await;
        record(json!({ "site": { "organisation": "tazi_2", "territory": "03.231", "source": "journaleco_2020" } })).await;
        record(json!({ "event": { "nameFr": "Forum Tazi", "territory": "03.231", "organisers": ["tazi_1", "tazi_2"], "source": "journaleco_2020" } })).await;
        let figure = |value: f64| json!({ "observation": { "key": "tazi.jobs", "indicator": "company_headcount", "subject": { "kind": "ORGANISATION", "key": "tazi_2" },
            "period": "2025", "periodBasis": "STATED", "value": value, "qualifier": "EXACT", "producer": "tazi_2", "source": "journaleco_2020" } });
        record(figure(10.0)).await;
        let revised = json!({ "input": { "fact": figure(11.0), "expectedVersion": 1, "reason": "as corrected" } });
        assert_eq!(sent(&service, &curator, RECORD, revised).await["version"], 2);

        let duplicates = "{ duplicates(first: 100) { concept factKeys reason names facts { id } } }";
        let found = sent(&service, &curator, duplicates, Value::Null).await;
        let pair = found.as_array().unwrap().iter().find(|pair| pair["factKeys"] == json!(["tazi_1", "tazi_2"]));
        let pair = pair.unwrap_or_else(|| panic!("{found}"));
        assert_eq!((&pair["reason"], pair["facts"].as_array().map(Vec::len)), (&json!("SAME_NAME"), Some(2)), "{pair}");

        let merge = |version: i32| json!({ "input": { "duplicate": "tazi_2", "into": "tazi_1", "expectedVersion": version, "reason": "one company", "idempotencyKey": "tazi" } });
        assert_eq!(refused(&sent(&service, &curator, MERGE_ORGANISATIONS, merge(7)).await).0, "CONFLICT");
        let merged = sent(&service, &curator, MERGE_ORGANISATIONS, merge(1)).await;
        assert_eq!((&merged["factKey"], &merged["version"], &merged["userErrors"]), (&json!("tazi_1"), &json!(2), &json!([])), "{merged}");
        assert_eq!(sent(&service, &curator, MERGE_ORGANISATIONS, merge(1)).await, merged);

        let shown = "{ organisation(key: \"tazi_1\") { name aliases sites { nodes { key } } observations { nodes { value producer { key } } } } }";
        let shown = sent(&service, &curator, shown, Value::Null).await;
        assert_eq!(shown["aliases"], json!(["Tazi Services SARL", "TS"]));
        assert_eq!(shown["sites"]["nodes"], json!([{ "key": "tazi_2.03.231" }]));
        assert_eq!(shown["observations"]["nodes"], json!([{ "value": 11.0, "producer": { "key": "tazi_1" } }]));
        let shown = sent(&service, &curator, "{ event(key: \"forum_tazi\") { organisers { key } } }", Value::Null).await;
        assert_eq!(shown["organisers"], json!([{ "key": "tazi_1" }]));
        let shown = sent(&service, &curator, "{ organisation(key: \"tazi_child\") { parent { key } } }", Value::Null).await;
        assert_eq!(shown["parent"]["key"], "tazi_1");
        assert_eq!(sent(&service, &curator, "{ organisation(key: \"tazi_2\") { name } }", Value::Null).await, Value::Null);
        let history = async |concept: &str, key: &str| {
            let document = format!("{{ history(fact: {{ concept: {concept}, key: \"{key}\" }}) {{ nodes {{ change reason changes {{ field before after }} }} }} }}");
            sent(&service, &curator, &document, Value::Null).await["nodes"].take()
        };
        assert_eq!(history("ORGANISATION", "tazi_2").await[1]["reason"], "one company");
        let figure = history("OBSERVATION", "tazi.jobs").await;
        assert_eq!(figure.as_array().map(Vec::len), Some(3), "{figure}");
        assert_eq!(figure[1]["changes"], json!([{ "field": "value", "before": "10", "after": "11" }]));
        assert_eq!(figure[2]["reason"], "one company");
        // The name that went finds the one that stays.
        let found = sent(&service, &curator, "{ search(text: \"tazi services sarl\") { matched node { id } } }", Value::Null).await;
        assert_eq!(found.as_array().map(Vec::len), Some(1), "{found}");
    })
    .await;
}

#[tokio::test]
async fn contradictions_are_listed_with_the_rule_that_picks_the_headline() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let curator = curator(&database, &service).await;
        let list = "query C($after: String, $before: String, $first: Int, $last: Int, $filter: ConflictFilter) {
            conflicts(first: $first, after: $after, last: $last, before: $before, filter: $filter, order: OLDEST_FIRST) {
                totalCount pageInfo { hasNextPage hasPreviousPage endCursor startCursor } edges { cursor node { rule leading { key value } rivals { key value } } } } }";
        let page = async |variables: Value| sent(&service, &curator, list, variables).await;
        let all = page(json!({ "first": 100 })).await;
        let total = all["totalCount"].as_u64().unwrap();
        assert!(total > 3 && total < 100, "{total}");
        assert_eq!(all["edges"].as_array().unwrap().len() as u64, total);
        for edge in all["edges"].as_array().unwrap() {
            let node = &edge["node"];
            assert_ne!(node["rivals"], json!([]), "{node}");
            assert_ne!(node["rule"], Value::Null, "{node}");
            assert!(node["rivals"].as_array().unwrap().iter().all(|rival| rival["value"] != node["leading"]["value"]), "{node}");
        }
        // Pages put together are the whole list, in both directions.
        let (mut forward, mut after) = (Vec::new(), Value::Null);
        loop {
            let read = page(json!({ "first": 3, "after": after })).await;
            forward.extend(read["edges"].as_array().unwrap().clone());
            after = read["pageInfo"]["endCursor"].clone();
            if read["pageInfo"]["hasNextPage"] == false {
                break;
            }
        }
        assert_eq!(&json!(forward), &all["edges"]);
        let (mut backward, mut before) = (Vec::new(), Value::Null);
        loop {
            let read = page(json!({ "last": 3, "before": before })).await;
            backward.splice(0..0, read["edges"].as_array().unwrap().clone());
            before = read["pageInfo"]["startCursor"].clone();
            if read["pageInfo"]["hasPreviousPage"] == false {
                break;
            }
        }
        assert_eq!(&json!(backward), &all["edges"]);
        let document = "query N($id: ID!) { node(id: $id) { ... on Conflict { rule leading { key } } } }";
        let ids = "{ conflicts(first: 1, order: OLDEST_FIRST) { nodes { id } } }";
        let id = sent(&service, &curator, ids, Value::Null).await["nodes"][0]["id"].clone();
        let again = sent(&service, &curator, document, json!({ "id": id })).await;
        assert_eq!(again["leading"]["key"], all["edges"][0]["node"]["leading"]["key"]);
        // A cursor belongs to its list.
        let other = raw(&service, &curator, list, json!({ "after": after, "filter": { "indicator": "call_centres" } })).await;
        assert!(other["errors"][0]["message"].as_str().unwrap().contains("start again"), "{other}");
        // Another value is accepted, and shown as a contradiction at once.
        let source = json!({ "input": { "fact": { "source": { "key": "annuaire", "kind": "PRESS", "publisher": "Annuaire", "title": "T" } }, "reason": "new" } });
        sent(&service, &curator, RECORD, source).await;
        let mut fact = figure(44.0);
        fact["observation"]["source"] = json!("annuaire");
        sent(&service, &curator, RECORD, json!({ "input": { "fact": fact, "reason": "as printed" } })).await;
        let found = page(json!({ "first": 100, "filter": { "indicator": "call_centres" } })).await;
        let edges = found["edges"].as_array().unwrap();
        let ours = edges.iter().find(|edge| edge["node"]["leading"]["key"] == FIGURE).unwrap_or_else(|| panic!("{found}"));
        assert_eq!(ours["node"]["rivals"][0]["value"], 44.0, "{ours}");
        assert_eq!(found["totalCount"].as_u64().unwrap(), edges.len() as u64);
    })
    .await;
}
