//! `reportAnswer`: an answer is marked wrong; held against limits, counted, and its question kept where questions are kept.

use std::time::Instant;

use ask::{About, MAX_CHARACTERS, Reference};
use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use chrono::NaiveDate;
use language::Anonymous;
use store::feedback::{Report, Text};

use super::{
    AnswerProblem, COMMENT, QUESTION, asked,
    limits::{A_DAY, Earlier, Limit},
    may_be_kept,
};
use crate::{
    Service, Visitor,
    answer::QuestionKind,
    author,
    error::{from_store, internal},
    loader,
    scalar::PartialDate,
    service::{self, Caller},
    user_error::{UserError, UserErrorCode as Code},
    view::{Indicator, Territory},
};

/// An answer, and what is wrong with it. One of `reference`, `conversation` and `question` says which answer.
#[derive(InputObject, Clone)]
pub struct ReportAnswerInput {
    /// The `reference` of the answer, as it came. Says best which answer is meant.
    reference: Option<String>,
    /// The `conversation` of the answer, where the reference is not at hand. When nothing was answered it stands for the question before.
    conversation: Option<String>,
    /// What was asked, at most 1,000 characters. Used to find out what it was about when nothing else says so. Kept only where the
    /// operator keeps questions, and then without e-mail addresses, telephone numbers and the like.
    question: Option<String>,
    /// What is wrong.
    problem: AnswerProblem,
    /// What is right, or where it can be read; at most 500 characters. Kept as the question is: only where questions are kept.
    comment: Option<String>,
    /// Any text of at most 128 visible ASCII characters, new for each report. A report sent again with the same key is not counted again.
    idempotency_key: Option<String>,
}

/// What came of a report: the report, or what to mend.
#[derive(SimpleObject)]
pub struct ReportAnswerPayload {
    /// The report as it was counted; null when it was not taken.
    report: Option<AnswerReport>,
    /// Why it was not taken; empty when it was.
    user_errors: Vec<UserError>,
}

/// An answer that was marked wrong. Reports of one answer with one problem on one day are one record.
#[derive(Clone)]
pub struct AnswerReport(Noted);

/// A report that was written.
#[derive(Clone, Debug)]
pub struct Noted {
    day: NaiveDate,
    problem: AnswerProblem,
    kind: ask::QuestionKind,
    about: About,
    times: i64,
    kept: bool,
}

/// A report whose input holds.
#[derive(Hash)]
pub struct Valid {
    which: Which,
    problem: AnswerProblem,
    question: Option<String>,
    comment: Option<String>,
}

/// How the report says which answer.
#[derive(Hash)]
enum Which {
    Reference(String),
    Conversation(String),
    Question,
}

/// An answer that was marked wrong. Reports of one answer with one problem on one day are one record.
#[Object]
impl AnswerReport {
    /// The day it is counted under, in UTC.
    async fn day(&self) -> Option<PartialDate> {
        self.0.day.to_string().parse().ok().map(PartialDate)
    }

    /// What is wrong with the answer.
    async fn problem(&self) -> AnswerProblem {
        self.0.problem
    }

    /// What kind of question the answer was to.
    async fn kind(&self) -> QuestionKind {
        self.0.kind.into()
    }

    /// The indicator it was about.
    async fn indicator(&self, ctx: &Context<'_>) -> Result<Option<Indicator>> {
        let Some(key) = &self.0.about.indicator else {
            return Ok(None);
        };
        let row = loader::by_key::<entity::indicator::Entity>(ctx, key).await?;
        Ok(row.map(Indicator))
    }

    /// The place it was about.
    async fn territory(&self, ctx: &Context<'_>) -> Result<Option<Territory>> {
        let Some(key) = &self.0.about.territory else {
            return Ok(None);
        };
        let row = loader::by_key::<entity::territory::Entity>(ctx, key).await?;
        Ok(row.map(Territory))
    }

    /// How often this was reported today, this time included.
    async fn times(&self) -> i64 {
        self.0.times
    }

    /// Whether the question or the comment is kept for the people who look after the data.
    async fn kept(&self) -> bool {
        self.0.kept
    }
}

/// Takes a report, or says what to mend.
pub async fn report(ctx: &Context<'_>, input: ReportAnswerInput) -> Result<ReportAnswerPayload> {
    let visitor = ctx.data_unchecked::<Caller>().visitor;
    let key = input.idempotency_key.clone();
    let taken = match input.checked() {
        Ok(valid) => take(service::service(ctx), visitor, key.as_deref(), &valid).await?,
        Err(errors) => Err(errors),
    };
    let (report, user_errors) = match taken {
        Ok(noted) => (Some(AnswerReport(noted)), Vec::new()),
        Err(errors) => (None, errors),
    };
    Ok(ReportAnswerPayload {
        report,
        user_errors,
    })
}

impl ReportAnswerInput {
    fn checked(self) -> std::result::Result<Valid, Vec<UserError>> {
        let given = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        let (reference, conversation) = (given(self.reference), given(self.conversation));
        let (question, comment) = (given(self.question), given(self.comment));
        let mut errors = Vec::new();
        for (field, text, limit) in [
            ("question", &question, MAX_CHARACTERS),
            ("comment", &comment, COMMENT),
        ] {
            if text
                .as_ref()
                .is_some_and(|text| text.chars().nth(limit).is_some())
            {
                let message = format!("a {field} has at most {limit} characters; shorten it");
                errors.push(UserError::new(field, Code::TooLong, message));
            }
        }
        errors.extend(author::check_key(self.idempotency_key.as_deref()));
        let which = match (reference, conversation, &question) {
            (Some(reference), ..) if Reference::read(&reference).is_none() => {
                let message = "hand back the `reference` of an answer as it came, or leave it out";
                errors.push(UserError::new("reference", Code::Invalid, message));
                None
            }
            (Some(reference), ..) => Some(Which::Reference(reference)),
            (None, Some(token), _) if Reference::of_conversation(&token).is_none() => {
                let message =
                    "hand back the `conversation` of an answer as it came, or leave it out";
                errors.push(UserError::new("conversation", Code::Invalid, message));
                None
            }
            (None, Some(token), _) => Some(Which::Conversation(token)),
            (None, None, Some(_)) => Some(Which::Question),
            (None, None, None) => {
                let message =
                    "say which answer: give its `reference`, its `conversation`, or the question";
                errors.push(UserError::new("reference", Code::Required, message));
                None
            }
        };
        match which {
            Some(which) if errors.is_empty() => Ok(Valid {
                which,
                problem: self.problem,
                question,
                comment,
            }),
            _ => Err(errors),
        }
    }
}

/// One at a time, so that a limit holds and a key counts once however many arrive together.
async fn take(
    service: &Service,
    visitor: Visitor,
    key: Option<&str>,
    valid: &Valid,
) -> Result<std::result::Result<Noted, Vec<UserError>>> {
    let feedback = service.feedback();
    let day = service.now().date_naive();
    let mut limits = feedback.limits.lock().await;
    if let Some(key) = key {
        match limits.earlier(visitor, key, valid) {
            Earlier::Nothing => {}
            Earlier::Same(noted) => return Ok(Ok(noted)),
            Earlier::Other => {
                let message = "this idempotency key was used for another report; take a new one";
                return Ok(Err(vec![UserError::new(
                    "idempotencyKey",
                    Code::Conflict,
                    message,
                )]));
            }
        }
    }
    if limits.known(day).is_none() {
        let reports = store::feedback::reports_on(service.store(), day).await;
        limits.learn(day, reports.map_err(from_store)?);
    }
    if let Err(limit) = limits.admit(visitor, day, Instant::now()) {
        return Ok(Err(vec![UserError::new(
            None,
            Code::RateLimited,
            advice(limit),
        )]));
    }
    let noted = write(service, day, valid).await?;
    limits.remember(visitor, key, valid, &noted);
    Ok(Ok(noted))
}

fn advice(limit: Limit) -> String {
    match limit {
        Limit::Visitor(wait) => format!(
            "too many reports from here; the next one is taken in {} seconds",
            wait.as_secs().max(1)
        ),
        Limit::Day => format!(
            "{A_DAY} reports were taken today, and no more are; send it again tomorrow (days begin at midnight UTC)"
        ),
    }
}

async fn write(service: &Service, day: NaiveDate, valid: &Valid) -> Result<Noted> {
    let lexicon = service
        .lexicon()
        .await
        .map_err(|failure| internal(&failure))?;
    // The text is read again: what asks for somebody's data is not kept, whatever a reference says.
    let read = valid.question.as_deref().map(|text| {
        let question = ask::Question {
            text,
            locale: None,
            conversation: None,
            location: None,
        };
        ask::reference(&lexicon, &question, service.now())
    });
    let reference = match &valid.which {
        Which::Reference(text) => Reference::read(text),
        Which::Conversation(token) => Reference::of_conversation(token),
        Which::Question => read,
    };
    let Some(reference) = reference else {
        return Err(internal(&"a checked report says which answer"));
    };
    let about = reference.about(&lexicon);
    let asked = asked(reference.kind, reference.form, reference.reason);
    let report = Report {
        day,
        problem: valid.problem.into(),
        asked: asked.clone(),
        indicator: about.indicator.clone(),
        territory: about.territory.clone(),
        subject: about.thing.clone(),
        answer: reference.digest,
    };
    let times = store::feedback::report(service.store(), &report)
        .await
        .map_err(from_store)?;
    let feedback = service.feedback();
    let keep = feedback.keeping.questions
        && may_be_kept(reference.reason)
        && may_be_kept(read.and_then(|read| read.reason));
    let anonymous = |text: &Option<String>, longest| {
        Anonymous::of(text.as_deref().unwrap_or_default(), longest)
    };
    let kept = keep
        && feedback.counter.keep(Text {
            day,
            asked,
            problem: Some(report.problem),
            question: anonymous(&valid.question, QUESTION),
            comment: Some(anonymous(&valid.comment, COMMENT)).filter(|text| !text.is_empty()),
        });
    Ok(Noted {
        day,
        problem: valid.problem,
        kind: reference.kind,
        about,
        times,
        kept,
    })
}
