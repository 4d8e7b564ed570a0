//! Hints: how many sites there are of each place and activity, as this process last looked. Which of two ways to the same rows is shorter
//! depends on it, and nothing else does: what is out of date costs time and never a row.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, Instant},
};

use entity::{ConceptKind, site};
use sea_orm::{ConnectionTrait, FromQueryResult, IdenStatic, Statement};

use crate::{Concept, Error, Store, filter::Access, page::List, rollup::SITE_TOTALS};

/// How long what was seen is believed, whatever is written meanwhile.
const BELIEVED: Duration = Duration::from_secs(600);

/// Rows of a page, about.
const PAGE: f64 = 25.0;

/// What was seen, and when.
#[derive(Debug)]
struct Seen {
    at: Instant,
    all: f64,
    /// The sites of a place or an activity and all below, as a share of all.
    shares: HashMap<(ConceptKind, String), f64>,
}

/// What this process knows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hints(Arc<RwLock<Option<Arc<Seen>>>>);

#[derive(FromQueryResult)]
struct Part {
    kind: String,
    key: String,
    count: i64,
}

impl Hints {
    /// The shorter way to the rows of a list.
    pub async fn access<E: Concept>(&self, store: &Store, list: &List<E>) -> Result<Access, Error> {
        let ordered = match list.order.first() {
            None => true,
            Some(term) => ["key", "headcount"].contains(&term.column.as_str()),
        };
        let below = list.filter.only_below().unwrap_or_default();
        if E::KIND != ConceptKind::Site || !ordered || below.is_empty() {
            return Ok(Access::Filter);
        }
        let seen = self.seen(store).await?;
        let shares = below
            .into_iter()
            .map(|(kind, key)| seen.shares.get(&(kind, key.to_owned())).unwrap_or(&0.0));
        let part = seen.all * shares.product::<f64>();
        // In the order of the list, `all / part` rows are passed over for each that is taken; by the filter, the whole part is read and
        // put in order.
        let passed_over = PAGE * seen.all / part;
        Ok(match passed_over < part {
            true => Access::Order(store.db.get_database_backend()),
            false => Access::Filter,
        })
    }

    async fn seen(&self, store: &Store) -> Result<Arc<Seen>, Error> {
        let known = self
            .0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if let Some(seen) = known.filter(|seen| seen.at.elapsed() < BELIEVED) {
            return Ok(seen);
        }
        let seen = Arc::new(look(store).await?);
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(seen.clone());
        Ok(seen)
    }
}

async fn look(store: &Store) -> Result<Seen, Error> {
    let of = |kind: ConceptKind, tree: &str, closure: &str, column: &str| {
        format!(
            "SELECT '{kind}' AS kind, {tree}.key AS key, CAST(SUM({SITE_TOTALS}.count) AS BIGINT) AS count FROM {SITE_TOTALS} \
             JOIN {closure} ON {closure}.{column} = {SITE_TOTALS}.{column} JOIN {tree} ON {tree}.id = {closure}.ancestor_id GROUP BY {tree}.key"
        )
    };
    let sql = format!(
        "{} UNION ALL {} UNION ALL SELECT '{}', '', CAST(SUM(count) AS BIGINT) FROM {SITE_TOTALS} HAVING COUNT(*) > 0",
        of(
            ConceptKind::Territory,
            "territories",
            "territory_ancestors",
            site::Column::TerritoryId.as_str()
        ),
        of(
            ConceptKind::Activity,
            "activities",
            "activity_ancestors",
            site::Column::ActivityId.as_str()
        ),
        ConceptKind::Site,
    );
    let statement = Statement::from_string(store.db.get_database_backend(), sql);
    let parts = Part::find_by_statement(statement).all(&store.db).await?;
    let all = parts
        .iter()
        .find(|part| part.kind == ConceptKind::Site.to_string())
        .map_or(0.0, |part| part.count as f64);
    let share = |part: Part| {
        let kind = [ConceptKind::Territory, ConceptKind::Activity]
            .into_iter()
            .find(|kind| kind.to_string() == part.kind)?;
        Some(((kind, part.key), part.count as f64 / all))
    };
    Ok(Seen {
        at: Instant::now(),
        all,
        shares: parts.into_iter().filter_map(share).collect(),
    })
}
