//! Nobody but curators sees a proposal: not in any list, count, search, node, export, subscription or error, whatever is asked.

use async_graphql_parser::{
    parse_schema,
    types::{BaseType, FieldDefinition, Type, TypeKind, TypeSystemDefinition},
};
use serde_json::{Value, json};

use crate::curation::*;

/// What only the proposals say.
const MARKS: [&str; 4] = ["Zzyzx", "zzyzx", "987654", "quux"];

/// What each holder of an API key has of their own.
const OF_A_HOLDER: [&str; 2] = ["webhooks", "webhook"];

/// Every root field, each selecting all that can be selected without arguments three levels down.
pub fn documents() -> Vec<(String, String)> {
    let document = parse_schema(graphql::sdl()).expect("the contract");
    let types: std::collections::HashMap<_, _> = document
        .definitions
        .into_iter()
        .filter_map(|definition| match definition {
            TypeSystemDefinition::Type(definition) => {
                Some((definition.node.name.node.to_string(), definition.node.kind))
            }
            _ => None,
        })
        .collect();
    let fields = |name: &str| -> Vec<FieldDefinition> {
        match types.get(name) {
            Some(TypeKind::Object(object)) => object
                .fields
                .iter()
                .map(|field| field.node.clone())
                .collect(),
            Some(TypeKind::Interface(interface)) => interface
                .fields
                .iter()
                .map(|field| field.node.clone())
                .collect(),
            _ => Vec::new(),
        }
    };
    fn named(kind: &Type) -> String {
        match &kind.base {
            BaseType::Named(name) => name.to_string(),
            BaseType::List(inner) => named(inner),
        }
    }
    fn selection(fields: &dyn Fn(&str) -> Vec<FieldDefinition>, name: &str, depth: u8) -> String {
        let selected: Vec<String> = fields(name)
            .into_iter()
            .filter(|field| {
                field.arguments.iter().all(|argument| {
                    argument.node.ty.node.nullable || argument.node.default_value.is_some()
                })
            })
            .filter_map(|field| {
                let below = named(&field.ty.node);
                let field = field.name.node;
                match (fields(&below).is_empty(), depth) {
                    (true, _) => Some(field.to_string()),
                    (false, 0) => None,
                    (false, _) => Some(format!("{field} {}", selection(fields, &below, depth - 1))),
                }
            })
            .collect();
        match selected.is_empty() {
            true => "{ __typename }".into(),
            false => format!("{{ {} }}", selected.join(" ")),
        }
    }
    fields("Query")
        .into_iter()
        .map(|field| {
            let arguments: Vec<String> = field
                .arguments
                .iter()
                .filter(|argument| {
                    !argument.node.ty.node.nullable && argument.node.default_value.is_none()
                })
                .map(|argument| {
                    let value = match (field.name.node.as_str(), argument.node.name.node.as_str()) {
                        ("history", _) => "{ concept: ORGANISATION, key: \"zzyzx_contact\" }",
                        ("ask", _) => "\"how many people work at Zzyzx Contact?\"",
                        ("headline", _) => "\"call_centres\"",
                        ("comparisons", "indicators") => "[\"call_centres\"]",
                        ("comparisons", _) => "[\"03\", \"03.231\"]",
                        ("search", _) => "\"zzyzx\"",
                        ("nodes", _) => "[\"b3JnYW5pc2F0aW9uOnp6eXp4X2NvbnRhY3Q\"]",
                        ("node", _) => "\"b3JnYW5pc2F0aW9uOnp6eXp4X2NvbnRhY3Q\"",
                        _ => "\"zzyzx_contact\"",
                    };
                    format!("{}: {value}", argument.node.name.node)
                })
                .collect();
            let arguments = match arguments.is_empty() {
                true => String::new(),
                false => format!("({})", arguments.join(", ")),
            };
            let below = named(&field.ty.node);
            let depth = if below.ends_with("Connection") { 2 } else { 1 };
            let selected = selection(&fields, &below, depth);
            let name = field.name.node.to_string();
            (name.clone(), format!("{{ {name}{arguments} {selected} }}"))
        })
        .collect()
}

#[tokio::test]
async fn nobody_without_the_scope_sees_a_proposal_whatever_is_asked() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let curator = curator(&database, &service).await;
        let partner = holder(&database, &service, "read,export").await;
        let stranger = somebody(11, None);
        let asked = documents();
        let answers = async |call: &graphql::Call| {
            let mut answers = Vec::new();
            for (_, document) in &asked {
                let mut answer = raw(&service, call, document, Value::Null).await;
                answer.as_object_mut().unwrap().remove("extensions");
                answers.push(answer.to_string());
            }
            answers
        };
        let before = answers(&stranger).await;
        // Everything was run.
        for answer in &before {
            let refused = ["TOO_COMPLEX", "RATE_LIMITED", "GRAPHQL_VALIDATION"];
            assert!(answer.contains("\"data\":{") || answer.contains("UNAUTHENTICATED"), "{answer}");
            assert!(refused.iter().all(|code| !answer.contains(code)), "{answer}");
        }
        let text = "Zzyzx Contact emploie 987654 personnes; quux.";
        let input = json!({ "input": {
            "source": { "new": { "kind": "PRESS", "publisher": "Zzyzx Presse", "title": "Zzyzx", "url": "https://zzyzx.example.ma/quux" } },
            "text": { "text": text },
            "proposals": [
                { "fact": { "organisation": { "key": "zzyzx_contact", "name": "Zzyzx Contact", "kind": "COMPANY" } }, "note": "quux" },
                { "fact": { "observation": { "indicator": "call_centres", "territory": "03.231", "activity": "call_centre", "period": "2020", "periodBasis": "STATED",
                    "value": 987654, "qualifier": "EXACT", "producer": "zzyzx_contact" } } },
            ],
            "idempotencyKey": "secret-of-the-proposer",
        } });
        let made = sent(&service, &stranger, PROPOSE, input).await;
        assert_eq!(made["userErrors"], json!([]), "{made}");
        let one = made["proposals"][0]["key"].as_str().unwrap();
        // Words that wait to be read are seen as little.
        let words = json!({ "input": { "text": "Zzyzx Contact is quux.", "url": "https://zzyzx.example.ma/quux/2" } });
        let read = sent(&service, &stranger, CORRECT, words).await;
        assert_eq!(read["proposals"][0]["action"], "READ", "{read}");
        let id = sent(&service, &curator, &format!("{{ proposal(key: \"{one}\") {{ id }} }}"), Value::Null).await;
        let id = id["id"].as_str().unwrap();
        for call in [&stranger, &partner] {
            for (((name, document), answer), before) in asked.iter().zip(answers(call).await).zip(&before) {
                let for_curators = ["proposals", "proposal", "auditEntries", "conflicts", "duplicates", "needs", "need"].contains(&name.as_str());
                if for_curators {
                    let code = match call.key {
                        None => "UNAUTHENTICATED",
                        Some(_) => "FORBIDDEN",
                    };
                    assert!(answer.contains(code), "{document}: {answer}");
                } else if OF_A_HOLDER.contains(&name.as_str()) && call.key.is_some() {
                    assert!(!answer.contains("error"), "{document}: {answer}");
                } else {
                    // Not a byte of any answer tells that something waits.
                    assert_eq!(&answer, before, "{document}");
                    assert!(!answer.contains("Zzyzx Contact") && !answer.contains("987654"), "{document}: {answer}");
                }
                assert!(!answer.contains(one), "{document}: {answer}");
                assert!(!answer.contains("Zzyzx Presse"), "{document}: {answer}");
            }
            // Nor does its id.
            let entry = "YXVkaXRfZW50cnk6MQ";
            let document = format!("{{ nodes(ids: [\"{id}\", \"{entry}\"]) {{ __typename id }} }}");
            assert_eq!(sent(&service, call, &document, Value::Null).await, json!([null, null]));
            // Mutations of curators tell no more than queries: the same for a proposal that is there and for one that is not.
            let mut told = Vec::new();
            for key in [one, "0000000000000000"] {
                for document in [ACCEPT, REJECT] {
                    let input = json!({ "input": { "key": key, "expectedVersion": 1, "reason": "x" } });
                    told.push(raw(&service, call, document, input).await.to_string());
                }
            }
            for answer in &told {
                assert!(answer.contains("UNAUTHENTICATED") || answer.contains("FORBIDDEN"), "{answer}");
                assert!(MARKS.iter().all(|mark| !answer.contains(mark)), "{answer}");
            }
            let without_cost = |answer: &str| {
                let mut answer: Value = serde_json::from_str(answer).unwrap();
                answer.as_object_mut().unwrap().remove("extensions");
                answer
            };
            assert_eq!(without_cost(&told[0]), without_cost(&told[2]));
        }
        let document = format!("{{ nodes(ids: [\"{id}\", \"YXVkaXRfZW50cnk6MQ\"]) {{ __typename }} }}");
        let found = sent(&service, &curator, &document, Value::Null).await;
        assert_eq!(found, json!([{ "__typename": "Proposal" }, { "__typename": "AuditEntry" }]));
        let seen = answers(&curator).await;
        for (((name, document), answer), before) in asked.iter().zip(&seen).zip(&before) {
            match name.as_str() {
                "proposals" => assert!(answer.contains("Zzyzx Contact") && answer.contains("987654"), "{document}: {answer}"),
                "auditEntries" => assert!(answer.contains(one), "{answer}"),
                "proposal" | "conflicts" | "duplicates" | "needs" | "need" => {}
                name if OF_A_HOLDER.contains(&name) => {}
                // A curator's lists of facts show no proposal either.
                _ => assert_eq!(answer, before, "{document}"),
            }
        }
        // What a curator was shown is kept for nobody.
        let (_, document) = asked.iter().find(|(name, _)| name == "proposals").unwrap();
        for call in [&curator, &stranger, &partner] {
            let body = json!({ "query": document }).to_string();
            let read = || Ok::<_, ()>(graphql::Request::new(document.as_str()));
            let served = graphql::serve(&service, call, body.as_bytes(), read, |_| false).await.unwrap();
            let shown = String::from_utf8(served.body.unwrap().to_vec()).unwrap();
            assert_eq!(shown.contains("Zzyzx"), call.key.as_ref().is_some_and(|key| key.may(graphql::Scope::Curate)), "{shown}");
        }
    })
    .await;
}

#[tokio::test]
async fn exports_and_subscriptions_tell_of_no_proposal() {
    let database = testkit::database().await;
    let service = testkit::service_over(&database).await;
    let partner = holder(&database, &service, "read,export").await;
    let key = proposed(&service, &somebody(1, None), figure(77.0)).await;
    let query = "query E($first: Int!, $after: String) { proposals(first: $first, after: $after) { pageInfo { hasNextPage endCursor } nodes { key } } }";
    let opened =
        graphql::export::Export::open(&service, &partner, graphql::Request::new(query)).await;
    let refused = format!("{:?}", opened.err().expect("no export"));
    assert!(
        refused.contains("FORBIDDEN") && !refused.contains(&key),
        "{refused}"
    );
    // Nothing was told, and the data are at the revision they were at.
    assert_eq!(
        store::outbox::after(&database.store, 0, 10)
            .await
            .unwrap()
            .len(),
        0
    );
    assert_eq!(database.store.data_revision().await.unwrap(), 1);
}
