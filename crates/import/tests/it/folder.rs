//! A copy of the shipped folder to change, and the import of it.

use std::{fs, io::Read, path::Path};

use chrono::{DateTime, Utc};
use import::{Error, Options, Problem, Report};
use store::Store;
use tempfile::TempDir;

pub struct Folder(TempDir);

impl Folder {
    pub fn empty() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    /// Every shipped table; the census only when asked for, since most stories do without its 77,515 rows.
    pub fn shipped(census: bool) -> Self {
        let folder = Self::empty();
        for entry in fs::read_dir(testkit::data()).expect("the shipped folder") {
            let path = entry.expect("an entry").path();
            let name = path
                .file_name()
                .and_then(|name| name.to_str())
                .expect("a name");
            if name.contains(".csv") && (census || name != "observations_hcp.csv.gz") {
                fs::copy(&path, folder.path().join(name)).expect("a copy");
            }
        }
        folder
    }

    /// A few shipped tables.
    pub fn with(tables: &[&str]) -> Self {
        let folder = Self::empty();
        for table in tables {
            let name = format!("{table}.csv");
            fs::copy(testkit::data().join(&name), folder.path().join(&name)).expect("a copy");
        }
        folder
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        fs::write(self.path().join(name), content).expect("a file");
        self
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).expect("a text")
    }

    /// Replaces the first `old` of a file; it must be there.
    pub fn replace(&self, name: &str, old: &str, new: &str) -> &Self {
        let text = self.read(name);
        assert!(text.contains(old), "{name} has no {old:?}");
        self.write(name, text.replacen(old, new, 1))
    }

    pub fn append(&self, name: &str, row: &str) -> &Self {
        let text = self.read(name);
        self.write(name, format!("{}\n{row}\n", text.trim_end()))
    }

    pub fn remove(&self, name: &str) -> &Self {
        fs::remove_file(self.path().join(name)).expect("the file was there");
        self
    }

    pub async fn import(&self, store: &Store) -> Result<Report, Error> {
        self.import_at(store, "2026-11-23T09:00:00Z").await
    }

    pub async fn import_at(&self, store: &Store, now: &str) -> Result<Report, Error> {
        let now: DateTime<Utc> = now.parse().expect("an instant");
        let options = Options {
            now,
            progress: None,
        };
        import::run(store, self.path(), &options).await
    }

    /// The problems of an import that must be refused, having changed nothing.
    pub async fn refusal(&self, store: &Store) -> Vec<Problem> {
        let before = store.data_revision().await.expect("a revision");
        let refused = match self.import(store).await {
            Err(Error::Refused(problems)) => problems,
            Err(other) => panic!("refused for another reason: {other}"),
            Ok(report) => panic!("taken, not refused:\n{report}"),
        };
        assert_eq!(store.data_revision().await.expect("a revision"), before);
        assert!(!refused.shown().is_empty());
        refused.shown().to_vec()
    }
}

/// Rows of a shipped table, its header left out.
pub fn rows_of(table: &str) -> u64 {
    let path = testkit::data().join(format!("{table}.csv"));
    let mut text = String::new();
    if path.exists() {
        text = fs::read_to_string(path).expect("a text");
    } else {
        let packed = fs::File::open(path.with_extension("csv.gz")).expect("a packed file");
        flate2::read::GzDecoder::new(packed)
            .read_to_string(&mut text)
            .expect("a text");
    }
    text.lines().count() as u64 - 1
}
