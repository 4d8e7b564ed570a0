//! Admission: what would expand without end is refused before anything expands it.

use serde_json::Value;

use crate::{data, failure, send};

/// A chain of fragments that multiplies at each level, with `end` at its end.
fn bomb(spreads: usize, levels: usize, end: &str) -> String {
    let mut document = String::from("{ ...F0 }");
    for level in 0..levels {
        let inner = if level + 1 == levels {
            end.to_owned()
        } else {
            format!("...F{} ", level + 1).repeat(spreads)
        };
        document.push_str(&format!(" fragment F{level} on Query {{ {inner} }}"));
    }
    document
}

#[tokio::test]
async fn fragment_bombs_are_refused_before_they_expand() {
    let service = testkit::service().await;
    for (spreads, levels) in [(2, 30), (8, 30), (2, 90)] {
        for end in ["__typename", "...Unknown", "... on Query { ...Unknown }"] {
            let bomb = bomb(spreads, levels, end);
            let (code, message) = failure(&service, &bomb).await;
            assert_eq!(code, "TOO_COMPLEX", "{spreads}^{levels} {end}: {message}");
            let unused = bomb.replacen("{ ...F0 }", "{ __typename }", 1);
            let (code, message) = failure(&service, &unused).await;
            assert_eq!(code, "TOO_COMPLEX", "{spreads}^{levels} {end}: {message}");
        }
    }
}

#[tokio::test]
async fn introspection_is_open_and_its_bombs_are_refused() {
    let service = testkit::service().await;
    let hops = |hops: usize| {
        let inner = "fields { type { ".repeat(hops);
        format!(
            "{{ __schema {{ types {{ {inner} name {} }} }} }}",
            "} } ".repeat(hops)
        )
    };
    data(&service, &hops(1)).await;
    for bomb in [
        hops(4),
        hops(10),
        format!(
            "{{ {} }}",
            (0..30)
                .map(|n| format!("a{n}: {}", &hops(2)[2..hops(2).len() - 2]))
                .collect::<String>()
        ),
        format!(
            "{{ __type(name: \"Query\") {{ {} name {} }} }}",
            "possibleTypes { ".repeat(12),
            "} ".repeat(12)
        ),
    ] {
        let (code, message) = failure(&service, &bomb).await;
        assert_eq!(code, "TOO_COMPLEX", "{bomb}: {message}");
        assert!(message.contains("/schema.graphql"), "{message}");
    }
}

#[tokio::test]
async fn a_flood_of_values_is_refused_wherever_they_come_from() {
    let service = testkit::service().await;
    let leaves = |count: usize| {
        let leaf = r#"{"name":{"contains":"a"}}"#;
        let any = format!("[{}]", [leaf; 20].join(","));
        let or = format!(
            "[{}]",
            vec![format!(r#"{{"or":{any}}}"#); count / 20].join(",")
        );
        serde_json::from_str::<Value>(&format!(r#"{{"f":{{"and":{or}}}}}"#)).expect("JSON")
    };
    let query = "query Q($f: TerritoryFilter) { territories(filter: $f) { totalCount } }";
    let few = send(&service, query, leaves(200)).await;
    assert!(few.response.errors.is_empty(), "{:?}", few.response.errors);
    let many = send(&service, query, leaves(10_000)).await;
    let error = &many.response.errors[0];
    assert!(
        error.message.contains("values in its arguments"),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_variable_that_must_be_given_is_asked_for_before_anything_runs() {
    let service = testkit::service().await;
    let query = "query Q($key: String!) { source(key: $key) { title } }";
    for variables in [serde_json::json!({}), serde_json::json!({ "key": null })] {
        let reply = send(&service, query, variables).await;
        assert!(reply.refused.is_some());
        let message = &reply.response.errors[0].message;
        assert!(message.contains("$key of type String!"), "{message}");
    }
}

#[tokio::test]
async fn what_was_read_is_paid_whatever_became_of_it() {
    let service = testkit::service().await;
    let cost = async |query: &str| {
        let reply = send(&service, query, Value::Null).await;
        let cost = reply.cost.expect("it was run");
        (cost.requested, cost.actual)
    };
    // Two rows of two fields, with the list and its nodes.
    assert_eq!(
        cost("{ sites(first: 2) { nodes { key id } } }").await,
        (7, 6)
    );
    let repeated = format!("{{ {} }}", "sites { totalCount } ".repeat(20));
    assert_eq!(cost(&repeated).await, (40, 40));
    let (requested, actual) =
        cost("{ sites(first: 100) { nodes { key } } bad: sites(first: 101) { totalCount } }").await;
    assert_eq!(actual, requested);
}

#[tokio::test]
async fn every_way_of_asking_too_much_is_refused_with_advice() {
    let service = testkit::service().await;
    let floods = [
        ("aliases", format!("{{ {} }}", (0..40).map(|n| format!("a{n}: sites {{ totalCount }} ")).collect::<String>())),
        ("fields", format!("{{ sites {{ nodes {{ {} }} }} }}", (0..3_000).map(|n| format!("a{n}: key ")).collect::<String>())),
        ("depth", format!("{{ territory(code: \"MA\") {{ {} code {} }} }}", "parent { ".repeat(30), "}".repeat(30))),
        ("rows", "{ organisations(first: 100) { nodes { sites(first: 100) { nodes { organisation { sites(first: 100) { nodes { key } } } } } } } }".into()),
        ("rows by a variable", "query Q($n: Int = 100) { organisations(first: $n) { nodes { sites(first: $n) { nodes { organisation { sites(first: $n) { nodes { key } } } } } } } }".into()),
        ("groups", "{ organisations(first: 100) { nodes { sites { aggregate { groupBy(keys: [PROVINCE], first: 1) { totalCount } } } } } }".into()),
        ("directives", format!("{{ __typename {} }}", "@include(if: true) ".repeat(200))),
        ("nesting", format!("{{ sites{} }}", "{ nodes".repeat(5_000))),
        ("nested values", format!("{{ sites(filter: {}{}) {{ totalCount }} }}", "{ not: ".repeat(2_000), "}".repeat(2_000))),
        ("bytes", format!("{{ __typename }} # {}", "x".repeat(70_000))),
    ];
    for (what, document) in floods {
        let (code, message) = failure(&service, &document).await;
        assert_eq!(code, "TOO_COMPLEX", "{what}: {message}");
    }
}

#[tokio::test]
async fn broken_documents_are_named_as_such() {
    let service = testkit::service().await;
    for document in [
        "",
        "{",
        "{ nothing }",
        "{ ...Missing }",
        "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
        "query A { __typename } query B { __typename }",
        "subscription { __typename }",
        "{ sites(first: 101) { totalCount } }",
        "{ sites(first: -1) { totalCount } }",
        "{ sites(first: 1, last: 1) { totalCount } }",
        "{ sites(after: \"nonsense\") { totalCount } }",
        "{ node(id: \"nonsense\") { id } }",
        "{ observations(filter: { period: { eq: \"2019-13\" } }) { totalCount } }",
    ] {
        let reply = send(&service, document, Value::Null).await;
        let error = reply
            .response
            .errors
            .first()
            .unwrap_or_else(|| panic!("{document:?} should fail"));
        let code = serde_json::to_value(error.extensions.as_ref().expect("extensions"))
            .expect("JSON")["code"]
            .clone();
        assert!(
            code == "BAD_USER_INPUT" || code == "TOO_COMPLEX",
            "{document:?}: {code} {}",
            error.message
        );
    }
}

#[tokio::test]
async fn what_tools_ask_is_let_through() {
    let service = testkit::service().await;
    let of_type = (0..9).fold("kind name".to_owned(), |inner, _| {
        format!("kind name ofType {{ {inner} }}")
    });
    let introspection = format!(
        "query IntrospectionQuery {{ __schema {{ queryType {{ name kind }} mutationType {{ name }} subscriptionType {{ name }} types {{ ...FullType }} \
         directives {{ name description isRepeatable locations args(includeDeprecated: true) {{ ...InputValue }} }} }} }} \
         fragment FullType on __Type {{ kind name description specifiedByURL isOneOf fields(includeDeprecated: true) {{ name description args(includeDeprecated: true) {{ ...InputValue }} \
         type {{ ...TypeRef }} isDeprecated deprecationReason }} inputFields(includeDeprecated: true) {{ ...InputValue }} interfaces {{ ...TypeRef }} \
         enumValues(includeDeprecated: true) {{ name description isDeprecated deprecationReason }} possibleTypes {{ ...TypeRef }} }} \
         fragment InputValue on __InputValue {{ name description type {{ ...TypeRef }} defaultValue }} fragment TypeRef on __Type {{ {of_type} }}"
    );
    let schema = data(&service, &introspection).await;
    assert!(
        schema["__schema"]["types"]
            .as_array()
            .is_some_and(|types| types.len() > 50)
    );
}
