//! What is said when there is no answer: why, and what to do.

use crate::answer::{AbstentionReason, QuestionKind};

use super::speak::Speaker;

/// The sentence of an abstention.
pub fn text(
    speaker: Speaker,
    kind: QuestionKind,
    reason: AbstentionReason,
    words: &[String],
) -> String {
    let shown: Vec<String> = words.iter().take(6).map(|word| shorten(word)).collect();
    let list = speaker.list(&shown);
    let id = match (kind, reason) {
        (QuestionKind::Alert, _) => "no-alerts",
        (QuestionKind::Near, AbstentionReason::NoObservation) => "no-distances",
        (_, AbstentionReason::UncoveredWords) => "uncovered",
        (_, AbstentionReason::NoObservation) => "no-record",
        (_, AbstentionReason::Future) => "future",
        (_, AbstentionReason::FalsePremise) if words.is_empty() => "no-reason-known",
        (_, AbstentionReason::FalsePremise) => "false-premise",
        (_, AbstentionReason::UnknownPlace) => "unknown-place",
        (_, AbstentionReason::Ambiguous) => "ask-back",
        (_, AbstentionReason::OutOfDomain) => "out-of-domain",
        (_, AbstentionReason::PersonalData) => "personal-data",
        (_, AbstentionReason::Hostile) => "hostile",
    };
    speaker.say(id, vec![("words", list.into())])
}

/// A word as written, cut to what a line holds.
fn shorten(word: &str) -> String {
    if word.chars().count() <= 40 {
        word.to_owned()
    } else {
        word.chars().take(39).chain(['…']).collect()
    }
}
