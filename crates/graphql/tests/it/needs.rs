//! A company of any sector says what it looks for, and the coordinator of the regional branch brings it together with who can do it. Nobody
//! else sees anything of it.

use graphql::{Call, Service};
use serde_json::{Value, json};
use testkit::Database;

use crate::curation::*;

pub const FILE: &str = "mutation F($input: FileNeedInput!) { fileNeed(input: $input) { receipt status userErrors { field code message } } }";
pub const WITHDRAW: &str = "mutation W($input: WithdrawNeedInput!) { withdrawNeed(input: $input) { need { status erasedAt } userErrors { field code message } } }";
pub const AMEND: &str = "mutation A($input: AmendNeedInput!) { amendNeed(input: $input) { need { version sector capabilities languages territory { key } } userErrors { field code message } } }";
pub const INTRODUCE: &str = "mutation I($input: IntroduceProviderInput!) { introduceProvider(input: $input) { need { version introductions { providerKey companyConsent providerConsent agreed } } userErrors { field code message } } }";
pub const CONSENT: &str = "mutation C($input: RecordConsentInput!) { recordConsent(input: $input) { need { version introductions { providerKey companyConsent providerConsent agreed } } userErrors { field code message } } }";
pub const ADVANCE: &str = "mutation G($input: AdvanceNeedInput!) { advanceNeed(input: $input) { need { version status note } userErrors { field code message } } }";
pub const ERASE: &str = "mutation E($input: EraseNeedInput!) { eraseNeed(input: $input) { need { version status company description note contact { name } erasedAt } userErrors { field code message } } }";
const FILED: &str = "query Q($receipt: String!) { filedNeed(receipt: $receipt) { status erasedAt introductions { providerKey companyConsent agreed } } }";
const NEED: &str = "query N($key: String!) { need(key: $key) { id company description sector capabilities languages status note version
    territory { key } contact { name email phone } history { nodes { action changes { field before after } role } }
    introductions { provider { name } agreed }
    matches { provider { key } reasons { kind value source { key } } } } }";

/// A tannery that wants to know what is in its warehouse.
pub fn tannery() -> Value {
    json!({
        "company": "Tannerie Chouara", "sector": "LEATHER", "territory": "03.231", "languages": ["fr", "ar"],
        "description": "Nous voulons suivre nos stocks\nde peaux dans deux entrepôts.", "capabilities": ["STOCK_MANAGEMENT"], "consent": true,
        "contact": { "name": "Zineb Fassi", "email": "achats@tannerie.example.ma", "phone": "+212 535 00 00 00" },
    })
}

pub async fn filed(service: &Service, call: &Call) -> String {
    let payload = sent(service, call, FILE, json!({ "input": tannery() })).await;
    assert_eq!(payload["userErrors"], json!([]), "{payload}");
    payload["receipt"].as_str().expect("a receipt").to_owned()
}

pub async fn coordinator(database: &Database, service: &Service) -> Call {
    holder(database, service, "read,coordinate").await
}

/// Organisations and what they offer, stated by a curator.
async fn providers(service: &Service, curator: &Call) {
    let fact = async |fact: Value| {
        let input = json!({ "input": { "fact": fact, "reason": "said so on their site" } });
        let recorded = sent(service, curator, RECORD, input).await;
        assert_eq!(recorded["userErrors"], json!([]), "{recorded}");
    };
    let source = json!({ "key": "sites_of_providers", "kind": "COMPANY", "publisher": "P", "title": "Offers", "url": "https://providers.example.ma/" });
    fact(json!({ "source": source })).await;
    for (key, place, offers, languages, sectors) in [
        (
            "far_stock",
            "06.141",
            vec!["STOCK_MANAGEMENT", "TRAINING"],
            vec!["fr", "ar"],
            vec!["LEATHER"],
        ),
        (
            "near_stock",
            "03.231",
            vec!["STOCK_MANAGEMENT"],
            vec!["fr"],
            vec!["RETAIL"],
        ),
        (
            "meknes_stock",
            "03.061",
            vec!["STOCK_MANAGEMENT"],
            vec!["fr", "ar"],
            vec!["LEATHER"],
        ),
        (
            "near_other",
            "03.231",
            vec!["CYBERSECURITY"],
            vec!["fr", "ar"],
            vec!["LEATHER"],
        ),
        (
            "near_both",
            "03.231",
            vec!["BUSINESS_SOFTWARE", "STOCK_MANAGEMENT"],
            vec!["fr", "ar"],
            vec!["LEATHER"],
        ),
    ] {
        let source = "sites_of_providers";
        fact(json!({ "organisation": { "key": key, "name": key, "kind": "COMPANY", "source": source } })).await;
        fact(json!({ "site": { "organisation": key, "territory": place, "source": source } }))
            .await;
        fact(json!({ "profile": { "organisation": key, "offers": offers, "languages": languages, "sectors": sectors, "source": source } })).await;
    }
    fact(json!({ "membership": { "organisation": "near_stock", "federation": "apebi", "source": "sites_of_providers" } })).await;
}

#[tokio::test]
async fn a_need_is_brought_together_with_who_can_meet_it() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let (curator, coordinator) = (curator(&database, &service).await, coordinator(&database, &service).await);
        providers(&service, &curator).await;
        let receipt = filed(&service, &somebody(1, None)).await;
        let (key, _) = receipt.split_once('.').expect("a key");
        let shown = sent(&service, &coordinator, NEED, json!({ "key": key })).await;
        assert_eq!(shown["company"], "Tannerie Chouara");
        assert_eq!(shown["description"], "Nous voulons suivre nos stocks de peaux dans deux entrepôts.");
        assert_eq!(shown["contact"], json!({ "name": "Zineb Fassi", "email": "achats@tannerie.example.ma", "phone": "+212 535 00 00 00" }));
        // The likeliest first: the nearest that offer what is asked for, then the languages, then the sector.
        let matches = shown["matches"].as_array().unwrap();
        let order: Vec<_> = matches.iter().map(|found| found["provider"]["key"].as_str().unwrap()).collect();
        assert_eq!(order, ["near_both", "near_stock", "meknes_stock", "far_stock"], "{shown}");
        let reasons = |at: usize| -> Vec<String> {
            let reasons = matches[at]["reasons"].as_array().unwrap();
            reasons.iter().map(|reason| format!("{} {}", reason["kind"].as_str().unwrap(), reason["value"].as_str().unwrap())).collect()
        };
        assert_eq!(reasons(0)[0], "CAPABILITY stock_management");
        assert!(reasons(0)[1].starts_with("SAME_PROVINCE near_both"), "{:?}", reasons(0));
        assert_eq!(reasons(0)[2..], ["LANGUAGE fr", "LANGUAGE ar", "SECTOR leather"]);
        assert_eq!(reasons(1)[2..], ["LANGUAGE fr", "MEMBER apebi"]);
        assert!(reasons(2)[1].starts_with("SAME_REGION meknes_stock"), "{:?}", reasons(2));
        assert_eq!(reasons(3)[1..], ["LANGUAGE fr", "LANGUAGE ar", "SECTOR leather"]);
        assert_eq!(matches[0]["reasons"][0]["source"]["key"], "sites_of_providers");

        // Nobody is introduced before both agreed.
        let at = |version: i32, more: Value| {
            let mut input = json!({ "key": key, "expectedVersion": version });
            input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            json!({ "input": input })
        };
        let introduced = sent(&service, &coordinator, INTRODUCE, at(1, json!({ "provider": "near_both" }))).await;
        assert_eq!(introduced["need"]["introductions"][0]["companyConsent"], "ASKED");
        let early = sent(&service, &coordinator, ADVANCE, at(2, json!({ "status": "INTRODUCED" }))).await;
        assert!(refused(&early).1.contains("record the consent of both first"), "{early}");
        let again = sent(&service, &coordinator, INTRODUCE, at(2, json!({ "provider": "near_both" }))).await;
        assert_eq!(refused(&again).0, "INVALID");
        let unknown = sent(&service, &coordinator, INTRODUCE, at(2, json!({ "provider": "nobody" }))).await;
        assert_eq!(refused(&unknown).0, "NOT_FOUND");
        for (version, side) in [(2, "COMPANY"), (3, "PROVIDER")] {
            let said = json!({ "provider": "near_both", "side": side, "consent": "GIVEN" });
            let payload = sent(&service, &coordinator, CONSENT, at(version, said)).await;
            assert_eq!(payload["userErrors"], json!([]), "{payload}");
        }
        let seen = sent(&service, &somebody(1, None), FILED, json!({ "receipt": receipt })).await;
        assert_eq!(seen["introductions"], json!([{ "providerKey": "near_both", "companyConsent": "GIVEN", "agreed": true }]));
        let stale = sent(&service, &coordinator, ADVANCE, at(3, json!({ "status": "INTRODUCED" }))).await;
        assert_eq!(refused(&stale).0, "CONFLICT");
        for (version, status) in [(4, "INTRODUCED"), (5, "UNDER_WAY"), (6, "DONE")] {
            let payload = sent(&service, &coordinator, ADVANCE, at(version, json!({ "status": status, "note": "met on site" }))).await;
            assert_eq!(payload["need"]["status"], status, "{payload}");
        }
        let back = sent(&service, &coordinator, ADVANCE, at(7, json!({ "status": "OPEN" }))).await;
        assert_eq!(refused(&back).0, "INVALID");

        // What tells who it was goes on request, and the audit never had it.
        let erased = sent(&service, &coordinator, ERASE, json!({ "input": { "key": key } })).await;
        let need = &erased["need"];
        assert_eq!(need["status"], "DONE");
        assert!(need["company"].is_null() && need["description"].is_null() && need["note"].is_null() && need["contact"].is_null(), "{need}");
        let twice = sent(&service, &coordinator, ERASE, json!({ "input": { "key": key } })).await;
        assert_eq!(twice["need"]["version"], need["version"]);
        let shown = sent(&service, &coordinator, NEED, json!({ "key": key })).await;
        let actions: Vec<_> = shown["history"]["nodes"].as_array().unwrap().iter().map(|step| step["action"].as_str().unwrap()).collect();
        assert_eq!(actions, ["FILE_NEED", "READ_CONTACT", "INTRODUCE", "RECORD_CONSENT", "RECORD_CONSENT", "ADVANCE_NEED", "ADVANCE_NEED", "ADVANCE_NEED", "ERASE_NEED"]);
        // Each step tells what it changed, and the audit the same.
        let told = |step: usize| shown["history"]["nodes"][step]["changes"].clone();
        assert_eq!(told(0), json!([{ "field": "status", "before": null, "after": "open" }]));
        assert_eq!(told(1), json!([]));
        assert_eq!(told(2)[0]["field"], "provider");
        assert!(["companyConsent", "providerConsent"].iter().any(|side| told(3)[0]["field"] == *side), "{}", told(3));
        assert_eq!(told(5), json!([{ "field": "status", "before": "open", "after": "introduced" }]));
        assert_eq!(told(8), json!([{ "field": "erased", "before": null, "after": "true" }]));
        let audit = "{ auditEntries(first: 100) { nodes { action factKey reason changes { field before after } } } }";
        let audit = sent(&service, &curator, audit, Value::Null).await.to_string();
        for personal in ["Chouara", "Zineb", "tannerie", "535 00", "peaux", "met on site"] {
            assert!(!audit.contains(personal), "{personal}: {audit}");
        }
    })
    .await;
}

#[tokio::test]
async fn who_filed_a_need_may_withdraw_it() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let coordinator = coordinator(&database, &service).await;
        let stranger = somebody(1, None);
        let receipt = filed(&service, &stranger).await;
        let (key, secret) = receipt.split_once('.').expect("a key");
        let forged = format!("{key}.{}", secret.chars().rev().collect::<String>());
        for wrong in [forged.as_str(), key, "", "x.y"] {
            let seen = sent(&service, &stranger, FILED, json!({ "receipt": wrong })).await;
            assert!(seen.is_null(), "{wrong}: {seen}");
            let kept = sent(
                &service,
                &stranger,
                WITHDRAW,
                json!({ "input": { "receipt": wrong } }),
            )
            .await;
            assert!(
                kept["need"].is_null() && !refused(&kept).0.is_empty(),
                "{wrong}: {kept}"
            );
        }
        // A key that nobody has and a receipt that is not the one tell the same.
        let nobody = format!("{}.{secret}", "0".repeat(16));
        let told = async |receipt: &str| {
            let kept = sent(
                &service,
                &stranger,
                WITHDRAW,
                json!({ "input": { "receipt": receipt } }),
            )
            .await;
            (
                refused(&kept).0,
                refused(&kept).1.replace(&receipt[..16], ""),
            )
        };
        assert_eq!(told(&forged).await, told(&nobody).await);
        let gone = sent(
            &service,
            &stranger,
            WITHDRAW,
            json!({ "input": { "receipt": receipt } }),
        )
        .await;
        assert_eq!(gone["need"]["status"], "DROPPED");
        assert!(gone["need"]["erasedAt"].is_string(), "{gone}");
        let shown = sent(&service, &coordinator, NEED, json!({ "key": key })).await;
        assert!(
            shown["contact"].is_null() && shown["company"].is_null(),
            "{shown}"
        );
        let again = json!({ "input": { "key": key, "expectedVersion": 2, "status": "OPEN" } });
        assert_eq!(
            refused(&sent(&service, &coordinator, ADVANCE, again).await).0,
            "INVALID"
        );
    })
    .await;
}

#[tokio::test]
async fn what_does_not_fit_is_refused_and_nothing_is_kept() {
    let database = testkit::database().await;
    let service = testkit::service_over(&database).await;
    let coordinator = coordinator(&database, &service).await;
    let long = "x".repeat(301);
    let cases = [
        ("consent", json!(false), "consent", "REQUIRED"),
        ("company", json!(" "), "company", "REQUIRED"),
        ("company", json!(long), "company", "TOO_LONG"),
        ("company", json!("a\u{202e}b"), "company", "INVALID"),
        ("description", json!(""), "description", "REQUIRED"),
        (
            "description",
            json!("y".repeat(2_001)),
            "description",
            "TOO_LONG",
        ),
        ("description", json!("a\u{0}b"), "description", "INVALID"),
        ("territory", json!("Fès'; --"), "territory", "INVALID"),
        ("territory", json!("99.999"), "", "NOT_FOUND"),
        ("languages", json!(["klingon"]), "languages", "INVALID"),
        ("languages", json!(vec!["fr"; 21]), "languages", "TOO_LONG"),
        (
            "capabilities",
            json!(vec!["TRAINING"; 21]),
            "capabilities",
            "TOO_LONG",
        ),
        (
            "contact",
            json!({ "name": "Z" }),
            "contact.email",
            "REQUIRED",
        ),
        (
            "contact",
            json!({ "name": "Z", "email": "nowhere" }),
            "contact.email",
            "INVALID",
        ),
        (
            "contact",
            json!({ "name": "Z", "phone": "call me" }),
            "contact.phone",
            "INVALID",
        ),
        (
            "contact",
            json!({ "name": "", "phone": "053500" }),
            "contact.name",
            "REQUIRED",
        ),
        ("idempotencyKey", json!("é"), "idempotencyKey", "INVALID"),
    ];
    for (field, value, at, code) in cases {
        let mut input = tannery();
        input[field] = value.clone();
        let payload = sent(&service, &coordinator, FILE, json!({ "input": input })).await;
        let error = &payload["userErrors"][0];
        assert_eq!(error["code"], code, "{field} {value}: {payload}");
        assert_eq!(error["field"].as_str().unwrap_or_default(), at, "{payload}");
        assert!(payload["receipt"].is_null() && payload["status"].is_null());
    }
    let count = sent(
        &service,
        &coordinator,
        "{ needs { totalCount } }",
        Value::Null,
    )
    .await;
    assert_eq!(count["totalCount"], 0);
    // The same request again files nothing twice, and its receipt is not told twice.
    let mut input = tannery();
    input["idempotencyKey"] = json!("once");
    let first = sent(&service, &coordinator, FILE, json!({ "input": input })).await;
    let second = sent(&service, &coordinator, FILE, json!({ "input": input })).await;
    assert!(
        first["receipt"].is_string() && second["receipt"].is_null(),
        "{second}"
    );
    assert_eq!(second["status"], "OPEN");
    let count = sent(
        &service,
        &coordinator,
        "{ needs { totalCount } }",
        Value::Null,
    )
    .await;
    assert_eq!(count["totalCount"], 1);
    // Somebody without a key is held to the pace of all that strangers send.
    let stranger = somebody(77, None);
    for _ in 0..10 {
        filed(&service, &stranger).await;
    }
    let more = sent(&service, &stranger, FILE, json!({ "input": tannery() })).await;
    assert_eq!(refused(&more).0, "RATE_LIMITED");
}

#[tokio::test]
async fn a_provider_that_is_merged_stays_introduced() {
    let database = testkit::database().await;
    let service = testkit::service_over(&database).await;
    let (curator, coordinator) = (
        curator(&database, &service).await,
        coordinator(&database, &service).await,
    );
    providers(&service, &curator).await;
    let receipt = filed(&service, &somebody(1, None)).await;
    let (key, _) = receipt.split_once('.').expect("a key");
    for (version, provider) in [(1, "near_stock"), (2, "near_both")] {
        let input =
            json!({ "input": { "key": key, "expectedVersion": version, "provider": provider } });
        let payload = sent(&service, &coordinator, INTRODUCE, input).await;
        assert_eq!(payload["userErrors"], json!([]), "{payload}");
    }
    // A curator is told nothing of needs, and merges as ever; an introduction stands in the way of nothing.
    for duplicate in ["near_stock", "near_both"] {
        let profile = json!({ "input": { "fact": { "concept": "PROFILE", "key": format!("profile.{duplicate}") }, "expectedVersion": 1, "reason": "one" } });
        let ended = sent(&service, &curator, RETRACT, profile).await;
        assert_eq!(ended["userErrors"], json!([]), "{ended}");
        let merge = json!({ "input": { "duplicate": duplicate, "into": "far_stock", "expectedVersion": 1, "reason": "one" } });
        let merged = sent(&service, &curator, MERGE_ORGANISATIONS, merge).await;
        assert_eq!(merged["userErrors"], json!([]), "{merged}");
    }
    let shown = sent(&service, &coordinator, NEED, json!({ "key": key })).await;
    assert_eq!(
        shown["introductions"],
        json!([{ "provider": { "name": "far_stock" }, "agreed": false }]),
        "{shown}"
    );
}

#[tokio::test]
async fn nobody_but_coordinators_sees_a_need_whatever_is_asked() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let coordinator = coordinator(&database, &service).await;
        let others = [
            somebody(11, None),
            holder(&database, &service, "read,export").await,
            holder(&database, &service, "read,export,curate,admin").await,
        ];
        let asked = crate::unseen::documents();
        let answers = async |call: &Call| {
            let mut answers = Vec::new();
            for (name, document) in &asked {
                let mut answer = raw(&service, call, document, Value::Null).await;
                answer.as_object_mut().unwrap().remove("extensions");
                answers.push((name.clone(), document.clone(), answer.to_string()));
            }
            answers
        };
        let mut before = Vec::new();
        for call in &others {
            before.push(answers(call).await);
        }
        let receipt = filed(&service, &somebody(12, None)).await;
        let (key, secret) = receipt.split_once('.').expect("a key");
        let id = sent(&service, &coordinator, NEED, json!({ "key": key })).await["id"]
            .as_str()
            .unwrap()
            .to_owned();
        let marks = [
            "Chouara",
            "Zineb",
            "achats@",
            "535 00",
            "entrepôts",
            secret,
            id.as_str(),
        ];
        for (call, before) in others.iter().zip(&before) {
            for ((name, document, answer), (_, _, earlier)) in
                answers(call).await.iter().zip(before)
            {
                assert!(
                    marks.iter().all(|mark| !answer.contains(mark)),
                    "{document}: {answer}"
                );
                match name.as_str() {
                    // A curator reads in the audit that one was filed, by a key that opens nothing.
                    "auditEntries" => {}
                    _ => assert_eq!(answer, earlier, "{document}"),
                }
            }
            let node = format!("{{ nodes(ids: [\"{id}\"]) {{ __typename id }} }}");
            assert_eq!(
                sent(&service, call, &node, Value::Null).await,
                json!([null])
            );
            // What is there and what is not tell the same.
            let mut told = Vec::new();
            for key in [key, "0000000000000000"] {
                let one = json!({ "key": key, "expectedVersion": 1 });
                for (document, more) in [
                    (AMEND, json!({})),
                    (INTRODUCE, json!({ "provider": "apebi" })),
                    (
                        CONSENT,
                        json!({ "provider": "apebi", "side": "COMPANY", "consent": "GIVEN" }),
                    ),
                    (ADVANCE, json!({ "status": "DROPPED" })),
                ] {
                    let mut input = one.clone();
                    input
                        .as_object_mut()
                        .unwrap()
                        .extend(more.as_object().unwrap().clone());
                    let mut answer = raw(&service, call, document, json!({ "input": input })).await;
                    answer.as_object_mut().unwrap().remove("extensions");
                    told.push(answer.to_string());
                }
                let mut answer =
                    raw(&service, call, ERASE, json!({ "input": { "key": key } })).await;
                answer.as_object_mut().unwrap().remove("extensions");
                told.push(answer.to_string());
            }
            let half = told.len() / 2;
            assert_eq!(told[..half], told[half..]);
            let code = if call.key.is_some() {
                "FORBIDDEN"
            } else {
                "UNAUTHENTICATED"
            };
            assert!(told.iter().all(|answer| answer.contains(code)), "{told:?}");
        }
        // What the coordinator was shown is kept for nobody, nor what a receipt opens.
        let (_, needs) = asked.iter().find(|(name, _)| name == "needs").unwrap();
        let by_receipt = format!("{{ filedNeed(receipt: \"{receipt}\") {{ status }} }}");
        for document in [needs, &by_receipt] {
            for call in [&coordinator, &others[0], &others[1], &others[2]] {
                let body = json!({ "query": document }).to_string();
                let read = || Ok::<_, ()>(graphql::Request::new(document.as_str()));
                let served = graphql::serve(&service, call, body.as_bytes(), read, |_| false)
                    .await
                    .unwrap();
                let shown = String::from_utf8(served.body.unwrap().to_vec()).unwrap();
                let may = call
                    .key
                    .as_ref()
                    .is_some_and(|key| key.may(graphql::Scope::Coordinate));
                assert_eq!(
                    shown.contains("Chouara"),
                    may && document == needs,
                    "{shown}"
                );
            }
        }
    })
    .await;
}
