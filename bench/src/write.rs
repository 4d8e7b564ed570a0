//! `bench write`: a fact changed through Bab's own way of writing, whenever a line says so.

use anyhow::{Context, Result};
use chrono::Utc;
use entity::{PeriodBasis, Qualifier, observation::Draft};
use store::{
    Store,
    audit_entry::Act,
    load::{Batch, apply},
};
use tokio::io::{AsyncBufReadExt, BufReader, stdin};

/// The key of the figure that changes.
const KEY: &str = "bench.write";

#[derive(clap::Args)]
/// Reads numbers from standard input, a line each, and writes each as the newest figure of one indicator and place; says `written NUMBER`
/// once it is acknowledged. At the end of the input the figure is withdrawn.
pub struct Write {
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    database_url: String,
    #[arg(long)]
    indicator: String,
    #[arg(long)]
    territory: String,
    /// The year it is of; later than every other.
    #[arg(long)]
    period: String,
}

impl Write {
    pub async fn run(self) -> Result<()> {
        let store = Store::connect(&self.database_url).await?;
        let mut lines = BufReader::new(stdin()).lines();
        while let Some(line) = lines.next_line().await? {
            let value: f64 = line
                .trim()
                .parse()
                .with_context(|| format!("{line:?} is not a number"))?;
            self.write(&store, Some(value)).await?;
            println!("written {value}");
        }
        self.write(&store, None).await
    }

    /// The figure with another value, or withdrawn.
    async fn write(&self, store: &Store, value: Option<f64>) -> Result<()> {
        let draft = |value| -> Result<Draft> {
            Ok(Draft {
                key: KEY.to_owned(),
                indicator: self.indicator.clone(),
                territory: Some(self.territory.clone()),
                activity: None,
                subject: None,
                period: Some(self.period.parse()?),
                period_basis: Some(PeriodBasis::Stated),
                value,
                value_max: None,
                qualifier: Qualifier::Exact,
                scope: None,
                producer: None,
                source: "source_1".to_owned(),
                note: None,
            })
        };
        let batch = Batch {
            observations: value.map(draft).transpose()?.into_iter().collect(),
            withdrawn: value
                .is_none()
                .then(|| KEY.to_owned())
                .into_iter()
                .collect(),
            ..Batch::default()
        };
        let act = Act::of_operator(Utc::now(), "bench write");
        apply(store, &batch, &act).await?;
        Ok(())
    }
}
