//! The root lists, one a concept.

use async_graphql::{Context, Object, Result};

use crate::{
    connection::{self, Arguments, Connection},
    filter::{
        ActivityFilter, ActivityOrder, AgreementFilter, AgreementOrder, EventFilter, EventOrder,
        IncentiveFilter, IncentiveOrder, IndicatorFilter, IndicatorOrder, ObservationFilter,
        ObservationOrder, OrganisationFilter, OrganisationOrder, ParkFilter, ParkOrder, PlanFilter,
        PlanOrder, ProjectFilter, ProjectOrder, SiteFilter, SiteOrder, SourceFilter, SourceOrder,
        TerritoryFilter, TerritoryOrder, TrainingProgrammeFilter, TrainingProgrammeOrder,
    },
    recorded::Recorded,
    scalar::DateTime,
    view::{
        Activity, Agreement, Event, Incentive, Indicator, Observation, Organisation, Park, Plan,
        Project, Site, Source, Territory, TrainingProgramme,
    },
};

/// The root lists.
#[derive(Default)]
pub struct Lists;

#[Object]
impl Lists {
    /// Territories of Morocco.
    async fn territories(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<TerritoryFilter>,
        order_by: Option<Vec<TerritoryOrder>>,
    ) -> Result<Connection<Territory>> {
        connection::all(
            ctx,
            Arguments {
                first,
                after,
                last,
                before,
            },
            filter,
            order_by,
        )
    }

    /// The activity tree.
    async fn activities(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<ActivityFilter>,
        order_by: Option<Vec<ActivityOrder>>,
    ) -> Result<Connection<Activity>> {
        connection::all(
            ctx,
            Arguments {
                first,
                after,
                last,
                before,
            },
            filter,
            order_by,
        )
    }

    /// Organisations.
    async fn organisations(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<OrganisationFilter>,
        order_by: Option<Vec<OrganisationOrder>>,
    ) -> Result<Connection<Organisation>> {
        connection::all(
            ctx,
            Arguments {
                first,
                after,
                last,
                before,
            },
            filter,
            order_by,
        )
    }

    /// Sites: where organisations work.
    async fn sites(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<SiteFilter>,
        order_by: Option<Vec<SiteOrder>>,
    ) -> Result<Connection<Site>> {
        connection::all(
            ctx,
            Arguments {
                first,
                after,
                last,
                before,
            },
            filter,
            order_by,
        )
    }

    /// Business parks and zones.
    async fn parks(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<ParkFilter>,
        order_by: Option<Vec<ParkOrder>>,
    ) -> Result<Connection<Park>> {
        connection::all(
            ctx,
            Arguments {
                first,
                after,
                last,
                before,
            },
            filter,
            order_by,
        )
    }

    /// Indicators: what is measured.
    async fn indicators(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<IndicatorFilter>,
        order_by: Option<Vec<IndicatorOrder>>,
    ) -> Result<Connection<Indicator>> {
        connection::all(
            ctx,
            Arguments {
                first,
                after,
                last,
                before,
            },
            filter,
            order_by,
        )
    }

    /// Published figures. With `recordedAt` as the database stood at that instant: what was recorded by then and not superseded yet, in the
    /// version of then; nothing before the first record, and an instant to come is BAD_USER_INPUT. Without it as it stands now, and
    /// superseded versions are not listed. It is not the `period` a figure refers to; names and places are those of now.
    async fn observations(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<ObservationFilter>,
        order_by: Option<Vec<ObservationOrder>>,
        recorded_at: Option<DateTime>,
    ) -> Result<Connection<Observation>> {
        connection::all(
            ctx,
            Arguments {
                first,
                after,
                last,
                before,
            },
            Some(Recorded::new(ctx, filter, recorded_at)?),
            order_by,
        )
    }

    /// Projects.
    async fn projects(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<ProjectFilter>,
        order_by: Option<Vec<ProjectOrder>>,
    ) -> Result<Connection<Project>> {
        connection::all(
            ctx,
            Arguments {
                first,
                after,
                last,
                before,
            },
            filter,
            order_by,
        )
    }

    /// Agreements.
    async fn agreements(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<AgreementFilter>,
        order_by: Option<Vec<AgreementOrder>>,
    ) -> Result<Connection<Agreement>> {
        connection::all(
            ctx,
            Arguments {
                first,
                after,
                last,
                before,
            },
            filter,
            order_by,
        )
    }

    /// Plans and strategies.
    async fn plans(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<PlanFilter>,
        order_by: Option<Vec<PlanOrder>>,
    ) -> Result<Connection<Plan>> {
        connection::all(
            ctx,
            Arguments {
                first,
                after,
                last,
                before,
            },
            filter,
            order_by,
        )
    }

    /// Incentives.
    async fn incentives(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<IncentiveFilter>,
        order_by: Option<Vec<IncentiveOrder>>,
    ) -> Result<Connection<Incentive>> {
        connection::all(
            ctx,
            Arguments {
                first,
                after,
                last,
                before,
            },
            filter,
            order_by,
        )
    }

    /// Training programmes.
    async fn training_programmes(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<TrainingProgrammeFilter>,
        order_by: Option<Vec<TrainingProgrammeOrder>>,
    ) -> Result<Connection<TrainingProgramme>> {
        connection::all(
            ctx,
            Arguments {
                first,
                after,
                last,
                before,
            },
            filter,
            order_by,
        )
    }

    /// Events.
    async fn events(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<EventFilter>,
        order_by: Option<Vec<EventOrder>>,
    ) -> Result<Connection<Event>> {
        connection::all(
            ctx,
            Arguments {
                first,
                after,
                last,
                before,
            },
            filter,
            order_by,
        )
    }

    /// Sources of all facts.
    async fn sources(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<SourceFilter>,
        order_by: Option<Vec<SourceOrder>>,
    ) -> Result<Connection<Source>> {
        connection::all(
            ctx,
            Arguments {
                first,
                after,
                last,
                before,
            },
            filter,
            order_by,
        )
    }
}
