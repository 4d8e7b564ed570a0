//! Lists of records and counts of our own records: how many there are, the lines told, and how to have the rest.

use serde_json::Value;

use crate::answer::{AbstentionReason, Item, ItemKind};
use crate::frame::{Frame, Listed, Role};
use crate::lexicon::NameKind;
use crate::suggest;

use super::aids::{amounts, incentives, schools, training};
use super::companies::{operators, organisations, sites};
use super::record::{Named, nodes, total};
use super::rows::{SourceRow, TerritoryRow, WordRow};
use super::sentence::directory_figure;
use super::things::{class, nothing};
use super::understood::origin;
use super::works::{agreements, events, parks, plans, projects};
use super::{Context, Draft, directory};

/// Records of a list that are all given with it; of a longer one those that are told.
pub const PAGE: usize = 100;

/// A line of a list in the making.
pub struct Line {
    pub item: Item,
    pub words: String,
    pub source: Option<String>,
}

/// The reply to a list question, or to a count of records.
pub fn reply(context: &Context<'_>, data: &Value, operation: &str) -> Draft {
    let (lines, connection, of) = match operation {
        "Operators" if context.frame.listed == Some(Listed::Sites) => {
            (sites(context, data), "sites", "sites")
        }
        "Operators" => (operators(context, data), "organisations", "organisations"),
        "Organisations" => (
            organisations(context, data),
            "organisations",
            "organisations",
        ),
        "Parks" => (parks(context, data), "parks", "parks"),
        "Projects" => (projects(context, data), "projects", "projects"),
        "Agreements" => (agreements(context, data), "agreements", "agreements"),
        "Plans" => (plans(context, data), "plans", "plans"),
        "Incentives" => (incentives(context, data), "incentives", "incentives"),
        "Training" if context.frame.listed != Some(Listed::Training) => {
            (schools(data), "trainingProgrammes", "organisations")
        }
        "Training" => (
            training(context, data),
            "trainingProgrammes",
            "training_programmes",
        ),
        "Events" => (events(context, data), "events", "events"),
        "Territories" => (territories(data), "territories", "territories"),
        "Sources" => (sources(context, data), "sources", "sources"),
        "Activities" => (activities(data), "activities", "activities"),
        _ => return nothing(context),
    };
    let (speaker, frame) = (context.speaker, context.frame);
    let known = total(data, connection).unwrap_or(lines.len() as u64);
    let chosen = is_chosen_here(frame, operation);
    // A school has several programmes.
    let schools = operation == "Training" && frame.listed != Some(Listed::Training);
    let count = match chosen || schools {
        true => lines.len() as u64,
        false => known,
    };
    if lines.is_empty() || count == 0 {
        return none_known(context);
    }
    let what = speaker.word(&class(frame.listed.unwrap_or(Listed::Operators)));
    let mut draft = Draft::default();
    if operation == "Incentives" {
        for figure in amounts(data, frame) {
            draft.figure(figure);
        }
    }
    draft.say(speaker.say(
        "list-count",
        vec![
            ("what", what.into()),
            ("scope", scope(context).into()),
            ("count", speaker.number(count as f64).into()),
            ("n", (count as f64).into()),
        ],
    ));
    draft.figure(directory_figure(
        count,
        of,
        directory::territory(frame),
        directory::subject(frame),
    ));
    if chosen && count < known {
        draft.narrowed = Some(lines.iter().map(|line| line.item.key.clone()).collect());
    }
    let told = frame.told_lines();
    if told.start >= lines.len() {
        // What comes after the last line that was read.
        return nothing(context);
    }
    let rest = (count as usize).saturating_sub(told.end);
    let long = lines.len() > PAGE;
    for (at, line) in lines.into_iter().enumerate() {
        if told.contains(&at) {
            draft.lines.push(format!("• {}", line.words));
        } else if long {
            continue;
        }
        if let Some(source) = line.source {
            draft.cite(&source);
        }
        draft.items.push(line.item);
    }
    say_rest(context, &mut draft, rest);
    draft
}

/// An empty list: of members and of what companies offer, it is said what is not recorded.
fn none_known(context: &Context<'_>) -> Draft {
    let (lexicon, speaker, frame) = (context.lexicon, context.speaker, context.frame);
    let federation = (frame.things.iter().rev()).find(|t| t.kind == NameKind::Organisation);
    let said = match (frame.role, federation, frame.sector.as_deref()) {
        (Some(Role::Member), Some(federation), _) => {
            let name = suggest::localised(lexicon, speaker, federation.kind, &federation.key);
            speaker.say("no-members", vec![("name", name.into())])
        }
        (_, _, Some(_)) if frame.listed == Some(Listed::Organisations) => speaker.word("no-offers"),
        _ => return nothing(context),
    };
    let mut draft = Draft {
        reason: Some(AbstentionReason::NoObservation),
        ..Draft::default()
    };
    draft.say(said);
    draft
}

/// What the records of a list have in common, in parentheses, with the space before: what they were chosen by, and nothing else
/// that was said. Empty for all there are.
fn scope(context: &Context<'_>) -> String {
    use Listed::{
        Agreements, Events, Incentives, Operators, Organisations, Parks, Plans, Projects, Sites,
        Territories, Training,
    };
    let (lexicon, speaker, frame) = (context.lexicon, context.speaker, context.frame);
    let listed = frame.listed.unwrap_or(Operators);
    let works = matches!(listed, Operators | Sites);
    let of_things = works
        || matches!(
            listed,
            Parks | Projects | Agreements | Incentives | Training | Events | Organisations
        );
    let placed = works
        || matches!(
            listed,
            Parks | Projects | Plans | Incentives | Training | Events | Territories
        );
    let mut parts: Vec<String> = Vec::new();
    let whole = |activity: &&str| *activity != "offshoring_all";
    if let Some(activity) = frame.activity.as_deref().filter(whole).filter(|_| works) {
        parts.push(suggest::localised(
            lexicon,
            speaker,
            NameKind::Activity,
            activity,
        ));
    }
    for thing in frame.things.iter().filter(|_| of_things) {
        let name = lexicon.name(thing.kind, &thing.key).unwrap_or(&thing.key);
        if !parts.iter().any(|known| known == name) {
            parts.push(name.to_owned());
        }
    }
    let places = if frame.readings {
        1
    } else {
        frame.places.len()
    };
    for code in frame.places.iter().take(places).filter(|_| placed) {
        parts.push(suggest::localised(
            lexicon,
            speaker,
            NameKind::Territory,
            code,
        ));
    }
    if let Some(country) = frame
        .country
        .as_deref()
        .filter(|_| works || listed == Organisations)
    {
        parts.push(origin(speaker, country));
    }
    if !frame.when.is_latest()
        && matches!(listed, Agreements | Events | Projects | Parks | Incentives)
    {
        parts.push(frame.when.label());
    }
    match parts.is_empty() {
        true => String::new(),
        false => format!(" ({})", speaker.list(&parts)),
    }
}

/// How many more there are, and how to have them; nothing when there are none.
pub fn say_rest(context: &Context<'_>, draft: &mut Draft, rest: usize) {
    if rest == 0 {
        return;
    }
    let count = context.speaker.number(rest as f64);
    draft.close(
        context
            .speaker
            .say("list-rest", vec![("count", count.into())]),
    );
    draft.figure(directory_figure(rest as u64, "rest", None, None));
}

/// Whether records are chosen by what no filter of the schema tells: their date, what is taught.
fn is_chosen_here(frame: &Frame, operation: &str) -> bool {
    let dated = !frame.when.is_latest();
    dated && matches!(operation, "Projects" | "Parks" | "Events" | "Agreements")
        || frame.sector.is_some() && operation == "Training"
        || frame.number.is_some() && operation == "Incentives"
        || frame.thing(NameKind::Organisation).is_some() && operation == "Events"
}

/// Whether a record of this date is of the time that is asked for.
pub fn is_of_time(context: &Context<'_>, date: Option<&str>) -> bool {
    let when = context.frame.when;
    when.is_latest() || date.is_some_and(|date| when.holds(date))
}

/// An entry of a list.
pub fn item(key: &str, name: &str, kind: ItemKind, detail: Option<String>) -> Item {
    Item {
        key: key.to_owned(),
        name: name.to_owned(),
        kind,
        detail,
        value: None,
    }
}

fn territories(data: &Value) -> Vec<Line> {
    nodes::<TerritoryRow>(data, "territories")
        .into_iter()
        .map(|t| Line {
            words: t.name.clone(),
            item: item(&t.code, &t.name, ItemKind::Territory, None),
            source: t.source.map(|s| s.key),
        })
        .collect()
}

fn sources(context: &Context<'_>, data: &Value) -> Vec<Line> {
    nodes::<SourceRow>(data, "sources")
        .into_iter()
        .map(|s| {
            let date = s
                .published_on
                .as_deref()
                .map(|d| context.speaker.date(d))
                .unwrap_or_else(|| context.speaker.word("undated"));
            let name = s.title.unwrap_or_else(|| s.publisher.clone());
            Line {
                words: format!("{} — {date}", s.publisher),
                item: item(&s.key, &name, ItemKind::Source, s.published_on),
                source: Some(s.key),
            }
        })
        .collect()
}

fn activities(data: &Value) -> Vec<Line> {
    nodes::<WordRow>(data, "activities")
        .into_iter()
        .filter(|a| {
            a.parent
                .as_ref()
                .is_some_and(|p: &Named| p.key == "offshoring_all")
                || a.parent.is_none()
        })
        .map(|a| Line {
            words: a.name.clone(),
            item: item(&a.key, &a.name, ItemKind::Activity, None),
            source: a.source.map(|s| s.key),
        })
        .collect()
}
