//! The filled SQLite template, kept between test processes for as long as nothing it is made of changes.

use std::{
    fs,
    hash::{DefaultHasher, Hasher},
    io,
    path::{Path, PathBuf},
    time::Duration,
};

/// How long a template that nothing makes any more may stay.
const FORGOTTEN: Duration = Duration::from_secs(24 * 3600);

/// What decides the template's rows and tables: the data, and every room that reads or writes them.
const MADE_OF: [&str; 9] = [
    "Cargo.lock",
    "data",
    "migrations/src",
    "crates/entity/src",
    "crates/import/src",
    "crates/import/vocabulary",
    "crates/language/src",
    "crates/store/src",
    "crates/testkit/src",
];

/// Where the template of this state of the sources belongs, beside the test programs.
pub(crate) fn place() -> io::Result<PathBuf> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let mut hasher = DefaultHasher::new();
    for part in MADE_OF {
        let path = root.join(part);
        if path.exists() {
            add(&path, &mut hasher)?;
        }
    }
    let program = std::env::current_exe()?;
    let folder = program.ancestors().nth(2).unwrap_or(root).join("testkit");
    fs::create_dir_all(&folder)?;
    Ok(folder.join(format!("{:016x}.db", hasher.finish())))
}

fn add(path: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    if path.is_dir() {
        let entries = fs::read_dir(path)?.map(|entry| Ok(entry?.path()));
        let mut entries: Vec<PathBuf> = entries.collect::<io::Result<_>>()?;
        entries.sort();
        return entries.iter().try_for_each(|entry| add(entry, hasher));
    }
    let bytes = fs::read(path)?;
    hasher.write(path.file_name().unwrap_or_default().as_encoded_bytes());
    hasher.write_usize(bytes.len());
    hasher.write(&bytes);
    Ok(())
}

/// Puts a finished template in its place, whole, and clears away old ones.
pub(crate) fn keep(template: &Path, place: &Path) -> io::Result<()> {
    let unfinished = place.with_extension(format!("{}.part", std::process::id()));
    fs::copy(template, &unfinished)?;
    fs::rename(&unfinished, place)?;
    for entry in fs::read_dir(place.parent().unwrap_or(place))? {
        let entry = entry?;
        let age = entry.metadata()?.modified()?.elapsed().unwrap_or_default();
        if entry.path() != place && age > FORGOTTEN {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
