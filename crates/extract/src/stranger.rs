//! Somebody whom nothing knows: a company that is named and is in no list of ours. Its figures are nobody else's.

use language::Script;

use crate::document::{Document, Sentence};
use crate::words::{Class, Tag};

/// How far behind a name stands what it has: "Konecta, de son côté, a ouvert …".
const REACH: usize = 8;

/// The names of a sentence that nothing knows, as companies are named: behind "la société", in quotation marks behind "شركة", or before a
/// verb of having.
pub fn strangers(document: &Document<'_>, sentence: Sentence) -> Vec<(usize, usize)> {
    let mut found = called(document, sentence);
    let mut at = sentence.start;
    while at < sentence.end {
        let end = name(document, sentence, at);
        if end > at {
            if has(document, sentence, (at, end)) && !is_where(document, sentence, at)
                || is_company(document, sentence, end)
            {
                found.push((at, end));
            }
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

/// What is said to be a company, a school, a park: "la société Agrinova", "le cabinet espagnol Grupo Nortia", "شركة «أطلس»".
fn called(document: &Document<'_>, sentence: Sentence) -> Vec<(usize, usize)> {
    const QUOTES: [char; 5] = ['"', '«', '“', '”', '»'];
    let mut found = Vec::new();
    for tag in document.tags_in(Class::Agent, sentence.start, sentence.end) {
        let kind = matches!(
            tag.sense,
            "company" | "company_word" | "school" | "school_word" | "park" | "project"
        );
        if !kind || tag.end >= sentence.end {
            continue;
        }
        // "A Spanish company with 900 staff", "une société de 300 salariés".
        let word = |steps: usize| {
            tag.start
                .checked_sub(steps)
                .filter(|at| *at >= sentence.start)
                .map_or("", |at| document.tokens[at].folded.as_str())
        };
        let article = |word: &str| matches!(word, "a" | "an" | "une" | "another");
        let some = if article(word(1)) {
            1
        } else if article(word(2)) {
            2
        } else {
            0
        };
        if tag.sense == "company_word" && some > 0 {
            let from = tag.start - some;
            // "Cnexia, a subsidiary of Bell Canada", "une entreprise comme Alten".
            let named = document
                .names
                .iter()
                .any(|name| name.end == from || name.start >= tag.end && name.start - tag.end <= 2);
            if !named {
                found.push((from, tag.end));
                continue;
            }
        }
        let quoted = document.gap(tag.end - 1).contains(QUOTES);
        let next = &document.tokens[tag.end];
        if next.script == Script::Arabic {
            // "شركة محلية": some company, and none that is named.
            let some = document.tokens[tag.end - 1].folded == "شركه" && next.folded.ends_with('ه');
            if (quoted || some) && is_strange(document, tag.end) {
                found.push((tag.start, tag.end + 1));
            }
            continue;
        }
        if document.is_cut(tag.end - 1) && !quoted {
            continue;
        }
        // "Espagnol" may stand between.
        let small = next.text.starts_with(char::is_lowercase) && tag.end + 1 < sentence.end;
        let at = if small && !document.is_cut(tag.end) {
            tag.end + 1
        } else {
            tag.end
        };
        let capital = document.tokens[at].text.starts_with(char::is_uppercase);
        if capital && is_strange(document, at) {
            found.push((tag.start, at + 1));
        }
    }
    found
}

/// One past the last of the capitalised words that begin here and that nothing knows.
fn name(document: &Document<'_>, sentence: Sentence, start: usize) -> usize {
    let mut end = start;
    while end < sentence.end
        && document.tokens[end].text.starts_with(char::is_uppercase)
        && document.tokens[end].text.chars().count() > 2
        && (is_strange(document, end) || end > start && is_worded(document, end))
        && (end == start || !document.is_cut(end - 1))
    {
        end += 1;
    }
    end
}

/// A word that is known and can be a part of a name: "TelQuel Services", "Atlas Call Center".
fn is_worded(document: &Document<'_>, at: usize) -> bool {
    let stands = |tag: &&Tag| tag.start <= at && at < tag.end;
    document.tags.iter().filter(stands).all(|tag| {
        matches!(
            tag.class,
            Class::Sector | Class::Quantity | Class::Agent | Class::Adjective | Class::Cue
        )
    }) && !document
        .names
        .iter()
        .any(|name| name.start <= at && at < name.end)
        && !document
            .periods
            .iter()
            .any(|span| span.start <= at && at < span.end)
}

/// No name, no known word and no time stands there.
fn is_strange(document: &Document<'_>, at: usize) -> bool {
    !document
        .names
        .iter()
        .any(|name| name.start <= at && at < name.end)
        && !document
            .tags
            .iter()
            .any(|tag| tag.start <= at && at < tag.end)
        && !document
            .periods
            .iter()
            .any(|span| span.start <= at && at < span.end)
}

/// "Teleperformance, the French group, employs …", "Majisys, société fondée en 2015, …": said to be a company right behind its name.
fn is_company(document: &Document<'_>, sentence: Sentence, end: usize) -> bool {
    let word = |tag: &Tag| {
        matches!(tag.sense, "company" | "company_word")
            && tag.start - end <= 1
            && (end..tag.end - 1).all(|at| !document.is_cut(at))
    };
    end < sentence.end
        && document.gap(end - 1).contains([',', '،', '('])
        && document
            .tags_in(Class::Agent, end, sentence.end.min(end + REACH))
            .any(word)
}

/// "Coté à Paris, il emploie …": somewhere, and nobody.
fn is_where(document: &Document<'_>, sentence: Sentence, start: usize) -> bool {
    start > sentence.start
        && matches!(
            document.tokens[start - 1].folded.as_str(),
            "a" | "in" | "at" | "near"
        )
}

/// Whether what stands behind a name is what a company has: its verb follows, with nobody else and no figure between.
fn has(document: &Document<'_>, sentence: Sentence, (start, end): (usize, usize)) -> bool {
    let until = sentence.end.min(end + REACH);
    let mut verbs = document.tags_in(Class::Having, end, until);
    let Some(verb) = verbs.next() else {
        return false;
    };
    // The first word of a sentence has a capital whatever it is.
    let opens = start == sentence.start && end == start + 1;
    let beside = verb.start == end
        || document.is_cut(end - 1)
            && matches!(
                document.tokens[end].folded.as_str(),
                "qui" | "dont" | "de" | "pour" | "quant" | "which" | "who" | "whose" | "for"
            );
    // "The North African country has" names nobody.
    let apart = verb.start == end
        || document.is_cut(end - 1)
        || matches!(document.tokens[end].folded.as_str(), "of" | "de" | "d");
    if opens && !beside || !apart {
        return false;
    }
    let between = |start: usize| end <= start && start < verb.start;
    let said = document
        .tags_in(Class::Saying, end, verb.start)
        .any(|tag| tag.sense == "says");
    !said
        && !document.names.iter().any(|name| between(name.start))
        && !document
            .numbers
            .iter()
            .any(|number| between(number.start) && !number.weak)
        && !document
            .tags_in(Class::Agent, end, verb.start)
            .any(|tag| tag.sense != "its")
}
