//! What a fact was, from when until when, and why it changed. For everybody: it says who in no way.

use async_graphql::{Context, Result, SimpleObject};

use crate::{
    change::{self, FieldChange},
    error::from_store,
    fact::FactReferenceInput,
    scalar::DateTime,
    service,
    subscription::Change,
};

/// A change of a fact: from what to what, when and why.
#[derive(SimpleObject, Clone, Debug)]
pub struct HistoryEntry {
    /// The number of the version that came in force, or that ended. That of the last entry is what `expectedVersion` asks for.
    version: i32,
    /// What happened.
    change: Change,
    /// When.
    recorded_at: DateTime,
    /// The fields that changed.
    changes: Vec<FieldChange>,
    /// Why; null where it was not noted.
    reason: Option<String>,
}

/// Every change of a fact, the first one first; empty when nothing ever had the key.
pub async fn history(ctx: &Context<'_>, fact: &FactReferenceInput) -> Result<Vec<HistoryEntry>> {
    let (concept, key) = fact.of();
    let versions = store::fact::history(service::store(ctx), concept, key).await;
    let mut entries = Vec::new();
    let mut before: Option<String> = None;
    for version in versions.map_err(from_store)? {
        entries.push(HistoryEntry {
            version: version.number,
            change: match before {
                None => Change::Created,
                Some(_) => Change::Revised,
            },
            recorded_at: DateTime(version.recorded_at),
            changes: change::changes(before.as_deref(), Some(&version.content)),
            reason: version.reason,
        });
        before = Some(version.content);
        if let Some(end) = version.superseded_at.filter(|_| version.ended) {
            entries.push(HistoryEntry {
                version: version.number,
                change: Change::Retracted,
                recorded_at: DateTime(end),
                changes: change::changes(before.as_deref(), None),
                reason: version.end_reason,
            });
            before = None;
        }
    }
    Ok(entries)
}
