//! Periods in words, in every language form, counted from a given day.

use crate::calendar::{self, Entry, Kind};
use crate::date::{date, part_period, short_part, year, year_text};
use crate::number::{NumberForm, NumberSpan, number_at};
use crate::period::{Period, Today, YEARS};
use crate::token::Token;

/// What a sentence says about time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodPhrase {
    /// en 2019, in March 2019.
    At(Period),
    /// depuis 2015: from then on, the period included.
    Since(Period),
    /// avant 2015: the period excluded.
    Before(Period),
    /// jusqu'en 2019: the period included.
    Until(Period),
    /// après 2015: the period excluded.
    After(Period),
    /// entre 2015 et 2019, 2015-2019: both included, in order of time.
    Between(Period, Period),
    /// actuel, latest, دابا.
    Now,
    /// The last n years.
    LastYears(u16),
}

/// A phrase about time and the tokens it covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeriodSpan {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// Its meaning.
    pub phrase: PeriodPhrase,
    /// Four digits alone, without "en", "سنة" …: before a unit it may be a quantity.
    pub bare: bool,
}

/// Every phrase about time in a text, from left to right, without overlaps.
pub fn periods(tokens: &[Token], today: Today) -> Vec<PeriodSpan> {
    let starts = tokens
        .iter()
        .map(|token| calendar::starting_with(&token.folded))
        .collect();
    let numbers = (0..tokens.len()).map(|at| number_at(tokens, at)).collect();
    let reader = Reader {
        tokens,
        starts,
        numbers,
        today,
    };
    let mut spans = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match reader.phrase(at) {
            Some((end, phrase, bare)) => {
                spans.push(PeriodSpan {
                    start: at,
                    end,
                    phrase,
                    bare,
                });
                at = end;
            }
            None => at += 1,
        }
    }
    spans
}

struct Reader<'a> {
    tokens: &'a [Token],
    /// Phrases that begin with the word of each token.
    starts: Vec<&'static [Entry]>,
    /// The number that begins at each token.
    numbers: Vec<Option<NumberSpan>>,
    today: Today,
}

type Found = (usize, PeriodPhrase, bool);

impl Reader<'_> {
    /// Where the longest phrase of this kind that starts here ends.
    fn skip(&self, kind: Kind, at: usize) -> Option<usize> {
        let entries = self.starts.get(at)?;
        let rest = &self.tokens[at + 1..];
        entries
            .iter()
            .filter(|(k, words)| {
                *k == kind
                    && words.len() <= rest.len()
                    && words
                        .iter()
                        .zip(rest)
                        .all(|(word, token)| *word == token.folded)
            })
            .map(|(_, words)| at + 1 + words.len())
            .max()
    }

    fn number(&self, at: usize) -> Option<NumberSpan> {
        self.numbers.get(at).copied().flatten()
    }

    fn phrase(&self, at: usize) -> Option<Found> {
        self.range(at)
            .or_else(|| self.relative(at))
            .or_else(|| self.open(at))
            .or_else(|| self.single(at))
    }

    fn range(&self, at: usize) -> Option<Found> {
        if let Some(next) = self.skip(Kind::Between, at)
            && let Some((next, first)) = self.dated(next)
            && let Some(next) = self
                .skip(Kind::And, next)
                .or_else(|| self.skip(Kind::To, next))
            && let Some((end, last)) = self.dated(next)
        {
            return Some((end, between(first, last), false));
        }
        let from = self.skip(Kind::From, at);
        let (next, first) = self.dated(from.unwrap_or(at))?;
        let next = self.skip(Kind::To, next)?;
        let (end, last) = self.dated(next)?;
        Some((end, between(first, last), false))
    }

    fn open(&self, at: usize) -> Option<Found> {
        let compared = at > 0 && self.skip(Kind::Other, at - 1) == Some(at);
        let kinds = [
            Kind::Since,
            Kind::From,
            Kind::After,
            Kind::Before,
            Kind::Until,
        ];
        for kind in kinds {
            let Some(next) = self.skip(kind, at) else {
                continue;
            };
            if kind == Kind::Since
                && let Some((years, end)) = self.years(next)
            {
                return Some((end, PeriodPhrase::LastYears(years), false));
            }
            if kind == Kind::From
                && (compared || matches!(self.tokens[at].folded.as_str(), "de" | "du" | "d"))
            {
                continue;
            }
            if let Some((end, period)) = self.dated(next) {
                let phrase = match kind {
                    Kind::After => PeriodPhrase::After(period),
                    Kind::Before => PeriodPhrase::Before(period),
                    Kind::Until => PeriodPhrase::Until(period),
                    _ => PeriodPhrase::Since(period),
                };
                return Some((end, phrase, false));
            }
        }
        None
    }

    fn single(&self, at: usize) -> Option<Found> {
        let (end, period) = self.dated(at)?;
        let hyphen = self.tokens[end - 1].text.contains(['-', '–']);
        let phrase = match period {
            Period::Span(first, last) if hyphen => {
                PeriodPhrase::Between(Period::Year(first), Period::Year(last))
            }
            period => PeriodPhrase::At(period),
        };
        Some((
            end,
            phrase,
            end == at + 1 && matches!(period, Period::Year(_)),
        ))
    }

    fn relative(&self, at: usize) -> Option<Found> {
        let inside = self.skip(Kind::In, at).unwrap_or(at);
        let year = self.today.year;
        for (kind, year) in [
            (Kind::LastYear, year - 1),
            (Kind::ThisYear, year),
            (Kind::NextYear, year + 1),
        ] {
            if let Some(end) = self.skip(kind, inside) {
                return Some((end, PeriodPhrase::At(Period::Year(year)), false));
            }
        }
        if let Some(end) = self.skip(Kind::RecentYears, inside) {
            return Some((end, PeriodPhrase::LastYears(5), false));
        }
        if let Some(end) = self.skip(Kind::Now, at) {
            return Some((end, PeriodPhrase::Now, false));
        }
        if let Some(next) = self.skip(Kind::Ago, at)
            && let Some((years, end)) = self.years(next)
        {
            return Some((
                end,
                PeriodPhrase::At(Period::Year(year - i32::from(years))),
                false,
            ));
        }
        if let Some((years, end)) = self.years(at)
            && let Some(end) = self.skip(Kind::AgoAfter, end)
        {
            return Some((
                end,
                PeriodPhrase::At(Period::Year(year - i32::from(years))),
                false,
            ));
        }
        self.last_years(inside)
    }

    /// the last five years, les cinq dernières années, آخر 5 سنوات, السنوات الخمس الأخيرة.
    fn last_years(&self, at: usize) -> Option<Found> {
        let found = |years, end| Some((end, PeriodPhrase::LastYears(years), false));
        if let Some(next) = self.skip(Kind::Last, at) {
            let (years, end) = self.years(next)?;
            return found(years, self.skip(Kind::Last, end).unwrap_or(end));
        }
        if let Some((count, next)) = self.count(at)
            && let Some(next) = self.skip(Kind::Last, next)
            && let Some(end) = self.skip(Kind::Years, next)
        {
            return found(count, end);
        }
        let next = self.skip(Kind::Years, at)?;
        let (count, next) = self.count(next)?;
        found(count, self.skip(Kind::Last, next)?)
    }

    fn years(&self, at: usize) -> Option<(u16, usize)> {
        let (count, next) = self.count(at)?;
        Some((count, self.skip(Kind::Years, next)?))
    }

    fn count(&self, at: usize) -> Option<(u16, usize)> {
        let number = self.number(at)?;
        let whole = number.value >= 1.0
            && number.value <= 200.0
            && number.value.fract() == 0.0
            && !number.ordinal;
        whole.then_some((number.value as u16, number.end))
    }

    /// A calendar period with the words that may stand before it: in, en, سنة, fin, the year.
    fn dated(&self, at: usize) -> Option<(usize, Period)> {
        let mut next = at;
        let mut named = false;
        for step in 0..5 {
            if let Some(found) = self.core(next, named) {
                return Some(found);
            }
            let skipped = self
                .skip(Kind::In, next)
                .or_else(|| self.skip(Kind::Edge, next))
                .or_else(|| {
                    if step > 0 {
                        self.skip(Kind::Of, next)
                    } else {
                        None
                    }
                });
            next = match skipped {
                Some(end) => end,
                None => {
                    named = true;
                    self.skip(Kind::YearWord, next)?
                }
            };
        }
        None
    }

    fn core(&self, at: usize, named: bool) -> Option<(usize, Period)> {
        let token = self.tokens.get(at)?;
        if let Some(period) = date(token) {
            return Some((at + 1, period));
        }
        if let Some(found) = self.part_of_year(at) {
            return Some(found);
        }
        if let Some(found) = self.month(at) {
            return Some(found);
        }
        if let Some(year) = year(token) {
            if let Some((half, part)) = short_part(self.tokens.get(at + 1))
                && year_text(&token.folded).is_some()
            {
                return Some((at + 2, part_period(half, year, part)));
            }
            return Some((at + 1, Period::Year(year)));
        }
        if named {
            let number = self
                .number(at)
                .filter(|n| n.form == NumberForm::Words && !n.ordinal)?;
            let year = number.value as i32;
            return (YEARS.contains(&year) && number.value.fract() == 0.0)
                .then_some((number.end, Period::Year(year)));
        }
        None
    }

    /// premier semestre 2025, S1 de 2025, النصف الأول من سنة 2025, third quarter of 2024, semestre 1 2025.
    fn part_of_year(&self, at: usize) -> Option<(usize, Period)> {
        if let Some(found) = self.months_of_year(at) {
            return Some(found);
        }
        let (half, part, next) = if let Some((half, part)) = short_part(self.tokens.get(at)) {
            (half, part, at + 1)
        } else {
            let unit = |at| {
                self.skip(Kind::Half, at)
                    .map(|end| (true, end))
                    .or_else(|| self.skip(Kind::Quarter, at).map(|end| (false, end)))
            };
            let count = |at| {
                self.number(at)
                    .filter(|n| n.end == at + 1 && (1.0..=4.0).contains(&n.value))
            };
            if let Some((half, next)) = unit(at) {
                match (count(next), self.skip(Kind::Last, next)) {
                    (Some(position), _) => (half, position.value as u8, next + 1),
                    (None, Some(end)) => (half, last_part(half), end),
                    (None, None) => return None,
                }
            } else if let Some((half, next)) = self.skip(Kind::Last, at).and_then(unit) {
                (half, last_part(half), next)
            } else {
                let position = count(at)?;
                let (half, next) = unit(position.end)?;
                (half, position.value as u8, next)
            }
        };
        if half && part > 2 {
            return None;
        }
        let (end, year) = self.year_after(next)?;
        Some((end, part_period(half, year, part)))
    }

    /// les six premiers mois de 2025, the last three months of 2024, الأشهر الستة الأولى من 2025, sitt chhour lowla d 2025.
    fn months_of_year(&self, at: usize) -> Option<(usize, Period)> {
        const WORDS: usize = 5;
        let (mut next, mut many, mut first, mut months) = (at, None, None, false);
        while next < at + WORDS && !(many.is_some() && first.is_some() && months) {
            let number = self
                .number(next)
                .filter(|n| n.end == next + 1 && !n.ordinal);
            if let Some(end) = self.skip(Kind::Months, next) {
                (months, next) = (true, end);
            } else if let Some(number) = number.filter(|n| n.value == 6.0 || n.value == 3.0) {
                (many, next) = (Some(number.value), number.end);
            } else if let Some(end) = self.skip(Kind::First, next) {
                (first, next) = (Some(true), end);
            } else if let Some(end) = self.skip(Kind::Last, next) {
                (first, next) = (Some(false), end);
            } else {
                next = self.skip(Kind::Article, next)?;
            }
        }
        let half = many? == 6.0;
        let part = if first? { 1 } else { last_part(half) };
        let (end, year) = self.year_after(next).filter(|_| months)?;
        Some((end, part_period(half, year, part)))
    }

    /// mars 2019, 18 décembre 2020, December 18, 2020.
    fn month(&self, at: usize) -> Option<(usize, Period)> {
        let month_at = |at: usize| {
            self.starts
                .get(at)?
                .iter()
                .find_map(|(kind, rest)| match kind {
                    Kind::Month(month) if rest.is_empty() => Some(*month),
                    _ => None,
                })
        };
        let day_at = |at: usize| {
            let folded = self
                .tokens
                .get(at)?
                .folded
                .trim_end_matches(|c: char| c.is_ascii_lowercase());
            folded
                .parse::<u8>()
                .ok()
                .filter(|day| (1..=31).contains(day))
        };
        if let Some(month) = month_at(at) {
            if let Some(day) = day_at(at + 1)
                && let Some((end, year)) = self.year_after(at + 2)
            {
                return Some((end, Period::Day(year, month, day)));
            }
            let (end, year) = self.year_after(at + 1)?;
            return Some((end, Period::Month(year, month)));
        }
        let day = day_at(at)?;
        let next = self.skip(Kind::Of, at + 1).unwrap_or(at + 1);
        let month = month_at(next)?;
        let (end, year) = self.year_after(next + 1)?;
        Some((end, Period::Day(year, month, day)))
    }

    fn year_after(&self, at: usize) -> Option<(usize, i32)> {
        let mut next = at;
        for kind in [Kind::Of, Kind::In, Kind::YearWord] {
            next = self.skip(kind, next).unwrap_or(next);
        }
        Some((next + 1, year(self.tokens.get(next)?)?))
    }
}

/// The last half or quarter of a year.
fn last_part(half: bool) -> u8 {
    if half { 2 } else { 4 }
}

fn between(first: Period, last: Period) -> PeriodPhrase {
    if last.months() < first.months() {
        PeriodPhrase::Between(last, first)
    } else {
        PeriodPhrase::Between(first, last)
    }
}
