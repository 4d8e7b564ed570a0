//! What looks like a figure of ours and is none.

use super::period::reference;
use super::tense::is_start;
use super::{Frame, Scene, Told};
use language::{PeriodPhrase, PeriodSpan};

use crate::document::Document;
use crate::mention::What;
use crate::rules::Rule;
use crate::words::Class;

impl Scene<'_> {
    /// A part that nothing tells apart, a supposition, a step, what one person says of themselves, what is no more.
    pub(super) fn is_refused(&self, frame: &Frame<'_, '_>, before: &[Told]) -> bool {
        self.is_part(frame)
            || is_supposed(frame)
            || is_own(frame)
            || is_step(frame)
            || (is_later(frame) || is_ago(frame)) && self.period_near(frame).is_none()
            || is_more(frame) && !self.is_planned_around(frame)
            || is_cut(frame) && self.change(frame) != Some("threatened")
            || is_beside_unknown(frame)
            || is_former(frame)
                && self.period_near(frame).is_none()
                && self.passage(frame).is_none()
            || is_left(frame)
            || is_start(frame)
                && !frame.document.periods.iter().any(|span| {
                    span.start >= frame.sentence.start && span.end <= frame.sentence.end
                })
            || is_stage(frame)
            || frame.figure.versus && frame.figure.bare && before.is_empty()
    }

    /// Who is taken on is not all who are there, and the staff of some firm are not all of a place.
    pub(super) fn is_staff_of_some(&self, frame: &Frame<'_, '_>, rule: &Rule) -> bool {
        let staff = matches!(
            rule.indicator.as_str(),
            "offshoring_jobs" | "call_centre_jobs" | "services_jobs"
        );
        staff && (self.change(frame) == Some("recruiting") || is_some_firm(frame))
    }

    /// "Dont 27 ha pour l'université", "of which 20": a part that no place or time tells apart.
    fn is_part(&self, frame: &Frame<'_, '_>) -> bool {
        let before = |steps: usize| {
            frame
                .figure
                .start
                .checked_sub(steps)
                .map_or("", |at| frame.document.tokens[at].folded.as_str())
        };
        let part = matches!(before(1), "dont" | "منها" | "منهم")
            || before(2) == "of" && matches!(before(1), "which" | "whom" | "them");
        let (from, until) = frame.document.piece(frame.sentence, frame.figure.start);
        let placed = frame.mentions.iter().any(|mention| {
            mention.start >= from && mention.end <= until && matches!(mention.what, What::Place(_))
        });
        part && frame.figure.bare && !placed && self.period_near(frame).is_none()
    }
}

/// "Il faudrait créer 20.000 postes par an": nobody does, and nobody plans to.
fn is_supposed(frame: &Frame<'_, '_>) -> bool {
    let (clause, _) = frame.document.clause(frame.sentence, frame.figure.start);
    // "Étudie la construction de 12.000 m², pour un coût de 150 MDH": both.
    let since = match frame.figure.unit {
        "mad" | "eur" | "m2" => frame.sentence.start,
        _ => clause,
    };
    frame
        .document
        .tags_in(Class::Cue, since, frame.figure.start)
        .any(|tag| tag.sense == "hypothetical")
}

/// "En hausse de 1.500 emplois", "بزيادة 1500 منصب": how many more, and not how many.
fn is_step(frame: &Frame<'_, '_>) -> bool {
    let start = frame.figure.start;
    !matches!(frame.figure.unit, "percent" | "growth" | "rank")
        && start > frame.sentence.start
        && !frame.document.is_cut(start - 1)
        && frame
            .document
            .tags_in(Class::Move, frame.sentence.start, start)
            .any(|tag| tag.end == start && matches!(tag.sense, "up" | "down"))
}

/// "128 ont été achevés et 140 sont en cours": those that have come so far.
fn is_stage(frame: &Frame<'_, '_>) -> bool {
    let (_, end) = frame.document.piece(frame.sentence, frame.figure.end - 1);
    frame.figure.unit == "count"
        && frame.figure.bare
        && frame
            .document
            .tags_in(Class::Cue, frame.figure.end, end.max(frame.figure.end))
            .any(|tag| tag.sense == "stage" && tag.start <= frame.figure.end + 2)
}

/// A year that is written out.
fn is_year(document: &Document<'_>, span: &PeriodSpan) -> bool {
    (span.start..span.end).any(|at| {
        let digits = document.tokens[at]
            .folded
            .bytes()
            .filter(u8::is_ascii_digit);
        digits.count() >= 4
    })
}

/// "Il y a quatre ans, on était à 54%": some years before the article, more or less.
fn is_ago(frame: &Frame<'_, '_>) -> bool {
    let document = frame.document;
    let word = |at: usize| {
        document
            .tokens
            .get(at)
            .map_or("", |token| token.folded.as_str())
    };
    // "Two years ago, in the 2021 edition", "Ten years ago …; today there are 39".
    let dateless = !document.periods.iter().any(|span| {
        span.start >= frame.sentence.start
            && span.end <= frame.figure.start
            && (matches!(span.phrase, PeriodPhrase::Now)
                || reference(span.phrase).is_some_and(|_| is_year(document, span)))
    });
    document.numbers.iter().any(|number| {
        let (start, end) = (number.start, number.end);
        let opens = start >= frame.since && start <= frame.sentence.start + 4;
        let years = matches!(word(end), "ans" | "annees" | "years" | "سنوات" | "اعوام");
        let led = start >= 2 && (word(start - 1) == "a" && word(start - 2) == "y")
            || start >= 1 && word(start - 1) == "قبل";
        opens && dateless && end < frame.figure.start && years && (led || word(end + 1) == "ago")
    })
}

/// "Il ne reste que 300 m²": what nobody has taken yet.
fn is_left(frame: &Frame<'_, '_>) -> bool {
    frame.figure.unit == "m2"
        && frame
            .document
            .tags_in(Class::Cue, frame.since, frame.until)
            .any(|tag| {
                tag.sense == "remaining"
                    && (tag.end <= frame.figure.start || tag.start <= frame.figure.end + 2)
            })
}

/// "Cinq ans plus tard, ils sont 3.450": at a time that is not told.
fn is_later(frame: &Frame<'_, '_>) -> bool {
    frame
        .document
        .tags_in(Class::Cue, frame.sentence.start, frame.figure.start)
        .any(|tag| tag.sense == "years_later")
}

/// "3.000 emplois de plus": how many more, where nobody is to be hired.
fn is_more(frame: &Frame<'_, '_>) -> bool {
    let (document, start) = (frame.document, frame.figure.start);
    let quantity = frame.figure.quantities.first();
    let end = quantity.map_or(frame.figure.end, |tag| tag.end);
    let word = |at: usize| document.tokens[at].folded.as_str();
    let hired = document
        .tags_in(Class::Change, frame.sentence.start, start)
        .next()
        .is_some();
    !hired
        && end > start
        && end + 1 < frame.sentence.end
        && frame.figure.unit == "count"
        && matches!(
            (word(end), word(end + 1)),
            ("de", "plus" | "moins") | ("en", "plus")
        )
}

/// "Envisage de supprimer 400 emplois": those are no more.
fn is_cut(frame: &Frame<'_, '_>) -> bool {
    let (clause, _) = frame.document.clause(frame.sentence, frame.figure.start);
    frame.figure.unit == "count"
        && frame
            .document
            .tags_in(Class::Cue, frame.since.max(clause), frame.figure.start)
            .any(|tag| {
                // "Cut to 340 projects": those that are left.
                let to = frame.document.tokens[tag.end].folded.as_str();
                tag.sense == "cut" && !matches!(to, "to" | "a" | "الي")
            })
}

/// "Les régions du Sud (21,7%)", "Bamako (48%)": of what nobody knows, named right before the bracket.
fn is_beside_unknown(frame: &Frame<'_, '_>) -> bool {
    let document = frame.document;
    let Some(at) = frame
        .figure
        .start
        .checked_sub(1)
        .filter(|at| *at > frame.sentence.start)
    else {
        return false;
    };
    let bracket = document.gap(at).contains('(') && frame.figure.bare;
    let known = document
        .names
        .iter()
        .any(|name| name.start <= at && at < name.end)
        || document
            .tags
            .iter()
            .any(|tag| tag.start <= at && at < tag.end)
        || document
            .periods
            .iter()
            .any(|span| span.start <= at && at < span.end);
    bracket && !known && document.tokens[at].text.starts_with(char::is_uppercase)
}

/// "Is passed from 6 to 55": what it was, at no time that is told.
fn is_former(frame: &Frame<'_, '_>) -> bool {
    let word = |at: usize| {
        let token = frame.document.tokens.get(at);
        token.map_or("", |token| token.folded.as_str())
    };
    let start = frame.figure.start;
    start > frame.sentence.start
        && frame.figure.unit != "growth"
        && matches!(word(start - 1), "from" | "de" | "من")
        && matches!(word(frame.until.max(1) - 1), "to" | "a" | "الي" | "إلى")
        && frame.until < frame.sentence.end
        && frame.until.saturating_sub(frame.figure.end) <= 2
}

/// "Le patron d'une confection de 350 salariés": of some firm that is not named.
fn is_some_firm(frame: &Frame<'_, '_>) -> bool {
    let word = |steps: usize| {
        let at = frame.figure.start.checked_sub(steps);
        at.filter(|at| *at >= frame.sentence.start)
            .map_or("", |at| frame.document.tokens[at].folded.as_str())
    };
    // "Un effectif de 350 salariés", "un peu plus de 350" name no firm.
    let document = frame.document;
    let known = frame.figure.start.checked_sub(2).is_some_and(|at| {
        document
            .tags
            .iter()
            .any(|tag| tag.start <= at && at < tag.end)
    });
    // "À près de 350": no article.
    let article = frame.figure.start.checked_sub(3).is_some_and(|at| {
        at >= frame.sentence.start
            && matches!(document.tokens[at].text.as_str(), "un" | "une" | "a" | "an")
    });
    let noun = matches!(word(1), "de" | "d" | "with" | "of") && article && !known;
    let (clause, _) = frame.document.clause(frame.sentence, frame.figure.start);
    let firm = (clause.max(frame.since)..frame.figure.start).any(|at| {
        matches!(
            frame.document.tokens[at].folded.as_str(),
            "بمركز" | "بشركه" | "بمقاوله" | "لشركه" | "لمقاوله"
        )
    });
    noun || firm
}

/// "I pay them 450 euros a month", "j'en ai accompagné 42": what one person says of themselves.
fn is_own(frame: &Frame<'_, '_>) -> bool {
    const REACH: usize = 4;
    let document = frame.document;
    let near = frame
        .figure
        .start
        .saturating_sub(REACH)
        .max(frame.sentence.start);
    let own = (near..frame.figure.start)
        .rfind(|at| matches!(document.tokens[*at].folded.as_str(), "i" | "je" | "j"));
    own.is_some_and(|at| {
        let between = |start: usize| at < start && start < frame.figure.start;
        !frame.mentions.iter().any(|mention| between(mention.start))
            && !document
                .tags
                .iter()
                .any(|tag| tag.class == Class::Quantity && tag.start > at + 1 && between(tag.start))
    })
}
