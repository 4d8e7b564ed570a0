//! `bab import DIR`: files to rows, all or nothing, with a report per file.

use std::path::PathBuf;

use anyhow::Result;

use crate::settings::{Clock, Database};
use crate::{output, ready};

#[derive(clap::Args)]
pub struct Import {
    /// Folder of CSV files, named as in the shipped data.
    #[arg(value_name = "DIR")]
    folder: PathBuf,

    #[command(flatten)]
    database: Database,

    #[command(flatten)]
    clock: Clock,
}

impl Import {
    pub async fn run(self) -> Result<()> {
        let store = ready::migrated(&self.database).await?;
        let report = ready::import(&store, &self.folder, &self.clock).await?;
        output::line(&report.to_string())
    }
}
