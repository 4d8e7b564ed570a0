//! Feedback: questions without an answer are counted, answers can be marked wrong, and texts are kept where the operator says so.
//!
//! Answering never waits for the database because of it: what is counted waits in memory and is written every few seconds.

mod counter;
mod limits;
mod problem;
mod report;

use std::{pin::pin, time::Duration};

use chrono::{Days, NaiveDate};
use language::Anonymous;
use serde::Serialize;
use store::feedback::Asked;

use crate::Service;
use counter::{Counter, Sort};
use limits::Limits;

pub use problem::AnswerProblem;
pub use report::{ReportAnswerInput, ReportAnswerPayload, report};

/// How often what was counted is written.
const PAUSE: Duration = Duration::from_secs(5);
/// The longest pause while the database does not take it.
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

/// The most that is kept of a question and of a comment, in characters.
const QUESTION: usize = 300;
const COMMENT: usize = 500;

/// What is kept of what people write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keeping {
    /// Whether questions that were not answered, or whose answer was marked wrong, are kept, made anonymous.
    pub questions: bool,
    /// For how many days.
    pub days: u16,
}

impl Default for Keeping {
    /// Nothing; what was kept earlier goes after 90 days.
    fn default() -> Self {
        Self {
            questions: false,
            days: 90,
        }
    }
}

/// What is counted and limited in this process.
pub(crate) struct Feedback {
    keeping: Keeping,
    counter: Counter,
    limits: tokio::sync::Mutex<Limits>,
}

impl Feedback {
    pub fn new(keeping: Keeping) -> Self {
        Self {
            keeping,
            counter: Counter::default(),
            limits: tokio::sync::Mutex::default(),
        }
    }

    /// Counts an answer that is none, in memory, and sets its question aside where questions are kept.
    pub fn count(&self, day: NaiveDate, answer: &ask::Answer, question: &str) {
        let Some(reason) = answer.reason else { return };
        self.counter.count(Sort {
            day,
            reason,
            kind: answer.kind,
            form: answer.form,
        });
        // A question asked back is going to be answered.
        if self.keeping.questions
            && may_be_kept(Some(reason))
            && reason != ask::AbstentionReason::Ambiguous
        {
            self.counter.keep(store::feedback::Text {
                day,
                asked: asked(answer.kind, answer.form, Some(reason)),
                problem: None,
                question: Anonymous::of(question, QUESTION),
                comment: None,
            });
        }
    }
}

impl Service {
    /// Whether the operator keeps the questions that were not answered or whose answer was marked wrong.
    pub fn keeps_questions(&self) -> bool {
        self.feedback().keeping.questions
    }

    /// Writes what was counted since it was last written. What cannot be written waits for the next time.
    pub async fn write_feedback(&self) -> Result<(), store::Error> {
        self.feedback().counter.write(self.store()).await
    }

    /// Writes what is counted every few seconds, and lets kept texts go when their time is over, until `stop` is done.
    pub async fn record_feedback(&self, stop: impl Future<Output = ()>) {
        let mut stop = pin!(stop);
        let mut cleared = None;
        let mut pause = PAUSE;
        loop {
            pause = match self.record(&mut cleared).await {
                Ok(()) => PAUSE,
                Err(error) => {
                    tracing::warn!(%error, "feedback could not be written; it waits in memory");
                    (pause * 2).min(LONGEST_PAUSE)
                }
            };
            tokio::select! {
                () = &mut stop => return,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    async fn record(&self, cleared: &mut Option<NaiveDate>) -> Result<(), store::Error> {
        let today = self.now().date_naive();
        if *cleared != Some(today) {
            let days = Days::new(self.feedback().keeping.days.into());
            let gone = store::feedback::forget(self.store(), today.checked_sub_days(days)).await?;
            if gone > 0 {
                tracing::info!(
                    texts = gone,
                    "kept questions whose time is over were deleted"
                );
            }
            *cleared = Some(today);
        }
        self.write_feedback().await
    }
}

/// Whether a text may be kept at all: what asks for somebody's private data, and abuse, may not.
fn may_be_kept(reason: Option<ask::AbstentionReason>) -> bool {
    !matches!(
        reason,
        Some(ask::AbstentionReason::PersonalData | ask::AbstentionReason::Hostile)
    )
}

fn asked(kind: ask::QuestionKind, form: ask::Form, reason: Option<ask::AbstentionReason>) -> Asked {
    Asked {
        kind: word(kind),
        form: form.code().to_owned(),
        reason: reason.map(word),
    }
}

/// The word of the contract for a kind or a reason.
pub(crate) fn word(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
