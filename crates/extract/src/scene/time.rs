//! When a figure refers to.

use language::{Period, PeriodPhrase};

use super::clause::{is_owned, is_relative, turns};
use super::period::{coming, cumulated, reference, whole_year};
use super::place::is_city;
use super::reading::is_domestic;
use super::tense::{inserted, is_present, is_start, is_yearly, tells_now};
use super::{Frame, Place, Scene, Thing};
use crate::Status;
use crate::rules::Rule;
use crate::words::Class;

impl Scene<'_> {
    /// When a figure refers to, and where that is said.
    pub(super) fn when(
        &self,
        frame: &Frame<'_, '_>,
        rule: &Rule,
        unit: &str,
        planned: bool,
        thing: Option<&Thing>,
        place: &Place,
    ) -> (Option<Period>, Option<(usize, usize)>) {
        // "Will move its 520 employees in the third quarter": those it has.
        if is_owned(frame) && self.is_planned_around(frame) {
            return (None, None);
        }
        let of_place = thing.is_none() && !rule.indicator.starts_with("hcp_");
        let mut found = self.period(frame, place, thing, of_place);
        // What is invested or built is not for the horizon of the jobs told before it.
        let apart =
            planned && matches!(unit, "mad" | "eur" | "m2") && !rule.indicator.contains("export");
        if apart
            && found.1.is_some_and(|(start, end)| {
                // "15.000 m² en 2027 et coûtera 200 millions": of the figure before.
                let theirs = frame.first <= start && turns(frame.document, end, frame.figure.start);
                end <= frame.figure.start && (theirs || self.is_horizon(frame, start, end))
            })
        {
            found = (None, None);
        }
        if planned && found.0.is_none() {
            let beside = (frame.figure.end, frame.until);
            let next = self
                .published
                .and_then(|today| coming(frame.document, beside, today));
            found = next.map_or(found, |(period, span)| (Some(period), Some(span)));
        }
        if planned && found.0.is_none() && !apart {
            found = self.horizon(frame, thing);
        }
        // "Up 3.6% from the same period of 2024": that is what it is held against.
        let against = unit == "growth"
            && found.1.is_some_and(|(start, _)| {
                let document = frame.document;
                let versus = document
                    .tags_in(Class::Versus, frame.figure.end, start)
                    .next()
                    .is_some();
                document
                    .tags_in(Class::Cue, frame.figure.end, frame.sentence.end)
                    .filter(|tag| tag.start < start)
                    .any(|tag| match tag.sense {
                        "same_time" => versus,
                        sense => matches!(sense, "same_part" | "year_earlier"),
                    })
            });
        // What a census counted is of its year, whatever was spoken of before.
        let told_before = self.census_year.is_some()
            && rule.indicator.starts_with("hcp_")
            && found
                .1
                .is_some_and(|(start, _)| start < frame.sentence.start);
        let (period, span) = if against || told_before {
            (None, None)
        } else {
            found
        };
        let whole = || {
            self.periods(frame.document, frame.sentence)
                .into_iter()
                .next()
                .map(|(period, _)| period)
        };
        let plan = thing
            .filter(|thing| thing.kind == "plan")
            .and_then(|plan| self.known.plans.get(&plan.key))
            .copied();
        let period = period
            .or_else(|| self.year_end(frame, "year_end").filter(|_| planned))
            .or_else(|| self.year_end(frame, "this_year"))
            .or_else(|| self.began(frame))
            .or_else(|| match plan.filter(|_| planned)? {
                // What a plan aims at it aims at for its last year.
                Period::Span(_, end) | Period::Year(end) => Some(Period::Year(end)),
                _ => None,
            })
            .or_else(|| whole().filter(|_| unit == "growth"));
        let period = match rule.indicator.as_str() {
            indicator if indicator.starts_with("gsli_") => period.or(self.index_year),
            indicator if indicator.starts_with("hcp_") => period
                .map(|period| match period {
                    Period::Quarter(..) | Period::Half(..) => period,
                    period => Period::Year(period.year()),
                })
                .or(self
                    .rate_period
                    .filter(|_| matches!(indicator, "hcp_unemployment_rate" | "hcp_activity_rate")))
                .or(self.census_year),
            indicator if indicator.starts_with("offshoring_export") => period
                .map(|period| cumulated(frame, period, span))
                .or(self.exports_period),
            // What a plan holds is of the years it is for.
            indicator if indicator.starts_with("pdr_") => plan.or(period),
            _ => period,
        };
        (period, span)
    }

    /// "131.000 m² et dix mille emplois à l'horizon 2015": one horizon for all that is planned, in a sentence or a list.
    fn horizon(
        &self,
        frame: &Frame<'_, '_>,
        thing: Option<&Thing>,
    ) -> (Option<Period>, Option<(usize, usize)>) {
        let ahead = self
            .periods(frame.document, frame.sentence)
            .into_iter()
            .find(|(_, (start, end))| {
                *start >= frame.figure.end && self.is_horizon(frame, *start, *end)
            });
        if let Some((period, span)) = ahead {
            return (Some(period), Some(span));
        }
        // What one company plans for a year another need not.
        let of_company =
            |thing: Option<&Thing>| thing.is_some_and(|thing| thing.kind == "organisation");
        let listed = self.aim.as_ref().filter(|(line, told)| {
            let near = *line == frame.sentence.line || self.signed;
            near && line + 3 >= frame.sentence.line
                && told.fact.status == Status::Target
                && told.fact.subject.as_ref() != thing
                && (self.signed || !(of_company(told.fact.subject.as_ref()) && of_company(thing)))
        });
        (listed.and_then(|(_, told)| told.fact.period), None)
    }

    /// "D'ici la fin de l'année", "l'exercice en cours": of the article.
    fn year_end(&self, frame: &Frame<'_, '_>, sense: &str) -> Option<Period> {
        let said = frame
            .document
            .tags_in(Class::Cue, frame.since, frame.until)
            .any(|tag| tag.sense == sense);
        self.published
            .filter(|_| said)
            .map(|today| Period::Year(today.year))
    }

    /// "Un an plus tôt, elles se situaient à 13,41 milliards": counted from what was told last.
    pub(super) fn is_earlier(&self, frame: &Frame<'_, '_>) -> bool {
        let (document, start) = (frame.document, frame.figure.start);
        document
            .tags_in(Class::Cue, frame.sentence.start, start)
            .any(|tag| tag.sense.ends_with("_earlier") && tag.start <= frame.sentence.start + 3)
            && frame.figure.unit != "growth"
    }

    /// "Ouvert en 2015 avec 70 étudiants".
    fn began(&self, frame: &Frame<'_, '_>) -> Option<Period> {
        // "Installé depuis 2018, le groupe a démarré avec 50 personnes".
        if is_start(frame) {
            let mut spans = frame.document.periods.iter();
            return spans.find_map(|span| match span.phrase {
                PeriodPhrase::Since(period) if span.end <= frame.figure.start => Some(period),
                _ => None,
            });
        }
        let mut words = frame.figure.start.saturating_sub(3)..frame.figure.start;
        if !words.any(|at| matches!(frame.document.tokens[at].folded.as_str(), "avec" | "with")) {
            return None;
        }
        let (clause, _) = frame.document.clause(frame.sentence, frame.figure.start);
        let mut periods = frame.document.periods.iter().rev();
        let began = periods.find(|span| span.start >= clause && span.end <= frame.figure.start)?;
        reference(began.phrase)
    }

    /// The time told beside the figure.
    pub(super) fn period_near(&self, frame: &Frame<'_, '_>) -> Option<(Period, (usize, usize))> {
        let told = self.periods(frame.document, frame.sentence);
        // "Qu'en 2024 (1.850)": of the figure in the brackets.
        let theirs = |end: usize| {
            end == frame.until
                && end < frame.sentence.end
                && frame.document.gap(end - 1).contains('(')
        };
        let closed = inserted(frame);
        told.into_iter().find(|(_, (start, end))| {
            *start >= frame.figure.end
                && *end <= closed.unwrap_or(frame.until).min(frame.until)
                && !self.is_far(frame, *start)
                && !turns(frame.document, frame.figure.end, *start)
                && !theirs(*end)
        })
    }

    /// A semicolon or a full clause stands between.
    pub(super) fn is_far(&self, frame: &Frame<'_, '_>, start: usize) -> bool {
        (frame.figure.end..start).any(|at| frame.document.gap(at.max(1) - 1).contains([';', '؛']))
    }

    fn period(
        &self,
        frame: &Frame<'_, '_>,
        place: &Place,
        thing: Option<&Thing>,
        of_place: bool,
    ) -> (Option<Period>, Option<(usize, usize)>) {
        let code = place.code.as_deref();
        if let Some((period, span)) = self.passage(frame) {
            return (Some(period), span);
        }
        if let Some((period, span)) = self.period_near(frame) {
            return (Some(period), Some(span));
        }
        // What is threatened is so now.
        let threatened = self.change(frame) == Some("threatened");
        if is_yearly(frame) || is_present(frame) || threatened {
            return (None, None);
        }
        let (clause, clause_end) = frame.document.clause(frame.sentence, frame.figure.start);
        let now = frame.document.periods.iter().any(|span| {
            matches!(span.phrase, PeriodPhrase::Now)
                && span.start >= clause
                && span.end <= clause_end
        });
        let told = self.periods(frame.document, frame.sentence);
        let theirs = |start: usize| {
            let held_against = |(from, until): &(usize, usize)| *from <= start && start < *until;
            frame.against.iter().any(held_against)
        };
        // "20.000 emplois en 2030 », a dit …, qui rappelle que la région représente 9%": what is told as it is has a time of its own.
        let of_earlier = |start: usize, end: usize| {
            let from = frame.asserted().max(frame.intended());
            from.is_some_and(|from| frame.first <= start && end <= from)
        };
        // "Vise 1.000 emplois en 2025, précisant que la société en compte 1.300".
        let aimed = |period: Period, end: usize| {
            self.is_future(period) && frame.stated().is_some_and(|from| end <= from)
        };
        let before = told.into_iter().rfind(|(period, (start, end))| {
            *end <= frame.figure.start
                && !theirs(*start)
                && !of_earlier(*start, *end)
                && !aimed(*period, *end)
                && !is_relative(frame.document, frame.sentence, *start, frame.figure.start)
        });
        // "Le parc n'en totalise pour l'heure que six cents".
        let now = now
            || frame
                .document
                .tags_in(Class::Cue, frame.since.max(clause), frame.figure.start)
                .any(|tag| tag.sense == "now");
        if now {
            return (None, None);
        }
        if let Some((period, span)) = before {
            return (Some(period), Some(span));
        }
        // A rank is told as it is, unless its own clause says when.
        let same = frame
            .document
            .tags_in(Class::Cue, frame.sentence.start, frame.sentence.end)
            .filter(|tag| {
                frame.figure.unit != "rank" || tag.start >= clause && tag.end <= clause_end
            })
            .any(|tag| tag.sense == "same_time");
        match &self.period {
            // The time goes on with the place: a sentence that names another place, or none of a time, starts anew.
            // A stock goes on from a quarter as one of its year.
            // "Suivie de Rabat, deuxième. … Tanger occupe le quatrième rang": of one time.
            _ if frame.figure.unit == "rank" && !same => {
                let ranked = |told: &&super::Told| {
                    told.fact.indicator == "offshoring_rank_national" && is_domestic(frame)
                };
                let listed = self.last.as_ref().map(|(line, _)| *line) == Some(frame.sentence.line);
                let before = self.told.iter().find(ranked).filter(|_| listed);
                (before.and_then(|told| told.fact.period), None)
            }
            // "Stood at 24.6% in 2024. … counts 41 centres": what is told as it is.
            _ if !same && tells_now(frame) => (None, None),
            // What is to come is no time of what a later sentence tells.
            Some(held)
                if !same && self.is_future(held.what) && held.line != frame.sentence.line =>
            {
                (None, None)
            }
            Some(held)
                if same
                    || thing == self.period_thing.as_ref()
                        && place
                            .span
                            .is_some_and(|(start, _)| start < frame.sentence.start)
                        && held.line + 1 >= frame.sentence.line =>
            {
                (Some(whole_year(held.what)), Some(held.span))
            }
            // The same place in the same paragraph.
            Some(held)
                if of_place
                    && code.is_some_and(is_city)
                    && code == self.period_place.as_deref()
                    && held.line == frame.sentence.line =>
            {
                (Some(held.what), Some(held.span))
            }
            _ => (None, None),
        }
    }

    /// "Passé de 45% à 70% entre 2023 et 2025": the first of the first year, the second of the last.
    pub(super) fn passage(
        &self,
        frame: &Frame<'_, '_>,
    ) -> Option<(Period, Option<(usize, usize)>)> {
        let word = |at: Option<usize>| {
            let token = at.and_then(|at| frame.document.tokens.get(at));
            token.map_or("", |token| token.folded.as_str())
        };
        let (start, end) = (frame.figure.start, frame.figure.end);
        let to = |at: usize| matches!(word(Some(at)), "a" | "to" | "الي");
        let from = |at: usize| {
            let before = word(at.checked_sub(1));
            matches!(before, "de" | "d" | "from" | "من")
        };
        let first = from(start) && to(end) && frame.until == end + 1;
        let last = frame.since + 1 == start && to(frame.since);
        if !first && !last {
            return None;
        }
        // "De 64.112 à 76.830 entre les deux recensements": ten years lie between.
        let censuses = frame
            .document
            .tags_in(Class::Cue, frame.sentence.start, frame.sentence.end)
            .any(|tag| tag.sense == "both_censuses");
        if let Some(year) = self.census_year.filter(|_| censuses) {
            let years = if first { 10 } else { 0 };
            return Some((Period::Year(year.year() - years), None));
        }
        let mut spans = frame.document.periods.iter();
        let span = spans.find(|span| {
            span.start >= end
                && span.end <= frame.sentence.end
                && matches!(span.phrase, PeriodPhrase::Between(..))
        })?;
        let PeriodPhrase::Between(earlier, later) = span.phrase else {
            return None;
        };
        let period = if first { earlier } else { later };
        Some((period, Some((span.start, span.end))))
    }

    /// "D'ici 2027", "by 2030".
    pub(super) fn is_horizon(&self, frame: &Frame<'_, '_>, start: usize, end: usize) -> bool {
        let by = |at: usize| {
            matches!(
                frame.document.tokens[at].folded.as_str(),
                "by" | "ici" | "horizon" | "بحلول" | "افق" | "within"
            )
        };
        (start.saturating_sub(2)..end).any(by)
    }

    pub(super) fn is_future(&self, period: Period) -> bool {
        self.published
            .is_some_and(|today| period.first_year() > today.year)
    }
}
