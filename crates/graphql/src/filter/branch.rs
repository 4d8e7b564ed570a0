//! Filters and orders of memberships, capability profiles and milestones.

use async_graphql::InputObject;
use entity as e;
use store::{
    Filter,
    filter::{self, Test},
    page::Term,
};

use super::{
    SiteFilter,
    test::{OrganisationRelationFilter, StringFilter, key, organisation, string},
};
use crate::{
    connection::{ListFilter, ListOrder, OrderDirection},
    scalar::PartialDate,
    vocabulary::{Capability, MilestoneStatus, Sector},
};

/// Profiles that list what meets a test, in the table of `$module`.
macro_rules! listing {
    ($module:ident, $column:ident, $test:expr) => {
        filter::has::<e::profile::$module::Entity>(
            e::profile::Column::Id,
            e::profile::$module::Column::ProfileId,
            filter::column(e::profile::$module::Column::$column, $test),
        )
    };
}

list! {
    /// Which memberships.
    MembershipFilter on membership {
        /// Its key.
        key: StringFilter => key::<e::membership::Entity>,
        /// Who belongs to the federation.
        organisation: OrganisationRelationFilter => |relation| filter::to_one::<e::organisation::Entity>(e::membership::Column::OrganisationId, organisation(relation)),
        /// The federation.
        federation: OrganisationRelationFilter => |relation| filter::to_one::<e::organisation::Entity>(e::membership::Column::FederationId, organisation(relation)),
        /// In force on this day, as far as its dates are known: not begun later, not ended before.
        valid_on: PartialDate => |date: &PartialDate| Filter::all([
            Filter::any([filter::column(e::membership::Column::Since, Test::AtMost(date.0.clone())), filter::column(e::membership::Column::Since, Test::<e::PartialDate>::IsNull(true))]),
            Filter::any([filter::column(e::membership::Column::Until, Test::AtLeast(date.0.clone())), filter::column(e::membership::Column::Until, Test::<e::PartialDate>::IsNull(true))]),
        ]),
        /// The member has a site like this.
        site: SiteFilter => |site: &SiteFilter| filter::has::<e::site::Entity>(e::membership::Column::OrganisationId, e::site::Column::OrganisationId, site.filter()),
    }
    MembershipOrder by MembershipOrderField {
        /// Key.
        Key => Key,
        /// Since when.
        Since => Since,
    }
    MembershipDistinct of Membership in crate::aggregate::Aggregate<crate::view::Membership> {
        /// Members.
        organisation => OrganisationId,
        /// Federations.
        federation => FederationId,
        /// Sources.
        source => SourceId,
    }
}

list! {
    /// Which capability profiles.
    ProfileFilter on profile {
        /// Its key.
        key: StringFilter => key::<e::profile::Entity>,
        /// Whose profile it is.
        organisation: OrganisationRelationFilter => |relation| filter::to_one::<e::organisation::Entity>(e::profile::Column::OrganisationId, organisation(relation)),
        /// It offers at least one of these. Use `and` for several at once.
        offers: Vec<Capability> => |wanted: &Vec<Capability>| listing!(offer, Capability, Test::In(wanted.iter().map(|word| e::Capability::from(*word)).collect())),
        /// It serves at least one of these sectors.
        sectors: Vec<Sector> => |wanted: &Vec<Sector>| listing!(sector, Sector, Test::In(wanted.iter().map(|word| e::Sector::from(*word)).collect())),
        /// It works in at least one of these languages: codes of ISO 639-1 (`fr`, `ar`, `en`), `zgh` for Amazigh.
        languages: Vec<String> => |wanted: &Vec<String>| listing!(language, Language, Test::In(wanted.clone())),
        /// One of its certifications, in the words it is stored with.
        certification: StringFilter => |certification: &StringFilter| string(certification, |test| listing!(certification, Certification, test)),
        /// The organisation has a site like this.
        site: SiteFilter => |site: &SiteFilter| filter::has::<e::site::Entity>(e::profile::Column::OrganisationId, e::site::Column::OrganisationId, site.filter()),
    }
    ProfileOrder by ProfileOrderField {
        /// Key.
        Key => Key,
    }
    ProfileDistinct of Profile in crate::aggregate::Aggregate<crate::view::Profile> {
        /// Sources.
        source => SourceId,
    }
}

list! {
    /// Which milestones.
    MilestoneFilter on milestone {
        /// Its key.
        key: StringFilter => key::<e::milestone::Entity>,
        /// The key of the agreement whose axis it is a step of.
        agreement: StringFilter => reference!(e::agreement::Entity, e::milestone::Column::AgreementId),
        /// The key of the plan whose objective it is a step of.
        plan: StringFilter => reference!(e::plan::Entity, e::milestone::Column::PlanId),
        /// The number of the axis or of the objective.
        part: i32 => |part| filter::column(e::milestone::Column::Part, Test::Equal(*part)),
        /// The key of the project it is a step of, or that carries it.
        project: StringFilter => reference!(e::project::Entity, e::milestone::Column::ProjectId),
        /// One of these statuses.
        status: Vec<MilestoneStatus> => |wanted: &Vec<MilestoneStatus>| filter::milestone_status(wanted.iter().map(|status| e::MilestoneStatus::from(*status)).collect()),
    }
    MilestoneOrder by MilestoneOrderField {
        /// Key.
        Key => Key,
        /// Place among the milestones of the same part.
        Position => Position,
    }
    MilestoneDistinct of Milestone in crate::aggregate::Aggregate<crate::view::Milestone> {
        /// Agreements.
        agreement => AgreementId,
        /// Plans.
        plan => PlanId,
        /// Projects.
        project => ProjectId,
        /// Sources.
        source => SourceId,
    }
}
