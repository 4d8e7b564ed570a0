//! What a sentence mentions, sorted by type.

use chrono::{DateTime, Datelike, Utc};
use language::{Form, NumberSpan, Period};

use crate::frame::{Thing, When};
use crate::lexicon::{Comparator, Cue, LevelWord, Lexicon, Meaning, NameKind, Record};
use crate::span::{Reading, Span};

use super::against::{excluded, held_against};
use super::census::{self, Class};
use super::{near, origin, range};

/// Words for steps of the territory tree in the plural, folded and without an article.
const LEVELS: [&str; 24] = [
    "regions",
    "provinces",
    "prefectures",
    "communes",
    "municipalities",
    "villes",
    "cities",
    "towns",
    "arrondissements",
    "districts",
    "جهات",
    "الجهات",
    "اقاليم",
    "الاقاليم",
    "عمالات",
    "جماعات",
    "الجماعات",
    "مدن",
    "المدن",
    "jihat",
    "ljihat",
    "a9alim",
    "jama3at",
    "mdoun",
];

/// Everything mentioned, in the order of the sentence.
#[derive(Clone, Debug, Default)]
pub struct Signals {
    pub cues: Vec<Cue>,
    pub indicators: Vec<String>,
    pub measures: Vec<String>,
    pub activities: Vec<String>,
    pub concepts: Vec<String>,
    pub levels: Vec<(LevelWord, usize)>,
    /// Positions of level words that only say where: "in the region".
    pub within: Vec<usize>,
    pub countries: Vec<String>,
    /// Foreign countries, as written, that are where and no origin: "in France".
    pub abroad: Vec<String>,
    /// Languages that people read and write.
    pub languages: Vec<String>,
    pub statuses: Vec<String>,
    pub sectors: Vec<String>,
    pub comparators: Vec<Comparator>,
    pub units: Vec<String>,
    pub places: Vec<Mention>,
    pub things: Vec<Mention>,
    pub numbers: Vec<NumberSpan>,
    /// Positions ("third"), also inside a longer spelling.
    pub ordinals: Vec<f64>,
    pub whens: Vec<When>,
    /// Two numbers that something lies between: "entre 500 et 1 000 emplois".
    pub range: Option<(f64, f64)>,
    /// The indicator named right after "how many": what is counted.
    pub counted: Option<String>,
    /// A distance, in kilometres: "within 5 km".
    pub radius: Option<f64>,
    /// A class of the census, in several words: "businesses with ten to 49 people".
    pub class: Option<Class>,
    pub personal: bool,
    pub hostile: bool,
    /// A step of the territory tree is said in the plural: "which regions".
    pub several_levels: bool,
    /// Two numbers that an "or" parts: "340 projets ou 380 ?"
    pub either: bool,
    /// A place or a thing is what others are held against: "larger than Sefrou".
    pub held_against: bool,
    /// A phase of a project that has none of this number.
    pub unknown_phase: bool,
    /// The age that an indicator begins at is said as well.
    pub bounded: bool,
    /// A place or a thing is what is left out: "other than Alten".
    pub excluded: bool,
}

/// A name in the sentence and every record it is the name of.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    pub start: usize,
    pub end: usize,
    pub text: String,
    pub records: Vec<Record>,
}

impl Mention {
    /// Whether it is the name of a record of the kind.
    pub fn names(&self, kind: NameKind) -> bool {
        self.records.iter().any(|record| record.kind == kind)
    }
}

impl Signals {
    /// Sorts the spans of a reading; `form` decides what a function word shared by several languages says.
    pub fn of(lexicon: &Lexicon, reading: &Reading, form: Form, now: DateTime<Utc>) -> Signals {
        let mut signals = Signals {
            ordinals: reading
                .numbers
                .iter()
                .filter(|n| n.ordinal)
                .map(|n| n.value)
                .collect(),
            ..Signals::default()
        };
        let asks_quantity = (reading.spans.iter())
            .any(|span| !reading.asides[span.start] && span.meanings.iter().any(is_quantity));
        let of_census =
            |m: &Meaning| matches!(m, Meaning::Indicator(key) if key.starts_with("hcp_"));
        let named = |m: &Meaning| matches!(m, Meaning::Indicator(_));
        let only_census = |span: &Span| {
            span.meanings.iter().any(of_census)
                && !span.meanings.iter().any(|m| named(m) && !of_census(m))
        };
        let census_said = reading.spans.iter().any(only_census);
        for span in &reading.spans {
            if reading.preamble[span.start] {
                // What the asker is, and where, is not what is asked.
                continue;
            }
            if let Some(number) = span.number {
                // "et en 2017": the follow-up cue took the preposition, the year is still a year.
                if number.year_like && !counts_something(reading, number.end, number.value) {
                    signals
                        .whens
                        .push(When::At(Period::Year(number.value as i32)));
                } else {
                    signals.numbers.push(number);
                }
            }
            if let Some(number) = span.period.and_then(|_| counted_number(reading, span)) {
                signals.numbers.push(number);
            } else if let Some(numbers) = range::counted_years(reading, span) {
                signals.numbers.extend(numbers);
            } else if let Some(phrase) = span.period {
                signals.whens.push(When::of(phrase, now.year()));
            }
            let mut foreign = foreign(lexicon, span, form);
            if !near::stands_before_a_place(reading, span) {
                // "Near 4,500", "around 2019": no nearness.
                foreign.push(Meaning::Cue(Cue::NearPlace));
            }
            foreign.extend(origin::unmeant(reading, span));
            if joins_names(reading, span) {
                foreign.push(Meaning::Cue(Cue::Where));
            }
            let either = span.meanings.iter().any(of_census)
                && span.meanings.iter().any(|m| named(m) && !of_census(m));
            if census_said && either {
                // "Des personnes instruites, lesquelles lisent l'anglais ?": people of the census, not those who are taught.
                let other = |m: &&Meaning| is_quantity(m) && !of_census(m);
                foreign.extend(span.meanings.iter().filter(other).cloned());
            }
            if reading.asides[span.start] && asks_quantity {
                // "I'm moving there with my family, …": no family is asked about.
                foreign.extend(span.meanings.iter().filter(|m| is_quantity(m)).cloned());
            }
            if origin::is_abroad(lexicon, reading, span) {
                signals.abroad.push(written(reading, span));
                foreign.extend(
                    span.meanings
                        .iter()
                        .filter(|m| origin::is_country(m))
                        .cloned(),
                );
            }
            signals.take(reading, span, &foreign);
        }
        if let Some((kilometres, number)) = near::radius(reading) {
            signals.radius = Some(kilometres);
            signals.numbers.retain(|n| n.start != number.start);
            let year = When::At(Period::Year(number.value as i32));
            signals.whens.retain(|when| *when != year);
        }
        let counts =
            |(at, _): &&(usize, Comparator)| signals.numbers.iter().any(|n| n.start == *at);
        let signed: Vec<Comparator> = (reading.signed.iter())
            .filter(counts)
            .map(|(_, side)| *side)
            .collect();
        signals.comparators.extend(signed);
        signals.read_topping(reading);
        signals.range = range::range(reading, &signals);
        signals.either = range::either(reading, &signals);
        if signals.whens.len() > 1 {
            // "Daba, f 2025": now is said of the year.
            signals.whens.retain(|when| !when.is_latest());
        }
        if let ([When::At(_)], true) = (signals.whens.as_slice(), and_now(lexicon, reading)) {
            // "In 2010 and now": two times.
            signals.whens.push(When::At(Period::Year(now.year())));
        }
        signals.read_web();
        signals.read_names_of_staff(reading);
        signals.read_much(reading);
        signals.read_by(reading);
        signals.drop_neighbour(reading);
        signals.counted = counted(reading);
        signals.held_against = held_against(&signals, reading);
        signals.excluded = excluded(&signals, reading);
        if !signals.any(&[Cue::Who, Cue::Contact]) {
            signals.prefer_places();
        }
        // "Le mail du DG": a person's own.
        signals.personal |= signals.concept("contact_details") && signals.concept("head");
        signals.drop_producer(reading);
        signals.read_rent();
        signals.read_own();
        signals.class = census::class(&signals, reading);
        if signals.class.is_some() {
            // The years and the numbers of the class are no period and no statement.
            let bucket =
                matches!(&signals.class, Some(Class::Bucket(key)) if key.contains("founded"));
            if bucket {
                signals.whens.clear();
            }
            signals.numbers.retain(|number| number.ordinal);
            signals.comparators.clear();
        }
        signals.drop_bound(reading);
        if signals.measure("literacy") {
            // "Lire le français": a language and no country.
            signals.countries.clear();
            signals.abroad.clear();
        }
        signals
    }

    fn take(&mut self, reading: &Reading, span: &Span, foreign: &[Meaning]) {
        let mut places = Vec::new();
        let mut things = Vec::new();
        for meaning in &span.meanings {
            if foreign.contains(meaning) {
                continue;
            }
            match meaning {
                Meaning::Cue(Cue::Contact) if reading.asides[span.start] => {}
                Meaning::Cue(cue) => self.cues.push(*cue),
                Meaning::Indicator(key) => push(&mut self.indicators, key),
                Meaning::Measure(measure) => push(&mut self.measures, measure),
                Meaning::Activity(key) => push(&mut self.activities, key),
                Meaning::Concept(sense) => push(&mut self.concepts, sense),
                Meaning::Level(level) => {
                    if *level == LevelWord::Region && stands_within(reading, span) {
                        self.within.push(span.start);
                    }
                    self.several_levels |= in_plural(reading, span);
                    let said = (*level, span.start);
                    if !self.levels.contains(&said) {
                        self.levels.push(said);
                    }
                }
                Meaning::Language(language) => push(&mut self.languages, language),
                Meaning::Country(code) => push(&mut self.countries, code),
                Meaning::Status(status) => push(&mut self.statuses, status),
                Meaning::Sector(sector) => push(&mut self.sectors, sector),
                Meaning::Comparator(comparator) => self.comparators.push(*comparator),
                Meaning::Unit(unit) => push(&mut self.units, unit),
                Meaning::Personal => self.personal = true,
                Meaning::Hostile => self.hostile = true,
                Meaning::Abroad => push(&mut self.abroad, &written(reading, span)),
                Meaning::Filler | Meaning::Outside => {}
                Meaning::Name(record) if record.kind == NameKind::Territory => {
                    places.push(record.clone())
                }
                Meaning::Name(record) => things.push(record.clone()),
            }
        }
        if !places.is_empty() {
            let text = written(reading, span);
            self.places.push(Mention {
                start: span.start,
                end: span.end,
                text,
                records: places,
            });
        }
        if !things.is_empty() {
            let text = written(reading, span);
            self.things.push(Mention {
                start: span.start,
                end: span.end,
                text,
                records: things,
            });
        }
    }

    pub fn has(&self, cue: Cue) -> bool {
        self.cues.contains(&cue)
    }

    pub fn any(&self, cues: &[Cue]) -> bool {
        cues.iter().any(|cue| self.has(*cue))
    }

    pub fn concept(&self, sense: &str) -> bool {
        self.concepts.iter().any(|c| c == sense)
    }

    pub fn measure(&self, sense: &str) -> bool {
        self.measures.iter().any(|m| m == sense)
    }

    /// Whether the sentence speaks of anything the database is about.
    pub fn in_domain(&self) -> bool {
        !(self.indicators.is_empty()
            && self.measures.is_empty()
            && self.activities.is_empty()
            && self.concepts.is_empty()
            && self.things.is_empty()
            && self.places.is_empty())
    }

    /// Whether it says what is wanted, not only about which place or time.
    pub fn has_topic(&self) -> bool {
        !(self.indicators.is_empty()
            && self.measures.is_empty()
            && self.activities.is_empty()
            && self.concepts.is_empty())
    }

    /// Records of the named things, one of each kind, the most specific kind first where a name has several.
    pub fn named(&self) -> Vec<Thing> {
        let mut named: Vec<Thing> = Vec::new();
        for mention in &self.things {
            for record in &mention.records {
                let thing = Thing {
                    kind: record.kind,
                    key: record.key.clone(),
                };
                if !named.contains(&thing) {
                    named.push(thing);
                }
            }
        }
        named
    }
}

/// "… and now", "… et aujourd'hui ?", "… w daba": behind another time.
fn and_now(lexicon: &Lexicon, reading: &Reading) -> bool {
    const NOW: [&str; 12] = [
        "now",
        "today",
        "nowadays",
        "maintenant",
        "aujourd",
        "actuellement",
        "daba",
        "lyoum",
        "دابا",
        "اليوم",
        "الان",
        "حاليا",
    ];
    let dated = |at: usize| {
        let mut spans = reading.spans.iter().filter(|span| span.end <= at);
        spans.any(|span| span.period.is_some() || span.number.is_some_and(|n| n.year_like))
    };
    (2..reading.tokens.len()).any(|at| {
        let (word, before) = (&reading.tokens[at].folded, &reading.tokens[at - 1].folded);
        let glued = word
            .strip_prefix('و')
            .is_some_and(|rest| NOW.contains(&rest));
        (glued || NOW.contains(&word.as_str()) && lexicon.is_joining(before)) && dated(at - 1)
    })
}

/// "Fès Shore ou Technopolis": French "ou" between two names is no "où".
fn joins_names(reading: &Reading, span: &Span) -> bool {
    let name = |other: &Span| other.meanings.iter().any(|m| matches!(m, Meaning::Name(_)));
    let mut spans = reading.spans.iter().filter(|other| name(other));
    let beside = |other: &Span| other.end == span.start || other.start == span.end;
    let or = reading.tokens[span.start].folded == "ou";
    or && (spans.by_ref().filter(|o| beside(o)).count() > 1 || parts_alike(reading, span))
}

/// "L'ancien Acticall ou l'ancien Sitel", "104 ou 111 millions": written without its accent between two of a kind.
fn parts_alike(reading: &Reading, span: &Span) -> bool {
    let unaccented = reading.tokens[span.start].text.to_lowercase() == "ou";
    let kinds = |other: &Span| -> Vec<Option<NameKind>> {
        let named = other.meanings.iter().filter_map(|m| match m {
            Meaning::Name(record) => Some(Some(record.kind)),
            _ => None,
        });
        named.chain(other.number.map(|_| None)).collect()
    };
    let before = reading
        .spans
        .iter()
        .filter(|o| o.end <= span.start)
        .flat_map(kinds);
    let before: Vec<Option<NameKind>> = before.collect();
    let after = reading.spans.iter().filter(|o| o.start >= span.end);
    unaccented && after.flat_map(kinds).any(|kind| before.contains(&kind))
}

fn is_quantity(meaning: &Meaning) -> bool {
    matches!(meaning, Meaning::Indicator(_) | Meaning::Measure(_))
}

/// The words of a span as they stand in the sentence.
fn written(reading: &Reading, span: &Span) -> String {
    let tokens = reading.tokens[span.start..span.end].iter();
    tokens
        .map(|token| token.text.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

fn in_plural(reading: &Reading, span: &Span) -> bool {
    let plural = |token: &language::Token| LEVELS.contains(&token.folded.as_str());
    reading.tokens[span.start..span.end].iter().any(plural)
}

/// "In the region", "dans la région", "f ljiha": after or with a preposition of place.
fn stands_within(reading: &Reading, span: &Span) -> bool {
    const IN: [&str; 10] = [
        "in", "within", "dans", "f", "fi", "ف", "في", "داخل", "wst", "inside",
    ];
    const ARTICLES: [&str; 6] = ["the", "our", "la", "l", "notre", "cette"];
    let word = |at: Option<usize>| {
        at.and_then(|at| reading.tokens.get(at))
            .map(|token| token.folded.as_str())
            .unwrap_or_default()
    };
    let before = span.start.checked_sub(1);
    let first = word(Some(span.start));
    let glued = ["ف", "ب"].iter().any(|p| first.starts_with(p)) && first.contains("جهه");
    if span.meanings.iter().any(|m| matches!(m, Meaning::Cue(_))) || in_plural(reading, span) {
        // "In which region", "dans quelles régions".
        return false;
    }
    IN.contains(&word(before))
        || ARTICLES.contains(&word(before)) && IN.contains(&word(span.start.checked_sub(2)))
        || IN.contains(&first)
        || glued
}

/// "2000 people" is no year: a round number before what it counts.
pub(super) fn counts_something(reading: &Reading, end: usize, value: f64) -> bool {
    let next = reading.spans.iter().find(|span| span.start == end);
    let counts = |m: &Meaning| {
        matches!(m, Meaning::Unit(_))
            || matches!(m, Meaning::Measure(measure) if matches!(measure.as_str(), "jobs" | "companies" | "headcount" | "students"))
    };
    // "More than 1980 people": a year has no people.
    let people = |m: &Meaning| matches!(m, Meaning::Unit(unit) if unit == "people");
    let compares = |m: &Meaning| matches!(m, Meaning::Comparator(_));
    let compared = |span: &Span| span.end + 1 == end && span.meanings.iter().any(compares);
    let compared = reading.spans.iter().any(compared);
    next.is_some_and(|span| {
        span.meanings.iter().any(people) && compared
            || value % 1000.0 == 0.0 && span.meanings.iter().any(counts)
    })
}

/// The number that was read as a year although it counts what follows.
fn counted_number(reading: &Reading, span: &Span) -> Option<NumberSpan> {
    let number = reading.numbers.iter().find(|n| n.end == span.end)?;
    let counts = span.end - span.start == 1 && counts_something(reading, number.end, number.value);
    counts.then_some(*number)
}

fn counted(reading: &Reading) -> Option<String> {
    let asked = reading
        .spans
        .iter()
        .position(|span| span.meanings.contains(&Meaning::Cue(Cue::Count)))?;
    let content = |span: &&Span| {
        let empty = |m: &Meaning| {
            matches!(
                m,
                Meaning::Filler | Meaning::Cue(_) | Meaning::Comparator(_)
            )
        };
        span.number.is_none() && span.period.is_none() && !span.meanings.iter().all(empty)
    };
    let next = reading.spans[asked + 1..].iter().find(content)?;
    next.meanings.iter().find_map(|m| match m {
        Meaning::Indicator(key) => Some(key.clone()),
        _ => None,
    })
}

/// Cues that a span only is in another language, where it is a word of the sentence's own: French "la" is no Darija "no".
fn foreign(lexicon: &Lexicon, span: &Span, form: Form) -> Vec<Meaning> {
    let own = |entry: &&u32| lexicon.form(**entry) == Some(form);
    if !span.entries.iter().any(|entry| own(&entry)) {
        return Vec::new();
    }
    let said: Vec<&Meaning> = span
        .entries
        .iter()
        .filter(own)
        .map(|entry| lexicon.meaning(*entry))
        .collect();
    // English "and salaries" is no French "salariés".
    let other_only = |meaning: &Meaning| {
        let mut known = span
            .entries
            .iter()
            .filter(|e| lexicon.meaning(**e) == meaning);
        known.clone().next().is_some()
            && known.all(|e| lexicon.form(*e).is_some_and(|other| other != form))
    };
    let quantity =
        |meaning: &Meaning| form == Form::En && is_quantity(meaning) && other_only(meaning);
    // What a longer spelling has inside is no other word.
    let whole = |meaning: &Meaning| {
        let mut entries = span.entries.iter();
        entries.any(|entry| lexicon.meaning(*entry) == meaning)
    };
    span.meanings
        .iter()
        .filter(|meaning| {
            let cue = matches!(meaning, Meaning::Cue(_)) && whole(meaning);
            (cue || quantity(meaning)) && !said.contains(meaning)
        })
        .cloned()
        .collect()
}

pub(super) fn push(list: &mut Vec<String>, sense: &str) {
    if !list.iter().any(|known| known == sense) {
        list.push(sense.to_owned());
    }
}
