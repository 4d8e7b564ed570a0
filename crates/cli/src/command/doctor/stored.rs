//! Whether the database is there, takes writes, and holds what it should.

use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use rustix::fs::statvfs;
use store::{Store, examine};

use super::finding::Finding;
use crate::command::serve::Serve;

/// Clocks of two machines that differ by more than this need mending.
const SKEW: TimeDelta = TimeDelta::seconds(5);

/// Free space with which a server goes on for a while, and without which it soon stops.
const COMFORT: u64 = 1 << 30;
const NEED: u64 = 100 << 20;

pub async fn examine(serve: &Serve) -> Vec<Finding> {
    let check = "database";
    let store = match serve.database.connect_existing().await {
        Ok(store) => store,
        Err(error) => {
            let remedy = "start PostgreSQL, or mend the address; `bab migrate` makes a file that is not there yet";
            return vec![Finding::failure(check, format!("{error:#}"), remedy)];
        }
    };
    let tables = tables(&store).await;
    let mut findings = vec![Finding::good(
        check,
        format!("{} answers", examine::engine(&store)),
    )];
    let has_tables = tables.state == super::State::Ok;
    findings.push(tables);
    if has_tables {
        findings.push(writable(&store).await);
        findings.push(data(&store).await);
        findings.push(whole(&store).await);
    }
    findings.push(clock(&store).await);
    findings.push(space(&store).await);
    findings
}

async fn tables(store: &Store) -> Finding {
    let check = "tables";
    let latest = migrations::latest();
    // Without tables this one is not there either.
    match store.latest_migration().await.ok().flatten() {
        Some(found) if found == latest => Finding::good(check, found),
        Some(found) if found > latest => Finding::failure(
            check,
            format!("are newer ({found}) than this program ({latest})"),
            "run the bab that made them, or a newer one",
        ),
        Some(found) => Finding::failure(
            check,
            format!("are older ({found}) than this program ({latest})"),
            "back up with the older bab, then run `bab migrate`",
        ),
        None => Finding::failure(
            check,
            "are not there",
            "run `bab migrate`, or start `bab serve`, which fills them too",
        ),
    }
}

async fn writable(store: &Store) -> Finding {
    let check = "writing";
    match examine::try_to_write(store).await {
        Ok(()) => Finding::good(check, "is possible"),
        Err(error) => Finding::failure(
            check,
            error.to_string(),
            "give bab the right to write, a database that is no replica, and a disk that is not full",
        ),
    }
}

async fn data(store: &Store) -> Finding {
    let check = "data";
    match store.revision().await {
        Ok(revision) if revision.id == 0 => Finding::warning(
            check,
            "there are none yet",
            "`bab serve` takes in the shipped data, `bab import` others, `bab restore` a backup",
        ),
        Ok(revision) => {
            let at = DateTime::<Utc>::from_timestamp_micros(revision.recorded_at);
            let at = at.map(|at| at.format("%Y-%m-%d %H:%M:%S UTC").to_string());
            let found = format!("revision {} of {}", revision.id, at.unwrap_or_default());
            Finding::good(check, found)
        }
        Err(error) => Finding::failure(
            check,
            error.to_string(),
            "look into the log of the database",
        ),
    }
}

async fn whole(store: &Store) -> Finding {
    let check = "integrity";
    match examine::faults(store).await {
        Ok(faults) if faults.is_empty() => Finding::good(check, "references and totals hold"),
        Ok(faults) => {
            let faults: Vec<String> = faults
                .iter()
                .map(|(table, number)| format!("{table} ({number})"))
                .collect();
            Finding::failure(
                check,
                format!("does not hold in {}", faults.join(", ")),
                "restore a backup into another database and compare",
            )
        }
        Err(error) => Finding::warning(check, error.to_string(), "try again when less is asked"),
    }
}

/// Against the last change, which cannot be in the future, and the clock of the database.
async fn clock(store: &Store) -> Finding {
    let check = "clock";
    let now = Utc::now();
    let remedy = "let the machine set its clock (timedatectl set-ntp true)";
    let last = store.revision().await.unwrap_or_default().recorded_at;
    if now.timestamp_micros() < last {
        let found = "stands before the last change of the data";
        return Finding::failure(check, found, remedy);
    }
    match examine::clock(store).await {
        Ok(there) if (there - now).abs() > SKEW => {
            let seconds = (there - now).num_seconds();
            let found = format!("that of the database is {seconds} s ahead of this one");
            Finding::warning(check, found, remedy)
        }
        Ok(_) => Finding::good(check, now.format("%Y-%m-%d %H:%M:%S UTC").to_string()),
        Err(error) => Finding::warning(check, error.to_string(), remedy),
    }
}

/// Where the file is; of a server only it knows, so that it is looked at where we are.
async fn space(store: &Store) -> Finding {
    let check = "disk";
    let file = examine::file(store).await.ok().flatten();
    let folder = file.as_deref().and_then(Path::parent);
    let folder = folder.unwrap_or(Path::new("."));
    let free = match statvfs(folder) {
        Ok(there) => there.f_bavail.saturating_mul(there.f_frsize),
        Err(error) => {
            let found = format!("{} cannot be looked at: {error}", folder.display());
            return Finding::warning(check, found, "see whether it is mounted");
        }
    };
    let found = format!("{} MB are free in {}", free >> 20, folder.display());
    let remedy = "make room";
    match free {
        free if free < NEED => Finding::failure(check, found, remedy),
        free if free < COMFORT => Finding::warning(check, found, remedy),
        _ => Finding::good(check, found),
    }
}
