//! `bab schema`: prints the contract.

use anyhow::Result;

use crate::output;

#[derive(clap::Args)]
pub struct Schema {}

impl Schema {
    pub fn run(self) -> Result<()> {
        output::line(graphql::sdl().trim_end())
    }
}
