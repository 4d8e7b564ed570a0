//! Curators: `/link`, `/unlink`, `/proposals`, and the buttons under a proposal. Whether somebody may is asked of the schema at each press.

pub mod step;

use graphql::Key;
use serde_json::{Value, json};
use teloxide::types::{CallbackQuery, Message};

use crate::answer::locale;
use crate::button::{self, Reference};
use crate::chat::Awaited;
use crate::document::{self, Sender, UserError};
use crate::door::Door;
use crate::reply::{self, Outgoing};
use crate::report;
use crate::send::Recipient;
use crate::text::{isolate, shorten};
use crate::words::Form;
use crate::{message, proposal};
use step::{Amendment, Decision, Step, Which};

const LINK: &str = include_str!("../documents/link_account.graphql");
const UNLINK: &str = include_str!("../documents/unlink_account.graphql");
const NEXT: &str = include_str!("../documents/next_proposal.graphql");
const ACCEPT: &str = include_str!("../documents/accept_proposal.graphql");
const REJECT: &str = include_str!("../documents/reject_proposal.graphql");

/// Characters of what the schema says to a mistake.
const WHY: usize = 600;

/// What a curator asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// With what was written after the command.
    Link(String),
    Unlink,
    Proposals,
}

/// Who writes, where and in which language.
#[derive(Clone, Copy)]
struct Writer<'a> {
    to: Recipient,
    account: i64,
    form: Form,
    request_id: &'a str,
}

impl<'a> Writer<'a> {
    fn of(door: &Door, message: &Message, to: Recipient, request_id: &'a str) -> Self {
        let user = message.from.as_ref();
        let application = user.and_then(|user| user.language_code.as_deref());
        Self {
            to,
            account: message::account(message),
            form: door.chats.get(to.chat).form(application),
            request_id,
        }
    }

    fn sender(&self, key: Option<Key>) -> Sender<'a> {
        Sender {
            account: self.account,
            key,
            request_id: self.request_id,
        }
    }
}

/// Carries a command out.
pub async fn handle(door: &Door, message: &Message, to: Recipient, wish: Wish, request_id: &str) {
    let writer = Writer::of(door, message, to, request_id);
    let form = writer.form;
    let say = |key: &str| vec![reply::own(form, &door.words.say(form, key))];
    let is_private = message.chat.is_private();
    if is_private {
        // What waits is told in the language of the curator.
        door.chats.change(to.chat, |chat| {
            chat.recent.get_or_insert(form);
        });
    }
    let messages = match wish {
        Wish::Link(code) if code.is_empty() => say("link-how"),
        Wish::Link(code) => link(door, writer, &code, is_private).await,
        // What waits is for nobody else's eyes.
        Wish::Unlink | Wish::Proposals if !is_private => say("private-only"),
        Wish::Unlink => {
            let sender = writer.sender(None);
            let payload = document::run(&door.service, sender, UNLINK, Value::Null).await;
            say(match payload {
                None => "failed",
                Some(payload) if payload["unlinked"] == true => "unlinked",
                Some(_) => "link-none",
            })
        }
        Wish::Proposals => match key_of(door, writer.account).await {
            None => say("curator-not"),
            Some(key) => vec![next(door, writer, key, None).await],
        },
    };
    door.send(to, messages).await;
}

async fn link(door: &Door, writer: Writer<'_>, code: &str, is_private: bool) -> Vec<Outgoing> {
    let form = writer.form;
    let say = |key: &str| reply::own(form, &door.words.say(form, key));
    let code: String = code.chars().take(100).collect();
    let input = json!({ "code": code, "exposed": !is_private });
    let variables = json!({ "input": input });
    let payload = document::run(&door.service, writer.sender(None), LINK, variables).await;
    let Some(payload) = payload else {
        return vec![say("failed")];
    };
    if !is_private {
        return vec![say("link-private")];
    }
    if let Some(error) = document::refused(&payload) {
        return vec![say(match error.code.as_str() {
            "RATE_LIMITED" => "link-too-many",
            _ => "link-wrong",
        })];
    }
    let prefix = payload["keyPrefix"].as_str().unwrap_or_default();
    let text = door.words.say(form, "linked");
    vec![reply::own(form, &format!("{text} ({})", isolate(prefix)))]
}

/// The API key whose rights an account has at this moment.
async fn key_of(door: &Door, account: i64) -> Option<Key> {
    match door.service.key_of_account(account).await {
        Ok(key) => key,
        Err(error) => {
            tracing::error!(%error, "a curator could not be looked up");
            None
        }
    }
}

/// The next proposal after a place in the list, or word that there is none.
async fn next(door: &Door, writer: Writer<'_>, key: Key, after: Option<Reference>) -> Outgoing {
    let form = writer.form;
    let after = after.as_ref().map(Reference::as_str);
    let variables = json!({ "after": after, "locale": locale(form) });
    let page = document::run(&door.service, writer.sender(Some(key)), NEXT, variables).await;
    let Some(page) = page else {
        return reply::own(form, &door.words.say(form, "failed"));
    };
    let open = page["totalCount"].as_u64().unwrap_or_default();
    let edge = &page["edges"][0];
    let shown = &edge["node"];
    let which = Which::of(shown["key"].as_str(), shown["version"].as_i64());
    let cursor = edge["cursor"].as_str().and_then(Reference::parse);
    let (Some(which), Some(cursor)) = (which, cursor) else {
        let key = match open {
            0 => "proposals-none",
            _ => "proposals-end",
        };
        return reply::own(form, &door.words.say(form, key));
    };
    let can_be_accepted = shown["action"] != "READ";
    Outgoing {
        buttons: Some(button::under_proposal(
            &door.words,
            form,
            which,
            can_be_accepted,
            Some(cursor),
        )),
        ..proposal::message(&door.words, form, shown, open)
    }
}

/// Carries a pressed button out; the notice to show. Whoever is not linked gets nothing.
pub async fn pressed(
    door: &Door,
    query: &CallbackQuery,
    step: Step,
    request_id: &str,
) -> Option<String> {
    let account = i64::try_from(query.from.id.0).unwrap_or(i64::MAX);
    let message = query.regular_message();
    let application = query.from.language_code.as_deref();
    let chat = message.map(|message| door.chats.get(message.chat.id));
    let form = chat.unwrap_or_default().form(application);
    let say = |key| Some(door.words.say(form, key));
    // Only under a message of the curator's own chat: nobody else sees what comes of it.
    let Some(message) = message.filter(|message| message.chat.id.0 == account) else {
        return say("stale");
    };
    let Some(key) = key_of(door, account).await else {
        return say("curator-not");
    };
    let writer = Writer {
        to: message::place_of(message),
        account,
        form,
        request_id,
    };
    let Some(shown) = message.reply_markup() else {
        return say("proposal-decided");
    };
    match step {
        Step::Next(cursor) => {
            let next = next(door, writer, key, Some(cursor)).await;
            door.send(writer.to, vec![next]).await;
        }
        Step::Ask(decision, which) => {
            let buttons = button::reasons(&door.words, form, shown, decision, which);
            report::change(door, message, shown, buttons, request_id).await;
        }
        Step::Back(which, can_be_accepted) => {
            let cursor = button::next_of(shown);
            let buttons = button::under_proposal(&door.words, form, which, can_be_accepted, cursor);
            report::change(door, message, shown, buttons, request_id).await;
        }
        Step::Write(decision, which) => {
            let awaited = Awaited::Reason(decision, which);
            door.chats
                .change(writer.to.chat, |chat| chat.awaits(awaited));
            let text = door.words.say(form, "reason-ask");
            door.send(writer.to, vec![reply::own(form, &text)]).await;
        }
        Step::Amend(which) => {
            let awaited = Awaited::Amendment(which);
            door.chats
                .change(writer.to.chat, |chat| chat.awaits(awaited));
            let text = door.words.say(form, "amend-how");
            door.send(writer.to, vec![reply::own(form, &text)]).await;
        }
        Step::Decide(decision, reason, which) => {
            let reason = door.words.say(form, reason.label());
            // Not the id of the press, which Telegram makes of the account.
            let once = format!("{request_id}.{}", message.date.timestamp());
            let what = (decision, which, None);
            let decided = decide(door, writer, &key, what, &reason, &once).await;
            if decided.is_final {
                let none = teloxide::types::InlineKeyboardMarkup::default();
                report::change(door, message, shown, none, request_id).await;
            }
            let mut messages = vec![decided.message];
            if decided.is_final {
                messages.push(next(door, writer, key, None).await);
            }
            door.send(writer.to, messages).await;
        }
    }
    None
}

/// A reason in the curator's own words, after the bot asked for one.
pub async fn reason(
    door: &Door,
    message: &Message,
    to: Recipient,
    (decision, which): (Decision, Which),
    text: &str,
    request_id: &str,
) {
    let writer = Writer::of(door, message, to, request_id);
    let reason = text.split_whitespace().collect::<Vec<_>>().join(" ");
    written(door, message, writer, (decision, which, None), &reason).await;
}

/// What of a proposed figure is otherwise, after the bot asked for it.
pub async fn amendment(
    door: &Door,
    message: &Message,
    to: Recipient,
    which: Which,
    text: &str,
    request_id: &str,
) {
    let writer = Writer::of(door, message, to, request_id);
    let Some(amendment) = Amendment::parse(text) else {
        let awaited = Awaited::Amendment(which);
        door.chats.change(to.chat, |chat| chat.awaits(awaited));
        let text = door.words.say(writer.form, "amend-how");
        return door.send(to, vec![reply::own(writer.form, &text)]).await;
    };
    let reason = door.words.say(writer.form, "reason-read");
    let what = (Decision::Accept, which, Some(amendment));
    written(door, message, writer, what, &reason).await;
}

/// Decides by what a curator wrote, and shows what waits next.
async fn written(
    door: &Door,
    message: &Message,
    writer: Writer<'_>,
    what: (Decision, Which, Option<Amendment>),
    reason: &str,
) {
    let Some(key) = key_of(door, writer.account).await else {
        let text = door.words.say(writer.form, "curator-not");
        return door
            .send(writer.to, vec![reply::own(writer.form, &text)])
            .await;
    };
    let once = format!("{}.{}", writer.request_id, message.date.timestamp());
    let decided = decide(door, writer, &key, what, reason, &once).await;
    let mut messages = vec![decided.message];
    if decided.is_final {
        messages.push(next(door, writer, key, None).await);
    }
    door.send(writer.to, messages).await;
}

/// What came of a decision.
struct Decided {
    message: Outgoing,
    /// Whether nothing is left to decide there: it was decided now, or before.
    is_final: bool,
}

async fn decide(
    door: &Door,
    writer: Writer<'_>,
    key: &Key,
    (decision, which, amendment): (Decision, Which, Option<Amendment>),
    reason: &str,
    once: &str,
) -> Decided {
    let form = writer.form;
    let mut input = json!({
        "key": which.key(),
        "expectedVersion": which.version,
        "reason": reason,
        "idempotencyKey": once,
    });
    let is_amended = amendment.is_some();
    if let Some(Amendment { value, period }) = amendment {
        input["amendedFigure"] = json!({ "value": value, "period": period });
    }
    let variables = json!({ "input": input, "locale": locale(form) });
    let (document, done) = match decision {
        Decision::Accept => (ACCEPT, "accepted"),
        Decision::Reject => (REJECT, "rejected"),
    };
    let sender = writer.sender(Some(key.clone()));
    let payload = document::run(&door.service, sender, document, variables).await;
    let say = |key: &str| door.words.say(form, key);
    let Some(payload) = payload else {
        // A period that is none is refused with the whole request.
        let key = match is_amended {
            true => "amend-how",
            false => "failed",
        };
        return Decided {
            message: reply::own(form, &say(key)),
            is_final: false,
        };
    };
    if let Some(UserError { code, message, .. }) = document::refused(&payload) {
        let why = isolate(&shorten(&message, WHY));
        return Decided {
            message: reply::own(form, &format!("{} {why}", say("decided-not"))),
            is_final: code == "CONFLICT",
        };
    }
    let label = payload["proposal"]["label"].as_str().unwrap_or_default();
    let text = format!("{} {}", say(done), isolate(&shorten(label, WHY)));
    Decided {
        message: reply::own(form, &text),
        is_final: true,
    }
}
