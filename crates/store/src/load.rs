//! Writing what files state: drafts become rows, in one transaction; what was there before is superseded and kept.

pub(crate) mod apply;
pub(crate) mod derived;
mod draft;
mod in_force;
mod observation;
mod outbox;
mod reference;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use entity::ConceptKind;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, TransactionTrait};

use crate::{Error, Store};
use reference::Ids;

pub use in_force::{in_force, versions_of};

/// Everything a run states, by concept.
#[derive(Debug, Default)]
pub struct Batch {
    pub sources: Vec<entity::source::Draft>,
    pub units: Vec<entity::unit::Draft>,
    pub territories: Vec<entity::territory::Draft>,
    pub coordinates: Vec<entity::coordinates::Draft>,
    pub activities: Vec<entity::activity::Draft>,
    pub indicators: Vec<entity::indicator::Draft>,
    pub organisations: Vec<entity::organisation::Draft>,
    pub parks: Vec<entity::park::Draft>,
    pub sites: Vec<entity::site::Draft>,
    pub projects: Vec<entity::project::Draft>,
    pub agreements: Vec<entity::agreement::Draft>,
    pub plans: Vec<entity::plan::Draft>,
    pub incentives: Vec<entity::incentive::Draft>,
    pub training_programmes: Vec<entity::training_programme::Draft>,
    pub events: Vec<entity::event::Draft>,
    pub observations: Vec<entity::observation::Draft>,
    /// Keys of observations that end without another in their place; counted as changed.
    pub withdrawn: Vec<String>,
}

/// With more changes than this, what the planners know of the tables is read anew.
const MANY: usize = 1_000;

/// How many drafts were new, differed from what was in force, or said it again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub new: usize,
    pub changed: usize,
    pub unchanged: usize,
}

/// The counts of a run. Nothing was written when every concept is unchanged.
pub type Counts = BTreeMap<ConceptKind, Count>;

/// Writes a batch and its events, all of it or none. Rows absent from the batch stay.
pub async fn apply(
    store: &Store,
    batch: &Batch,
    now: DateTime<Utc>,
    reason: &str,
) -> Result<Counts, Error> {
    let transaction = store.writer.begin().await?;
    if store.is_postgres() {
        transaction
            .execute_unprepared(
                "LOCK TABLE data_revisions IN EXCLUSIVE MODE; SET LOCAL statement_timeout = 0",
            )
            .await?;
    }
    // The first statement writes, so that SQLite takes its write lock now and not half-way.
    let revision = entity::data_revision::ActiveModel {
        recorded_at: Set(now),
        reason: Set(reason.to_owned()),
        ..Default::default()
    };
    let revision = entity::data_revision::Entity::insert(revision)
        .exec(&transaction)
        .await?
        .last_insert_id;

    let mut ids = Ids::default();
    let mut counts = Counts::new();
    let run = apply::Run {
        transaction: &transaction,
        now,
    };
    let mut outbox = outbox::Outbox::of(&run, revision).await?;
    let touched = derived::Touched::by(batch, &run).await?;
    macro_rules! write {
        ($($drafts:ident),+ $(,)?) => {$( run.write(&batch.$drafts, &mut ids, &mut counts, &mut outbox).await?; )+};
    }
    write!(
        sources,
        units,
        territories,
        coordinates,
        activities,
        indicators,
        organisations,
        parks,
        sites,
        projects,
        agreements,
        plans,
        incentives
    );
    write!(training_programmes, events);
    let observations = (&batch.observations[..], &batch.withdrawn[..]);
    run.write_observations(observations, &ids, &mut counts, &mut outbox)
        .await?;
    if changed(&counts, ConceptKind::Territory) || changed(&counts, ConceptKind::Activity) {
        run.rebuild_ancestors().await?;
    }
    if counts.values().all(|count| count.new + count.changed == 0) {
        transaction.rollback().await?;
    } else {
        touched.derive(store, &run).await?;
        outbox.write(&run).await?;
        if counts
            .values()
            .map(|count| count.new + count.changed)
            .sum::<usize>()
            > MANY
        {
            // What the planners go by; without it they do not know what a filter leaves.
            transaction.execute_unprepared("ANALYZE").await?;
        }
        transaction.commit().await?;
        store.saw(revision);
    }
    Ok(counts)
}

fn changed(counts: &Counts, kind: ConceptKind) -> bool {
    counts
        .get(&kind)
        .is_some_and(|count| count.new + count.changed > 0)
}
