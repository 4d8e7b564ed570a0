//! What the schema says of each field, as far as costs need it.

use std::collections::HashMap;

use async_graphql::parser::{
    parse_schema,
    types::{TypeKind, TypeSystemDefinition},
};
use async_graphql_parser::types::BaseType;

/// Lists of introspection: on which type, of which, and how long they are (types, for others a generous mean).
const INTROSPECTION: [(&str, &str, &str, u64); 17] = [
    ("Query", "__schema", "__Schema", 1),
    ("Query", "__type", "__Type", 1),
    ("__Schema", "types", "__Type", 250),
    ("__Schema", "queryType", "__Type", 1),
    ("__Schema", "mutationType", "__Type", 1),
    ("__Schema", "subscriptionType", "__Type", 1),
    ("__Schema", "directives", "__Directive", 5),
    ("__Type", "fields", "__Field", 10),
    ("__Type", "interfaces", "__Type", 1),
    ("__Type", "possibleTypes", "__Type", 10),
    ("__Type", "enumValues", "__EnumValue", 5),
    ("__Type", "inputFields", "__InputValue", 8),
    ("__Type", "ofType", "__Type", 1),
    ("__Field", "args", "__InputValue", 3),
    ("__Field", "type", "__Type", 1),
    ("__InputValue", "type", "__Type", 1),
    ("__Directive", "args", "__InputValue", 3),
];

/// What the schema says of each field, as far as costs need it.
pub struct Shapes(HashMap<String, HashMap<String, Shape>>);

/// What a field returns, and how many.
#[derive(Clone)]
pub struct Shape {
    pub returns: String,
    pub list: bool,
    pub connection: bool,
}

impl Shapes {
    /// Reads the shapes off the contract.
    pub fn read(sdl: &str) -> Self {
        let document = parse_schema(sdl).expect("the schema writes its own contract");
        let mut types = HashMap::new();
        for definition in document.definitions {
            let TypeSystemDefinition::Type(definition) = definition else {
                continue;
            };
            let fields = match definition.node.kind {
                TypeKind::Object(object) => object.fields,
                TypeKind::Interface(interface) => interface.fields,
                _ => continue,
            };
            let shapes = fields.into_iter().map(|field| {
                let (returns, list) = match field.node.ty.node.base {
                    BaseType::Named(name) => (name.to_string(), false),
                    BaseType::List(inner) => (innermost(&inner.base), true),
                };
                let connection = is_page(&returns);
                (
                    field.node.name.node.to_string(),
                    Shape {
                        returns,
                        list,
                        connection,
                    },
                )
            });
            types.insert(definition.node.name.node.to_string(), shapes.collect());
        }
        Self(types)
    }

    /// What a field of a type returns; nothing for one that the contract does not have.
    pub fn of(&self, on: &str, field: &str) -> Option<&Shape> {
        self.0.get(on)?.get(field)
    }
}

/// What a field of introspection returns, and how many of it.
pub fn introspected(on: &str, field: &str) -> Option<(&'static str, u64)> {
    INTROSPECTION
        .iter()
        .find(|(parent, name, ..)| (*parent, *name) == (on, field))
        .map(|(_, _, returns, size)| (*returns, *size))
}

fn innermost(base: &BaseType) -> String {
    match base {
        BaseType::Named(name) => name.to_string(),
        BaseType::List(inner) => innermost(&inner.base),
    }
}

/// Whether a type is a part of something longer, of as many items as its field is asked for.
pub fn is_page(returns: &str) -> bool {
    returns.ends_with("Connection") || returns.ends_with("Groups")
}
