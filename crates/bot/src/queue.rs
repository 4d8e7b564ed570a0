//! Updates of one chat in order, chats side by side, and a bound on everything that waits.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use metrics::counter;
use teloxide::types::{ChatId, Update};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;

use crate::door::{self, Door};

/// Updates that may wait or be worked on at once; when it is full, polling pauses.
const WAITING: usize = 1_000;
/// Updates of one chat that may wait; what a flood adds beyond that is dropped.
const WAITING_A_CHAT: usize = 20;

type Waiting = VecDeque<(Update, OwnedSemaphorePermit)>;

/// The queue of all chats.
pub struct Queue {
    door: Arc<Door>,
    room: Arc<Semaphore>,
    chats: Arc<Mutex<HashMap<ChatId, Waiting>>>,
    tasks: JoinSet<()>,
}

impl Queue {
    pub fn new(door: Arc<Door>) -> Self {
        let room = Arc::new(Semaphore::new(WAITING));
        Self {
            door,
            room,
            chats: Arc::default(),
            tasks: JoinSet::new(),
        }
    }

    /// Takes an update in; waits while there is no room at all.
    pub async fn push(&mut self, update: Update) {
        let Some(chat) = door::chat_of(&update) else {
            return;
        };
        let Ok(permit) = self.room.clone().acquire_owned().await else {
            return;
        };
        while self.tasks.try_join_next().is_some() {}
        counter!("bab_telegram_updates_total").increment(1);
        let mut chats = lock(&self.chats);
        if let Some(waiting) = chats.get_mut(&chat) {
            if waiting.len() < WAITING_A_CHAT {
                waiting.push_back((update, permit));
            } else {
                counter!("bab_telegram_updates_dropped_total").increment(1);
                tracing::warn!(
                    update = update.id.0,
                    "a chat writes faster than it is answered; dropped"
                );
            }
            return;
        }
        chats.insert(chat, VecDeque::new());
        drop(chats);
        let (door, chats) = (self.door.clone(), self.chats.clone());
        self.tasks.spawn(work(door, chats, chat, update, permit));
    }

    /// Finishes what was taken in, within `time`; the rest is abandoned.
    pub async fn finish(mut self, time: Duration) {
        let all = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(time, all).await.is_err() {
            tracing::warn!(
                chats = self.tasks.len(),
                "replies were abandoned at shutdown"
            );
        }
    }
}

/// Works on the updates of one chat until none waits.
async fn work(
    door: Arc<Door>,
    chats: Arc<Mutex<HashMap<ChatId, Waiting>>>,
    chat: ChatId,
    first: Update,
    permit: OwnedSemaphorePermit,
) {
    let mut next = Some((first, permit));
    while let Some((update, permit)) = next {
        // An own task, so that a panic ends one update and not the chat.
        if tokio::spawn(door::handle(door.clone(), update))
            .await
            .is_err()
        {
            tracing::error!("an update was given up after a panic");
        }
        drop(permit);
        next = {
            let mut chats = lock(&chats);
            let waiting = chats.get_mut(&chat).and_then(VecDeque::pop_front);
            if waiting.is_none() {
                chats.remove(&chat);
            }
            waiting
        };
    }
}

fn lock(chats: &Mutex<HashMap<ChatId, Waiting>>) -> MutexGuard<'_, HashMap<ChatId, Waiting>> {
    chats.lock().unwrap_or_else(PoisonError::into_inner)
}
