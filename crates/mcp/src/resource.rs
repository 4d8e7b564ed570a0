//! What an assistant can read beside the tools: the schema, and examples with their answers.

use std::sync::LazyLock;

use rmcp::model::{ReadResourceResult, Resource, ResourceContents};
use rust_embed::RustEmbed;

/// What is said of any other address.
pub const NONE_SUCH: &str = "there is no such resource; resources/list says which there are";

const SCHEMA: &str = "bab://schema.graphql";
const EXAMPLES: &str = "bab://examples/";
const DOCUMENT: &str = "application/graphql";

#[derive(RustEmbed)]
#[folder = "../../schema/examples/"]
struct Examples;

static SDL: LazyLock<String> = LazyLock::new(graphql::sdl);

pub fn all() -> Vec<Resource> {
    let schema = Resource::new(SCHEMA, "schema.graphql")
        .with_title("The GraphQL schema")
        .with_description("Every type, field and argument of the tool query, with descriptions.")
        .with_mime_type(DOCUMENT)
        .with_size(SDL.len() as u64);
    let mut names: Vec<_> = Examples::iter()
        .filter(|name| name.ends_with(".graphql"))
        .collect();
    names.sort();
    let examples = names.iter().filter_map(|name| {
        let document = text(name)?;
        // An example begins with a comment that says what it asks.
        let first = document.lines().next()?.trim_start_matches(['#', ' ']);
        let resource = Resource::new(format!("{EXAMPLES}{name}"), name.as_ref())
            .with_title(first)
            .with_description("A document for the tool query, and its answer.")
            .with_mime_type(DOCUMENT);
        Some(resource)
    });
    std::iter::once(schema).chain(examples).collect()
}

/// The schema, or an example and its answer.
pub fn read(uri: &str) -> Option<ReadResourceResult> {
    let contents = match uri.strip_prefix(EXAMPLES) {
        Some(name) => {
            let answer = format!("{}.json", name.strip_suffix(".graphql")?);
            let document = ResourceContents::text(text(name)?, uri).with_mime_type(DOCUMENT);
            let answer = ResourceContents::text(text(&answer)?, format!("{EXAMPLES}{answer}"))
                .with_mime_type("application/json");
            vec![document, answer]
        }
        None if uri == SCHEMA => {
            vec![ResourceContents::text(SDL.as_str(), uri).with_mime_type(DOCUMENT)]
        }
        None => return None,
    };
    Some(ReadResourceResult::new(contents))
}

fn text(name: &str) -> Option<String> {
    String::from_utf8(Examples::get(name)?.data.into_owned()).ok()
}
