//! What a fact was stated as, from when until when, and why: every change of it, page by page.

use std::{collections::HashMap, ops::RangeInclusive};

use chrono::{DateTime, Utc};
use entity::{Change, ConceptKind, observation, version};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
};

use crate::{
    Error, Store,
    audit_entry::reasons,
    load::{observation_drafts, recorded},
    write::Part,
};

/// The fact whose changes are asked for.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub concept: ConceptKind,
    pub key: String,
}

/// A change of a fact: a version came in force, or ended with none in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its place among all changes of the fact.
    pub id: i64,
    /// The number of the version that came in force, or that ended.
    pub version: i32,
    pub change: Change,
    pub recorded_at: DateTime<Utc>,
    /// The draft that was in force before, as JSON.
    pub before: Option<String>,
    /// The draft that is in force since, as JSON.
    pub after: Option<String>,
    pub reason: Option<String>,
}

/// A version as it is stored.
struct Version {
    number: i64,
    content: String,
    recorded_at: DateTime<Utc>,
    superseded_at: Option<DateTime<Utc>>,
}

/// Two places for each version: where it came in force, and where it ended.
const PLACES: i64 = 2;

/// A part of the changes of a fact.
pub async fn page(store: &Store, wanted: &Wanted, part: &Part) -> Result<Vec<Entry>, Error> {
    let versions = i64::try_from(versions(store, wanted).await?).unwrap_or(i64::MAX / PLACES);
    let (after, before) = match part.newest_first {
        true => (part.before, part.after),
        false => (part.after, part.before),
    };
    // What cursors say is bounded first: it comes from outside.
    let end = (versions + 1) * PLACES;
    let lower = after.unwrap_or(0).clamp(0, end);
    let upper = before.unwrap_or(end).clamp(0, end);
    let first = ((lower + 1) / PLACES).max(1);
    let last = ((upper - 1) / PLACES).min(versions);
    let most = i64::try_from(part.most).unwrap_or(i64::MAX).min(end);
    let descending = part.newest_first != part.backward;
    let numbers = match descending {
        true => (last - most).max(first)..=last,
        false => first..=(first + most).min(last),
    };
    let mut entries = read(store, wanted, numbers).await?;
    entries.retain(|entry| lower < entry.id && entry.id < upper);
    if descending {
        entries.reverse();
    }
    entries.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    Ok(entries)
}

/// How many changes of a fact there are.
pub async fn count(store: &Store, wanted: &Wanted) -> Result<u64, Error> {
    Ok(versions(store, wanted).await? + ends(store, wanted).await?)
}

/// How many versions a fact has had.
async fn versions(store: &Store, wanted: &Wanted) -> Result<u64, Error> {
    Ok(match wanted.concept {
        ConceptKind::Observation => observations(wanted).count(&store.db).await?,
        _ => others(wanted).count(&store.db).await?,
    })
}

/// How many of them ended with none in their place.
async fn ends(store: &Store, wanted: &Wanted) -> Result<u64, Error> {
    Ok(match wanted.concept {
        ConceptKind::Observation => {
            use observation::Column;
            let starts = observations(wanted)
                .select_only()
                .column(Column::RecordedAt);
            let ended = observations(wanted)
                .filter(Column::SupersededAt.is_not_null())
                .filter(Column::SupersededAt.not_in_subquery(starts.into_query()));
            ended.count(&store.db).await?
        }
        _ => {
            use version::Column;
            let starts = others(wanted).select_only().column(Column::RecordedAt);
            let ended = others(wanted)
                .filter(Column::SupersededAt.is_not_null())
                .filter(Column::SupersededAt.not_in_subquery(starts.into_query()));
            ended.count(&store.db).await?
        }
    })
}

fn observations(wanted: &Wanted) -> Select<observation::Entity> {
    recorded(&wanted.key)
}

fn others(wanted: &Wanted) -> Select<version::Entity> {
    let of = Condition::all()
        .add(version::Column::Concept.eq(wanted.concept))
        .add(version::Column::Key.eq(&wanted.key));
    version::Entity::find().filter(of)
}

/// The changes that the versions with these numbers came with, the first one first.
async fn read(
    store: &Store,
    wanted: &Wanted,
    numbers: RangeInclusive<i64>,
) -> Result<Vec<Entry>, Error> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    // With their neighbours: what was before, and whether something came after.
    let versions = stored(store, wanted, numbers.start() - 1..=numbers.end() + 1).await?;
    let instants = versions.iter().map(|version| version.recorded_at);
    let instants = instants.chain(versions.iter().filter_map(|version| version.superseded_at));
    let given = reasons(store, (wanted.concept, &wanted.key), instants).await?;
    // The last one given for an instant.
    let given: HashMap<_, _> = given.into_iter().collect();
    let filled = first_reason(store).await?;
    let why = |at: DateTime<Utc>| {
        let filled = filled.as_ref().filter(|(when, _)| *when == at);
        given.get(&at).or(filled.map(|(_, reason)| reason)).cloned()
    };
    let mut entries = Vec::new();
    for (at, version) in versions.iter().enumerate() {
        if !numbers.contains(&version.number) {
            continue;
        }
        let number = i32::try_from(version.number).unwrap_or(i32::MAX);
        let before = at.checked_sub(1).map(|before| &versions[before]);
        let before = before.filter(|before| before.superseded_at == Some(version.recorded_at));
        entries.push(Entry {
            id: version.number * PLACES,
            version: number,
            change: match before {
                None => Change::Created,
                Some(_) => Change::Revised,
            },
            recorded_at: version.recorded_at,
            before: before.map(|before| before.content.clone()),
            after: Some(version.content.clone()),
            reason: why(version.recorded_at),
        });
        let follows = versions.get(at + 1).map(|next| next.recorded_at);
        if let Some(end) = version.superseded_at.filter(|end| follows != Some(*end)) {
            entries.push(Entry {
                id: version.number * PLACES + 1,
                version: number,
                change: Change::Retracted,
                recorded_at: end,
                before: Some(version.content.clone()),
                after: None,
                reason: why(end),
            });
        }
    }
    Ok(entries)
}

/// The versions with these numbers, as far as they are there.
async fn stored(
    store: &Store,
    wanted: &Wanted,
    numbers: RangeInclusive<i64>,
) -> Result<Vec<Version>, Error> {
    let first = (*numbers.start()).max(1);
    if wanted.concept != ConceptKind::Observation {
        let rows = others(wanted)
            .filter(version::Column::Number.between(first, *numbers.end()))
            .order_by_asc(version::Column::Number)
            .all(&store.db)
            .await?;
        let version = |row: version::Model| Version {
            number: i64::from(row.number),
            content: row.content,
            recorded_at: row.recorded_at,
            superseded_at: row.superseded_at,
        };
        return Ok(rows.into_iter().map(version).collect());
    }
    // Observations are their own versions, counted in the order in which they were recorded.
    let rows = observations(wanted)
        .offset(u64::try_from(first - 1).unwrap_or_default())
        .limit(u64::try_from(numbers.end() - first + 1).unwrap_or_default())
        .all(&store.db)
        .await?;
    let drafts = observation_drafts(&store.db, rows.clone()).await?;
    let versions = (first..).zip(rows).zip(drafts);
    let versions = versions.map(|((number, row), draft)| {
        Ok(Version {
            number,
            content: serde_json::to_string(&draft)?,
            recorded_at: row.recorded_at,
            superseded_at: row.superseded_at,
        })
    });
    versions.collect()
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
