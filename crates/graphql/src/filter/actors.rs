//! Filters and orders of places, organisations, sites, parks and training programmes.

use async_graphql::InputObject;
use entity as e;
use store::{
    Filter,
    filter::{self, Test},
    page::Term,
};

use super::test::{
    ActivityRelationFilter, OrganisationRelationFilter, StringFilter, TerritoryRelationFilter,
    TextFilter, key, organisation, string, text,
};
use crate::{
    connection::{ListFilter, ListOrder, OrderDirection},
    vocabulary::{OrganisationKind, TerritoryLevel, TrainingMeasure},
};

list! {
    /// Which territories.
    TerritoryFilter on territory {
        /// Its code.
        code: StringFilter => key::<e::territory::Entity>,
        /// A name or alias in any script.
        name: TextFilter => text::<e::territory::Entity>,
        /// Its level.
        level: TerritoryLevel => |level| filter::column(e::territory::Column::Level, Test::Equal(e::Level::from(*level))),
        /// The code of the territory it is or lies in.
        within: String => |code| filter::within_territory(e::territory::Column::Id, code),
        /// The code of the territory right above it.
        parent: StringFilter => reference!(e::territory::Entity, e::territory::Column::ParentId),
    }
    TerritoryOrder by TerritoryOrderField {
        /// Code.
        Code => Key,
        /// French name.
        Name => NameFr,
    }
    TerritoryDistinct of Territory in crate::aggregate::Aggregate<crate::view::Territory> {
        /// Levels of the tree.
        level => Level,
        /// Territories right above them.
        parent => ParentId,
    }
}

list! {
    /// Which organisations.
    OrganisationFilter on organisation {
        /// Its key.
        key: StringFilter => key::<e::organisation::Entity>,
        /// Its name, an alias or a former name, in any script.
        name: TextFilter => text::<e::organisation::Entity>,
        /// Its kind.
        kind: OrganisationKind => |kind| filter::column(e::organisation::Column::Kind, Test::Equal(e::OrganisationKind::from(*kind))),
        /// One of these kinds.
        kinds: Vec<OrganisationKind> => |kinds: &Vec<OrganisationKind>| filter::column(e::organisation::Column::Kind, Test::In(kinds.iter().map(|kind| e::OrganisationKind::from(*kind)).collect())),
        /// Its country of origin, ISO 3166-1 alpha-2.
        country_of_origin: StringFilter => |country| string(country, |test| filter::column(e::organisation::Column::CountryOfOrigin, test)),
        /// The key of the organisation it belongs to.
        parent: StringFilter => reference!(e::organisation::Entity, e::organisation::Column::ParentId),
        /// The key of a federation it is, or was, a member of.
        member_of: String => |federation: &String| filter::has::<e::membership::Entity>(e::organisation::Column::Id, e::membership::Column::OrganisationId, filter::to_one::<e::organisation::Entity>(e::membership::Column::FederationId, filter::keyed::<e::organisation::Entity>(Test::Equal(federation.clone())))),
        /// It has a capability profile like this.
        profile: super::ProfileFilter => |profile: &super::ProfileFilter| filter::has::<e::profile::Entity>(e::organisation::Column::Id, e::profile::Column::OrganisationId, profile.filter()),
        /// It has a site like this.
        site: SiteFilter => |site: &SiteFilter| filter::has::<e::site::Entity>(e::organisation::Column::Id, e::site::Column::OrganisationId, site.filter()),
    }
    OrganisationOrder by OrganisationOrderField {
        /// Key.
        Key => Key,
        /// Name.
        Name => Name,
        /// Country of origin.
        CountryOfOrigin => CountryOfOrigin,
    }
    OrganisationDistinct of Organisation in crate::aggregate::OrganisationAggregate {
        /// Kinds.
        kind => Kind,
        /// Countries of origin.
        country_of_origin => CountryOfOrigin,
        /// Organisations they belong to.
        parent => ParentId,
    }
}

list! {
    /// Which sites.
    SiteFilter on site {
        /// Its key.
        key: StringFilter => key::<e::site::Entity>,
        /// The organisation that works there.
        organisation: OrganisationRelationFilter => |relation| filter::to_one::<e::organisation::Entity>(e::site::Column::OrganisationId, organisation(relation)),
        /// The territory it is in.
        territory: TerritoryRelationFilter => territory!(e::site::Column::TerritoryId),
        /// The key of its park.
        park: StringFilter => reference!(e::park::Entity, e::site::Column::ParkId),
        /// What is done there.
        activity: ActivityRelationFilter => activity!(e::site::Column::ActivityId),
    }
    SiteOrder by SiteOrderField {
        /// Key.
        Key => Key,
        /// When it opened.
        OpenedOn => OpenedOn,
        /// How many people work there: the value of `headcount`.
        Headcount => Headcount,
    }
    SiteDistinct of Site in crate::aggregate::SiteAggregate {
        /// Organisations that work there.
        organisation => OrganisationId,
        /// Territories they are recorded in; nothing is rolled up.
        territory => TerritoryId,
        /// Parks they are in.
        park => ParkId,
        /// Activities.
        activity => ActivityId,
        /// Sources.
        source => SourceId,
    }
}

list! {
    /// Which parks.
    ParkFilter on park {
        /// Its key.
        key: StringFilter => key::<e::park::Entity>,
        /// Its name or an alias, in any script.
        name: TextFilter => text::<e::park::Entity>,
        /// The territory it is in.
        territory: TerritoryRelationFilter => territory!(e::park::Column::TerritoryId),
        /// The key of its operator.
        operator: StringFilter => reference!(e::organisation::Entity, e::park::Column::OperatorId),
    }
    ParkOrder by ParkOrderField {
        /// Key.
        Key => Key,
        /// Name.
        Name => Name,
        /// When it opened.
        OpenedOn => OpenedOn,
    }
    ParkDistinct of Park in crate::aggregate::Aggregate<crate::view::Park> {
        /// Territories they are in.
        territory => TerritoryId,
        /// Operators.
        operator => OperatorId,
    }
}

list! {
    /// Which training programmes.
    TrainingProgrammeFilter on training_programme {
        /// Its key.
        key: StringFilter => key::<e::training_programme::Entity>,
        /// Who trains.
        organisation: OrganisationRelationFilter => |relation| filter::to_one::<e::organisation::Entity>(e::training_programme::Column::OrganisationId, organisation(relation)),
        /// Where.
        territory: TerritoryRelationFilter => territory!(e::training_programme::Column::TerritoryId),
        /// What its figure counts.
        measure: TrainingMeasure => |measure| filter::column(e::training_programme::Column::Measure, Test::Equal(e::TrainingMeasure::from(*measure))),
    }
    TrainingProgrammeOrder by TrainingProgrammeOrderField {
        /// Key.
        Key => Key,
    }
    TrainingProgrammeDistinct of TrainingProgramme in crate::aggregate::Aggregate<crate::view::TrainingProgramme> {
        /// Who trains.
        organisation => OrganisationId,
        /// Territories they are in.
        territory => TerritoryId,
        /// What their figures count.
        measure => Measure,
    }
}
