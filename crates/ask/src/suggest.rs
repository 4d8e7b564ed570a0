//! Questions that have an answer, in the language form of the asker.

use language::Locale;

use crate::answer::{Choice, QuestionKind};
use crate::frame::{Frame, Listed, When};
use crate::lexicon::{Level, Lexicon, NameKind, Record, territory_level};
use crate::reply::Speaker;
use crate::understand::{HOME_CITY, HOME_REGION, parent};

/// Questions offered when nothing nearer is known, each about records that the data set was founded on.
const USUAL: [(&str, &str); 6] = [
    ("call_centres", HOME_CITY),
    ("call_centre_jobs", HOME_CITY),
    ("axes", ""),
    ("offshoring_rank_national", HOME_REGION),
    ("operators", HOME_CITY),
    ("hcp_population_legal", HOME_CITY),
];

/// Fès, Meknès, Casablanca: offered where somebody asks what is near and does not say to what.
const NEAR: [&str; 3] = [HOME_CITY, "03.061", "06.141"];

/// Three questions: what is known nearest to the frame, of the same quantity, place or thing, then the usual ones. The frame
/// itself is left out.
pub fn suggestions(lexicon: &Lexicon, speaker: Speaker, frame: Option<&Frame>) -> Vec<String> {
    let mut found = frame
        .map(|frame| near(lexicon, speaker, frame))
        .unwrap_or_default();
    let asked = frame.and_then(|f| f.indicator.as_deref());
    for (about, place) in USUAL {
        let question = usual(lexicon, speaker, about, place);
        if Some(about) != asked && !found.contains(&question) {
            found.push(question);
        }
    }
    found.truncate(3);
    found
}

fn near(lexicon: &Lexicon, speaker: Speaker, frame: &Frame) -> Vec<String> {
    let mut found = Vec::new();
    let home = frame
        .indicator
        .as_deref()
        .and_then(|key| lexicon.frames().indicator(key).home.map(|home| (key, home)));
    if let Some((indicator, home)) = home
        && !(frame.places == [home.as_str()] && frame.when.is_latest())
    {
        let known = Frame {
            indicator: Some(indicator.to_owned()),
            places: vec![home],
            ..Frame::new(QuestionKind::Value)
        };
        found.push(question(lexicon, speaker, &known));
    }
    if frame.listed == Some(Listed::Organisations) && frame.sector.is_some() {
        // What companies offer is not known: who they are is.
        found.push(usual(lexicon, speaker, "operators", HOME_CITY));
    }
    for thing in frame.things.iter().take(1) {
        let id = match thing.kind {
            NameKind::Organisation => "ask-who",
            NameKind::Park => "ask-where",
            NameKind::Project => "ask-status",
            _ => continue,
        };
        let name = told_name(lexicon, thing.kind, &thing.key);
        found.push(speaker.say(id, vec![("name", name.into())]));
    }
    // The census knows every territory.
    let population = "hcp_population_legal";
    if frame.indicator.as_deref() != Some(population)
        && let Some(place) = frame.places.first().filter(|code| *code != HOME_CITY)
    {
        let mut place_of = in_place(lexicon, speaker, place);
        if let (Some(Level::Commune), Some(province)) =
            (territory_level(place), parent(lexicon, place))
        {
            // Communes share names.
            place_of.push_str(&format!(
                ", {}",
                territory_name(lexicon, speaker, &province)
            ));
        }
        found.push(speaker.say(
            &format!("ask-{population}"),
            vec![("place", place_of.into())],
        ));
    }
    found
}

/// The first name of a record that can be asked for: a comma parts what is asked.
fn told_name<'a>(lexicon: &'a Lexicon, kind: NameKind, key: &'a str) -> &'a str {
    let names = lexicon.names(kind, key);
    let whole = |name: &&String| !name.contains(',');
    names
        .iter()
        .find(whole)
        .or(names.first())
        .map_or(key, String::as_str)
}

fn usual(lexicon: &Lexicon, speaker: Speaker, about: &str, place: &str) -> String {
    let place = in_place(lexicon, speaker, place);
    speaker.say(&format!("ask-{about}"), vec![("place", place.into())])
}

/// A frame written as a question in words.
pub fn question(lexicon: &Lexicon, speaker: Speaker, frame: &Frame) -> String {
    let indicator = frame.indicator.as_deref().unwrap_or_default();
    let mut place = frame
        .places
        .first()
        .map(|code| in_place(lexicon, speaker, code))
        .unwrap_or_default();
    if let Some(thing) = frame.things.first() {
        let name = told_name(lexicon, thing.kind, &thing.key);
        place = format!(" {name}{place}");
    }
    let period = year_of(speaker, frame);
    let template = frame
        .things
        .is_empty()
        .then(|| {
            speaker.try_say(
                &format!("ask-{indicator}"),
                vec![("place", format!("{place}{period}").into())],
            )
        })
        .flatten();
    template.unwrap_or_else(|| {
        let name = indicator_name(lexicon, speaker, indicator);
        speaker.say(
            "ask-figure",
            vec![
                ("indicator", name.into()),
                ("place", format!("{place}{period}").into()),
            ],
        )
    })
}

/// The frame asked of one of several places of the same name, told apart by what it belongs to.
pub fn homonym(
    lexicon: &Lexicon,
    speaker: Speaker,
    name: &str,
    record: &Record,
    frame: &Frame,
) -> Choice {
    let above = parent(lexicon, &record.key).unwrap_or_default();
    let above = territory_name(lexicon, speaker, &above);
    if frame.kind == QuestionKind::Near {
        let what = crate::reply::what(speaker, frame);
        let place = format!("{name}, {above}");
        return Choice {
            label: format!("{name} ({above})"),
            question: speaker.say(
                "ask-near",
                vec![("what", what.into()), ("name", place.into())],
            ),
        };
    }
    let indicator = frame.indicator.as_deref().unwrap_or("hcp_population_legal");
    let question = speaker.say(
        "ask-figure",
        vec![
            (
                "indicator",
                indicator_name(lexicon, speaker, indicator).into(),
            ),
            (
                "place",
                format!(" {name}, {above}{}", year_of(speaker, frame)).into(),
            ),
        ],
    );
    Choice {
        label: format!("{name} ({above})"),
        question,
    }
}

/// The period asked, with the space before.
fn year_of(speaker: Speaker, frame: &Frame) -> String {
    match frame.when {
        When::Latest => String::new(),
        When::At(period) => format!(" {}", speaker.period(&period.to_string())),
        When::Years(first, last) => format!(" {first}-{last}"),
    }
}

/// Name of an indicator in the language of the form.
pub fn indicator_name(lexicon: &Lexicon, speaker: Speaker, key: &str) -> String {
    localised(lexicon, speaker, NameKind::Indicator, key)
}

/// The same question of nearness asked from up to three towns that have positions and something near.
pub fn near_cities(lexicon: &Lexicon, speaker: Speaker, frame: &Frame) -> Vec<Choice> {
    NEAR.iter()
        .map(|code| {
            let name = territory_name(lexicon, speaker, code);
            let what = crate::reply::what(speaker, frame);
            let question = crate::reply::capital(&speaker.say(
                "ask-near",
                vec![("what", what.into()), ("name", name.into())],
            ));
            Choice {
                label: question.clone(),
                question,
            }
        })
        .collect()
}

pub fn territory_name(lexicon: &Lexicon, speaker: Speaker, code: &str) -> String {
    localised(lexicon, speaker, NameKind::Territory, code)
}

/// The name in the script of the form, French in Latin script unless English is spoken.
pub fn localised(lexicon: &Lexicon, speaker: Speaker, kind: NameKind, key: &str) -> String {
    let names = lexicon.names(kind, key);
    let script = speaker.form.script();
    let mut fitting = names
        .iter()
        .filter(|name| language::Script::of(name) == script);
    let found = match speaker.form.locale() {
        Locale::En => {
            let first = fitting.next();
            // The second name is the English one, unless it is short for the first: "Casa".
            let short = |second: &&String| first.is_some_and(|first| first.starts_with(*second));
            let second = fitting.next().filter(|second| !short(second));
            second.or(first).or(names.first())
        }
        _ => fitting.next().or(names.first()),
    };
    found.cloned().unwrap_or_else(|| key.to_owned())
}

fn in_place(lexicon: &Lexicon, speaker: Speaker, code: &str) -> String {
    if code.is_empty() {
        return String::new();
    }
    let name = territory_name(lexicon, speaker, code);
    let id = match territory_level(code) {
        Some(Level::Country) => "in-country",
        Some(Level::Region) => "in-region",
        _ => "in-city",
    };
    speaker.say(id, vec![("name", name.into())])
}
