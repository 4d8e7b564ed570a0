//! What a test process leaves behind is cleared away when it ends, however it ends.

use std::{
    io,
    path::{Path, PathBuf},
    process::{ChildStdin, Command, Stdio},
    sync::{Mutex, OnceLock},
};

/// The writing ends of the pipes the watchers wait on; they close when this process is gone.
static HELD: Mutex<Vec<ChildStdin>> = Mutex::new(Vec::new());

/// A folder of this process, removed after it.
pub(crate) fn folder() -> io::Result<&'static Path> {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    if let Some(folder) = FOLDER.get() {
        return Ok(folder);
    }
    let folder = tempfile::Builder::new()
        .prefix("bab-test-")
        .tempdir()?
        .keep();
    afterwards("rm -rf \"$1\"", &[&folder.to_string_lossy()])?;
    Ok(FOLDER.get_or_init(|| folder))
}

/// Runs a shell script once this process is gone: also after a panic, an abort or a kill.
pub(crate) fn afterwards(script: &str, arguments: &[&str]) -> io::Result<()> {
    let watcher = format!("trap '' INT TERM HUP; read -r _; {script}");
    let mut child = Command::new("sh")
        .args(["-c", &watcher, "sh"])
        .args(arguments)
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let pipe = child.stdin.take().expect("the pipe was asked for");
    HELD.lock()
        .expect("nothing panics while holding it")
        .push(pipe);
    Ok(())
}
