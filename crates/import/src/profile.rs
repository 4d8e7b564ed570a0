//! Capability profiles: one for an organisation, each list in a column of its own.

use std::str::FromStr;

use entity::{
    ConceptKind, Invalid, language,
    profile::{CERTIFICATION, CERTIFICATIONS, Draft, LANGUAGES, key_of},
};

use crate::{cells::Cells, file::Table, row::Row};

pub(crate) const TABLE: Table = Table {
    name: "profiles",
    columns: &[
        "organisation_key",
        "offers",
        "sectors",
        "languages",
        "certifications",
        "source_key",
    ],
    optional: &[],
};

pub(crate) fn read(row: &mut Row<'_>) -> Option<Draft> {
    let organisation = row.reference("organisation_key", ConceptKind::Organisation);
    let key = organisation.as_deref().map(key_of);
    if let Some(key) = &key {
        row.declare("organisation_key", ConceptKind::Profile, key);
    }
    let offers = words(row, "offers");
    let sectors = words(row, "sectors");
    let languages = row.list("languages");
    if languages.iter().any(|code| !language::is_code(code)) {
        row.refuse(
            "languages",
            "are not codes of ISO 639-1, each of two small letters (fr|ar|en; zgh for Amazigh)",
        );
    }
    if languages.len() > LANGUAGES {
        row.refuse("languages", format!("lists more than {LANGUAGES}"));
    }
    let certifications = row.list("certifications");
    if certifications.len() > CERTIFICATIONS {
        row.refuse(
            "certifications",
            format!("lists more than {CERTIFICATIONS}"),
        );
    }
    let long = |text: &String| text.chars().count() > CERTIFICATION;
    if certifications.iter().any(long) {
        let reason = format!("has a part longer than {CERTIFICATION} characters");
        row.refuse("certifications", reason);
    }
    let source = row.source();
    Some(Draft {
        key: key?,
        organisation: organisation?,
        offers,
        sectors,
        languages,
        certifications,
        source: source?,
    })
}

pub(crate) fn write(draft: &Draft, cells: &mut Cells) {
    let offers: Vec<_> = draft.offers.iter().map(ToString::to_string).collect();
    let sectors: Vec<_> = draft.sectors.iter().map(ToString::to_string).collect();
    cells
        .text("organisation_key", &draft.organisation)
        .list("offers", &offers)
        .list("sectors", &sectors)
        .list("languages", &draft.languages)
        .list("certifications", &draft.certifications)
        .text("source_key", &draft.source);
}

/// Words of a closed list, separated by `|`.
fn words<T: FromStr<Err = Invalid>>(row: &mut Row<'_>, column: &str) -> Vec<T> {
    let texts = row.list(column);
    let mut words = Vec::new();
    for text in texts {
        match text.parse() {
            Ok(word) => words.push(word),
            Err(error) => row.refuse(column, format!("holds a word that is unknown: {error}")),
        }
    }
    words
}
