//! A sentence in, an operation and a cited answer out.
//!
//! Pure: it knows neither the network nor the database. Whoever calls it lends a [`Run`] that executes operations on the schema.

mod answer;
mod capability;
mod conversation;
mod distance;
mod frame;
mod lexicon;
mod locale;
mod named;
mod picture;
mod question;
mod reference;
mod reply;
mod request;
mod span;
mod suggest;
mod training;
mod understand;

pub use answer::{
    AbstentionReason, Answer, AnswerStatus, Chart, ChartKind, ChartMark, Choice, Figure,
    FigureBasis, Item, ItemKind, Legend, PeriodBasis, Point, Qualifier, QuestionKind, Series,
    SubjectKind,
};
pub use lexicon::{Level, Lexicon, LexiconError, Name, NameKind, Words};
pub use locale::{Form, Locale};
pub use named::{Named, NamedRecord};
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
    if needs_position(frame, question) {
        return Ok(reply::ask_position(lexicon, &understanding, frame, now));
    }
    answered(
        lexicon,
        &understanding,
        frame,
        question.location,
        now,
        runner,
    )
    .await
}

/// The answer to what was understood.
async fn answered<R: Run + Sync>(
    lexicon: &Lexicon,
    understanding: &Understanding,
    frame: &frame::Frame,
    position: Option<Location>,
    now: chrono::DateTime<chrono::Utc>,
    runner: &R,
) -> Result<Answer, RunError> {
    let operation = request::build(lexicon, frame, understanding.form);
    let (operation, data) = read(runner, operation, frame).await?;
    let slots = request::slots(lexicon, frame);
    let context = Context {
        lexicon,
        frame,
        slots: &slots,
        speaker: Speaker {
            form: understanding.form,
        },
        now,
        position,
    };
    let figures = operation.name == "Figure";
    let mut answer = reply::answer(&context, understanding, operation, &data);
    if figures {
        // What was only looked at in case nothing nearer is known is left out of what is given again.
        let stated = request::stated(&slots, &data, &answer);
        let locale = request::locale(understanding.form);
        answer.operation = Some(request::figure(lexicon, frame, &stated, &locale));
    }
    Ok(answer)
}

/// Runs an operation, and reads on where a list is longer than a page; gives back the operation of the first page with lines that are
/// told.
async fn read<R: Run + Sync>(
    runner: &R,
    operation: Operation,
    frame: &frame::Frame,
) -> Result<(Operation, serde_json::Value), RunError> {
    let mut data = runner.run(&operation).await?;
    let mut last = operation.clone();
    let mut first = operation;
    for _ in 1..request::pages::MOST {
        let Some(next) = request::pages::next(&last, frame, &data) else {
            break;
        };
        let before = request::pages::lines(&next, &data);
        let page = runner.run(&next).await?;
        request::pages::join(&next, &mut data, page);
        if !frame.chooses() && before <= frame.told_lines().start {
            first = next.clone();
        }
        last = next;
    }
    Ok((first, data))
}

/// The address of the chart of an indicator over time, at a place or in the world.
pub fn trend(indicator: &str, place: Option<&str>) -> String {
    let frame = frame::Frame {
        indicator: Some(indicator.to_owned()),
        places: place.map(str::to_owned).into_iter().collect(),
        ..frame::Frame::new(QuestionKind::Trend)
    };
    picture::write(&frame, Form::Fr)
}

/// The address of the chart of an indicator at several places, at a period or as late as is known.
pub fn comparison(indicator: &str, places: &[&str], period: Option<&str>) -> String {
    let period = period.and_then(|period| period.parse().ok());
    let frame = frame::Frame {
        indicator: Some(indicator.to_owned()),
        places: places.iter().map(|place| (*place).to_owned()).collect(),
        when: period.map_or(frame::When::Latest, frame::When::At),
        ..frame::Frame::new(QuestionKind::Comparison)
    };
    picture::write(&frame, Form::Fr)
}

/// Why there is no chart or answer for a frame.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChartError {
    /// It was not given by us, or was damaged on the way.
    #[error("the frame cannot be read; take it from the `chart` of an answer, or from the answer")]
    Unreadable,
    /// It names something that is no longer stored.
    #[error("what was asked for is no longer stored; ask the question again")]
    Unknown,
    #[error(transparent)]
    Run(#[from] RunError),
}

/// The chart of an address that an answer gave, from the data as they are now; none when there is nothing left to draw.
///
/// `locale` asks for the words of another language than the question had.
pub async fn chart<R: Run + Sync>(
    lexicon: &Lexicon,
    address: &str,
    locale: Option<Locale>,
    now: chrono::DateTime<chrono::Utc>,
    runner: &R,
) -> Result<Option<Chart>, ChartError> {
    let (frame, form) = picture::read(address).ok_or(ChartError::Unreadable)?;
    if !picture::is_known(lexicon, &frame) {
        return Err(ChartError::Unknown);
    }
    let form = locale.map_or(form, |locale| Form::new(locale, form.script()));
    let operation = request::build(lexicon, &frame, form);
    let data = runner.run(&operation).await?;
    let slots = request::slots(lexicon, &frame);
    let context = Context {
        lexicon,
        frame: &frame,
        slots: &slots,
        speaker: Speaker { form },
        now,
        position: None,
    };
    Ok(reply::chart(&context, &operation.name, &data))
}

/// The answer that gave a frame, from the data as they are now; in the words of another language where `locale` asks for it.
pub async fn again<R: Run + Sync>(
    lexicon: &Lexicon,
    frame: &str,
    locale: Option<Locale>,
    now: chrono::DateTime<chrono::Utc>,
    runner: &R,
) -> Result<Answer, ChartError> {
    let (frame, form) = picture::asked(frame).ok_or(ChartError::Unreadable)?;
    if !picture::is_known(lexicon, &frame) {
        return Err(ChartError::Unknown);
    }
    if frame.kind == QuestionKind::Near && frame.origin.is_none() {
        return Err(ChartError::Unreadable);
    }
    let understanding = Understanding {
        form: locale.map_or(form, |locale| Form::new(locale, form.script())),
        outcome: Outcome::Ask(frame.clone()),
        carried: Vec::new(),
        corrections: Vec::new(),
        near: None,
        next: None,
    };
    Ok(answered(lexicon, &understanding, &frame, None, now, runner).await?)
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
        } if !needs_position(&frame, question) => Some(request::build(lexicon, &frame, form)),
        _ => None,
    }
}

/// Whether nearness is asked, and neither a place nor a position says to what.
fn needs_position(frame: &frame::Frame, question: &Question<'_>) -> bool {
    frame.kind == QuestionKind::Near && frame.origin.is_none() && question.location.is_none()
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

type Prepared = (Understanding, Option<conversation::Turn>);

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
    let turn = previous.as_ref();
    let mut understanding = match first_of_two(lexicon, &text, question.locale, turn, now) {
        Some(first) => first,
        None => understand::understand(lexicon, &text, question.locale, turn, now),
    };
    let asked_back = previous.as_ref().map_or(0, |turn| turn.asked_back);
    if let Outcome::Back { choice, .. } = &understanding.outcome
        && asked_back >= conversation::MAX_ASKED_BACK
        && let Some(first) = choice.first()
    {
        understanding.outcome = Outcome::Ask(first);
    }
    Ok((understanding, previous))
}

/// The first of two questions in one sentence, where each is understood by itself, the second in the light of the first.
fn first_of_two(
    lexicon: &Lexicon,
    text: &str,
    locale: Option<Locale>,
    turn: Option<&conversation::Turn>,
    now: chrono::DateTime<chrono::Utc>,
) -> Option<Understanding> {
    let is_one = || {
        let whole = understand::understand(lexicon, text, locale, turn, now);
        matches!(whole.outcome, Outcome::Ask(_))
    };
    let two_quantities =
        understand::quantities(lexicon, text, now).find_map(|[first, second, alone]| {
            let mut one = understand::understand(lexicon, &first, locale, turn, now);
            let Outcome::Ask(frame) = &one.outcome else {
                return None;
            };
            let mut two = understand::understand(lexicon, &second, locale, turn, now);
            if !matches!(two.outcome, Outcome::Ask(_)) {
                // "How many call centres and jobs": the jobs there.
                let after = conversation::Turn::of(frame, one.form, now);
                two = understand::understand(lexicon, &second, locale, Some(&after), now);
                if !matches!(two.outcome, Outcome::Ask(_)) {
                    two = understand::understand(lexicon, &alone, locale, Some(&after), now);
                }
            }
            match (&one.outcome, two.outcome) {
                (Outcome::Ask(frame), Outcome::Ask(next))
                    if frame.indicator.is_some()
                        && next.indicator.is_some()
                        && understand::is_other(frame, &next) =>
                {
                    one.next = Some((second, next));
                    Some(one)
                }
                _ => None,
            }
        });
    if two_quantities.is_some() {
        return two_quantities;
    }
    understand::halves(lexicon, text, now).find_map(|halves| {
        let (first, rest) = (halves.first, halves.rest);
        if halves.apart && is_one() {
            return None;
        }
        let mut one = understand::understand(lexicon, first, locale, turn, now);
        let Outcome::Ask(frame) = &one.outcome else {
            return None;
        };
        let after = conversation::Turn::of(frame, one.form, now);
        let two = understand::understand(lexicon, rest, locale, Some(&after), now);
        let next = match two.outcome {
            Outcome::Ask(next) if understand::is_other(frame, &next) => next,
            _ => return None,
        };
        one.next = Some((rest.to_owned(), next));
        Some(one)
    })
}
