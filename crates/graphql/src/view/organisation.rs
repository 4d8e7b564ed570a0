//! Organisations.

use async_graphql::{Context, ID, Object, Result};
use entity::ConceptKind;
use store::page::Parent;

use super::{
    Agreement, Event, Membership, Observation, Park, Plan, Profile, Project, Site, Source,
    TrainingProgramme, maybe, one,
};
use crate::{
    connection::{self, Arguments, Connection},
    figure::{self, Figure},
    filter::{
        AgreementFilter, AgreementOrder, EventFilter, EventOrder, MembershipFilter,
        MembershipOrder, ObservationFilter, ObservationOrder, OrganisationFilter,
        OrganisationOrder, ParkFilter, ParkOrder, PlanFilter, PlanOrder, ProjectFilter,
        ProjectOrder, SiteFilter, SiteOrder, TrainingProgrammeFilter, TrainingProgrammeOrder,
    },
    loader,
    locale::{Locale, LocalisedText, Texts},
    node,
    recorded::Recorded,
    scalar::{DateTime, web_address},
    vocabulary::OrganisationKind,
};

/// A legal entity: a company, a public body, a federation, a university.
#[derive(Clone, Debug)]
pub struct Organisation(pub entity::organisation::Model);

/// A legal entity: a company, a public body, a federation, a university.
#[Object]
impl Organisation {
    /// Global id.
    pub async fn id(&self) -> ID {
        node::id(ConceptKind::Organisation, &self.0.key)
    }

    /// Stable key, the same in files, filters and other answers.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// Name as used today.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Other names in use, former ones included, in any script.
    async fn aliases(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        loader::aliases(ctx, ConceptKind::Organisation, self.0.id).await
    }

    /// What kind of organisation it is.
    async fn kind(&self) -> OrganisationKind {
        self.0.kind.into()
    }

    /// Country of origin, ISO 3166-1 alpha-2.
    async fn country_of_origin(&self) -> Option<&str> {
        self.0.country_of_origin.as_deref()
    }

    /// Its website, http or https only.
    async fn website(&self) -> Option<String> {
        self.0.website.as_deref().and_then(web_address)
    }

    /// In a sentence, in French when no language is asked. Stored in French and English: where one lacks the other is given, AR and ARY
    /// give the French one, else the English one. Null when there is neither.
    async fn summary(&self, locale: Option<Locale>) -> Option<LocalisedText> {
        Texts {
            fr: self.0.summary_fr.as_deref(),
            en: self.0.summary_en.as_deref(),
            ..Texts::default()
        }
        .pick(locale)
    }

    /// The organisation it belongs to.
    async fn parent(&self, ctx: &Context<'_>) -> Result<Option<Organisation>> {
        maybe(ctx, self.0.parent_id).await
    }

    /// How many people work for it: in a territory, or where the widest figure is known.
    async fn headcount(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Code of the territory.")] territory: Option<String>,
    ) -> Result<Option<Figure>> {
        figure::headcount(ctx, &self.0.key, territory).await
    }

    /// Organisations that belong to it.
    async fn subsidiaries(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<OrganisationFilter>,
        order_by: Option<Vec<OrganisationOrder>>,
    ) -> Result<Connection<Organisation>> {
        let arguments = Arguments {
            first,
            after,
            last,
            before,
        };
        connection::of(
            ctx,
            Parent::Column(entity::organisation::Column::ParentId),
            self.0.id,
            arguments,
            filter,
            order_by,
        )
    }

    /// Where it works.
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
        let arguments = Arguments {
            first,
            after,
            last,
            before,
        };
        connection::of(
            ctx,
            Parent::Column(entity::site::Column::OrganisationId),
            self.0.id,
            arguments,
            filter,
            order_by,
        )
    }

    /// Parks it runs.
    async fn operated_parks(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<ParkFilter>,
        order_by: Option<Vec<ParkOrder>>,
    ) -> Result<Connection<Park>> {
        let arguments = Arguments {
            first,
            after,
            last,
            before,
        };
        connection::of(
            ctx,
            Parent::Column(entity::park::Column::OperatorId),
            self.0.id,
            arguments,
            filter,
            order_by,
        )
    }

    /// Projects it carries.
    async fn owned_projects(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<ProjectFilter>,
        order_by: Option<Vec<ProjectOrder>>,
    ) -> Result<Connection<Project>> {
        let arguments = Arguments {
            first,
            after,
            last,
            before,
        };
        connection::of(
            ctx,
            Parent::Column(entity::project::Column::OwnerId),
            self.0.id,
            arguments,
            filter,
            order_by,
        )
    }

    /// Projects it takes part in.
    async fn partner_projects(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<ProjectFilter>,
        order_by: Option<Vec<ProjectOrder>>,
    ) -> Result<Connection<Project>> {
        let arguments = Arguments {
            first,
            after,
            last,
            before,
        };
        connection::of(
            ctx,
            Parent::Link {
                table: "project_partners",
                parent: "organisation_id",
                child: "project_id",
                own: entity::project::Column::Id,
            },
            self.0.id,
            arguments,
            filter,
            order_by,
        )
    }

    /// Agreements it signed.
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
        let arguments = Arguments {
            first,
            after,
            last,
            before,
        };
        connection::of(
            ctx,
            Parent::Link {
                table: "agreement_parties",
                parent: "organisation_id",
                child: "agreement_id",
                own: entity::agreement::Column::Id,
            },
            self.0.id,
            arguments,
            filter,
            order_by,
        )
    }

    /// Plans it carries.
    async fn owned_plans(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<PlanFilter>,
        order_by: Option<Vec<PlanOrder>>,
    ) -> Result<Connection<Plan>> {
        let arguments = Arguments {
            first,
            after,
            last,
            before,
        };
        connection::of(
            ctx,
            Parent::Column(entity::plan::Column::OwnerId),
            self.0.id,
            arguments,
            filter,
            order_by,
        )
    }

    /// What it teaches.
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
        let arguments = Arguments {
            first,
            after,
            last,
            before,
        };
        connection::of(
            ctx,
            Parent::Column(entity::training_programme::Column::OrganisationId),
            self.0.id,
            arguments,
            filter,
            order_by,
        )
    }

    /// Federations it belongs to, or belonged to.
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
        let arguments = Arguments {
            first,
            after,
            last,
            before,
        };
        connection::of(
            ctx,
            Parent::Column(entity::membership::Column::OrganisationId),
            self.0.id,
            arguments,
            filter,
            order_by,
        )
    }

    /// Who belongs to it, or belonged to it; none unless it is a federation.
    async fn members(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<MembershipFilter>,
        order_by: Option<Vec<MembershipOrder>>,
    ) -> Result<Connection<Membership>> {
        let arguments = Arguments {
            first,
            after,
            last,
            before,
        };
        connection::of(
            ctx,
            Parent::Column(entity::membership::Column::FederationId),
            self.0.id,
            arguments,
            filter,
            order_by,
        )
    }

    /// What it offers, and to whom; null when no source that we have says.
    async fn profile(&self, ctx: &Context<'_>) -> Result<Option<Profile>> {
        let key = entity::profile::key_of(&self.0.key);
        Ok(loader::by_key::<entity::profile::Entity>(ctx, &key)
            .await?
            .map(Profile))
    }

    /// Events it held.
    async fn organised_events(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<EventFilter>,
        order_by: Option<Vec<EventOrder>>,
    ) -> Result<Connection<Event>> {
        let arguments = Arguments {
            first,
            after,
            last,
            before,
        };
        connection::of(
            ctx,
            Parent::Link {
                table: "event_organisers",
                parent: "organisation_id",
                child: "event_id",
                own: entity::event::Column::Id,
            },
            self.0.id,
            arguments,
            filter,
            order_by,
        )
    }

    /// Figures it measured. `recordedAt` is that of `Query.observations`.
    async fn produced_observations(
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
        let arguments = Arguments {
            first,
            after,
            last,
            before,
        };
        connection::of(
            ctx,
            Parent::Column(entity::observation::Column::ProducerId),
            self.0.id,
            arguments,
            Some(Recorded::new(ctx, filter, recorded_at)?),
            order_by,
        )
    }

    /// Every figure about it. `recordedAt` is that of `Query.observations`.
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
        let arguments = Arguments {
            first,
            after,
            last,
            before,
        };
        connection::about(
            ctx,
            entity::SubjectKind::Organisation,
            self.0.id,
            arguments,
            Some(Recorded::new(ctx, filter, recorded_at)?),
            order_by,
        )
    }

    /// Where this is stated.
    async fn source(&self, ctx: &Context<'_>) -> Result<Source> {
        one(ctx, self.0.source_id).await
    }
}
