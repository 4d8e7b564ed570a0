//! An Excel workbook, one sheet a table: numbers are numbers, everything else is text and stays it, formulas do not exist.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::{cells::Value, export::Written};

/// How wide a column is at most, in letters.
const WIDTH: usize = 40;
/// How many rows say how wide a column is.
const LOOKED_AT: usize = 200;

pub(crate) fn bytes(tables: &[Written]) -> Result<Vec<u8>, String> {
    let mut workbook = Workbook::new();
    // The same facts make the same bytes: what Excel shows as the day of making is a fixed one.
    let made = ExcelDateTime::from_ymd(2000, 1, 1).map_err(|error| error.to_string())?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    for table in tables {
        let sheet = workbook.add_worksheet();
        fill(sheet, table).map_err(|error| {
            format!("the sheet {} cannot be written: {error}", table.table.name)
        })?;
    }
    workbook.save_to_buffer().map_err(|error| error.to_string())
}

fn fill(sheet: &mut Worksheet, table: &Written) -> Result<(), XlsxError> {
    let text = Format::new().set_num_format("@");
    let heading = Format::new().set_bold();
    sheet.set_name(table.table.name)?;
    sheet.set_freeze_panes(1, 0)?;
    for (column, name) in (0..).zip(table.columns()) {
        let values = || table.rows.iter().map(|row| row.value(name));
        let numbers = values().any(|value| matches!(value, Some(Value::Number(_))));
        if !numbers {
            // What somebody types there stays as it was typed: 2019-03 and 03.231 are neither a date nor a number.
            sheet.set_column_format(column, &text)?;
        }
        let lengths = values().take(LOOKED_AT).flatten();
        let longest = lengths.map(|value| value.written().chars().count()).max();
        let width = longest.unwrap_or_default().max(name.len()).min(WIDTH);
        sheet.set_column_width(column, width as f64 + 2.0)?;
        sheet.write_string_with_format(0, column, name, &heading)?;
        for (row, value) in (1..).zip(values()) {
            match value {
                None | Some(Value::Empty) => {}
                Some(Value::Number(number)) => {
                    sheet.write_number(row, column, *number)?;
                }
                Some(value) => {
                    sheet.write_string_with_format(row, column, value.written(), &text)?;
                }
            }
        }
    }
    Ok(())
}
