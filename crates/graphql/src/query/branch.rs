//! The root fields of the regional branch: memberships, capability profiles and milestones.

use async_graphql::{Context, Object, Result};

use crate::{
    connection::{self, Arguments, Connection},
    filter::{
        MembershipFilter, MembershipOrder, MilestoneFilter, MilestoneOrder, ProfileFilter,
        ProfileOrder,
    },
    loader,
    view::{Membership, Milestone, Profile},
};

/// What the regional branch follows.
#[derive(Default)]
pub struct Branch;

#[Object]
impl Branch {
    /// The membership with a key.
    async fn membership(&self, ctx: &Context<'_>, key: String) -> Result<Option<Membership>> {
        Ok(loader::by_key::<entity::membership::Entity>(ctx, &key)
            .await?
            .map(Membership))
    }

    /// Which organisations belong to which federation.
    async fn memberships(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<MembershipFilter>,
        order_by: Option<Vec<MembershipOrder>>,
    ) -> Result<Connection<Membership>> {
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

    /// The capability profile with a key: `profile.` and the key of the organisation.
    async fn profile(&self, ctx: &Context<'_>, key: String) -> Result<Option<Profile>> {
        Ok(loader::by_key::<entity::profile::Entity>(ctx, &key)
            .await?
            .map(Profile))
    }

    /// Capability profiles: what organisations offer, and to whom.
    async fn profiles(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<ProfileFilter>,
        order_by: Option<Vec<ProfileOrder>>,
    ) -> Result<Connection<Profile>> {
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

    /// The milestone with a key.
    async fn milestone(&self, ctx: &Context<'_>, key: String) -> Result<Option<Milestone>> {
        Ok(loader::by_key::<entity::milestone::Entity>(ctx, &key)
            .await?
            .map(Milestone))
    }

    /// Milestones of axes of agreements, of objectives of plans and of projects.
    async fn milestones(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<MilestoneFilter>,
        order_by: Option<Vec<MilestoneOrder>>,
    ) -> Result<Connection<Milestone>> {
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
