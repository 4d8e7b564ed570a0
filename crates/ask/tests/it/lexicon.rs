//! The lexicon compiles, is quick to build, and its names are found in any script.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use ask::{Level, Lexicon, Name, NameKind};
use serde::Deserialize;

use crate::fake::operation;
use crate::names::{LEXICON, names, rows, words};

#[derive(Deserialize)]
struct File {
    entry: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    kind: String,
    sense: String,
    forms: Vec<String>,
}

/// The entries of each lexicon file.
fn files() -> Vec<(String, Vec<Entry>)> {
    ["fr", "en", "ar", "ary_arab", "ary_latn"]
        .into_iter()
        .map(|form| {
            let path =
                PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("lexicon/{form}.toml"));
            let text = std::fs::read_to_string(path).expect("a lexicon file");
            (
                form.to_owned(),
                toml::from_str::<File>(&text).expect("entries").entry,
            )
        })
        .collect()
}

#[test]
fn no_entry_is_dead() {
    let keys = |file: &str, column: &str| -> BTreeSet<String> {
        rows(file).iter().map(|row| row.get(column)).collect()
    };
    let tables: BTreeMap<&str, BTreeSet<String>> = BTreeMap::from([
        ("indicator", keys("indicators.csv", "key")),
        ("activity", keys("activities.csv", "key")),
        ("territory_alias", keys("territories.csv", "code")),
        ("organisation_alias", keys("organisations.csv", "key")),
        ("park_alias", keys("parks.csv", "key")),
        ("project_alias", keys("projects.csv", "key")),
        ("agreement_alias", keys("agreements.csv", "key")),
        ("plan_alias", keys("plans.csv", "key")),
        ("event_alias", keys("events.csv", "key")),
    ]);
    for (file, entries) in files() {
        for entry in entries {
            if let Some(known) = tables.get(entry.kind.as_str()) {
                assert!(
                    known.contains(&entry.sense),
                    "{file}: {} {} is in no table",
                    entry.kind,
                    entry.sense
                );
            }
            assert!(
                !entry.forms.is_empty(),
                "{file}: {} {} has no form",
                entry.kind,
                entry.sense
            );
            for form in &entry.forms {
                assert!(
                    !language::fold(form).is_empty() || !language::tokenize(form).is_empty(),
                    "{file}: «{form}» can never match"
                );
            }
        }
    }
}

#[test]
fn no_spelling_is_a_number_alone() {
    for (file, entries) in files() {
        for form in entries.iter().flat_map(|entry| &entry.forms) {
            let tokens = language::tokenize(form);
            let number = matches!(tokens.as_slice(), [only] if only.is_numeric());
            assert!(!number, "{file}: «{form}» would be every {form}");
        }
    }
}

#[test]
fn one_spelling_means_one_indicator() {
    for (file, entries) in files() {
        for kind in ["indicator", "activity", "country", "unit"] {
            let mut senses: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
            for entry in entries.iter().filter(|entry| entry.kind == kind) {
                for form in &entry.forms {
                    senses
                        .entry(language::fold(form))
                        .or_default()
                        .insert(&entry.sense);
                }
            }
            let collisions: Vec<_> = senses
                .iter()
                .filter(|(_, senses)| senses.len() > 1)
                .collect();
            assert!(collisions.is_empty(), "{file}: {collisions:?}");
        }
    }
}

#[test]
fn what_lies_outside_means_nothing_in_any_form() {
    let mut outside: BTreeMap<String, String> = BTreeMap::new();
    for (file, entries) in files() {
        for entry in entries.iter().filter(|entry| entry.kind == "outside") {
            for form in &entry.forms {
                outside.insert(language::fold(form), file.clone());
            }
        }
    }
    let mut both = Vec::new();
    for (file, entries) in files() {
        // What an asker is by trade is unknown as well, but in a preamble.
        let known = |entry: &&Entry| entry.kind != "outside" && entry.sense != "trade";
        for entry in entries.iter().filter(known) {
            for form in &entry.forms {
                // "Men" is a function word of Darija and a word of English: the language of the question decides.
                let elsewhere = |there: &&String| entry.kind != "filler" || **there == file;
                if let Some(there) = outside.get(&language::fold(form)).filter(elsewhere) {
                    both.push(format!(
                        "«{form}» of {file} ({} {}) is outside in {there}",
                        entry.kind, entry.sense
                    ));
                }
            }
        }
    }
    assert!(both.is_empty(), "{both:#?}");
}

#[test]
fn the_shipped_names_compile() {
    assert!(LEXICON.len() > 4_000, "{} names", LEXICON.len());
    assert!(!LEXICON.is_empty());
}

#[test]
fn the_words_alone_compile_without_any_name() {
    let lexicon = Lexicon::new(&words(), []);
    assert!(lexicon.is_empty());
}

#[test]
fn a_new_name_is_found_at_once() {
    let mut with = names();
    with.push(Name {
        kind: NameKind::Territory,
        key: "03.999".into(),
        text: "Nouvelle-Ville-Essai".into(),
        level: Some(Level::Province),
        parent: Some("03".into()),
    });
    let lexicon = Lexicon::new(&words(), with);
    let question = ask::Question {
        text: "population de nouvelle ville essai",
        locale: None,
        conversation: None,
        location: None,
    };
    let operation = ask::operation(&lexicon, &question, crate::fake::now()).expect("a figure");
    assert_eq!(operation.variables["territory"], "03.999");
}

#[test]
fn names_are_found_in_any_script_and_spelling() {
    for question in [
        "population de FÈS",
        "population fes",
        "عدد سكان فاس",
        "sokan d Fas",
        "population of Fez",
    ] {
        let operation = operation(question).unwrap_or_else(|| panic!("{question}"));
        assert_eq!(operation.variables["territory"], "03.231", "{question}");
    }
}
