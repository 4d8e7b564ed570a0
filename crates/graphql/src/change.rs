//! What differs between two versions of a fact, field by field.

use async_graphql::{ComplexObject, Context, Result, SimpleObject};
use entity::{ConceptKind, Difference};

use crate::{called::called, locale::Locale};

/// A field of a fact, from what it was to what it is. Keys stand for what is referred to; texts are as they are, lists and parts as JSON.
#[derive(SimpleObject, Clone, Debug, PartialEq, Eq)]
#[graphql(complex)]
pub struct FieldChange {
    /// Its name, as in the input of the fact: `value`, `nameFr`.
    pub field: String,
    /// What it was; null when it was empty, or the fact was not there.
    pub before: Option<String>,
    /// What it is; null when it is empty, or the fact is there no more.
    pub after: Option<String>,
}

#[ComplexObject]
impl FieldChange {
    /// What the thing is called that `before` is the key of, or the things, one after the other; in French when no language is asked. Null
    /// where `before` is no key, and where nothing in force has it.
    async fn before_name(
        &self,
        ctx: &Context<'_>,
        locale: Option<Locale>,
    ) -> Result<Option<String>> {
        self.name(ctx, self.before.as_deref(), locale).await
    }

    /// The same for `after`.
    async fn after_name(
        &self,
        ctx: &Context<'_>,
        locale: Option<Locale>,
    ) -> Result<Option<String>> {
        self.name(ctx, self.after.as_deref(), locale).await
    }
}

impl FieldChange {
    async fn name(
        &self,
        ctx: &Context<'_>,
        value: Option<&str>,
        locale: Option<Locale>,
    ) -> Result<Option<String>> {
        let mut names = Vec::new();
        for (kind, key) in value
            .map(|value| references(&self.field, value))
            .unwrap_or_default()
        {
            match called(ctx, kind, &key, locale).await? {
                Some(name) => names.push(name),
                None => return Ok(None),
            }
        }
        Ok((!names.is_empty()).then(|| names.join(", ")))
    }
}

/// The things that a value of a field refers to. `parent` and `place` are left out: of what kind they are, the field alone does not say.
fn references(field: &str, value: &str) -> Vec<(ConceptKind, String)> {
    let kind = match field {
        "indicator" => ConceptKind::Indicator,
        "territory" => ConceptKind::Territory,
        "activity" => ConceptKind::Activity,
        "organisation" | "federation" | "owner" | "operator" | "producer" => {
            ConceptKind::Organisation
        }
        "park" => ConceptKind::Park,
        "project" => ConceptKind::Project,
        "source" => ConceptKind::Source,
        "unit" => ConceptKind::Unit,
        "parties" | "partners" | "organisers" => {
            let keys: Vec<String> = serde_json::from_str(value).unwrap_or_default();
            let referred = |key| (ConceptKind::Organisation, key);
            return keys.into_iter().map(referred).collect();
        }
        "subject" => {
            let subject = value.split_once(' ').and_then(|(kind, key)| {
                let kind: entity::SubjectKind = kind.parse().ok()?;
                Some((kind.into(), key.to_owned()))
            });
            return subject.into_iter().collect();
        }
        _ => return Vec::new(),
    };
    vec![(kind, value.to_owned())]
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
