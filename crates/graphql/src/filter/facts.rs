//! Filters and orders of observations and of what they refer to.

use async_graphql::InputObject;
use entity as e;
use store::{
    Filter,
    filter::{self, Test},
    page::Term,
};

use super::test::{
    ActivityRelationFilter, PeriodFilter, StringFilter, SubjectFilter, TerritoryRelationFilter,
    TextFilter, key, period, string, subject, text,
};
use crate::{
    aggregate::Narrowed,
    connection::{ListFilter, ListOrder, OrderDirection},
    scalar::PartialDate,
    vocabulary::{Measure, Qualifier, SourceKind},
};

list! {
    /// Which activities.
    ActivityFilter on activity {
        /// Its key.
        key: StringFilter => key::<e::activity::Entity>,
        /// A name in any script.
        name: TextFilter => text::<e::activity::Entity>,
        /// The key of the activity it is or belongs to.
        within: String => |key| filter::within_activity(e::activity::Column::Id, key),
    }
    ActivityOrder by ActivityOrderField {
        /// Key.
        Key => Key,
        /// French name.
        Name => NameFr,
    }
    ActivityDistinct of Activity in crate::aggregate::Aggregate<crate::view::Activity> {
        /// Activities right above them.
        parent => ParentId,
    }
}

list! {
    /// Which indicators.
    IndicatorFilter on indicator {
        /// Its key.
        key: StringFilter => key::<e::indicator::Entity>,
        /// Its name in any script.
        name: TextFilter => text::<e::indicator::Entity>,
        /// What kind of quantity it is.
        measure: Measure => |measure| filter::column(e::indicator::Column::Measure, Test::Equal(e::Measure::from(*measure))),
    }
    IndicatorOrder by IndicatorOrderField {
        /// Key.
        Key => Key,
        /// French name.
        Name => NameFr,
    }
    IndicatorDistinct of Indicator in crate::aggregate::Aggregate<crate::view::Indicator> {
        /// Units.
        unit => UnitId,
        /// Kinds of quantity.
        measure => Measure,
    }
}

list! {
    /// Which observations.
    ObservationFilter on observation, narrowing narrowed {
        /// Its key.
        key: StringFilter => key::<e::observation::Entity>,
        /// The key of its indicator.
        indicator: StringFilter => reference!(e::indicator::Entity, e::observation::Column::IndicatorId),
        /// The territory it refers to.
        territory: TerritoryRelationFilter => territory!(e::observation::Column::TerritoryId),
        /// The activity it refers to.
        activity: ActivityRelationFilter => activity!(e::observation::Column::ActivityId),
        /// What it is about, when not the whole territory.
        subject: SubjectFilter => subject,
        /// When it refers to.
        period: PeriodFilter => period,
        /// How the source words it.
        qualifier: Vec<Qualifier> => |wanted: &Vec<Qualifier>| filter::column(e::observation::Column::Qualifier, Test::In(wanted.iter().map(|qualifier| e::Qualifier::from(*qualifier)).collect())),
        /// Whether it is a target (an objective, an announcement, a plan).
        target: bool => |wanted: &bool| filter::column(e::observation::Column::Qualifier, if *wanted { Test::Equal(e::Qualifier::Target) } else { Test::Not(e::Qualifier::Target) }),
        /// The series it belongs to, where series must not be mixed.
        scope: StringFilter => |scope| string(scope, |test| filter::column(e::observation::Column::Scope, test)),
        /// The key of the organisation that measured it.
        producer: StringFilter => reference!(e::organisation::Entity, e::observation::Column::ProducerId),
        /// The key of its source.
        source: StringFilter => reference!(e::source::Entity, e::observation::Column::SourceId),
    }
    ObservationOrder by ObservationOrderField {
        /// Key.
        Key => Key,
        /// End of the reference period.
        Period => PeriodEnd,
        /// Value.
        Value => Value,
    }
    ObservationDistinct of Observation in crate::aggregate::ObservationAggregate {
        /// Indicators.
        indicator => IndicatorId,
        /// Territories they refer to; the world is not counted.
        territory => TerritoryId,
        /// Activities they refer to.
        activity => ActivityId,
        /// Reference periods.
        period => Period,
        /// Who measured them.
        producer => ProducerId,
        /// Sources.
        source => SourceId,
    }
}

list! {
    /// Which sources.
    SourceFilter on source {
        /// Its key.
        key: StringFilter => key::<e::source::Entity>,
        /// Its kind.
        kind: SourceKind => |kind| filter::column(e::source::Column::Kind, Test::Equal(e::SourceKind::from(*kind))),
        /// Its publisher, exactly as written.
        publisher: StringFilter => |publisher| string(publisher, |test| filter::column(e::source::Column::Publisher, test)),
        /// Published on this date or later.
        published_since: PartialDate => |date: &PartialDate| filter::column(e::source::Column::PublishedOn, Test::AtLeast(date.0.clone())),
    }
    SourceOrder by SourceOrderField {
        /// Key.
        Key => Key,
        /// Publisher.
        Publisher => Publisher,
        /// When it was published.
        PublishedOn => PublishedOn,
    }
    SourceDistinct of Source in crate::aggregate::Aggregate<crate::view::Source> {
        /// Kinds.
        kind => Kind,
        /// Publishers.
        publisher => Publisher,
    }
}

/// What the fields of a filter narrow observations to.
fn narrowed(filter: &ObservationFilter) -> Narrowed {
    fn only(filter: &Option<StringFilter>) -> Option<&str> {
        filter.as_ref().and_then(StringFilter::only)
    }
    let place = filter.territory.as_ref();
    let level = place.and_then(|place| place.level);
    let one = place.is_some_and(|place| only(&place.code).is_some());
    let wordings = filter.qualifier.as_ref();
    Narrowed {
        indicator: only(&filter.indicator).map(str::to_owned),
        one_period: filter.period.as_ref().is_some_and(PeriodFilter::is_one),
        one_producer: only(&filter.producer).is_some(),
        no_subject: filter.subject.as_ref().is_some_and(SubjectFilter::is_none),
        no_targets: filter.target == Some(false)
            || wordings.is_some_and(|wordings| !wordings.contains(&Qualifier::Target)),
        one_territory: one || level.is_some(),
        level: level.map(e::Level::from),
    }
}
