//! What a path is, by its content and its ending, and the rows of each table it holds.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use super::{folder, lines, workbook};
use crate::{
    Error,
    contents::TABLES,
    file::{Rows, Sheet, Table},
    problem::{Problem, Problems},
};

/// Where rows come from.
pub(crate) struct Origin {
    /// What it is called in reasons and messages.
    pub name: String,
    /// CSV files of a folder that no table is called by.
    pub ignored: Vec<String>,
    from: From,
}

enum From {
    Folder(PathBuf),
    /// Everything was read at once.
    Sheets(HashMap<&'static str, Sheet>),
}

/// What the bytes of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One table, as CSV.
    Csv,
    /// An Excel workbook, one sheet a table.
    Xlsx,
    /// One row a line, as JSON.
    Jsonl,
}

impl Format {
    /// The format that a name ends in.
    pub fn of(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
        if ends(&[".csv", ".csv.gz"]) {
            Some(Self::Csv)
        } else if ends(&[".xlsx"]) {
            Some(Self::Xlsx)
        } else if ends(&[".jsonl", ".ndjson"]) {
            Some(Self::Jsonl)
        } else {
            None
        }
    }
}

const KINDS: &str = "a folder of CSV files, one CSV file named as a table (sites.csv), an Excel workbook (.xlsx), JSON lines (.jsonl), or - for \
                     JSON lines from standard input";

impl Origin {
    /// What stands at a path; `-` is standard input.
    pub fn open(path: &Path, problems: &mut Problems) -> Result<Self, Error> {
        if path == Path::new("-") {
            let bytes = folder::within(std::io::stdin().lock())
                .map_err(|reason| unreadable(path, reason))?;
            return Ok(Self::of_bytes(
                "standard input",
                Format::Jsonl,
                bytes,
                problems,
            ));
        }
        let about = std::fs::metadata(path).map_err(|error| unreadable(path, error.to_string()))?;
        if about.is_dir() {
            return Self::of_folder(path);
        }
        let name = path.file_name().unwrap_or(path.as_os_str());
        let name = name.to_string_lossy().into_owned();
        let format = Format::of(&name);
        let packed = name.to_lowercase().ends_with(".gz");
        let bytes = folder::bytes(path, packed);
        let format = match (format, &bytes) {
            (Some(format), _) => format,
            // An .xls, an .xlsm: what it is says what to do.
            (None, Ok(bytes)) if is_spreadsheet(bytes) => Format::Xlsx,
            (None, _) => return Err(unreadable(path, format!("it is none of these: {KINDS}"))),
        };
        Ok(match bytes {
            Ok(bytes) => Self::of_bytes(&name, format, bytes, problems),
            Err(reason) => {
                problems.push(Problem::in_file(&name, reason));
                Self::of_sheets(&name, HashMap::new())
            }
        })
    }

    fn of_folder(dir: &Path) -> Result<Self, Error> {
        let ignored = look(dir)?;
        let name = dir.file_name().unwrap_or(dir.as_os_str());
        Ok(Self {
            name: name.to_string_lossy().into_owned(),
            ignored,
            from: From::Folder(dir.to_owned()),
        })
    }

    /// A file in memory.
    pub fn of_bytes(name: &str, format: Format, bytes: Vec<u8>, problems: &mut Problems) -> Self {
        let sheets = match format {
            Format::Csv => single(name, bytes, problems),
            Format::Xlsx => workbook::read(name, bytes, problems),
            Format::Jsonl => lines::read(name, &bytes, problems),
        };
        Self::of_sheets(name, sheets)
    }

    pub fn of_sheets(name: &str, sheets: HashMap<&'static str, Sheet>) -> Self {
        Self {
            name: name.to_owned(),
            ignored: Vec::new(),
            from: From::Sheets(sheets),
        }
    }

    /// The rows of a table; nothing when there are none, or when they cannot be read, which is a problem.
    pub fn table(&mut self, table: &Table, problems: &mut Problems) -> Option<Sheet> {
        match &mut self.from {
            From::Folder(dir) => folder::open(dir, table, problems),
            From::Sheets(sheets) => sheets.remove(table.name),
        }
    }
}

/// A CSV file alone, which is named as its table.
fn single(name: &str, bytes: Vec<u8>, problems: &mut Problems) -> HashMap<&'static str, Sheet> {
    let stem = name.split('.').next().unwrap_or_default();
    let Some(table) = TABLES.iter().find(|table| table.name == stem) else {
        let known = TABLES.map(|table: &Table| table.name).join(".csv, ");
        let reason = format!("is not named as a table: one of {known}.csv");
        problems.push(Problem::in_file(name, reason));
        return HashMap::new();
    };
    let sheet = Sheet {
        file: name.into(),
        rows: Rows::Separated(bytes),
    };
    HashMap::from([(table.name, sheet)])
}

fn is_spreadsheet(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0")
}

fn unreadable(path: &Path, reason: String) -> Error {
    Error::Folder {
        folder: path.to_owned(),
        reason,
    }
}

/// CSV files of the folder that no table is called by; an error when there is no table at all.
fn look(dir: &Path) -> Result<Vec<String>, Error> {
    let folder = |reason: String| unreadable(dir, reason);
    let mut ignored = Vec::new();
    let mut tables = 0;
    for entry in std::fs::read_dir(dir).map_err(|error| folder(error.to_string()))? {
        let entry = entry.map_err(|error| folder(error.to_string()))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let plain = name.strip_suffix(".gz").unwrap_or(&name);
        let Some(table) = plain.strip_suffix(".csv") else {
            continue;
        };
        if TABLES.iter().any(|known| known.name == table) {
            tables += 1;
        } else {
            ignored.push(name);
        }
    }
    if tables == 0 {
        let names: Vec<_> = TABLES.iter().map(|table| table.name).collect();
        return Err(folder(format!(
            "it has none of the files {}.csv",
            names.join(".csv, ")
        )));
    }
    ignored.sort();
    Ok(ignored)
}
