//! `bench generate`: fills a migrated, empty database with the synthetic world.

mod postgres;
mod sqlite;

use std::time::Instant;

use anyhow::{Result, bail};

use crate::{scale::Scale, world};

/// Computed from the tables once they are filled; statements end with `;`.
const DERIVED: &str = include_str!("load/derived.sql");

#[derive(clap::Args)]
/// Fills a database that `bab migrate` has made; nothing may be in it yet.
pub struct Generate {
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    database_url: String,
    #[arg(long)]
    scale: Scale,
}

impl Generate {
    pub async fn run(self) -> Result<()> {
        let begun = Instant::now();
        let tables = world::tables(self.scale);
        match self.database_url.split_once("://") {
            Some(("sqlite", rest)) => {
                let path = rest.split('?').next().unwrap_or(rest);
                sqlite::load(path, tables)?;
            }
            Some(("postgres" | "postgresql", _)) => {
                postgres::load(&self.database_url, tables).await?
            }
            _ => bail!("a database is sqlite://FILE or postgres://USER@HOST/NAME"),
        }
        println!(
            "scale {} in {:.1} s",
            self.scale.name(),
            begun.elapsed().as_secs_f32()
        );
        Ok(())
    }
}
