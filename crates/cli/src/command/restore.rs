//! `bab restore FILE`: a backup brought back into a database without rows, on either engine.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use store::Store;
use tempfile::TempDir;

use crate::settings::Database;
use crate::{copying, ready};

/// How every file of SQLite begins.
const BEGINNING: &[u8] = b"SQLite format 3\0";

#[derive(clap::Args)]
pub struct Restore {
    /// The file that `bab backup` wrote, by this version of the program or an older one. It stays as it is.
    file: PathBuf,

    #[command(flatten)]
    database: Database,
}

impl Restore {
    pub async fn run(self) -> Result<()> {
        let unusable = || format!("{} cannot be restored", self.file.display());
        let backup = Backup::open(&self.file).await.with_context(unusable)?;
        let to = self.database.connect().await?;
        copying::copy(&backup.store, &to)
            .await
            .context("nothing was restored")?;
        Ok(to.close().await?)
    }
}

/// A backup whose tables are those of this program.
struct Backup {
    store: Store,
    /// Where the tables of an older one were brought up to date; gone when it is dropped.
    _folder: Option<TempDir>,
}

impl Backup {
    async fn open(path: &Path) -> Result<Self> {
        let mut beginning = Vec::new();
        let file = File::open(path)?;
        file.take(BEGINNING.len() as u64)
            .read_to_end(&mut beginning)?;
        if beginning != BEGINNING {
            bail!("it is no backup of Bab: it does not begin as a file of SQLite");
        }
        let store = store::copy::open_backup(path).await?;
        let latest = migrations::latest();
        let found = store.latest_migration().await?;
        if found.is_some_and(|found| found >= latest) {
            return Ok(Self {
                store,
                _folder: None,
            });
        }
        store.close().await?;
        let folder = tempfile::tempdir()?;
        let copy = folder.path().join("backup.db");
        std::fs::copy(path, &copy)?;
        let store = Store::connect(&store::file_url(&copy)).await?;
        ready::migrate(&store).await?;
        Ok(Self {
            store,
            _folder: Some(folder),
        })
    }
}
