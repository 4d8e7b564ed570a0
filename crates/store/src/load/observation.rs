//! Observations: the one concept that is its own history.

use std::collections::HashMap;

use entity::{Change, ConceptKind, observation};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, prelude::Expr};

use super::{
    Counts,
    apply::{CHUNK, Run},
    ledger::Ledger,
    observation_drafts,
    reference::Ids,
};
use crate::{Concept, Error};

impl Run<'_> {
    /// New observations are added; one that says something else under the same key ends the one in force, and
    /// withdrawn ones end with none in their place.
    pub async fn write_observations(
        &self,
        (drafts, withdrawn): (&[observation::Draft], &[String]),
        ids: &Ids,
        counts: &mut Counts,
        ledger: &mut Ledger,
    ) -> Result<(), Error> {
        let stated = drafts.iter().map(|draft| draft.key.as_str());
        let keys: Vec<&str> = stated.chain(withdrawn.iter().map(String::as_str)).collect();
        let mut in_force: HashMap<String, observation::Model> = HashMap::new();
        for chunk in keys.chunks(CHUNK) {
            let rows = observation::Entity::find()
                .filter(observation::Entity::visible())
                .filter(observation::Column::Key.is_in(chunk.iter().copied()))
                .all(self.transaction)
                .await?;
            in_force.extend(rows.into_iter().map(|row| (row.key.clone(), row)));
        }
        let count = counts.entry(ConceptKind::Observation).or_default();
        let mut changes = Vec::new();
        let mut rows = Vec::new();
        for draft in drafts {
            let row = self.row(draft, ids)?;
            let before = in_force.remove(&draft.key);
            if before.as_ref().is_some_and(|before| says(before, &row)) {
                count.unchanged += 1;
                continue;
            }
            match before {
                Some(_) => count.changed += 1,
                None => count.new += 1,
            }
            changes.push((draft.key.as_str(), before, Some(draft)));
            rows.push(row);
        }
        for key in withdrawn {
            if let Some(before) = in_force.remove(key) {
                count.changed += 1;
                changes.push((key, Some(before), None));
            }
        }
        let ended: Vec<_> = changes
            .iter()
            .filter_map(|(_, before, _)| before.clone())
            .collect();
        let mut said = observation_drafts(self.transaction, ended.clone())
            .await?
            .into_iter();
        for (key, before, draft) in &changes {
            let before = before.as_ref().and_then(|_| said.next());
            let change = match (&before, draft) {
                (None, _) => Change::Created,
                (Some(_), Some(_)) => Change::Revised,
                (Some(_), None) => Change::Retracted,
            };
            let json = |draft: &observation::Draft| serde_json::to_string(draft);
            ledger.tell(
                (ConceptKind::Observation, key, change),
                before.as_ref().map(json).transpose()?,
                draft.map(json).transpose()?,
            );
        }
        let ended: Vec<i64> = ended.into_iter().map(|row| row.id).collect();
        for chunk in ended.chunks(CHUNK) {
            observation::Entity::update_many()
                .col_expr(observation::Column::SupersededAt, Expr::value(self.now))
                .filter(observation::Column::Id.is_in(chunk.iter().copied()))
                .exec(self.transaction)
                .await?;
        }
        self.insert(rows).await
    }

    fn row(
        &self,
        draft: &observation::Draft,
        ids: &Ids,
    ) -> Result<observation::ActiveModel, Error> {
        let subject = draft
            .subject
            .as_ref()
            .map(|(kind, key)| Ok::<_, Error>((*kind, ids.get((*kind).into(), key)?)))
            .transpose()?;
        Ok(observation::ActiveModel {
            key: Set(draft.key.clone()),
            indicator_id: Set(ids.get(ConceptKind::Indicator, &draft.indicator)?),
            territory_id: Set(ids.optional(ConceptKind::Territory, draft.territory.as_deref())?),
            activity_id: Set(ids.optional(ConceptKind::Activity, draft.activity.as_deref())?),
            subject_kind: Set(subject.map(|(kind, _)| kind)),
            subject_id: Set(subject.map(|(_, id)| id)),
            period: Set(draft.period.clone()),
            period_start: Set(draft.period.as_ref().map(|period| period.start())),
            period_end: Set(draft.period.as_ref().map(|period| period.end())),
            period_basis: Set(draft.period_basis),
            value: Set(draft.value),
            value_max: Set(draft.value_max),
            qualifier: Set(draft.qualifier),
            scope: Set(draft.scope.clone()),
            producer_id: Set(ids.optional(ConceptKind::Organisation, draft.producer.as_deref())?),
            source_id: Set(ids.get(ConceptKind::Source, &draft.source)?),
            note: Set(draft.note.clone()),
            recorded_at: Set(self.now),
            superseded_at: Set(None),
            ..Default::default()
        })
    }
}

/// Whether the row in force already says what the new row says.
fn says(before: &observation::Model, row: &observation::ActiveModel) -> bool {
    let mut same: observation::ActiveModel = before.clone().into();
    same.id = row.id.clone();
    same.recorded_at = row.recorded_at.clone();
    macro_rules! equal {
        ($($field:ident),+) => { $( same.$field.clone().take() == row.$field.clone().take() )&&+ };
    }
    equal!(
        indicator_id,
        territory_id,
        activity_id,
        subject_kind,
        subject_id,
        period,
        period_basis,
        value,
        value_max,
        qualifier,
        scope,
        producer_id,
        source_id,
        note
    )
}
