//! The commands, one file each.

mod ask;
mod audit;
mod backup;
mod bot;
mod copy;
mod curator;
mod doctor;
mod export;
mod extract;
mod feedback;
mod health;
mod import;
mod key;
mod mcp;
mod migrate;
mod need;
mod proposal;
mod restore;
mod schema;
pub mod serve;
mod webhook;

use anyhow::Result;
use clap::Subcommand;

#[derive(Subcommand)]
pub enum Command {
    /// Serve HTTP and, with a token, the Telegram bot; makes and fills the database when it is empty.
    Serve(serve::Serve),
    /// Create or update the tables.
    Migrate(migrate::Migrate),
    /// Take CSV files, an Excel workbook or JSON lines into the database: all of it or nothing.
    Import(import::Import),
    /// Write every fact into the files that import takes.
    Export(export::Export),
    /// Answer one question, with its sources.
    Ask(ask::Ask),
    /// Find the figures of a press article, and propose them.
    Extract(extract::Extract),
    /// Print the GraphQL schema; needs no database.
    Schema(schema::Schema),
    /// Run the Telegram bot alone.
    Bot(bot::Bot),
    /// Make, list and revoke the API keys of partner apps.
    Key(key::Key),
    /// Link curators on Telegram to their API keys: make codes, list and unlink accounts.
    Curator(curator::Curator),
    /// List and delete the webhooks of partner apps.
    Webhook(webhook::Webhook),
    /// Answer an assistant (Model Context Protocol) on standard input and output, or over HTTP; `bab serve` has it at /mcp.
    Mcp(mcp::Mcp),
    /// Show what people say of the answers: questions without one, answers marked wrong, kept questions.
    Feedback(feedback::Feedback),
    /// Look after proposed changes: list, show, accept, reject, make.
    Proposal(proposal::Proposal),
    /// Look after what companies need: list, show, file, bring together, erase.
    Need(need::Need),
    /// Show every write: who, what, when and why.
    Audit(audit::Audit),
    /// Show how fresh and how whole the data are.
    Health(health::Health),
    /// Look whether a server would do well here, and say what to do where not.
    Doctor(Box<doctor::Doctor>),
    /// Write the whole database into a file, while others read and write.
    Backup(backup::Backup),
    /// Bring a backup back, into a database without rows.
    Restore(restore::Restore),
    /// Copy the whole database into another one, on SQLite or PostgreSQL.
    Copy(copy::Copy),
}

impl Command {
    pub async fn run(self) -> Result<()> {
        match self {
            Command::Serve(serve) => serve.run().await,
            Command::Migrate(migrate) => migrate.run().await,
            Command::Import(import) => import.run().await,
            Command::Export(export) => export.run().await,
            Command::Ask(ask) => ask.run().await,
            Command::Extract(extract) => extract.run().await,
            Command::Schema(schema) => schema.run(),
            Command::Bot(bot) => bot.run().await,
            Command::Key(key) => key.run().await,
            Command::Curator(curator) => curator.run().await,
            Command::Webhook(webhook) => webhook.run().await,
            Command::Mcp(mcp) => mcp.run().await,
            Command::Feedback(feedback) => feedback.run().await,
            Command::Proposal(proposal) => proposal.run().await,
            Command::Need(need) => need.run().await,
            Command::Audit(audit) => audit.run().await,
            Command::Health(health) => health.run().await,
            Command::Doctor(doctor) => doctor.run().await,
            Command::Backup(backup) => backup.run().await,
            Command::Restore(restore) => restore.run().await,
            Command::Copy(copy) => copy.run().await,
        }
    }

    /// Whether it runs until it is told to stop, and therefore logs what it does.
    pub fn is_service(&self) -> bool {
        match self {
            Command::Serve(_) | Command::Bot(_) => true,
            Command::Mcp(mcp) => mcp.is_service(),
            _ => false,
        }
    }
}
