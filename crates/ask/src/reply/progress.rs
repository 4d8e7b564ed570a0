//! How far an agreement or a plan has come: what is done, what is not, and what no source tells.

use serde::Deserialize;

use crate::answer::{Item, ItemKind};

use super::contents::covers;
use super::record::{Named, Source};
use super::things::{cite, nothing, source_words};
use super::{Context, Draft};

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FollowedRow {
    key: String,
    title: String,
    #[serde(default)]
    signed_on: Option<String>,
    #[serde(default)]
    period: Option<String>,
    progress: ProgressRow,
    source: Source,
}

#[derive(Clone, Debug, Deserialize)]
struct ProgressRow {
    parts: Vec<PartRow>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PartRow {
    ordinal: i32,
    title: String,
    state: String,
    as_of: Option<String>,
    steps: Vec<StepRow>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct StepRow {
    milestone: Titled,
    status: String,
    as_of: String,
    #[serde(default)]
    told_by_project: Option<Named>,
    source: Source,
}

#[derive(Clone, Debug, Deserialize)]
struct Titled {
    title: String,
}

impl PartRow {
    fn is_told(&self) -> bool {
        self.state != "UNKNOWN"
    }
}

impl FollowedRow {
    fn told(&self) -> usize {
        let told = self.progress.parts.iter().filter(|part| part.is_told());
        told.count()
    }
}

/// How far an agreement has come. Where none is named, the one of which most is told.
pub fn agreements(context: &Context<'_>, found: &[FollowedRow]) -> Draft {
    let most = found.iter().max_by_key(|row| {
        let parts = row.progress.parts.len();
        (row.told(), parts, std::cmp::Reverse(row.key.clone()))
    });
    // "Où en est le mémorandum de 2019 ?": of that year there is none.
    let of_time = |row: &&FollowedRow| {
        let when = context.frame.when;
        when.is_latest() || (row.signed_on.as_deref()).is_some_and(|date| when.holds(date))
    };
    match most.filter(of_time) {
        Some(row) => followed(context, row, (ItemKind::Agreement, ItemKind::Axis)),
        None => nothing(context),
    }
}

/// How far a plan has come.
pub fn plans(context: &Context<'_>, found: &[FollowedRow]) -> Draft {
    let of_time = |row: &&FollowedRow| {
        let period = row.period.as_deref();
        context.frame.when.is_latest() || period.is_some_and(|period| covers(period, context))
    };
    match found.first().filter(of_time) {
        Some(row) => followed(context, row, (ItemKind::Plan, ItemKind::Objective)),
        None => nothing(context),
    }
}

fn followed(
    context: &Context<'_>,
    row: &FollowedRow,
    (whole, part): (ItemKind, ItemKind),
) -> Draft {
    let speaker = context.speaker;
    let parts = &row.progress.parts;
    let asked = context.frame.number;
    let is_asked = |row: &&PartRow| asked.is_none_or(|number| f64::from(row.ordinal) == number);
    if asked.is_some() && !parts.is_empty() && !parts.iter().any(|row| is_asked(&row)) {
        return nothing(context);
    }
    let mut draft = Draft::default();
    draft.items.push(Item {
        key: row.key.clone(),
        name: row.title.clone(),
        kind: whole,
        detail: row.signed_on.clone().or(row.period.clone()),
        value: None,
    });
    let name = || row.title.clone().into();
    draft.say(match (&row.signed_on, &row.period) {
        (Some(date), _) => {
            let date = speaker.date(date);
            speaker.say("signed", vec![("name", name()), ("date", date.into())])
        }
        (None, Some(period)) => {
            let period = speaker.period(period);
            speaker.say("plan-is", vec![("name", name()), ("period", period.into())])
        }
        (None, None) => format!("{}.", row.title),
    });
    let one = asked.is_some();
    if !one && !parts.iter().any(|part| part.state == "DONE") {
        draft.say(speaker.word("progress-nothing-done"));
    }
    for told in parts.iter().filter(is_asked) {
        draft.items.push(item(context, row, told, part));
        lines(context, &mut draft, told);
    }
    let untold = parts.iter().filter(is_asked).filter(|part| !part.is_told());
    let untold: Vec<String> = untold.map(|part| part.title.clone()).collect();
    if parts.is_empty() {
        draft.close(speaker.word("no-axes"));
    } else if !untold.is_empty() {
        let list = speaker.list(&untold);
        draft.close(speaker.say("progress-untold", vec![("list", list.into())]));
    }
    cite(context, &mut draft, &row.source);
    draft
}

/// A part as an entry of a list.
fn item(context: &Context<'_>, row: &FollowedRow, part: &PartRow, kind: ItemKind) -> Item {
    let state = part.is_told().then(|| {
        let state = context.speaker.word(&format!("progress-{}", part.state));
        match &part.as_of {
            Some(date) => format!("{state} ({})", context.speaker.date(date)),
            None => state,
        }
    });
    Item {
        key: format!("{}.{}", row.key, part.ordinal),
        name: part.title.clone(),
        kind,
        detail: state,
        value: None,
    }
}

/// A part that something is told of, and each step with its day and its source.
fn lines(context: &Context<'_>, draft: &mut Draft, part: &PartRow) {
    if !part.is_told() {
        return;
    }
    let speaker = context.speaker;
    let state = speaker.word(&format!("progress-{}", part.state));
    draft
        .lines
        .push(format!("{}. {} — {state}", part.ordinal, part.title));
    for step in &part.steps {
        let as_of = speaker.as_of(&step.as_of);
        let name = match &step.told_by_project {
            Some(project) => format!("{} ({})", step.milestone.title, project.name),
            None => step.milestone.title.clone(),
        };
        draft.lines.push(format!(
            "• {}",
            speaker.say(
                "status",
                vec![
                    ("name", name.into()),
                    (
                        "status",
                        speaker.word(&format!("progress-{}", step.status)).into()
                    ),
                    ("asof", as_of.into()),
                    ("publisher", source_words(context, &step.source).into()),
                ],
            )
        ));
        draft.cite(&step.source.key);
    }
}
