//! The regional branch: who belongs to a federation, who offers what, and how far what was agreed and planned has come.

use serde_json::{Value, json};

use crate::curation::*;

fn input(fact: Value, version: i32) -> Value {
    json!({ "input": { "fact": fact, "expectedVersion": version, "reason": "a page of the branch" } })
}

fn milestone(part: i32, status: &str, as_of: &str) -> Value {
    json!({ "milestone": { "key": "m1", "agreement": "memorandum_cri_apebi", "part": part, "titleFr": "Étude remise", "titleEn": "Study delivered",
        "status": status, "asOf": as_of, "evidence": "Le rapport", "source": "journaleco_2020" } })
}

#[tokio::test]
async fn members_of_a_federation_are_listed_with_their_towns() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let curator = curator(&database, &service).await;
        let record = async |fact: Value| sent(&service, &curator, RECORD, input(fact, 0)).await;
        let membership = |organisation: &str, federation: &str| {
            json!({ "membership": { "organisation": organisation, "federation": federation, "since": "2021", "source": "journaleco_2020" } })
        };
        let made = record(membership("alten_maroc", "apebi")).await;
        assert_eq!((&made["factKey"], &made["userErrors"]), (&json!("apebi.alten_maroc"), &json!([])), "{made}");
        assert_eq!(record(membership("cgi", "apebi")).await["userErrors"], json!([]));
        // A federation is an organisation of that kind, and nothing belongs to itself.
        let (code, message) = refused(&record(membership("cgi", "foundever")).await);
        assert_eq!(code, "INVALID");
        assert!(message.contains("not a federation"), "{message}");
        assert_eq!(refused(&record(membership("apebi", "apebi")).await).0, "INVALID");
        assert_eq!(refused(&record(membership("nobody_at_all", "apebi")).await).0, "NOT_FOUND");

        let members = "{ organisation(key: \"apebi\") { members(filter: { validOn: \"2024\" }, orderBy: [{ field: KEY }]) { totalCount nodes { since until organisation { key } federation { key } source { key } } } } }";
        let members = sent(&service, &curator, members, Value::Null).await["members"].take();
        assert_eq!(members["totalCount"], 2, "{}", database.kind());
        assert_eq!(members["nodes"][0], json!({ "since": "2021", "until": null, "organisation": { "key": "alten_maroc" }, "federation": { "key": "apebi" }, "source": { "key": "journaleco_2020" } }));
        let before = "{ memberships(filter: { validOn: \"2020\" }) { totalCount } }";
        assert_eq!(sent(&service, &curator, before, Value::Null).await["totalCount"], 0);
        let here = "{ organisations(filter: { memberOf: \"apebi\", site: { territory: { within: \"03.231\" } } }, orderBy: [{ field: KEY }]) { nodes { key memberships { nodes { federation { key } } } } } }";
        let here = sent(&service, &curator, here, Value::Null).await;
        let first = &here["nodes"][0];
        assert_eq!((&first["key"], &first["memberships"]["nodes"][0]["federation"]["key"]), (&json!("alten_maroc"), &json!("apebi")), "{here}");
        // What has members stays a federation, and stays.
        let other = json!({ "organisation": { "key": "apebi", "name": "APEBI", "kind": "COMPANY", "source": "journaleco_2020" } });
        let (code, message) = refused(&sent(&service, &curator, RECORD, input(other, 1)).await);
        assert_eq!(code, "INVALID", "{message}");
        let ended = sent(&service, &curator, RETRACT, json!({ "input": { "fact": { "concept": "ORGANISATION", "key": "cgi" }, "expectedVersion": 1, "reason": "x" } })).await;
        assert!(refused(&ended).1.contains("memberships"), "{ended}");
    })
    .await;
}

#[tokio::test]
async fn a_profile_is_found_by_what_it_offers_where_to_whom_and_in_which_language() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let curator = curator(&database, &service).await;
        let record = async |fact: Value, version: i32| sent(&service, &curator, RECORD, input(fact, version)).await;
        let profile = |organisation: &str, offers: &[&str], languages: Value| {
            json!({ "profile": { "organisation": organisation, "offers": offers, "sectors": ["LEATHER", "CRAFTS", "LEATHER"], "languages": languages,
                "certifications": ["ISO 27001", "ISO 9001"], "source": "journaleco_2020" } })
        };
        let made = record(profile("cgi_maroc", &["STOCK_MANAGEMENT", "CYBERSECURITY"], json!(["fr", "ar", "zgh"])), 0).await;
        assert_eq!((&made["factKey"], &made["userErrors"]), (&json!("profile.cgi_maroc"), &json!([])), "{made}");
        let made = record(profile("alten_maroc", &["EMBEDDED_SYSTEMS"], json!(["en"])), 0).await;
        assert_eq!(made["userErrors"], json!([]));
        let shown = "{ organisation(key: \"cgi_maroc\") { profile { key offers sectors languages certifications source { key } organisation { key } } } }";
        assert_eq!(
            sent(&service, &curator, shown, Value::Null).await["profile"],
            json!({ "key": "profile.cgi_maroc", "offers": ["STOCK_MANAGEMENT", "CYBERSECURITY"], "sectors": ["LEATHER", "CRAFTS"], "languages": ["fr", "ar", "zgh"],
                "certifications": ["ISO 27001", "ISO 9001"], "source": { "key": "journaleco_2020" }, "organisation": { "key": "cgi_maroc" } }),
            "{}", database.kind()
        );
        let found = async |filter: &str| -> Vec<String> {
            let document = format!("{{ profiles(filter: {filter}, orderBy: [{{ field: KEY }}]) {{ nodes {{ key }} }} }}");
            let found = sent(&service, &curator, &document, Value::Null).await;
            found["nodes"].as_array().into_iter().flatten().filter_map(|node| node["key"].as_str().map(str::to_owned)).collect()
        };
        assert_eq!(found("{ offers: [STOCK_MANAGEMENT], sectors: [LEATHER], languages: [\"ar\"], site: { territory: { within: \"03.231\" } } }").await, ["profile.cgi_maroc"]);
        assert_eq!(found("{ offers: [STOCK_MANAGEMENT, EMBEDDED_SYSTEMS] }").await, ["profile.alten_maroc", "profile.cgi_maroc"]);
        assert_eq!(found("{ and: [{ offers: [STOCK_MANAGEMENT] }, { offers: [EMBEDDED_SYSTEMS] }] }").await, Vec::<String>::new());
        assert_eq!(found("{ certification: { eq: \"ISO 9001\" }, not: { languages: [\"en\"] } }").await, ["profile.cgi_maroc"]);
        assert_eq!(found("{ offers: [] }").await, Vec::<String>::new());
        let companies = "{ organisations(filter: { profile: { offers: [CYBERSECURITY] } }) { nodes { key } } }";
        assert_eq!(sent(&service, &curator, companies, Value::Null).await["nodes"], json!([{ "key": "cgi_maroc" }]));

        // Another version takes the place of the first; the lists of both are in the history.
        assert_eq!(record(profile("cgi_maroc", &["CLOUD_HOSTING"], json!([])), 1).await["version"], 2);
        assert_eq!(found("{ offers: [CYBERSECURITY] }").await, Vec::<String>::new());
        let history = "{ history(fact: { concept: PROFILE, key: \"profile.cgi_maroc\" }) { nodes { version changes { field before after } } } }";
        let history = sent(&service, &somebody(1, None), history, Value::Null).await;
        assert!(history["nodes"][1]["changes"].to_string().contains("cybersecurity"), "{history}");

        // Hostile values are told what to do.
        let hostile = |field: &str, value: Value| {
            let mut fact = profile("cgi_maroc", &["TRAINING"], json!([]));
            fact["profile"][field] = value;
            fact
        };
        for (field, value, code, words) in [
            ("key", json!("another"), "INVALID", "profile.cgi_maroc"),
            ("languages", json!(["FR"]), "INVALID", "ISO 639-1"),
            ("languages", json!(["'; DROP TABLE profiles; --"]), "INVALID", "ISO 639-1"),
            ("languages", json!(vec!["fr"; 21]), "TOO_LONG", "20"),
            ("certifications", json!(vec!["x"; 21]), "TOO_LONG", "20"),
            ("certifications", json!(["x".repeat(121)]), "TOO_LONG", "120"),
            ("certifications", json!(["a\u{202e}b"]), "INVALID", "do not show"),
            ("certifications", json!([" "]), "REQUIRED", "empty"),
            ("offers", json!(vec!["TRAINING"; 101]), "TOO_LONG", "100"),
        ] {
            let (found, message) = refused(&record(hostile(field, value), 2).await);
            assert_eq!(found, code, "{field}: {message}");
            assert!(message.contains(words), "{field}: {message}");
        }
        let ended = sent(&service, &curator, RETRACT, json!({ "input": { "fact": { "concept": "PROFILE", "key": "profile.cgi_maroc" }, "expectedVersion": 2, "reason": "x" } })).await;
        assert_eq!(ended["userErrors"], json!([]), "{ended}");
        assert_eq!(sent(&service, &curator, shown, Value::Null).await["profile"], Value::Null);
    })
    .await;
}

const PROGRESS: &str = "query P($at: DateTime) { agreement(key: \"memorandum_cri_apebi\") { progress(recordedAt: $at) { done underWay planned dropped asOf
    parts { ordinal state asOf agreementAxis { key } steps { status asOf evidence toldByProject { key } milestone { key } source { key } } } untold { ordinal } } } }";

#[tokio::test]
async fn the_memorandum_is_followed_axis_by_axis_and_as_it_was_known() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let curator = curator(&database, &service).await;
        let record = async |fact: Value, version: i32| sent(&service, &curator, RECORD, input(fact, version)).await;
        let progress = async |at: Value| sent(&service, &curator, PROGRESS, json!({ "at": at })).await["progress"].take();
        // As shipped: the branch was agreed, and of the rest nothing is told.
        let shipped = progress(Value::Null).await;
        assert_eq!((&shipped["planned"], &shipped["done"], &shipped["asOf"]), (&json!(1), &json!(0), &json!("2020-12-18")), "{}: {shipped}", database.kind());
        assert_eq!(shipped["untold"], json!([{ "ordinal": 1 }, { "ordinal": 3 }]));
        let branch = &shipped["parts"][1];
        assert_eq!((&branch["state"], &branch["agreementAxis"]["key"]), (&json!("PLANNED"), &json!("memorandum_cri_apebi.2")));
        assert_eq!((&branch["steps"][0]["milestone"]["key"], &branch["steps"][0]["source"]["key"]), (&json!("memorandum_cri_apebi.2.antenne"), &json!("lematin_2020_memo")));

        assert_eq!(record(milestone(1, "UNDER_WAY", "2026-03"), 0).await["userErrors"], json!([]));
        let shown = "{ milestone(key: \"m1\") { recordedStatus { recordedAt } } }";
        let first = sent(&service, &curator, shown, Value::Null).await["recordedStatus"]["recordedAt"].take();
        assert_eq!(record(milestone(1, "DONE", "2026-06-30"), 1).await["version"], 2);
        let now = progress(Value::Null).await;
        assert_eq!((&now["parts"][0]["state"], &now["done"], &now["asOf"]), (&json!("DONE"), &json!(1), &json!("2026-06-30")), "{now}");
        assert_eq!(now["untold"], json!([{ "ordinal": 3 }]));
        // What was known then is told as it was.
        let then = progress(first).await;
        assert_eq!((&then["parts"][0]["state"], &then["done"], &then["underWay"]), (&json!("UNDER_WAY"), &json!(0), &json!(1)), "{then}");
        let history = "{ history(fact: { concept: MILESTONE, key: \"m1\" }) { nodes { version changes { field before after } } } }";
        let history = sent(&service, &somebody(1, None), history, Value::Null).await;
        assert_eq!(history["nodes"][1]["changes"], json!([{ "field": "asOf", "before": "2026-03", "after": "2026-06-30" }, { "field": "status", "before": "under_way", "after": "done" }]));
        let listed = "{ milestones(filter: { agreement: { eq: \"memorandum_cri_apebi\" }, status: [DONE] }) { nodes { key title(locale: EN) part: agreementAxis { ordinal } plan { key } } } }";
        assert_eq!(sent(&service, &curator, listed, Value::Null).await["nodes"], json!([{ "key": "m1", "title": "Study delivered", "part": { "ordinal": 1 }, "plan": null }]));

        // The project that carries the branch is delivered later: its word counts, and says whose it is.
        let delivered = json!({ "project": { "key": "antenne_apebi_fm", "nameFr": "Antenne", "territory": "03", "status": "DELIVERED", "statusAsOf": "2026-05", "source": "journaleco_2020" } });
        assert_eq!(record(delivered, 1).await["userErrors"], json!([]));
        let carried = progress(Value::Null).await["parts"][1].take();
        assert_eq!(carried["state"], "DONE");
        let step = &carried["steps"][0];
        assert_eq!((&step["toldByProject"]["key"], &step["asOf"], &step["evidence"]), (&json!("antenne_apebi_fm"), &json!("2026-05"), &Value::Null), "{carried}");
        let project = "{ project(key: \"antenne_apebi_fm\") { milestones { nodes { key } } progress { done parts { state project { key } steps { status } } } } }";
        assert_eq!(
            sent(&service, &curator, project, Value::Null).await,
            json!({ "milestones": { "nodes": [{ "key": "memorandum_cri_apebi.2.antenne" }] }, "progress": { "done": 1, "parts": [{ "state": "DONE", "project": { "key": "antenne_apebi_fm" }, "steps": [{ "status": "DONE" }] }] } })
        );
        // Without milestones, a project's own word.
        let alone = "{ project(key: \"schema_numerique_regional\") { progress { asOf underWay parts { state } } } }";
        assert_eq!(sent(&service, &curator, alone, Value::Null).await, json!({ "progress": { "asOf": "2020", "underWay": 0, "parts": [{ "state": "UNDER_WAY" }] } }));
    })
    .await;
}

#[tokio::test]
async fn a_milestone_is_of_something_that_is_there() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let curator = curator(&database, &service).await;
        let record = async |fact: Value, version: i32| sent(&service, &curator, RECORD, input(fact, version)).await;
        let with = |changes: Value| {
            let mut fact = milestone(1, "PLANNED", "2026");
            for (field, value) in changes.as_object().expect("an object") {
                fact["milestone"][field] = value.clone();
            }
            fact
        };
        for (changes, code, words) in [
            (json!({ "part": 4 }), "INVALID", "axis 4"),
            (json!({ "part": null }), "REQUIRED", "number of the axis"),
            (json!({ "part": -1 }), "REQUIRED", "number of the axis"),
            (json!({ "plan": "pdr_fm_2022_2027" }), "INVALID", "one of the two"),
            (json!({ "agreement": null }), "INVALID", "agreement or plan too"),
            (json!({ "agreement": null, "part": null }), "REQUIRED", "a project"),
            (json!({ "agreement": null, "plan": "pdr_fm_2022_2027", "part": 99 }), "INVALID", "objective 99"),
            (json!({ "project": "no_such_project" }), "NOT_FOUND", "no_such_project"),
            (json!({ "position": 0 }), "INVALID", "position"),
            (json!({ "evidence": "x".repeat(1_001) }), "TOO_LONG", "1000"),
            (json!({ "titleFr": "a\u{202e}b" }), "INVALID", "do not show"),
        ] {
            let (found, message) = refused(&record(with(changes.clone()), 0).await);
            assert_eq!(found, code, "{changes}: {message}");
            assert!(message.contains(words), "{changes}: {message}");
        }
        let of_plan = json!({ "agreement": null, "plan": "pdr_fm_2022_2027", "part": 1, "key": null });
        let made = record(with(of_plan), 0).await;
        assert_eq!((&made["factKey"], &made["userErrors"]), (&json!("pdr_fm_2022_2027.1.etude_remise"), &json!([])), "{made}");
        let plan = "{ plan(key: \"pdr_fm_2022_2027\") { progress { planned untold { ordinal } parts { planObjective { key } state } } } }";
        let plan = sent(&service, &curator, plan, Value::Null).await["progress"].take();
        assert_eq!((&plan["planned"], &plan["parts"][0]), (&json!(1), &json!({ "planObjective": { "key": "pdr_fm_2022_2027.1" }, "state": "PLANNED" })));
        assert_eq!(plan["untold"].as_array().map(Vec::len), Some(5));
        // An axis that a milestone is of does not end, nor does the agreement.
        let fewer = json!({ "agreement": { "key": "memorandum_cri_apebi", "kind": "MEMORANDUM", "titleFr": "x", "axes": [{ "titleFr": "y" }], "source": "journaleco_2020" } });
        let (code, message) = refused(&record(fewer, 1).await);
        assert_eq!(code, "INVALID");
        assert!(message.contains("retract the milestone first"), "{message}");
        for (concept, key) in [("AGREEMENT", "memorandum_cri_apebi"), ("PROJECT", "antenne_apebi_fm"), ("PLAN", "pdr_fm_2022_2027")] {
            let ended = sent(&service, &curator, RETRACT, json!({ "input": { "fact": { "concept": concept, "key": key }, "expectedVersion": 1, "reason": "x" } })).await;
            assert!(refused(&ended).1.contains("milestones"), "{concept}: {ended}");
        }
        // Anybody proposes; a curator takes it over.
        let proposal = proposed(&service, &somebody(7, None), with(json!({ "key": "m2" }))).await;
        let accepted = sent(&service, &curator, ACCEPT, json!({ "input": { "key": proposal, "expectedVersion": 1, "reason": "it says so" } })).await;
        assert_eq!(accepted["userErrors"], json!([]), "{accepted}");
        let listed = "{ milestones(filter: { key: { eq: \"m2\" } }) { totalCount aggregate { count countDistinct { agreement } } } }";
        assert_eq!(sent(&service, &curator, listed, Value::Null).await, json!({ "totalCount": 1, "aggregate": { "count": 1, "countDistinct": { "agreement": 1 } } }));
    })
    .await;
}

#[tokio::test]
async fn what_is_merged_keeps_one_profile_and_its_memberships() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let curator = curator(&database, &service).await;
        let record = async |fact: Value| {
            let made = sent(&service, &curator, RECORD, input(fact, 0)).await;
            assert_eq!(made["userErrors"], json!([]), "{made}");
        };
        let organisation = |key: &str, kind: &str| json!({ "organisation": { "key": key, "name": key, "kind": kind, "source": "journaleco_2020" } });
        record(organisation("rif_it", "COMPANY")).await;
        record(organisation("rif_it_sarl", "COMPANY")).await;
        record(organisation("apebi_fes", "FEDERATION")).await;
        record(json!({ "membership": { "key": "a", "organisation": "rif_it_sarl", "federation": "apebi", "source": "journaleco_2020" } })).await;
        record(json!({ "membership": { "key": "b", "organisation": "apebi_fes", "federation": "apebi", "source": "journaleco_2020" } })).await;
        record(json!({ "profile": { "organisation": "rif_it", "offers": ["TRAINING"], "source": "journaleco_2020" } })).await;
        record(json!({ "profile": { "organisation": "rif_it_sarl", "offers": ["CONSULTING"], "languages": ["fr"], "source": "journaleco_2020" } })).await;
        for (duplicate, into) in [("rif_it_sarl", "rif_it"), ("apebi_fes", "apebi")] {
            let merge = json!({ "input": { "duplicate": duplicate, "into": into, "expectedVersion": 1, "reason": "the same" } });
            let merged = sent(&service, &curator, MERGE_ORGANISATIONS, merge).await;
            assert_eq!(merged["userErrors"], json!([]), "{}: {merged}", database.kind());
        }
        let shown = "{ organisation(key: \"rif_it\") { profile { offers languages } memberships { nodes { key } } } }";
        assert_eq!(
            sent(&service, &curator, shown, Value::Null).await,
            json!({ "profile": { "offers": ["TRAINING"], "languages": ["fr"] }, "memberships": { "nodes": [{ "key": "a" }] } })
        );
        let left = "{ memberships { nodes { key } } }";
        assert_eq!(sent(&service, &curator, left, Value::Null).await["nodes"], json!([{ "key": "a" }]));
        let left = "{ profiles { nodes { key } } }";
        assert_eq!(sent(&service, &curator, left, Value::Null).await["nodes"], json!([{ "key": "profile.rif_it" }]));
    })
    .await;
}
