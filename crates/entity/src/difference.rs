//! What differs between two versions of a fact, field by field.

use serde::Serialize;
use serde_json::{Map, Value};

/// A field of a fact, from what it was to what it is. Keys stand for what is referred to; texts are as they are, lists and parts as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Its name, as in the input of the fact: `value`, `nameFr`.
    pub field: String,
    /// What it was; none when it was empty, or the fact was not there.
    pub before: Option<String>,
    /// What it is; none when it is empty, or the fact is there no more.
    pub after: Option<String>,
}

/// The fields in which two drafts differ, both as JSON; without a draft before, every field that is not empty.
pub fn differences(before: Option<&str>, after: Option<&str>) -> Vec<Difference> {
    let (before, after) = (fields(before), fields(after));
    let names = after
        .keys()
        .chain(before.keys().filter(|name| !after.contains_key(*name)));
    names
        .filter_map(|name| {
            let of = |fields: &Map<String, Value>| {
                fields.get(name).and_then(|value| written(name, value))
            };
            let (before, after) = (of(&before), of(&after));
            (before != after).then(|| Difference {
                field: camel_case(name),
                before,
                after,
            })
        })
        .collect()
}

fn fields(draft: Option<&str>) -> Map<String, Value> {
    match draft.and_then(|draft| serde_json::from_str(draft).ok()) {
        Some(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

/// A value as it is shown; nothing for what is empty.
fn written(name: &str, value: &Value) -> Option<String> {
    match value {
        // Its kind and its key.
        Value::Array(pair) if name == "subject" => {
            let words: Vec<_> = pair.iter().filter_map(Value::as_str).collect();
            Some(words.join(" "))
        }
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(items) if items.is_empty() => None,
        Value::Number(number) => match number.as_f64() {
            // 36 and not 36.0: the drafts hold every value as a float.
            Some(float) if float.fract() == 0.0 && float.abs() < 1e15 => {
                Some(format!("{float:.0}"))
            }
            _ => Some(number.to_string()),
        },
        other => Some(other.to_string()),
    }
}

fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |camel, word| {
        let mut letters = word.chars();
        let initial = letters.next().map(|letter| letter.to_ascii_uppercase());
        camel + &initial.into_iter().chain(letters).collect::<String>()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_told() {
        let before = r#"{"key":"a","value":36.0,"name_fr":"x","aliases":[],"note":null}"#;
        let after = r#"{"key":"a","value":41.5,"name_fr":"x","aliases":["y"],"note":null}"#;
        let told = differences(Some(before), Some(after));
        let told: Vec<_> = told
            .iter()
            .map(|change| {
                let text = |side: &Option<String>| side.clone().unwrap_or_default();
                (
                    change.field.as_str(),
                    text(&change.before),
                    text(&change.after),
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                ("aliases", String::new(), "[\"y\"]".into()),
                ("value", "36".into(), "41.5".into()),
            ]
        );
        let fields: Vec<_> = differences(None, Some(before))
            .into_iter()
            .map(|change| change.field)
            .collect();
        assert_eq!(fields, ["key", "nameFr", "value"]);
        assert_eq!(differences(Some(before), None).len(), 3);
    }
}
