//! How a list declares what it can be filtered and ordered by, and how references are followed.

/// A reference to a row of `E`, by its key.
macro_rules! reference {
    ($entity:ty, $column:expr) => {
        |filter: &StringFilter| {
            string(filter, |test| match test {
                Test::IsNull(wanted) => filter::column($column, Test::<i64>::IsNull(wanted)),
                Test::Not(key) => {
                    filter::to_one::<$entity>($column, filter::keyed::<$entity>(Test::Equal(key)))
                        .negated()
                }
                test => filter::to_one::<$entity>($column, filter::keyed::<$entity>(test)),
            })
        }
    };
}

macro_rules! territory {
    ($column:expr) => {
        |relation: &TerritoryRelationFilter| {
            use e::territory::{Column, Entity};
            let of_it = Filter::all(
                [
                    relation.code.as_ref().map(key::<Entity>),
                    relation.level.map(|level| {
                        filter::column(Column::Level, Test::Equal(e::Level::from(level)))
                    }),
                    relation.parent.as_ref().map(|code| {
                        filter::to_one::<Entity>(
                            Column::ParentId,
                            filter::keyed::<Entity>(Test::Equal(code.clone())),
                        )
                    }),
                ]
                .into_iter()
                .flatten(),
            );
            let narrowed =
                relation.code.is_some() || relation.level.is_some() || relation.parent.is_some();
            Filter::all(
                [
                    narrowed.then(|| filter::to_one::<Entity>($column, of_it)),
                    relation
                        .within
                        .as_ref()
                        .map(|code| filter::within_territory($column, code)),
                ]
                .into_iter()
                .flatten(),
            )
        }
    };
}

macro_rules! activity {
    ($column:expr) => {
        |relation: &ActivityRelationFilter| {
            let by_key = relation
                .key
                .as_ref()
                .map(reference!(e::activity::Entity, $column));
            let within = relation
                .within
                .as_ref()
                .map(|key| filter::within_activity($column, key));
            Filter::all([by_key, within].into_iter().flatten())
        }
    };
}

macro_rules! list {
    (
        $(#[$doc:meta])* $filter:ident on $entity:ident $(, narrowing $narrowed:path)? {
            $($(#[$field_doc:meta])* $field:ident: $kind:ty => $condition:expr),+ $(,)?
        }
        $order:ident by $order_field:ident { $($(#[$term_doc:meta])* $term:ident => $column:ident),+ $(,)? }
        $distinct:ident of $view:ident in $aggregate:ty { $($(#[$distinct_doc:meta])* $counted:ident => $counted_column:ident),+ $(,)? }
    ) => {
        $(#[$doc])*
        #[derive(InputObject, Clone, Debug, Default)]
        pub struct $filter {
            $($(#[$field_doc])* pub $field: Option<$kind>,)+
            /// All of these must hold as well.
            #[graphql(validator(max_items = 20))]
            and: Option<Vec<$filter>>,
            /// At least one of these must hold as well.
            #[graphql(validator(max_items = 20))]
            or: Option<Vec<$filter>>,
            /// This must not hold.
            not: Option<Box<$filter>>,
        }

        impl ListFilter for $filter {
            fn filter(&self) -> Filter {
                let fields: Vec<Filter> = [$(self.$field.as_ref().map($condition)),+].into_iter().flatten().collect();
                Filter::all(
                    fields
                        .into_iter()
                        .chain(self.and.iter().flatten().map(ListFilter::filter))
                        .chain(self.or.as_ref().map(|any| Filter::any(any.iter().map(ListFilter::filter))))
                        .chain(self.not.as_ref().map(|not| not.filter().negated())),
                )
            }

            $(
                fn narrowed(&self) -> crate::aggregate::Narrowed {
                    let all = self.and.iter().flatten().map(ListFilter::narrowed);
                    all.fold($narrowed(self), crate::aggregate::Narrowed::and)
                }
            )?
        }

        /// What the list can be ordered by.
        #[derive(async_graphql::Enum, Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $order_field { $($(#[$term_doc])* $term),+ }

        /// One term of an order; several are applied one after the other.
        #[derive(InputObject, Clone, Debug)]
        pub struct $order {
            /// By what.
            field: $order_field,
            /// In which direction.
            #[graphql(default)]
            direction: OrderDirection,
        }

        impl ListOrder<e::$entity::Entity> for $order {
            fn term(&self) -> Term<e::$entity::Entity> {
                use e::$entity::Column;
                let column = match self.field { $($order_field::$term => Column::$column),+ };
                Term { column, descending: self.direction == OrderDirection::Desc }
            }
        }

        /// How many different values there are among the rows; rows without one are not counted. Each is counted only when selected.
        #[derive(async_graphql::SimpleObject, Clone, Copy, Debug)]
        pub struct $distinct { $($(#[$distinct_doc])* $counted: u64),+ }

        impl crate::aggregate::Distinct<e::$entity::Entity> for $distinct {
            fn columns() -> Vec<(&'static str, e::$entity::Column)> {
                vec![$((stringify!($counted), e::$entity::Column::$counted_column)),+]
            }

            fn new(counts: Vec<u64>) -> Self {
                let mut counts = counts.into_iter();
                Self { $($counted: counts.next().unwrap_or_default()),+ }
            }
        }

        impl crate::connection::Listed for crate::view::$view {
            type Aggregate = $aggregate;
            type Distinct = $distinct;
        }
    };
}
