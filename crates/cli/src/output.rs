//! Results on standard output; everything else goes to standard error.

use std::io::Write;

use anyhow::Result;

/// Writes a line (or several) to standard output.
pub fn line(text: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}")?;
    out.flush()?;
    Ok(())
}
