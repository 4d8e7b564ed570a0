//! Long polling: asks Telegram for updates, hands them to the queue, stops when told to or when it must.
//!
//! Our own loop over teloxide's client, not its dispatcher: that one goes on polling against another poller for ever,
//! writes updates it cannot read into the log, and lets one chat's flood hold up all others.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use graphql::Service;
use teloxide::payloads::GetUpdatesSetters;
use teloxide::requests::Requester;
use teloxide::types::{AllowedUpdate, Me, Update, UpdateId, UpdateKind};
use teloxide::{Bot, RequestError};

use crate::command;
use crate::digest;
use crate::door::Door;
use crate::follow;
use crate::queue::Queue;
use crate::refusal::{Remedy, describe, remedy};
use crate::settings::Settings;

/// The longest pause between two attempts to poll.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// What a request may take on top of the time Telegram holds it.
const SLACK: Duration = Duration::from_secs(15);
/// Ids of updates remembered, so that one delivered twice is answered once.
const REMEMBERED: usize = 1_000;

/// Why the bot stopped by itself.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(
        "Telegram does not accept the token in TELEGRAM_BOT_TOKEN: copy it again from BotFather (/mybots, API Token)"
    )]
    Token,
    #[error(
        "another program polls Telegram with the same token: stop it, or give this one a token of its own in \
         TELEGRAM_BOT_TOKEN; the bot has stopped"
    )]
    OtherPoller,
    #[error("the HTTP client for Telegram could not be made: {0}")]
    Client(String),
    #[error("Telegram cannot be reached under TELEGRAM_API_URL: {0}")]
    Unreachable(String),
}

/// Runs the bot until `shutdown` is done, then finishes the replies under way.
///
/// Boxed, so that it is compiled here and not again in every crate that waits for it.
pub fn run<'a>(
    service: Service,
    settings: Settings,
    shutdown: impl Future<Output = ()> + Send + 'a,
) -> Running<'a> {
    Box::pin(listen(service, settings, Box::pin(shutdown)))
}

type Running<'a> = Pin<Box<dyn Future<Output = Result<(), Error>> + Send + 'a>>;

/// Asks Telegram once for the name of the bot.
pub async fn introduce(settings: &Settings) -> Result<String, Error> {
    let asked = async {
        let me = client(settings)?.get_me().await;
        me.map_err(|error| match remedy(&error) {
            Remedy::CheckToken => Error::Token,
            _ => Error::Unreachable(describe(&error)),
        })
    };
    let late = || Error::Unreachable("no answer in time".to_owned());
    let answered = tokio::time::timeout(SLACK, asked).await;
    Ok(answered.map_err(|_| late())??.username().to_owned())
}

async fn listen(
    service: Service,
    settings: Settings,
    mut shutdown: Pin<Box<dyn Future<Output = ()> + Send + '_>>,
) -> Result<(), Error> {
    let bot = client(&settings)?;
    let me = tokio::select! {
        me = greet(&bot) => me?,
        () = &mut shutdown => return Ok(()),
    };
    tracing::info!(username = me.username(), "the Telegram bot is listening");
    let farewell = settings.farewell;
    let poll_timeout = settings.poll_timeout;
    let door = Arc::new(Door::new(bot.clone(), me, service, settings));
    let publisher = tokio::spawn({
        let door = door.clone();
        async move { command::publish(&door.bot, &door.words).await }
    });
    let telling = tokio::spawn(digest::run(door.clone()));
    let teller = tokio::spawn(follow::tell(door.clone()));
    let mut queue = Queue::new(door);
    let mut polling = Polling {
        bot,
        offset: 0,
        recent: VecDeque::new(),
        failures: 0,
        timeout: poll_timeout,
    };
    let ended = loop {
        let updates = tokio::select! {
            updates = polling.next() => updates,
            () = &mut shutdown => break Ok(()),
        };
        match updates {
            Ok(updates) => {
                for update in updates {
                    queue.push(update).await;
                }
            }
            Err(error) => break Err(error),
        }
    };
    publisher.abort();
    telling.abort();
    teller.abort();
    if ended.is_ok() {
        polling.confirm().await;
    }
    queue.finish(farewell).await;
    ended
}

fn client(settings: &Settings) -> Result<Bot, Error> {
    let failed = |error: &dyn std::fmt::Display| Error::Client(error.to_string());
    let client = teloxide::net::default_reqwest_settings()
        .timeout(settings.poll_timeout + SLACK)
        .build()
        .map_err(|error| failed(&error))?;
    let url = settings
        .api_url
        .parse()
        .map_err(|_| failed(&"TELEGRAM_API_URL is not an address"))?;
    Ok(Bot::with_client(settings.token.reveal(), client).set_api_url(url))
}

/// Learns who the bot is, as long as that takes, and removes a webhook that would forbid polling.
async fn greet(bot: &Bot) -> Result<Me, Error> {
    let me = patiently(|| async { bot.get_me().await }).await?;
    let webhook = patiently(|| async { bot.get_webhook_info().await }).await?;
    if webhook.url.is_some() {
        tracing::warn!("a webhook was set for this bot; it is removed, because this program polls");
        patiently(|| async { bot.delete_webhook().await }).await?;
    }
    Ok(me)
}

/// Tries until it works, except when trying cannot help.
async fn patiently<T, F: Future<Output = Result<T, RequestError>>>(
    request: impl Fn() -> F,
) -> Result<T, Error> {
    let mut failures = 0;
    loop {
        match request().await {
            Ok(value) => return Ok(value),
            Err(error) => pause(&error, &mut failures, "Telegram cannot be reached").await?,
        }
    }
}

/// Waits after a failure, longer each time; an error when waiting is of no use.
async fn pause(error: &RequestError, failures: &mut u32, what: &str) -> Result<(), Error> {
    let time = match remedy(error) {
        Remedy::CheckToken => return Err(Error::Token),
        Remedy::StopPolling => return Err(Error::OtherPoller),
        Remedy::Wait(time) => time.min(LONGEST_PAUSE),
        _ => Duration::from_secs(1 << (*failures).min(5)),
    };
    *failures = failures.saturating_add(1);
    tracing::warn!(
        error = describe(error),
        again_in_s = time.as_secs(),
        "{what}"
    );
    tokio::time::sleep(time).await;
    Ok(())
}

struct Polling {
    bot: Bot,
    offset: i32,
    recent: VecDeque<UpdateId>,
    failures: u32,
    timeout: Duration,
}

impl Polling {
    /// The next updates that were not seen before; waits through failures that may pass.
    async fn next(&mut self) -> Result<Vec<Update>, Error> {
        let seconds = u32::try_from(self.timeout.as_secs()).unwrap_or(50).min(50);
        let request = self
            .bot
            .get_updates()
            .offset(self.offset)
            .timeout(seconds)
            .allowed_updates([AllowedUpdate::Message, AllowedUpdate::CallbackQuery]);
        match request.await {
            Ok(updates) => {
                self.failures = 0;
                metrics::gauge!("bab_telegram_last_poll_timestamp_seconds")
                    .set(chrono::Utc::now().timestamp() as f64);
                if let Some(last) = updates.iter().map(|update| update.id).max() {
                    self.offset = last.as_offset();
                }
                Ok(updates
                    .into_iter()
                    .filter(|update| self.is_new(update))
                    .collect())
            }
            Err(error) => {
                pause(&error, &mut self.failures, "updates could not be fetched").await?;
                Ok(Vec::new())
            }
        }
    }

    fn is_new(&mut self, update: &Update) -> bool {
        if let UpdateKind::Error(_) = update.kind {
            tracing::warn!(
                update = update.id.0,
                "an update of an unknown kind was skipped"
            );
            return false;
        }
        if self.recent.contains(&update.id) {
            return false;
        }
        if self.recent.len() == REMEMBERED {
            self.recent.pop_front();
        }
        self.recent.push_back(update.id);
        true
    }

    /// Tells Telegram which updates were taken in, so that the next start does not see them again.
    async fn confirm(&self) {
        if self.offset != 0 {
            let request = self
                .bot
                .get_updates()
                .offset(self.offset)
                .timeout(0)
                .limit(1);
            let _ = tokio::time::timeout(Duration::from_secs(3), async { request.await }).await;
        }
    }
}
