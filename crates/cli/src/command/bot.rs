//! `bab bot`: the Telegram bot alone.

use anyhow::Result;

use crate::failure::Setting;
use crate::ready;
use crate::settings::{Clock, Database, Public, Shipped, Telegram};
use crate::stop::Stop;

#[derive(clap::Args)]
pub struct Bot {
    #[command(flatten)]
    database: Database,

    #[command(flatten)]
    shipped: Shipped,

    #[command(flatten)]
    clock: Clock,

    #[command(flatten)]
    telegram: Telegram,

    #[command(flatten)]
    public: Public,
}

impl Bot {
    pub async fn run(self) -> Result<()> {
        let settings = self.telegram.settings(&self.public)?.ok_or_else(|| {
            Setting("TELEGRAM_BOT_TOKEN (--telegram-bot-token) is not set: ask BotFather on Telegram for a token".into())
        })?;
        let public_url = self.public.url()?;
        let service = ready::filled(&self.database, &self.shipped, &self.clock, public_url).await?;
        let stop = Stop::listen()?;
        Ok(bot::run(service, settings, stop.wait()).await?)
    }
}
