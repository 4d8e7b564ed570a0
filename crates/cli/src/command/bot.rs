//! `bab bot`: the Telegram bot alone.

use anyhow::Result;

use crate::failure::Setting;
use crate::following::follow;
use crate::ready;
use crate::recording::record;
use crate::settings::{Clock, Database, Keeping, Public, Shipped, Telegram};
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

    #[command(flatten)]
    keeping: Keeping,
}

impl Bot {
    pub async fn run(self) -> Result<()> {
        let settings = self.telegram.settings(&self.public)?.ok_or_else(|| {
            Setting("TELEGRAM_BOT_TOKEN (--telegram-bot-token) is not set: ask BotFather on Telegram for a token".into())
        })?;
        let answers = graphql::Settings {
            public_url: self.public.url()?,
            keeping: self.keeping.settings(),
            ..graphql::Settings::default()
        };
        let service = ready::filled(&self.database, &self.shipped, &self.clock, answers).await?;
        let stop = Stop::listen()?;
        let recording = record(&service, &stop);
        let _following = follow(&service, &stop);
        let ended = bot::run(service.clone(), settings, stop.wait()).await;
        recording.finish(&service).await;
        Ok(ended?)
    }
}
