//! What one table cannot hold of memberships, profiles and milestones, looked at once all of a batch is written: a federation is a
//! federation, and the axis or the objective that a milestone is a step of is there.

use entity::{ConceptKind as Kind, profile};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};

use super::{Batch, Counts, apply::Run, changed};
use crate::{Error, write::Refused};

#[derive(FromQueryResult)]
struct Misfit {
    key: String,
    place: String,
    part: i64,
}

const NOT_A_FEDERATION: &str = "SELECT memberships.key AS key, organisations.key AS place, CAST(0 AS BIGINT) AS part FROM memberships \
    JOIN organisations ON organisations.id = memberships.federation_id WHERE organisations.kind <> 'federation' ORDER BY memberships.id LIMIT 1";

const NO_AXIS: &str = "SELECT milestones.key AS key, agreements.key AS place, CAST(milestones.part AS BIGINT) AS part FROM milestones \
    JOIN agreements ON agreements.id = milestones.agreement_id WHERE NOT EXISTS (SELECT 1 FROM agreement_axes \
    WHERE agreement_axes.agreement_id = milestones.agreement_id AND agreement_axes.ordinal = milestones.part \
    AND agreement_axes.superseded_at IS NULL) ORDER BY milestones.id LIMIT 1";

const NO_OBJECTIVE: &str = "SELECT milestones.key AS key, plans.key AS place, CAST(milestones.part AS BIGINT) AS part FROM milestones \
    JOIN plans ON plans.id = milestones.plan_id WHERE NOT EXISTS (SELECT 1 FROM plan_objectives \
    WHERE plan_objectives.plan_id = milestones.plan_id AND plan_objectives.ordinal = milestones.part) ORDER BY milestones.id LIMIT 1";

/// Refuses what a draft says against itself, before anything is written.
pub fn check(batch: &Batch) -> Result<(), Error> {
    let refuse = |message: String| Err(Refused::Invalid(message).into());
    for draft in &batch.memberships {
        if draft.organisation == draft.federation {
            return refuse(format!(
                "membership {:?} is of {:?} in itself; name another federation",
                draft.key, draft.federation
            ));
        }
    }
    for draft in &batch.profiles {
        let key = profile::key_of(&draft.organisation);
        if draft.key != key {
            return refuse(format!(
                "the profile of {:?} has the key {key:?}, not {:?}: an organisation has one profile",
                draft.organisation, draft.key
            ));
        }
    }
    for draft in &batch.milestones {
        if draft.part.is_none() && draft.project.is_none() {
            return refuse(format!(
                "milestone {:?} is a step of nothing; name an axis, an objective or a project",
                draft.key
            ));
        }
    }
    Ok(())
}

impl Run<'_> {
    /// Refuses what a change of either side would make of them.
    pub async fn check_branch(&self, counts: &Counts) -> Result<(), Error> {
        let touched = |kinds: &[Kind]| kinds.iter().any(|kind| changed(counts, *kind));
        if touched(&[Kind::Membership, Kind::Organisation])
            && let Some(Misfit { key, place, .. }) = self.misfit(NOT_A_FEDERATION).await?
        {
            let message = format!(
                "membership {key:?} is in {place:?}, which is not a federation; name an organisation of the kind FEDERATION"
            );
            return Err(Refused::Invalid(message).into());
        }
        if touched(&[Kind::Milestone, Kind::Agreement])
            && let Some(Misfit { key, place, part }) = self.misfit(NO_AXIS).await?
        {
            let message = format!(
                "milestone {key:?} is of axis {part} of {place:?}, which has none of that number; name an axis it has, or retract the milestone first"
            );
            return Err(Refused::Invalid(message).into());
        }
        if touched(&[Kind::Milestone, Kind::Plan])
            && let Some(Misfit { key, place, part }) = self.misfit(NO_OBJECTIVE).await?
        {
            let message = format!(
                "milestone {key:?} is of objective {part} of {place:?}, which has none of that number; name an objective it has, or retract the milestone first"
            );
            return Err(Refused::Invalid(message).into());
        }
        Ok(())
    }

    async fn misfit(&self, sql: &str) -> Result<Option<Misfit>, Error> {
        let backend = self.transaction.get_database_backend();
        let statement = Statement::from_string(backend, sql);
        Ok(Misfit::find_by_statement(statement)
            .one(self.transaction)
            .await?)
    }
}
