//! Lists of what is no fact (proposals, audit entries, changes of a fact): in the order in which they were written, page by page. Whatever works on facts (lists,
//! counts, searches, exports) knows nothing of them.

use std::borrow::Cow;

use async_graphql::{Context, Enum, Object, OutputType, Result, TypeName};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use store::{Part, Store};

use crate::{
    connection::{Arguments, PageInfo},
    error::{bad_input, from_store},
    service,
};

/// A row of such a list.
pub trait Item: OutputType + Clone + Send + Sync + 'static {
    /// The name of the type in the schema.
    const NAME: &'static str;

    /// What is asked for.
    type Wanted: Clone + std::fmt::Debug + Send + Sync + 'static;

    fn id(&self) -> i64;

    fn page(
        store: &Store,
        wanted: &Self::Wanted,
        part: &Part,
    ) -> impl Future<Output = Result<Vec<Self>, store::Error>> + Send;

    fn count(
        store: &Store,
        wanted: &Self::Wanted,
    ) -> impl Future<Output = Result<u64, store::Error>> + Send;
}

/// The order of such a list.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ListingOrder {
    /// The newest first.
    #[default]
    NewestFirst,
    /// The oldest first.
    OldestFirst,
}

/// A page of such a list.
pub struct Listing<V: Item> {
    wanted: V::Wanted,
    list: String,
    rows: Vec<V>,
    /// Whether rows follow, and come before.
    beyond: (bool, bool),
}

impl<V: Item> Listing<V> {
    /// Reads a page.
    pub async fn read(
        ctx: &Context<'_>,
        arguments: Arguments,
        wanted: V::Wanted,
        order: ListingOrder,
    ) -> Result<Self> {
        let window = arguments.window()?;
        let digest = Sha256::digest(format!("{} {order:?} {wanted:?}", V::NAME).as_bytes());
        let list = URL_SAFE_NO_PAD.encode(&digest[..6]);
        let place = |cursor: Option<&str>| {
            cursor
                .map(|cursor| decoded(&list, cursor).ok_or_else(|| stale(cursor)))
                .transpose()
        };
        let part = Part {
            after: place(window.after.as_deref())?,
            before: place(window.before.as_deref())?,
            most: window.size + 1,
            newest_first: order == ListingOrder::NewestFirst,
            backward: window.backward,
        };
        let read = V::page(service::store(ctx), &wanted, &part).await;
        let mut rows = read.map_err(from_store)?;
        let more = rows.len() as u64 > window.size;
        if more {
            rows.pop();
        }
        let mut beyond = (more, window.after.is_some());
        if window.backward {
            rows.reverse();
            beyond = (window.before.is_some(), more);
        }
        Ok(Self {
            wanted,
            list,
            rows,
            beyond,
        })
    }

    fn cursor(&self, row: &V) -> String {
        URL_SAFE_NO_PAD.encode(format!("{}:{}", self.list, row.id()))
    }
}

fn decoded(list: &str, cursor: &str) -> Option<i64> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    let (of, id) = text.split_once(':')?;
    (of == list).then(|| id.parse().ok()).flatten()
}

fn stale(cursor: &str) -> async_graphql::Error {
    let cursor: String = cursor.chars().take(80).collect();
    bad_input(format!(
        "the cursor {cursor:?} does not belong to this list with this filter and order; start again without it"
    ))
}

/// A row of such a list and its place in it.
pub struct ListingEdge<V: Item> {
    cursor: String,
    row: V,
}

impl<V: Item> TypeName for Listing<V> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", V::NAME).into()
    }
}

impl<V: Item> TypeName for ListingEdge<V> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", V::NAME).into()
    }
}

/// A page of a list: the `first` rows after the cursor `after`, or the `last` rows before `before`; 20 when neither is given,
/// at most 100.
#[Object(name_type)]
impl<V: Item> Listing<V> {
    /// The rows of the page, each with its cursor.
    async fn edges(&self) -> Vec<ListingEdge<V>> {
        let edge = |row: &V| ListingEdge {
            cursor: self.cursor(row),
            row: row.clone(),
        };
        self.rows.iter().map(edge).collect()
    }

    /// The rows of the page.
    async fn nodes(&self) -> Vec<V> {
        self.rows.clone()
    }

    /// Where the page stands in the list.
    async fn page_info(&self) -> PageInfo {
        let cursor = |row: Option<&V>| row.map(|row| self.cursor(row));
        let ends = (cursor(self.rows.first()), cursor(self.rows.last()));
        PageInfo::new(self.beyond, ends)
    }

    /// How many rows the whole list has with this filter. Counted only when selected.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<u64> {
        let counted = V::count(service::store(ctx), &self.wanted).await;
        counted.map_err(from_store)
    }
}

/// A row of a list and its place in it.
#[Object(name_type)]
impl<V: Item> ListingEdge<V> {
    /// The place in the list, to be given as `after` or `before`.
    async fn cursor(&self) -> &str {
        &self.cursor
    }

    /// The row.
    async fn node(&self) -> &V {
        &self.row
    }
}
