//! Names as the database gives them: one row a name or alias, in any script.

use serde::{Deserialize, Serialize};

/// One name or alias of one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    pub kind: NameKind,
    /// Key of the record; the code for a territory.
    pub key: String,
    /// The name as written.
    pub text: String,
    /// For a territory.
    pub level: Option<Level>,
    /// Key of the record one step up: the region of a province, the owner of a subsidiary.
    pub parent: Option<String>,
}

/// What a name is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum NameKind {
    Territory,
    Activity,
    Organisation,
    Site,
    Park,
    Project,
    Agreement,
    Plan,
    Indicator,
    Programme,
    Incentive,
    Event,
}

/// Step of the territory tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Level {
    Country,
    Region,
    Province,
    Commune,
    Arrondissement,
}
