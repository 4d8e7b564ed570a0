//! CSV: as import reads it, and so that no spreadsheet runs a text of it as a formula.

use std::io::Write;

use flate2::{Compression, GzBuilder};

use crate::{cells::Value, export::Written, read::separated::is_formula};

pub(crate) fn bytes(table: &Written) -> Vec<u8> {
    let columns = table.columns();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut record = |cells: Vec<String>| {
        writer
            .write_record(cells)
            .expect("a record is written to memory");
    };
    record(columns.iter().map(|column| (*column).to_owned()).collect());
    for row in &table.rows {
        let cells = columns.iter().map(|column| cell(row.value(column)));
        record(cells.collect());
    }
    writer.into_inner().expect("a record is written to memory")
}

/// An apostrophe goes before what would be a formula; reading takes it off again.
fn cell(value: Option<&Value>) -> String {
    let written = value.map(Value::written).unwrap_or_default();
    match value {
        Some(Value::Text(_) | Value::List(_)) if is_formula(&written) => format!("'{written}"),
        _ => written,
    }
}

/// The same bytes for the same text, whenever it is packed.
pub(crate) fn packed(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packer = GzBuilder::new()
        .mtime(0)
        .write(Vec::new(), Compression::best());
    packer.write_all(bytes)?;
    packer.finish()
}
