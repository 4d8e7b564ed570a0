//! Tests on texts, periods and related rows, shared by the filters of every list.

use async_graphql::{InputObject, resolver_utils::EnumType};
use entity as e;
use store::{
    Concept, Filter,
    filter::{self, Test, TextTest},
};

use crate::{
    scalar::ReferencePeriod,
    vocabulary::{OrganisationKind, SubjectKind, TerritoryLevel},
};

/// Tests on a key or code. All that are given must hold.
#[derive(InputObject, Clone, Debug, Default)]
pub struct StringFilter {
    /// Exactly this.
    eq: Option<String>,
    /// One of these, at most 100.
    #[graphql(name = "in", validator(max_items = 100))]
    one_of: Option<Vec<String>>,
    /// Anything else, or nothing.
    not: Option<String>,
    /// Whether there must be none.
    is_null: Option<bool>,
}

impl StringFilter {
    /// The one text that meets it, when there is only one.
    pub(crate) fn only(&self) -> Option<&str> {
        match (&self.eq, self.one_of.as_deref()) {
            (Some(text), _) | (None, Some([text])) => Some(text),
            _ => None,
        }
    }
}

/// Tests on a name or text. Case, accents and Arabic spelling variants are ignored; names and aliases in every script are looked at.
#[derive(InputObject, Clone, Debug, Default)]
pub struct TextFilter {
    /// The whole name.
    #[graphql(validator(max_length = 200))]
    eq: Option<String>,
    /// A part of it.
    #[graphql(validator(max_length = 200))]
    contains: Option<String>,
    /// Its beginning.
    #[graphql(validator(max_length = 200))]
    starts_with: Option<String>,
}

/// Tests on the territory a row belongs to.
#[derive(InputObject, Clone, Debug, Default)]
pub struct TerritoryRelationFilter {
    /// Its code.
    pub(crate) code: Option<StringFilter>,
    /// The code of the territory it is or lies in, at any level.
    pub(crate) within: Option<String>,
    /// Its level.
    pub(crate) level: Option<TerritoryLevel>,
    /// The code of the territory right above it.
    pub(crate) parent: Option<String>,
}

/// Tests on the activity of a row.
#[derive(InputObject, Clone, Debug, Default)]
pub struct ActivityRelationFilter {
    /// Its key.
    pub(crate) key: Option<StringFilter>,
    /// The key of the activity it is or belongs to.
    pub(crate) within: Option<String>,
}

/// Tests on the organisation of a row.
#[derive(InputObject, Clone, Debug, Default)]
pub struct OrganisationRelationFilter {
    /// Its key.
    key: Option<StringFilter>,
    /// Its name or an alias.
    name: Option<TextFilter>,
    /// The key of the organisation it belongs to.
    parent: Option<StringFilter>,
    /// Its kind.
    kind: Option<OrganisationKind>,
    /// Its country of origin, ISO 3166-1 alpha-2.
    country_of_origin: Option<StringFilter>,
}

/// Tests on what an observation is about, when it is not a whole territory.
#[derive(InputObject, Clone, Debug, Default)]
pub struct SubjectFilter {
    /// Its kind.
    kind: Option<SubjectKind>,
    /// Its key, of whatever kind when `kind` is not given.
    key: Option<StringFilter>,
    /// Whether the observation must be about a whole territory.
    is_null: Option<bool>,
}

/// Tests on a reference period.
#[derive(InputObject, Clone, Debug, Default)]
pub struct PeriodFilter {
    /// Exactly this period.
    eq: Option<ReferencePeriod>,
    /// Ends when this one does, or later.
    gte: Option<ReferencePeriod>,
    /// Ends when this one does, or earlier.
    lte: Option<ReferencePeriod>,
    /// Whether it must be undated.
    is_null: Option<bool>,
}

impl SubjectFilter {
    /// Whether it asks for whole territories.
    pub(crate) fn is_none(&self) -> bool {
        self.is_null == Some(true)
    }
}

impl PeriodFilter {
    /// Whether it asks for one period.
    pub(crate) fn is_one(&self) -> bool {
        self.eq.is_some()
    }
}

pub(crate) fn string(filter: &StringFilter, column: impl Fn(Test<String>) -> Filter) -> Filter {
    let tests = [
        filter.eq.clone().map(Test::Equal),
        filter.one_of.clone().map(Test::In),
        filter.not.clone().map(Test::Not),
        filter.is_null.map(Test::IsNull),
    ];
    Filter::all(tests.into_iter().flatten().map(column))
}

pub(crate) fn key<E: Concept>(filter: &StringFilter) -> Filter {
    string(filter, filter::keyed::<E>)
}

pub(crate) fn text<E: Concept>(filter: &TextFilter) -> Filter {
    let tests = [
        filter.eq.clone().map(TextTest::Equal),
        filter.contains.clone().map(TextTest::Contains),
        filter.starts_with.clone().map(TextTest::StartsWith),
    ];
    Filter::all(tests.iter().flatten().map(filter::named::<E>))
}

pub(crate) fn organisation(relation: &OrganisationRelationFilter) -> Filter {
    use e::organisation::{Column, Entity};
    Filter::all(
        [
            relation.key.as_ref().map(key::<Entity>),
            relation.name.as_ref().map(text::<Entity>),
            relation
                .parent
                .as_ref()
                .map(reference!(Entity, Column::ParentId)),
            relation.kind.map(|kind| {
                filter::column(Column::Kind, Test::Equal(e::OrganisationKind::from(kind)))
            }),
            relation.country_of_origin.as_ref().map(|country| {
                string(country, |test| {
                    filter::column(Column::CountryOfOrigin, test)
                })
            }),
        ]
        .into_iter()
        .flatten(),
    )
}

fn about(kind: SubjectKind, of: &StringFilter) -> Filter {
    match kind {
        SubjectKind::Organisation => {
            filter::about::<e::organisation::Entity>(key::<e::organisation::Entity>(of))
        }
        SubjectKind::Park => filter::about::<e::park::Entity>(key::<e::park::Entity>(of)),
        SubjectKind::Project => filter::about::<e::project::Entity>(key::<e::project::Entity>(of)),
        SubjectKind::Agreement => {
            filter::about::<e::agreement::Entity>(key::<e::agreement::Entity>(of))
        }
        SubjectKind::Plan => filter::about::<e::plan::Entity>(key::<e::plan::Entity>(of)),
        SubjectKind::Programme => {
            filter::about::<e::training_programme::Entity>(key::<e::training_programme::Entity>(of))
        }
    }
}

pub(crate) fn subject(relation: &SubjectFilter) -> Filter {
    use e::observation::Column;
    let about = match (relation.kind, &relation.key) {
        (Some(kind), Some(of)) => Some(about(kind, of)),
        (Some(kind), None) => Some(filter::column(
            Column::SubjectKind,
            Test::Equal(e::SubjectKind::from(kind)),
        )),
        (None, Some(of)) => Some(Filter::any(
            SubjectKind::items()
                .iter()
                .map(|kind| about(kind.value, of)),
        )),
        (None, None) => None,
    };
    let null = relation
        .is_null
        .map(|wanted| filter::column(Column::SubjectKind, Test::<e::SubjectKind>::IsNull(wanted)));
    Filter::all([about, null].into_iter().flatten())
}

pub(crate) fn period(filter: &PeriodFilter) -> Filter {
    use e::observation::Column;
    let tests = [
        filter
            .eq
            .clone()
            .map(|period| filter::column(Column::Period, Test::Equal(period.0))),
        filter
            .gte
            .as_ref()
            .map(|period| filter::column(Column::PeriodEnd, Test::AtLeast(period.0.end()))),
        filter
            .lte
            .as_ref()
            .map(|period| filter::column(Column::PeriodEnd, Test::AtMost(period.0.end()))),
        filter.is_null.map(|wanted| {
            filter::column(Column::Period, Test::<e::ReferencePeriod>::IsNull(wanted))
        }),
    ];
    Filter::all(tests.into_iter().flatten())
}
