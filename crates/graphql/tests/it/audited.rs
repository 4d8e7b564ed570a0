//! Every write is in the audit, its change, its entry and its event together; a mutation that nobody thought of fails here.

use async_graphql_parser::{
    parse_schema,
    types::{TypeKind, TypeSystemDefinition},
};
use graphql::{Call, Service};
use serde_json::{Value, json};
use store::audit_entry::{self, Wanted};
use testkit::Database;

use crate::{curation::*, importing, needs};

/// What every mutation is sent so that it writes: the document, the input, and what the audit says of it afterwards, oldest first.
async fn samples(
    service: &Service,
    curator: &Call,
) -> Vec<(&'static str, &'static str, Value, Vec<&'static str>)> {
    let one = proposed(service, curator, figure(51.0)).await;
    let other = proposed(service, curator, json!({ "source": { "kind": "PRESS", "publisher": "P", "title": "T", "url": "https://p.example.ma/" } })).await;
    let code = sent(service, curator, CODE, json!({ "input": {} })).await;
    let organisation = |name: &str| json!({ "fact": { "organisation": { "name": name, "kind": "COMPANY", "source": "journaleco_2020" } }, "reason": "new" });
    for name in ["Bahr Contact", "Bahr Contacts"] {
        sent(
            service,
            curator,
            RECORD,
            json!({ "input": organisation(name) }),
        )
        .await;
    }
    for (at, park) in ["", "fes_shore"].iter().enumerate() {
        let site = json!({ "key": format!("bahr.{at}"), "organisation": "bahr_contact", "territory": "03.231", "source": "journaleco_2020",
            "park": (!park.is_empty()).then_some(park) });
        let recorded = sent(
            service,
            curator,
            RECORD,
            json!({ "input": { "fact": { "site": site }, "reason": "new" } }),
        )
        .await;
        assert_eq!(recorded["userErrors"], json!([]), "{recorded}");
    }
    let receipt = needs::filed(service, curator).await;
    let need = &receipt[..16];
    let other_need = needs::filed(service, curator).await;
    let at = |version: i32, more: Value| {
        let mut input = json!({ "key": need, "expectedVersion": version });
        let more = more.as_object().expect("fields").clone();
        input.as_object_mut().expect("fields").extend(more);
        json!({ "input": input })
    };
    let webhook = json!({ "input": { "url": "https://partner.example/other" } });
    let webhook = sent(service, curator, crate::webhooks::CREATE, webhook).await;
    let webhook = webhook["webhook"]["key"].clone();
    let newest = "{ dataHealth { lastChange { revision } } }";
    let newest = sent(service, curator, newest, Value::Null).await;
    let revision = &newest["lastChange"]["revision"];
    vec![
        // The first: the data are at this revision until something changes.
        (
            "importFacts",
            importing::IMPORT,
            importing::written("a.jsonl", &importing::events(), revision, json!({})),
            vec!["CREATE", "CREATE"],
        ),
        (
            "fileNeed",
            needs::FILE,
            json!({ "input": needs::tannery() }),
            vec!["FILE_NEED"],
        ),
        (
            "amendNeed",
            needs::AMEND,
            at(1, json!({ "sector": "CRAFTS" })),
            vec!["AMEND_NEED"],
        ),
        (
            "introduceProvider",
            needs::INTRODUCE,
            at(2, json!({ "provider": "apebi" })),
            vec!["INTRODUCE"],
        ),
        (
            "recordConsent",
            needs::CONSENT,
            at(
                3,
                json!({ "provider": "apebi", "side": "COMPANY", "consent": "GIVEN" }),
            ),
            vec!["RECORD_CONSENT"],
        ),
        (
            "advanceNeed",
            needs::ADVANCE,
            at(4, json!({ "status": "DROPPED" })),
            vec!["ADVANCE_NEED"],
        ),
        (
            "eraseNeed",
            needs::ERASE,
            json!({ "input": { "key": need } }),
            vec!["ERASE_NEED"],
        ),
        (
            "withdrawNeed",
            needs::WITHDRAW,
            json!({ "input": { "receipt": other_need } }),
            vec!["ERASE_NEED"],
        ),
        ("propose", PROPOSE, proposal(figure(52.0)), vec!["PROPOSE"]),
        (
            "correct",
            CORRECT,
            json!({ "input": { "text": "They have moved.", "url": "https://c.example.ma/" } }),
            vec!["PROPOSE"],
        ),
        (
            "linkAccount",
            LINK,
            json!({ "input": { "code": code["code"] } }),
            vec!["LINK"],
        ),
        ("unlinkAccount", UNLINK, Value::Null, vec!["UNLINK"]),
        (
            "createLinkCode",
            CODE,
            json!({ "input": {} }),
            vec!["MAKE_CODE"],
        ),
        (
            "acceptProposal",
            ACCEPT,
            json!({ "input": { "key": one, "expectedVersion": 1, "reason": "yes" } }),
            vec!["REVISE", "ACCEPT"],
        ),
        (
            "rejectProposal",
            REJECT,
            json!({ "input": { "key": other, "expectedVersion": 1, "reason": "no" } }),
            vec!["REJECT"],
        ),
        (
            "record",
            RECORD,
            json!({ "input": organisation("Cedre Contact") }),
            vec!["CREATE"],
        ),
        (
            "createWebhook",
            crate::webhooks::CREATE,
            json!({ "input": { "url": "https://partner.example/bab" } }),
            vec!["MAKE_WEBHOOK"],
        ),
        (
            "deleteWebhook",
            crate::webhooks::DELETE,
            json!({ "input": { "key": webhook } }),
            vec!["DELETE_WEBHOOK"],
        ),
        (
            "retract",
            RETRACT,
            json!({ "input": { "fact": { "concept": "ORGANISATION", "key": "cedre_contact" }, "expectedVersion": 1, "reason": "gone" } }),
            vec!["RETRACT"],
        ),
        (
            "mergeSites",
            MERGE_SITES,
            json!({ "input": { "duplicate": "bahr.1", "into": "bahr.0", "expectedVersion": 1, "reason": "one" } }),
            vec!["REVISE", "RETRACT", "MERGE"],
        ),
        (
            "mergeOrganisations",
            MERGE_ORGANISATIONS,
            json!({ "input": { "duplicate": "bahr_contact", "into": "bahr_contacts", "expectedVersion": 1, "reason": "one" } }),
            vec!["REVISE", "REVISE", "RETRACT", "MERGE"],
        ),
    ]
}

/// Mutations that take the same twice, and those that do what they are for only once and say so again.
const TAKEN_AGAIN: [&str; 4] = ["propose", "correct", "createLinkCode", "fileNeed"];
const DONE_ONCE: [&str; 2] = ["eraseNeed", "withdrawNeed"];

/// Mutations that change no fact and keep nothing of anybody.
const COUNTED_ONLY: [&str; 1] = ["reportAnswer"];

fn mutations() -> Vec<String> {
    let document = parse_schema(graphql::sdl()).expect("the contract");
    let mutation = document
        .definitions
        .into_iter()
        .find_map(|definition| match definition {
            TypeSystemDefinition::Type(definition) if definition.node.name.node == "Mutation" => {
                Some(definition.node.kind)
            }
            _ => None,
        });
    let Some(TypeKind::Object(mutation)) = mutation else {
        panic!("the contract has mutations");
    };
    mutation
        .fields
        .iter()
        .map(|field| field.node.name.node.to_string())
        .collect()
}

async fn entries(database: &Database) -> Vec<audit_entry::Model> {
    let part = store::Part {
        after: None,
        before: None,
        most: 1_000,
        newest_first: false,
        backward: false,
    };
    let read = audit_entry::page(&database.store, &Wanted::default(), &part).await;
    read.expect("the audit")
}

#[tokio::test]
async fn no_mutation_skips_the_audit() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let curator = holder(&database, &service, "read,curate,coordinate").await;
        let samples = samples(&service, &curator).await;
        let mut missing = mutations();
        missing.retain(|name| {
            !COUNTED_ONLY.contains(&name.as_str()) && !samples.iter().any(|sample| sample.0 == name)
        });
        assert_eq!(
            missing,
            Vec::<String>::new(),
            "write what it is sent above, so that it is known to be audited"
        );
        for (name, document, input, expected) in samples {
            // Accounts of Telegram call from there.
            let (caller, door) = match name {
                "linkAccount" | "unlinkAccount" => (account(77), entity::Door::Telegram),
                _ => (curator.clone(), entity::Door::Api),
            };
            let (before, events) = (
                entries(&database).await.len(),
                events(&database).await.len(),
            );
            let payload = sent(&service, &caller, document, input.clone()).await;
            assert_eq!(payload["userErrors"], json!([]), "{name}: {payload}");
            let written = entries(&database).await.split_off(before);
            let actions: Vec<_> = written
                .iter()
                .map(|entry| entry.action.as_str().to_uppercase())
                .collect();
            assert_eq!(actions, expected, "{name} on {}", database.kind());
            for entry in &written {
                assert_eq!(
                    (entry.role, entry.door),
                    (entity::Role::Curator, door),
                    "{name}"
                );
                assert!(
                    entry.key_prefix.is_some() && !entry.reason.is_empty() && entry.key.is_some(),
                    "{name}: {entry:?}"
                );
                assert!(
                    entry.before.is_some() || entry.after.is_some(),
                    "{name}: {entry:?}"
                );
            }
            // What changed a fact has its event, in the same revision, and nothing else has one.
            let of_facts: Vec<_> = written
                .iter()
                .filter(|entry| entry.revision_id.is_some())
                .map(|entry| (entry.revision_id.unwrap(), entry.key.clone().unwrap()))
                .collect();
            let told: Vec<_> = self::events(&database)
                .await
                .split_off(events)
                .into_iter()
                .map(|event| (event.revision_id, event.key))
                .collect();
            assert_eq!(of_facts, told, "{name}");
            // Refused, it leaves nothing behind.
            let before = entries(&database).await.len();
            let again = sent(&service, &caller, document, input).await;
            if !TAKEN_AGAIN.contains(&name) {
                let refused = again["userErrors"] != json!([]);
                assert_eq!(refused, !DONE_ONCE.contains(&name), "{name}: {again}");
                assert_eq!(entries(&database).await.len(), before, "{name}");
            }
        }
    })
    .await;
}

async fn events(database: &Database) -> Vec<store::outbox::Event> {
    let read = store::outbox::after(&database.store, 0, 1_000).await;
    read.expect("the events")
}

#[tokio::test]
async fn imports_and_keys_are_in_the_audit_as_well_and_nothing_in_it_changes() {
    testkit::each_database(async |database| {
        let all = entries(&database).await;
        // The shipped data are one entry.
        let [filled] = &all[..] else {
            panic!("{all:?}")
        };
        assert_eq!(
            (filled.action, filled.role, filled.reason.as_str()),
            (
                entity::AuditAction::Fill,
                entity::Role::Operator,
                "import of data"
            )
        );
        let mut figure = store::load::in_force(&database.store)
            .await
            .unwrap()
            .observations
            .remove(0);
        figure.value += 1.0;
        let batch = store::load::Batch {
            observations: vec![figure],
            ..Default::default()
        };
        let act = store::audit_entry::Act::of_operator(chrono::Utc::now(), "import of more");
        store::load::apply(&database.store, &batch, &act)
            .await
            .unwrap();
        let service = testkit::service_over(&database).await;
        let holder = curator(&database, &service).await;
        let prefix = holder.key.as_ref().unwrap().prefix().to_owned();
        store::api_key::revoke(&database.store, &prefix, chrono::Utc::now())
            .await
            .unwrap();
        let all = entries(&database).await;
        let actions: Vec<_> = all[1..]
            .iter()
            .map(|entry| (entry.action.as_str(), entry.key.as_deref().unwrap()))
            .collect();
        assert_eq!(
            actions,
            [
                ("revise", FIGURE),
                ("make_key", prefix.as_str()),
                ("revoke_key", prefix.as_str())
            ]
        );
        for sql in [
            "UPDATE audit_entries SET reason = 'x'",
            "DELETE FROM audit_entries",
        ] {
            let refused = store::database::execute(&database.store, sql)
                .await
                .expect_err(sql);
            assert!(refused.to_string().contains("only ever added"), "{refused}");
        }
        assert_eq!(entries(&database).await, all);
    })
    .await;
}
