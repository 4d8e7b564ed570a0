//! One row with named columns: each reading either gives a value or notes what is wrong with it.
//!
//! A row that has a problem keeps the whole run from being taken, so what a reading returns then does not matter.

use std::str::FromStr;

use csv::StringRecord;
use entity::{
    ConceptKind, Invalid, PartialDate,
    shape::{KEY, is_control, is_key, is_url},
};

use crate::{
    file::Table,
    known::Known,
    list,
    problem::{Place, Problem, Problems},
    shape::{NOT_A_NUMBER, number},
};

/// Longest text, in characters.
pub const TEXT: usize = 2_000;
/// Longest list, in characters: what a cell of a spreadsheet holds.
const LIST: usize = 32_767;
/// Most names or keys in one column.
pub const LISTED: usize = 200;

pub(crate) struct Row<'a> {
    pub place: Place,
    table: &'a Table,
    columns: &'a [Option<usize>],
    fields: &'a StringRecord,
    pub known: &'a mut Known,
    problems: &'a mut Problems,
    /// Problems that there were before this row was read.
    before: usize,
}

impl<'a> Row<'a> {
    pub fn new(
        place: Place,
        table: &'a Table,
        columns: &'a [Option<usize>],
        fields: &'a StringRecord,
        known: &'a mut Known,
        problems: &'a mut Problems,
        before: usize,
    ) -> Self {
        Self {
            place,
            table,
            columns,
            fields,
            known,
            problems,
            before,
        }
    }

    /// Whether nothing was found wrong with it.
    pub fn is_right(&self) -> bool {
        self.problems.total() == self.before
    }

    /// Checks what holds for every column: length and characters.
    pub fn is_sound(&mut self) -> bool {
        let before = self.problems.total();
        let names = self.table.columns.iter().chain(self.table.optional);
        for (column, index) in names.zip(self.columns) {
            let value = index.and_then(|index| self.fields.get(index)).unwrap_or("");
            let most = if list::is_list(column) { LIST } else { TEXT };
            let reason = if value.len() > most && value.chars().count() > most {
                format!("is longer than {most} characters")
            } else if let Some(found) = value.chars().find(|found| is_control(*found)) {
                format!("holds the control character U+{:04X}", u32::from(found))
            } else {
                continue;
            };
            self.problems
                .push(Problem::at(&self.place, column, value, reason));
        }
        self.problems.total() == before
    }

    /// What stands in the column, without the blanks around it; empty for an optional column the file leaves out.
    fn raw(&self, column: &str) -> &'a str {
        let position = self
            .table
            .position(column)
            .expect("tables list the columns they read");
        self.columns[position]
            .and_then(|index| self.fields.get(index))
            .unwrap_or("")
            .trim()
    }

    /// Whether the file has the column at all.
    pub fn has_column(&self, column: &str) -> bool {
        let position = self.table.position(column);
        position.is_some_and(|position| self.columns[position].is_some())
    }

    pub fn is_empty(&self, column: &str) -> bool {
        self.raw(column).is_empty()
    }

    pub fn refuse(&mut self, column: &str, reason: impl Into<String>) {
        let value = self.raw(column);
        self.problems
            .push(Problem::at(&self.place, column, value, reason));
    }

    /// The row's own key: new in the files, and from now on known to the rows that follow.
    pub fn key(&mut self, column: &str, concept: ConceptKind) -> Option<String> {
        let key = self.key_shaped(column)?;
        self.declare(column, concept, &key);
        Some(key)
    }

    /// Makes a key that the row states indirectly known.
    pub fn declare(&mut self, column: &str, concept: ConceptKind, key: &str) {
        if let Some(first) = self.known.declare(concept, key, &self.place) {
            let reason = format!("is the key of another row already: {first}");
            self.refuse(column, reason);
        }
    }

    fn key_shaped(&mut self, column: &str) -> Option<String> {
        let key = self.raw(column);
        if key.is_empty() {
            self.refuse(column, "is empty: every row needs a key");
            return None;
        }
        if !is_key(key) {
            let reason = format!(
                "is not a key (letters A-Z a-z, digits, '.', '_', '-'; at most {KEY} characters)"
            );
            self.refuse(column, reason);
            return None;
        }
        Some(key.to_owned())
    }

    pub fn text(&mut self, column: &str) -> Option<String> {
        let text = self.optional_text(column);
        if text.is_none() {
            self.refuse(column, "is empty");
        }
        text
    }

    pub fn optional_text(&self, column: &str) -> Option<String> {
        let text = self.raw(column);
        (!text.is_empty()).then(|| text.to_owned())
    }

    pub fn parse<T: FromStr<Err = Invalid>>(&mut self, column: &str) -> Option<T> {
        match self.raw(column).parse() {
            Ok(value) => Some(value),
            Err(Invalid { expected, .. }) if self.is_empty(column) => {
                self.refuse(column, format!("is empty, where {expected} is needed"));
                None
            }
            Err(Invalid { expected, .. }) => {
                self.refuse(column, format!("is not {expected}"));
                None
            }
        }
    }

    pub fn optional_parse<T: FromStr<Err = Invalid>>(&mut self, column: &str) -> Option<T> {
        if self.is_empty(column) {
            return None;
        }
        self.parse(column)
    }

    pub fn number(&mut self, column: &str) -> Option<f64> {
        if self.is_empty(column) {
            self.refuse(column, "is empty, where a number is needed");
        }
        self.optional_number(column)
    }

    /// A number, unless the file has a column that says which observation states it, if any does.
    pub fn number_unless(&mut self, column: &str, other: &str) -> Option<f64> {
        match self.has_column(other) {
            true => self.optional_number(column),
            false => self.number(column),
        }
    }

    pub fn optional_number(&mut self, column: &str) -> Option<f64> {
        let text = self.raw(column);
        if text.is_empty() {
            return None;
        }
        let number = number(text);
        if number.is_none() {
            self.refuse(column, NOT_A_NUMBER);
        }
        number
    }

    /// Degrees of latitude or longitude, at most `most` either side of zero.
    pub fn degrees(&mut self, column: &str, most: f64) -> Option<f64> {
        let degrees = self.number(column)?;
        if degrees.abs() > most {
            self.refuse(column, format!("is not between -{most} and {most} degrees"));
        }
        Some(degrees)
    }

    /// Position in a list, from 1.
    pub fn ordinal(&mut self, column: &str) -> Option<i32> {
        let ordinal = number(self.raw(column))
            .filter(|number| number.fract() == 0.0 && (1.0..=10_000.0).contains(number));
        if ordinal.is_none() {
            self.refuse(column, "is not a position (1, 2, 3 …)");
        }
        ordinal.map(|number| number as i32)
    }

    /// The document that says what the row says.
    pub fn source(&mut self) -> Option<String> {
        if self.is_empty("source_key") {
            self.refuse("source_key", "is empty: a fact needs its source");
            return None;
        }
        self.reference("source_key", ConceptKind::Source)
    }

    pub fn reference(&mut self, column: &str, concept: ConceptKind) -> Option<String> {
        let key = self.raw(column);
        if key.is_empty() {
            self.refuse(
                column,
                format!("is empty, where a key of {concept} is needed"),
            );
            return None;
        }
        self.refer(column, concept, key);
        Some(key.to_owned())
    }

    pub fn optional_reference(&mut self, column: &str, concept: ConceptKind) -> Option<String> {
        if self.is_empty(column) {
            return None;
        }
        self.reference(column, concept)
    }

    /// Keys separated by `|`.
    pub fn references(&mut self, column: &str, concept: ConceptKind) -> Vec<String> {
        let keys = self.list(column);
        for key in &keys {
            self.refer(column, concept, key);
        }
        keys
    }

    /// The key of the figure that an observation states, where a column of numbers does not; checked when all are read.
    pub fn figure(&mut self, column: &str, instead_of: &str) -> Option<String> {
        let key = self.optional_text(column)?;
        if !is_key(&key) {
            self.refuse(column, "is not the key of an observation");
        } else if !self.is_empty(instead_of) {
            let reason = format!("stands beside {instead_of}: leave one of the two empty");
            self.refuse(column, reason);
        } else {
            self.known.point(&key, column, &self.place);
        }
        Some(key)
    }

    fn refer(&mut self, column: &str, concept: ConceptKind, key: &str) {
        if !self.known.has(concept, key) {
            self.problems.push(Problem::at(
                &self.place,
                column,
                key,
                format!("is unknown: no {concept} has this key, in the files or in the database"),
            ));
        }
    }

    /// The row above this one in a tree of the same concept, checked once the whole file is read.
    pub fn parent(
        &mut self,
        column: &str,
        concept: ConceptKind,
        key: Option<&str>,
    ) -> Option<String> {
        let parent = self.optional_text(column)?;
        if let Some(key) = key {
            self.known
                .place_under(concept, key, &parent, column, &self.place);
        }
        Some(parent)
    }

    /// Texts separated by `|`; the same text twice counts once.
    pub fn list(&mut self, column: &str) -> Vec<String> {
        let text = self.raw(column);
        let mut listed: Vec<String> = Vec::new();
        if text.is_empty() {
            return listed;
        }
        for part in list::parts(text) {
            if part.is_empty() {
                self.refuse(column, "has an empty part between its '|'");
                break;
            }
            if part.len() > TEXT && part.chars().count() > TEXT {
                self.refuse(column, format!("has a part longer than {TEXT} characters"));
                break;
            }
            if !listed.contains(&part) {
                listed.push(part);
            }
        }
        if listed.len() > LISTED {
            self.refuse(column, format!("lists more than {LISTED}"));
        }
        listed
    }

    /// An address of the web.
    pub fn url(&mut self, column: &str) -> Option<String> {
        let url = self.optional_text(column)?;
        if !is_url(&url) {
            self.refuse(
                column,
                "is not an address that starts with http:// or https://",
            );
        }
        Some(url)
    }

    /// An address of the web, or the bare name of a host.
    pub fn website(&mut self, column: &str) -> Option<String> {
        let website = self.optional_text(column)?;
        if !is_url(&website) && (website.contains("://") || !is_url(&format!("https://{website}")))
        {
            self.refuse(
                column,
                "is not a web address (https://example.org or example.org)",
            );
        }
        Some(website)
    }

    pub fn country(&mut self, column: &str) -> Option<String> {
        let country = self.optional_text(column)?;
        if !entity::country::is_code(&country) {
            self.refuse(
                column,
                "is not a country code of two capitals (ISO 3166-1: MA, FR)",
            );
        }
        Some(country)
    }

    /// A country or one of its parts.
    pub fn subdivision(&mut self, column: &str) -> Option<String> {
        let code = self.optional_text(column)?;
        if !entity::country::is_subdivision_code(&code) {
            self.refuse(column, "is not an ISO 3166 code (MA, MA-03, MA-FES)");
        }
        Some(code)
    }

    /// A date that may not lie before another of the same row.
    pub fn not_before(
        &mut self,
        column: &str,
        date: Option<&PartialDate>,
        first: Option<&PartialDate>,
    ) {
        if let (Some(date), Some(first)) = (date, first)
            && date.end().start() < first.start()
        {
            self.refuse(column, format!("lies before {first}"));
        }
    }
}
