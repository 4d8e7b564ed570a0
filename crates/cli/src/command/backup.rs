//! `bab backup FILE`: the whole database in one file.

use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use store::Store;
use tempfile::NamedTempFile;

use crate::settings::Database;
use crate::{copying, output};

#[derive(clap::Args)]
pub struct Backup {
    /// The file to write, a database of SQLite that only its owner may read. One that is there is never replaced.
    file: PathBuf,

    #[command(flatten)]
    database: Database,
}

impl Backup {
    pub async fn run(self) -> Result<()> {
        let name = self.file.display();
        if self.file.symlink_metadata().is_ok() {
            bail!("{name} is there already, and a backup replaces no file: choose another name");
        }
        let folder = match self.file.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        let unwritable = || format!("{name} cannot be written");
        let from = self.database.connect_existing().await?;
        // It gets its name when it is whole.
        let workshop = tempfile::Builder::new()
            .prefix(".bab-backup-")
            .tempdir_in(folder)
            .with_context(unwritable)?;
        let made = NamedTempFile::new_in(&workshop)
            .with_context(unwritable)?
            .into_temp_path();
        let to = Store::connect(&store::file_url(&made)).await?;
        copying::copy(&from, &to).await?;
        store::copy::seal(to).await?;
        File::open(&made)?.sync_all().with_context(unwritable)?;
        let bytes = made.metadata()?.len();
        made.persist_noclobber(&self.file)
            .with_context(unwritable)?;
        File::open(folder)?.sync_all().with_context(unwritable)?;
        output::line(&format!("The backup is in {name} ({bytes} bytes)."))
    }
}
