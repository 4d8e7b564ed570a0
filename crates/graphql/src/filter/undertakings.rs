//! Filters and orders of projects, agreements, plans, incentives and events.

use async_graphql::InputObject;
use entity as e;
use store::{
    Filter,
    filter::{self, Test},
    page::Term,
};

use super::test::{StringFilter, TerritoryRelationFilter, TextFilter, key, string, text};
use crate::{
    connection::{ListFilter, ListOrder, OrderDirection},
    scalar::PartialDate,
    vocabulary::{AgreementKind, IncentiveKind, ProjectStatus},
};

list! {
    /// Which projects.
    ProjectFilter on project {
        /// Its key.
        key: StringFilter => key::<e::project::Entity>,
        /// Its name.
        name: TextFilter => text::<e::project::Entity>,
        /// The territory it is in.
        territory: TerritoryRelationFilter => territory!(e::project::Column::TerritoryId),
        /// One of these statuses.
        status: Vec<ProjectStatus> => |wanted: &Vec<ProjectStatus>| filter::project_status(wanted.iter().map(|status| e::ProjectStatus::from(*status)).collect()),
        /// Its sector.
        sector: StringFilter => |sector| string(sector, |test| filter::column(e::project::Column::Sector, test)),
        /// The key of the organisation that carries it.
        owner: StringFilter => reference!(e::organisation::Entity, e::project::Column::OwnerId),
        /// The key of an organisation that takes part in it.
        partner: String => |partner: &String| filter::has::<e::project::partner::Entity>(e::project::Column::Id, e::project::partner::Column::ProjectId, filter::to_one::<e::organisation::Entity>(e::project::partner::Column::OrganisationId, filter::keyed::<e::organisation::Entity>(Test::Equal(partner.clone())))),
    }
    ProjectOrder by ProjectOrderField {
        /// Key.
        Key => Key,
        /// French name.
        Name => NameFr,
        /// When it started.
        StartedOn => StartedOn,
    }
    ProjectDistinct of Project in crate::aggregate::Aggregate<crate::view::Project> {
        /// Territories they are in.
        territory => TerritoryId,
        /// Who carries them.
        owner => OwnerId,
        /// Sectors.
        sector => Sector,
    }
}

list! {
    /// Which agreements.
    AgreementFilter on agreement {
        /// Its key.
        key: StringFilter => key::<e::agreement::Entity>,
        /// Its title.
        title: TextFilter => text::<e::agreement::Entity>,
        /// Its kind.
        kind: AgreementKind => |kind| filter::column(e::agreement::Column::Kind, Test::Equal(e::AgreementKind::from(*kind))),
        /// Signed in this year, in this month or on this day.
        signed_on: PartialDate => |date: &PartialDate| Filter::all([
            filter::column(e::agreement::Column::SignedOn, Test::AtLeast(date.0.clone())),
            filter::column(e::agreement::Column::SignedOn, Test::AtMost(date.0.end())),
        ]),
        /// The key of an organisation that signed it.
        party: String => |party: &String| filter::has::<e::agreement::party::Entity>(e::agreement::Column::Id, e::agreement::party::Column::AgreementId, filter::to_one::<e::organisation::Entity>(e::agreement::party::Column::OrganisationId, filter::keyed::<e::organisation::Entity>(Test::Equal(party.clone())))),
    }
    AgreementOrder by AgreementOrderField {
        /// Key.
        Key => Key,
        /// When it was signed.
        SignedOn => SignedOn,
    }
    AgreementDistinct of Agreement in crate::aggregate::Aggregate<crate::view::Agreement> {
        /// Kinds.
        kind => Kind,
        /// Sources.
        source => SourceId,
    }
}

list! {
    /// Which plans.
    PlanFilter on plan {
        /// Its key.
        key: StringFilter => key::<e::plan::Entity>,
        /// Its title.
        title: TextFilter => text::<e::plan::Entity>,
        /// The territory it is for.
        territory: TerritoryRelationFilter => territory!(e::plan::Column::TerritoryId),
        /// The key of the organisation that carries it.
        owner: StringFilter => reference!(e::organisation::Entity, e::plan::Column::OwnerId),
    }
    PlanOrder by PlanOrderField {
        /// Key.
        Key => Key,
        /// French title.
        Title => TitleFr,
    }
    PlanDistinct of Plan in crate::aggregate::Aggregate<crate::view::Plan> {
        /// Territories they are for.
        territory => TerritoryId,
        /// Who carries them.
        owner => OwnerId,
    }
}

list! {
    /// Which incentives.
    IncentiveFilter on incentive {
        /// Its key.
        key: StringFilter => key::<e::incentive::Entity>,
        /// Its title.
        title: TextFilter => text::<e::incentive::Entity>,
        /// The territory it holds in.
        territory: TerritoryRelationFilter => territory!(e::incentive::Column::TerritoryId),
        /// Its kind.
        kind: IncentiveKind => |kind| filter::column(e::incentive::Column::Kind, Test::Equal(e::IncentiveKind::from(*kind))),
        /// In force on this day, as far as its dates are known: not begun later, not ended before.
        valid_on: PartialDate => |date: &PartialDate| Filter::all([
            Filter::any([filter::column(e::incentive::Column::ValidFrom, Test::AtMost(date.0.clone())), filter::column(e::incentive::Column::ValidFrom, Test::<e::PartialDate>::IsNull(true))]),
            Filter::any([filter::column(e::incentive::Column::ValidTo, Test::AtLeast(date.0.clone())), filter::column(e::incentive::Column::ValidTo, Test::<e::PartialDate>::IsNull(true))]),
        ]),
    }
    IncentiveOrder by IncentiveOrderField {
        /// Key.
        Key => Key,
        /// Since when.
        ValidFrom => ValidFrom,
    }
    IncentiveDistinct of Incentive in crate::aggregate::Aggregate<crate::view::Incentive> {
        /// Territories they hold in.
        territory => TerritoryId,
        /// Kinds.
        kind => Kind,
    }
}

list! {
    /// Which events.
    EventFilter on event {
        /// Its key.
        key: StringFilter => key::<e::event::Entity>,
        /// Its name.
        name: TextFilter => text::<e::event::Entity>,
        /// Where it was held.
        territory: TerritoryRelationFilter => territory!(e::event::Column::TerritoryId),
    }
    EventOrder by EventOrderField {
        /// Key.
        Key => Key,
        /// When it was held.
        Date => HeldOn,
    }
    EventDistinct of Event in crate::aggregate::Aggregate<crate::view::Event> {
        /// Territories they were held in.
        territory => TerritoryId,
        /// Sources.
        source => SourceId,
    }
}
