//! Classes of the census said in several words: businesses by the people they employ and by the years they were founded in,
//! people by age. A class is a bucket of the census or nothing: 18 to 25 is not 20 to 24.

use language::{NumberSpan, Period};

use crate::frame::When;
use crate::lexicon::{Comparator, Cue};
use crate::span::Reading;

use super::signals::Signals;

/// What a class comes down to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Class {
    /// The indicator of a bucket.
    Bucket(String),
    /// A class that the census does not tell apart.
    Untold,
}

/// Words that make numbers ages, folded.
const AGE: [&str; 27] = [
    "ans",
    "an",
    "age",
    "ages",
    "agee",
    "agees",
    "aged",
    "years",
    "year",
    "yo",
    "olds",
    "old",
    "سنه",
    "سنوات",
    "عام",
    "عاما",
    "عمر",
    "عمرهم",
    "عمرها",
    "اعمار",
    "العمر",
    "3am",
    "snin",
    "3mr",
    "3mer",
    "3mrhom",
    "3merhom",
];

/// Tokens around a pair of numbers in which the word of age stands.
const REACH: usize = 4;

/// The class a sentence asks for; `None` when it names none.
pub fn class(signals: &Signals, reading: &Reading) -> Option<Class> {
    if !signals.activities.is_empty() || !signals.things.is_empty() {
        return None;
    }
    let businesses = signals.measure("companies")
        || signals
            .indicators
            .iter()
            .any(|key| key.starts_with("hcp_businesses") || key == "hcp_establishments_total");
    if businesses {
        return founded(signals).or_else(|| size(signals));
    }
    age(signals, reading)
}

/// "Créées entre 2011 et 2019", "founded in 2020 or later".
fn founded(signals: &Signals) -> Option<Class> {
    if !signals.has(Cue::Opened) {
        return None;
    }
    let onwards = signals
        .comparators
        .iter()
        .any(|c| matches!(c, Comparator::AtLeast | Comparator::More));
    let bucket = match signals.whens.first()? {
        When::Years(2020 | 2021, _) => "2020_plus",
        When::At(Period::Year(2020)) if onwards => "2020_plus",
        When::Years(2011, 2019) => "2011_2019",
        When::Years(2001, 2010) => "2001_2010",
        When::Years(1991, 2000) => "1991_2000",
        When::Years(1981, 1990) => "1981_1990",
        When::Years(1956, 1980) => "1956_1980",
        When::Years(_, 1955) => "before_1956",
        _ => return Some(Class::Untold),
    };
    Some(Class::Bucket(format!("hcp_businesses_founded_{bucket}")))
}

/// "Plus de 50 salariés", "10 to 49 people".
fn size(signals: &Signals) -> Option<Class> {
    let people = signals.units.iter().any(|unit| unit == "people")
        || signals.measure("jobs")
        || signals.measure("headcount")
        || signals
            .indicators
            .iter()
            .any(|key| key == "hcp_employed" || key == "hcp_population_legal");
    let ranked = [
        Cue::Top,
        Cue::Bottom,
        Cue::Rank,
        Cue::Verification,
        Cue::YesNo,
    ];
    if !people || signals.any(&ranked) {
        return None;
    }
    let stated: Vec<f64> = counts(signals).map(|number| number.value).collect();
    let comparator = signals
        .comparators
        .iter()
        .find(|c| !matches!(c, Comparator::About));
    let bucket = match (stated.as_slice(), comparator) {
        ([], _) => return None,
        ([low, high], _) if (*low, *high) == (2.0, 3.0) => "2_3",
        ([low, high], _) if (*low, *high) == (4.0, 9.0) => "4_9",
        ([low, high], _) if (*low, *high) == (10.0, 49.0) => "10_49",
        ([one], None | Some(Comparator::Equal)) if *one == 1.0 => "1",
        ([many], Some(Comparator::More | Comparator::AtLeast)) if *many == 50.0 => "50_plus",
        ([many], Some(Comparator::More)) if *many == 49.0 => "50_plus",
        _ => {
            // "Which companies employ 500 to 1,000 people", "companies of more than 3,000 staff": those that are known.
            let counted = signals.any(&[Cue::Count, Cue::Value, Cue::Share]);
            return counted.then_some(Class::Untold);
        }
    };
    Some(Class::Bucket(format!("hcp_businesses_size_{bucket}")))
}

/// "Les 20-24 ans", "aged 15 to 19".
fn age(signals: &Signals, reading: &Reading) -> Option<Class> {
    let stated: Vec<&NumberSpan> = counts(signals).collect();
    if let ([one], ["hcp_population_legal"]) = (stated.as_slice(), keys(signals).as_slice()) {
        // "Population under 15": an age, and no number of people.
        let sided = |c: &Comparator| !matches!(c, Comparator::About | Comparator::Equal);
        let aged = one.value <= 100.0 && one.end - one.start == 1;
        let here = signals.levels.is_empty() && !signals.has(Cue::Growth);
        return (aged && here && signals.comparators.iter().any(sided)).then_some(Class::Untold);
    }
    let [low, high] = stated.as_slice() else {
        return None;
    };
    let near = low.start.saturating_sub(REACH)..(high.end + REACH).min(reading.tokens.len());
    // "An unemployment rate between 10 and 15": an English article is no French year.
    let article = |at: usize| at < low.start && reading.tokens[at].folded == "an";
    let aged = near
        .into_iter()
        .any(|at| is_age(&reading.tokens[at].folded) && !article(at));
    if !aged || low.value >= high.value || high.value > 120.0 {
        return None;
    }
    let bucket = format!("hcp_share_age_{}_{}", low.value, high.value);
    Some(match (low.value as u8, high.value as u8) {
        (15, 19) | (20, 24) | (25, 29) | (30, 34) => Class::Bucket(bucket),
        _ => Class::Untold,
    })
}

fn keys(signals: &Signals) -> Vec<&str> {
    signals.indicators.iter().map(String::as_str).collect()
}

fn counts(signals: &Signals) -> impl Iterator<Item = &NumberSpan> {
    signals.numbers.iter().filter(|number| !number.ordinal)
}

/// Whether a word makes a number an age.
pub fn is_age(word: &str) -> bool {
    AGE.contains(&language::fold(word).as_str())
}

/// Whether a number of a sentence is one that bounds the bucket of an indicator: 50 in `hcp_businesses_size_50_plus`.
pub fn bounds(indicator: &str, value: f64) -> bool {
    let parts = indicator
        .strip_prefix("hcp_share_age_")
        .or_else(|| indicator.strip_prefix("hcp_businesses_size_"));
    // "15 years and over".
    let from = indicator
        .strip_suffix("_plus")
        .and_then(|key| key.rsplit('_').next()?.parse::<f64>().ok());
    from == Some(value)
        || parts.is_some_and(|parts| {
            parts
                .split('_')
                .filter_map(|part| part.parse::<f64>().ok())
                .any(|bound| bound == value || bound == value + 1.0)
        })
}
