//! What hangs on rows: partners, parties, organisers, ancestors, aliases, statuses, axes, objectives.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{Context, Error, dataloader::Loader};
use chrono::{DateTime, Utc};
use entity::ConceptKind;
use store::{
    progress::{self, Of, Step},
    row,
};

use super::{Failure, Reader, failed, reader};

/// Rows without a key of their own that hang on a parent, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hanging {
    ProjectPartners,
    AgreementParties,
    EventOrganisers,
    TerritoryAncestors,
    Aliases(ConceptKind),
    Offers,
    Sectors,
    Languages,
    Certifications,
}

/// What hangs: ids of other rows, or texts.
#[derive(Clone, Debug)]
pub enum Hung {
    Ids(Vec<i64>),
    Texts(Vec<String>),
}

impl Loader<(Hanging, i64)> for Reader {
    type Value = Hung;
    type Error = Failure;

    async fn load(
        &self,
        keys: &[(Hanging, i64)],
    ) -> Result<HashMap<(Hanging, i64), Hung>, Failure> {
        let mut kinds: HashMap<Hanging, Vec<i64>> = HashMap::new();
        for (kind, parent) in keys {
            kinds.entry(*kind).or_default().push(*parent);
        }
        let mut loaded = HashMap::new();
        for (kind, parents) in kinds {
            let ids = match kind {
                Hanging::ProjectPartners => row::project_partners(&self.store, &parents).await,
                Hanging::AgreementParties => row::agreement_parties(&self.store, &parents).await,
                Hanging::EventOrganisers => row::event_organisers(&self.store, &parents).await,
                Hanging::TerritoryAncestors => row::ancestors(&self.store, &parents).await,
                texts => {
                    let texts = self.texts(texts, &parents).await.map_err(Arc::new)?;
                    loaded.extend(
                        texts
                            .into_iter()
                            .map(|(parent, texts)| ((kind, parent), Hung::Texts(texts))),
                    );
                    continue;
                }
            };
            loaded.extend(
                ids.map_err(Arc::new)?
                    .into_iter()
                    .map(|(parent, ids)| ((kind, parent), Hung::Ids(ids))),
            );
        }
        Ok(loaded)
    }
}

impl Reader {
    async fn texts(
        &self,
        kind: Hanging,
        parents: &[i64],
    ) -> Result<HashMap<i64, Vec<String>>, store::Error> {
        let store = &self.store;
        match kind {
            Hanging::Aliases(concept) => row::aliases(store, concept, parents).await,
            Hanging::Offers => row::profile_offers(store, parents).await,
            Hanging::Sectors => row::profile_sectors(store, parents).await,
            Hanging::Languages => row::profile_languages(store, parents).await,
            Hanging::Certifications => row::profile_certifications(store, parents).await,
            // The others are rows.
            _ => Ok(HashMap::new()),
        }
    }
}

pub async fn hanging_ids(ctx: &Context<'_>, kind: Hanging, parent: i64) -> Result<Vec<i64>, Error> {
    match reader(ctx).load_one((kind, parent)).await.map_err(failed)? {
        Some(Hung::Ids(ids)) => Ok(ids),
        _ => Ok(Vec::new()),
    }
}

pub async fn aliases(
    ctx: &Context<'_>,
    concept: ConceptKind,
    parent: i64,
) -> Result<Vec<String>, Error> {
    hanging_texts(ctx, Hanging::Aliases(concept), parent).await
}

pub async fn hanging_texts(
    ctx: &Context<'_>,
    kind: Hanging,
    parent: i64,
) -> Result<Vec<String>, Error> {
    match reader(ctx).load_one((kind, parent)).await.map_err(failed)? {
        Some(Hung::Texts(texts)) => Ok(texts),
        _ => Ok(Vec::new()),
    }
}

/// The status of a project in force now, or at an instant.
impl Loader<StatusOf> for Reader {
    type Value = entity::project::status::Model;
    type Error = Failure;

    async fn load(&self, keys: &[StatusOf]) -> Result<HashMap<StatusOf, Self::Value>, Failure> {
        let mut loaded = HashMap::new();
        for (instant, ids) in by_instant(keys.iter().map(|key| (key.1, key.0))) {
            let rows = row::project_statuses(&self.store, &ids, instant)
                .await
                .map_err(Arc::new)?;
            loaded.extend(
                rows.into_iter()
                    .map(|(id, found)| (StatusOf(id, instant), found)),
            );
        }
        Ok(loaded)
    }
}

/// A project whose status is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StatusOf(i64, Instant);

/// Now when empty.
pub type Instant = Option<DateTime<Utc>>;

fn by_instant(keys: impl Iterator<Item = (Instant, i64)>) -> HashMap<Instant, Vec<i64>> {
    let mut instants: HashMap<Instant, Vec<i64>> = HashMap::new();
    for (instant, id) in keys {
        instants.entry(instant).or_default().push(id);
    }
    instants
}

/// The status of a project at an instant; nothing when none was recorded yet.
pub async fn status_at(
    ctx: &Context<'_>,
    project: i64,
    recorded_at: Instant,
) -> Result<Option<entity::project::status::Model>, Error> {
    reader(ctx)
        .load_one(StatusOf(project, recorded_at))
        .await
        .map_err(failed)
}

pub async fn status_of(
    ctx: &Context<'_>,
    project: i64,
) -> Result<entity::project::status::Model, Error> {
    let status = status_at(ctx, project, None).await?;
    status.ok_or_else(|| crate::error::internal(&format!("project {project} has no status")))
}

/// The status of a milestone in force now, or at an instant.
impl Loader<MilestoneStatusOf> for Reader {
    type Value = entity::milestone::status::Model;
    type Error = Failure;

    async fn load(
        &self,
        keys: &[MilestoneStatusOf],
    ) -> Result<HashMap<MilestoneStatusOf, Self::Value>, Failure> {
        let mut loaded = HashMap::new();
        for (instant, ids) in by_instant(keys.iter().map(|key| (key.1, key.0))) {
            let rows = row::milestone_statuses(&self.store, &ids, instant)
                .await
                .map_err(Arc::new)?;
            loaded.extend(
                rows.into_iter()
                    .map(|(id, found)| (MilestoneStatusOf(id, instant), found)),
            );
        }
        Ok(loaded)
    }
}

/// A milestone whose status is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MilestoneStatusOf(i64, Instant);

/// The status of a milestone at an instant; nothing when none was recorded yet.
pub async fn milestone_status_at(
    ctx: &Context<'_>,
    milestone: i64,
    recorded_at: Instant,
) -> Result<Option<entity::milestone::status::Model>, Error> {
    reader(ctx)
        .load_one(MilestoneStatusOf(milestone, recorded_at))
        .await
        .map_err(failed)
}

pub async fn milestone_status_of(
    ctx: &Context<'_>,
    milestone: i64,
) -> Result<entity::milestone::status::Model, Error> {
    let status = milestone_status_at(ctx, milestone, None).await?;
    status.ok_or_else(|| crate::error::internal(&format!("milestone {milestone} has no status")))
}

/// The milestones of something with their statuses now, or at an instant.
impl Loader<StepsOf> for Reader {
    type Value = Vec<Step>;
    type Error = Failure;

    async fn load(&self, keys: &[StepsOf]) -> Result<HashMap<StepsOf, Self::Value>, Failure> {
        let mut loaded = HashMap::new();
        for of in [Of::Agreement, Of::Plan, Of::Project] {
            let asked = keys.iter().filter(|key| key.0 == of);
            for (instant, ids) in by_instant(asked.map(|key| (key.2, key.1))) {
                let steps = progress::steps(&self.store, of, &ids, instant)
                    .await
                    .map_err(Arc::new)?;
                loaded.extend(
                    steps
                        .into_iter()
                        .map(|(id, found)| (StepsOf(of, id, instant), found)),
                );
            }
        }
        Ok(loaded)
    }
}

/// What the milestones are asked of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StepsOf(Of, i64, Instant);

pub async fn steps_of(
    ctx: &Context<'_>,
    of: Of,
    id: i64,
    recorded_at: Instant,
) -> Result<Vec<Step>, Error> {
    Ok(reader(ctx)
        .load_one(StepsOf(of, id, recorded_at))
        .await
        .map_err(failed)?
        .unwrap_or_default())
}

/// The axes of an agreement in force now, or at an instant, in their order.
impl Loader<AxesOf> for Reader {
    type Value = Vec<entity::agreement::axis::Model>;
    type Error = Failure;

    async fn load(&self, keys: &[AxesOf]) -> Result<HashMap<AxesOf, Self::Value>, Failure> {
        let mut loaded = HashMap::new();
        for (instant, ids) in by_instant(keys.iter().map(|key| (key.1, key.0))) {
            let rows = row::agreement_axes(&self.store, &ids, instant)
                .await
                .map_err(Arc::new)?;
            loaded.extend(
                rows.into_iter()
                    .map(|(id, found)| (AxesOf(id, instant), found)),
            );
        }
        Ok(loaded)
    }
}

/// An agreement whose axes are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AxesOf(i64, Instant);

pub async fn axes_of(
    ctx: &Context<'_>,
    agreement: i64,
    recorded_at: Instant,
) -> Result<Vec<entity::agreement::axis::Model>, Error> {
    Ok(reader(ctx)
        .load_one(AxesOf(agreement, recorded_at))
        .await
        .map_err(failed)?
        .unwrap_or_default())
}

/// The objectives of a plan, in their order.
impl Loader<ObjectivesOf> for Reader {
    type Value = Vec<entity::plan::objective::Model>;
    type Error = Failure;

    async fn load(
        &self,
        keys: &[ObjectivesOf],
    ) -> Result<HashMap<ObjectivesOf, Self::Value>, Failure> {
        let ids: Vec<i64> = keys.iter().map(|key| key.0).collect();
        let rows = row::plan_objectives(&self.store, &ids)
            .await
            .map_err(Arc::new)?;
        Ok(rows
            .into_iter()
            .map(|(id, rows)| (ObjectivesOf(id), rows))
            .collect())
    }
}

/// A plan whose objectives are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ObjectivesOf(pub i64);

pub async fn objectives_of(
    ctx: &Context<'_>,
    plan: i64,
) -> Result<Vec<entity::plan::objective::Model>, Error> {
    Ok(reader(ctx)
        .load_one(ObjectivesOf(plan))
        .await
        .map_err(failed)?
        .unwrap_or_default())
}
