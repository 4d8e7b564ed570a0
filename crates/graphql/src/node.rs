//! Global ids: what a row is called across the whole schema, and how it is found again.

use async_graphql::{Context, ID, Interface, Result};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, SecondsFormat, Utc};
use entity::{ConceptKind, SubjectKind};
use store::row;

use crate::{
    audit_entry::{self, AuditEntry},
    author,
    conflict::{self, Conflict},
    error::{bad_input, from_store},
    loader,
    need::{self, Need},
    proposal::{self, Proposal},
    service,
    view::*,
};

/// Anything with an id of its own.
#[derive(Interface)]
#[graphql(field(
    name = "id",
    ty = "ID",
    desc = "Global id; give it to `node` to find the thing again."
))]
pub enum Node {
    Territory(Territory),
    Activity(Activity),
    Indicator(Indicator),
    Organisation(Organisation),
    Park(Park),
    Site(Site),
    Project(Project),
    Agreement(Agreement),
    AgreementAxis(AgreementAxis),
    Plan(Plan),
    PlanObjective(PlanObjective),
    Membership(Membership),
    Profile(Profile),
    Milestone(Milestone),
    Incentive(Incentive),
    TrainingProgramme(TrainingProgramme),
    Event(Event),
    Source(Source),
    Observation(Observation),
    Unit(Unit),
    Proposal(Proposal),
    AuditEntry(AuditEntry),
    Conflict(Conflict),
    Need(Need),
}

/// What only curators, or coordinators, find again by an id.
#[derive(Clone, Copy)]
pub enum Curated {
    Proposal,
    AuditEntry,
    Conflict,
    Need,
}

impl Curated {
    const ALL: [Self; 4] = [Self::Proposal, Self::AuditEntry, Self::Conflict, Self::Need];

    fn name(self) -> &'static str {
        match self {
            Self::Proposal => "proposal",
            Self::AuditEntry => "audit_entry",
            Self::Conflict => "conflict",
            Self::Need => "need",
        }
    }

    /// The id of a row.
    pub fn id(self, key: &str) -> ID {
        URL_SAFE_NO_PAD
            .encode(format!("{}:{key}", self.name()))
            .into()
    }

    /// The row with a key. To whoever may not see it there is none.
    async fn find(self, ctx: &Context<'_>, key: &str) -> Result<Option<Node>> {
        let allowed = match self {
            Self::Proposal | Self::AuditEntry | Self::Conflict => author::require_curator(ctx),
            Self::Need => author::require_coordinator(ctx),
        };
        if allowed.is_err() {
            return Ok(None);
        }
        Ok(match self {
            Self::Proposal => proposal::proposal(ctx, key).await?.map(Node::Proposal),
            Self::AuditEntry => audit_entry::by_number(ctx, key)
                .await?
                .map(Node::AuditEntry),
            Self::Conflict => conflict::of_figure(ctx, key).await?.map(Node::Conflict),
            Self::Need => need::need(ctx, key).await?.map(Node::Need),
        })
    }
}

/// The id of a thing: its concept and key, so that it stays the same when the database is made anew.
pub fn id(kind: ConceptKind, key: &str) -> ID {
    URL_SAFE_NO_PAD.encode(format!("{kind}:{key}")).into()
}

/// The id of a version: that of the thing when it is in force, one of its own when it is superseded, so that clients that keep things by
/// their ids do not mix the two.
pub fn version_id(
    kind: ConceptKind,
    key: &str,
    recorded_at: DateTime<Utc>,
    superseded_at: Option<DateTime<Utc>>,
) -> ID {
    match superseded_at {
        None => id(kind, key),
        Some(_) => {
            let instant = recorded_at.to_rfc3339_opts(SecondsFormat::AutoSi, true);
            id(kind, &format!("{key}@{instant}"))
        }
    }
}

/// The thing with an id, or nothing when there is none.
pub async fn find(ctx: &Context<'_>, id: &ID) -> Result<Option<Node>> {
    let invalid = || bad_input("this id was not given by this API");
    let text = URL_SAFE_NO_PAD
        .decode(id.as_str())
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .ok_or_else(invalid)?;
    let (kind, key) = text.split_once(':').ok_or_else(invalid)?;
    if let Some(curated) = Curated::ALL.iter().find(|curated| curated.name() == kind) {
        return curated.find(ctx, key).await;
    }
    let kind = kind.parse().map_err(|_| invalid())?;
    match key.split_once('@') {
        None => by_key(ctx, kind, key).await,
        Some((key, instant)) => {
            version(ctx, kind, key, instant.parse().map_err(|_| invalid())?).await
        }
    }
}

/// The version of a thing that was recorded at an instant.
async fn version(
    ctx: &Context<'_>,
    kind: ConceptKind,
    key: &str,
    recorded_at: DateTime<Utc>,
) -> Result<Option<Node>> {
    match kind {
        ConceptKind::Observation => {
            let found = row::observation_version(service::store(ctx), key, recorded_at).await;
            Ok(found
                .map_err(from_store)?
                .map(|row| Node::Observation(Observation(row))))
        }
        ConceptKind::AgreementAxis => Ok(agreement_axis(ctx, key, Some(recorded_at))
            .await?
            .filter(|axis| axis.row.recorded_at == recorded_at)
            .map(Node::AgreementAxis)),
        _ => Ok(None),
    }
}

/// The thing with a concept and key.
pub async fn by_key(ctx: &Context<'_>, kind: ConceptKind, key: &str) -> Result<Option<Node>> {
    macro_rules! load {
        ($($concept:ident: $module:path),+ $(,)?) => {
            match kind {
                $(ConceptKind::$concept => loader::by_key::<$module>(ctx, key).await?.map(|row| Node::$concept($concept(row))),)+
                ConceptKind::AgreementAxis => agreement_axis(ctx, key, None).await?.map(Node::AgreementAxis),
                ConceptKind::Coordinates => None,
            }
        };
    }
    Ok(load! {
        Territory: entity::territory::Entity,
        Activity: entity::activity::Entity,
        Indicator: entity::indicator::Entity,
        Organisation: entity::organisation::Entity,
        Park: entity::park::Entity,
        Site: entity::site::Entity,
        Project: entity::project::Entity,
        Agreement: entity::agreement::Entity,
        Plan: entity::plan::Entity,
        PlanObjective: entity::plan::objective::Entity,
        Membership: entity::membership::Entity,
        Profile: entity::profile::Entity,
        Milestone: entity::milestone::Entity,
        Incentive: entity::incentive::Entity,
        TrainingProgramme: entity::training_programme::Entity,
        Event: entity::event::Entity,
        Source: entity::source::Entity,
        Observation: entity::observation::Entity,
        Unit: entity::unit::Entity,
    })
}

/// An axis by the key of its agreement and its number: `memorandum_cri_apebi.2`.
async fn agreement_axis(
    ctx: &Context<'_>,
    key: &str,
    recorded_at: Option<DateTime<Utc>>,
) -> Result<Option<AgreementAxis>> {
    let Some((agreement, ordinal)) = key.rsplit_once('.') else {
        return Ok(None);
    };
    let Some(agreement) = loader::by_key::<entity::agreement::Entity>(ctx, agreement).await? else {
        return Ok(None);
    };
    let axes = loader::axes_of(ctx, agreement.id, recorded_at).await?;
    Ok(axes
        .into_iter()
        .find(|row| row.ordinal.to_string() == ordinal)
        .map(|row| AgreementAxis { row, agreement }))
}

/// The thing of a kind with an id of the database.
pub async fn by_row(ctx: &Context<'_>, kind: ConceptKind, id: i64) -> Result<Option<Node>> {
    macro_rules! load {
        ($($concept:ident: $module:path),+ $(,)?) => {
            match kind {
                $(ConceptKind::$concept => loader::by_optional_id::<$module>(ctx, Some(id)).await?.map(|row| Node::$concept($concept(row))),)+
                _ => None,
            }
        };
    }
    Ok(load! {
        Territory: entity::territory::Entity,
        Activity: entity::activity::Entity,
        Indicator: entity::indicator::Entity,
        Organisation: entity::organisation::Entity,
        Park: entity::park::Entity,
        Site: entity::site::Entity,
        Project: entity::project::Entity,
        Agreement: entity::agreement::Entity,
        Plan: entity::plan::Entity,
        Incentive: entity::incentive::Entity,
        TrainingProgramme: entity::training_programme::Entity,
        Event: entity::event::Entity,
        Source: entity::source::Entity,
        Observation: entity::observation::Entity,
    })
}

/// The key of a subject with an id of the database.
pub async fn key_of(ctx: &Context<'_>, kind: SubjectKind, id: i64) -> Result<Option<String>> {
    macro_rules! load {
        ($($subject:ident: $module:ident),+ $(,)?) => {
            match kind {
                $(SubjectKind::$subject => loader::by_optional_id::<entity::$module::Entity>(ctx, Some(id)).await?.map(|row| row.key),)+
            }
        };
    }
    Ok(load! {
        Organisation: organisation, Park: park, Project: project, Agreement: agreement, Plan: plan, Programme: training_programme,
    })
}
