//! Names of the shipped data set, as the schema would give them.

use std::path::PathBuf;
use std::sync::LazyLock;

use ask::{Level, Lexicon, Name, NameKind, Words};

/// The lexicon over every name of the shipped data set.
pub static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&words(), names()));

/// The embedded words.
pub fn words() -> Words {
    Words::embedded().expect("the embedded words are read")
}

/// Every name and alias of the shipped data set.
pub fn names() -> Vec<Name> {
    let mut names = Vec::new();
    let mut add = |kind, key: &str, text: &str, level, parent: Option<&str>| {
        if !text.is_empty() {
            let parent = parent.filter(|p| !p.is_empty()).map(str::to_owned);
            names.push(Name {
                kind,
                key: key.to_owned(),
                text: text.to_owned(),
                level,
                parent,
            });
        }
    };
    for row in rows("territories.csv") {
        let level = match row.get("level").as_str() {
            "country" => Level::Country,
            "region" => Level::Region,
            "province" => Level::Province,
            "arrondissement" => Level::Arrondissement,
            _ => Level::Commune,
        };
        let (code, parent) = (row.get("code"), row.get("parent_code"));
        for column in ["name_fr", "name_ar", "name_en"] {
            add(
                NameKind::Territory,
                &code,
                &row.get(column),
                Some(level),
                Some(&parent),
            );
        }
        for alias in row.get("aliases").split('|') {
            add(
                NameKind::Territory,
                &code,
                alias,
                Some(level),
                Some(&parent),
            );
        }
    }
    let tables = [
        (
            "organisations.csv",
            NameKind::Organisation,
            ["name", "", ""],
        ),
        ("parks.csv", NameKind::Park, ["name", "", ""]),
        (
            "projects.csv",
            NameKind::Project,
            ["name_fr", "name_en", ""],
        ),
        (
            "agreements.csv",
            NameKind::Agreement,
            ["title_fr", "title_en", ""],
        ),
        ("plans.csv", NameKind::Plan, ["title_fr", "title_en", ""]),
        (
            "indicators.csv",
            NameKind::Indicator,
            ["name_fr", "name_en", "name_ar"],
        ),
        (
            "activities.csv",
            NameKind::Activity,
            ["name_fr", "name_en", "name_ar"],
        ),
        (
            "incentives.csv",
            NameKind::Incentive,
            ["title_fr", "title_en", ""],
        ),
        ("events.csv", NameKind::Event, ["name_fr", "", ""]),
    ];
    for (file, kind, columns) in tables {
        for row in rows(file) {
            let key = row.get("key");
            // Where a park, a project or a plan is.
            let placed = [NameKind::Park, NameKind::Project, NameKind::Plan].contains(&kind);
            let home = if placed {
                row.get("territory_code")
            } else {
                String::new()
            };
            for column in columns.into_iter().filter(|c| !c.is_empty()) {
                add(kind, &key, &row.get(column), None, Some(&home));
            }
            for alias in row.get("aliases").split('|') {
                add(kind, &key, alias, None, Some(&home));
            }
        }
    }
    names
}

/// A row of a table of the data set, by column name.
pub struct Row {
    headers: csv::StringRecord,
    record: csv::StringRecord,
}

impl Row {
    /// The cell of a column; empty when there is none.
    pub fn get(&self, column: &str) -> String {
        let at = self.headers.iter().position(|header| header == column);
        at.and_then(|at| self.record.get(at))
            .unwrap_or_default()
            .to_owned()
    }
}

/// The rows of a table of the data set.
pub fn rows(file: &str) -> Vec<Row> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../data")
        .join(file);
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_path(path)
        .expect("the data set is shipped");
    let headers = reader.headers().expect("a header line").clone();
    reader
        .records()
        .map(|record| Row {
            headers: headers.clone(),
            record: record.expect("a readable line"),
        })
        .collect()
}
