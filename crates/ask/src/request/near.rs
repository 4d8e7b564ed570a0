//! The operation of nearness: what is listed with where it lies, and where the place lies that it is near to. The asker's own
//! position has no part in it.

use serde_json::{Map, Value, json};

use crate::frame::{Frame, Listed};
use crate::lexicon::Lexicon;

use super::{Operation, records};

const PARTS: &str = include_str!("../../documents/near_parts.graphql");

/// The operation that asks for the records and their coordinates.
pub fn near(lexicon: &Lexicon, frame: &Frame, locale: &str) -> Operation {
    let listed = frame.listed.unwrap_or(Listed::Sites);
    let given = records::list(lexicon, frame, listed, locale);
    let mut variables = Map::from_iter([("locale".to_owned(), json!(locale))]);
    let mut declared = String::from("$locale: Locale");
    let mut fields = String::new();
    if let Some(origin) = &frame.origin {
        variables.insert("origin".into(), json!(origin));
        declared.push_str(", $origin: String!");
        fields.push_str("  origin: territory(code: $origin) { ...PlaceParts }\n");
    }
    let name = if listed == Listed::Parks {
        variables.insert("filter".into(), given["filter"].clone());
        declared.push_str(", $filter: ParkFilter");
        fields.push_str(
            "  parks(first: 100, filter: $filter) { totalCount nodes { ...ParkParts } }\n",
        );
        "NearParks"
    } else {
        variables.insert("sites".into(), given["sites"].clone());
        declared.push_str(", $sites: SiteFilter");
        fields.push_str(
            "  sites(first: 100, filter: $sites) { totalCount nodes { ...SiteParts } }\n",
        );
        "NearSites"
    };
    Operation {
        name: name.to_owned(),
        document: format!(
            "query {name}({declared}) {{\n{fields}}}\n\n{}",
            parts(listed)
        ),
        variables: Value::Object(variables),
    }
}

/// The fragments that the document of a class spreads.
fn parts(listed: Listed) -> String {
    let unused = if listed == Listed::Parks {
        "SiteParts"
    } else {
        "ParkParts"
    };
    PARTS
        .split("\n\n")
        .filter(|part| !part.contains(&format!("fragment {unused} ")))
        .collect::<Vec<_>>()
        .join("\n\n")
}
