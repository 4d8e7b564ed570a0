//! How each draft becomes a row: its references looked up, its names and its children listed.

use entity::{ConceptKind as Kind, NameRole, milestone::Part};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde::Serialize;

use super::{apply::Run, reference::Ids};
use crate::{Concept, Error};

/// A draft that one table keeps.
pub trait Stated: Serialize + Sync {
    type Entity: Concept<ActiveModel = Self::Row>;
    type Row: ActiveModelTrait<Entity = Self::Entity> + Send;

    fn key(&self) -> &str;

    /// The key of the row of the same table that must be there first.
    fn parent(&self) -> Option<&str> {
        None
    }

    fn row(&self, ids: &Ids) -> Result<Self::Row, Error>;

    /// Every name it is found by; the first is the one shown.
    fn names(&self) -> Vec<(NameRole, &str)> {
        Vec::new()
    }

    /// Writes what hangs on the row; `id` is the row's, and what hung on it before is replaced or superseded.
    fn children(
        &self,
        _id: i64,
        _ids: &Ids,
        _run: &Run<'_>,
    ) -> impl Future<Output = Result<(), Error>> + Send {
        async { Ok(()) }
    }
}

fn named<'a>(names: &[&'a str], aliases: &'a [String]) -> Vec<(NameRole, &'a str)> {
    let names = names.iter().map(|name| (NameRole::Name, *name));
    names
        .chain(
            aliases
                .iter()
                .map(|alias| (NameRole::Alias, alias.as_str())),
        )
        .collect()
}

macro_rules! stated {
    ($module:ident, $draft:ident, $ids:ident, { $($field:ident: $value:expr),+ $(,)? } $($rest:tt)*) => {
        impl Stated for entity::$module::Draft {
            type Entity = entity::$module::Entity;
            type Row = entity::$module::ActiveModel;

            fn key(&self) -> &str {
                &self.key
            }

            fn row(&self, $ids: &Ids) -> Result<Self::Row, Error> {
                let $draft = self;
                let _ = $ids;
                Ok(entity::$module::ActiveModel { key: Set(self.key.clone()), $($field: Set($value),)+ ..Default::default() })
            }

            $($rest)*
        }
    };
}

stated!(source, draft, ids, {
    kind: draft.kind, publisher: draft.publisher.clone(), title: draft.title.clone(), url: draft.url.clone(),
    published_on: draft.published_on.clone(), retrieved_from: draft.retrieved_from.clone(), notes: draft.notes.clone(), licence: draft.licence.clone(),
});

stated!(unit, draft, ids, {
    name_fr: draft.name_fr.clone(), name_en: draft.name_en.clone(), name_ar: draft.name_ar.clone(), symbol: draft.symbol.clone(),
});

stated!(territory, draft, ids, {
    level: draft.level, parent_id: ids.optional(Kind::Territory, draft.parent.as_deref())?, name_fr: draft.name_fr.clone(),
    name_ar: draft.name_ar.clone(), name_en: draft.name_en.clone(), slug: draft.slug.clone(), kind: draft.kind.clone(),
    iso_3166_2: draft.iso_3166_2.clone(), source_id: ids.get(Kind::Source, &draft.source)?,
}
    fn parent(&self) -> Option<&str> {
        self.parent.as_deref()
    }

    fn names(&self) -> Vec<(NameRole, &str)> {
        named(&[&self.name_fr, &self.name_ar, &self.name_en], &self.aliases)
    }
);

stated!(coordinates, draft, ids, {
    territory_id: ids.get(Kind::Territory, &draft.key)?, place: draft.place.clone(), latitude: draft.latitude, longitude: draft.longitude,
    geonames_id: draft.geonames_id, source_id: ids.get(Kind::Source, &draft.source)?,
});

stated!(activity, draft, ids, {
    parent_id: ids.optional(Kind::Activity, draft.parent.as_deref())?, name_fr: draft.name_fr.clone(), name_en: draft.name_en.clone(),
    name_ar: draft.name_ar.clone(), definition_fr: draft.definition_fr.clone(), isic: draft.isic.clone(), source_id: ids.get(Kind::Source, &draft.source)?,
}
    fn parent(&self) -> Option<&str> {
        self.parent.as_deref()
    }

    fn names(&self) -> Vec<(NameRole, &str)> {
        named(&[&self.name_fr, &self.name_ar, &self.name_en], std::slice::from_ref(&self.key))
    }
);

stated!(indicator, draft, ids, {
    name_fr: draft.name_fr.clone(), name_en: draft.name_en.clone(), name_ar: draft.name_ar.clone(), unit_id: ids.get(Kind::Unit, &draft.unit)?,
    measure: draft.measure, definition_fr: draft.definition_fr.clone(), higher_is_better: draft.higher_is_better,
}
    fn names(&self) -> Vec<(NameRole, &str)> {
        named(&[&self.name_fr, &self.name_en], self.name_ar.as_slice())
    }
);

stated!(organisation, draft, ids, {
    name: draft.name.clone(), kind: draft.kind, parent_id: ids.optional(Kind::Organisation, draft.parent.as_deref())?,
    country_of_origin: draft.country_of_origin.clone(), website: draft.website.clone(), summary_fr: draft.summary_fr.clone(),
    summary_en: draft.summary_en.clone(), source_id: ids.get(Kind::Source, &draft.source)?,
}
    fn parent(&self) -> Option<&str> {
        self.parent.as_deref()
    }

    fn names(&self) -> Vec<(NameRole, &str)> {
        named(&[&self.name], &self.aliases)
    }
);

stated!(park, draft, ids, {
    name: draft.name.clone(), territory_id: ids.get(Kind::Territory, &draft.territory)?, operator_id: ids.optional(Kind::Organisation, draft.operator.as_deref())?,
    opened_on: draft.opened_on.clone(), note: draft.note.clone(), source_id: ids.get(Kind::Source, &draft.source)?,
}
    fn names(&self) -> Vec<(NameRole, &str)> {
        named(&[&self.name], &self.aliases)
    }
);

stated!(site, draft, ids, {
    organisation_id: ids.get(Kind::Organisation, &draft.organisation)?, territory_id: ids.get(Kind::Territory, &draft.territory)?,
    park_id: ids.optional(Kind::Park, draft.park.as_deref())?, activity_id: ids.optional(Kind::Activity, draft.activity.as_deref())?,
    address: draft.address.clone(), opened_on: draft.opened_on.clone(), headcount_observation: draft.headcount_observation.clone(),
    source_id: ids.get(Kind::Source, &draft.source)?,
});

stated!(project, draft, ids, {
    name_fr: draft.name_fr.clone(), name_en: draft.name_en.clone(), territory_id: ids.get(Kind::Territory, &draft.territory)?,
    owner_id: ids.optional(Kind::Organisation, draft.owner.as_deref())?, sector: draft.sector.clone(), started_on: draft.started_on.clone(),
    summary_fr: draft.summary_fr.clone(), summary_en: draft.summary_en.clone(), budget_observation: draft.budget_observation.clone(),
    source_id: ids.get(Kind::Source, &draft.source)?,
}
    fn names(&self) -> Vec<(NameRole, &str)> {
        named(&[&self.name_fr, &self.name_en], &[])
    }

    async fn children(&self, id: i64, ids: &Ids, run: &Run<'_>) -> Result<(), Error> {
        use entity::project::{partner, status};
        let partners = organisations(&self.partners, ids)?.map(|(position, organisation_id)| partner::ActiveModel {
            project_id: Set(id), organisation_id: Set(organisation_id), position: Set(position), ..Default::default()
        });
        run.replace(partner::Column::ProjectId, id, partners).await?;
        let status = status::ActiveModel {
            project_id: Set(id), status: Set(self.status), as_of: Set(self.status_as_of.clone()),
            source_id: Set(ids.get(Kind::Source, &self.source)?), recorded_at: Set(run.now), ..Default::default()
        };
        let same = |row: &status::Model| row.status == self.status && row.as_of == self.status_as_of;
        run.supersede(status::Column::ProjectId, id, status::Column::SupersededAt, vec![(status, Box::new(same))]).await
    }
);

stated!(agreement, draft, ids, {
    kind: draft.kind, title_fr: draft.title_fr.clone(), title_en: draft.title_en.clone(), signed_on: draft.signed_on.clone(),
    source_id: ids.get(Kind::Source, &draft.source)?,
}
    fn names(&self) -> Vec<(NameRole, &str)> {
        named(&[&self.title_fr, &self.title_en], &[])
    }

    async fn children(&self, id: i64, ids: &Ids, run: &Run<'_>) -> Result<(), Error> {
        use entity::agreement::{axis, party};
        let parties = organisations(&self.parties, ids)?.map(|(position, organisation_id)| party::ActiveModel {
            agreement_id: Set(id), organisation_id: Set(organisation_id), position: Set(position), ..Default::default()
        });
        run.replace(party::Column::AgreementId, id, parties).await?;
        let mut axes: Vec<(axis::ActiveModel, Same<'_, axis::Model>)> = Vec::new();
        for draft in &self.axes {
            let row = axis::ActiveModel {
                agreement_id: Set(id), ordinal: Set(draft.ordinal), title_fr: Set(draft.title_fr.clone()), title_en: Set(draft.title_en.clone()),
                description_fr: Set(draft.description_fr.clone()), source_id: Set(ids.get(Kind::Source, &draft.source)?),
                recorded_at: Set(run.now), ..Default::default()
            };
            axes.push((row, Box::new(move |row: &axis::Model| {
                (row.ordinal, &row.title_fr, &row.title_en, &row.description_fr) == (draft.ordinal, &draft.title_fr, &draft.title_en, &draft.description_fr)
            })));
        }
        run.supersede(axis::Column::AgreementId, id, axis::Column::SupersededAt, axes).await
    }
);

stated!(plan, draft, ids, {
    title_fr: draft.title_fr.clone(), title_en: draft.title_en.clone(), territory_id: ids.get(Kind::Territory, &draft.territory)?,
    period: draft.period.clone(), owner_id: ids.optional(Kind::Organisation, draft.owner.as_deref())?, source_id: ids.get(Kind::Source, &draft.source)?,
}
    fn names(&self) -> Vec<(NameRole, &str)> {
        named(&[&self.title_fr, &self.title_en], &[])
    }

    async fn children(&self, id: i64, ids: &Ids, run: &Run<'_>) -> Result<(), Error> {
        use entity::plan::objective;
        let mut objectives = Vec::new();
        for draft in &self.objectives {
            objectives.push(objective::ActiveModel {
                key: Set(format!("{}.{}", self.key, draft.ordinal)), plan_id: Set(id), ordinal: Set(draft.ordinal),
                title_fr: Set(draft.title_fr.clone()), title_en: Set(draft.title_en.clone()), horizon: Set(draft.horizon.clone()),
                observation: Set(draft.observation.clone()), source_id: Set(ids.get(Kind::Source, &draft.source)?), ..Default::default()
            });
        }
        run.replace(objective::Column::PlanId, id, objectives.into_iter()).await
    }
);

stated!(incentive, draft, ids, {
    territory_id: ids.get(Kind::Territory, &draft.territory)?, kind: draft.kind, title_fr: draft.title_fr.clone(), title_en: draft.title_en.clone(),
    amount: draft.amount, unit_id: ids.optional(Kind::Unit, draft.unit.as_deref())?, conditions_fr: draft.conditions_fr.clone(),
    valid_from: draft.valid_from.clone(), valid_to: draft.valid_to.clone(), source_id: ids.get(Kind::Source, &draft.source)?,
}
    fn names(&self) -> Vec<(NameRole, &str)> {
        named(&[&self.title_fr, &self.title_en], &[])
    }
);

stated!(training_programme, draft, ids, {
    organisation_id: ids.get(Kind::Organisation, &draft.organisation)?, territory_id: ids.get(Kind::Territory, &draft.territory)?,
    programme: draft.programme.clone(), measure: draft.measure, observation: draft.observation.clone(), source_id: ids.get(Kind::Source, &draft.source)?,
}
    fn names(&self) -> Vec<(NameRole, &str)> {
        self.programme.iter().map(|name| (NameRole::Name, name.as_str())).collect()
    }
);

stated!(event, draft, ids, {
    name_fr: draft.name_fr.clone(), held_on: draft.held_on.clone(), territory_id: ids.get(Kind::Territory, &draft.territory)?,
    source_id: ids.get(Kind::Source, &draft.source)?,
}
    fn names(&self) -> Vec<(NameRole, &str)> {
        named(&[&self.name_fr], &[])
    }

    async fn children(&self, id: i64, ids: &Ids, run: &Run<'_>) -> Result<(), Error> {
        use entity::event::organiser;
        let organisers = organisations(&self.organisers, ids)?.map(|(position, organisation_id)| organiser::ActiveModel {
            event_id: Set(id), organisation_id: Set(organisation_id), position: Set(position), ..Default::default()
        });
        run.replace(organiser::Column::EventId, id, organisers).await
    }
);

stated!(membership, draft, ids, {
    organisation_id: ids.get(Kind::Organisation, &draft.organisation)?, federation_id: ids.get(Kind::Organisation, &draft.federation)?,
    since: draft.since.clone(), until: draft.until.clone(), source_id: ids.get(Kind::Source, &draft.source)?,
});

stated!(profile, draft, ids, {
    organisation_id: ids.get(Kind::Organisation, &draft.organisation)?, source_id: ids.get(Kind::Source, &draft.source)?,
}
    async fn children(&self, id: i64, _: &Ids, run: &Run<'_>) -> Result<(), Error> {
        use entity::profile::{certification, language, offer, sector};
        let offers = (1..).zip(&self.offers).map(|(position, capability)| offer::ActiveModel {
            profile_id: Set(id), capability: Set(*capability), position: Set(position), ..Default::default()
        });
        run.replace(offer::Column::ProfileId, id, offers).await?;
        let sectors = (1..).zip(&self.sectors).map(|(position, sector)| sector::ActiveModel {
            profile_id: Set(id), sector: Set(*sector), position: Set(position), ..Default::default()
        });
        run.replace(sector::Column::ProfileId, id, sectors).await?;
        let languages = (1..).zip(&self.languages).map(|(position, language)| language::ActiveModel {
            profile_id: Set(id), language: Set(language.clone()), position: Set(position), ..Default::default()
        });
        run.replace(language::Column::ProfileId, id, languages).await?;
        let certifications = (1..).zip(&self.certifications).map(|(position, certification)| certification::ActiveModel {
            profile_id: Set(id), certification: Set(certification.clone()), position: Set(position), ..Default::default()
        });
        run.replace(certification::Column::ProfileId, id, certifications).await
    }
);

stated!(milestone, draft, ids, {
    agreement_id: match &draft.part {
        Some(Part::Axis { agreement, .. }) => Some(ids.get(Kind::Agreement, agreement)?),
        _ => None,
    },
    plan_id: match &draft.part {
        Some(Part::Objective { plan, .. }) => Some(ids.get(Kind::Plan, plan)?),
        _ => None,
    },
    part: draft.part.as_ref().map(Part::ordinal),
    project_id: ids.optional(Kind::Project, draft.project.as_deref())?, position: draft.position, title_fr: draft.title_fr.clone(),
    title_en: draft.title_en.clone(), source_id: ids.get(Kind::Source, &draft.source)?,
}
    async fn children(&self, id: i64, ids: &Ids, run: &Run<'_>) -> Result<(), Error> {
        use entity::milestone::status;
        let row = status::ActiveModel {
            milestone_id: Set(id), status: Set(self.status), as_of: Set(self.as_of.clone()), evidence: Set(self.evidence.clone()),
            source_id: Set(ids.get(Kind::Source, &self.source)?), recorded_at: Set(run.now), ..Default::default()
        };
        let source = ids.get(Kind::Source, &self.source)?;
        let same = move |row: &status::Model| {
            (row.status, &row.as_of, &row.evidence, row.source_id) == (self.status, &self.as_of, &self.evidence, source)
        };
        run.supersede(status::Column::MilestoneId, id, status::Column::SupersededAt, vec![(row, Box::new(same))]).await
    }
);

/// Whether a row in force says what a draft says.
pub type Same<'a, M> = Box<dyn Fn(&M) -> bool + Send + Sync + 'a>;

fn organisations(
    keys: &[String],
    ids: &Ids,
) -> Result<impl Iterator<Item = (i32, i64)> + Send + use<>, Error> {
    let found: Vec<i64> = keys
        .iter()
        .map(|key| ids.get(Kind::Organisation, key))
        .collect::<Result<_, _>>()?;
    Ok((1..).zip(found))
}
