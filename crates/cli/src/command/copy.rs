//! `bab copy --from URL --to URL`: the whole database on another engine, or the same.

use anyhow::{Context, Result};
use store::Store;

use crate::copying;

#[derive(clap::Args)]
pub struct Copy {
    /// The database to copy, as it is at this moment: `sqlite://FILE` or `postgres://USER@HOST/NAME`. It is only read.
    #[arg(
        long,
        env = "BAB_COPY_FROM",
        value_name = "URL",
        hide_env_values = true
    )]
    from: String,

    /// The database to fill: one without rows, of which the tables are made if need be. Either all is there afterwards, or nothing.
    #[arg(long, env = "BAB_COPY_TO", value_name = "URL", hide_env_values = true)]
    to: String,
}

impl Copy {
    pub async fn run(self) -> Result<()> {
        let source = "--from (BAB_COPY_FROM)";
        let target = "--to (BAB_COPY_TO)";
        let from = Store::connect_existing(&self.from).await.context(source)?;
        store::copy::refuse_unless_whole(&from)
            .await
            .context(source)?;
        let to = Store::connect(&self.to).await.context(target)?;
        copying::copy(&from, &to).await.context(target)?;
        Ok(to.close().await?)
    }
}
