//! Words that nothing accounts for: an unknown place, a premise that no record bears out, another subject, or simply unknown.

use crate::answer::{AbstentionReason, QuestionKind};
use crate::frame::Frame;
use crate::lexicon::{Cue, Meaning};
use crate::span::Reading;

use super::Outcome;
use super::signals::Signals;

/// Function words after which a name of a place stands, folded.
const BEFORE_PLACE: [&str; 22] = [
    "a",
    "in",
    "at",
    "au",
    "aux",
    "en",
    "dans",
    "f",
    "fi",
    "fe",
    "ف",
    "في",
    "ب",
    "near",
    "region",
    "ville",
    "province",
    "commune",
    "city",
    "مدينه",
    "جهه",
    "اقليم",
];

const ARTICLES: [&str; 7] = ["la", "le", "les", "l", "the", "de", "of"];

/// Between a quantity that every territory has and the territory.
const OF: [&str; 9] = ["de", "d", "du", "of", "dyal", "dial", "ديال", "د", "سكان"];

/// What to say when words are left over.
pub fn uncovered(reading: &Reading, signals: &Signals, previous: Option<&Frame>) -> Outcome {
    let words = reading.uncovered.clone();
    let (kind, reason) = if signals.has(Cue::Why) && (signals.in_domain() || capitalised(reading)) {
        (QuestionKind::Unknown, AbstentionReason::FalsePremise)
    } else if previous.is_some() && signals.has(Cue::AndFollow) && is_place(reading, signals) {
        // "Et à Bordeaux ?"
        (QuestionKind::Unknown, AbstentionReason::UnknownPlace)
    } else if !signals.has_topic() && signals.things.is_empty() && !goes_on(signals, previous) {
        (QuestionKind::Unknown, AbstentionReason::OutOfDomain)
    } else if signals.has_topic() && is_place(reading, signals) {
        (asked(signals), AbstentionReason::UnknownPlace)
    } else {
        (asked(signals), AbstentionReason::UncoveredWords)
    };
    Outcome::Abstain {
        kind,
        reason,
        words,
    }
}

/// "Et les Chinois ?": of what was spoken of before, so not of another subject.
fn goes_on(signals: &Signals, previous: Option<&Frame>) -> bool {
    previous.is_some() && signals.any(&[Cue::AndFollow, Cue::Anaphora])
}

fn capitalised(reading: &Reading) -> bool {
    reading
        .uncovered
        .iter()
        .any(|word| word.chars().next().is_some_and(char::is_uppercase))
}

/// One run of unknown words at the end of the question, after a word of place, where no other place is named.
fn is_place(reading: &Reading, signals: &Signals) -> bool {
    let (Some(first), Some(last)) = (reading.uncovered_at.first(), reading.uncovered_at.last())
    else {
        return false;
    };
    let one_run = last - first + 1 == reading.uncovered_at.len() && last - first <= 3;
    let ends = reading
        .spans
        .iter()
        .filter(|span| span.start > *last)
        .all(|span| span.period.is_some() || span.meanings.iter().all(|m| *m == Meaning::Filler));
    if !signals.places.is_empty() || !one_run || !ends || !like_a_name(reading, *first) {
        return false;
    }
    let folded = |back: usize| {
        first
            .checked_sub(back)
            .and_then(|at| reading.tokens.get(at))
            .map(|token| token.folded.as_str())
    };
    let after =
        |back: usize, words: &[&str]| folded(back).is_some_and(|word| words.contains(&word));
    let glued = language::clitic_splits(&reading.tokens[*first])
        .iter()
        .any(|(particle, _)| matches!(particle.as_str(), "ف" | "ب" | "f"));
    let census = signals.indicators.iter().any(|key| key.starts_with("hcp_"));
    // "For a novice": an English article is no French "à".
    let article = folded(1) == Some("a") && reading.tokens[*first - 1].text != "à";
    let capital = reading.tokens[*first].text.starts_with(char::is_uppercase);
    (after(1, &BEFORE_PLACE) && (!article || capital))
        || (after(1, &ARTICLES) && after(2, &BEFORE_PLACE))
        || (census && after(1, &OF))
        || glued
}

/// Written like a name: a capital where the question has capitals at all, or a script without them.
fn like_a_name(reading: &Reading, at: usize) -> bool {
    let token = &reading.tokens[at];
    let capitals = reading
        .tokens
        .iter()
        .skip(1)
        .any(|t| t.text.starts_with(char::is_uppercase));
    token.script != language::Script::Latin
        || token.text.starts_with(char::is_uppercase)
        || !capitals
}

/// What to say of a place that no record lies in.
pub fn abroad(signals: &Signals, previous: Option<&Frame>) -> Outcome {
    let ours = signals.has_topic() || !signals.things.is_empty() || goes_on(signals, previous);
    Outcome::Abstain {
        kind: asked(signals),
        reason: match ours {
            true => AbstentionReason::UnknownPlace,
            false => AbstentionReason::OutOfDomain,
        },
        words: signals.abroad.clone(),
    }
}

/// The kind that the words of a question say by themselves.
fn asked(signals: &Signals) -> QuestionKind {
    if signals.has(Cue::Count) {
        QuestionKind::Count
    } else if signals.has(Cue::List) {
        QuestionKind::List
    } else if signals.has(Cue::Verification) {
        QuestionKind::Verification
    } else {
        QuestionKind::Unknown
    }
}
