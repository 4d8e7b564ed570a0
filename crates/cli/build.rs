//! Says which commit the program is built from: `BAB_COMMIT` where it is given (in a container there is no repository), else what git says,
//! else nothing.

use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=BAB_COMMIT");
    // Written anew by every commit and checkout.
    if let Some(log) = git(&["rev-parse", "--git-path", "logs/HEAD"])
        && Path::new(&log).exists()
    {
        println!("cargo:rerun-if-changed={log}");
    }
    let given = std::env::var("BAB_COMMIT").ok();
    let given = given.filter(|commit| !commit.trim().is_empty());
    let commit = given.or_else(|| git(&["rev-parse", "HEAD"]));
    let short: String = commit.unwrap_or_default().trim().chars().take(12).collect();
    let said = match short.as_str() {
        "" => String::new(),
        short => format!(" ({short})"),
    };
    println!("cargo:rustc-env=BAB_BUILT_FROM={said}");
}

fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok()?;
    let said = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| said.trim().to_owned())
}
