//! What every update needs at hand, and the path of one update through this door.

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use graphql::Service;
use teloxide::Bot;
use teloxide::types::{ChatId, Me, Update, UpdateKind};

use crate::chat::Chats;
use crate::photo::Studio;
use crate::reply::{Outgoing, own};
use crate::send::{self, Delivery, Recipient};
use crate::settings::Settings;
use crate::words::Words;
use crate::{button, message};

/// Time for a last word after an update took too long.
const LAST_WORD: Duration = Duration::from_secs(15);

/// Shared by all updates.
pub struct Door {
    pub bot: Bot,
    pub me: Me,
    pub service: Service,
    pub settings: Settings,
    pub chats: Chats,
    pub words: Words,
    pub studio: Studio,
    serial: AtomicU32,
}

impl Door {
    pub fn new(bot: Bot, me: Me, service: Service, settings: Settings) -> Self {
        // Numbers start anywhere, so that a button from before a restart is not taken for a new one.
        let start = RandomState::new().hash_one(0) as u32;
        let (chats, words) = (Chats::new(), Words::load());
        Self {
            bot,
            me,
            service,
            settings,
            chats,
            words,
            studio: Studio::new(),
            serial: AtomicU32::new(start),
        }
    }

    /// A number for a new answer.
    pub fn next_serial(&self) -> u32 {
        self.serial.fetch_add(1, Ordering::Relaxed)
    }

    /// Sends messages, and forgets the chat when its owner left.
    pub async fn send(&self, to: Recipient, messages: Vec<Outgoing>) {
        if send::all(&self.bot, to, messages).await == Delivery::Left {
            self.chats.remove(to.chat);
        }
    }
}

/// Handles one update within the time allowed; never fails, never blocks the others.
pub async fn handle(door: Arc<Door>, update: Update) {
    let request_id = format!("telegram-{}", update.id.0);
    let (kind, recipient, language) = match &update.kind {
        UpdateKind::Message(message) => (
            "message",
            Some(message::recipient(message)),
            message.from.as_ref(),
        ),
        UpdateKind::CallbackQuery(query) => (
            "button",
            query.message.as_ref().map(message::place),
            Some(&query.from),
        ),
        _ => return,
    };
    let language = language.and_then(|user| user.language_code.clone());
    let started = Instant::now();
    let work = async {
        match update.kind {
            UpdateKind::Message(message) => message::handle(&door, message, &request_id).await,
            UpdateKind::CallbackQuery(query) => {
                button::press::handle(&door, query, &request_id).await
            }
            _ => {}
        }
    };
    let in_time = tokio::time::timeout(door.settings.update_timeout, work)
        .await
        .is_ok();
    let took_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(request_id, kind, took_ms, in_time, "update handled");
    if let (false, Some(recipient)) = (in_time, recipient) {
        let form = door.chats.get(recipient.chat).form(language.as_deref());
        let sorry = vec![own(form, &door.words.say(form, "too-slow"))];
        let _ = tokio::time::timeout(LAST_WORD, door.send(recipient, sorry)).await;
    }
}

/// The chat an update belongs to, if it is one we handle.
pub fn chat_of(update: &Update) -> Option<ChatId> {
    match &update.kind {
        UpdateKind::Message(message) => Some(message.chat.id),
        UpdateKind::CallbackQuery(query) => Some(match &query.message {
            Some(message) => message.chat().id,
            None => ChatId::from(query.from.id),
        }),
        _ => None,
    }
}
