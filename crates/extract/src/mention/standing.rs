//! How a mention stands in its sentence: where, of, by or beside something, or as who says it.

use language::Script;

use super::What;
use crate::document::{Document, Sentence};
use crate::words::Class;

/// "Faire le point sur le programme": what is spoken of, and no place.
pub(super) fn is_matter(document: &Document<'_>, start: usize, what: &What) -> bool {
    let plan = matches!(what, What::Thing(thing) if matches!(thing.kind, "plan" | "agreement" | "project"));
    let near = start.saturating_sub(2)..start;
    plan && near
        .into_iter()
        .any(|at| document.tokens[at].folded == "sur")
}

/// "L'institut, relevant de l'OFPPT": whom it belongs to is not who is spoken of.
pub(super) fn belongs(document: &Document<'_>, sentence: Sentence, start: usize) -> bool {
    document
        .tags_in(Class::Cue, sentence.start, start)
        .any(|tag| {
            tag.sense == "belongs"
                && start - tag.end <= 2
                && (tag.end..start).all(|at| !document.is_cut(at - 1))
        })
}

/// "28 شركة" are companies, and not the company: Arabic says "the" with its article.
pub(super) fn is_indefinite(document: &Document<'_>, start: usize, sense: &str) -> bool {
    let token = &document.tokens[start];
    let article = token.folded.contains("ال") || token.folded.contains("لل");
    let counted = document.numbers.iter().any(|number| number.end == start);
    token.script == Script::Arabic
        && counted
        && !article
        && matches!(sense, "company" | "school" | "park" | "project" | "site")
}

/// Where a sentence begins behind a dateline such as "Fès, 19 déc. 2024 (MAP) -" or "RABAT, Aug 4, 2025 (Agencies) -"; the whole of one
/// that holds nothing else.
pub(super) fn dateline(document: &Document<'_>, sentence: Sentence) -> usize {
    const LONGEST: usize = 12;
    let starts_line = sentence.start == 0 || document.gap(sentence.start - 1).contains('\n');
    let place = document
        .names_in(sentence.start, sentence.end)
        .find(|name| name.start == sentence.start && name.place().is_some());
    let Some(place) = place.filter(|_| starts_line) else {
        return sentence.start;
    };
    let until = sentence.end.min(sentence.start + LONGEST);
    let dash = |at: &usize| {
        [" - ", " – ", " — ", ") -", ") –", ".-", ". -", ". –"]
            .iter()
            .any(|mark| document.gap(*at).contains(mark))
    };
    if let Some(at) = (place.end - 1..until.max(place.end) - 1).find(dash) {
        return at + 1;
    }
    let dated = document.periods.iter().any(|span| {
        span.start >= place.end && span.start <= place.end + 2 && span.end + 1 >= sentence.end
    });
    if dated { sentence.end } else { sentence.start }
}

pub(super) const WHERE: [&str; 17] = [
    "a", "au", "aux", "en", "dans", "sur", "vers", "in", "at", "across", "into", "near", "to",
    "في", "ب", "داخل", "عبر",
];
pub(super) const BY: [&str; 8] = [
    "par",
    "avec",
    "by",
    "with",
    "مع",
    "طرف",
    "aupres",
    "alongside",
];
pub(super) const OF: [&str; 14] = [
    "de", "d", "du", "des", "en", "dans", "of", "in", "for", "في", "من", "ل", "pour", "par",
];

/// "Le site de Fès Shore": a site in a park is somebody's, and the park is where it is.
pub(super) fn is_site_of(
    document: &Document<'_>,
    sentence: Sentence,
    start: usize,
    what: &What,
) -> bool {
    let park = matches!(what, What::Thing(thing) if thing.kind == "park");
    park && document
        .tags_in(Class::Agent, sentence.start, start)
        .any(|tag| tag.sense == "site" && start - tag.end <= 1)
}

/// Whether one of these words, articles aside, stands before a token.
pub(super) fn follows(
    document: &Document<'_>,
    sentence: Sentence,
    start: usize,
    words: &[&str],
) -> bool {
    let glued = document.tokens[start].folded.as_str();
    if words.contains(&"ب")
        && (glued.starts_with("بال")
            || glued.starts_with("ب")
                && glued.chars().count() > 3
                && document.tokens[start].text.starts_with('ب'))
    {
        return true;
    }
    let mut at = start;
    for _ in 0..3 {
        if at == sentence.start || document.is_cut(at - 1) {
            return false;
        }
        at -= 1;
        let word = document.tokens[at].folded.as_str();
        if words.contains(&word) {
            // "Quant à la Cité des métiers": of it, and not there.
            let led = at
                .checked_sub(1)
                .map_or("", |before| document.tokens[before].folded.as_str());
            return !matches!(
                (led, word),
                ("quant" | "grace" | "face", "a" | "au" | "aux")
            );
        }
        if !matches!(
            word,
            "la" | "le"
                | "les"
                | "l"
                | "the"
                | "ville"
                | "city"
                | "region"
                | "ce"
                | "cette"
                | "cet"
                | "this"
                | "مدينه"
                | "جهه"
                | "seule"
                | "site"
                | "parc"
        ) {
            return false;
        }
    }
    false
}

/// Whether a name is that of who says something: "selon le CRI", "précise le CRI", "the CRI says".
pub(super) fn is_saying(
    document: &Document<'_>,
    sentence: Sentence,
    start: usize,
    end: usize,
    what: &What,
) -> bool {
    let cut = |from: usize, to: usize| {
        (from..to).any(|at| document.is_cut(at) && !document.gap(at).trim().is_empty())
    };
    document
        .tags_in(Class::Saying, sentence.start, sentence.end)
        .any(|tag| {
            // "Ajoute que Foundever emploie": who is told of, and does not tell.
            let told = || {
                (tag.end..start).any(|at| {
                    matches!(
                        document.tokens[at].folded.as_str(),
                        "que" | "qu" | "that" | "ان" | "بان"
                    )
                })
            };
            let before = tag.end <= start
                && start - tag.end <= 6
                && !cut(tag.end - 1, start)
                && (tag.sense == "according" || !told());
            let after = tag.start >= end
                && tag.start - end <= 2
                && tag.sense == "says"
                && !cut(end - 1, tag.start);
            match tag.sense {
                "according" => before && start - tag.end <= 8,
                // A branch says nothing.
                _ if matches!(what, What::Sector(_)) => false,
                _ => before && start - tag.end <= 3 || after,
            }
        })
}
