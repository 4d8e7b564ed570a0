//! Carries a message by POST: a connection of its own to a machine that was looked at, no redirects, no proxy, no more waiting than allowed.

use std::{error::Error, net::IpAddr, sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use graphql::webhook::{Answer, Message, Post, Reach, is_public};
use reqwest::{
    Client, Response,
    header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER},
    redirect::Policy,
};

use crate::{
    names::{Guarded, Names},
    sign,
};

/// What is read of an answer, for the sake of a clean end; nothing in it is looked at.
const ANSWER: usize = 4 << 10;

/// How long that may take.
const ENDING: Duration = Duration::from_secs(1);

/// How long a connection may take.
const CONNECTING: Duration = Duration::from_secs(5);

/// Carries messages over the network.
pub struct Carrier {
    client: Client,
    allowed: fn(IpAddr) -> bool,
}

/// Why nothing can be carried at all.
#[derive(Debug, thiserror::Error)]
#[error("the HTTP client for webhooks could not be made: {0}")]
pub struct NoClient(#[from] reqwest::Error);

impl Carrier {
    /// A carrier that waits so long for an answer.
    pub fn new(reach: Reach, names: impl Names, patience: Duration) -> Result<Self, NoClient> {
        let allowed = match reach {
            Reach::Public => is_public,
            Reach::Any => |_| true,
        };
        Self::only_to(allowed, reach == Reach::Public, names, patience)
    }

    /// A carrier to the machines that are allowed.
    pub fn only_to(
        allowed: fn(IpAddr) -> bool,
        https_only: bool,
        names: impl Names,
        patience: Duration,
    ) -> Result<Self, NoClient> {
        let names = Guarded {
            names: Arc::new(names),
            allowed,
        };
        let client = Client::builder()
            .user_agent(concat!("bab-webhook/", env!("CARGO_PKG_VERSION")))
            .https_only(https_only)
            .http1_only()
            .no_proxy()
            .redirect(Policy::none())
            .referer(false)
            .dns_resolver(Arc::new(names))
            // A connection that was kept would lead where the name led earlier.
            .pool_max_idle_per_host(0)
            .connect_timeout(CONNECTING.min(patience))
            .timeout(patience)
            .build()?;
        Ok(Self { client, allowed })
    }
}

impl Post for Carrier {
    async fn post(&self, message: &Message) -> Answer {
        // No name has to be asked for, so nobody else would look at it.
        if message.to.number().is_some_and(|to| !(self.allowed)(to)) {
            return Answer::Nothing("the address is of a machine that is not public".to_owned());
        }
        let second = message.at.timestamp();
        let signature = sign(&message.secret.bytes(), &message.id, second, &message.body);
        let sent = self
            .client
            .post(message.to.url().clone())
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", &message.id)
            .header("webhook-timestamp", second)
            .header("webhook-signature", signature)
            .body(message.body.clone())
            .send()
            .await;
        match sent {
            Ok(response) => {
                let status = response.status().as_u16();
                let after = retry_after(response.headers(), message.at);
                let _ = tokio::time::timeout(ENDING, end(response)).await;
                Answer::Status(status, after)
            }
            Err(error) => Answer::Nothing(why(&error)),
        }
    }
}

/// Reads a short answer to its end.
async fn end(mut response: Response) {
    let mut left = ANSWER;
    while let Ok(Some(chunk)) = response.chunk().await {
        let Some(less) = left.checked_sub(chunk.len()) else {
            return;
        };
        left = less;
    }
}

/// The pause that is asked for, in seconds or until an instant.
fn retry_after(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = DateTime::parse_from_rfc2822(text).ok()?;
    (until.to_utc() - now).to_std().ok()
}

/// What went wrong, as far as it helps whoever mends the endpoint.
fn why(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "no answer in time".to_owned();
    }
    let mut deepest: &dyn Error = error;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    match error.is_connect() {
        true => format!("no connection: {deepest}"),
        false => format!("no answer: {deepest}"),
    }
}
