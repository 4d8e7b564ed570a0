//! A double of the Telegram Bot API: real HTTP, real limits, and a person's side to write from.

mod answer;
mod chat;
mod fault;
mod html;
mod methods;
mod parameters;
mod person;
mod routes;
mod updates;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use poem::listener::{Acceptor, Listener, TcpListener};
use serde_json::Value;
use tokio::sync::{Notify, oneshot};

pub use chat::{Button, Notice, ReplyKeyboard, Sent};
pub use fault::Fault;
pub use person::Person;

/// How long a `wait_…` call waits before it fails the test: teloxide alone sleeps ten seconds on a 5xx.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// The user name the double gives to the bot.
pub const BOT_USERNAME: &str = "bab_double_bot";

/// The id the double gives to the bot.
pub const BOT_ID: i64 = 110_201_543;

/// One request the bot made, as it was understood.
#[derive(Clone, Debug)]
pub struct Call {
    /// Lower case, as in `sendmessage`.
    pub method: String,
    /// The parameters, whatever encoding they came in.
    pub parameters: Value,
    /// The HTTP status that was answered; 0 while it is not answered yet.
    pub status: u16,
}

/// A running double. Dropping it stops the server.
pub struct TelegramDouble {
    world: Arc<World>,
    url: String,
    stop: Option<oneshot::Sender<()>>,
}

/// What the server and the people share.
pub(crate) struct World {
    pub token: String,
    pub changed: Notify,
    inner: Mutex<Inner>,
}

#[derive(Default)]
pub(crate) struct Inner {
    pub chats: chat::Chats,
    pub updates: updates::Queue,
    pub faults: fault::Faults,
    pub calls: Vec<Call>,
    pub webhook: Option<String>,
    /// `setMyCommands` by language code; the empty code is the default.
    pub commands: std::collections::BTreeMap<String, Value>,
    pub callbacks: std::collections::BTreeMap<String, i64>,
    pub recent: std::collections::VecDeque<std::time::Instant>,
}

impl World {
    pub fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until `look` finds something, or gives up after `PATIENCE`.
    pub async fn wait_for<T>(
        &self,
        what: &str,
        mut look: impl FnMut(&mut Inner) -> Option<T>,
    ) -> T {
        let waiting = async {
            loop {
                let changed = self.changed.notified();
                tokio::pin!(changed);
                changed.as_mut().enable();
                if let Some(found) = look(&mut self.lock()) {
                    return found;
                }
                changed.await;
            }
        };
        match tokio::time::timeout(PATIENCE, waiting).await {
            Ok(found) => found,
            Err(_) => {
                let calls: Vec<_> = self
                    .lock()
                    .calls
                    .iter()
                    .map(|c| format!("{} {}", c.method, c.status))
                    .collect();
                panic!("waited {PATIENCE:?} for {what}; the bot called {calls:?}")
            }
        }
    }
}

impl TelegramDouble {
    /// Starts on a free port of the loopback interface.
    pub async fn start() -> Self {
        Self::start_at("127.0.0.1:0")
            .await
            .expect("a free port on the loopback interface")
    }

    /// Starts on `address`, for a person who wants to try the bot by hand.
    pub async fn start_at(address: &str) -> std::io::Result<Self> {
        let acceptor = TcpListener::bind(address.to_owned())
            .into_acceptor()
            .await?;
        let bound = acceptor
            .local_addr()
            .first()
            .and_then(|a| a.as_socket_addr().copied())
            .ok_or_else(|| std::io::Error::other("the listener has no address"))?;
        let world = Arc::new(World {
            token: format!("{BOT_ID}:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"),
            changed: Notify::new(),
            inner: Mutex::default(),
        });
        let (stop, stopped) = oneshot::channel::<()>();
        let app = routes::app(world.clone());
        tokio::spawn(async move {
            let until = async move {
                let _ = stopped.await;
            };
            poem::Server::new_with_acceptor(acceptor)
                .run_with_graceful_shutdown(app, until, Some(Duration::ZERO))
                .await
        });
        Ok(Self {
            world,
            url: format!("http://{bound}"),
            stop: Some(stop),
        })
    }

    /// What `TELEGRAM_API_URL` should be.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What `TELEGRAM_BOT_TOKEN` should be; every other token is answered 401.
    pub fn token(&self) -> &str {
        &self.world.token
    }

    /// A person with a private chat whose application speaks `language` (`fr`, `ar`…).
    pub fn person(&self, id: i64, language: &str) -> Person {
        Person::new(self.world.clone(), id, language)
    }

    /// Queues a fault for the next call of `method` (any letter case); several are used up in order.
    pub fn fail_next(&self, method: &str, fault: Fault) {
        self.world.lock().faults.push(method, fault);
        self.world.changed.notify_waiters();
    }

    /// Queues a raw update; `update_id` is filled in when absent. Returns the id.
    pub fn push_update(&self, update: Value) -> i64 {
        let id = self.world.lock().updates.push(update);
        self.world.changed.notify_waiters();
        id
    }

    /// Queues the last update once more, under the same id.
    pub fn repeat_last_update(&self) {
        self.world.lock().updates.repeat_last();
        self.world.changed.notify_waiters();
    }

    /// Every call so far, in order.
    pub fn calls(&self) -> Vec<Call> {
        self.world.lock().calls.clone()
    }

    /// The calls of one method so far (any letter case).
    pub fn calls_of(&self, method: &str) -> Vec<Call> {
        let method = method.to_ascii_lowercase();
        self.calls()
            .into_iter()
            .filter(|call| call.method == method)
            .collect()
    }

    /// Waits until `method` has been called at least `times` times.
    pub async fn wait_for_calls(&self, method: &str, times: usize) -> Vec<Call> {
        let method = method.to_ascii_lowercase();
        self.world
            .wait_for(&format!("{times} calls of {method}"), |inner| {
                let calls: Vec<_> = inner
                    .calls
                    .iter()
                    .filter(|call| call.method == method)
                    .cloned()
                    .collect();
                (calls.len() >= times).then_some(calls)
            })
            .await
    }

    /// Waits until the bot has confirmed every update that was queued.
    pub async fn wait_until_confirmed(&self) {
        self.world
            .wait_for("the bot to confirm its updates", |inner| {
                inner.updates.is_empty().then_some(())
            })
            .await
    }

    /// The commands set for a language code (`""` is the default).
    pub fn commands(&self, language: &str) -> Option<Value> {
        self.world.lock().commands.get(language).cloned()
    }

    /// Pretends that somebody set a webhook earlier.
    pub fn set_webhook(&self, url: &str) {
        self.world.lock().webhook = Some(url.to_owned());
    }

    /// The webhook, when one is set.
    pub fn webhook(&self) -> Option<String> {
        self.world.lock().webhook.clone()
    }

    /// Requests the double refused with 400: a bot that breaks a limit of Telegram shows here.
    pub fn refused(&self) -> Vec<Call> {
        self.calls()
            .into_iter()
            .filter(|call| call.status == 400)
            .collect()
    }
}

impl Drop for TelegramDouble {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }
}
