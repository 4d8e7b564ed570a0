//! Whole databases copied, under the eyes of whoever is watching.

use anyhow::Result;
use store::{Store, copy};

use crate::progress::Watched;
use crate::table::Table;
use crate::{output, ready};

/// Copies everything into a database without rows, and prints what every table holds.
pub async fn copy(from: &Store, to: &Store) -> Result<()> {
    // Looked at before its tables are made, so that whoever names the wrong one finds it as it was.
    copy::refuse_unless_empty(to).await?;
    ready::migrate(to).await?;
    let contents = {
        let watched = Watched::start();
        let show = |table: &str, done, total| watched.show(table, done, total);
        copy::copy(from, to, &show).await?
    };
    let mut table = Table::new(["table", "rows", "checksum", "read back"]);
    for (name, content) in &contents {
        table.add([
            name.clone(),
            content.rows.to_string(),
            content.checksum.chars().take(16).collect(),
            "equal".to_owned(),
        ]);
    }
    let rows: u64 = contents.values().map(|content| content.rows).sum();
    output::line(&table.to_string())?;
    output::line(&format!(
        "{rows} rows of {} tables were copied.",
        contents.len()
    ))
}
