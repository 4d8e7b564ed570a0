//! Lists of records, counts of our own records, whom to contact, how recent the figures are.

use serde_json::Value;

use crate::answer::{Figure, FigureBasis, Item, ItemKind, PeriodBasis, Qualifier};
use crate::frame::{Frame, Listed};
use crate::training;

use super::record::{Named, nodes, total};
use super::rows::{
    AgreementRow, Company, EventRow, IncentiveRow, ParkRow, PlanRow, ProjectRow, SiteRow,
    SourceRow, TerritoryRow, TrainingRow, WordRow,
};
use super::sentence::directory_figure;
use super::things::{class, nothing, source_words};
use super::{Context, Draft, directory};

/// A line of a list in the making.
struct Line {
    item: Item,
    words: String,
    source: Option<String>,
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
    let count = if chosen { lines.len() as u64 } else { known };
    if lines.is_empty() || count == 0 {
        return nothing(context);
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
    for (at, line) in lines.into_iter().enumerate() {
        if told.contains(&at) {
            draft.lines.push(format!("• {}", line.words));
        }
        if let Some(source) = line.source {
            draft.cite(&source);
        }
        draft.items.push(line.item);
    }
    draft.close(rest_words(context, rest));
    draft
}

/// How many more there are, and how to have them; empty when there are none.
pub fn rest_words(context: &Context<'_>, rest: usize) -> String {
    if rest == 0 {
        return String::new();
    }
    let count = context.speaker.number(rest as f64);
    context
        .speaker
        .say("list-rest", vec![("count", count.into())])
}

/// Whether records are chosen by what no filter of the schema tells: their date, what is taught.
fn is_chosen_here(frame: &Frame, operation: &str) -> bool {
    let dated = !frame.when.is_latest();
    dated && matches!(operation, "Projects" | "Parks" | "Events" | "Agreements")
        || frame.sector.is_some() && operation == "Training"
        || frame.number.is_some() && operation == "Incentives"
}

/// Whether a record of this date is of the time that is asked for.
fn is_of_time(context: &Context<'_>, date: Option<&str>) -> bool {
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

/// Organisations with the places where they work; where each place is asked for, those that are in all of them.
fn operators(context: &Context<'_>, data: &Value) -> Vec<Line> {
    let mut known: Vec<(SiteRow, Vec<String>)> = Vec::new();
    let fitting: Vec<Named> = nodes(data, "organisations");
    let fits = |site: &SiteRow| {
        let mut fitting = fitting.iter();
        !context.frame.both || fitting.any(|company| company.key == site.organisation.key)
    };
    for site in nodes::<SiteRow>(data, "sites").into_iter().filter(fits) {
        let place = site
            .park
            .as_ref()
            .map_or(site.territory.name.clone(), |park| park.name.clone());
        match known
            .iter_mut()
            .find(|(first, _)| first.organisation.key == site.organisation.key)
        {
            Some((_, places)) if places.contains(&place) => {}
            Some((_, places)) => places.push(place),
            None => known.push((site, vec![place])),
        }
    }
    known.sort_by(|(a, _), (b, _)| {
        language::fold(&a.organisation.name).cmp(&language::fold(&b.organisation.name))
    });
    // "Les sociétés canadiennes": also those that no site is recorded of.
    let anywhere = context.frame.country.is_some()
        && context.frame.places.is_empty()
        && context.frame.things.is_empty()
        && context.frame.activity.is_none();
    let unplaced: Vec<Line> = fitting
        .iter()
        .filter(|company| {
            anywhere
                && !known
                    .iter()
                    .any(|(site, _)| site.organisation.key == company.key)
        })
        .map(|company| Line {
            words: company.name.clone(),
            item: item(&company.key, &company.name, ItemKind::Organisation, None),
            source: None,
        })
        .collect();
    let placed = known.into_iter().map(|(site, places)| {
        let places = context.speaker.list(&places);
        Line {
            words: format!("{} — {places}", site.organisation.name),
            item: item(
                &site.organisation.key,
                &site.organisation.name,
                ItemKind::Organisation,
                Some(places),
            ),
            source: Some(site.source.key),
        }
    });
    placed.chain(unplaced).collect()
}

fn sites(context: &Context<'_>, data: &Value) -> Vec<Line> {
    nodes::<SiteRow>(data, "sites")
        .into_iter()
        .map(|site| {
            let place = site
                .park
                .as_ref()
                .map_or(site.territory.name.clone(), |park| park.name.clone());
            Line {
                words: format!(
                    "{} — {place} ({})",
                    site.organisation.name,
                    source_words(context, &site.source)
                ),
                item: item(
                    &site.organisation.key,
                    &format!("{}, {place}", site.organisation.name),
                    ItemKind::Site,
                    Some(place),
                ),
                source: Some(site.source.key),
            }
        })
        .collect()
}

fn organisations(_: &Context<'_>, data: &Value) -> Vec<Line> {
    nodes::<Company>(data, "organisations")
        .into_iter()
        .map(|company| Line {
            words: company.name.clone(),
            item: item(
                &company.key,
                &company.name,
                ItemKind::Organisation,
                company.website.clone(),
            ),
            source: company.source.map(|source| source.key),
        })
        .collect()
}

fn parks(context: &Context<'_>, data: &Value) -> Vec<Line> {
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
            Line {
                words: format!(
                    "{} —{}{}",
                    park.name,
                    context.speaker.place(park.territory.as_ref()),
                    opened.unwrap_or_default()
                ),
                item: item(&park.key, &park.name, ItemKind::Park, place),
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
        Some(date) => speaker.say("as-of", vec![("date", speaker.date(date).into())]),
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

fn projects(context: &Context<'_>, data: &Value) -> Vec<Line> {
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

fn agreements(context: &Context<'_>, data: &Value) -> Vec<Line> {
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

fn plans(context: &Context<'_>, data: &Value) -> Vec<Line> {
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

fn incentives(context: &Context<'_>, data: &Value) -> Vec<Line> {
    let speaker = context.speaker;
    let of_amount = |row: &IncentiveRow| context.frame.number.is_none_or(|n| row.amount == Some(n));
    nodes::<IncentiveRow>(data, "incentives")
        .into_iter()
        .filter(of_amount)
        .map(|i| {
            let from = i.valid_from.as_deref().map(|d| speaker.date(d));
            let to = i.valid_to.as_deref().map(|d| speaker.date(d));
            let validity = match (from, to) {
                (Some(from), Some(to)) => speaker.say(
                    "valid-between",
                    vec![("from", from.into()), ("to", to.into())],
                ),
                (Some(from), None) => speaker.say("valid-from", vec![("from", from.into())]),
                _ => speaker.word("undated"),
            };
            let mut entry = item(
                &i.key,
                &i.title,
                ItemKind::Incentive,
                Some(validity.clone()),
            );
            entry.value = i.amount;
            Line {
                words: format!(
                    "{} — {validity} ({})",
                    i.title,
                    source_words(context, &i.source)
                ),
                item: entry,
                source: Some(i.source.key),
            }
        })
        .collect()
}

/// What incentives give, as published in their records; of the kind asked, the nearest place first.
fn amounts(data: &Value, frame: &Frame) -> Vec<Figure> {
    let mut rows: Vec<IncentiveRow> = nodes(data, "incentives");
    rows.retain(|row| row.amount.is_some() && row.unit.is_some());
    rows.retain(|row| frame.number.is_none() || row.amount == frame.number);
    if frame.things.is_empty() && frame.places.is_empty() && frame.number.is_none() {
        rows.retain(|row| {
            row.territory
                .as_ref()
                .is_none_or(|place| place.level == "COUNTRY")
        });
    }
    let steps = ["COUNTRY", "REGION", "PROVINCE", "COMMUNE", "ARRONDISSEMENT"];
    rows.sort_by_key(|row| {
        let level = row.territory.as_ref().map(|place| place.level.as_str());
        std::cmp::Reverse(steps.iter().position(|step| Some(*step) == level))
    });
    let figure = |row: IncentiveRow| {
        let since = row
            .valid_from
            .as_deref()
            .map(|date| date[..4.min(date.len())].to_owned());
        Some(Figure {
            value: row.amount?,
            value_max: None,
            unit: row.unit?.key,
            qualifier: Qualifier::Exact,
            period_basis: since.as_ref().map(|_| PeriodBasis::Stated),
            period: since,
            basis: FigureBasis::Published,
            indicator: Some("incentive_amount".into()),
            territory: row.territory.map(|place| place.code),
            activity: None,
            subject: None,
            producer: None,
            observation: None,
            source: Some(row.source.key),
            inputs: Vec::new(),
            rank: None,
        })
    };
    rows.into_iter().filter_map(figure).collect()
}

fn training(context: &Context<'_>, data: &Value) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let field = context.frame.sector.as_deref();
    let of_field = |t: &TrainingRow| {
        let summary = t
            .organisation
            .summary
            .as_ref()
            .map(|text| text.text.as_str());
        let name = Some(t.organisation.name.as_str());
        let mut texts = [t.programme.as_deref(), name, summary]
            .into_iter()
            .flatten();
        field.is_none_or(|field| texts.any(|text| training::speaks_of(text, field)))
    };
    let rows = nodes::<TrainingRow>(data, "trainingProgrammes");
    for t in rows.into_iter().filter(of_field) {
        let programme = t
            .programme
            .filter(|p| !p.is_empty() && !p.chars().any(|c| c.is_ascii_digit()));
        let words = programme.as_ref().map_or(t.organisation.name.clone(), |p| {
            format!("{} — {p}", t.organisation.name)
        });
        if lines.iter().any(|line| line.words == words) {
            continue;
        }
        lines.push(Line {
            words,
            item: item(&t.key, &t.organisation.name, ItemKind::Training, programme),
            source: Some(t.source.key),
        });
    }
    lines
}

fn events(context: &Context<'_>, data: &Value) -> Vec<Line> {
    nodes::<EventRow>(data, "events")
        .into_iter()
        .filter(|event| is_of_time(context, event.date.as_deref()))
        .map(|e| {
            let date = e
                .date
                .as_deref()
                .map(|d| context.speaker.date(d))
                .unwrap_or_else(|| context.speaker.word("undated"));
            Line {
                words: format!("{} — {date}", e.name),
                item: item(&e.key, &e.name, ItemKind::Event, e.date),
                source: Some(e.source.key),
            }
        })
        .collect()
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
