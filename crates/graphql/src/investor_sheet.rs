//! The investor's sheet of a place: what is asked of it first, and what of it is published.

use async_graphql::{ComplexObject, Context, Enum, Result, SimpleObject};
use entity::territory;
use futures_util::future::try_join_all;
use store::health::sheet;

use crate::{
    data_health::whole,
    error::{bad_input, from_store, internal},
    node::{self, Node},
    scalar::ReferencePeriod,
    service,
    view::Territory,
};

/// The sheet of a place.
pub async fn of(ctx: &Context<'_>, territory: territory::Model) -> Result<InvestorSheet> {
    let today = service::service(ctx).now().date_naive();
    let found = sheet::of(service::store(ctx), &territory.key, today).await;
    let entries = found
        .map_err(from_store)?
        .ok_or_else(|| internal(&"a territory was read and is not there"))?;
    let entries = entries.into_iter().map(|entry| SheetEntry {
        place: territory.key.clone(),
        asked: entry.question,
        question: entry.question.into(),
        is_known: entry.count > 0,
        count: whole(entry.count),
        latest: entry.latest.map(ReferencePeriod),
    });
    Ok(InvestorSheet {
        entries: entries.collect(),
        territory: Territory(territory),
    })
}

/// What investors ask of a place, and what of it is published.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct InvestorSheet {
    /// The place.
    territory: Territory,
    /// Each question, in a fixed order.
    entries: Vec<SheetEntry>,
}

#[ComplexObject]
impl InvestorSheet {
    /// The questions to which nothing published gives an answer.
    async fn unknown(&self) -> Vec<InvestorQuestion> {
        let unknown = self.entries.iter().filter(|entry| !entry.is_known);
        unknown.map(|entry| entry.question).collect()
    }
}

/// A question of an investor, and what answers it.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct SheetEntry {
    #[graphql(skip)]
    place: String,
    #[graphql(skip)]
    asked: sheet::Question,
    /// The question.
    question: InvestorQuestion,
    /// Whether anything published answers it.
    is_known: bool,
    /// How many facts or figures answer it.
    count: i32,
    /// The latest period of the figures that do; null where facts answer it, or the figures are undated.
    latest: Option<ReferencePeriod>,
}

#[ComplexObject]
impl SheetEntry {
    /// What answers it: observations, sites, training programmes, incentives, projects or organisations. The largest sites, the newest
    /// figures and the projects that began last come first.
    async fn facts(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "How many, 1 to 100.",
            default = 20,
            validator(minimum = 1, maximum = 100)
        )]
        first: i32,
    ) -> Result<Vec<Node>> {
        if !self.is_known {
            return Ok(Vec::new());
        }
        let most = u64::try_from(first).map_err(|_| bad_input("first takes 1 to 100"))?;
        let today = service::service(ctx).now().date_naive();
        let store = service::store(ctx);
        let found = sheet::facts(store, &self.place, self.asked, most, today).await;
        let (kind, ids) = found.map_err(from_store)?;
        let facts = ids.into_iter().map(|id| node::by_row(ctx, kind, id));
        Ok(try_join_all(facts).await?.into_iter().flatten().collect())
    }
}

/// What an investor asks of a place.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "store::health::sheet::Question")]
pub enum InvestorQuestion {
    /// Who works there: sites in the place or anything it contains.
    Operators,
    /// How many people work in offshoring: figures about the whole place, never one of a company.
    Headcount,
    /// How many students and graduates there are: figures about the whole place.
    Talent,
    /// Who trains whom.
    Training,
    /// How many people read and write Arabic, French and English.
    Languages,
    /// How much office space the parks there have.
    OfficeStock,
    /// What office space costs in the parks there.
    OfficeRents,
    /// Incentives that still hold, and say from or until when; of the place, of what contains it and of what it contains.
    Incentives,
    /// How many households have internet; nothing else of networks is published.
    Connectivity,
    /// Projects in the place.
    Projects,
    /// Organisations with a website that work there, run a park there, or carry or take part in a project there.
    Contacts,
}
