//! A PostgreSQL server for tests: the one of `TEST_DATABASE_URL`, or a cluster of this process, gone when it ends.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use anyhow::{Context, ensure};
use store::Store;
use tokio::sync::OnceCell;

use crate::scratch;

/// How long a database of an earlier process may stay on a server that is not ours.
const FORGOTTEN: Duration = Duration::from_secs(6 * 3600);

/// Names of the databases made here begin like this, then the second they were made in.
const START: &str = "bab_test_";

/// A server that databases can be made on.
pub(crate) struct Server {
    /// A database to give orders from.
    pub url: String,
}

impl Server {
    /// The same server, another database.
    pub fn url_of(&self, name: &str) -> String {
        let (before, query) = match self.url.split_once('?') {
            Some((before, query)) => (before, format!("?{query}")),
            None => (self.url.as_str(), String::new()),
        };
        let scheme = before.find("://").map_or(0, |at| at + 3);
        let host = before[scheme..]
            .find('/')
            .map_or(before.len(), |at| scheme + at);
        format!("{}/{name}{query}", &before[..host])
    }
}

/// The server of this process, started when first asked for.
pub(crate) async fn server() -> anyhow::Result<&'static Server> {
    static SERVER: OnceCell<Server> = OnceCell::const_new();
    SERVER
        .get_or_try_init(async || match std::env::var("TEST_DATABASE_URL") {
            Ok(url) if !url.is_empty() => {
                let server = Server { url };
                tidy(&server).await.context("TEST_DATABASE_URL")?;
                Ok(server)
            }
            _ => start(),
        })
        .await
}

/// A name no other process gives.
pub(crate) fn name(number: u32) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let seconds = now.map_or(0, |since| since.as_secs());
    format!("{START}{seconds}_{}_{number}", std::process::id())
}

/// Drops databases that killed processes left on the server.
async fn tidy(server: &Server) -> anyhow::Result<()> {
    let admin = Store::connect(&server.url).await?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
    for name in store::database::beginning_with(&admin, START).await? {
        let made = name[START.len()..]
            .split('_')
            .next()
            .and_then(|made| made.parse().ok());
        let age = made.map(|made| now.saturating_sub(Duration::from_secs(made)));
        if age.is_some_and(|age| age > FORGOTTEN) {
            store::database::discard(&admin, &name).await?;
        }
    }
    admin.close().await?;
    Ok(())
}

/// Drops a database from wherever a test ends: inside a runtime, outside one, or while it panics.
pub(crate) fn discard(name: &str) {
    let name = name.to_owned();
    let dropped = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        runtime.block_on(async {
            let admin = Store::connect(&server().await?.url).await?;
            store::database::discard(&admin, &name).await?;
            admin.close().await?;
            anyhow::Ok(())
        })
    });
    if let Ok(Err(error)) = dropped.join() {
        eprintln!("a test database stays behind: {error:#}");
    }
}

/// Makes and starts a cluster that listens on a socket in its own folder only.
fn start() -> anyhow::Result<Server> {
    let programs = programs()?;
    let user = owner()?;
    let folder = tempfile::Builder::new().prefix("bab-pg-").tempdir()?.keep();
    if let Some(user) = &user {
        let id = said(Command::new("id").args(["-u", user]))?.parse()?;
        std::os::unix::fs::chown(&folder, Some(id), None)?;
    }
    let data = folder.join("data");
    let cluster = Cluster {
        programs,
        user,
        folder,
    };
    let stop = format!(
        "{} stop -s -m immediate -D \"$1/data\"; rm -rf \"$1\"",
        cluster.shell("pg_ctl")
    );
    scratch::afterwards(&stop, &[&cluster.folder.to_string_lossy()])?;
    cluster.run("initdb", |command| {
        command.arg("-D").arg(&data);
        command.args([
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        ]);
    })?;
    let options = format!(
        "-c listen_addresses='' -k '{}' -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=300 \
         -c shared_buffers=64MB -c autovacuum=off",
        cluster.folder.display()
    );
    cluster.run("pg_ctl", |command| {
        command
            .args(["start", "-w", "-t", "60", "-s", "-D"])
            .arg(&data);
        command.arg("-l").arg(cluster.folder.join("log"));
        command.arg("-o").arg(&options);
    })?;
    let url = format!(
        "postgres:///postgres?host={}&user=postgres",
        cluster.folder.display()
    );
    Ok(Server { url })
}

struct Cluster {
    programs: PathBuf,
    /// Whom the programs run as, when this process is root: PostgreSQL refuses root.
    user: Option<String>,
    folder: PathBuf,
}

impl Cluster {
    fn run(&self, program: &str, complete: impl FnOnce(&mut Command)) -> anyhow::Result<()> {
        let program = self.programs.join(program);
        let mut command = match &self.user {
            Some(user) => {
                let mut command = Command::new("runuser");
                command.args(["-u", user, "--"]).arg(&program);
                command
            }
            None => Command::new(&program),
        };
        complete(&mut command);
        // The server lives on: it must not hold the ends of our pipes.
        let output = self.folder.join("output");
        let file = std::fs::File::create(&output)?;
        command.current_dir(&self.folder).stdin(Stdio::null());
        let status = command.stdout(file.try_clone()?).stderr(file).status()?;
        ensure!(
            status.success(),
            "{} failed: {}",
            program.display(),
            std::fs::read_to_string(&output).unwrap_or_default()
        );
        Ok(())
    }

    /// How a shell calls a program of the cluster.
    fn shell(&self, program: &str) -> String {
        let program = self.programs.join(program);
        match &self.user {
            Some(user) => format!("runuser -u {user} -- '{}'", program.display()),
            None => format!("'{}'", program.display()),
        }
    }
}

/// Where `initdb` and `pg_ctl` are: on the path, else where Debian puts them, the newest version first.
fn programs() -> anyhow::Result<PathBuf> {
    let on_path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&on_path).collect();
    let mut installed: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .collect();
    installed.sort();
    folders.extend(installed.into_iter().rev().map(|(_, folder)| folder));
    let has = |folder: &Path, program| folder.join(program).is_file();
    let found = folders
        .into_iter()
        .find(|folder| has(folder, "initdb") && has(folder, "pg_ctl"));
    found.context(
        "PostgreSQL is not installed: apt-get install postgresql, or set TEST_DATABASE_URL=postgres://user@host/database",
    )
}

/// The user to run as when this process is root.
fn owner() -> anyhow::Result<Option<String>> {
    if said(Command::new("id").arg("-u"))? != "0" {
        return Ok(None);
    }
    let exists = |user: &&str| said(Command::new("id").args(["-u", user])).is_ok();
    let user = ["postgres", "nobody"].into_iter().find(exists);
    Ok(Some(
        user.context("root cannot run PostgreSQL, and there is no user postgres")?
            .to_owned(),
    ))
}

fn said(command: &mut Command) -> anyhow::Result<String> {
    let Output { status, stdout, .. } = command.output()?;
    ensure!(status.success(), "{command:?} failed");
    Ok(String::from_utf8(stdout)?.trim().to_owned())
}
