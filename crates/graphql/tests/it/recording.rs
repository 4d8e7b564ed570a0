//! Curators state facts at once, each against the version they looked at; nothing is overwritten, and everybody may read what it was.

use serde_json::{Value, json};

use crate::curation::*;

fn project(status: &str) -> Value {
    json!({ "project": { "key": "oued_digital", "nameFr": "Oued Digital", "territory": "03.231", "owner": "apebi", "status": status, "statusAsOf": "2026-05", "source": "journaleco_2020" } })
}

#[tokio::test]
async fn a_project_is_stated_moved_on_and_ended() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let curator = curator(&database, &service).await;
        let record = async |fact: Value, version: i32, reason: &str| {
            sent(&service, &curator, RECORD, json!({ "input": { "fact": fact, "expectedVersion": version, "reason": reason } })).await
        };
        let made = record(project("ANNOUNCED"), 0, "announced").await;
        assert_eq!((&made["factKey"], &made["version"], &made["userErrors"]), (&json!("oued_digital"), &json!(1), &json!([])), "{made}");
        assert!(made["fact"]["id"].is_string());
        // Whoever did not look at it does not write over it.
        for expected in [0, 2] {
            let stale = record(project("STARTED"), expected, "started").await;
            assert_eq!(refused(&stale).0, "CONFLICT");
            assert!(refused(&stale).1.contains("expectedVersion: 1"), "{stale}");
        }
        let same = record(project("ANNOUNCED"), 1, "again").await;
        assert_eq!(refused(&same).0, "UNCHANGED");
        assert_eq!(record(project("STARTED"), 1, "started").await["version"], 2);
        let shown = sent(&service, &curator, "{ project(key: \"oued_digital\") { status recordedStatus { status recordedAt } } }", Value::Null).await;
        assert_eq!(shown["status"], "STARTED");

        let end = json!({ "input": { "fact": { "concept": "PROJECT", "key": "oued_digital" }, "expectedVersion": 2, "reason": "It never was.", "idempotencyKey": "end" } });
        let ended = sent(&service, &curator, RETRACT, end.clone()).await;
        assert_eq!((&ended["factKey"], &ended["userErrors"]), (&json!("oued_digital"), &json!([])), "{ended}");
        assert_eq!(sent(&service, &curator, RETRACT, end).await, ended);
        let gone = sent(&service, &curator, "{ project(key: \"oued_digital\") { status } }", Value::Null).await;
        assert_eq!(gone, Value::Null);
        let found = sent(&service, &curator, "{ search(text: \"oued digital\") { matched } }", Value::Null).await;
        assert_eq!(found, json!([]));
        // It may come back; the numbers of its versions go on.
        let back = record(project("DELIVERED"), 2, "It is there after all.").await;
        assert_eq!((&back["version"], &back["userErrors"]), (&json!(3), &json!([])), "{back}");
        let history = "{ history(fact: { concept: PROJECT, key: \"oued_digital\" }) { nodes { version change reason changes { field before after } recordedAt } } }";
        let history = sent(&service, &somebody(1, None), history, Value::Null).await["nodes"].take();
        let told: Vec<_> = history.as_array().unwrap().iter().map(|entry| (entry["version"].as_i64().unwrap(), entry["change"].as_str().unwrap(), entry["reason"].as_str().unwrap())).collect();
        assert_eq!(
            told,
            [(1, "CREATED", "announced"), (2, "REVISED", "started"), (2, "RETRACTED", "It never was."), (3, "CREATED", "It is there after all.")],
            "{}",
            database.kind()
        );
        assert_eq!(history[1]["changes"], json!([{ "field": "status", "before": "announced", "after": "started" }]));
    })
    .await;
}

#[tokio::test]
async fn a_long_history_is_read_page_by_page_from_either_end() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let curator = curator(&database, &service).await;
        let figure = |value: u32| json!({ "observation": { "key": "rising", "indicator": "call_centres", "territory": "03.231", "scope": "rising",
            "period": "2024", "periodBasis": "STATED", "value": value, "qualifier": "EXACT", "source": "journaleco_2020" } });
        // A figure is its own version, a project has versions of its own: each is stated five times and ends once in between.
        for (concept, key, fact) in [("OBSERVATION", "rising", &figure as &dyn Fn(u32) -> Value), ("PROJECT", "oued_digital", &|turn| project(["ANNOUNCED", "STARTED"][turn as usize % 2]))] {
            for version in 0..5 {
                if version == 3 {
                    let end = json!({ "input": { "fact": { "concept": concept, "key": key }, "expectedVersion": version, "reason": "end" } });
                    assert_eq!(sent(&service, &curator, RETRACT, end).await["userErrors"], json!([]), "{concept}");
                }
                let input = json!({ "input": { "fact": fact(version), "expectedVersion": version, "reason": format!("turn {version}") } });
                assert_eq!(sent(&service, &curator, RECORD, input).await["userErrors"], json!([]), "{concept}");
            }
            let told = |page: &Value| page["nodes"].as_array().unwrap().iter().map(|entry| entry["reason"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
            let all = ["turn 0", "turn 1", "turn 2", "end", "turn 3", "turn 4"];
            for (order, backwards) in [("OLDEST_FIRST", false), ("NEWEST_FIRST", false), ("OLDEST_FIRST", true), ("NEWEST_FIRST", true)] {
                let mut seen: Vec<String> = Vec::new();
                let mut cursor = String::new();
                loop {
                    let (size, beyond) = if backwards { ("last: 2", "before") } else { ("first: 2", "after") };
                    let place = if cursor.is_empty() { String::new() } else { format!(", {beyond}: \"{cursor}\"") };
                    let document = format!("{{ history(fact: {{ concept: {concept}, key: \"{key}\" }}, {size}{place}, order: {order}) {{ totalCount nodes {{ reason }} pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }}");
                    let page = sent(&service, &somebody(1, None), &document, Value::Null).await;
                    assert_eq!(page["totalCount"], 6, "{concept} {order}: {page}");
                    let (more, next) = if backwards { ("hasPreviousPage", "startCursor") } else { ("hasNextPage", "endCursor") };
                    let rows = told(&page);
                    seen = if backwards { [rows, seen].concat() } else { [seen, rows].concat() };
                    if page["pageInfo"][more] == false {
                        break;
                    }
                    cursor = page["pageInfo"][next].as_str().unwrap().to_owned();
                }
                let mut expected = all.map(str::to_owned).to_vec();
                if order == "NEWEST_FIRST" {
                    expected.reverse();
                }
                assert_eq!(seen, expected, "{concept} {order} {backwards} on {}", database.kind());
            }
        }
    })
    .await;
}

#[tokio::test]
async fn what_something_refers_to_does_not_end() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let curator = curator(&database, &service).await;
        let retract = async |concept: &str, key: &str| {
            let input = json!({ "input": { "fact": { "concept": concept, "key": key }, "expectedVersion": 1, "reason": "x" } });
            sent(&service, &curator, RETRACT, input).await
        };
        for (concept, key, code, words) in [
            ("ORGANISATION", "apebi", "CONFLICT", "agreement parties"),
            ("ORGANISATION", "foundever", "CONFLICT", "observations about it"),
            ("SOURCE", "journaleco_2020", "CONFLICT", "observations"),
            ("PARK", "fes_shore", "CONFLICT", "sites"),
            ("TERRITORY", "03.231", "INVALID", "shipped data"),
            ("INDICATOR", "call_centres", "INVALID", "shipped data"),
            ("AGREEMENT_AXIS", "memorandum_cri_apebi.1", "INVALID", "shipped data"),
            ("ORGANISATION", "nobody_at_all", "NOT_FOUND", "nobody_at_all"),
        ] {
            let (found, message) = refused(&retract(concept, key).await);
            assert_eq!(found, code, "{concept} {key}: {message}");
            assert!(message.contains(words), "{concept} {key}: {message}");
        }
        // A site ends with its place in the counts.
        let count = "{ territory(code: \"03.231\") { sites { totalCount aggregate { count } } } }";
        let before = sent(&service, &curator, count, Value::Null).await;
        let ended = retract("SITE", "alten_maroc.fes_shore.03.231").await;
        assert_eq!(ended["userErrors"], json!([]), "{ended}");
        let after = sent(&service, &curator, count, Value::Null).await;
        let number = |shown: &Value| (shown["sites"]["totalCount"].as_i64().unwrap(), shown["sites"]["aggregate"]["count"].as_i64().unwrap());
        assert_eq!((number(&before).0 - 1, number(&before).1 - 1), number(&after));
        // Agreements and plans go with their axes and objectives.
        for (concept, key) in [("AGREEMENT", "mou_capgemini_2022"), ("EVENT", "siccam_2019"), ("INCENTIVE", "ir_20_2025")] {
            let ended = retract(concept, key).await;
            assert_eq!(ended["userErrors"], json!([]), "{concept} {key}: {ended}");
        }
    })
    .await;
}

#[tokio::test]
async fn every_concept_can_be_stated_and_read_back() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let curator = curator(&database, &service).await;
        let facts = [
            ("SOURCE", "rif", json!({ "source": { "key": "rif", "kind": "REPORT", "publisher": "Rif", "title": "A report", "url": "https://rif.example.ma/r.pdf", "publishedOn": "2026-02" } })),
            ("ORGANISATION", "rif_call", json!({ "organisation": { "name": "Rif Call", "aliases": ["RC", "ريف كول"], "kind": "COMPANY", "countryOfOrigin": "FR", "website": "rifcall.example.ma", "source": "rif" } })),
            ("PARK", "rif_park", json!({ "park": { "name": "Rif Park", "territory": "03.231", "operator": "rif_call", "openedOn": "2025", "source": "rif" } })),
            ("OBSERVATION", "company_headcount.rif_call.2026-03.rif", json!({ "observation": { "indicator": "company_headcount", "subject": { "kind": "ORGANISATION", "key": "rif_call" }, "period": "2026-03", "periodBasis": "STATED", "value": 120, "valueMax": 150, "unit": "people", "qualifier": "APPROXIMATE", "source": "rif" } })),
            ("SITE", "rif_call.rif_park.03.231", json!({ "site": { "organisation": "rif_call", "territory": "03.231", "park": "rif_park", "activity": "call_centre", "headcountObservation": "company_headcount.rif_call.2026-03.rif", "source": "rif" } })),
            ("PROJECT", "projet_rif", json!({ "project": { "nameFr": "Projet Rif", "territory": "03", "owner": "rif_call", "partners": ["apebi", "apebi"], "status": "STUDIES", "source": "rif" } })),
            ("AGREEMENT", "accord_rif", json!({ "agreement": { "kind": "CONVENTION", "titleFr": "Accord Rif", "parties": ["rif_call", "apebi"], "axes": [{ "titleFr": "Former" }, { "titleFr": "Recruter", "titleEn": "Recruit" }], "source": "rif" } })),
            ("PLAN", "plan_rif", json!({ "plan": { "titleFr": "Plan Rif", "territory": "03", "period": "2026/2030", "objectives": [{ "titleFr": "Recruter", "horizon": "2030" }], "source": "rif" } })),
            ("INCENTIVE", "prime_rif", json!({ "incentive": { "titleFr": "Prime Rif", "territory": "03", "kind": "GRANT", "amount": 10, "unit": "percent", "validFrom": "2026", "source": "rif" } })),
            ("TRAINING_PROGRAMME", "rif_call.places.conseillers", json!({ "trainingProgramme": { "organisation": "rif_call", "territory": "03.231", "programme": "Conseillers", "measure": "PLACES", "source": "rif" } })),
            ("ORGANISATION", "rif_federation", json!({ "organisation": { "name": "Rif Federation", "kind": "FEDERATION", "source": "rif" } })),
            ("MEMBERSHIP", "rif_federation.rif_call", json!({ "membership": { "organisation": "rif_call", "federation": "rif_federation", "since": "2026-01", "source": "rif" } })),
            ("PROFILE", "profile.rif_call", json!({ "profile": { "organisation": "rif_call", "offers": ["CONTACT_CENTRE"], "sectors": ["RETAIL"], "languages": ["fr"], "certifications": ["ISO 18295"], "source": "rif" } })),
            ("MILESTONE", "accord_rif.2.premier_recrutement", json!({ "milestone": { "agreement": "accord_rif", "part": 2, "project": "projet_rif", "titleFr": "Premier recrutement", "status": "DONE", "asOf": "2026-03", "source": "rif" } })),
            ("EVENT", "salon_rif", json!({ "event": { "nameFr": "Salon Rif", "heldOn": "2026-04-01", "territory": "03.231", "organisers": ["rif_call"], "source": "rif" } })),
        ];
        for (concept, key, fact) in facts {
            let made = sent(&service, &curator, RECORD, json!({ "input": { "fact": fact, "reason": "a report" } })).await;
            assert_eq!((&made["factKey"], &made["userErrors"]), (&json!(key), &json!([])), "{concept}: {made}");
            assert!(made["fact"]["id"].is_string(), "{concept}: {made}");
            let history = format!("{{ history(fact: {{ concept: {concept}, key: \"{key}\" }}) {{ nodes {{ version change }} }} }}");
            let history = sent(&service, &curator, &history, Value::Null).await;
            assert_eq!(history, json!({ "nodes": [{ "version": 1, "change": "CREATED" }] }), "{concept}");
        }
        let shown = "{ site(key: \"rif_call.rif_park.03.231\") { headcount { value valueMax source { title } } park { name } } }";
        let shown = sent(&service, &curator, shown, Value::Null).await;
        assert_eq!(shown["headcount"], json!({ "value": 120.0, "valueMax": 150.0, "source": { "title": "A report" } }));
    })
    .await;
}
