//! A message somebody wrote: a command, a question, or something that is not text.

use graphql::Visitor;
use teloxide::types::{MaybeInaccessibleMessage, Message, MessageEntityKind, MessageKind};

use crate::answer::{NoAnswer, Question, ask};
use crate::chat::Last;
use crate::command::{self, Command};
use crate::door::Door;
use crate::reply;
use crate::send::Recipient;

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
    match Command::parse(text, door.me.username()) {
        Command::ForAnotherBot => {}
        Command::Unknown if !message.chat.is_private() => {}
        Command::None => {
            if let Some(question) = meant_for_us(door, &message, text) {
                answer(door, to, &question, application, None, request_id).await;
            }
        }
        command => command::run(door, to, command, application, request_id).await,
    }
}

/// Asks, remembers the answer, sends it. `shown` repeats the question when a button stood for it.
pub async fn answer(
    door: &Door,
    to: Recipient,
    question: &str,
    application: Option<&str>,
    shown: Option<&str>,
    request_id: &str,
) {
    let chat = door.chats.get(to.chat);
    let asked = Question {
        text: question,
        chosen: chat.chosen,
        conversation: chat.conversation.as_deref(),
        request_id,
        visitor: Visitor::Account(to.chat.0),
    };
    let messages = match ask(&door.service, asked).await {
        Ok(answer) => {
            let last = std::sync::Arc::new(Last {
                serial: door.next_serial(),
                form: answer.form(),
                question: question.to_owned(),
                answer,
            });
            door.chats.change(to.chat, |chat| {
                chat.recent = Some(last.form);
                chat.conversation = Some(last.answer.conversation.clone());
                chat.last = Some(last.clone());
            });
            tracing::info!(request_id, status = last.answer.status, "question answered");
            reply::answer(&door.words, &last, shown)
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
