//! Pages of what belongs to many rows, in one statement for each shape of page.

use std::{
    collections::HashMap,
    hash::{Hash, Hasher},
    sync::Arc,
};

use async_graphql::{Context, Error, dataloader::Loader};
use store::{
    Concept,
    neighbour::Reference,
    page::{self, List, Page, Parent, Window},
};

use super::{Failure, Reader, failed, reader};

/// A page of what belongs to one row; every row asking for the same page of its own shares one statement.
struct PageKey<E: Concept> {
    parent: i64,
    shape: String,
    way: Parent<E>,
    list: List<E>,
    /// Without a window only the count is asked.
    window: Option<Window>,
    references: Vec<Reference>,
}

impl<E: Concept> Clone for PageKey<E> {
    fn clone(&self) -> Self {
        Self {
            parent: self.parent,
            shape: self.shape.clone(),
            way: self.way,
            list: self.list.clone(),
            window: self.window.clone(),
            references: self.references.clone(),
        }
    }
}

impl<E: Concept> PartialEq for PageKey<E> {
    fn eq(&self, other: &Self) -> bool {
        self.parent == other.parent && self.shape == other.shape
    }
}

impl<E: Concept> Eq for PageKey<E> {}

impl<E: Concept> Hash for PageKey<E> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.parent.hash(state);
        self.shape.hash(state);
    }
}

/// A page, or how long the whole list is.
enum Part<M> {
    Page(Page<M>),
    Count(u64),
}

impl<M: Clone> Clone for Part<M> {
    fn clone(&self) -> Self {
        match self {
            Self::Page(page) => Self::Page(page.clone()),
            Self::Count(count) => Self::Count(*count),
        }
    }
}

impl<E: Concept> Loader<PageKey<E>> for Reader {
    type Value = Part<E::Model>;
    type Error = Failure;

    async fn load(
        &self,
        keys: &[PageKey<E>],
    ) -> Result<HashMap<PageKey<E>, Part<E::Model>>, Failure> {
        let mut shapes: HashMap<&str, Vec<&PageKey<E>>> = HashMap::new();
        for key in keys {
            shapes.entry(&key.shape).or_default().push(key);
        }
        let mut loaded = HashMap::new();
        for same in shapes.into_values() {
            let parents: Vec<i64> = same.iter().map(|key| key.parent).collect();
            let PageKey {
                way,
                list,
                window,
                references,
                ..
            } = same[0];
            match window {
                Some(window) => {
                    let (mut pages, beside) =
                        page::pages(&self.store, *way, &parents, list, window, references)
                            .await
                            .map_err(Arc::new)?;
                    self.rows().extend(beside);
                    for key in same {
                        loaded.insert(
                            key.clone(),
                            Part::Page(pages.remove(&key.parent).unwrap_or_default()),
                        );
                    }
                }
                None => {
                    let counts = page::counts(&self.store, *way, &parents, list)
                        .await
                        .map_err(Arc::new)?;
                    for key in same {
                        loaded.insert(
                            key.clone(),
                            Part::Count(counts.get(&key.parent).copied().unwrap_or(0)),
                        );
                    }
                }
            }
        }
        Ok(loaded)
    }
}

pub(super) fn way_text<E: Concept>(way: &Parent<E>) -> String {
    match way {
        Parent::Column(column) => format!("{column:?}"),
        Parent::Link { table, parent, .. } => format!("{table}.{parent}"),
    }
}

fn shape<E: Concept>(way: &Parent<E>, list: &List<E>, window: Option<&Window>) -> String {
    format!("{} {} {window:?}", way_text(way), list.fingerprint())
}

pub async fn page_of<E: Concept>(
    ctx: &Context<'_>,
    way: Parent<E>,
    parent: i64,
    list: &List<E>,
    window: &Window,
    references: &[Reference],
) -> Result<Page<E::Model>, Error> {
    let key = PageKey {
        parent,
        shape: format!("{} {references:?}", shape(&way, list, Some(window))),
        way,
        list: list.clone(),
        window: Some(window.clone()),
        references: references.to_vec(),
    };
    match reader(ctx).load_one(key).await.map_err(failed)? {
        Some(Part::Page(page)) => Ok(page),
        _ => Ok(Page::default()),
    }
}

pub async fn count_of<E: Concept>(
    ctx: &Context<'_>,
    way: Parent<E>,
    parent: i64,
    list: &List<E>,
) -> Result<u64, Error> {
    let key = PageKey {
        parent,
        shape: shape(&way, list, None),
        way,
        list: list.clone(),
        window: None,
        references: Vec::new(),
    };
    match reader(ctx).load_one(key).await.map_err(failed)? {
        Some(Part::Count(count)) => Ok(count),
        _ => Ok(0),
    }
}
