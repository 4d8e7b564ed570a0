//! The inputs of the contract, as introspection tells them: forms of facts are made of these, and what was typed is read by them. A field that
//! the contract gets stands in the form without a line written here.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::form::Form;

/// Entries of a list of parts that a form holds at most.
const PARTS: usize = 100;

/// What `inputs.graphql` answers.
#[derive(Deserialize)]
pub struct Introspected {
    #[serde(rename = "__schema")]
    schema: Schema,
}

#[derive(Deserialize)]
struct Schema {
    types: Vec<Type>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Type {
    name: String,
    input_fields: Option<Vec<InputField>>,
    enum_values: Option<Vec<Named>>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct InputField {
    name: String,
    default_value: Option<String>,
    #[serde(rename = "type")]
    kind: Reference,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Reference {
    kind: String,
    name: Option<String>,
    of_type: Option<Box<Reference>>,
}

/// What a field of an input takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    Text,
    Number,
    /// One of the values of an enum.
    Choice(String),
    /// The fields of another input.
    Parts(String),
    List(Box<Shape>),
}

/// A field of an input.
#[derive(Clone, Debug)]
pub struct Field {
    pub name: String,
    pub shape: Shape,
    pub required: bool,
}

/// Every input and enum of the contract.
pub struct Inputs {
    fields: HashMap<String, Vec<Field>>,
    values: HashMap<String, Vec<String>>,
}

impl From<Introspected> for Inputs {
    fn from(introspected: Introspected) -> Self {
        let (mut fields, mut values) = (HashMap::new(), HashMap::new());
        for of in introspected.schema.types {
            if let Some(inputs) = of.input_fields {
                fields.insert(of.name, inputs.iter().map(InputField::read).collect());
            } else if let Some(names) = of.enum_values {
                values.insert(of.name, names.into_iter().map(|value| value.name).collect());
            }
        }
        Self { fields, values }
    }
}

impl InputField {
    fn read(&self) -> Field {
        let (required, shape) = self.kind.shape();
        Field {
            name: self.name.clone(),
            shape,
            required: required && self.default_value.is_none(),
        }
    }
}

impl Reference {
    /// Whether it must be given, and what it takes.
    fn shape(&self) -> (bool, Shape) {
        let inner = || {
            self.of_type
                .as_ref()
                .map_or(Shape::Text, |inner| inner.shape().1)
        };
        let name = || self.name.clone().unwrap_or_default();
        match self.kind.as_str() {
            "NON_NULL" => (true, inner()),
            "LIST" => (false, Shape::List(Box::new(inner()))),
            "ENUM" => (false, Shape::Choice(name())),
            "INPUT_OBJECT" => (false, Shape::Parts(name())),
            _ if matches!(self.name.as_deref(), Some("Int" | "Float")) => (false, Shape::Number),
            _ => (false, Shape::Text),
        }
    }
}

impl Inputs {
    pub fn fields(&self, input: &str) -> &[Field] {
        self.fields.get(input).map_or(&[], Vec::as_slice)
    }

    pub fn values(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }

    /// A value as the fields of a form have it.
    pub fn write(&self, input: &str, path: &str, value: &Value, form: &mut Form) {
        for field in self.fields(input) {
            let value = &value[&field.name];
            self.write_shape(&field.shape, &below(path, &field.name), value, form);
        }
    }

    fn write_shape(&self, shape: &Shape, path: &str, value: &Value, form: &mut Form) {
        match (shape, value) {
            (_, Value::Null) => {}
            (Shape::Parts(input), value) => self.write(input, path, value, form),
            (Shape::List(inner), Value::Array(items)) => match &**inner {
                Shape::Parts(input) => {
                    for (index, item) in items.iter().enumerate() {
                        self.write(input, &format!("{path}.{index}"), item, form);
                    }
                }
                Shape::Choice(_) => {
                    for item in items {
                        form.put(path, item.as_str().unwrap_or_default());
                    }
                }
                _ => {
                    let lines = items.iter().filter_map(Value::as_str);
                    form.put(path, lines.collect::<Vec<_>>().join("\n"));
                }
            },
            (_, Value::String(text)) => form.put(path, text.as_str()),
            (_, Value::Number(number)) => form.put(path, digits(number)),
            (_, other) => form.put(path, other.to_string()),
        }
    }

    /// The value that a form states; nothing where nothing is typed. `strange` gathers the fields whose number is none.
    pub fn read(&self, input: &str, path: &str, form: &Form, strange: &mut Vec<String>) -> Value {
        let mut fields = Map::new();
        for field in self.fields(input) {
            let path = below(path, &field.name);
            if let Some(value) = self.read_shape(field, &field.shape, &path, form, strange) {
                fields.insert(field.name.clone(), value);
            }
        }
        Value::Object(fields)
    }

    fn read_shape(
        &self,
        field: &Field,
        shape: &Shape,
        path: &str,
        form: &Form,
        strange: &mut Vec<String>,
    ) -> Option<Value> {
        match shape {
            // What must be given and is not, the schema refuses in its own words.
            Shape::Text if field.required => Some(one_line(form.text(path)).into()),
            Shape::Text => form.given(path).map(|text| one_line(text).into()),
            Shape::Choice(_) => form.given(path).map(Into::into),
            Shape::Number => {
                let number = number(form.given(path)?);
                if number.is_none() {
                    strange.push(path.to_owned());
                }
                number.map(Value::Number)
            }
            Shape::Parts(input) => {
                let given = form.has_below(&format!("{path}."));
                given.then(|| self.read(input, path, form, strange))
            }
            Shape::List(inner) => match &**inner {
                Shape::Parts(input) => {
                    let items = (0..PARTS).map(|index| format!("{path}.{index}"));
                    let given = items.filter(|item| form.has_below(&format!("{item}.")));
                    let read: Vec<_> = given
                        .map(|item| self.read(input, &item, form, strange))
                        .collect();
                    Some(read.into())
                }
                Shape::Choice(_) => {
                    let chosen = form.all(path).filter(|value| !value.is_empty());
                    Some(chosen.map(Value::from).collect())
                }
                _ => {
                    let lines = form.text(path).lines().map(str::trim);
                    Some(
                        lines
                            .filter(|line| !line.is_empty())
                            .map(Value::from)
                            .collect(),
                    )
                }
            },
        }
    }
}

/// How many entries of a list of parts a form holds.
pub fn parts_in(form: &Form, path: &str) -> usize {
    let given = |index: &usize| form.has_below(&format!("{path}.{index}."));
    (0..PARTS).rfind(given).map_or(0, |last| last + 1)
}

fn below(path: &str, name: &str) -> String {
    match path {
        "" => name.to_owned(),
        path => format!("{path}.{name}"),
    }
}

/// Names and notes stand on one line.
fn one_line(text: &str) -> String {
    text.split(['\r', '\n'])
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A number as people write it: with spaces between thousands, and a point or one comma before decimals.
fn number(text: &str) -> Option<serde_json::Number> {
    let bare: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect();
    let whole = bare.parse::<i64>().ok().map(Into::into);
    whole.or_else(|| {
        let plain = bare
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
        serde_json::Number::from_f64(bare.parse().ok().filter(|_| plain)?)
    })
}

/// 36 and not 36.0.
fn digits(number: &serde_json::Number) -> String {
    match number.as_f64() {
        Some(float) if float.fract() == 0.0 && float.abs() < 1e15 => format!("{float:.0}"),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn inputs() -> Inputs {
        let named = |name: &str| json!({ "kind": "SCALAR", "name": name });
        let must = |kind: Value| json!({ "kind": "NON_NULL", "ofType": kind });
        let list = |kind: Value| json!({ "kind": "LIST", "ofType": must(kind) });
        let field = |name: &str, kind: Value, default: Value| json!({ "name": name, "defaultValue": default, "type": kind });
        let axis = json!({ "kind": "INPUT_OBJECT", "name": "Axis" });
        let choice = json!({ "kind": "ENUM", "name": "Kind" });
        let types = json!({ "__schema": { "types": [
            { "name": "Thing", "inputFields": [
                field("name", must(named("String")), Value::Null), field("note", named("String"), Value::Null), field("value", must(named("Float")), Value::Null),
                field("place", must(named("Int")), json!("1")), field("kind", must(choice.clone()), Value::Null), field("kinds", list(choice), Value::Null),
                field("aliases", list(named("String")), Value::Null), field("axes", list(axis.clone()), Value::Null), field("subject", axis, Value::Null),
            ], "enumValues": null },
            { "name": "Axis", "inputFields": [field("title", must(named("String")), Value::Null), field("key", named("String"), Value::Null)], "enumValues": null },
            { "name": "Kind", "inputFields": null, "enumValues": [{ "name": "A" }, { "name": "B" }] },
        ] } });
        serde_json::from_value::<Introspected>(types)
            .unwrap()
            .into()
    }

    #[test]
    fn what_is_written_to_a_form_is_read_from_it() {
        let inputs = inputs();
        for value in [
            json!({ "name": "Fès & \"co\" <b>", "note": "n", "value": 1200, "place": 3, "kind": "B", "kinds": ["A", "B"], "aliases": ["x", "y z"],
                "axes": [{ "title": "one" }, { "title": "two", "key": "k" }], "subject": { "title": "t", "key": "s" } }),
            json!({ "name": "x", "value": -12.5, "kinds": [], "aliases": [], "axes": [] }),
        ] {
            let mut form = Form::default();
            inputs.write("Thing", "", &value, &mut form);
            let mut strange = Vec::new();
            assert_eq!(inputs.read("Thing", "", &form, &mut strange), value);
            assert_eq!(strange, Vec::<String>::new());
        }
    }

    #[test]
    fn numbers_are_read_as_people_write_them_or_not_at_all() {
        for (text, expected) in [
            ("36", "36"),
            ("1 200", "1200"),
            ("1\u{202f}200\u{a0}000", "1200000"),
            ("-12.5", "-12.5"),
            ("1e3", "1000.0"),
        ] {
            assert_eq!(
                number(text).map(|number| number.to_string()).as_deref(),
                Some(expected),
                "{text}"
            );
        }
        for text in [
            "", "12,5", "1,200", "٣٦", "0x1f", "inf", "NaN", "1 2 x", "--1",
        ] {
            assert_eq!(number(text), None, "{text}");
        }
        let mut form = Form::default();
        form.put("value", "about 12");
        let mut strange = Vec::new();
        inputs().read("Thing", "", &form, &mut strange);
        assert_eq!(strange, ["value"]);
    }

    #[test]
    fn a_part_without_anything_in_it_is_none() {
        let mut form = Form::default();
        for (name, value) in [
            ("axes.0.title", ""),
            ("axes.1.title", " b "),
            ("axes.900.title", "far"),
            ("subject.key", " "),
        ] {
            form.put(name, value);
        }
        let read = inputs().read("Thing", "", &form, &mut Vec::new());
        assert_eq!(read["axes"], json!([{ "title": "b" }]));
        assert!(read.get("subject").is_none());
        assert_eq!(parts_in(&form, "axes"), 2);
    }
}
