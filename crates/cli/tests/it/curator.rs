//! `bab curator`: a code made in a shell links an account, which is listed and let go.

use serde_json::Value;
use testkit::telegram::TelegramDouble;

use crate::bab::{Running, bab, run, stderr, stdout};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_of_the_shell_links_an_account_until_it_is_let_go() {
    let database = testkit::database().await;
    let double = TelegramDouble::start().await;
    let settings = [
        ("DATABASE_URL", database.url.as_str()),
        ("TELEGRAM_BOT_TOKEN", double.token()),
        ("TELEGRAM_API_URL", double.url()),
    ];
    let none = run(&["curator", "code"], &settings);
    assert!(!none.status.success() && stderr(&none).contains("bab key create"));
    for holder in ["CRI", "APEBI"] {
        let scopes = "read,curate";
        let made = run(
            &["key", "create", "--holder", holder, "--scopes", scopes],
            &settings,
        );
        assert!(made.status.success(), "{}", stderr(&made));
    }
    let several = run(&["curator", "code"], &settings);
    assert!(!several.status.success() && stderr(&several).contains("APEBI"));
    let keys = run(&["key", "list", "--json"], &settings);
    let keys: Value = serde_json::from_str(&stdout(&keys)).unwrap();
    let prefix = keys[0]["prefix"].as_str().unwrap();
    let made = run(&["curator", "code", "--key", prefix], &settings);
    let command = stdout(&made).trim().to_owned();
    assert!(command.starts_with("/link ") && !stderr(&made).contains(&command[6..]));

    let bot = Running::start(bab(&["bot"], &settings));
    let curator = double.person(424_242_424, "en");
    let linked = curator.ask(&command).await;
    assert!(
        linked.text.contains("Linked") && linked.text.contains(prefix),
        "{}",
        linked.text
    );
    let listed = run(&["curator", "list", "--json"], &settings);
    let listed: Value = serde_json::from_str(&stdout(&listed)).unwrap();
    assert_eq!(listed[0]["account"], 424_242_424);
    assert_eq!(
        (&listed[0]["keyPrefix"], &listed[0]["holder"]),
        (&prefix.into(), &"APEBI".into())
    );
    let gone = run(&["curator", "unlink", prefix], &settings);
    assert!(gone.status.success(), "{}", stderr(&gone));
    assert!(
        curator
            .ask("/proposals")
            .await
            .text
            .contains("for curators")
    );
    let again = run(&["curator", "unlink", "--account", "424242424"], &settings);
    assert!(!again.status.success() && stderr(&again).contains("bab curator list"));
    drop(bot);
    let audit = run(&["audit", "--json"], &settings);
    assert!(stdout(&audit).contains("UNLINK") && !stdout(&audit).contains("424242424"));
}
