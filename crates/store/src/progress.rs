//! How far what was agreed, planned or begun has come, as far as milestones and the projects that carry them tell. One fixed set of
//! statements, for however many agreements, plans or projects.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{MilestoneStatus, PartialDate, ProjectStatus, milestone, project};
use sea_orm::{EntityTrait, IntoSimpleExpr, QueryFilter, QueryOrder};

use crate::{
    Error, Store,
    row::{among, milestone_statuses, project_statuses},
};

/// What milestones are steps of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Of {
    Agreement,
    Plan,
    Project,
}

/// A milestone and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub milestone: milestone::Model,
    pub status: milestone::status::Model,
    /// Where the project that carries it stands; nothing without one.
    pub carried: Option<project::status::Model>,
}

/// Where a part stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    Done,
    UnderWay,
    Planned,
    Dropped,
    Unknown,
}

impl Step {
    /// Whether the status of the project counts, which it does when it is of a later day than all that the milestone's own can mean.
    pub fn of_project(&self) -> Option<&project::status::Model> {
        let carried = self.carried.as_ref()?;
        let later = carried.as_of.as_ref()?.start() > self.status.as_of.end().start();
        later.then_some(carried)
    }

    /// The status that counts.
    pub fn counted(&self) -> MilestoneStatus {
        self.of_project()
            .map_or(self.status.status, |carried| reached(carried.status))
    }

    /// When it stood there.
    pub fn as_of(&self) -> &PartialDate {
        let carried = self.of_project();
        carried
            .and_then(|carried| carried.as_of.as_ref())
            .unwrap_or(&self.status.as_of)
    }
}

/// What a milestone would be where its project is. Studies and signatures come before the work.
pub fn reached(status: ProjectStatus) -> MilestoneStatus {
    match status {
        ProjectStatus::Announced
        | ProjectStatus::Studies
        | ProjectStatus::AgreementSigned
        | ProjectStatus::Approved
        | ProjectStatus::Tender => MilestoneStatus::Planned,
        ProjectStatus::Started
        | ProjectStatus::Launched
        | ProjectStatus::InProgress
        | ProjectStatus::UnderConstruction
        | ProjectStatus::FirstPhaseDelivered => MilestoneStatus::UnderWay,
        ProjectStatus::Delivered => MilestoneStatus::Done,
    }
}

/// What all that is told of a part comes to. What was dropped counts only where there is nothing else.
pub fn state(statuses: impl IntoIterator<Item = MilestoneStatus>) -> State {
    let statuses: Vec<_> = statuses.into_iter().collect();
    let mut going = statuses
        .iter()
        .filter(|status| **status != MilestoneStatus::Dropped)
        .peekable();
    if going.peek().is_none() {
        return match statuses.is_empty() {
            true => State::Unknown,
            false => State::Dropped,
        };
    }
    let (mut done, mut planned) = (true, true);
    for status in going {
        done &= *status == MilestoneStatus::Done;
        planned &= *status == MilestoneStatus::Planned;
    }
    match (done, planned) {
        (true, _) => State::Done,
        (_, true) => State::Planned,
        _ => State::UnderWay,
    }
}

/// The last of some dates: the one that begins last.
pub fn latest<'a>(dates: impl IntoIterator<Item = &'a PartialDate>) -> Option<&'a PartialDate> {
    dates
        .into_iter()
        .max_by_key(|date| (date.start(), date.end()))
}

/// The milestones of agreements, plans or projects in their order, each with its status in force now or at an instant; those that had
/// none then are left out.
pub async fn steps(
    store: &Store,
    of: Of,
    ids: &[i64],
    recorded_at: Option<DateTime<Utc>>,
) -> Result<HashMap<i64, Vec<Step>>, Error> {
    use milestone::Column;
    let parent = match of {
        Of::Agreement => Column::AgreementId,
        Of::Plan => Column::PlanId,
        Of::Project => Column::ProjectId,
    };
    let rows = milestone::Entity::find()
        .filter(among(store, parent.into_simple_expr(), ids))
        .order_by_asc(Column::Part)
        .order_by_asc(Column::Position)
        .order_by_asc(Column::Id)
        .all(&store.db)
        .await?;
    let milestones: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let mut projects: Vec<i64> = rows.iter().filter_map(|row| row.project_id).collect();
    projects.sort_unstable();
    projects.dedup();
    let statuses = milestone_statuses(store, &milestones, recorded_at).await?;
    let carried = project_statuses(store, &projects, recorded_at).await?;
    let mut steps: HashMap<i64, Vec<Step>> = HashMap::new();
    for milestone in rows {
        let of_row = match of {
            Of::Agreement => milestone.agreement_id,
            Of::Plan => milestone.plan_id,
            Of::Project => milestone.project_id,
        };
        let (Some(parent), Some(status)) = (of_row, statuses.get(&milestone.id)) else {
            continue;
        };
        let carried = milestone.project_id.and_then(|id| carried.get(&id));
        steps.entry(parent).or_default().push(Step {
            status: status.clone(),
            carried: carried.cloned(),
            milestone,
        });
    }
    Ok(steps)
}

#[cfg(test)]
mod tests {
    use super::*;
    use MilestoneStatus::{Done, Dropped, Planned, UnderWay};

    fn step(own: (MilestoneStatus, &str), of_project: Option<(ProjectStatus, &str)>) -> Step {
        let date = |text: &str| text.parse().expect("a date");
        let at = DateTime::UNIX_EPOCH;
        Step {
            milestone: milestone::Model {
                id: 1,
                key: "m".into(),
                agreement_id: Some(1),
                plan_id: None,
                part: Some(1),
                project_id: of_project.map(|_| 1),
                position: 1,
                title_fr: "t".into(),
                title_en: "t".into(),
                source_id: 1,
            },
            status: milestone::status::Model {
                id: 1,
                milestone_id: 1,
                status: own.0,
                as_of: date(own.1),
                evidence: None,
                source_id: 1,
                recorded_at: at,
                superseded_at: None,
            },
            carried: of_project.map(|(status, as_of)| project::status::Model {
                id: 1,
                project_id: 1,
                status,
                as_of: (!as_of.is_empty()).then(|| date(as_of)),
                source_id: 1,
                recorded_at: at,
                superseded_at: None,
            }),
        }
    }

    #[test]
    fn a_project_counts_only_when_it_was_seen_later() {
        let of = |project| step((Planned, "2020-12-18"), Some(project)).counted();
        assert_eq!(of((ProjectStatus::Delivered, "2023")), Done);
        assert_eq!(of((ProjectStatus::InProgress, "2020-12-19")), UnderWay);
        // The year 2020 may lie before the 18 December of it; no date says nothing.
        assert_eq!(of((ProjectStatus::Delivered, "2020")), Planned);
        assert_eq!(of((ProjectStatus::Delivered, "")), Planned);
        let known = step((Done, "2024"), Some((ProjectStatus::Announced, "2020")));
        assert_eq!((known.counted(), known.as_of().as_str()), (Done, "2024"));
    }

    #[test]
    fn a_part_is_done_when_all_that_goes_on_is() {
        assert_eq!(state([]), State::Unknown);
        assert_eq!(state([Dropped]), State::Dropped);
        assert_eq!(state([Planned, Dropped]), State::Planned);
        assert_eq!(state([Done, Dropped]), State::Done);
        assert_eq!(state([Done, Planned]), State::UnderWay);
        assert_eq!(state([UnderWay]), State::UnderWay);
    }

    #[test]
    fn the_latest_date_begins_last() {
        let dates: Vec<PartialDate> = ["2020", "2020-12-18", "2019-12"]
            .map(|text| text.parse().expect("a date"))
            .into();
        assert_eq!(latest(&dates).map(PartialDate::as_str), Some("2020-12-18"));
        assert_eq!(latest([]), None);
    }
}
