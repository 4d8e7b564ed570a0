//! `search`: from a name, in any script, to keys and to what can be asked of them.

use graphql::Service;
use rmcp::{
    model::{CallToolResult, JsonObject, Tool},
    schemars::{self, JsonSchema},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{Failure, Source, read, result, taken};
use crate::call::{Caller, Operation, execute};

const DOCUMENT: &str = include_str!("../../documents/search.graphql");

const DESCRIPTION: &str = "Finds things by a part of their name or alias: companies and public bodies, parks, places, projects, \
    agreements, plans, incentives, events, activities, indicators, training programmes. Latin or Arabic script; case, accents and \
    spelling variants do not matter. Gives each thing's kind, key (the code of a territory), names and source, and a GraphQL document \
    for the tool `query` that reads more about it. For a question in words use `ask`.";

/// How many are given when the call does not say.
const FIRST: i64 = 10;

pub fn tool() -> Tool {
    Tool::new("search", DESCRIPTION, JsonObject::new())
        .with_title("Find a thing by its name")
        .with_input_schema::<Input>()
        .with_output_schema::<Found>()
}

pub async fn call(
    service: &Service,
    caller: &Caller,
    arguments: JsonObject,
) -> Result<CallToolResult, Failure> {
    let input: Input = read(arguments)?;
    let mut variables = Map::new();
    variables.insert("text".to_owned(), json!(input.text));
    variables.insert("kinds".to_owned(), json!(input.kinds));
    variables.insert("first".to_owned(), json!(input.first.unwrap_or(FIRST)));
    let operation = Operation {
        document: DOCUMENT.to_owned(),
        variables,
        operation_name: None,
    };
    let reply = execute(service, caller, &operation).await;
    let hits: Vec<Matched> = taken(reply, "search", caller)?;
    let found = Found {
        hits: hits.into_iter().map(Hit::from).collect(),
        operation,
    };
    Ok(result(text(&found), Some(&found.operation), &found))
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// A name or a part of it, 1 to 200 characters: "fes shore", "فاس شور", "unemployment".
    #[schemars(length(min = 1, max = 200))]
    text: String,
    /// Only these kinds of thing; all when left out.
    kinds: Option<Vec<Kind>>,
    /// How many at most, 1 to 100; 10 when left out.
    #[schemars(range(min = 1, max = 100))]
    first: Option<i64>,
}

/// The kinds of thing that have names.
#[derive(Clone, Copy, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schemars(inline)]
enum Kind {
    Activity,
    Agreement,
    Event,
    Incentive,
    Indicator,
    Organisation,
    Park,
    Plan,
    Project,
    Territory,
    TrainingProgramme,
}

#[derive(Serialize, JsonSchema)]
struct Found {
    /// Whole names first, then beginnings, then the shortest.
    hits: Vec<Hit>,
    /// What gives the hits again: the arguments of `query`.
    operation: Operation,
}

#[derive(Serialize, JsonSchema)]
struct Hit {
    kind: Kind,
    /// Its key; of a territory its HCP code. For filters and single things of `query`.
    key: String,
    /// Its global id, for `node` of the API.
    id: String,
    /// The name or alias that matched.
    matched: String,
    /// Its names, French first, then English and Arabic where they differ.
    names: Vec<String>,
    /// What tells it from others of the same name.
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<String>,
    /// Where it is stated; indicators are definitions and have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Source>,
    /// A document for the tool `query` that reads more about it; change the fields as needed.
    document: String,
}

/// A hit, as the document asks for it.
#[derive(Deserialize)]
struct Matched {
    kind: Kind,
    matched: String,
    node: Node,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    key: String,
    fr: Option<String>,
    en: Option<String>,
    ar: Option<String>,
    source: Option<Source>,
    level: Option<String>,
    programme: Option<String>,
    parent: Option<Name>,
    territory: Option<Name>,
    organisation: Option<Name>,
    unit: Option<Name>,
}

#[derive(Deserialize)]
struct Name {
    name: String,
}

impl From<Matched> for Hit {
    fn from(hit: Matched) -> Self {
        let node = hit.node;
        let mut names = Vec::new();
        for name in [node.fr, node.en, node.ar, node.programme]
            .into_iter()
            .flatten()
        {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        if names.is_empty() {
            names.push(hit.matched.clone());
        }
        let place = node.parent.or(node.territory);
        let about = [
            node.level,
            node.organisation.map(|by| format!("by {}", by.name)),
            node.unit.map(|unit| format!("in {}", unit.name)),
            place.map(|place| format!("in {}", place.name)),
        ];
        let about: Vec<_> = about.into_iter().flatten().collect();
        Self {
            kind: hit.kind,
            document: document(hit.kind, &node.key),
            key: node.key,
            id: node.id,
            matched: hit.matched,
            names,
            about: (!about.is_empty()).then(|| about.join(", ")),
            source: node.source,
        }
    }
}

/// A document that reads more about a thing, with the source of every fact.
fn document(kind: Kind, key: &str) -> String {
    const SOURCE: &str = "source { title publisher publishedOn url }";
    const FIGURE: &str = "{ value unit { name(locale: EN) } period qualifier producer { name } source { title publisher publishedOn url } }";
    const FIGURES: &str = "observations(first: 10, orderBy: [{ field: PERIOD, direction: DESC }]) { totalCount nodes { indicator { key name(locale: EN) } territory { code name(locale: EN) } value unit { name(locale: EN) } period qualifier producer { name } source { title publisher publishedOn url } } }";
    let key = Value::from(key);
    match kind {
        Kind::Activity => format!(
            "{{ activity(key: {key}) {{ name(locale: EN) definition(locale: EN) {{ text }} {SOURCE} sites {{ totalCount }} }} }}"
        ),
        Kind::Agreement => format!(
            "{{ agreement(key: {key}) {{ title(locale: EN) kind signedOn parties {{ name }} axes {{ title(locale: EN) }} {SOURCE} }} }}"
        ),
        Kind::Event => format!(
            "{{ event(key: {key}) {{ name(locale: EN) date organisers {{ name }} territory {{ name(locale: EN) }} {SOURCE} }} }}"
        ),
        Kind::Incentive => format!(
            "{{ incentive(key: {key}) {{ title(locale: EN) kind amount unit {{ name(locale: EN) }} validFrom validTo conditions(locale: EN) {{ text }} {SOURCE} }} }}"
        ),
        Kind::Indicator => format!(
            "{{ indicator(key: {key}) {{ name(locale: EN) definition(locale: EN) {{ text }} measure unit {{ name(locale: EN) }} {FIGURES} }} }}"
        ),
        Kind::Organisation => format!(
            "{{ organisation(key: {key}) {{ name kind countryOfOrigin website {SOURCE} headcount {FIGURE} sites {{ totalCount nodes {{ territory {{ name(locale: EN) }} activity {{ name(locale: EN) }} }} }} }} }}"
        ),
        Kind::Park => format!(
            "{{ park(key: {key}) {{ name openedOn operator {{ name }} territory {{ code name(locale: EN) }} {SOURCE} areaHa {FIGURE} sites {{ totalCount nodes {{ organisation {{ key name }} }} }} }} }}"
        ),
        Kind::Plan => format!(
            "{{ plan(key: {key}) {{ title(locale: EN) period owner {{ name }} {SOURCE} objectives {{ title(locale: EN) horizon figure {FIGURE} }} }} }}"
        ),
        Kind::Project => format!(
            "{{ project(key: {key}) {{ name(locale: EN) status statusAsOf startedOn owner {{ name }} territory {{ name(locale: EN) }} {SOURCE} budget {FIGURE} }} }}"
        ),
        Kind::Territory => format!(
            "{{ territory(code: {key}) {{ name(locale: EN) level {SOURCE} population {FIGURE} parks {{ totalCount }} sites {{ totalCount }} {FIGURES} }} }}"
        ),
        Kind::TrainingProgramme => format!(
            "{{ trainingProgramme(key: {key}) {{ programme measure organisation {{ name }} territory {{ name(locale: EN) }} {SOURCE} figure {FIGURE} }} }}"
        ),
    }
}

/// Readable alone: a line a thing.
fn text(found: &Found) -> String {
    if found.hits.is_empty() {
        return "Nothing has such a name. Try a shorter part of it, another script, or fewer kinds.".to_owned();
    }
    let line = |hit: &Hit| {
        let kind = serde_json::to_value(hit.kind).unwrap_or_default();
        let mut line = format!(
            "- {} {}: {}",
            kind.as_str().unwrap_or_default(),
            hit.key,
            hit.names.join(" / ")
        );
        if let Some(about) = &hit.about {
            line += &format!(" ({about})");
        }
        if let Some(source) = &hit.source {
            line += &format!("\n  source: {}", source.line());
        }
        line + &format!("\n  query: {}", hit.document)
    };
    let lines: Vec<_> = found.hits.iter().map(line).collect();
    lines.join("\n")
}
