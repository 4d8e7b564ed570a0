//! What waits in memory to be written: counts of questions without an answer, and texts where they are kept.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use ask::{AbstentionReason, Form, QuestionKind};
use chrono::NaiveDate;
use store::{
    Store,
    feedback::{self, Count, Text},
};

use super::word;

/// Texts that wait at once, and texts taken in a day; what comes on top is only counted.
const WAITING: usize = 500;
const A_DAY: usize = 2_000;

/// Questions that are counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sort {
    pub day: NaiveDate,
    pub reason: AbstentionReason,
    pub kind: QuestionKind,
    pub form: Form,
}

/// Counts and texts since they were last written.
#[derive(Default)]
pub struct Counter {
    waiting: Mutex<Waiting>,
    /// Held while writing, so that what one writer puts back is not missed by another.
    writing: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Waiting {
    counts: HashMap<Sort, i64>,
    texts: Vec<Text>,
    taken: Option<(NaiveDate, usize)>,
}

impl Counter {
    pub fn count(&self, sort: Sort) {
        *self.lock().counts.entry(sort).or_default() += 1;
    }

    /// Sets a text aside to be kept; says whether there was room.
    pub fn keep(&self, text: Text) -> bool {
        if text.question.is_empty() && text.comment.is_none() {
            return false;
        }
        let mut waiting = self.lock();
        let taken = match waiting.taken {
            Some((day, taken)) if day == text.day => taken,
            _ => 0,
        };
        let room = taken < A_DAY && waiting.texts.len() < WAITING;
        if room {
            waiting.taken = Some((text.day, taken + 1));
            waiting.texts.push(text);
        }
        room
    }

    /// Writes all of it: one statement for the counts, one for the texts if there are any.
    pub async fn write(&self, store: &Store) -> Result<(), store::Error> {
        let _alone = self.writing.lock().await;
        let counts = std::mem::take(&mut self.lock().counts);
        let rows: Vec<Count> = counts.iter().map(row).collect();
        if let Err(error) = feedback::add_unanswered(store, &rows).await {
            let mut waiting = self.lock();
            for (sort, times) in counts {
                *waiting.counts.entry(sort).or_default() += times;
            }
            return Err(error);
        }
        let mut texts = std::mem::take(&mut self.lock().texts);
        if let Err(error) = feedback::keep(store, &texts).await {
            let mut waiting = self.lock();
            texts.append(&mut waiting.texts);
            texts.truncate(WAITING);
            waiting.texts = texts;
            return Err(error);
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn row((sort, times): (&Sort, &i64)) -> Count {
    Count {
        day: sort.day,
        reason: word(sort.reason),
        kind: word(sort.kind),
        form: sort.form.code().to_owned(),
        times: *times,
    }
}

#[cfg(test)]
mod tests {
    use store::feedback::summary;

    use super::*;

    #[tokio::test]
    async fn counts_wait_while_the_database_is_away_and_are_bounded() {
        let (away, back) = (testkit::empty().await, testkit::empty().await);
        away.store.close().await.unwrap();
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let counter = Counter::default();
        let sort = Sort {
            day,
            reason: AbstentionReason::OutOfDomain,
            kind: QuestionKind::Unknown,
            form: Form::AryLatn,
        };
        let text = |number: usize| Text {
            day,
            asked: crate::feedback::asked(sort.kind, sort.form, Some(sort.reason)),
            problem: None,
            question: language::Anonymous::of(&format!("question {number}"), 300),
            comment: None,
        };
        for number in 0..3 * A_DAY {
            counter.count(sort);
            assert_eq!(counter.keep(text(number)), number < WAITING);
        }
        assert!(counter.write(&away.store).await.is_err());
        counter.count(sort);
        counter.write(&back.store).await.unwrap();
        let span = summary::Span::default();
        let seen = summary::unanswered(&back.store, span).await.unwrap();
        assert_eq!(seen[0].times, 3 * A_DAY as i64 + 1);
        let kept = summary::kept(&back.store, span, 10_000).await.unwrap();
        assert_eq!(kept.len(), WAITING);
        let mut taken = WAITING;
        while counter.keep(text(taken)) {
            taken += 1;
            if taken.is_multiple_of(WAITING) {
                counter.write(&back.store).await.unwrap();
            }
        }
        assert_eq!(taken, A_DAY, "no more in a day");
    }
}
