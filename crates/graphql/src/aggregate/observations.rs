//! What observations come to: counts, groups, and sums where adding up means something.

use async_graphql::{Context, Object, Result};
use entity::{
    Level, Measure, indicator,
    observation::{Column, Entity},
};
use store::{
    aggregate::{Asked, FiguresOf, GroupOrder, Key, Totals},
    page::Parent,
};

use super::{
    FigureSummary, ListAggregate, Measured, Whole, counts, distinct, figures,
    groups::{FigureGroupOrder, grouping},
};
use crate::{
    connection::Listed,
    error::{bad_input, internal},
    loader,
    scalar::ReferencePeriod,
    view::{Activity, Indicator, Observation, Organisation, Source, Territory},
    vocabulary::{Qualifier, SubjectKind, TerritoryLevel},
};

type Distinct = <Observation as Listed>::Distinct;

groups! {
    /// What observations can be grouped by. Counts are rolled up the tree of places; sums never are (see `ObservationAggregate.value`).
    ObservationGroupKey;
    /// The observations that have the same keys. Only the fields of the keys that were asked are filled; the others are null.
    ObservationGroup of Observation;
    /// Observations, grouped.
    ObservationGroups;
    summed {
        /// Its values added up. See `ObservationAggregate.value` for what can be added up.
        value
    }
    keys {
        /// What is measured.
        Indicator indicator: Indicator => Key::reference::<indicator::Entity>(Column::IndicatorId),
        /// The region of the place it refers to; missing for the country.
        Region region: Territory => Key::territory(Column::TerritoryId, Level::Region),
        /// The province or prefecture of the place it refers to; missing for wider places.
        Province province: Territory => Key::territory(Column::TerritoryId, Level::Province),
        /// The commune of the place it refers to; missing for wider places.
        Commune commune: Territory => Key::territory(Column::TerritoryId, Level::Commune),
        /// The arrondissement it refers to; missing for wider places.
        Arrondissement arrondissement: Territory => Key::territory(Column::TerritoryId, Level::Arrondissement),
        /// The place it refers to, at whatever level that is; missing for the world.
        Territory territory: Territory => Key::reference::<entity::territory::Entity>(Column::TerritoryId),
        /// The level of the place it refers to; missing for the world.
        TerritoryLevel territory_level: TerritoryLevel => Key::of::<entity::territory::Entity>(Column::TerritoryId, entity::territory::Column::Level),
        /// The activity it refers to; missing where that does not apply.
        Activity activity: Activity => Key::reference::<entity::activity::Entity>(Column::ActivityId),
        /// The segment that activity is or belongs to (CRM, BPO, ITO, ESO, KPO); missing for offshoring as a whole.
        Segment segment: Activity => Key::segment(Column::ActivityId),
        /// The reference period; missing when undated.
        Period period: ReferencePeriod => Key::text(Column::Period),
        /// The year in which the reference period ends; missing when undated.
        Year year: i32 => Key::year_of_date(Column::PeriodEnd),
        /// The kind of what it is about; missing for whole territories.
        SubjectKind subject_kind: SubjectKind => Key::text(Column::SubjectKind),
        /// How the source words it.
        Qualifier qualifier: Qualifier => Key::text(Column::Qualifier),
        /// The series it belongs to, where series must not be mixed.
        Scope scope: String => Key::text(Column::Scope),
        /// Who measured it; missing when no source says.
        Producer producer: Organisation => Key::reference::<entity::organisation::Entity>(Column::ProducerId),
        /// Where it was read.
        Source source: Source => Key::reference::<entity::source::Entity>(Column::SourceId),
    }
}

/// What a filter of observations narrows them to, as far as adding up needs to know.
#[derive(Clone, Debug, Default)]
pub struct Narrowed {
    pub indicator: Option<String>,
    pub one_period: bool,
    pub one_producer: bool,
    pub no_subject: bool,
    pub no_targets: bool,
    /// One territory, or those of one level.
    pub one_territory: bool,
    pub level: Option<Level>,
}

impl Narrowed {
    /// What both narrow to.
    pub fn and(self, other: Self) -> Self {
        Self {
            indicator: self.indicator.or(other.indicator),
            one_period: self.one_period || other.one_period,
            one_producer: self.one_producer || other.one_producer,
            no_subject: self.no_subject || other.no_subject,
            no_targets: self.no_targets || other.no_targets,
            one_territory: self.one_territory || other.one_territory,
            level: self.level.or(other.level),
        }
    }
}

/// What all observations of a list come to, whatever the page.
pub struct ObservationAggregate {
    whole: Whole<Entity>,
    count: u64,
    distinct: Distinct,
    /// None when it was not selected.
    value: Option<Result<FigureSummary>>,
}

/// What all observations of a list come to, whatever the page.
#[Object]
impl ObservationAggregate {
    /// How many observations there are; the same as `totalCount`.
    async fn count(&self) -> u64 {
        self.count
    }

    /// How many different values there are among the observations.
    async fn count_distinct(&self) -> Distinct {
        self.distinct
    }

    /// The values added up. Published figures can be added up only when they are of one indicator that is a stock or a flow, one period,
    /// one producer, whole territories of one level, and no targets: the filter must say so, for example
    /// `{ indicator: { eq: "hcp_population_legal" }, period: { eq: "2024" }, producer: { eq: "hcp" }, territory: { within: "03", level: COMMUNE },
    /// subject: { isNull: true }, target: false }`. Anything else is null, and an error BAD_USER_INPUT with what is missing; so are two figures of one place.
    /// A sum is not rolled up: read the published figure of the wider place instead, which need not be the sum of its parts.
    async fn value(&self) -> Result<Option<FigureSummary>> {
        match &self.value {
            Some(value) => value.clone().map(Some),
            None => Err(internal(&"values were not added up")),
        }
    }

    /// The observations grouped by up to 4 keys. Every observation is in exactly one group; those that lack a key form a group that says
    /// so (`missing`). With `value` selected or ordered by SUM, each group must be one that can be added up: grouped by PERIOD,
    /// PRODUCER or TERRITORY the filter need not name one, and REGION, PROVINCE, COMMUNE and ARRONDISSEMENT must be the level of the filter.
    /// Null, with an error that says why, when they are not.
    async fn group_by(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "By what, 1 to 4 keys.")] keys: Vec<ObservationGroupKey>,
        #[graphql(desc = "Which groups come first; those with most observations when left out.")]
        order_by: Option<Vec<FigureGroupOrder>>,
        #[graphql(desc = "How many groups, 1 to 100; 20 when left out.")] first: Option<i32>,
    ) -> Result<Option<ObservationGroups>> {
        let selected = ctx.look_ahead();
        let of_groups = selected.field("groups");
        let references = |key: ObservationGroupKey| key.references(&of_groups);
        let grouping = grouping(&keys, ObservationGroupKey::key, references, order_by, first)?;
        let by_sum = grouping.order.iter().any(|term| term.by == GroupOrder::Sum);
        let asked = Asked {
            distinct: distinct::<Entity, Distinct>(&of_groups),
            figures: figures(FiguresOf::Themselves, &of_groups, "value", by_sum, true),
        };
        let measured = match asked.figures {
            Some(_) => Some(Measured::Read(addable(ctx, &self.whole, &keys).await?)),
            None => None,
        };
        let found = self.whole.groups(ctx, asked, grouping).await?;
        for group in &found.groups {
            unmixed(&group.totals)?;
        }
        Ok(Some(ObservationGroups::new(
            &keys, found, &selected, measured,
        )))
    }
}

impl ListAggregate<Entity> for ObservationAggregate {
    async fn of(ctx: &Context<'_>, whole: Whole<Entity>) -> Result<Self> {
        let selected = ctx.look_ahead();
        let mut asked = Asked {
            distinct: distinct::<Entity, Distinct>(&selected),
            figures: figures(FiguresOf::Themselves, &selected, "value", false, true),
        };
        let indicator = match asked.figures {
            Some(_) => Some(addable(ctx, &whole, &[]).await),
            None => None,
        };
        // What cannot be added up can still be counted.
        if let Some(Err(_)) = &indicator {
            asked.figures = None;
        }
        let totals = whole.totals_if_selected(ctx, asked, &selected).await?;
        let value = indicator.map(|indicator| {
            let indicator = indicator?;
            unmixed(&totals)?;
            Ok(FigureSummary::new(&totals, Measured::Read(indicator)))
        });
        Ok(Self {
            count: totals.rows,
            distinct: counts(&selected, &totals),
            value,
            whole,
        })
    }
}

/// The one indicator of observations that can be added up, within each group of these keys; else what the filter lacks.
async fn addable(
    ctx: &Context<'_>,
    whole: &Whole<Entity>,
    keys: &[ObservationGroupKey],
) -> Result<indicator::Model> {
    use ObservationGroupKey as By;
    let grouped = |key: By| keys.contains(&key);
    let mut narrowed = whole.narrowed.clone();
    narrowed.one_period |= grouped(By::Period);
    narrowed.one_producer |= grouped(By::Producer);
    narrowed.one_territory |= grouped(By::Territory);
    let mut of_parent = None;
    if let Some((Parent::Column(column), id)) = whole.parent {
        match column {
            Column::IndicatorId => of_parent = Some(id),
            Column::ProducerId => narrowed.one_producer = true,
            Column::TerritoryId => narrowed.one_territory = true,
            _ => {}
        }
    }
    let wanted = [
        (
            narrowed.indicator.is_some() || of_parent.is_some(),
            "one indicator: `indicator: { eq: \"hcp_population_legal\" }`",
        ),
        (
            narrowed.one_period,
            "one period: `period: { eq: \"2024\" }`, or group by PERIOD",
        ),
        (
            narrowed.one_producer,
            "one producer: `producer: { eq: \"hcp\" }`, or group by PRODUCER",
        ),
        (
            narrowed.no_subject,
            "figures of whole territories only: `subject: { isNull: true }`",
        ),
        (narrowed.no_targets, "no targets: `target: false`"),
        (
            narrowed.one_territory,
            "territories of one level: `territory: { level: PROVINCE }`",
        ),
    ];
    let missing: Vec<&str> = wanted
        .into_iter()
        .filter_map(|(given, how)| (!given).then_some(how))
        .collect();
    if !missing.is_empty() {
        return Err(bad_input(format!(
            "these observations cannot be added up; the filter must ask for {}",
            missing.join("; ")
        )));
    }
    let rolled = [
        (By::Region, Level::Region, "REGION"),
        (By::Province, Level::Province, "PROVINCE"),
        (By::Commune, Level::Commune, "COMMUNE"),
        (By::Arrondissement, Level::Arrondissement, "ARRONDISSEMENT"),
    ];
    for (key, level, name) in rolled {
        if grouped(key) && narrowed.level != Some(level) && !grouped(By::Territory) {
            return Err(bad_input(format!(
                "published figures are not rolled up: to group sums by {name}, filter `territory: {{ level: {name} }}`"
            )));
        }
    }
    let indicator = match (of_parent, &narrowed.indicator) {
        (Some(id), _) => loader::by_id::<indicator::Entity>(ctx, id).await?,
        (None, key) => {
            let key = key.as_deref().unwrap_or_default();
            let found = loader::by_key::<indicator::Entity>(ctx, key).await?;
            found.ok_or_else(|| {
                bad_input(format!(
                    "no indicator has the key {key:?}; `search` finds keys by names"
                ))
            })?
        }
    };
    match indicator.measure {
        Measure::Stock | Measure::Flow => Ok(indicator),
        Measure::Ratio | Measure::Rank | Measure::Price => Err(bad_input(format!(
            "{} is a {}, and only stocks and flows can be added up; leave out `value`, and count or list the observations",
            indicator.key, indicator.measure
        ))),
    }
}

/// Refuses figures that say the same thing twice.
fn unmixed(totals: &Totals) -> Result<()> {
    let Some(figures) = &totals.figures else {
        return Ok(());
    };
    let mixture = figures.mixture;
    let (what, how) = if mixture.activities > 1 {
        (
            "several activities, of which one can contain another",
            "`activity: { key: { eq: \"call_centre\" } }`, or group by ACTIVITY",
        )
    } else if mixture.scopes > 1 {
        (
            "several series, which must not be mixed",
            "`scope: { eq: \"ecosystems\" }`, or group by SCOPE",
        )
    } else if figures.known > mixture.places {
        (
            "several figures of one place, reprints or conflicts",
            "`source: { eq: \"hcp_rgph2024_population\" }`, or group by SOURCE",
        )
    } else {
        return Ok(());
    };
    Err(bad_input(format!(
        "these observations cannot be added up: there are {what} among them. Filter one, {how}"
    )))
}
