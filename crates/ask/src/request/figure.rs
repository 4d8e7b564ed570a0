//! The operation of a figure: as many headlines as it takes, and our own records beside a count.

use serde_json::{Map, Value, json};

use crate::answer::{Answer, Figure, FigureBasis, QuestionKind};
use crate::frame::Frame;
use crate::lexicon::{Lexicon, NameKind};
use crate::understand::HOME_CITY;

use super::Operation;
use super::slots::{Slot, period, subject};

/// Names of the headlines in the operation, and what their variables end in.
pub const HEADLINES: [(&str, &str); 4] = [
    ("first", ""),
    ("second", "2"),
    ("third", "3"),
    ("fourth", "4"),
];

const PARTS: &str = include_str!("../../documents/headline_parts.graphql");

/// The operation that asks for the headlines of the slots.
pub fn figure(lexicon: &Lexicon, frame: &Frame, slots: &[Slot], locale: &str) -> Operation {
    let indicator = frame.indicator.clone().unwrap_or_default();
    let needs = lexicon.frames().indicator(&indicator);
    let about = slots
        .iter()
        .any(|slot| slot.subject.as_ref().and_then(subject).is_some());
    let activity = (!about)
        .then(|| frame.activity.clone().or(needs.activity.clone()))
        .flatten();
    let mut variables = Map::from_iter([
        ("locale".to_owned(), json!(locale)),
        ("indicator".to_owned(), json!(indicator)),
    ]);
    let mut declared = String::from("$locale: Locale, $indicator: String!");
    let mut shared = String::new();
    if let Some(activity) = &activity {
        variables.insert("activity".into(), json!(activity));
        declared.push_str(", $activity: String");
    }
    if let Some(period) = period(frame) {
        variables.insert("period".into(), json!(period));
        declared.push_str(", $period: ReferencePeriod");
        shared.push_str(", period: $period");
    }
    let mut fields = String::new();
    for (slot, (name, end)) in slots.iter().zip(HEADLINES) {
        let mut own = String::from("indicator: $indicator");
        if let Some(indicator) = &slot.indicator {
            variables.insert(format!("indicator{end}"), json!(indicator));
            declared.push_str(&format!(", $indicator{end}: String!"));
            own.push_str(end);
        }
        if let Some(other) = &slot.activity {
            variables.insert(format!("activity{end}"), json!(other));
            declared.push_str(&format!(", $activity{end}: String"));
            own.push_str(&format!(", activity: $activity{end}"));
        } else if activity.is_some() {
            own.push_str(", activity: $activity");
        }
        let subject = slot.subject.as_ref().and_then(subject);
        for (argument, kind, value) in [
            (
                "territory",
                "String",
                slot.territory.as_ref().map(|code| json!(code)),
            ),
            (
                "subject",
                "SubjectInput",
                subject.map(|subject| json!(subject)),
            ),
        ] {
            if let Some(value) = value {
                variables.insert(format!("{argument}{end}"), value);
                declared.push_str(&format!(", ${argument}{end}: {kind}"));
                own.push_str(&format!(", {argument}: ${argument}{end}"));
            }
        }
        fields.push_str(&format!(
            "  {name}: headline({own}{shared}) {{ ...HeadlineParts }}\n"
        ));
    }
    if let Some(sites) = directory(frame, needs.directory) {
        variables.insert("operators".into(), json!({ "site": sites.clone() }));
        variables.insert("sites".into(), sites);
        declared.push_str(", $sites: SiteFilter, $operators: OrganisationFilter");
        fields.push_str("  sites(first: 1, filter: $sites) { totalCount }\n");
        fields.push_str("  organisations(first: 1, filter: $operators) { totalCount }\n");
    }
    Operation {
        name: "Figure".to_owned(),
        document: format!("query Figure({declared}) {{\n{fields}}}\n\n{PARTS}"),
        variables: Value::Object(variables),
    }
}

/// The sites of our directory that stand beside a published count.
fn directory(frame: &Frame, activity: Option<String>) -> Option<Value> {
    let present = frame.kind == QuestionKind::Verification && frame.number.is_none();
    let counted = frame.kind == QuestionKind::Count && !frame.readings;
    let counts = (counted || present) && frame.when.is_latest();
    if let (true, Some(park), true) = (
        counts,
        frame.thing(NameKind::Park),
        frame.indicator.as_deref() == Some("park_companies"),
    ) {
        return Some(json!({ "park": { "eq": park } }));
    }
    let beside = counts && frame.things.is_empty();
    let place = frame.places.first().map_or(HOME_CITY, String::as_str);
    activity.filter(|_| beside).map(
        |activity| json!({ "territory": { "within": place }, "activity": { "within": activity } }),
    )
}

/// The slots whose headlines an answer states; those asked for when it states none.
pub fn stated(slots: &[Slot], data: &Value, answer: &Answer) -> Vec<Slot> {
    let mut keys = Vec::new();
    observed(&answer.figures, &mut keys);
    observed(&answer.conflicts, &mut keys);
    let mentioned = |value: &Value| names_one(value, &keys);
    let kept: Vec<Slot> = slots
        .iter()
        .zip(HEADLINES)
        .filter(|(_, (name, _))| mentioned(&data[name]))
        .map(|(slot, _)| slot.clone())
        .collect();
    match kept.is_empty() {
        true => slots
            .iter()
            .filter(|slot| slot.group > 0)
            .cloned()
            .collect(),
        false => kept,
    }
}

fn observed<'a>(figures: &'a [Figure], keys: &mut Vec<&'a str>) {
    for figure in figures
        .iter()
        .filter(|figure| figure.basis != FigureBasis::Directory)
    {
        keys.extend(figure.observation.as_deref());
        observed(&figure.inputs, keys);
    }
}

/// Whether a headline has one of the observations.
fn names_one(value: &Value, keys: &[&str]) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|item| names_one(item, keys)),
        Value::Object(fields) => {
            let own = fields.contains_key("value")
                && fields
                    .get("key")
                    .and_then(Value::as_str)
                    .is_some_and(|key| keys.contains(&key));
            own || fields.values().any(|field| names_one(field, keys))
        }
        _ => false,
    }
}
