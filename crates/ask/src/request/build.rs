//! Which document answers a frame, and its variables.

use language::Form;
use serde_json::{Map, Value, json};

use crate::answer::QuestionKind;
use crate::frame::{Compared, Frame, Listed, When};
use crate::lexicon::{Lexicon, NameKind, territory_level};
use crate::understand::{COUNTRY, ancestor, say_home};

use super::figure::figure;
use super::slots::{period, slots, subject};
use super::{Operation, near, records};

/// The segments of offshoring, which a ranking of activities compares.
const SEGMENTS: [&str; 5] = ["CRM", "BPO", "ITO", "ESO", "KPO"];

macro_rules! document {
    ($name:literal) => {
        include_str!(concat!("../../documents/", $name, ".graphql"))
    };
}

/// The language of stored names: names beside Darija in Latin script are wanted in Latin script too.
pub fn locale(form: Form) -> String {
    match form {
        Form::AryLatn => language::Locale::Fr,
        other => other.locale(),
    }
    .to_string()
}

/// The one operation that answers a frame.
pub fn build(lexicon: &Lexicon, frame: &Frame, form: Form) -> Operation {
    let locale = locale(form);
    match frame.kind {
        QuestionKind::Top => top(lexicon, frame, &locale),
        QuestionKind::Near => near::near(lexicon, frame, &locale),
        _ if frame.chooses() => chosen(lexicon, frame, &locale),
        QuestionKind::Rank if is_census(frame) && is_inside(lexicon, &frame.places) => {
            top(lexicon, &among_peers(frame), &locale)
        }
        QuestionKind::Definition if frame.things.is_empty() && frame.indicator.is_some() => {
            operation(
                "Indicator",
                document!("indicator"),
                json!({ "locale": locale, "key": frame.indicator }),
            )
        }
        _ if frame.indicator.is_some() && frame.target => targets(lexicon, frame, &locale),
        _ if frame.indicator.is_some() => figure(lexicon, frame, &slots(lexicon, frame), &locale),
        QuestionKind::Source if frame.listed.is_none() && !frame.things.is_empty() => {
            // Where what is told of a record comes from is told with it.
            let told = Frame {
                kind: QuestionKind::Definition,
                ..frame.clone()
            };
            record(lexicon, &told, &locale)
        }
        QuestionKind::Source => freshness(frame, &locale),
        QuestionKind::List | QuestionKind::Count => list(lexicon, frame, &locale),
        // What an aid gives stands in its record.
        QuestionKind::Value if frame.listed.is_some() => list(lexicon, frame, &locale),
        QuestionKind::Contact => contact(frame, &locale, lexicon),
        _ => record(lexicon, frame, &locale),
    }
}

fn operation(name: &str, document: &str, variables: Value) -> Operation {
    Operation {
        name: name.to_owned(),
        document: document.to_owned(),
        variables,
    }
}

fn top(lexicon: &Lexicon, frame: &Frame, locale: &str) -> Operation {
    let indicator = frame.indicator.clone().unwrap_or_default();
    let needs = lexicon.frames().indicator(&indicator);
    let mut filter = Map::new();
    filter.insert("indicator".into(), json!({ "eq": indicator }));
    filter.insert(
        "target".into(),
        json!(crate::understand::is_target_indicator(&indicator)),
    );
    if let Some(period) = period(frame) {
        filter.insert("period".into(), json!({ "eq": period }));
    }
    let mut place = Map::new();
    let several = frame.places.len() > 1 && !frame.readings;
    if several {
        // "Rents in Casablanca and in Fès": of either.
        let within = |code: &String| json!({ "territory": { "within": code } });
        let either: Vec<Value> = frame.places.iter().map(within).collect();
        filter.insert("or".into(), json!(either));
    } else if let Some(code) = frame.places.first() {
        place.insert("within".into(), json!(code));
    }
    match needs.subject.as_deref() {
        Some(kind) => {
            filter.insert("subject".into(), json!({ "kind": kind.to_uppercase() }));
        }
        None => {
            filter.insert("subject".into(), json!({ "isNull": true }));
            if let Some(level) = frame.level {
                place.insert("level".into(), json!(level));
            }
            if frame.listed == Some(Listed::Activities) {
                filter.insert("activity".into(), json!({ "key": { "in": SEGMENTS } }));
            } else if let Some(activity) = frame.activity.clone().or(needs.activity) {
                filter.insert("activity".into(), json!({ "key": { "eq": activity } }));
            }
        }
    }
    if !place.is_empty() {
        filter.insert("territory".into(), Value::Object(place));
    }
    let mut variables = json!({ "locale": locale, "filter": filter });
    if needs.subject.as_deref() == Some("park") && frame.activity.is_some() {
        // "The largest offshoring parks": those that a figure of offshoring is of.
        variables["among"] = json!({
            "subject": { "kind": "PARK" },
            "activity": { "within": frame.activity },
        });
        variables["some"] = json!(true);
    }
    // A rank is best when it is lowest.
    if frame.lowest != indicator.contains("rank") {
        operation("Lowest", document!("lowest"), variables)
    } else {
        operation("Highest", document!("highest"), variables)
    }
}

/// Figures of the records that are chosen among: the latest first, then those on the side asked.
fn chosen(lexicon: &Lexicon, frame: &Frame, locale: &str) -> Operation {
    let mut variables = top(lexicon, frame, locale).variables;
    if frame.listed == Some(Listed::Operators) {
        // A head-count of the country and one of a town are not weighed against the same number.
        let place = frame.places.first().map_or(COUNTRY, String::as_str);
        variables["filter"]["territory"] = json!({ "code": { "eq": place } });
    }
    let ordered = |direction: &str| {
        json!([
            { "field": "PERIOD", "direction": "DESC" },
            { "field": "VALUE", "direction": direction },
            { "field": "KEY", "direction": "ASC" },
        ])
    };
    if frame.up_to.is_some() {
        // A range lies anywhere: it is read from both ends.
        variables["highest"] = ordered("DESC");
        variables["lowest"] = ordered("ASC");
        return operation("ChosenBetween", document!("chosen_between"), variables);
    }
    variables["orderBy"] = ordered(match frame.compared {
        Some(Compared::Less | Compared::AtMost) => "ASC",
        _ => "DESC",
    });
    operation("Chosen", document!("chosen"), variables)
}

fn is_census(frame: &Frame) -> bool {
    frame
        .indicator
        .as_deref()
        .is_some_and(|key| key.starts_with("hcp_"))
}

/// Whether one place is named, alone or with what it lies in.
fn is_inside(lexicon: &Lexicon, places: &[String]) -> bool {
    match places {
        [_] => true,
        [place, whole] => {
            let step = territory_level(whole);
            step.and_then(|step| ancestor(lexicon, place, step))
                .as_ref()
                == Some(whole)
        }
        _ => false,
    }
}

/// The territories on the level of the one asked, of the country or of what is named behind it.
fn among_peers(frame: &Frame) -> Frame {
    let whole = frame.places.get(1).map_or(COUNTRY, String::as_str);
    Frame {
        level: frame.places.first().and_then(|code| territory_level(code)),
        places: vec![whole.to_owned()],
        ..frame.clone()
    }
}

fn targets(lexicon: &Lexicon, frame: &Frame, locale: &str) -> Operation {
    let indicator = frame.indicator.clone().unwrap_or_default();
    let needs = lexicon.frames().indicator(&indicator);
    let planned = needs.planned.map(|key| lexicon.frames().indicator(&key));
    // What is both a park and a project may have its aims under either.
    let twins: Vec<String> = [
        needs.instead,
        planned.as_ref().and_then(|planned| planned.instead.clone()),
    ]
    .into_iter()
    .flatten()
    .collect();
    let twin = !twins.is_empty();
    let keys: Vec<String> = [Some(indicator), planned.map(|planned| planned.key)]
        .into_iter()
        .flatten()
        .chain(twins)
        .collect();
    let mut filter = Map::new();
    filter.insert("indicator".into(), json!({ "in": keys }));
    filter.insert("target".into(), json!(true));
    if let Some(about) = frame.things.iter().find_map(subject) {
        let mut thing = json!({ "key": { "eq": about["key"] } });
        if !twin {
            thing["kind"] = about["kind"].clone();
        }
        filter.insert("subject".into(), thing);
    }
    if let Some(code) = frame.places.first().filter(|_| !say_home(lexicon, frame)) {
        filter.insert("territory".into(), json!({ "code": { "eq": code } }));
    }
    if let Some(period) = period(frame) {
        filter.insert("period".into(), json!({ "eq": period }));
    }
    operation(
        "Targets",
        document!("targets"),
        json!({ "locale": locale, "filter": filter }),
    )
}

fn freshness(frame: &Frame, locale: &str) -> Operation {
    let mut filter = json!({ "target": false });
    if let When::Years(_, last) = frame.when {
        filter["period"] = json!({ "lte": last.to_string() });
    }
    operation(
        "Freshness",
        document!("freshness"),
        json!({ "locale": locale, "filter": filter }),
    )
}

fn list(lexicon: &Lexicon, frame: &Frame, locale: &str) -> Operation {
    let listed = frame.listed.unwrap_or(Listed::Operators);
    let (name, document) = match listed {
        // Where a school is, its programmes tell.
        Listed::Universities | Listed::TrainingInstitutes if records::taught_in(frame) => {
            ("Training", document!("training"))
        }
        Listed::Operators | Listed::Sites => ("Operators", document!("operators")),
        Listed::Organisations
        | Listed::PublicBodies
        | Listed::Federations
        | Listed::Universities
        | Listed::TrainingInstitutes => ("Organisations", document!("organisations")),
        Listed::Parks => ("Parks", document!("parks")),
        Listed::Projects => ("Projects", document!("projects")),
        Listed::Agreements => ("Agreements", document!("agreements")),
        Listed::Plans => ("Plans", document!("plans")),
        Listed::Incentives => ("Incentives", document!("incentives")),
        Listed::Training => ("Training", document!("training")),
        Listed::Events => ("Events", document!("events")),
        Listed::Territories => ("Territories", document!("territories")),
        Listed::Sources => ("Sources", document!("sources")),
        Listed::Activities | Listed::Indicators => ("Activities", document!("activities")),
    };
    operation(
        name,
        document,
        records::list(lexicon, frame, listed, locale),
    )
}

fn contact(frame: &Frame, locale: &str, lexicon: &Lexicon) -> Operation {
    if let Some(key) = frame.thing(NameKind::Park) {
        return operation("Park", document!("park"), records::park(key, locale));
    }
    if let Some(key) = frame.thing(NameKind::Organisation) {
        return operation(
            "Organisation",
            document!("organisation"),
            records::organisation(lexicon, frame, key, locale),
        );
    }
    let kinds = json!({ "kinds": ["PUBLIC_BODY", "FEDERATION", "PARK_OPERATOR"] });
    operation(
        "Organisations",
        document!("organisations"),
        json!({ "filter": kinds }),
    )
}

/// Questions about one named thing.
fn record(lexicon: &Lexicon, frame: &Frame, locale: &str) -> Operation {
    let organisations: Vec<&str> = frame
        .things
        .iter()
        .filter(|t| t.kind == NameKind::Organisation)
        .map(|t| t.key.as_str())
        .collect();
    let key_filter = |key: &str| json!({ "locale": locale, "filter": { "key": { "eq": key } } });
    let agreement = frame.thing(NameKind::Agreement);
    let plan = frame.thing(NameKind::Plan);
    let project = frame.thing(NameKind::Project);
    if frame.kind == QuestionKind::Status && project.is_none() {
        let followed = |key: Option<&str>| match key {
            Some(key) => key_filter(key),
            // Which of them is meant, what is told of them tells.
            None => json!({ "locale": locale, "filter": {} }),
        };
        if agreement.is_some() || frame.listed == Some(Listed::Agreements) {
            return operation(
                "AgreementProgress",
                document!("agreement_progress"),
                followed(agreement),
            );
        }
        if plan.is_some() {
            return operation("PlanProgress", document!("plan_progress"), followed(plan));
        }
    }
    let of_plan = plan.is_some() && frame.kind == QuestionKind::Contents;
    if let (QuestionKind::Contents | QuestionKind::When | QuestionKind::Who, Some(key)) =
        (frame.kind, agreement.filter(|_| !of_plan))
    {
        return operation("Agreements", document!("agreements"), key_filter(key));
    }
    if let Some(key) = plan {
        return operation("Plans", document!("plans"), key_filter(key));
    }
    let park = frame.thing(NameKind::Park);
    if let (QuestionKind::Status | QuestionKind::Who, Some(key)) = (
        frame.kind,
        frame
            .thing(NameKind::Project)
            .filter(|_| park.is_none() || frame.kind == QuestionKind::Status),
    ) {
        return operation("Projects", document!("projects"), key_filter(key));
    }
    if frame.kind == QuestionKind::Contents || frame.listed == Some(Listed::Agreements) {
        // Which of them is meant, their parties and titles tell.
        return operation(
            "Agreements",
            document!("agreements"),
            json!({ "locale": locale, "filter": {} }),
        );
    }
    let dated = matches!(frame.kind, QuestionKind::When | QuestionKind::Where);
    // Of a school that is a project still, the project has the date.
    let started = frame.kind == QuestionKind::When && organisations.first().copied() == project;
    if let (true, Some(key)) = (dated && !started, organisations.first()) {
        // "Depuis quand Alten est à Fès Shore": the company's site there.
        return operation(
            "Organisation",
            document!("organisation"),
            records::organisation(lexicon, frame, key, locale),
        );
    }
    let (park, project) = (frame.thing(NameKind::Park), frame.thing(NameKind::Project));
    if let (QuestionKind::When, Some(key)) = (frame.kind, project.filter(|_| park == project)) {
        // Of a park that is a project, the project has the dates.
        return operation("Projects", document!("projects"), key_filter(key));
    }
    if let Some(key) = park {
        return operation("Park", document!("park"), records::park(key, locale));
    }
    if let Some(key) = project {
        return operation("Projects", document!("projects"), key_filter(key));
    }
    if let (QuestionKind::Definition, [first, second, ..]) = (frame.kind, organisations.as_slice())
    {
        let variables = json!({ "locale": locale, "key": first, "key2": second });
        return operation(
            "TwoOrganisations",
            document!("two_organisations"),
            variables,
        );
    }
    if let Some(key) = organisations.first() {
        return operation(
            "Organisation",
            document!("organisation"),
            records::organisation(lexicon, frame, key, locale),
        );
    }
    if let Some(key) = agreement {
        return operation("Agreements", document!("agreements"), key_filter(key));
    }
    if let Some(key) = frame.thing(NameKind::Incentive) {
        return operation("Incentives", document!("incentives"), key_filter(key));
    }
    if let Some(key) = frame.thing(NameKind::Event) {
        return operation("Events", document!("events"), key_filter(key));
    }
    if frame.kind == QuestionKind::When {
        return operation(
            "Agreements",
            document!("agreements"),
            json!({ "locale": locale, "filter": {} }),
        );
    }
    let key = frame
        .activity
        .clone()
        .unwrap_or_else(|| "offshoring_all".to_owned());
    let second = frame.other.as_ref().unwrap_or(&key);
    operation(
        "Words",
        document!("words"),
        json!({ "locale": locale, "key": key, "key2": second, "second": frame.other.is_some() }),
    )
}
