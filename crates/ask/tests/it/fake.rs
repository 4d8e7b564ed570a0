//! A table in place of the schema: answers the operations of the stories from rows written here.

use ask::{Answer, Operation, Question, Run, RunError, answer};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::names::LEXICON;

/// The instant at which every story is told.
pub fn now() -> DateTime<Utc> {
    "2026-11-23T12:00:00Z".parse().expect("an instant")
}

/// Asks over the fake schema.
pub async fn ask(text: &str) -> Answer {
    ask_after(text, None).await
}

/// Asks with the token of the answer before.
pub async fn ask_after(text: &str, conversation: Option<&str>) -> Answer {
    let question = Question {
        text,
        locale: None,
        conversation,
        location: None,
    };
    answer(&LEXICON, &question, now(), &Fake)
        .await
        .expect("the fake schema answers")
}

/// The operation a question leads to.
pub fn operation(text: &str) -> Option<Operation> {
    let question = Question {
        text,
        locale: None,
        conversation: None,
        location: None,
    };
    ask::operation(&LEXICON, &question, now())
}

/// The fake schema: call centres of Fès and their jobs, the memorandum, one project.
pub struct Fake;

impl Run for Fake {
    async fn run(&self, operation: &Operation) -> Result<Value, RunError> {
        let variables = &operation.variables;
        Ok(match operation.name.as_str() {
            "Figure" => figure(variables),
            "Agreements" => json!({ "agreements": { "totalCount": 1, "nodes": [memorandum()] } }),
            "Projects" => json!({ "projects": { "totalCount": 1, "nodes": [project()] } }),
            "Operators" => operators(),
            "Chosen" | "ChosenBetween" => populations(),
            "Territories" => communes(variables),
            // What is aimed at is jobs in offshoring.
            "Targets" if variables["filter"]["indicator"]["in"][0] == "offshoring_jobs" => {
                json!({ "observations": { "totalCount": 1, "nodes": [target()] } })
            }
            "Organisation" => {
                json!({ "organisation": organisation(), "sites": { "totalCount": 0, "nodes": [] } })
            }
            _ => json!({}),
        })
    }
}

fn figure(variables: &Value) -> Value {
    let mut data = json!({});
    for (slot, end) in [
        ("first", ""),
        ("second", "2"),
        ("third", "3"),
        ("fourth", "4"),
    ] {
        let of = |name: &str| {
            variables[format!("{name}{end}")]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        };
        let shared = |name: &str| variables[name].as_str().unwrap_or_default().to_owned();
        if slot != "first" && of("territory").is_empty() {
            continue;
        }
        data[slot] = headline(&shared("indicator"), &of("territory"), &shared("period"));
    }
    if variables["sites"].is_object() {
        data["sites"] = json!({ "totalCount": 5 });
        data["organisations"] = json!({ "totalCount": 3 });
    }
    data
}

fn headline(indicator: &str, territory: &str, period: &str) -> Value {
    let series: Vec<Value> = match (indicator, territory) {
        ("call_centres", "03.231") => vec![
            observation(indicator, "2009", 22.0, "EXACT", None),
            observation(indicator, "2017", 30.0, "EXACT", None),
            observation(indicator, "2019", 36.0, "EXACT", Some("cri_fes_meknes")),
        ],
        ("call_centre_jobs", "03.231") => vec![
            observation(indicator, "2017", 5000.0, "APPROXIMATE", None),
            observation(
                indicator,
                "2019",
                4500.0,
                "APPROXIMATE",
                Some("cri_fes_meknes"),
            ),
        ],
        _ => return Value::Null,
    };
    let leader = if period.is_empty() {
        series.last().cloned()
    } else {
        series
            .iter()
            .find(|o| o["period"] == json!(period))
            .cloned()
    };
    json!({ "observation": leader, "rule": "LATEST_PERIOD", "conflicts": [], "series": series, "partYear": null, "targets": [] })
}

fn observation(
    indicator: &str,
    period: &str,
    value: f64,
    qualifier: &str,
    producer: Option<&str>,
) -> Value {
    let unit = if indicator == "call_centres" {
        ("count", "unités")
    } else {
        ("people", "personnes")
    };
    json!({
        "key": format!("{indicator}.03.231.{period}.fake"),
        "value": value,
        "valueMax": null,
        "unit": { "key": unit.0, "name": unit.1, "symbol": null },
        "qualifier": qualifier,
        "period": period,
        "periodBasis": "STATED",
        "scope": null,
        "note": null,
        "indicator": { "key": indicator, "name": indicator, "measure": "STOCK" },
        "territory": { "code": "03.231", "level": "PROVINCE", "type": "prefecture", "name": "Fès" },
        "activity": { "key": "call_centre", "name": "Call centres" },
        "subjectKind": null,
        "subjectKey": null,
        "subject": null,
        "producer": producer.map(|key| json!({
            "key": key, "name": "Centre régional d'investissement Fès-Meknès", "aliases": ["CRI Fès-Meknès"]
        })),
        "source": { "key": format!("source_{period}"), "publisher": "JournalEco", "kind": "PRESS", "publishedOn": "2020-12" },
    })
}

fn target() -> Value {
    let mut target = observation("offshoring_jobs", "2030", 270_000.0, "TARGET", None);
    target["territory"] =
        json!({ "code": "MA", "level": "COUNTRY", "type": "country", "name": "Maroc" });
    target
}

/// Provinces with their population in two censuses, the later first as the operation asks.
fn populations() -> Value {
    let rows = [
        ("2024", "03.531", 612_650.0),
        ("2024", "03.451", 304_748.0),
        ("2024", "03.271", 160_904.0),
        ("2014", "03.531", 662_246.0),
        ("2014", "03.451", 286_489.0),
        ("2014", "03.271", 155_221.0),
    ];
    let nodes = rows.map(|(period, code, value)| {
        let mut row = observation("hcp_population_legal", period, value, "EXACT", Some("hcp"));
        row["key"] = json!(format!("hcp_population_legal.{code}.{period}"));
        row["territory"] =
            json!({ "code": code, "level": "PROVINCE", "type": "province", "name": code });
        row["activity"] = Value::Null;
        row
    });
    json!({ "observations": { "totalCount": nodes.len(), "nodes": nodes } })
}

/// Twenty communes of a province, 230 of the country, by pages of a hundred.
fn communes(variables: &Value) -> Value {
    let whole = variables["filter"]["within"] == "MA";
    let (all, page) = if whole { (230, 100) } else { (20, 100) };
    let after = variables["after"].as_str();
    let first: i32 = after.map_or(0, |cursor| cursor.parse().expect("a cursor given before"));
    let last = (first + page).min(all);
    let commune = |at: i32| json!({ "code": format!("03.531.01.{at:02}"), "level": "COMMUNE", "name": format!("commune {at}"), "source": source() });
    let nodes: Vec<Value> = (first + 1..=last).map(commune).collect();
    let info = json!({ "endCursor": last.to_string(), "hasNextPage": last < all });
    json!({ "territories": { "totalCount": all, "pageInfo": info, "nodes": nodes } })
}

fn source() -> Value {
    json!({ "key": "journaleco_2020", "publisher": "JournalEco", "kind": "PRESS", "publishedOn": "2020-12" })
}

fn memorandum() -> Value {
    let axis = |ordinal: i32, title: &str| json!({ "key": format!("memorandum_cri_apebi.{ordinal}"), "ordinal": ordinal, "title": title, "description": null, "source": source() });
    json!({
        "key": "memorandum_cri_apebi", "kind": "MEMORANDUM", "title": "Mémorandum CRI - APEBI",
        "parties": [{ "key": "cri_fes_meknes", "name": "CRI" }, { "key": "apebi", "name": "APEBI" }],
        "signedOn": "2020-12-18",
        "axes": [axis(1, "Écosystème pilote"), axis(2, "Antenne régionale"), axis(3, "Promotion")],
        "source": source(),
    })
}

fn project() -> Value {
    json!({
        "key": "fez_smart_factory", "name": "Fez Smart Factory", "owner": { "key": "uemf", "name": "UEMF" },
        "territory": null, "partners": [], "sector": "industry_4_0",
        "status": "FIRST_PHASE_DELIVERED", "statusAsOf": "2025", "startedOn": "2022-02-17",
        "summary": { "text": "Zone de 11 ha; campus de l'UEMF.", "locale": "FR" }, "source": source(),
    })
}

fn operators() -> Value {
    let site = |key: &str, name: &str| {
        json!({
            "key": format!("{key}.03.231"), "organisation": { "key": key, "name": name, "countryOfOrigin": "FR" },
            "territory": { "code": "03.231", "level": "PROVINCE", "type": "prefecture", "name": "Fès" },
            "park": null, "openedOn": null, "source": source(),
        })
    };
    json!({
        "sites": { "totalCount": 2, "nodes": [site("foundever", "Foundever"), site("concentrix", "Concentrix")] },
        "organisations": { "totalCount": 2, "nodes": [] },
    })
}

fn organisation() -> Value {
    json!({
        "key": "cri_fes_meknes", "name": "CRI Fès-Meknès", "aliases": [], "kind": "PUBLIC_BODY", "countryOfOrigin": "MA",
        "website": "https://www.fesmeknesinvest.ma", "parent": null, "summary": null, "source": source(),
    })
}
