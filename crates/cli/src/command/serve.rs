//! `bab serve`: HTTP and the bot in one process.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, Result};
use graphql::{Access, Call, Request, Service, Visitor};
use poem::Route;

use super::mcp;
use crate::delivering::deliver;
use crate::failure::Setting;
use crate::following::follow;
use crate::metrics::Measures;
use crate::recording::record;
use crate::settings::{
    Clock, Database, Keeping, Limits, Metrics, Public, Reach, Shipped, Telegram, Webhooks,
};
use crate::stop::Stop;
use crate::{output, ready};

/// How long requests in flight may take once the server is told to stop.
pub const DRAIN: Duration = Duration::from_secs(20);

/// Every concept, by the name of its list.
const CONCEPTS: [&str; 17] = [
    "territories",
    "activities",
    "organisations",
    "sites",
    "parks",
    "indicators",
    "observations",
    "projects",
    "agreements",
    "plans",
    "memberships",
    "profiles",
    "milestones",
    "incentives",
    "trainingProgrammes",
    "events",
    "sources",
];

#[derive(clap::Args)]
pub struct Serve {
    /// Address and port to listen on; port 0 takes a free one.
    #[arg(
        long,
        env = "BAB_LISTEN",
        value_name = "ADDRESS:PORT",
        default_value = "127.0.0.1:8000"
    )]
    pub(super) listen: String,

    #[command(flatten)]
    pub(super) public: Public,

    #[command(flatten)]
    pub(super) database: Database,

    #[command(flatten)]
    pub(super) shipped: Shipped,

    #[command(flatten)]
    pub(super) clock: Clock,

    #[command(flatten)]
    pub(super) telegram: Telegram,

    #[command(flatten)]
    keeping: Keeping,

    #[command(flatten)]
    pub(super) limits: Limits,

    #[command(flatten)]
    reach: Reach,

    #[command(flatten)]
    webhooks: Webhooks,

    #[command(flatten)]
    metrics: Metrics,
}

impl Serve {
    pub async fn run(self) -> Result<()> {
        let public_url = self.public.url()?;
        let telegram = self.telegram.settings(&self.public)?;
        let listening = web::bind(&self.listen)
            .await
            .map_err(|error| unusable("BAB_LISTEN (--listen)", &self.listen, &error))?;
        let address = listening.address();
        let measures = Measures::begin(&self.metrics).await?;
        let stop = Stop::listen()?;
        let settings = graphql::Settings {
            public_url: public_url.clone(),
            keeping: self.keeping.settings(),
            quotas: self.limits.quotas(),
            cache_bytes: self.limits.cache_bytes(),
            trusted: self.limits.trusted()?,
            keep_events: self.limits.keep_events(),
            webhook_reach: self.webhooks.reach(),
            ..graphql::Settings::default()
        };

        let service = tokio::select! {
            service = ready::filled(&self.database, &self.shipped, &self.clock, settings) => service?,
            () = stop.clone().wait() => return Ok(()),
        };
        output::line(&banner(
            address,
            public_url.as_deref(),
            &counts(&service).await,
        ))?;

        if let Some(measures) = measures {
            output::line(&format!(
                "Measured at http://{}/metrics",
                measures.address()
            ))?;
            tokio::spawn(measures.serve(service.clone(), stop.clone()));
        }
        let recording = record(&service, &stop);
        let _following = follow(&service, &stop);
        let delivering = deliver(&service, &stop);
        let bot = match telegram {
            Some(settings) => Some(tokio::spawn(run_bot(
                service.clone(),
                settings,
                stop.clone(),
            ))),
            None => {
                tracing::info!("the Telegram bot is off: set TELEGRAM_BOT_TOKEN to turn it on");
                None
            }
        };
        let reach = self.reach.settings(public_url);
        let assistants = mcp::endpoint(&service);
        let app = web::beside(Route::new().at("/mcp", assistants), service.clone(), reach);
        let served = listening.serve(app, stop.wait(), DRAIN).await;
        let bot = match bot {
            Some(bot) => bot.await,
            None => Ok(()),
        };
        recording.finish(&service).await;
        delivering.finish().await;
        served.context("HTTP could not be served")?;
        bot.context("the bot ended in a panic")
    }
}

/// A bot that must stop does not take the pages with it.
async fn run_bot(service: Service, settings: bot::Settings, stop: Stop) {
    if let Err(error) = bot::run(service, settings, stop.wait()).await {
        tracing::error!(%error, "the Telegram bot is off; HTTP goes on");
    }
}

/// What to do when an address of `setting` cannot be listened on.
pub fn unusable(setting: &str, listen: &str, error: &io::Error) -> Setting {
    let fix = match error.kind() {
        io::ErrorKind::AddrInUse => {
            "is in use: stop the program that listens there, or choose another port (0 takes a free one)".to_owned()
        }
        io::ErrorKind::PermissionDenied => "needs more rights: choose a port above 1023".to_owned(),
        io::ErrorKind::AddrNotAvailable => "is not an address of this machine: try 127.0.0.1:8000".to_owned(),
        _ => format!("cannot be listened on ({error}): write for example 127.0.0.1:8000"),
    };
    Setting(format!("{setting} {listen} {fix}"))
}

fn banner(address: SocketAddr, public_url: Option<&str>, counts: &[(&str, u64)]) -> String {
    let local = match address.ip().is_unspecified() {
        true => format!("http://127.0.0.1:{}", address.port()),
        false => format!("http://{address}"),
    };
    let base = public_url.unwrap_or(&local);
    let mut text = format!(
        "Bab answers at\n  {base}/          the questions page\n  {base}/graphql   the API\n  {base}/graphiql  the playground\n  {base}/mcp       the door of assistants"
    );
    if public_url.is_some() {
        text += &format!("\nand listens on {local}");
    }
    if !counts.is_empty() {
        text += "\nIn the database:";
        for (concept, count) in counts {
            text += &format!("\n  {:>7} {}", grouped(*count), spaced(concept));
        }
    }
    text
}

/// How many rows there are, concept by concept, as the API counts them; empty when it cannot say.
async fn counts(service: &Service) -> Vec<(&'static str, u64)> {
    let fields: Vec<_> = CONCEPTS
        .iter()
        .map(|concept| format!("{concept} {{ totalCount }}"))
        .collect();
    let request = Request::new(format!("{{ {} }}", fields.join(" ")));
    let call = Call {
        access: Access::ReadOnly,
        request_id: "start".to_owned(),
        visitor: Visitor::Operator,
        key: None,
    };
    let response = graphql::execute(service, &call, request).await.response;
    if let Some(error) = response.errors.first() {
        tracing::warn!(error = error.message, "rows could not be counted");
    }
    let data = response.data.into_json().unwrap_or_default();
    CONCEPTS
        .into_iter()
        .filter_map(|concept| Some((concept, data[concept]["totalCount"].as_u64()?)))
        .collect()
}

fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `trainingProgrammes` as words.
fn spaced(name: &str) -> String {
    name.chars()
        .flat_map(|c| {
            c.is_uppercase()
                .then_some(' ')
                .into_iter()
                .chain(c.to_lowercase())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_banner_says_where_and_how_much() {
        let banner = banner(
            "0.0.0.0:8000".parse().unwrap(),
            None,
            &[("observations", 77_515), ("trainingProgrammes", 7)],
        );
        assert!(banner.contains("http://127.0.0.1:8000/graphiql"));
        assert!(banner.contains("77,515 observations") && banner.contains("7 training programmes"));
    }
}
