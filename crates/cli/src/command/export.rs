//! `bab export --to PATH`: every fact in the files that `bab import` takes.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::ValueEnum;

use crate::failure::Setting;
use crate::operator::shown;
use crate::settings::{Clock, Database};
use crate::{output, ready};

#[derive(clap::Args)]
pub struct Export {
    /// A folder for CSV, a file that ends in .xlsx or .jsonl, or - for JSON lines on standard output. Files of the same names are replaced.
    #[arg(long, env = "BAB_EXPORT_TO", value_name = "PATH")]
    to: PathBuf,

    /// The format; seen by the ending of the name when absent.
    #[arg(long, env = "BAB_EXPORT_FORMAT", value_name = "FORMAT")]
    format: Option<Format>,

    #[command(flatten)]
    database: Database,

    #[command(flatten)]
    clock: Clock,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A folder of CSV files, one a table.
    Csv,
    /// An Excel workbook, one sheet a table.
    Xlsx,
    /// One row a line, as JSON.
    Jsonl,
}

impl Export {
    pub async fn run(self) -> Result<()> {
        let format = self.format()?;
        let store = ready::migrated(&self.database).await?;
        let export = ready::export(&store, &self.clock).await?;
        for left in export.unfaithful() {
            eprintln!("bab: no file can state this as it is: {}", shown(left));
        }
        let to = self.to.display();
        let failed = || format!("{to} cannot be written");
        if self.to == Path::new("-") {
            let bytes = export.to_bytes(import::Format::Jsonl);
            let bytes = bytes.and_then(Result::ok).unwrap_or_default();
            let mut out = std::io::stdout().lock();
            out.write_all(&bytes)?;
            return Ok(out.flush()?);
        }
        match format {
            Format::Csv => export.to_folder(&self.to).map(drop).with_context(failed)?,
            Format::Xlsx => export
                .to_file(&self.to, import::Format::Xlsx)
                .with_context(failed)?,
            Format::Jsonl => export
                .to_file(&self.to, import::Format::Jsonl)
                .with_context(failed)?,
        }
        let rows: usize = export.rows().map(|(_, rows)| rows).sum();
        let tables = export.rows().filter(|(_, rows)| *rows > 0).count();
        output::line(&format!(
            "{rows} rows of {tables} tables were written to {to}"
        ))
    }

    fn format(&self) -> Result<Format, Setting> {
        if self.to == Path::new("-") {
            return match self.format {
                None | Some(Format::Jsonl) => Ok(Format::Jsonl),
                Some(_) => Err(Setting(
                    "--to -: only JSON lines go to standard output; name a file or a folder"
                        .to_owned(),
                )),
            };
        }
        let name = self.to.to_string_lossy();
        match (self.format, import::Format::of(&name)) {
            (Some(format), _) => Ok(format),
            (None, Some(import::Format::Xlsx)) => Ok(Format::Xlsx),
            (None, Some(import::Format::Jsonl)) => Ok(Format::Jsonl),
            (None, Some(import::Format::Csv)) => Err(Setting(format!(
                "--to {name}: CSV is one file a table; name a folder, or a file that ends in .xlsx or .jsonl"
            ))),
            (None, None) => Ok(Format::Csv),
        }
    }
}
