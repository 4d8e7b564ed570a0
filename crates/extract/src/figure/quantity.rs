//! What a figure counts or measures: behind it, else before it, and whether it is none of ours.

use language::Script;

use super::Figure;
use crate::document::{Document, Sentence};
use crate::rules;
use crate::words::{Class, Tag};

/// What follows a number as that which it counts: "4.500 nouveaux emplois", "84% d'occupation", "11% des emplois". A share may be told
/// further on in its clause: "10.6% of residents have reached higher education".
pub(super) fn after(
    document: &Document<'_>,
    sentence: Sentence,
    end: usize,
    unit: &str,
    moved: bool,
) -> Vec<Tag> {
    let mut at = end;
    for _ in 0..6 {
        if at >= sentence.end || document.is_cut(at - 1) {
            break;
        }
        let found = quantities(document, sentence, unit, |tag| tag.start == at);
        // "50,000 call-centre jobs" are jobs.
        if let Some(end) = found
            .first()
            .filter(|tag| tag.sense == "call_centres")
            .map(|tag| tag.end)
            && end < sentence.end
            && !document.is_cut(end - 1)
            && document.tokens[end].script == Script::Latin
            && document.tag_at(Class::Having, end).is_none()
        {
            let counted = quantities(document, sentence, unit, |tag| tag.start == end);
            if counted.iter().any(|tag| tag.sense == "jobs") {
                return counted;
            }
        }
        if !found.is_empty() {
            return found;
        }
        let word = |class| document.tag_at(class, at).map(|tag| tag.end);
        if matches!(document.tokens[at].folded.as_str(), "et" | "and" | "و") {
            break;
        }
        // "Third among Morocco's outsourcing destinations".
        let country = document
            .names
            .iter()
            .find(|name| name.start == at && name.place().is_some())
            .and_then(|name| match unit {
                "rank" if name.place() == Some("MA") => Some(name.end),
                // "Its 520 Fez-based employees".
                _ => (document.tokens.get(name.end)?.folded == "based").then_some(name.end + 1),
            });
        match word(Class::Function)
            .max(country)
            .max(word(Class::Adjective))
            .max(word(Class::Qualifier))
            .max(word(Class::Sector))
        {
            Some(next) => at = next,
            None => break,
        }
    }
    if unit != "percent" || moved {
        return Vec::new();
    }
    let (from, until) = document.piece(sentence, end - 1);
    let said = document
        .tags_in(Class::Quantity, from, end)
        .any(|tag| rules::measures(tag.sense, unit));
    if said {
        return Vec::new();
    }
    let first = document
        .tags_in(Class::Quantity, end, until)
        .filter(|tag| rules::measures(tag.sense, unit))
        .map(|tag| tag.start)
        .min();
    first.map_or_else(Vec::new, |start| {
        quantities(document, sentence, unit, |tag| tag.start == start)
    })
}

/// The longest word of quantity at a place, once for each thing it can mean.
pub(super) fn quantities(
    document: &Document<'_>,
    sentence: Sentence,
    unit: &str,
    is_there: impl Fn(&Tag) -> bool,
) -> Vec<Tag> {
    let fits = |tag: &&Tag| {
        tag.class == Class::Quantity
            && tag.start >= sentence.start
            && tag.end <= sentence.end
            && is_there(tag)
            && rules::measures(tag.sense, unit)
    };
    let longest = document.tags.iter().filter(fits).map(|tag| tag.end).max();
    document
        .tags
        .iter()
        .filter(fits)
        .filter(|tag| Some(tag.end) == longest)
        .copied()
        .collect()
}

/// What was said before the number that it measures, the nearest: "un chiffre d'affaires de 26 MMDH", "le taux d'occupation, 84%".
pub(super) fn before(
    document: &Document<'_>,
    sentence: Sentence,
    start: usize,
    unit: &str,
    figures: &[Figure],
) -> Vec<Tag> {
    let owned = |tag: &Tag| {
        figures.iter().any(|figure| {
            let same = |own: &Tag| own.start == tag.start && own.sense == tag.sense;
            !figure.bare && figure.quantities.iter().any(same)
        })
    };
    // What a share is of stands behind it: "11% des emplois"; before it only where a share is spoken of.
    let whole = |sense: &str| {
        unit == "percent"
            && matches!(
                sense,
                "jobs" | "students" | "revenue" | "total" | "plan_credits" | "women"
            )
    };
    let share = document
        .tags_in(Class::Cue, sentence.start, sentence.end)
        .any(|tag| tag.sense == "share");
    let nearest = document
        .tags_in(Class::Quantity, sentence.start, start)
        .filter(|tag| {
            // What grows is what was just told.
            // "78% du chiffre d'affaires des centres, qui s'élève à 9,5 milliards".
            let related = matches!(unit, "mad" | "eur")
                && (tag.end + 1..start).any(|at| {
                    document.is_cut(at - 1)
                        && matches!(
                            document.tokens[at].folded.as_str(),
                            "qui" | "which" | "الذي" | "التي"
                        )
                });
            let free = unit == "growth" || !owned(tag) || related;
            rules::measures(tag.sense, unit) && free && (share || !whole(tag.sense))
        })
        .max_by_key(|tag| (tag.end, tag.end - tag.start))
        .copied();
    if let Some(nearest) = nearest {
        return quantities(document, sentence, unit, |tag| {
            tag.start == nearest.start && tag.end == nearest.end
        });
    }
    let next = document.numbers.iter().find(|number| {
        number.start > start
            && number.start < sentence.end
            && !document
                .periods
                .iter()
                .any(|span| span.start <= number.start && number.end <= span.end)
            && number.start >= start + 2
            && !(number.start - 2..number.start).any(|at| document.gap(at).contains('('))
    });
    let until = next.map_or(sentence.end, |number| number.start.max(start + 1));
    let ahead = document
        .tags_in(Class::Quantity, start, until)
        .filter(|tag| rules::measures(tag.sense, unit))
        .min_by_key(|tag| tag.start);
    let (_, clause) = document.clause(sentence, start);
    let near = |tag: &&Tag| figures.is_empty() || tag.end <= clause;
    if let Some(ahead) =
        ahead.filter(|tag| matches!(unit, "mad" | "eur" | "growth" | "m2" | "ha") && near(tag))
    {
        return quantities(document, sentence, unit, |tag| tag.start == ahead.start);
    }
    // "41% des crédits, devant le rural (36%)": shares of other parts.
    let parts = |figure: &&Figure| {
        figure
            .quantities
            .iter()
            .any(|tag| matches!(tag.sense, "plan_credits"))
    };
    let earlier = figures
        .iter()
        .rev()
        .filter(|figure| figure.unit == unit && !parts(figure));
    earlier
        .map(|figure| &figure.quantities)
        .find(|tags| !tags.is_empty())
        .cloned()
        .unwrap_or_default()
}

/// Whether a word that is no quantity of ours follows: "9.000 spectators".
pub(super) fn counts_other(
    document: &Document<'_>,
    sentence: Sentence,
    end: usize,
    unit: &str,
) -> bool {
    let mut at = end;
    if at >= sentence.end || document.is_cut(at - 1) {
        return false;
    }
    if document.periods.iter().any(|period| period.start == at) {
        return false;
    }
    if document.tag_at(Class::Other, at).is_some() {
        return true;
    }
    // "41% des femmes".
    if matches!(document.tokens[at].folded.as_str(), "des" | "of" | "من") && at + 1 < sentence.end
    {
        at += 1;
        // "28,3% des 10 ans et plus", "of the population": everybody.
        let everybody = matches!(
            document.tokens[at].folded.as_str(),
            "habitants"
                | "personnes"
                | "residents"
                | "inhabitants"
                | "people"
                | "population"
                | "actifs"
                | "active"
                | "النشيطين"
                | "السكان"
                | "الساكنه"
                | "menages"
                | "households"
        );
        if everybody
            || document.tokens[at]
                .text
                .starts_with(|c: char| c.is_ascii_digit())
        {
            return false;
        }
        if matches!(
            document.tokens[at].folded.as_str(),
            "the" | "les" | "its" | "leur" | "leurs" | "those"
        ) {
            at += 1;
        }
        return at < sentence.end && document.tag_at(Class::Agent, at).is_none();
    }
    // "96% d'un téléphone portable".
    if unit == "percent" && matches!(document.tokens[at].folded.as_str(), "d" | "de" | "du") {
        let mut noun = at + 1;
        while noun < sentence.end
            && matches!(
                document.tokens[noun].folded.as_str(),
                "un" | "une" | "la" | "l"
            )
        {
            noun += 1;
        }
        let known = document
            .tags
            .iter()
            .any(|tag| tag.start <= noun && noun < tag.end)
            || document
                .names
                .iter()
                .any(|name| name.start <= noun && noun < name.end);
        return noun < sentence.end && !known;
    }
    while let Some(tag) = document.tag_at(Class::Adjective, at) {
        at = tag.end;
        if at >= sentence.end || document.is_cut(at - 1) {
            return false;
        }
    }
    // "13,9% un an auparavant".
    let earlier = document
        .tags
        .iter()
        .any(|tag| tag.class == Class::Cue && tag.start == at && tag.sense.ends_with("_earlier"));
    let yearly = at + 1 < sentence.end
        && matches!(
            (
                document.tokens[at].folded.as_str(),
                document.tokens[at + 1].folded.as_str()
            ),
            ("كل", "سنه" | "عام")
                | ("chaque", "annee")
                | ("each" | "every" | "per" | "a", "year")
                | ("par", "an")
        );
    if earlier || yearly {
        return false;
    }
    // "42,000 worldwide".
    let wide = document.tags.iter().any(|tag| {
        tag.class == Class::Cue && tag.start == at && matches!(tag.sense, "world" | "national")
    });
    if wide {
        return false;
    }
    let known = |class| document.tag_at(class, at).is_some();
    let time = document.periods.iter().any(|period| period.start == at);
    let name = document.names.iter().any(|name| name.start == at);
    !(time
        || name
        || known(Class::Sector)
        || known(Class::Function)
        || known(Class::Place)
        || known(Class::Versus)
        || known(Class::Qualifier)
        || known(Class::Timing)
        || known(Class::Change)
        || known(Class::Saying))
}

/// A word that may stand between a number and what belongs to it.
pub(crate) fn is_small(document: &Document<'_>, at: usize) -> bool {
    document.tags.iter().any(|tag| {
        matches!(
            tag.class,
            Class::Function | Class::Adjective | Class::Qualifier | Class::Unit
        ) && tag.start <= at
            && at < tag.end
    })
}
