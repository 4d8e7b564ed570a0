//! Facts as curators see them: what is in force under a key, stated anew, or retracted; each against the version that was looked at.

use chrono::{DateTime, Utc};
use entity::{ConceptKind, Fact, observation, version};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{
    Concept, Error, Refused, Store,
    audit_entry::{Act, reasons},
    load::{Batch, observation_drafts, versions_of},
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
        let rows = observation::Entity::find()
            .filter(observation::Column::Key.eq(key))
            .order_by_asc(observation::Column::Id)
            .all(connection)
            .await?;
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

/// What a fact was stated as, from when until when, and why it came to be so.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    pub number: i32,
    /// The draft, as JSON.
    pub content: String,
    pub recorded_at: DateTime<Utc>,
    pub superseded_at: Option<DateTime<Utc>>,
    pub reason: Option<String>,
    /// Whether it ended with none in its place.
    pub ended: bool,
    /// Why it ended so.
    pub end_reason: Option<String>,
}

/// The most versions that are read of one fact.
const VERSIONS: u64 = 1_000;

/// Every version of a fact, the first recorded first.
pub async fn history(
    store: &Store,
    concept: ConceptKind,
    key: &str,
) -> Result<Vec<Version>, Error> {
    let given = reasons(store, concept, key).await?;
    let filled = first_reason(store).await?;
    let why = |at: DateTime<Utc>| {
        let given = given.iter().rev().find(|(when, _)| *when == at);
        let given = given.map(|(_, reason)| reason.clone());
        given.or_else(|| {
            let filled = filled.as_ref().filter(|(when, _)| *when == at);
            filled.map(|(_, reason)| reason.clone())
        })
    };
    let mut versions = Vec::new();
    if concept == ConceptKind::Observation {
        let rows = versions_of(store, key).await?;
        let drafts = observation_drafts(&store.db, rows.clone()).await?;
        for ((number, row), draft) in (1..).zip(rows).zip(drafts) {
            let content = serde_json::to_string(&draft)?;
            versions.push((number, content, row.recorded_at, row.superseded_at));
        }
    } else {
        let rows = version::Entity::find()
            .filter(version::Column::Concept.eq(concept))
            .filter(version::Column::Key.eq(key))
            .order_by_asc(version::Column::Number)
            .limit(VERSIONS)
            .all(&store.db)
            .await?;
        let versions_of_rows = rows
            .into_iter()
            .map(|row| (row.number, row.content, row.recorded_at, row.superseded_at));
        versions.extend(versions_of_rows);
    }
    let starts: Vec<_> = versions.iter().map(|version| version.2).collect();
    let told = versions.into_iter().enumerate();
    let told = told.map(|(at, (number, content, recorded_at, superseded_at))| {
        let follows = starts.get(at + 1) == superseded_at.as_ref();
        Version {
            number,
            content,
            recorded_at,
            superseded_at,
            reason: why(recorded_at),
            ended: superseded_at.is_some() && !follows,
            end_reason: superseded_at.filter(|_| !follows).and_then(why),
        }
    });
    Ok(told.collect())
}

/// When and why the database was filled; its many rows have no entries of their own.
async fn first_reason(store: &Store) -> Result<Option<(DateTime<Utc>, String)>, Error> {
    use entity::data_revision::{Column, Entity};
    let first = Entity::find()
        .order_by_asc(Column::Id)
        .limit(1)
        .one(&store.db)
        .await?;
    Ok(first.map(|row| (row.recorded_at, row.reason)))
}
