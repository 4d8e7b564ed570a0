//! The root of every query.

mod alerts;
mod branch;
mod coordination;
mod curation;
mod health;
mod lists;
mod things;

use async_graphql::{Context, InputObject, MergedObject, Object, Result};

use crate::{
    answer::{self, Answer},
    chart::{self, Chart},
    comparison::{self, Comparison},
    error::bad_input,
    extraction::{self, Extraction, TextMarkup},
    headline::{self, Asked, Headline, SubjectInput},
    locale::Locale,
    scalar::{DateTime, PartialDate, ReferencePeriod},
};

/// Everything that can be asked.
#[derive(MergedObject, Default)]
#[graphql(name = "Query")]
pub struct Query(
    things::Things,
    lists::Lists,
    branch::Branch,
    Questions,
    curation::Curation,
    coordination::Coordination,
    alerts::Alerts,
    health::Health,
);

/// Where the asker is, in degrees (WGS 84). Used once for this question, never stored.
#[derive(InputObject, Clone, Copy)]
pub struct LocationInput {
    /// −90 to 90.
    latitude: f64,
    /// −180 to 180.
    longitude: f64,
}

impl LocationInput {
    fn checked(self) -> Result<ask::Location> {
        if self.latitude.abs() <= 90.0 && self.longitude.abs() <= 180.0 {
            Ok(ask::Location {
                latitude: self.latitude,
                longitude: self.longitude,
            })
        } else {
            Err(bad_input(
                "latitude goes from -90 to 90 and longitude from -180 to 180, in degrees",
            ))
        }
    }
}

/// Questions: in words, or by keys.
#[derive(Default)]
struct Questions;

#[Object]
impl Questions {
    /// Places side by side, one comparison an indicator: for each place the latest figure on terms that all places with any figure share, or,
    /// where there are no such terms, the figure that leads and what differs. At most 20 of each. A key that is not known is an error
    /// `NOT_FOUND`, as for `headline`.
    async fn comparisons(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Keys of the indicators.")] indicators: Vec<String>,
        #[graphql(desc = "Codes of the territories.")] territories: Vec<String>,
    ) -> Result<Vec<Comparison>> {
        comparison::comparisons(ctx, &indicators, &territories).await
    }

    /// The published figures of one indicator at one place, or about one subject, and which of them leads. Without a subject only
    /// figures about the whole territory are looked at; without a territory those about the world. Null when nothing is stored. A key
    /// that is not known is an error `NOT_FOUND`, unlike that of `park(key:)`, which is null: here keys are only the way to a figure, and a
    /// misspelt one must not read as "nothing is stored".
    async fn headline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Key of the indicator.")] indicator: String,
        #[graphql(desc = "Code of the territory.")] territory: Option<String>,
        #[graphql(desc = "Key of the activity; the widest there is a figure for when left out.")]
        activity: Option<String>,
        #[graphql(desc = "What the figure is about, when not the whole territory.")]
        subject: Option<SubjectInput>,
        #[graphql(desc = "Exactly this period; the latest when left out.")] period: Option<
            ReferencePeriod,
        >,
        #[graphql(desc = "Only this series.")] scope: Option<String>,
        #[graphql(
            desc = "As the database stood at this instant: what was recorded by then, and not superseded yet. Now when left out; not the `period` a figure refers to. Nothing before the first record; an instant to come is BAD_USER_INPUT."
        )]
        recorded_at: Option<DateTime>,
    ) -> Result<Option<Headline>> {
        headline::headline(
            ctx,
            Asked {
                indicator,
                territory,
                activity,
                subject,
                period,
                scope,
                recorded_at,
            },
        )
        .await
    }

    /// Reads a press article or a communiqué in French, English or Arabic, and finds its figures: what, where, when, how much, how it is worded and
    /// who measured it, each with the words that say it. Deterministic. Nothing is stored: hand what is right to `propose`.
    async fn extract(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The article, at most 256 KiB; 8 KiB without an API key.")] text: String,
        #[graphql(desc = "How it is written; seen by how it begins when left out.")] markup: Option<
            TextMarkup,
        >,
        #[graphql(
            desc = "When it was published; \"last year\" is counted from then, and means nothing without it."
        )]
        published_on: Option<PartialDate>,
    ) -> Result<Extraction> {
        extraction::extract(ctx, text, markup, published_on).await
    }

    /// Answers a question in French, English, Arabic or Darija: "how many call centres in Fès?". Every number of the answer is among
    /// its figures, with source and date; what is not known is not answered.
    async fn ask(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The question, at most 1,000 characters.")] question: String,
        #[graphql(desc = "Language of the reply; that of the question when left out.")]
        locale: Option<Locale>,
        #[graphql(desc = "The `conversation` of the previous answer, for a follow-up.")]
        conversation: Option<String>,
        #[graphql(
            desc = "Where the asker is, for questions such as \"near me\"; by POST or WebSocket, never in an address."
        )]
        location: Option<LocationInput>,
    ) -> Result<Answer> {
        let location = location.map(LocationInput::checked).transpose()?;
        let locale = locale.map(ask::Locale::from);
        answer::answer(
            ctx,
            &ask::Question {
                text: &question,
                locale,
                conversation: conversation.as_deref(),
                location,
            },
        )
        .await
    }

    /// An answer again, from the data as they are now: `frame` is `Answer.frame`. Null only with an error: NOT_FOUND when the frame names
    /// something that is no longer stored.
    async fn answer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The `frame` of an answer, at most 512 bytes.")] frame: String,
        #[graphql(desc = "Language of its words; that of the question when left out.")]
        locale: Option<Locale>,
    ) -> Result<Option<Answer>> {
        let locale = locale.map(ask::Locale::from);
        answer::again(ctx, &frame, locale).await.map(Some)
    }

    /// The chart of an answer again, from the data as they are now: `frame` is `Chart.frame`, the part of its address before the ending.
    /// Null when the data have nothing left to draw.
    async fn chart(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The `frame` of a chart, at most 512 bytes.")] frame: String,
        #[graphql(desc = "Language of its words; that of the question when left out.")]
        locale: Option<Locale>,
    ) -> Result<Option<Chart>> {
        chart::chart(ctx, &frame, locale).await
    }
}
