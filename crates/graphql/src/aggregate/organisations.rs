//! What organisations come to: counts and groups.

use async_graphql::{Context, Object, Result};
use entity::{
    Level,
    organisation::{Column, Entity},
    site,
};
use store::aggregate::{Asked, Key};

use super::{
    ListAggregate, Whole, counts, distinct,
    groups::{CountGroupOrder, grouping},
};
use crate::{
    connection::Listed,
    view::{Activity, Organisation, Territory},
    vocabulary::OrganisationKind,
};

type Distinct = <Organisation as Listed>::Distinct;

groups! {
    /// What organisations can be grouped by. The keys that begin with SITE are those of the sites an organisation has: one that has sites
    /// in two provinces is in the groups of both, and one without sites is in the group that lacks the key.
    OrganisationGroupKey;
    /// The organisations that have the same keys. Only the fields of the keys that were asked are filled; the others are null.
    OrganisationGroup of Organisation;
    /// Organisations, grouped.
    OrganisationGroups;
    keys {
        /// What kind of organisation it is.
        Kind kind: OrganisationKind => Key::text(Column::Kind),
        /// Its country of origin, ISO 3166-1 alpha-2.
        CountryOfOrigin country_of_origin: String => Key::text(Column::CountryOfOrigin),
        /// The organisation it belongs to.
        Parent parent: Organisation => Key::reference::<Entity>(Column::ParentId),
        /// The region of each of its sites; an organisation can be in several groups.
        SiteRegion site_region: Territory => Key::territory(site::Column::TerritoryId, Level::Region).through_sites(),
        /// The province or prefecture of each of its sites; an organisation can be in several groups.
        SiteProvince site_province: Territory => Key::territory(site::Column::TerritoryId, Level::Province).through_sites(),
        /// The commune of each of its sites; an organisation can be in several groups.
        SiteCommune site_commune: Territory => Key::territory(site::Column::TerritoryId, Level::Commune).through_sites(),
        /// What is done at each of its sites, as it is recorded; an organisation can be in several groups.
        SiteActivity site_activity: Activity => Key::reference::<entity::activity::Entity>(site::Column::ActivityId).through_sites(),
        /// The segment of what is done at each of its sites (CRM, BPO, ITO, ESO, KPO); an organisation can be in several groups.
        SiteSegment site_segment: Activity => Key::segment(site::Column::ActivityId).through_sites(),
    }
}

/// What all organisations of a list come to, whatever the page.
pub struct OrganisationAggregate {
    whole: Whole<Entity>,
    count: u64,
    distinct: Distinct,
}

/// What all organisations of a list come to, whatever the page.
#[Object]
impl OrganisationAggregate {
    /// How many organisations there are; the same as `totalCount`.
    async fn count(&self) -> u64 {
        self.count
    }

    /// How many different values there are among the organisations.
    async fn count_distinct(&self) -> Distinct {
        self.distinct
    }

    /// The organisations grouped by up to 4 keys. Those that lack a key form a group that says so (`missing`). With a key of sites an
    /// organisation is in the group of each of its sites, also of sites that `filter` did not ask for; `rowCount` is more than
    /// `totalCount` then. Null, with an error that says why, when the arguments do not fit.
    async fn group_by(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "By what, 1 to 4 keys.")] keys: Vec<OrganisationGroupKey>,
        #[graphql(desc = "Which groups come first; those with most organisations when left out.")]
        order_by: Option<Vec<CountGroupOrder>>,
        #[graphql(desc = "How many groups, 1 to 100; 20 when left out.")] first: Option<i32>,
    ) -> Result<Option<OrganisationGroups>> {
        let selected = ctx.look_ahead();
        let of_groups = selected.field("groups");
        let references = |key: OrganisationGroupKey| key.references(&of_groups);
        let grouping = grouping(
            &keys,
            OrganisationGroupKey::key,
            references,
            order_by,
            first,
        )?;
        let asked = Asked {
            distinct: distinct::<Entity, Distinct>(&of_groups),
            figures: None,
        };
        let found = self.whole.groups(ctx, asked, grouping).await?;
        Ok(Some(OrganisationGroups::new(&keys, found, &selected)))
    }
}

impl ListAggregate<Entity> for OrganisationAggregate {
    async fn of(ctx: &Context<'_>, whole: Whole<Entity>) -> Result<Self> {
        let selected = ctx.look_ahead();
        let asked = Asked {
            distinct: distinct::<Entity, Distinct>(&selected),
            figures: None,
        };
        let totals = whole.totals_if_selected(ctx, asked, &selected).await?;
        Ok(Self {
            count: totals.rows,
            distinct: counts(&selected, &totals),
            whole,
        })
    }
}
