//! Which of the published figures leads, by the rules of the answer contract, and what stands beside it.
//!
//! Targets never compete. The asked period, else the latest dated one (for flows the latest whole year); undated only when nothing is
//! dated; a stated period beats an inferred one of the same producer. Within one period: a known producer first, then dataset and
//! official, report, company, press; then the latest publication; then the source key.

mod choose;
mod prepared;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{
    Level, Qualifier, ReferencePeriod, SourceKind, SubjectKind, activity, indicator, observation,
    source, territory,
};
use sea_orm::{
    ColumnTrait, Condition, IntoSimpleExpr,
    sea_query::{Alias, Expr, ExprTrait, JoinType, Order, Query, SelectStatement},
};

pub(crate) use prepared::Statements;

use crate::{
    Concept, Error, Store,
    decode::Columns,
    neighbour::{self, Joined, Reference, Rows, Table},
};

/// What a headline is asked for, in keys. Without a subject only figures about the whole territory are candidates.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Request {
    pub indicator: String,
    /// Empty: the world or, about a subject, the widest territory there is a figure for.
    pub territory: Option<String>,
    /// Empty: the widest activity there is a figure for.
    pub activity: Option<String>,
    pub subject: Option<(SubjectKind, String)>,
    /// Empty: the latest.
    pub period: Option<ReferencePeriod>,
    pub scope: Option<String>,
    /// As the database stood then; as it stands now when empty.
    pub recorded_at: Option<DateTime<Utc>>,
}

impl Request {
    /// The latest about a whole territory, or the world.
    pub fn at(indicator: String, territory: Option<String>) -> Self {
        Self {
            indicator,
            territory,
            activity: None,
            subject: None,
            period: None,
            scope: None,
            recorded_at: None,
        }
    }
}

/// A key of a request that nothing has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    Indicator,
    Territory,
    Activity,
    Subject,
}

/// What came of a request.
pub type Found = Result<Headline, Unknown>;

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

/// A request whose keys are known.
#[derive(Clone, Debug)]
struct Asked {
    territory: Option<i64>,
    activity: Option<i64>,
    subject: Option<(SubjectKind, i64)>,
    period: Option<ReferencePeriod>,
    scope: Option<String>,
}

/// A figure with what the rules look at.
#[derive(Clone, Debug)]
struct Candidate {
    row: observation::Model,
    source_kind: SourceKind,
    published_on: Option<String>,
    source_key: String,
    /// How far its territory and its activity are from the root.
    level: Option<Level>,
    activity_depth: i64,
}

impl Candidate {
    fn is_target(&self) -> bool {
        self.row.qualifier == Qualifier::Target
    }
}

/// Requests that one statement can answer: those about the same kind of thing, at the same instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Shape {
    recorded_at: Option<DateTime<Utc>>,
    subject: Option<SubjectKind>,
    in_territory: bool,
}

impl Shape {
    fn of(request: &Request) -> Self {
        Self {
            recorded_at: request.recorded_at,
            subject: request.subject.as_ref().map(|(kind, _)| *kind),
            in_territory: request.territory.is_some(),
        }
    }
}

/// The headlines of many requests, and the rows that their observations refer to: one statement for each shape of request, however many
/// requests there are. An observation's source, territory and indicator are always among the rows.
pub async fn headlines(
    store: &Store,
    requests: &[Request],
    references: &[Reference],
) -> Result<(HashMap<Request, Found>, Rows), Error> {
    let mut shapes: HashMap<Shape, Vec<&Request>> = HashMap::new();
    for request in requests {
        shapes.entry(Shape::of(request)).or_default().push(request);
    }
    let (mut found, mut rows) = (HashMap::new(), Rows::default());
    for (shape, requests) in shapes {
        let prepared = store.headlines().of(store, shape, &requests, references);
        let mut candidates: Vec<Vec<Read>> = requests.iter().map(|_| Vec::new()).collect();
        let statement = prepared.with(store, &requests);
        for row in store.db.rows(statement).await?.iter() {
            prepared.joined.take(&row, &mut rows)?;
            if prepared.columns.id(&row)?.is_some() {
                let of = row.named::<i64>(ASKED)? as usize;
                candidates[of].push(Read {
                    row: observation::Entity::row(&row, &prepared.columns)?,
                    activity_depth: row.named(DEPTH)?,
                });
            }
        }
        for (request, candidates) in requests.into_iter().zip(candidates) {
            let headline = one(request, candidates, &rows);
            found.insert(request.clone(), headline);
        }
    }
    Ok((found, rows))
}

/// Which of the figures of one thing leads. `sources` has the source of each.
pub(crate) fn among(
    rows: Vec<observation::Model>,
    sources: &HashMap<i64, source::Model>,
    measure: entity::Measure,
) -> Headline {
    let Some(one) = rows.first() else {
        return Headline::default();
    };
    let asked = Asked {
        territory: one.territory_id,
        activity: one.activity_id,
        subject: one.subject_kind.zip(one.subject_id),
        period: one.period.clone(),
        scope: one.scope.clone(),
    };
    let candidate = |row: observation::Model| {
        let source = sources.get(&row.source_id)?;
        let published_on = source.published_on.as_ref();
        Some(Candidate {
            source_kind: source.kind,
            published_on: published_on.map(|date| date.as_str().to_owned()),
            source_key: source.key.clone(),
            level: None,
            activity_depth: 0,
            row,
        })
    };
    let candidates: Vec<_> = rows.into_iter().filter_map(candidate).collect();
    choose::headline(&candidates, &asked, measure)
}

/// A row of a statement.
struct Read {
    row: observation::Model,
    activity_depth: i64,
}

const REQUESTS: &str = "requests";
const ASKED: &str = "asked_";
const DEPTH: &str = "activity_depth_";

/// The requests, the rows that their keys are of, and every observation any of them may look at.
fn statement(
    shape: Shape,
    requests: &[&Request],
    references: &[Reference],
) -> (SelectStatement, Columns, Joined) {
    use observation::{Column, Entity};
    let values = requests.iter().zip(0_i64..).map(|(request, number)| {
        (
            number,
            request.indicator.clone(),
            request.territory.clone(),
            request.activity.clone(),
            request.subject.as_ref().map(|(_, key)| key.clone()),
        )
    });
    let mut select = Query::select()
        .expr_as(
            Expr::col((Alias::new(REQUESTS), Alias::new("column1"))),
            Alias::new(ASKED),
        )
        .from_values(values, Alias::new(REQUESTS))
        .to_owned();
    let key = |column: &str, table| Reference::to_key(table, column.to_owned());
    let mut keys = vec![
        key("column2", neighbour::table::<indicator::Entity>()),
        key("column3", neighbour::table::<territory::Entity>()),
        key("column4", neighbour::table::<activity::Entity>()),
    ];
    keys.extend(shape.subject.map(|kind| key("column5", subject(kind))));
    let mut joined = neighbour::join(&mut select, REQUESTS, &keys);
    let id =
        |position: usize| Expr::col((Alias::new(neighbour::alias(position)), Alias::new("id")));
    let about = match shape.subject {
        Some(kind) => Condition::all()
            .add(Column::SubjectKind.eq(kind))
            .add(Column::SubjectId.into_simple_expr().eq(id(3))),
        None if shape.in_territory => Condition::all()
            .add(Column::SubjectKind.is_null())
            .add(Column::TerritoryId.into_simple_expr().eq(id(1))),
        None => Condition::all()
            .add(Column::SubjectKind.is_null())
            .add(Column::TerritoryId.is_null()),
    };
    let on = Condition::all()
        .add(Column::IndicatorId.into_simple_expr().eq(id(0)))
        .add(about)
        .add(Entity::visible_at(shape.recorded_at));
    select.join(JoinType::LeftJoin, Entity, on);
    let columns = Columns::select::<Entity>(&mut select, "observations");
    let above = |column: &str| Expr::col((Alias::new("activity_ancestors"), Alias::new(column)));
    let depth = Query::select()
        .expr(Expr::cust("COUNT(*)"))
        .from(Alias::new("activity_ancestors"))
        .and_where(above("activity_id").eq(Column::ActivityId.into_simple_expr()))
        .to_owned();
    select.expr_as(
        Expr::SubQuery(None, Box::new(depth.into())),
        Alias::new(DEPTH),
    );
    let mut followed = vec![Reference::id::<source::Entity>(
        Column::SourceId,
        Vec::new(),
    )];
    // About a place as a whole, it is the place that was asked for.
    if shape.subject.is_some() {
        followed.push(Reference::id::<territory::Entity>(
            Column::TerritoryId,
            Vec::new(),
        ));
    }
    for reference in references {
        neighbour::follow(&mut followed, reference.clone());
    }
    joined.join(&mut select, "observations", &followed);
    select
        .order_by(Alias::new(ASKED), Order::Asc)
        .order_by_expr(Column::Id.into_simple_expr(), Order::Asc);
    (select, columns, joined)
}

/// What is asked for one request, for whoever wants to see how.
#[cfg(test)]
pub(crate) fn statement_of(request: &Request) -> SelectStatement {
    statement(Shape::of(request), &[request], &[]).0
}

fn subject(kind: SubjectKind) -> &'static dyn Table {
    match kind {
        SubjectKind::Organisation => neighbour::table::<entity::organisation::Entity>(),
        SubjectKind::Park => neighbour::table::<entity::park::Entity>(),
        SubjectKind::Project => neighbour::table::<entity::project::Entity>(),
        SubjectKind::Agreement => neighbour::table::<entity::agreement::Entity>(),
        SubjectKind::Plan => neighbour::table::<entity::plan::Entity>(),
        SubjectKind::Programme => neighbour::table::<entity::training_programme::Entity>(),
    }
}

fn one(request: &Request, candidates: Vec<Read>, rows: &Rows) -> Found {
    let indicator = rows.by_key::<indicator::Entity>(&request.indicator);
    let measure = indicator.ok_or(Unknown::Indicator)?.measure;
    let territory = match &request.territory {
        Some(code) => Some(
            rows.by_key::<territory::Entity>(code)
                .ok_or(Unknown::Territory)?
                .id,
        ),
        None => None,
    };
    let activity = match &request.activity {
        Some(key) => Some(
            rows.by_key::<activity::Entity>(key)
                .ok_or(Unknown::Activity)?
                .id,
        ),
        None => None,
    };
    let subject = match &request.subject {
        Some((kind, key)) => Some((
            *kind,
            rows.id_of((*kind).into(), key).ok_or(Unknown::Subject)?,
        )),
        None => None,
    };
    let asked = Asked {
        territory,
        activity,
        subject,
        period: request.period.clone(),
        scope: request.scope.clone(),
    };
    let candidates: Vec<_> = candidates
        .into_iter()
        .filter_map(|read| candidate(read, rows))
        .collect();
    Ok(choose::headline(&candidates, &asked, measure))
}

fn candidate(read: Read, rows: &Rows) -> Option<Candidate> {
    let source = rows.by_id::<source::Entity>(read.row.source_id)?;
    let published_on = source.published_on.as_ref();
    let territory = read.row.territory_id;
    Some(Candidate {
        source_kind: source.kind,
        published_on: published_on.map(|date| date.as_str().to_owned()),
        source_key: source.key.clone(),
        level: territory
            .and_then(|id| rows.by_id::<territory::Entity>(id))
            .map(|territory| territory.level),
        activity_depth: read.activity_depth,
        row: read.row,
    })
}
