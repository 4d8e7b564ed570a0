//! The contract: `schema/schema.graphql` is what the code says, and says everything a stranger needs.

use std::{fs, path::PathBuf};

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../schema/schema.graphql")
}

/// `BAB_WRITE_SCHEMA=1 cargo test -p graphql contract` writes the file anew; the change is then read and committed.
#[test]
fn the_contract_is_written_down() {
    let sdl = graphql::sdl();
    if std::env::var_os("BAB_WRITE_SCHEMA").is_some() {
        fs::write(path(), &sdl).expect("the contract can be written");
    }
    let written = fs::read_to_string(path()).expect("schema/schema.graphql is there");
    assert!(
        written == sdl,
        "schema/schema.graphql differs from the code; read the difference, then BAB_WRITE_SCHEMA=1 cargo test -p graphql contract"
    );
}

/// Types, fields, arguments, inputs and enum values all have a description.
#[test]
fn everything_is_described() {
    let mut described = false;
    let mut in_text = false;
    let mut missing = Vec::new();
    for line in graphql::sdl().lines().map(str::trim) {
        if line.starts_with("\"\"\"") || in_text {
            in_text = (line.matches("\"\"\"").count() == 1) != in_text;
            described = true;
            continue;
        }
        let definition = ["type ", "enum ", "input ", "interface ", "scalar "]
            .iter()
            .any(|word| line.starts_with(word));
        let member = line.chars().next().is_some_and(char::is_alphabetic) && !definition;
        let ours = !line.starts_with("directive")
            && !line.starts_with("schema")
            && !line.starts_with("query:")
            && !line.starts_with("mutation:")
            && !line.starts_with("subscription:");
        if (definition || member) && ours && !described {
            missing.push(line.to_owned());
        }
        described = false;
    }
    assert!(missing.is_empty(), "without a description: {missing:#?}");
}
