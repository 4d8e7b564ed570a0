//! What the words of a clause say of its time: what is, what was once, what is so every year.

use super::Frame;
use crate::words::Class;

/// "A démarré avec 50 personnes": not those that it has.
pub(super) fn is_start(frame: &Frame<'_, '_>) -> bool {
    frame
        .document
        .tags_in(Class::Cue, frame.since, frame.figure.start)
        .any(|tag| tag.sense == "start")
}

/// The sentence tells what is, by its verb before the figure.
pub(super) fn tells_now(frame: &Frame<'_, '_>) -> bool {
    // "Ils font travailler", "هذه المراكز", "That is about 12%": of what was just told.
    let document = frame.document;
    let (start, end) = (frame.sentence.start, frame.sentence.end);
    let goes_on = document
        .tags_in(Class::Agent, start, end)
        .any(|tag| tag.sense == "it" && tag.start <= start + 1)
        || (start..end.min(start + 4)).any(|at| {
            matches!(
                document.tokens[at].folded.as_str(),
                "ces" | "cela" | "these" | "those" | "that" | "هذه" | "هذا"
            )
        });
    !goes_on
        && frame
            .document
            .tags_in(Class::Cue, frame.sentence.start, frame.figure.start)
            .any(|tag| tag.sense == "present")
}

/// "Graduates some 1,900 each year": of no year.
pub(super) fn is_yearly(frame: &Frame<'_, '_>) -> bool {
    let (_, end) = frame.document.piece(frame.sentence, frame.figure.end - 1);
    let word = |at: usize| frame.document.tokens[at].folded.as_str();
    (frame.figure.end..end.min(frame.until)).any(|at| {
        let next = if at + 1 < frame.sentence.end {
            word(at + 1)
        } else {
            ""
        };
        matches!(
            (word(at), next),
            ("par", "an")
                | ("chaque", "annee")
                | ("each" | "every" | "per" | "a", "year")
                | ("كل", "سنه" | "عام")
        ) || matches!(word(at), "annually" | "annuellement" | "سنويا")
    })
}

/// "Foundever, with 1,450 employees in Fez, will open …": where what is put in between commas ends.
pub(super) fn inserted(frame: &Frame<'_, '_>) -> Option<usize> {
    let near = frame
        .figure
        .start
        .saturating_sub(2)
        .max(frame.sentence.start + 1);
    let led = (near..frame.figure.start).rfind(|at| {
        matches!(
            frame.document.tokens[*at].folded.as_str(),
            "with" | "avec" | "fort" | "forte"
        )
    })?;
    let (_, end) = frame.document.piece(frame.sentence, frame.figure.end - 1);
    (frame.document.is_cut(led - 1) && end < frame.sentence.end).then_some(end)
}

/// "Posted a turnover of … in 2024 and has 40,000 employees": what is past is told in the past.
pub(super) fn is_present(frame: &Frame<'_, '_>) -> bool {
    let word = |at: usize| frame.document.tokens[at].folded.as_str();
    frame
        .document
        .tags_in(Class::Cue, frame.since, frame.figure.start)
        .any(|tag| {
            tag.sense == "present"
                && tag.start > frame.since
                && frame.since > frame.sentence.start
                && matches!(word(tag.start - 1), "and" | "et")
        })
}
