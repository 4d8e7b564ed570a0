//! What a run did, file by file.

use std::fmt;

/// Where the units and indicators that are part of the program are counted.
pub const VOCABULARY: &str = "vocabulary";

/// Rows by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows whose key was not known.
    pub new: usize,
    /// Rows that say something else than before; the earlier version is kept, superseded.
    pub changed: usize,
    /// Rows that say the same as before.
    pub unchanged: usize,
    /// Rows of the database that the file does not name; they stay.
    pub kept: usize,
}

impl Tally {
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            new: self.new + other.new,
            changed: self.changed + other.changed,
            unchanged: self.unchanged + other.unchanged,
            kept: self.kept + other.kept,
        }
    }
}

/// One file of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileReport {
    /// Name of the table: `sites` for `sites.csv`.
    pub name: &'static str,
    /// Rows of the file; empty when the folder does not have it.
    pub rows: Option<u64>,
    /// How many of them have a problem.
    pub refused: u64,
    pub tally: Tally,
}

/// Figures of the other tables (head-counts, areas, budgets, students, objectives, populations).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Figures an observation states already.
    pub merged: usize,
    /// Figures that are observations of their own.
    pub tally: Tally,
    /// Figures whose row no longer states them, or that an observation now states.
    pub withdrawn: usize,
}

/// What came of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub files: Vec<FileReport>,
    pub figures: Figures,
    /// Targets and objectives for which no date is given.
    pub undated_targets: usize,
    /// CSV files of the folder that no table is called by.
    pub ignored: Vec<String>,
}

impl Report {
    /// The file of a table.
    pub fn file(&self, name: &str) -> Option<&FileReport> {
        self.files.iter().find(|file| file.name == name)
    }

    /// Counts what the rows of these tables would change as refused, and the program's own words not at all.
    pub(crate) fn refuse(&mut self, tables: &[&str]) {
        self.files.retain(|file| file.name != VOCABULARY);
        for file in &mut self.files {
            if tables.contains(&file.name) {
                file.refused += (file.tally.new + file.tally.changed) as u64;
                (file.tally.new, file.tally.changed) = (0, 0);
            }
        }
    }

    /// Whether the database says exactly what it said before.
    pub fn is_unchanged(&self) -> bool {
        let tallies = self.files.iter().map(|file| file.tally);
        self.figures.withdrawn == 0
            && tallies
                .chain([self.figures.tally])
                .all(|tally| tally.new + tally.changed == 0)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [name, rows, new, changed, unchanged, kept] =
            ["file", "rows", "new", "changed", "unchanged", "kept"];
        writeln!(
            f,
            "{name:<18} {rows:>8} {new:>8} {changed:>8} {unchanged:>9} {kept:>8}"
        )?;
        let mut line = |name: &str, rows: String, tally: &Tally| {
            let Tally {
                new,
                changed,
                unchanged,
                kept,
            } = tally;
            writeln!(
                f,
                "{name:<18} {rows:>8} {new:>8} {changed:>8} {unchanged:>9} {kept:>8}"
            )
        };
        for file in &self.files {
            let rows = file
                .rows
                .map_or("absent".to_owned(), |rows| rows.to_string());
            line(file.name, rows, &file.tally)?;
        }
        let Figures {
            merged,
            tally,
            withdrawn,
        } = &self.figures;
        let figures = tally.new + tally.changed + tally.unchanged + merged;
        line("figures in tables", figures.to_string(), tally)?;
        write!(
            f,
            "of the figures, {merged} are stated by an observation already"
        )?;
        if *withdrawn > 0 {
            write!(f, ", {withdrawn} withdrawn")?;
        }
        if self.undated_targets > 0 {
            write!(f, "\n{} targets: no date given", self.undated_targets)?;
        }
        if !self.ignored.is_empty() {
            write!(
                f,
                "\nnot read, no table has this name: {}",
                self.ignored.join(", ")
            )?;
        }
        Ok(())
    }
}
