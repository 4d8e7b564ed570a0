//! Names that a sentence does not ask about, but holds others against or leaves out: "larger than Sefrou", "other than Alten".

use crate::lexicon::{Comparator, Cue, Meaning, NameKind};
use crate::span::{Reading, Span};

use super::signals::Signals;

/// "Plus peuplées que Sefrou", "bigger than Sefrou", "كبر من صفرو": a place right after the word that compares with it.
pub fn held_against(signals: &Signals, reading: &Reading) -> bool {
    const THAN: [&str; 4] = ["than", "que", "qu", "ke"];
    const FROM: [&str; 4] = ["من", "mn", "men", "3la"];
    let sides = |m: &Meaning| match m {
        Meaning::Comparator(side) => !matches!(side, Comparator::About | Comparator::Equal),
        Meaning::Cue(cue) => matches!(cue, Cue::Top | Cue::Bottom | Cue::Comparison),
        _ => false,
    };
    // One thing beside its class: "parks larger than Fès Shore". Two things are compared.
    let only = Some(&signals.things).filter(|things| things.len() == 1);
    let things = only.into_iter().flatten();
    signals.places.iter().chain(things).any(|place| {
        let Some(before) = place.start.checked_sub(1) else {
            return false;
        };
        // "Dépassent Fès", "exceed Fès": the verb stands right before it.
        let exceeds = |span: &Span| {
            let more =
                |m: &Meaning| matches!(m, Meaning::Comparator(Comparator::More | Comparator::Less));
            span.end == place.start && span.meanings.iter().any(more)
        };
        // "Under the circular" is what it provides.
        let text = place.names(NameKind::Agreement) || place.names(NameKind::Plan);
        if !text && reading.spans.iter().any(exceeds) {
            return true;
        }
        let word = reading.tokens[before].folded.as_str();
        // In Arabic the word is "from" as well: what compares stands next to it, or has it inside.
        let compares = || {
            let near = before.saturating_sub(1)..=before;
            let touches = |span: &&Span| span.start <= *near.end() && span.end > *near.start();
            let mut spans = reading.spans.iter().filter(touches);
            spans.any(|span| span.meanings.iter().any(sides))
        };
        THAN.contains(&word) || FROM.contains(&word) && compares()
    })
}

/// "Other than Alten", "sauf Fès", "من غير فاس": a name right after a word that leaves it out.
pub fn excluded(signals: &Signals, reading: &Reading) -> bool {
    const EXCEPT: [&str; 14] = [
        "sauf",
        "hormis",
        "excepte",
        "except",
        "excluding",
        "besides",
        "hors",
        "ماعدا",
        "عدا",
        "سوي",
        "باستثناء",
        "بلا",
        "ma3ada",
        "bla",
    ];
    const PAIRS: [(&str, &str); 12] = [
        ("other", "than"),
        ("apart", "from"),
        ("aside", "from"),
        ("autre", "que"),
        ("autres", "que"),
        ("a", "part"),
        ("en", "dehors"),
        ("ما", "عدا"),
        ("من", "غير"),
        ("mn", "ghir"),
        ("men", "ghir"),
        ("mn", "gher"),
    ];
    let word = |at: Option<usize>| {
        at.and_then(|at| reading.tokens.get(at))
            .map(|token| token.folded.as_str())
            .unwrap_or_default()
    };
    signals.places.iter().chain(&signals.things).any(|mention| {
        // An article or a preposition may stand between.
        (1..=2).any(|back| {
            let last = word(mention.start.checked_sub(back));
            let pair = (word(mention.start.checked_sub(back + 1)), last);
            EXCEPT.contains(&last) || PAIRS.contains(&pair)
        })
    })
}
