//! The figures of a table.

use language::Period;

use super::period::reference;
use super::{Scene, Thing};
use crate::document::{Document, Sentence};
use crate::figure;
use crate::mention::{self, What};
use crate::rules::{self, Rule, Said};
use crate::table::Table;
use crate::words::Class;
use crate::{Fact, Span, Spans, Status};

/// Whether a sentence has figures of its own, so that it is no caption.
fn counts(document: &Document<'_>, sentence: &Sentence) -> bool {
    document.numbers.iter().any(|number| {
        let dated = document
            .periods
            .iter()
            .any(|span| span.start <= number.start && number.end <= span.end);
        sentence.start <= number.start && number.end <= sentence.end && !dated && !number.weak
    })
}

impl Scene<'_> {
    /// The facts of a table.
    pub fn read_table(&mut self, document: &Document<'_>, table: &Table) -> Vec<Fact> {
        // "Source : MEDZ, 2020", right above or below.
        let beside = |sentence: &&Sentence| {
            sentence.line + 1 == table.lines.0 || sentence.line == table.lines.1 + 1
        };
        let short = |sentence: &&Sentence| sentence.end - sentence.start < 25;
        let from = document
            .sentences
            .partition_point(|sentence| sentence.line + 1 < table.lines.0);
        let until = document
            .sentences
            .partition_point(|sentence| sentence.line <= table.lines.1 + 1);
        let caption = document.sentences[from..until]
            .iter()
            .rev()
            .filter(beside)
            .filter(short)
            .filter(|sentence| !counts(document, sentence))
            .find_map(|sentence| {
                let (period, (start, end)) = self
                    .periods(&document.within(*sentence), *sentence)
                    .into_iter()
                    .last()?;
                Some((period, (start, end)))
            });
        let mut facts = Vec::new();
        let last = table.heading.len() - 1;
        let headings = document.within(Sentence {
            start: table.heading[0].start,
            end: table.heading[last].end,
            line: table.lines.0,
        });
        if table.across {
            return self.read_across(document, table, caption);
        }
        let places: Vec<_> = table
            .heading
            .iter()
            .map(|cell| {
                let cell = Sentence {
                    start: cell.start,
                    end: cell.end,
                    line: table.lines.0,
                };
                let mentions = mention::mentions(&document.within(cell), self, cell);
                mentions.iter().find_map(|mention| match &mention.what {
                    What::Place(code) => Some((code.clone(), (mention.start, mention.end))),
                    _ => None,
                })
            })
            .collect();
        for row in &table.rows {
            let whole = Sentence {
                start: row[0].start,
                end: row[row.len() - 1].end,
                line: table.lines.0,
            };
            let first = Sentence {
                start: row[0].start,
                end: row[0].end,
                line: table.lines.0,
            };
            let mentions = mention::mentions(&document.within(first), self, first);
            let thing = mentions.iter().find_map(|mention| match &mention.what {
                What::Thing(thing) => Some((thing.clone(), (mention.start, mention.end))),
                _ => None,
            });
            let place = mentions.iter().find_map(|mention| match &mention.what {
                What::Place(code) => Some((code.clone(), (mention.start, mention.end))),
                _ => None,
            });
            // "2024 | 43": a row of a year, under what is counted and where.
            let time = self
                .periods(&document.within(first), first)
                .into_iter()
                .next();
            if thing.is_none() && place.is_none() && time.is_none() {
                continue;
            }
            for (at, (heading, cell)) in table.heading.iter().zip(row).enumerate().skip(1) {
                let place = place.clone().or(places[at].clone());
                if thing.is_none() && place.is_none() {
                    continue;
                }
                let cell = Sentence {
                    start: cell.start,
                    end: cell.end,
                    line: table.lines.0,
                };
                facts.extend(self.read_cell(
                    &headings,
                    &document.within(cell),
                    (heading.start, heading.end),
                    cell,
                    whole,
                    thing.as_ref(),
                    place.as_ref(),
                    time.or(caption),
                ));
            }
        }
        facts
    }

    /// The facts of a table whose rows say what is counted: "Population | 4.467.911 | 36.828.330" under "Fès-Meknès | Maroc".
    fn read_across(
        &mut self,
        document: &Document<'_>,
        table: &Table,
        caption: Option<(Period, (usize, usize))>,
    ) -> Vec<Fact> {
        let line = table.lines.0;
        let sentence = |start: usize, end: usize| Sentence { start, end, line };
        let columns: Vec<_> = table
            .heading
            .iter()
            .map(|cell| {
                let cell = sentence(cell.start, cell.end);
                let inside = document.within(cell);
                let mentions = mention::mentions(&inside, self, cell);
                let place = mentions.iter().find_map(|mention| match &mention.what {
                    What::Place(code) => Some((code.clone(), (mention.start, mention.end))),
                    _ => None,
                });
                let time = self.periods(&inside, cell).into_iter().next();
                (place, time)
            })
            .collect();
        let mut facts = Vec::new();
        for row in &table.rows {
            let whole = sentence(row[0].start, row[row.len() - 1].end);
            let first = sentence(row[0].start, row[0].end);
            let inside = document.within(first);
            let mentions = mention::mentions(&inside, self, first);
            let thing = mentions.iter().find_map(|mention| match &mention.what {
                What::Thing(thing) => Some((thing.clone(), (mention.start, mention.end))),
                _ => None,
            });
            let own = mentions.iter().find_map(|mention| match &mention.what {
                What::Place(code) => Some((code.clone(), (mention.start, mention.end))),
                _ => None,
            });
            for ((place, time), cell) in columns.iter().zip(row).skip(1) {
                // What the column is of, else the row, else the whole table.
                let place = place.clone().or(own.clone()).or(columns[0].0.clone());
                if place.is_none() && thing.is_none() {
                    continue;
                }
                let cell = sentence(cell.start, cell.end);
                facts.extend(self.read_cell(
                    &inside,
                    &document.within(cell),
                    (first.start, first.end),
                    cell,
                    whole,
                    thing.as_ref(),
                    place.as_ref(),
                    time.or(columns[0].1).or(caption),
                ));
            }
        }
        facts
    }

    pub(super) fn read_cell(
        &self,
        headings: &Document<'_>,
        document: &Document<'_>,
        heading: (usize, usize),
        cell: Sentence,
        row: Sentence,
        thing: Option<&(Thing, (usize, usize))>,
        place: Option<&(String, (usize, usize))>,
        caption: Option<(Period, (usize, usize))>,
    ) -> Option<Fact> {
        let figure = figure::figures(document, cell).into_iter().next()?;
        let above = headings
            .tags_in(Class::Unit, heading.0, heading.1)
            .map(|tag| figure::parse(tag.sense))
            .next();
        let (unit, factor) = match (figure.unit, above) {
            ("count" | "large", Some((unit, factor))) => (unit, factor),
            ("large", None) => ("count", 1.0),
            (unit, _) => (unit, 1.0),
        };
        let planned = headings
            .tags_in(Class::Timing, heading.0, heading.1)
            .next()
            .is_some();
        let sector = headings
            .tags_in(Class::Sector, heading.0, heading.1)
            .map(|tag| tag.sense)
            .next()
            .or(self.topic)
            .unwrap_or("none");
        let mut best: Option<(usize, &'static Rule, bool)> = None;
        for tag in headings.tags_in(Class::Quantity, heading.0, heading.1) {
            for kind in thing
                .map(|(thing, _)| thing.kind)
                .into_iter()
                .chain(["none"])
            {
                let said = Said {
                    quantity: tag.sense,
                    unit,
                    subject: kind,
                    sector: if kind == "none" { sector } else { "none" },
                    change: planned.then_some("creating"),
                    planned,
                    cues: self.census_year.map(|_| "census").into_iter().collect(),
                };
                if let Some((at, rule)) = rules::rule(&said)
                    && rule.believes(figure.value * factor)
                    && best.is_none_or(|(known, ..)| at < known)
                    && (kind != "none" || thing.is_none())
                {
                    best = Some((at, rule, kind != "none"));
                }
            }
        }
        let (_, rule, about_thing) = best?;
        let thing = thing.filter(|_| about_thing);
        let home = || thing.and_then(|(thing, _)| self.home(thing));
        let territory = place.map(|(code, _)| code.clone()).or_else(home);
        let own = headings
            .periods
            .iter()
            .find(|span| span.start >= heading.0 && span.end <= heading.1)
            .and_then(|span| Some((reference(span.phrase)?, (span.start, span.end))));
        let census = || {
            let counted = rule.indicator.starts_with("hcp_");
            self.census_year
                .filter(|_| counted)
                .map(|year| (year, heading))
        };
        let period = own.or(caption).or_else(census);
        let span = |(start, end): (usize, usize)| Span {
            start: document.tokens[start].start,
            end: document.tokens[end - 1].end,
        };
        Some(Fact {
            indicator: rule.indicator.clone(),
            territory,
            activity: None,
            subject: thing.map(|(thing, _)| thing.clone()),
            period: period.map(|(period, _)| period),
            value: figure.value * factor,
            value_max: figure.value_max.map(|value| value * factor),
            wording: figure.wording,
            status: if planned {
                Status::Target
            } else {
                Status::Achieved
            },
            producer: None,
            spans: Spans {
                value: span((figure.start, figure.end)),
                quantity: Some(span(heading)),
                territory: place.map(|(_, at)| span(*at)),
                subject: thing.map(|(_, at)| span(*at)),
                activity: None,
                period: period.map(|(_, at)| span(at)),
                producer: None,
                sentence: span((row.start, row.end)),
            },
        })
    }
}
