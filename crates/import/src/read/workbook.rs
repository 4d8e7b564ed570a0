//! Excel workbooks: one sheet a table, read cell by cell, so that what a sheet claims to be allocates nothing.

use std::{collections::HashMap, io::Cursor, panic::AssertUnwindSafe, sync::Arc};

use calamine::{DataRef, Reader, SheetType, Xlsx};

use super::archive;
use crate::{
    contents::TABLES,
    file::{COLUMNS, ROWS, Rows, Sheet, Table},
    problem::{Place, Problem, Problems, letters},
    shape::digits,
};

/// Longest text of all cells together: cells may repeat a text that the file holds once.
const TEXT_BYTES: usize = 64 << 20;
/// Most cells, those counted that are empty before one that is not.
const CELLS: usize = 8_000_000;
/// Most sheets.
const SHEETS: usize = 100;

/// A sheet as it was found.
pub(crate) struct Grid {
    pub sheet: Arc<str>,
    pub header: Vec<String>,
    pub header_line: u64,
    /// Rows that are not blank, each with its line and its cells up to the last that holds something.
    pub rows: Vec<(u64, Vec<String>)>,
    /// Cells that cannot be taken, in the order of their lines.
    pub refused: Vec<Refused>,
}

/// A cell that cannot be taken.
pub(crate) struct Refused {
    line: u64,
    column: usize,
    value: String,
    reason: &'static str,
}

impl Grid {
    pub fn refused_at(&self, line: u64) -> &[Refused] {
        let first = self.refused.partition_point(|cell| cell.line < line);
        let end = self.refused.partition_point(|cell| cell.line <= line);
        &self.refused[first..end]
    }
}

impl Refused {
    pub fn problem(&self, place: &Place) -> Problem {
        let head = place.head.as_ref();
        let name = head.and_then(|head| head.columns.get(self.column));
        let name = name.filter(|name| !name.is_empty());
        let column = name.map_or_else(|| letters(self.column), String::clone);
        Problem::at(place, &column, &self.value, self.reason)
    }
}

/// The rows of every table that has a sheet.
pub(crate) fn read(
    file: &str,
    bytes: Vec<u8>,
    problems: &mut Problems,
) -> HashMap<&'static str, Sheet> {
    if let Err(reason) = archive::check(&bytes) {
        problems.push(Problem::in_file(file, reason));
        return HashMap::new();
    }
    // The reader takes what Excel writes; on what a stranger made up it may panic, which is one more way of being damaged.
    let mut found = Problems::default();
    let read = AssertUnwindSafe(|| sheets(file, bytes, &mut found));
    let read = std::panic::catch_unwind(read).unwrap_or_else(|_| Err("is damaged".to_owned()));
    problems.extend(found);
    read.unwrap_or_else(|reason| {
        problems.push(Problem::in_file(file, reason));
        HashMap::new()
    })
}

fn sheets(
    file: &str,
    bytes: Vec<u8>,
    problems: &mut Problems,
) -> Result<HashMap<&'static str, Sheet>, String> {
    let damaged = |error: calamine::XlsxError| format!("cannot be read as a workbook: {error}");
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let about = workbook.sheets_metadata().to_vec();
    if about.len() > SHEETS {
        return Err(format!("has more than {SHEETS} sheets"));
    }
    let name: Arc<str> = file.into();
    let mut sheets = HashMap::new();
    let mut room = Room {
        text: TEXT_BYTES,
        cells: CELLS,
    };
    for sheet in &about {
        let mut refuse = |reason: String| {
            let file = format!(
                "{file}, {}",
                sheet.name.chars().take(80).collect::<String>()
            );
            problems.push(Problem::in_file(&file, reason));
        };
        if sheet.typ != SheetType::WorkSheet {
            refuse("is no sheet of cells: take it out".to_owned());
            continue;
        }
        let same = |other: &&calamine::Sheet| other.name.eq_ignore_ascii_case(&sheet.name);
        if about.iter().filter(same).count() > 1 {
            refuse("stands there twice: keep one of the two".to_owned());
            continue;
        }
        let grid = match grid(&mut workbook, &sheet.name, &mut room) {
            Ok(grid) => grid,
            Err(reason) => {
                refuse(reason);
                continue;
            }
        };
        let table = TABLES.iter().find(|table| table.name == sheet.name);
        match table {
            Some(table) => {
                let sheet = Sheet {
                    file: name.clone(),
                    rows: Rows::Grid(grid),
                };
                sheets.insert(table.name, sheet);
            }
            // Spreadsheets add empty sheets of their own.
            None if grid.header.is_empty() && grid.rows.is_empty() => {}
            None => refuse(format!(
                "no table has this name; known: {}",
                TABLES.map(|table: &Table| table.name).join(", ")
            )),
        }
    }
    if sheets.is_empty() && problems.is_empty() {
        return Err("has no sheet with the name of a table".to_owned());
    }
    Ok(sheets)
}

/// What all sheets together may still hold.
struct Room {
    text: usize,
    cells: usize,
}

impl Room {
    fn take(&mut self, text: usize, cells: usize) -> Result<(), String> {
        let left = self
            .text
            .checked_sub(text)
            .zip(self.cells.checked_sub(cells));
        (self.text, self.cells) = left.ok_or_else(|| {
            format!(
                "has more than {} MiB of text, or {CELLS} cells, with the sheets before it: import it in pieces, or as CSV",
                TEXT_BYTES >> 20
            )
        })?;
        Ok(())
    }
}

fn grid(workbook: &mut Xlsx<Cursor<Vec<u8>>>, name: &str, room: &mut Room) -> Result<Grid, String> {
    let damaged = |error: calamine::XlsxError| format!("cannot be read: {error}");
    let mut cells = workbook.worksheet_cells_reader(name).map_err(damaged)?;
    let mut grid = Grid {
        sheet: name.into(),
        header: Vec::new(),
        header_line: 1,
        rows: Vec::new(),
        refused: Vec::new(),
    };
    let mut last = None;
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(damaged)? {
        let (row, column) = cell.pos;
        if last.is_some_and(|last| last >= cell.pos) {
            return Err("has its cells out of order: save it anew in a spreadsheet".to_owned());
        }
        last = Some(cell.pos);
        let line = u64::from(row) + 1;
        let column = column as usize;
        let (value, mut refused) = written(&cell.value);
        if cell.formula.is_some() {
            refused =
                Some("comes of a formula: put its value in its place (copy, then paste values)");
        }
        if value.is_empty() && refused.is_none() {
            continue;
        }
        if column >= COLUMNS {
            return Err(format!(
                "has something in {}{line}: a table has at most {COLUMNS} columns",
                letters(column)
            ));
        }
        if line > ROWS + 1 {
            return Err(format!("has more than {ROWS} rows"));
        }
        if let Some(reason) = refused {
            grid.refused.push(Refused {
                line,
                column,
                value: value.clone(),
                reason,
            });
        }
        let header = grid.header.is_empty() || line == grid.header_line;
        let cells = if header {
            grid.header_line = line;
            &mut grid.header
        } else {
            if grid.rows.last().is_none_or(|(last, _)| *last != line) {
                grid.rows.push((line, Vec::new()));
            }
            let (_, cells) = grid.rows.last_mut().expect("it was added");
            cells
        };
        room.take(value.len(), column + 1 - cells.len().min(column))?;
        cells.resize(column, String::new());
        cells.push(value);
    }
    Ok(grid)
}

/// What a cell says, as CSV would say it; and why it cannot be taken, if so.
fn written(value: &DataRef<'_>) -> (String, Option<&'static str>) {
    match value {
        DataRef::Empty => (String::new(), None),
        DataRef::String(text) => (text.clone(), None),
        DataRef::SharedString(text) => ((*text).to_owned(), None),
        DataRef::Bool(value) => (value.to_string(), None),
        DataRef::Int(value) => (value.to_string(), None),
        DataRef::Float(value) => (digits(*value), None),
        DataRef::Error(error) => (
            error.to_string(),
            Some("is an error: put a value in its place"),
        ),
        DataRef::DateTime(date) => {
            let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
            let text = format!("{year:04}-{month:02}-{day:02}");
            let clock = (hour, minute, second) != (0, 0, 0);
            let refused = (clock || date.is_duration())
                .then_some("is a time of day, where a date (2020-12-18) is wanted");
            (text, refused)
        }
        DataRef::DateTimeIso(text) => {
            let (date, time) = text.split_once('T').unwrap_or((text, ""));
            let clock = time.contains(|found: char| ('1'..='9').contains(&found));
            let refused = clock.then_some("is a time of day, where a date (2020-12-18) is wanted");
            (date.to_owned(), refused)
        }
        DataRef::DurationIso(text) => (text.clone(), Some("is a length of time")),
    }
}
