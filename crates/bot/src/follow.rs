//! Following: a chat is told when the answer to a question changes. What is kept is in the database, so that a restart loses nothing.

mod tell;

use std::sync::Arc;

use graphql::follow::{Follow, Followed, MOST, Wish};
use graphql::{Access, Call, Request, Service, Variables, Visitor};
use serde_json::json;
use teloxide::types::InlineKeyboardMarkup;

use crate::answer::{Answer, NoAnswer, Question, ask, locale, read};
use crate::button::{self, Press};
use crate::chat::Last;
use crate::door::Door;
use crate::reply::{self, Outgoing, own};
use crate::send::Recipient;
use crate::text::shorten;
use crate::words::Form;

pub use tell::tell;

/// Characters of one line in the list of what is followed.
const LINE: usize = 200;

/// `/follow`: with a question, follows its answer; without one, that of the last question.
pub async fn follow(
    door: &Door,
    to: Recipient,
    question: &str,
    form: Form,
    request_id: &str,
) -> Vec<Outgoing> {
    let chat = door.chats.get(to.chat);
    let words = &door.words;
    if question.is_empty() {
        return match &chat.last {
            // When it was read is not known any more: what changed since is told at once.
            Some(last) => wish(door, to, last, 0).await,
            None => {
                let example = words.say(form, "example-1");
                let usage = words.say_with(form, "follow-how", "example", &example);
                vec![own(form, &usage)]
            }
        };
    }
    // Read before the answer, so that no change falls between the two.
    let Ok(revision) = door.service.data_revision().await else {
        return vec![own(form, &words.say(form, "failed"))];
    };
    let question = Question {
        text: question,
        chosen: chat.chosen,
        conversation: None,
        position: None,
        request_id,
        visitor: Visitor::Account(to.chat.0),
    };
    let text = question.text.to_owned();
    match ask(&door.service, question).await {
        Ok(answer) => {
            let last = Arc::new(Last {
                serial: door.next_serial(),
                form: answer.form(),
                question: text,
                answer,
            });
            door.chats.change(to.chat, |chat| {
                chat.recent = Some(last.form);
                chat.conversation = Some(last.answer.conversation.clone());
                chat.last = Some(last.clone());
            });
            let mut messages = wish(door, to, &last, revision).await;
            messages.extend(reply::answer(words, &last, None));
            messages
        }
        Err(why) => {
            let key = match why {
                NoAnswer::TooLong => "too-long",
                NoAnswer::Failed => "failed",
            };
            vec![own(form, &words.say(form, key))]
        }
    }
}

/// Follows an answer, and says how it was understood.
async fn wish(door: &Door, to: Recipient, last: &Last, revision: i64) -> Vec<Outgoing> {
    let (form, words) = (last.form, &door.words);
    let (Some(frame), Some(told)) = (&last.answer.frame, &last.answer.told) else {
        return vec![own(form, &words.say(form, "follow-not"))];
    };
    let wish = Wish {
        frame: frame.clone(),
        form: form.code().to_owned(),
        told: told.clone(),
        revision,
    };
    let key = match door.service.follow_answer(to.chat.0, wish).await {
        Ok(Followed::Now) => "follow-set",
        Ok(Followed::Already) => "follow-already",
        Ok(Followed::TooMany | Followed::Full) => "follow-full",
        Err(error) => {
            tracing::warn!(%error, "what a chat follows was not written");
            "failed"
        }
    };
    let what = match key {
        "follow-full" => MOST.to_string(),
        _ => shorten(&last.answer.understood, LINE),
    };
    vec![own(form, &words.say_with(form, key, "example", &what))]
}

/// `/follows`: what the chat follows, each with a button that ends it.
pub async fn list(door: &Door, to: Recipient, form: Form, request_id: &str) -> Vec<Outgoing> {
    let words = &door.words;
    let follows = match door.service.follows(to.chat.0).await {
        Ok(follows) => follows,
        Err(error) => {
            tracing::warn!(%error, request_id, "what a chat follows cannot be read");
            return vec![own(form, &words.say(form, "failed"))];
        }
    };
    if follows.is_empty() {
        return vec![own(form, &words.say(form, "follows-none"))];
    }
    let mut lines = vec![words.say(form, "follows-title")];
    let mut buttons = Vec::new();
    for (number, follow) in (1..).zip(&follows) {
        let what = match again(&door.service, follow, door.chats.get(to.chat).chosen).await {
            Again::Answer(answer) => shorten(&answer.understood, LINE),
            Again::Gone => words.say(form, "follow-gone"),
            Again::Failed => "…".to_owned(),
        };
        buttons.push([button::button(
            &format!("✕ {number}. {what}"),
            Press::Unfollow(follow.id),
        )]);
        lines.push(format!("{number}. {what}"));
    }
    vec![Outgoing {
        buttons: Some(InlineKeyboardMarkup::new(buttons)),
        ..own(form, &lines.join("\n"))
    }]
}

/// `/unfollow`: with the number of a line ends that; with `all` everything; without either shows what there is.
pub async fn unfollow(
    door: &Door,
    to: Recipient,
    which: &str,
    form: Form,
    request_id: &str,
) -> Vec<Outgoing> {
    let ended = match (which.trim(), which.trim().parse::<usize>()) {
        ("all" | "tout" | "toutes" | "الكل" | "kolchi" | "كلشي", _) => {
            door.service.unfollow(to.chat.0, None).await
        }
        (_, Ok(number)) => {
            let follows = door.service.follows(to.chat.0).await.unwrap_or_default();
            match number.checked_sub(1).and_then(|at| follows.get(at)) {
                Some(follow) => door.service.unfollow(to.chat.0, Some(follow.id)).await,
                None => Ok(0),
            }
        }
        _ => Ok(0),
    };
    match ended {
        Ok(0) => list(door, to, form, request_id).await,
        Ok(_) => vec![own(form, &door.words.say(form, "unfollowed"))],
        Err(error) => {
            tracing::warn!(%error, request_id, "what a chat follows was not ended");
            vec![own(form, &door.words.say(form, "failed"))]
        }
    }
}

/// A pressed button ends one of the things, and shows the others.
pub async fn end(
    door: &Door,
    to: Recipient,
    id: i64,
    form: Form,
    request_id: &str,
) -> Vec<Outgoing> {
    if let Err(error) = door.service.unfollow(to.chat.0, Some(id)).await {
        tracing::warn!(%error, request_id, "what a chat follows was not ended");
        return vec![own(form, &door.words.say(form, "failed"))];
    }
    list(door, to, form, request_id).await
}

/// What became of an answer that is asked for again.
enum Again {
    Answer(Box<Answer>),
    /// It names something that is no longer stored.
    Gone,
    /// Our own trouble, for now.
    Failed,
}

/// The answer that is followed, from the data as they are.
async fn again(service: &Service, follow: &Follow, chosen: Option<Form>) -> Again {
    let variables = json!({ "frame": follow.frame, "locale": chosen.map(locale) });
    let request = Request::new(graphql::ANSWER_DOCUMENT)
        .variables(Variables::from_json(variables))
        .operation_name("Answer");
    let call = Call {
        access: Access::ReadOnly,
        request_id: format!("follow-{}", follow.id),
        visitor: Visitor::Operator,
        key: None,
    };
    let reply = graphql::execute(service, &call, request).await;
    if let Some(error) = reply.response.errors.first() {
        let code = error.extensions.as_ref().and_then(|all| all.get("code"));
        let lost = ["NOT_FOUND", "BAD_USER_INPUT"].map(graphql::Value::from);
        if code.is_some_and(|code| lost.contains(code)) {
            return Again::Gone;
        }
        tracing::warn!(error = error.message, "an answer could not be given again");
        return Again::Failed;
    }
    match read(reply.response, "answer") {
        Ok(answer) => Again::Answer(Box::new(answer)),
        Err(_) => Again::Failed,
    }
}
