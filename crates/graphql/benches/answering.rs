//! What a request costs in process, over the shipped data on SQLite: being refused, being let in, being executed, and being found among
//! the answers that are kept. Documents are parsed once and remembered, as in a server.

use std::{convert::Infallible, hint::black_box};

use criterion::{Criterion, criterion_group, criterion_main};
use graphql::{Access, Call, Quotas, Request, Service, Settings, Visitor};
use tokio::runtime::Runtime;

/// A count, the latest figure, a list with its neighbours, a group-by.
const WORKLOADS: [(&str, &str); 4] = [
    (
        "count",
        r#"{ sites(filter: { territory: { within: "03.231" }, activity: { within: "CRM" } }) { totalCount } }"#,
    ),
    (
        "latest",
        r#"{ headline(indicator: "hcp_population_legal", territory: "03.231") { observation { value period source { title url } } } }"#,
    ),
    (
        "list",
        r#"{ sites(first: 20, filter: { territory: { within: "03" } }, orderBy: [{ field: HEADCOUNT, direction: DESC }]) { nodes { key headcount { value } organisation { name } territory { name parent { name } } } } }"#,
    ),
    (
        "group_by",
        r#"{ sites(filter: { territory: { within: "03" } }) { aggregate { groupBy(keys: [PROVINCE]) { groups { province { code name } count headcount { sum } } } } } }"#,
    ),
];

fn call() -> Call {
    Call {
        access: Access::ReadOnly,
        request_id: String::new(),
        visitor: Visitor::Operator,
        key: None,
    }
}

/// Fragments that spread each other twice: 2^levels fields, were they expanded.
fn bomb(levels: usize) -> String {
    let fragments: String = (0..levels)
        .map(|level| {
            format!(
                "fragment F{level} on Site {{ ...F{0} ...F{0} }} ",
                level + 1
            )
        })
        .collect();
    format!(
        "{{ sites {{ nodes {{ ...F0 }} }} }} {fragments} fragment F{levels} on Site {{ key territory {{ name }} }}"
    )
}

fn service(runtime: &Runtime, cache_bytes: u64) -> Service {
    let unlimited = Quotas {
        anonymous: None,
        partner: None,
        curator: None,
    };
    runtime.block_on(testkit::service_with(Settings {
        quotas: unlimited,
        cache_bytes,
        ..testkit::settings()
    }))
}

fn admission(criterion: &mut Criterion) {
    let runtime = Runtime::new().expect("the machine gives threads");
    let service = service(&runtime, 0);
    let mut group = criterion.benchmark_group("admission");
    let mut measure = |name: &str, document: &str| {
        group.bench_function(name, |bencher| {
            bencher.to_async(&runtime).iter(async || {
                let request = Request::new(document);
                black_box(graphql::execute(&service, &call(), request).await)
            });
        });
    };
    measure("a bomb of fragments, refused", &bomb(30));
    measure("let in, and nothing to do", "{ __typename }");
}

/// The same documents executed each time, or found.
fn answers(criterion: &mut Criterion) {
    let runtime = Runtime::new().expect("the machine gives threads");
    for (name, cache_bytes) in [("executor", 0), ("kept", 8 << 20)] {
        let service = service(&runtime, cache_bytes);
        let mut group = criterion.benchmark_group(name);
        for (workload, document) in WORKLOADS {
            group.bench_function(workload, |bencher| {
                bencher.to_async(&runtime).iter(async || {
                    let read = || Ok::<_, Infallible>(Request::new(document));
                    let written = document.as_bytes();
                    black_box(graphql::serve(&service, &call(), written, read, |_| false).await)
                });
            });
        }
    }
}

criterion_group!(benches, admission, answers);
criterion_main!(benches);
