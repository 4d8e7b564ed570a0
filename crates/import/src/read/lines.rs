//! JSON lines: each an object that names its table and gives every column of the row, null where it is empty.

use std::collections::HashMap;
use std::{fmt, sync::Arc};

use csv::StringRecord;
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::{
    contents::TABLES,
    file::{Named, Rows, Sheet, Table},
    list,
    problem::{Place, Problem, Problems},
};

/// Longest line.
pub const LINE_BYTES: usize = 1 << 20;
/// The field that names the table.
pub(crate) const TABLE: &str = "table";

/// The rows of every table that the lines name.
pub(crate) fn read(
    file: &str,
    bytes: &[u8],
    problems: &mut Problems,
) -> HashMap<&'static str, Sheet> {
    let file: Arc<str> = file.into();
    let mut tables: HashMap<&'static str, Vec<(u64, Named)>> = HashMap::new();
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    for (number, line) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let place = Place::line(file.clone(), number);
        match row(line) {
            Ok((table, named)) => tables.entry(table.name).or_default().push((number, named)),
            Err(Refusal { column, reason }) => problems.push(Problem {
                column,
                ..Problem::in_row(&place, reason)
            }),
        }
    }
    let sheets = tables.into_iter().map(|(table, rows)| {
        let sheet = Sheet {
            file: file.clone(),
            rows: Rows::Named(rows),
        };
        (table, sheet)
    });
    sheets.collect()
}

struct Refusal {
    column: Option<String>,
    reason: String,
}

fn refuse<T>(column: Option<&str>, reason: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal {
        column: column.map(|column| column.chars().take(80).collect()),
        reason: reason.into(),
    })
}

fn row(line: &[u8]) -> Result<(&'static Table, Named), Refusal> {
    if line.len() > LINE_BYTES {
        return refuse(None, format!("is longer than {LINE_BYTES} bytes"));
    }
    let Ok(line) = std::str::from_utf8(line) else {
        return refuse(None, "is not UTF-8");
    };
    let fields = match serde_json::from_str::<Fields>(line) {
        Ok(Fields(fields)) => fields,
        Err(error) => return refuse(None, reason(&error)),
    };
    let named = fields.iter().find(|(name, _)| name == TABLE);
    let table = match named {
        Some((_, Cell::Text(name))) => TABLES.iter().find(|table| table.name == name),
        Some(_) => None,
        None => {
            let reason = "names no table: each line has a field \"table\", such as \"sites\"";
            return refuse(None, reason);
        }
    };
    let Some(table) = table else {
        let known: Vec<_> = TABLES.iter().map(|table| table.name).collect();
        let reason = format!("is no table; known: {}", known.join(", "));
        return refuse(Some(TABLE), reason);
    };
    let mut cells = vec![String::new(); table.all().count()];
    let mut columns = vec![None; cells.len()];
    for (name, cell) in fields.into_iter().filter(|(name, _)| name != TABLE) {
        let Some(position) = table.position(&name) else {
            let known: Vec<_> = table.all().collect();
            let reason = format!("unknown column; known: {}", known.join(", "));
            return refuse(Some(&name), reason);
        };
        cells[position] = match cell {
            Cell::Text(text) => text,
            Cell::List(_) if !list::is_list(&name) => {
                return refuse(Some(&name), "is a list, where one value is wanted");
            }
            Cell::List(parts) => list::joined(&parts),
        };
        columns[position] = Some(position);
    }
    for (column, found) in table.columns.iter().zip(&columns) {
        if found.is_none() {
            let reason = "the column is missing: null says that it is empty";
            return refuse(Some(column), reason);
        }
    }
    let fields = StringRecord::from(cells);
    Ok((table, Named { fields, columns }))
}

/// What is wrong with a line, without the place in it that serde appends for the whole text.
fn reason(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or_default();
    match error.classify() {
        serde_json::error::Category::Data => said.to_owned(),
        _ => format!("is not JSON ({said} at character {})", error.column()),
    }
}

/// The fields of an object in their order, each once.
struct Fields(Vec<(String, Cell)>);

enum Cell {
    Text(String),
    List(Vec<String>),
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Fields;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object with the columns of a row")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields: Vec<(String, Cell)> = Vec::new();
                while let Some(name) = map.next_key::<String>()? {
                    if fields.iter().any(|(seen, _)| *seen == name) {
                        let name: String = name.chars().take(80).collect();
                        return Err(de::Error::custom(format!("has the field {name:?} twice")));
                    }
                    if fields.len() == crate::file::COLUMNS {
                        return Err(de::Error::custom("has too many fields"));
                    }
                    fields.push((name, map.next_value()?));
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Object)
    }
}

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Value;
        impl<'de> Visitor<'de> for Value {
            type Value = Cell;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, a number, true, false, null or a list of texts")
            }

            fn visit_unit<E>(self) -> Result<Cell, E> {
                Ok(Cell::Text(String::new()))
            }

            fn visit_bool<E>(self, value: bool) -> Result<Cell, E> {
                Ok(Cell::Text(value.to_string()))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Cell, E> {
                Ok(Cell::Text(value.to_string()))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Cell, E> {
                Ok(Cell::Text(value.to_string()))
            }

            fn visit_f64<E>(self, value: f64) -> Result<Cell, E> {
                Ok(Cell::Text(crate::shape::digits(value)))
            }

            fn visit_str<E>(self, value: &str) -> Result<Cell, E> {
                Ok(Cell::Text(value.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Cell, A::Error> {
                let mut parts = Vec::new();
                while let Some(part) = items.next_element::<String>()? {
                    if parts.len() == crate::row::LISTED {
                        return Err(de::Error::custom(format!(
                            "lists more than {}",
                            crate::row::LISTED
                        )));
                    }
                    parts.push(part);
                }
                Ok(Cell::List(parts))
            }
        }
        deserializer.deserialize_any(Value)
    }
}
