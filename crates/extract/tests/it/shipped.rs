//! Names and kinds of the shipped data set, as the database would give them.

use std::path::PathBuf;
use std::sync::LazyLock;

use ask::{Level, Lexicon, Name, NameKind, Words};
use extract::Known;

/// The lexicon over the names of the shipped data set.
pub static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::new(&Words::embedded().expect("embedded words"), names()));

/// What the shipped organisations are.
pub static KNOWN: LazyLock<Known> = LazyLock::new(|| Known {
    organisations: rows("organisations.csv")
        .map(|row| (row.get("key"), row.get("kind")))
        .collect(),
    owners: rows("organisations.csv")
        .map(|row| (row.get("key"), row.get("parent_key")))
        .filter(|(_, owner)| !owner.is_empty())
        .collect(),
    parks: rows("parks.csv")
        .map(|row| (row.get("key"), row.get("territory_code")))
        .collect(),
    parties: rows("agreements.csv")
        .map(|row| {
            (
                row.get("key"),
                row.get("party_keys")
                    .split('|')
                    .filter(|key| !key.is_empty())
                    .map(str::to_owned)
                    .collect(),
            )
        })
        .collect(),
    agreements: rows("agreements.csv")
        .filter_map(|row| {
            let Ok(language::Period::Day(year, month, day)) = row.get("signed_on").parse() else {
                return None;
            };
            Some((row.get("key"), (year, month, day)))
        })
        .collect(),
    plans: rows("plans.csv")
        .filter_map(|row| Some((row.get("key"), row.get("period").parse().ok()?)))
        .collect(),
});

fn names() -> Vec<Name> {
    let tables: [(&str, NameKind, &str, &[&str]); 6] = [
        (
            "territories.csv",
            NameKind::Territory,
            "parent_code",
            &["name_fr", "name_ar", "name_en"],
        ),
        ("organisations.csv", NameKind::Organisation, "", &["name"]),
        ("parks.csv", NameKind::Park, "territory_code", &["name"]),
        (
            "projects.csv",
            NameKind::Project,
            "territory_code",
            &["name_fr", "name_en"],
        ),
        (
            "agreements.csv",
            NameKind::Agreement,
            "",
            &["title_fr", "title_en"],
        ),
        (
            "plans.csv",
            NameKind::Plan,
            "territory_code",
            &["title_fr", "title_en"],
        ),
    ];
    let mut names = Vec::new();
    for (file, kind, parent, columns) in tables {
        for row in rows(file) {
            let key = row.get(if kind == NameKind::Territory {
                "code"
            } else {
                "key"
            });
            let level = (kind == NameKind::Territory).then(|| match row.get("level").as_str() {
                "country" => Level::Country,
                "region" => Level::Region,
                "province" => Level::Province,
                "arrondissement" => Level::Arrondissement,
                _ => Level::Commune,
            });
            let texts = columns.iter().map(|column| row.get(column));
            let aliases = row.get("aliases");
            let aliases = aliases.split('|').map(str::to_owned);
            for text in texts.chain(aliases).filter(|text| !text.is_empty()) {
                let parent = Some(row.get(parent)).filter(|parent| !parent.is_empty());
                names.push(Name {
                    kind,
                    key: key.clone(),
                    text,
                    level,
                    parent,
                });
            }
        }
    }
    names
}

struct Row(csv::StringRecord, csv::StringRecord);

impl Row {
    fn get(&self, column: &str) -> String {
        let at = self.0.iter().position(|name| name == column);
        at.and_then(|at| self.1.get(at))
            .unwrap_or_default()
            .to_owned()
    }
}

fn rows(file: &str) -> impl Iterator<Item = Row> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../data")
        .join(file);
    let mut reader = csv::Reader::from_path(path).expect("a shipped file");
    let headers = reader.headers().expect("headers").clone();
    let records: Vec<csv::StringRecord> = reader
        .into_records()
        .map(|record| record.expect("a row"))
        .collect();
    records
        .into_iter()
        .map(move |record| Row(headers.clone(), record))
}
