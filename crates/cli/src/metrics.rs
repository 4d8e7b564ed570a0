//! `/metrics`: what is counted, in the form of Prometheus, on a listener of its own that the public does not reach.

use anyhow::{Context, Result};
use graphql::Service;
use metrics::{Unit, describe_counter, describe_gauge, describe_histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use metrics_process::Collector;
use poem::{Endpoint, Request, Response, Route};

use crate::{
    command::serve::{DRAIN, unusable},
    settings::Metrics,
    stop::Stop,
};

/// Upper bounds of durations, in seconds: from an answer that is given again to the longest that may run.
const SECONDS: [f64; 14] = [
    0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0,
];

/// What is measured beside the doors.
pub struct Measures {
    handle: PrometheusHandle,
    process: Collector,
    listening: web::Listening,
}

impl Measures {
    /// Begins to count, where the operator says where that is to be read; before anything is counted.
    pub async fn begin(settings: &Metrics) -> Result<Option<Self>> {
        let Some(listen) = &settings.metrics_listen else {
            return Ok(None);
        };
        let listening = web::bind(listen)
            .await
            .map_err(|error| unusable("BAB_METRICS_LISTEN (--metrics-listen)", listen, &error))?;
        let handle = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)
            .and_then(PrometheusBuilder::install_recorder)
            .context("nothing can be counted")?;
        describe();
        let process = Collector::default();
        process.describe();
        Ok(Some(Self {
            handle,
            process,
            listening,
        }))
    }

    pub fn address(&self) -> std::net::SocketAddr {
        self.listening.address()
    }

    /// Tells them to whoever asks, until it is time to stop.
    pub async fn serve(self, service: Service, stop: Stop) {
        let page = Page {
            handle: self.handle,
            process: self.process,
            service,
        };
        let app = Route::new().at("/metrics", page);
        if let Err(error) = self.listening.serve(app, stop.wait(), DRAIN).await {
            tracing::error!(%error, "/metrics is off; everything else goes on");
        }
    }
}

struct Page {
    handle: PrometheusHandle,
    process: Collector,
    service: Service,
}

impl Endpoint for Page {
    type Output = Response;

    async fn call(&self, _request: Request) -> poem::Result<Response> {
        self.process.collect();
        self.service.measure().await;
        self.handle.run_upkeep();
        Ok(Response::builder()
            .content_type("text/plain; version=0.0.4; charset=utf-8")
            .body(self.handle.render()))
    }
}

/// What each measure means.
fn describe() {
    for (name, unit, meaning) in [
        (
            "bab_requests_total",
            Unit::Count,
            "Requests by door (http, telegram, operator) and outcome: ok, again (given from memory), errors, failed (ours), timed_out, or why they were refused.",
        ),
        (
            "bab_cost_units_total",
            Unit::Count,
            "Units of cost that requests came to, by door.",
        ),
        (
            "bab_questions_total",
            Unit::Count,
            "Questions by status, kind, language of the answer and, without an answer, reason.",
        ),
        (
            "bab_statements_failed_total",
            Unit::Count,
            "SQL statements that failed or were broken off.",
        ),
        (
            "bab_webhook_deliveries_total",
            Unit::Count,
            "Events sent to webhooks, by outcome: taken, refused.",
        ),
        (
            "bab_telegram_updates_total",
            Unit::Count,
            "Updates taken in from Telegram.",
        ),
        (
            "bab_telegram_updates_dropped_total",
            Unit::Count,
            "Updates of a chat that writes faster than it is answered.",
        ),
        (
            "bab_telegram_sends_total",
            Unit::Count,
            "Messages to Telegram by outcome: sent, lost, left (the bot was blocked).",
        ),
        (
            "bab_telegram_refusals_total",
            Unit::Count,
            "Attempts to send that Telegram did not take; most are made again.",
        ),
    ] {
        describe_counter!(name, unit, meaning);
    }
    for (name, meaning) in [
        ("bab_request_seconds", "How long requests took, by door."),
        (
            "bab_statement_seconds",
            "How long SQL statements took, the wait for a connection included; its count is how many there were.",
        ),
    ] {
        describe_histogram!(name, Unit::Seconds, meaning);
    }
    for (name, unit, meaning) in [
        (
            "bab_readers",
            Unit::Count,
            "Connections for reading, by state: busy, free.",
        ),
        ("bab_sockets", Unit::Count, "WebSockets that are open."),
        (
            "bab_data_revision",
            Unit::Count,
            "The revision of the data; grows with every change.",
        ),
        (
            "bab_webhook_lag_seconds",
            Unit::Seconds,
            "Age of the oldest event that some webhook was not told of; 0 when there is none.",
        ),
        (
            "bab_telegram_last_poll_timestamp_seconds",
            Unit::Seconds,
            "When Telegram last answered a request for updates.",
        ),
    ] {
        describe_gauge!(name, unit, meaning);
    }
}
