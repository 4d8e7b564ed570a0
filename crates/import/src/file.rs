//! One file of the data folder: its bytes within limits, then its rows with their real line and named columns.

use std::{fs::File, io::Read, path::Path, sync::Arc};

use csv::{ByteRecord, ReaderBuilder, StringRecord};
use flate2::read::MultiGzDecoder;

use crate::{
    known::Known,
    problem::{Place, Problem, Problems},
    row::Row,
};

/// Largest file on disk.
pub const FILE_BYTES: u64 = 64 << 20;
/// Largest file once unpacked.
pub const UNPACKED_BYTES: u64 = 256 << 20;
/// Most rows in a file.
pub const ROWS: u64 = 1_000_000;

/// A table as files state it.
pub(crate) struct Table {
    /// Name without its ending: `sites` stands for `sites.csv` or `sites.csv.gz`.
    pub name: &'static str,
    pub columns: &'static [&'static str],
    /// Columns that may be left out altogether.
    pub optional: &'static [&'static str],
}

/// A file that is there, in memory.
pub(crate) struct Text {
    pub file: Arc<str>,
    bytes: Vec<u8>,
}

impl Text {
    /// A text that is part of the program.
    pub fn embedded(file: &str, text: &str) -> Self {
        Self {
            file: file.into(),
            bytes: text.as_bytes().to_vec(),
        }
    }
}

/// Reads the table's file, packed or not. Nothing when it is absent or cannot be read; the second is a problem.
pub(crate) fn open(dir: &Path, table: &Table, problems: &mut Problems) -> Option<Text> {
    let plain = format!("{}.csv", table.name);
    let packed = format!("{plain}.gz");
    let file = match (dir.join(&plain).exists(), dir.join(&packed).exists()) {
        (false, false) => return None,
        (true, true) => {
            let reason = format!("stands beside {packed}: keep one of the two");
            problems.push(Problem::in_file(&plain, reason));
            return None;
        }
        (true, false) => plain,
        (false, true) => packed,
    };
    match bytes(&dir.join(&file), file.ends_with(".gz")) {
        Ok(bytes) => Some(Text {
            file: file.into(),
            bytes,
        }),
        Err(reason) => {
            problems.push(Problem::in_file(&file, reason));
            None
        }
    }
}

fn bytes(path: &Path, packed: bool) -> Result<Vec<u8>, String> {
    let unreadable = |error: std::io::Error| format!("cannot be read: {error}");
    let about = std::fs::metadata(path).map_err(unreadable)?;
    if !about.is_file() {
        return Err("is not a regular file".to_owned());
    }
    if about.len() > FILE_BYTES {
        return Err(format!("is larger than {} MiB", FILE_BYTES >> 20));
    }
    let file = File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    let read = if packed {
        MultiGzDecoder::new(file)
            .take(UNPACKED_BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| format!("cannot be unpacked as gzip: {error}"))?
    } else {
        // A file may grow while it is read.
        let read = file.take(FILE_BYTES + 1).read_to_end(&mut bytes);
        read.map_err(unreadable)?
    };
    let limit = if packed { UNPACKED_BYTES } else { FILE_BYTES };
    if read as u64 > limit {
        return Err(format!(
            "holds more than {} MiB{}",
            limit >> 20,
            if packed { " once unpacked" } else { "" }
        ));
    }
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    Ok(bytes)
}

/// Hands every sound row to `take`; returns how many rows the file has.
pub(crate) fn each_row(
    text: &Text,
    table: &Table,
    known: &mut Known,
    problems: &mut Problems,
    mut take: impl FnMut(&mut Row<'_>),
) -> u64 {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.bytes.as_slice());
    let mut lines = Lines::new(&text.bytes);
    let mut record = ByteRecord::new();
    let mut columns: Option<Vec<Option<usize>>> = None;
    let mut width = 0;
    let mut rows = 0;
    loop {
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                problems.push(Problem::in_file(&text.file, format!("is not CSV: {error}")));
                return rows;
            }
        }
        let offset = record.position().map_or(0, csv::Position::byte);
        let place = Place {
            file: text.file.clone(),
            line: lines.line_of(offset as usize),
        };
        let fields = match StringRecord::from_byte_record(std::mem::take(&mut record)) {
            Ok(fields) => fields,
            Err(error) => {
                let index = error.utf8_error().field();
                let header = columns
                    .as_deref()
                    .and_then(|found| name(table, found, index));
                problems.push(Problem {
                    column: header.map(str::to_owned),
                    ..Problem::in_row(&place, "is not UTF-8")
                });
                if columns.is_none() {
                    return 0;
                }
                rows += 1;
                continue;
            }
        };
        let Some(columns) = &columns else {
            width = fields.len();
            match header(&fields, table, &place, problems) {
                Some(found) => columns = Some(found),
                None => return 0,
            }
            continue;
        };
        rows += 1;
        if rows > ROWS {
            let reason = format!("has more than {ROWS} rows");
            problems.push(Problem::in_file(&text.file, reason));
            return rows;
        }
        if fields.len() != width {
            problems.push(Problem::in_row(
                &place,
                format!("has {} columns, the header {width}", fields.len()),
            ));
            continue;
        }
        let mut row = Row::new(place, table, columns, &fields, known, problems);
        if row.is_sound() {
            take(&mut row);
        }
    }
    if columns.is_none() {
        problems.push(Problem::in_file(
            &text.file,
            "is empty: the header is missing",
        ));
    }
    rows
}

/// Name of the column that stands at `index` in the file.
fn name(table: &Table, columns: &[Option<usize>], index: usize) -> Option<&'static str> {
    let position = columns.iter().position(|found| *found == Some(index))?;
    table
        .columns
        .iter()
        .chain(table.optional)
        .nth(position)
        .copied()
}

/// Where each of the table's columns stands in the file; nothing when the header does not fit.
fn header(
    fields: &StringRecord,
    table: &Table,
    place: &Place,
    problems: &mut Problems,
) -> Option<Vec<Option<usize>>> {
    let before = problems.total();
    let mut columns = vec![None; table.columns.len() + table.optional.len()];
    for (index, field) in fields.iter().enumerate() {
        let mut expected = table.columns.iter().chain(table.optional);
        match expected.position(|column| *column == field.trim()) {
            None => problems.push(Problem::at(
                place,
                field,
                "",
                format!("unknown column; known: {}", table.columns.join(", ")),
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

/// Turns growing offsets into line numbers, blank lines and quoted line ends counted.
struct Lines<'a> {
    bytes: &'a [u8],
    offset: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            offset: 0,
            line: 1,
        }
    }

    fn line_of(&mut self, offset: usize) -> u64 {
        let mut end = offset.min(self.bytes.len()).max(self.offset);
        // A record is said to start where the one before it ended: the line ends between belong to neither.
        while matches!(self.bytes.get(end), Some(b'\n' | b'\r')) {
            end += 1;
        }
        for index in self.offset..end {
            let old_mac = self.bytes[index] == b'\r' && self.bytes.get(index + 1) != Some(&b'\n');
            if self.bytes[index] == b'\n' || old_mac {
                self.line += 1;
            }
        }
        self.offset = end;
        self.line
    }
}
