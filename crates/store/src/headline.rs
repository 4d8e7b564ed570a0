//! Which of the published figures leads, by the rules of the answer contract, and what stands beside it.
//!
//! Targets never compete. The asked period, else the latest dated one (for flows the latest whole year); undated only when nothing is
//! dated; a stated period beats an inferred one of the same producer. Within one period: a known producer first, then dataset and
//! official, report, company, press; then the latest publication; then the source key.

mod choose;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{
    Level, Measure, Qualifier, ReferencePeriod, SourceKind, SubjectKind, activity, indicator,
    observation, source, territory,
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};

use crate::{Concept, Error, Store, row};

/// What a headline is asked for. Without a subject only figures about the whole territory are candidates.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Request {
    pub indicator: i64,
    /// Empty: the world or, about a subject, the widest territory there is a figure for.
    pub territory: Option<i64>,
    /// Empty: the widest activity there is a figure for.
    pub activity: Option<i64>,
    pub subject: Option<(SubjectKind, i64)>,
    /// Empty: the latest.
    pub period: Option<ReferencePeriod>,
    pub scope: Option<String>,
    /// As the database stood then; as it stands now when empty.
    pub recorded_at: Option<DateTime<Utc>>,
}

/// The rule that decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    OnlyFigure,
    AskedPeriod,
    LatestPeriod,
    CompleteYear,
    StatedPeriod,
    KnownProducer,
    SourceKind,
    LatestPublication,
    SourceKey,
}

/// The figure that leads and its company. Without any achieved value only `targets` is filled; where the asked period is not
/// stored, `series` still says which are.
#[derive(Clone, Debug, Default)]
pub struct Headline {
    pub observation: Option<observation::Model>,
    pub rule: Option<Rule>,
    /// The same thing at the same period, another value.
    pub conflicts: Vec<observation::Model>,
    /// The same value again, printed elsewhere.
    pub reprints: Vec<observation::Model>,
    /// One figure for each period and scope, oldest first.
    pub series: Vec<observation::Model>,
    /// For flows: a part of a year later than the headline's.
    pub part_year: Option<observation::Model>,
    pub targets: Vec<observation::Model>,
}

/// A figure with what the rules look at.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    row: observation::Model,
    source_kind: SourceKind,
    published_on: Option<String>,
    source_key: String,
    /// How far its territory and its activity are from the root.
    level: Option<Level>,
    activity_depth: usize,
}

impl Candidate {
    fn is_target(&self) -> bool {
        self.row.qualifier == Qualifier::Target
    }
}

/// The headlines of many requests: a fixed number of statements for each instant they ask about, however many requests.
pub async fn headlines(
    store: &Store,
    requests: &[Request],
) -> Result<HashMap<Request, Headline>, Error> {
    let mut instants: HashMap<_, Vec<Request>> = HashMap::new();
    for request in requests {
        let same = instants.entry(request.recorded_at).or_default();
        same.push(request.clone());
    }
    let mut headlines = HashMap::new();
    for (instant, requests) in instants {
        headlines.extend(of_instant(store, &requests, instant).await?);
    }
    Ok(headlines)
}

async fn of_instant(
    store: &Store,
    requests: &[Request],
    instant: Option<DateTime<Utc>>,
) -> Result<HashMap<Request, Headline>, Error> {
    let rows = observation::Entity::find()
        .filter(observation::Entity::visible_at(instant))
        .filter(candidates(requests))
        .order_by_asc(observation::Column::Id)
        .all(&store.db)
        .await?;
    let unique = |ids: &mut Vec<i64>| {
        ids.sort_unstable();
        ids.dedup();
    };
    let mut source_ids: Vec<i64> = rows.iter().map(|row| row.source_id).collect();
    unique(&mut source_ids);
    let sources = row::by_ids::<source::Entity>(store, &source_ids).await?;
    let mut indicator_ids: Vec<i64> = requests.iter().map(|request| request.indicator).collect();
    unique(&mut indicator_ids);
    let indicators = row::by_ids::<indicator::Entity>(store, &indicator_ids).await?;
    let activities: HashMap<i64, Option<i64>> = activity::Entity::find()
        .all(&store.db)
        .await?
        .into_iter()
        .map(|row| (row.id, row.parent_id))
        .collect();
    let mut territory_ids: Vec<i64> = rows.iter().filter_map(|row| row.territory_id).collect();
    unique(&mut territory_ids);
    let territories = row::by_ids::<territory::Entity>(store, &territory_ids).await?;

    let mut by_indicator: HashMap<i64, Vec<Candidate>> = HashMap::new();
    for row in rows {
        let Some(source) = sources.get(&row.source_id) else {
            continue;
        };
        by_indicator
            .entry(row.indicator_id)
            .or_default()
            .push(Candidate {
                source_kind: source.kind,
                published_on: source
                    .published_on
                    .as_ref()
                    .map(|date| date.as_str().to_owned()),
                source_key: source.key.clone(),
                level: row
                    .territory_id
                    .and_then(|id| territories.get(&id))
                    .map(|territory| territory.level),
                activity_depth: std::iter::successors(row.activity_id, |id| {
                    activities.get(id).copied().flatten()
                })
                .take(activities.len() + 1)
                .count(),
                row,
            });
    }
    let headline = |request: &Request| {
        let candidates = by_indicator
            .get(&request.indicator)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let measure = indicators
            .get(&request.indicator)
            .map_or(Measure::Stock, |indicator| indicator.measure);
        choose::headline(candidates, request, measure)
    };
    Ok(requests
        .iter()
        .map(|request| (request.clone(), headline(request)))
        .collect())
}

/// Every row any of the requests may look at.
fn candidates(requests: &[Request]) -> Condition {
    use observation::Column;
    let mut groups: HashMap<Option<SubjectKind>, (Vec<i64>, Vec<i64>, bool)> = HashMap::new();
    for request in requests {
        let (indicators, places, world) = groups
            .entry(request.subject.map(|(kind, _)| kind))
            .or_default();
        indicators.push(request.indicator);
        match request.subject.map(|(_, id)| id).or(request.territory) {
            Some(id) => places.push(id),
            None => *world = true,
        }
    }
    groups.into_iter().fold(
        Condition::any(),
        |any, (kind, (indicators, places, world))| {
            let about = match kind {
                Some(kind) => Condition::all()
                    .add(Column::SubjectKind.eq(kind))
                    .add(Column::SubjectId.is_in(places)),
                None => {
                    let place = Condition::any().add(Column::TerritoryId.is_in(places));
                    let place = if world {
                        place.add(Column::TerritoryId.is_null())
                    } else {
                        place
                    };
                    Condition::all()
                        .add(Column::SubjectKind.is_null())
                        .add(place)
                }
            };
            any.add(about.add(Column::IndicatorId.is_in(indicators)))
        },
    )
}
