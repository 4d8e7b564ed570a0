//! What `deploy/` and `docs/operate.md` tell an operator to write is what the program takes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::bab::{run, stdout};

/// What the program is built with.
const BUILDING: &str = "BAB_COMMIT";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &str) -> String {
    let read = std::fs::read_to_string(root().join(path));
    read.unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file that tells how Bab is run.
fn told() -> Vec<(String, String)> {
    let folder = |name: &str| -> Vec<String> {
        let entries = std::fs::read_dir(root().join(name)).unwrap();
        let files = entries.map(|entry| entry.unwrap().path());
        let files = files.filter(|path| path.is_file());
        let names = files.map(|path| path.file_name().unwrap().to_string_lossy().into_owned());
        names.map(|file| format!("{name}/{file}")).collect()
    };
    let mut files = folder("deploy");
    files.extend(folder("deploy/systemd"));
    files.push("docs/operate.md".to_owned());
    // What is made on a machine is not ours.
    files.retain(|file| file != "deploy/.env");
    assert!(files.len() >= 8, "{files:?}");
    files
        .into_iter()
        .map(|file| (file.clone(), read(&file)))
        .collect()
}

fn help(arguments: &[&str]) -> String {
    let long: Vec<&str> = arguments.iter().copied().chain(["--help"]).collect();
    stdout(&run(&long, &[]))
}

/// The commands as `bab --help` lists them.
fn commands() -> BTreeSet<String> {
    let help = help(&[]);
    let listed = help.split_once("Commands:\n").unwrap().1;
    let lines = listed.lines().take_while(|line| !line.is_empty());
    let commands: BTreeSet<_> = lines
        .filter_map(|line| Some(line.split_whitespace().next()?.to_owned()))
        .collect();
    assert!(commands.contains("serve") && commands.contains("doctor"));
    commands
}

/// The variables of a command, with their defaults.
fn settings(command: &str) -> BTreeMap<String, Option<String>> {
    let help = help(&[command]);
    let options = help.split("[env: ").skip(1);
    options
        .map(|option| {
            let name = option.split(['=', ']']).next().unwrap().to_owned();
            let default = option.split_once("[default: ");
            let default = default.map(|(_, rest)| rest.split(']').next().unwrap().to_owned());
            (name, default)
        })
        .collect()
}

fn every_setting() -> BTreeSet<String> {
    let commands = commands();
    let commands = commands.iter().filter(|command| *command != "help");
    commands
        .flat_map(|command| settings(command).into_keys())
        .collect()
}

/// Names of variables in a text.
fn variables(text: &str) -> BTreeSet<String> {
    let part =
        |letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_';
    let words = text.split(|letter: char| !part(letter));
    let ours = |word: &&str| {
        ["BAB_", "TELEGRAM_"]
            .iter()
            .any(|start| word.starts_with(start))
            || *word == "DATABASE_URL"
    };
    words.filter(ours).map(str::to_owned).collect()
}

#[test]
fn every_variable_is_one_of_the_program() {
    let known = every_setting();
    for (file, text) in told() {
        for name in variables(&text) {
            assert!(
                known.contains(&name) || name == BUILDING,
                "{file} sets {name}, which is no setting"
            );
        }
    }
}

#[test]
fn the_example_can_be_read_line_by_line_by_systemd_and_docker() {
    let known = every_setting();
    let example = read("deploy/env.example");
    let lines: Vec<_> = example
        .lines()
        .map(|line| line.strip_prefix('#').unwrap_or(line))
        .filter(|line| !line.starts_with(' ') && !line.is_empty())
        .collect();
    assert!(lines.len() > 5);
    for line in lines {
        let (name, value) = line.split_once('=').unwrap_or_else(|| panic!("{line}"));
        assert!(known.contains(name), "{line}");
        assert!(!value.contains([' ', '"', '\'', '#', '$']), "{line}");
    }
}

/// What follows one of the names wherever it is called: in a file that is no prose, or in its code.
fn called(file: &str, text: &str, names: &[&str]) -> Vec<String> {
    let prose = file.ends_with(".md");
    let mut fenced = false;
    let mut words = Vec::new();
    for line in text.lines() {
        fenced ^= line.starts_with("```");
        let line = line.split(" #").next().unwrap_or_default();
        let codes: Vec<&str> = match prose && !fenced {
            true => line.split('`').skip(1).step_by(2).collect(),
            false if line.starts_with('#') => Vec::new(),
            false => vec![line],
        };
        for code in codes {
            let code: Vec<&str> = code.split([' ', '"']).collect();
            let pairs = code.windows(2).filter(|pair| names.contains(&pair[0]));
            words.extend(pairs.map(|pair| pair[1].to_owned()));
        }
    }
    words.retain(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase()));
    words
}

#[test]
fn every_command_is_one_of_the_program() {
    let commands = commands();
    let mut seen = BTreeSet::new();
    for (file, text) in told() {
        for word in called(&file, &text, &["bab", "as_bab", "/usr/local/bin/bab"]) {
            // The program's own name is that of a container, too.
            assert!(
                commands.contains(&word) || word == "bab",
                "{file}: bab {word}"
            );
            seen.insert(word);
        }
    }
    for command in ["serve", "backup", "restore", "copy", "doctor", "key"] {
        assert!(
            seen.contains(command),
            "nothing tells of {command}: {seen:?}"
        );
    }
}

#[test]
fn every_port_is_the_one_that_is_listened_on() {
    let listen = settings("serve")["BAB_LISTEN"].clone().unwrap();
    let port = listen.rsplit(':').next().unwrap();
    let dockerfile = read("deploy/Dockerfile");
    assert!(dockerfile.contains(&format!("EXPOSE {port}\n")));
    assert!(dockerfile.contains(&format!("http://127.0.0.1:{port}/ready")));
    assert!(dockerfile.contains(&format!("BAB_LISTEN=0.0.0.0:{port} ")));
    assert!(read("deploy/compose.yaml").contains(&format!("- 127.0.0.1:{port}:{port}\n")));
    assert!(read("deploy/compose.yaml").contains(&format!("BAB_LISTEN: 0.0.0.0:{port}\n")));
    assert!(read("deploy/Caddyfile").contains(&format!("reverse_proxy 127.0.0.1:{port} ")));
    assert!(read("deploy/env.example").contains(&format!("\nBAB_LISTEN={listen}\n")));
}

#[test]
fn the_image_is_built_by_the_compiler_and_the_profile_of_the_workspace() {
    let manifest = read("Cargo.toml");
    let field = manifest.split_once("rust-version = \"").unwrap().1;
    let version = field.split('"').next().unwrap();
    let dockerfile = read("deploy/Dockerfile");
    assert!(
        dockerfile.contains(&format!("FROM rust:{version}-")),
        "{version}"
    );
    assert!(manifest.contains("[profile.dist]") && dockerfile.contains("--profile dist"));
    let last = dockerfile.rsplit("\nFROM ").next().unwrap();
    for part in ["USER bab", "HEALTHCHECK", "CMD [\"serve\"]"] {
        assert!(last.contains(part), "{part}");
    }
    for line in dockerfile
        .lines()
        .filter(|line| line.starts_with("COPY ") && !line.contains("--from"))
    {
        for source in line
            .split_whitespace()
            .skip(1)
            .collect::<Vec<_>>()
            .split_last()
            .unwrap()
            .1
        {
            assert!(root().join(source).exists(), "{line}");
        }
    }
}

#[test]
fn the_page_of_settings_lists_all_of_a_server_with_their_defaults() {
    let mut expected = settings("serve");
    // What is looked for in several places, or is the day.
    for (name, default) in [
        ("BAB_DATA", "data"),
        ("BAB_NOW", "today"),
        ("RUST_LOG", "info"),
        ("BAB_TRUSTED_PROXIES", "this machine"),
    ] {
        *expected.get_mut(name).unwrap() = Some(default.to_owned());
    }
    expected.insert(
        "BAB_MCP_LISTEN".to_owned(),
        settings("mcp")["BAB_MCP_LISTEN"].clone(),
    );
    let page = read("docs/operate.md");
    let table = page.split_once("## Settings").unwrap().1;
    let rows = table.lines().filter(|line| line.starts_with("| `"));
    let listed: BTreeMap<String, Option<String>> = rows
        .map(|row| {
            let cells: Vec<_> = row
                .split('|')
                .map(|cell| cell.trim().trim_matches('`'))
                .collect();
            let default = Some(cells[2]).filter(|cell| !cell.is_empty() && *cell != "off");
            (cells[1].to_owned(), default.map(str::to_owned))
        })
        .collect();
    assert_eq!(listed, expected);
}

#[test]
fn what_the_page_links_to_and_makes_is_there() {
    let page = read("docs/operate.md");
    for link in page
        .split("](")
        .skip(1)
        .map(|rest| rest.split(')').next().unwrap())
    {
        let (path, heading) = link.split_once('#').unwrap_or((link, ""));
        if link.starts_with("https://") {
            continue;
        }
        let path = match path {
            "" => "docs/operate.md".to_owned(),
            path => format!("docs/{path}"),
        };
        assert!(root().join(&path).exists(), "{link}");
        if !heading.is_empty() {
            let title = |line: &str| {
                line.trim_start_matches('#')
                    .trim()
                    .to_lowercase()
                    .replace(' ', "-")
            };
            assert!(
                read(&path)
                    .lines()
                    .any(|line| line.starts_with('#') && title(line) == heading),
                "{link}"
            );
        }
    }
    let makefile = read("Makefile");
    let targets = called("docs/operate.md", &page, &["make"]);
    assert!(!targets.is_empty());
    for target in targets {
        assert!(makefile.contains(&format!("\n{target}: ")), "make {target}");
    }
}
