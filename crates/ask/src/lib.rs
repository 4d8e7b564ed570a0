//! A sentence in, an operation and a cited answer out.
//!
//! Pure: it knows neither the network nor the database. Whoever calls it lends a [`Run`] that executes operations on the schema.

mod answer;
mod conversation;
mod frame;
mod lexicon;
mod locale;
mod question;
mod reference;
mod reply;
mod request;
mod span;
mod suggest;
mod understand;

pub use answer::{
    AbstentionReason, Answer, AnswerStatus, Chart, Choice, Figure, FigureBasis, Item, ItemKind,
    PeriodBasis, Point, Qualifier, QuestionKind, Series, SubjectKind,
};
pub use lexicon::{Level, Lexicon, LexiconError, Name, NameKind, Words};
pub use locale::{Form, Locale};
pub use question::{Location, MAX_CHARACTERS, Question};
pub use reference::{About, Reference};
pub use request::{Operation, Run, RunError};

use reply::{Context, Speaker};
use understand::{Outcome, Understanding};

/// Answers one question at the instant `now`, over whatever `runner` executes on.
///
/// Fails only when the operation itself cannot be executed; not knowing is an answer.
pub async fn answer<R: Run + Sync>(
    lexicon: &Lexicon,
    question: &Question<'_>,
    now: chrono::DateTime<chrono::Utc>,
    runner: &R,
) -> Result<Answer, RunError> {
    let (understanding, previous) = match prepare(lexicon, question, now) {
        Ok(prepared) => prepared,
        Err(refusal) => return Ok(*refusal),
    };
    let Outcome::Ask(frame) = &understanding.outcome else {
        return Ok(reply::without_operation(
            lexicon,
            &understanding,
            previous.as_ref(),
            now,
        ));
    };
    let operation = request::build(lexicon, frame, understanding.form);
    let data = runner.run(&operation).await?;
    let slots = request::slots(lexicon, frame);
    let context = Context {
        lexicon,
        frame,
        slots: &slots,
        speaker: Speaker {
            form: understanding.form,
        },
        now,
    };
    let figures = operation.name == "Figure";
    let mut answer = reply::answer(&context, &understanding, operation, &data);
    if figures {
        // What was only looked at in case nothing nearer is known is left out of what is given again.
        let stated = request::stated(&slots, &data, &answer);
        let locale = request::locale(understanding.form);
        answer.operation = Some(request::figure(lexicon, frame, &stated, &locale));
    }
    Ok(answer)
}

/// The operation that would be run for a question; none when it is refused, asked back or talk.
pub fn operation(
    lexicon: &Lexicon,
    question: &Question<'_>,
    now: chrono::DateTime<chrono::Utc>,
) -> Option<Operation> {
    match prepare(lexicon, question, now).ok()?.0 {
        Understanding {
            outcome: Outcome::Ask(frame),
            form,
            ..
        } => Some(request::build(lexicon, &frame, form)),
        _ => None,
    }
}

/// What a question is taken for, without running anything: how an answer to it would be referred to.
pub fn reference(
    lexicon: &Lexicon,
    question: &Question<'_>,
    now: chrono::DateTime<chrono::Utc>,
) -> Reference {
    let understanding = match prepare(lexicon, question, now) {
        Ok((understanding, _)) => understanding,
        Err(refusal) => return refusal.reference(),
    };
    let form = understanding.form;
    match &understanding.outcome {
        Outcome::Ask(frame) => Reference::of(Some(frame), frame.kind, form, None),
        _ => reply::without_operation(lexicon, &understanding, None, now).reference(),
    }
}

type Prepared = (Understanding, Option<frame::Frame>);

fn prepare(
    lexicon: &Lexicon,
    question: &Question<'_>,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<Prepared, Box<Answer>> {
    let trimmed = question.text.trim();
    if trimmed.chars().nth(MAX_CHARACTERS).is_some() {
        let start: String = trimmed.chars().take(200).collect();
        let locale = question
            .locale
            .unwrap_or(match language::Script::of(&start) {
                language::Script::Arabic => Locale::Ar,
                _ => Locale::Fr,
            });
        return Err(Box::new(reply::too_long(
            lexicon,
            Speaker {
                form: Form::new(locale, language::Script::of(&start)),
            },
        )));
    }
    let text = understand::clean(trimmed);
    let previous = question
        .conversation
        .and_then(|token| conversation::read(token, now));
    let understanding =
        understand::understand(lexicon, &text, question.locale, previous.as_ref(), now);
    Ok((understanding, previous))
}
