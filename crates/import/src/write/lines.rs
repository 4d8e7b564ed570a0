//! JSON lines: each row an object with its table and all its columns; lists are lists, what is empty is null.

use serde_json::{Number, Value as Json};

use crate::{cells::Value, export::Written, read::lines::TABLE};

pub(crate) fn bytes(tables: &[Written]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for table in tables {
        for row in &table.rows {
            // In the order of the columns, which a map of JSON would not keep; neither they nor tables have a quote in their names.
            let columns = table.table.all();
            let fields = columns.filter_map(|column| {
                let value = json(row.value(column)?);
                Some(format!(",\"{column}\":{value}"))
            });
            let fields: String = fields.collect();
            let name = table.table.name;
            bytes.extend_from_slice(format!("{{\"{TABLE}\":\"{name}\"{fields}}}\n").as_bytes());
        }
    }
    bytes
}

fn json(value: &Value) -> Json {
    match value {
        Value::Empty => Json::Null,
        Value::Text(text) => Json::String(text.clone()),
        Value::List(parts) => parts.iter().cloned().map(Json::String).collect(),
        // 36 and not 36.0.
        Value::Number(number) if number.fract() == 0.0 && number.abs() <= 1e15 => {
            Json::from(*number as i64)
        }
        Value::Number(number) => Number::from_f64(*number).map_or(Json::Null, Json::Number),
    }
}
