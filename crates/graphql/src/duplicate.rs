//! Facts that may be the same thing twice, for curators.

use async_graphql::{Context, Enum, Object, Result};
use store::duplicate::{self as stored, Why};

use crate::{
    author,
    error::from_store,
    node::{self, Node},
    service,
    vocabulary::ConceptKind,
};

/// Two facts that may be one; `mergeOrganisations` or `mergeSites` makes them one.
pub struct Duplicate(stored::Duplicate);

/// Why two facts may be one.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum DuplicateReason {
    /// A name or alias of both is the same, but for spelling and legal form.
    SameName,
    /// Names of both differ in a letter or two.
    NearlySameName,
    /// Both are of the same organisation at the same place, and nothing tells them apart.
    SamePlace,
}

/// Two facts that may be one; `mergeOrganisations` or `mergeSites` makes them one.
#[Object]
impl Duplicate {
    /// Their kind.
    async fn concept(&self) -> ConceptKind {
        self.0.concept.into()
    }

    /// Their keys; the one that was there first comes first.
    async fn fact_keys(&self) -> &[String] {
        &self.0.keys
    }

    /// The facts themselves, in the same order.
    async fn facts(&self, ctx: &Context<'_>) -> Result<Vec<Node>> {
        let mut facts = Vec::new();
        for key in &self.0.keys {
            facts.extend(node::by_key(ctx, self.0.concept, key).await?);
        }
        Ok(facts)
    }

    /// Why they may be one.
    async fn reason(&self) -> DuplicateReason {
        match self.0.why {
            Why::SameName(_) => DuplicateReason::SameName,
            Why::NearlySameName(_) => DuplicateReason::NearlySameName,
            Why::SamePlace => DuplicateReason::SamePlace,
        }
    }

    /// The names that are alike; none where the place is.
    async fn names(&self) -> Vec<&String> {
        match &self.0.why {
            Why::SameName(name) => vec![name],
            Why::NearlySameName(names) => names.iter().collect(),
            Why::SamePlace => Vec::new(),
        }
    }
}

/// Likely duplicates, for curators.
pub async fn duplicates(ctx: &Context<'_>, most: usize) -> Result<Vec<Duplicate>> {
    author::require_curator(ctx)?;
    let found = stored::all(service::store(ctx), most).await;
    Ok(found
        .map_err(from_store)?
        .into_iter()
        .map(Duplicate)
        .collect())
}
