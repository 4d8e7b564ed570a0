//! The committed questions: each is understood as it says, before any data is looked at.

use std::path::PathBuf;

use serde::Deserialize;

use crate::fake::operation;

#[derive(Deserialize)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    question: String,
    status: String,
    #[serde(default)]
    indicator: Option<String>,
    #[serde(default)]
    reason: Option<String>,
}

/// Questions with an answer lead to an operation about their indicator; refused ones lead to none.
#[test]
fn committed_questions_are_read_as_they_say() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/questions/specification");
    let mut wrong = Vec::new();
    let mut cases = 0;
    for entry in std::fs::read_dir(folder).expect("the committed questions") {
        let text = std::fs::read_to_string(entry.expect("an entry").path()).expect("readable");
        for case in toml::from_str::<File>(&text).expect("cases").case {
            cases += 1;
            let operation = operation(&case.question);
            let about = operation.as_ref().and_then(|o| {
                let variables = &o.variables;
                variables["indicator"]
                    .as_str()
                    .or(variables["filter"]["indicator"]["eq"].as_str())
                    .map(str::to_owned)
            });
            let right = match (case.status.as_str(), case.reason.as_deref()) {
                ("ANSWERED", _) => {
                    case.indicator.is_none() || about.is_none() || about == case.indicator
                }
                // What the data lacks is only known after asking it.
                (_, Some("NO_OBSERVATION" | "FUTURE") | None) => true,
                _ => operation.is_none(),
            };
            if !right {
                wrong.push(format!("{} → {about:?}", case.question));
            }
        }
    }
    assert!(cases > 300, "{cases} cases");
    assert!(
        wrong.len() * 100 <= cases,
        "{} of {cases}: {wrong:#?}",
        wrong.len()
    );
}
