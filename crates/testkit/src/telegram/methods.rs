//! The methods of the Bot API, with the limits the real one enforces.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::answer::{Answer, Refusal};
use super::chat::{Button, Notice, ReplyKeyboard, Sent, bot};
use super::html::{self, Plain};
use super::parameters::Parameters;
use super::routes::LONGEST_POLL;
use super::{Inner, World};

/// Characters of a message, of a caption and of the notice after a button.
const LONGEST_TEXT: usize = 4096;
const LONGEST_CAPTION: usize = 1024;
const LONGEST_NOTICE: usize = 200;
/// Bytes of a photo.
const LARGEST_PHOTO: usize = 10 * 1024 * 1024;
/// Messages a second over all chats.
const MESSAGES_A_SECOND: usize = 30;

pub(crate) async fn call(world: &Arc<World>, method: &str, given: &Parameters) -> Answer {
    if method == "getupdates" {
        return get_updates(world, given).await;
    }
    let mut inner = world.lock();
    match method {
        "getme" => Ok(me()),
        "getwebhookinfo" => Ok(json!({
            "url": inner.webhook.clone().unwrap_or_default(),
            "has_custom_certificate": false,
            "pending_update_count": 0,
        })),
        "setwebhook" => {
            inner.webhook = given.text("url").filter(|url| !url.is_empty());
            Ok(json!(true))
        }
        "deletewebhook" => {
            inner.webhook = None;
            if given.flag("drop_pending_updates") {
                inner.updates.take(i64::MAX, 0);
            }
            Ok(json!(true))
        }
        "sendmessage" => send_message(&mut inner, given),
        "sendphoto" => send_photo(&mut inner, given),
        "editmessagetext" => edit_text(&mut inner, given),
        "editmessagereplymarkup" => edit_buttons(&mut inner, given),
        "answercallbackquery" => answer_callback(&mut inner, given),
        "sendchataction" => {
            known_chat(&inner, given)?;
            match given.text("action").as_deref() {
                Some("typing" | "upload_photo" | "upload_document" | "find_location") => {
                    Ok(json!(true))
                }
                _ => Err(Refusal::bad("wrong parameter action in request")),
            }
        }
        "setmycommands" => set_commands(&mut inner, given),
        _ => Err(Refusal::not_found()),
    }
}

/// The bot, with every field teloxide insists on.
fn me() -> Value {
    let mut me = bot();
    for (field, value) in [
        ("can_join_groups", true),
        ("can_read_all_group_messages", false),
        ("supports_inline_queries", false),
        ("can_connect_to_business", false),
        ("has_main_web_app", false),
        ("has_topics_enabled", false),
        ("allows_users_to_create_topics", false),
    ] {
        me[field] = json!(value);
    }
    me
}

async fn get_updates(world: &Arc<World>, given: &Parameters) -> Answer {
    let offset = given.number("offset").unwrap_or(0);
    let limit = usize::try_from(given.number("limit").unwrap_or(100).clamp(1, 100)).unwrap_or(100);
    let seconds = u64::try_from(given.number("timeout").unwrap_or(0).max(0)).unwrap_or(0);
    let until = Instant::now() + Duration::from_secs(seconds).min(LONGEST_POLL);
    let mine = {
        let mut inner = world.lock();
        if inner.webhook.is_some() {
            return Err(Refusal::webhook_active());
        }
        inner.updates.poll += 1;
        inner.updates.poll
    };
    world.changed.notify_waiters();
    loop {
        let changed = world.changed.notified();
        tokio::pin!(changed);
        changed.as_mut().enable();
        {
            let mut inner = world.lock();
            if inner.updates.poll != mine {
                return Err(Refusal::other_poller());
            }
            let updates = inner.updates.take(offset, limit);
            if !updates.is_empty() || Instant::now() >= until {
                return Ok(Value::Array(updates));
            }
        }
        let _ = tokio::time::timeout_at(until.into(), changed).await;
    }
}

fn send_message(inner: &mut Inner, given: &Parameters) -> Answer {
    let chat = known_chat(inner, given)?;
    let raw = given.text("text").unwrap_or_default();
    let plain = formatted(&raw, given, "text", LONGEST_TEXT)?;
    if plain.text.is_empty() {
        return Err(Refusal::bad("message text is empty"));
    }
    send(inner, chat, raw, plain, None, given)
}

fn send_photo(inner: &mut Inner, given: &Parameters) -> Answer {
    let chat = known_chat(inner, given)?;
    let attached = given.text("photo").unwrap_or_default();
    let part = attached.strip_prefix("attach://").unwrap_or("photo");
    let photo = match given.files.get(part) {
        Some(photo) if photo.is_empty() => return Err(Refusal::bad("file must be non-empty")),
        Some(photo) => photo,
        None => return Err(Refusal::bad("there is no photo in the request")),
    };
    check_photo(photo)?;
    let raw = given.text("caption").unwrap_or_default();
    let plain = formatted(&raw, given, "caption", LONGEST_CAPTION)?;
    send(
        inner,
        chat,
        raw,
        plain,
        Some(photo.as_slice().into()),
        given,
    )
}

/// At most 10 MB; both sides together at most 10,000 pixels, one at most twenty times the other.
fn check_photo(photo: &[u8]) -> Result<(), Refusal> {
    if photo.len() > LARGEST_PHOTO {
        return Err(Refusal::bad("file is too big"));
    }
    let side = |at: usize| {
        let bytes = photo.get(at..at + 4)?.try_into().ok()?;
        Some(u64::from(u32::from_be_bytes(bytes)))
    };
    let png = photo.starts_with(b"\x89PNG\r\n\x1a\n");
    let (Some(width), Some(height), true) = (side(16), side(20), png) else {
        return Err(Refusal::bad("IMAGE_PROCESS_FAILED"));
    };
    let (short, long) = (width.min(height), width.max(height));
    match short > 0 && long <= short * 20 && width + height <= 10_000 {
        true => Ok(()),
        false => Err(Refusal::bad("PHOTO_INVALID_DIMENSIONS")),
    }
}

fn send(
    inner: &mut Inner,
    chat: i64,
    raw: String,
    plain: Plain,
    photo: Option<Arc<[u8]>>,
    given: &Parameters,
) -> Answer {
    let now = Instant::now();
    while inner
        .recent
        .front()
        .is_some_and(|sent| now.duration_since(*sent) >= Duration::from_secs(1))
    {
        inner.recent.pop_front();
    }
    if inner.recent.len() >= MESSAGES_A_SECOND {
        return Err(Refusal::too_many(1));
    }
    let buttons = keyboard(given)?;
    let reply_keyboard = reply_keyboard(chat, given)?;
    let reply_to = reply_target(inner, chat, given)?;
    inner.recent.push_back(now);
    let message_id = inner.chats.next_message_id();
    let sent = Sent {
        message_id,
        chat,
        text: plain.text,
        raw,
        entities: plain.entities,
        buttons,
        reply_keyboard,
        photo,
        reply_to,
        edits: 0,
    };
    let chat = inner
        .chats
        .known
        .get_mut(&chat)
        .ok_or_else(|| Refusal::bad("chat not found"))?;
    let described = chat.describe(&sent);
    chat.sent.push(sent);
    Ok(described)
}

fn reply_target(inner: &Inner, chat: i64, given: &Parameters) -> Result<Option<i64>, Refusal> {
    let Some(reply) = given.json("reply_parameters")? else {
        return Ok(None);
    };
    let Some(target) = reply["message_id"].as_i64() else {
        return Ok(None);
    };
    let known = inner.chats.known.get(&chat).is_some_and(|chat| {
        chat.written.contains(&target) || chat.sent.iter().any(|sent| sent.message_id == target)
    });
    match known {
        true => Ok(Some(target)),
        false if reply["allow_sending_without_reply"] == true => Ok(None),
        false => Err(Refusal::bad("message to be replied not found")),
    }
}

fn edit_text(inner: &mut Inner, given: &Parameters) -> Answer {
    let raw = given.text("text").unwrap_or_default();
    let plain = formatted(&raw, given, "text", LONGEST_TEXT)?;
    if plain.text.is_empty() {
        return Err(Refusal::bad("message text is empty"));
    }
    edit(inner, given, |sent, buttons| {
        let same =
            sent.text == plain.text && sent.entities == plain.entities && sent.buttons == buttons;
        (sent.text, sent.raw, sent.entities, sent.buttons) =
            (plain.text, raw, plain.entities, buttons);
        same
    })
}

fn edit_buttons(inner: &mut Inner, given: &Parameters) -> Answer {
    edit(inner, given, |sent, buttons| {
        std::mem::replace(&mut sent.buttons, buttons.clone()) == buttons
    })
}

/// Applies `change`, which says whether everything stayed the same.
fn edit(
    inner: &mut Inner,
    given: &Parameters,
    change: impl FnOnce(&mut Sent, Vec<Vec<Button>>) -> bool,
) -> Answer {
    let chat = known_chat(inner, given)?;
    let buttons = keyboard(given)?;
    let message_id = given
        .number("message_id")
        .ok_or_else(|| Refusal::bad("message identifier is not specified"))?;
    let sent = inner
        .chats
        .message(chat, message_id)
        .ok_or_else(|| Refusal::bad("message to edit not found"))?;
    if change(sent, buttons) {
        return Err(Refusal::bad(
            "message is not modified: specified new message content and reply markup are exactly the same as a \
             current content and reply markup of the message",
        ));
    }
    sent.edits += 1;
    let sent = sent.clone();
    let chat = inner
        .chats
        .known
        .get(&chat)
        .ok_or_else(|| Refusal::bad("chat not found"))?;
    Ok(chat.describe(&sent))
}

fn answer_callback(inner: &mut Inner, given: &Parameters) -> Answer {
    let id = given.text("callback_query_id").unwrap_or_default();
    if inner.callbacks.remove(&id).is_none() {
        return Err(Refusal::bad(
            "query is too old and response timeout expired or query ID is invalid",
        ));
    }
    let text = given.text("text").filter(|text| !text.is_empty());
    if text
        .as_deref()
        .is_some_and(|text| text.chars().count() > LONGEST_NOTICE)
    {
        return Err(Refusal::bad("MESSAGE_TOO_LONG"));
    }
    inner.chats.notices.insert(
        id,
        Notice {
            text,
            alert: given.flag("show_alert"),
        },
    );
    Ok(json!(true))
}

fn set_commands(inner: &mut Inner, given: &Parameters) -> Answer {
    let commands = given.json("commands")?.unwrap_or(Value::Null);
    let list = commands
        .as_array()
        .ok_or_else(|| Refusal::bad("can't parse commands JSON object"))?;
    if list.len() > 100 {
        return Err(Refusal::bad("BOT_COMMANDS_TOO_MUCH"));
    }
    for command in list {
        let name = command["command"].as_str().unwrap_or_default();
        let valid = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if name.is_empty() || name.len() > 32 || !name.chars().all(valid) {
            return Err(Refusal::bad("BOT_COMMAND_INVALID"));
        }
        let description = command["description"]
            .as_str()
            .unwrap_or_default()
            .chars()
            .count();
        if !(1..=256).contains(&description) {
            return Err(Refusal::bad("BOT_COMMAND_DESCRIPTION_INVALID"));
        }
    }
    let language = given.text("language_code").unwrap_or_default();
    if !(language.is_empty() || language.len() == 2) {
        return Err(Refusal::bad("BOT_LANGUAGE_CODE_INVALID"));
    }
    inner.commands.insert(language, commands);
    Ok(json!(true))
}

fn known_chat(inner: &Inner, given: &Parameters) -> Result<i64, Refusal> {
    match given.number("chat_id") {
        None => Err(Refusal::bad("chat_id is empty")),
        Some(id) if inner.chats.known.contains_key(&id) => Ok(id),
        Some(_) => Err(Refusal::bad("chat not found")),
    }
}

fn formatted(raw: &str, given: &Parameters, what: &str, longest: usize) -> Result<Plain, Refusal> {
    let mut plain = match given
        .text("parse_mode")
        .map(|mode| mode.to_ascii_lowercase())
        .as_deref()
    {
        Some("html") => html::parse(raw).map_err(Refusal::bad)?,
        None | Some("") => Plain {
            text: raw.to_owned(),
            entities: Vec::new(),
        },
        Some(_) => return Err(Refusal::bad("unsupported parse_mode")),
    };
    let trimmed = plain.text.trim_end();
    plain.text.truncate(trimmed.len());
    if html::units(&plain.text) > longest {
        return Err(Refusal::bad(if what == "text" {
            "message is too long"
        } else {
            "message caption is too long"
        }));
    }
    Ok(plain)
}

fn keyboard(given: &Parameters) -> Result<Vec<Vec<Button>>, Refusal> {
    let Some(markup) = given.json("reply_markup")? else {
        return Ok(Vec::new());
    };
    let Some(rows) = markup["inline_keyboard"].as_array() else {
        return Ok(Vec::new());
    };
    let mut buttons = Vec::new();
    for row in rows {
        let row = row
            .as_array()
            .ok_or_else(|| Refusal::bad("can't parse inline keyboard"))?;
        buttons.push(row.iter().map(button).collect::<Result<Vec<_>, _>>()?);
    }
    if buttons.iter().flatten().count() > 100 {
        return Err(Refusal::bad("reply markup is too long"));
    }
    Ok(buttons)
}

/// The keyboard below the chat: only private chats may be asked for a position.
fn reply_keyboard(chat: i64, given: &Parameters) -> Result<Option<ReplyKeyboard>, Refusal> {
    let Some(markup) = given.json("reply_markup")? else {
        return Ok(None);
    };
    if markup["remove_keyboard"] == true {
        return Ok(Some(ReplyKeyboard::Removed));
    }
    let Some(rows) = markup["keyboard"].as_array() else {
        return Ok(None);
    };
    let mut buttons = Vec::new();
    for button in rows
        .iter()
        .flat_map(|row| row.as_array().into_iter().flatten())
    {
        let text = button["text"]
            .as_str()
            .or(button.as_str())
            .unwrap_or_default();
        let position = button["request_location"] == true;
        if text.trim().is_empty() {
            return Err(Refusal::bad("keyboard button text must be non-empty"));
        }
        if position && chat < 0 {
            return Err(Refusal::bad(
                "location can be requested in private chats only",
            ));
        }
        buttons.push((text.to_owned(), position));
    }
    Ok(Some(ReplyKeyboard::Shown(buttons)))
}

fn button(button: &Value) -> Result<Button, Refusal> {
    let text = button["text"].as_str().unwrap_or_default().to_owned();
    let callback_data = button["callback_data"].as_str().map(str::to_owned);
    let url = button["url"].as_str().map(str::to_owned);
    if text.trim().is_empty() {
        return Err(Refusal::bad(
            "inline keyboard button text must be non-empty",
        ));
    }
    match (&callback_data, &url) {
        (Some(data), None) if (1..=64).contains(&data.len()) => {}
        (Some(_), None) => return Err(Refusal::bad("BUTTON_DATA_INVALID")),
        (None, Some(url))
            if url.starts_with("https://")
                || url.starts_with("http://")
                || url.starts_with("tg://") => {}
        (None, Some(_)) => return Err(Refusal::bad("BUTTON_URL_INVALID")),
        _ => {
            return Err(Refusal::bad(
                "text buttons are unallowed in the inline keyboard",
            ));
        }
    }
    Ok(Button {
        text,
        callback_data,
        url,
    })
}
