//! `bab curator`: curators on Telegram. A code links an account to an API key; accounts are listed and let go.

use anyhow::{Result, bail};
use chrono::Utc;
use clap::Subcommand;
use clap::builder::FalseyValueParser;
use serde_json::json;
use store::api_key::{self, Secret};
use store::audit_entry::Act;
use store::curator::{self, Linked, Which};

use crate::operator::{Operator, refused};
use crate::settings::Database;
use crate::table::Table;
use crate::{output, ready};

const CODE: &str = include_str!("../../documents/create_link_code.graphql");

#[derive(clap::Args)]
pub struct Curator {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Make a code: whoever sends it to the bot within ten minutes decides on proposals there with the rights of the key.
    Code(Code),
    /// List the accounts that are linked.
    List(List),
    /// Let the accounts of a key go; nothing is known of them any more. The key stays.
    Unlink(Unlink),
}

#[derive(clap::Args)]
struct Code {
    /// The eight digits that name the API key, as `bab key list` shows them; may be left out where one key alone has the scope curate.
    #[arg(long, env = "BAB_CURATOR_KEY", value_name = "PREFIX")]
    key: Option<String>,

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
struct Unlink {
    /// The eight digits that name the API key, as `bab curator list` shows them.
    #[arg(
        value_name = "PREFIX",
        required_unless_present = "account",
        conflicts_with = "account"
    )]
    key: Option<String>,

    /// The number of one account on Telegram, when not every account of a key.
    #[arg(long, env = "BAB_CURATOR_ACCOUNT", value_name = "NUMBER")]
    account: Option<i64>,

    #[command(flatten)]
    database: Database,
}

impl Curator {
    pub async fn run(self) -> Result<()> {
        match self.action {
            Action::Code(code) => code.run().await,
            Action::List(list) => list.run().await,
            Action::Unlink(unlink) => unlink.run().await,
        }
    }
}

/// Whoever pastes the whole key means its name.
fn name(key: &str) -> String {
    match key.parse::<Secret>() {
        Ok(secret) => secret.prefix().to_owned(),
        Err(_) => key.to_owned(),
    }
}

impl Code {
    async fn run(self) -> Result<()> {
        let prefix = match &self.key {
            Some(key) => name(key),
            None => only(&self.database).await?,
        };
        let operator = Operator::open(&self.database).await?;
        let variables = json!({ "input": { "keyPrefix": prefix } });
        let made = operator.run(CODE, variables).await?;
        if let Some(message) = refused(&made) {
            bail!("{message}");
        }
        eprintln!(
            "bab: a code for the key {prefix}, good once and until {}. Send it to the bot in a private chat, as it stands:",
            made["expiresAt"].as_str().unwrap_or_default()
        );
        output::line(&format!(
            "/link {}",
            made["code"].as_str().unwrap_or_default()
        ))
    }
}

/// The one key in force with the scope curate.
async fn only(database: &Database) -> Result<String> {
    let store = ready::migrated(database).await?;
    let now = Utc::now();
    let keys = api_key::all(&store).await?;
    let fits = keys
        .iter()
        .filter(|key| key.in_force(now) && key.scopes.has(graphql::Scope::Curate));
    let fits: Vec<_> = fits.collect();
    match fits.as_slice() {
        [key] => Ok(key.prefix.clone()),
        [] => bail!(
            "no key has the scope curate: make one with `bab key create --holder NAME --scopes read,curate`"
        ),
        several => {
            let named: Vec<_> = several
                .iter()
                .map(|key| format!("\n  --key {}  {}", key.prefix, key.holder))
                .collect();
            bail!(
                "several keys have the scope curate; say which:{}",
                named.concat()
            )
        }
    }
}

impl List {
    async fn run(self) -> Result<()> {
        let store = ready::migrated(&self.database).await?;
        let (linked, now) = (curator::all(&store).await?, Utc::now());
        let state = |linked: &Linked| match linked.key.in_force(now) {
            true => "in force",
            false => "expired",
        };
        if self.json {
            let rows: Vec<_> = linked
                .iter()
                .map(|linked| {
                    json!({
                        "account": linked.account.account,
                        "keyPrefix": linked.key.prefix,
                        "holder": linked.key.holder,
                        "state": state(linked),
                        "linkedAt": linked.account.linked_at,
                    })
                })
                .collect();
            return output::line(&json!(rows).to_string());
        }
        let mut table = Table::new(["account", "key", "state", "linked", "holder"]);
        for linked in &linked {
            table.add([
                linked.account.account.to_string(),
                linked.key.prefix.clone(),
                state(linked).to_owned(),
                linked.account.linked_at.date_naive().to_string(),
                linked.key.holder.clone(),
            ]);
        }
        output::line(&table.to_string())
    }
}

impl Unlink {
    async fn run(self) -> Result<()> {
        let store = ready::migrated(&self.database).await?;
        let which = match (self.account, self.key) {
            (Some(account), _) => Which::Account(account),
            (None, key) => Which::Key(name(&key.unwrap_or_default())),
        };
        let act = Act::of_operator(Utc::now(), "bab curator");
        match curator::unlink(&store, &act, &which).await? {
            0 => bail!("no such account is linked; `bab curator list` shows them"),
            1 => output::line("One account is let go."),
            several => output::line(&format!("{several} accounts are let go.")),
        }
    }
}
