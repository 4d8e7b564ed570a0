//! Relay connections: pages with cursors, and a total that is counted only when selected.

use std::borrow::Cow;

use async_graphql::{Context, Enum, Object, OutputType, Result, SimpleObject, TypeName};
use store::{
    Concept, Row,
    neighbour::Reference,
    page::{self, List, Page, Parent, Term, Window},
};

use tokio::sync::OnceCell;

use crate::{
    aggregate::{Distinct, ListAggregate, Narrowed, Whole},
    ahead::{self, Ahead},
    error::{bad_input, from_store},
    filter::ObservationOrder,
    loader, service,
    view::Observation,
};

/// The page size when none is asked, and the largest.
pub const DEFAULT_PAGE: u64 = 20;
pub const MAX_PAGE: u64 = 100;

/// A row as it is shown.
pub trait View: OutputType + Ahead + From<Row<Self::Entity>> + Send + Sync + 'static {
    type Entity: Concept;

    /// The name of the type in the schema.
    const NAME: &'static str;
}

/// A row that there are lists of.
pub trait Listed: View {
    /// What `aggregate` gives.
    type Aggregate: ListAggregate<Self::Entity>;

    /// What `countDistinct` gives.
    type Distinct: Distinct<Self::Entity>;
}

/// Ascending or descending; missing values come last in both.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum OrderDirection {
    /// Smallest first.
    #[default]
    Asc,
    /// Largest first.
    Desc,
}

/// A filter input of a list.
pub trait ListFilter {
    fn filter(&self) -> store::Filter;

    /// The instant of the past whose rows are asked; now when empty.
    fn recorded_at(&self) -> Option<chrono::DateTime<chrono::Utc>> {
        None
    }

    /// What it says of observations, as far as adding them up needs to know.
    fn narrowed(&self) -> Narrowed {
        Narrowed::default()
    }
}

/// An order input of a list.
pub trait ListOrder<E: Concept> {
    fn term(&self) -> Term<E>;
}

/// The four arguments of Relay's pagination.
pub struct Arguments {
    pub first: Option<i32>,
    pub after: Option<String>,
    pub last: Option<i32>,
    pub before: Option<String>,
}

impl Arguments {
    pub(crate) fn window(self) -> Result<Window> {
        let size = match (self.first, self.last) {
            (Some(_), Some(_)) => return Err(bad_input("give either first or last, not both")),
            (Some(size), None) | (None, Some(size)) => match u64::try_from(size) {
                Ok(size) if size <= MAX_PAGE => size,
                _ => {
                    return Err(bad_input(format!(
                        "first and last take 0 to {MAX_PAGE}, not {size}"
                    )));
                }
            },
            (None, None) => DEFAULT_PAGE,
        };
        Ok(Window {
            size,
            backward: self.last.is_some(),
            after: self.after,
            before: self.before,
        })
    }
}

/// A page of a list, read once when something of it is selected.
pub struct Connection<V: Listed> {
    page: OnceCell<Page<Row<V::Entity>>>,
    window: Window,
    list: List<V::Entity>,
    parent: Option<(Parent<V::Entity>, i64)>,
    narrowed: Narrowed,
    /// What will be asked of its rows' neighbours.
    references: Vec<Reference>,
}

impl<V: Listed> Connection<V> {
    fn new(
        ctx: &Context<'_>,
        list: List<V::Entity>,
        narrowed: Narrowed,
        parent: Option<(Parent<V::Entity>, i64)>,
        arguments: Arguments,
    ) -> Result<Self> {
        let window = arguments.window()?;
        list.check(&window).map_err(from_store)?;
        Ok(Self {
            page: OnceCell::new(),
            window,
            list,
            parent,
            narrowed,
            references: ahead::of_page::<V>(ctx),
        })
    }

    async fn page(&self, ctx: &Context<'_>) -> Result<&Page<Row<V::Entity>>> {
        let references = &self.references;
        let read = async || match self.parent {
            Some((way, id)) => {
                loader::page_of(ctx, way, id, &self.list, &self.window, references).await
            }
            None => {
                let store = service::store(ctx);
                let read = page::page(store, &self.list, &self.window, references).await;
                let (page, beside) = read.map_err(from_store)?;
                loader::keep(ctx, beside);
                Ok(page)
            }
        };
        self.page.get_or_try_init(read).await
    }
}

/// A row and its cursor.
pub struct Edge<V: View> {
    cursor: String,
    row: Row<V::Entity>,
}

/// Where a page stands in its list.
#[derive(SimpleObject)]
pub struct PageInfo {
    /// Whether rows follow.
    has_next_page: bool,
    /// Whether rows come before.
    has_previous_page: bool,
    /// Cursor of the first row of the page.
    start_cursor: Option<String>,
    /// Cursor of the last row of the page.
    end_cursor: Option<String>,
}

impl PageInfo {
    /// Where the rows from one cursor to another stand; none of either for an empty page.
    pub fn new(
        (has_next_page, has_previous_page): (bool, bool),
        (start_cursor, end_cursor): (Option<String>, Option<String>),
    ) -> Self {
        Self {
            has_next_page,
            has_previous_page,
            start_cursor,
            end_cursor,
        }
    }
}

impl<V: Listed> TypeName for Connection<V> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", V::NAME).into()
    }
}

impl<V: View> TypeName for Edge<V> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", V::NAME).into()
    }
}

/// A page of a list: the `first` rows after the cursor `after`, or the `last` rows before `before`; 20 when neither is given, at most
/// 100. Rows with a missing value come last in either direction, and ties are kept in one order, so no row is skipped or repeated.
#[Object(name_type)]
impl<V: Listed> Connection<V> {
    /// The rows of the page, each with its cursor.
    async fn edges(&self, ctx: &Context<'_>) -> Result<Vec<Edge<V>>> {
        let rows = self.page(ctx).await?.rows.iter();
        let cursors = self.list.cursors();
        Ok(rows
            .map(|row| Edge {
                cursor: cursors.of(row),
                row: row.clone(),
            })
            .collect())
    }

    /// The rows of the page.
    async fn nodes(&self, ctx: &Context<'_>) -> Result<Vec<V>> {
        let rows = self.page(ctx).await?.rows.iter();
        Ok(rows.map(|row| V::from(row.clone())).collect())
    }

    /// Where the page stands in the list.
    async fn page_info(&self, ctx: &Context<'_>) -> Result<PageInfo> {
        let page = self.page(ctx).await?;
        let cursors = self.list.cursors();
        Ok(PageInfo {
            has_next_page: page.has_next,
            has_previous_page: page.has_previous,
            start_cursor: page.rows.first().map(|row| cursors.of(row)),
            end_cursor: page.rows.last().map(|row| cursors.of(row)),
        })
    }

    /// How many rows the whole list has with this filter. Counted only when selected.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<u64> {
        match self.parent {
            Some((way, id)) => loader::count_of(ctx, way, id, &self.list).await,
            None => page::count(service::store(ctx), &self.list)
                .await
                .map_err(from_store),
        }
    }

    /// What all rows of the list come to with this filter, whatever the page: counts, and of some lists sums and groups. Computed only when
    /// selected; `first`, `after`, `last`, `before` and `orderBy` make no difference to it.
    async fn aggregate(&self, ctx: &Context<'_>) -> Result<V::Aggregate> {
        let whole = Whole {
            list: self.list.clone(),
            parent: self.parent,
            narrowed: self.narrowed.clone(),
        };
        V::Aggregate::of(ctx, whole).await
    }
}

/// A row of a list and its place in it.
#[Object(name_type)]
impl<V: View> Edge<V> {
    /// The place in the list, to be given as `after` or `before`.
    async fn cursor(&self) -> &str {
        &self.cursor
    }

    /// The row.
    async fn node(&self) -> V {
        V::from(self.row.clone())
    }
}

fn list<E: Concept>(
    filter: Option<impl ListFilter>,
    order: Option<Vec<impl ListOrder<E>>>,
) -> Result<List<E>> {
    let order = order.unwrap_or_default();
    if order.len() > 5 {
        return Err(bad_input("orderBy takes up to 5 terms"));
    }
    Ok(List {
        recorded_at: filter.as_ref().and_then(ListFilter::recorded_at),
        filter: filter.map(|filter| filter.filter()).unwrap_or_default(),
        order: order.iter().map(ListOrder::term).collect(),
    })
}

/// A root list.
pub fn all<V: Listed>(
    ctx: &Context<'_>,
    arguments: Arguments,
    filter: Option<impl ListFilter>,
    order: Option<Vec<impl ListOrder<V::Entity>>>,
) -> Result<Connection<V>> {
    let narrowed = narrowed(filter.as_ref());
    Connection::new(ctx, list(filter, order)?, narrowed, None, arguments)
}

/// The list that belongs to one row; the lists of many rows are read together.
pub fn of<V: Listed>(
    ctx: &Context<'_>,
    way: Parent<V::Entity>,
    id: i64,
    arguments: Arguments,
    filter: Option<impl ListFilter>,
    order: Option<Vec<impl ListOrder<V::Entity>>>,
) -> Result<Connection<V>> {
    let narrowed = narrowed(filter.as_ref());
    Connection::new(
        ctx,
        list(filter, order)?,
        narrowed,
        Some((way, id)),
        arguments,
    )
}

/// Figures about one subject.
pub fn about(
    ctx: &Context<'_>,
    kind: entity::SubjectKind,
    id: i64,
    arguments: Arguments,
    filter: Option<impl ListFilter>,
    order: Option<Vec<ObservationOrder>>,
) -> Result<Connection<Observation>> {
    use entity::observation::Column;
    let narrowed = narrowed(filter.as_ref());
    let mut list = list(filter, order)?;
    list.filter = store::Filter::all([
        store::filter::column(Column::SubjectKind, store::filter::Test::Equal(kind)),
        list.filter,
    ]);
    let way = Parent::Column(Column::SubjectId);
    Connection::new(ctx, list, narrowed, Some((way, id)), arguments)
}

fn narrowed(filter: Option<&impl ListFilter>) -> Narrowed {
    filter.map(ListFilter::narrowed).unwrap_or_default()
}
