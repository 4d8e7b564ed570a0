//! `bab key`: makes, lists and revokes the keys of partner apps.

use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use clap::Subcommand;
use clap::builder::FalseyValueParser;
use serde_json::json;
use store::api_key::{self, Model, Scopes, Secret, Terms};

use crate::failure::Setting;
use crate::settings::{Database, date};
use crate::table::Table;
use crate::{output, ready};

/// The longest name of a holder, in characters.
const HOLDER: usize = 100;

#[derive(clap::Args)]
pub struct Key {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Make a key and print it: once, for it is stored nowhere.
    Create(Create),
    /// List the keys, the newest first; none of them can be read back.
    List(List),
    /// End a key. Within a second no request is answered with it, and its open connections are closed.
    Revoke(Revoke),
}

#[derive(clap::Args)]
struct Create {
    /// Who holds the key, such as "APEBI, mobile app".
    #[arg(long, env = "BAB_KEY_HOLDER", value_name = "NAME", value_parser = holder)]
    holder: String,

    /// What it allows, parted by commas: read, export, curate, coordinate, admin.
    #[arg(
        long,
        env = "BAB_KEY_SCOPES",
        value_name = "SCOPES",
        default_value = "read"
    )]
    scopes: Scopes,

    /// Units of cost a minute; without it, BAB_QUOTA_PARTNER or BAB_QUOTA_CURATOR.
    #[arg(long, env = "BAB_KEY_QUOTA", value_name = "UNITS", value_parser = clap::value_parser!(i64).range(1..))]
    quota: Option<i64>,

    /// The first day on which it is no longer good, as YYYY-MM-DD (UTC); without it, it is good until revoked.
    #[arg(long, env = "BAB_KEY_EXPIRES", value_name = "DATE", value_parser = date)]
    expires: Option<NaiveDate>,

    /// Only the documents registered with BAB_TRUSTED_DOCUMENTS may be run with it.
    #[arg(long, env = "BAB_KEY_TRUSTED_DOCUMENTS_ONLY", value_parser = FalseyValueParser::new())]
    trusted_documents_only: bool,

    #[command(flatten)]
    database: Database,
}

#[derive(clap::Args)]
struct List {
    /// Print as JSON.
    #[arg(long, env = "BAB_JSON", value_parser = FalseyValueParser::new())]
    json: bool,

    #[command(flatten)]
    database: Database,
}

#[derive(clap::Args)]
struct Revoke {
    /// The eight digits that name the key, as `bab key list` shows them.
    #[arg(value_name = "PREFIX")]
    prefix: String,

    #[command(flatten)]
    database: Database,
}

impl Key {
    pub async fn run(self) -> Result<()> {
        match self.action {
            Action::Create(create) => create.run().await,
            Action::List(list) => list.run().await,
            Action::Revoke(revoke) => revoke.run().await,
        }
    }
}

impl Create {
    async fn run(self) -> Result<()> {
        let expires_at = self
            .expires
            .map(|day| day.and_time(NaiveTime::MIN).and_utc());
        let now = Utc::now();
        if expires_at.is_some_and(|end| end <= now) {
            return Err(Setting(
                "BAB_KEY_EXPIRES (--expires) must be a day to come: the key would not be good"
                    .to_owned(),
            )
            .into());
        }
        let store = ready::migrated(&self.database).await?;
        let (mut name, mut kept) = ([0; 4], [0; 32]);
        getrandom::fill(&mut name)
            .and_then(|()| getrandom::fill(&mut kept))
            .context("the machine gives no random bytes")?;
        let secret = Secret::new(name, kept);
        let terms = Terms {
            holder: self.holder,
            scopes: self.scopes,
            quota: self.quota,
            trusted_documents_only: self.trusted_documents_only,
            expires_at,
        };
        let key = api_key::create(&store, &secret, terms, now).await?;
        eprintln!(
            "bab: a key for {}, named {}. Keep it: it is shown only now.\nbab: send it as  Authorization: Bearer …",
            key.holder, key.prefix
        );
        output::line(secret.reveal())
    }
}

impl List {
    async fn run(self) -> Result<()> {
        let store = ready::migrated(&self.database).await?;
        let (keys, now) = (api_key::all(&store).await?, Utc::now());
        if self.json {
            let keys: Vec<_> = keys.iter().map(|key| as_json(key, now)).collect();
            return output::line(&json!(keys).to_string());
        }
        let mut table = Table::new([
            "name",
            "state",
            "scopes",
            "quota",
            "documents",
            "made",
            "expires",
            "holder",
        ]);
        for key in keys {
            let instant = |at: Option<DateTime<Utc>>| {
                at.map_or_else(|| "-".to_owned(), |at| at.date_naive().to_string())
            };
            let documents = if key.trusted_documents_only {
                "trusted"
            } else {
                "any"
            };
            table.add([
                key.prefix.clone(),
                state(&key, now).to_owned(),
                key.scopes.to_string().replace(' ', ","),
                key.quota
                    .map_or_else(|| "-".to_owned(), |units| units.to_string()),
                documents.to_owned(),
                instant(Some(key.created_at)),
                instant(key.expires_at),
                key.holder,
            ]);
        }
        output::line(&table.to_string())
    }
}

impl Revoke {
    async fn run(self) -> Result<()> {
        let store = ready::migrated(&self.database).await?;
        // Whoever pastes the whole key means its name.
        let secret = self.prefix.parse::<Secret>();
        let prefix = secret.as_ref().map_or(self.prefix.as_str(), Secret::prefix);
        if api_key::revoke(&store, prefix, Utc::now()).await? {
            return output::line(&format!("The key {prefix} is revoked."));
        }
        anyhow::bail!("no key in force is named {prefix:?}; `bab key list` names them")
    }
}

fn state(key: &Model, now: DateTime<Utc>) -> &'static str {
    match (key.revoked_at, key.in_force(now)) {
        (Some(_), _) => "revoked",
        (None, true) => "in force",
        (None, false) => "expired",
    }
}

fn as_json(key: &Model, now: DateTime<Utc>) -> serde_json::Value {
    json!({
        "prefix": key.prefix,
        "state": state(key, now),
        "holder": key.holder,
        "scopes": key.scopes.to_string().split(' ').collect::<Vec<_>>(),
        "quota": key.quota,
        "trustedDocumentsOnly": key.trusted_documents_only,
        "createdAt": key.created_at,
        "expiresAt": key.expires_at,
        "revokedAt": key.revoked_at,
    })
}

fn holder(text: &str) -> Result<String, String> {
    let holder = text.trim();
    let good = !holder.is_empty()
        && holder.chars().count() <= HOLDER
        && !holder.chars().any(char::is_control);
    good.then(|| holder.to_owned())
        .ok_or_else(|| format!("a name of 1 to {HOLDER} characters"))
}
