//! What lists come to: counts, sums and groups agree with the rows themselves, on both databases.

use std::collections::{BTreeMap, BTreeSet};

use graphql::Service;
use serde_json::{Value, json};

use crate::{data, data_with, failure, send};

/// Every row of a list, page after page, with the given fields.
async fn rows(service: &Service, list: &str, filter: &str, fields: &str) -> Vec<Value> {
    let document = format!(
        "query Page($after: String) {{ {list}(first: 100, after: $after, filter: {filter}) {{ pageInfo {{ hasNextPage endCursor }} nodes {{ {fields} }} }} }}"
    );
    let (mut rows, mut after) = (Vec::new(), Value::Null);
    loop {
        let page = data_with(service, &document, json!({ "after": after })).await[list].take();
        rows.extend(page["nodes"].as_array().expect("rows").iter().cloned());
        if page["pageInfo"]["hasNextPage"] != json!(true) {
            return rows;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

fn number(value: &Value) -> u64 {
    value
        .as_u64()
        .unwrap_or_else(|| panic!("{value} is no count"))
}

/// The groups of a list, each as its keys and count.
fn counts(groups: &Value, keys: &[&str]) -> BTreeMap<Vec<String>, u64> {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Object(fields) => fields["key"].as_str().expect("a key").to_owned(),
        other => other.to_string(),
    };
    let groups = groups["groups"].as_array().expect("groups").iter();
    groups
        .map(|group| {
            let keys = keys.iter().map(|key| text(&group[key])).collect();
            (keys, number(&group["count"]))
        })
        .collect()
}

#[tokio::test]
async fn every_list_is_counted_by_its_own_filter() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        for (list, distinct) in [
            ("territories", "level parent"),
            ("activities", "parent"),
            ("organisations", "kind countryOfOrigin parent"),
            ("sites", "organisation territory park activity source"),
            ("parks", "territory operator"),
            ("indicators", "unit measure"),
            ("observations", "indicator territory activity period producer source"),
            ("projects", "territory owner sector"),
            ("agreements", "kind source"),
            ("plans", "territory owner"),
            ("incentives", "territory kind"),
            ("trainingProgrammes", "organisation territory measure"),
            ("memberships", "organisation federation source"),
            ("profiles", "source"),
            ("milestones", "agreement plan project source"),
            ("events", "territory source"),
            ("sources", "kind publisher"),
        ] {
            let document = format!("{{ {list} {{ totalCount aggregate {{ count countDistinct {{ {distinct} }} }} }} }}");
            let found = data(&service, &document).await[list].take();
            assert_eq!(found["aggregate"]["count"], found["totalCount"], "{list}");
            for field in distinct.split(' ') {
                let counted = number(&found["aggregate"]["countDistinct"][field]);
                assert!(counted <= number(&found["totalCount"]), "{list}.{field}: {counted}");
            }
        }
        let filter = r#"{ territory: { within: "03" }, organisation: { countryOfOrigin: { eq: "FR" } } }"#;
        let sites = rows(&service, "sites", filter, "organisation { key } park { key } activity { key }").await;
        let document = format!(
            "{{ sites(first: 1, filter: {filter}) {{ totalCount aggregate {{ ...Counts }} }} }} \
             fragment Counts on SiteAggregate {{ n: count countDistinct {{ who: organisation }} countDistinct {{ ... on SiteDistinct {{ park activity }} }} }}"
        );
        let found = data(&service, &document).await["sites"].take();
        let different = |field: &str| sites.iter().filter_map(|site| site[field]["key"].as_str()).collect::<BTreeSet<_>>().len();
        assert!(sites.len() > 1);
        assert_eq!(
            found,
            json!({ "totalCount": sites.len(), "aggregate": { "n": sites.len(), "countDistinct": {
                "who": different("organisation"), "park": different("park"), "activity": different("activity") } } })
        );
    })
    .await;
}

#[tokio::test]
async fn a_sum_of_head_counts_is_what_the_pages_add_up_to() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        for filter in [
            "{}",
            r#"{ territory: { within: "03" } }"#,
            r#"{ activity: { within: "CRM" } }"#,
            r#"{ organisation: { countryOfOrigin: { isNull: true } } }"#,
            r#"{ key: { eq: "nobody" } }"#,
        ] {
            let sites = rows(&service, "sites", filter, "headcount { value valueMax qualifier period source { key } unit { key } indicator { key } }").await;
            let figures: Vec<&Value> = sites.iter().map(|site| &site["headcount"]).filter(|figure| !figure.is_null()).collect();
            let sum: f64 = figures.iter().filter_map(|figure| figure["value"].as_f64()).sum();
            let texts = |path: fn(&Value) -> &Value| figures.iter().filter_map(|figure| path(figure).as_str()).collect::<BTreeSet<_>>();
            let document = format!(
                "{{ sites(filter: {filter}) {{ aggregate {{ headcount {{ sum average minimum maximum known unknown inexact undated periods sources {{ key }} sourceCount unit {{ key }} indicator {{ key }} }} }} }} }}"
            );
            let found = data(&service, &document).await["sites"]["aggregate"]["headcount"].take();
            let known = figures.len();
            assert_eq!(found["sum"].as_f64(), (known > 0).then_some(sum), "{filter}");
            assert_eq!(found["average"].as_f64().is_some(), known > 0);
            if let Some(average) = found["average"].as_f64() {
                assert!((average * known as f64 - sum).abs() < 1e-6);
            }
            assert_eq!((number(&found["known"]), number(&found["unknown"])), (known as u64, (sites.len() - known) as u64), "{filter}");
            let inexact = figures.iter().filter(|figure| figure["qualifier"] != "EXACT" || !figure["valueMax"].is_null()).count();
            assert_eq!(number(&found["inexact"]), inexact as u64);
            assert_eq!(number(&found["undated"]), figures.iter().filter(|figure| figure["period"].is_null()).count() as u64);
            let mut periods: Vec<&str> = found["periods"].as_array().expect("periods").iter().filter_map(Value::as_str).collect();
            periods.sort_unstable();
            assert_eq!(periods, Vec::from_iter(texts(|figure| &figure["period"])));
            let sources: Vec<&str> = found["sources"].as_array().expect("sources").iter().filter_map(|source| source["key"].as_str()).collect();
            assert_eq!(sources, Vec::from_iter(texts(|figure| &figure["source"]["key"])));
            assert_eq!(number(&found["sourceCount"]), sources.len() as u64);
            assert_eq!((&found["unit"]["key"], &found["indicator"]["key"]), (&json!("people"), &json!("company_headcount")));
        }
    })
    .await;
}

#[tokio::test]
async fn sites_are_rolled_up_the_tree_of_places() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let found = data(
            &service,
            "{ sites { totalCount aggregate { groupBy(keys: [REGION], first: 100) { totalCount rowCount hasMore groups { region { key } count missing headcount { sum known unknown } countDistinct { organisation } } } } } }",
        )
        .await["sites"]
            .take();
        let groups = &found["aggregate"]["groupBy"];
        assert_eq!(groups["rowCount"], found["totalCount"]);
        assert_eq!(groups["hasMore"], false);
        let by_region = counts(groups, &["region"]);
        assert_eq!(by_region.values().sum::<u64>(), number(&found["totalCount"]));
        assert_eq!(by_region.len() as u64, number(&groups["totalCount"]));
        assert!(by_region.len() > 2, "{by_region:?}");
        for group in groups["groups"].as_array().expect("groups") {
            let Some(region) = group["region"]["key"].as_str() else {
                assert_eq!(group["missing"], json!(["REGION"]));
                continue;
            };
            let document = format!(
                "{{ sites(filter: {{ territory: {{ within: \"{region}\" }} }}) {{ aggregate {{ count headcount {{ sum known unknown }} countDistinct {{ organisation }} }} }} }}"
            );
            let direct = data(&service, &document).await["sites"]["aggregate"].take();
            for field in ["count", "headcount", "countDistinct"] {
                assert_eq!(direct[field], group[field], "{region} {field}");
            }
        }
        // Sites that are recorded in a commune count for its province.
        let provinces = data(&service, "{ sites { nodes { key } aggregate { groupBy(keys: [PROVINCE, COMMUNE, TERRITORY], first: 100) { groups { province { key } commune { key } territory { key level } count missing } } } } }").await;
        let groups = provinces["sites"]["aggregate"]["groupBy"]["groups"].as_array().expect("groups");
        let communes: Vec<&Value> = groups.iter().filter(|group| group["territory"]["level"] == "COMMUNE").collect();
        assert!(!communes.is_empty());
        for group in communes {
            let (province, commune) = (group["province"]["key"].as_str(), group["commune"]["key"].as_str());
            assert!(commune.zip(province).is_some_and(|(commune, province)| commune.starts_with(province)), "{group}");
            assert_eq!(group["missing"], json!([]));
        }
        let wide = groups.iter().find(|group| group["territory"]["level"] == "PROVINCE").expect("a site known to the province");
        assert_eq!(wide["missing"], json!(["COMMUNE"]));
    })
    .await;
}

#[tokio::test]
async fn every_key_puts_each_row_in_the_group_of_its_own_value() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        for (list, key, field, shown, of_row, path) in [
            ("sites", "ACTIVITY", "activity", "activity { key }", "activity { key }", "/activity/key"),
            ("sites", "TERRITORY", "territory", "territory { key }", "territory { key }", "/territory/key"),
            ("sites", "ORGANISATION", "organisation", "organisation { key }", "organisation { key }", "/organisation/key"),
            ("sites", "ORGANISATION_KIND", "organisationKind", "organisationKind", "organisation { kind }", "/organisation/kind"),
            ("sites", "COUNTRY_OF_ORIGIN", "countryOfOrigin", "countryOfOrigin", "organisation { countryOfOrigin }", "/organisation/countryOfOrigin"),
            ("sites", "PARK", "park", "park { key }", "park { key }", "/park/key"),
            ("organisations", "KIND", "kind", "kind", "kind", "/kind"),
            ("organisations", "COUNTRY_OF_ORIGIN", "countryOfOrigin", "countryOfOrigin", "countryOfOrigin", "/countryOfOrigin"),
            ("organisations", "PARENT", "parent", "parent { key }", "parent { key }", "/parent/key"),
        ] {
            let mut expected: BTreeMap<Vec<String>, u64> = BTreeMap::new();
            for row in rows(&service, list, "{}", of_row).await {
                let value = row.pointer(path).and_then(Value::as_str).unwrap_or("null");
                *expected.entry(vec![value.to_owned()]).or_default() += 1;
            }
            let document = format!("{{ {list} {{ aggregate {{ groupBy(keys: [{key}], first: 100) {{ rowCount groups {{ {shown} count missing }} }} }} }} }}");
            let found = data(&service, &document).await[list]["aggregate"]["groupBy"].take();
            assert_eq!(counts(&found, &[field]), expected, "{list} by {key}");
            for group in found["groups"].as_array().expect("groups") {
                assert_eq!(group["missing"], if group[field].is_null() { json!([key]) } else { json!([]) });
            }
        }
        let mut years: BTreeMap<Vec<String>, u64> = BTreeMap::new();
        for site in rows(&service, "sites", "{}", "openedOn").await {
            let year = site["openedOn"].as_str().map_or("null", |date| &date[..4]);
            *years.entry(vec![year.to_owned()]).or_default() += 1;
        }
        let found = data(&service, "{ sites { aggregate { groupBy(keys: [OPENED_YEAR], first: 100) { groups { openedYear count } } } } }").await;
        assert_eq!(counts(&found["sites"]["aggregate"]["groupBy"], &["openedYear"]), years);
        // A period is of the year it ends in.
        let found = data(&service, "{ observations { totalCount aggregate { groupBy(keys: [PERIOD, YEAR], first: 100) { rowCount hasMore groups { period year count missing } } } } }").await["observations"].take();
        let groups = &found["aggregate"]["groupBy"];
        assert_eq!((&groups["rowCount"], &groups["hasMore"]), (&found["totalCount"], &json!(false)));
        for group in groups["groups"].as_array().expect("groups") {
            let Some(period) = group["period"].as_str() else {
                assert_eq!((&group["year"], &group["missing"]), (&Value::Null, &json!(["PERIOD", "YEAR"])));
                continue;
            };
            let end = period.split_once('/').map_or(period, |(_, end)| end);
            assert_eq!(group["year"].to_string(), end[..4]);
        }
        // Call centres are of the segment CRM; offshoring as a whole is of none.
        let found = data(&service, "{ observations { aggregate { groupBy(keys: [SEGMENT, ACTIVITY], first: 100) { groups { segment { key } activity { key } count } } } } }").await;
        let segments = counts(&found["observations"]["aggregate"]["groupBy"], &["segment", "activity"]);
        assert!(segments.contains_key(&vec!["CRM".to_owned(), "call_centre".to_owned()]), "{segments:?}");
        for keys in segments.keys() {
            match keys[1].as_str() {
                "null" | "offshoring_all" => assert_eq!(keys[0], "null"),
                "call_centre" => assert_eq!(keys[0], "CRM"),
                "BPO_captive" => assert_eq!(keys[0], "BPO"),
                own => assert_eq!(keys[0], own),
            }
        }
    })
    .await;
}

#[tokio::test]
async fn organisations_are_grouped_by_the_places_of_their_sites() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let mut expected: BTreeMap<Vec<String>, BTreeSet<String>> = BTreeMap::new();
        let text = |value: &Value| value.as_str().unwrap_or("null").to_owned();
        let mut without_sites: BTreeSet<String> = rows(&service, "organisations", "{}", "key").await.iter().map(|row| text(&row["key"])).collect();
        for site in rows(&service, "sites", "{}", "organisation { key } territory { key level ancestors { key level } }").await {
            let (organisation, territory) = (text(&site["organisation"]["key"]), &site["territory"]);
            let mut chain = territory["ancestors"].as_array().expect("ancestors").iter().chain([territory]);
            let region = chain.find(|place| place["level"] == "REGION").map_or("null".to_owned(), |place| text(&place["key"]));
            without_sites.remove(&organisation);
            expected.entry(vec![region]).or_default().insert(organisation);
        }
        expected.entry(vec!["null".to_owned()]).or_default().extend(without_sites);
        let expected: BTreeMap<_, _> = expected.into_iter().map(|(region, keys)| (region, keys.len() as u64)).collect();
        let found = data(&service, "{ organisations { totalCount aggregate { count groupBy(keys: [SITE_REGION], first: 100) { rowCount groups { siteRegion { key } count } } } } }").await["organisations"].take();
        let groups = &found["aggregate"]["groupBy"];
        assert_eq!(counts(groups, &["siteRegion"]), expected);
        assert_eq!(number(&groups["rowCount"]), expected.values().sum::<u64>());
        assert!(number(&groups["rowCount"]) > number(&found["totalCount"]), "some have sites in two regions");
    })
    .await;
}

#[tokio::test]
async fn groups_come_in_the_order_asked_and_say_how_many_there_are() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let groups = async |arguments: &str| {
            let document = format!("{{ sites {{ aggregate {{ groupBy({arguments}) {{ totalCount rowCount hasMore groups {{ countryOfOrigin count headcount {{ sum }} }} }} }} }} }}");
            data(&service, &document).await["sites"]["aggregate"]["groupBy"].take()
        };
        let of = |found: &Value, field: &str| -> Vec<Value> {
            found["groups"].as_array().expect("groups").iter().map(|group| group.pointer(field).cloned().unwrap_or_default()).collect()
        };
        let all = groups("keys: [COUNTRY_OF_ORIGIN], first: 100").await;
        let sizes = of(&all, "/count");
        assert!(sizes.windows(2).all(|pair| pair[0].as_u64() >= pair[1].as_u64()), "{sizes:?}");
        let few = groups("keys: [COUNTRY_OF_ORIGIN], first: 2").await;
        assert_eq!((&few["totalCount"], &few["rowCount"], &few["hasMore"]), (&all["totalCount"], &all["rowCount"], &json!(true)));
        assert_eq!(of(&few, "/countryOfOrigin"), of(&all, "/countryOfOrigin")[..2]);
        for direction in ["ASC", "DESC"] {
            let by_key = groups(&format!("keys: [COUNTRY_OF_ORIGIN], first: 100, orderBy: [{{ field: KEYS, direction: {direction} }}]")).await;
            let keys = of(&by_key, "/countryOfOrigin");
            let mut sorted: Vec<&str> = keys.iter().filter_map(Value::as_str).collect();
            sorted.sort_unstable();
            if direction == "DESC" {
                sorted.reverse();
            }
            assert_eq!(keys.iter().filter_map(Value::as_str).collect::<Vec<_>>(), sorted);
            assert!(keys.iter().position(Value::is_null).is_none_or(|place| place + 1 == keys.len()), "{keys:?}");
        }
        let by_sum = groups("keys: [COUNTRY_OF_ORIGIN], first: 100, orderBy: [{ field: SUM, direction: DESC }, { field: KEYS }]").await;
        let sums = of(&by_sum, "/headcount/sum");
        let known: Vec<f64> = sums.iter().filter_map(Value::as_f64).collect();
        assert!(known.windows(2).all(|pair| pair[0] >= pair[1]), "{known:?}");
        assert!(sums[known.len()..].iter().all(Value::is_null), "{sums:?}");
        let nothing = data(&service, "{ sites(filter: { key: { eq: \"nobody\" } }) { aggregate { count groupBy(keys: [PROVINCE]) { totalCount rowCount hasMore groups { count } } } } }").await;
        assert_eq!(nothing["sites"]["aggregate"], json!({ "count": 0, "groupBy": { "totalCount": 0, "rowCount": 0, "hasMore": false, "groups": [] } }));
    })
    .await;
}

/// What makes census figures addable, each part of it.
const ADDABLE: [&str; 6] = [
    r#"indicator: { eq: "hcp_population_legal" }"#,
    r#"period: { eq: "2024" }"#,
    r#"producer: { eq: "hcp" }"#,
    r#"territory: { within: "03", level: PROVINCE }"#,
    "subject: { isNull: true }",
    "target: false",
];

#[tokio::test]
async fn published_figures_are_added_up_where_that_means_something() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let filter = format!("{{ {} }}", ADDABLE.join(", "));
        let figures = rows(&service, "observations", &filter, "value territory { key } source { key }").await;
        let sum: f64 = figures.iter().filter_map(|figure| figure["value"].as_f64()).sum();
        assert!(figures.len() > 5);
        let document = format!(
            "{{ observations(filter: {filter}) {{ aggregate {{ count value {{ sum known unknown periods sources {{ key }} unit {{ key }} indicator {{ key }} }} \
             groupBy(keys: [PROVINCE], first: 3, orderBy: [{{ field: SUM, direction: DESC }}]) {{ totalCount hasMore groups {{ province {{ key }} count value {{ sum }} }} }} }} }} }}"
        );
        let found = data(&service, &document).await["observations"]["aggregate"].take();
        let source = &figures[0]["source"]["key"];
        assert_eq!(
            found["value"],
            json!({ "sum": sum, "known": figures.len(), "unknown": 0, "periods": ["2024"], "sources": [{ "key": source }],
                    "unit": { "key": "people" }, "indicator": { "key": "hcp_population_legal" } })
        );
        let largest = figures.iter().max_by(|one, other| one["value"].as_f64().partial_cmp(&other["value"].as_f64()).expect("numbers")).expect("figures");
        assert_eq!(found["groupBy"]["groups"][0]["province"], largest["territory"]);
        assert_eq!(found["groupBy"]["groups"][0]["value"]["sum"], largest["value"]);
        assert_eq!(number(&found["groupBy"]["totalCount"]), figures.len() as u64);
        // Grouped by period, the filter need not name one; parts of the filter can stand in `and`.
        let several = format!("{{ and: [{{ {} }}, {{ {}, {} }}], {}, {} }}", ADDABLE[0], ADDABLE[2], ADDABLE[3], ADDABLE[4], ADDABLE[5]);
        let document = format!("{{ observations(filter: {several}) {{ aggregate {{ groupBy(keys: [PERIOD], orderBy: [{{ field: KEYS }}]) {{ groups {{ period year count value {{ sum periods }} }} }} }} }} }}");
        let found = data(&service, &document).await["observations"]["aggregate"]["groupBy"]["groups"].take();
        let periods: Vec<&Value> = found.as_array().expect("groups").iter().map(|group| &group["period"]).collect();
        assert_eq!(periods, [&json!("2014"), &json!("2024")]);
        assert_eq!(found[1]["value"], json!({ "sum": sum, "periods": ["2024"] }));
        assert_eq!(found[0]["year"], Value::Null, "not asked by");
        // Within a territory or under an indicator, what the place in the graph says need not be said again.
        let document = format!("{{ indicator(key: \"hcp_population_legal\") {{ observations(filter: {{ {} }}) {{ aggregate {{ value {{ sum }} }} }} }} }}", ADDABLE[1..].join(", "));
        assert_eq!(data(&service, &document).await["indicator"]["observations"]["aggregate"]["value"]["sum"], json!(sum));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_added_up_is_refused_with_what_is_missing() {
    let service = testkit::service().await;
    for (left_out, named) in [
        (0, "indicator: { eq:"),
        (1, "period: { eq:"),
        (2, "producer: { eq:"),
        (3, "territory: { level:"),
        (4, "subject: { isNull: true }"),
        (5, "target: false"),
    ] {
        let mut parts = ADDABLE.to_vec();
        parts.remove(left_out);
        let filter = parts.join(", ");
        for selection in [
            "value { sum }",
            "groupBy(keys: [TERRITORY_LEVEL]) { groups { value { average } } }",
            "groupBy(keys: [SOURCE], orderBy: [{ field: SUM }]) { groups { count } }",
        ] {
            let document = format!(
                "{{ observations(filter: {{ {filter} }}) {{ aggregate {{ {selection} }} }} }}"
            );
            let (code, message) = failure(&service, &document).await;
            assert_eq!(code, "BAD_USER_INPUT");
            assert!(message.contains(named), "{message}");
            for (other, part) in [
                "indicator: {",
                "period: {",
                "producer: {",
                "territory: {",
                "subject: {",
                "target: f",
            ]
            .iter()
            .enumerate()
            {
                assert_eq!(message.contains(part), other == left_out, "{message}");
            }
        }
    }
    let with = |part: usize, other: &str| {
        let mut parts = ADDABLE.to_vec();
        parts[part] = other;
        format!("{{ {} }}", parts.join(", "))
    };
    for (filter, selection, named) in [
        (
            with(0, r#"indicator: { eq: "hcp_unemployment_rate" }"#),
            "value { sum }",
            "is a ratio",
        ),
        (
            with(0, r#"indicator: { eq: "nothing" }"#),
            "value { sum }",
            "\"nothing\"",
        ),
        (
            with(
                0,
                r#"indicator: { in: ["hcp_population_legal", "hcp_households"] }"#,
            ),
            "value { sum }",
            "indicator: { eq:",
        ),
        (
            with(3, r#"territory: { level: COMMUNE }"#),
            "groupBy(keys: [PROVINCE]) { groups { value { sum } } }",
            "not rolled up",
        ),
        (
            with(1, "period: { gte: \"2020\" }"),
            "value { sum }",
            "period: { eq:",
        ),
        (
            format!("{{ or: [{}] }}", with(1, "period: { eq: \"2024\" }")),
            "value { sum }",
            "period: { eq:",
        ),
    ] {
        let document =
            format!("{{ observations(filter: {filter}) {{ aggregate {{ {selection} }} }} }}");
        let (code, message) = failure(&service, &document).await;
        assert_eq!(code, "BAD_USER_INPUT", "{document}");
        assert!(message.contains(named), "{document}: {message}");
    }
    // Figures about companies are no figures of the place they are in.
    let (code, _) = failure(
        &service,
        r#"{ organisation(key: "foundever") { observations { aggregate { value { sum } } } } }"#,
    )
    .await;
    assert_eq!(code, "BAD_USER_INPUT");
}

#[tokio::test]
async fn what_cannot_be_added_up_can_still_be_counted() {
    let service = testkit::service().await;
    let document = "{ observations { totalCount aggregate { count value { sum } groupBy(keys: [YEAR]) { groups { value { sum } } } } } sites { totalCount } }";
    let reply = crate::send(&service, document, Value::Null).await;
    let paths: Vec<_> = reply
        .response
        .errors
        .iter()
        .map(|error| error.path.len())
        .collect();
    assert_eq!(paths, [3, 3], "{:?}", reply.response.errors);
    let data = reply.response.data.into_json().expect("JSON");
    let observations = &data["observations"];
    assert!(observations["totalCount"].as_u64() > Some(70_000));
    assert_eq!(
        observations["aggregate"]["count"],
        observations["totalCount"]
    );
    assert_eq!(observations["aggregate"]["value"], Value::Null);
    assert_eq!(observations["aggregate"]["groupBy"], Value::Null);
    assert!(data["sites"]["totalCount"].is_u64());
}

#[tokio::test]
async fn groups_that_cannot_be_asked_are_refused_with_advice() {
    let service = testkit::service().await;
    for (arguments, named) in [
        ("keys: []", "1 to 4"),
        (
            "keys: [REGION, PROVINCE, COMMUNE, PARK, ACTIVITY]",
            "1 to 4",
        ),
        ("keys: [REGION, REGION]", "REGION twice"),
        ("keys: [REGION], first: 0", "1 to 100"),
        ("keys: [REGION], first: 101", "1 to 100"),
        ("keys: [REGION], first: -1", "1 to 100"),
        (
            "keys: [REGION], orderBy: [{ field: COUNT }, { field: SUM }, { field: KEYS }, { field: COUNT }]",
            "up to 3",
        ),
    ] {
        let (code, message) = failure(
            &service,
            &format!("{{ sites {{ aggregate {{ groupBy({arguments}) {{ totalCount }} }} }} }}"),
        )
        .await;
        assert_eq!(code, "BAD_USER_INPUT", "{arguments}: {message}");
        assert!(message.contains(named), "{arguments}: {message}");
    }
    // The rest of the answer is there.
    for list in ["sites", "organisations", "observations"] {
        let document = format!(
            "{{ {list} {{ totalCount aggregate {{ count groupBy(keys: []) {{ totalCount }} }} }} }}"
        );
        let reply = send(&service, &document, Value::Null).await;
        assert_eq!(reply.response.errors.len(), 1);
        let data = reply.response.data.into_json().expect("JSON");
        let found = &data[list];
        assert_eq!(found["aggregate"]["groupBy"], Value::Null, "{list}");
        assert!(found["aggregate"]["count"].is_u64(), "{data}");
        assert_eq!(found["aggregate"]["count"], found["totalCount"]);
    }
}

#[tokio::test]
async fn lists_of_many_rows_are_counted_and_grouped_each_for_itself() {
    testkit::each_database(async |database| {
        let service = testkit::service_over(&database).await;
        let asked = "totalCount aggregate { count headcount { sum known } countDistinct { organisation } groupBy(keys: [ACTIVITY], first: 2) { totalCount rowCount hasMore groups { activity { key } count headcount { sum } } } }";
        let found = data(&service, &format!("{{ territories(first: 12, filter: {{ level: REGION }}) {{ nodes {{ key sites {{ {asked} }} }} }} }}")).await;
        let (mut sites, mut empty) = (0, 0);
        for region in found["territories"]["nodes"].as_array().expect("regions") {
            let key = region["key"].as_str().expect("a key");
            let direct = data(&service, &format!("{{ sites(filter: {{ territory: {{ within: \"{key}\" }} }}) {{ {asked} }} }}")).await;
            assert_eq!(region["sites"], direct["sites"], "{key}");
            sites += number(&region["sites"]["aggregate"]["count"]);
            empty += u64::from(region["sites"]["aggregate"]["count"] == 0);
        }
        assert!(sites > 40 && empty > 0, "{sites} sites, {empty} regions without");
    })
    .await;
}
