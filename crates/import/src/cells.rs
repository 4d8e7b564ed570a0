//! One row on its way out: what stands in each column of its table.

use std::{collections::HashSet, fmt::Display};

use csv::StringRecord;

use crate::{
    file::{Named, Table},
    list,
    shape::digits,
};

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Empty,
    Text(String),
    Number(f64),
    List(Vec<String>),
}

impl Value {
    /// As a cell of CSV says it, not yet kept from being run as a formula.
    pub fn written(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => digits(*number),
            Self::List(parts) => list::joined(parts),
        }
    }
}

pub(crate) struct Cells {
    table: &'static Table,
    /// In the order of the table's columns; none where an optional column is not needed.
    values: Vec<Option<Value>>,
    /// Keys of the figures that its columns of numbers state.
    pub states: Vec<String>,
}

impl Cells {
    pub fn new(table: &'static Table) -> Self {
        let required = table.columns.iter().map(|_| Some(Value::Empty));
        let optional = table.optional.iter().map(|_| None);
        Self {
            table,
            values: required.chain(optional).collect(),
            states: Vec::new(),
        }
    }

    fn set(&mut self, column: &str, value: Value) -> &mut Self {
        let position = self.table.position(column);
        let position = position.expect("tables list the columns they write");
        self.values[position] = Some(value);
        self
    }

    pub fn text(&mut self, column: &str, text: impl Display) -> &mut Self {
        self.set(column, Value::Text(text.to_string()))
    }

    pub fn optional(&mut self, column: &str, text: Option<impl Display>) -> &mut Self {
        match text {
            Some(text) => self.text(column, text),
            None => self,
        }
    }

    pub fn number(&mut self, column: &str, number: f64) -> &mut Self {
        self.set(column, Value::Number(number))
    }

    pub fn optional_number(&mut self, column: &str, number: Option<f64>) -> &mut Self {
        match number {
            Some(number) => self.number(column, number),
            None => self,
        }
    }

    pub fn list(&mut self, column: &str, parts: &[String]) -> &mut Self {
        match parts.is_empty() {
            true => self,
            false => self.set(column, Value::List(parts.to_vec())),
        }
    }

    /// The key of the observation that states the figure which columns do not; the column is there even when nothing states it.
    pub fn figure(&mut self, column: &str, key: Option<&str>) -> &mut Self {
        let key = key.map_or(Value::Empty, |key| Value::Text(key.to_owned()));
        self.set(column, key)
    }

    /// The value of a column; none where an optional column is not needed.
    pub fn value(&self, column: &str) -> Option<&Value> {
        self.values[self.table.position(column)?].as_ref()
    }

    /// Whether its own key, or that of what it is a part of, is among these.
    pub fn is_of(&self, keys: &HashSet<&str>) -> bool {
        let first = self.values.first().and_then(Option::as_ref);
        matches!(first, Some(Value::Text(key)) if keys.contains(key.as_str()))
    }

    /// As a row that names its columns, the way files are read.
    pub fn named(&self) -> Named {
        let written = |value: &Option<Value>| value.as_ref().map_or(String::new(), Value::written);
        let fields: Vec<_> = self.values.iter().map(written).collect();
        let columns = self.values.iter().enumerate();
        let columns = columns.map(|(index, value)| value.as_ref().map(|_| index));
        Named {
            fields: StringRecord::from(fields),
            columns: columns.collect(),
        }
    }
}
