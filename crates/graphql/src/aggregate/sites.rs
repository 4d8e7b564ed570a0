//! What sites come to: counts, head-counts, and groups.

use async_graphql::{Context, Object, Result};
use entity::{
    Level, organisation,
    site::{Column, Entity},
};
use store::aggregate::{Asked, FiguresOf, GroupOrder, Key};

use super::{
    FigureSummary, ListAggregate, Measured, Whole, counts, distinct, figures,
    groups::{FigureGroupOrder, grouping},
};
use crate::{
    connection::Listed,
    error::internal,
    view::{Activity, Organisation, Park, Site, Territory},
    vocabulary::OrganisationKind,
};

type Distinct = <Site as Listed>::Distinct;

/// The indicator of every head-count of a site.
const HEADCOUNT: Measured = Measured::By("company_headcount");
const FIGURES: FiguresOf<Entity> = FiguresOf::Named(Column::HeadcountObservation);

groups! {
    /// What sites can be grouped by. A place is rolled up the tree: a site in a commune counts for the province and the region of that
    /// commune.
    SiteGroupKey;
    /// The sites that have the same keys. Only the fields of the keys that were asked are filled; the others are null.
    SiteGroup of Site;
    /// Sites, grouped.
    SiteGroups;
    summed {
        /// How many people work at its sites: the sum of `Site.headcount` over them. See `SiteAggregate.headcount`.
        headcount
    }
    keys {
        /// The region it lies in.
        Region region: Territory => Key::territory(Column::TerritoryId, Level::Region),
        /// The province or prefecture it lies in; missing where only a region is known.
        Province province: Territory => Key::territory(Column::TerritoryId, Level::Province),
        /// The commune it lies in; missing where only a wider place is known.
        Commune commune: Territory => Key::territory(Column::TerritoryId, Level::Commune),
        /// The arrondissement it lies in; missing outside large cities and where only a wider place is known.
        Arrondissement arrondissement: Territory => Key::territory(Column::TerritoryId, Level::Arrondissement),
        /// The territory it is recorded in, at whatever level that is; nothing is rolled up.
        Territory territory: Territory => Key::reference::<entity::territory::Entity>(Column::TerritoryId),
        /// The activity as it is recorded.
        Activity activity: Activity => Key::reference::<entity::activity::Entity>(Column::ActivityId),
        /// The segment its activity is or belongs to (CRM, BPO, ITO, ESO, KPO): call centres count for CRM. Missing where the activity is not
        /// known, or is offshoring as a whole.
        Segment segment: Activity => Key::segment(Column::ActivityId),
        /// The organisation that works there.
        Organisation organisation: Organisation => Key::reference::<organisation::Entity>(Column::OrganisationId),
        /// The kind of that organisation.
        OrganisationKind organisation_kind: OrganisationKind => Key::of::<organisation::Entity>(Column::OrganisationId, organisation::Column::Kind),
        /// The country that organisation is from, ISO 3166-1 alpha-2.
        CountryOfOrigin country_of_origin: String => Key::of::<organisation::Entity>(Column::OrganisationId, organisation::Column::CountryOfOrigin),
        /// The park it is in; missing outside parks.
        Park park: Park => Key::reference::<entity::park::Entity>(Column::ParkId),
        /// The year in which it opened.
        OpenedYear opened_year: i32 => Key::year_of_text(Column::OpenedOn),
    }
}

/// What all sites of a list come to, whatever the page.
pub struct SiteAggregate {
    whole: Whole<Entity>,
    count: u64,
    distinct: Distinct,
    headcount: Option<FigureSummary>,
}

/// What all sites of a list come to, whatever the page.
#[Object]
impl SiteAggregate {
    /// How many sites there are; the same as `totalCount`.
    async fn count(&self) -> u64 {
        self.count
    }

    /// How many different values there are among the sites.
    async fn count_distinct(&self) -> Distinct {
        self.distinct
    }

    /// How many people work at the sites: the sum of `Site.headcount` over all pages. Of each site one figure counts, the one that
    /// `Site.headcount` shows; other claims, which are among the observations about the organisation, are not averaged in. Figures of
    /// different periods and undated ones are added up alike, so look at `periods` and `undated`; sites without a figure are `unknown`.
    async fn headcount(&self) -> Result<FigureSummary> {
        self.headcount
            .clone()
            .ok_or_else(|| internal(&"head-counts were not added up"))
    }

    /// The sites grouped by up to 4 keys. Every site is in exactly one group; those that lack a key form a group that says so (`missing`).
    /// Null, with an error that says why, when the arguments do not fit.
    async fn group_by(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "By what, 1 to 4 keys.")] keys: Vec<SiteGroupKey>,
        #[graphql(desc = "Which groups come first; those with most sites when left out.")]
        order_by: Option<Vec<FigureGroupOrder>>,
        #[graphql(desc = "How many groups, 1 to 100; 20 when left out.")] first: Option<i32>,
    ) -> Result<Option<SiteGroups>> {
        let selected = ctx.look_ahead();
        let of_groups = selected.field("groups");
        let references = |key: SiteGroupKey| key.references(&of_groups);
        let grouping = grouping(&keys, SiteGroupKey::key, references, order_by, first)?;
        let by_sum = grouping.order.iter().any(|term| term.by == GroupOrder::Sum);
        let asked = Asked {
            distinct: distinct::<Entity, Distinct>(&of_groups),
            figures: figures(FIGURES, &of_groups, "headcount", by_sum, false),
        };
        let measured = asked.figures.map(|_| HEADCOUNT);
        let found = self.whole.groups(ctx, asked, grouping).await?;
        Ok(Some(SiteGroups::new(&keys, found, &selected, measured)))
    }
}

impl ListAggregate<Entity> for SiteAggregate {
    async fn of(ctx: &Context<'_>, whole: Whole<Entity>) -> Result<Self> {
        let selected = ctx.look_ahead();
        let asked = Asked {
            distinct: distinct::<Entity, Distinct>(&selected),
            figures: figures(FIGURES, &selected, "headcount", false, false),
        };
        let measured = asked.figures.map(|_| HEADCOUNT);
        let totals = whole.totals_if_selected(ctx, asked, &selected).await?;
        Ok(Self {
            count: totals.rows,
            distinct: counts(&selected, &totals),
            headcount: measured.map(|measured| FigureSummary::new(&totals, measured)),
            whole,
        })
    }
}
