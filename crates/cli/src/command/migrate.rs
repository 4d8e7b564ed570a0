//! `bab migrate`: creates or updates the tables.

use anyhow::Result;

use crate::settings::Database;
use crate::{output, ready};

#[derive(clap::Args)]
pub struct Migrate {
    #[command(flatten)]
    database: Database,
}

impl Migrate {
    pub async fn run(self) -> Result<()> {
        ready::migrated(&self.database).await?;
        output::line(&format!(
            "The tables are up to date ({}).",
            migrations::latest()
        ))
    }
}
