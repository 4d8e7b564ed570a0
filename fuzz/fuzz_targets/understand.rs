//! Any bytes as a question, and as the token of a conversation: no panic, no hang, nothing invisible echoed.

#![no_main]

use std::sync::LazyLock;

use ask::{Level, Lexicon, Name, NameKind, Operation, Question, Run, RunError, Words};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let name = |kind, key: &str, text: &str, level| Name {
        kind,
        key: key.to_owned(),
        text: text.to_owned(),
        level,
        parent: None,
    };
    Lexicon::new(
        &Words::embedded().expect("the embedded words are read"),
        [
            name(NameKind::Territory, "03.231", "Fès", Some(Level::Province)),
            name(NameKind::Territory, "03.231", "فاس", Some(Level::Province)),
            name(NameKind::Territory, "03.061", "Meknès", Some(Level::Province)),
            name(NameKind::Park, "fes_shore", "Fès Shore", None),
            name(NameKind::Organisation, "cgi", "CGI", None),
        ],
    )
});

/// Knows nothing.
struct Nothing;

impl Run for Nothing {
    async fn run(&self, _: &Operation) -> Result<Value, RunError> {
        Ok(json!({}))
    }
}

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let (token, question) = text.split_once('\n').unwrap_or(("", &text));
    let question = Question {
        text: question,
        locale: None,
        conversation: Some(token),
        location: None,
    };
    let now = "2026-11-23T12:00:00Z".parse().expect("an instant");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    let answer = runtime
        .block_on(ask::answer(&LEXICON, &question, now, &Nothing))
        .expect("an answer");
    assert!(answer.conversation.len() <= 512);
    assert!(answer.suggestions.len() <= 3 && answer.options.len() <= 3);
    let invisible = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{200b}');
    assert!(!answer.text.contains(invisible), "{:?}", answer.text);
});
