//! Lines of what is dated: parks that opened, projects and where they stand, agreements, plans, events.

use serde_json::Value;

use crate::answer::{Item, ItemKind};
use crate::frame::Thing;
use crate::lexicon::NameKind;

use super::Context;
use super::lists::{Line, is_of_time, item};
use super::record::nodes;
use super::rows::{AgreementRow, EventRow, ParkRow, PlanRow, ProjectRow};
use super::things::source_words;

pub fn parks(context: &Context<'_>, data: &Value) -> Vec<Line> {
    nodes::<ParkRow>(data, "parks")
        .into_iter()
        .filter(|park| is_of_time(context, park.opened_on.as_deref()))
        .map(|park| {
            let place = park.territory.as_ref().map(|t| t.name.clone());
            let opened = park
                .opened_on
                .as_deref()
                .filter(|_| !context.frame.when.is_latest());
            let opened = opened.map(|date| format!(" ({})", context.speaker.date(date)));
            let detail = place.map(|place| place + opened.as_deref().unwrap_or_default());
            Line {
                words: format!(
                    "{} —{}{}",
                    park.name,
                    context.speaker.place(park.territory.as_ref()),
                    opened.unwrap_or_default()
                ),
                item: item(&park.key, &park.name, ItemKind::Park, detail),
                source: Some(park.source.key),
            }
        })
        .collect()
}

/// A project as an entry of a list.
pub fn project_item(context: &Context<'_>, project: &ProjectRow) -> Item {
    let status = context.speaker.word(&format!("status-{}", project.status));
    let detail = match &project.status_as_of {
        Some(date) => format!("{status} ({})", context.speaker.date(date)),
        None => status,
    };
    item(&project.key, &project.name, ItemKind::Project, Some(detail))
}

/// Where a project stands, as of when, according to whom.
pub fn status_line(context: &Context<'_>, project: &ProjectRow) -> String {
    let speaker = context.speaker;
    let status = speaker.word(&format!("status-{}", project.status));
    let as_of = match &project.status_as_of {
        Some(date) => speaker.as_of(date),
        None => speaker.word("as-of-unknown"),
    };
    let id = match is_older(project) {
        true => "status-later",
        false => "status",
    };
    speaker.say(
        id,
        vec![
            ("name", project.name.clone().into()),
            ("status", status.into()),
            ("asof", as_of.into()),
            ("publisher", source_words(context, &project.source).into()),
        ],
    )
}

/// Whether the source was published before the state it is filed under was reached: it cannot have said so.
pub fn is_older(project: &ProjectRow) -> bool {
    match (&project.source.published_on, &project.status_as_of) {
        (Some(published), Some(state)) => {
            // Dates are as precise as they are known: 2022-02 and 2025 compare by their years.
            let length = published.len().min(state.len());
            published.get(..length) < state.get(..length)
        }
        _ => false,
    }
}

pub fn projects(context: &Context<'_>, data: &Value) -> Vec<Line> {
    nodes::<ProjectRow>(data, "projects")
        .into_iter()
        .filter(|project| is_of_time(context, project.started_on.as_deref()))
        .map(|project| Line {
            words: status_line(context, &project),
            item: project_item(context, &project),
            source: Some(project.source.key),
        })
        .collect()
}

pub fn agreements(context: &Context<'_>, data: &Value) -> Vec<Line> {
    nodes::<AgreementRow>(data, "agreements")
        .into_iter()
        .filter(|agreement| is_of_time(context, agreement.signed_on.as_deref()))
        .map(|a| {
            let date = a
                .signed_on
                .as_deref()
                .map(|d| context.speaker.date(d))
                .unwrap_or_else(|| context.speaker.word("undated"));
            Line {
                words: format!("{} — {date}", a.title),
                item: item(&a.key, &a.title, ItemKind::Agreement, a.signed_on),
                source: Some(a.source.key),
            }
        })
        .collect()
}

pub fn plans(context: &Context<'_>, data: &Value) -> Vec<Line> {
    nodes::<PlanRow>(data, "plans")
        .into_iter()
        .map(|plan| {
            let period = plan
                .period
                .as_deref()
                .map(|p| context.speaker.period(p))
                .unwrap_or_else(|| context.speaker.word("undated"));
            Line {
                words: format!("{} — {period}", plan.title),
                item: item(&plan.key, &plan.title, ItemKind::Plan, plan.period),
                source: Some(plan.source.key),
            }
        })
        .collect()
}

pub fn events(context: &Context<'_>, data: &Value) -> Vec<Line> {
    nodes::<EventRow>(data, "events")
        .into_iter()
        .filter(|event| is_of_time(context, event.date.as_deref()) && is_held_by(context, event))
        .map(|e| {
            let date = e
                .date
                .as_deref()
                .map(|d| context.speaker.date(d))
                .unwrap_or_else(|| context.speaker.word("undated"));
            let names: Vec<String> = e.organisers.into_iter().map(|o| o.name).collect();
            let held = match names.is_empty() {
                true => String::new(),
                false => format!(" — {}", context.speaker.list(&names)),
            };
            Line {
                words: format!("{} — {date}{held}", e.name),
                item: item(&e.key, &e.name, ItemKind::Event, e.date),
                source: Some(e.source.key),
            }
        })
        .collect()
}

/// Whether whoever is named holds an event, under its own name or that of its unit here.
fn is_held_by(context: &Context<'_>, event: &EventRow) -> bool {
    let things = &context.frame.things;
    let mut named = things
        .iter()
        .filter(|thing| thing.kind == NameKind::Organisation)
        .peekable();
    let holds = |thing: &Thing| {
        let unit = context.lexicon.frames().local(&thing.key);
        let mut keys = [Some(thing.key.as_str()), unit].into_iter().flatten();
        keys.any(|key| {
            event
                .organisers
                .iter()
                .any(|organiser| organiser.key == key)
        })
    };
    named.peek().is_none() || named.any(holds)
}
