//! Where in a sentence the clause of a figure begins, so that the time and the purpose of one clause are not taken for those of the next.

use language::Script;

use super::Frame;
use crate::document::{Document, Sentence};
use crate::words::Class;

/// Where something is told as it is, behind a comma or a quotation: "…, qui rappelle que la région représente 9%", "…، وهو يضم 40 شركة".
/// The last such verb between two tokens.
pub(super) fn assertion(document: &Document<'_>, since: usize, start: usize) -> Option<usize> {
    let cut = |from: usize, at: usize| (from.max(1)..=at).any(|at| document.is_cut(at - 1));
    document
        .tags_in(Class::Cue, since, start)
        .filter(|tag| cut(since, tag.start))
        .filter(|tag| tag.sense == "present")
        .rfind(|tag| !goes_on(document, tag.start))
        .map(|tag| tag.start)
}

/// "…, ajoutant que", "…، موضحا أن": where what is said next begins.
pub(super) fn statement(document: &Document<'_>, since: usize, start: usize) -> Option<usize> {
    document
        .tags_in(Class::Cue, since, start)
        .rfind(|tag| tag.sense == "states" && tag.start > 0 && document.is_cut(tag.start - 1))
        .map(|tag| tag.start)
}

/// "أن يبلغ", "ليصل", "ce qui représente", "باستثمار يناهز", "وتشغل هذه المراكز": what is meant to be, or more of what was just told.
fn goes_on(document: &Document<'_>, at: usize) -> bool {
    let word = |at: Option<usize>| at.map_or("", |at| document.tokens[at].folded.as_str());
    let before = word(at.checked_sub(1));
    // "…, while Alten, which employs 4,000, plans …": of who is named right before.
    let named = at >= 2 && document.names.iter().any(|name| name.end == at - 1);
    let led = matches!(before, "ان" | "بان" | "كي" | "ما" | "to")
        || before == "which" && !named
        || before == "qui" && word(at.checked_sub(2)) == "ce";
    let these = document.tokens[at..]
        .iter()
        .take(3)
        .any(|token| matches!(token.folded.as_str(), "هذه" | "ces" | "these" | "those"));
    // Arabic begins a clause with its verb.
    let inside = document.tokens[at].script == Script::Arabic
        && !matches!(before, "التي" | "الذي")
        && !(at.saturating_sub(1)..=at).any(|at| at > 0 && document.is_cut(at - 1));
    led || these || inside || document.tokens[at].text.starts_with('ل')
}

/// Whether a new clause with a verb of its own begins between two tokens: "…, et devrait", "…، ويرتقب أن".
pub(super) fn turns(document: &Document<'_>, from: usize, until: usize) -> bool {
    (from.max(1)..until).any(|at| {
        let token = &document.tokens[at];
        let joins = matches!(
            token.folded.as_str(),
            "et" | "mais"
                | "tandis"
                | "alors"
                | "and"
                | "but"
                | "while"
                | "whereas"
                | "فيما"
                | "بينما"
        ) || token.text.starts_with('و') && token.folded != "وذلك";
        // "…, which says it received more than 30 this year".
        let says = matches!(token.folded.as_str(), "which" | "who" | "qui")
            && document
                .tag_at(Class::Saying, at + 1)
                .is_some_and(|tag| tag.sense == "says" && tag.end <= until);
        let verb = document.tags.iter().any(|tag| {
            tag.start >= at
                && tag.end <= until
                && (matches!(tag.class, Class::Timing | Class::Having)
                    || tag.class == Class::Cue && tag.sense == "present")
        });
        // "Compte 3.100 collaborateurs et a réalisé en 2024 …".
        let at_once = document.tags.iter().any(|tag| {
            tag.start == at + 1
                && tag.end <= until
                && (tag.class == Class::Having || tag.class == Class::Cue && tag.sense == "present")
        });
        let and = matches!(token.folded.as_str(), "et" | "and");
        and && at_once || document.is_cut(at - 1) && (joins && verb || says)
    })
}

/// Whether a token stands in a clause that is put in between and ends before another: "le parc, qui était vide en 2018, …".
pub(super) fn is_relative(
    document: &Document<'_>,
    sentence: Sentence,
    at: usize,
    before: usize,
) -> bool {
    let (start, end) = document.clause(sentence, at);
    let led = matches!(
        document.tokens[start].folded.as_str(),
        "qui" | "dont" | "ou" | "which" | "who" | "whose" | "التي" | "الذي"
    );
    led && start > sentence.start && end <= before
}

/// "Its 520 employees": what somebody has already.
pub(super) fn is_owned(frame: &Frame<'_, '_>) -> bool {
    frame.figure.unit == "count"
        && frame.figure.start > frame.sentence.start
        && matches!(
            frame.document.tokens[frame.figure.start - 1]
                .folded
                .as_str(),
            "its" | "their" | "ses" | "leurs" | "our" | "nos"
        )
}

impl Frame<'_, '_> {
    /// Where the clause of the figure tells what is meant to be, behind one with figures of its own.
    pub(super) fn intended(&self) -> Option<usize> {
        let cut = |at: usize| (self.since..=at).any(|at| at > 0 && self.document.is_cut(at - 1));
        self.document
            .tags_in(Class::Timing, self.since, self.figure.start)
            .rfind(|tag| self.since > self.sentence.start && cut(tag.start))
            .map(|tag| tag.start)
    }

    /// Where what is said next begins, behind figures of what was said before.
    pub(super) fn stated(&self) -> Option<usize> {
        statement(self.document, self.since, self.figure.start)
            .filter(|_| self.since > self.sentence.start)
    }

    /// Where the clause of the figure tells what is, behind one with figures of its own.
    pub(super) fn asserted(&self) -> Option<usize> {
        assertion(self.document, self.since, self.figure.start)
            .filter(|_| self.since > self.sentence.start)
    }
}
