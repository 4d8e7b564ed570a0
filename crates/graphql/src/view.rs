//! Views: what each concept shows of its row. Resolvers translate and do not decide.

mod activity;
mod agreement;
mod coordinates;
mod event;
mod incentive;
mod indicator;
mod membership;
mod milestone;
mod observation;
mod organisation;
mod park;
mod plan;
mod profile;
mod progress;
mod project;
mod site;
mod source;
mod territory;
mod training_programme;
mod unit;

pub use activity::Activity;
pub use agreement::{Agreement, AgreementAxis};
pub use coordinates::Coordinates;
pub use event::Event;
pub use incentive::Incentive;
pub use indicator::Indicator;
pub use membership::Membership;
pub use milestone::Milestone;
pub use observation::Observation;
pub use organisation::Organisation;
pub use park::Park;
pub use plan::{Plan, PlanObjective};
pub use profile::Profile;
pub use progress::Progress;
pub use project::Project;
pub use site::Site;
pub use source::Source;
pub use territory::Territory;
pub use training_programme::TrainingProgramme;
pub use unit::Unit;

use async_graphql::{Context, Result};

use crate::loader;

macro_rules! view {
    ($($name:ident: $module:ident),+ $(,)?) => {$(
        impl From<entity::$module::Model> for $name {
            fn from(row: entity::$module::Model) -> Self {
                Self(row)
            }
        }

        impl crate::connection::View for $name {
            type Entity = entity::$module::Entity;

            const NAME: &'static str = stringify!($name);
        }
    )+};
}

view! {
    Activity: activity, Agreement: agreement, Event: event, Incentive: incentive, Indicator: indicator, Observation: observation,
    Organisation: organisation, Park: park, Plan: plan, Project: project, Site: site, Source: source, Territory: territory,
    TrainingProgramme: training_programme, Unit: unit, Membership: membership, Profile: profile, Milestone: milestone,
}

/// The thing a reference points to.
async fn one<V: crate::connection::View>(ctx: &Context<'_>, id: i64) -> Result<V> {
    Ok(loader::by_id::<V::Entity>(ctx, id).await?.into())
}

/// The thing an optional reference points to.
async fn maybe<V: crate::connection::View>(
    ctx: &Context<'_>,
    id: Option<i64>,
) -> Result<Option<V>> {
    Ok(loader::by_optional_id::<V::Entity>(ctx, id)
        .await?
        .map(V::from))
}

/// The things that hang on a row, in their order.
async fn hanging<V: crate::connection::View>(
    ctx: &Context<'_>,
    kind: loader::Hanging,
    id: i64,
) -> Result<Vec<V>> {
    let ids = loader::hanging_ids(ctx, kind, id).await?;
    Ok(loader::by_ids::<V::Entity>(ctx, &ids)
        .await?
        .into_iter()
        .map(V::from)
        .collect())
}
