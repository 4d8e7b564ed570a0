//! Which providers could meet a need, and why: by what their profiles say they offer, where they work, in which languages, for which sectors,
//! and whom they belong to. There is no score: the reasons are compared one after the other, and all of them are shown.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

use entity::{
    Capability, Level, Sector, membership, organisation,
    profile::{self, language, offer, sector},
    site, territory,
};
use sea_orm::{
    ColumnTrait, EntityTrait, IntoSimpleExpr, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};

use super::Model;
use crate::{Error, Store, row::among};

/// Profiles looked at for one need.
const PROFILES: u64 = 5_000;

/// A provider that could meet a need.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    pub provider: organisation::Model,
    /// Why, the weightiest reason first; never empty.
    pub reasons: Vec<Reason>,
}

/// Why a provider could meet a need. Each says the id of the source that says so.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// It offers what is asked for.
    Capability(Capability, i64),
    /// It has a site near the need.
    Site(Nearness, Box<site::Model>),
    /// It works in a language asked for.
    Language(String, i64),
    /// It serves the sector of the company.
    Sector(Sector, i64),
    /// It belongs to a federation.
    Member(membership::Model),
}

/// The smallest territory that holds both the need and the site, nearest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nearness {
    Region,
    Province,
    Commune,
}

impl Nearness {
    fn of(level: Level) -> Option<Self> {
        match level {
            Level::Country => None,
            Level::Region => Some(Self::Region),
            Level::Province => Some(Self::Province),
            Level::Commune | Level::Arrondissement => Some(Self::Commune),
        }
    }
}

/// The providers that could meet a need, the likeliest first: those that offer most of what is asked for, then the nearest, then those that
/// work in most of its languages, that serve its sector, that belong to a federation. A need that asks for no capability is matched by its
/// sector alone.
pub async fn matches(store: &Store, need: &Model) -> Result<Vec<Match>, Error> {
    let wanted: Vec<Capability> = serde_json::from_str(&need.capabilities)?;
    let languages: Vec<String> = serde_json::from_str(&need.languages)?;
    let profiles = candidates(store, need, &wanted).await?;
    let ids: Vec<i64> = profiles.iter().map(|profile| profile.id).collect();
    let organisations: Vec<i64> = profiles
        .iter()
        .map(|profile| profile.organisation_id)
        .collect();
    let mut offered = offers(store, &ids, &wanted).await?;
    let mut spoken = spoken(store, &ids, &languages).await?;
    let serving = serving(store, &ids, need.sector).await?;
    let mut nearest = nearest(store, &organisations, need.territory_id).await?;
    let mut members = members(store, &organisations).await?;
    let mut named = crate::row::by_ids::<organisation::Entity>(store, &organisations).await?;
    let mut found = Vec::new();
    for profile in profiles {
        let (of, by) = (profile.organisation_id, profile.source_id);
        let Some(provider) = named.remove(&of) else {
            continue;
        };
        let offered = offered.remove(&profile.id).unwrap_or_default();
        let spoken = spoken.remove(&profile.id).unwrap_or_default();
        let near = nearest.remove(&of);
        let members = members.remove(&of).unwrap_or_default();
        let serves = serving.contains(&profile.id);
        let place = (
            Reverse(offered.len()),
            Reverse(near.as_ref().map(|(nearness, _)| *nearness)),
            Reverse(spoken.len()),
            !serves,
            members.is_empty(),
            provider.key.clone(),
        );
        let mut reasons: Vec<Reason> = Vec::new();
        reasons.extend(offered.into_iter().map(|one| Reason::Capability(one, by)));
        reasons.extend(near.map(|(nearness, site)| Reason::Site(nearness, Box::new(site))));
        reasons.extend(spoken.into_iter().map(|one| Reason::Language(one, by)));
        reasons.extend(serves.then_some(Reason::Sector(need.sector, by)));
        reasons.extend(members.into_iter().map(Reason::Member));
        found.push((place, Match { provider, reasons }));
    }
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(found.into_iter().map(|(_, found)| found).collect())
}

/// Profiles that offer something of what is asked for; those that serve the sector when nothing is.
async fn candidates(
    store: &Store,
    need: &Model,
    wanted: &[Capability],
) -> Result<Vec<profile::Model>, Error> {
    let found = match wanted {
        [] => sector::Entity::find()
            .select_only()
            .column(sector::Column::ProfileId)
            .filter(sector::Column::Sector.eq(need.sector))
            .into_query(),
        wanted => offer::Entity::find()
            .select_only()
            .column(offer::Column::ProfileId)
            .filter(offer::Column::Capability.is_in(wanted.iter().copied()))
            .into_query(),
    };
    let profiles = profile::Entity::find()
        .filter(profile::Column::Id.in_subquery(found))
        .order_by_asc(profile::Column::Id)
        .limit(PROFILES);
    Ok(profiles.all(&store.db).await?)
}

async fn offers(
    store: &Store,
    profiles: &[i64],
    wanted: &[Capability],
) -> Result<HashMap<i64, Vec<Capability>>, Error> {
    let rows = offer::Entity::find()
        .filter(among(
            store,
            offer::Column::ProfileId.into_simple_expr(),
            profiles,
        ))
        .filter(offer::Column::Capability.is_in(wanted.iter().copied()))
        .order_by_asc(offer::Column::Position)
        .all(&store.db)
        .await?;
    Ok(grouped(
        rows.into_iter().map(|row| (row.profile_id, row.capability)),
    ))
}

async fn spoken(
    store: &Store,
    profiles: &[i64],
    languages: &[String],
) -> Result<HashMap<i64, Vec<String>>, Error> {
    let rows = language::Entity::find()
        .filter(among(
            store,
            language::Column::ProfileId.into_simple_expr(),
            profiles,
        ))
        .filter(language::Column::Language.is_in(languages.iter().cloned()))
        .order_by_asc(language::Column::Position)
        .all(&store.db)
        .await?;
    Ok(grouped(
        rows.into_iter().map(|row| (row.profile_id, row.language)),
    ))
}

async fn serving(store: &Store, profiles: &[i64], wanted: Sector) -> Result<HashSet<i64>, Error> {
    let rows = sector::Entity::find()
        .filter(among(
            store,
            sector::Column::ProfileId.into_simple_expr(),
            profiles,
        ))
        .filter(sector::Column::Sector.eq(wanted))
        .all(&store.db)
        .await?;
    Ok(rows.into_iter().map(|row| row.profile_id).collect())
}

/// Of each organisation the site that is nearest to a place, where one is in its region.
async fn nearest(
    store: &Store,
    organisations: &[i64],
    place: i64,
) -> Result<HashMap<i64, (Nearness, site::Model)>, Error> {
    let tree: HashMap<i64, (Option<i64>, Level)> = territory::Entity::find()
        .select_only()
        .columns([
            territory::Column::Id,
            territory::Column::ParentId,
            territory::Column::Level,
        ])
        .into_tuple::<(i64, Option<i64>, Level)>()
        .all(&store.db)
        .await?
        .into_iter()
        .map(|(id, parent, level)| (id, (parent, level)))
        .collect();
    let above = |place: i64| {
        std::iter::successors(Some(place), |id| {
            tree.get(id).and_then(|(parent, _)| *parent)
        })
    };
    let around: HashSet<i64> = above(place).collect();
    let sites = site::Entity::find()
        .filter(among(
            store,
            site::Column::OrganisationId.into_simple_expr(),
            organisations,
        ))
        .order_by_asc(site::Column::Id)
        .all(&store.db)
        .await?;
    let mut nearest: HashMap<i64, (Nearness, site::Model)> = HashMap::new();
    for site in sites {
        let shared = above(site.territory_id).find(|id| around.contains(id));
        let level = shared.and_then(|id| tree.get(&id)).map(|(_, level)| *level);
        let Some(nearness) = level.and_then(Nearness::of) else {
            continue;
        };
        let of = site.organisation_id;
        if nearest.get(&of).is_none_or(|(known, _)| *known < nearness) {
            nearest.insert(of, (nearness, site));
        }
    }
    Ok(nearest)
}

/// The memberships of each organisation that no source says ended.
async fn members(
    store: &Store,
    organisations: &[i64],
) -> Result<HashMap<i64, Vec<membership::Model>>, Error> {
    let rows = membership::Entity::find()
        .filter(among(
            store,
            membership::Column::OrganisationId.into_simple_expr(),
            organisations,
        ))
        .filter(membership::Column::Until.is_null())
        .order_by_asc(membership::Column::Id)
        .all(&store.db)
        .await?;
    Ok(grouped(
        rows.into_iter().map(|row| (row.organisation_id, row)),
    ))
}

fn grouped<T>(rows: impl Iterator<Item = (i64, T)>) -> HashMap<i64, Vec<T>> {
    let mut groups: HashMap<i64, Vec<T>> = HashMap::new();
    for (of, value) in rows {
        groups.entry(of).or_default().push(value);
    }
    groups
}
