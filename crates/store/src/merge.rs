//! Two rows that are one thing: what referred to one refers to the other, whose aliases grow by the names of the first.

use entity::{
    AuditAction, ConceptKind, Fact, SubjectKind, observation, organisation, profile, site, version,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    Statement, prelude::Expr,
};

use crate::{
    Concept, Error, Refused, Store,
    audit_entry::{Act, Done},
    fact::{Current, Recorded, current_in},
    load::{Batch, observation_drafts},
    write::Writing,
};

/// How many facts may refer to what is merged.
const REFERRING: usize = 5_000;

/// Which two, by their keys, and how many versions the first has had.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'a> {
    pub duplicate: &'a str,
    pub into: &'a str,
    pub expected: i32,
}

/// Where an organisation is referred to: the concept, and the keys of those that do.
const OF_ORGANISATION: [(ConceptKind, &str); 12] = [
    (
        ConceptKind::Organisation,
        "SELECT key FROM organisations WHERE parent_id = $1",
    ),
    (
        ConceptKind::Membership,
        "SELECT key FROM memberships WHERE $1 IN (organisation_id, federation_id)",
    ),
    (
        ConceptKind::Profile,
        "SELECT key FROM profiles WHERE organisation_id = $1",
    ),
    (
        ConceptKind::Site,
        "SELECT key FROM sites WHERE organisation_id = $1",
    ),
    (
        ConceptKind::Park,
        "SELECT key FROM parks WHERE operator_id = $1",
    ),
    (
        ConceptKind::Project,
        "SELECT key FROM projects WHERE owner_id = $1",
    ),
    (
        ConceptKind::Project,
        "SELECT key FROM projects WHERE id IN (SELECT project_id FROM project_partners WHERE organisation_id = $1)",
    ),
    (
        ConceptKind::Agreement,
        "SELECT key FROM agreements WHERE id IN (SELECT agreement_id FROM agreement_parties WHERE organisation_id = $1)",
    ),
    (
        ConceptKind::Plan,
        "SELECT key FROM plans WHERE owner_id = $1",
    ),
    (
        ConceptKind::TrainingProgramme,
        "SELECT key FROM training_programmes WHERE organisation_id = $1",
    ),
    (
        ConceptKind::Event,
        "SELECT key FROM events WHERE id IN (SELECT event_id FROM event_organisers WHERE organisation_id = $1)",
    ),
    // Those in force; past versions follow afterwards.
    (ConceptKind::Observation, ""),
];

#[derive(FromQueryResult)]
struct Key {
    key: String,
}

/// Makes one organisation another name of another: all that referred to it refers to the other in a version of its own, and it ends.
pub async fn organisations(store: &Store, act: &Act, pair: Pair<'_>) -> Result<Recorded, Error> {
    let concept = ConceptKind::Organisation;
    let writing = Writing::begin(store, act).await?;
    let Some((duplicate, into)) = begin(&writing, concept, pair).await? else {
        return done_before(&writing, concept, pair.into).await;
    };
    let gone: organisation::Draft = serde_json::from_str(&duplicate)?;
    let mut stays: organisation::Draft = serde_json::from_str(&into)?;
    for name in std::iter::once(&gone.name).chain(&gone.aliases) {
        if *name != stays.name && !stays.aliases.contains(name) {
            stays.aliases.push(name.clone());
        }
    }
    let mut batch = Batch::default();
    let (from, to) = (
        id(&writing, pair.duplicate).await?,
        id(&writing, pair.into).await?,
    );
    let mut facts = referring(&writing, from).await?;
    facts.retain(|fact| {
        (fact.concept(), fact.key()) != (concept, pair.into)
            && (fact.concept(), fact.key()) != (concept, pair.duplicate)
    });
    facts.push(Fact::Organisation(stays));
    for mut fact in facts {
        fact.replace_organisation(pair.duplicate, pair.into);
        match fact {
            // Nothing is a member of itself.
            Fact::Membership(draft) if draft.organisation == draft.federation => {
                batch.retract(ConceptKind::Membership, draft.key);
            }
            Fact::Profile(gone) => {
                batch.retract(ConceptKind::Profile, gone.key.clone());
                batch.profiles.push(one_profile(&writing, gone).await?);
            }
            fact => batch.add(fact),
        }
    }
    writing.state(&batch, None).await?;
    past_observations(&writing, from, to).await?;
    finish(writing, concept, pair, duplicate).await
}

/// An organisation has one profile: what only that of the duplicate says, the other says from now on.
async fn one_profile(writing: &Writing<'_>, gone: profile::Draft) -> Result<profile::Draft, Error> {
    let key = profile::key_of(&gone.organisation);
    let current = current_in(&writing.transaction, ConceptKind::Profile, &key).await?;
    let Some(stays) = current.content else {
        return Ok(profile::Draft { key, ..gone });
    };
    let mut stays: profile::Draft = serde_json::from_str(&stays)?;
    fn fill<T>(stays: &mut Vec<T>, gone: Vec<T>) {
        if stays.is_empty() {
            *stays = gone;
        }
    }
    fill(&mut stays.offers, gone.offers);
    fill(&mut stays.sectors, gone.sectors);
    fill(&mut stays.languages, gone.languages);
    fill(&mut stays.certifications, gone.certifications);
    Ok(stays)
}

/// Makes one site the same as another of its organisation: what only the first says, the other says from now on, and the first ends.
pub async fn sites(store: &Store, act: &Act, pair: Pair<'_>) -> Result<Recorded, Error> {
    let concept = ConceptKind::Site;
    let writing = Writing::begin(store, act).await?;
    let Some((duplicate, into)) = begin(&writing, concept, pair).await? else {
        return done_before(&writing, concept, pair.into).await;
    };
    let gone: site::Draft = serde_json::from_str(&duplicate)?;
    let mut stays: site::Draft = serde_json::from_str(&into)?;
    if gone.organisation != stays.organisation {
        let message = format!(
            "{:?} is a site of {} and {:?} one of {}; merge the organisations first",
            gone.key, gone.organisation, stays.key, stays.organisation
        );
        return Err(Refused::Invalid(message).into());
    }
    stays.park = stays.park.or(gone.park);
    stays.activity = stays.activity.or(gone.activity);
    stays.address = stays.address.or(gone.address);
    stays.opened_on = stays.opened_on.or(gone.opened_on);
    stays.headcount_observation = stays.headcount_observation.or(gone.headcount_observation);
    let mut batch = Batch::default();
    batch.add(Fact::Site(stays));
    writing.state(&batch, None).await?;
    finish(writing, concept, pair, duplicate).await
}

/// What both say; nothing when this very request merged them earlier.
async fn begin(
    writing: &Writing<'_>,
    concept: ConceptKind,
    pair: Pair<'_>,
) -> Result<Option<(String, String)>, Error> {
    if !writing.earlier().await?.is_empty() {
        return Ok(None);
    }
    if pair.duplicate == pair.into {
        let message = "a thing is not merged into itself; give two keys";
        return Err(Refused::Invalid(message.to_owned()).into());
    }
    let of = async |key: &str| {
        let Current { version, content } = current_in(&writing.transaction, concept, key).await?;
        let content = content.ok_or_else(|| Refused::NotFound(key.to_owned()))?;
        Ok::<_, Error>((version, content))
    };
    let (found, duplicate) = of(pair.duplicate).await?;
    let (_, into) = of(pair.into).await?;
    if found != pair.expected {
        return Err(Refused::Stale {
            what: "duplicate",
            expected: pair.expected,
            found,
        }
        .into());
    }
    Ok(Some((duplicate, into)))
}

async fn done_before(
    writing: &Writing<'_>,
    concept: ConceptKind,
    into: &str,
) -> Result<Recorded, Error> {
    let current = current_in(&writing.transaction, concept, into).await?;
    Ok(Recorded {
        concept,
        key: into.to_owned(),
        version: current.version,
    })
}

/// Ends the duplicate, under a revision of its own, and says what was done.
async fn finish(
    writing: Writing<'_>,
    concept: ConceptKind,
    pair: Pair<'_>,
    duplicate: String,
) -> Result<Recorded, Error> {
    let mut batch = Batch::default();
    batch.retract(concept, pair.duplicate.to_owned());
    let written = writing.state(&batch, None).await?;
    if concept == ConceptKind::Organisation {
        crate::need::replace_provider(&writing, pair.duplicate, pair.into).await?;
    }
    let after = current_in(&writing.transaction, concept, pair.into).await?;
    let merged = Done {
        concept: Some(concept),
        key: Some(pair.duplicate.to_owned()),
        before: Some(duplicate),
        after: after.content,
        ..Done::default()
    };
    writing.note(vec![(AuditAction::Merge, merged)]).await?;
    writing.commit(Some(written.revision)).await?;
    Ok(Recorded {
        concept,
        key: pair.into.to_owned(),
        version: after.version,
    })
}

async fn id(writing: &Writing<'_>, key: &str) -> Result<i64, Error> {
    let found = organisation::Entity::find()
        .filter(organisation::Column::Key.eq(key))
        .one(&writing.transaction)
        .await?;
    let found = found.ok_or_else(|| Refused::NotFound(key.to_owned()))?;
    Ok(found.id)
}

/// Every fact in force that refers to an organisation.
async fn referring(writing: &Writing<'_>, organisation: i64) -> Result<Vec<Fact>, Error> {
    let transaction = &writing.transaction;
    let mut facts: Vec<Fact> = Vec::new();
    for (concept, sql) in OF_ORGANISATION {
        if concept == ConceptKind::Observation {
            let rows = observation::Entity::find()
                .filter(observation::Entity::visible())
                .filter(mentions(organisation))
                .order_by_asc(observation::Column::Id)
                .all(transaction)
                .await?;
            let drafts = observation_drafts(transaction, rows).await?;
            facts.extend(drafts.into_iter().map(Fact::Observation));
            continue;
        }
        let backend = transaction.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, sql, [organisation.into()]);
        let keys = Key::find_by_statement(statement).all(transaction).await?;
        let keys: Vec<String> = keys.into_iter().map(|key| key.key).collect();
        for keys in keys.chunks(1_000) {
            let versions = version::Entity::find()
                .filter(version::Column::Concept.eq(concept))
                .filter(version::Column::Key.is_in(keys))
                .filter(version::Column::SupersededAt.is_null())
                .all(transaction)
                .await?;
            for version in versions {
                let known =
                    |fact: &Fact| (fact.concept(), fact.key()) == (concept, version.key.as_str());
                if !facts.iter().any(known) {
                    facts.extend(Fact::from_json(concept, &version.content)?);
                }
            }
        }
    }
    if facts.len() > REFERRING {
        let message = format!(
            "{} facts refer to it; at most {REFERRING} are moved at once",
            facts.len()
        );
        return Err(Refused::Invalid(message).into());
    }
    Ok(facts)
}

/// Observations that an organisation measured, or that are about it.
fn mentions(organisation: i64) -> Condition {
    let about = Condition::all()
        .add(observation::Column::SubjectKind.eq(SubjectKind::Organisation))
        .add(observation::Column::SubjectId.eq(organisation));
    Condition::any()
        .add(observation::Column::ProducerId.eq(organisation))
        .add(about)
}

/// Past versions say what they said, of the organisation that it was found to be.
async fn past_observations(writing: &Writing<'_>, from: i64, to: i64) -> Result<(), Error> {
    use observation::{Column, Entity};
    Entity::update_many()
        .col_expr(Column::ProducerId, Expr::value(to))
        .filter(Column::ProducerId.eq(from))
        .exec(&writing.transaction)
        .await?;
    Entity::update_many()
        .col_expr(Column::SubjectId, Expr::value(to))
        .filter(Column::SubjectKind.eq(SubjectKind::Organisation))
        .filter(Column::SubjectId.eq(from))
        .exec(&writing.transaction)
        .await?;
    Ok(())
}
