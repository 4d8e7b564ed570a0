//! Numbers that a reply states and nothing carries.

use serde_json::Value;

const SEPARATORS: [char; 6] = ['.', ',', '٫', '٬', '\u{a0}', '\u{202f}'];

/// Numbers in the text of an answer (the object `ask` of `ask.graphql`) that are in no figure, item, source, option or query of
/// it, and not in the question: as written. An honest answer has none.
pub fn invented(answer: &Value, question: &str) -> Vec<String> {
    let mut known = Vec::new();
    if let Some(fields) = answer.as_object() {
        for (name, field) in fields {
            if name != "text" && name != "conversation" {
                collect(field, &mut known);
            }
        }
    }
    known.extend(values(question));
    let rounded = |written: &str, value: f64| {
        let places = written
            .rsplit_once(SEPARATORS)
            .map_or(0, |(_, decimals)| decimals.chars().count());
        let half = 0.5 * 10f64.powi(-i32::try_from(places).unwrap_or(0)) + 1e-9;
        known.iter().any(|k| {
            // A ratio may be shown in per cent, an amount in millions or billions.
            [1.0, 100.0, 1e-3, 1e-6, 1e-9]
                .iter()
                .any(|scale| (k.abs() * scale - value).abs() <= half)
        })
    };
    // What a record says in its own words stands between quotation marks.
    let said: String = answer["text"]
        .as_str()
        .unwrap_or_default()
        .split(['«', '“'])
        .map(|part| part.split_once(['»', '”']).map_or(part, |(_, after)| after))
        .collect();
    written(&said)
        .into_iter()
        .filter(|number| !readings(number).iter().any(|value| rounded(number, *value)))
        .collect()
}

fn collect(field: &Value, known: &mut Vec<f64>) {
    match field {
        Value::Number(number) => known.extend(number.as_f64()),
        Value::String(text) => known.extend(values(text)),
        Value::Array(list) => {
            known.push(list.len() as f64);
            list.iter().for_each(|inner| collect(inner, known));
        }
        Value::Object(fields) => fields.values().for_each(|inner| collect(inner, known)),
        Value::Null | Value::Bool(_) => {}
    }
}

fn values(text: &str) -> Vec<f64> {
    // A period code has digits beside a letter: 2024-Q4.
    let apart: String = text
        .chars()
        .map(|c| if c.is_ascii_uppercase() { ' ' } else { c })
        .collect();
    written(&apart)
        .iter()
        .flat_map(|number| readings(number))
        .collect()
}

/// Runs of digits with the separators inside them: "4 500", "26,2", "4.500"; not the digits of Darija words ("ch7al").
fn written(text: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let mut numbers = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        if !characters[at].is_numeric() {
            at += 1;
            continue;
        }
        let start = at;
        let after_letter = start > 0 && characters[start - 1].is_alphabetic();
        while at < characters.len() {
            let separated = SEPARATORS.contains(&characters[at])
                && characters.get(at + 1).is_some_and(|c| c.is_numeric());
            if !characters[at].is_numeric() && !separated {
                break;
            }
            at += 1;
        }
        let before_letter = characters.get(at).is_some_and(|c| c.is_alphabetic());
        if !after_letter && !before_letter {
            numbers.push(characters[start..at].iter().collect());
        }
    }
    numbers
}

/// What a number as written can mean: its last separator before a fraction or, with three digits behind it, among thousands.
fn readings(written: &str) -> Vec<f64> {
    let digits: String = written
        .chars()
        .map(|c| match c {
            '٠'..='٩' => char::from(b'0' + (u32::from(c) - u32::from('٠')) as u8),
            c => c,
        })
        .collect();
    let parts: Vec<&str> = digits.split(SEPARATORS).collect();
    let mut readings = vec![parts.concat()];
    if let Some((fraction, whole)) = parts.split_last()
        && !whole.is_empty()
    {
        if fraction.len() != 3 {
            readings.clear();
        }
        readings.push(format!("{}.{fraction}", whole.concat()));
    }
    readings
        .iter()
        .filter_map(|reading| reading.parse().ok())
        .collect()
}
