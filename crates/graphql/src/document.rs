//! Documents seen before: parsed once, and validated once for each shape of their variables.

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
    num::NonZeroUsize,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use async_graphql::{Name, Value, Variables, parser, parser::types::ExecutableDocument};
use lru::LruCache;

use crate::{order::Order, position, presence};

/// Documents remembered, and the longest of them in bytes.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(512).expect("not zero");
const LONGEST: usize = 8 * 1024;

/// Shapes of variables remembered for a document.
const SHAPES: usize = 64;

/// A document that parses.
pub(crate) struct Document {
    pub parsed: ExecutableDocument,
    ready: OnceLock<Ready>,
    valid: Mutex<HashSet<u64>>,
}

/// A document that was let in, as it is run.
pub(crate) struct Ready {
    pub document: ExecutableDocument,
    /// Whether it asks for fields that the caller did not.
    pub marked: bool,
    orders: Vec<(Option<Name>, Order)>,
}

impl Ready {
    fn of(parsed: &ExecutableDocument) -> Self {
        let marked = presence::mark(parsed);
        let operations = parsed.operations.iter();
        let orders = operations.map(|(name, operation)| {
            let selection = &operation.node.selection_set.node;
            (name.cloned(), Order::of(parsed, selection))
        });
        Self {
            orders: orders.collect(),
            marked: marked.is_some(),
            document: marked.unwrap_or_else(|| parsed.clone()),
        }
    }

    /// The order in which an operation asks for its fields.
    pub fn order(&self, operation: Option<&str>) -> Option<&Order> {
        let named = |(name, _): &&(Option<Name>, Order)| name.as_deref() == operation;
        let found = match &self.orders[..] {
            [only] => Some(only),
            several => several.iter().find(named),
        };
        found.map(|(_, order)| order)
    }
}

/// The documents that were sent lately.
pub(crate) struct Documents(Mutex<LruCache<Box<str>, Arc<Document>>>);

impl Default for Documents {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(REMEMBERED)))
    }
}

impl Documents {
    /// The document of a text.
    pub fn read(&self, text: &str) -> Result<Arc<Document>, parser::Error> {
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(text) {
            return Ok(known.clone());
        }
        let document = Arc::new(Document {
            parsed: parser::parse_query(text)?,
            ready: OnceLock::new(),
            valid: Mutex::default(),
        });
        // A position that stands in the document itself is not remembered.
        if text.len() <= LONGEST && !position::is_carried(&document.parsed, &Variables::default()) {
            lock().put(text.into(), document.clone());
        }
        Ok(document)
    }
}

impl Document {
    /// As it is run; only for a document that was let in.
    pub fn ready(&self) -> &Ready {
        self.ready.get_or_init(|| Ready::of(&self.parsed))
    }

    /// Whether the document was found valid with variables of this shape.
    pub fn is_valid(&self, shape: u64) -> bool {
        self.lock().contains(&shape)
    }

    /// Remembers that it is.
    pub fn found_valid(&self, shape: u64) {
        let mut valid = self.lock();
        if valid.len() < SHAPES {
            valid.insert(shape);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashSet<u64>> {
        self.valid.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What validation sees of variables: names and kinds, no values. Values that do not fit are found by the fields that read them.
pub(crate) fn shape(operation: Option<&str>, variables: &Variables) -> u64 {
    fn add(value: &Value, hasher: &mut DefaultHasher) {
        std::mem::discriminant(value).hash(hasher);
        match value {
            Value::List(items) => {
                items.len().hash(hasher);
                items.iter().for_each(|item| add(item, hasher));
            }
            Value::Object(fields) => {
                fields.len().hash(hasher);
                for (name, field) in fields {
                    name.hash(hasher);
                    add(field, hasher);
                }
            }
            _ => {}
        }
    }
    let mut hasher = DefaultHasher::new();
    operation.hash(&mut hasher);
    for (name, value) in variables.iter() {
        name.hash(&mut hasher);
        add(value, &mut hasher);
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(variables: &str) -> u64 {
        let variables = serde_json::from_str(variables).expect("JSON");
        shape(None, &Variables::from_json(variables))
    }

    #[test]
    fn a_shape_is_names_and_kinds() {
        assert_eq!(of(r#"{"a":{"b":1}}"#), of(r#"{"a":{"b":2}}"#));
        for other in [
            r#"{"a":{"c":1}}"#,
            r#"{"a":{"b":"1"}}"#,
            r#"{"a":[{"b":1}]}"#,
            "{}",
        ] {
            assert_ne!(of(r#"{"a":{"b":1}}"#), of(other), "{other}");
        }
        assert_ne!(shape(Some("A"), &Variables::default()), of("{}"));
    }

    #[test]
    fn a_document_is_parsed_once() {
        let documents = Documents::default();
        let first = documents.read("{ __typename }").expect("it parses");
        let again = documents.read("{ __typename }").expect("it parses");
        assert!(Arc::ptr_eq(&first, &again));
        assert!(documents.read("{").is_err());
        let long = format!("{{ __typename }} #{}", " ".repeat(LONGEST));
        let first = documents.read(&long).expect("it parses");
        assert!(!Arc::ptr_eq(
            &first,
            &documents.read(&long).expect("it parses")
        ));
    }
}
