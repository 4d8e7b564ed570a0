//! Global ids: what a row is called across the whole schema, and how it is found again.

use async_graphql::{Context, ID, Interface, Result};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use entity::{ConceptKind, SubjectKind};

use crate::{error::bad_input, loader, view::*};

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
    Incentive(Incentive),
    TrainingProgramme(TrainingProgramme),
    Event(Event),
    Source(Source),
    Observation(Observation),
    Unit(Unit),
}

/// The id of a thing: its concept and key, so that it stays the same when the database is made anew.
pub fn id(kind: ConceptKind, key: &str) -> ID {
    URL_SAFE_NO_PAD.encode(format!("{kind}:{key}")).into()
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
    by_key(ctx, kind.parse().map_err(|_| invalid())?, key).await
}

/// The thing with a concept and key.
pub async fn by_key(ctx: &Context<'_>, kind: ConceptKind, key: &str) -> Result<Option<Node>> {
    macro_rules! load {
        ($($concept:ident: $module:path),+ $(,)?) => {
            match kind {
                $(ConceptKind::$concept => loader::by_key::<$module>(ctx, key).await?.map(|row| Node::$concept($concept(row))),)+
                ConceptKind::AgreementAxis => agreement_axis(ctx, key).await?.map(Node::AgreementAxis),
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
        Incentive: entity::incentive::Entity,
        TrainingProgramme: entity::training_programme::Entity,
        Event: entity::event::Entity,
        Source: entity::source::Entity,
        Observation: entity::observation::Entity,
        Unit: entity::unit::Entity,
    })
}

/// An axis by the key of its agreement and its number: `memorandum_cri_apebi.2`.
async fn agreement_axis(ctx: &Context<'_>, key: &str) -> Result<Option<AgreementAxis>> {
    let Some((agreement, ordinal)) = key.rsplit_once('.') else {
        return Ok(None);
    };
    let Some(agreement) = loader::by_key::<entity::agreement::Entity>(ctx, agreement).await? else {
        return Ok(None);
    };
    let axes = loader::axes_of(ctx, agreement.id).await?;
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
        Project: entity::project::Entity,
        Agreement: entity::agreement::Entity,
        Plan: entity::plan::Entity,
        Incentive: entity::incentive::Entity,
        TrainingProgramme: entity::training_programme::Entity,
        Event: entity::event::Entity,
        Source: entity::source::Entity,
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
