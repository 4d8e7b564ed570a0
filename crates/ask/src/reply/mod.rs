//! A result becomes an answer: what is said, and every number of it with its origin.

mod abstain;
mod compare;
mod contact;
mod contents;
mod directory;
mod figures;
mod lists;
mod organisation;
mod ranking;
mod record;
mod rows;
mod sentence;
mod speak;
mod things;
mod trend;
mod understood;

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::answer::{
    AbstentionReason, Answer, AnswerStatus, Chart, Choice, Figure, Item, QuestionKind,
};
use crate::conversation;
use crate::frame::Frame;
use crate::lexicon::Lexicon;
use crate::request::{Operation, Slot};
use crate::suggest;
use crate::understand::{Ambiguity, Outcome, Talk, Understanding};

pub use speak::Speaker;

/// Everything a reply may look at.
pub struct Context<'a> {
    pub lexicon: &'a Lexicon,
    pub frame: &'a Frame,
    pub slots: &'a [Slot],
    pub speaker: Speaker,
    pub now: DateTime<Utc>,
}

/// An answer in the making.
#[derive(Default)]
pub struct Draft {
    /// Sentences, in order.
    pub sentences: Vec<String>,
    /// Lines of a list, after the sentences.
    pub lines: Vec<String>,
    /// Sentences after the list.
    pub closing: Vec<String>,
    pub figures: Vec<Figure>,
    pub items: Vec<Item>,
    pub conflicts: Vec<Figure>,
    pub sources: Vec<String>,
    pub reason: Option<AbstentionReason>,
    pub suggestions: Vec<String>,
    pub chart: Option<Chart>,
}

impl Draft {
    /// Adds a sentence, if there is anything in it.
    pub fn say(&mut self, sentence: String) {
        if !sentence.trim().is_empty() {
            self.sentences.push(sentence);
        }
    }

    /// Adds a sentence after the list.
    pub fn close(&mut self, sentence: String) {
        if !sentence.trim().is_empty() {
            self.closing.push(sentence);
        }
    }

    /// Notes a source once.
    pub fn cite(&mut self, source: &str) {
        if !self.sources.iter().any(|known| known == source) {
            self.sources.push(source.to_owned());
        }
    }

    /// Notes a figure once, and its source.
    pub fn figure(&mut self, figure: Figure) {
        if let Some(source) = figure.source.clone() {
            self.cite(&source);
        }
        if !self.figures.contains(&figure) {
            self.figures.push(figure);
        }
    }

    fn text(&self) -> String {
        let mut parts = vec![self.sentences.join(" ")];
        parts.extend(self.lines.iter().cloned());
        parts.push(self.closing.join(" "));
        parts.retain(|part| !part.is_empty());
        parts.join("\n")
    }
}

/// The answer to a frame, from the result of its operation.
pub fn answer(
    context: &Context<'_>,
    understanding: &Understanding,
    operation: Operation,
    data: &Value,
) -> Answer {
    let frame = context.frame;
    let mut draft = if frame.indicator.is_some() && frame.kind != QuestionKind::Definition {
        figures::reply(context, data, &operation.name)
    } else {
        things::reply(context, data, &operation.name)
    };
    if draft.reason.is_some() {
        draft.figures.clear();
        draft.conflicts.clear();
    }
    if draft.suggestions.is_empty() {
        draft.suggestions = suggest::suggestions(context.lexicon, context.speaker, Some(frame));
    }
    let status = draft
        .reason
        .map_or(AnswerStatus::Answered, AbstentionReason::status);
    Answer {
        status,
        kind: frame.kind,
        locale: context.speaker.form.locale(),
        form: context.speaker.form,
        text: with_corrections(context.speaker, understanding, draft.text()),
        understood: understood::line(context, data),
        carried: understood::carried(context.speaker, &understanding.carried),
        conversation: conversation::write(frame, context.now),
        figures: draft.figures,
        items: draft.items,
        conflicts: draft.conflicts,
        sources: draft.sources,
        reason: draft.reason,
        uncovered: Vec::new(),
        options: Vec::new(),
        suggestions: draft.suggestions,
        operation: Some(operation),
        chart: draft.chart,
        frame: Some(frame.clone()),
    }
}

/// The answer to what is not asked of the database: refusals, questions back, talk.
pub fn without_operation(
    lexicon: &Lexicon,
    understanding: &Understanding,
    previous: Option<&Frame>,
    now: DateTime<Utc>,
) -> Answer {
    let speaker = Speaker {
        form: understanding.form,
    };
    let mut answer = empty(speaker);
    if let Some(frame) = previous {
        answer.conversation = conversation::write(frame, now);
    }
    answer.frame.clone_from(&understanding.near);
    answer.suggestions = suggest::suggestions(lexicon, speaker, understanding.near.as_ref());
    match &understanding.outcome {
        Outcome::Abstain {
            kind,
            reason,
            words,
        } => {
            answer.kind = *kind;
            answer.status = reason.status();
            answer.reason = Some(*reason);
            answer.uncovered.clone_from(words);
            answer.text = abstain::text(speaker, *kind, *reason, words);
        }
        Outcome::Back { kind, choice } => {
            answer.kind = *kind;
            answer.status = AnswerStatus::Clarification;
            answer.reason = Some(AbstentionReason::Ambiguous);
            answer.options = choices(lexicon, speaker, choice);
            if let Ambiguity::Frames(frames) = choice
                && let Some(first) = frames.first()
            {
                // "Je veux dire les centres d'appels" goes on from what was asked back.
                answer.conversation = conversation::write(first, now);
            }
            answer.text = speaker.word(match choice {
                Ambiguity::Places { .. } => "ask-back-place",
                Ambiguity::Frames(_) => "ask-back",
            });
            for option in &answer.options {
                answer.text.push_str("\n• ");
                answer.text.push_str(&option.label);
            }
        }
        Outcome::Talk(talk) => {
            answer.kind = QuestionKind::Meta;
            answer.status = AnswerStatus::Answered;
            answer.text = speaker.word(match talk {
                Talk::Capabilities => "capabilities",
                Talk::Thanks => "thanks",
                Talk::WhyFiguresDiffer => "why-figures-differ",
                Talk::NothingToFollow => "nothing-to-follow",
            });
            match talk {
                Talk::WhyFiguresDiffer => answer.kind = QuestionKind::Conflict,
                Talk::NothingToFollow => {
                    answer.status = AnswerStatus::Clarification;
                    answer.reason = Some(AbstentionReason::Ambiguous);
                    answer.options = answer
                        .suggestions
                        .iter()
                        .map(|question| Choice {
                            label: question.clone(),
                            question: question.clone(),
                        })
                        .collect();
                }
                _ => {}
            }
        }
        Outcome::Ask(_) => {}
    }
    answer.understood = understood::short(speaker, answer.kind);
    answer.text = with_corrections(speaker, understanding, answer.text);
    answer
}

/// The answer to a text that is too long to be a question.
pub fn too_long(lexicon: &Lexicon, speaker: Speaker) -> Answer {
    let mut answer = empty(speaker);
    answer.status = AnswerStatus::Refused;
    answer.reason = Some(AbstentionReason::Hostile);
    answer.text = speaker.say(
        "too-long",
        vec![("limit", crate::MAX_CHARACTERS.to_string().into())],
    );
    answer.suggestions = suggest::suggestions(lexicon, speaker, None);
    answer.understood = understood::short(speaker, answer.kind);
    answer
}

fn choices(lexicon: &Lexicon, speaker: Speaker, choice: &Ambiguity) -> Vec<Choice> {
    match choice {
        Ambiguity::Places {
            name,
            records,
            frame,
        } => records
            .iter()
            .take(3)
            .map(|record| suggest::homonym(lexicon, speaker, name, record, frame))
            .collect(),
        Ambiguity::Frames(frames) => frames
            .iter()
            .take(3)
            .map(|frame| {
                let question = suggest::question(lexicon, speaker, frame);
                Choice {
                    label: question.clone(),
                    question,
                }
            })
            .collect(),
    }
}

fn with_corrections(speaker: Speaker, understanding: &Understanding, text: String) -> String {
    let mut lines: Vec<String> = understanding
        .corrections
        .iter()
        .filter(|_| speaker.form != language::Form::AryLatn)
        .take(3)
        .map(|(written, believed)| {
            speaker.say(
                "corrected",
                vec![("written", written.into()), ("believed", believed.into())],
            )
        })
        .collect();
    lines.push(text);
    lines.join("\n")
}

fn empty(speaker: Speaker) -> Answer {
    Answer {
        status: AnswerStatus::NoData,
        kind: QuestionKind::Unknown,
        locale: speaker.form.locale(),
        form: speaker.form,
        text: String::new(),
        understood: String::new(),
        carried: Vec::new(),
        conversation: String::new(),
        figures: Vec::new(),
        items: Vec::new(),
        conflicts: Vec::new(),
        sources: Vec::new(),
        reason: None,
        uncovered: Vec::new(),
        options: Vec::new(),
        suggestions: Vec::new(),
        operation: None,
        chart: None,
        frame: None,
    }
}
