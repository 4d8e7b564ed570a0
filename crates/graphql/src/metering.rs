//! What is measured of requests, questions and deliveries: how many and how long, never whose, nor of what. `cli/metrics.rs` says what each
//! measure means, and gives them to whoever collects them.

use std::time::{Duration, Instant};

use chrono::Utc;
use metrics::{counter, gauge, histogram};

use crate::{Call, Refusal, Reply, Service, Visitor, error::Code, execute, feedback::word};

/// Through which door somebody came, as far as it makes a difference here.
fn door(call: &Call) -> &'static str {
    match call.visitor {
        Visitor::Address(_) => "http",
        Visitor::Account(_) => "telegram",
        Visitor::Operator => "operator",
    }
}

/// A request that was executed or refused.
pub(crate) fn executed(call: &Call, reply: &Reply, began: Instant) {
    let units = reply.cost.map_or(0, |cost| cost.actual);
    request(call, outcome(reply), units, began.elapsed());
}

/// An answer that was given again.
pub(crate) fn given_again(call: &Call, units: u64, began: Instant) {
    request(call, "again", units, began.elapsed());
}

fn request(call: &Call, outcome: &'static str, units: u64, took: Duration) {
    let door = door(call);
    counter!("bab_requests_total", "door" => door, "outcome" => outcome).increment(1);
    counter!("bab_cost_units_total", "door" => door).increment(units);
    histogram!("bab_request_seconds", "door" => door).record(took);
}

fn outcome(reply: &Reply) -> &'static str {
    let mut codes = reply.response.errors.iter().filter_map(execute::code);
    match reply.refused {
        Some(Refusal::Invalid) => "invalid",
        Some(Refusal::TooComplex) => "too_complex",
        Some(Refusal::RateLimited(_)) => "rate_limited",
        Some(Refusal::NotTrusted) => "not_trusted",
        Some(Refusal::MutationNotAllowed | Refusal::PositionNotAllowed) => "not_allowed",
        None if reply.response.errors.is_empty() => "ok",
        None if codes
            .clone()
            .any(|code| code == Code::InternalServerError.as_str()) =>
        {
            "failed"
        }
        None if codes.any(|code| code == Code::Timeout.as_str()) => "timed_out",
        None => "errors",
    }
}

/// A question and what came of it, in the words of the contract.
pub(crate) fn asked(answer: &ask::Answer) {
    let reason = answer.reason.map(word).unwrap_or_default();
    counter!(
        "bab_questions_total",
        "status" => word(answer.status),
        "kind" => word(answer.kind),
        "language" => answer.locale.code(),
        "reason" => reason,
    )
    .increment(1);
}

/// What became of sending one event to one webhook.
pub(crate) fn delivered(taken: bool) {
    let outcome = if taken { "taken" } else { "refused" };
    counter!("bab_webhook_deliveries_total", "outcome" => outcome).increment(1);
}

impl Service {
    /// Measures what is not counted as it happens: connections, and how far the deliveries are behind.
    pub async fn measure(&self) {
        let store = self.store();
        let (busy, all) = store.readers();
        gauge!("bab_readers", "state" => "busy").set(busy as f64);
        gauge!("bab_readers", "state" => "free").set((all - busy) as f64);
        match store.data_revision().await {
            Ok(revision) => gauge!("bab_data_revision").set(revision as f64),
            Err(error) => tracing::warn!(%error, "the revision cannot be measured"),
        }
        match store::webhook::oldest_undelivered(store).await {
            Ok(oldest) => {
                let lag = oldest.map(|instant| (Utc::now() - instant).as_seconds_f64());
                gauge!("bab_webhook_lag_seconds").set(lag.unwrap_or_default().max(0.0));
            }
            Err(error) => tracing::warn!(%error, "the deliveries cannot be measured"),
        }
    }
}
