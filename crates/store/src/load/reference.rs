//! From keys to ids, while a batch is written.

use std::collections::HashMap;

use entity::ConceptKind;

use crate::Error;

/// The ids of every key met so far, by concept.
#[derive(Debug, Default)]
pub struct Ids(HashMap<ConceptKind, HashMap<String, i64>>);

impl Ids {
    pub fn set(&mut self, kind: ConceptKind, ids: HashMap<String, i64>) {
        self.0.insert(kind, ids);
    }

    pub fn knows(&self, kind: ConceptKind, key: &str) -> bool {
        self.0.get(&kind).is_some_and(|ids| ids.contains_key(key))
    }

    pub fn get(&self, kind: ConceptKind, key: &str) -> Result<i64, Error> {
        self.0
            .get(&kind)
            .and_then(|ids| ids.get(key).copied())
            .ok_or_else(|| Error::UnknownKey {
                kind,
                key: key.to_owned(),
            })
    }

    pub fn optional(&self, kind: ConceptKind, key: Option<&str>) -> Result<Option<i64>, Error> {
        key.map(|key| self.get(kind, key)).transpose()
    }
}
