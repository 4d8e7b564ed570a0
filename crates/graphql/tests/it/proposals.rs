//! Proposals: from somebody's correction to a fact that answers, or not.

use serde_json::{Value, json};

use crate::curation::*;

const HEADLINE: &str = "{ headline(indicator: \"call_centres\", territory: \"03.231\") { observation { key value } } }";

#[tokio::test]
async fn a_correction_answers_as_soon_as_a_curator_accepts_it() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let curator = curator(&database, &service).await;
        let stranger = somebody(7, None);
        let made = sent(&service, &stranger, PROPOSE, proposal(figure(41.0))).await;
        let one = &made["proposals"][0];
        assert_eq!(made["userErrors"], json!([]), "{made}");
        // It is the figure of the same place in the same source that is meant.
        assert_eq!((&one["factKey"], &one["action"], &one["status"]), (&json!(FIGURE), &json!("REVISE"), &json!("OPEN")));
        assert_eq!(one["changes"], json!([{ "field": "value", "before": "36", "after": "41" }]));
        assert_eq!((&one["role"], &one["keyPrefix"]), (&json!("ANYBODY"), &Value::Null));
        let before = sent(&service, &stranger, HEADLINE, Value::Null).await;
        assert_eq!(before["observation"]["value"], 36.0);

        let events = async || {
            let all = store::outbox::after(&database.store, 0, 100).await.unwrap();
            all.into_iter().map(|event| (event.key, event.change)).collect::<Vec<_>>()
        };
        assert_eq!(events().await, []);
        let input = json!({ "input": { "key": one["key"], "expectedVersion": 1, "reason": "The article says 41." } });
        let accepted = sent(&service, &curator, ACCEPT, input.clone()).await;
        assert_eq!(accepted["userErrors"], json!([]), "{accepted}");
        assert_eq!((&accepted["proposal"]["status"], &accepted["version"]), (&json!("ACCEPTED"), &json!(2)));
        assert_eq!(events().await, [(FIGURE.to_owned(), entity::Change::Revised)]);
        let after = sent(&service, &stranger, HEADLINE, Value::Null).await;
        assert_eq!((&after["observation"]["key"], &after["observation"]["value"]), (&json!(FIGURE), &json!(41.0)));

        // Decided is decided.
        let again = sent(&service, &curator, ACCEPT, input).await;
        assert_eq!(refused(&again).0, "CONFLICT", "{again}");
        let input = json!({ "input": { "key": one["key"], "expectedVersion": 2, "reason": "No." } });
        let rejected = sent(&service, &curator, REJECT, input).await;
        assert_eq!(refused(&rejected).0, "CONFLICT");

        let history = format!("{{ history(fact: {{ concept: OBSERVATION, key: \"{FIGURE}\" }}) {{ nodes {{ version change changes {{ field before after }} reason }} }} }}");
        let history = sent(&service, &stranger, &history, Value::Null).await["nodes"].take();
        assert_eq!(history.as_array().map(Vec::len), Some(2), "{history}");
        assert_eq!((&history[0]["version"], &history[0]["change"], &history[0]["reason"]), (&json!(1), &json!("CREATED"), &json!("import of data")));
        assert_eq!(history[1], json!({ "version": 2, "change": "REVISED", "reason": "The article says 41.", "changes": one["changes"] }));

        let audit = "{ auditEntries(filter: { factKey: \"call_centres.03.231.2019.journaleco_2020\" }, order: OLDEST_FIRST) { nodes { action role door keyPrefix proposalKey reason revision changes { field after } } } }";
        let audit = sent(&service, &curator, audit, Value::Null).await;
        let actions: Vec<_> = audit["nodes"].as_array().unwrap().iter().map(|entry| entry["action"].as_str().unwrap()).collect();
        assert_eq!(actions, ["PROPOSE", "REVISE", "ACCEPT"], "{audit}");
        assert!(audit["nodes"].as_array().unwrap().iter().all(|entry| entry["proposalKey"] == one["key"]));
        assert_eq!((&audit["nodes"][0]["role"], &audit["nodes"][1]["role"]), (&json!("ANYBODY"), &json!("CURATOR")));
        assert!(audit["nodes"][0]["revision"].is_null() && audit["nodes"][1]["revision"].is_string());
    })
    .await;
}

#[tokio::test]
async fn what_a_text_says_is_proposed_together_with_its_source() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let curator = curator(&database, &service).await;
        let text = "Fès, 3 mars 2026. Atlas Contact emploie près de 1 200 personnes à Fès en 2025, selon son directeur.";
        let start = text.find("1 200").unwrap();
        let input = json!({ "input": {
            "source": { "new": { "kind": "PRESS", "publisher": "Le Journal de Fès", "title": "Atlas Contact grandit", "url": "https://journal.example.ma/atlas", "publishedOn": "2026-03-03" } },
            "text": { "text": text, "title": "Atlas Contact grandit" },
            "proposals": [
                { "fact": { "observation": { "indicator": "company_headcount", "subject": { "kind": "ORGANISATION", "key": "atlas_contact" }, "territory": "03.231",
                    "period": "2025", "periodBasis": "STATED", "value": 1200, "qualifier": "APPROXIMATE", "producer": "atlas_contact" } },
                  "spans": [{ "name": "value", "start": start, "end": start + 5 }], "note": "said by its director" },
                { "fact": { "organisation": { "name": "Atlas Contact", "kind": "COMPANY" } } },
            ],
            "idempotencyKey": "article-1",
        } });
        let made = sent(&service, &curator, PROPOSE, input.clone()).await;
        assert_eq!(made["userErrors"], json!([]), "{made}");
        let of = |at: usize, field: &str| made["proposals"][at][field].clone();
        assert_eq!(of(1, "factKey"), "atlas_contact");
        assert_eq!(of(0, "spans"), json!([{ "name": "value", "text": "1 200" }]));
        let found = of(0, "text")["key"].as_str().unwrap().to_owned();

        // Sent again, nothing is made twice; sent otherwise under the same key, it is refused.
        let again = sent(&service, &curator, PROPOSE, input.clone()).await;
        assert_eq!(again["proposals"], made["proposals"]);
        let mut other = input;
        other["input"]["proposals"][0]["note"] = json!("said by somebody else");
        assert_eq!(refused(&sent(&service, &curator, PROPOSE, other).await).0, "CONFLICT");

        let list = format!("{{ proposals(filter: {{ text: \"{found}\", status: OPEN }}, order: OLDEST_FIRST) {{ totalCount nodes {{ key concept newSource {{ field after }} }} }} }}");
        let listed = sent(&service, &curator, &list, Value::Null).await;
        assert_eq!(listed["totalCount"], 2);
        // A figure about what is not there yet has to wait for it.
        let accept = async |key: &Value| sent(&service, &curator, ACCEPT, json!({ "input": { "key": key, "expectedVersion": 1, "reason": "read" } })).await;
        let early = accept(&of(0, "key")).await;
        assert_eq!(refused(&early).0, "NOT_FOUND", "{early}");
        assert!(refused(&early).1.contains("atlas_contact"), "{early}");
        for at in [1, 0] {
            let accepted = accept(&of(at, "key")).await;
            assert_eq!(accepted["userErrors"], json!([]), "{accepted}");
        }
        let shown = "{ organisation(key: \"atlas_contact\") { name source { publisher url } observations { nodes { value qualifier source { title } } } } }";
        let shown = sent(&service, &somebody(1, None), shown, Value::Null).await;
        assert_eq!((&shown["source"]["publisher"], &shown["source"]["url"]), (&json!("Le Journal de Fès"), &json!("https://journal.example.ma/atlas")));
        assert_eq!(shown["observations"]["nodes"][0]["value"], 1200.0, "{shown}");
        // A known source is found by its address, and what it says already is said to be known.
        let mut known = json!({ "input": {
            "source": { "new": { "kind": "PRESS", "publisher": "another name", "title": "another title", "url": "https://journal.example.ma/atlas" } },
            "proposals": [{ "fact": { "organisation": { "name": "Atlas Contact", "kind": "COMPANY" } } }],
        } });
        let made = sent(&service, &curator, PROPOSE, known.clone()).await;
        assert_eq!((&made["proposals"], &made["known"]), (&json!([]), &json!([{ "concept": "ORGANISATION", "factKey": "atlas_contact" }])), "{made}");
        known["input"]["proposals"][0]["fact"]["organisation"]["aliases"] = json!(["Atlas"]);
        let made = sent(&service, &curator, PROPOSE, known).await;
        assert_eq!(made["proposals"][0]["changes"], json!([{ "field": "aliases", "before": null, "after": "[\"Atlas\"]" }]), "{made}");
    })
    .await;
}

#[tokio::test]
async fn a_curator_amends_rejects_and_is_told_when_the_fact_moved() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let curator = curator(&database, &service).await;
        let stranger = somebody(3, None);
        let mut keys = Vec::new();
        for value in [40.0, 41.0, 42.0] {
            keys.push(proposed(&service, &stranger, figure(value)).await);
        }
        let accept = async |input: Value| sent(&service, &curator, ACCEPT, json!({ "input": input })).await;
        let stale = accept(json!({ "key": keys[0], "expectedVersion": 2, "reason": "x" })).await;
        assert_eq!(refused(&stale).0, "CONFLICT");
        let amended = json!({ "key": keys[0], "expectedVersion": 1, "reason": "It is about 40.", "amended": {
            "observation": { "indicator": "call_centres", "territory": "03.231", "activity": "call_centre", "period": "2019", "periodBasis": "STATED",
                "value": 40, "qualifier": "APPROXIMATE", "producer": "cri_fes_meknes", "source": "journaleco_2020" } } });
        let accepted = accept(amended).await;
        assert_eq!(accepted["proposal"]["status"], "AMENDED", "{accepted}");
        // The other two were made of what is no more in force.
        let moved = accept(json!({ "key": keys[1], "expectedVersion": 1, "reason": "x" })).await;
        assert_eq!(refused(&moved).0, "CONFLICT");
        assert!(refused(&moved).1.contains("changed since"), "{moved}");
        let reject = json!({ "input": { "key": keys[1], "expectedVersion": 1, "reason": "The source does not say so.", "idempotencyKey": "r" } });
        let rejected = sent(&service, &curator, REJECT, reject.clone()).await;
        assert_eq!((&rejected["proposal"]["status"], &rejected["proposal"]["version"]), (&json!("REJECTED"), &json!(2)));
        assert_eq!(sent(&service, &curator, REJECT, reject).await, rejected);
        let nothing = accept(json!({ "key": "nothing", "expectedVersion": 1, "reason": "x" })).await;
        assert_eq!(refused(&nothing).0, "NOT_FOUND");
        let without_reason = accept(json!({ "key": keys[2], "expectedVersion": 1, "reason": " " })).await;
        assert_eq!(refused(&without_reason).0, "REQUIRED");
        let figures = format!("{{ observation(key: \"{FIGURE}\") {{ value qualifier }} }}");
        let shown = sent(&service, &stranger, &figures, Value::Null).await;
        assert_eq!(shown, json!({ "value": 40.0, "qualifier": "APPROXIMATE" }));
    })
    .await;
}

#[tokio::test]
async fn people_without_a_key_are_held_to_a_pace_and_curators_are_not() {
    let database = testkit::database().await;
    let service = testkit::service_over(&database).await;
    let curator = curator(&database, &service).await;
    let stranger = somebody(5, None);
    for value in 50..60 {
        proposed(&service, &stranger, figure(value.into())).await;
    }
    let more = sent(&service, &stranger, PROPOSE, proposal(figure(60.0))).await;
    assert_eq!(refused(&more).0, "RATE_LIMITED");
    let many = json!({ "input": { "proposals": (0..11).map(|value| json!({ "fact": figure(f64::from(value)) })).collect::<Vec<_>>() } });
    let many = sent(&service, &somebody(6, None), PROPOSE, many).await;
    assert_eq!(refused(&many).0, "INVALID");
    for value in 60..90 {
        proposed(&service, &curator, figure(value.into())).await;
    }
    // Said twice, it is one proposal; two values of one place in one source are two figures.
    let facts = [1.0, 2.0, 2.0].map(|value| json!({ "fact": figure(value) }));
    let made = json!({ "input": { "proposals": facts } });
    let made = sent(&service, &curator, PROPOSE, made).await;
    let keys = made["proposals"].as_array().unwrap().iter();
    let keys: Vec<_> = keys.map(|one| one["factKey"].as_str().unwrap()).collect();
    assert_eq!(keys, [FIGURE, &format!("{FIGURE}.2")], "{made}");
    // One fact twice under a key that was given: which of them?
    let facts = [1.0, 2.0].map(|value| {
        let mut fact = figure(value);
        fact["observation"]["key"] = json!("one.key");
        json!({ "fact": fact })
    });
    let twice = json!({ "input": { "proposals": facts } });
    let twice = sent(&service, &curator, PROPOSE, twice).await;
    assert_eq!(refused(&twice).0, "INVALID", "{twice}");
}

#[tokio::test]
async fn what_is_proposed_can_be_sent_back_as_it_is() {
    let source = "p_2026";
    let facts = [
        json!({ "source": { "key": source, "kind": "PRESS", "publisher": "P", "title": "T", "url": "https://p.example.ma/", "publishedOn": "2026-03" } }),
        json!({ "organisation": { "key": "atlas", "name": "Atlas", "aliases": ["A", "At"], "kind": "COMPANY", "countryOfOrigin": "FR", "website": "atlas.example.ma", "summaryFr": "Dit « tout »" } }),
        json!({ "membership": { "organisation": "atlas", "federation": "apebi", "since": "2025-01" } }),
        json!({ "profile": { "organisation": "atlas", "offers": ["TRAINING", "STOCK_MANAGEMENT"], "sectors": ["LEATHER"], "languages": ["fr", "zgh"], "certifications": ["ISO 27001"] } }),
        json!({ "park": { "key": "atlas_park", "name": "Atlas Park", "territory": "03.231", "operator": "atlas", "openedOn": "2024" } }),
        json!({ "site": { "organisation": "atlas", "territory": "03.231", "park": "atlas_park", "address": "1, rue des Tanneurs" } }),
        json!({ "project": { "key": "atlas_project", "nameFr": "Projet", "territory": "03", "partners": ["atlas", "apebi"], "status": "LAUNCHED", "statusAsOf": "2026-02-01" } }),
        json!({ "agreement": { "key": "atlas_agreement", "kind": "CONVENTION", "titleFr": "Accord", "parties": ["atlas"], "axes": [{ "titleFr": "Un" }, { "titleFr": "Deux", "titleEn": "Two", "descriptionFr": "Le second" }] } }),
        json!({ "plan": { "key": "atlas_plan", "titleFr": "Plan", "territory": "03", "period": "2026/2028", "objectives": [{ "titleFr": "But", "horizon": "2028" }] } }),
        json!({ "milestone": { "agreement": "atlas_agreement", "part": 2, "project": "atlas_project", "position": 3, "titleFr": "Pas", "status": "UNDER_WAY", "asOf": "2026-03" } }),
        json!({ "incentive": { "territory": "03", "kind": "GRANT", "titleFr": "Aide", "amount": 12.5, "unit": "percent", "validFrom": "2026" } }),
        json!({ "trainingProgramme": { "organisation": "atlas", "territory": "03.231", "measure": "PLACES", "programme": "Relation client" } }),
        json!({ "event": { "nameFr": "Salon", "heldOn": "2026-04-01", "territory": "03.231", "organisers": ["atlas"] } }),
        json!({ "observation": { "indicator": "company_headcount", "subject": { "kind": "ORGANISATION", "key": "atlas" }, "territory": "03.231", "period": "2025", "periodBasis": "STATED", "value": 1200, "valueMax": 1300, "qualifier": "APPROXIMATE", "scope": "temps plein", "note": "à peu près" } }),
    ];
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let curator = curator(&database, &service).await;
        for fact in &facts {
            let concept = fact.as_object().unwrap().keys().next().unwrap();
            let mut fact = fact.clone();
            if concept != "source" {
                fact[concept]["source"] = json!(source);
            }
            let key = proposed(&service, &curator, fact.clone()).await;
            let document = "query P($key: String!) { proposal(key: $key) { proposed } }";
            let stated =
                sent(&service, &curator, document, json!({ "key": key })).await["proposed"].take();
            for (field, value) in fact[concept]
                .as_object()
                .unwrap()
                .iter()
                .filter(|(field, _)| *field != "axes" && *field != "objectives")
            {
                let same = match value.as_f64() {
                    Some(number) => stated[concept][field].as_f64() == Some(number),
                    None => stated[concept][field] == *value,
                };
                assert!(same, "{concept}.{field}: {stated}");
            }
            let input = json!({ "input": { "key": key, "expectedVersion": 1, "reason": "read" } });
            let accepted = sent(&service, &curator, ACCEPT, input).await;
            assert_eq!(accepted["userErrors"], json!([]), "{concept}: {accepted}");
            // In force as it was proposed, it is nothing new.
            let again = sent(&service, &curator, PROPOSE, proposal(stated)).await;
            assert_eq!(
                (&again["proposals"], again["known"].as_array().map(Vec::len)),
                (&json!([]), Some(1)),
                "{concept}: {again}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn what_keys_stand_for_is_named_in_the_language_asked() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let curator = curator(&database, &service).await;
        let proposals = json!({ "input": { "proposals": [
            { "fact": { "observation": { "indicator": "company_headcount", "subject": { "kind": "ORGANISATION", "key": "alten_maroc" }, "territory": "03.231",
                "period": "2026", "periodBasis": "STATED", "value": 900, "qualifier": "EXACT", "producer": "cri_fes_meknes", "source": "journaleco_2020" } } },
            { "fact": { "agreement": { "kind": "MEMORANDUM", "titleFr": "Un accord", "parties": ["cri_fes_meknes", "apebi"], "source": "journaleco_2020" } } },
            { "fact": { "agreement": { "kind": "MEMORANDUM", "titleFr": "Un autre", "parties": ["cri_fes_meknes", "proposed_too"], "source": "journaleco_2020" } } },
            { "fact": { "organisation": { "key": "proposed_too", "name": "Proposée", "kind": "COMPANY", "source": "journaleco_2020" } } },
        ] } });
        let made = sent(&service, &curator, PROPOSE, proposals).await;
        assert_eq!(made["userErrors"], json!([]), "{made}");
        let list = "{ proposals(order: OLDEST_FIRST) { nodes { changes { field beforeName fr: afterName en: afterName(locale: EN) ar: afterName(locale: AR) } } } }";
        let listed = sent(&service, &curator, list, Value::Null).await;
        let named = |at: usize, field: &str| {
            let changes = listed["nodes"][at]["changes"].as_array().unwrap();
            let change = changes.iter().find(|change| change["field"] == field);
            let change = change.unwrap_or_else(|| panic!("{field}: {listed}"));
            assert_eq!(change["beforeName"], Value::Null);
            ["fr", "en", "ar"].map(|locale| change[locale].as_str().unwrap_or_default().to_owned())
        };
        assert_eq!(named(0, "territory"), ["Fès", "Fez", "فاس"]);
        assert_eq!(named(0, "subject")[1], "Alten Delivery Center Maroc");
        assert_eq!(named(0, "value"), ["", "", ""], "a number is no key");
        let parties = named(1, "parties");
        assert!(parties[0].starts_with("Centre régional d'investissement Fès-Meknès, Fédération"), "{parties:?}");
        // One of them is not known yet: half a list of names would mislead.
        assert_eq!(named(2, "parties"), ["", "", ""]);
    })
    .await;
}
