//! What reading an article needs to know of the things it may name: what each organisation is and whose, where each park is, when each
//! agreement was signed, and which years each plan is for.

use std::collections::HashMap;

use entity::{
    OrganisationKind, PartialDate, ReferencePeriod, activity, agreement, indicator, observation,
    organisation, park, plan, territory,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::{Concept, Error, Store};

/// The things, by their keys.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NamedThings {
    pub organisations: Vec<NamedOrganisation>,
    /// Key, and code of the territory it is in.
    pub parks: Vec<(String, String)>,
    /// Key, and when it was signed, where that is known.
    pub agreements: Vec<(String, PartialDate)>,
    /// Key, and the years it is for, where they are known.
    pub plans: Vec<(String, ReferencePeriod)>,
    /// Key of an indicator whose figures of places are all of one activity, and the key of that.
    pub activities: Vec<(String, String)>,
}

/// An organisation, what it is, and the key of its owner.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedOrganisation {
    pub key: String,
    pub kind: OrganisationKind,
    pub owner: Option<String>,
}

/// All of them.
pub async fn all(store: &Store) -> Result<NamedThings, Error> {
    let rows = organisation::Entity::find().all(&store.db).await?;
    let keys: HashMap<i64, String> = rows.iter().map(|row| (row.id, row.key.clone())).collect();
    let organisations = rows
        .into_iter()
        .map(|row| NamedOrganisation {
            owner: row.parent_id.and_then(|owner| keys.get(&owner).cloned()),
            key: row.key,
            kind: row.kind,
        })
        .collect();
    let parks = park::Entity::find().all(&store.db).await?;
    let ids: Vec<i64> = parks.iter().map(|row| row.territory_id).collect();
    let codes: HashMap<i64, String> = territory::Entity::find()
        .select_only()
        .columns([territory::Column::Id, territory::Column::Key])
        .filter(territory::Column::Id.is_in(ids))
        .into_tuple()
        .all(&store.db)
        .await?
        .into_iter()
        .collect();
    let parks = parks
        .into_iter()
        .filter_map(|row| Some((row.key, codes.get(&row.territory_id)?.clone())))
        .collect();
    let agreements = agreement::Entity::find().all(&store.db).await?;
    let agreements = agreements
        .into_iter()
        .filter_map(|row| Some((row.key, row.signed_on?)))
        .collect();
    let plans = plan::Entity::find().all(&store.db).await?;
    let plans = plans
        .into_iter()
        .filter_map(|row| Some((row.key, row.period?)))
        .collect();
    Ok(NamedThings {
        activities: activities(store).await?,
        organisations,
        parks,
        agreements,
        plans,
    })
}

async fn activities(store: &Store) -> Result<Vec<(String, String)>, Error> {
    let pairs: Vec<(i64, Option<i64>)> = observation::Entity::find()
        .select_only()
        .columns([
            observation::Column::IndicatorId,
            observation::Column::ActivityId,
        ])
        .distinct()
        .filter(observation::Entity::visible())
        .filter(observation::Column::SubjectId.is_null())
        .into_tuple()
        .all(&store.db)
        .await?;
    let mut of: HashMap<i64, Vec<Option<i64>>> = HashMap::new();
    for (indicator, activity) in pairs {
        of.entry(indicator).or_default().push(activity);
    }
    let keys: HashMap<i64, String> = activity::Entity::find()
        .all(&store.db)
        .await?
        .into_iter()
        .map(|row| (row.id, row.key))
        .collect();
    let indicators = indicator::Entity::find().all(&store.db).await?;
    let usual = |row: indicator::Model| match of.get(&row.id).map(Vec::as_slice) {
        Some([Some(activity)]) => Some((row.key, keys.get(activity)?.clone())),
        _ => None,
    };
    Ok(indicators.into_iter().filter_map(usual).collect())
}
