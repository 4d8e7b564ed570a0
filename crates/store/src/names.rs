//! Names in every script: the whole list for the lexicon, and the search over it.

use std::collections::{HashMap, HashSet};

use entity::{ConceptKind, Level, NameRole, name, territory};
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{CaseStatement, Expr, Func},
};

use crate::{Concept, Error, Store, filter};

/// One name of one thing, with what is needed to tell namesakes apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    pub concept: ConceptKind,
    pub key: String,
    pub role: NameRole,
    pub text: String,
    /// Territories only.
    pub level: Option<Level>,
    /// Key of the territory above, or of the one that a park, a project or a plan is in.
    pub parent: Option<String>,
}

/// Every name of every concept.
pub async fn all(store: &Store) -> Result<Vec<Name>, Error> {
    let mut places = HashMap::new();
    for row in territory::Entity::find().all(&store.db).await? {
        places.insert(row.id, row);
    }
    let mut keys: HashMap<ConceptKind, HashMap<i64, String>> = HashMap::new();
    macro_rules! read_keys {
        ($($module:ident),+) => {$(
            keys.insert(<entity::$module::Entity as Concept>::KIND, keys_by_id::<entity::$module::Entity>(store).await?);
        )+};
    }
    read_keys!(
        activity,
        indicator,
        organisation,
        park,
        project,
        agreement,
        plan,
        incentive,
        training_programme,
        event
    );
    let mut homes: HashMap<(ConceptKind, i64), i64> = HashMap::new();
    macro_rules! read_homes {
        ($($module:ident),+) => {$(
            for row in entity::$module::Entity::find().all(&store.db).await? {
                homes.insert((<entity::$module::Entity as Concept>::KIND, row.id), row.territory_id);
            }
        )+};
    }
    read_homes!(park, project, plan);
    let mut names = Vec::new();
    for row in name::Entity::find()
        .order_by_asc(name::Column::Id)
        .all(&store.db)
        .await?
    {
        let place = (row.concept == ConceptKind::Territory)
            .then(|| places.get(&row.concept_id))
            .flatten();
        let key = place
            .map(|place| &place.key)
            .or_else(|| keys.get(&row.concept)?.get(&row.concept_id));
        let Some(key) = key.cloned() else { continue };
        let parent = match place {
            Some(place) => place.parent_id,
            None => homes.get(&(row.concept, row.concept_id)).copied(),
        };
        let parent = parent
            .and_then(|id| places.get(&id))
            .map(|parent| parent.key.clone());
        names.push(Name {
            concept: row.concept,
            key,
            role: row.role,
            text: row.text,
            level: place.map(|place| place.level),
            parent,
        });
    }
    Ok(names)
}

async fn keys_by_id<E: Concept>(store: &Store) -> Result<HashMap<i64, String>, Error> {
    let key = E::key().expect("only concepts with keys have names");
    let rows = E::find()
        .select_only()
        .column(E::ID)
        .column(key)
        .into_tuple::<(i64, String)>()
        .all(&store.db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// A thing found by one of its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub concept: ConceptKind,
    pub id: i64,
    /// The name or alias that matched.
    pub matched: String,
}

#[derive(FromQueryResult)]
struct Row {
    concept: ConceptKind,
    concept_id: i64,
    text: String,
}

/// Things that have a name containing `text`, whole names first, then beginnings, then the shortest.
pub async fn search(
    store: &Store,
    text: &str,
    kinds: Option<&[ConceptKind]>,
    limit: u64,
) -> Result<Vec<Hit>, Error> {
    let folded = language::fold(text);
    if folded.is_empty() {
        return Ok(Vec::new());
    }
    let rank: Expr = CaseStatement::new()
        .case(name::Column::Folded.eq(folded.clone()), 0)
        .case(
            filter::folded(
                Expr::col(name::Column::Folded),
                &filter::TextTest::StartsWith(text.to_owned()),
            ),
            1,
        )
        .finally(2)
        .into();
    let mut select = name::Entity::find()
        .select_only()
        .columns([
            name::Column::Concept,
            name::Column::ConceptId,
            name::Column::Text,
        ])
        .filter(filter::folded(
            Expr::col(name::Column::Folded),
            &filter::TextTest::Contains(text.to_owned()),
        ))
        .order_by_asc(rank)
        .order_by_asc(Expr::expr(Func::char_length(Expr::col(
            name::Column::Folded,
        ))))
        .order_by_asc(name::Column::Id);
    if let Some(kinds) = kinds {
        select = select.filter(name::Column::Concept.is_in(kinds.iter().copied()));
    }
    // One thing may match by several names: read enough rows that the limit is met by different things.
    let rows = select
        .limit(limit.saturating_mul(8))
        .into_model::<Row>()
        .all(&store.db)
        .await?;
    let mut seen = HashSet::new();
    let hits = rows
        .into_iter()
        .filter(|row| seen.insert((row.concept, row.concept_id)));
    Ok(hits
        .take(limit as usize)
        .map(|row| Hit {
            concept: row.concept,
            id: row.concept_id,
            matched: row.text,
        })
        .collect())
}
