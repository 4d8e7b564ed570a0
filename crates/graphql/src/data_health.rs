//! How fresh and how whole the data are, for everybody.

use async_graphql::{Context, Object, Result, SimpleObject};
use chrono::NaiveDate;
use store::{health as stored, neighbour::follow};

use crate::{
    ahead,
    error::from_store,
    investor_sheet::{self, InvestorSheet},
    loader,
    scalar::DateTime,
    service,
    subscription::FactChange,
    view::Observation,
    vocabulary::ConceptKind,
};

/// Places whose sheets are shown: the region Fès-Meknès, and the city.
const SHEETS: [&str; 2] = ["03", "03.231"];

/// With more years than this between its period and today, a headline is stale.
const STALE: i32 = 3;

/// How fresh and how whole the data are: when they changed, what contradicts itself, what is old and what nobody has published.
pub struct DataHealth;

/// How fresh and how whole the data are: when they changed, what contradicts itself, what is old and what nobody has published. By the
/// rules of every other answer: the same rows are seen, and the same figures lead. What was proposed and not accepted is no part of it.
#[Object]
impl DataHealth {
    /// The last change of any fact; null for an empty database.
    async fn last_change(&self, ctx: &Context<'_>) -> Result<Option<DataChange>> {
        let change = stored::last_change(service::store(ctx)).await;
        Ok(change.map_err(from_store)?.map(DataChange::from))
    }

    /// The last changes of facts, newest first; they are kept for some weeks, and the first filling of the database is none.
    async fn latest_changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "How many, 1 to 100.",
            default = 10,
            validator(minimum = 1, maximum = 100)
        )]
        first: i32,
    ) -> Result<Vec<FactChange>> {
        let most = u64::try_from(first).unwrap_or_default();
        let events = store::outbox::latest(service::store(ctx), most).await;
        let events = events.map_err(from_store)?;
        Ok(events.into_iter().map(FactChange::from).collect())
    }

    /// The last import of files that changed any fact; null when there was none.
    async fn last_import(&self, ctx: &Context<'_>) -> Result<Option<DataChange>> {
        let change = stored::last_import(service::store(ctx)).await;
        Ok(change.map_err(from_store)?.map(DataChange::from))
    }

    /// How many facts of each concept there are.
    async fn counts(&self, ctx: &Context<'_>) -> Result<Vec<ConceptCount>> {
        let counts = stored::counts(service::store(ctx)).await;
        let counts = counts.map_err(from_store)?.into_iter();
        let counts = counts.map(|(concept, count)| ConceptCount {
            concept: concept.into(),
            count: whole(count),
        });
        Ok(counts.collect())
    }

    /// Things of which more than one value is published for the same place, activity, subject, period and series. `headline` shows each with
    /// its `conflicts`.
    async fn open_conflicts(&self, ctx: &Context<'_>) -> Result<i32> {
        let count = store::conflict::count(service::store(ctx), None).await;
        Ok(whole(count.map_err(from_store)?))
    }

    /// Figures whose period is not stated by their source.
    async fn periods(&self, ctx: &Context<'_>) -> Result<PeriodHealth> {
        let periods = stored::periods(service::store(ctx)).await;
        let periods = periods.map_err(from_store)?;
        Ok(PeriodHealth {
            inferred: whole(periods.inferred),
            undated: whole(periods.undated),
            undated_targets: whole(periods.undated_targets),
        })
    }

    /// For each indicator the headline of the place whose newest figure is the oldest; the oldest first. Only figures about whole
    /// territories, without targets, what is not dated, and the series of the census, which are as old as it is.
    async fn oldest_headlines(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "How many, 1 to 100.",
            default = 20,
            validator(minimum = 1, maximum = 100)
        )]
        first: i32,
    ) -> Result<Vec<AgedHeadline>> {
        let mut references = Vec::new();
        let of_each = ctx.field();
        for field in of_each.selection_set() {
            if field.name() == "observation" {
                for reference in ahead::of::<Observation>(field) {
                    follow(&mut references, reference);
                }
            }
        }
        let most = u64::try_from(first).unwrap_or_default();
        let found = stored::oldest_headlines(service::store(ctx), most, &references).await;
        let (led, rows) = found.map_err(from_store)?;
        loader::keep(ctx, rows);
        let today = service::service(ctx).now().date_naive();
        let aged = led.into_iter().map(|row| {
            let end = row.period.as_ref().map(|period| period.end());
            let age_years = end.map_or(0, |end| years(end, today));
            AgedHeadline {
                observation: Observation(row),
                age_years,
                is_stale: age_years > STALE,
            }
        });
        Ok(aged.collect())
    }

    /// What investors ask first, and what of it is published: of the region Fès-Meknès and of the city of Fès.
    async fn investor_sheets(&self, ctx: &Context<'_>) -> Result<Vec<InvestorSheet>> {
        let mut sheets = Vec::new();
        for code in SHEETS {
            if let Some(territory) = loader::by_key::<entity::territory::Entity>(ctx, code).await? {
                sheets.push(investor_sheet::of(ctx, territory).await?);
            }
        }
        Ok(sheets)
    }
}

/// A change of the data.
#[derive(SimpleObject)]
pub struct DataChange {
    /// The revision of the data that it made, as text.
    revision: String,
    /// When.
    recorded_at: DateTime,
}

impl From<stored::Changed> for DataChange {
    fn from(change: stored::Changed) -> Self {
        Self {
            revision: change.revision.to_string(),
            recorded_at: DateTime(change.at),
        }
    }
}

/// How many facts of a concept there are.
#[derive(SimpleObject)]
pub struct ConceptCount {
    /// The concept.
    concept: ConceptKind,
    /// How many are in force.
    count: i32,
}

/// Figures whose period is not stated by their source.
#[derive(SimpleObject)]
pub struct PeriodHealth {
    /// Figures whose period was inferred from the context.
    inferred: i32,
    /// Figures without a period, targets left out.
    undated: i32,
    /// Objectives and announcements for which no date is given.
    undated_targets: i32,
}

/// A figure that leads, and how old it is.
#[derive(SimpleObject)]
pub struct AgedHeadline {
    /// The figure; its indicator, territory and period say what it is of.
    observation: Observation,
    /// Whole years between the end of its period and today; 0 for a period that has not ended.
    age_years: i32,
    /// Whether that is more than three.
    is_stale: bool,
}

pub fn whole(count: u64) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// Whole years from one day to another.
fn years(from: NaiveDate, to: NaiveDate) -> i32 {
    to.years_since(from)
        .map_or(0, |years| i32::try_from(years).unwrap_or(i32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_has_passed_on_its_day() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (from, to, passed) in [
            ("2019-12-31", "2026-11-29", 6),
            ("2019-11-29", "2026-11-29", 7),
            ("2030-12-31", "2026-11-29", 0),
        ] {
            assert_eq!(years(day(from), day(to)), passed, "{from} {to}");
        }
    }
}
