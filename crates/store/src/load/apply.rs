//! One run's writes: each concept's new and changed drafts, their versions, names and children.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::{Change, ConceptKind, name, version};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction,
    EntityTrait, FromQueryResult, IntoActiveModel, ModelTrait, QueryFilter, QueryOrder,
    QuerySelect, prelude::Expr,
};

use super::{
    Counts,
    draft::{Same, Stated},
    ledger::Ledger,
    reference::Ids,
};
use crate::{Concept, Error};

/// Rows in one statement: far below the 32,766 variables SQLite takes.
pub(super) const CHUNK: usize = 1_000;

/// A transaction and its instant.
pub struct Run<'a> {
    pub transaction: &'a DatabaseTransaction,
    pub now: DateTime<Utc>,
    /// Texts among which is every key that the drafts refer to; any key may be referred to when absent.
    pub mentioned: Option<BTreeSet<String>>,
}

/// The newest version, as far as a comparison needs it.
#[derive(FromQueryResult)]
struct Newest {
    key: String,
    number: i32,
    content: String,
    superseded_at: Option<DateTime<Utc>>,
}

impl Run<'_> {
    /// Writes one concept's drafts; afterwards `ids` knows every key of it.
    pub async fn write<D: Stated>(
        &self,
        drafts: &[D],
        ids: &mut Ids,
        counts: &mut Counts,
        ledger: &mut Ledger,
    ) -> Result<(), Error> {
        let kind = D::Entity::KIND;
        let mut versions: HashMap<String, Newest> = HashMap::new();
        for chunk in drafts.chunks(CHUNK) {
            let rows = version::Entity::find()
                .select_only()
                .columns([
                    version::Column::Key,
                    version::Column::Number,
                    version::Column::Content,
                    version::Column::SupersededAt,
                ])
                .filter(version::Column::Concept.eq(kind))
                .filter(version::Column::Key.is_in(chunk.iter().map(Stated::key)))
                .order_by_asc(version::Column::Number)
                .into_model::<Newest>()
                .all(self.transaction)
                .await?;
            versions.extend(rows.into_iter().map(|row| (row.key.clone(), row)));
        }
        if self.mentioned.is_none() {
            ids.set(kind, self.ids::<D::Entity>().await?);
        }
        let count = counts.entry(kind).or_default();
        let mut changes = Vec::new();
        for draft in drafts {
            let content = serde_json::to_string(draft)?;
            let newest = versions.remove(draft.key());
            let number = newest.as_ref().map_or(0, |newest| newest.number) + 1;
            let before = newest.filter(|newest| newest.superseded_at.is_none());
            let before = before.map(|newest| newest.content);
            if before.as_ref() == Some(&content) {
                count.unchanged += 1;
                continue;
            }
            let change = match before {
                Some(_) => {
                    count.changed += 1;
                    Change::Revised
                }
                None => {
                    count.new += 1;
                    Change::Created
                }
            };
            ledger.tell((kind, draft.key(), change), before, Some(content.clone()));
            changes.push((draft, number, content));
        }
        if changes.is_empty() {
            return Ok(());
        }
        self.write_rows(&changes, ids).await?;
        self.write_names(&changes, ids).await?;
        for (draft, _, _) in &changes {
            draft
                .children(ids.get(kind, draft.key())?, ids, self)
                .await?;
        }
        self.write_versions(kind, changes).await
    }

    async fn ids<E: Concept>(&self) -> Result<HashMap<String, i64>, Error> {
        let Some(key) = E::key() else {
            return Ok(HashMap::new());
        };
        let mut ids = E::find().select_only().column(key).column(E::ID);
        if let Some(mentioned) = &self.mentioned {
            if mentioned.is_empty() {
                return Ok(HashMap::new());
            }
            ids = ids.filter(key.is_in(mentioned));
        }
        let rows = ids
            .into_tuple::<(String, i64)>()
            .all(self.transaction)
            .await?;
        Ok(rows.into_iter().collect())
    }

    /// Parents before their children, new rows many at a time.
    async fn write_rows<D: Stated>(
        &self,
        changes: &[(&D, i32, String)],
        ids: &mut Ids,
    ) -> Result<(), Error> {
        let kind = D::Entity::KIND;
        let mut waiting: Vec<_> = changes.iter().collect();
        while !waiting.is_empty() {
            let written_before = waiting.len();
            let (ready, later): (Vec<_>, Vec<_>) =
                waiting.into_iter().partition(|(draft, _, _)| {
                    draft.parent().is_none_or(|parent| ids.knows(kind, parent))
                });
            let mut new = Vec::new();
            for (draft, _, _) in ready {
                let mut row = draft.row(ids)?;
                if ids.knows(kind, draft.key()) {
                    row.set(D::Entity::ID, ids.get(kind, draft.key())?.into());
                    D::Entity::update_many()
                        .set(without_unset(row))
                        .filter(D::Entity::ID.eq(ids.get(kind, draft.key())?))
                        .exec(self.transaction)
                        .await?;
                } else {
                    new.push(row);
                }
            }
            self.insert(new).await?;
            ids.set(kind, self.ids::<D::Entity>().await?);
            if later.len() == written_before {
                let parent = later[0].0.parent().unwrap_or_default().to_owned();
                return Err(Error::UnknownKey { kind, key: parent });
            }
            waiting = later;
        }
        Ok(())
    }

    async fn write_names<D: Stated>(
        &self,
        changes: &[(&D, i32, String)],
        ids: &Ids,
    ) -> Result<(), Error> {
        let kind = D::Entity::KIND;
        let mut changed = Vec::new();
        let mut rows = Vec::new();
        for (draft, number, _) in changes {
            let id = ids.get(kind, draft.key())?;
            if *number > 1 {
                changed.push(id);
            }
            let mut seen = HashSet::new();
            for (role, text) in draft.names() {
                if seen.insert(text) {
                    rows.push(name::ActiveModel {
                        concept: Set(kind),
                        concept_id: Set(id),
                        role: Set(role),
                        text: Set(text.to_owned()),
                        folded: Set(language::fold(text)),
                        ..Default::default()
                    });
                }
            }
        }
        for chunk in changed.chunks(CHUNK) {
            name::Entity::delete_many()
                .filter(name::Column::Concept.eq(kind))
                .filter(name::Column::ConceptId.is_in(chunk.iter().copied()))
                .exec(self.transaction)
                .await?;
        }
        self.insert(rows).await
    }

    async fn write_versions<D: Stated>(
        &self,
        kind: ConceptKind,
        changes: Vec<(&D, i32, String)>,
    ) -> Result<(), Error> {
        let changed: Vec<_> = changes
            .iter()
            .filter(|(_, number, _)| *number > 1)
            .map(|(draft, _, _)| draft.key())
            .collect();
        for chunk in changed.chunks(CHUNK) {
            version::Entity::update_many()
                .col_expr(version::Column::SupersededAt, Expr::value(self.now))
                .filter(version::Column::Concept.eq(kind))
                .filter(version::Column::Key.is_in(chunk.iter().copied()))
                .filter(version::Column::SupersededAt.is_null())
                .exec(self.transaction)
                .await?;
        }
        let rows = changes
            .into_iter()
            .map(|(draft, number, content)| version::ActiveModel {
                concept: Set(kind),
                key: Set(draft.key().to_owned()),
                number: Set(number),
                content: Set(content),
                recorded_at: Set(self.now),
                ..Default::default()
            });
        self.insert(rows.collect()).await
    }

    pub(super) async fn insert<A: ActiveModelTrait + Send>(
        &self,
        mut rows: Vec<A>,
    ) -> Result<(), Error> {
        while !rows.is_empty() {
            let rest = rows.split_off(rows.len().min(CHUNK));
            A::Entity::insert_many(rows)
                .exec_without_returning(self.transaction)
                .await?;
            rows = rest;
        }
        Ok(())
    }

    /// Replaces the rows that hang on `parent`.
    pub async fn replace<A: ActiveModelTrait + Send>(
        &self,
        column: <A::Entity as EntityTrait>::Column,
        parent: i64,
        rows: impl Iterator<Item = A> + Send,
    ) -> Result<(), Error> {
        let rows: Vec<A> = rows.collect();
        A::Entity::delete_many()
            .filter(column.eq(parent))
            .exec(self.transaction)
            .await?;
        self.insert(rows).await
    }

    /// Ends the rows in force that no draft repeats, and adds the drafts that no row in force says already.
    pub async fn supersede<A: ActiveModelTrait + Send>(
        &self,
        column: <A::Entity as EntityTrait>::Column,
        parent: i64,
        superseded_at: <A::Entity as EntityTrait>::Column,
        drafts: Vec<(A, Same<'_, <A::Entity as EntityTrait>::Model>)>,
    ) -> Result<(), Error>
    where
        <A::Entity as EntityTrait>::Model: IntoActiveModel<A> + Sync,
    {
        let in_force = A::Entity::find()
            .filter(column.eq(parent))
            .filter(superseded_at.is_null())
            .all(self.transaction)
            .await?;
        for row in &in_force {
            if !drafts.iter().any(|(_, same)| same(row)) {
                let mut ended = row.clone().into_active_model();
                ended.set(superseded_at, Some(self.now).into());
                A::Entity::update_many()
                    .set(without_unset(ended))
                    .filter(id_column::<A>().eq(id_value::<A>(row)))
                    .exec(self.transaction)
                    .await?;
            }
        }
        let new = drafts
            .into_iter()
            .filter(|(_, same)| !in_force.iter().any(same))
            .map(|(row, _)| row);
        self.insert(new.collect()).await
    }

    /// Writes anew which place and activity lies in which, and which of the places above one stands for its level.
    pub async fn rebuild_ancestors(&self) -> Result<(), Error> {
        for (tree, closure, column) in [
            ("territories", "territory_ancestors", "territory_id"),
            ("activities", "activity_ancestors", "activity_id"),
        ] {
            self.transaction
                .execute_unprepared(&format!("DELETE FROM {closure}"))
                .await?;
            self.transaction
                .execute_unprepared(&format!(
                    "INSERT INTO {closure} ({column}, ancestor_id, distance) \
                     WITH RECURSIVE up (id, ancestor_id, distance) AS ( \
                       SELECT id, id, 0 FROM {tree} \
                       UNION ALL SELECT up.id, {tree}.parent_id, up.distance + 1 FROM up JOIN {tree} ON {tree}.id = up.ancestor_id \
                       WHERE {tree}.parent_id IS NOT NULL) \
                     SELECT id, ancestor_id, distance FROM up"
                ))
                .await?;
        }
        // A place in another of its level is passed over when rows are rolled up.
        self.transaction
            .execute_unprepared(
                "UPDATE territory_ancestors SET level = ( \
                   SELECT ancestor.level FROM territories AS ancestor LEFT JOIN territories AS above ON above.id = ancestor.parent_id \
                   WHERE ancestor.id = territory_ancestors.ancestor_id AND (above.level IS NULL OR above.level <> ancestor.level))",
            )
            .await?;
        Ok(())
    }
}

/// Only what a draft states is written; the id is in the condition.
fn without_unset<A: ActiveModelTrait>(mut row: A) -> A {
    row.not_set(id_column::<A>());
    row
}

fn id_column<A: ActiveModelTrait>() -> <A::Entity as EntityTrait>::Column {
    use sea_orm::{Iterable, PrimaryKeyToColumn};
    <A::Entity as EntityTrait>::PrimaryKey::iter()
        .next()
        .expect("every table has an id")
        .into_column()
}

fn id_value<A: ActiveModelTrait>(row: &<A::Entity as EntityTrait>::Model) -> sea_orm::Value {
    row.get(id_column::<A>())
}
