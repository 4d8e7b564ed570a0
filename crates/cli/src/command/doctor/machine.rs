//! What the machine lets a process have.

use rustix::process::{Resource, getrlimit};

use super::finding::Finding;

/// Open files with which a few thousand connections are served, and without which hardly any.
const COMFORT: u64 = 4_096;
const NEED: u64 = 256;

pub fn examine() -> Vec<Finding> {
    let check = "open files";
    let remedy = "raise it: `ulimit -n 65536`, or LimitNOFILE=65536 in the systemd unit";
    vec![match getrlimit(Resource::Nofile).current {
        None => Finding::good(check, "without limit"),
        Some(limit) => {
            let found = format!("{limit} at most, one for each connection");
            match limit {
                limit if limit < NEED => Finding::failure(check, found, remedy),
                limit if limit < COMFORT => Finding::warning(check, found, remedy),
                _ => Finding::good(check, found),
            }
        }
    }]
}
