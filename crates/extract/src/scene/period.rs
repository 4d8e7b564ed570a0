//! The periods that a sentence tells, and how one is counted from another.

use language::{Period, PeriodPhrase, PeriodSpan, Today};

use super::{Frame, Scene};
use crate::document::{Document, Sentence};
use crate::figure::is_small;
use crate::words::Class;

impl Scene<'_> {
    /// The periods of a sentence that figures can be of: no day something was founded on, no "3 years ago", no other time it is compared
    /// with; a half or a quarter without a year is of the year spoken of.
    pub(super) fn periods(
        &self,
        document: &Document<'_>,
        sentence: Sentence,
    ) -> Vec<(Period, (usize, usize))> {
        let inside = |start: usize, end: usize| start >= sentence.start && end <= sentence.end;
        let led = |class: Class, sense: &str, start: usize| {
            document.tags_in(class, sentence.start, start).any(|tag| {
                (sense.is_empty() || tag.sense == sense)
                    && start - tag.end <= if sense == "founding" { 4 } else { 2 }
                    && (tag.end..start).all(|at| !document.is_cut(at))
                    && (class != Class::Versus || (tag.end..start).all(|at| is_small(document, at)))
            })
        };
        let four = |at: usize| {
            document.tokens[at]
                .folded
                .bytes()
                .filter(u8::is_ascii_digit)
                .count()
                >= 4
        };
        let counted = |start: usize, end: usize| {
            document
                .numbers
                .iter()
                .any(|number| number.start >= start && number.end <= end)
        };
        let mut found: Vec<(Period, (usize, usize))> = Vec::new();
        for span in document
            .periods
            .iter()
            .filter(|span| inside(span.start, span.end))
        {
            // "À partir de 2027": what begins then.
            let begins = || match span.phrase {
                PeriodPhrase::Since(period) => {
                    Some(period).filter(|period| self.is_future(*period))
                }
                _ => None,
            };
            let period = reference(span.phrase)
                .or_else(|| before_end(document, span))
                .or_else(begins);
            let Some(period) = period else {
                continue;
            };
            // "بـ2100 مستخدم": no year that figures are of.
            if !(1950..=2070).contains(&period.year()) {
                continue;
            }
            let ago = counted(span.start, span.end) && !(span.start..span.end).any(four);
            let day = matches!(span.phrase, PeriodPhrase::At(Period::Day(..)))
                && !span.start.checked_sub(1).is_some_and(|at| {
                    matches!(
                        document.tokens[at].folded.as_str(),
                        "au" | "of" | "fin" | "end"
                    )
                });
            let day = day
                && !matches!(
                    document.tokens[span.start].folded.as_str(),
                    "au" | "as" | "fin" | "end"
                );
            // "Deux fois plus qu'en 2019": the words of both overlap.
            let than = document
                .tags_in(Class::Versus, sentence.start, span.end)
                .any(|tag| {
                    let times = tag
                        .start
                        .checked_sub(1)
                        .map_or("", |at| document.tokens[at].folded.as_str());
                    tag.start < span.start
                        && tag.end > span.start
                        && matches!(times, "plus" | "moins" | "autant")
                });
            let other = (led(Class::Versus, "", span.start) || than)
                && !counted(span.start.saturating_sub(2), span.start);
            // "Concentrix 1900 شخص": a number that counts what follows it.
            let counts = span.end == span.start + 1
                && span.end < sentence.end
                && !document.is_cut(span.start)
                && document.tokens[span.end].script == language::Script::Arabic
                && !span.start.checked_sub(1).is_some_and(|at| {
                    matches!(
                        document.tokens[at].folded.as_str(),
                        "سنه"
                            | "عام"
                            | "في"
                            | "افق"
                            | "حدود"
                            | "نهايه"
                            | "متم"
                            | "منذ"
                            | "بحلول"
                    )
                })
                && document
                    .tags
                    .iter()
                    .any(|tag| tag.class == Class::Quantity && tag.start == span.end);
            // "By mid-2027".
            let middle = (span.start.saturating_sub(1)..span.end)
                .any(|at| matches!(document.tokens[at].folded.as_str(), "mid" | "mi" | "منتصف"));
            let period = match period {
                Period::Year(year) if middle => Period::Month(year, 6),
                period => period,
            };
            if !ago
                && !day
                && !counts
                && !other
                && (!led(Class::Cue, "founding", span.start)
                    || counted(span.start.saturating_sub(4), span.start))
            {
                found.push((period, (span.start, span.end)));
            }
        }
        let year = found
            .iter()
            .map(|(period, _)| *period)
            .next_back()
            .or(self.exports_period)
            .or(self.period.as_ref().map(|held| held.what))
            .or(self.published.map(|today| Period::Year(today.year)));
        for tag in document.tags_in(Class::Cue, sentence.start, sentence.end) {
            let covered = document.periods.iter().any(|span| {
                span.start < tag.end && tag.start < span.end && reference(span.phrase).is_some()
            });
            let part = tag
                .sense
                .split_once(':')
                .and_then(|(part, number)| Some((part, number.parse().ok()?)));
            let period = match (part, year) {
                (Some(("half", half)), Some(year)) => Period::Half(year.year(), half),
                (Some(("quarter", quarter)), Some(year)) => Period::Quarter(year.year(), quarter),
                _ => continue,
            };
            let months = |(period, (start, end)): &(Period, (usize, usize))| {
                matches!(period, Period::Month(..)) && *start < tag.end && tag.start < *end
            };
            if let Some(at) = found.iter().position(months) {
                // "De janvier à juin 2025" is a half, and no June.
                found[at] = (
                    period,
                    (tag.start.min(found[at].1.0), tag.end.max(found[at].1.1)),
                );
            } else if !covered {
                found.push((period, (tag.start, tag.end)));
            }
        }
        found.sort_by_key(|(_, (start, _))| *start);
        // "Sur les deux années 2023 et 2024", "سنتي 2023 و2024": both together.
        let both = |at: usize| {
            at.checked_sub(1).is_some_and(|at| {
                matches!(
                    document.tokens[at].folded.as_str(),
                    "annees" | "years" | "exercices" | "سنتي" | "عامي"
                )
            })
        };
        if let [
            (Period::Year(first), (start, end)),
            (Period::Year(last), (from, until)),
            ..,
        ] = found[..]
            && from - end <= 1
            && first < last
            && both(start)
        {
            found.splice(0..2, [(Period::Span(first, last), (start, until))]);
        }
        found
    }
}

/// "En juin prochain", "يونيو المقبل", "next June": the first that comes after a day.
pub(super) fn coming(
    document: &Document<'_>,
    (from, until): (usize, usize),
    today: Today,
) -> Option<(Period, (usize, usize))> {
    let word = |at: usize| {
        document
            .tokens
            .get(at)
            .map_or("", |token| token.folded.as_str())
    };
    let month = |at: usize| {
        let dated = format!("{} {}", document.tokens[at].text, today.year);
        let span = language::periods(&language::tokenize(&dated), today);
        match span.first()?.phrase {
            PeriodPhrase::At(Period::Month(_, month)) => Some(month),
            _ => None,
        }
    };
    let next = |at: usize| {
        matches!(word(at + 1), "prochain" | "المقبل" | "القادم")
            || at > from && word(at - 1) == "next"
    };
    let told = |at: usize| {
        document
            .periods
            .iter()
            .any(|span| span.start <= at && at < span.end && reference(span.phrase).is_some())
    };
    (from..until)
        .filter(|at| next(*at) && !told(*at))
        .find_map(|at| {
            let month = month(at)?;
            let year = today.year + i32::from(month <= today.month);
            Some((Period::Month(year, month), (at, at + 1)))
        })
}

/// "Avant la fin de 2026", "قبل نهاية سنة 2026": in that year.
fn before_end(document: &Document<'_>, span: &PeriodSpan) -> Option<Period> {
    let ends = (span.start..span.end).any(|at| {
        matches!(
            document.tokens[at].folded.as_str(),
            "fin" | "end" | "متم" | "نهايه"
        )
    });
    match span.phrase {
        PeriodPhrase::Before(period) if ends => Some(period),
        _ => None,
    }
}

/// The period that a phrase refers a figure to; none for "since" and the like.
pub(super) fn reference(phrase: PeriodPhrase) -> Option<Period> {
    match phrase {
        PeriodPhrase::At(Period::Day(year, month, _)) => Some(Period::Month(year, month)),
        PeriodPhrase::At(period) => Some(period),
        PeriodPhrase::Between(Period::Year(first), Period::Year(last)) => {
            Some(Period::Span(first, last))
        }
        _ => None,
    }
}

/// What exports "à fin juin 2025" are of: the months since January.
pub(super) fn cumulated(
    frame: &Frame<'_, '_>,
    period: Period,
    span: Option<(usize, usize)>,
) -> Period {
    let ends = |(start, end): (usize, usize)| {
        (start.saturating_sub(2)..end).any(|at| {
            matches!(
                frame.document.tokens[at].folded.as_str(),
                "fin" | "end" | "متم" | "نهايه"
            )
        })
    };
    // "Les neuf premiers mois de 2025", "the first nine months of 2025".
    let months = |(start, _): (usize, usize)| {
        let near = start.saturating_sub(6)..start;
        let told = near.clone().any(|at| {
            let word = frame.document.tokens[at].folded.as_str();
            matches!(word, "mois" | "months" | "اشهر" | "الاشهر")
        });
        let mut numbers = frame.document.numbers.iter().filter(|_| told);
        numbers
            .find(|number| near.contains(&number.start) && !number.ordinal && number.value < 12.0)
            .map(|number| number.value as u8)
    };
    if let (Period::Year(year), Some(months)) = (period, span.and_then(months)) {
        return match months {
            3 => Period::Quarter(year, 1),
            6 => Period::Half(year, 1),
            months => Period::Month(year, months),
        };
    }
    match period {
        Period::Month(year, 3) if span.is_some_and(ends) => Period::Quarter(year, 1),
        Period::Month(year, 6) if span.is_some_and(ends) => Period::Half(year, 1),
        Period::Month(year, 12) if span.is_some_and(ends) => Period::Year(year),
        period => period,
    }
}

/// The year of a half or a quarter.
pub(super) fn whole_year(period: Period) -> Period {
    match period {
        Period::Half(year, _) | Period::Quarter(year, _) => Period::Year(year),
        period => period,
    }
}

/// The same part of another year.
pub(super) fn in_year(period: Period, year: i32) -> Period {
    match period {
        Period::Half(_, half) => Period::Half(year, half),
        Period::Quarter(_, quarter) => Period::Quarter(year, quarter),
        Period::Month(_, month) => Period::Month(year, month),
        _ => Period::Year(year),
    }
}

/// A period so much earlier: "un an plus tôt", "a quarter earlier".
pub(super) fn back(period: Period, sense: &str) -> Option<Period> {
    match (sense, period) {
        ("year_earlier", Period::Year(year)) => Some(Period::Year(year - 1)),
        ("year_earlier", Period::Half(year, half)) => Some(Period::Half(year - 1, half)),
        ("year_earlier", Period::Quarter(year, quarter)) => {
            Some(Period::Quarter(year - 1, quarter))
        }
        ("year_earlier", Period::Month(year, month)) => Some(Period::Month(year - 1, month)),
        // The academic year before.
        ("year_earlier", Period::Span(first, last)) if last == first + 1 => {
            Some(Period::Span(first - 1, first))
        }
        ("quarter_earlier", Period::Quarter(year, quarter)) if quarter > 1 => {
            Some(Period::Quarter(year, quarter - 1))
        }
        ("quarter_earlier", Period::Quarter(year, _)) => Some(Period::Quarter(year - 1, 4)),
        _ => None,
    }
}

/// The year of the census or the ranking an article tells of: the first beside its name.
pub(super) fn year_of(document: &Document<'_>, sense: &str) -> Option<Period> {
    let year = |start: usize, end: usize| {
        let mut periods = document
            .periods
            .iter()
            .filter(|span| span.start >= start && span.end <= end);
        periods
            .find_map(|span| reference(span.phrase))
            .map(|period| Period::Year(period.year()))
    };
    let told = |sentence: &&Sentence| {
        document
            .tags_in(Class::Cue, sentence.start, sentence.end)
            .any(|tag| tag.sense == sense)
    };
    let first = document.sentences.iter().find(told)?;
    let mut sentences = document.sentences.iter().filter(told);
    // "The 2023 ranking", "l'édition 2025".
    let edition = |at: usize| {
        const WORDS: [&str; 7] = [
            "rank",
            "edition",
            "index",
            "indice",
            "classement",
            "نسخ",
            "تصنيف",
        ];
        let near = at.saturating_sub(2)..(at + 3).min(document.tokens.len());
        near.into_iter().any(|at| {
            WORDS
                .iter()
                .any(|word| document.tokens[at].folded.contains(word))
        })
    };
    let behind = || match sense {
        "census" => year(first.start, document.tokens.len()),
        _ => document
            .periods
            .iter()
            .filter(|span| span.start >= first.start && edition(span.start))
            .find_map(|span| reference(span.phrase))
            .map(|period| Period::Year(period.year())),
    };
    sentences
        .find_map(|sentence| year(sentence.start, sentence.end))
        .or_else(behind)
}
