//! Facts that end with none in their place. The row goes, its versions stay; nothing that is referred to goes.

use entity::{Change, ConceptKind as Kind, name, version};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, Statement,
    prelude::Expr,
};

use super::{Counts, apply::Run, ledger::Ledger};
use crate::{Error, write::Refused};

#[derive(FromQueryResult)]
struct Count {
    number: i64,
}

#[derive(FromQueryResult)]
struct Id {
    id: i64,
}

/// A table of a concept, the tables that hang on its rows, and those that refer to them.
struct Place {
    table: &'static str,
    hanging: &'static [(&'static str, &'static str)],
    referring: &'static [(&'static str, &'static str)],
}

fn place(kind: Kind) -> Option<Place> {
    let (table, hanging, referring): (_, &[_], &[_]) = match kind {
        Kind::Source => (
            "sources",
            &[],
            &[
                ("territories", "source_id"),
                ("coordinates", "source_id"),
                ("activities", "source_id"),
                ("organisations", "source_id"),
                ("memberships", "source_id"),
                ("profiles", "source_id"),
                ("parks", "source_id"),
                ("sites", "source_id"),
                ("projects", "source_id"),
                ("project_statuses", "source_id"),
                ("agreements", "source_id"),
                ("agreement_axes", "source_id"),
                ("plans", "source_id"),
                ("plan_objectives", "source_id"),
                ("milestones", "source_id"),
                ("milestone_statuses", "source_id"),
                ("incentives", "source_id"),
                ("training_programmes", "source_id"),
                ("events", "source_id"),
                ("observations", "source_id"),
            ],
        ),
        Kind::Organisation => (
            "organisations",
            &[],
            &[
                ("organisations", "parent_id"),
                ("memberships", "organisation_id"),
                ("memberships", "federation_id"),
                ("profiles", "organisation_id"),
                ("sites", "organisation_id"),
                ("parks", "operator_id"),
                ("projects", "owner_id"),
                ("project_partners", "organisation_id"),
                ("agreement_parties", "organisation_id"),
                ("plans", "owner_id"),
                ("training_programmes", "organisation_id"),
                ("event_organisers", "organisation_id"),
                ("observations", "producer_id"),
            ],
        ),
        Kind::Membership => ("memberships", &[], &[]),
        Kind::Profile => (
            "profiles",
            &[
                ("profile_offers", "profile_id"),
                ("profile_sectors", "profile_id"),
                ("profile_languages", "profile_id"),
                ("profile_certifications", "profile_id"),
            ],
            &[],
        ),
        Kind::Park => ("parks", &[], &[("sites", "park_id")]),
        Kind::Site => ("sites", &[], &[]),
        Kind::Project => (
            "projects",
            &[
                ("project_partners", "project_id"),
                ("project_statuses", "project_id"),
            ],
            &[("milestones", "project_id")],
        ),
        Kind::Agreement => (
            "agreements",
            &[
                ("agreement_parties", "agreement_id"),
                ("agreement_axes", "agreement_id"),
            ],
            &[("milestones", "agreement_id")],
        ),
        Kind::Plan => (
            "plans",
            &[("plan_objectives", "plan_id")],
            &[("milestones", "plan_id")],
        ),
        Kind::Milestone => ("milestones", &[("milestone_statuses", "milestone_id")], &[]),
        Kind::Incentive => ("incentives", &[], &[]),
        Kind::TrainingProgramme => ("training_programmes", &[], &[]),
        Kind::Event => ("events", &[("event_organisers", "event_id")], &[]),
        _ => return None,
    };
    Some(Place {
        table,
        hanging,
        referring,
    })
}

impl Run<'_> {
    /// Takes a fact out of its table.
    pub async fn retract(
        &self,
        kind: Kind,
        key: &str,
        counts: &mut Counts,
        ledger: &mut Ledger,
    ) -> Result<(), Error> {
        let place = place(kind).ok_or_else(|| Refused::Fixed {
            concept: kind,
            key: key.to_owned(),
        })?;
        let not_found = || Refused::NotFound(key.to_owned());
        let sql = format!("SELECT id FROM {} WHERE key = $1", place.table);
        let Id { id } = Id::find_by_statement(self.statement(&sql, [key.into()]))
            .one(self.transaction)
            .await?
            .ok_or_else(not_found)?;
        self.refuse_if_referred_to((kind, key, id), &place).await?;
        let before = version::Entity::find()
            .filter(version::Column::Concept.eq(kind))
            .filter(version::Column::Key.eq(key))
            .filter(version::Column::SupersededAt.is_null())
            .one(self.transaction)
            .await?
            .ok_or_else(not_found)?;
        for (table, column) in place.hanging {
            let sql = format!("DELETE FROM {table} WHERE {column} = $1");
            let delete = self.statement(&sql, [id.into()]);
            self.transaction.execute_raw(delete).await?;
        }
        name::Entity::delete_many()
            .filter(name::Column::Concept.eq(kind))
            .filter(name::Column::ConceptId.eq(id))
            .exec(self.transaction)
            .await?;
        let sql = format!("DELETE FROM {} WHERE id = $1", place.table);
        let delete = self.statement(&sql, [id.into()]);
        self.transaction.execute_raw(delete).await?;
        version::Entity::update_many()
            .col_expr(version::Column::SupersededAt, Expr::value(self.now))
            .filter(version::Column::Id.eq(before.id))
            .exec(self.transaction)
            .await?;
        counts.entry(kind).or_default().changed += 1;
        ledger.tell((kind, key, Change::Retracted), Some(before.content), None);
        Ok(())
    }

    /// Past versions of observations count as well: what they were about stays known.
    async fn refuse_if_referred_to(
        &self,
        (kind, key, id): (Kind, &str, i64),
        place: &Place,
    ) -> Result<(), Error> {
        let mut by = Vec::new();
        for (table, column) in place.referring {
            let sql = format!("SELECT COUNT(*) AS number FROM {table} WHERE {column} = $1");
            by.extend(self.number(table, &sql, [id.into()]).await?);
        }
        if let Ok(subject) = entity::SubjectKind::try_from(kind) {
            let sql = "SELECT COUNT(*) AS number FROM observations WHERE subject_kind = $1 AND subject_id = $2";
            let values = [subject.as_str().into(), id.into()];
            by.extend(self.number("observations about it", sql, values).await?);
        }
        match by.is_empty() {
            true => Ok(()),
            false => Err(Refused::InUse {
                concept: kind,
                key: key.to_owned(),
                by: by.join(", "),
            }
            .into()),
        }
    }

    async fn number<const N: usize>(
        &self,
        what: &str,
        sql: &str,
        values: [sea_orm::Value; N],
    ) -> Result<Option<String>, Error> {
        let found = Count::find_by_statement(self.statement(sql, values))
            .one(self.transaction)
            .await?;
        let number = found.map_or(0, |count| count.number);
        let what = what.replace('_', " ");
        Ok((number > 0).then(|| format!("{number} {what}")))
    }

    fn statement<const N: usize>(&self, sql: &str, values: [sea_orm::Value; N]) -> Statement {
        Statement::from_sql_and_values(self.transaction.get_database_backend(), sql, values)
    }
}
