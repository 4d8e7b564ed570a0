//! What is remembered of a chat, in memory only: its language, its last answer, its conversation.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use lru::LruCache;
use teloxide::types::ChatId;

use crate::answer::Answer;
use crate::curator::step::{Decision, Which};
use crate::words::Form;

/// Chats remembered at once; the one that was silent longest is forgotten first.
const CHATS: NonZeroUsize = NonZeroUsize::new(10_000).expect("not zero");

/// For how long the bot waits for what it asked for.
const PATIENCE: Duration = Duration::from_secs(600);

/// What the bot asked for: the next message may be it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Awaited {
    /// The link that goes with these words of a correction.
    Link(String),
    /// Why a proposal is decided so.
    Reason(Decision, Which),
    /// What of a proposed figure is otherwise.
    Amendment(Which),
}

/// One chat.
#[derive(Clone, Default)]
pub struct Chat {
    /// Chosen by `/lang`; wins over what the question is written in.
    pub chosen: Option<Form>,
    /// The form of the last reply, for the bot's own texts.
    pub recent: Option<Form>,
    /// The opaque token of the last answer, handed back for a follow-up.
    pub conversation: Option<String>,
    pub last: Option<Arc<Last>>,
    /// Whether the keyboard that asks for a position is up.
    pub keyboard: bool,
    awaited: Option<(Awaited, Instant)>,
}

/// The last answer, and the number its buttons carry.
pub struct Last {
    pub serial: u32,
    pub form: Form,
    /// What was asked, in case its answer is marked wrong.
    pub question: String,
    pub answer: Answer,
}

impl Chat {
    /// The form of the bot's own texts here.
    pub fn form(&self, application: Option<&str>) -> Form {
        self.chosen
            .or(self.recent)
            .unwrap_or_else(|| Form::of_application(application))
    }

    /// The last answer, if `serial` is its number.
    pub fn answer(&self, serial: u32) -> Option<Arc<Last>> {
        self.last.clone().filter(|last| last.serial == serial)
    }

    /// Waits for something from now on.
    pub fn awaits(&mut self, awaited: Awaited) {
        self.awaited = Some((awaited, Instant::now()));
    }

    /// What the bot waits for in the next message, and no longer.
    pub fn take_awaited(&mut self) -> Option<Awaited> {
        let (awaited, since) = self.awaited.take()?;
        (since.elapsed() < PATIENCE).then_some(awaited)
    }

    /// Forgets the conversation; the chosen language stays.
    pub fn forget(&mut self) {
        self.conversation = None;
        self.last = None;
        self.keyboard = false;
    }
}

/// All chats.
pub struct Chats {
    known: Mutex<LruCache<ChatId, Chat>>,
}

impl Chats {
    pub fn new() -> Self {
        Self {
            known: Mutex::new(LruCache::new(CHATS)),
        }
    }

    /// A copy of what is known of a chat.
    pub fn get(&self, id: ChatId) -> Chat {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&id).cloned().unwrap_or_default()
    }

    /// Changes what is known of a chat.
    pub fn change(&self, id: ChatId, change: impl FnOnce(&mut Chat)) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        change(known.get_or_insert_mut(id, Chat::default));
    }

    /// Forgets a chat altogether, because its owner left.
    pub fn remove(&self, id: ChatId) {
        self.known
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop(&id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_silent_chats_are_forgotten_first() {
        let chats = Chats::new();
        for id in 0..10_001 {
            chats.change(ChatId(id), |chat| chat.chosen = Some(Form::Arabic));
        }
        assert_eq!(chats.get(ChatId(0)).chosen, None);
        assert_eq!(chats.get(ChatId(1)).chosen, Some(Form::Arabic));
    }
}
