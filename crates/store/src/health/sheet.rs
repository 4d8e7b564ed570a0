//! The investor's sheet: what whoever thinks of settling somewhere asks first, and whether anything published answers it.

use chrono::NaiveDate;
use entity::{
    ConceptKind, ReferencePeriod, SubjectKind, incentive, indicator, observation, organisation,
    park, project, site, territory, training_programme,
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
    sea_query::{Alias, Expr, ExprTrait, NullOrdering, Query, SelectStatement},
};

use super::headlines_at;
use crate::{Concept, Error, Store, headline::Request};

/// What an investor asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Who works there, and where.
    Operators,
    /// How many people work in offshoring.
    Headcount,
    /// How many students and graduates there are.
    Talent,
    /// Who trains whom.
    Training,
    /// How many people read and write which languages.
    Languages,
    /// How much office space there is.
    OfficeStock,
    /// What it costs.
    OfficeRents,
    /// Which incentives hold, and until when.
    Incentives,
    /// How well the place is connected.
    Connectivity,
    /// What is being built.
    Projects,
    /// Whom to write to.
    Contacts,
}

/// What is published that answers a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub question: Question,
    /// How many rows or figures answer it; none: it is not known.
    pub count: u64,
    /// The latest period of the figures, where figures answer it and are dated.
    pub latest: Option<ReferencePeriod>,
}

/// How a question is answered.
enum Answered {
    /// By the headline of one of these indicators, about the whole place.
    Headline(&'static [&'static str]),
    /// By figures about the parks that lie there.
    Parks(&'static [&'static str]),
    Sites,
    Training,
    Incentives,
    Projects,
    Contacts,
}

const SHEET: [(Question, Answered); 11] = [
    (Question::Operators, Answered::Sites),
    (
        Question::Headcount,
        Answered::Headline(&["offshoring_jobs", "call_centre_jobs"]),
    ),
    (
        Question::Talent,
        Answered::Headline(&[
            "university_students",
            "university_graduates",
            "it_graduates_per_year",
        ]),
    ),
    (Question::Training, Answered::Training),
    (
        Question::Languages,
        Answered::Headline(&[
            "hcp_reads_writes_french",
            "hcp_reads_writes_english",
            "hcp_reads_writes_arabic",
        ]),
    ),
    (
        Question::OfficeStock,
        Answered::Parks(&["park_office_area_m2"]),
    ),
    (
        Question::OfficeRents,
        Answered::Parks(&["park_rent_mad_m2", "park_rent_eur_m2"]),
    ),
    (Question::Incentives, Answered::Incentives),
    (
        Question::Connectivity,
        Answered::Headline(&["hcp_household_internet"]),
    ),
    (Question::Projects, Answered::Projects),
    (Question::Contacts, Answered::Contacts),
];

#[derive(FromQueryResult)]
struct Number {
    number: i64,
}

/// The sheet of a place, in a fixed number of statements; none for a code that no territory has. `today` says which incentives still hold.
pub async fn of(store: &Store, code: &str, today: NaiveDate) -> Result<Option<Vec<Entry>>, Error> {
    let Some(place) = place(store, code).await? else {
        return Ok(None);
    };
    let requests: Vec<Request> = SHEET
        .iter()
        .flat_map(|(_, answered)| match answered {
            Answered::Headline(indicators) => requests(code, indicators),
            _ => Vec::new(),
        })
        .collect();
    let headlines = headlines_at(store, &requests).await?;
    let mut entries = Vec::new();
    for (question, answered) in &SHEET {
        let (count, latest) = match answered {
            Answered::Headline(indicators) => {
                let led = requests
                    .iter()
                    .filter(|request| indicators.contains(&request.indicator.as_str()))
                    .filter_map(|request| headlines.get(request)?.as_ref().ok())
                    .filter_map(|headline| headline.observation.as_ref());
                let periods: Vec<_> = led.map(|row| row.period.clone()).collect();
                let latest = periods.iter().flatten().max_by_key(|period| period.end());
                (periods.len() as u64, latest.cloned())
            }
            Answered::Parks(indicators) => figures_of_parks(store, place, indicators).await?,
            Answered::Sites => (count::<site::Entity>(store, sites(place)).await?, None),
            Answered::Training => {
                let there = training(place);
                let count = count::<training_programme::Entity>(store, there).await?;
                (count, None)
            }
            Answered::Projects => (
                count::<project::Entity>(store, projects(place)).await?,
                None,
            ),
            Answered::Incentives => {
                let holding = holding(place, today);
                (count::<incentive::Entity>(store, holding).await?, None)
            }
            Answered::Contacts => {
                let there = contacts(place);
                (count::<organisation::Entity>(store, there).await?, None)
            }
        };
        entries.push(Entry {
            question: *question,
            count,
            latest,
        });
    }
    Ok(Some(entries))
}

/// What answers a question of a place: of which kind, and the ids of the first `most`. The largest sites, the newest figures and the projects
/// that began last come first.
pub async fn facts(
    store: &Store,
    code: &str,
    question: Question,
    most: u64,
    today: NaiveDate,
) -> Result<(ConceptKind, Vec<i64>), Error> {
    use sea_orm::Order::{Asc, Desc};
    let answered = SHEET.iter().find(|(asked, _)| *asked == question);
    let Some(((_, answered), place)) = answered.zip(place(store, code).await?) else {
        return Ok((ConceptKind::Observation, Vec::new()));
    };
    match answered {
        Answered::Headline(indicators) => {
            let requests = requests(code, indicators);
            let mut headlines = headlines_at(store, &requests).await?;
            let led = requests.iter().filter_map(|request| {
                let headline = headlines.remove(request)?.ok()?;
                Some(headline.observation?.id)
            });
            let led = led.take(usize::try_from(most).unwrap_or(usize::MAX));
            Ok((ConceptKind::Observation, led.collect()))
        }
        Answered::Parks(indicators) => {
            let order = (observation::Column::PeriodEnd, Desc);
            ids::<observation::Entity>(store, about_parks(place, indicators), order, most).await
        }
        Answered::Sites => {
            ids::<site::Entity>(store, sites(place), (site::Column::Headcount, Desc), most).await
        }
        Answered::Training => {
            let order = (training_programme::Column::Key, Asc);
            ids::<training_programme::Entity>(store, training(place), order, most).await
        }
        Answered::Projects => {
            let order = (project::Column::StartedOn, Desc);
            ids::<project::Entity>(store, projects(place), order, most).await
        }
        Answered::Incentives => {
            let order = (incentive::Column::Key, Asc);
            ids::<incentive::Entity>(store, holding(place, today), order, most).await
        }
        Answered::Contacts => {
            let order = (organisation::Column::Name, Asc);
            ids::<organisation::Entity>(store, contacts(place), order, most).await
        }
    }
}

async fn place(store: &Store, code: &str) -> Result<Option<i64>, Error> {
    let place = territory::Entity::find()
        .filter(territory::Entity::visible())
        .filter(territory::Column::Key.eq(code))
        .one(&store.db)
        .await?;
    Ok(place.map(|place| place.id))
}

fn requests(code: &str, indicators: &[&str]) -> Vec<Request> {
    let request = |indicator: &&str| Request::at((*indicator).to_owned(), Some(code.to_owned()));
    indicators.iter().map(request).collect()
}

/// The ids of the first rows that meet a condition; rows without a value come last.
async fn ids<E: Concept>(
    store: &Store,
    condition: Condition,
    (column, direction): (E::Column, sea_orm::Order),
    most: u64,
) -> Result<(ConceptKind, Vec<i64>), Error> {
    let found: Vec<i64> = E::find()
        .select_only()
        .column(E::ID)
        .filter(E::visible())
        .filter(condition)
        .order_by_with_nulls(column, direction, NullOrdering::Last)
        .order_by_asc(E::ID)
        .limit(most)
        .into_tuple()
        .all(&store.db)
        .await?;
    Ok((E::KIND, found))
}

fn sites(place: i64) -> Condition {
    site::Column::TerritoryId.in_subquery(below(place)).into()
}

fn training(place: i64) -> Condition {
    let there = training_programme::Column::TerritoryId.in_subquery(below(place));
    there.into()
}

fn projects(place: i64) -> Condition {
    project::Column::TerritoryId
        .in_subquery(below(place))
        .into()
}

async fn count<E: Concept>(store: &Store, condition: Condition) -> Result<u64, Error> {
    let found = E::find()
        .select_only()
        .expr_as(Expr::cust("COUNT(*)"), "number")
        .filter(E::visible())
        .filter(condition)
        .into_model::<Number>()
        .one(&store.db)
        .await?;
    Ok(found.map_or(0, |found| found.number.unsigned_abs()))
}

/// How many figures of the parks below a place there are, and the latest period of them.
async fn figures_of_parks(
    store: &Store,
    place: i64,
    indicators: &[&str],
) -> Result<(u64, Option<ReferencePeriod>), Error> {
    use observation::{Column, Entity};
    let about = about_parks(place, indicators);
    let count = count::<Entity>(store, about.clone()).await?;
    let latest = Entity::find()
        .filter(Entity::visible())
        .filter(about)
        .filter(Column::PeriodEnd.is_not_null())
        .order_by_desc(Column::PeriodEnd)
        .order_by_asc(Column::Id)
        .limit(1)
        .one(&store.db)
        .await?;
    Ok((count, latest.and_then(|row| row.period)))
}

/// Figures of the parks below a place, targets left out.
fn about_parks(place: i64, indicators: &[&str]) -> Condition {
    use observation::Column;
    let wanted = indicator::Entity::find()
        .select_only()
        .column(indicator::Column::Id)
        .filter(indicator::Column::Key.is_in(indicators.iter().copied()))
        .into_query();
    let parks = park::Entity::find()
        .select_only()
        .column(park::Column::Id)
        .filter(park::Entity::visible())
        .filter(park::Column::TerritoryId.in_subquery(below(place)))
        .into_query();
    Condition::all()
        .add(Column::SubjectKind.eq(SubjectKind::Park))
        .add(Column::SubjectId.in_subquery(parks))
        .add(Column::IndicatorId.in_subquery(wanted))
        .add(Column::Qualifier.ne(entity::Qualifier::Target))
}

/// Incentives of the place, of what it lies in or of what lies in it, that state from or until when they hold, and still do.
fn holding(place: i64, today: NaiveDate) -> Condition {
    use incentive::Column;
    // Dates are written from the year down, so they compare as texts; a shorter one covers all it begins.
    let today = today.to_string();
    let (year, month) = (today[..4].to_owned(), today[..7].to_owned());
    let until = Condition::any()
        .add(Column::ValidTo.is_null())
        .add(Expr::col(Column::ValidTo).gte(today))
        .add(Expr::col(Column::ValidTo).is_in([year, month]));
    let dated = Condition::any()
        .add(Column::ValidFrom.is_not_null())
        .add(Column::ValidTo.is_not_null());
    let there = Condition::any()
        .add(Column::TerritoryId.in_subquery(below(place)))
        .add(Column::TerritoryId.in_subquery(above(place)));
    Condition::all().add(there).add(dated).add(until)
}

/// Organisations with a website that work there, run a park there, or carry or take part in a project there.
fn contacts(place: i64) -> Condition {
    let sites = site::Entity::find()
        .select_only()
        .column(site::Column::OrganisationId)
        .filter(site::Entity::visible())
        .filter(site::Column::TerritoryId.in_subquery(below(place)))
        .into_query();
    let parks = park::Entity::find()
        .select_only()
        .column(park::Column::OperatorId)
        .filter(park::Entity::visible())
        .filter(park::Column::OperatorId.is_not_null())
        .filter(park::Column::TerritoryId.in_subquery(below(place)))
        .into_query();
    let projects = || {
        project::Entity::find()
            .select_only()
            .filter(project::Entity::visible())
            .filter(project::Column::TerritoryId.in_subquery(below(place)))
    };
    let owners = projects()
        .column(project::Column::OwnerId)
        .filter(project::Column::OwnerId.is_not_null())
        .into_query();
    let projects = projects().column(project::Column::Id).into_query();
    let partners = project::partner::Entity::find()
        .select_only()
        .column(project::partner::Column::OrganisationId)
        .filter(project::partner::Column::ProjectId.in_subquery(projects))
        .into_query();
    let works_there = Condition::any()
        .add(organisation::Column::Id.in_subquery(owners))
        .add(organisation::Column::Id.in_subquery(partners))
        .add(organisation::Column::Id.in_subquery(sites))
        .add(organisation::Column::Id.in_subquery(parks));
    Condition::all()
        .add(organisation::Column::Website.is_not_null())
        .add(works_there)
}

/// A place and what lies in it.
fn below(place: i64) -> SelectStatement {
    tree(place, "territory_id", "ancestor_id")
}

/// A place and what it lies in.
fn above(place: i64) -> SelectStatement {
    tree(place, "ancestor_id", "territory_id")
}

fn tree(place: i64, wanted: &'static str, given: &'static str) -> SelectStatement {
    Query::select()
        .column(Alias::new(wanted))
        .from(Alias::new("territory_ancestors"))
        .and_where(Expr::col(Alias::new(given)).eq(place))
        .to_owned()
}
