//! What `make bench` needs beside the servers: `generate` fills a database, `limit` serves what no server can beat, `write` writes while
//! others read.

mod limit;
mod load;
mod random;
mod scale;
mod world;
mod write;

use anyhow::Result;
use clap::Parser;

#[derive(Parser)]
#[command(name = "bench")]
enum Command {
    Generate(load::Generate),
    Limit(limit::Limit),
    Write(write::Write),
}

#[tokio::main]
async fn main() -> Result<()> {
    match Command::parse() {
        Command::Generate(generate) => generate.run().await,
        Command::Limit(limit) => limit.run().await,
        Command::Write(write) => write.run().await,
    }
}
