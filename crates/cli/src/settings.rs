//! Options that several commands share, each with its environment variable.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use clap::Args;
use clap::builder::FalseyValueParser;

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

/// Where the public finds the pages.
#[derive(Args, Clone)]
pub struct Public {
    /// Address under which the public reaches this server, such as https://bab.example.
    #[arg(long, env = "BAB_PUBLIC_URL", value_name = "URL")]
    public_url: Option<String>,
}

/// Which pages elsewhere may talk to this server.
#[derive(Args, Clone)]
pub struct Pages {
    /// Origins of pages elsewhere that may open a WebSocket here, with commas between them, such as https://partner.example.
    #[arg(
        long,
        env = "BAB_ORIGINS",
        value_name = "ORIGINS",
        value_delimiter = ','
    )]
    origins: Vec<String>,
}

impl Pages {
    /// The origins, each a scheme and a host.
    pub fn origins(&self) -> Result<Vec<String>> {
        let named = self.origins.iter().map(|origin| origin.trim());
        let named = named.filter(|origin| !origin.is_empty());
        named.map(|origin| {
            let host = origin
                .strip_prefix("https://")
                .or_else(|| origin.strip_prefix("http://"))
                .unwrap_or_default();
            match !host.is_empty() && !host.contains(|c: char| c == '/' || c.is_whitespace() || c.is_control()) {
                true => Ok(origin.to_owned()),
                false => Err(Setting(format!(
                    "BAB_ORIGINS (--origins) {origin:?} is not an origin: write a scheme and a host, for example https://partner.example"
                ))
                .into()),
            }
        })
        .collect()
    }
}

impl Keeping {
    pub fn settings(&self) -> graphql::Keeping {
        graphql::Keeping {
            questions: self.keep_questions,
            days: self.keep_days,
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
