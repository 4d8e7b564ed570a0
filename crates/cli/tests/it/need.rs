//! A need from filing to introduction, by the commands that docs/needs.md names.

use serde_json::json;

use crate::bab::{run, stderr, stdout};

#[tokio::test]
async fn a_need_is_followed_from_the_terminal() {
    let database = testkit::database().await;
    let settings = [
        ("DATABASE_URL", database.url.as_str()),
        ("BAB_NOW", "2026-11-23"),
    ];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tannery.json");
    let need = json!({
        "company": "Tannerie\u{202e} Chouara", "sector": "LEATHER", "territory": "03.231", "description": "suivre nos stocks", "consent": true,
        "contact": { "name": "Zineb Fassi", "phone": "+212 535 00 00 00" },
    });
    std::fs::write(&path, need.to_string()).unwrap();
    let file = path.to_str().unwrap();
    let refused = run(&["need", "file", file], &settings);
    assert!(!refused.status.success());
    assert!(
        stderr(&refused).contains("company: has characters that do not show"),
        "{}",
        stderr(&refused)
    );
    std::fs::write(&path, need.to_string().replace('\u{202e}', "")).unwrap();
    let filed = run(&["need", "file", file], &settings);
    assert!(filed.status.success(), "{}", stderr(&filed));
    let page = stdout(&filed);
    let key = page.split(' ').next().unwrap();
    assert!(page.contains(&format!("\n{key}.")), "{page}");

    let works = |arguments: &[&str], expected: &str| {
        let output = run(arguments, &settings);
        assert!(
            output.status.success(),
            "{arguments:?}: {}",
            stderr(&output)
        );
        let page = stdout(&output);
        assert!(page.contains(expected), "{arguments:?}: {page}");
    };
    works(&["need", "list"], "suivre nos stocks");
    works(
        &[
            "need",
            "amend",
            key,
            "--capabilities",
            "stock_management,training",
            "--languages",
            "fr",
        ],
        "version 2",
    );
    works(&["need", "list"], "stock_management, training");
    works(&["need", "introduce", key, "cgi_maroc"], "open, version 3");
    let early = run(&["need", "advance", key, "introduced"], &settings);
    assert!(
        stderr(&early).contains("record the consent of both first"),
        "{}",
        stderr(&early)
    );
    for side in ["company", "provider"] {
        works(
            &["need", "consent", key, "cgi_maroc", "--side", side],
            "version",
        );
    }
    works(
        &[
            "need",
            "advance",
            key,
            "introduced",
            "--note",
            "meeting on 12 January",
        ],
        "introduced, version 6",
    );
    for words in [
        "contact: Zineb Fassi, +212 535 00 00 00",
        "introduced to cgi_maroc: the company agrees, the provider agrees",
        "note: meeting on 12 January",
        "record_consent by operator: providerConsent {\"cgi_maroc\":\"asked\"} → {\"cgi_maroc\":\"given\"}",
    ] {
        works(&["need", "show", key], words);
    }
    works(&["need", "erase", key], "dropped, version 7");
    let shown = stdout(&run(&["need", "show", key], &settings));
    assert!(
        !shown.contains("Zineb") && !shown.contains("Chouara") && !shown.contains("January"),
        "{shown}"
    );
    works(&["need", "list", "--status", "dropped"], key);
    // Not a word of it went into the audit.
    let audit = stdout(&run(&["audit", "--json"], &settings));
    assert!(
        audit.contains(key) && !audit.contains("Zineb") && !audit.contains("Chouara"),
        "{audit}"
    );
    let unknown = run(&["need", "show", "0000000000000000"], &settings);
    assert!(
        stderr(&unknown).contains("`bab need list` shows them"),
        "{}",
        stderr(&unknown)
    );
}
