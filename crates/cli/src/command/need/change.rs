//! `bab need amend`, `introduce`, `consent`, `advance` and `erase`.

use anyhow::{Result, bail};
use clap::ValueEnum;
use serde_json::{Value, json};

use super::{show, text};
use crate::operator::{Operator, refused};
use crate::output;
use crate::settings::Database;

const AMEND: &str = include_str!("../../../documents/amend_need.graphql");
const INTRODUCE: &str = include_str!("../../../documents/introduce_provider.graphql");
const CONSENT: &str = include_str!("../../../documents/record_consent.graphql");
const ADVANCE: &str = include_str!("../../../documents/advance_need.graphql");
const ERASE: &str = include_str!("../../../documents/erase_need.graphql");

#[derive(clap::Args)]
struct Which {
    /// The key of the need, as `bab need list` shows it.
    #[arg(value_name = "KEY")]
    key: String,

    #[command(flatten)]
    database: Database,
}

#[derive(clap::Args)]
pub struct Amend {
    #[command(flatten)]
    which: Which,

    /// The sector of the company, such as leather.
    #[arg(long, env = "BAB_NEED_SECTOR", value_name = "SECTOR")]
    sector: Option<String>,

    /// What a provider must offer, parted by commas: stock_management,training.
    #[arg(
        long,
        env = "BAB_NEED_CAPABILITIES",
        value_name = "LIST",
        value_delimiter = ','
    )]
    capabilities: Option<Vec<String>>,

    /// Languages to work in, parted by commas: fr,ar.
    #[arg(
        long,
        env = "BAB_NEED_LANGUAGES",
        value_name = "LIST",
        value_delimiter = ','
    )]
    languages: Option<Vec<String>>,

    /// Code of the territory where the work is to be done.
    #[arg(long, env = "BAB_NEED_TERRITORY", value_name = "CODE")]
    territory: Option<String>,
}

#[derive(clap::Args)]
pub struct Introduce {
    #[command(flatten)]
    which: Which,

    /// The key of the organisation that could meet it.
    #[arg(value_name = "PROVIDER")]
    provider: String,
}

#[derive(clap::Args)]
pub struct Consent {
    #[command(flatten)]
    which: Which,

    /// The key of the organisation it was introduced to.
    #[arg(value_name = "PROVIDER")]
    provider: String,

    /// Who says it.
    #[arg(long, env = "BAB_NEED_SIDE", value_enum)]
    side: Side,

    /// What.
    #[arg(long, env = "BAB_NEED_CONSENT", value_enum, default_value = "given")]
    says: Says,
}

#[derive(Clone, Copy, ValueEnum)]
enum Side {
    Company,
    Provider,
}

#[derive(Clone, Copy, ValueEnum)]
enum Says {
    Asked,
    Given,
    Refused,
}

#[derive(clap::Args)]
pub struct Advance {
    #[command(flatten)]
    which: Which,

    /// The state it goes on to.
    #[arg(value_name = "STATUS", value_enum)]
    status: Status,

    /// Where it stands, in place of the note before.
    #[arg(long, env = "BAB_NEED_NOTE", value_name = "TEXT")]
    note: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Status {
    Open,
    Introduced,
    UnderWay,
    Done,
    Dropped,
}

#[derive(clap::Args)]
pub struct Erase {
    #[command(flatten)]
    which: Which,
}

impl Amend {
    pub async fn run(self) -> Result<()> {
        let upper = |words: Vec<String>| -> Vec<String> {
            let words = words.iter().map(|word| word.trim().to_uppercase());
            words.filter(|word| !word.is_empty()).collect()
        };
        let input = json!({
            "sector": self.sector.map(|sector| sector.to_uppercase()),
            "capabilities": self.capabilities.map(upper),
            "languages": self.languages.map(|words| words.iter().map(|word| word.trim().to_owned()).collect::<Vec<_>>()),
            "territory": self.territory,
        });
        self.which.change(AMEND, input).await
    }
}

impl Introduce {
    pub async fn run(self) -> Result<()> {
        let input = json!({ "provider": self.provider });
        self.which.change(INTRODUCE, input).await
    }
}

impl Consent {
    pub async fn run(self) -> Result<()> {
        let side = match self.side {
            Side::Company => "COMPANY",
            Side::Provider => "PROVIDER",
        };
        let consent = match self.says {
            Says::Asked => "ASKED",
            Says::Given => "GIVEN",
            Says::Refused => "REFUSED",
        };
        let input = json!({ "provider": self.provider, "side": side, "consent": consent });
        self.which.change(CONSENT, input).await
    }
}

impl Advance {
    pub async fn run(self) -> Result<()> {
        let status = match self.status {
            Status::Open => "OPEN",
            Status::Introduced => "INTRODUCED",
            Status::UnderWay => "UNDER_WAY",
            Status::Done => "DONE",
            Status::Dropped => "DROPPED",
        };
        let input = json!({ "status": status, "note": self.note });
        self.which.change(ADVANCE, input).await
    }
}

impl Erase {
    pub async fn run(self) -> Result<()> {
        let operator = Operator::open(&self.which.database).await?;
        let input = json!({ "input": { "key": self.which.key } });
        told(&operator.run(ERASE, input).await?)
    }
}

impl Which {
    /// Changes the need as it is now.
    async fn change(&self, document: &str, mut input: Value) -> Result<()> {
        let operator = Operator::open(&self.database).await?;
        let need = show::read(&operator, &self.key).await?;
        input["key"] = need["key"].clone();
        input["expectedVersion"] = need["version"].clone();
        told(&operator.run(document, json!({ "input": input })).await?)
    }
}

fn told(payload: &Value) -> Result<()> {
    if let Some(message) = refused(payload) {
        bail!("{message}");
    }
    let need = &payload["need"];
    output::line(&format!(
        "{} {}, version {}",
        text(need, "key"),
        text(need, "status").to_lowercase(),
        need["version"]
    ))
}
