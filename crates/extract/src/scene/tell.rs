//! What one figure is of: the reading that fits, and the fact that it makes.

use language::Period;

use super::period::{back, in_year};
use super::reading::Reading;
use super::{Frame, Place, Scene, Thing, Told};
use crate::mention::{Mention, What};
use crate::rules::{self, SEGMENTS};
use crate::words::Class;
use crate::{Fact, Spans, Status};

/// "Sa maison mère": a group, and not what it has here.
pub(super) fn is_parent(frame: &Frame<'_, '_>, (start, end): (usize, usize)) -> bool {
    frame
        .document
        .tags_in(Class::Agent, start, end)
        .any(|tag| tag.sense == "parent")
}

/// A turnover in euros that is of no place: of the group.
fn is_group(frame: &Frame<'_, '_>, rule: &rules::Rule) -> bool {
    let placed = |mention: &Mention| matches!(mention.what, What::Place(_));
    rule.indicator == "company_turnover_eur" && !frame.mentions.iter().any(placed)
}

/// Whether what is exported is said to be of a part of the branch.
fn is_told_apart(reading: &Reading) -> bool {
    SEGMENTS.contains(&reading.sector)
        || reading.sector == "call_centre"
            && reading.sector_span.is_some()
            && reading.rule.indicator.starts_with("offshoring_export")
}

impl Scene<'_> {
    /// The fact that a figure states; none where it is of nothing that is measured, or where that cannot be told.
    pub(super) fn tell(&self, frame: &Frame<'_, '_>, before: &[Told]) -> Option<Told> {
        let branch = self.of_branch(frame, before);
        let branch = branch.or_else(|| self.beside(frame, before.last()?));
        if branch.is_some() {
            return branch;
        }
        let bracket = frame.earlier_in_bracket().is_some();
        let mut known = before.iter().rev().take(if bracket { 3 } else { 1 });
        if let Some(previous) = known.find(|previous| frame.is_versus(previous)) {
            return self.versus(frame, previous);
        }
        let alike = match before.last() {
            None => self.listed(frame),
            Some(previous) => self.share(frame, previous),
        };
        let alike = alike.or_else(|| self.next_share(frame, before));
        if alike.is_some() {
            return alike;
        }
        if self.is_refused(frame, before) {
            return None;
        }
        let unit = self.unit(frame)?;
        let reading = self.reading(frame, unit)?;
        let rule = reading.rule;
        let told_of = reading
            .sector_span
            .is_some_and(|(start, _)| start >= frame.sentence.start);
        if rule.names_sector && !told_of {
            return None;
        }
        let world = rule.indicator == "company_headcount_world"
            || rule.indicator.starts_with("company_turnover")
                && (self.cues(frame, None).contains(&"world") || is_group(frame, rule));
        let apart = is_told_apart(&reading);
        let subject = reading
            .subject
            .map(|(thing, span)| match is_parent(frame, span) {
                true => (thing, span),
                false => (self.of_group(thing, world), span),
            });
        let thing = subject.as_ref().map(|(thing, _)| thing.clone());
        // What a sentence says of a company or a school without a word for it is too often somebody else's.
        let unsaid = |(thing, (start, _)): &(Thing, (usize, usize))| {
            let headed = self.headed.as_ref();
            let headed = headed.is_some_and(|(line, head)| {
                *line == frame.sentence.line && self.of_group(head.clone(), false).key == thing.key
            });
            matches!(thing.kind, "organisation" | "school")
                && *start < frame.sentence.start
                && !headed
        };
        if subject.as_ref().is_some_and(unsaid) {
            return None;
        }
        let place = match self.place(frame, rule, thing.as_ref()) {
            Place {
                code: Some(code), ..
            } if code == "abroad" => return None,
            // What runs the parks of the country runs them there.
            Place { code: None, .. }
                if thing
                    .as_ref()
                    .is_some_and(|thing| thing.kind == "park_operator") =>
            {
                Place {
                    code: Some("MA".to_owned()),
                    span: None,
                }
            }
            place => place,
        };
        if thing.is_none() && place.code.is_none() || self.is_elsewhere(frame) {
            return None;
        }
        if self.is_staff_of_some(frame, rule) {
            return None;
        }
        let (period, period_span) =
            self.when(frame, rule, unit, reading.planned, thing.as_ref(), &place);
        let (period, period_span) = match self.is_earlier(frame) && period_span.is_none() {
            true => (Some(self.earlier(frame)?), None),
            false => (period, period_span),
        };
        // Of a place of another paragraph and of no time: that is a guess.
        let afar = place.span.is_some_and(|(_, end)| {
            let tokens = &frame.document.tokens;
            let from = tokens[end.saturating_sub(1)].end;
            let until = tokens[frame.figure.start].start;
            from < until && frame.document.text[from..until].contains('\n')
        });
        let elsewhere = thing
            .as_ref()
            .is_none_or(|thing| thing.kind == "organisation");
        if afar && period.is_none() && elsewhere && place.code.as_deref() != Some("MA") {
            return None;
        }
        let status = if self.is_hearsay(frame) {
            Status::Contested
        } else if reading.planned
            || rule.to_come
            || period.is_some_and(|period| self.is_future(period))
        {
            Status::Target
        } else {
            Status::Achieved
        };
        let (producer, producer_span) = self.producer(frame);
        let told = |span: Option<(usize, usize)>| span.map(|(start, end)| frame.span(start, end));
        let fact = Fact {
            indicator: rule.indicator.clone(),
            territory: place.code,
            activity: (rule.segments && apart).then(|| reading.sector.to_owned()),
            // An agreement that nobody knows has no key.
            subject: thing.filter(|thing| !thing.key.is_empty()),
            period,
            value: frame.figure.value,
            value_max: frame.figure.value_max,
            wording: frame.figure.wording,
            status,
            producer,
            spans: Spans {
                value: frame.span(frame.figure.start, frame.figure.end),
                quantity: told(reading.quantity_span),
                territory: told(place.span),
                subject: told(subject.map(|(_, span)| span)),
                activity: told(reading.sector_span),
                period: told(period_span),
                producer: told(producer_span),
                sentence: frame.span(frame.sentence.start, frame.sentence.end),
            },
        };
        Some(Told {
            quantity: reading.quantity,
            unit,
            versus: false,
            fact,
        })
    }

    /// "Un an plus tôt, elles se situaient à 13,41 milliards": the time before that of the last figure.
    fn earlier(&self, frame: &Frame<'_, '_>) -> Option<Period> {
        let (_, last) = self.last.as_ref()?;
        let mut cues = frame
            .document
            .tags_in(Class::Cue, frame.sentence.start, frame.figure.start);
        let cue = cues.find(|tag| tag.sense.ends_with("_earlier"))?;
        back(last.fact.period?, cue.sense)
    }

    /// In an article on another country, what is said of no place here.
    fn is_elsewhere(&self, frame: &Frame<'_, '_>) -> bool {
        let here = |mention: &Mention| match &mention.what {
            What::Place(code) => code != "abroad",
            What::Thing(thing) => thing.kind != "agreement",
            _ => false,
        };
        self.foreign && !frame.mentions.iter().any(here)
    }

    /// The unit of a figure: millions without one are of the money last spoken of.
    fn unit(&self, frame: &Frame<'_, '_>) -> Option<&'static str> {
        let counted = frame
            .figure
            .quantities
            .iter()
            .any(|tag| rules::measures(tag.sense, "large"));
        match frame.figure.unit {
            "large" if !counted => self.money,
            unit => Some(unit),
        }
    }

    /// The same as the figure before it, at another time.
    fn versus(&self, frame: &Frame<'_, '_>, previous: &Told) -> Option<Told> {
        // "From 26.2 billion the previous year": counted from the figure before, and not from the day of the article.
        let relative = |(_, (start, end)): &(Period, (usize, usize))| {
            let mut cues = frame.document.tags_in(
                Class::Cue,
                frame.figure.end,
                (end + 2).min(frame.sentence.end),
            );
            cues.any(|tag| tag.sense.ends_with("_earlier") && tag.start < *end && *start < tag.end)
        };
        let own = self
            .period_near(frame)
            .filter(|near| !relative(near) || previous.fact.period.is_none())
            .or_else(|| frame.dated());
        let earlier = || {
            let behind = || {
                let cues = frame
                    .document
                    .tags_in(Class::Cue, frame.figure.end, frame.sentence.end);
                let mut earlier = cues.clone().filter(|tag| tag.sense.ends_with("_earlier"));
                earlier.next().or(cues.clone().next())
            };
            if let Some(years) = frame.years_before() {
                return Some(Period::Year(previous.fact.period?.year() - years));
            }
            let cue = frame.earlier_in_bracket().or_else(behind)?;
            if cue.sense != "years_earlier" {
                // "Emploie désormais 1.250 personnes, contre 900 il y a un an": counted from the day of the article.
                let word = |at: usize| frame.document.tokens[at].folded.as_str();
                let ago = word(cue.start) == "il" || word(cue.end - 1) == "ago";
                let today = || {
                    let today = self.published.filter(|_| ago)?;
                    Some(Period::Year(today.year))
                };
                return back(previous.fact.period.or_else(today)?, cue.sense);
            }
            // "Contre 14.900 trois ans plus tôt".
            let years = frame
                .document
                .numbers
                .iter()
                .find(|number| number.start >= frame.figure.end && number.end == cue.start)?;
            let from = previous.fact.period?.year();
            (1.0..=30.0)
                .contains(&years.value)
                .then(|| Period::Year(from - years.value as i32))
        };
        let same = frame
            .document
            .tags_in(Class::Cue, frame.figure.end, frame.until)
            .any(|tag| matches!(tag.sense, "same_part" | "same_time"));
        // "Contre 21,3% à l'échelle nationale": another place at the same time.
        let (piece, until) = frame.document.piece(frame.sentence, frame.figure.start);
        let place = frame
            .mentions
            .iter()
            .find_map(|mention| match &mention.what {
                What::Place(code)
                    if mention.start >= piece && mention.end <= until && code != "abroad" =>
                {
                    Some(code.clone())
                }
                _ => None,
            });
        // "70 dirhams, contre 130 à Casablanca": of no park that is named.
        let other = place
            .as_ref()
            .is_some_and(|place| previous.fact.territory.as_ref() != Some(place));
        if other
            && previous
                .fact
                .subject
                .as_ref()
                .is_some_and(|thing| thing.kind == "park")
        {
            return None;
        }
        let elsewhere = place.filter(|place| {
            previous.fact.territory.as_ref() != Some(place) && previous.fact.subject.is_none()
        });
        let (period, span) = match own {
            None if elsewhere.is_some() => (previous.fact.period, None),
            // "Contre 6,8 au même trimestre de 2024".
            Some((Period::Year(year), span)) if same => (
                previous.fact.period.map(|period| in_year(period, year)),
                Some(span),
            ),
            Some((period, span)) => (Some(period), Some(span)),
            None => (Some(earlier()?), None),
        };
        let mut told = previous.clone();
        told.versus = true;
        if elsewhere.is_some() {
            told.fact.territory = elsewhere;
        }
        told.fact.period = period;
        told.fact.value = frame.figure.value;
        told.fact.value_max = frame.figure.value_max;
        told.fact.wording = frame.figure.wording;
        told.fact.status = Status::Achieved;
        told.fact.spans.value = frame.span(frame.figure.start, frame.figure.end);
        told.fact.spans.period = span.map(|(start, end)| frame.span(start, end));
        Some(told)
    }
}
