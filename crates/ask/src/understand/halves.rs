//! Two questions in one: "who runs Fès Shore and how big is it?", "how many students and graduates does it have?". The first is
//! answered, the second is said to be next.

use chrono::{DateTime, Utc};
use language::tokenize;

use crate::frame::Frame;
use crate::lexicon::{Cue, Lexicon, Meaning};
use crate::span::{Reading, Span, read};

/// Two questions of a sentence.
pub struct Halves<'a> {
    pub first: &'a str,
    pub rest: &'a str,
    /// A question mark stands between them: the second may only say the first in other words.
    pub apart: bool,
}

/// The two questions of a sentence that an "and", a comma or a question mark parts; none where what stands behind asks nothing by itself.
pub fn halves<'a>(
    lexicon: &Lexicon,
    text: &'a str,
    now: DateTime<Utc>,
) -> impl Iterator<Item = Halves<'a>> {
    let tokens = tokenize(text);
    let mut cuts = Vec::new();
    for at in 1..tokens.len() {
        let gap = &text[tokens[at - 1].end..tokens[at].start];
        let joins = lexicon.is_joining(&tokens[at].folded) && at + 1 < tokens.len();
        // "واش" begins with the letter and is a word of its own.
        let folded = tokens[at].folded.as_str();
        let glued = folded.starts_with('و') && folded.chars().count() > 2 && folded != "واش";
        if joins {
            cuts.push((tokens[at - 1].end, tokens[at + 1].start, false));
        } else if glued {
            cuts.push((tokens[at - 1].end, tokens[at].start + 'و'.len_utf8(), false));
        } else if gap.contains(['?', '؟']) {
            cuts.push((tokens[at].start, tokens[at].start, true));
        }
    }
    // A sentence has one "and" between two questions; one of many is a list.
    cuts.truncate(MOST);
    let asked: Vec<Halves<'a>> = cuts
        .into_iter()
        .map(|(end, start, apart)| Halves {
            first: text[..end].trim(),
            rest: text[start..].trim(),
            apart,
        })
        .filter(|halves| begins_to_ask(&read(lexicon, halves.rest, now)))
        .collect();
    asked.into_iter()
}

/// The two questions of a sentence that asks for two quantities of the same thing, "how many students and graduates at UEMF?", and the
/// second once more without what follows it, which is of both.
pub fn quantities(
    lexicon: &Lexicon,
    text: &str,
    now: DateTime<Utc>,
) -> impl Iterator<Item = [String; 3]> {
    let tokens = tokenize(text);
    let joint = |at: &usize| {
        let token = &tokens[*at];
        let glued = token.folded.starts_with('و') && token.folded.chars().count() > 2;
        lexicon.is_joining(&token.folded) || glued
    };
    let short = tokens.len() <= LONGEST;
    let joints: Vec<usize> = (1..tokens.len())
        .filter(|at| short && joint(at))
        .take(MOST)
        .collect();
    let reading = (!joints.is_empty()).then(|| read(lexicon, text, now));
    let pairs: Vec<[String; 3]> = joints
        .into_iter()
        .filter_map(|at| {
            let reading = reading.as_ref()?;
            let alone = lexicon.is_joining(&reading.tokens[at].folded);
            let one = quantity_beside(reading, at, true)?;
            let other = quantity_beside(reading, at + usize::from(alone), false)?;
            let tokens = &reading.tokens;
            let (from, to) = (tokens[one.start].start, tokens[one.end - 1].end);
            let (next, last) = (tokens[other.start].start, tokens[other.end - 1].end);
            let first = format!("{}{}", &text[..to], &text[last..]);
            let behind = |end: usize| text[next..end].trim_start_matches('و');
            let second = format!("{} {}", &text[..from], behind(text.len()));
            let alone = format!("{} {}", &text[..from], behind(last));
            Some([first, second, alone])
        })
        .collect();
    pairs.into_iter()
}

/// The quantity right before or behind a token, with nothing but function words between.
fn quantity_beside(reading: &Reading, at: usize, before: bool) -> Option<&Span> {
    let topic = |m: &Meaning| matches!(m, Meaning::Indicator(_) | Meaning::Measure(_));
    let empty = |span: &&Span| {
        let says = !span.meanings.is_empty() && span.meanings.iter().all(|m| *m == Meaning::Filler);
        span.number.is_none() && span.period.is_none() && says
    };
    let found = if before {
        let mut spans = reading.spans.iter().rev().filter(|span| span.end <= at);
        spans.find(|span| !empty(span))
    } else {
        let mut spans = reading.spans.iter().filter(|span| span.start >= at);
        spans.find(|span| !empty(span))
    };
    found.filter(|span| span.meanings.iter().any(topic))
}

/// Words of a sentence in which two quantities are looked for.
const LONGEST: usize = 60;

/// How many places of a sentence are tried.
const MOST: usize = 6;

/// Whether the first words ask, or take up what was spoken of and name a quantity: "how big …", "when", "its unemployment rate".
fn begins_to_ask(reading: &Reading) -> bool {
    let Some(first) = reading.spans.first().filter(|span| span.start == 0) else {
        return false;
    };
    let asks = |m: &Meaning| matches!(m, Meaning::Cue(cue) if cue.asks());
    let takes_up = |m: &Meaning| matches!(m, Meaning::Cue(Cue::Anaphora));
    let topic = |m: &Meaning| {
        matches!(
            m,
            Meaning::Indicator(_) | Meaning::Measure(_) | Meaning::Concept(_)
        )
    };
    // "… et qui porte le projet ?": one spelling, and no cue of its own.
    const WHO: [&str; 5] = ["qui", "who", "chkoun", "شكون", "من"];
    let who = WHO.contains(&reading.tokens[0].folded.as_str());
    who && first.meanings.iter().any(topic)
        || first.meanings.iter().any(asks)
        || first.meanings.iter().any(takes_up)
            && reading
                .spans
                .iter()
                .any(|span| span.meanings.iter().any(topic))
}

/// Whether two frames ask two things, and not one of two places, times or companies.
pub fn is_other(first: &Frame, second: &Frame) -> bool {
    match (&first.indicator, &second.indicator) {
        (Some(one), Some(other)) => one != other,
        (None, None) => first.kind != second.kind,
        _ => true,
    }
}
