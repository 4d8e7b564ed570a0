//! Writing what files state: drafts become rows, in one transaction; what was there before is superseded and kept.

pub(crate) mod apply;
mod branch;
pub(crate) mod derived;
mod draft;
mod in_force;
mod ledger;
mod observation;
mod reference;
mod retract;

use std::collections::{BTreeMap, BTreeSet};

use entity::{ConceptKind, Fact, shape};
use sea_orm::{ConnectionTrait, DatabaseTransaction};

use crate::{Error, Refused, Store, audit_entry::Act, write::Writing};
use ledger::Ledger;

pub use in_force::{in_force, versions_of};
pub(crate) use in_force::{observation_drafts, recorded};

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
    pub memberships: Vec<entity::membership::Draft>,
    pub profiles: Vec<entity::profile::Draft>,
    pub parks: Vec<entity::park::Draft>,
    pub sites: Vec<entity::site::Draft>,
    pub projects: Vec<entity::project::Draft>,
    pub agreements: Vec<entity::agreement::Draft>,
    pub plans: Vec<entity::plan::Draft>,
    pub milestones: Vec<entity::milestone::Draft>,
    pub incentives: Vec<entity::incentive::Draft>,
    pub training_programmes: Vec<entity::training_programme::Draft>,
    pub events: Vec<entity::event::Draft>,
    pub observations: Vec<entity::observation::Draft>,
    /// Keys of observations that end without another in their place; counted as changed.
    pub withdrawn: Vec<String>,
    /// Other facts that end with none in their place.
    pub retracted: Vec<(ConceptKind, String)>,
}

impl Batch {
    /// Adds a fact.
    pub fn add(&mut self, fact: Fact) {
        match fact {
            Fact::Source(draft) => self.sources.push(draft),
            Fact::Organisation(draft) => self.organisations.push(draft),
            Fact::Membership(draft) => self.memberships.push(draft),
            Fact::Profile(draft) => self.profiles.push(draft),
            Fact::Park(draft) => self.parks.push(draft),
            Fact::Site(draft) => self.sites.push(draft),
            Fact::Project(draft) => self.projects.push(draft),
            Fact::Agreement(draft) => self.agreements.push(draft),
            Fact::Plan(draft) => self.plans.push(draft),
            Fact::Milestone(draft) => self.milestones.push(draft),
            Fact::Incentive(draft) => self.incentives.push(draft),
            Fact::TrainingProgramme(draft) => self.training_programmes.push(draft),
            Fact::Event(draft) => self.events.push(draft),
            Fact::Observation(draft) => self.observations.push(draft),
        }
    }

    /// Ends a fact.
    pub fn retract(&mut self, concept: ConceptKind, key: String) {
        match concept {
            ConceptKind::Observation => self.withdrawn.push(key),
            _ => self.retracted.push((concept, key)),
        }
    }
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

/// Writes a batch with its events and its audit entries, all of it or none. Rows absent from the batch stay.
pub async fn apply(store: &Store, batch: &Batch, act: &Act) -> Result<Counts, Error> {
    let writing = Writing::begin(store, act).await?;
    let written = writing.state(batch, None).await?;
    if written.is_nothing() {
        writing.transaction.rollback().await?;
    } else {
        writing.commit(Some(written.revision)).await?;
    }
    Ok(written.counts)
}

/// Writes a batch against the data as they stood at the revision `expected`, once for each request; gives the revision that the data
/// have since.
pub async fn apply_at(
    store: &Store,
    batch: &Batch,
    act: &Act,
    expected: i64,
) -> Result<i64, Error> {
    let writing = Writing::begin(store, act).await?;
    let earlier = writing.earlier().await?;
    if let Some(revision) = earlier.into_iter().find_map(|entry| entry.revision_id) {
        return Ok(revision);
    }
    let found = writing.revision;
    if found != expected {
        return Err(Refused::Moved { expected, found }.into());
    }
    let written = writing.state(batch, None).await?;
    if written.is_nothing() {
        writing.transaction.rollback().await?;
        return Ok(found);
    }
    writing.commit(Some(written.revision)).await?;
    Ok(written.revision)
}

/// Writes the rows of a batch, what is derived from them, the events and the audit entries, as a part of `writing`.
pub(crate) async fn run(
    writing: &Writing<'_>,
    transaction: &DatabaseTransaction,
    batch: &Batch,
    (revision, proposal): (i64, Option<&str>),
) -> Result<Counts, Error> {
    branch::check(batch)?;
    let run = apply::Run {
        transaction,
        now: writing.act.at,
        mentioned: mentioned(batch)?,
    };
    let mut ids = run.known().await?;
    let mut counts = Counts::new();
    let mut ledger = Ledger::of(&run, revision).await?;
    let touched = derived::Touched::by(batch, &run).await?;
    macro_rules! write {
        ($($drafts:ident),+ $(,)?) => {$( run.write(&batch.$drafts, &mut ids, &mut counts, &mut ledger).await?; )+};
    }
    write!(
        sources,
        units,
        territories,
        coordinates,
        activities,
        indicators,
        organisations,
        memberships,
        profiles,
        parks,
        sites,
        projects,
        agreements,
        plans,
        milestones,
        incentives
    );
    write!(training_programmes, events);
    let observations = (&batch.observations[..], &batch.withdrawn[..]);
    run.write_observations(observations, &ids, &mut counts, &mut ledger)
        .await?;
    for (concept, key) in &batch.retracted {
        run.retract(*concept, key, &mut counts, &mut ledger).await?;
    }
    run.check_branch(&counts).await?;
    if changed(&counts, ConceptKind::Territory) || changed(&counts, ConceptKind::Activity) {
        run.rebuild_ancestors().await?;
    }
    let changes = counts.values().map(|count| count.new + count.changed);
    let changes: usize = changes.sum();
    if changes > 0 {
        touched.derive(writing.store, &run).await?;
        ledger.write(&run, &writing.act, proposal).await?;
    }
    if changes > MANY {
        // What the planners go by; without it they do not know what a filter leaves.
        transaction.execute_unprepared("ANALYZE").await?;
    }
    Ok(counts)
}

/// Every text of a small batch. Whatever a draft refers to by its key is among them, so that the keys of the tables need not all be read;
/// nothing for a large batch, which reads them once.
fn mentioned(batch: &Batch) -> Result<Option<BTreeSet<String>>, Error> {
    fn texts(value: &serde_json::Value, found: &mut BTreeSet<String>) {
        match value {
            serde_json::Value::String(text) if text.len() <= shape::KEY => {
                found.insert(text.clone());
            }
            serde_json::Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
            serde_json::Value::Object(fields) => {
                fields.values().for_each(|field| texts(field, found));
            }
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    macro_rules! read {
        ($($drafts:ident),+ $(,)?) => {
            let drafts = [$(batch.$drafts.len()),+].into_iter().sum::<usize>();
            if drafts > FEW {
                return Ok(None);
            }
            $(for draft in &batch.$drafts { texts(&serde_json::to_value(draft)?, &mut found); })+
        };
    }
    read!(
        sources,
        units,
        territories,
        coordinates,
        activities,
        indicators,
        organisations,
        memberships,
        profiles,
        parks,
        sites,
        projects,
        agreements,
        plans,
        milestones,
        incentives,
        training_programmes,
        events,
        observations
    );
    Ok((found.len() <= MANY).then_some(found))
}

/// Of a batch of so few drafts it is read what they mention.
const FEW: usize = 100;

fn changed(counts: &Counts, kind: ConceptKind) -> bool {
    counts
        .get(&kind)
        .is_some_and(|count| count.new + count.changed > 0)
}
