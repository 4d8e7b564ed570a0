//! Nulls for the fields that failed: async-graphql leaves them out of `data`, where the specification wants null at the nearest place that
//! may be null, so that an answer with errors still fits the contract.

use std::{
    collections::{HashMap, HashSet},
    sync::OnceLock,
};

use async_graphql::{
    Name, PathSegment, Response, Value,
    parser::{
        parse_schema,
        types::{
            ExecutableDocument, Field, OperationType, Selection, SelectionSet, TypeKind,
            TypeSystemDefinition,
        },
    },
};
use async_graphql_parser::types::{BaseType, Type};

use crate::admission;

/// Completes what an operation of a document answered. Does nothing when no field failed.
pub fn complete(document: &ExecutableDocument, operation: Option<&str>, response: &mut Response) {
    let paths: Vec<_> = response
        .errors
        .iter()
        .map(|error| error.path.clone())
        .filter(|path| !path.is_empty())
        .collect();
    if paths.is_empty() {
        return;
    }
    let Ok(operation) = admission::operation(document, operation) else {
        return;
    };
    let operation = &operation.node;
    let root = match operation.ty {
        OperationType::Query => "Query",
        OperationType::Mutation => "Mutation",
        OperationType::Subscription => "Subscription",
    };
    let mut reader = Reader {
        document,
        root: vec![(root, &operation.selection_set.node)],
        known: HashMap::new(),
    };
    // An object none of whose fields succeeded was answered as null, though it is there.
    for path in &paths {
        let types = reader.types(path);
        revive(&mut response.data, path, &types);
    }
    for path in &paths {
        let types = reader.types(path);
        let place = types.iter().rposition(|kind| kind.nullable);
        let place = place.map_or(&path[..0], |last| &path[..=last]);
        set_null(&mut response.data, place);
    }
}

/// The name of the type that a field returns, lists and nulls aside.
pub fn returned(on: &str, field: &str) -> Option<&'static str> {
    field_type(on, field).map(|kind| innermost(&kind.base))
}

/// The types of fields, read off the contract.
fn fields() -> &'static HashMap<String, HashMap<String, Type>> {
    static READ: OnceLock<HashMap<String, HashMap<String, Type>>> = OnceLock::new();
    READ.get_or_init(|| {
        let contract =
            parse_schema(crate::schema().sdl()).expect("the schema writes its own contract");
        let mut types = HashMap::new();
        for definition in contract.definitions {
            let TypeSystemDefinition::Type(definition) = definition else {
                continue;
            };
            let fields = match definition.node.kind {
                TypeKind::Object(object) => object.fields,
                TypeKind::Interface(interface) => interface.fields,
                _ => continue,
            };
            let fields = fields
                .into_iter()
                .map(|field| (field.node.name.node.to_string(), field.node.ty.node));
            types.insert(definition.node.name.node.to_string(), fields.collect());
        }
        types
    })
}

/// A selection and the name of the type it is on.
type On<'a> = (&'a str, &'a SelectionSet);

struct Reader<'a> {
    document: &'a ExecutableDocument,
    root: Vec<On<'a>>,
    /// The type at the end of each path without its indices. Rows of one list share theirs.
    known: HashMap<Vec<&'a str>, Vec<Type>>,
}

impl<'a> Reader<'a> {
    /// The type of each segment of a path, as far as the document has them.
    fn types(&mut self, path: &'a [PathSegment]) -> Vec<Type> {
        let shape: Vec<_> = path
            .iter()
            .map(|segment| match segment {
                PathSegment::Field(key) => key.as_str(),
                PathSegment::Index(_) => "",
            })
            .collect();
        if let Some(types) = self.known.get(&shape) {
            return types.clone();
        }
        let mut types: Vec<Type> = Vec::new();
        let mut selections = self.root.clone();
        for segment in path {
            let next = match segment {
                PathSegment::Field(key) => {
                    let mut found = Vec::new();
                    let mut spread = HashSet::new();
                    for (on, selection) in selections {
                        self.named(key, on, selection, &mut spread, &mut found);
                    }
                    let kind = found
                        .iter()
                        .find_map(|(on, field)| field_type(on, field.name.node.as_str()));
                    selections = found
                        .into_iter()
                        .filter_map(|(on, field)| {
                            let kind = field_type(on, field.name.node.as_str())?;
                            Some((innermost(&kind.base), &field.selection_set.node))
                        })
                        .collect();
                    kind.cloned()
                }
                PathSegment::Index(_) => match types.last().map(|kind| &kind.base) {
                    Some(BaseType::List(item)) => Some((**item).clone()),
                    _ => None,
                },
            };
            let Some(next) = next else { break };
            types.push(next);
        }
        self.known.insert(shape, types.clone());
        types
    }

    /// The fields that a selection answers under a key, fragments included.
    fn named(
        &self,
        key: &str,
        on: &'a str,
        selection: &'a SelectionSet,
        spread: &mut HashSet<&'a Name>,
        found: &mut Vec<(&'a str, &'a Field)>,
    ) {
        for item in &selection.items {
            match &item.node {
                Selection::Field(field) => {
                    if field.node.response_key().node == key {
                        found.push((on, &field.node));
                    }
                }
                Selection::InlineFragment(inline) => {
                    let condition = inline.node.type_condition.as_ref();
                    let on = condition.map_or(on, |condition| condition.node.on.node.as_str());
                    self.named(key, on, &inline.node.selection_set.node, spread, found);
                }
                Selection::FragmentSpread(name) => {
                    let name = &name.node.fragment_name.node;
                    if let Some(fragment) = self.document.fragments.get(name)
                        && spread.insert(name)
                    {
                        let on = fragment.node.type_condition.node.on.node.as_str();
                        self.named(key, on, &fragment.node.selection_set.node, spread, found);
                    }
                }
            }
        }
    }
}

fn field_type(on: &str, field: &str) -> Option<&'static Type> {
    fields().get(on)?.get(field)
}

fn innermost(base: &BaseType) -> &str {
    match base {
        BaseType::Named(name) => name,
        BaseType::List(item) => innermost(&item.base),
    }
}

/// Puts an empty object wherever a path goes on through a null.
fn revive(data: &mut Value, path: &[PathSegment], types: &[Type]) {
    let mut place = data;
    let mut object = true;
    for (segment, kind) in path.iter().zip(types) {
        if *place == Value::Null && object {
            *place = Value::Object(Default::default());
        }
        let Some(inner) = enter(place, segment) else {
            return;
        };
        place = inner;
        object = matches!(kind.base, BaseType::Named(_));
    }
}

/// Sets a place to null, unless something above it is null already.
fn set_null(data: &mut Value, path: &[PathSegment]) {
    let mut place = data;
    for segment in path {
        let Some(inner) = enter(place, segment) else {
            return;
        };
        place = inner;
    }
    *place = Value::Null;
}

/// What stands at a segment; a field that was left out is null from now on.
fn enter<'a>(place: &'a mut Value, segment: &PathSegment) -> Option<&'a mut Value> {
    match (place, segment) {
        (Value::Object(object), PathSegment::Field(key)) => {
            Some(object.entry(Name::new(key)).or_insert(Value::Null))
        }
        (Value::List(list), PathSegment::Index(index)) => list.get_mut(*index),
        _ => None,
    }
}
