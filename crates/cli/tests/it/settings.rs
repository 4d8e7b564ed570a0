//! A wrong setting ends with exit code 2 and a message that names it.

use std::net::TcpListener;

use crate::bab::{run, stderr, stdout};

fn refused(arguments: &[&str], settings: &[(&str, &str)], named: &str) {
    let output = run(arguments, settings);
    let message = stderr(&output);
    assert_eq!(
        output.status.code(),
        Some(2),
        "{arguments:?} {settings:?}: {message}"
    );
    assert!(
        message.contains(named),
        "{arguments:?} {settings:?} should name {named}: {message}"
    );
    assert!(stdout(&output).is_empty(), "{}", stdout(&output));
    assert!(!message.contains("panicked"), "{message}");
}

#[test]
fn every_wrong_setting_is_named() {
    let ask = ["ask", "how many call centres in Fès?"];
    refused(&ask, &[("DATABASE_URL", "mysql://x/y")], "DATABASE_URL");
    refused(&ask, &[("DATABASE_URL", "")], "DATABASE_URL");
    refused(&ask, &[("DATABASE_URL", "sqlite::memory:")], "a file");
    refused(
        &ask,
        &[("DATABASE_URL", "sqlite:///nowhere/at/all/bab.db?mode=rwc")],
        "DATABASE_URL",
    );
    refused(&ask, &[("BAB_NOW", "tomorrow")], "BAB_NOW");
    refused(&ask, &[("BAB_NOW", "2026-02-30")], "BAB_NOW");
    refused(&ask, &[("BAB_LOCALE", "klingon")], "locale");
    refused(&ask, &[("RUST_LOG", "=,=[")], "RUST_LOG");
    refused(&["serve"], &[("BAB_KEEP_DAYS", "0")], "BAB_KEEP_DAYS");
    refused(&["serve", "--keep-days=forever"], &[], "--keep-days");
    refused(&["feedback", "--since=monday"], &[], "--since");
    refused(&ask, &[("BAB_DATA", "/nowhere")], "BAB_DATA");
    refused(&["import", "/nowhere"], &[], "/nowhere");
    refused(&["serve"], &[("BAB_LISTEN", "nonsense")], "BAB_LISTEN");
    refused(
        &["serve"],
        &[("BAB_LISTEN", "127.0.0.1:99999")],
        "BAB_LISTEN",
    );
    refused(
        &["serve"],
        &[
            ("BAB_LISTEN", "127.0.0.1:0"),
            ("BAB_PUBLIC_URL", "bab.example"),
        ],
        "BAB_PUBLIC_URL",
    );
    refused(
        &["serve"],
        &[("BAB_ALLOWED_ORIGINS", "https://a.example, b.example")],
        "BAB_ALLOWED_ORIGINS",
    );
    refused(
        &["serve"],
        &[("BAB_TRUSTED_PROXIES", "10.0.0.0/8,proxy")],
        "BAB_TRUSTED_PROXIES",
    );
    refused(
        &["serve"],
        &[("BAB_TRUSTED_DOCUMENTS", "nowhere.json")],
        "BAB_TRUSTED_DOCUMENTS",
    );
    refused(&["serve", "--unknown"], &[], "--unknown");
    refused(&["bot"], &[], "TELEGRAM_BOT_TOKEN");
}

#[test]
fn a_malformed_token_is_named_and_never_repeated() {
    let secret = "12345-not-a-token-but-secret";
    for arguments in [["serve", "--listen=127.0.0.1:0"], ["bot", "--log=info"]] {
        refused(
            &arguments,
            &[("TELEGRAM_BOT_TOKEN", secret)],
            "TELEGRAM_BOT_TOKEN",
        );
        assert!(!stderr(&run(&arguments, &[("TELEGRAM_BOT_TOKEN", secret)])).contains(secret));
    }
    let token = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1";
    let settings = [
        ("TELEGRAM_BOT_TOKEN", token),
        ("TELEGRAM_API_URL", "telegram"),
    ];
    refused(&["bot"], &settings, "TELEGRAM_API_URL");
}

#[test]
fn a_port_in_use_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    refused(&["serve"], &[("BAB_LISTEN", &address)], "BAB_LISTEN");
}

#[test]
fn passwords_and_tokens_stay_out_of_messages_and_help() {
    let settings = [
        ("DATABASE_URL", "postgres://bab:hunter2@127.0.0.1:1/bab"),
        ("TELEGRAM_BOT_TOKEN", "1:hunter3"),
    ];
    let output = run(&["migrate"], &settings);
    assert_eq!(output.status.code(), Some(2));
    assert!(!stderr(&output).contains("hunter2"), "{}", stderr(&output));
    let help = stdout(&run(&["serve", "--help"], &settings));
    assert!(!help.contains("hunter"), "{help}");
    for setting in [
        "DATABASE_URL",
        "BAB_LISTEN",
        "BAB_PUBLIC_URL",
        "TELEGRAM_BOT_TOKEN",
        "TELEGRAM_API_URL",
        "RUST_LOG",
        "BAB_NOW",
        "BAB_DATA",
        "BAB_KEEP_QUESTIONS",
        "BAB_KEEP_DAYS",
    ] {
        assert!(help.contains(setting), "{setting} is not in {help}");
    }
}
