//! What differs between two versions of a fact, field by field.

use async_graphql::SimpleObject;
use entity::Difference;

/// A field of a fact, from what it was to what it is. Keys stand for what is referred to; texts are as they are, lists and parts as JSON.
#[derive(SimpleObject, Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// Its name, as in the input of the fact: `value`, `nameFr`.
    pub field: String,
    /// What it was; null when it was empty, or the fact was not there.
    pub before: Option<String>,
    /// What it is; null when it is empty, or the fact is there no more.
    pub after: Option<String>,
}

/// The fields in which two drafts differ, both as JSON; without a draft before, every field that is not empty.
pub fn changes(before: Option<&str>, after: Option<&str>) -> Vec<FieldChange> {
    let differences = entity::differences(before, after);
    differences.into_iter().map(FieldChange::from).collect()
}

impl From<Difference> for FieldChange {
    fn from(difference: Difference) -> Self {
        let Difference {
            field,
            before,
            after,
        } = difference;
        Self {
            field,
            before,
            after,
        }
    }
}
