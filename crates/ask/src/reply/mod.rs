//! A result becomes an answer: what is said, and every number of it with its origin.

mod abstain;
mod aids;
mod chart;
mod companies;
mod compare;
mod contact;
mod contents;
mod directory;
mod figures;
mod lists;
mod near;
mod organisation;
mod placed;
mod progress;
mod ranking;
mod record;
mod rows;
mod sentence;
mod speak;
mod things;
mod trend;
mod understood;
mod works;

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::answer::{
    AbstentionReason, Answer, AnswerStatus, Chart, Choice, Figure, Item, ItemKind, QuestionKind,
    SubjectKind,
};
use crate::conversation::{self, Turn};
use crate::frame::Frame;
use crate::lexicon::{Lexicon, NameKind};
use crate::question::Location;
use crate::request::{Operation, Slot};
use crate::suggest;
use crate::understand::{Ambiguity, Outcome, Talk, Understanding};

pub use near::what;
pub use sentence::capital;
pub use speak::Speaker;

/// Everything a reply may look at.
pub struct Context<'a> {
    pub lexicon: &'a Lexicon,
    pub frame: &'a Frame,
    pub slots: &'a [Slot],
    pub speaker: Speaker,
    pub now: DateTime<Utc>,
    /// Where the asker is, if they told.
    pub position: Option<Location>,
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
    /// Keys of the records that were told, where the operation gives more of them.
    pub narrowed: Option<Vec<String>>,
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
    mut operation: Operation,
    data: &Value,
) -> Answer {
    let frame = context.frame;
    let mut draft = drafted(context, &operation.name, data);
    if draft.suggestions.is_empty() {
        draft.suggestions = suggest::suggestions(context.lexicon, context.speaker, Some(frame));
    }
    if let Some((written, next)) = &understanding.next {
        // Its own words go on from this answer; a figure can be asked for in words that need none.
        let question = match next.indicator {
            Some(_) => suggest::question(context.lexicon, context.speaker, next),
            None => capital(written),
        };
        draft.close(
            context
                .speaker
                .say("one-at-a-time", vec![("question", question.clone().into())]),
        );
        // Without an answer before it, it may have none.
        if draft.reason.is_none() {
            draft.suggestions.insert(0, question);
            draft.suggestions.truncate(3);
        }
    }
    if draft.items.is_empty() && draft.reason.is_none() {
        draft.items = subjects(context, &draft.figures);
    }
    let told = draft
        .figures
        .first()
        .filter(|_| frame.indicator.is_some() && frame.when.is_latest())
        .and_then(|figure| figure.period.as_deref()?.parse::<language::Period>().ok())
        .and_then(|period| i16::try_from(period.year()).ok());
    if let Some(keys) = &draft.narrowed {
        operation.variables["filter"] = serde_json::json!({ "key": { "in": keys } });
    }
    let status = draft
        .reason
        .map_or(AnswerStatus::Answered, AbstentionReason::status);
    let kind = kind(frame, &draft.figures);
    Answer {
        status,
        kind,
        locale: context.speaker.form.locale(),
        form: context.speaker.form,
        text: with_corrections(context.speaker, understanding, draft.text()),
        understood: understood::line(context, data, kind),
        carried: understood::carried(context.speaker, &understanding.carried),
        conversation: conversation::write(
            &Frame {
                told,
                ..frame.clone()
            },
            context.speaker.form,
            0,
            context.now,
        ),
        figures: draft.figures,
        items: draft.items,
        conflicts: draft.conflicts,
        sources: draft.sources,
        reason: draft.reason,
        uncovered: Vec::new(),
        options: Vec::new(),
        suggestions: draft.suggestions,
        operation: Some(operation),
        needs_location: false,
        chart: draft.chart,
        frame: Some(frame.clone()),
    }
}

/// What was asked, in the light of what is told: "how many per cent" counts nothing.
fn kind(frame: &Frame, figures: &[Figure]) -> QuestionKind {
    match (
        frame.kind,
        figures.first().map(|figure| figure.unit.as_str()),
    ) {
        (QuestionKind::Count, Some("percent")) => QuestionKind::Share,
        (kind, _) => kind,
    }
}

/// The records that figures are about, each once.
fn subjects(context: &Context<'_>, figures: &[Figure]) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for (kind, key) in figures.iter().filter_map(|figure| figure.subject.as_ref()) {
        let (name_kind, item_kind) = match kind {
            SubjectKind::Organisation => (NameKind::Organisation, ItemKind::Organisation),
            SubjectKind::Park => (NameKind::Park, ItemKind::Park),
            SubjectKind::Project => (NameKind::Project, ItemKind::Project),
            SubjectKind::Agreement => (NameKind::Agreement, ItemKind::Agreement),
            SubjectKind::Plan => (NameKind::Plan, ItemKind::Plan),
            SubjectKind::Programme => continue,
        };
        if items.iter().any(|item| item.key == *key) {
            continue;
        }
        items.push(Item {
            key: key.clone(),
            name: context
                .lexicon
                .name(name_kind, key)
                .unwrap_or(key)
                .to_owned(),
            kind: item_kind,
            detail: None,
            value: None,
        });
    }
    items
}

/// The chart of the answer to a frame, from the result of its operation.
pub fn chart(context: &Context<'_>, operation: &str, data: &Value) -> Option<Chart> {
    drafted(context, operation, data).chart
}

fn drafted(context: &Context<'_>, operation: &str, data: &Value) -> Draft {
    let frame = context.frame;
    let mut draft = if frame.indicator.is_some() && frame.kind != QuestionKind::Definition {
        figures::reply(context, data, operation)
    } else {
        things::reply(context, data, operation)
    };
    if draft.reason.is_some() {
        draft.figures.clear();
        draft.conflicts.clear();
        draft.chart = None;
    }
    draft
}

/// The answer to what is not asked of the database: refusals, questions back, talk.
pub fn without_operation(
    lexicon: &Lexicon,
    understanding: &Understanding,
    previous: Option<&Turn>,
    now: DateTime<Utc>,
) -> Answer {
    let speaker = Speaker {
        form: understanding.form,
    };
    let mut answer = empty(speaker);
    if let Some(turn) = previous {
        answer.conversation = conversation::write(&turn.frame, speaker.form, 0, now);
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
            // Where only a place was said, only the place is gone on from.
            let first = choice.main().map(|frame| match kind {
                QuestionKind::Unknown => Frame {
                    places: frame.places,
                    readings: frame.readings,
                    ..Frame::new(QuestionKind::Unknown)
                },
                _ => frame,
            });
            if let Some(first) = first {
                // "Je veux dire les centres d'appels" goes on from what was asked back.
                let before = previous.map_or(0, |turn| turn.asked_back);
                answer.conversation = conversation::write(&first, speaker.form, before + 1, now);
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

/// The question back where nearness is asked and nobody said to what: the asker's position, or a city.
pub fn ask_position(
    lexicon: &Lexicon,
    understanding: &Understanding,
    frame: &Frame,
    now: DateTime<Utc>,
) -> Answer {
    let speaker = Speaker {
        form: understanding.form,
    };
    let mut answer = empty(speaker);
    answer.kind = QuestionKind::Near;
    answer.status = AnswerStatus::Clarification;
    answer.reason = Some(AbstentionReason::Ambiguous);
    answer.needs_location = true;
    answer.carried = understood::carried(speaker, &understanding.carried);
    answer.conversation = conversation::write(frame, speaker.form, 0, now);
    answer.options = suggest::near_cities(lexicon, speaker, frame);
    answer.understood = near::understood(lexicon, speaker, frame);
    let mut text = speaker.word("near-ask");
    for option in &answer.options {
        text.push_str("\n• ");
        text.push_str(&option.label);
    }
    answer.text = with_corrections(speaker, understanding, text);
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
        needs_location: false,
        chart: None,
        frame: None,
    }
}
