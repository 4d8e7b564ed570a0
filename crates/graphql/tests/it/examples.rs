//! The examples of `schema/examples`: each query runs and gives the answer that stands beside it.

use std::{fs, path::PathBuf};

use serde_json::Value;

use crate::data;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../schema/examples")
}

/// `BAB_WRITE_EXAMPLES=1 cargo test -p graphql examples` writes the answers anew; the change is then read and committed.
#[tokio::test]
async fn every_example_gives_its_answer() {
    let service = testkit::service().await;
    let mut paths: Vec<PathBuf> = fs::read_dir(folder())
        .expect("schema/examples")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "graphql")
    });
    paths.sort();
    assert!(paths.len() >= 12, "only {} examples", paths.len());
    for path in paths {
        let document = fs::read_to_string(&path).expect("a readable example");
        let answer = data(&service, &document).await;
        let beside = path.with_extension("json");
        if std::env::var_os("BAB_WRITE_EXAMPLES").is_some() {
            fs::write(
                &beside,
                serde_json::to_string_pretty(&answer).expect("JSON") + "\n",
            )
            .expect("the answer can be written");
        }
        let expected: Value = serde_json::from_str(
            &fs::read_to_string(&beside).expect("an answer beside each example"),
        )
        .expect("JSON");
        assert_eq!(answer, expected, "{}", path.display());
    }
}
