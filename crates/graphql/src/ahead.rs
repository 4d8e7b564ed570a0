//! Looking ahead: which references a request will follow from the rows of a page, read off its selection before the rows are read, so
//! that one statement brings both. What is not found here is read as it is asked for, all rows together.

use async_graphql::{Context, SelectionField};
use entity as e;
use store::{
    Concept,
    neighbour::{Reference, follow},
};

use crate::{
    connection::View,
    figure::Figure,
    view::{
        Activity, Agreement, Coordinates, Event, Incentive, Indicator, Membership, Milestone,
        Observation, Organisation, Park, Plan, Profile, Project, Site, Source, Territory,
        TrainingProgramme, Unit,
    },
};

/// What shows a row, some of its fields showing rows that it refers to.
pub trait Ahead {
    /// The references that a field follows.
    fn references(field: SelectionField<'_>) -> Vec<Reference> {
        let _ = field;
        Vec::new()
    }
}

/// The references that will be followed from what is selected of a row.
pub fn of<T: Ahead>(row: SelectionField<'_>) -> Vec<Reference> {
    let mut references = Vec::new();
    row.selection_set()
        .flat_map(T::references)
        .for_each(|reference| follow(&mut references, reference));
    references
}

/// The references that will be followed from the figures of comparisons.
pub fn of_sides(comparison: SelectionField<'_>) -> Vec<Reference> {
    let mut references = Vec::new();
    comparison
        .selection_set()
        .filter(|field| field.name() == "sides")
        .flat_map(|sides| sides.selection_set().collect::<Vec<_>>())
        .filter(|field| field.name() == "observation")
        .flat_map(of::<Observation>)
        .for_each(|reference| follow(&mut references, reference));
    references
}

/// The references that will be followed from the rows of the connection that is being resolved.
pub fn of_page<V: View>(ctx: &Context<'_>) -> Vec<Reference> {
    let mut references = Vec::new();
    for field in ctx.field().selection_set() {
        let followed = match field.name() {
            "nodes" => of::<V>(field),
            "edges" => field
                .selection_set()
                .filter(|field| field.name() == "node")
                .flat_map(of::<V>)
                .collect(),
            _ => continue,
        };
        followed
            .into_iter()
            .for_each(|reference| follow(&mut references, reference));
    }
    references
}

/// The fields of a view that show a row it refers to: by the id in a column, or in another way.
macro_rules! ahead {
    ($($view:ident: $module:ident {
        $($name:literal => $column:ident: $to:ident of $to_module:ident),* $(,)?
        $(; $($other:literal => |$field:ident| $references:expr),+ $(,)?)?
    })+) => {$(
        impl Ahead for $view {
            fn references(field: SelectionField<'_>) -> Vec<Reference> {
                match field.name() {
                    $($name => vec![Reference::id::<e::$to_module::Entity>(e::$module::Column::$column, of::<$to>(field))],)*
                    $($($other => { let $field = field; $references },)+)?
                    _ => Vec::new(),
                }
            }
        }
    )+};
}

ahead! {
    Activity: activity {
        "parent" => ParentId: Activity of activity,
        "source" => SourceId: Source of source,
    }
    Agreement: agreement {
        "source" => SourceId: Source of source,
    }
    Coordinates: coordinates {
        "territory" => TerritoryId: Territory of territory,
        "source" => SourceId: Source of source,
    }
    Event: event {
        "territory" => TerritoryId: Territory of territory,
        "source" => SourceId: Source of source,
    }
    Incentive: incentive {
        "territory" => TerritoryId: Territory of territory,
        "unit" => UnitId: Unit of unit,
        "source" => SourceId: Source of source,
    }
    Indicator: indicator {
        "unit" => UnitId: Unit of unit,
    }
    Membership: membership {
        "organisation" => OrganisationId: Organisation of organisation,
        "federation" => FederationId: Organisation of organisation,
        "source" => SourceId: Source of source,
    }
    Milestone: milestone {
        "agreement" => AgreementId: Agreement of agreement,
        "plan" => PlanId: Plan of plan,
        "project" => ProjectId: Project of project,
        "source" => SourceId: Source of source,
    }
    Observation: observation {
        "indicator" => IndicatorId: Indicator of indicator,
        "territory" => TerritoryId: Territory of territory,
        "activity" => ActivityId: Activity of activity,
        "producer" => ProducerId: Organisation of organisation,
        "source" => SourceId: Source of source;
        "unit" => |field| {
            let unit = Reference::id::<e::unit::Entity>(e::indicator::Column::UnitId, of::<Unit>(field));
            vec![Reference::id::<e::indicator::Entity>(e::observation::Column::IndicatorId, vec![unit])]
        },
    }
    Organisation: organisation {
        "parent" => ParentId: Organisation of organisation,
        "source" => SourceId: Source of source,
    }
    Park: park {
        "territory" => TerritoryId: Territory of territory,
        "operator" => OperatorId: Organisation of organisation,
        "source" => SourceId: Source of source;
        "coordinates" => |field| town::<e::park::Entity>(e::park::Column::TerritoryId, field),
    }
    Plan: plan {
        "territory" => TerritoryId: Territory of territory,
        "owner" => OwnerId: Organisation of organisation,
        "source" => SourceId: Source of source,
    }
    Profile: profile {
        "organisation" => OrganisationId: Organisation of organisation,
        "source" => SourceId: Source of source,
    }
    Project: project {
        "territory" => TerritoryId: Territory of territory,
        "owner" => OwnerId: Organisation of organisation,
        "source" => SourceId: Source of source;
        "budget" => |field| figure::<e::project::Entity>(e::project::Column::BudgetObservation, field),
    }
    Site: site {
        "organisation" => OrganisationId: Organisation of organisation,
        "territory" => TerritoryId: Territory of territory,
        "park" => ParkId: Park of park,
        "activity" => ActivityId: Activity of activity,
        "source" => SourceId: Source of source;
        "coordinates" => |field| town::<e::site::Entity>(e::site::Column::TerritoryId, field),
        "headcount" => |field| figure::<e::site::Entity>(e::site::Column::HeadcountObservation, field),
    }
    Territory: territory {
        "parent" => ParentId: Territory of territory,
        "source" => SourceId: Source of source;
        "coordinates" => |field| vec![coordinates(field)],
    }
    TrainingProgramme: training_programme {
        "organisation" => OrganisationId: Organisation of organisation,
        "territory" => TerritoryId: Territory of territory,
        "source" => SourceId: Source of source;
        "figure" => |field| figure::<e::training_programme::Entity>(e::training_programme::Column::Observation, field),
    }
}

impl Ahead for Source {}

impl Ahead for Unit {}

/// A figure shows the observation it is the value of.
impl Ahead for Figure {
    fn references(field: SelectionField<'_>) -> Vec<Reference> {
        match field.name() {
            "observation" => of::<Observation>(field),
            _ => Observation::references(field),
        }
    }
}

/// The figure of the observation that a column names.
fn figure<E: Concept>(column: E::Column, field: SelectionField<'_>) -> Vec<Reference> {
    vec![Reference::key::<e::observation::Entity>(
        column,
        of::<Figure>(field),
    )]
}

/// The coordinates of the territory that a column refers to.
fn town<E: Concept>(column: E::Column, field: SelectionField<'_>) -> Vec<Reference> {
    vec![Reference::id::<e::territory::Entity>(
        column,
        vec![coordinates(field)],
    )]
}

/// The coordinates of a territory, which are known by its code.
fn coordinates(field: SelectionField<'_>) -> Reference {
    Reference::key::<e::coordinates::Entity>(e::territory::Column::Key, of::<Coordinates>(field))
}
