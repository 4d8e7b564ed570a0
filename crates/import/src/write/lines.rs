//! JSON lines: each row an object with its table and all its columns; lists are lists, what is empty is null.

use serde_json::{Map, Number, Value as Json};

use crate::{cells::Value, export::Written, read::lines::TABLE};

pub(crate) fn bytes(tables: &[Written]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for table in tables {
        for row in &table.rows {
            let mut object = Map::new();
            object.insert(TABLE.to_owned(), table.table.name.into());
            for column in table.table.all() {
                if let Some(value) = row.value(column) {
                    object.insert(column.to_owned(), json(value));
                }
            }
            let line = Json::Object(object).to_string();
            bytes.extend_from_slice(line.as_bytes());
            bytes.push(b'\n');
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
