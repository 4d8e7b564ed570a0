//! Lists longer than a page: read on while lines are asked for that were not read, or while it is not known how many there are.

use serde_json::Value;

use crate::answer::QuestionKind;
use crate::frame::{Compared, Frame};

use super::Operation;

/// Most pages of one answer: every commune of the country stands on them.
pub const MOST: usize = 16;

/// The operation that reads the page after the last one read; `None` when enough is known.
pub fn next(operation: &Operation, frame: &Frame, data: &Value) -> Option<Operation> {
    let connection = connection(&operation.name)?;
    let page = &data[connection];
    let after = page.pointer("/pageInfo/endCursor")?.as_str()?;
    let more = page.pointer("/pageInfo/hasNextPage") == Some(&Value::Bool(true));
    let nodes = page["nodes"].as_array()?;
    let wanted = match frame.chooses() {
        true => nodes.iter().all(|node| !is_beyond(frame, nodes, node)),
        false => frame.kind == QuestionKind::List && nodes.len() < frame.told_lines().end,
    };
    (more && wanted).then(|| {
        let mut next = operation.clone();
        next.variables["after"] = Value::String(after.to_owned());
        next
    })
}

/// Puts a page behind those that were read before it.
pub fn join(operation: &Operation, data: &mut Value, mut page: Value) {
    let Some(connection) = connection(&operation.name) else {
        return;
    };
    let read = page[connection]["nodes"].take();
    data[connection]["pageInfo"] = page[connection]["pageInfo"].take();
    if let (Some(known), Value::Array(read)) = (data[connection]["nodes"].as_array_mut(), read) {
        known.extend(read);
    }
}

/// How many rows were read.
pub fn lines(operation: &Operation, data: &Value) -> usize {
    let nodes = connection(&operation.name).map(|connection| &data[connection]["nodes"]);
    nodes.and_then(Value::as_array).map_or(0, Vec::len)
}

fn connection(operation: &str) -> Option<&'static str> {
    match operation {
        "Territories" => Some("territories"),
        "Chosen" | "ChosenBetween" => Some("observations"),
        _ => None,
    }
}

/// Whether a figure lies beyond those that are chosen, in the order they are read in: of an earlier time, or past the number.
fn is_beyond(frame: &Frame, nodes: &[Value], node: &Value) -> bool {
    let period = |node: &Value| node["period"].as_str().map(str::to_owned);
    let (Some(bound), Some(side), Some(value)) =
        (frame.number, frame.compared, node["value"].as_f64())
    else {
        return true;
    };
    if nodes.first().and_then(period) != period(node) {
        return true;
    }
    match side {
        // A range is read from its higher end.
        Compared::More | Compared::AtLeast | Compared::Equal => value < bound,
        Compared::Less | Compared::AtMost => value > bound,
    }
}
