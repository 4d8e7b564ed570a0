//! The root of every subscription: what a partner can be told of, and what an event says.

mod selection;

use std::sync::OnceLock;

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, Subscription};
use futures_util::{Stream, StreamExt, stream};
use store::outbox::Event;

pub use selection::Selection;

use crate::{
    connection::ListFilter,
    error::{bad_input, internal},
    filter::{
        ActivityFilter, AgreementFilter, EventFilter, IncentiveFilter, IndicatorFilter,
        MembershipFilter, MilestoneFilter, ObservationFilter, OrganisationFilter, ParkFilter,
        PlanFilter, ProfileFilter, ProjectFilter, SiteFilter, SourceFilter, TerritoryFilter,
        TrainingProgrammeFilter,
    },
    loader,
    node::{self, Node},
    scalar::DateTime,
    view::Observation,
    vocabulary::ConceptKind,
};

/// Why the root is executed: to learn what is asked for, or to say what one event is.
pub enum Occasion {
    Opening(std::sync::Arc<OnceLock<Opening>>),
    Event(Event),
}

/// What a subscriber asks for.
#[derive(Debug)]
pub struct Opening {
    pub selection: Selection,
    /// The event it was told last.
    pub after: Option<i64>,
}

/// Everything one can be told of as it happens; over WebSocket only.
pub struct Subscription;

/// Everything one can be told of as it happens, over WebSocket only: `GET /graphql` with the subprotocol `graphql-transport-ws`. A
/// subscription has one field. Events come in the order in which they happened, each once; those of one import come together, when all of
/// it is in force. Keep the `eventId` of the last one: after a disconnect, `after` goes on where you were. The first filling of an empty
/// database tells of no event. To mirror the data, subscribe first, then read the lists, then apply the events that came meanwhile.
#[Subscription]
impl Subscription {
    /// Figures that are new, revised or retracted.
    async fn observation_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Only these figures, as in the list `observations`: `{ indicator: { eq: \"call_centres\" }, territory: { within: \"03\" } }`. \
                    It is held against the figure as it is now; against what it said until then when it was retracted."
        )]
        filter: Option<ObservationFilter>,
        #[graphql(
            desc = "The `eventId` of the last event you were told: what happened since is told first, if no more than 10,000 events. \
                    \"0\" is before the first event. Only what happens from now on when left out."
        )]
        after: Option<ID>,
    ) -> Result<impl Stream<Item = ObservationChange>> {
        let kind = entity::ConceptKind::Observation;
        let filter = filter.map(|filter| (kind, filter.filter()));
        let selection = Selection {
            concepts: Some([kind].into()),
            filters: filter.into_iter().collect(),
            ..Selection::default()
        };
        Ok(told(ctx, selection, after)?.map(ObservationChange))
    }

    /// Facts of any kind that are new, revised or retracted: organisations, sites, projects, figures…
    async fn fact_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only these facts; all of them when left out.")] filter: Option<
            FactFilter,
        >,
        #[graphql(
            desc = "The `eventId` of the last event you were told: what happened since is told first, if no more than 10,000 events. \
                    \"0\" is before the first event. Only what happens from now on when left out."
        )]
        after: Option<ID>,
    ) -> Result<impl Stream<Item = FactChange>> {
        let selection = filter.map(FactFilter::selection).unwrap_or_default();
        Ok(told(ctx, selection, after)?.map(FactChange))
    }
}

/// Keeps what is asked for when a subscription opens; afterwards, the one event that is being told.
fn told(
    ctx: &Context<'_>,
    selection: Selection,
    after: Option<ID>,
) -> Result<impl Stream<Item = Event> + use<>> {
    let event = match ctx.data_opt::<Occasion>() {
        Some(Occasion::Event(event)) => Some(event.clone()),
        Some(Occasion::Opening(opening)) => {
            let after = after.map(|id| event_id(&id)).transpose()?;
            // One field, so it is set once.
            let _ = opening.set(Opening { selection, after });
            None
        }
        None => {
            return Err(internal(
                &"a subscription was executed, which is only ever opened",
            ));
        }
    };
    Ok(stream::iter(event))
}

pub(crate) fn event_id(id: &ID) -> Result<i64> {
    let digits = id.as_str();
    let number = digits.parse().ok();
    number
        .filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()))
        .ok_or_else(|| {
            bad_input("after takes the eventId of an event that this API told, such as \"1024\"")
        })
}

/// What happened to a row.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::Change")]
pub enum Change {
    /// It is stated for the first time, or again after it was retracted.
    Created,
    /// Another version of it is in force; the one before is kept, and listed no more.
    Revised,
    /// It was withdrawn with none in its place, and is listed no more.
    Retracted,
}

macro_rules! fact_filter {
    ($($(#[$doc:meta])* $field:ident: $filter:ty => $kind:ident),+ $(,)?) => {
        /// Which facts. The filter of a kind narrows that kind alone; rows are held against it as they are now, figures that were retracted as
        /// they were until then. Of other facts that were retracted every one is told.
        #[derive(InputObject, Default)]
        pub struct FactFilter {
            /// Only these kinds. `AGREEMENT_AXIS` and `PLAN_OBJECTIVE` change with their agreement or plan, which is what is told.
            #[graphql(validator(max_items = 20))]
            concepts: Option<Vec<ConceptKind>>,
            /// Only these changes.
            #[graphql(validator(max_items = 10))]
            changes: Option<Vec<Change>>,
            $($(#[$doc])* $field: Option<$filter>,)+
        }

        impl FactFilter {
            fn selection(self) -> Selection {
                let filters = [$(self.$field.map(|filter| (entity::ConceptKind::$kind, filter.filter()))),+];
                Selection {
                    concepts: self.concepts.map(|kinds| kinds.into_iter().map(Into::into).collect()),
                    changes: self.changes.map(|changes| changes.into_iter().map(Into::into).collect()),
                    filters: filters.into_iter().flatten().collect(),
                }
            }
        }
    };
}

fact_filter! {
    /// Of the territories, only these.
    territory: TerritoryFilter => Territory,
    /// Of the activities, only these.
    activity: ActivityFilter => Activity,
    /// Of the indicators, only these.
    indicator: IndicatorFilter => Indicator,
    /// Of the organisations, only these.
    organisation: OrganisationFilter => Organisation,
    /// Of the parks, only these.
    park: ParkFilter => Park,
    /// Of the sites, only these.
    site: SiteFilter => Site,
    /// Of the projects, only these.
    project: ProjectFilter => Project,
    /// Of the agreements, only these.
    agreement: AgreementFilter => Agreement,
    /// Of the plans, only these.
    plan: PlanFilter => Plan,
    /// Of the memberships, only these.
    membership: MembershipFilter => Membership,
    /// Of the capability profiles, only these.
    profile: ProfileFilter => Profile,
    /// Of the milestones, only these.
    milestone: MilestoneFilter => Milestone,
    /// Of the incentives, only these.
    incentive: IncentiveFilter => Incentive,
    /// Of the training programmes, only these.
    training_programme: TrainingProgrammeFilter => TrainingProgramme,
    /// Of the events, only these.
    event: EventFilter => Event,
    /// Of the sources, only these.
    source: SourceFilter => Source,
    /// Of the observations, only these.
    observation: ObservationFilter => Observation,
}

/// A figure that is new, revised or retracted.
pub struct ObservationChange(Event);

/// A figure that is new, revised or retracted.
#[Object]
impl ObservationChange {
    /// The event: a number as text that grows with every event. Give it as `after` to go on from here.
    async fn event_id(&self) -> ID {
        self.0.id.into()
    }

    /// What happened.
    async fn change(&self) -> Change {
        self.0.change.into()
    }

    /// The kind of the row: `OBSERVATION`.
    async fn concept(&self) -> ConceptKind {
        self.0.concept.into()
    }

    /// The stable key of the figure.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// The global id of the figure, for caches.
    async fn observation_id(&self) -> ID {
        node::id(self.0.concept, &self.0.key)
    }

    /// When it happened.
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.0.recorded_at)
    }

    /// The figure as it is now, which may be newer than the event; null when it was retracted.
    async fn observation(&self, ctx: &Context<'_>) -> Result<Option<Observation>> {
        let row = loader::by_key::<entity::observation::Entity>(ctx, &self.0.key).await?;
        Ok(row.map(Observation))
    }
}

/// A fact that is new, revised or retracted.
pub struct FactChange(Event);

impl From<Event> for FactChange {
    fn from(event: Event) -> Self {
        Self(event)
    }
}

/// A fact that is new, revised or retracted.
#[Object]
impl FactChange {
    /// The event: a number as text that grows with every event. Give it as `after` to go on from here.
    async fn event_id(&self) -> ID {
        self.0.id.into()
    }

    /// What happened.
    async fn change(&self) -> Change {
        self.0.change.into()
    }

    /// The kind of the fact.
    async fn concept(&self) -> ConceptKind {
        self.0.concept.into()
    }

    /// The stable key of the fact; with coordinates, the code of the territory.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// The global id of the fact, for caches; null for units and coordinates, which have none.
    async fn fact_id(&self) -> Option<ID> {
        use entity::ConceptKind::{Coordinates, Unit};
        let has_none = matches!(self.0.concept, Unit | Coordinates);
        (!has_none).then(|| node::id(self.0.concept, &self.0.key))
    }

    /// When it happened.
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.0.recorded_at)
    }

    /// The fact as it is now, which may be newer than the event; null when it was retracted, and for units and coordinates, which are
    /// read through what has them.
    async fn fact(&self, ctx: &Context<'_>) -> Result<Option<Node>> {
        node::by_key(ctx, self.0.concept, &self.0.key).await
    }
}
