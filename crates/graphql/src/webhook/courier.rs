//! Delivering to webhooks: what is due, to each in its order, again until it is taken. How a message is carried is [`Post`]'s business.
//!
//! One process at a time delivers to a webhook, one event after the other, and writes down each that was taken before it sends the next.
//! Killed at any moment, the next process begins with the first that is not written down: nothing is lost, and what was taken just then
//! comes again.

use std::{
    collections::HashSet,
    pin::pin,
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use async_graphql::Value;
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use entity::{Change, WebhookState, webhook::SigningSecret};
use futures_util::{StreamExt, stream::FuturesUnordered};
use serde::Serialize;
use store::{
    outbox::{self, Event},
    webhook::{self as stored, Failure, Lease},
};

use super::{Target, Told};
use crate::{Service, key::Key, metering, outbox::BATCH, subscription::Occasion};

/// Webhooks that are delivered to at once.
const AT_ONCE: usize = 32;

/// For how long one is delivered to before others have their turn.
const TURN: Duration = Duration::from_secs(20);

/// How long an attempt waits for an answer.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// The pause after the first failure, which doubles with each, and the longest.
const FIRST_PAUSE: i64 = 5;
const LONGEST_PAUSE: i64 = 3_600;

/// The longest pause that an address may ask for.
const LONGEST_ASKED: TimeDelta = TimeDelta::hours(6);

/// For how long a webhook may fail before it is given up.
const GIVE_UP: TimeDelta = TimeDelta::days(3);

/// The pause after something of ours failed.
const OURS: TimeDelta = TimeDelta::seconds(30);

/// How often it is looked whether a webhook is due of which nothing was heard.
const LOOK: Duration = Duration::from_secs(15);

/// One event for one webhook.
#[derive(Debug)]
pub struct Message {
    /// The same whenever it is sent again.
    pub id: String,
    pub to: Target,
    pub secret: SigningSecret,
    /// When this attempt is made.
    pub at: DateTime<Utc>,
    /// JSON.
    pub body: String,
}

/// What became of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The address answered; perhaps when to try again.
    Status(u16, Option<Duration>),
    /// It could not be reached or did not answer, and why.
    Nothing(String),
}

/// Carries messages.
pub trait Post: Send + Sync {
    /// Sends a message once.
    fn post(&self, message: &Message) -> impl Future<Output = Answer> + Send;
}

/// Delivers to the webhooks of a database.
pub struct Courier<P> {
    service: Service,
    post: P,
    clock: Box<dyn Fn() -> DateTime<Utc> + Send + Sync>,
    /// Tells this process from others.
    name: String,
    stopping: AtomicBool,
}

/// The body of a message.
#[derive(Serialize)]
struct Body<'a> {
    r#type: &'static str,
    timestamp: String,
    data: &'a Value,
}

impl<P: Post> Courier<P> {
    /// A courier with a clock of its own: instants of leases and pauses are the machine's, whatever day the service answers for.
    pub fn new(
        service: Service,
        post: P,
        clock: impl Fn() -> DateTime<Utc> + Send + Sync + 'static,
    ) -> Self {
        let mut random = [0; 8];
        // Without random bytes it is still told from others by the time.
        let _ = getrandom::fill(&mut random);
        let started = clock().timestamp_micros();
        Self {
            service,
            post,
            clock: Box::new(clock),
            name: format!("{started:x}-{:016x}", u64::from_be_bytes(random)),
            stopping: AtomicBool::new(false),
        }
    }

    /// Delivers whatever is due, until `stop` is done; the messages that are under way then are waited for.
    pub async fn run(&self, stop: impl Future<Output = ()>) {
        let mut stop = pin!(stop);
        let mut revisions = self.service.revisions();
        let mut running = FuturesUnordered::new();
        let mut busy = HashSet::new();
        loop {
            revisions.mark_unchanged();
            let mut pause = LOOK;
            match self.due().await {
                Ok((due, next)) => {
                    for id in due {
                        if busy.len() < AT_ONCE && busy.insert(id) {
                            running.push(async move { (id, self.deliver(id).await) });
                        }
                    }
                    let until = next.map(|next| (next - self.now()).to_std());
                    pause = until.map_or(LOOK, |until| until.unwrap_or_default().min(LOOK));
                }
                Err(error) => tracing::warn!(%error, "webhooks cannot be read; they wait"),
            }
            // Nothing is due twice in the same instant.
            let pause = pause.max(Duration::from_millis(50));
            tokio::select! {
                () = &mut stop => break,
                Some((id, delivered)) = running.next(), if !running.is_empty() => {
                    busy.remove(&id);
                    if let Err(error) = delivered {
                        tracing::warn!(%error, "a webhook was not delivered to; it waits");
                    }
                }
                Ok(()) = revisions.changed() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
        self.stopping.store(true, Ordering::Release);
        while running.next().await.is_some() {}
    }

    /// Delivers once to each webhook that is due now, and says when the next is.
    pub async fn round(&self) -> Result<Option<DateTime<Utc>>, store::Error> {
        let (due, _) = self.due().await?;
        let deliveries: FuturesUnordered<_> = due.into_iter().map(|id| self.deliver(id)).collect();
        let delivered: Vec<_> = deliveries.collect().await;
        delivered.into_iter().collect::<Result<(), _>>()?;
        Ok(self.due().await?.1)
    }

    /// The instant, as precise as it is of use.
    fn now(&self) -> DateTime<Utc> {
        (self.clock)().trunc_subsecs(3)
    }

    async fn due(&self) -> Result<(Vec<i64>, Option<DateTime<Utc>>), store::Error> {
        let store = self.service.store();
        let newest = outbox::end(store).await?.event;
        let now = self.now();
        let due = stored::due(store, newest, now).await?;
        Ok((due, stored::next_due(store, newest, now).await?))
    }

    /// Delivers to a webhook what waits for it, unless another process does.
    async fn deliver(&self, id: i64) -> Result<(), store::Error> {
        let store = self.service.store();
        let taken = stored::take(store, id, &self.name, self.now()).await?;
        let Some(mut lease) = taken else {
            return Ok(());
        };
        let webhook = lease.webhook.key.clone();
        let key = Key::of_row(lease.api_key.clone());
        let told = Told::open(&self.service, &key, lease.webhook.filter.as_deref()).await;
        let target = Target::parse(&lease.webhook.url, self.service.webhook_reach());
        let end = match (&told, &target) {
            _ if !lease.api_key.in_force(self.now()) => Some(WebhookState::KeyEnded),
            (Err(why), _) => {
                tracing::warn!(webhook, why, "the filter of a webhook cannot be read");
                Some(WebhookState::FilterOutdated)
            }
            // An address that is refused now fails as one that does not answer.
            _ => None,
        };
        if let Some(end) = end {
            return self.end(&lease, end).await;
        }
        let Ok(told) = told else { return Ok(()) };
        let began = Instant::now();
        loop {
            let last = lease.webhook.last_event;
            let events = outbox::after(store, last, BATCH).await?;
            let Some(newest) = events.last().map(|event| event.id) else {
                break;
            };
            // What was forgotten meanwhile is not passed over in silence.
            if !outbox::is_kept_since(store, last).await? {
                return self.end(&lease, WebhookState::EventsForgotten).await;
            }
            for event in told.selection.of(store, &events).await? {
                if self.stopping.load(Ordering::Acquire) || began.elapsed() > TURN {
                    return stored::release(store, &lease).await;
                }
                if !self.service.is_in_force(&key).await? {
                    return self.end(&lease, WebhookState::KeyEnded).await;
                }
                if !self.send(&mut lease, &told, target.as_ref(), event).await? {
                    return Ok(());
                }
            }
            if !stored::advance(store, &mut lease, newest, None, self.now()).await? {
                return Ok(());
            }
        }
        stored::release(store, &lease).await
    }

    /// Sends one event; says whether it was taken and the next may follow.
    async fn send(
        &self,
        lease: &mut Lease,
        told: &Told,
        target: Result<&Target, &super::NotATarget>,
        event: Event,
    ) -> Result<bool, store::Error> {
        let store = self.service.store();
        let (number, change, recorded_at) = (event.id, event.change, event.recorded_at);
        let executed = told
            .operation
            .execute(&self.service, &told.call, Occasion::Event(event));
        let response = executed.await.unwrap_or_default();
        if let Some(error) = response.errors.first() {
            tracing::error!(
                event = number,
                error = error.message,
                "an event could not be told"
            );
            stored::put_off(store, lease, self.now() + OURS, None).await?;
            return Ok(false);
        }
        let Value::Object(data) = &response.data else {
            return Ok(false);
        };
        let body = Body {
            r#type: match change {
                Change::Created => "fact.created",
                Change::Revised => "fact.revised",
                Change::Retracted => "fact.retracted",
            },
            timestamp: recorded_at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true),
            data: data.get("factChanged").unwrap_or(&Value::Null),
        };
        let body = serde_json::to_string(&body)?;
        let at = self.now();
        // An attempt ends before the lease does, so that no two processes ever send to one webhook.
        if !lease.renew(store, at).await? {
            return Ok(false);
        }
        let answer = match target {
            Ok(to) => {
                let message = Message {
                    id: format!("{}_{number}", lease.webhook.key),
                    to: to.clone(),
                    secret: lease.webhook.secret.clone(),
                    at,
                    body,
                };
                self.post.post(&message).await
            }
            Err(why) => Answer::Nothing(why.to_string()),
        };
        let now = self.now();
        metering::delivered(matches!(answer, Answer::Status(200..=299, _)));
        if let Answer::Status(status @ 200..=299, _) = answer {
            let status = Some(i32::from(status));
            return stored::advance(store, lease, number, status, now).await;
        }
        let failure = failure(lease, answer, now);
        let webhook = &lease.webhook.key;
        match failure.end {
            None => {
                tracing::info!(webhook, event = number, why = failure.reason, again = %failure.next_attempt_at, "a webhook did not take an event");
            }
            Some(end) => {
                tracing::warn!(webhook, event = number, why = failure.reason, %end, "a webhook is not delivered to any more");
            }
        }
        stored::fail(store, lease, &failure, now).await?;
        Ok(false)
    }

    async fn end(&self, lease: &Lease, end: WebhookState) -> Result<(), store::Error> {
        let webhook = &lease.webhook.key;
        tracing::warn!(webhook, %end, "a webhook is not delivered to any more");
        stored::put_off(self.service.store(), lease, self.now(), Some(end)).await
    }
}

/// What comes of an attempt that failed.
fn failure(lease: &Lease, answer: Answer, now: DateTime<Utc>) -> Failure {
    let webhook = &lease.webhook;
    let (status, reason, asked) = match answer {
        Answer::Status(status, after) => {
            let reason = match status {
                300..=399 => {
                    format!("the address answered {status}; redirects are not followed")
                }
                _ => format!("the address answered {status}"),
            };
            (Some(i32::from(status)), reason, after)
        }
        Answer::Nothing(reason) => (None, reason, None),
    };
    let since = webhook.failing_since.unwrap_or(now);
    let end = match status {
        Some(410) => Some(WebhookState::Gone),
        _ if now - since >= GIVE_UP => Some(WebhookState::GivenUp),
        _ => None,
    };
    let asked = asked.and_then(|asked| TimeDelta::from_std(asked).ok());
    let pause = pause(webhook.failures, jitter()).max(asked.unwrap_or_default().min(LONGEST_ASKED));
    Failure {
        status,
        reason: reason.chars().take(300).collect(),
        next_attempt_at: now + pause,
        end,
    }
}

/// How long to wait after a failure that so many came before: from one to one and a quarter of a time that doubles with each.
fn pause(failures: i32, jitter: f64) -> TimeDelta {
    let doublings = failures.clamp(0, 20).unsigned_abs();
    let seconds = (FIRST_PAUSE << doublings).min(LONGEST_PAUSE);
    TimeDelta::milliseconds(seconds * 1_000 + (seconds as f64 * 250.0 * jitter) as i64)
}

/// From 0 to 1, so that webhooks that failed together are not all tried again together.
fn jitter() -> f64 {
    let mut random = [0; 1];
    let _ = getrandom::fill(&mut random);
    f64::from(random[0]) / 255.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_an_hour_and_are_never_all_the_same() {
        let seconds = |failures, jitter| pause(failures, jitter).num_seconds();
        assert_eq!(seconds(0, 0.0), 5);
        assert_eq!(seconds(1, 0.0), 10);
        assert_eq!(seconds(5, 1.0), 200);
        assert_eq!(seconds(10, 0.0), 3_600);
        assert_eq!(seconds(i32::MAX, 1.0), 4_500);
    }
}
