//! Runs the binary in an empty folder, with no setting but those of the test.

use std::cell::RefCell;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// How long a child may take before the test fails.
const PATIENCE: Duration = Duration::from_secs(120);

/// A database that is not there yet, another one for each command.
fn nothing() -> String {
    static COMMANDS: AtomicU32 = AtomicU32::new(0);
    let number = COMMANDS.fetch_add(1, Ordering::Relaxed);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join(format!("of_command_{number}.db"));
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{ending}", path.display()));
    }
    sqlite(&path)
}

/// A command that sees only the settings given here, and the shipped data.
pub fn bab(arguments: &[&str], settings: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bab"));
    command.args(arguments).env_clear().stdin(Stdio::null());
    command
        .env("BAB_DATA", testkit::data())
        .env("DATABASE_URL", nothing());
    command.envs(settings.iter().copied());
    command
}

/// The URL of a SQLite file.
pub fn sqlite(path: &Path) -> String {
    format!("sqlite://{}?mode=rwc", path.display())
}

/// Runs to the end.
pub fn run(arguments: &[&str], settings: &[(&str, &str)]) -> Output {
    bab(arguments, settings).output().expect("the binary runs")
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A binary that runs until it is stopped; killed when the test ends.
pub struct Running {
    child: Child,
    lines: std::sync::mpsc::Receiver<String>,
    /// Lines that came while another one was waited for.
    passed_over: RefCell<Vec<String>>,
}

impl Running {
    /// Starts it; both outputs are read line by line, in no order between the two.
    pub fn start(mut command: Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let (sender, lines) = std::sync::mpsc::channel();
        let (out, err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        for reader in [
            Box::new(out) as Box<dyn std::io::Read + Send>,
            Box::new(err),
        ] {
            let sender = sender.clone();
            std::thread::spawn(move || {
                for line in BufReader::new(reader).lines().map_while(Result::ok) {
                    if sender.send(line).is_err() {
                        break;
                    }
                }
            });
        }
        Self {
            child,
            lines,
            passed_over: RefCell::default(),
        }
    }

    /// Its standard input, where it was asked for; it is closed when this is dropped.
    pub fn input(&mut self) -> std::process::ChildStdin {
        self.child.stdin.take().expect("the pipe was asked for")
    }

    /// A line that contains `words`, already written or still to come; each line is given once.
    pub fn line_with(&self, words: &str) -> String {
        self.line_with_any(&[words])
    }

    /// A line that contains one of `alternatives`.
    pub fn line_with_any(&self, alternatives: &[&str]) -> String {
        let fits = |line: &String| alternatives.iter().any(|words| line.contains(words));
        let mut passed_over = self.passed_over.borrow_mut();
        if let Some(at) = passed_over.iter().position(fits) {
            return passed_over.remove(at);
        }
        let until = Instant::now() + PATIENCE;
        while let Some(left) = until.checked_duration_since(Instant::now()) {
            match self.lines.recv_timeout(left) {
                Ok(line) if fits(&line) => return line,
                Ok(line) => passed_over.push(line),
                Err(_) => break,
            }
        }
        panic!("no line with any of {alternatives:?} among {passed_over:#?}")
    }

    /// Everything it wrote that was not given yet, once it has ended.
    pub fn rest(&self) -> Vec<String> {
        self.passed_over
            .take()
            .into_iter()
            .chain(self.lines.iter())
            .collect()
    }

    /// Sends a signal by its name.
    pub fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-s", name, &id])
                .status()
                .unwrap()
                .success()
        );
    }

    /// Waits for the end.
    pub fn ended(&mut self) -> ExitStatus {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < until, "it does not end");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
