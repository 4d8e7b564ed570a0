//! A pressed button: first the notice Telegram waits for, then what it stands for.

use std::sync::Arc;

use teloxide::payloads::AnswerCallbackQuerySetters;
use teloxide::requests::Requester;
use teloxide::types::{CallbackQuery, CallbackQueryId, ChatId};

use super::Press;
use crate::chat::Last;
use crate::door::Door;
use crate::refusal::describe;
use crate::send::Recipient;
use crate::{command, curator, follow, message, reply, report};

/// What a button turned out to mean.
enum Meaning {
    Messages(Vec<reply::Outgoing>),
    Picture(Arc<Last>),
    Question(String),
    Stale,
}

/// Answers a pressed button.
pub async fn handle(door: &Door, query: CallbackQuery, request_id: &str) {
    let to = match &query.message {
        Some(message) => message::place(message),
        None => Recipient {
            chat: ChatId::from(query.from.id),
            reply_to: None,
        },
    };
    let application = query.from.language_code.as_deref();
    let chat = door.chats.get(to.chat);
    let form = chat.form(application);
    let words = &door.words;
    let found = |serial| chat.answer(serial);
    let press = query.data.as_deref().and_then(Press::parse);
    if let Some(Press::Wrong(_) | Press::Problem(..)) = press {
        let notice = report::pressed(door, &query, press, request_id).await;
        return acknowledge(door, query.id, notice, request_id).await;
    }
    if let Some(Press::Proposal(step)) = press {
        let notice = curator::pressed(door, &query, step, request_id).await;
        return acknowledge(door, query.id, notice, request_id).await;
    }
    let meaning = match press {
        None | Some(Press::Wrong(_) | Press::Problem(..) | Press::Proposal(_)) => Meaning::Stale,
        Some(Press::Sources(serial)) => match found(serial) {
            Some(last) => Meaning::Messages(reply::sources(words, last.form, &last.answer.sources)),
            None => Meaning::Stale,
        },
        Some(Press::Query(serial)) => match found(serial) {
            Some(last) => {
                let public_url = door.settings.public_url.as_deref();
                Meaning::Messages(reply::query(
                    words,
                    last.form,
                    last.answer.operation.as_ref(),
                    public_url,
                ))
            }
            None => Meaning::Stale,
        },
        Some(Press::Chart(serial)) => match found(serial) {
            Some(last) => Meaning::Picture(last),
            None => Meaning::Stale,
        },
        Some(Press::Option(serial, index)) => {
            let question = found(serial)
                .and_then(|last| last.answer.options.get(index).map(|o| o.question.clone()));
            question.map_or(Meaning::Stale, Meaning::Question)
        }
        Some(Press::Suggestion(serial, index)) => {
            let question =
                found(serial).and_then(|last| last.answer.suggestions.get(index).cloned());
            question.map_or(Meaning::Stale, Meaning::Question)
        }
        Some(Press::Example(index @ 1..=3)) => {
            Meaning::Question(words.say(form, &format!("example-{index}")))
        }
        Some(Press::Example(_)) => Meaning::Stale,
        Some(Press::Unfollow(id)) => {
            Meaning::Messages(follow::end(door, to, id, form, request_id).await)
        }
        Some(Press::Language(chosen)) => {
            Meaning::Messages(vec![command::own_language(door, to, chosen, form)])
        }
    };
    let notice = matches!(meaning, Meaning::Stale).then(|| words.say(form, "stale"));
    acknowledge(door, query.id.clone(), notice, request_id).await;
    match meaning {
        Meaning::Messages(messages) => door.send(to, messages).await,
        Meaning::Picture(last) => {
            door.send(to, vec![picture(door, &last, request_id).await])
                .await
        }
        Meaning::Question(question) => {
            let asked = message::Asked {
                shown: Some(&question),
                ..message::Asked::plain(&question)
            };
            message::answer(door, to, asked, application, request_id).await;
        }
        Meaning::Stale => {}
    }
}

/// The picture of an answer, or word that there is none.
async fn picture(door: &Door, last: &Last, request_id: &str) -> reply::Outgoing {
    if let Some(chart) = &last.answer.chart
        && let Some(png) = door.studio.png(chart, request_id).await
    {
        return reply::picture(last.form, &chart.title, png);
    }
    reply::own(last.form, &door.words.say(last.form, "failed"))
}

/// Stops the spinner on the button, with a notice when there is something to say.
async fn acknowledge(door: &Door, id: CallbackQueryId, notice: Option<String>, request_id: &str) {
    let mut answer = door.bot.answer_callback_query(id);
    if let Some(notice) = notice {
        answer = answer.text(notice);
    }
    if let Err(error) = answer.await {
        tracing::warn!(
            request_id,
            error = describe(&error),
            "a button was not acknowledged"
        );
    }
}
