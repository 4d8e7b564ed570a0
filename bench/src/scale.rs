//! How much there is of everything.

use clap::ValueEnum;

/// The size of a synthetic database.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Scale {
    #[value(name = "S")]
    S,
    #[value(name = "L")]
    L,
}

/// Numbers of rows.
#[derive(Clone, Copy, Debug)]
pub struct Counts {
    pub organisations: u64,
    pub sites: u64,
    pub observations: u64,
    pub indicators: u64,
    pub sources: u64,
}

/// The tree of places is the same at every scale: a country, its regions, their provinces, their communes; 1,587 in all.
pub const REGIONS: u64 = 12;
pub const PROVINCES: u64 = 75;
pub const COMMUNES: u64 = 1_499;
pub const TERRITORIES: u64 = 1 + REGIONS + PROVINCES + COMMUNES;

impl Scale {
    pub fn name(self) -> &'static str {
        match self {
            Self::S => "S",
            Self::L => "L",
        }
    }

    pub fn counts(self) -> Counts {
        match self {
            Self::S => Counts {
                organisations: 5_000,
                sites: 12_000,
                observations: 200_000,
                indicators: 200,
                sources: 2_000,
            },
            Self::L => Counts {
                organisations: 200_000,
                sites: 1_000_000,
                observations: 5_000_000,
                indicators: 200,
                sources: 2_000,
            },
        }
    }
}
