//! From an article to a changed answer, by the commands that docs/curation.md names.

use serde_json::{Value, json};

use crate::bab::{run, stderr, stdout};

const ARTICLE: &str =
    "<html><head><title>Fès</title></head><body><nav>99 centres d'appel à Fès</nav><article>
<p>La ville de Fès compte 41 centres d'appel à fin 2025, selon le CRI de Fès-Meknès.</p>
<p>Concentrix prévoit de recruter 300 personnes à Fès en 2027.\u{202e}</p></article></body></html>";

#[tokio::test]
async fn an_article_becomes_another_answer() {
    let database = testkit::database().await;
    let settings = [
        ("DATABASE_URL", database.url.as_str()),
        ("BAB_NOW", "2026-11-23"),
    ];
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("article.html");
    std::fs::write(&file, ARTICLE).unwrap();
    let file = file.to_str().unwrap();
    let done = |arguments: &[&str]| {
        let output = run(arguments, &settings);
        assert!(
            output.status.success(),
            "{arguments:?}: {}",
            stderr(&output)
        );
        stdout(&output)
    };

    let read: Value = serde_json::from_str(&done(&["extract", file, "--json"])).unwrap();
    assert_eq!(read["facts"].as_array().map(Vec::len), Some(2), "{read}");
    let page = done(&["extract", file]);
    for words in [
        "41 centres d'appel",
        "company_planned_jobs",
        "2027",
        "target",
    ] {
        assert!(page.contains(words), "{words} is not in {page}");
    }
    assert!(!page.contains('\u{202e}'), "{page}");
    assert!(done(&["proposal", "list"]).contains("none"));

    let question = "combien de centres d'appel à Fès ?";
    let before: Value = serde_json::from_str(&done(&["ask", "--json", question])).unwrap();
    assert_eq!(before["figures"][0]["value"], 36);
    let proposed = done(&[
        "extract",
        file,
        "--propose",
        "--publisher",
        "Le Journal de Fès",
        "--title",
        "Fès grandit",
        "--url",
        "https://journal.example.ma/fes",
        "--published-on",
        "2026-01-12",
    ]);
    let accept = proposed.lines().last().unwrap().trim().replace("\"…\"", "");
    let words: Vec<&str> = accept
        .split_whitespace()
        .skip(1)
        .chain(["read in the article"])
        .collect();
    done(&words);
    let after: Value = serde_json::from_str(&done(&["ask", "--json", question])).unwrap();
    let figure = &after["figures"][0];
    assert_eq!(
        (&figure["value"], &figure["period"]),
        (&json!(41), &json!("2025"))
    );
    assert_eq!(
        figure["source"]["publisher"], "Le Journal de Fès",
        "{after}"
    );

    // What is known is not proposed a second time.
    let again = done(&[
        "extract",
        file,
        "--propose",
        "--publisher",
        "Le Journal de Fès",
        "--title",
        "Fès grandit",
        "--url",
        "https://journal.example.ma/fes",
    ]);
    assert!(again.contains("Known already: call_centres"), "{again}");
    assert!(done(&["proposal", "list"]).contains("none"));
}

#[test]
fn what_cannot_be_read_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    std::fs::write(path("large"), "a".repeat((256 << 10) + 1)).unwrap();
    std::fs::write(path("latin1"), b"F\xe8s compte 36 centres d'appel").unwrap();
    let url = format!("sqlite://{}?mode=rwc", path("bab.db"));
    for (arguments, words) in [
        (vec![path("nothing")], "nothing"),
        (vec![path("large")], "262144"),
        (vec![path("latin1")], "UTF-8"),
        (
            vec![path("large"), "--title".into(), "T".into()],
            "--publisher",
        ),
        (
            vec![path("latin1"), "--source".into(), "journaleco_2020".into()],
            "--propose",
        ),
    ] {
        let arguments: Vec<&str> = ["extract"]
            .into_iter()
            .chain(arguments.iter().map(String::as_str))
            .collect();
        let output = run(&arguments, &[("DATABASE_URL", url.as_str())]);
        assert!(!output.status.success(), "{arguments:?}");
        assert!(
            stderr(&output).contains(words),
            "{arguments:?}: {}",
            stderr(&output)
        );
    }
    assert!(
        !folder.path().join("bab.db").exists(),
        "a mistake makes no database"
    );
}
