//! Countries: where a company comes from, where something lies abroad, and "Moroccan", which is of here or says an origin.

use crate::lexicon::{LevelWord, Lexicon, Meaning};
use crate::span::{Reading, Span};

/// The country that records lie in.
const HERE: &str = "MA";

/// Stands for every other country, where companies are said to be foreign.
pub const FOREIGN: &str = "XX";

pub fn is_country(meaning: &Meaning) -> bool {
    matches!(meaning, Meaning::Country(_))
}

/// Whether a country is where something is, and no record lies there: "in France", "au Canada", "f fransa", "بفرنسا".
pub fn is_abroad(lexicon: &Lexicon, reading: &Reading, span: &Span) -> bool {
    const IN: [&str; 10] = [
        "in", "en", "au", "aux", "dans", "f", "fi", "ف", "في", "within",
    ];
    const ARTICLES: [&str; 4] = ["the", "la", "l", "les"];
    // "Whose head office is in France": an origin.
    const SEATED: [&str; 16] = [
        "siege",
        "base",
        "basee",
        "basees",
        "bases",
        "domiciliees",
        "mere",
        "based",
        "office",
        "headquartered",
        "headquarters",
        "owned",
        "مقرها",
        "مقرهم",
        "مقره",
        "ma9arha",
    ];
    let foreign = |m: &Meaning| matches!(m, Meaning::Country(code) if code != HERE);
    if !span.meanings.iter().any(foreign) {
        return false;
    }
    let word = |back: usize| {
        let token = span
            .start
            .checked_sub(back)
            .and_then(|at| reading.tokens.get(at));
        token.map(|token| token.folded.as_str()).unwrap_or_default()
    };
    let article = usize::from(ARTICLES.contains(&word(1)));
    let seated = (2..=4).any(|back| SEATED.contains(&word(back + article)));
    // "In French companies": what they are, not where.
    let next = reading.spans.iter().find(|other| other.start == span.end);
    let described = next.is_some_and(|next| next.meanings.iter().any(is_of_companies));
    (IN.contains(&word(1 + article)) || is_glued(lexicon, &reading.tokens[span.start].folded))
        && !seated
        && !described
}

/// "بفرنسا": the rest of the word is the name, and it is no name that begins with this letter.
fn is_glued(lexicon: &Lexicon, first: &str) -> bool {
    let rest = first.strip_prefix(['ب', 'ف']);
    rest.is_some_and(|rest| lexicon.is_word(rest))
}

fn is_of_companies(meaning: &Meaning) -> bool {
    match meaning {
        Meaning::Measure(measure) => measure == "companies",
        Meaning::Concept(concept) => matches!(
            concept.as_str(),
            "operators" | "organisations" | "employers" | "sites" | "subsidiaries"
        ),
        Meaning::Indicator(key) => matches!(
            key.as_str(),
            "call_centres" | "offshoring_companies" | "park_companies"
        ),
        Meaning::Activity(_) => true,
        _ => false,
    }
}

/// What "Moroccan" does not mean here: beside companies it is their origin, anywhere else the country.
pub fn unmeant(reading: &Reading, span: &Span) -> Option<Meaning> {
    let (level, origin) = (
        Meaning::Level(LevelWord::Country),
        Meaning::Country(HERE.into()),
    );
    if !(span.meanings.contains(&level) && span.meanings.contains(&origin)) {
        return None;
    }
    let companies = |other: &Span| {
        let beside = other.end == span.start || other.start == span.end;
        let names = |m: &Meaning| {
            is_of_companies(m) && !matches!(m, Meaning::Activity(_) | Meaning::Indicator(_))
        };
        beside && other.meanings.iter().any(names)
    };
    Some(if reading.spans.iter().any(companies) {
        level
    } else {
        origin
    })
}
