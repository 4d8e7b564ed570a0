//! What the lists of many rows come to, in one statement for each shape of question.

use std::{
    collections::HashMap,
    hash::{Hash, Hasher},
    sync::Arc,
};

use async_graphql::{Context, Error, dataloader::Loader};
use store::{
    Concept,
    aggregate::{self, Asked, Grouping, Groups, Totals},
    page::{List, Parent},
};

use super::{Failure, Reader, failed, page::way_text, reader};

/// What the list of one row comes to; every row asking the same of its own list shares one statement.
struct AggregateKey<E: Concept> {
    parent: i64,
    shape: String,
    way: Parent<E>,
    list: List<E>,
    asked: Asked<E>,
    /// Without a grouping the totals are asked.
    grouping: Option<Grouping>,
}

impl<E: Concept> Clone for AggregateKey<E> {
    fn clone(&self) -> Self {
        Self {
            parent: self.parent,
            shape: self.shape.clone(),
            way: self.way,
            list: self.list.clone(),
            asked: self.asked.clone(),
            grouping: self.grouping.clone(),
        }
    }
}

impl<E: Concept> PartialEq for AggregateKey<E> {
    fn eq(&self, other: &Self) -> bool {
        self.parent == other.parent && self.shape == other.shape
    }
}

impl<E: Concept> Eq for AggregateKey<E> {}

impl<E: Concept> Hash for AggregateKey<E> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.parent.hash(state);
        self.shape.hash(state);
    }
}

#[derive(Clone)]
enum Found {
    Totals(Totals),
    Groups(Groups),
}

impl<E: Concept> Loader<AggregateKey<E>> for Reader {
    type Value = Found;
    type Error = Failure;

    async fn load(
        &self,
        keys: &[AggregateKey<E>],
    ) -> Result<HashMap<AggregateKey<E>, Found>, Failure> {
        let mut shapes: HashMap<&str, Vec<&AggregateKey<E>>> = HashMap::new();
        for key in keys {
            shapes.entry(&key.shape).or_default().push(key);
        }
        let mut loaded = HashMap::new();
        for same in shapes.into_values() {
            let ids: Vec<i64> = same.iter().map(|key| key.parent).collect();
            let first = same[0];
            let (parents, list, asked) = (Some((first.way, &ids[..])), &first.list, &first.asked);
            match &first.grouping {
                Some(grouping) => {
                    let (mut groups, beside) =
                        aggregate::groups(&self.store, parents, list, asked, grouping)
                            .await
                            .map_err(Arc::new)?;
                    self.rows().extend(beside);
                    for key in same {
                        let found = groups.remove(&key.parent).unwrap_or_default();
                        loaded.insert(key.clone(), Found::Groups(found));
                    }
                }
                None => {
                    let mut totals = aggregate::totals(&self.store, parents, list, asked)
                        .await
                        .map_err(Arc::new)?;
                    for key in same {
                        let found = totals.remove(&key.parent).unwrap_or_default();
                        loaded.insert(key.clone(), Found::Totals(found));
                    }
                }
            }
        }
        Ok(loaded)
    }
}

fn key<E: Concept>(
    way: Parent<E>,
    parent: i64,
    list: &List<E>,
    asked: Asked<E>,
    grouping: Option<Grouping>,
) -> AggregateKey<E> {
    let shape = format!(
        "{} {} {:?} {:?} {grouping:?}",
        way_text(&way),
        list.fingerprint(),
        asked.distinct,
        asked.figures
    );
    AggregateKey {
        parent,
        shape,
        way,
        list: list.clone(),
        asked,
        grouping,
    }
}

pub async fn totals_of<E: Concept>(
    ctx: &Context<'_>,
    way: Parent<E>,
    parent: i64,
    list: &List<E>,
    asked: Asked<E>,
) -> Result<Totals, Error> {
    let key = key(way, parent, list, asked, None);
    match reader(ctx).load_one(key).await.map_err(failed)? {
        Some(Found::Totals(totals)) => Ok(totals),
        _ => Ok(Totals::default()),
    }
}

pub async fn groups_of<E: Concept>(
    ctx: &Context<'_>,
    way: Parent<E>,
    parent: i64,
    list: &List<E>,
    asked: Asked<E>,
    grouping: Grouping,
) -> Result<Groups, Error> {
    let key = key(way, parent, list, asked, Some(grouping));
    match reader(ctx).load_one(key).await.map_err(failed)? {
        Some(Found::Groups(groups)) => Ok(groups),
        _ => Ok(Groups::default()),
    }
}
