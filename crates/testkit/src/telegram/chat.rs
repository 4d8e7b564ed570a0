//! Chats as the bot and the people see them: messages, their buttons, notices.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::{BOT_ID, BOT_USERNAME};

/// A button under a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    pub text: String,
    pub callback_data: Option<String>,
    pub url: Option<String>,
}

/// What a message does to the keyboard below the chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReplyKeyboard {
    /// Shows buttons: their labels, and whether each sends the position of the person.
    Shown(Vec<(String, bool)>),
    Removed,
}

/// A message the bot sent, as a person reads it.
#[derive(Clone, Debug)]
pub struct Sent {
    pub message_id: i64,
    pub chat: i64,
    /// The text (or the caption) after the markup was taken away.
    pub text: String,
    /// The text as the bot sent it.
    pub raw: String,
    /// Formatting, as Telegram's `entities`.
    pub entities: Vec<Value>,
    /// Rows of buttons.
    pub buttons: Vec<Vec<Button>>,
    /// What it does to the keyboard below the chat.
    pub reply_keyboard: Option<ReplyKeyboard>,
    /// The photo as it was sent, when it is one.
    pub photo: Option<Arc<[u8]>>,
    /// The message it replies to.
    pub reply_to: Option<i64>,
    /// How often it was edited.
    pub edits: u32,
}

impl Sent {
    /// The button that carries this label.
    pub fn button(&self, label: &str) -> Option<&Button> {
        self.buttons
            .iter()
            .flatten()
            .find(|button| button.text.contains(label))
    }

    /// Where the links of the message lead.
    pub fn links(&self) -> Vec<String> {
        self.entities
            .iter()
            .filter_map(|entity| entity["url"].as_str().map(str::to_owned))
            .collect()
    }
}

/// The short answer to a pressed button.
#[derive(Clone, Debug)]
pub struct Notice {
    pub text: Option<String>,
    pub alert: bool,
}

#[derive(Default)]
pub(crate) struct Chats {
    pub known: BTreeMap<i64, Chat>,
    next_message: i64,
    pub notices: BTreeMap<String, Notice>,
}

pub(crate) struct Chat {
    /// The `chat` object of the Bot API.
    pub about: Value,
    pub sent: Vec<Sent>,
    /// Ids of the messages people wrote.
    pub written: Vec<i64>,
}

impl Chats {
    pub fn next_message_id(&mut self) -> i64 {
        self.next_message += 1;
        self.next_message
    }

    pub fn open(&mut self, id: i64, about: Value) -> &mut Chat {
        self.known.entry(id).or_insert_with(|| Chat {
            about,
            sent: Vec::new(),
            written: Vec::new(),
        })
    }

    pub fn message(&mut self, chat: i64, message_id: i64) -> Option<&mut Sent> {
        self.known
            .get_mut(&chat)?
            .sent
            .iter_mut()
            .find(|sent| sent.message_id == message_id)
    }
}

impl Chat {
    /// The `Message` object of the Bot API for something the bot sent.
    pub fn describe(&self, sent: &Sent) -> Value {
        let mut message = json!({
            "message_id": sent.message_id,
            "from": bot(),
            "chat": self.about,
            "date": 1_795_000_000 + sent.message_id,
        });
        if sent.photo.is_some() {
            message["photo"] = json!([{"file_id": "photo", "file_unique_id": "photo", "width": 800, "height": 450, "file_size": 1}]);
            if !sent.text.is_empty() {
                message["caption"] = json!(sent.text);
            }
        } else {
            message["text"] = json!(sent.text);
            if !sent.entities.is_empty() {
                message["entities"] = json!(sent.entities);
            }
        }
        if sent.edits > 0 {
            message["edit_date"] = json!(1_795_000_000 + sent.message_id + i64::from(sent.edits));
        }
        if !sent.buttons.is_empty() {
            let rows: Vec<Vec<Value>> = sent
                .buttons
                .iter()
                .map(|row| row.iter().map(button).collect())
                .collect();
            message["reply_markup"] = json!({"inline_keyboard": rows});
        }
        message
    }
}

/// The bot as a `User` object.
pub(crate) fn bot() -> Value {
    json!({"id": BOT_ID, "is_bot": true, "first_name": "Bab", "username": BOT_USERNAME})
}

fn button(button: &Button) -> Value {
    let mut object = json!({"text": button.text});
    if let Some(data) = &button.callback_data {
        object["callback_data"] = json!(data);
    }
    if let Some(url) = &button.url {
        object["url"] = json!(url);
    }
    object
}
