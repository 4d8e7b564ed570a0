//! Reading back what is stated: every draft in force, as a batch would state it.

use std::collections::HashMap;

use entity::{ConceptKind, SubjectKind, observation, version};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
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
        parks: drafts(&contents, ConceptKind::Park)?,
        sites: drafts(&contents, ConceptKind::Site)?,
        projects: drafts(&contents, ConceptKind::Project)?,
        agreements: drafts(&contents, ConceptKind::Agreement)?,
        plans: drafts(&contents, ConceptKind::Plan)?,
        incentives: drafts(&contents, ConceptKind::Incentive)?,
        training_programmes: drafts(&contents, ConceptKind::TrainingProgramme)?,
        events: drafts(&contents, ConceptKind::Event)?,
        observations: observations(store).await?,
        withdrawn: Vec::new(),
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
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let indicators = keys::<entity::indicator::Entity>(store).await?;
    let territories = keys::<entity::territory::Entity>(store).await?;
    let activities = keys::<entity::activity::Entity>(store).await?;
    let sources = keys::<entity::source::Entity>(store).await?;
    let organisations = keys::<entity::organisation::Entity>(store).await?;
    let mut subjects: HashMap<SubjectKind, HashMap<i64, String>> = HashMap::new();
    subjects.insert(SubjectKind::Organisation, organisations.clone());
    subjects.insert(
        SubjectKind::Park,
        keys::<entity::park::Entity>(store).await?,
    );
    subjects.insert(
        SubjectKind::Project,
        keys::<entity::project::Entity>(store).await?,
    );
    subjects.insert(
        SubjectKind::Agreement,
        keys::<entity::agreement::Entity>(store).await?,
    );
    subjects.insert(
        SubjectKind::Plan,
        keys::<entity::plan::Entity>(store).await?,
    );
    let programmes = keys::<entity::training_programme::Entity>(store).await?;
    subjects.insert(SubjectKind::Programme, programmes);

    let optional = |keys: &HashMap<i64, String>, kind, id: Option<i64>| {
        id.map(|id| key(keys, kind, id)).transpose()
    };
    rows.into_iter()
        .map(|row| {
            let subject = match (row.subject_kind, row.subject_id) {
                (Some(kind), Some(id)) => Some((kind, key(&subjects[&kind], kind.into(), id)?)),
                _ => None,
            };
            Ok(observation::Draft {
                indicator: key(&indicators, ConceptKind::Indicator, row.indicator_id)?,
                territory: optional(&territories, ConceptKind::Territory, row.territory_id)?,
                activity: optional(&activities, ConceptKind::Activity, row.activity_id)?,
                producer: optional(&organisations, ConceptKind::Organisation, row.producer_id)?,
                source: key(&sources, ConceptKind::Source, row.source_id)?,
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

async fn keys<E: Concept>(store: &Store) -> Result<HashMap<i64, String>, Error> {
    let Some(key) = E::key() else {
        return Ok(HashMap::new());
    };
    let rows = E::find()
        .select_only()
        .column(E::ID)
        .column(key)
        .into_tuple::<(i64, String)>()
        .all(&store.db)
        .await?;
    Ok(rows.into_iter().collect())
}

fn key(keys: &HashMap<i64, String>, kind: ConceptKind, id: i64) -> Result<String, Error> {
    keys.get(&id).cloned().ok_or_else(|| Error::UnknownKey {
        kind,
        key: id.to_string(),
    })
}

/// Every version of an observation, the first recorded first; the one in force is last and has no end.
pub async fn versions_of(store: &Store, key: &str) -> Result<Vec<observation::Model>, Error> {
    let rows = observation::Entity::find()
        .filter(observation::Column::Key.eq(key))
        .order_by_asc(observation::Column::Id);
    Ok(rows.all(&store.db).await?)
}
