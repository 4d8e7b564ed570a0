//! Whether a request carries the position of the asker: such a request comes by POST only, and nothing may be kept of it.

use async_graphql::{
    Name, Value, Variables,
    parser::types::{ExecutableDocument, Field, Selection, SelectionSet},
};

/// Why a request with a position is not taken by GET.
pub const BY_POST_ONLY: &str = "a position is taken by POST only, so that it stands in no address; send the same document by POST";

/// Whether any `ask` of the document has a `location`. One pass over the document, fragments that nothing spreads included.
pub fn is_carried(document: &ExecutableDocument, variables: &Variables) -> bool {
    let given = |field: &Field| {
        field.name.node.as_str() == "ask"
            && field.get_argument("location").is_some_and(|value| {
                let constant = value.node.clone().into_const_with(|name| {
                    Ok::<_, ()>(variable(document, variables, &name).unwrap_or(Value::Null))
                });
                constant != Ok(Value::Null)
            })
    };
    let operations = document
        .operations
        .iter()
        .map(|(_, operation)| &operation.node.selection_set.node);
    let fragments = document
        .fragments
        .values()
        .map(|fragment| &fragment.node.selection_set.node);
    operations
        .chain(fragments)
        .any(|selection| any_field(selection, &given))
}

fn any_field(selection: &SelectionSet, test: &impl Fn(&Field) -> bool) -> bool {
    selection.items.iter().any(|item| match &item.node {
        Selection::Field(field) => {
            test(&field.node) || any_field(&field.node.selection_set.node, test)
        }
        Selection::InlineFragment(inline) => any_field(&inline.node.selection_set.node, test),
        Selection::FragmentSpread(_) => false,
    })
}

/// What a variable is given as, or what any operation takes it for when it is not.
fn variable(document: &ExecutableDocument, variables: &Variables, name: &Name) -> Option<Value> {
    variables.get(name).cloned().or_else(|| {
        document
            .operations
            .iter()
            .flat_map(|(_, operation)| &operation.node.variable_definitions)
            .filter(|definition| definition.node.name.node == *name)
            .find_map(|definition| definition.node.default_value().cloned())
    })
}
