//! What a list comes to, all its pages together: counts and, of some lists, sums and groups. Computed only when selected.

mod figures;
#[macro_use]
mod groups;
mod observations;
mod organisations;
mod sites;

pub use figures::{FigureSummary, Measured};
pub use observations::{Narrowed, ObservationAggregate};
pub use organisations::OrganisationAggregate;
pub use sites::SiteAggregate;

use std::borrow::Cow;

use async_graphql::{Context, Lookahead, Object, OutputType, Result, TypeName};
use store::{
    Concept,
    aggregate::{self, Asked, Detail, FiguresOf, Grouping, Groups, Totals},
    page::{List, Parent},
};

use crate::{
    connection::{Listed, View},
    error::from_store,
    loader, service,
};

/// Every row of a list, whatever its page.
pub struct Whole<E: Concept> {
    pub list: List<E>,
    pub parent: Option<(Parent<E>, i64)>,
    /// What the filter says of observations.
    pub narrowed: Narrowed,
}

impl<E: Concept> Whole<E> {
    pub async fn totals(&self, ctx: &Context<'_>, asked: Asked<E>) -> Result<Totals> {
        let Some((way, id)) = self.parent else {
            let totals = aggregate::totals(service::store(ctx), None, &self.list, &asked).await;
            return Ok(totals.map_err(from_store)?.remove(&0).unwrap_or_default());
        };
        loader::totals_of(ctx, way, id, &self.list, asked).await
    }

    /// The same, unless only groups are selected.
    async fn totals_if_selected(
        &self,
        ctx: &Context<'_>,
        asked: Asked<E>,
        selected: &Lookahead<'_>,
    ) -> Result<Totals> {
        let counted = selected.field("count").exists() || selected.field("countDistinct").exists();
        if counted || asked.figures.is_some() {
            self.totals(ctx, asked).await
        } else {
            Ok(Totals::default())
        }
    }

    pub async fn groups(
        &self,
        ctx: &Context<'_>,
        asked: Asked<E>,
        grouping: Grouping,
    ) -> Result<Groups> {
        match self.parent {
            Some((way, id)) => loader::groups_of(ctx, way, id, &self.list, asked, grouping).await,
            None => {
                let store = service::store(ctx);
                let read = aggregate::groups(store, None, &self.list, &asked, &grouping).await;
                let (mut groups, beside) = read.map_err(from_store)?;
                loader::keep(ctx, beside);
                Ok(groups.remove(&0).unwrap_or_default())
            }
        }
    }
}

/// What `aggregate` is of a list.
pub trait ListAggregate<E: Concept>: OutputType + Sized {
    fn of(ctx: &Context<'_>, whole: Whole<E>) -> impl Future<Output = Result<Self>> + Send;
}

/// How many different values columns have, as an object of the schema.
pub trait Distinct<E: Concept>: OutputType + Copy {
    /// The columns, each under the name of its field.
    fn columns() -> Vec<(&'static str, E::Column)>;

    /// The object, of the counts in the order of the columns.
    fn new(counts: Vec<u64>) -> Self;
}

/// The columns whose field is selected under `countDistinct`.
fn distinct<E: Concept, D: Distinct<E>>(selected: &Lookahead<'_>) -> Vec<E::Column> {
    let selected = selected.field("countDistinct");
    let columns = D::columns().into_iter();
    columns
        .filter(|(name, _)| selected.field(&camel_case(name)).exists())
        .map(|(_, column)| column)
        .collect()
}

/// The counts of the fields that are selected; those of the others, which nobody sees, are 0.
fn counts<E: Concept, D: Distinct<E>>(selected: &Lookahead<'_>, totals: &Totals) -> D {
    let selected = selected.field("countDistinct");
    let mut counted = totals.distinct.iter().copied();
    let counts = D::columns().into_iter().map(|(name, _)| {
        let counted = selected
            .field(&camel_case(name))
            .exists()
            .then(|| counted.next());
        counted.flatten().unwrap_or_default()
    });
    D::new(counts.collect())
}

/// The figures to add up, when `field` is selected or `ordered` by.
fn figures<E: Concept>(
    of: FiguresOf<E>,
    selected: &Lookahead<'_>,
    field: &str,
    ordered: bool,
    mixture: bool,
) -> Option<(FiguresOf<E>, Detail)> {
    let selected = selected.field(field);
    let detail = Detail {
        periods: selected.field("periods").exists(),
        sources: selected.field("sources").exists() || selected.field("sourceCount").exists(),
        mixture,
    };
    (ordered || selected.exists()).then_some((of, detail))
}

fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |camel, word| {
        let (initial, rest) = word.split_at(1);
        camel + &initial.to_uppercase() + rest
    })
}

/// The counts of a list that has nothing to add up.
pub struct Aggregate<V: Listed> {
    count: u64,
    distinct: V::Distinct,
}

impl<V: Listed> TypeName for Aggregate<V> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Aggregate", <V as View>::NAME).into()
    }
}

/// What all rows of a list come to, whatever the page.
#[Object(name_type)]
impl<V: Listed> Aggregate<V> {
    /// How many rows there are; the same as `totalCount`.
    async fn count(&self) -> u64 {
        self.count
    }

    /// How many different values there are among the rows.
    async fn count_distinct(&self) -> V::Distinct {
        self.distinct
    }
}

impl<V: Listed> ListAggregate<V::Entity> for Aggregate<V> {
    async fn of(ctx: &Context<'_>, whole: Whole<V::Entity>) -> Result<Self> {
        let selected = ctx.look_ahead();
        let asked = Asked {
            distinct: distinct::<V::Entity, V::Distinct>(&selected),
            figures: None,
        };
        let totals = whole.totals(ctx, asked).await?;
        Ok(Self {
            count: totals.rows,
            distinct: counts::<V::Entity, V::Distinct>(&selected, &totals),
        })
    }
}
