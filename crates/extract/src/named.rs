//! The things an article names, and the axes of an agreement where it tells them one by one.

use ask::NameKind;

use crate::document::{Document, Sentence};
use crate::words::Class;
use crate::{Axis, Known, NamedThing, Span};

/// The organisations, parks, projects, plans and agreements named, each once, where it is first named.
pub fn things(document: &Document<'_>, known: &Known) -> Vec<NamedThing> {
    let organisations = organisations(document);
    let mut things: Vec<NamedThing> = Vec::new();
    let read = |at: usize| {
        let sentence = document
            .sentences
            .partition_point(|sentence| sentence.end <= at);
        document
            .sentences
            .get(sentence)
            .is_some_and(|sentence| sentence.start <= at)
    };
    for name in document.names.iter().filter(|name| read(name.start)) {
        for record in name
            .records
            .iter()
            .filter(|record| record.kind != NameKind::Territory)
        {
            let meant =
                record.kind != NameKind::Agreement || is_meant(known, &organisations, &record.key);
            let told = things
                .iter()
                .any(|thing| thing.kind == record.kind && thing.key == record.key);
            if meant && !told {
                things.push(NamedThing {
                    kind: record.kind,
                    key: record.key.clone(),
                    span: span(document, name.start, name.end),
                });
            }
        }
    }
    things
}

/// Every organisation that is named, by key.
pub fn organisations(document: &Document<'_>) -> Vec<String> {
    let records = document.names.iter().flat_map(|name| &name.records);
    let mut keys: Vec<String> = records
        .filter(|record| record.kind == NameKind::Organisation)
        .map(|record| record.key.clone())
        .collect();
    keys.sort();
    keys.dedup();
    keys
}

/// Whether a word such as "the memorandum" means this agreement in an article that names these organisations: two of its parties are
/// among them, or none is known.
pub fn is_meant(known: &Known, named: &[String], agreement: &str) -> bool {
    let parties = known.parties.get(agreement).map_or(&[][..], Vec::as_slice);
    let among = parties.iter().filter(|party| named.contains(party)).count();
    among >= parties.len().min(2)
}

/// "S'articule autour de trois axes: la mise en place …, la création … et la promotion …": as many parts as are announced, in the same
/// sentence or the next. Where there are more or fewer, nothing is guessed.
pub fn axes(document: &Document<'_>) -> Vec<Axis> {
    for (at, sentence) in document.sentences.iter().enumerate() {
        let Some(word) = document
            .tags_in(Class::Cue, sentence.start, sentence.end)
            .find(|tag| tag.sense == "axes")
        else {
            continue;
        };
        let from = document
            .numbers
            .partition_point(|number| number.start < sentence.start);
        let announced = document.numbers[from..]
            .iter()
            .take_while(|number| number.start < sentence.end)
            .find(|number| {
                !number.ordinal
                    && number.end <= word.start
                    && number.start + 3 >= word.start
                    && number.start >= sentence.start
            })
            .map(|number| number.value as usize);
        let Some(announced) = announced.filter(|number| (2..=9).contains(number)) else {
            continue;
        };
        let here = Sentence {
            start: word.end,
            ..*sentence
        };
        for place in std::iter::once(&here).chain(document.sentences.get(at + 1)) {
            let starts = starts(document, *place);
            if starts.len() == announced {
                let ends = starts[1..].iter().copied().chain([place.end]);
                return (1..)
                    .zip(starts.iter().copied().zip(ends))
                    .map(|(ordinal, (start, end))| Axis {
                        ordinal,
                        span: trimmed(document, start, end),
                    })
                    .collect();
            }
        }
    }
    Vec::new()
}

/// Where parts of an enumeration begin: at a word such as "création", with its article, behind a comma, a colon or an "and".
fn starts(document: &Document<'_>, sentence: Sentence) -> Vec<usize> {
    let mut starts = Vec::new();
    for tag in document
        .tags_in(Class::Cue, sentence.start, sentence.end)
        .filter(|tag| tag.sense == "undertaking")
    {
        let mut from = tag.start;
        while from > sentence.start
            && matches!(
                document.tokens[from - 1].folded.as_str(),
                "la" | "le" | "l" | "les" | "the" | "une" | "un" | "a" | "an"
            )
        {
            from -= 1;
        }
        let stopped = from == sentence.start || document.is_cut(from - 1);
        let joined = from > sentence.start
            && matches!(
                document.tokens[from - 1].folded.as_str(),
                "et" | "and" | "و" | "de" | "d" | "are" | "sont" | "هي"
            );
        let glued = document.tokens[tag.start].text.starts_with('و') || starts.is_empty();
        if stopped || joined || glued {
            starts.push(from);
        }
    }
    starts
}

/// Without the comma or the "and" that leads to the next part.
fn trimmed(document: &Document<'_>, start: usize, end: usize) -> Span {
    let mut until = end;
    while until > start + 1
        && matches!(
            document.tokens[until - 1].folded.as_str(),
            "et" | "and" | "و"
        )
    {
        until -= 1;
    }
    span(document, start, until)
}

fn span(document: &Document<'_>, start: usize, end: usize) -> Span {
    Span {
        start: document.tokens[start].start,
        end: document.tokens[end - 1].end,
    }
}
