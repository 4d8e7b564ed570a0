//! A table as files state it: its columns, and its rows handed on one by one, from whatever format they stood in.

use std::sync::Arc;

use csv::StringRecord;

use crate::{
    known::Known,
    problem::{Head, Place, Problem, Problems, letters},
    read::{separated, workbook::Grid},
    row::Row,
};

/// Largest file on disk.
pub const FILE_BYTES: u64 = 64 << 20;
/// Largest file once unpacked.
pub const UNPACKED_BYTES: u64 = 256 << 20;
/// Most rows in a file.
pub const ROWS: u64 = 1_000_000;
/// Most columns in a file.
pub const COLUMNS: usize = 256;

/// A table as files state it.
pub(crate) struct Table {
    /// Name without its ending: `sites` stands for `sites.csv` or `sites.csv.gz`, the sheet `sites`, lines with `"table": "sites"`.
    pub name: &'static str,
    pub columns: &'static [&'static str],
    /// Columns that may be left out altogether.
    pub optional: &'static [&'static str],
}

impl Table {
    /// All its columns, in their order.
    pub fn all(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.columns.iter().chain(self.optional).copied()
    }

    pub fn position(&self, column: &str) -> Option<usize> {
        self.all().position(|name| name == column)
    }
}

/// The rows of a table as they were found, in memory.
pub(crate) struct Sheet {
    pub file: Arc<str>,
    pub rows: Rows,
}

pub(crate) enum Rows {
    /// CSV, its bytes checked as they are read.
    Separated(Vec<u8>),
    /// A sheet of a workbook, its header included.
    Grid(Grid),
    /// Rows that name their columns, each with its line.
    Named(Vec<(u64, Named)>),
}

/// A row by the columns of its table, those left out being empty; and which of them it has.
pub(crate) struct Named {
    pub fields: StringRecord,
    pub columns: Vec<Option<usize>>,
}

impl Sheet {
    /// A text that is part of the program.
    pub fn embedded(file: &str, text: &str) -> Self {
        Self {
            file: file.into(),
            rows: Rows::Separated(text.as_bytes().to_vec()),
        }
    }
}

/// Hands every sound row to `take`; returns how many rows there are.
pub(crate) fn each_row(
    sheet: &Sheet,
    table: &Table,
    known: &mut Known,
    problems: &mut Problems,
    take: impl FnMut(&mut Row<'_>),
) -> u64 {
    let mut pass = Pass {
        file: &sheet.file,
        table,
        known,
        problems,
        take,
        rows: 0,
    };
    match &sheet.rows {
        Rows::Separated(bytes) => pass.separated(bytes),
        Rows::Grid(grid) => pass.grid(grid),
        Rows::Named(rows) => pass.named(rows),
    }
    pass.rows
}

/// One reading of a table.
struct Pass<'a, F> {
    file: &'a Arc<str>,
    table: &'a Table,
    known: &'a mut Known,
    problems: &'a mut Problems,
    take: F,
    rows: u64,
}

impl<F: FnMut(&mut Row<'_>)> Pass<'_, F> {
    fn separated(&mut self, bytes: &[u8]) {
        let mut reader = separated::Reader::new(bytes);
        let mut columns: Option<Vec<Option<usize>>> = None;
        let mut width = 0;
        loop {
            let (line, read) = match reader.next() {
                Ok(Some(next)) => next,
                Ok(None) => break,
                Err(reason) => {
                    self.problems.push(Problem::in_file(self.file, reason));
                    return;
                }
            };
            let place = Place::line(self.file.clone(), line);
            let fields = match read {
                Ok(fields) => fields,
                Err(index) => {
                    let header = columns
                        .as_deref()
                        .and_then(|found| name(self.table, found, index));
                    self.problems.push(Problem {
                        column: header.map(str::to_owned),
                        ..Problem::in_row(&place, "is not UTF-8: save it as \"CSV UTF-8\"")
                    });
                    if columns.is_none() {
                        return;
                    }
                    self.rows += 1;
                    continue;
                }
            };
            let Some(columns) = &columns else {
                width = fields.len();
                match header(fields.iter(), self.table, &place, self.problems) {
                    Some(found) => columns = Some(found),
                    None => return,
                }
                continue;
            };
            if !self.counts(&place) {
                return;
            }
            if fields.len() != width {
                self.problems.push(Problem::in_row(
                    &place,
                    format!("has {} columns, the header {width}", fields.len()),
                ));
                continue;
            }
            self.row(place, columns, &fields, self.problems.total());
        }
        if columns.is_none() {
            self.problems.push(Problem::in_file(
                self.file,
                "is empty: the header is missing",
            ));
        }
    }

    fn grid(&mut self, grid: &Grid) {
        let head = Arc::new(Head {
            sheet: grid.sheet.clone(),
            columns: grid.header.clone(),
        });
        let place = |line| Place {
            file: self.file.clone(),
            line,
            head: Some(head.clone()),
        };
        let first = place(grid.header_line);
        if grid.header.iter().all(String::is_empty) {
            let reason = "is empty: the header is missing in its first row";
            self.problems.push(Problem::in_row(&first, reason));
            return;
        }
        for refused in grid.refused_at(grid.header_line) {
            self.problems.push(refused.problem(&first));
        }
        let names = grid.header.iter().map(String::as_str);
        let Some(columns) = header(names, self.table, &first, self.problems) else {
            return;
        };
        for (line, cells) in &grid.rows {
            let place = Place {
                line: *line,
                ..first.clone()
            };
            if !self.counts(&place) {
                return;
            }
            let before = self.problems.total();
            for refused in grid.refused_at(*line) {
                self.problems.push(refused.problem(&place));
            }
            if let Some(beyond) = cells.get(grid.header.len()..).filter(|it| !it.is_empty()) {
                let column = letters(cells.len() - 1);
                let value = beyond.last().map_or("", String::as_str);
                let reason = "stands under no column: the first row does not name it";
                self.problems
                    .push(Problem::at(&place, &column, value, reason));
                continue;
            }
            let missing = grid.header.len().saturating_sub(cells.len());
            let cells = cells.iter().map(String::as_str);
            let fields: StringRecord = cells.chain(std::iter::repeat_n("", missing)).collect();
            self.row(place, &columns, &fields, before);
        }
    }

    fn named(&mut self, rows: &[(u64, Named)]) {
        for (line, named) in rows {
            let place = Place::line(self.file.clone(), *line);
            if !self.counts(&place) {
                return;
            }
            self.row(place, &named.columns, &named.fields, self.problems.total());
        }
    }

    /// Counts a row; false when there are too many.
    fn counts(&mut self, place: &Place) -> bool {
        self.rows += 1;
        if self.rows > ROWS {
            let reason = format!("has more than {ROWS} rows");
            let file = place.sheet_or_file();
            self.problems.push(Problem::in_file(&file, reason));
        }
        self.rows <= ROWS
    }

    fn row(
        &mut self,
        place: Place,
        columns: &[Option<usize>],
        fields: &StringRecord,
        before: usize,
    ) {
        let mut row = Row::new(
            place,
            self.table,
            columns,
            fields,
            self.known,
            self.problems,
            before,
        );
        if row.is_sound() {
            (self.take)(&mut row);
        }
    }
}

/// Name of the column that stands at `index` in the file.
fn name(table: &Table, columns: &[Option<usize>], index: usize) -> Option<&'static str> {
    let position = columns.iter().position(|found| *found == Some(index))?;
    table.all().nth(position)
}

/// Where each of the table's columns stands in the file; nothing when the header does not fit.
fn header<'a>(
    fields: impl Iterator<Item = &'a str> + Clone,
    table: &Table,
    place: &Place,
    problems: &mut Problems,
) -> Option<Vec<Option<usize>>> {
    if fields.clone().nth(COLUMNS).is_some() {
        let reason = format!("has more than {COLUMNS} columns");
        problems.push(Problem::in_row(place, reason));
        return None;
    }
    let before = problems.total();
    let mut columns = vec![None; table.all().count()];
    for (index, field) in fields.enumerate() {
        match table.position(field.trim()) {
            None => problems.push(Problem::at(
                place,
                field,
                "",
                format!(
                    "unknown column; known: {}",
                    table.all().collect::<Vec<_>>().join(", ")
                ),
            )),
            Some(position) if columns[position].is_some() => {
                problems.push(Problem::at(
                    place,
                    field,
                    "",
                    "the column stands there twice",
                ));
            }
            Some(position) => columns[position] = Some(index),
        }
    }
    for (column, found) in table.columns.iter().zip(&columns) {
        if found.is_none() {
            problems.push(Problem::at(place, column, "", "the column is missing"));
        }
    }
    (problems.total() == before).then_some(columns)
}
