//! What goes wrong on the way to Telegram, on demand.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

/// One thing that goes wrong, once.
#[derive(Clone, Debug)]
pub enum Fault {
    /// 429 with `retry_after` in seconds.
    TooManyRequests(u32),
    /// 502 with an HTML page, as a proxy answers.
    BadGateway,
    /// 200 with a JSON body that stops in the middle.
    TruncatedJson,
    /// 200 with an empty body.
    EmptyBody,
    /// 403: the person blocked the bot.
    Blocked,
    /// 409: somebody else polls with the same token.
    Conflict,
    /// 401: the token was revoked.
    Unauthorized,
    /// 400 with this description.
    BadRequest(String),
    /// Nothing is answered for this long, then 504.
    Hang(Duration),
    /// The request is served, but only after this long.
    Slow(Duration),
}

/// Faults by method, used up in order.
#[derive(Default)]
pub(crate) struct Faults(HashMap<String, VecDeque<Fault>>);

impl Faults {
    pub fn push(&mut self, method: &str, fault: Fault) {
        self.0
            .entry(method.to_ascii_lowercase())
            .or_default()
            .push_back(fault);
    }

    pub fn take(&mut self, method: &str) -> Option<Fault> {
        self.0.get_mut(method)?.pop_front()
    }
}
