//! What is wrong in the files, said so that a person can go and mend it: file, line, column, value, reason.

use std::fmt;

/// Problems shown in full; the rest is counted.
pub const SHOWN: usize = 100;

/// Characters of a refused value that are repeated in the message.
const QUOTED: usize = 80;

/// One thing that keeps the files from being taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Name of the file inside the directory.
    pub file: String,
    /// Line of the file where the row starts, counted from 1; empty when the whole file is meant.
    pub line: Option<u64>,
    /// Column, by its name in the header; empty when the whole row is meant.
    pub column: Option<String>,
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
            value: None,
            reason: reason.into(),
        }
    }

    pub(crate) fn at(place: &Place, column: &str, value: &str, reason: impl Into<String>) -> Self {
        Self {
            file: place.file.to_string(),
            line: Some(place.line),
            column: Some(column.to_owned()),
            value: Some(value.chars().take(QUOTED).collect()),
            reason: reason.into(),
        }
    }

    pub(crate) fn in_row(place: &Place, reason: impl Into<String>) -> Self {
        Self {
            file: place.file.to_string(),
            line: Some(place.line),
            column: None,
            value: None,
            reason: reason.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
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

/// Where a row stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub file: std::sync::Arc<str>,
    pub line: u64,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}", self.file, self.line)
    }
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

    /// The first problems, at most [`SHOWN`].
    pub fn shown(&self) -> &[Problem] {
        &self.shown
    }

    /// How many there are, those not shown included.
    pub fn total(&self) -> usize {
        self.total
    }

    pub(crate) fn is_empty(&self) -> bool {
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
