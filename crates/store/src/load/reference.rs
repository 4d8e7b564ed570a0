//! From keys to ids, while a batch is written.

use std::collections::HashMap;

use entity::ConceptKind;
use sea_orm::{ConnectionTrait, DatabaseBackend, FromQueryResult, Statement};

use super::apply::Run;
use crate::Error;

/// The tables of what is referred to by key.
const TABLES: [(ConceptKind, &str); 18] = [
    (ConceptKind::Unit, "units"),
    (ConceptKind::Source, "sources"),
    (ConceptKind::Territory, "territories"),
    (ConceptKind::Coordinates, "coordinates"),
    (ConceptKind::Activity, "activities"),
    (ConceptKind::Indicator, "indicators"),
    (ConceptKind::Organisation, "organisations"),
    (ConceptKind::Membership, "memberships"),
    (ConceptKind::Profile, "profiles"),
    (ConceptKind::Park, "parks"),
    (ConceptKind::Site, "sites"),
    (ConceptKind::Project, "projects"),
    (ConceptKind::Agreement, "agreements"),
    (ConceptKind::Plan, "plans"),
    (ConceptKind::Milestone, "milestones"),
    (ConceptKind::Incentive, "incentives"),
    (ConceptKind::TrainingProgramme, "training_programmes"),
    (ConceptKind::Event, "events"),
];

/// A row that a draft mentions.
#[derive(FromQueryResult)]
struct Mentioned {
    concept: ConceptKind,
    key: String,
    id: i64,
}

/// The ids of every key met so far, by concept.
#[derive(Debug, Default)]
pub struct Ids(HashMap<ConceptKind, HashMap<String, i64>>);

impl Ids {
    pub fn set(&mut self, kind: ConceptKind, ids: HashMap<String, i64>) {
        self.0.insert(kind, ids);
    }

    pub fn knows(&self, kind: ConceptKind, key: &str) -> bool {
        self.0.get(&kind).is_some_and(|ids| ids.contains_key(key))
    }

    pub fn get(&self, kind: ConceptKind, key: &str) -> Result<i64, Error> {
        self.0
            .get(&kind)
            .and_then(|ids| ids.get(key).copied())
            .ok_or_else(|| Error::UnknownKey {
                kind,
                key: key.to_owned(),
            })
    }

    pub fn optional(&self, kind: ConceptKind, key: Option<&str>) -> Result<Option<i64>, Error> {
        key.map(|key| self.get(kind, key)).transpose()
    }
}

impl Run<'_> {
    /// The ids of all that the drafts mention, in one statement; none where all ids are read.
    pub async fn known(&self) -> Result<Ids, Error> {
        let mut ids = Ids::default();
        let Some(mentioned) = &self.mentioned else {
            return Ok(ids);
        };
        let backend = self.transaction.get_database_backend();
        let one_of_them = match backend {
            DatabaseBackend::Postgres => {
                "= ANY(ARRAY(SELECT value FROM JSON_ARRAY_ELEMENTS_TEXT(CAST($1 AS JSON))))"
            }
            _ => "IN (SELECT value FROM JSON_EACH($1))",
        };
        let of = |(kind, table): (ConceptKind, &str)| {
            format!("SELECT '{kind}' AS concept, key, id FROM {table} WHERE key {one_of_them}")
        };
        let sql = TABLES.map(of).join(" UNION ALL ");
        let mentioned = serde_json::to_string(mentioned)?;
        let statement = Statement::from_sql_and_values(backend, sql, [mentioned.into()]);
        let found = Mentioned::find_by_statement(statement)
            .all(self.transaction)
            .await?;
        let mut known: HashMap<ConceptKind, HashMap<String, i64>> = HashMap::new();
        for row in found {
            known
                .entry(row.concept)
                .or_default()
                .insert(row.key, row.id);
        }
        for (kind, keys) in known {
            ids.set(kind, keys);
        }
        Ok(ids)
    }
}
