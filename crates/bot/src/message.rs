//! A message somebody wrote: a command, a question, or something that is not text.

use std::sync::Arc;

use graphql::Visitor;
use teloxide::types::{MaybeInaccessibleMessage, Message, MessageEntityKind, MessageKind};

use crate::answer::{NoAnswer, Question, ask};
use crate::chat::{Awaited, Chat, Last};
use crate::command::{self, Command};
use crate::door::Door;
use crate::reply::{self, Keyboard, Outgoing};
use crate::send::Recipient;
use crate::words::Form;
use crate::{correct, curator};

/// Where the reply to a message goes: quoted in groups, plain in private.
pub fn recipient(message: &Message) -> Recipient {
    Recipient {
        chat: message.chat.id,
        reply_to: (!message.chat.is_private()).then_some(message.id),
    }
}

/// Where the reply to a pressed button goes.
pub fn place(message: &MaybeInaccessibleMessage) -> Recipient {
    Recipient {
        chat: message.chat().id,
        reply_to: None,
    }
}

/// Where a message of the bot stands.
pub fn place_of(message: &Message) -> Recipient {
    Recipient {
        chat: message.chat.id,
        reply_to: None,
    }
}

/// The number of the account that wrote; that of the chat where nobody is named.
pub fn account(message: &Message) -> i64 {
    let user = message.from.as_ref();
    user.and_then(|user| i64::try_from(user.id.0).ok())
        .unwrap_or(message.chat.id.0)
}

/// Answers a message, if it is meant for the bot.
pub async fn handle(door: &Door, message: Message, request_id: &str) {
    let from_bot = message.from.as_ref().is_some_and(|user| user.is_bot);
    if from_bot || message.chat.is_channel() {
        return;
    }
    let to = recipient(&message);
    let application = message
        .from
        .as_ref()
        .and_then(|user| user.language_code.as_deref());
    if let (Some(location), true) = (message.location(), message.chat.is_private()) {
        let form = door.chats.get(to.chat).form(application);
        let question = door.words.say(form, "near-question");
        let position = (location.latitude, location.longitude);
        let asked = Asked {
            text: &question,
            shown: None,
            position: Some(position),
        };
        return answer(door, to, asked, application, request_id).await;
    }
    let Some(text) = message.text() else {
        let common = matches!(message.kind, MessageKind::Common(_) | MessageKind::Dice(_));
        if message.chat.is_private() && common {
            let form = door.chats.get(to.chat).form(application);
            let example = door.words.say(form, "example-1");
            let hint = door.words.say_with(form, "text-only", "example", &example);
            door.send(to, vec![reply::own(form, &hint)]).await;
        }
        return;
    };
    let mut awaited = None;
    if message.chat.is_private() {
        door.chats
            .change(to.chat, |chat| awaited = chat.take_awaited());
    }
    match Command::parse(text, door.me.username()) {
        Command::ForAnotherBot => {}
        Command::Unknown if !message.chat.is_private() => {}
        Command::Correct(argument) => {
            correct::handle(door, &message, to, &argument, request_id).await;
        }
        Command::Curator(wish) => curator::handle(door, &message, to, wish, request_id).await,
        Command::None => {
            match awaited {
                Some(Awaited::Reason(decision, which)) => {
                    let decision = (decision, which);
                    return curator::reason(door, &message, to, decision, text, request_id).await;
                }
                Some(Awaited::Amendment(which)) => {
                    return curator::amendment(door, &message, to, which, text, request_id).await;
                }
                Some(Awaited::Link(words)) => {
                    let parts = (words.as_str(), text);
                    if correct::continued(door, &message, to, parts, request_id).await {
                        return;
                    }
                }
                None => {}
            }
            if let Some(question) = meant_for_us(door, &message, text) {
                answer(door, to, Asked::plain(&question), application, request_id).await;
            }
        }
        command => command::run(door, to, command, application, request_id).await,
    }
}

/// What somebody asks.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    pub text: &'a str,
    /// Repeats the question when a button stood for it.
    pub shown: Option<&'a str>,
    /// Latitude and longitude: handed on with the question, and forgotten with it.
    pub position: Option<(f64, f64)>,
}

impl<'a> Asked<'a> {
    /// A question as it was written.
    pub fn plain(text: &'a str) -> Self {
        Self {
            text,
            shown: None,
            position: None,
        }
    }
}

/// Asks, remembers the answer, sends it.
pub async fn answer(
    door: &Door,
    to: Recipient,
    asked: Asked<'_>,
    application: Option<&str>,
    request_id: &str,
) {
    let chat = door.chats.get(to.chat);
    let question = Question {
        text: asked.text,
        chosen: chat.chosen,
        conversation: chat.conversation.as_deref(),
        position: asked.position,
        request_id,
        visitor: Visitor::Account(to.chat.0),
    };
    let messages = match ask(&door.service, question).await {
        Ok(answer) => {
            let mut last = Last {
                serial: door.next_serial(),
                form: answer.form(),
                question: asked.text.to_owned(),
                answer,
            };
            // A position can be asked for where nobody else reads it.
            let asks = last.answer.needs_location && to.chat.is_user();
            let mut messages = keyboard_away(door, &chat, last.form, asked, asks);
            messages.extend(reply::answer(&door.words, &last, asked.shown));
            if asks {
                let label = door.words.say(last.form, "location-button");
                let text = door.words.say(last.form, "location-ask");
                let keyboard = Keyboard::AskPosition(label);
                messages.push(reply::with_keyboard(last.form, &text, keyboard));
            }
            if asked.position.is_some() {
                // Distances tell where somebody is: what is remembered of the chat holds none.
                last.answer.text.clear();
            }
            let last = Arc::new(last);
            door.chats.change(to.chat, |chat| {
                chat.recent = Some(last.form);
                chat.conversation = Some(last.answer.conversation.clone());
                chat.keyboard = asks;
                chat.last = Some(last.clone());
            });
            tracing::info!(request_id, status = last.answer.status, "question answered");
            // A position's keyboard comes with its own messages, never with a picture.
            match last
                .answer
                .chart
                .as_ref()
                .filter(|_| last.answer.is_pictured())
            {
                None => messages,
                Some(chart) => match door.studio.png(chart, request_id).await {
                    Some(png) => reply::pictured(messages, last.form, &chart.title, png),
                    None => messages,
                },
            }
        }
        Err(why) => {
            let form = chat.form(application);
            let key = if why == NoAnswer::TooLong {
                "too-long"
            } else {
                "failed"
            };
            vec![reply::own(form, &door.words.say(form, key))]
        }
    };
    door.send(to, messages).await;
}

/// A line that takes the keyboard away that asked for a position, once that is answered or dropped.
fn keyboard_away(
    door: &Door,
    chat: &Chat,
    form: Form,
    asked: Asked<'_>,
    asks_again: bool,
) -> Vec<Outgoing> {
    let key = match asked.position {
        Some(_) => "location-used",
        None if chat.keyboard && !asks_again => "location-dropped",
        None => return Vec::new(),
    };
    let text = door.words.say(form, key);
    vec![reply::with_keyboard(form, &text, Keyboard::Remove)]
}

/// The question in a message: all of it in private; in groups only a mention or a reply to the bot.
fn meant_for_us(door: &Door, message: &Message, text: &str) -> Option<String> {
    if message.chat.is_private() {
        return Some(text.to_owned());
    }
    let mention = format!("@{}", door.me.username());
    let mentioned = message
        .parse_entities()
        .unwrap_or_default()
        .iter()
        .any(|entity| {
            matches!(entity.kind(), MessageEntityKind::Mention)
                && entity.text().eq_ignore_ascii_case(&mention)
        });
    let replied = message
        .reply_to_message()
        .and_then(|quoted| quoted.from.as_ref());
    let replied = replied.is_some_and(|user| user.id == door.me.user.id);
    if !mentioned && !replied {
        return None;
    }
    let words = text
        .split_whitespace()
        .filter(|word| !word.eq_ignore_ascii_case(&mention));
    let question = words.collect::<Vec<_>>().join(" ");
    (!question.is_empty()).then_some(question)
}
