//! `/schema.graphql`: the contract, as text.

use crate::files::File;

/// The schema in the schema language; needs no database.
pub fn schema() -> File {
    File::text("text/plain; charset=utf-8", graphql::sdl().into_bytes())
}
