//! `bab webhook`: lists and deletes the webhooks of partner apps, which their holders make over the API.

use anyhow::Result;
use chrono::{DateTime, Utc};
use clap::Subcommand;
use clap::builder::FalseyValueParser;
use serde_json::json;
use store::{audit_entry::Act, webhook};

use crate::settings::Database;
use crate::table::Table;
use crate::{output, ready};

#[derive(clap::Args)]
pub struct Webhook {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// List the webhooks, the newest first, with what was delivered and what failed.
    List(List),
    /// Delete a webhook: nothing more is sent to it.
    Delete(Delete),
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
struct Delete {
    /// What the webhook is called, as `bab webhook list` shows it.
    #[arg(value_name = "WEBHOOK")]
    key: String,

    #[command(flatten)]
    database: Database,
}

impl Webhook {
    pub async fn run(self) -> Result<()> {
        match self.action {
            Action::List(list) => list.run().await,
            Action::Delete(delete) => delete.run().await,
        }
    }
}

impl List {
    async fn run(self) -> Result<()> {
        let store = ready::migrated(&self.database).await?;
        let webhooks = webhook::all(&store).await?;
        if self.json {
            let webhooks: Vec<_> = webhooks
                .iter()
                .map(|(webhook, key)| as_json(webhook, &key.prefix))
                .collect();
            return output::line(&json!(webhooks).to_string());
        }
        let mut table = Table::new([
            "webhook",
            "key",
            "state",
            "delivered",
            "last",
            "failures",
            "again",
            "url",
            "last error",
        ]);
        for (webhook, key) in webhooks {
            let instant = |at: Option<DateTime<Utc>>| {
                at.map_or_else(
                    || "-".to_owned(),
                    |at| at.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
                )
            };
            table.add([
                webhook.key,
                key.prefix,
                webhook.state.to_string(),
                webhook.delivered.to_string(),
                instant(webhook.last_delivered_at),
                webhook.failures.to_string(),
                instant(webhook.next_attempt_at),
                webhook.url,
                webhook.last_error.unwrap_or_else(|| "-".to_owned()),
            ]);
        }
        output::line(&table.to_string())
    }
}

impl Delete {
    async fn run(self) -> Result<()> {
        let store = ready::migrated(&self.database).await?;
        let act = Act::of_operator(Utc::now(), "bab webhook");
        match webhook::delete(&store, &act, &self.key, None).await {
            Ok(()) => output::line(&format!("The webhook {} is deleted.", self.key)),
            Err(store::Error::Refused(store::Refused::NotFound(key))) => {
                anyhow::bail!("no webhook is called {key:?}; `bab webhook list` names them")
            }
            Err(error) => Err(error.into()),
        }
    }
}

fn as_json(webhook: &webhook::Model, key: &str) -> serde_json::Value {
    let filter = webhook.filter.as_deref();
    json!({
        "key": webhook.key,
        "apiKey": key,
        "url": webhook.url,
        "filter": filter.and_then(|filter| serde_json::from_str::<serde_json::Value>(filter).ok()),
        "state": webhook.state.as_str(),
        "createdAt": webhook.created_at,
        "lastEventId": webhook.last_event.to_string(),
        "delivered": webhook.delivered,
        "lastDeliveredAt": webhook.last_delivered_at,
        "failures": webhook.failures,
        "failingSince": webhook.failing_since,
        "lastAttemptAt": webhook.last_attempt_at,
        "lastStatus": webhook.last_status,
        "lastError": webhook.last_error,
        "nextAttemptAt": webhook.next_attempt_at,
    })
}
