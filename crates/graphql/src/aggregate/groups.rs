//! How a list declares what it can be grouped by, and what every group shows.

use async_graphql::{
    Context, Enum, InputObject, Result, SelectionField,
    resolver_utils::{EnumType, enum_value},
};
use store::{
    aggregate::{GroupOrder, GroupTerm, Grouping, Key, KeyValue},
    neighbour::Reference,
};

use crate::{
    ahead,
    connection::{OrderDirection, View},
    error::bad_input,
    loader,
    scalar::ReferencePeriod,
    vocabulary::{OrganisationKind, Qualifier, SubjectKind, TerritoryLevel},
};

/// How many groups are given when no number is asked, and the most.
pub const DEFAULT_GROUPS: u64 = 20;
pub const MAX_GROUPS: u64 = 100;
const MAX_KEYS: usize = 4;
const MAX_TERMS: usize = 3;

/// What groups can be ordered by.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountGroupOrderField {
    /// How many rows they have.
    Count,
    /// Their keys as they are written (codes, keys, years), in the order of `keys`; groups that lack a key come last.
    Keys,
}

/// One term of an order of groups; several are applied one after the other, and ties are broken by the keys.
#[derive(InputObject, Clone, Copy, Debug)]
pub struct CountGroupOrder {
    /// By what.
    field: CountGroupOrderField,
    /// In which direction.
    #[graphql(default)]
    direction: OrderDirection,
}

/// What groups with figures can be ordered by.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureGroupOrderField {
    /// How many rows they have.
    Count,
    /// Their keys as they are written (codes, keys, years), in the order of `keys`; groups that lack a key come last.
    Keys,
    /// The sum of their figures; groups without any come last.
    Sum,
}

/// One term of an order of groups; several are applied one after the other, and ties are broken by the keys.
#[derive(InputObject, Clone, Copy, Debug)]
pub struct FigureGroupOrder {
    /// By what.
    field: FigureGroupOrderField,
    /// In which direction.
    #[graphql(default)]
    direction: OrderDirection,
}

impl From<CountGroupOrder> for GroupTerm {
    fn from(term: CountGroupOrder) -> Self {
        Self {
            by: match term.field {
                CountGroupOrderField::Count => GroupOrder::Rows,
                CountGroupOrderField::Keys => GroupOrder::Keys,
            },
            descending: term.direction == OrderDirection::Desc,
        }
    }
}

impl From<FigureGroupOrder> for GroupTerm {
    fn from(term: FigureGroupOrder) -> Self {
        Self {
            by: match term.field {
                FigureGroupOrderField::Count => GroupOrder::Rows,
                FigureGroupOrderField::Keys => GroupOrder::Keys,
                FigureGroupOrderField::Sum => GroupOrder::Sum,
            },
            descending: term.direction == OrderDirection::Desc,
        }
    }
}

/// How rows are grouped, from the arguments of `groupBy`. The largest groups come first when no order is asked.
pub fn grouping<K: Copy + PartialEq + EnumType>(
    keys: &[K],
    key: impl Fn(K) -> Key,
    references: impl Fn(K) -> Option<Vec<Reference>>,
    order: Option<Vec<impl Into<GroupTerm>>>,
    first: Option<i32>,
) -> Result<Grouping> {
    if keys.is_empty() || keys.len() > MAX_KEYS {
        return Err(bad_input(format!("keys takes 1 to {MAX_KEYS} of them")));
    }
    for (index, key) in keys.iter().enumerate() {
        if keys[..index].contains(key) {
            let name = enum_value(*key);
            return Err(bad_input(format!("keys names {name} twice")));
        }
    }
    let first = match first {
        None => DEFAULT_GROUPS,
        Some(first) => u64::try_from(first)
            .ok()
            .filter(|first| (1..=MAX_GROUPS).contains(first))
            .ok_or_else(|| {
                bad_input(format!(
                    "groupBy: first takes 1 to {MAX_GROUPS}, not {first}"
                ))
            })?,
    };
    let order: Vec<GroupTerm> = match order {
        Some(order) => order.into_iter().map(Into::into).collect(),
        None => vec![GroupTerm {
            by: GroupOrder::Rows,
            descending: true,
        }],
    };
    if order.len() > MAX_TERMS {
        return Err(bad_input(format!(
            "groupBy: orderBy takes up to {MAX_TERMS} terms"
        )));
    }
    Ok(Grouping {
        keys: keys.iter().map(|each| key(*each)).collect(),
        references: keys.iter().map(|each| references(*each)).collect(),
        order,
        first,
    })
}

/// A key of a group as it is shown.
pub trait Shown: Sized {
    /// What will be followed from the row that the key stands for, when it is shown in a field; empty where it stands for none.
    fn references(field: SelectionField<'_>) -> Option<Vec<Reference>> {
        let _ = field;
        None
    }

    fn shown(
        ctx: &Context<'_>,
        key: Option<KeyValue>,
    ) -> impl Future<Output = Result<Option<Self>>> + Send;
}

impl<V: View> Shown for V {
    fn references(field: SelectionField<'_>) -> Option<Vec<Reference>> {
        Some(ahead::of::<V>(field))
    }

    async fn shown(ctx: &Context<'_>, key: Option<KeyValue>) -> Result<Option<Self>> {
        match key {
            Some(KeyValue::Id(id)) => Ok(Some(loader::by_id::<V::Entity>(ctx, id).await?.into())),
            _ => Ok(None),
        }
    }
}

impl Shown for i32 {
    async fn shown(_: &Context<'_>, key: Option<KeyValue>) -> Result<Option<Self>> {
        Ok(match key {
            Some(KeyValue::Year(year)) => Some(year),
            _ => None,
        })
    }
}

impl Shown for String {
    async fn shown(_: &Context<'_>, key: Option<KeyValue>) -> Result<Option<Self>> {
        Ok(match key {
            Some(KeyValue::Text(text)) => Some(text),
            _ => None,
        })
    }
}

macro_rules! shown {
    ($($name:ident: $word:ty => $wrap:expr),+ $(,)?) => {$(
        impl Shown for $name {
            async fn shown(ctx: &Context<'_>, key: Option<KeyValue>) -> Result<Option<Self>> {
                let Some(text) = String::shown(ctx, key).await? else {
                    return Ok(None);
                };
                let word: $word = text.parse().map_err(|invalid| crate::error::internal(&invalid))?;
                Ok(Some($wrap(word)))
            }
        }
    )+};
}

shown! {
    OrganisationKind: entity::OrganisationKind => OrganisationKind::from,
    Qualifier: entity::Qualifier => Qualifier::from,
    SubjectKind: entity::SubjectKind => SubjectKind::from,
    TerritoryLevel: entity::Level => TerritoryLevel::from,
    ReferencePeriod: entity::ReferencePeriod => ReferencePeriod,
}

/// The types of a list's groups: the keys, a group with a field for each, and the first groups.
macro_rules! groups {
    (
        $(#[$keys_doc:meta])* $keys:ident;
        $(#[$group_doc:meta])* $group:ident of $view:ident;
        $(#[$groups_doc:meta])* $groups:ident;
        $(summed { $(#[$sum_doc:meta])* $sum:ident })?
        keys { $($(#[$doc:meta])* $variant:ident $field:ident: $shown:ty => $key:expr),+ $(,)? }
    ) => {
        $(#[$keys_doc])*
        #[derive(async_graphql::Enum, Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $keys { $($(#[$doc])* $variant),+ }

        impl $keys {
            fn key(self) -> store::aggregate::Key {
                match self { $(Self::$variant => $key),+ }
            }

            /// What will be followed from the row that the key stands for, when it is shown at all.
            fn references(self, groups: &async_graphql::Lookahead<'_>) -> Option<Vec<store::neighbour::Reference>> {
                match self {
                    $(Self::$variant => {
                        let fields = groups.field(&crate::aggregate::camel_case(stringify!($field))).selection_fields();
                        let shown = fields.into_iter().map(<$shown as crate::aggregate::groups::Shown>::references);
                        shown.reduce(|all, more| all.zip(more).map(|(all, more)| all.into_iter().chain(more).collect())).flatten()
                    })+
                }
            }
        }

        $(#[$group_doc])*
        #[derive(Clone)]
        pub struct $group {
            keys: Vec<($keys, Option<store::aggregate::KeyValue>)>,
            count: u64,
            distinct: <$view as crate::connection::Listed>::Distinct,
            $($sum: Option<crate::aggregate::FigureSummary>,)?
        }

        impl $group {
            fn key(&self, asked: $keys) -> Option<store::aggregate::KeyValue> {
                let found = self.keys.iter().find(|(key, _)| *key == asked);
                found.and_then(|(_, value)| value.clone())
            }
        }

        $(#[$group_doc])*
        #[async_graphql::Object]
        impl $group {
            /// How many rows it has.
            async fn count(&self) -> u64 {
                self.count
            }

            /// How many different values there are among its rows.
            async fn count_distinct(&self) -> <$view as crate::connection::Listed>::Distinct {
                self.distinct
            }

            /// The keys that its rows lack: the field of each is null because it is not known or does not apply, and these rows
            /// form a group of their own. Empty for a group that has all its keys.
            async fn missing(&self) -> Vec<$keys> {
                let missing = self.keys.iter().filter(|(_, value)| value.is_none());
                missing.map(|(key, _)| *key).collect()
            }

            $(
                $(#[$sum_doc])*
                async fn $sum(&self) -> async_graphql::Result<crate::aggregate::FigureSummary> {
                    self.$sum.clone().ok_or_else(|| crate::error::internal(&"figures were not added up"))
                }
            )?

            $(
                $(#[$doc])*
                async fn $field(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<$shown>> {
                    <$shown as crate::aggregate::groups::Shown>::shown(ctx, self.key($keys::$variant)).await
                }
            )+
        }

        $(#[$groups_doc])*
        pub struct $groups {
            groups: Vec<$group>,
            total: u64,
            rows: u64,
        }

        impl $groups {
            fn new(
                keys: &[$keys],
                found: store::aggregate::Groups,
                selected: &async_graphql::Lookahead<'_>,
                $($sum: Option<crate::aggregate::Measured>,)?
            ) -> Self {
                let selected = selected.field("groups");
                let groups = found.groups.into_iter().map(|group| $group {
                    keys: keys.iter().copied().zip(group.keys).collect(),
                    count: group.totals.rows,
                    distinct: crate::aggregate::counts(&selected, &group.totals),
                    $($sum: $sum.clone().map(|measured| crate::aggregate::FigureSummary::new(&group.totals, measured)),)?
                });
                Self {
                    groups: groups.collect(),
                    total: found.total,
                    rows: found.rows,
                }
            }
        }

        $(#[$groups_doc])*
        #[async_graphql::Object]
        impl $groups {
            /// The first groups in the order asked.
            async fn groups(&self) -> Vec<$group> {
                self.groups.clone()
            }

            /// How many groups there are in all.
            async fn total_count(&self) -> u64 {
                self.total
            }

            /// Whether there are more groups than are given. Raise `first`, or filter more, to see them.
            async fn has_more(&self) -> bool {
                self.total > self.groups.len() as u64
            }

            /// What the counts of all groups, given or not, add up to. The `totalCount` of the list, for every row is in exactly
            /// one group, even one that lacks a key; only keys that say so put a row in several.
            async fn row_count(&self) -> u64 {
                self.rows
            }
        }
    };
}
