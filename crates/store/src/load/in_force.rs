//! Reading back what is stated: every draft in force, as a batch would state it.

use std::collections::{BTreeSet, HashMap};

use entity::{ConceptKind, observation, version};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
};
use serde::de::DeserializeOwned;

use super::Batch;
use crate::{Concept, Error, Store};

/// Every draft in force, sorted by concept; empty for an empty database. Costs one statement for each concept.
pub async fn in_force(store: &Store) -> Result<Batch, Error> {
    let mut contents: HashMap<ConceptKind, Vec<String>> = HashMap::new();
    let versions = version::Entity::find()
        .select_only()
        .columns([version::Column::Concept, version::Column::Content])
        .filter(version::Column::SupersededAt.is_null())
        .order_by_asc(version::Column::Id)
        .into_tuple::<(ConceptKind, String)>()
        .all(&store.db)
        .await?;
    for (kind, content) in versions {
        contents.entry(kind).or_default().push(content);
    }
    Ok(Batch {
        sources: drafts(&contents, ConceptKind::Source)?,
        units: drafts(&contents, ConceptKind::Unit)?,
        territories: drafts(&contents, ConceptKind::Territory)?,
        coordinates: drafts(&contents, ConceptKind::Coordinates)?,
        activities: drafts(&contents, ConceptKind::Activity)?,
        indicators: drafts(&contents, ConceptKind::Indicator)?,
        organisations: drafts(&contents, ConceptKind::Organisation)?,
        memberships: drafts(&contents, ConceptKind::Membership)?,
        profiles: drafts(&contents, ConceptKind::Profile)?,
        parks: drafts(&contents, ConceptKind::Park)?,
        sites: drafts(&contents, ConceptKind::Site)?,
        projects: drafts(&contents, ConceptKind::Project)?,
        agreements: drafts(&contents, ConceptKind::Agreement)?,
        plans: drafts(&contents, ConceptKind::Plan)?,
        milestones: drafts(&contents, ConceptKind::Milestone)?,
        incentives: drafts(&contents, ConceptKind::Incentive)?,
        training_programmes: drafts(&contents, ConceptKind::TrainingProgramme)?,
        events: drafts(&contents, ConceptKind::Event)?,
        observations: observations(store).await?,
        withdrawn: Vec::new(),
        retracted: Vec::new(),
    })
}

fn drafts<D: DeserializeOwned>(
    contents: &HashMap<ConceptKind, Vec<String>>,
    kind: ConceptKind,
) -> Result<Vec<D>, Error> {
    let contents = contents.get(&kind).map_or(&[][..], Vec::as_slice);
    let drafts = contents.iter().map(|content| serde_json::from_str(content));
    Ok(drafts.collect::<Result<_, _>>()?)
}

async fn observations(store: &Store) -> Result<Vec<observation::Draft>, Error> {
    let rows = observation::Entity::find()
        .filter(observation::Entity::visible())
        .order_by_asc(observation::Column::Id)
        .all(&store.db)
        .await?;
    observation_drafts(&store.db, rows).await
}

/// What observations say, with the keys of what they refer to; in the order of the rows.
pub(crate) async fn observation_drafts(
    connection: &impl ConnectionTrait,
    rows: Vec<observation::Model>,
) -> Result<Vec<observation::Draft>, Error> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut referred: HashMap<ConceptKind, BTreeSet<i64>> = HashMap::new();
    for row in &rows {
        let subject = row.subject_kind.zip(row.subject_id);
        let references = [
            (ConceptKind::Indicator, Some(row.indicator_id)),
            (ConceptKind::Territory, row.territory_id),
            (ConceptKind::Activity, row.activity_id),
            (ConceptKind::Organisation, row.producer_id),
            (ConceptKind::Source, Some(row.source_id)),
        ];
        let subject = subject.map(|(kind, id)| (ConceptKind::from(kind), Some(id)));
        for (kind, id) in references.into_iter().chain(subject) {
            referred.entry(kind).or_default().extend(id);
        }
    }
    let mut keys: HashMap<(ConceptKind, i64), String> = HashMap::new();
    macro_rules! read {
        ($($kind:ident: $module:ident),+ $(,)?) => {$(
            if let Some(ids) = referred.get(&ConceptKind::$kind) {
                let found = keys_of::<entity::$module::Entity>(connection, ids).await?;
                keys.extend(found.into_iter().map(|(id, key)| ((ConceptKind::$kind, id), key)));
            }
        )+};
    }
    read! {
        Indicator: indicator, Territory: territory, Activity: activity, Organisation: organisation, Source: source, Park: park,
        Project: project, Agreement: agreement, Plan: plan, TrainingProgramme: training_programme,
    }
    let key = |kind: ConceptKind, id: i64| {
        keys.get(&(kind, id))
            .cloned()
            .ok_or_else(|| Error::UnknownKey {
                kind,
                key: id.to_string(),
            })
    };
    let optional = |kind, id: Option<i64>| id.map(|id| key(kind, id)).transpose();
    rows.into_iter()
        .map(|row| {
            let subject = match (row.subject_kind, row.subject_id) {
                (Some(kind), Some(id)) => Some((kind, key(kind.into(), id)?)),
                _ => None,
            };
            Ok(observation::Draft {
                indicator: key(ConceptKind::Indicator, row.indicator_id)?,
                territory: optional(ConceptKind::Territory, row.territory_id)?,
                activity: optional(ConceptKind::Activity, row.activity_id)?,
                producer: optional(ConceptKind::Organisation, row.producer_id)?,
                source: key(ConceptKind::Source, row.source_id)?,
                subject,
                key: row.key,
                period: row.period,
                period_basis: row.period_basis,
                value: row.value,
                value_max: row.value_max,
                qualifier: row.qualifier,
                scope: row.scope,
                note: row.note,
            })
        })
        .collect()
}

/// With more ids than this, all keys of a table are read.
const MANY: usize = 1_000;

async fn keys_of<E: Concept>(
    connection: &impl ConnectionTrait,
    ids: &BTreeSet<i64>,
) -> Result<HashMap<i64, String>, Error> {
    let Some(key) = E::key() else {
        return Ok(HashMap::new());
    };
    let mut rows = E::find().select_only().column(E::ID).column(key);
    if ids.len() <= MANY {
        rows = rows.filter(E::ID.is_in(ids.iter().copied()));
    }
    let rows = rows.into_tuple::<(i64, String)>().all(connection).await?;
    Ok(rows.into_iter().collect())
}

/// Every version of an observation, the first recorded first; the one in force is last and has no end.
pub async fn versions_of(store: &Store, key: &str) -> Result<Vec<observation::Model>, Error> {
    Ok(recorded(key).all(&store.db).await?)
}

/// The same, to be asked for: the one in force and those that ended are each found by an index of their own.
pub(crate) fn recorded(key: &str) -> Select<observation::Entity> {
    use observation::Column;
    let of_key = || Condition::all().add(Column::Key.eq(key));
    let either = Condition::any()
        .add(of_key().add(Column::SupersededAt.is_null()))
        .add(of_key().add(Column::SupersededAt.is_not_null()));
    observation::Entity::find()
        .filter(either)
        .order_by_asc(Column::Id)
}
