//! Which territory a name means: cities as people mean them, two readings of a shared name, homonyms asked back.

use crate::lexicon::{Comparator, Cue, Level, LevelWord, Lexicon, NameKind, Record};

use crate::frame::{Frame, Thing};

use super::signals::{Mention, Signals};

/// Bare names that mean the prefecture or province, whatever commune shares them.
const CITIES: [&str; 9] = [
    "03.231", "03.061", "06.141", "04.421", "02.411", "09.001", "01.511", "01.571", "01.051",
];

/// The region "la région" is, the city "la ville" is, the country "le pays" is.
pub const HOME_REGION: &str = "03";
pub const HOME_CITY: &str = "03.231";
pub const COUNTRY: &str = "MA";

/// What the places of a sentence come down to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Places {
    pub codes: Vec<String>,
    /// The codes are readings of one name.
    pub readings: bool,
    /// Homonyms to choose from, when nothing decides.
    pub homonyms: Vec<Record>,
    /// The name that has homonyms, as written.
    pub name: String,
}

/// Resolves every place named; level words without a name stand for the home region, city or country.
pub fn resolve(lexicon: &Lexicon, signals: &Signals) -> Places {
    let mut places = Places::default();
    for mention in &signals.places {
        if says_where(lexicon, signals, mention) {
            continue;
        }
        let beside = level_beside(signals, mention);
        let narrowed = within_another(lexicon, signals, mention);
        match meant(lexicon, narrowed.as_ref().unwrap_or(mention), beside) {
            Meant::One(code) => add(&mut places.codes, code),
            Meant::Readings(codes) => {
                let said = said_elsewhere(signals, &codes);
                places.readings = signals.places.len() == 1 && said.is_none();
                let codes = said.map_or(codes, |code| vec![code]);
                let codes = if places.readings || codes.len() == 1 {
                    codes
                } else {
                    codes.into_iter().take(1).collect()
                };
                codes
                    .into_iter()
                    .for_each(|code| add(&mut places.codes, code));
            }
            Meant::Homonyms(records) => {
                places.homonyms = records;
                places.name.clone_from(&mention.text);
            }
        }
    }
    // "la part de Fès au Maroc": the country beside another place is the frame of the ratio, not the place.
    // "Is it above the national average?": one place against the country.
    let sided = |c: &Comparator| matches!(c, Comparator::More | Comparator::Less);
    let against = signals.has(Cue::YesNo)
        && signals.numbers.is_empty()
        && signals.comparators.iter().any(sided)
        && places.codes.iter().filter(|code| *code != COUNTRY).count() == 1;
    let compared = against || signals.any(&[Cue::Comparison, Cue::Difference]);
    if places.codes.len() > 1 && !compared {
        places.codes.retain(|code| code != COUNTRY);
    }
    let nation = signals
        .levels
        .iter()
        .any(|(level, _)| *level == LevelWord::Country);
    if compared && nation && places.codes.len() == 1 && !places.readings {
        // "Against the national rate".
        add(&mut places.codes, COUNTRY.to_owned());
    }
    // "La part de la région au niveau national".
    let region = signals
        .levels
        .iter()
        .any(|(level, _)| *level == LevelWord::Region);
    if region && places.codes == [COUNTRY] && signals.any(&[Cue::Share, Cue::Rank]) {
        places.codes = vec![HOME_REGION.to_owned()];
    }
    if places.codes.is_empty()
        && places.homonyms.is_empty()
        && let Some(code) = alone(signals)
    {
        places.codes.push(code.to_owned());
    }
    places
}

/// Whether a bare name of a city means this prefecture or province.
pub fn is_large_city(code: &str) -> bool {
    CITIES.contains(&code)
}

/// The reading of a name whose step is said somewhere in the sentence: "Sefrou, … f la commune ?".
fn said_elsewhere(signals: &Signals, codes: &[String]) -> Option<String> {
    let ranked =
        signals.any(&[Cue::Top, Cue::Bottom, Cue::List, Cue::WhichOnes]) || signals.several_levels;
    let [(word, _)] = signals.levels.as_slice() else {
        return None;
    };
    let level = super::about::level_of(*word).filter(|_| !ranked && signals.places.len() == 1)?;
    let own = |code: &&String| crate::lexicon::territory_level(code) == Some(level);
    codes.iter().find(own).cloned()
}

/// The city of this name, of those that people mean by a bare name.
pub fn city_named(lexicon: &Lexicon, name: &str) -> Option<String> {
    let name = language::fold(name);
    let named = |code: &&&str| {
        let names = lexicon.names(NameKind::Territory, code);
        names.iter().any(|own| language::fold(own) == name)
    };
    CITIES.iter().find(named).map(|code| (*code).to_owned())
}

/// A name shared by several communes, with those only that lie in another place named: "Sidi Ahmed, Taounate".
fn within_another(lexicon: &Lexicon, signals: &Signals, mention: &Mention) -> Option<Mention> {
    let communes = |r: &&Record| matches!(r.level, Some(Level::Commune | Level::Arrondissement));
    let inside: Vec<Record> = mention
        .records
        .iter()
        .filter(communes)
        .filter(|record| {
            let others = signals
                .places
                .iter()
                .filter(|other| other.start != mention.start);
            others
                .flat_map(|other| &other.records)
                .any(|other| is_within(lexicon, &record.key, &other.key))
        })
        .cloned()
        .collect();
    let own_name = mention.records.iter().all(|r| communes(&r));
    (own_name && !inside.is_empty()).then(|| Mention {
        records: inside,
        ..mention.clone()
    })
}

/// A place named only to say where another one lies.
fn says_where(lexicon: &Lexicon, signals: &Signals, mention: &Mention) -> bool {
    if signals.any(&[Cue::Comparison, Cue::Difference, Cue::Share]) {
        return false;
    }
    let contains = |inner: &Mention| {
        inner.records.iter().any(|record| {
            mention
                .records
                .iter()
                .any(|outer| is_within(lexicon, &record.key, &outer.key))
        })
    };
    signals
        .places
        .iter()
        .filter(|other| other.start != mention.start && other.start.abs_diff(mention.start) <= 6)
        .any(|other| within_another(lexicon, signals, other).is_some() && contains(other))
}

/// Whether a territory lies in another one, which is a province or larger.
pub fn is_within(lexicon: &Lexicon, code: &str, outer: &str) -> bool {
    let mut at = code.to_owned();
    while let Some(above) = parent(lexicon, &at) {
        if above == outer {
            return true;
        }
        at = above;
    }
    false
}

enum Meant {
    One(String),
    Readings(Vec<String>),
    Homonyms(Vec<Record>),
}

fn meant(lexicon: &Lexicon, mention: &Mention, beside: Option<LevelWord>) -> Meant {
    let records = &mention.records;
    let of = |level: Level| records.iter().filter(move |r| r.level == Some(level));
    let city = records.iter().find(|r| CITIES.contains(&r.key.as_str()));
    match beside {
        Some(LevelWord::Region) => {
            if let Some(region) = of(Level::Region).next() {
                return Meant::One(region.key.clone());
            }
            let province = city
                .or_else(|| of(Level::Province).next())
                .or(records.first());
            if let Some(region) = province.and_then(|p| ancestor(lexicon, &p.key, Level::Region)) {
                return Meant::One(region);
            }
        }
        Some(LevelWord::Province) => {
            if let Some(province) = of(Level::Province).next() {
                return Meant::One(province.key.clone());
            }
        }
        Some(LevelWord::Commune) => return one_of(of(Level::Commune).cloned().collect(), records),
        Some(LevelWord::Arrondissement) if of(Level::Arrondissement).next().is_some() => {
            return one_of(of(Level::Arrondissement).cloned().collect(), records);
        }
        Some(LevelWord::City) if city.is_none() => {
            return one_of(of(Level::Commune).cloned().collect(), records);
        }
        _ => {}
    }
    if let Some(city) = city {
        return Meant::One(city.key.clone());
    }
    if let Some(high) = of(Level::Country)
        .next()
        .or_else(|| of(Level::Region).next())
    {
        return Meant::One(high.key.clone());
    }
    if let Some(province) = of(Level::Province).next() {
        let own = of(Level::Commune)
            .find(|commune| commune.key.starts_with(&format!("{}.", province.key)));
        return match own {
            Some(commune) => Meant::Readings(vec![province.key.clone(), commune.key.clone()]),
            None => Meant::One(province.key.clone()),
        };
    }
    one_of(of(Level::Commune).cloned().collect(), records)
}

fn one_of(mut wanted: Vec<Record>, all: &[Record]) -> Meant {
    if wanted.is_empty() {
        wanted = all.to_vec();
    }
    wanted.sort_by(|a, b| a.key.cmp(&b.key));
    wanted.dedup_by(|a, b| a.key == b.key);
    match wanted.as_slice() {
        [only] => Meant::One(only.key.clone()),
        _ => Meant::Homonyms(wanted),
    }
}

/// The level word that stands next to a name, a function word between them or none.
fn level_beside(signals: &Signals, mention: &Mention) -> Option<LevelWord> {
    // "Which commune of Sefrou province": the word after the name is its own, the one before is what is asked.
    let after = signals.levels.iter().find(|(_, at)| *at == mention.end);
    let near = signals
        .levels
        .iter()
        .filter(|(_, at)| {
            (*at < mention.start && mention.start - at <= 3)
                || (*at >= mention.end && at - mention.end <= 1)
        })
        .min_by_key(|(_, at)| at.abs_diff(mention.start));
    let own =
        |(level, _): &&(LevelWord, usize)| !super::about::ranked_inside(signals, *level, mention);
    after.or(near.filter(own)).map(|(level, _)| *level)
}

fn alone(signals: &Signals) -> Option<&'static str> {
    let has = |level: LevelWord| signals.levels.iter().any(|(l, _)| *l == level);
    if has(LevelWord::Region) {
        Some(HOME_REGION)
    } else if has(LevelWord::City) {
        Some(HOME_CITY)
    } else if has(LevelWord::Country) {
        Some(COUNTRY)
    } else {
        None
    }
}

/// Whether the places of a frame only say where its thing is: "Agropolis à Meknès".
pub fn say_home(lexicon: &Lexicon, frame: &Frame) -> bool {
    let home = |thing: &Thing| lexicon.parent(thing.kind, &thing.key);
    frame.things.first().and_then(home).is_some_and(|home| {
        let lies_in = |code: &String| home == code.as_str() || is_within(lexicon, home, code);
        frame.places.iter().all(lies_in)
    })
}

/// The territory of a level above a code.
pub fn ancestor(lexicon: &Lexicon, code: &str, level: Level) -> Option<String> {
    let mut at = code.to_owned();
    for _ in 0..5 {
        if crate::lexicon::territory_level(&at) == Some(level) {
            return Some(at);
        }
        at = parent(lexicon, &at)?;
    }
    None
}

/// The territory one step up.
pub fn parent(lexicon: &Lexicon, code: &str) -> Option<String> {
    if let Some(parent) = lexicon.parent(NameKind::Territory, code) {
        return Some(parent.to_owned());
    }
    match code.split_once('.') {
        Some((region, _)) => Some(region.to_owned()),
        None => (code != COUNTRY).then(|| COUNTRY.to_owned()),
    }
}

fn add(codes: &mut Vec<String>, code: String) {
    if !codes.contains(&code) {
        codes.push(code);
    }
}
