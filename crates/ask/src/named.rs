//! Records named in a text that asks nothing, such as an article.

use language::{Script, Token};

use crate::lexicon::{Found, Level, Lexicon, Meaning, NameKind, Record, cover};
use crate::span;

/// A run of tokens that is a name, and every record that bears it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// In the order in which names were given.
    pub records: Vec<NamedRecord>,
}

/// One record that bears a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedRecord {
    pub kind: NameKind,
    /// Key of the record; the code for a territory.
    pub key: String,
    /// For a territory.
    pub level: Option<Level>,
}

/// What a find may cost: a space too many or too few, a particle glued to an Arabic word, never another spelling.
const SURE: u32 = 3;

impl Lexicon {
    /// The names that stand in a text as they are written, without overlaps. In Latin script a short name begins with a capital or a digit.
    pub fn named(&self, text: &str, tokens: &[Token]) -> Vec<Named> {
        let ends = span::ends(text, tokens);
        let written = |found: &Found| {
            let first = &tokens[found.start];
            let latin = first.script == Script::Latin;
            let glued = found.cost == SURE && latin;
            // "Le schéma numérique régional": a long name may be written small.
            let small = first.text.starts_with(char::is_lowercase) && found.end - found.start < 3;
            found.cost <= SURE && !glued && !(latin && small) && first.script != Script::Other
        };
        let finds: Vec<(Found, Vec<NamedRecord>)> = self
            .find(tokens, &ends)
            .into_iter()
            .filter(written)
            .filter_map(|found| {
                let records: Vec<NamedRecord> = found
                    .entries
                    .iter()
                    .filter_map(|entry| match self.meaning(*entry) {
                        Meaning::Name(record)
                            if is_named_in_texts(record.kind)
                                && !(self.form(*entry).is_some()
                                    && is_common(record.kind, &found, tokens)) =>
                        {
                            Some(NamedRecord::from(record))
                        }
                        _ => None,
                    })
                    .collect();
                let mut apart: Vec<NamedRecord> = Vec::new();
                for record in records {
                    if !apart.contains(&record) {
                        apart.push(record);
                    }
                }
                (!apart.is_empty()).then_some((found, apart))
            })
            .collect();
        let spans: Vec<(usize, usize, u32)> = finds
            .iter()
            .map(|(found, _)| (found.start, found.end, found.cost))
            .collect();
        let taken = cover(tokens.len(), &spans);
        taken
            .into_iter()
            .map(|at| Named {
                start: finds[at].0.start,
                end: finds[at].0.end,
                records: finds[at].1.clone(),
            })
            .collect()
    }

    /// The record one step up: the region of a province, the place of a park or a project.
    pub fn above(&self, kind: NameKind, key: &str) -> Option<&str> {
        self.parent(kind, key)
    }

    /// The first name given for a record.
    pub fn name_of(&self, kind: NameKind, key: &str) -> Option<&str> {
        self.name(kind, key)
    }
}

impl From<&Record> for NamedRecord {
    fn from(record: &Record) -> Self {
        Self {
            kind: record.kind,
            key: record.key.clone(),
            level: record.level,
        }
    }
}

/// A short word of questions that stands for a project or a plan, such as "الفرع" for a branch, is in a text a word like any other.
fn is_common(kind: NameKind, found: &Found, tokens: &[Token]) -> bool {
    tokens[found.start].script == Script::Arabic
        && matches!(kind, NameKind::Project | NameKind::Plan)
        && found.end - found.start < 3
}

fn is_named_in_texts(kind: NameKind) -> bool {
    use NameKind::{Agreement, Organisation, Park, Plan, Project, Territory};
    matches!(
        kind,
        Territory | Organisation | Park | Project | Agreement | Plan
    )
}
