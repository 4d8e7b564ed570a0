//! What an article has spoken of so far: the place, the thing, the branch and the time that its next sentence takes up.

mod alike;
mod cells;
mod clause;
mod period;
mod place;
mod reading;
mod refusal;
mod related;
mod remember;
mod sector;
mod signs;
mod stand_in;
mod subject;
mod tell;
mod tense;
mod time;
mod typed;

use ask::{Lexicon, NameKind};
use language::{Period, Today};

use crate::document::{Document, Sentence};
use crate::figure::{self, Figure};
use crate::mention::{self, Mention};
use crate::named;
use crate::words::{Class, Tag};
use crate::{Fact, Known, Span, Status};
use period::year_of;
use place::Place;
pub(crate) use remember::is_beside;

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
    school: Option<Held<Thing>>,
    /// What a line begins with, alone: "Concentrix. Le leader local revendique …".
    headed: Option<(usize, Thing)>,
    /// The line of a company that nobody knows, spoken of since the last one that is known.
    stranger: Option<usize>,
    /// The line that is read.
    line: usize,
    sector: Option<Held<&'static str>>,
    topic: Option<&'static str>,
    /// Every organisation that the article names.
    named: Vec<String>,
    period: Option<Held<Period>>,
    /// The place and the thing of the figures that were of that time.
    period_place: Option<String>,
    period_thing: Option<Thing>,
    producer: Option<Held<String>>,
    /// The figures of the sentence before, with what they were taken for.
    last: Option<(usize, Told)>,
    /// All the figures of the sentence before.
    told: Vec<Told>,
    /// All the figures of a line, and which.
    paragraph: Vec<Told>,
    paragraph_line: usize,
    /// The last figure that was planned for a time.
    aim: Option<(usize, Told)>,
    /// The sentence before told of several places of one region.
    spread: bool,
    /// Where the sentence before said that something is.
    whereabouts: Option<Held<String>>,
    /// What the sentence before spoke of and gave no figure for.
    pending: Option<(usize, &'static str)>,
    /// The line of an extension that the sentence before spoke of and did not measure.
    extending: Option<usize>,
    /// The money last spoken of.
    money: Option<&'static str>,
    /// Exports of the branch have been spoken of, and when they were first.
    exports: bool,
    exports_period: Option<Period>,
    /// What rates of unemployment are of, where it is told first.
    rate_period: Option<Period>,
    census_year: Option<Period>,
    /// The place whose census is told.
    counted: Option<String>,
    index_year: Option<Period>,
    /// The article begins with an agreement.
    signed: bool,
    /// The ranking is named somewhere.
    ranked: bool,
    /// It is an article on another country.
    foreign: bool,
}

/// A figure and what it was taken for.
#[derive(Clone, Debug)]
struct Told {
    quantity: &'static str,
    unit: &'static str,
    /// It only stands against the figure before it.
    versus: bool,
    fact: Fact,
}

impl<'a> Scene<'a> {
    pub fn new(
        lexicon: &'a Lexicon,
        known: &'a Known,
        published: Option<Today>,
        document: &Document<'_>,
    ) -> Self {
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
            school: None,
            headed: None,
            stranger: None,
            line: 0,
            sector: None,
            topic: topic(document),
            named: named::organisations(document),
            period: None,
            period_place: None,
            period_thing: None,
            producer: None,
            last: None,
            told: Vec::new(),
            paragraph: Vec::new(),
            paragraph_line: 0,
            aim: None,
            spread: false,
            whereabouts: None,
            pending: None,
            extending: None,
            money: None,
            exports: false,
            exports_period: None,
            rate_period: None,
            census_year: year_of(document, "census"),
            counted: titled(document).filter(|_| year_of(document, "census").is_some()),
            index_year: year_of(document, "kearney"),
            signed: document.sentences.iter().take(3).any(|sentence| {
                document
                    .tags_in(Class::Agent, sentence.start, sentence.end)
                    .any(|tag| tag.sense == "agreement")
                    || document
                        .names_in(sentence.start, sentence.end)
                        .any(|name| name.key(NameKind::Agreement).is_some())
            }),
            ranked: document
                .tags
                .iter()
                .any(|tag| tag.class == Class::Cue && tag.sense == "kearney"),
            foreign: is_foreign(document),
        }
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
        let mut told: Vec<Told> = Vec::new();
        let mut against: Vec<(usize, usize)> = Vec::new();
        for (at, figure) in figures.iter().enumerate() {
            let until = figures.get(at + 1).map_or(sentence.end, |next| next.start);
            // A position that is none of ours, such as "the first memorandum", parts nothing.
            let since = figures[..at]
                .iter()
                .rfind(|figure| figure.unit != "rank" || !figure.bare)
                .map_or(sentence.start, |figure| figure.end);
            // "15.000 m² supplémentaires, pour une enveloppe de 120 millions": planned as what stands before.
            let goes_on =
                !(since..figure.start).any(|at| document.gap(at.max(1) - 1).contains([';', '؛']));
            let now = document
                .tags_in(Class::Cue, since, figure.start)
                .any(|tag| tag.sense == "now");
            // "La troisième tranche" is no figure between.
            let right_before = figures[..at].iter().rfind(|figure| figure.unit != "rank");
            let asserted = clause::assertion(document, since, figure.start).is_some()
                || clause::statement(document, since, figure.start).is_some();
            let planned = goes_on
                && !now
                && !asserted
                && told.last().is_some_and(|told| {
                    told.fact.status == Status::Target
                        && told.fact.spans.value.end <= document.tokens[figure.start].start
                })
                && right_before.is_some_and(|figure| {
                    told.last().is_some_and(|told| {
                        told.fact.spans.value.start == document.tokens[figure.start].start
                    })
                });
            let frame = Frame {
                document,
                sentence,
                mentions: &mentions,
                figure,
                first: figures[0].end,
                since,
                until,
                shared: told
                    .iter()
                    .any(|told| told.fact.indicator.ends_with("_national")),
                planned,
                of: told.last().and_then(|told| told.fact.subject.clone()),
                jobs: told
                    .last()
                    .is_some_and(|told| told.fact.indicator == "offshoring_jobs"),
                national: told.last().is_some_and(|told| {
                    told.fact.subject.is_none() && told.fact.territory.as_deref() == Some("MA")
                }),
                against: against.clone(),
            };
            if let Some(found) = self.tell(&frame, &told) {
                told.push(found);
            }
            if figure.versus {
                against.push((figure.end, until));
            }
        }
        self.remember(document, sentence, &mentions, &told);
        told.into_iter().map(|told| told.fact).collect()
    }
}

/// What one figure stands in.
struct Frame<'a, 'd> {
    document: &'a Document<'d>,
    sentence: Sentence,
    mentions: &'a [Mention],
    figure: &'a Figure,
    /// Where the first figure of the sentence ends.
    first: usize,
    /// Where the figure before it ends.
    since: usize,
    /// Where the next figure begins.
    until: usize,
    /// A share of the country, or a rank in it, stands before it.
    shared: bool,
    /// What stands before it is planned.
    planned: bool,
    /// What the figure before it is of.
    of: Option<Thing>,
    /// The figure before it is of the country.
    national: bool,
    /// The figure before it is of all jobs of the branch.
    jobs: bool,
    /// Where the times of other figures stand: "contre 31 centres en 2017, …".
    against: Vec<(usize, usize)>,
}

impl Frame<'_, '_> {
    /// It tells another time, or another place, of the figure before it.
    fn is_versus(&self, previous: &Told) -> bool {
        let same = |tag: &Tag| tag.sense == previous.quantity;
        // "Contre 23,9 milliards": of the money before it.
        let money = self.figure.unit == "large" && matches!(previous.unit, "mad" | "eur");
        // "1.256.172 habitants, contre 1.150.131".
        let count = self.figure.unit == "large" && previous.unit == "count";
        (self.figure.versus || self.dated().is_some() || self.earlier_in_bracket().is_some())
            && (previous.unit == self.figure.unit || money || count)
            && (self.figure.bare || self.figure.quantities.iter().any(same))
    }

    /// "Deux fois moins qu'en 2024 (1.850)": the time right before a figure in brackets.
    fn dated(&self) -> Option<(Period, (usize, usize))> {
        let start = self.figure.start;
        let bracket = start > self.sentence.start
            && self.figure.bare
            && self.document.gap(start - 1).contains('(');
        let mut periods = self.document.periods.iter();
        let span = periods.find(|span| bracket && span.end == start)?;
        Some((period::reference(span.phrase)?, (span.start, span.end)))
    }

    /// "De plus que l'année précédente (19,23 MMDH)": the time so much earlier right before a figure in brackets.
    fn earlier_in_bracket(&self) -> Option<&Tag> {
        let start = self.figure.start;
        let bracket = start > self.sentence.start
            && self.figure.quantities.iter().all(|tag| tag.end <= start)
            && self.document.gap(start - 1).contains('(');
        self.document
            .tags_in(Class::Cue, self.since, start)
            .find(|tag| bracket && tag.end == start && tag.sense.ends_with("_earlier"))
    }

    /// "قبل عشر سنوات", right behind a figure.
    fn years_before(&self) -> Option<i32> {
        let word = |at: usize| {
            let token = self.document.tokens.get(at);
            token.map_or("", |token| token.folded.as_str())
        };
        let mut numbers = self.document.numbers.iter();
        let years = numbers.find(|number| number.start == self.figure.end + 1)?;
        let told = word(self.figure.end) == "قبل"
            && matches!(word(years.end), "سنوات" | "سنه" | "اعوام" | "عاما")
            && (2.0..=30.0).contains(&years.value);
        told.then_some(years.value as i32)
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span {
            start: self.document.tokens[start].start,
            end: self.document.tokens[end - 1].end,
        }
    }
}

/// Its title names another country and no place here, and it goes on doing so.
fn is_foreign(document: &Document<'_>) -> bool {
    let abroad = |start: usize, end: usize| {
        let tags = document.tags_in(Class::Place, start, end);
        tags.filter(|tag| tag.sense == "abroad").count()
    };
    let here = |start: usize, end: usize| {
        let names = document.names_in(start, end);
        let country = document.tags_in(Class::Place, start, end);
        names.filter(|name| name.place().is_some()).count()
            + country.filter(|tag| tag.sense == "MA").count()
    };
    let end = document.tokens.len();
    document.sentences.first().is_some_and(|title| {
        abroad(title.start, title.end) > 0 && here(title.start, title.end) == 0
    }) && abroad(0, end) > 2
}

/// The one place that a title names.
fn titled(document: &Document<'_>) -> Option<String> {
    let title = document.sentences.first()?;
    let mut places: Vec<&str> = document
        .names_in(title.start, title.end)
        .filter_map(|name| name.place())
        .collect();
    places.dedup();
    match places[..] {
        [place] => Some(place.to_owned()),
        _ => None,
    }
}

/// The branch an article is about: call centres or offshoring where they are spoken of, else the first named.
fn topic(document: &Document<'_>) -> Option<&'static str> {
    let count = |sense: &str| {
        document
            .tags
            .iter()
            .filter(|tag| tag.class == Class::Sector && tag.sense == sense)
            .count()
    };
    let (calls, branch) = (count("call_centre"), count("offshoring"));
    let ranked = document
        .tags
        .iter()
        .any(|tag| tag.class == Class::Cue && tag.sense == "kearney");
    let of_branch = document
        .names
        .iter()
        .any(|name| name.thing().is_some_and(|record| record.key == "fmes"));
    // An article on textiles that names a call centre is on textiles.
    let other = count("other");
    let title = document.sentences.first().is_some_and(|title| {
        let mut sectors = document.tags_in(Class::Sector, title.start, title.end);
        sectors.clone().next().is_some() && sectors.all(|tag| tag.sense == "other")
    });
    if title && other > calls + branch {
        return Some("other");
    }
    // Who speaks for the whole branch speaks of all of it.
    let branch = branch + if of_branch { 2 } else { 0 };
    if calls > 2 * branch && calls > 0 {
        return Some("call_centre");
    }
    if branch + calls > 0 || ranked || of_branch {
        return Some("offshoring");
    }
    let first = document
        .tags
        .iter()
        .find(|tag| tag.class == Class::Sector && tag.sense != "other");
    first.map(|tag| tag.sense)
}
