//! What is wrong in the files, said so that a person can go and mend it: file, line, column, value, reason.

use std::{fmt, sync::Arc};

/// Problems shown in full; the rest is counted.
pub const SHOWN: usize = 100;

/// Characters of a refused value that are repeated in the message.
const QUOTED: usize = 80;

/// One thing that keeps the files from being taken.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    /// Name of the file inside the directory.
    pub file: String,
    /// Line of the file where the row starts, counted from 1; empty when the whole file is meant.
    pub line: Option<u64>,
    /// Column, by its name in the header; empty when the whole row is meant.
    pub column: Option<String>,
    /// Where that is in a workbook: `sites!C14`, or `sites!14` for a whole row.
    pub cell: Option<String>,
    /// What stands there, shortened.
    pub value: Option<String>,
    /// What is wrong with it and what would be right.
    pub reason: String,
}

impl Problem {
    pub(crate) fn in_file(file: &str, reason: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line: None,
            column: None,
            cell: None,
            value: None,
            reason: reason.into(),
        }
    }

    pub(crate) fn at(place: &Place, column: &str, value: &str, reason: impl Into<String>) -> Self {
        Self {
            file: place.file.to_string(),
            line: Some(place.line),
            column: Some(shortened(column)),
            cell: place.cell(Some(column)),
            value: Some(shortened(value)),
            reason: reason.into(),
        }
    }

    pub(crate) fn in_row(place: &Place, reason: impl Into<String>) -> Self {
        Self {
            file: place.file.to_string(),
            line: Some(place.line),
            column: None,
            cell: place.cell(None),
            value: None,
            reason: reason.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        match (&self.cell, self.line) {
            (Some(cell), _) => write!(f, ", {cell}")?,
            (None, Some(line)) => write!(f, ", line {line}")?,
            (None, None) => {}
        }
        if let Some(column) = &self.column {
            write!(f, ", column {column}")?;
        }
        f.write_str(": ")?;
        if let Some(value) = self.value.as_ref().filter(|value| !value.is_empty()) {
            write!(f, "{value:?} ")?;
        }
        f.write_str(&self.reason)
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(QUOTED).collect()
}

/// Where a row stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub file: Arc<str>,
    pub line: u64,
    /// The sheet of a workbook that it stands in.
    pub head: Option<Arc<Head>>,
}

/// A sheet of a workbook: its name, and its columns as its first row calls them.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Head {
    pub sheet: Arc<str>,
    pub columns: Vec<String>,
}

impl Place {
    pub fn line(file: Arc<str>, line: u64) -> Self {
        Self {
            file,
            line,
            head: None,
        }
    }

    /// The cell of a column as spreadsheets call it, or the row.
    fn cell(&self, column: Option<&str>) -> Option<String> {
        let head = self.head.as_ref()?;
        let index = column.and_then(|column| {
            let mut names = head.columns.iter();
            names.position(|name| name.trim() == column.trim())
        });
        let letters = index.map(letters).unwrap_or_default();
        Some(format!("{}!{letters}{}", head.sheet, self.line))
    }

    /// The file, and the sheet where there is one.
    pub fn sheet_or_file(&self) -> String {
        match &self.head {
            Some(head) => format!("{}, {}", self.file, head.sheet),
            None => self.file.to_string(),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.cell(None) {
            Some(cell) => write!(f, "{}, {cell}", self.file),
            None => write!(f, "{}, line {}", self.file, self.line),
        }
    }
}

/// A column as spreadsheets call it: A, B … Z, AA, AB …
pub(crate) fn letters(index: usize) -> String {
    let mut left = index + 1;
    let mut letters = Vec::new();
    while left > 0 {
        letters.push(char::from(b'A' + ((left - 1) % 26) as u8));
        left = (left - 1) / 26;
    }
    letters.into_iter().rev().collect()
}

/// Everything wrong in a run: the first ones in full, and how many in all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    shown: Vec<Problem>,
    total: usize,
}

impl Problems {
    pub(crate) fn push(&mut self, problem: Problem) {
        self.total += 1;
        if self.shown.len() < SHOWN {
            self.shown.push(problem);
        }
    }

    pub(crate) fn extend(&mut self, others: Self) {
        let unseen = others.total - others.shown.len();
        others
            .shown
            .into_iter()
            .for_each(|problem| self.push(problem));
        self.total += unseen;
    }

    /// The first problems, at most [`SHOWN`].
    pub fn shown(&self) -> &[Problem] {
        &self.shown
    }

    /// How many there are, those not shown included.
    pub fn total(&self) -> usize {
        self.total
    }

    pub fn is_empty(&self) -> bool {
        self.total == 0
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.shown {
            writeln!(f, "{problem}")?;
        }
        match self.total - self.shown.len() {
            0 => write!(f, "{} problem(s); nothing was changed", self.total),
            more => write!(
                f,
                "… and {more} more: {} problems; nothing was changed",
                self.total
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_called_as_spreadsheets_call_them() {
        let called: Vec<_> = [0, 2, 25, 26, 27, 701, 702, 16_383].map(letters).into();
        assert_eq!(called, ["A", "C", "Z", "AA", "AB", "ZZ", "AAA", "XFD"]);
    }
}
