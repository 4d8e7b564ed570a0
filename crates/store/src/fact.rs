//! Facts as curators see them: what is in force under a key, stated anew, or retracted; each against the version that was looked at.

use entity::{ConceptKind, Fact, observation, version};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{
    Concept, Error, Refused, Store,
    audit_entry::Act,
    load::{Batch, observation_drafts, recorded},
    write::Writing,
};

/// What is known under a key.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Current {
    /// How many versions there were; 0 when there was never one.
    pub version: i32,
    /// The draft in force, as JSON; none when it was retracted, or never there.
    pub content: Option<String>,
}

/// What is known under a key now.
pub async fn current(store: &Store, concept: ConceptKind, key: &str) -> Result<Current, Error> {
    current_in(&store.db, concept, key).await
}

pub(crate) async fn current_in(
    connection: &impl ConnectionTrait,
    concept: ConceptKind,
    key: &str,
) -> Result<Current, Error> {
    if concept == ConceptKind::Observation {
        let rows = recorded(key).all(connection).await?;
        let version = i32::try_from(rows.len()).unwrap_or(i32::MAX);
        let in_force = rows.into_iter().filter(|row| row.superseded_at.is_none());
        let drafts = observation_drafts(connection, in_force.collect()).await?;
        let content = drafts.first().map(serde_json::to_string).transpose()?;
        return Ok(Current { version, content });
    }
    let newest = version::Entity::find()
        .filter(version::Column::Concept.eq(concept))
        .filter(version::Column::Key.eq(key))
        .order_by_desc(version::Column::Number)
        .limit(1)
        .one(connection)
        .await?;
    Ok(newest.map_or_else(Current::default, |row| Current {
        version: row.number,
        content: row.superseded_at.is_none().then_some(row.content),
    }))
}

/// A fact under its new version, or the end of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    pub concept: ConceptKind,
    pub key: String,
    pub version: i32,
}

/// States a fact: new when nothing has its key (`expected` is 0), another version of it else.
pub async fn record(
    store: &Store,
    act: &Act,
    fact: &Fact,
    expected: i32,
) -> Result<Recorded, Error> {
    let mut batch = Batch::default();
    batch.add(fact.clone());
    let of = (fact.concept(), fact.key());
    write(store, act, of, (Some(fact), &batch), expected).await
}

/// Ends a fact with none in its place. Its versions stay.
pub async fn retract(
    store: &Store,
    act: &Act,
    (concept, key): (ConceptKind, &str),
    expected: i32,
) -> Result<Recorded, Error> {
    let mut batch = Batch::default();
    batch.retract(concept, key.to_owned());
    write(store, act, (concept, key), (None, &batch), expected).await
}

async fn write(
    store: &Store,
    act: &Act,
    (concept, key): (ConceptKind, &str),
    (fact, batch): (Option<&Fact>, &Batch),
    expected: i32,
) -> Result<Recorded, Error> {
    curated(concept, key)?;
    let writing = Writing::begin(store, act).await?;
    let earlier = writing.earlier().await?;
    let before = current_in(&writing.transaction, concept, key).await?;
    if !earlier.is_empty() {
        return Ok(Recorded {
            concept,
            key: key.to_owned(),
            version: before.version,
        });
    }
    if fact.is_none() && before.content.is_none() {
        return Err(Refused::NotFound(key.to_owned()).into());
    }
    if before.version != expected {
        return Err(Refused::Stale {
            what: "fact",
            expected,
            found: before.version,
        }
        .into());
    }
    check_figures(&writing, fact, batch).await?;
    let written = writing.state(batch, None).await?;
    if written.is_nothing() {
        let key = key.to_owned();
        return Err(Refused::Unchanged { concept, key }.into());
    }
    let after = current_in(&writing.transaction, concept, key).await?;
    writing.commit(Some(written.revision)).await?;
    Ok(Recorded {
        concept,
        key: key.to_owned(),
        version: after.version,
    })
}

/// Refuses what comes with the shipped data.
pub(crate) fn curated(concept: ConceptKind, key: &str) -> Result<(), Refused> {
    match Fact::CONCEPTS.contains(&concept) {
        true => Ok(()),
        false => Err(Refused::Fixed {
            concept,
            key: key.to_owned(),
        }),
    }
}

/// Refuses a fact whose figure is not there: no foreign key holds the key of an observation.
pub(crate) async fn check_figures(
    writing: &Writing<'_>,
    facts: impl IntoIterator<Item = &Fact>,
    batch: &Batch,
) -> Result<(), Error> {
    for fact in facts {
        for key in fact.figures() {
            if batch.observations.iter().any(|draft| draft.key == key) {
                continue;
            }
            let found = observation::Entity::find()
                .filter(observation::Entity::visible())
                .filter(observation::Column::Key.eq(key))
                .one(&writing.transaction)
                .await?;
            if found.is_none() {
                return Err(Error::UnknownKey {
                    kind: ConceptKind::Observation,
                    key: key.to_owned(),
                });
            }
        }
    }
    Ok(())
}
