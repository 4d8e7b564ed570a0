//! What an article has spoken of so far: the place, the thing, the branch and the time that its next sentence takes up.

use ask::{Lexicon, NameKind};
use language::{Period, PeriodPhrase, Today};

use crate::document::{Document, Sentence};
use crate::figure::{self, Figure};
use crate::mention::{self, Mention, What};
use crate::rules::{self, Rule, Said, SEGMENTS};
use crate::named;
use crate::table::Table;
use crate::words::Class;
use crate::{Fact, Known, Span, Spans, Status};

/// Something with figures of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    /// `organisation`, `school`, `park`, `project`, `plan`, `agreement`.
    pub kind: &'static str,
    pub key: String,
    /// A park that is a project as well.
    pub(crate) twin: bool,
}

/// A place, a thing … and where it stands.
#[derive(Clone, Debug)]
struct Held<T> {
    what: T,
    span: (usize, usize),
    line: usize,
}

/// The state of the reading.
pub struct Scene<'a> {
    lexicon: &'a Lexicon,
    known: &'a Known,
    published: Option<Today>,
    city: Option<String>,
    region: Option<String>,
    place: Option<Held<String>>,
    things: Vec<Thing>,
    /// Parks, schools and projects with the place where each was last spoken of, the latest last.
    typed: Vec<Held<Thing>>,
    thing: Option<Held<Thing>>,
    company: Option<Held<Thing>>,
    /// The line that is read.
    line: usize,
    sector: Option<Held<&'static str>>,
    topic: Option<&'static str>,
    /// Every organisation that the article names.
    named: Vec<String>,
    period: Option<Held<Period>>,
    /// The place of the figures that were of that time.
    period_place: Option<String>,
    producer: Option<Held<String>>,
    /// The figures of the sentence before, with what they were taken for.
    last: Option<(usize, Told)>,
    /// What the sentence before spoke of and gave no figure for.
    pending: Option<(usize, &'static str)>,
    /// The money last spoken of.
    money: Option<&'static str>,
    /// Exports of the branch have been spoken of, and when they were first.
    exports: bool,
    exports_period: Option<Period>,
    census_year: Option<Period>,
    index_year: Option<Period>,
    /// The article begins with an agreement.
    signed: bool,
    /// The ranking is named somewhere.
    ranked: bool,
}

/// A figure and what it was taken for.
#[derive(Clone, Debug)]
struct Told {
    quantity: &'static str,
    unit: &'static str,
    fact: Fact,
}

impl<'a> Scene<'a> {
    pub fn new(lexicon: &'a Lexicon, known: &'a Known, published: Option<Today>, document: &Document<'_>) -> Self {
        Self {
            lexicon,
            known,
            published,
            city: None,
            region: None,
            place: None,
            things: Vec::new(),
            typed: Vec::new(),
            thing: None,
            company: None,
            line: 0,
            sector: None,
            topic: topic(document),
            named: named::organisations(document),
            period: None,
            period_place: None,
            producer: None,
            last: None,
            pending: None,
            money: None,
            exports: false,
            exports_period: None,
            census_year: year_of(document, "census"),
            index_year: year_of(document, "kearney"),
            signed: document.sentences.iter().take(3).any(|sentence| {
                document.tags_in(Class::Agent, sentence.start, sentence.end).any(|tag| tag.sense == "agreement")
                    || document.names_in(sentence.start, sentence.end).any(|name| name.key(NameKind::Agreement).is_some())
            }),
            ranked: document.tags.iter().any(|tag| tag.class == Class::Cue && tag.sense == "kearney"),
        }
    }

    /// Whether an article that uses a word for this agreement means it: two of its parties are named.
    pub fn is_meant(&self, agreement: &str) -> bool {
        named::is_meant(self.known, &self.named, agreement)
    }

    pub fn known(&self) -> &Known {
        self.known
    }

    /// The facts of the next sentence.
    pub fn read(&mut self, document: &Document<'_>, sentence: Sentence) -> Vec<Fact> {
        let document = &document.within(sentence);
        self.line = sentence.line;
        let mentions = mention::mentions(document, self, sentence);
        let figures = figure::figures(document, sentence);
        if std::env::var("XD").is_ok() {
            let text = &document.text[document.tokens[sentence.start].start..document.tokens[sentence.end - 1].end];
            eprintln!("\n## {text}");
            for m in &mentions { eprintln!("   {:?} {} where={} says={} hangs={}", m.what, document.tokens[m.start].text, m.is_where, m.says, m.hangs); }
            for f in &figures { eprintln!("   -- {} {} {:?} q={:?} bare={} versus={}", f.value, f.unit, f.wording, f.quantities.iter().map(|t| t.sense).collect::<Vec<_>>(), f.bare, f.versus); }
        }
        let mut told: Vec<Told> = Vec::new();
        for (at, figure) in figures.iter().enumerate() {
            let until = figures.get(at + 1).map_or(sentence.end, |next| next.start);
            let since = at.checked_sub(1).map_or(sentence.start, |at| figures[at].end);
            // "15.000 m² supplémentaires, pour une enveloppe de 120 millions": planned as what stands before.
            let goes_on = !(since..figure.start).any(|at| document.gap(at.max(1) - 1).contains([';', '؛']));
            let now = document.tags_in(Class::Cue, since, figure.start).any(|tag| tag.sense == "now");
            let planned = goes_on && !now && told.last().is_some_and(|told| told.fact.status == Status::Target && told.fact.spans.value.end <= document.tokens[figure.start].start) && at > 0 && told.len() == at;
            let frame = Frame { document, sentence, mentions: &mentions, figure, since, until, planned };
            if let Some(found) = self.tell(&frame, &told) {
                told.push(found);
            }
        }
        self.remember(document, sentence, &mentions, &told);
        told.into_iter().map(|told| told.fact).collect()
    }

    /// The place that a word stands for.
    pub fn place_of(&self, sense: &str, earlier: &[Mention]) -> Option<String> {
        let named = |test: fn(&str) -> bool| {
            earlier.iter().rev().find_map(|mention| match &mention.what {
                What::Place(code) if test(code) => Some(code.clone()),
                _ => None,
            })
        };
        match sense {
            "nothing" => None,
            "region" => named(is_region)
                .or_else(|| self.region.clone())
                .or_else(|| self.city.as_deref().and_then(|city| self.region_of(city)))
                .or_else(|| self.things.iter().rev().find_map(|thing| self.home(thing)).map(|home| home.chars().take(2).collect())),
            "city" => named(is_city).or_else(|| self.city.clone()),
            "there" => named(|_| true).or_else(|| self.place.as_ref().map(|held| held.what.clone())),
            // A nickname: its sense is the code.
            code => Some(code.to_owned()),
        }
    }

    /// "Le Technopark" in an article on Fès: the park of that name there, and not who runs them all.
    pub fn park_named(&self, word: &str) -> Option<What> {
        let city = self.city.as_deref()?;
        let word = language::fold(word);
        let bears = |key: &str| language::fold(self.lexicon.name_of(NameKind::Park, key).unwrap_or_default()).split(' ').any(|part| part == word);
        let key = self.known.parks.iter().find(|(key, place)| place.as_str() == city && bears(key)).map(|(key, _)| key.clone())?;
        let twin = self.lexicon.name_of(NameKind::Project, &key).is_some();
        Some(What::Thing(Thing { kind: "park", key, twin }))
    }

    /// The one park of a place: "le parc d'Oujda", "the Fez park".
    pub fn park_in(&self, code: &str) -> Option<What> {
        let mut parks = self.known.parks.iter().filter(|(_, place)| place.as_str() == code);
        let offices = |key: &str| key.ends_with("_shore") || key.starts_with("casa") || key.starts_with("technopolis");
        let first = parks.clone().find(|(key, _)| offices(key)).or_else(|| parks.next())?;
        Some(What::Thing(Thing { kind: "park", key: first.0.clone(), twin: false }))
    }

    /// The agreement an article is about and does not name: one signed in the days before it, else one nobody knows.
    pub fn agreement(&self) -> Thing {
        let day = |today: Today| (today.year, today.month, today.day);
        let published = self.published.map(day);
        let close = |signed: (i32, u8, u8)| published.is_some_and(|(year, month, day)| signed.0 == year && signed.1 == month && (0..=3).contains(&(i32::from(day) - i32::from(signed.2))));
        let key = self.known.agreements.iter().find(|(_, signed)| close(**signed)).map(|(key, _)| key.clone());
        Thing { kind: "agreement", key: key.unwrap_or_default(), twin: false }
    }

    /// What "the group", "the park", "it" stand for.
    pub fn stands_for(&self, sense: &str, earlier: &[Mention]) -> Option<What> {
        let here = |kinds: &[&str]| {
            earlier.iter().rev().find_map(|mention| match &mention.what {
                What::Thing(thing) if kinds.contains(&thing.kind) && !mention.says => Some(thing.clone()),
                _ => None,
            })
        };
        let before = |kinds: &[&str]| self.things.iter().rev().find(|thing| kinds.contains(&thing.kind) || thing.twin && kinds == ["project"]).cloned();
        let kinds: &[&str] = match sense {
            "company" => &["organisation"],
            "school" => &["school"],
            "park" => &["park"],
            "site" => {
                let last = self.thing.as_ref().map(|held| held.what.clone());
                if let Some(park) = last.as_ref().filter(|thing| thing.kind == "park" && here(&["organisation"]).is_none()) {
                    let newer = self.company.as_ref().is_none_or(|held| self.thing.as_ref().is_some_and(|thing| thing.line > held.line));
                    if newer {
                        return Some(What::Thing(park.clone()));
                    }
                }
                let company = self.company.as_ref().filter(|held| held.line + 1 >= self.line).map(|held| held.what.clone());
                return here(&["organisation"]).or(company).or_else(|| here(&["park"])).or(last).map(What::Thing);
            }
            "project" => &["project"],
            "plan" => &["plan"],
            "agreement" => &["agreement"],
            "sector" => {
                let last = self.sector.as_ref().map(|held| held.what).filter(|sense| matches!(*sense, "offshoring" | "call_centre"));
                return last.or(self.topic).map(What::Sector);
            }
            "body" => return Some(What::Body(String::new())),
            "other" => return Some(What::Unknown),
            "company_word" | "school_word" => return None,
            "rate" | "of_them" | "we" => return None,
            "programme_contract" => return self.programme_contract(),
            "its" => return self.thing.as_ref().filter(|held| held.line + 2 >= self.line).map(|held| What::Thing(held.what.clone())),
            _ => {
                if earlier.iter().any(|mention| !mention.says && !mention.is_where && matches!(mention.what, What::Thing(_))) {
                    return None;
                }
                return self.thing.as_ref().filter(|held| held.line + 2 >= self.line).map(|held| What::Thing(held.what.clone()));
            }
        };
        let found = here(kinds).or_else(|| before(kinds)).map(What::Thing);
        match sense {
            "agreement" => found.or_else(|| Some(What::Thing(self.agreement()))),
            _ => found,
        }
    }

    /// The facts of a table.
    pub fn read_table(&mut self, document: &Document<'_>, table: &Table) -> Vec<Fact> {
        // "Source : MEDZ, 2020", right above or below.
        let beside = |sentence: &&Sentence| sentence.line + 1 == table.lines.0 || sentence.line == table.lines.1 + 1;
        let short = |sentence: &&Sentence| sentence.end - sentence.start < 25;
        let caption = document.sentences.iter().rev().filter(beside).filter(short).find_map(|sentence| {
            let (period, (start, end)) = self.periods(&document.within(*sentence), *sentence).into_iter().last()?;
            Some((period, (start, end)))
        });
        let mut facts = Vec::new();
        let last = table.heading.len() - 1;
        let headings = document.within(Sentence { start: table.heading[0].start, end: table.heading[last].end, line: table.lines.0 });
        for row in &table.rows {
            let whole = Sentence { start: row[0].start, end: row[row.len() - 1].end, line: table.lines.0 };
            let first = Sentence { start: row[0].start, end: row[0].end, line: table.lines.0 };
            let mentions = mention::mentions(&document.within(first), self, first);
            let thing = mentions.iter().find_map(|mention| match &mention.what {
                What::Thing(thing) => Some((thing.clone(), (mention.start, mention.end))),
                _ => None,
            });
            let place = mentions.iter().find_map(|mention| match &mention.what {
                What::Place(code) => Some((code.clone(), (mention.start, mention.end))),
                _ => None,
            });
            if thing.is_none() && place.is_none() {
                continue;
            }
            for (heading, cell) in table.heading.iter().zip(row).skip(1) {
                let cell = Sentence { start: cell.start, end: cell.end, line: table.lines.0 };
                facts.extend(self.read_cell(&headings, &document.within(cell), (heading.start, heading.end), cell, whole, thing.as_ref(), place.as_ref(), caption));
            }
        }
        facts
    }

    #[expect(clippy::too_many_arguments, reason = "a cell stands between its heading, its row and what is written beside the table")]
    fn read_cell(
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
        let above = headings.tags_in(Class::Unit, heading.0, heading.1).map(|tag| figure::parse(tag.sense)).next();
        let (unit, factor) = match (figure.unit, above) {
            ("count" | "large", Some((unit, factor))) => (unit, factor),
            ("large", None) => ("count", 1.0),
            (unit, _) => (unit, 1.0),
        };
        let planned = headings.tags_in(Class::Timing, heading.0, heading.1).next().is_some();
        let sector = headings.tags_in(Class::Sector, heading.0, heading.1).map(|tag| tag.sense).next().or(self.topic).unwrap_or("none");
        let mut best: Option<(usize, &'static Rule, bool)> = None;
        for tag in headings.tags_in(Class::Quantity, heading.0, heading.1) {
            for kind in thing.map(|(thing, _)| thing.kind).into_iter().chain(["none"]) {
                let said = Said {
                    quantity: tag.sense,
                    unit,
                    subject: kind,
                    sector: if kind == "none" { sector } else { "none" },
                    change: planned.then_some("creating"),
                    planned,
                    cues: Vec::new(),
                };
                if let Some((at, rule)) = rules::rule(&said)
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
        let own = headings.periods.iter().find(|span| span.start >= heading.0 && span.end <= heading.1).and_then(|span| Some((reference(span.phrase)?, (span.start, span.end))));
        let period = own.or(caption);
        let span = |(start, end): (usize, usize)| Span { start: document.tokens[start].start, end: document.tokens[end - 1].end };
        Some(Fact {
            indicator: rule.indicator.clone(),
            territory,
            activity: None,
            subject: thing.map(|(thing, _)| thing.clone()),
            period: period.map(|(period, _)| period),
            value: figure.value * factor,
            value_max: figure.value_max.map(|value| value * factor),
            wording: figure.wording,
            status: if planned { Status::Target } else { Status::Achieved },
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

    fn region_of(&self, code: &str) -> Option<String> {
        code.split_once('.').map(|(region, _)| region.to_owned())
    }

    fn home(&self, thing: &Thing) -> Option<String> {
        let kind = match thing.kind {
            "park" => NameKind::Park,
            "project" => NameKind::Project,
            "plan" => NameKind::Plan,
            _ => return None,
        };
        self.lexicon.above(kind, &thing.key).map(str::to_owned)
    }

    fn tell(&self, frame: &Frame<'_, '_>, before: &[Told]) -> Option<Told> {
        let previous = before.last();
        if frame.figure.versus
            && let Some(previous) = previous.filter(|previous| {
                previous.unit == frame.figure.unit && (frame.figure.bare || frame.figure.quantities.iter().any(|tag| tag.sense == previous.quantity))
            })
        {
            return self.versus(frame, previous);
        }
        // "Dont 27 ha pour l'université": a part that no place or time tells apart.
        let before = |steps: usize| frame.figure.start.checked_sub(steps).map_or("", |at| frame.document.tokens[at].folded.as_str());
        let part = matches!(before(1), "dont" | "منها" | "منهم") || before(2) == "of" && matches!(before(1), "which" | "whom" | "them");
        let (from, until) = frame.document.piece(frame.sentence, frame.figure.start);
        let told_apart = frame.mentions.iter().any(|mention| mention.start >= from && mention.end <= until && matches!(mention.what, What::Place(_))) || self.period_near(frame).is_some();
        if part && frame.figure.bare && !told_apart {
            return None;
        }
        let unit = match frame.figure.unit {
            "large" if frame.figure.quantities.iter().any(|tag| rules::measures(tag.sense, "large")) => "large",
            "large" => self.money?,
            unit => unit,
        };
        let reading = self.reading(frame, unit);
        if std::env::var("XD").is_ok() {
            eprintln!("   => {} {:?}", frame.figure.value, reading.as_ref().map(|r| (&r.0.indicator, r.1.0, &r.2, r.3, r.5)));
        }
        let (rule, quantity, subject, sector, sector_span, planned) = reading?;
        let world = rule.indicator == "company_headcount_world" || rule.indicator.starts_with("company_turnover") && self.cues(frame, None).contains(&"world");
        let subject = subject.map(|(thing, span)| (self.of_group(thing, world), span));
        let thing = subject.as_ref().map(|(thing, _)| thing.clone());
        let (place, place_span) = self.place(frame, rule, thing.as_ref());
        let quantity_span = quantity.1;
        let quantity = quantity.0;
        if place.as_deref() == Some("abroad") {
            return None;
        }
        // What runs the parks of the country runs them there.
        let place = place.or_else(|| thing.as_ref().filter(|thing| thing.kind == "park_operator").map(|_| "MA".to_owned()));
        let about_place = thing.is_none();
        if about_place && place.is_none() {
            return None;
        }
        let status_planned = planned;
        let (mut period, mut period_span) = self.period(frame, place_span, place.as_deref(), thing.is_none() && !rule.indicator.starts_with("hcp_"));
        if planned && period.is_none() {
            // "131.000 m² et dix mille emplois à l'horizon 2015": one horizon for all.
            let ahead = self.periods(frame.document, frame.sentence).into_iter().find(|(_, (start, end))| *start >= frame.figure.end && self.is_horizon(frame, *start, *end));
            let listed = self.last.as_ref().filter(|(line, told)| line + 3 >= frame.sentence.line && told.fact.status == Status::Target && told.fact.subject != thing);
            period = ahead.map(|(period, _)| period).or(listed.and_then(|(_, told)| told.fact.period));
            period_span = ahead.map(|(_, span)| span);
        }
        if period.is_none() && ["avec", "with"].iter().any(|word| (frame.figure.start.saturating_sub(3)..frame.figure.start).any(|at| frame.document.tokens[at].folded == *word)) {
            // "Ouvert en 2015 avec 70 étudiants".
            let (clause, _) = frame.document.clause(frame.sentence, frame.figure.start);
            let began = frame.document.periods.iter().filter(|span| span.start >= clause && span.end <= frame.figure.start).last();
            period = began.and_then(|span| reference(span.phrase));
        }
        let of_plan = thing.as_ref().filter(|thing| thing.kind == "plan" && status_planned).and_then(|plan| self.known.plans.get(&plan.key));
        if let Some(Period::Span(_, end) | Period::Year(end)) = of_plan.filter(|_| period.is_none()) {
            // What a plan aims at it aims at for its last year.
            period = Some(Period::Year(*end));
        }
        if period.is_none() && unit == "growth" {
            period = self.periods(frame.document, frame.sentence).into_iter().next().map(|(period, _)| period);
        }
        if rule.indicator.starts_with("gsli_") {
            period = period.or(self.index_year);
        } else if rule.indicator.starts_with("hcp_") {
            period = period.map(|period| Period::Year(period.year())).or(self.census_year);
        } else if rule.indicator.starts_with("offshoring_export") {
            period = period.map(|period| cumulated(frame, period, period_span)).or(self.exports_period);
        } else if rule.indicator.starts_with("pdr_") {
            // What a plan holds is of the years it is for.
            period = thing.as_ref().and_then(|plan| self.known.plans.get(&plan.key)).copied().or(period);
        }
        let status = if self.is_hearsay(frame) {
            Status::Contested
        } else if planned || period.is_some_and(|period| self.is_future(period)) {
            Status::Target
        } else {
            Status::Achieved
        };
        let activity = (rule.segments && SEGMENTS.contains(&sector)).then(|| sector.to_owned());
        let (producer, producer_span) = self.producer(frame);
        let spans = Spans {
            value: frame.span(frame.figure.start, frame.figure.end),
            quantity: quantity_span.map(|(start, end)| frame.span(start, end)),
            territory: place_span.map(|(start, end)| frame.span(start, end)),
            subject: subject.as_ref().map(|(_, (start, end))| frame.span(*start, *end)),
            activity: sector_span.map(|(start, end)| frame.span(start, end)),
            period: period_span.map(|(start, end)| frame.span(start, end)),
            producer: producer_span.map(|(start, end)| frame.span(start, end)),
            sentence: frame.span(frame.sentence.start, frame.sentence.end),
        };
        let fact = Fact {
            indicator: rule.indicator.clone(),
            territory: place,
            activity,
            subject: thing.clone().filter(|thing| !rule.indicator.starts_with("hcp_") && !thing.key.is_empty()),
            period,
            value: frame.figure.value,
            value_max: frame.figure.value_max,
            wording: frame.figure.wording,
            status,
            producer,
            spans,
        };
        Some(Told { quantity, unit, fact })
    }

    /// The first rule that fits a figure, over all that its words can mean.
    fn reading(&self, frame: &Frame<'_, '_>, unit: &'static str) -> Option<Reading> {
        let mut readings: Vec<(&'static str, Option<(usize, usize)>)> =
            frame.figure.quantities.iter().map(|tag| (tag.sense, Some((tag.start, tag.end)))).collect();
        if readings.is_empty()
            && let Some((line, last)) = &self.last
            && frame.figure.bare
            && last.unit == unit
            && *line == frame.sentence.line
            && frame.document.tags_in(Class::Agent, frame.sentence.start, frame.figure.start).any(|tag| tag.start == frame.sentence.start)
        {
            readings.push((last.quantity, None));
        }
        let of_them = frame.document.tags_in(Class::Agent, frame.sentence.start, frame.figure.start).any(|tag| matches!(tag.sense, "it" | "of_them") && frame.figure.start - tag.end <= 2);
        if readings.is_empty() && of_them && unit == "count" && self.last.is_none() && self.topic == Some("call_centre") {
            readings.push(("call_centres", None));
        }
        if let Some((line, last)) = self.last.as_ref().filter(|_| readings.is_empty() && frame.figure.bare)
            && last.unit == unit
            && *line + 3 >= frame.sentence.line
        {
            // "Cnexia : 1 750", "ils sont 3.450".
            let listed = frame.figure.start > frame.sentence.start && frame.document.gap(frame.figure.start - 1).contains(':');
            let stands = frame.document.tags_in(Class::Agent, frame.sentence.start, frame.figure.start).any(|tag| matches!(tag.sense, "it" | "of_them") && frame.figure.start - tag.end <= 2);
            let beside = frame.figure.start > 0 && frame.document.gap(frame.figure.start - 1).contains('(') && frame.mentions.iter().any(|mention| mention.end == frame.figure.start && matches!(mention.what, What::Place(_)));
            if listed || beside || stands && *line + 1 >= frame.sentence.line {
                readings.push((last.quantity, None));
            }
        }
        if readings.is_empty()
            && let Some((line, pending)) = self.pending
            && line + 1 >= frame.sentence.line
            && frame.document.tags_in(Class::Agent, frame.sentence.start, frame.figure.start).any(|tag| tag.sense == "it" && tag.start == frame.sentence.start)
            && rules::measures(pending, unit)
        {
            // "… ont approuvé le budget de la région. Celui-ci s'élève à 1,12 milliard."
            readings.push((pending, None));
        }
        // "Le premier semestre a rapporté 12,8 MMDH", "L'ingénierie bondit de 8,5%": more of the exports spoken of.
        let segment = frame.mentions.iter().any(|mention| matches!(mention.what, What::Sector(sense) if SEGMENTS.contains(&sense)));
        let part = frame.document.tags_in(Class::Cue, frame.sentence.start, frame.sentence.end).any(|tag| tag.sense.contains(':'));
        let stands = frame.document.tags_in(Class::Agent, frame.sentence.start, frame.figure.start).any(|tag| tag.sense == "it");
        if readings.is_empty() && self.exports && matches!(unit, "mad" | "growth") && (segment || part || stands) {
            readings.push(("exports", None));
        }
        // "L'Agritech, 16,3 MDH": what a project or a plan costs needs no word for it.
        let unsaid = readings.is_empty() && unit == "mad" && frame.figure.value >= 1e6;
        if unsaid {
            readings.push(("budget", None));
        }
        if readings.is_empty() && unit.ends_with("_m2") {
            readings.push(("rent", None));
        }
        if readings.is_empty() && unit == "rank" && self.index_year.is_some() && self.is_alone(frame) {
            readings.push(("index_rank", None));
        }
        let rate = frame.document.tags_in(Class::Agent, frame.sentence.start, frame.figure.start).any(|tag| tag.sense == "rate");
        if let Some((line, last)) = self.last.as_ref().filter(|_| readings.is_empty() && rate)
            && last.unit == unit
            && *line + 1 >= frame.sentence.line
        {
            readings.push((last.quantity, None));
        }
        let planned = self.is_planned(frame) || frame.planned;
        let mut best: Option<(usize, Reading)> = None;
        for quantity in readings {
            let subject = match self.typed(frame, quantity.0).unwrap_or_else(|| self.subject(frame, quantity.0)) {
                Subject::Unknown => continue,
                Subject::Thing(thing, span) => Some((thing, span)),
                Subject::Territory => None,
            };
            let subject = subject.map(|(thing, span)| self.park_of(frame, thing, span));
            let (sector, sector_span) = self.sector(frame, quantity.0, subject.is_some());
            let mut said = Said {
                quantity: quantity.0,
                unit,
                subject: "none",
                sector,
                change: self.change(frame),
                planned,
                cues: self.cues(frame, subject.as_ref().map(|(thing, _)| thing)),
            };
            let mut kinds: Vec<&'static str> = subject.iter().map(|(thing, _)| thing.kind).collect();
            if subject.as_ref().is_some_and(|(thing, _)| thing.twin) {
                let ground = matches!(quantity.0, "area" | "spread" | "offices" | "occupancy" | "rent" | "companies");
                let plans = matches!(quantity.0, "budget" | "investment") || planned && !ground;
                kinds = if plans { vec!["project"] } else { vec!["park", "project"] };
            }
            if self.signed && planned && subject.is_none() && matches!(quantity.0, "jobs" | "hires" | "investment" | "budget") {
                kinds.push("agreement");
            }
            // What a company has is nobody else's; what is told beside a park or a plan may be the territory's.
            if kinds != ["organisation"] || !matches!(quantity.0, "jobs" | "hires" | "investment" | "revenue" | "budget") {
                kinds.push("none");
            }
            for kind in kinds {
                said.subject = kind;
                let Some((at, rule)) = rules::rule(&said) else { continue };
                if rule.least.is_some_and(|least| frame.figure.value < least) {
                    continue;
                }
                if unsaid && !matches!(kind, "project" | "plan") {
                    continue;
                }
                let kept = rule.is_about(kind) || rule.keeps_subject;
                let signed = (kind == "agreement" && subject.is_none()).then(|| (self.agreement(), (frame.figure.start, frame.figure.end)));
                let subject = subject.clone().or(signed).filter(|_| kept).map(|(thing, span)| (Thing { kind: if kind == "project" { kind } else { thing.kind }, ..thing }, span));
                if best.as_ref().is_none_or(|(known, _)| at < *known) {
                    best = Some((at, (rule, quantity, subject, sector, sector_span, planned)));
                }
                if kind != "none" && !said.planned {
                    break;
                }
            }
        }
        best.map(|(_, reading)| reading)
    }

    /// What runs parks tells of the park that the sentence names.
    fn park_of(&self, frame: &Frame<'_, '_>, thing: Thing, span: (usize, usize)) -> (Thing, (usize, usize)) {
        if thing.kind != "park_operator" {
            return (thing, span);
        }
        let park = frame.mentions.iter().find_map(|mention| match &mention.what {
            What::Thing(park) if park.kind == "park" => Some((park.clone(), (mention.start, mention.end))),
            _ => None,
        });
        let held = || {
            let mut parks = self.typed.iter().rev().filter(|held| held.what.kind == "park" && held.line == frame.sentence.line);
            parks.next().map(|held| (held.what.clone(), held.span))
        };
        park.or_else(held).unwrap_or((thing, span))
    }

    /// An ordinal that nothing is counted behind: "the kingdom was 40th".
    fn is_alone(&self, frame: &Frame<'_, '_>) -> bool {
        let at = frame.figure.end;
        let document = frame.document;
        at >= frame.sentence.end
            || document.is_cut(at - 1)
            || document.tags.iter().any(|tag| tag.start == at && matches!(tag.class, Class::Function | Class::Cue | Class::Place | Class::Agent))
            || document.names.iter().any(|name| name.start == at)
            || document.periods.iter().any(|span| span.start == at)
    }

    /// Of a group whose subsidiary here is known, the one that a figure is of: the group has what there is in the world.
    fn of_group(&self, thing: Thing, world: bool) -> Thing {
        if thing.kind != "organisation" {
            return thing;
        }
        let owners = &self.known.owners;
        let key = match world {
            true => owners.get(&thing.key).filter(|owner| self.known.kind_of(owner) == "organisation").cloned(),
            false => {
                let here = |key: &str| key.starts_with(&thing.key) && ["_maroc", "_morocco"].iter().any(|end| key.ends_with(end));
                let mut here: Vec<&String> = owners.iter().filter(|(key, owner)| **owner == thing.key && here(key)).map(|(key, _)| key).collect();
                here.sort();
                (here.len() == 1).then(|| here[0].clone())
            }
        };
        Thing { key: key.unwrap_or(thing.key), ..thing }
    }

    /// The same as the figure before it, at another time.
    fn versus(&self, frame: &Frame<'_, '_>, previous: &Told) -> Option<Told> {
        let own = self.period_near(frame);
        let earlier = || {
            let cue = frame.document.tags_in(Class::Cue, frame.figure.end, frame.sentence.end).next()?;
            back(previous.fact.period?, cue.sense)
        };
        let same = frame.document.tags_in(Class::Cue, frame.figure.end, frame.until).any(|tag| matches!(tag.sense, "same_part" | "same_time"));
        // "Contre 21,3% à l'échelle nationale": another place at the same time.
        let (piece, until) = frame.document.piece(frame.sentence, frame.figure.start);
        let place = frame.mentions.iter().find_map(|mention| match &mention.what {
            What::Place(code) if mention.start >= piece && mention.end <= until && code != "abroad" => Some(code.clone()),
            _ => None,
        });
        let elsewhere = place.filter(|place| previous.fact.territory.as_ref() != Some(place) && previous.fact.subject.is_none());
        let (period, span) = match own {
            None if elsewhere.is_some() => (previous.fact.period, None),
            // "Contre 6,8 au même trimestre de 2024".
            Some((Period::Year(year), span)) if same => (previous.fact.period.map(|period| in_year(period, year)), Some(span)),
            Some((period, span)) => (Some(period), Some(span)),
            None => (Some(earlier()?), None),
        };
        let mut told = previous.clone();
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

    /// Occupancy is of parks and students are of schools: the one of that kind spoken of last, where the nearest thing is none.
    fn typed(&self, frame: &Frame<'_, '_>, quantity: &str) -> Option<Subject> {
        let kinds: &[&str] = match quantity {
            _ if self.change(frame) == Some("trained") => &["plan"],
            "occupancy" | "rent" | "letting" | "offices" | "extension" | "area" | "spread" => &["park"],
            // "Quatorze entreprises y sont installées."
            "companies" if frame.mentions.iter().any(|mention| mention.stands_in && mention.is_where && mention.end - mention.start == 1) => &["park"],
            "plan_credits" | "achieved_projects" | "gdp" | "startups" => &["plan"],
            "students" | "graduates" | "places" | "capacity" => &["school", "project"],
            "budget" | "projects" | "plan_credits" | "achieved_projects" if self.plan_of_years(frame).is_some() => {
                return self.plan_of_years(frame);
            }
            "budget" => {
                let costs = |mention: &&Mention| matches!(&mention.what, What::Thing(thing) if matches!(thing.kind, "project" | "plan") || thing.twin);
                let things = |mention: &&Mention| matches!(mention.what, What::Thing(_)) && !mention.says && !mention.by;
                let nearest = frame.mentions.iter().filter(|mention| mention.end <= frame.figure.start).filter(things).last();
                let school = nearest.is_some_and(|mention| matches!(&mention.what, What::Thing(thing) if thing.kind == "school") && !mention.hangs);
                let before = frame.mentions.iter().filter(|mention| mention.end <= frame.figure.start).filter(costs).last().filter(|_| !school);
                let after = frame.mentions.iter().find(|mention| mention.start >= frame.figure.end && costs(mention));
                let acts = frame.mentions.iter().any(|mention| mention.end <= frame.figure.start && matches!(mention.what, What::Thing(_)) && !mention.says);
                if let Some(mention) = before.or(after.filter(|_| !acts))
                    && let What::Thing(thing) = &mention.what
                {
                    return Some(Subject::Thing(thing.clone(), (mention.start, mention.end)));
                }
                // "Son budget": of the project spoken of.
                let its = frame.document.tags_in(Class::Agent, frame.sentence.start, frame.figure.start).any(|tag| matches!(tag.sense, "its" | "it"));
                let held = self.typed.iter().rev().find(|held| matches!(held.what.kind, "project" | "plan") || held.what.twin)?;
                return (its && held.line + 2 >= frame.sentence.line).then(|| Subject::Thing(held.what.clone(), held.span));
            }
            _ => return None,
        };
        let near = self.subject(frame, quantity);
        if matches!(&near, Subject::Thing(thing, _) if kinds.contains(&thing.kind)) || matches!(near, Subject::Unknown) {
            return Some(near);
        }
        let of_kind = |mention: &&Mention| matches!(&mention.what, What::Thing(thing) if kinds.contains(&thing.kind));
        let here = frame.mentions.iter().filter(of_kind);
        let before = here.clone().filter(|mention| mention.end <= frame.figure.start).last();
        if let Some(mention) = before.or_else(|| here.clone().next())
            && let What::Thing(thing) = &mention.what
        {
            return Some(Subject::Thing(thing.clone(), (mention.start, mention.end)));
        }
        let placed = frame.mentions.iter().any(|mention| matches!(mention.what, What::Place(_)));
        let held = self.typed.iter().rev().find(|held| kinds.contains(&held.what.kind));
        let elsewhere = |held: &&Held<Thing>| {
            let home = self.home(&held.what);
            frame.mentions.iter().any(|mention| matches!(&mention.what, What::Place(code) if home.as_deref().is_some_and(|home| !home.starts_with(code.as_str()) && !code.starts_with(home)) && code != "MA"))
        };
        held.filter(|held| held.line + 3 >= frame.sentence.line && !(placed && kinds[0] == "school") && !elsewhere(held))
            .map(|held| Subject::Thing(held.what.clone(), held.span))
    }

    /// "Celui de la première génération (2017-2021)": the plan of those years.
    fn plan_of_years(&self, frame: &Frame<'_, '_>) -> Option<Subject> {
        let mut spans = frame.document.periods.iter().filter(|span| span.end <= frame.figure.start);
        spans.find_map(|span| {
            let period = reference(span.phrase)?;
            let mut plans: Vec<&String> = self.known.plans.iter().filter(|(_, years)| **years == period).map(|(key, _)| key).collect();
            plans.sort();
            // The plan of the same place as the one spoken of.
            let spoken = self.things.iter().rev().find(|thing| thing.kind == "plan")?;
            let home = self.home(spoken);
            let key = plans.into_iter().find(|key| self.lexicon.above(NameKind::Plan, key).map(str::to_owned) == home)?;
            Some(Subject::Thing(Thing { kind: "plan", key: key.clone(), twin: false }, (span.start, span.end)))
        })
    }

    /// The programme contract in force when the article was written.
    fn programme_contract(&self) -> Option<What> {
        let named = |key: &str| {
            let name = language::fold(self.lexicon.name_of(NameKind::Plan, key).unwrap_or_default());
            name.starts_with("contrat programme") || name.starts_with("programme contract")
        };
        let began = |years: &Period| self.published.is_none_or(|today| years.first_year() <= today.year);
        let mut plans: Vec<(&String, &Period)> = self.known.plans.iter().filter(|(key, years)| named(key) && began(years)).collect();
        plans.sort_by_key(|(key, years)| (years.first_year(), key.as_str()));
        let (key, _) = plans.last()?;
        Some(What::Thing(Thing { kind: "plan", key: (*key).clone(), twin: false }))
    }

    fn subject(&self, frame: &Frame<'_, '_>, quantity: &str) -> Subject {
        let here = |mention: &&Mention| mention.start >= frame.sentence.start;
        let acts = |mention: &Mention| match &mention.what {
            // "À Technopolis, …": where a sentence begins is what it speaks of.
            What::Thing(thing) => !mention.says && !mention.by && !(thing.kind == "park" && mention.is_where && mention.start > frame.sentence.start + 2),
            What::Unknown => !mention.says,
            What::Sector(sense) => !mention.hangs && *sense != "call_centre" && !mention.says,
            What::Place(_) => !mention.is_where && !mention.hangs && !mention.says,
            What::Body(_) => false,
        };
        let made = |mention: &Mention| match &mention.what {
            What::Thing(thing) => Subject::Thing(thing.clone(), (mention.start, mention.end)),
            What::Unknown => Subject::Unknown,
            _ => Subject::Territory,
        };
        let before: Vec<&Mention> = frame.mentions.iter().filter(here).filter(|mention| mention.end <= frame.figure.start).collect();
        let after: Vec<&Mention> = frame
            .mentions
            .iter()
            .filter(|mention| mention.start >= frame.figure.end && mention.end <= frame.until)
            .collect();
        // "Les 940 salariés de Foundever", "the park's 3,100 jobs": right behind what is counted.
        let behind = after.iter().find(|mention| {
            matches!(mention.what, What::Thing(_)) && !mention.says && mention.hangs && mention.start - frame.figure.end <= 5
        });
        if let Some(mention) = behind {
            return made(mention);
        }
        let spoken = frame.document.tags_in(Class::Agent, frame.sentence.start, frame.figure.start).filter(|tag| tag.sense == "we").last();
        let agent = before.iter().rev().find(|mention| acts(mention));
        if let Some(we) = spoken.filter(|we| agent.is_none_or(|mention| mention.end <= we.start)) {
            // "Nous démarrons avec 420 collaborateurs, a déclaré le directeur de Foundever": who speaks is named behind, or was before.
            let has = |mention: &&Mention| matches!(&mention.what, What::Thing(thing) if matches!(thing.kind, "organisation" | "school" | "park_operator"));
            if let Some(mention) = frame.mentions.iter().filter(|mention| mention.start >= we.end).find(has) {
                return made(mention);
            }
            if let Some(held) = self.company.as_ref().or(self.thing.as_ref()).filter(|held| held.line + 4 >= frame.sentence.line) {
                return Subject::Thing(held.what.clone(), held.span);
            }
        }
        if let Some(mention) = agent {
            return made(mention);
        }
        if let Some(mention) = before.iter().rev().find(|mention| mention.by && matches!(&mention.what, What::Thing(thing) if thing.kind == "organisation")) {
            return made(mention);
        }
        if let Some(mention) = after.iter().find(|mention| matches!(&mention.what, What::Thing(_)) && acts(mention) && mention.hangs) {
            return made(mention);
        }
        // Who says it may be who has it: "le groupe revendique 50.000 collaborateurs".
        let claims = |mention: &&&Mention| matches!(&mention.what, What::Thing(thing) if thing.kind == "organisation") && mention.says;
        if let Some(mention) = before.iter().rev().find(claims).filter(|_| before.iter().all(|mention| mention.is_where || mention.hangs || !matches!(mention.what, What::Place(_) | What::Sector(_)))) {
            return made(mention);
        }
        let park = |mention: &&&Mention| matches!(&mention.what, What::Thing(thing) if thing.kind == "park") && !mention.says;
        if let Some(mention) = before.iter().rev().find(park).or_else(|| after.iter().find(park)) {
            return made(mention);
        }
        let stands = |mention: &Mention| !mention.says && !mention.is_where && !mention.hangs;
        let placed = frame.mentions.iter().any(|mention| matches!(mention.what, What::Place(_) | What::Sector(_)) && stands(mention));
        let alone = matches!(quantity, "call_centres" | "service_jobs" | "service_companies");
        match &self.thing {
            Some(held) if held.line == frame.sentence.line && !placed && !alone => Subject::Thing(held.what.clone(), held.span),
            _ => Subject::Territory,
        }
    }

    fn sector(&self, frame: &Frame<'_, '_>, quantity: &str, has_subject: bool) -> (&'static str, Option<(usize, usize)>) {
        let named = frame.mentions.iter().any(|mention| matches!(mention.what, What::Sector(_)) && !mention.stands_in && mention.end <= frame.figure.start);
        let tags: Vec<_> = frame
            .mentions
            .iter()
            .filter_map(|mention| match mention.what {
                // "The mainstay of the industry" names no other branch than the one told.
                What::Sector(sense) if !mention.says && !(mention.stands_in && mention.hangs && named) => Some((mention.start, mention.end, sense)),
                _ => None,
            })
            .collect();
        let (_, clause_end) = frame.document.clause(frame.sentence, frame.figure.end.max(frame.figure.start + 1) - 1);
        let beside_it = |tag: &&crate::words::Tag| tag.start >= frame.figure.end && (frame.figure.end - 1..tag.start).all(|at| !frame.document.is_cut(at));
        let own = frame.figure.quantities.first().filter(beside_it).map_or(frame.figure.end, |tag| tag.end);
        let until = clause_end.max(own).min(frame.until);
        let beside = tags.iter().find(|(start, end, _)| *start >= frame.figure.end && *end <= until);
        let before = tags.iter().rev().find(|(_, end, _)| *end <= frame.figure.start);
        let after = tags.iter().find(|(start, _, _)| *start >= frame.figure.end);
        if let Some((start, end, sense)) = beside.or(before).or(after) {
            return (sense, Some((*start, *end)));
        }
        if quantity == "call_centres" {
            return ("call_centre", None);
        }
        if quantity == "exports" {
            return (self.topic.unwrap_or("none"), None);
        }
        if has_subject {
            return ("none", None);
        }
        match &self.sector {
            Some(held) if held.line + 2 >= frame.sentence.line => (held.what, Some(held.span)),
            _ => ("none", None),
        }
    }

    fn place(&self, frame: &Frame<'_, '_>, rule: &Rule, subject: Option<&Thing>) -> (Option<String>, Option<(usize, usize)>) {
        let last = frame.mentions.iter().filter(|mention| mention.end <= frame.figure.start && matches!(mention.what, What::Place(_))).last();
        if let Some(mention) = last.filter(|mention| mention.what == What::Place("abroad".to_owned())) {
            return (Some("abroad".to_owned()), Some((mention.start, mention.end)));
        }
        if let Some(place) = &rule.place {
            let place = match place.as_str() {
                "region" => self.place_of("region", frame.mentions).or_else(|| self.place.as_ref().map(|held| held.what.clone())),
                code => Some(code.to_owned()),
            };
            return (place, None);
        }
        let fits = |mention: &&Mention| match &mention.what {
            What::Place(code) => !mention.says && !(rule.within_country && code == "MA") && !(is_small(code) && !mention.is_where && !rule.indicator.starts_with("hcp_")),
            _ => false,
        };
        let code = |mention: &Mention| match &mention.what {
            What::Place(code) => Some(code.clone()),
            _ => None,
        };
        let between = |start: usize, end: usize| frame.mentions.iter().filter(fits).filter(move |mention| mention.start >= start && mention.end <= end);
        let at = frame.figure.start;
        let (piece_start, piece_end) = frame.document.piece(frame.sentence, at);
        let (clause_start, clause_end) = frame.document.clause(frame.sentence, at);
        // A place right before the next figure is that one's.
        let cut = |start: usize, end: usize| (start..end).any(|at| frame.document.is_cut(at));
        let theirs = |mention: &Mention| mention.end <= frame.until && frame.until < frame.sentence.end && frame.until == mention.end && !cut(mention.end - 1, frame.until);
        let nearest = |start: usize, end: usize| {
            let after = between(frame.figure.end, end.min(frame.until).max(frame.figure.end)).next().filter(|mention| !rule.within_country && !theirs(mention));
            let before = between(start.max(frame.since), at).last();
            // "Rabat 45", "45 à Rabat": what stands right beside it.
            match (before, after) {
                (Some(before), Some(after)) if after.start - frame.figure.end < at - before.end && after.is_where => Some(after),
                (Some(before), _) => Some(before),
                (None, after) => after,
            }
        };
        let found = nearest(piece_start, piece_end)
            .or_else(|| nearest(clause_start, clause_end))
            .or_else(|| between(frame.sentence.start, at).last());
        if let Some(mention) = found {
            return (code(mention), Some((mention.start, mention.end)));
        }
        if let Some(home) = subject.and_then(|thing| self.home(thing)) {
            return (Some(home), None);
        }
        if let Some(mention) = between(frame.figure.end, frame.sentence.end).find(|mention| mention.is_where).filter(|_| !rule.within_country) {
            return (code(mention), Some((mention.start, mention.end)));
        }
        if subject.is_some_and(|thing| matches!(thing.kind, "park" | "project" | "plan" | "agreement")) {
            return (None, None);
        }
        match &self.place {
            Some(held) if subject.is_none() && rule.place_else.is_some() && held.line + 1 < frame.sentence.line => (rule.place_else.clone(), None),
            Some(held) if subject.is_none() || held.line + 4 >= frame.sentence.line && rule.indicator != "company_headcount_world" => {
                let scope = rule.within_country && held.what == "MA";
                let place = if scope { self.region.clone() } else { Some(held.what.clone()) };
                (place, Some(held.span))
            }
            None if subject.is_none() => (rule.place_else.clone(), None),
            _ => (None, None),
        }
    }

    /// The time told beside the figure.
    fn period_near(&self, frame: &Frame<'_, '_>) -> Option<(Period, (usize, usize))> {
        let told = self.periods(frame.document, frame.sentence);
        told.into_iter().find(|(_, (start, end))| *start >= frame.figure.end && *end <= frame.until && !self.is_far(frame, *start))
    }

    /// The periods of a sentence that figures can be of: no day something was founded on, no "3 years ago", no other time it is compared
    /// with; a half or a quarter without a year is of the year spoken of.
    fn periods(&self, document: &Document<'_>, sentence: Sentence) -> Vec<(Period, (usize, usize))> {
        let inside = |start: usize, end: usize| start >= sentence.start && end <= sentence.end;
        let led = |class: Class, sense: &str, start: usize| {
            document
                .tags_in(class, sentence.start, start)
                .any(|tag| (sense.is_empty() || tag.sense == sense) && start - tag.end <= if sense == "founding" { 4 } else { 2 } && (tag.end..start).all(|at| !document.is_cut(at)))
        };
        let four = |at: usize| document.tokens[at].folded.bytes().filter(u8::is_ascii_digit).count() >= 4;
        let counted = |start: usize, end: usize| document.numbers.iter().any(|number| number.start >= start && number.end <= end);
        let mut found: Vec<(Period, (usize, usize))> = Vec::new();
        for span in document.periods.iter().filter(|span| inside(span.start, span.end)) {
            let Some(period) = reference(span.phrase) else { continue };
            let ago = counted(span.start, span.end) && !(span.start..span.end).any(four);
            let day = matches!(span.phrase, PeriodPhrase::At(Period::Day(..)))
                && !span.start.checked_sub(1).is_some_and(|at| matches!(document.tokens[at].folded.as_str(), "au" | "of" | "fin" | "end"));
            let day = day && !matches!(document.tokens[span.start].folded.as_str(), "au" | "as" | "fin" | "end");
            let other = led(Class::Versus, "", span.start) && !counted(span.start.saturating_sub(2), span.start);
            if !ago && !day && !other && (!led(Class::Cue, "founding", span.start) || counted(span.start.saturating_sub(4), span.start)) {
                found.push((period, (span.start, span.end)));
            }
        }
        let year = found.iter().map(|(period, _)| *period).last().or(self.exports_period).or(self.period.as_ref().map(|held| held.what));
        for tag in document.tags_in(Class::Cue, sentence.start, sentence.end) {
            let covered = document.periods.iter().any(|span| span.start < tag.end && tag.start < span.end && reference(span.phrase).is_some());
            let part = tag.sense.split_once(':').and_then(|(part, number)| Some((part, number.parse().ok()?)));
            let period = match (part, year) {
                (Some(("half", half)), Some(year)) => Period::Half(year.year(), half),
                (Some(("quarter", quarter)), Some(year)) => Period::Quarter(year.year(), quarter),
                _ => continue,
            };
            let months = |(period, (start, end)): &(Period, (usize, usize))| matches!(period, Period::Month(..)) && *start < tag.end && tag.start < *end;
            if let Some(at) = found.iter().position(months) {
                // "De janvier à juin 2025" is a half, and no June.
                found[at] = (period, (tag.start.min(found[at].1.0), tag.end.max(found[at].1.1)));
            } else if !covered {
                found.push((period, (tag.start, tag.end)));
            }
        }
        found.sort_by_key(|(_, (start, _))| *start);
        // "Sur les deux années 2023 et 2024", "سنتي 2023 و2024": both together.
        let both = |at: usize| at.checked_sub(1).is_some_and(|at| matches!(document.tokens[at].folded.as_str(), "annees" | "years" | "exercices" | "سنتي" | "عامي"));
        if let [(Period::Year(first), (start, end)), (Period::Year(last), (from, until)), ..] = found[..]
            && from - end <= 1
            && first < last
            && both(start)
        {
            found.splice(0..2, [(Period::Span(first, last), (start, until))]);
        }
        found
    }

    /// A semicolon or a full clause stands between.
    fn is_far(&self, frame: &Frame<'_, '_>, start: usize) -> bool {
        (frame.figure.end..start).any(|at| frame.document.gap(at.max(1) - 1).contains([';', '؛']))
    }

    fn period(&self, frame: &Frame<'_, '_>, place: Option<(usize, usize)>, code: Option<&str>, of_place: bool) -> (Option<Period>, Option<(usize, usize)>) {
        if let Some((period, span)) = self.period_near(frame) {
            return (Some(period), Some(span));
        }
        let (clause, clause_end) = frame.document.clause(frame.sentence, frame.figure.start);
        let now = frame
            .document
            .periods
            .iter()
            .any(|span| matches!(span.phrase, PeriodPhrase::Now) && span.start >= clause && span.end <= clause_end);
        let told = self.periods(frame.document, frame.sentence);
        let before = told.into_iter().filter(|(_, (_, end))| *end <= frame.figure.start).last();
        if now {
            return (None, None);
        }
        if let Some((period, span)) = before {
            return (Some(period), Some(span));
        }
        let same = frame.document.tags_in(Class::Cue, frame.sentence.start, frame.sentence.end).any(|tag| tag.sense == "same_time");
        match &self.period {
            // The time goes on with the place: a sentence that names another place, or none of a time, starts anew.
            // A stock goes on from a quarter as one of its year.
            Some(held) if same || place.is_some_and(|(start, _)| start < frame.sentence.start) && held.line + 1 >= frame.sentence.line => (Some(whole_year(held.what)), Some(held.span)),
            // The same place in the same paragraph.
            Some(held) if of_place && code.is_some_and(is_city) && code == self.period_place.as_deref() && held.line == frame.sentence.line => (Some(held.what), Some(held.span)),
            _ => (None, None),
        }
    }

    fn is_planned(&self, frame: &Frame<'_, '_>) -> bool {
        let (_, end) = frame.document.piece(frame.sentence, frame.figure.end - 1);
        let behind = end.max(frame.figure.end).min(frame.until);
        let says = |start, end| frame.document.tags_in(Class::Timing, start, end).next().is_some();
        let until = self.period_near(frame).is_some_and(|(_, (start, end))| self.is_horizon(frame, start, end));
        says(frame.since, frame.figure.start) || says(frame.figure.end, behind) || until || matches!(self.change(frame), Some("creating" | "recruiting"))
    }

    /// "D'ici 2027", "by 2030".
    fn is_horizon(&self, frame: &Frame<'_, '_>, start: usize, end: usize) -> bool {
        let by = |at: usize| matches!(frame.document.tokens[at].folded.as_str(), "by" | "ici" | "horizon" | "بحلول" | "افق" | "within");
        (start.saturating_sub(2)..end).any(by)
    }

    fn is_future(&self, period: Period) -> bool {
        self.published.is_some_and(|today| period.first_year() > today.year)
    }

    fn is_hearsay(&self, frame: &Frame<'_, '_>) -> bool {
        let (start, end) = frame.document.clause(frame.sentence, frame.figure.start);
        frame.document.tags_in(Class::Hearsay, start, end).next().is_some()
    }

    /// What happened to what is counted, said before or right behind it.
    fn change(&self, frame: &Frame<'_, '_>) -> Option<&'static str> {
        let (start, end) = frame.document.clause(frame.sentence, frame.figure.start);
        let (_, piece) = frame.document.piece(frame.sentence, frame.figure.end - 1);
        let until = end.min(piece).max(frame.figure.end).min(frame.until);
        let behind = frame.document.tags_in(Class::Change, frame.figure.end, until).next();
        let before = frame.document.tags_in(Class::Change, start.max(frame.since), frame.figure.end).last();
        // What is extended is a surface.
        let found = [behind, before].into_iter().flatten().map(|tag| tag.sense);
        found.into_iter().find(|sense| *sense != "extended" || frame.figure.unit == "m2")
    }

    fn cues(&self, frame: &Frame<'_, '_>, subject: Option<&Thing>) -> Vec<&'static str> {
        let tags = frame.document.tags_in(Class::Cue, frame.sentence.start, frame.sentence.end);
        // In Africa and in the Arab world may stand in one sentence.
        let clause = frame.document.piece(frame.sentence, frame.figure.start);
        let near = |tag: &&crate::words::Tag| tag.start >= clause.0 && tag.end <= clause.1;
        let groups = tags.clone().filter(near).any(|tag| tag.sense == "group");
        let areas = tags.clone().filter(near).any(|tag| matches!(tag.sense, "africa" | "mena" | "world"));
        let mut cues: Vec<&'static str> = tags.filter(|tag| tag.sense != "group" || groups).filter(|tag| !areas || near(tag) || !matches!(tag.sense, "africa" | "mena" | "world")).map(|tag| tag.sense).collect();
        let (from, until) = frame.document.piece(frame.sentence, frame.figure.start);
        if frame.mentions.iter().any(|mention| mention.start >= from && mention.end <= until && matches!(mention.what, What::Place(_))) {
            cues.retain(|cue| *cue != "world");
        }
        let (clause, clause_end) = frame.document.clause(frame.sentence, frame.figure.start);
        let counted = |at: usize| at > 0 && frame.document.tokens[at - 1].text.starts_with(|c: char| c.is_ascii_digit());
        if (clause..clause_end).any(|at| matches!(frame.document.tokens[at].folded.as_str(), "pays" | "countries" | "بلدا" | "دوله") && counted(at)) {
            cues.push("world");
        }
        if self.census_year.is_some() {
            cues.push("census");
        }
        if let Some(thing) = subject.filter(|thing| thing.kind == "plan")
            && self.home(thing).is_some_and(|home| home != "MA")
        {
            cues.push("regional_plan");
        }
        if let Some(thing) = subject.filter(|thing| thing.kind == "plan") {
            let name = language::fold(self.lexicon.name_of(NameKind::Plan, &thing.key).unwrap_or_default());
            if ["digital", "numerique", "digitaux"].iter().any(|word| name.contains(word)) {
                cues.push("digital_plan");
            }
        }
        if frame.mentions.iter().any(|mention| matches!(&mention.what, What::Place(code) if code == "MA")) {
            cues.push("national");
        }
        if self.ranked && frame.figure.unit == "rank" {
            cues.push("kearney");
        }
        cues
    }

    fn producer(&self, frame: &Frame<'_, '_>) -> (Option<String>, Option<(usize, usize)>) {
        let says = frame.mentions.iter().find_map(|mention| match &mention.what {
            What::Body(key) if mention.says => Some((key.clone(), (mention.start, mention.end))),
            What::Thing(thing) if mention.says && matches!(thing.kind, "organisation" | "school") => Some((thing.key.clone(), (mention.start, mention.end))),
            _ => None,
        });
        let same = frame.document.tags_in(Class::Saying, frame.sentence.start, frame.sentence.end).any(|tag| tag.sense == "same");
        match (says, &self.producer) {
            (Some((key, span)), _) => (Some(key), Some(span)),
            (None, Some(held)) if same => (Some(held.what.clone()), Some(held.span)),
            _ => (None, None),
        }
    }

    fn remember(&mut self, document: &Document<'_>, sentence: Sentence, mentions: &[Mention], told: &[Told]) {
        let line = sentence.line;
        for mention in mentions {
            let span = (mention.start, mention.end);
            match &mention.what {
                What::Place(code) if is_small(code) && !mention.is_where => {}
                What::Place(code) if !mention.says && code != "abroad" => {
                    if is_region(code) {
                        self.region = Some(code.clone());
                    } else if is_city(code) && !is_small(code) {
                        self.city = Some(code.clone());
                    }
                    // Where something was signed or said is not what the article speaks of.
                    let aside = mention.is_where && line > 1;
                    if !aside && (code != "MA" || !mention.hangs && !mention.is_where) {
                        self.place = Some(Held { what: code.clone(), span, line });
                    }
                }
                What::Thing(thing) => {
                    self.things.retain(|known| known != thing);
                    self.things.push(thing.clone());
                    if !mention.says {
                        self.typed.retain(|held| held.what != *thing);
                        self.typed.push(Held { what: thing.clone(), span, line });
                    }
                    if thing.kind == "park"
                        && !mention.says
                        && let Some(home) = self.home(thing).filter(|home| is_city(home))
                    {
                        self.city = Some(home.clone());
                        self.place = Some(Held { what: home, span, line });
                    }
                    if thing.kind == "organisation" {
                        self.company = Some(Held { what: thing.clone(), span, line });
                    }
                    if !mention.says && (!mention.is_where || mention.start <= sentence.start + 2) {
                        self.thing = Some(Held { what: thing.clone(), span, line });
                    }
                }
                What::Body(_) if !mention.says && !mention.hangs => self.thing = None,
                What::Sector(sense) if !mention.says => self.sector = Some(Held { what: sense, span, line }),
                _ => {}
            }
            if mention.says && let What::Body(key) = &mention.what {
                self.producer = Some(Held { what: key.clone(), span, line });
            }
        }
        let time = self.periods(document, sentence).into_iter().last();
        self.pending = match told.is_empty() {
            true => document.tags_in(Class::Quantity, sentence.start, sentence.end).max_by_key(|tag| tag.end - tag.start).map(|tag| (line, tag.sense)),
            false => None,
        };
        let of_first = told.first().and_then(|told| told.fact.period).and_then(|period| {
            let mut periods = self.periods(document, sentence).into_iter();
            periods.find(|(own, _)| *own == period)
        });
        match of_first.or(time) {
            Some((what, span)) => {
                self.period = Some(Held { what, span, line });
                self.period_place = told.first().and_then(|told| told.fact.territory.clone());
            }
            None if mentions.iter().any(|mention| matches!(mention.what, What::Place(_))) => self.period = None,
            None => {}
        }
        let acting = |mention: &Mention| !mention.hangs && !mention.is_where && !mention.says;
        let about_branch = mentions.iter().any(|mention| acting(mention) && matches!(mention.what, What::Sector(_)));
        if about_branch && !mentions.iter().any(|mention| matches!(mention.what, What::Thing(_))) {
            self.thing = None;
        }
        if let Some(plan) = told.last().and_then(|told| told.fact.subject.clone()).filter(|thing| thing.kind == "plan") {
            self.thing = Some(Held { what: plan, span: (sentence.start, sentence.start + 1), line });
        }
        if let Some(code) = told.last().and_then(|told| told.fact.territory.clone())
            && let Some(mention) = mentions.iter().find(|mention| mention.what == What::Place(code.clone()))
        {
            self.place = Some(Held { what: code, span: (mention.start, mention.end), line });
        }
        for told in told {
            if matches!(told.unit, "mad" | "eur") {
                self.money = Some(told.unit);
            }
            if told.fact.indicator == "offshoring_export_revenue_mad" {
                self.exports = true;
                self.exports_period = self.exports_period.or(told.fact.period);
            }
        }
        self.last = told.last().map(|told| (line, told.clone()));
    }
}

/// A rule, the quantity and its place, what it is about, the branch and its place, and whether it is planned.
type Reading = (&'static Rule, (&'static str, Option<(usize, usize)>), Option<(Thing, (usize, usize))>, &'static str, Option<(usize, usize)>, bool);

enum Subject {
    Thing(Thing, (usize, usize)),
    Territory,
    Unknown,
}

/// What one figure stands in.
struct Frame<'a, 'd> {
    document: &'a Document<'d>,
    sentence: Sentence,
    mentions: &'a [Mention],
    figure: &'a Figure,
    /// Where the figure before it ends.
    since: usize,
    /// Where the next figure begins.
    until: usize,
    /// What stands before it is planned.
    planned: bool,
}

impl Frame<'_, '_> {
    fn span(&self, start: usize, end: usize) -> Span {
        Span { start: self.document.tokens[start].start, end: self.document.tokens[end - 1].end }
    }
}

fn is_region(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_digit())
}

/// A commune or a part of one.
fn is_small(code: &str) -> bool {
    code.matches('.').count() > 2
}

fn is_city(code: &str) -> bool {
    code.contains('.')
}

/// The period that a phrase refers a figure to; none for "since" and the like.
fn reference(phrase: PeriodPhrase) -> Option<Period> {
    match phrase {
        PeriodPhrase::At(Period::Day(year, month, _)) => Some(Period::Month(year, month)),
        PeriodPhrase::At(period) => Some(period),
        PeriodPhrase::Between(Period::Year(first), Period::Year(last)) => Some(Period::Span(first, last)),
        _ => None,
    }
}

/// What exports "à fin juin 2025" are of: the months since January.
fn cumulated(frame: &Frame<'_, '_>, period: Period, span: Option<(usize, usize)>) -> Period {
    let ends = |(start, end): (usize, usize)| {
        (start.saturating_sub(2)..end).any(|at| matches!(frame.document.tokens[at].folded.as_str(), "fin" | "end" | "متم" | "نهايه"))
    };
    match period {
        Period::Month(year, 3) if span.is_some_and(ends) => Period::Quarter(year, 1),
        Period::Month(year, 6) if span.is_some_and(ends) => Period::Half(year, 1),
        Period::Month(year, 12) if span.is_some_and(ends) => Period::Year(year),
        period => period,
    }
}

/// The year of a half or a quarter.
fn whole_year(period: Period) -> Period {
    match period {
        Period::Half(year, _) | Period::Quarter(year, _) => Period::Year(year),
        period => period,
    }
}

/// The same part of another year.
fn in_year(period: Period, year: i32) -> Period {
    match period {
        Period::Half(_, half) => Period::Half(year, half),
        Period::Quarter(_, quarter) => Period::Quarter(year, quarter),
        Period::Month(_, month) => Period::Month(year, month),
        _ => Period::Year(year),
    }
}

/// A period so much earlier: "un an plus tôt", "a quarter earlier".
fn back(period: Period, sense: &str) -> Option<Period> {
    match (sense, period) {
        ("year_earlier", Period::Year(year)) => Some(Period::Year(year - 1)),
        ("year_earlier", Period::Half(year, half)) => Some(Period::Half(year - 1, half)),
        ("year_earlier", Period::Quarter(year, quarter)) => Some(Period::Quarter(year - 1, quarter)),
        ("year_earlier", Period::Month(year, month)) => Some(Period::Month(year - 1, month)),
        ("quarter_earlier", Period::Quarter(year, quarter)) if quarter > 1 => Some(Period::Quarter(year, quarter - 1)),
        ("quarter_earlier", Period::Quarter(year, _)) => Some(Period::Quarter(year - 1, 4)),
        _ => None,
    }
}

/// The branch an article is about: call centres or offshoring where they are spoken of, else the first named.
fn topic(document: &Document<'_>) -> Option<&'static str> {
    let count = |sense: &str| document.tags.iter().filter(|tag| tag.class == Class::Sector && tag.sense == sense).count();
    let (calls, branch) = (count("call_centre"), count("offshoring"));
    let ranked = document.tags.iter().any(|tag| tag.class == Class::Cue && tag.sense == "kearney");
    let of_branch = document.names.iter().any(|name| name.thing().is_some_and(|record| matches!(record.key.as_str(), "fmes" | "amrc" | "fncamo")));
    if calls > 2 * branch && calls > 0 {
        return Some("call_centre");
    }
    if branch + calls > 0 || ranked || of_branch {
        return Some("offshoring");
    }
    let first = document.tags.iter().find(|tag| tag.class == Class::Sector && tag.sense != "other");
    first.map(|tag| tag.sense)
}

/// The year of the census or the ranking an article tells of: the first beside its name.
fn year_of(document: &Document<'_>, sense: &str) -> Option<Period> {
    let year = |start: usize, end: usize| {
        let mut periods = document.periods.iter().filter(|span| span.start >= start && span.end <= end);
        periods.find_map(|span| reference(span.phrase)).map(|period| Period::Year(period.year()))
    };
    let told = |sentence: &&Sentence| document.tags_in(Class::Cue, sentence.start, sentence.end).any(|tag| tag.sense == sense);
    let first = document.sentences.iter().find(told)?;
    let mut sentences = document.sentences.iter().filter(told);
    sentences.find_map(|sentence| year(sentence.start, sentence.end)).or_else(|| year(first.start, document.tokens.len()))
}
