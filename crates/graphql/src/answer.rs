//! `ask`: the question goes to the engine, its operation runs on this same schema, its keys become records.

use std::sync::atomic::Ordering;

use ask::{ChartError, Operation as AskOperation, Run, RunError};
use async_graphql::{Context, Enum, Json, Object, Request, Result, SimpleObject, Variables};

use crate::{
    chart::Chart,
    error::{Code, bad_input, error, internal},
    figure::Figure,
    loader,
    locale::Locale,
    metering,
    node::{self, Node},
    service::{self, Caller},
    view::Source,
};

macro_rules! mirror {
    ($($(#[$doc:meta])* $name:ident = $remote:literal { $($(#[$variant_doc:meta])* $variant:ident),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
        #[graphql(remote = $remote)]
        pub enum $name { $($(#[$variant_doc])* $variant),+ }
    )+};
}

/// Runs the engine's operation on the schema that the question came through.
pub struct Nested<'a> {
    pub service: &'a service::Service,
    pub caller: &'a Caller,
}

impl Run for Nested<'_> {
    async fn run(
        &self,
        operation: &AskOperation,
    ) -> std::result::Result<serde_json::Value, RunError> {
        let request = Request::new(&operation.document)
            .operation_name(&operation.name)
            .variables(Variables::from_json(operation.variables.clone()));
        let response = crate::execute::nested(self.service, self.caller, request).await;
        if response.errors.is_empty() {
            response
                .data
                .into_json()
                .map_err(|failure| RunError(failure.to_string()))
        } else {
            let messages: Vec<_> = response
                .errors
                .iter()
                .map(|failure| failure.message.as_str())
                .collect();
            Err(RunError(format!(
                "{}: {}",
                operation.name,
                messages.join("; ")
            )))
        }
    }
}

pub async fn answer(ctx: &Context<'_>, question: &ask::Question<'_>) -> Result<Answer> {
    let caller = ctx.data_unchecked::<Caller>();
    if caller.nested {
        return Err(bad_input("ask cannot be asked inside ask"));
    }
    // An answer is counted, and carries the time of its conversation.
    caller.lasting.store(false, Ordering::Relaxed);
    let service = service::service(ctx);
    let lexicon = service
        .lexicon()
        .await
        .map_err(|failure| internal(&failure))?;
    let runner = Nested { service, caller };
    let now = service.now();
    match ask::answer(&lexicon, question, now, &runner).await {
        Ok(answer) => {
            let day = now.date_naive();
            service.feedback().count(day, &answer, question.text);
            metering::asked(&answer);
            Ok(Answer(answer))
        }
        Err(failure) => Err(internal(&failure.0)),
    }
}

/// The answer that gave a frame, from the data as they are now.
pub async fn again(ctx: &Context<'_>, frame: &str, locale: Option<ask::Locale>) -> Result<Answer> {
    let caller = ctx.data_unchecked::<Caller>();
    if caller.nested {
        return Err(bad_input("answer cannot be asked inside ask"));
    }
    // It carries the time of its conversation.
    caller.lasting.store(false, Ordering::Relaxed);
    let service = service::service(ctx);
    let lexicon = service
        .lexicon()
        .await
        .map_err(|failure| internal(&failure))?;
    let runner = Nested { service, caller };
    match ask::again(&lexicon, frame, locale, service.now(), &runner).await {
        Ok(answer) => Ok(Answer(answer)),
        Err(failure @ ChartError::Unreadable) => Err(bad_input(failure.to_string())),
        Err(failure @ ChartError::Unknown) => Err(error(Code::NotFound, failure.to_string())),
        Err(ChartError::Run(failure)) => Err(internal(&failure.0)),
    }
}

/// An answer, an abstention or a question back; `status` tells which.
pub struct Answer(ask::Answer);

/// An answer, an abstention or a question back; `status` tells which.
#[Object]
impl Answer {
    /// Whether there is an answer.
    async fn status(&self) -> AnswerStatus {
        self.0.status.into()
    }

    /// What kind of question it was taken for.
    async fn kind(&self) -> QuestionKind {
        self.0.kind.into()
    }

    /// The language of `text`.
    async fn locale(&self) -> Locale {
        self.0.locale.into()
    }

    /// What a person reads; plain text, in the script of the question.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// How the question was read, in one line.
    async fn understood(&self) -> &str {
        &self.0.understood
    }

    /// What was taken over from the previous question.
    async fn carried(&self) -> &[String] {
        &self.0.carried
    }

    /// Hand it back with the next question, for a follow-up such as "and in Meknès?". Opaque, at most 512 bytes; holds no message.
    async fn conversation(&self) -> &str {
        &self.0.conversation
    }

    /// Hand it to `reportAnswer` to say that this answer is wrong. Opaque, 35 characters; holds no message and no time.
    async fn reference(&self) -> String {
        self.0.reference().write()
    }

    /// What `Query.answer` takes to give this answer again, from the data as they are then. Null when nothing of the data was asked for, or
    /// only from where you are. Opaque, at most 512 bytes; holds no message, and lasts.
    async fn frame(&self) -> Option<String> {
        self.0.frame()
    }

    /// Every number that `text` states as a fact, the headline first. Empty when there is no answer.
    async fn figures(&self) -> Vec<Figure> {
        self.0
            .figures
            .iter()
            .cloned()
            .map(Figure::Answered)
            .collect()
    }

    /// What the answer lists, in its order.
    async fn items(&self) -> Vec<AnswerItem> {
        self.0.items.iter().cloned().map(AnswerItem).collect()
    }

    /// The same thing as the headline at the same period, another value.
    async fn conflicts(&self) -> Vec<Figure> {
        self.0
            .conflicts
            .iter()
            .cloned()
            .map(Figure::Answered)
            .collect()
    }

    /// Where the answer was read.
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        let loads = self
            .0
            .sources
            .iter()
            .map(|key| loader::by_key::<entity::source::Entity>(ctx, key));
        Ok(futures_util::future::try_join_all(loads)
            .await?
            .into_iter()
            .flatten()
            .map(Source)
            .collect())
    }

    /// Why there is no answer; null when there is one.
    async fn reason(&self) -> Option<AbstentionReason> {
        self.0.reason.map(AbstentionReason::from)
    }

    /// The words that were not understood.
    async fn uncovered(&self) -> &[String] {
        &self.0.uncovered
    }

    /// Readings to choose from, at most three; only when the question has several.
    async fn options(&self) -> Vec<Choice> {
        self.0
            .options
            .iter()
            .map(|option| Choice {
                label: option.label.clone(),
                question: option.question.clone(),
            })
            .collect()
    }

    /// Up to three questions that do have an answer.
    async fn suggestions(&self) -> &[String] {
        &self.0.suggestions
    }

    /// The query that gives the figures again.
    async fn operation(&self) -> Option<Operation> {
        let operation = self.0.operation.as_ref()?;
        Some(Operation {
            name: operation.name.clone(),
            document: operation.document.clone(),
            variables: Json(operation.variables.clone()),
        })
    }

    /// Whether the question can be answered once it is asked again with `location`, or with the name of a city.
    async fn needs_location(&self) -> bool {
        self.0.needs_location
    }

    /// What there is to draw, and where it is drawn.
    async fn chart(&self) -> Option<Chart> {
        self.0.chart.clone().map(Chart)
    }
}

/// One thing of a listed answer.
pub struct AnswerItem(ask::Item);

/// One thing of a listed answer.
#[Object]
impl AnswerItem {
    /// Its stable key.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// Its name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What it is.
    async fn kind(&self) -> ItemKind {
        self.0.kind.into()
    }

    /// What matters about it here.
    async fn detail(&self) -> Option<&str> {
        self.0.detail.as_deref()
    }

    /// The value it is ordered by.
    async fn value(&self) -> Option<f64> {
        self.0.value
    }

    /// The thing itself.
    async fn node(&self, ctx: &Context<'_>) -> Result<Option<Node>> {
        use entity::ConceptKind as Kind;
        let kind = match self.0.kind {
            ask::ItemKind::Organisation => Kind::Organisation,
            ask::ItemKind::Site => Kind::Site,
            ask::ItemKind::Park => Kind::Park,
            ask::ItemKind::Project => Kind::Project,
            ask::ItemKind::Agreement => Kind::Agreement,
            ask::ItemKind::Axis => Kind::AgreementAxis,
            ask::ItemKind::Plan => Kind::Plan,
            ask::ItemKind::Objective => Kind::PlanObjective,
            ask::ItemKind::Incentive => Kind::Incentive,
            ask::ItemKind::Training => Kind::TrainingProgramme,
            ask::ItemKind::Event => Kind::Event,
            ask::ItemKind::Territory => Kind::Territory,
            ask::ItemKind::Activity => Kind::Activity,
            ask::ItemKind::Indicator => Kind::Indicator,
            ask::ItemKind::Source => Kind::Source,
        };
        node::by_key(ctx, kind, &self.0.key).await
    }
}

/// A reading offered when a question has several.
#[derive(SimpleObject)]
#[graphql(name = "Option")]
struct Choice {
    /// What to show.
    label: String,
    /// The question to ask instead.
    question: String,
}

/// A GraphQL document that anybody can run.
#[derive(SimpleObject)]
struct Operation {
    /// Its name.
    name: String,
    /// The document.
    document: String,
    /// Its variables.
    variables: Json<serde_json::Value>,
}

mirror! {
    /// What came of a question.
    AnswerStatus = "ask::AnswerStatus" {
        /// There is an answer.
        Answered,
        /// The question has several readings; `options` offers them.
        Clarification,
        /// Understood in part or in full, but nothing is stored.
        NoData,
        /// Not about this ecosystem.
        OutOfScope,
        /// Refused: abuse, or somebody's private data.
        Refused,
    }

    /// A kind of question.
    QuestionKind = "ask::QuestionKind" {
        /// How many.
        Count,
        /// How much, how large.
        Value,
        /// Which position.
        Rank,
        /// Which part of a whole.
        Share,
        /// The most or the least.
        Top,
        /// One against another.
        Comparison,
        /// How it went over time.
        Trend,
        /// Which ones.
        List,
        /// Who.
        Who,
        /// Where.
        Where,
        /// When.
        When,
        /// Says who.
        Source,
        /// What it means.
        Definition,
        /// How far a project is.
        Status,
        /// What an agreement or plan provides.
        Contents,
        /// Whom to turn to.
        Contact,
        /// What is close to the asker.
        Near,
        /// Whether it is true.
        Verification,
        /// Why figures differ.
        Conflict,
        /// To be told later.
        Alert,
        /// About this service.
        Meta,
        /// None that is known.
        Unknown,
    }

    /// Why there is no answer.
    AbstentionReason = "ask::AbstentionReason" {
        /// Some words were not understood.
        UncoveredWords,
        /// Nothing is stored.
        NoObservation,
        /// It has not happened yet.
        Future,
        /// The question takes something for granted that is not so.
        FalsePremise,
        /// No such place is known.
        UnknownPlace,
        /// Several readings.
        Ambiguous,
        /// Not about this ecosystem.
        OutOfDomain,
        /// Somebody's private data.
        PersonalData,
        /// Abuse.
        Hostile,
    }

    /// A kind of listed thing.
    ItemKind = "ask::ItemKind" {
        /// An organisation.
        Organisation,
        /// A site.
        Site,
        /// A park.
        Park,
        /// A project.
        Project,
        /// An agreement.
        Agreement,
        /// An axis of an agreement.
        Axis,
        /// A plan.
        Plan,
        /// An objective of a plan.
        Objective,
        /// An incentive.
        Incentive,
        /// A training programme.
        Training,
        /// An event.
        Event,
        /// A territory.
        Territory,
        /// An activity.
        Activity,
        /// An indicator.
        Indicator,
        /// A source.
        Source,
    }
}
