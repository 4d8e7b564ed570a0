//! Options that several commands share, each with its environment variable.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use clap::Args;
use clap::builder::FalseyValueParser;
use store::Store;

use crate::failure::Setting;

/// Where the data lives.
#[derive(Args, Clone)]
pub struct Database {
    /// The database: `sqlite://FILE?mode=rwc` or `postgres://USER@HOST/NAME`.
    #[arg(
        long,
        env = "DATABASE_URL",
        value_name = "URL",
        default_value = "sqlite://bab.db?mode=rwc",
        hide_env_values = true
    )]
    pub database_url: String,
}

impl Database {
    /// Opens it; a file of SQLite is made when the address says so.
    pub async fn connect(&self) -> Result<Store> {
        let opened = Store::connect(&self.database_url).await;
        opened.context(Self::SETTING)
    }

    /// Opens what is there already.
    pub async fn connect_existing(&self) -> Result<Store> {
        let opened = Store::connect_existing(&self.database_url).await;
        opened.context(Self::SETTING)
    }

    const SETTING: &str = "DATABASE_URL (--database-url)";
}

/// The clock.
#[derive(Args, Clone)]
pub struct Clock {
    /// Today's date for the answers, as YYYY-MM-DD; the machine's own when absent.
    #[arg(long, env = "BAB_NOW", value_name = "DATE", value_parser = today)]
    pub now: Option<NaiveDate>,
}

/// The files the database is filled from when it is empty.
#[derive(Args, Clone)]
pub struct Shipped {
    /// Folder of the shipped data; by default `data` here, or beside the executable.
    #[arg(long, env = "BAB_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,

    /// Folder of lexicon files (fr.toml, en.toml, ar.toml, ary_arab.toml, ary_latn.toml, frames.toml), each read instead of the
    /// built-in one, so that words can be added and tried.
    #[arg(long, env = "BAB_LEXICON", value_name = "DIR")]
    lexicon: Option<PathBuf>,
}

/// The bot, and how it reaches Telegram.
#[derive(Args, Clone)]
pub struct Telegram {
    /// The token BotFather gave; without it the bot is off.
    #[arg(
        long,
        env = "TELEGRAM_BOT_TOKEN",
        value_name = "TOKEN",
        hide_env_values = true
    )]
    telegram_bot_token: Option<String>,

    /// Address of the Bot API.
    #[arg(
        long,
        env = "TELEGRAM_API_URL",
        value_name = "URL",
        default_value = "https://api.telegram.org"
    )]
    telegram_api_url: String,
}

/// Where it is counted what the server does.
#[derive(Args, Clone)]
pub struct Metrics {
    /// Address and port of `/metrics` for Prometheus, apart from the public's; off when absent. Nobody has to show a key there.
    #[arg(long, env = "BAB_METRICS_LISTEN", value_name = "ADDRESS:PORT")]
    pub metrics_listen: Option<String>,
}

/// What is kept of what people write.
#[derive(Args, Clone)]
pub struct Keeping {
    /// Keep the questions that were not answered, or whose answer was marked wrong, for `bab feedback`: made anonymous, for
    /// BAB_KEEP_DAYS days. Off by default: then they are only counted. See docs/privacy.md.
    #[arg(long, env = "BAB_KEEP_QUESTIONS", value_parser = FalseyValueParser::new())]
    keep_questions: bool,

    /// For how many days questions are kept; older ones are deleted at the start and every day.
    #[arg(long, env = "BAB_KEEP_DAYS", value_name = "DAYS", default_value_t = 90, value_parser = days)]
    keep_days: u16,
}

/// What callers may spend, and what is kept for them.
#[derive(Args, Clone)]
pub struct Limits {
    /// Units of cost a minute for callers without a key, each address (IPv6: each /64) for itself; 0 is no limit.
    #[arg(
        long,
        env = "BAB_QUOTA_ANONYMOUS",
        value_name = "UNITS",
        default_value_t = 100_000
    )]
    quota_anonymous: u64,

    /// Units of cost a minute for each API key; 0 is no limit.
    #[arg(
        long,
        env = "BAB_QUOTA_PARTNER",
        value_name = "UNITS",
        default_value_t = 1_000_000
    )]
    quota_partner: u64,

    /// Units of cost a minute for each API key that may curate or manage keys; 0 is no limit.
    #[arg(
        long,
        env = "BAB_QUOTA_CURATOR",
        value_name = "UNITS",
        default_value_t = 1_000_000
    )]
    quota_curator: u64,

    /// Megabytes of answers kept in memory until the data change; 0 keeps none.
    #[arg(long, env = "BAB_CACHE_MB", value_name = "MB", default_value_t = 32, value_parser = clap::value_parser!(u64).range(..=65_536))]
    cache_mb: u64,

    /// For how many days events are kept, so that subscribers who were away can go on; older ones are deleted every hour.
    #[arg(long, env = "BAB_KEEP_EVENTS_DAYS", value_name = "DAYS", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=3650))]
    keep_events_days: u16,

    /// Files of registered documents (JSON objects of ids and documents, as relay-compiler and graphql-codegen write them), parted by
    /// commas: they can be run by `documentId`.
    #[arg(
        long,
        env = "BAB_TRUSTED_DOCUMENTS",
        value_name = "FILES",
        value_delimiter = ','
    )]
    trusted_documents: Vec<PathBuf>,
}

/// Who may reach the HTTP door, and through what.
#[derive(Args, Clone)]
pub struct Reach {
    /// Sites whose pages may call the API, such as https://partner.example, parted by commas; * for every site. Our own pages always may.
    #[arg(long, env = "BAB_ALLOWED_ORIGINS", value_name = "ORIGINS", value_delimiter = ',', value_parser = origin)]
    allowed_origins: Vec<String>,

    /// Host names this server answers under, beside that of BAB_PUBLIC_URL, parted by commas; every name when neither is set.
    #[arg(
        long,
        env = "BAB_ALLOWED_HOSTS",
        value_name = "HOSTS",
        value_delimiter = ','
    )]
    allowed_hosts: Vec<String>,

    /// Addresses or networks (10.0.0.0/8) of the proxies whose X-Forwarded-For is believed, parted by commas; by default those on this
    /// machine. Whoever is believed can name any caller: only name proxies that set the header themselves.
    #[arg(long, env = "BAB_TRUSTED_PROXIES", value_name = "NETWORKS", value_delimiter = ',', value_parser = network)]
    trusted_proxies: Vec<web::Network>,
}

/// Where webhooks may lead.
#[derive(Args, Clone)]
pub struct Webhooks {
    /// Let webhooks lead anywhere, over http and to this machine as well: to try them out, never on a server that strangers have keys of.
    #[arg(long, env = "BAB_WEBHOOKS_ANYWHERE", value_parser = FalseyValueParser::new())]
    webhooks_anywhere: bool,
}

impl Webhooks {
    pub fn reach(&self) -> graphql::webhook::Reach {
        match self.webhooks_anywhere {
            true => graphql::webhook::Reach::Any,
            false => graphql::webhook::Reach::Public,
        }
    }
}

/// Where the public finds the pages.
#[derive(Args, Clone)]
pub struct Public {
    /// Address under which the public reaches this server, such as https://bab.example.
    #[arg(long, env = "BAB_PUBLIC_URL", value_name = "URL")]
    public_url: Option<String>,
}

impl Keeping {
    pub fn settings(&self) -> graphql::Keeping {
        graphql::Keeping {
            questions: self.keep_questions,
            days: self.keep_days,
        }
    }
}

impl Limits {
    pub fn quotas(&self) -> graphql::Quotas {
        let some = |units: u64| (units > 0).then_some(units);
        graphql::Quotas {
            anonymous: some(self.quota_anonymous),
            partner: some(self.quota_partner),
            curator: some(self.quota_curator),
        }
    }

    pub fn cache_bytes(&self) -> u64 {
        self.cache_mb << 20
    }

    pub fn keep_events(&self) -> u16 {
        self.keep_events_days
    }

    /// The registered documents.
    pub fn trusted(&self) -> Result<graphql::TrustedDocuments> {
        let mut documents = graphql::TrustedDocuments::default();
        for file in &self.trusted_documents {
            let wrong = |why: String| {
                Setting(format!(
                    "BAB_TRUSTED_DOCUMENTS (--trusted-documents) {file:?}: {why}"
                ))
            };
            let text = std::fs::read_to_string(file).map_err(|error| wrong(error.to_string()))?;
            documents
                .add(&text)
                .map_err(|error| wrong(error.to_string()))?;
        }
        Ok(documents)
    }
}

impl Reach {
    /// The settings of the HTTP door.
    pub fn settings(self, public_url: Option<String>) -> web::Settings {
        let proxies = match self.trusted_proxies {
            named if named.is_empty() => web::Proxies::Near,
            named => web::Proxies::In(named),
        };
        web::Settings {
            public_url,
            allowed_origins: self.allowed_origins,
            allowed_hosts: self.allowed_hosts,
            proxies,
            ..web::Settings::default()
        }
    }
}

impl Clock {
    /// The instant at which rows are recorded.
    pub fn instant(&self) -> DateTime<Utc> {
        self.now
            .map_or_else(Utc::now, |date| date.and_time(NaiveTime::MIN).and_utc())
    }
}

impl Shipped {
    /// The folder to fill an empty database from.
    pub fn folder(&self) -> Result<PathBuf> {
        if let Some(folder) = &self.data {
            return match has_data(folder) {
                true => Ok(folder.clone()),
                false => Err(Setting(format!(
                    "BAB_DATA (--data) {folder:?} is not a folder of the shipped data (it has no readable sources.csv)"
                ))
                .into()),
            };
        }
        let executable = std::env::current_exe().unwrap_or_default();
        let beside = executable
            .ancestors()
            .skip(1)
            .take(4)
            .map(|folder| folder.join("data"));
        let mut places = std::iter::once(PathBuf::from("data")).chain(beside);
        places.find(|folder| has_data(folder)).ok_or_else(|| {
            Setting(
                "the shipped data was not found in ./data nor beside the executable: say where it is with BAB_DATA \
                 (--data DIR)"
                    .to_owned(),
            )
            .into()
        })
    }
}

impl Shipped {
    /// The words to understand questions with; none for the built-in ones.
    pub fn words(&self) -> Result<Option<Arc<graphql::Words>>> {
        let Some(folder) = &self.lexicon else {
            return Ok(None);
        };
        if !folder.is_dir() {
            return Err(Setting(format!(
                "BAB_LEXICON (--lexicon) {folder:?} is not a folder"
            ))
            .into());
        }
        let words = graphql::Words::read(|file| std::fs::read_to_string(folder.join(file)).ok());
        words
            .map(|words| Some(Arc::new(words)))
            .map_err(|error| Setting(format!("BAB_LEXICON (--lexicon) {folder:?}: {error}")).into())
    }
}

impl Telegram {
    /// The settings of the bot; none without a token.
    pub fn settings(&self, public: &Public) -> Result<Option<bot::Settings>> {
        let Some(token) = self
            .telegram_bot_token
            .as_deref()
            .map(str::trim)
            .filter(|token| !token.is_empty())
        else {
            return Ok(None);
        };
        let mut settings = bot::Settings::new(bot::Token::parse(token)?, &self.telegram_api_url)?;
        settings.public_url = public.url()?;
        Ok(Some(settings))
    }
}

impl Public {
    /// The address without a slash at the end.
    pub fn url(&self) -> Result<Option<String>> {
        let Some(url) = self
            .public_url
            .as_deref()
            .map(str::trim)
            .filter(|url| !url.is_empty())
        else {
            return Ok(None);
        };
        let host = url
            .strip_prefix("https://")
            .or_else(|| url.strip_prefix("http://"))
            .unwrap_or_default();
        match !host.trim_matches('/').is_empty() && !url.contains(|c: char| c.is_whitespace() || c.is_control()) {
            true => Ok(Some(url.trim_end_matches('/').to_owned())),
            false => Err(Setting(format!(
                "BAB_PUBLIC_URL (--public-url) {url:?} is not an address: write for example https://bab.example"
            ))
            .into()),
        }
    }
}

fn has_data(folder: &Path) -> bool {
    std::fs::File::open(folder.join("sources.csv")).is_ok()
}

fn origin(text: &str) -> Result<String, String> {
    let text = text.trim();
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let bare =
        host.is_some_and(|host| !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']));
    (bare || text == "*")
        .then(|| text.to_owned())
        .ok_or_else(|| {
            "BAB_ALLOWED_ORIGINS (--allowed-origins): an origin is written https://partner.example, without a path; or *".to_owned()
        })
}

fn network(text: &str) -> Result<web::Network, String> {
    let text = text.trim();
    let alone = || {
        text.parse::<std::net::IpAddr>()
            .ok()
            .map(web::Network::from)
    };
    text.parse()
        .ok()
        .or_else(alone)
        .ok_or_else(|| "BAB_TRUSTED_PROXIES (--trusted-proxies): an address such as 10.0.0.1, or a network such as 10.0.0.0/8".to_owned())
}

fn days(text: &str) -> Result<u16, String> {
    let days = text.trim().parse().ok();
    days.filter(|days| (1..=3650).contains(days))
        .ok_or_else(|| {
            "BAB_KEEP_DAYS (--keep-days) must be a number of days from 1 to 3650".to_owned()
        })
}

fn today(text: &str) -> Result<NaiveDate, String> {
    date(text).map_err(|why| format!("BAB_NOW (--now): {why}"))
}

pub fn date(text: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d")
        .map_err(|_| "a date is written YYYY-MM-DD, such as 2026-11-23".to_owned())
}
