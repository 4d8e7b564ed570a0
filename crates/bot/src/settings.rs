//! Settings of this door: the token, where the Bot API is, how long to wait.

use std::fmt;
use std::time::Duration;

use teloxide::Bot;

/// A bot token. `Debug` and errors never show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

/// Why a setting cannot be used; the message names the setting and the fix.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSetting {
    #[error(
        "TELEGRAM_BOT_TOKEN is not a bot token: give the one BotFather shows, digits, a colon and some 35 letters \
         (123456789:AA…), or leave it unset to run without the bot"
    )]
    Token,
    #[error(
        "TELEGRAM_API_URL is not an http or https address ({0}): leave it unset for https://api.telegram.org"
    )]
    ApiUrl(String),
}

impl Token {
    /// Checks the form only; whether the token is valid is for Telegram to say.
    pub fn parse(text: &str) -> Result<Self, InvalidSetting> {
        let (id, secret) = text.trim().split_once(':').ok_or(InvalidSetting::Token)?;
        let id_fits = (1..=20).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_digit());
        let letter = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
        let secret_fits = (30..=64).contains(&secret.len()) && secret.bytes().all(letter);
        match id_fits && secret_fits {
            true => Ok(Self(text.trim().to_owned())),
            false => Err(InvalidSetting::Token),
        }
    }

    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(hidden)")
    }
}

/// How the bot reaches Telegram and how patient it is.
#[derive(Clone, Debug)]
pub struct Settings {
    pub token: Token,
    /// Base address of the Bot API, without the token.
    pub api_url: String,
    /// Where people reach the pages; named under `/query` when known.
    pub public_url: Option<String>,
    /// How long Telegram may hold a `getUpdates` open. At most 50 s.
    pub poll_timeout: Duration,
    /// How long one update may take before the person is told to try again.
    pub update_timeout: Duration,
    /// How long replies under way may take once the bot is told to stop.
    pub farewell: Duration,
    /// How often curators are told of new proposals, at most.
    pub digest: Duration,
    /// How long a chat that was told of a change is left in peace; what changes meanwhile comes as one message.
    pub peace: chrono::TimeDelta,
}

impl Settings {
    /// The usual patience: polls of 25 s, a minute for an update, ten seconds to say goodbye, three minutes between two digests.
    pub fn new(token: Token, api_url: &str) -> Result<Self, InvalidSetting> {
        let invalid = || InvalidSetting::ApiUrl(api_url.to_owned());
        if !api_url.starts_with("http://") && !api_url.starts_with("https://") {
            return Err(invalid());
        }
        let _ = Bot::new("").set_api_url(api_url.parse().map_err(|_| invalid())?);
        Ok(Self {
            token,
            api_url: api_url.trim_end_matches('/').to_owned(),
            public_url: None,
            poll_timeout: Duration::from_secs(25),
            update_timeout: Duration::from_secs(60),
            farewell: Duration::from_secs(10),
            digest: Duration::from_secs(180),
            peace: graphql::follow::PEACE,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_never_shows() {
        let token = Token::parse("110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1").unwrap();
        let settings = Settings::new(token, "https://api.telegram.org").unwrap();
        assert!(!format!("{settings:?}").contains("AAH"));
    }

    #[test]
    fn what_is_no_token_is_refused_without_repeating_it() {
        for text in [
            "",
            "abc",
            "12:short",
            "x1:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1",
            "1:AAHdqTcvCH1vGWJxfSeofSAs0K5PAL saw1",
        ] {
            let error = Token::parse(text).unwrap_err().to_string();
            assert!(error.contains("TELEGRAM_BOT_TOKEN"), "{error}");
        }
    }

    #[test]
    fn an_address_must_be_http() {
        let token = Token::parse("110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1").unwrap();
        for url in ["", "api.telegram.org", "ftp://x", "http://", "mailto:a@b"] {
            assert!(Settings::new(token.clone(), url).is_err(), "{url}");
        }
    }
}
