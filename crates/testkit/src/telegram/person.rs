//! A person with a Telegram application: writes, presses buttons, reads what comes back.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use super::chat::{self, Notice, Sent};
use super::{BOT_USERNAME, World};

/// Somebody with a private chat; the chat's id is the person's id.
pub struct Person {
    world: Arc<World>,
    id: i64,
    language: String,
    read: AtomicUsize,
}

impl Person {
    pub(crate) fn new(world: Arc<World>, id: i64, language: &str) -> Self {
        let person = Self {
            world,
            id,
            language: language.to_owned(),
            read: AtomicUsize::new(0),
        };
        let about = json!({"id": id, "type": "private", "first_name": "Amina", "username": format!("amina{id}")});
        person.world.lock().chats.open(id, about);
        person
    }

    /// Writes to the bot. Returns the id of the message.
    pub fn say(&self, text: &str) -> i64 {
        self.write(
            self.id,
            json!({"text": text, "entities": command_entities(text)}),
        )
    }

    /// Writes into a group (a negative id); `@` mentions and commands are marked as Telegram does.
    pub fn say_in_group(&self, group: i64, text: &str) -> i64 {
        self.open_group(group);
        self.write(
            group,
            json!({"text": text, "entities": command_entities(text)}),
        )
    }

    /// Replies in a group to a message the bot sent.
    pub fn reply_in_group(&self, group: i64, to: &Sent, text: &str) -> i64 {
        self.open_group(group);
        let quoted = json!({
            "message_id": to.message_id, "date": 1_795_000_000, "text": to.text, "from": chat::bot(),
            "chat": {"id": group, "type": "supergroup", "title": "Fès"},
        });
        self.write(group, json!({"text": text, "reply_to_message": quoted}))
    }

    /// Sends something that is not text: the fields of a `Message` besides who, where and when.
    pub fn send(&self, content: Value) -> i64 {
        self.write(self.id, content)
    }

    /// Presses the button of `message` whose label contains `label`.
    pub async fn press(&self, message: &Sent, label: &str) -> Notice {
        let data = match message.button(label) {
            Some(button) => button
                .callback_data
                .clone()
                .expect("a button that calls back"),
            None => panic!("no button {label:?} under {message:?}"),
        };
        self.press_data(message, &data).await
    }

    /// Sends callback data as a forged application could; waits for the bot's notice.
    pub async fn press_data(&self, message: &Sent, data: &str) -> Notice {
        let id = self.press_silently(message, data);
        self.world
            .wait_for("an answer to the button", |inner| {
                inner.chats.notices.remove(&id)
            })
            .await
    }

    /// Presses without waiting. Returns the id of the callback query.
    pub fn press_silently(&self, message: &Sent, data: &str) -> String {
        let mut inner = self.world.lock();
        let described = inner
            .chats
            .known
            .get(&message.chat)
            .map(|chat| chat.describe(message));
        let id = format!(
            "{}",
            4_000_000_000_000_000_i64 + inner.chats.next_message_id()
        );
        inner.callbacks.insert(id.clone(), message.chat);
        inner.updates.push(json!({"callback_query": {
            "id": id, "from": self.user(), "message": described, "chat_instance": "1", "data": data,
        }}));
        drop(inner);
        self.world.changed.notify_waiters();
        id
    }

    /// The next message of the bot in the private chat that was not read yet.
    pub async fn next(&self) -> Sent {
        let position = self.read.fetch_add(1, Ordering::SeqCst);
        self.nth_in(self.id, position).await
    }

    /// The message at `position` (from 0) the bot sent into `chat`.
    pub async fn nth_in(&self, chat: i64, position: usize) -> Sent {
        self.world
            .wait_for(&format!("message {position} in chat {chat}"), |inner| {
                inner.chats.known.get(&chat)?.sent.get(position).cloned()
            })
            .await
    }

    /// Asks and reads the reply.
    pub async fn ask(&self, text: &str) -> Sent {
        self.say(text);
        self.next().await
    }

    /// Everything the bot sent into `chat` so far.
    pub fn seen_in(&self, chat: i64) -> Vec<Sent> {
        self.world
            .lock()
            .chats
            .known
            .get(&chat)
            .map(|chat| chat.sent.clone())
            .unwrap_or_default()
    }

    /// Everything the bot sent into the private chat so far.
    pub fn seen(&self) -> Vec<Sent> {
        self.seen_in(self.id)
    }

    fn open_group(&self, group: i64) {
        let about = json!({"id": group, "type": "supergroup", "title": "Fès"});
        self.world.lock().chats.open(group, about);
    }

    fn write(&self, chat: i64, content: Value) -> i64 {
        let mut inner = self.world.lock();
        let message_id = inner.chats.next_message_id();
        let opened = inner.chats.open(chat, Value::Null);
        opened.written.push(message_id);
        let mut message = json!({
            "message_id": message_id, "from": self.user(), "chat": opened.about, "date": 1_795_000_000 + message_id,
        });
        if let (Some(message), Value::Object(content)) = (message.as_object_mut(), content) {
            message.extend(content);
        }
        inner.updates.push(json!({"message": message}));
        drop(inner);
        self.world.changed.notify_waiters();
        message_id
    }

    fn user(&self) -> Value {
        let mut user = json!({"id": self.id, "is_bot": false, "first_name": "Amina"});
        if !self.language.is_empty() {
            user["language_code"] = json!(self.language);
        }
        user
    }
}

/// `entities` for a leading command and for mentions of the bot.
fn command_entities(text: &str) -> Value {
    let mut entities = Vec::new();
    if text.starts_with('/') {
        let length = text
            .split_whitespace()
            .next()
            .unwrap_or_default()
            .encode_utf16()
            .count();
        entities.push(json!({"type": "bot_command", "offset": 0, "length": length}));
    }
    let mention = format!("@{BOT_USERNAME}");
    if let Some(at) = text.find(&mention).filter(|_| !text.starts_with('/')) {
        let offset = text[..at].encode_utf16().count();
        entities.push(json!({"type": "mention", "offset": offset, "length": mention.len()}));
    }
    Value::Array(entities)
}
