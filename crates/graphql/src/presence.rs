//! Objects of which nothing was selected: async-graphql answers null where the specification wants `{}`, and a client would take the thing
//! for missing. A selection that may come to nothing asks for one field more, which is taken out of the answer.

use std::collections::HashMap;

use async_graphql::{
    Name, Positioned, Value,
    parser::types::{
        DocumentOperations, ExecutableDocument, Field, OperationDefinition, OperationType,
        Selection, SelectionSet,
    },
};

use crate::completion::returned;

/// What the added field is called. Names that begin like this are reserved by the specification.
const MARK: &str = "__present";

/// The document with the field added, where it is needed at all.
pub fn mark(document: &ExecutableDocument) -> Option<ExecutableDocument> {
    Reader::new(document).finds_one().then(|| {
        let mut document = document.clone();
        add_to_all(&mut document);
        document
    })
}

/// Takes the added fields out of an answer.
pub fn unmark(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.shift_remove(MARK);
            object.values_mut().for_each(unmark);
        }
        Value::List(items) => items.iter_mut().for_each(unmark),
        _ => {}
    }
}

/// The selection of an operation and what it is on; a subscription has one field and no object around it.
fn root(operation: &OperationDefinition) -> Option<(&'static str, &SelectionSet)> {
    let on = match operation.ty {
        OperationType::Query => "Query",
        OperationType::Mutation => "Mutation",
        OperationType::Subscription => return None,
    };
    Some((on, &operation.selection_set.node))
}

/// Looks for objects that may come to nothing, each fragment once.
struct Reader<'a> {
    document: &'a ExecutableDocument,
    /// Whether a fragment always has a field; not while that is being found out, as in a fragment that spreads itself.
    known: HashMap<&'a Name, bool>,
}

impl<'a> Reader<'a> {
    fn new(document: &'a ExecutableDocument) -> Self {
        Self {
            document,
            known: HashMap::new(),
        }
    }

    fn finds_one(&mut self) -> bool {
        let document = self.document;
        document
            .operations
            .iter()
            .filter_map(|(_, operation)| root(&operation.node))
            .any(|(on, selection)| self.may_be_empty(on, selection))
            || document.fragments.values().any(|fragment| {
                let on = fragment.node.type_condition.node.on.node.as_str();
                self.has_one(on, &fragment.node.selection_set.node)
            })
    }

    /// Whether the object of a selection, or one in it, may come to nothing.
    fn may_be_empty(&mut self, on: &str, selection: &'a SelectionSet) -> bool {
        !selection.items.is_empty()
            && (!self.always_has_a_field(on, selection) || self.has_one(on, selection))
    }

    fn has_one(&mut self, on: &str, selection: &'a SelectionSet) -> bool {
        selection.items.iter().any(|item| match &item.node {
            Selection::Field(field) => {
                let on = returned(on, field.node.name.node.as_str()).unwrap_or_default();
                self.may_be_empty(on, &field.node.selection_set.node)
            }
            Selection::InlineFragment(inline) => {
                let condition = inline.node.type_condition.as_ref();
                let on = condition.map_or(on, |condition| condition.node.on.node.as_str());
                self.has_one(on, &inline.node.selection_set.node)
            }
            Selection::FragmentSpread(_) => false,
        })
    }

    /// Whether a selection has a field whatever the variables are and whatever the object is.
    fn always_has_a_field(&mut self, on: &str, selection: &'a SelectionSet) -> bool {
        selection.items.iter().any(|item| match &item.node {
            Selection::Field(field) => field.node.directives.is_empty(),
            Selection::InlineFragment(inline) => {
                let condition = inline.node.type_condition.as_ref();
                inline.node.directives.is_empty()
                    && condition.is_none_or(|condition| condition.node.on.node == on)
                    && self.always_has_a_field(on, &inline.node.selection_set.node)
            }
            Selection::FragmentSpread(spread) => {
                spread.node.directives.is_empty()
                    && self.fragment_has_a_field(on, &spread.node.fragment_name.node)
            }
        })
    }

    fn fragment_has_a_field(&mut self, on: &str, name: &'a Name) -> bool {
        let Some(fragment) = self.document.fragments.get(name) else {
            return false;
        };
        let condition = fragment.node.type_condition.node.on.node.as_str();
        if condition != on {
            return false;
        }
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        self.known.insert(name, false);
        let found = self.always_has_a_field(condition, &fragment.node.selection_set.node);
        self.known.insert(name, found);
        found
    }
}

/// Adds the field to every selection without a field of its own; where it was not needed it does no harm.
fn add_to_all(document: &mut ExecutableDocument) {
    let operations: Vec<_> = match &mut document.operations {
        DocumentOperations::Single(operation) => vec![operation],
        DocumentOperations::Multiple(operations) => operations.values_mut().collect(),
    };
    for operation in operations {
        if operation.node.ty != OperationType::Subscription {
            add(&mut operation.node.selection_set.node);
        }
    }
    for fragment in document.fragments.values_mut() {
        add(&mut fragment.node.selection_set.node);
    }
}

fn add(selection: &mut SelectionSet) {
    let mut has_field = selection.items.is_empty();
    for item in &mut selection.items {
        match &mut item.node {
            Selection::Field(field) => {
                has_field |= field.node.directives.is_empty();
                add(&mut field.node.selection_set.node);
            }
            Selection::InlineFragment(inline) => add(&mut inline.node.selection_set.node),
            Selection::FragmentSpread(_) => {}
        }
    }
    if !has_field {
        let field = Field {
            alias: Some(placed(Name::new(MARK))),
            name: placed(Name::new("__typename")),
            arguments: Vec::new(),
            directives: Vec::new(),
            selection_set: placed(SelectionSet { items: Vec::new() }),
        };
        selection
            .items
            .push(placed(Selection::Field(placed(field))));
    }
}

fn placed<T>(node: T) -> Positioned<T> {
    Positioned::new(node, Default::default())
}
