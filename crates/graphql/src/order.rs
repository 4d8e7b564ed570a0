//! The order of what is answered: async-graphql writes fields as they become ready, where the specification wants them as they were asked
//! for, and a reader too. The same request gives the same text.

use async_graphql::{
    Name, Value,
    indexmap::IndexMap,
    parser::types::{ExecutableDocument, Selection, SelectionSet},
};

/// The keys of an answer as they were asked for, and what is below each.
#[derive(Default)]
pub struct Order(IndexMap<Name, Order>);

impl Order {
    /// The order of an operation of a document that was let in, so that its fragments expand to a bounded number of fields.
    pub fn of(document: &ExecutableDocument, selection: &SelectionSet) -> Self {
        let mut order = Self::default();
        order.add(document, selection);
        order
    }

    fn add(&mut self, document: &ExecutableDocument, selection: &SelectionSet) {
        for item in &selection.items {
            match &item.node {
                Selection::Field(field) => {
                    let key = field.node.response_key().node.clone();
                    let below = self.0.entry(key).or_default();
                    below.add(document, &field.node.selection_set.node);
                }
                Selection::InlineFragment(inline) => {
                    self.add(document, &inline.node.selection_set.node);
                }
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node)
                    {
                        self.add(document, &fragment.node.selection_set.node);
                    }
                }
            }
        }
    }

    /// How many keys there are, those below others included.
    pub fn len(&self) -> u64 {
        self.0.values().map(|below| 1 + below.len()).sum()
    }

    /// The order below a key.
    pub fn below(&self, key: &str) -> Option<&Self> {
        self.0.get(key)
    }

    /// The way to each key that has nothing below it.
    pub fn paths(&self) -> Vec<Vec<String>> {
        let mut paths = Vec::new();
        for (key, below) in &self.0 {
            if below.0.is_empty() {
                paths.push(vec![key.to_string()]);
            }
            for mut path in below.paths() {
                path.insert(0, key.to_string());
                paths.push(path);
            }
        }
        paths
    }

    /// Puts an answer into this order.
    pub fn arrange(&self, value: &mut Value) {
        match value {
            Value::List(items) => items.iter_mut().for_each(|item| self.arrange(item)),
            Value::Object(object) => {
                let mut asked = self.0.keys();
                let in_order = object.keys().all(|key| asked.any(|other| other == key));
                if !in_order {
                    let place = |key: &Name| self.0.get_index_of(key);
                    object.sort_by(|left, _, right, _| place(left).cmp(&place(right)));
                }
                for (key, inner) in object {
                    if let Some(below) = self.0.get(key)
                        && !below.0.is_empty()
                    {
                        below.arrange(inner);
                    }
                }
            }
            _ => {}
        }
    }
}
