//! Rows by their ids and keys, many at a time.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{
    ConceptKind, NameRole, agreement::axis, milestone, name, observation, plan::objective,
    project::status,
};
use sea_orm::{
    ColumnTrait, EntityTrait, IntoSimpleExpr, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Alias, Expr, ExprTrait, Order, Query},
};

use crate::{Concept, Error, Store, concept::in_force};

/// That a value is one of these ids, in a text that does not depend on how many they are.
pub(crate) fn among(store: &Store, value: Expr, ids: &[i64]) -> Expr {
    let list = format!("{ids:?}");
    let found = if store.is_postgres() {
        "$1 IN (SELECT CAST(value AS BIGINT) FROM JSON_ARRAY_ELEMENTS_TEXT(CAST($2 AS JSON)))"
    } else {
        "? IN (SELECT value FROM JSON_EACH(?))"
    };
    Expr::cust_with_exprs(found, [value, Expr::val(list)])
}

/// The rows with these ids.
pub async fn by_ids<E: Concept>(
    store: &Store,
    ids: &[i64],
) -> Result<HashMap<i64, E::Model>, Error> {
    let rows = E::find()
        .filter(E::visible())
        .filter(among(store, E::ID.into_simple_expr(), ids))
        .all(&store.db)
        .await?;
    Ok(rows.into_iter().map(|row| (E::id_of(&row), row)).collect())
}

/// The rows with these keys.
pub async fn by_keys<E: Concept>(
    store: &Store,
    keys: &[String],
) -> Result<HashMap<String, E::Model>, Error> {
    let Some(column) = E::key() else {
        return Ok(HashMap::new());
    };
    let rows = E::find()
        .filter(E::visible())
        .filter(column.is_in(keys))
        .all(&store.db)
        .await?;
    let key = |row: &E::Model| match sea_orm::ModelTrait::get(row, column) {
        sea_orm::Value::String(Some(key)) => key,
        other => unreachable!("every key is a text, not {other:?}"),
    };
    Ok(rows.into_iter().map(|row| (key(&row), row)).collect())
}

macro_rules! linked {
    ($(#[$doc:meta])* $name:ident, $($module:ident)::+, $parent:ident) => {
        $(#[$doc])*
        pub async fn $name(store: &Store, parents: &[i64]) -> Result<HashMap<i64, Vec<i64>>, Error> {
            use entity::$($module)::+::{Column, Entity};
            let rows = Entity::find()
                .select_only()
                .columns([Column::$parent, Column::OrganisationId])
                .filter(among(store, Column::$parent.into_simple_expr(), parents))
                .order_by_asc(Column::Position)
                .into_tuple::<(i64, i64)>()
                .all(&store.db)
                .await?;
            Ok(grouped(rows))
        }
    };
}

linked!(
    /// Organisations that take part in projects, in their order.
    project_partners, project::partner, ProjectId
);
linked!(
    /// Organisations that signed agreements, in their order.
    agreement_parties, agreement::party, AgreementId
);
linked!(
    /// Organisations that held events, in their order.
    event_organisers, event::organiser, EventId
);

fn grouped<T>(rows: Vec<(i64, T)>) -> HashMap<i64, Vec<T>> {
    rows.into_iter()
        .fold(HashMap::new(), |mut groups, (parent, value)| {
            groups.entry(parent).or_insert_with(Vec::new).push(value);
            groups
        })
}

/// Other names in use, in the order stated.
pub async fn aliases(
    store: &Store,
    concept: ConceptKind,
    ids: &[i64],
) -> Result<HashMap<i64, Vec<String>>, Error> {
    let rows = name::Entity::find()
        .select_only()
        .columns([name::Column::ConceptId])
        .column(name::Column::Text)
        .filter(name::Column::Concept.eq(concept))
        .filter(name::Column::Role.eq(NameRole::Alias))
        .filter(among(
            store,
            name::Column::ConceptId.into_simple_expr(),
            ids,
        ))
        .order_by_asc(name::Column::Id)
        .into_tuple::<(i64, String)>()
        .all(&store.db)
        .await?;
    Ok(grouped(rows))
}

macro_rules! listed {
    ($($(#[$doc:meta])* $name:ident, $module:ident, $column:ident;)+) => {$(
        $(#[$doc])*
        pub async fn $name(store: &Store, profiles: &[i64]) -> Result<HashMap<i64, Vec<String>>, Error> {
            use entity::profile::$module::{Column, Entity};
            let rows = Entity::find()
                .select_only()
                .columns([Column::ProfileId, Column::$column])
                .filter(among(store, Column::ProfileId.into_simple_expr(), profiles))
                .order_by_asc(Column::Position)
                .into_tuple::<(i64, String)>()
                .all(&store.db)
                .await?;
            Ok(grouped(rows))
        }
    )+};
}

listed! {
    /// What profiles say is offered, as tables write it, in its order.
    profile_offers, offer, Capability;
    /// The sectors that profiles say are served, as tables write them, in their order.
    profile_sectors, sector, Sector;
    /// The languages of profiles, in their order.
    profile_languages, language, Language;
    /// The certifications of profiles, in their order.
    profile_certifications, certification, Certification;
}

/// The statuses of milestones in force now, or at an instant.
pub async fn milestone_statuses(
    store: &Store,
    ids: &[i64],
    recorded_at: Option<DateTime<Utc>>,
) -> Result<HashMap<i64, milestone::status::Model>, Error> {
    use milestone::status::{Column, Entity};
    let rows = Entity::find()
        .filter(in_force(
            Column::RecordedAt,
            Column::SupersededAt,
            recorded_at,
        ))
        .filter(among(store, Column::MilestoneId.into_simple_expr(), ids))
        .all(&store.db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.milestone_id, row))
        .collect())
}

/// The statuses of projects in force now, or at an instant.
pub async fn project_statuses(
    store: &Store,
    ids: &[i64],
    recorded_at: Option<DateTime<Utc>>,
) -> Result<HashMap<i64, status::Model>, Error> {
    let rows = status::Entity::find()
        .filter(in_force(
            status::Column::RecordedAt,
            status::Column::SupersededAt,
            recorded_at,
        ))
        .filter(among(
            store,
            status::Column::ProjectId.into_simple_expr(),
            ids,
        ))
        .all(&store.db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.project_id, row)).collect())
}

/// The axes of agreements in force now, or at an instant, in their order.
pub async fn agreement_axes(
    store: &Store,
    ids: &[i64],
    recorded_at: Option<DateTime<Utc>>,
) -> Result<HashMap<i64, Vec<axis::Model>>, Error> {
    let rows = axis::Entity::find()
        .filter(axis::Entity::visible_at(recorded_at))
        .filter(among(
            store,
            axis::Column::AgreementId.into_simple_expr(),
            ids,
        ))
        .order_by_asc(axis::Column::Ordinal)
        .all(&store.db)
        .await?;
    Ok(grouped(
        rows.into_iter()
            .map(|row| (row.agreement_id, row))
            .collect(),
    ))
}

/// The version of an observation that was recorded at an instant.
pub async fn observation_version(
    store: &Store,
    key: &str,
    recorded_at: DateTime<Utc>,
) -> Result<Option<observation::Model>, Error> {
    Ok(observation::Entity::find()
        .filter(observation::Column::Key.eq(key))
        .filter(observation::Column::RecordedAt.eq(recorded_at))
        .one(&store.db)
        .await?)
}

/// The objectives of plans, in their order.
pub async fn plan_objectives(
    store: &Store,
    ids: &[i64],
) -> Result<HashMap<i64, Vec<objective::Model>>, Error> {
    let rows = objective::Entity::find()
        .filter(among(
            store,
            objective::Column::PlanId.into_simple_expr(),
            ids,
        ))
        .order_by_asc(objective::Column::Ordinal)
        .all(&store.db)
        .await?;
    Ok(grouped(
        rows.into_iter().map(|row| (row.plan_id, row)).collect(),
    ))
}

/// The ids above a place, nearest first, for many places.
pub async fn ancestors(store: &Store, ids: &[i64]) -> Result<HashMap<i64, Vec<i64>>, Error> {
    let statement = Query::select()
        .columns([Alias::new("territory_id"), Alias::new("ancestor_id")])
        .from(Alias::new("territory_ancestors"))
        .and_where(among(store, Expr::col(Alias::new("territory_id")), ids))
        .and_where(Expr::col(Alias::new("distance")).gt(0))
        .order_by(Alias::new("distance"), Order::Asc)
        .to_owned();
    let mut grouped: HashMap<i64, Vec<i64>> = HashMap::new();
    use sea_orm::ConnectionTrait;
    for row in store
        .db
        .query_all_raw(store.db.get_database_backend().build(&statement))
        .await?
    {
        grouped
            .entry(row.try_get("", "territory_id")?)
            .or_default()
            .push(row.try_get("", "ancestor_id")?);
    }
    Ok(grouped)
}
